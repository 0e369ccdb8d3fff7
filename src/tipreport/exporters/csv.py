"""CSV (RFC 4180), UTF-8, lines that end in CR LF: a head line, and one row an object.

``parse`` gives the fields of the objects as they are (recommendations where no kind is chosen), ``export`` the tidy tables of
``tipreport.tables``. Lists are joined by ``; ``. A cell that a spreadsheet would take for a formula gets a leading apostrophe, and
controls are shown, unless the cells are to be raw.
"""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from itertools import islice
from typing import Any

from tipreport import model
from tipreport.cells import FORMULA, cell
from tipreport.errors import TipreportError
from tipreport.exporters import Options, Table, View
from tipreport.exporters.json import chosen
from tipreport.identity import name_of
from tipreport.model import Report
from tipreport.select import Selection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUFFIXES = (".csv",)
SINGLE = True  # a file holds one table
BEGIN = BETWEEN = END = ""

_CLASSES: dict[str, type] = {
    "masthead": model.Masthead,
    "sections": model.Section,
    "agenda": model.AgendaItem,
    "recommendations": model.Recommendation,
    "points": model.Point,
    "paragraphs": model.Paragraph,
    "voices": model.Voice,
    "mentions": model.Mention,
    "panellists": model.Panellist,
    "statements": model.Statement,
    "attendance": model.Statement,
    "decisions": model.Decision,
    "references": model.Reference,
    "footnotes": model.Footnote,
    "blocks": model.Block,
    "diagnostics": model.Remark,
    "parts": model.Part,
}
_HELD = {"points", "voices", "mentions"}


def render(report: Report, view: View) -> str:
    """The head line and the rows of one report.

    Raises:
        TipreportError: several kinds are chosen; their columns differ.
    """
    selection = view.selection
    if not selection.ids and not selection.kinds:
        selection = Selection(("recommendations",))
    if len(selection.kinds) > 1 and not selection.ids:
        raise TipreportError("a CSV table holds one kind of object", "choose one with --what, or take jsonl")
    value = chosen(report, View(selection=selection))
    rows = [_row(one) for one in (value if isinstance(value, list) else [value])]
    columns = _columns(selection, rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["report", "date", *columns])
    name = name_of(report)
    for row in rows:
        writer.writerow([cell(name), cell(report.masthead.date), *(cell(row.get(column)) for column in columns)])
    return out.getvalue()


def _columns(selection: Selection, rows: list[dict[str, Any]]) -> list[str]:
    if selection.ids:
        return list(dict.fromkeys(key for row in rows for key in row))
    kind = selection.kinds[0]
    out = ["in"] if kind in _HELD else []
    for field in fields(_CLASSES[kind]):
        out += ["start", "end", "line"] if field.name == "spans" else [field.name]
    return [column for column in out if column not in {"report", "date"}]


def _row(value: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, held in value.items():
        if key == "spans":
            row["start"] = held[0]["start"] if held else None
            row["end"] = held[-1]["end"] if held else None
            row["line"] = held[0]["line"] if held else None
        else:
            row[key] = held
    return row


_AT_ONCE = 500  # rows that are written together


def tabulate(tables: Sequence[Table], options: Options) -> Iterator[str]:
    """One table: its head line, then its rows."""
    (table,) = tables
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    flags = [place for place, column in enumerate(table.columns) if column.type == "boolean"]
    while rows := list(islice(table.rows, _AT_ONCE)):
        if flags:
            rows = [tuple(_told(value) if place in flags else value for place, value in enumerate(row)) for row in rows]
        writer.writerows(rows if options.raw else [[_safe(value) for value in row] for row in rows])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _told(flag: int | None) -> str | None:
    return None if flag is None else "true" if flag else "false"


def _safe(value: Any) -> Any:
    """A value as a spreadsheet may have it; most texts are plain and cost a look."""
    if type(value) is not str or (value.isprintable() and value[:1] not in FORMULA):
        return value
    return cell(value)
