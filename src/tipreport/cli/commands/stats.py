"""``tipreport stats``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import FILTERS, GENERAL, INPUTS, OUTPUT, General, Index, Inputs, Output, Paths, grammar
from tipreport.search.request import Filters

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog="Formats: text, json, jsonl, csv, html, svg, png. Examples: tipreport stats | tipreport stats reports/ --by year | "
    "tipreport stats --what statements --by year,group --csv | tipreport stats --what recommendations --by year,addressee -o plot.svg"
)
@grammar(FILTERS, OUTPUT, INPUTS, GENERAL)
def stats(
    *,
    paths: Paths = None,
    what: Annotated[
        str | None,
        typer.Option(
            "--what",
            help="Count these: reports, recommendations, points, paragraphs, voices, statements, panellists, attendance, proposals, participation.",
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            help="By year, body, addressee, strength, topic, quantifier, group, state, ...; two parted by a comma give a cross table.",
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, help="Rows at most of a table for people (20; 10 in an overview); 0 gives all.")
    ] = None,
    index: Index = None,
    filters: Filters,
    output: Output,
    inputs: Inputs,
    general: General,
) -> None:
    """How many: recommendations, voices, speakers and more by year, body, addressee, strength, topic, regional group; tables, bars, plots."""
    from tipreport.cli import counting

    counting.run(
        counting.Asked(
            paths=tuple(paths or ()),
            what=what,
            by=by,
            limit=limit,
            index_file=index,
            filters=filters,
            output=output,
            inputs=inputs,
            general=general,
        )
    )
