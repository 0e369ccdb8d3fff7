"""A person is spoken of by the family name alone, and no earlier or later place gives the full name.

A reader cannot tell who "Ms. Lima" is. Told where nothing in the report has a first name, initials or a function before or behind
the name.
"""

from __future__ import annotations

import re

from tipreport.names import strip_honorific
from tipreport.rules import Context, Finding, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "person/never-introduced"
SEVERITY = "warning"
EXAMPLES = {
    "1. Ms. Lima described the training of prosecutors.\n\n2. Others thanked Ms. Lima.\n": ["Ms. Lima"],
}
COUNTEREXAMPLES = [
    "1. The Chair, Ana Lima, opened the meeting.\n\n2. Others thanked Ms. Lima.\n",
    "1. The Minister of Justice, Ms. Lima, described the training. Ms. Lima answered questions.\n",
    "1. Ms. Lima (Brazil) was elected Chair. Ms. Lima thanked the Working Group.\n",
]

_FUNCTION_BEFORE = re.compile(
    r"[\w)\u201d], (?:[A-Z]\.? ?)*$|\b(?:Chair|Chairperson|President|Minister|Secretary|Director|Judge|Rapporteur|Ambassador|Facilitator)s?,? $"
)
_BEHIND = re.compile(r" ?\(|, [A-Z]|, (?:the |a |who |Minister|Chair)")


def find(ctx: Context) -> Iterator[Finding]:
    """The first mention of each such person."""
    if not ctx.english or ctx.addendum:
        return
    told: set[str] = set()
    for unit in ctx.units:
        for mention in unit.thing.mentions:
            family = strip_honorific(mention.as_printed)[1]
            if mention.kind != "person" or family == mention.as_printed or mention.name != family or " " in family or family in told:
                continue
            told.add(family)
            if not _introduced(ctx, family):
                yield Finding(
                    f"{mention.as_printed!r} is spoken of, but never introduced",
                    ranges(mention.spans),
                    "give the full name and the function where the person is first named",
                    id=unit.id,
                )


def _introduced(ctx: Context, family: str) -> bool:
    text = ctx.source.text
    for found in re.finditer(rf"(?<![\w-]){re.escape(family)}(?![\w-])", text, re.IGNORECASE):
        before = re.sub(r"\s+", " ", text[max(0, found.start() - 80) : found.start()])
        after = re.sub(r"\s+", " ", text[found.end() : found.end() + 40])
        bare = re.sub(r"(?:H\.E\. |(?:Mr|Ms|Mrs|Mx|Dr|Prof|Sir)\.? |Messrs\. )+$", "", before)
        if _BEHIND.match(after) or _FUNCTION_BEFORE.search(bare):
            return True
        if (
            bare == before
            and re.search(r"(?:[A-Z][\w'\u2019.-]+ |[a-z]{1,3} )$", before)
            and re.search(r"[A-Z][\w'\u2019.-]* (?:[a-z]{1,3} ){0,2}$", before)
        ):
            return True
        if bare != before and re.search(r"[A-Z]\w+-$", bare):
            return True
    return False
