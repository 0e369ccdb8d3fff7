"""The verdict on a quotation: exact, out of context, altered or absent, with the places that say so."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from tipreport.quotation.align import Near, nearest
from tipreport.quotation.cuts import Cut, cuts
from tipreport.quotation.passages import Passage, Passages, stretch
from tipreport.quotation.quoted import Reading, find_all, readings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

Range = tuple[int, int]

EXACT, CONTEXT, ALTERED, ABSENT = "exact", "out_of_context", "altered", "absent"
STATUSES = (EXACT, CONTEXT, ALTERED, ABSENT)
_ALIKE = 0.6  # the share of the words, by weight, from which on a text is the source of an altered quotation
_LEAST = 1.5  # weight of words that both have
_NEAREST = 0.35  # from which on the nearest text is named
_PARTS = 40  # of a quotation, beyond which it is only looked for as it is
_LONGEST = 100_000  # characters, likewise
_PLACES = 100  # places of one quotation


class Place(NamedTuple):
    """A passage, and where in it the words stand."""

    passage: Passage
    ranges: tuple[Range, ...]


class Found(NamedTuple):
    """One answer to where a quotation comes from.

    Args:
        status: of ``STATUSES``.
        places: where it stands; several where its parts stand in several passages of one report.
        cuts: what it leaves out that changes the meaning.
        ratio: the share of its words that stand there, 0 to 1.
        reading: how it was read.
    """

    status: str
    places: tuple[Place, ...]
    cuts: tuple[Cut, ...] = ()
    ratio: float = 1.0
    reading: Reading | None = None


class Verdict(NamedTuple):
    """What became of a quotation: the status of the best answer, and all answers of that status, the best first."""

    status: str
    found: tuple[Found, ...]
    nearest: Found | None = None


def check(passages: Passages, quotation: str, around: str = "") -> Verdict:
    """The verdict on one quotation.

    Args:
        passages: where to look.
        quotation: with or without its marks.
        around: what its author says in the same sentence.
    """
    ways = readings(quotation)
    found = list(islice(_exact(passages, ways, around), _PLACES))
    if not any(one.status == EXACT for one in found):
        found += _whole(passages, ways, around) if not found else []
    if found:
        best = min(found, key=lambda one: STATUSES.index(one.status)).status
        return Verdict(best, tuple(sorted((one for one in found if one.status == best), key=lambda one: len(one.cuts))))
    altered = _altered(passages, ways)
    if altered and altered[0].ratio >= _ALIKE and _weight(altered[0]) >= _LEAST:
        top = altered[0].ratio
        return Verdict(ALTERED, tuple(one._replace(status=ALTERED) for one in altered if one.ratio >= top - 1e-9))
    close = altered[0] if altered and altered[0].ratio >= _NEAREST and _weight(altered[0]) >= _LEAST else None
    return Verdict(ABSENT, (), close)


def _exact(passages: Passages, ways: tuple[Reading, ...], around: str) -> Iterator[Found]:
    """Where a quotation stands as it is, read in any of its ways."""
    seen: set[tuple[int, tuple[Range, ...]]] = set()
    for way in ways:
        for stage in passages.holding([segment.text for segment in way.segments]):
            for passage in stage:
                for ranges in find_all(passages.stream(passage), way):
                    if (passage.ident, ranges) not in seen and _marked(passages, way, passage):
                        seen.add((passage.ident, ranges))
                        yield _judged(way, (Place(passage, ranges),), around)
            if seen:
                return
    for way in ways:
        if 1 < len(way.segments) <= _PARTS:
            apart = list(_apart(passages, way, around))
            yield from apart
            if apart:
                return


def _marked(passages: Passages, way: Reading, passage: Passage) -> bool:
    """Whether what was taken out of a quotation as marks of notes, or as its number, is that."""
    if way.label is not None and passage.ident:
        number = passages.row(passage.ident).get("number")
        if way.label.isdigit() and number is not None and number != way.label:
            return False
    digits = {mark for mark in way.marks if mark.isdigit()}
    return not digits or digits <= passages.marks(passage.report)


def _judged(way: Reading, places: tuple[Place, ...], around: str) -> Found:
    lost = [cut for place in places for cut in cuts(place.passage.text, place.ranges, f"{around} {way.put}")]
    return Found(CONTEXT if lost else EXACT, places, tuple(lost), reading=way)


def _apart(passages: Passages, way: Reading, around: str) -> Iterator[Found]:
    """The parts of a quotation in several passages of one report, in their order."""
    by_report: list[dict[int, list[tuple[int, Place]]]] = []
    for segment in way.segments:
        alone = Reading((segment._replace(gap="", put=""),))
        held: dict[int, list[tuple[int, Place]]] = {}
        for passage in islice(next(passages.holding([segment.text]), iter(())), _PLACES * 2):
            for ranges in find_all(passages.stream(passage), alone):
                held.setdefault(passage.report, []).append((passages.start(passage), Place(passage, ranges)))
        by_report.append(held)
    for report in sorted(set.intersection(*(set(held) for held in by_report))):
        chain: list[tuple[int, Place]] = []
        for held in by_report:
            last = (chain[-1][0], chain[-1][1].ranges[-1][1]) if chain else (-1, 0)
            following = [(at, place) for at, place in held[report] if (at, place.ranges[0][0]) >= last]
            if not following:
                break
            chain.append(min(following, key=lambda one: (one[0], one[1].ranges)))
        else:
            yield _judged(way, tuple(place for _, place in chain), around)


def _whole(passages: Passages, ways: tuple[Reading, ...], around: str) -> list[Found]:
    """Where a quotation stands in a whole text: in a masthead, a table, a list."""
    out = []
    for report, stream in passages.wholes():
        for way in ways:
            for ranges in find_all(stream, way, most=3):
                start, end = ranges[0][0], ranges[-1][1]
                passage = stretch(report, stream.text, start, end)
                if not _marked(passages, way, passage):
                    continue
                own = tuple((a - passage.base, b - passage.base) for a, b in ranges)
                out.append(_judged(way, (Place(passage, own),), around))
            if out and out[-1].places[0].passage.report == report:
                break
    return out


def _altered(passages: Passages, ways: tuple[Reading, ...]) -> list[Found]:
    """The passages nearest to a quotation, the nearest first."""
    ways = tuple(way for way in ways if len(way.segments) <= _PARTS and sum(len(one.text) for one in way.segments) <= _LONGEST)
    if not ways:
        return []
    way = max(ways, key=lambda one: (len(one.segments), -len(one.marks)))
    out: list[tuple[float, Found]] = []
    for passage in passages.sharing(" ".join(segment.text for segment in way.segments)):
        at, got, total = 0, 0.0, 0.0
        ranges: list[Range] = []
        for segment in way.segments:
            near = nearest(passage.text, segment.text, at) or nearest(passage.text, segment.text)
            total += _total(near, segment.text)
            if near is not None:
                got += near.weight
                ranges.append((near.start, near.end))
                at = near.end
        if ranges and len(ranges) == len(way.segments):
            ratio = got / total if total else 0.0
            long = sum(b - a for a, b in ranges)
            out.append((ratio, Found(ABSENT, (Place(passage, tuple(ranges)),), ratio=ratio, reading=way)))
            out[-1] = (ratio - long / 1e7, out[-1][1])
    out.sort(key=lambda one: -one[0])
    return [found for _, found in out]


def _total(near: Near | None, text: str) -> float:
    return near.weight / near.ratio if near and near.ratio else float(len(text.split()))


def _weight(found: Found) -> float:
    """The weight of the words that a quotation shares with its source."""
    place = found.places[0]
    parts = found.reading.segments if found.reading else ()
    near = [nearest(place.passage.text[a:b], segment.text) for (a, b), segment in zip(place.ranges, parts, strict=False)]
    return sum(one.weight for one in near if one)
