"""``tipreport trace``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import FILTERS, GENERAL, INPUTS, OUTPUT, General, Index, Inputs, Output, grammar
from tipreport.search.request import Filters

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog="Formats: text, json, jsonl, csv, html, dot, mermaid. Examples: tipreport trace CTOC/COP/WG.4/2020/4#rec-12 | "
    "tipreport trace rec-51.d reports/ | tipreport trace 'train prosecutors' --body WG.4 | tipreport trace --promises reports/"
)
@grammar(FILTERS, OUTPUT, INPUTS, GENERAL)
def trace(
    *,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="ITEM", help="SYMBOL#rec-51, rec-51 where one report has it, or words of a recommendation.", show_default=False
        ),
    ] = None,
    paths: Annotated[
        list[str] | None, typer.Argument(help="Look in these files, folders or reports instead of the whole index.", show_default=False)
    ] = None,
    promises: Annotated[
        bool, typer.Option("--promises", help="Topics that bodies set for later meetings: kept, pending or dropped.")
    ] = False,
    least: Annotated[
        float | None,
        typer.Option(
            "--least", min=0.0, max=1.0, help="The least likeness of two versions (0.4), of a topic and an item (0.5).", show_default=False
        ),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Show unchanged stretches whole.")] = False,
    cite: Annotated[bool, typer.Option("--cite", help="Print pinpoint cites only.")] = False,
    index: Index = None,
    filters: Filters,
    output: Output,
    inputs: Inputs,
    general: General,
) -> None:
    """One recommendation through many reports in time, or what became of topics set for later meetings."""
    from tipreport.cli import tracing

    tracing.run(
        tracing.Asked(
            item=what, paths=tuple(paths or ()), promises=promises, least=least, full=full, cite=cite, index_file=index, filters=filters,
            output=output, inputs=inputs, general=general,
        )
    )  # fmt: skip
