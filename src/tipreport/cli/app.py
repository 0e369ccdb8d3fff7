"""The command line: one file a command, imported when it runs. Options as one grammar for all commands."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    name="tipreport",
    help="Turn the text of United Nations meeting reports into typed objects, each with its exact place.",
    epilog="Exit status: 0 well; 1 the answer is no; 2 trouble. Examples: tipreport parse report.txt | tipreport parse reports/ --jsonl -o reports.jsonl",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[str] | None, typer.Argument(help="Files, folders, saved JSON, or '-' for standard input.", show_default=False)]


def _version(wanted: bool) -> None:
    if wanted:
        from tipreport import __version__

        typer.echo(f"tipreport {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version and stop.", callback=_version, is_eager=True)] = False,
) -> None:
    """Turn the text of United Nations meeting reports into typed objects, each with its exact place."""


@app.command(
    epilog="Examples: tipreport parse report.txt --what recommendations --csv | pdftotext r.pdf - | tipreport parse - --stdin-name r.pdf | tipreport parse report.txt --id rec-51"
)
def parse(
    paths: Paths = None,
    to: Annotated[
        str | None, typer.Option("--to", "-t", help="Format: outline, json, jsonl, csv, tree, text (the text that offsets count in).")
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
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="Show at most so many objects of a kind in the outline.")] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Prove that nothing was lost: every character by the kind of its block.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a warning was raised.")] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=0, envvar="TIPREPORT_JOBS", help="Processes for many files; 0 takes all cores.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", envvar="TIPREPORT_PROFILE", help="The family of report; told by the masthead if left out.")
    ] = None,
    list_profiles: Annotated[bool, typer.Option("--list-profiles", help="List the profiles and stop.")] = False,
    encoding: Annotated[
        str | None, typer.Option("--encoding", envvar="TIPREPORT_ENCODING", help="Encoding of the input; told by its bytes if left out.")
    ] = None,
    stdin_name: Annotated[str, typer.Option("--stdin-name", help="What messages call standard input.")] = "<stdin>",
    symbol: Annotated[str | None, typer.Option("--symbol", help="The symbol of a document that prints none.")] = None,
    config: Annotated[str | None, typer.Option("--config", envvar="TIPREPORT_CONFIG", help="Read this configuration file too.")] = None,
    color: Annotated[
        str | None, typer.Option("--color", envvar="TIPREPORT_COLOR", help="auto, always or never; NO_COLOR and FORCE_COLOR are heeded.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No remarks on standard error.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done on standard error.")] = False,
) -> None:
    """Parse reports and show what is in them."""
    from tipreport.cli import parse as command

    command.run(
        command.Request(
            paths=tuple(paths or ()), to=to, output=output, shorthand=tuple(name for name, on in (("json", as_json), ("jsonl", as_jsonl), ("csv", as_csv)) if on),
            what=what, ids=tuple(ids or ()), spans=spans, cite=cite, limit=limit, coverage=coverage, strict=strict, jobs=jobs, profile=profile,
            list_profiles=list_profiles, encoding=encoding, stdin_name=stdin_name, symbol=symbol, config=config, color=color, quiet=quiet, verbose=verbose,
        )
    )  # fmt: skip


@app.command(epilog="Example: tipreport schema > report.schema.json")
def schema(
    output: Annotated[str | None, typer.Option("--output", "-o", help="Write to this file (atomically).")] = None,
) -> None:
    """Print the JSON Schema of a report."""
    from tipreport.cli import output as out
    from tipreport.exporters.json import dumps
    from tipreport.schema import json_schema

    out.put(dumps(json_schema(), indent=2) + "\n", output)
