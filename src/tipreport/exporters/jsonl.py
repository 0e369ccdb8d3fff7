"""JSON Lines: one report a line; with one kind chosen, one object a line, each naming its report.

``export --what`` gives the rows of the tidy tables, each with its ``type``.
"""

from __future__ import annotations

from tipreport.exporters import Options, Sheet, Table, View
from tipreport.exporters.json import chosen, dumps, texts
from tipreport.identity import name_of
from tipreport.model import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUFFIXES = (".jsonl", ".ndjson")
BEGIN = BETWEEN = END = ""


def render(report: Report, view: View) -> str:
    """The lines of one report."""
    value = chosen(report, view)
    if view.selection.everything:
        return dumps(value) + "\n"
    name = name_of(report)
    if isinstance(value, list):
        return "".join(dumps({"report": name, **one}) + "\n" for one in value)
    return dumps({"report": name, **value}) + "\n"


def write(sheets: Iterable[Sheet], options: Options) -> Iterator[str]:  # noqa: ARG001 (JSON Lines have one form)
    """Reports, one a line."""
    return (dumps(sheet.report) + "\n" for sheet in sheets)


def tabulate(tables: Sequence[Table], options: Options) -> Iterator[str]:  # noqa: ARG001
    """The rows of tables, one a line, table by table."""
    for table in tables:
        for rows in texts(table, typed=True):
            yield "\n".join(rows) + "\n"
