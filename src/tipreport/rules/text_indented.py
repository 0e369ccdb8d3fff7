"""The number of a paragraph stands behind stray blanks, while those of all others begin their lines."""

from __future__ import annotations

from tipreport.rules import Context, Edit, Finding, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "text/indented"
SEVERITY = "info"
EXAMPLES = {
    "III. Deliberations\n\n1. One spoke.\n\n2. Others agreed.\n\n3. All listened.\n\n 4. The meeting closed.\n": ["4. The meeting closed."],
}
COUNTEREXAMPLES = [
    "III. Deliberations\n\n 1. One spoke.\n\n 2. Others agreed.\n\n3. All listened.\n\n 4. The meeting closed.\n",
]

_FEW, _WIDE = 0.1, 3  # share of lines that may be so for it to be a slip; blanks from which it is meant


def find(ctx: Context) -> Iterator[Finding]:
    """The few numbered paragraphs that are set in by a blank or two."""
    if not ctx.printed:
        return
    text = ctx.source.text
    numbered = [(unit, ctx.line_range(unit.spans[0].start)) for unit in ctx.units if unit.thing.number]
    inset = [(unit, place, place[0] - (text.rfind("\n", 0, place[0]) + 1)) for unit, place in numbered]
    slips = [one for one in inset if one[2]]
    if not slips or len(slips) > max(1, _FEW * len(inset)) or len(inset) < 3 + len(slips):
        return
    for unit, place, blanks in slips:
        if blanks < _WIDE and text[place[0]].isalnum():
            yield Finding(
                f"{unit.name} is set in by {blanks} blank{'s' if blanks > 1 else ''}, the others are not",
                (place,),
                "begin the line with the number",
                Fix("take the blanks out", (Edit(place[0] - blanks, place[0], ""),)),
                unit.id,
            )
