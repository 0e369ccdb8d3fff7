"""``tipreport export``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import FILTERS, GENERAL, INPUTS, OUTPUT, General, Index, Inputs, Output, Paths, grammar
from tipreport.search.request import Filters

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog="Formats: txt, markdown, docx, html, site; csv, json, jsonl, xlsx, parquet, sqlite; akn, json-ld; bibtex, ris, csl-json, marc, catalogue. "
    "Examples: tipreport export --what recommendations --csv reports/ | tipreport export report.txt -o report.html | "
    "tipreport export --topic non-punishment -o topic.docx | tipreport export --to site -o site/ | tipreport export --codebook"
)
@grammar(FILTERS, OUTPUT, INPUTS, GENERAL)
def export(
    *,
    paths: Paths = None,
    what: Annotated[
        str | None,
        typer.Option(
            "--what", help="Kinds to write: recommendations, points, paragraphs, panellists, statements, participations, ... or all."
        ),
    ] = None,
    fields: Annotated[
        str | None, typer.Option("--fields", help="Columns of a table to write, parted by commas; --codebook lists them.")
    ] = None,
    sort: Annotated[
        str | None, typer.Option("--sort", help="Rows by place (report by report, as printed) or by date (newest first).")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="Rows of a table at most; 0 gives all.")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, also those that a spreadsheet takes for a formula.")] = False,
    partition: Annotated[
        str | None, typer.Option("--partition", help="Parquet in folders by these columns, such as body,year; -o names a new folder.")
    ] = None,
    cite: Annotated[bool, typer.Option("--cite", help="Print pinpoint cites only.")] = False,
    codebook: Annotated[bool, typer.Option("--codebook", help="Print what every column of every table means, and stop.")] = False,
    index: Index = None,
    filters: Filters,
    output: Output,
    inputs: Inputs,
    general: General,
) -> None:
    """Write reports, or the objects in them, in the form that people work with next."""
    from tipreport.cli import exporting

    exporting.run(
        exporting.Asked(
            paths=tuple(paths or ()), what=what, fields=fields, sort=sort, limit=limit, raw=raw, partition=partition, cite=cite, codebook=codebook,
            index_file=index, filters=filters, output=output, inputs=inputs, general=general,
        )
    )  # fmt: skip
