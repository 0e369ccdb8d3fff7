"""Forms in which an index or a compilation is written, one file each: ``SUFFIXES`` and ``render(found, view) -> str | bytes``."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """How to show a document.

    Args:
        scope: what the filters leave, in words; "" for all.
        width: of readable text.
        colour: whether a terminal may show colours.
        short: the first words of each text only.
    """

    scope: str = ""
    width: int = 100
    colour: bool = False
    short: bool = False
