"""``tipreport parse``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import GENERAL, INPUTS, General, Index, Inputs, Paths, grammar

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog="Examples: tipreport parse report.txt --what recommendations --csv | tipreport parse report.pdf --json -o report.json | tipreport parse report.txt --id rec-51"
)
@grammar(INPUTS, GENERAL)
def parse(
    *,
    paths: Paths = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            "-t",
            help="Format: outline, json, jsonl, csv, tree, text (what offsets count in), correction (rows for tipreport.toml).",
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Write to this file (atomically), or one file an input into this folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --to json.")] = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="Short for --to jsonl: one report a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Short for --to csv.")] = False,
    what: Annotated[
        str | None,
        typer.Option("--what", help="Kinds to show, parted by commas: recommendations, points, panellists, statements, ... or all."),
    ] = None,
    ids: Annotated[
        list[str] | None, typer.Option("--id", help="Show only this recommendation, paragraph or point, such as rec-51 or para-4.a.")
    ] = None,
    spans: Annotated[bool, typer.Option("--spans", help="Show offsets and lines in the outline.")] = False,
    cite: Annotated[bool, typer.Option("--cite", help="Print pinpoint cites only.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, help="At most so many objects of a kind in the outline; 0 gives all.")
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Prove that nothing was lost: every character by the kind of its block.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a warning was raised.")] = False,
    list_profiles: Annotated[bool, typer.Option("--list-profiles", help="List the profiles and stop.")] = False,
    merge: Annotated[
        bool, typer.Option("--merge", help="Take the inputs as the parts of one report (L.1, Add.1, ...) and join them, with a ledger.")
    ] = False,
    renumber: Annotated[bool, typer.Option("--renumber", help="With --merge: number all units anew, in one series.")] = False,
    index: Index = None,
    inputs: Inputs,
    general: General,
) -> None:
    """Parse reports and show what is in them."""
    from tipreport.cli import parse as command

    command.run(
        command.Request(
            paths=tuple(paths or ()), to=to, output=output, shorthand=tuple(name for name, on in (("json", as_json), ("jsonl", as_jsonl), ("csv", as_csv)) if on),
            what=what, ids=tuple(ids or ()), spans=spans, cite=cite, limit=limit, coverage=coverage, strict=strict,
            list_profiles=list_profiles, merge=merge, renumber=renumber, index_file=index, inputs=inputs, general=general,
        )
    )  # fmt: skip
