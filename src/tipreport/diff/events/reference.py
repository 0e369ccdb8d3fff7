"""References to symbols, resolutions, decisions, articles and paragraphs: put in or taken out."""

from __future__ import annotations

from tipreport.diff.change import Event
from tipreport.diff.pair import Pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def find(pair: Pair) -> Iterator[Event]:
    """Events ``reference_added`` and ``reference_dropped``; ``id`` is what is referred to, ``name`` the kind of reference."""
    if pair.hunks:
        sides = [
            pair.hits(side, ((one.target, one.as_printed, one.kind, one.spans) for one in pair.sides[side].references(pair.unit(side))))
            for side in (0, 1)
        ]
        yield from pair.came_and_went("reference", *sides)
