"""Forms in which a comparison is shown, one file each: ``SUFFIXES`` and ``render(comparison, view) -> str | bytes``.

They show what they are given: which changes, in which order, is settled before.
"""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """How to show a comparison.

    Args:
        labels: what the two sides are called.
        width: of readable text.
        colour: whether a terminal may show colours.
        columns: whether left and right stand side by side.
        full: whether unchanged stretches are shown whole.
        summary: the lines that count the changes.
    """

    labels: tuple[str, str] = ("", "")
    width: int = 100
    colour: bool = False
    columns: bool = False
    full: bool = False
    summary: tuple[str, ...] = ()
