"""Addressees: who is asked, before and after."""

from __future__ import annotations

from tipreport.diff.change import Event
from tipreport.diff.pair import Hit, Pair
from tipreport.model import Recommendation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def find(pair: Pair) -> Iterator[Event]:
    """Events ``addressee_added`` and ``addressee_dropped``."""
    sides = [_addressees(pair, side) for side in (0, 1)]
    if pair.hunks and pair.whole:
        yield from pair.came_and_went("addressee", *sides)


def _addressees(pair: Pair, side: int) -> list[Hit]:
    thing = pair.unit(side).thing
    if not isinstance(thing, Recommendation):
        return []
    return pair.hits(side, ((one.id, one.as_printed, one.name, one.spans) for one in thing.addressees))
