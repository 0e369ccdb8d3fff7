"""CSV (RFC 4180), UTF-8, lines that end in CR LF: a head line, and one row an object.

``parse`` gives the fields of the objects as they are (recommendations where no kind is chosen), ``export`` the tidy tables of
``tipreport.tables``. Lists are joined by ``; ``. A cell that a spreadsheet would take for a formula gets a leading apostrophe, and
controls are shown, unless the cells are to be raw.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from typing import Any

from tipreport import model
from tipreport.cells import FORMULA, cell
from tipreport.errors import TipreportError
from tipreport.exporters import Options, Table, View
from tipreport.exporters.json import chosen, escaped
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


def tabulate(tables: Sequence[Table], options: Options) -> Iterator[str]:
    """One table: its head line, then its rows; every text in quotation marks, numbers without."""
    (table,) = tables
    yield ",".join(f'"{column.name}"' for column in table.columns) + "\r\n"
    for rows in table.ready("array"):
        line = _raw if options.raw else _looked if _acts(rows) else _line
        yield "".join(map(line, rows))


_NEEDLES = tuple(f'"{one}' for one in FORMULA if one > " ")  # a tab and CR are escapes in JSON
_PLAIN = (*(one for one in _NEEDLES if one.isascii()), "\x7f")


def _acts(rows: Sequence[str]) -> bool:
    """Whether a cell of rows that the database made may begin as a formula, or DEL stands in one; a look at all of them at once."""
    plain = "".join([row for row in rows if row.isascii()])
    rest = "".join([row for row in rows if not row.isascii()])
    return any(one in plain for one in _PLAIN) or any(one in rest for one in (*_NEEDLES, "\x7f"))


def _looked(row: str) -> str:
    """A row among some of which one acts."""
    return _slow(row) if _acts((row,)) else _line(row)


def _line(row: str) -> str:
    """A row that the database made: JSON without escapes but those of quotation marks is CSV within its brackets."""
    if row.isascii() or row.isprintable() or escaped(row) == row:
        if "\\" not in row:
            return row[1:-1] + "\r\n"
        doubled = row.replace('\\"', '""')
        if "\\" not in doubled:
            return doubled[1:-1] + "\r\n"
    return _slow(row)


def _raw(row: str) -> str:
    return row[1:-1] + "\r\n" if "\\" not in row else _written(json.loads(row))


def _slow(row: str) -> str:
    """The same of a row that holds what a terminal would obey, or begins a cell as a formula."""
    return _written([cell(value) if type(value) is str else value for value in json.loads(row)])


def _written(row: Sequence[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC).writerow(row)
    return out.getvalue()
