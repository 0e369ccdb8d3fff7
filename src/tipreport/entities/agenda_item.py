"""Agenda items: "agenda items 2 and 3", "item 3", "agenda sub-item 5(a)", "items 1\u20133", "item 3 (a) and (b)", with their titles.

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
_AND = r"(?:, and |, | and | to | or |[\u2010-\u2015\u2212-])"
# A number with several letters; a letter before an item of its own, as in "(a) item 3 (a), (b) item 4", is the label of a point.
_SUBS = rf"\d{{1,2}} ?\([a-z]\)(?:{_AND}\([a-z]\)(?! (?:the )?(?:agenda |sub-)?items?\b))+"
_ITEM = re.compile(
    rf"\b(?P<head>(?:[Aa]genda )?(?:[Ss]ub-)?[Ii]tems?) (?P<list>(?:{_SUBS}|{_N})"
    rf"(?:{_AND}(?:(?:agenda )?(?:sub-)?items? )?(?:{_SUBS}|{_N}))*)"
)
_ONE = re.compile(rf"{_N}|\([a-z]\)")
_RANGE = re.compile(r" to |[\u2010-\u2015\u2212-]")
_MOST = 30  # items in one range
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
    "considered agenda items 3 (a) and (b) and 4": ["3(a)", "3(b)", "4"],
    "items 2 (a) to (c) of the agenda": ["2(a)", "2(b)", "2(c)"],
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
        items = _listed(text, found)
        title = _ENTITLED.match(text, found.end())
        if title and len(items) == 1:
            items[0] = items[0]._replace(title=title.span("title"))
        yield from items


def _listed(text: str, found: re.Match[str]) -> list[Item]:
    """The items of a list; a letter alone is of the number before it, and a range holds all between its ends."""
    items: list[Item] = []
    last, end = "", 0
    for one in _ONE.finditer(text, found.start("list"), found.end()):
        number = one.group().replace(" ", "")
        if number.startswith("("):
            number = last.partition("(")[0] + number
        start = one.start() if items else found.start()
        if items and _RANGE.fullmatch(text, end, one.start()):
            items += [Item(between, start, one.end(), None) for between in _between(last, number)]
        items.append(Item(number, start, one.end(), None))
        last, end = number, one.end()
    return items


def _between(first: str, last: str) -> list[str]:
    """The items between the ends of a range, of numbers or of letters under one number; none where it is neither."""
    one, other = first.partition("("), last.partition("(")
    if last.isdigit():
        return [str(n) for n in range(int(one[0]) + 1, min(int(last), int(one[0]) + _MOST))]
    if one[0] == other[0] and len(one[2]) == len(other[2]) == 2:
        return [f"{one[0]}({chr(n)})" for n in range(ord(one[2][0]) + 1, ord(other[2][0]))]
    return []
