"""Compare two reports: pair their units, give each its fate, and read what the changes mean."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from tipreport import registry
from tipreport.diff import facts
from tipreport.diff.align import align
from tipreport.diff.change import Change, Comparison, Event, Range
from tipreport.diff.likeness import Weights, matches
from tipreport.diff.pair import Pair
from tipreport.diff.units import Side, Unit
from tipreport.diff.words import plain, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# What ``--what`` names; points are told within the unit that holds them unless they are asked for.
KINDS = ("masthead", "headings", "recommendations", "points", "paragraphs", "footnotes", "blocks", "panellists", "participants")
USUAL = tuple(kind for kind in KINDS if kind != "points")
_ALIGNED = ("headings", "recommendations", "points", "paragraphs", "footnotes", "blocks")
_HOLDERS = ("recommendations", "paragraphs")
_CROSS = 0.5  # units of two kinds want more likeness: a recommendation that became a paragraph


class Match(NamedTuple):
    """Two units that were paired; ``fate`` is merged or split where one is a part of the other, else empty."""

    left: Unit
    right: Unit
    score: float
    fate: str = ""


def compare(left: Side, right: Side, kinds: Sequence[str] = USUAL) -> Comparison:
    """What became of every unit of the left report in the right one.

    The same for (right, left) with sides exchanged: what was added is dropped, weaker is stronger, merged is split.

    Args:
        left: the earlier report.
        right: the later report.
        kinds: of ``KINDS``.
    """
    if _order(left) > _order(right):
        matched = [Match(one.right, one.left, one.score, _TURNED.get(one.fate, "")) for one in match(right, left)]
    else:
        matched = match(left, right)
    work = _Work(left, right, matched)
    if left.source is None or right.source is None:  # saved JSON does not hold the text of its blocks
        kinds = tuple(kind for kind in kinds if kind != "blocks")
    changes: list[Change] = []
    for kind in KINDS:
        if kind in kinds:
            changes += work.changes(kind) if kind in _ALIGNED else facts.changes(kind, left, right)
    return Comparison(left, right, tuple(changes))


_TURNED = {"merged": "split", "split": "merged"}


def _order(side: Side) -> tuple[tuple[str, ...], ...]:
    """A side as it compares with another: the pairing is always made from the lesser one, so that it has no direction."""
    return tuple(tuple(unit.text for unit in side.units[kind]) for kind in _ALIGNED)


def match(left: Side, right: Side) -> list[Match]:
    """The pairs of all kinds; points after the units that hold them, whose pairs are evidence for theirs."""
    out = _matches(left, right, "headings", Weights(_texts("headings", left, right)), _near)
    sections = {one.left.id: one.right.id for one in out}

    def weak(one: Unit, other: Unit) -> float:
        same_section = one.home == other.home or sections.get(one.section or "") == other.section
        return 0.03 * (one.number is not None and one.number == other.number) + 0.03 * same_section

    weights = Weights(text for kind in _HOLDERS for text in _texts(kind, left, right))
    for kind in _HOLDERS:
        out += _matches(left, right, kind, weights, weak)
    out += _across(left, right, out, weights)
    partners = {(one.left.id, one.right.id) for one in out}

    def of_points(one: Unit, other: Unit) -> float:
        return 0.1 * ((one.parent, other.parent) in partners) + 0.01 * (one.number == other.number)

    out += _matches(left, right, "points", Weights(_texts("points", left, right)), of_points)
    with_text = left.source is not None and right.source is not None
    for kind in ("footnotes", *["blocks"] * with_text):
        out += _matches(left, right, kind, Weights(_texts(kind, left, right)), _near)
    return out


def _texts(kind: str, *sides: Side) -> list[str]:
    return [unit.gist for side in sides for unit in side.units[kind]]


def _near(one: Unit, other: Unit) -> float:
    return 0.05 * (one.id == other.id) + 0.02 * (one.home == other.home)


def _matches(left: Side, right: Side, kind: str, weights: Weights, bonus: Callable[[Unit, Unit], float]) -> list[Match]:
    ones, others = left.units[kind], right.units[kind]
    found = align(ones, others, weights, bonus)
    fates = {link.right: "merged" for link in found.merged}, {link.left: "split" for link in found.split}
    out = [Match(ones[i], others[j], score, fates[0].get(j) or fates[1].get(i) or "") for i, j, score in found.pairs]
    for fate, links in (("merged", found.merged), ("split", found.split)):
        out += [Match(ones[i], others[j], score, fate) for i, j, score in links]
    return [one._replace(score=_share(one, weights)) if one.fate else one for one in out]


def _share(found: Match, weights: Weights) -> float:
    """Of a part of a merger or split, the share of its words that stands in the whole."""
    part, whole = (weights.gist(unit.gist) for unit in ((found.left, found.right) if found.fate == "merged" else (found.right, found.left)))
    return round(weights.in_order(part, whole) / part.weight, 4) if part.weight else 0.0


def _across(left: Side, right: Side, matched: list[Match], weights: Weights) -> list[Match]:
    """Recommendations that became paragraphs, and the other way round."""
    taken = {one.left.id for one in matched}, {one.right.id for one in matched}
    out: list[Match] = []
    for kind, other_kind in (_HOLDERS, _HOLDERS[::-1]):
        ones = [unit for unit in left.units[kind] if unit.id not in taken[0]]
        others = [unit for unit in right.units[other_kind] if unit.id not in taken[1]]
        if ones and others:
            found = align(ones, others, weights, _near, floor=_CROSS)
            out += [Match(left.units[kind][i], right.units[other_kind][j], score) for i, j, score in found.pairs]
    return out


class _Work:
    """The changes of two matched reports, kind by kind."""

    def __init__(self, left: Side, right: Side, matched: list[Match]) -> None:
        self.sides = (left, right)
        self.matched = matched
        self.sections = {(one.left.id, one.right.id) for one in matched if one.left.kind == "heading"}
        self.paired = {one for one, _ in self.sections}, {other for _, other in self.sections}
        self.holders = {(one.left.id, one.right.id) for one in matched if one.left.kind not in {"heading", "point"}}
        points = [one for one in matched if one.left.kind == "point"]
        self.points = ({one.left.id: one.right.id for one in points}, {one.right.id: one.left.id for one in points})
        self.ranges = _ranges(matched)

    def changes(self, kind: str) -> list[Change]:
        """The changes of a kind in the order of the right side; what was dropped stands where it stood on the left."""
        one_kind = kind.removesuffix("s")
        ones, others = (side.units[kind] for side in self.sides)
        out: list[tuple[tuple[int, int, int], Change]] = []
        places: dict[str, int] = {}
        met: tuple[set[str], set[str]] = set(), set()
        for found in self.matched:
            met[0].add(found.left.id)
            met[1].add(found.right.id)
            if found.left.kind == one_kind:
                places[found.left.id] = max(found.right.place, places.get(found.left.id, -1))
                out.append(((found.right.place, 0, found.left.place), self._change(found)))
        after = -1
        for unit in ones:
            after = places.get(unit.id, after)
            if unit.id not in met[0]:
                out.append(((after, 1, unit.place), Change("dropped", one_kind, unit, None, 0.0)))
        for unit in others:
            if unit.id not in met[1]:
                out.append(((unit.place, 0, 0), Change("added", one_kind, None, unit, 0.0)))
        return [change for _, change in sorted(out, key=lambda one: one[0])]

    def _change(self, found: Match) -> Change:
        left, right = found.left, found.right
        at, into = self.ranges.get((left.id, right.id), (None, None))
        pair = Pair(self.sides, (left, right), at, into, self.points, moved=self._moved(left, right))
        return _read(pair, found.fate or _fate(pair), found.score, at or into)

    def _moved(self, left: Unit, right: Unit) -> bool:
        """Whether a unit stands in another section, or a point in another unit; a section of another number is the same one."""
        if left.kind == "point":
            return (left.parent, right.parent) not in self.holders
        if left.kind in {"footnote", "block"}:
            return False
        if left.section in self.paired[0] or right.section in self.paired[1]:
            return (left.section, right.section) not in self.sections
        return left.section != right.section


def changed(sides: tuple[Side, Side], units: tuple[Unit, Unit], score: float) -> Change:
    """What became of one unit of a report in another, as they were found elsewhere; where they stand is not compared.

    Args:
        sides: the two reports.
        units: one of each.
        score: their likeness.
    """
    pair = Pair(sides, units, None, None, ({}, {}), moved=False)
    return _read(pair, _fate(pair), score, None)


def _fate(pair: Pair) -> str:
    left, right = pair.left, pair.right
    if left.text != right.text:
        style = plain(left.text) == plain(right.text) or all(pair.editorial)
        return "editorial" if style else "reworded"
    if pair.moved or left.kind != right.kind:
        return "moved"
    return "renumbered" if left.number != right.number else "unchanged"


def _read(pair: Pair, fate: str, score: float, share: Range | None) -> Change:
    """A change with its events."""
    events: list[Event] = []
    if fate != "unchanged":
        for find in _readers():
            events += find(pair)
    events.sort(key=_placed)
    return Change(fate, pair.left.kind, pair.left, pair.right, score, tuple(events), pair.hunks, share)


@cache
def _readers() -> tuple[Callable[[Pair], Iterator[Event]], ...]:
    return tuple(registry.load("diff/events", name).find for name in registry.names("diff/events"))


def _placed(event: Event) -> tuple[bool, int]:
    """The order of events: those about the unit, then by their place in the text; words last of those at one place."""
    start = event.at[0] if event.at else event.into[0] if event.into else -1
    return (event.event == "text", start)


def _ranges(matched: list[Match]) -> dict[tuple[str, str], tuple[Range | None, Range | None]]:
    """For parts of mergers and splits: the range of the whole that belongs to each, on the left (split) or the right (merged)."""
    out: dict[tuple[str, str], tuple[Range | None, Range | None]] = {}
    for fate in ("merged", "split"):
        groups: dict[str, list[Match]] = {}
        for one in matched:
            if one.fate == fate:
                groups.setdefault((one.right if fate == "merged" else one.left).id, []).append(one)
        for group in groups.values():
            whole = group[0].right if fate == "merged" else group[0].left
            parts = [one.left if fate == "merged" else one.right for one in group]
            for one, range_ in zip(group, shares(whole.text, [part.text for part in parts]), strict=True):
                out[one.left.id, one.right.id] = (None, range_) if fate == "merged" else (range_, None)
    return out


def shares(whole: str, parts: Sequence[str]) -> list[Range]:
    """The ranges of a text that its parts became: together they are all of it, but for the blanks between them.

    Args:
        whole: the text that holds the parts.
        parts: their texts in any order.
    """
    held = words(whole)
    order = [word.key for word in held]
    numbers: dict[str, int] = {}
    ids = tuple(numbers.setdefault(key, len(numbers)) for key in order)
    found = []
    for place, part in enumerate(parts):
        pairs = matches(tuple(numbers.setdefault(word.key, len(numbers)) for word in words(part)), ids)
        places = sorted(j for _, j in pairs)
        middle = places[len(places) // 2] if places else len(order)
        found.append((middle, place, places))
    out: list[Range] = [(0, 0)] * len(parts)
    start = 0
    ranked = sorted(found)
    for number, (middle, place, _) in enumerate(ranked):
        if number + 1 == len(ranked):
            end = len(whole)
        else:
            cut = _cut(ranked[number][2], ranked[number + 1][2], middle, ranked[number + 1][0])
            end = max(held[cut].start if cut < len(held) else len(whole), start)
        stop = end
        while stop > start and whole[stop - 1].isspace():
            stop -= 1
        out[place] = (start, stop)
        start = end
    return out


def _cut(first: Sequence[int], second: Sequence[int], low: int, high: int) -> int:
    """The word with which the second of two neighbours begins: as few words as can be lie on the wrong side of it."""

    def wrong(cut: int) -> int:
        return len(first) - bisect_left(first, cut) + bisect_left(second, cut)

    return min((wrong(cut), -cut) for cut in range(low + 1, max(high, low + 1) + 1))[1] * -1
