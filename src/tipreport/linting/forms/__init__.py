"""Forms in which findings are shown, one file each: ``SUFFIXES`` and ``render(found, view) -> str | bytes``."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.linting.engine import Found, Rule
from tipreport.model import Report
from tipreport.spans import Source


class View(NamedTuple):
    """How to show findings.

    Args:
        width: of readable text.
        colour: whether a terminal may show colours.
        rules: those that were run.
        report: the report, for a form that shows its text (one input only).
        source: the text itself, likewise.
    """

    width: int = 100
    colour: bool = False
    rules: tuple[Rule, ...] = ()
    report: Report | None = None
    source: Source | None = None


__all__ = ["Found", "View"]
