"""An agenda item is cited, but no paragraph or heading of the report opens it.

An item is opened where its title is given, where a heading names it, or where the body is said to have considered it. Told where the
report opens other items, so that the missing one stands out; in an addendum it is often in another part.
"""

from __future__ import annotations

import re

from tipreport.rules import ADDENDUM, Context, Finding, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.rules import Passage

CODE = "agenda/never-opened"
SEVERITY = "info"
EXAMPLES = {
    "1. The Working Group considered agenda item 3, entitled \u201cTraining\u201d.\n\n2. Under agenda item 5, statements were made by the "
    "representatives of Chile and Peru.\n": ["agenda item 5"],
}
COUNTEREXAMPLES = [
    (
        "1. The Working Group considered agenda item 3, entitled \u201cTraining\u201d.\n\n2. Under agenda item 3, statements were made by the "
        "representatives of Chile and Peru.\n"
    ),
    "1. The Working Group considered agenda item 3, entitled \u201cTraining\u201d.\n\n2. The representative recalled agenda item 5 of the General Assembly.\n",
]

_OPENS = re.compile(r"\b(?:consider|took up|address|open|discuss|introduc|adopt|conclud|resum|examin|deliberat|dealt|turn)\w*")
_HEADING = re.compile(r"\b[Ii]tems? ([\d() ,and-]+)")
_ELSEWHERE = re.compile(
    r"(?:\([a-z]\))?,? of (?:the |its )?(?:provisional |draft )?(?:agenda (?:of|for) |General|Commission|Council|Conference|[a-z]+(?:-[a-z]+)? session)"
)
_NUMBER = re.compile(r"\d{1,2}")


def find(ctx: Context) -> Iterator[Finding]:
    """The first citation of each such item."""
    report = ctx.report
    opened = {_base(item.number) for item in report.agenda}
    if not ctx.english or not opened:
        return
    for section in report.sections:
        opened |= {number for found in _HEADING.finditer(section.title) for number in _NUMBER.findall(found[1])}
    for unit in ctx.units:
        if unit.kind == "paragraph" and _OPENS.search(unit.text):
            opened |= {_base(item) for item in unit.thing.agenda_items if not _by_statement(unit)}
    for reference in report.references:
        number = _base(reference.target)
        if reference.kind != "agenda_item" or number in opened:
            continue
        unit_at = ctx.unit_at(reference.spans[0].start)
        if unit_at is None or unit_at.kind != "paragraph" or "." in unit_at.id.partition("para-")[0]:
            continue
        behind = " ".join(ctx.source.text[reference.spans[-1].end : reference.spans[-1].end + 90].split())
        if _ELSEWHERE.match(f" {behind}".replace(" ,", ",")):
            continue
        opened.add(number)
        yield Finding(
            f"agenda item {number} is cited, but no paragraph opens it",
            ranges(reference.spans),
            ADDENDUM if ctx.addendum else "open the item, or correct its number",
            id=unit_at.id,
        )


def _base(number: str) -> str:
    found = _NUMBER.match(number)
    return found.group() if found else number


def _by_statement(unit: Passage) -> bool:
    """Whether a paragraph only says who spoke under an item."""
    return bool(re.match(r"Under (?:agenda )?items? [\d() ,and\u2010-\u2015-]+, (?:a )?statements? (?:was|were) ", unit.text))
