"""A row of letters and the page it stands on. Places are points from the lower left corner."""

from __future__ import annotations

from typing import NamedTuple

Range = tuple[int, int]


class Row(NamedTuple):
    """A row of letters as printed.

    Args:
        text: the letters, blanks around them left out.
        left: where it begins.
        right: where it ends, roughly.
        base: the height of its base line.
        size: of its letters.
        styled: whether they are bold or italic.
        marks: the ranges of ``text`` that are set as the marks of footnotes are.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    styled: bool
    marks: tuple[Range, ...] = ()


class Page(NamedTuple):
    """A page: its width and height, and its rows in any order."""

    width: float
    height: float
    rows: list[Row]
