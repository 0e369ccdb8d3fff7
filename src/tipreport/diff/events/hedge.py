"""Hedges put in or taken out: "as appropriate", "in accordance with domestic law", "within available resources".

The list is that of ``data/modality.csv`` (rows below 0).
"""

from __future__ import annotations

from tipreport.diff.change import Event
from tipreport.diff.pair import Hit, Pair
from tipreport.entities.modality import hedges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def find(pair: Pair) -> Iterator[Event]:
    """Events ``hedge_added`` and ``hedge_dropped``; ``id`` is the kind of hedge."""
    if pair.hunks:
        sides = []
        for side in (0, 1):
            text, (low, high) = pair.unit(side).text, pair.range(side)
            sides.append([Hit(a, b, ident, text[a:b]) for a, b, ident in hedges(text) if low <= a < high])
        yield from pair.came_and_went("hedge", *sides, again=True)
