"""CSV (RFC 4180): one row an object, the columns of its kind; recommendations where no kind is chosen.

Lists are joined by ``; ``. A cell that a spreadsheet would take for a formula gets a leading apostrophe.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from tipreport.exporters import View, visible
from tipreport.exporters.json import chosen
from tipreport.model import Report
from tipreport.select import Selection

SUFFIXES = (".csv",)
BEGIN = BETWEEN = END = ""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render(report: Report, view: View) -> str:
    """The rows of one report; the head line comes with the first."""
    selection = view.selection
    if not selection.kinds and not selection.ids:
        selection = Selection(("recommendations",))
    value = chosen(report, View(selection=selection))
    rows = value if isinstance(value, list) else [value]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    name = report.masthead.symbol or report.source.symbol or report.source.name
    plain = [{"report": name, "date": report.masthead.date, **_row(row)} for row in rows]
    if plain:
        columns = list(dict.fromkeys(key for row in plain for key in row))
        if not view.many:
            writer.writerow(columns)
        for row in plain:
            writer.writerow([_cell(row.get(column)) for column in columns])
    return out.getvalue()


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
