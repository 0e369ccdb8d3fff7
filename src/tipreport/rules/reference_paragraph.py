"""A reference to a paragraph of the same report leads nowhere, or into the wrong direction: "see para. 50 below".

Told for references with "above" or "below" alone: others are to other documents, articles or decisions. Numbers of annexes and
decisions count as well.
"""

from __future__ import annotations

import re

from tipreport.rules import ADDENDUM, Context, Finding, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "reference/paragraph"
SEVERITY = "error"
EXAMPLES = {
    "1. One speaker spoke of training (see para. 50 below).\n\n2. Others agreed.\n": ["para. 50"],
    "1. One speaker spoke of training (see para. 2 above).\n\n2. Others agreed.\n": ["para. 2"],
}
COUNTEREXAMPLES = [
    "1. One speaker spoke of training (see para. 2 below).\n\n2. Others agreed, as in paragraph 1 above.\n",
    "1. One speaker spoke of paragraph 50 of the resolution.\n\n2. Others agreed.\n",
]

_WHERE = re.compile(r"[^.;()\u201c\u201d]{0,40}?\b(above|below)\b")
_NUMBER = re.compile(r"para-(\d+(?:bis|ter)?)")


def find(ctx: Context) -> Iterator[Finding]:
    """The references that do not arrive."""
    places: dict[str, list[int]] = {}
    for unit in ctx.units:
        if unit.thing.number:
            places.setdefault(unit.thing.number.replace(" ", ""), []).append(unit.spans[0].start)
    if len(places) < 2:
        return
    last = -9
    for reference in ctx.report.references:
        number = _NUMBER.match(reference.target) if reference.kind == "paragraph" else None
        if number is None:
            continue
        start, end = reference.spans[0].start, reference.spans[-1].end
        unit_at = ctx.unit_at(start)
        before = ctx.source.text[unit_at.spans[0].start : start] if unit_at else ""
        if unit_at is None or before.count("\u201c") > before.count("\u201d"):  # what is quoted has numbers of its own
            continue
        found = places.get(number[1])
        where = _WHERE.match(" ".join(ctx.source.text[end : end + 60].split()))
        message = None
        if found is None:
            message = f"{reference.as_printed!r}: the report has no paragraph {number[1]}"
        elif where and len(found) == 1 and unit_at.thing.number != number[1]:
            side = "above" if found[0] < start else "below"
            if side != where[1]:
                message = f"{reference.as_printed!r}: paragraph {number[1]} stands {side}"
        if message and start > last + 3:  # of a range the first number is told
            last = end
            yield Finding(
                message,
                ranges(reference.spans),
                ADDENDUM if ctx.addendum and found is None else "correct the number",
                id=unit_at.id,
            )
