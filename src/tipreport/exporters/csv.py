"""CSV (RFC 4180): one row an object, the columns of its kind; recommendations where no kind is chosen.

Every report comes with the head line, so that the columns are there without rows too. Lists are joined by
``; ``. A cell that a spreadsheet would take for a formula gets a leading apostrophe.
"""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from typing import Any

from tipreport import model
from tipreport.errors import TipreportError
from tipreport.exporters import View, called
from tipreport.exporters.json import chosen
from tipreport.model import Report
from tipreport.select import Selection
from tipreport.visible import visible

SUFFIXES = (".csv",)
BEGIN = BETWEEN = END = ""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
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
    name = called(report)
    for row in rows:
        writer.writerow([_cell(name), _cell(report.masthead.date), *(_cell(row.get(column)) for column in columns)])
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
    for key, cell in value.items():
        if key == "spans":
            row["start"] = cell[0]["start"] if cell else None
            row["end"] = cell[-1]["end"] if cell else None
            row["line"] = cell[0]["line"] if cell else None
        else:
            row[key] = cell
    return row


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return _cell("; ".join(_name(one) for one in value))
    if isinstance(value, dict):
        return _cell(_name(value))
    text = visible(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _name(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("label") or value.get("name") or value.get("as_printed") or value.get("text") or "")
    return str(value)
