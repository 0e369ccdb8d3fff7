"""A noun in the singular behind two numbers: "its 2nd and 3rd meeting", "agenda item 2 and 3"."""

from __future__ import annotations

import re

from tipreport.rules import Context, Edit, Finding, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "agreement/plural"
SEVERITY = "error"
EXAMPLES = {
    "1. At its 2nd and 3rd meeting, the Working Group considered agenda item 3.\n": ["2nd and 3rd meeting"],
    "1. Under agenda item 2 and 3, statements were made.\n": ["agenda item 2 and 3"],
}
COUNTEREXAMPLES = [
    "1. At its 2nd and 3rd meetings, on 2 and 3 May, the Working Group considered agenda items 2 and 3.\n",
    "1. At its 3rd meeting, the Working Group considered item 2 and 3 States spoke.\n",
    "1. Between the 2nd and the 3rd meeting, the Secretariat prepared a paper.\n",
]

_ORDINAL = r"(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
_MEETING = re.compile(rf"\b{_ORDINAL}(?:, {_ORDINAL}){{0,12}},? (?:and|to) {_ORDINAL} (meeting|session)(?![\w-])")
_ITEM = re.compile(r"\bagenda (item) \d{1,2}(?:, \d{1,2})*,? and \d{1,2}(?=[,.;:)]|$)")


def find(ctx: Context) -> Iterator[Finding]:
    """The nouns that want a plural."""
    if not ctx.english:
        return
    for pattern, needed in ((_MEETING, (" meeting", " session")), (_ITEM, ("agenda item ",))):
        for passage, found in ctx.find(pattern, *needed):
            place = ctx.place(passage, *found.span(1))
            fix = Fix(f"{found[1]} to {found[1]}s", (Edit(place[0][1], place[0][1], "s"),)) if len(place) == 1 else None
            yield Finding(
                f"{found.group()!r}: plural expected",
                ctx.place(passage, found.start(), found.end()),
                f"{found[1]}s",
                fix,
                passage.id,
            )
