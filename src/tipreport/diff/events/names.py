"""States, organizations and groups named in a unit, and the States that made a recommendation: who was added, who was dropped."""

from __future__ import annotations

from tipreport.diff.change import Event
from tipreport.diff.pair import Pair
from tipreport.model import Recommendation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = ("state", "organization", "group")


def find(pair: Pair) -> Iterator[Event]:
    """Events ``state_added``, ``organization_dropped``, ``proposer_added`` and so on; ``position`` where the report gives another."""
    for kind in _KINDS if pair.hunks else ():
        yield from pair.came_and_went(kind, *(pair.mentions(side, (kind,)) for side in (0, 1)))
    left, right = pair.left.thing, pair.right.thing
    if isinstance(left, Recommendation) and isinstance(right, Recommendation) and pair.whole:
        proposers = [
            pair.hits(side, ((one.id, one.as_printed, one.name, one.spans) for one in thing.proposed_by))
            for side, thing in enumerate((left, right))
        ]
        if any(proposers):
            yield from pair.came_and_went("proposer", *proposers)
        if left.position != right.position:
            yield Event("position", before=left.position, after=right.position)
