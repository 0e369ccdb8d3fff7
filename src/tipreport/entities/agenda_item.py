"""Agenda items: "agenda items 2 and 3", "item 3", "agenda sub-item 5(a)", "items 1\u20133", with their titles.

An item of another body ("SBI 49 agenda item 11", "the equally titled SBSTA 50 agenda sub-item 5(b)") is none
of this meeting's. Titles stand in quotation marks behind "entitled" (draft report of 11 September 2020, para. 3).
"""

from __future__ import annotations

import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_N = r"\d{1,2}(?: ?\([a-z]{1,2}(?:[\u2013-][a-z])?\))?(?: ?\([ivx]{1,4}\))?"
_ITEM = re.compile(
    rf"\b(?P<head>(?:[Aa]genda )?(?:[Ss]ub-)?[Ii]tems?) (?P<list>{_N}(?:(?:, and |, | and | to | or |[\u2010-\u2015\u2212-])(?:(?:agenda )?(?:sub-)?items? )?{_N})*)"
)
_ONE = re.compile(_N)
_OTHER_BODY = re.compile(r"\b(?:[A-Z]{2,6} \d{1,3}|[A-Z]{3,6}|its|provisional) $")
# "agenda item 10(a) of the SBSTA", "items 3 and 4 of article 40".
_OF_ANOTHER = re.compile(r" of (?:the )?(?:[A-Z]{2,6}\b|article|section|paragraph|resolution|decision|the (?:Constitution|Convention))")
_ENTITLED = re.compile(r",? entitled [\u201c\"](?P<title>[^\u201c\u201d\"]{3,300})[\u201d\"]")


class Item(NamedTuple):
    """An agenda item named at ``start:end``; ``title`` is the range of its title where one follows."""

    number: str
    start: int
    end: int
    title: tuple[int, int] | None


EXAMPLES = {
    "Under agenda items 2 and 3, statements were made": ["2", "3"],
    "the discussions under agenda items 1\u20133, the Chair": ["1", "2", "3"],
    "agenda items 3, 5(a), 9(b), 11 and 12": ["3", "5(a)", "9(b)", "11", "12"],
    "the discussion under item 3 was led": ["3"],
}
COUNTEREXAMPLES = [
    "considered jointly with SBI 49 agenda item 11",
    "with agenda sub-item 10(a) of the SBSTA",
    "items 3 and 4 of article 40",
    "three items of equipment",
    "the items listed below",
]


def find(text: str) -> Iterator[Item]:
    """The agenda items of this meeting that the text names, in order."""
    if "tem" not in text:
        return
    for found in _ITEM.finditer(text):
        if _OTHER_BODY.search(text, max(0, found.start() - 14), found.start()) or _OF_ANOTHER.match(text, found.end()):
            continue
        at = found.start("list")
        last: tuple[int, int, int] | None = None
        items: list[Item] = []
        for one in _ONE.finditer(text, at, found.end()):
            number = one.group().replace(" ", "")
            between = text[last[2] : one.start()] if last else ""
            if last and number.isdigit() and re.fullmatch(r" to |[\u2010-\u2015\u2212-]", between):
                items += [Item(str(n), one.start(), one.end(), None) for n in range(last[0] + 1, min(int(number), last[0] + 30))]
            items.append(Item(number, found.start() if not items else one.start(), one.end(), None))
            last = (int(re.match(r"\d+", number).group()), one.start(), one.end())  # type: ignore[union-attr]
        title = _ENTITLED.match(text, found.end())
        if title and len(items) == 1:
            items[0] = items[0]._replace(title=title.span("title"))
        yield from items
