"""A plural before one name: "the following panellists: Ms. Lima", "the observers for the OSCE".

Told where the words promise a list ("the following ...:") and one name follows, and where "observers for" stands before one body.
"""

from __future__ import annotations

import re

from tipreport import gazetteer
from tipreport.entities import panellist
from tipreport.rules import Context, Finding, Passage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.model import Organization, SpeakingState, Statement

CODE = "agreement/one"
SEVERITY = "warning"
EXAMPLES = {
    "1. The discussion under agenda item 3 was led by the following panellists: Ms. Lima (Brazil).\n": ["panellists: Ms. Lima"],
    "1. Statements were made by representatives of the following parties: Chile.\n": ["parties: Chile"],
    "1. The Working Group heard statements by the observers for the Organization for Security and Cooperation in Europe.\n": [
        "observers for the Organization for Security and Cooperation in Europe"
    ],
}
COUNTEREXAMPLES = [
    "1. The discussion was led by the following panellists: Ana Lima (Brazil) and Jo van Dam (Netherlands).\n",
    "1. Statements were made by representatives of the following parties: Chile and Peru.\n",
    "1. The Working Group heard statements by the observers for the Organization for Security and Cooperation in Europe and the African Union.\n",
    "1. The Working Group heard a statement by the observer for the African Union.\n",
]

_PANEL = re.compile(r"\bfollowing (?:panell?ists|presenters|speakers): ")
_LIST = re.compile(
    r"following ((?:[a-z-]+ ){0,4}?(?:States|[Pp]arties|countries|observers|organizations|members)(?: [a-z ]{0,60}[A-Z][\w ]{0,60})?: ?(?:the )?)$"
)
_OBSERVERS = re.compile(r"\b(observers for (?:the )?)$")
_END = re.compile(r"(?: \([^()]*\)|\))?(?:[.;]|$)")


def find(ctx: Context) -> Iterator[Finding]:
    """The plurals before one name."""
    if not ctx.english:
        return
    for passage, found in ctx.find(_PANEL, "following p", "following s", passages=ctx.units):
        people = list(panellist.find(passage.text, gazetteer.fold(passage.text), ctx.config))
        listed = [one for one in people if one.start >= found.end() - 1]
        if len(listed) == 1 and _END.match(passage.text, listed[0].end):
            at, to = passage.text.index(" ", found.start()) + 1, listed[0].name[1]
            yield _told(ctx, passage, at, to)
    for statement in ctx.report.statements:
        yield from _alone(ctx, statement)


def _alone(ctx: Context, statement: Statement) -> Iterator[Finding]:
    names: list[SpeakingState | Organization] = [*statement.states, *statement.organizations]
    if len(names) != 1 or statement.groups or statement.persons or statement.count not in (None, 1):
        return
    unit = ctx.unit_at(names[0].spans[0].start)
    if unit is None:
        return
    at = unit.text.find(names[0].as_printed)
    while at >= 0 and ctx.place(unit, at, at + 1)[:1] != ((names[0].spans[0].start, names[0].spans[0].start + 1),):
        at = unit.text.find(names[0].as_printed, at + 1)
    if at < 0:
        return
    before, end = unit.text[:at], at + len(names[0].as_printed)
    lead = _LIST.search(before[-200:]) or _OBSERVERS.search(before[-40:])
    if lead and _END.match(unit.text, end):
        yield _told(ctx, unit, at - len(lead[1]), end)


def _told(ctx: Context, passage: Passage, start: int, end: int) -> Finding:
    printed = passage.text[start:end]
    return Finding(
        f"{printed!r}: plural before one name", ctx.place(passage, start, end), "use the singular, or complete the list", id=passage.id
    )
