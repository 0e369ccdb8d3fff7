"""Forms in which tables of counts are shown, one file each: ``SUFFIXES`` and ``render(found, view) -> str | bytes``.

They show what they are given, table below table.
"""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """How to show tables.

    Args:
        title: of the whole.
        scope: what the filters leave, in words; "" for all.
        width: of readable text.
        colour: whether a terminal may show colours.
        limit: rows at most of a table that stands by its counts; None for all.
    """

    title: str = ""
    scope: str = ""
    width: int = 100
    colour: bool = False
    limit: int | None = None
