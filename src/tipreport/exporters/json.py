"""JSON of the contract: one report as an object, several as a list.

With one kind chosen, its objects alone; with several, an object with those keys. Characters that a terminal
would obey are written as escapes, which changes no value.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tipreport.exporters import View
from tipreport.model import Report, to_plain
from tipreport.select import by_id, of

SUFFIXES = (".json",)
BEGIN, BETWEEN, END = "[\n", ",\n", "\n]\n"

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def dumps(value: object, *, indent: int | None = None) -> str:
    """JSON text in which everything but plain printable characters is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def chosen(report: Report, view: View) -> Any:
    """The plain value that a view of a report shows."""
    selection = view.selection
    if selection.everything:
        return to_plain(report)
    if selection.ids:
        found = [one for ident in selection.ids for one in by_id(report, ident)]
        if selection.kinds == ("points",):
            return to_plain([point for one in found for point in one.points])
        return to_plain(found)
    values = {kind: _plain(report, kind) for kind in selection.kinds}
    if len(values) == 1:
        return next(iter(values.values()))
    return values


def _plain(report: Report, kind: str) -> Any:
    if kind == "masthead":
        return to_plain(report.masthead)
    return [{"in": one[0], **to_plain(one[1])} if isinstance(one, tuple) else to_plain(one) for one in of(report, kind)]


def render(report: Report, view: View) -> str:
    """One report, on one line."""
    return dumps(chosen(report, view)) + "\n"
