"""What every column of every table means: for people, as a table, and beside CSV files as a data package."""

from __future__ import annotations

import json

from tipreport.cli import records
from tipreport.cli.grammar import Output
from tipreport.tables.rows import codebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# Our types in the words of Table Schema (specs.frictionlessdata.io/table-schema), with what is said of their form.
_TYPES = {
    "string": {"type": "string"}, "integer": {"type": "integer"}, "boolean": {"type": "boolean"}, "date": {"type": "date"},
    "link": {"type": "string", "format": "uri"}, "list": {"type": "string"},
}  # fmt: skip


def put(output: Output) -> None:
    """Print the codebook in the form that was asked for."""
    rows = [
        {"table": name, "column": column.name, "datatype": column.type, "meaning": column.meaning}
        for name, columns in codebook().items()
        for column in columns
    ]
    records.put(rows, output, text=_text, kind="column")


def _text(rows: list[records.Record], width: int) -> Iterator[str]:
    import textwrap

    table = None
    for row in rows:
        if row["table"] != table:
            yield ("" if table is None else "\n") + f"{row['table']}\n"
            table = row["table"]
        lead = f"  {row['column']:22} {row['datatype']:8} "
        indent = len(lead) if width >= 60 else 4
        first = lead if width >= 60 else lead.rstrip() + "\n" + " " * 4
        yield first + f"\n{' ' * indent}".join(textwrap.wrap(row["meaning"], max(width - indent, 16)) or [""]) + "\n"


def package(names: tuple[str, ...], suffix: str, fields: str | None = None) -> str:
    """The description of a folder of CSV files as a Frictionless Data Package: what reads such packages gets the types right."""
    wanted = [one.strip() for one in fields.split(",")] if fields else None
    resources = []
    for name in names:
        columns = codebook()[name]
        if wanted:
            columns = tuple(column for one in wanted for column in columns if column.name == one)
        described = [
            {
                "name": column.name,
                **_TYPES[column.type],
                "description": column.meaning + ("; parted by '; '" if column.type == "list" else ""),
            }
            for column in columns
        ]
        resources.append(
            {
                "name": name, "path": f"{name}{suffix}", "profile": "tabular-data-resource", "encoding": "utf-8", "format": "csv",
                "dialect": {"lineTerminator": "\r\n"}, "schema": {"fields": described, "missingValues": [""]},
            }
        )  # fmt: skip
    return json.dumps({"name": "tipreport", "profile": "tabular-data-package", "resources": resources}, ensure_ascii=False, indent=2) + "\n"
