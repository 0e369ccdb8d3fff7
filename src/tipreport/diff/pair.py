"""Two units that belong together, as the readers of events see them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from functools import cached_property
from typing import NamedTuple

from tipreport.diff.change import Event, Range
from tipreport.diff.words import Hunk, editorial, hunks
from tipreport.model import Paragraph, Point, Recommendation
from tipreport.select import flat
from tipreport.text import trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipreport.diff.units import Side, Unit
    from tipreport.model import Spans


class Hit(NamedTuple):
    """Something that stands at ``start:end`` of a unit's text.

    Args:
        key: what it is compared by.
        printed: as it stands there.
        name: what people call it.
    """

    start: int
    end: int
    key: str
    printed: str
    name: str | None = None


class Pair:
    """Two units and where their texts differ.

    Args:
        sides: the two reports.
        units: the unit of the left and that of the right.
        at: the range of the left text that is compared: all of it but where a unit was split.
        into: the range of the right text: all of it but where units were merged.
        points: for each side, the id of a point to the id of its partner on the other side.
        moved: whether the unit stands in another section, or a point in another unit.
    """

    def __init__(
        self, sides: tuple[Side, Side], units: tuple[Unit, Unit], at: Range | None, into: Range | None,
        points: tuple[dict[str, str], dict[str, str]], moved: bool,
    ) -> None:  # fmt: skip
        self.sides, self.points, self.moved = sides, points, moved
        self.left, self.right = units
        self.whole = at is None and into is None
        self.at, self.into = at or (0, len(self.left.text)), into or (0, len(self.right.text))
        found = hunks(self.left.text[slice(*self.at)], self.right.text[slice(*self.into)])
        a, b = self.at[0], self.into[0]
        self.hunks = tuple(Hunk((i + a, j + a), (k + b, m + b)) for (i, j), (k, m) in found)
        self._mentioned: dict[int, dict[str, list[Hit]]] = {}
        self._starts = [hunk.left[0] for hunk in self.hunks]
        self._right_starts = [hunk.right[0] for hunk in self.hunks]

    def unit(self, side: int) -> Unit:
        """The unit of a side, 0 or 1."""
        return self.right if side else self.left

    def range(self, side: int) -> Range:
        """The range that is compared on a side."""
        return self.into if side else self.at

    def spans(self, side: int, start: int, end: int) -> Spans:
        """The place in the source of a range of the text of a side."""
        return self.sides[side].spans(self.unit(side), start, end)

    def opposite(self, at: int) -> int | None:
        """The place on the right of a place on the left; None where it lies in a difference."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return at - self.at[0] + self.into[0]
        hunk = self.hunks[number]
        if at < hunk.left[1]:
            return None
        return at - hunk.left[1] + hunk.right[1]

    def hunk_of(self, side: int, start: int, end: int) -> int | None:
        """The number of the first difference that touches a range of a side; None where none does."""
        starts = self._right_starts if side else self._starts
        number = max(bisect_right(starts, start) - 1, 0)
        for low, high in (hunk[side] for hunk in self.hunks[number : number + 3]):
            if (low < end and start < high) or (low == high and start < low < end):
                return number
            number += 1
        return None

    @cached_property
    def editorial(self) -> tuple[bool, ...]:
        """For each difference, whether it leaves the meaning alone: house style, or another name of the same State or organization."""
        flags = [editorial(self.left.text[slice(*hunk.left)], self.right.text[slice(*hunk.right)]) for hunk in self.hunks]
        if not all(flags):
            renamed = self._renamed()
            for number, (one, other) in enumerate(self.hunks):
                left, right = trim(self.left.text, *one), trim(self.right.text, *other)
                inside = any(a <= left[0] and left[1] <= b and c <= right[0] and right[1] <= d for (a, b), (c, d) in renamed)
                flags[number] = flags[number] or inside
        return tuple(flags)

    def _renamed(self) -> list[tuple[Range, Range]]:
        """The ranges of names that both texts have as often, in another form."""
        found: list[dict[str, list[Hit]]] = [{}, {}]
        for side in (0, 1):
            for hit in self.mentions(side, ("state", "organization")):
                found[side].setdefault(hit.key, []).append(hit)
        return [
            (self._with_article(0, one), self._with_article(1, other))
            for key, hits in found[0].items()
            if len(hits) == len(found[1].get(key, ()))
            for one, other in zip(hits, found[1][key], strict=True)
            if one.printed != other.printed
        ]

    def _with_article(self, side: int, hit: Hit) -> Range:
        text = self.unit(side).text
        return (hit.start - 4 if text[max(hit.start - 4, 0) : hit.start].lower() == "the " else hit.start), hit.end

    def mentions(self, side: int, kinds: tuple[str, ...]) -> list[Hit]:
        """States, organizations or groups named on a side, without those that made a recommendation."""
        thing = self.unit(side).thing
        if not isinstance(thing, (Recommendation, Paragraph)):
            return []
        # Some are printed behind each wish.
        proposed = {one.id for one in thing.proposed_by} if isinstance(thing, Recommendation) else set()
        if side not in self._mentioned:
            named = [one for one in thing.mentions if one.id not in proposed]
            self._mentioned[side] = {
                kind: self.hits(side, ((one.id, one.as_printed, one.name, one.spans) for one in named if one.kind == kind))
                for kind in {one.kind for one in named}
            }
        return [hit for kind in kinds for hit in self._mentioned[side].get(kind, ())]

    def hits(self, side: int, things: Iterable[tuple[str, str, str | None, Spans]]) -> list[Hit]:
        """Objects of the report (key, as printed, name, spans) with their places in the range that is compared."""
        out: list[Hit] = []
        low, high = self.range(side)
        unit = self.unit(side)
        for key, printed, name, spans in things:
            place = self.sides[side].range_of(unit, spans, printed)
            if place is not None and low <= place[0] < high:
                out.append(Hit(*place, key, printed, name))
            elif place is None and self.whole:
                out.append(Hit(0, 0, key, printed, name))
        return out

    def points_in(self, side: int) -> list[tuple[Point, int]]:
        """The points of the unit that stand in the range that is compared, with the place where their text begins."""
        thing, (low, high) = self.unit(side).thing, self.range(side)
        out: list[tuple[Point, int]] = []
        at = 0
        for point in flat(thing.points) if isinstance(thing, (Recommendation, Paragraph)) else ():
            found = self.unit(side).text.find(point.text, at)
            if found >= 0:
                at = found
                if low <= found < high:
                    out.append((point, found))
        return out

    def came_and_went(self, family: str, left: Sequence[Hit], right: Sequence[Hit], *, again: bool = False) -> Iterator[Event]:
        """Events for what only one side has.

        Args:
            family: of the events.
            left: what stands on the left.
            right: what stands on the right.
            again: whether a second mention of the same is news.
        """
        keys = Counter(hit.key for hit in left), Counter(hit.key for hit in right)
        for side, hits in enumerate((left, right)):
            told: Counter[str] = Counter()
            surplus = keys[side] - keys[1 - side] if again else Counter({k: 1 for k in keys[side] if k not in keys[1 - side]})
            # The ones that stand in a difference are the ones that came or went.
            for hit in sorted(hits, key=lambda one: self.hunk_of(side, one.start, one.end) is None):
                if told[hit.key] < surplus[hit.key]:
                    told[hit.key] += 1
                    yield self.event(f"{family}_{'added' if side else 'dropped'}", *((None, hit) if side else (hit, None)))

    def event(self, event: str, left: Hit | None, right: Hit | None, **more: object) -> Event:
        """An event about something that stands on one side or on both."""
        known = left or right
        fields = {
            "before": left.printed if left else None, "after": right.printed if right else None,
            "id": known.key if known else None, "name": known.name if known else None,
            "left": self.spans(0, left.start, left.end) if left else (),
            "right": self.spans(1, right.start, right.end) if right else (),
            "at": (left.start, left.end) if left else None, "into": (right.start, right.end) if right else None,
        }  # fmt: skip
        return Event(event, **{**fields, **more})  # type: ignore[arg-type]

    def together(
        self, left: Sequence[Hit], right: Sequence[Hit], *, strict: bool = False
    ) -> tuple[list[tuple[Hit, Hit]], list[Hit], list[Hit]]:
        """Pairs of things that stand at one place: where the texts agree, or in the same difference; and the rest of each side.

        In one difference those of one key are paired first, the others in their order; with ``strict`` only where there are as
        many of them on both sides.
        """
        waiting: dict[int, deque[Hit]] = {}
        for hit in right:
            waiting.setdefault(hit.start, deque()).append(hit)
        pairs: list[tuple[Hit, Hit]] = []
        rest: dict[int | None, tuple[list[Hit], list[Hit]]] = {}
        for hit in left:
            at = self.opposite(hit.start)
            if at is not None and waiting.get(at):
                pairs.append((hit, waiting[at].popleft()))
            else:
                rest.setdefault(self.hunk_of(0, hit.start, hit.end), ([], []))[0].append(hit)
        for hit in (hit for held in waiting.values() for hit in held):
            rest.setdefault(self.hunk_of(1, hit.start, hit.end), ([], []))[1].append(hit)
        gone: list[Hit] = []
        come: list[Hit] = []
        for number, (lefts, rights) in rest.items():
            if number is not None:
                for key in [hit.key for hit in lefts]:
                    one, other = (next((hit for hit in hits if hit.key == key), None) for hits in (lefts, rights))
                    if one and other:
                        pairs.append((one, other))
                        lefts.remove(one)
                        rights.remove(other)
                if not strict or len(lefts) == len(rights):
                    count = min(len(lefts), len(rights))
                    pairs += zip(lefts[:count], rights[:count], strict=True)
                    lefts, rights = lefts[count:], rights[count:]
            gone += lefts
            come += rights
        return sorted(pairs), sorted(gone), sorted(come)
