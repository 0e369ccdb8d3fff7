"""Dates and numbers: "by 2020" became "by 2025", "two meetings" became "three meetings"."""

from __future__ import annotations

import re
from bisect import bisect_right

from tipreport.diff.change import Event
from tipreport.diff.pair import Hit, Pair
from tipreport.patterns import RE_DATES, RE_SYMBOL
from tipreport.text import LARGE_NUMBER_WORDS, NUMBER_WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_VALUES = {**NUMBER_WORDS, **LARGE_NUMBER_WORDS}
_COUNTED = "|".join(
    sorted((word for word in _VALUES if word not in {"one", "hundred"}), key=len, reverse=True)
)  # "one" is a pronoun as often
_NUMBER = re.compile(rf"(?<![\w/.-])(?:\d+(?:[.,]\d+)*(?:st|nd|rd|th)?|(?:{_COUNTED}))(?![\w/-])(?: per cent| ?%)?", re.IGNORECASE)
_PERCENT = re.compile(r" per cent$| ?%$", re.IGNORECASE)
_LABEL = re.compile(r"(?:\b(?:paras?\.|paragraphs?|articles?|decisions?|resolutions?|items?|Group of|No\.)|\d{1,3}/)\s?$", re.IGNORECASE)


def find(pair: Pair) -> Iterator[Event]:
    """Events ``date`` and ``number``, with ``_added`` and ``_dropped`` where the other side has none at that place."""
    if not pair.hunks:
        return
    dates = [list(_dates(pair, side)) for side in (0, 1)]
    yield from _events(pair, "date", *dates)
    yield from _events(pair, "number", *(_numbers(pair, side, dates[side]) for side in (0, 1)))


def _events(pair: Pair, family: str, left: list[Hit], right: list[Hit]) -> Iterator[Event]:
    pairs, gone, come = pair.together(left, right)
    for one, other in pairs:
        if one.key != other.key:
            yield pair.event(family, one, other, id=None)
    keys = {hit.key for hit in left}, {hit.key for hit in right}
    for hit in gone:
        if hit.key not in keys[1]:
            yield pair.event(f"{family}_dropped", hit, None, id=None)
    for hit in come:
        if hit.key not in keys[0]:
            yield pair.event(f"{family}_added", None, hit, id=None)


def _dates(pair: Pair, side: int) -> Iterator[Hit]:
    text, (low, high) = pair.unit(side).text, pair.range(side)
    for found in RE_DATES.finditer(text, low, high):  # "10 and 11 March 2021" as one
        if (found["m2"] or found["m1"]) and (found["y2"] or found["y1"]):
            yield Hit(found.start(), found.end(), " ".join(found.group().split()), found.group())


def _numbers(pair: Pair, side: int, dates: list[Hit]) -> list[Hit]:
    text, (low, high) = pair.unit(side).text, pair.range(side)
    taken = sorted([(hit.start, hit.end) for hit in dates] + [found.span() for found in RE_SYMBOL.finditer(text, low, high)])
    starts = [a for a, _ in taken]
    out = []
    for found in _NUMBER.finditer(text, low, high):
        start, end = found.span()
        near = bisect_right(starts, start) - 1
        inside = any(a < end and start < b for a, b in taken[max(near, 0) : near + 2])
        if inside or _LABEL.search(text, max(start - 14, low), start):
            continue
        printed = found.group()
        bare = _PERCENT.sub("", printed)
        key = str(_VALUES.get(bare.lower(), bare)) + "%" * (bare != printed)
        out.append(Hit(start, end, key, printed))
    return out
