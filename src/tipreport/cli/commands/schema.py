"""``tipreport schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


_RECORDS = ("change", "stat", "stop", "promise", "quotation", "place", "score", "miss", "finding")


@app.command(epilog="Examples: tipreport schema > report.schema.json | tipreport schema change")
def schema(
    of: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="report, change, stat (of diff), stop, promise (of trace), quotation, place (of verify), score, miss (of eval) or finding (of check).",
        ),
    ] = "report",
    *,
    output: Annotated[str | None, typer.Option("--output", "-o", help="Write to this file (atomically).")] = None,
) -> None:
    """Print the JSON Schema of a report, or of the records of another command."""
    from tipreport.cli import output as out
    from tipreport.exporters.json import dumps
    from tipreport.schema import json_schema

    if of == "report":
        made = json_schema()
    elif of in _RECORDS:
        from tipreport import shapes

        made = json_schema(getattr(shapes, of.upper()), of)
    else:
        from tipreport.errors import UnknownNameError

        raise UnknownNameError("record", of, ("report", *_RECORDS))
    out.put(dumps(made, indent=2) + "\n", output)
