"""Points of a unit: added, dropped, changed, or moved to or from another unit."""

from __future__ import annotations

import re

from tipreport.diff.change import Event
from tipreport.diff.pair import Hit, Pair
from tipreport.diff.words import editorial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_JOINED = re.compile(r"[;,.]?(?: (?:and|or))?[;,.]?$")  # how a point is joined to the next one


def find(pair: Pair) -> Iterator[Event]:
    """Events ``point_added``, ``point_dropped``; ``point`` where the text of one or its letter changed; ids are those of the points."""
    sides = [{point.id: Hit(at, at + len(point.text), point.id, point.text) for point, at in pair.points_in(side)} for side in (0, 1)]
    partners = pair.points[0]
    taken: set[str] = set()
    for ident, hit in sides[0].items():
        other = partners.get(ident)
        if other in sides[1]:
            taken.add(other)
            mate = sides[1][other]
            relettered = ident.rpartition(".")[2] != other.rpartition(".")[2]
            if relettered or not editorial(_JOINED.sub("", hit.printed), _JOINED.sub("", mate.printed)):
                yield pair.event("point", hit, mate, id=other, name=ident)
        else:
            yield pair.event("point_dropped", hit, None, name=other)
    for ident, hit in sides[1].items():
        if ident not in taken:
            yield pair.event("point_added", None, hit, name=pair.points[1].get(ident))
