"""United Nations editorial style writes "States parties", not "States Parties".

The capital stays in names ("Conference of the States Parties to the United Nations Convention against Corruption", "Assembly of
States Parties") and in what is quoted. Source: Editorial Manual, "Capitalization".
"""

from __future__ import annotations

import re

from tipreport.rules import Context, Edit, Finding, Fix, Passage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "style/states-parties"
SEVERITY = "warning"
EXAMPLES = {
    "1. States Parties should train prosecutors.\n": ["States Parties"],
    "1. Each State Party should train prosecutors.\n": ["State Party"],
    "1. The State Parties should train prosecutors.\n": ["State Parties"],
}
COUNTEREXAMPLES = [
    "1. States parties should train prosecutors.\n",
    "1. The Conference of the States Parties to the United Nations Convention against Corruption met.\n",
    "1. Article 9 reads: \u201cStates Parties shall endeavour to train prosecutors.\u201d\n",
]

_PRINTED = re.compile(r"\b(States?) (Part(?:ies|y)|parties)\b")
_NAME = re.compile(r"(?:Conference|Assembly|Meetings?|Committee|Session) (?:of )?(?:the |all )?$", re.IGNORECASE)


def find(ctx: Context) -> Iterator[Finding]:
    """The places with the capital."""
    if not ctx.english:
        return
    for passage, found in ctx.find(_PRINTED, "State Part", "States Part", "State parties"):
        if not ctx.own(passage, *found.span()) or _NAME.search(passage.text[max(0, found.start() - 24) : found.start()]):
            continue
        wanted = "State party" if found[2] == "Party" else "States parties"
        if found.group() in {wanted, "States party"}:
            continue
        yield Finding(
            f"{found.group()!r}: editorial style is {wanted!r}",
            ctx.place(passage, found.start(), found.end()),
            wanted,
            _fix(ctx, passage, found),
            passage.id,
        )


def _fix(ctx: Context, passage: Passage, found: re.Match[str]) -> Fix | None:
    """The letters alone, so that a line end between the two words does no harm."""
    edits = []
    if found[1] == "State" and found[2] != "Party":
        place = ctx.place(passage, *found.span(1))
        edits += [Edit(place[0][1], place[0][1], "s")] if len(place) == 1 else []
    if found[2][0] == "P":
        place = ctx.place(passage, found.start(2), found.start(2) + 1)
        edits += [Edit(*place[0], "p")] if len(place) == 1 else []
    return Fix("as the editorial style has it", tuple(edits)) if edits else None
