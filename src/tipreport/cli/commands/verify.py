"""``tipreport verify``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import GENERAL, INPUTS, OUTPUT, General, Index, Inputs, Output, grammar

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog="Exit status: 0 every quotation is exact, 1 one is not, 2 trouble. Examples: tipreport verify 'States parties should ...' report.txt | "
    "tipreport verify --file article.md reports/ | tipreport verify --at 'CTOC/COP/WG.4/2020/4, para. 12'"
)
@grammar(OUTPUT, INPUTS, GENERAL)
def verify(
    *,
    quotation: Annotated[
        str | None,
        typer.Argument(help="The words quoted; '...', '[...]' and brackets as in honest quoting; '-' reads them.", show_default=False),
    ] = None,
    paths: Annotated[
        list[str] | None, typer.Argument(help="Look in these files, folders or reports instead of the whole index.", show_default=False)
    ] = None,
    expression: Annotated[
        str | None, typer.Option("--quotation", "-e", help="The quotation, where it could be taken for an option.")
    ] = None,
    file: Annotated[
        list[str] | None,
        typer.Option("--file", "-f", help="Check every quotation of this text: md, txt, html, docx, pdf, ...; '-' reads it."),
    ] = None,
    at: Annotated[str | None, typer.Option("--at", help="Print what stands at this cite.")] = None,
    least: Annotated[int, typer.Option("--least", min=1, help="With --file: leave out quotations of fewer words.")] = 1,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Further places of a quotation at most; 0 gives all.")] = 3,
    cite: Annotated[bool, typer.Option("--cite", help="Print pinpoint cites only.")] = False,
    index: Index = None,
    output: Output,
    inputs: Inputs,
    general: General,
) -> None:
    """Is a quotation exact? Or altered, cut out of its context, or nowhere in the reports; with its pinpoint cite."""
    from tipreport.cli import verifying

    verifying.run(
        verifying.Asked(
            quotation=quotation, paths=tuple(paths or ()), expression=expression, files=tuple(file or ()), at=at, least=least, limit=limit,
            cite=cite, index_file=index, output=output, inputs=inputs, general=general,
        )
    )  # fmt: skip
