"""A point of a list is left out: (a) is followed by (c)."""

from __future__ import annotations

from tipreport.rules import Context, Finding, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "point/gap"
SEVERITY = "warning"
EXAMPLES = {
    "1. States parties should:\n(a) train prosecutors;\n(b) fund shelters;\n(d) share information; and\n(e) report.\n": ["(d)"],
}
COUNTEREXAMPLES = [
    "1. States parties should: (a) train prosecutors; (b) fund shelters; (c) share information; and (d) report.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The points before which one is missing."""
    for remark in ctx.remarks("point/gap"):
        place = ranges(remark.spans)
        unit = ctx.unit_at(place[0][0]) if place else None
        where = f" in {unit.name}" if unit else ""
        yield Finding(f"a point is missing before this one{where}", place, "letter the points without a gap", id=unit and unit.id)
