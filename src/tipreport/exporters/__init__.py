"""Forms to write reports in, one file each; found by file name, imported when used.

A file has ``SUFFIXES`` and one or more of these functions:

- ``render(report, view) -> str``: one report for ``parse``; ``BEGIN``, ``BETWEEN`` and ``END`` frame several;
- ``write(sheets, options)``: reports as one stream of text or bytes, for ``export``;
- ``tabulate(tables, options)``: tables of objects as one stream, for ``export --what``;
- ``SINGLE = True`` where a file holds one report (or one table) only, so that several go into a folder;
- ``BINARY = True`` where the stream is no text.

Nothing is parsed here, nothing is written but what is given back, and a form whose library is not installed says so with
``ExtraError`` before the first part.
"""

from __future__ import annotations

from typing import NamedTuple

from tipreport.model import Report
from tipreport.select import Selection
from tipreport.tables import Column, Table

__all__ = ["Column", "Options", "Sheet", "Table", "View"]


class View(NamedTuple):
    """How ``parse`` shows a report."""

    selection: Selection = Selection()
    width: int = 100
    colour: bool = False
    spans: bool = False
    cite: bool = False
    limit: int | None = None
    text: str | None = None  # the source as received; None where it is not at hand


class Sheet(NamedTuple):
    """A report to write.

    Args:
        report: all of it, or what is chosen of it.
        text: its source as received; None where it is not at hand (saved JSON) or only some of its objects are chosen.
        narrowed: whether only some of its objects are left; then ``blocks`` holds headings and units that are.
        kinds: what was chosen of it; empty for everything.
        whole: of a narrowed report, the report it was; None for any other.
    """

    report: Report
    text: str | None = None
    narrowed: bool = False
    kinds: tuple[str, ...] = ()
    whole: Report | None = None


class Options(NamedTuple):
    """How to write.

    Args:
        raw: cells as they are, also those that a spreadsheet takes for a formula.
        single: whether there is one report only, which JSON gives without a list around it.
    """

    raw: bool = False
    single: bool = False
