"""``tipreport compile``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import FILTERS, GENERAL, INPUTS, OUTPUT, General, Index, Inputs, Output, Paths, grammar
from tipreport.search.request import Filters

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog="Formats: text, markdown, docx, html, csv, json, jsonl. Examples: tipreport compile reports/ | "
    "tipreport compile --body WG.4 -o index.docx | tipreport compile --by year --body WG.4 -o compilation.docx | tipreport compile --short --topic media"
)
@grammar(FILTERS, OUTPUT, INPUTS, GENERAL)
def compile_(
    *,
    paths: Paths = None,
    by: Annotated[str, typer.Option("--by", help="topic: the index; year or body: the compilation, session by session.")] = "topic",
    short: Annotated[bool, typer.Option("--short", help="The first words of each text only.")] = False,
    no_fold: Annotated[bool, typer.Option("--no-fold", help="Show what repeats an earlier recommendation in full.")] = False,
    least: Annotated[
        float | None,
        typer.Option(
            "--least", min=0.0, max=1.0, help="The least likeness of two texts that are folded into one (0.65).", show_default=False
        ),
    ] = None,
    sort: Annotated[
        str | None, typer.Option("--sort", help="newest or oldest first; if left out, newest under a topic, oldest among sessions.")
    ] = None,
    index: Index = None,
    filters: Filters,
    output: Output,
    inputs: Inputs,
    general: General,
) -> None:
    """The index of recommendations (each under its topics, with its sources) or their compilation (full texts by session)."""
    from tipreport.cli import compiling

    compiling.run(
        compiling.Asked(
            paths=tuple(paths or ()), by=by, short=short, fold=not no_fold, least=least, sort=sort, index_file=index, filters=filters,
            output=output, inputs=inputs, general=general,
        )
    )  # fmt: skip
