"""Where a unit stands: another number, another section, another kind of unit."""

from __future__ import annotations

from tipreport.diff.change import Event
from tipreport.diff.pair import Pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def find(pair: Pair) -> Iterator[Event]:
    """Events ``renumbered`` (numbers as printed), ``moved`` (sections, or units that hold a point) and ``kind``."""
    left, right = pair.left, pair.right
    if left.number != right.number:
        yield Event("renumbered", before=left.number, after=right.number)
    if pair.moved:
        held = left.kind == "point" and right.kind == "point"
        yield Event("moved", before=left.parent if held else left.section, after=right.parent if held else right.section)
    if left.kind != right.kind:
        yield Event("kind", before=left.kind, after=right.kind)
