"""A small word is printed twice: "in in", "the the".

Only words that never stand twice in good English; "that that" and "had had" may.
"""

from __future__ import annotations

import re

from tipreport.rules import Context, Edit, Finding, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "text/doubled-word"
SEVERITY = "error"
EXAMPLES = {
    "1. One speaker spoke of the the training of prosecutors.\n": ["the the"],
}
COUNTEREXAMPLES = [
    "1. One speaker said that that training had had results.\n",
]

_TWICE = re.compile(
    r"(?<![\w'\u2019-])(the|an|a|of|and|to|for|with|by|from|at|as|or|was|were|is|are|be|been|its|their|this|these|should|which|who|will|may|has|have)"
    r" \1(?![\w'\u2019-])"
)


def find(ctx: Context) -> Iterator[Finding]:
    """The words that stand twice."""
    if not ctx.english:
        return
    for passage, found in ctx.find(_TWICE):
        place = ctx.place(passage, found.start(), found.end())
        gap = ctx.place(passage, found.end() - len(found[1]), found.end())
        fix = None
        own = ctx.own(passage, *found.span())  # what is quoted may have it so
        if own and len(place) == 1 and len(gap) == 1 and "\f" not in ctx.source.text[place[0][0] : gap[0][0]]:  # a page break stays
            fix = Fix("take one out", (Edit(place[0][0], gap[0][0], ""),))
        yield Finding(f"doubled word: {found.group()!r}", place, f"{found[1]!r} once", fix, passage.id)
