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
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_HONORIFIC = re.compile(r"(?:H\.E\. |(?:Mr|Ms|Mrs|Mx|Dr|Prof|Sir)\.? |Messrs\. ){1,8}$")
_FIRST_NAME = re.compile(r"(?:^|[\s(])[A-Z][\w'\u2019.-]* (?:[a-z]{1,3} ){0,2}$")
_BEHIND = re.compile(r" ?\(|, [A-Z]|, (?:the |a |who |Minister|Chair)")


def find(ctx: Context) -> Iterator[Finding]:
    """The first mention of each such person."""
    if not ctx.english or ctx.addendum:
        return
    told: set[str] = set()
    places: dict[str, list[int]] | None = None
    for unit in ctx.units:
        for mention in unit.thing.mentions:
            family = strip_honorific(mention.as_printed)[1]
            if mention.kind != "person" or family == mention.as_printed or mention.name != family or " " in family or family in told:
                continue
            told.add(family)
            if places is None:
                places = _places(ctx.source.text)
            if not any(
                _introduces(ctx.source.text, at, at + len(family)) for at in places.get(family.casefold().replace("\u2019", "'"), ())
            ):
                yield Finding(
                    f"{mention.as_printed!r} is spoken of, but never introduced",
                    ranges(mention.spans),
                    "give the full name and the function where the person is first named",
                    id=unit.id,
                )


def _places(text: str) -> dict[str, list[int]]:
    """Where each word with a capital stands, by the word in any case."""
    out: dict[str, list[int]] = {}
    for found in _WORD.finditer(text):
        if found.group()[0].isupper():
            out.setdefault(found.group().casefold().replace("\u2019", "'").removesuffix("'s"), []).append(found.start())
    return out


def _introduces(text: str, start: int, end: int) -> bool:
    """Whether a first name or a function stands beside a family name."""
    before = " ".join(text[max(0, start - 80) : start].split()) + text[start - 1 : start].replace("\n", " ").replace("\t", " ")
    after = re.sub(r"\s+", " ", text[end : end + 40])
    bare = _HONORIFIC.sub("", before)
    if _BEHIND.match(after) or _FUNCTION_BEFORE.search(bare):
        return True
    return bare == before and bool(_FIRST_NAME.search(before))
