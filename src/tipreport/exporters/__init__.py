"""Output formats, one file each: ``SUFFIXES`` and ``render(report, view) -> str``.

A format gives the text of one report; ``BEGIN``, ``BETWEEN`` and ``END`` frame several. Nothing is parsed
here, and nothing is written but what is returned.
"""

from __future__ import annotations

from typing import NamedTuple

from tipreport.select import Selection


class View(NamedTuple):
    """How to show a report."""

    selection: Selection = Selection()
    width: int = 100
    colour: bool = False
    spans: bool = False
    cite: bool = False
    limit: int | None = None
