"""Two units that belong together, as the readers of events see them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from tipreport.diff.change import Event, Range
from tipreport.diff.words import Hunk, hunks
from tipreport.model import Paragraph, Point, Recommendation
from tipreport.select import flat

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
        moved: the sections between which the unit moved, each as printed; None where it stayed.
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
        self._starts = [hunk.left[0] for hunk in self.hunks]

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
        for number, hunk in enumerate(self.hunks):
            low, high = hunk[side]
            if (low < end and start < high) or (low == high and start < low < end):
                return number
        return None

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

    def together(self, left: Sequence[Hit], right: Sequence[Hit]) -> tuple[list[tuple[Hit, Hit]], list[Hit], list[Hit]]:
        """Pairs of things that stand at one place: where the texts agree, or in the same difference in their order; and the rest."""
        pairs: list[tuple[Hit, Hit]] = []
        waiting: dict[object, list[Hit]] = {}
        for hit in right:
            waiting.setdefault(("at", hit.start), []).append(hit)
        rest_left: list[Hit] = []
        taken: set[int] = set()
        for hit in left:
            same = self.opposite(hit.start)
            partner = next((one for one in waiting.get(("at", same), ()) if id(one) not in taken), None)
            if partner is None:
                rest_left.append(hit)
            else:
                taken.add(id(partner))
                pairs.append((hit, partner))
        rest_right = [hit for hit in right if id(hit) not in taken]
        for hit in list(rest_left):
            number = self.hunk_of(0, hit.start, hit.end)
            partner = next((one for one in rest_right if number is not None and self.hunk_of(1, one.start, one.end) == number), None)
            if partner is not None:
                rest_left.remove(hit)
                rest_right.remove(partner)
                pairs.append((hit, partner))
        return pairs, rest_left, rest_right
