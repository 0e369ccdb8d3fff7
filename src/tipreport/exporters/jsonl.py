"""JSON Lines: one report a line; with one kind chosen, one object a line, each naming its report."""

from __future__ import annotations

from tipreport.exporters import View
from tipreport.exporters.json import chosen, dumps
from tipreport.identity import name_of
from tipreport.model import Report

SUFFIXES = (".jsonl", ".ndjson")
BEGIN = BETWEEN = END = ""


def render(report: Report, view: View) -> str:
    """The lines of one report."""
    value = chosen(report, view)
    name = name_of(report)
    if isinstance(value, list):
        return "".join(dumps({"report": name, **one}) + "\n" for one in value)
    if view.selection.everything:
        return dumps(value) + "\n"
    return dumps({"report": name, **value}) + "\n"
