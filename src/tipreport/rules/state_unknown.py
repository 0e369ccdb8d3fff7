"""A name in a list of States that no list of States knows.

Former names and the usual short forms are known; what is left is mostly a misspelling or an organization among States.
"""

from __future__ import annotations

from tipreport.rules import Context, Finding, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "state/unknown"
SEVERITY = "warning"
EXAMPLES = {
    "1. Statements were made by the representatives of Chile, Paraguaria and China.\n": ["Paraguaria"],
}
COUNTEREXAMPLES = [
    "1. Statements were made by the representatives of Chile, Paraguay and China.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The names that are no State's."""
    for remark in ctx.remarks("state/unknown"):
        place = ranges(remark.spans)
        unit = ctx.unit_at(place[0][0]) if place else None
        yield Finding(
            f"no State is called so: {remark.message}", place, remark.hint or "compare with the list of member States", id=unit and unit.id
        )
