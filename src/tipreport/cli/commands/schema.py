"""``tipreport schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(epilog="Example: tipreport schema > report.schema.json")
def schema(
    output: Annotated[str | None, typer.Option("--output", "-o", help="Write to this file (atomically).")] = None,
) -> None:
    """Print the JSON Schema of a report."""
    from tipreport.cli import output as out
    from tipreport.exporters.json import dumps
    from tipreport.schema import json_schema

    out.put(dumps(json_schema(), indent=2) + "\n", output)
