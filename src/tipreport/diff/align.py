"""Which unit of the one side became which of the other: by what they say, over all pairs; numbers are weak evidence.

Steps: equal texts; texts that differ only editorially; the best pairing of the rest by likeness; then units that went
into a pair with others (merged) or came out of one (split). A pair that shares less than the noise floor is none.

Cost: for n units of w words with c candidates each (``_CANDIDATES``): n * w * p for the search of candidates (p units hold a
word, at most 60 for a word that is looked for), n * c * w * w / 64 for the likenesses; memory n * (w + c).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from typing import NamedTuple

from tipreport.diff.assign import best
from tipreport.diff.likeness import Candidates, Gist, Weights, matches
from tipreport.diff.words import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tipreport.diff.units import Unit

# Below this score two texts are no versions of one. Of unrelated pairs of real recommendations 1 in 1,000 reaches it.
FLOOR = 0.32
_INSIDE = 0.75  # or, for units of one number in one section: so much of the shorter text stands in the other
_CANDIDATES = 12
_WHOLE = 0.5  # of the weight of a unit: so much must be found again where it was merged or split
_OWN, _ALL = 0.25, 0.85  # or so much that the partner has not, and so much together with the partner's words
_WORDS = 4  # and so many words
_WEAK = 0.85  # a pair below this may be a unit that went elsewhere
_SPREAD = 2.5  # the words of a part stand together: within so many times their number


class Link(NamedTuple):
    """A unit of the left and one of the right, by their places, with the score of their likeness."""

    left: int
    right: int
    score: float


class Aligned(NamedTuple):
    """What was found out: pairs, and units that are part of another (``part`` of the side with several units)."""

    pairs: list[Link]
    merged: list[Link]  # several of the left went into one of the right
    split: list[Link]  # one of the left became several of the right


def align(
    left: Sequence[Unit], right: Sequence[Unit], weights: Weights, bonus: Callable[[Unit, Unit], float], floor: float = FLOOR
) -> Aligned:
    """Pair the units of one kind.

    Args:
        left: units of the one side, in order.
        right: units of the other side, in order.
        weights: made of all texts.
        bonus: weak evidence for a pair besides its words, at most 0.1.
        floor: the least score of a pair.
    """
    pairs = _equal(left, right, lambda unit: unit.text)
    pairs += _equal(*_without(left, right, pairs), lambda unit: plain(unit.text))
    rest = _without(left, right, pairs)
    if not rest[0] and not rest[1]:
        return Aligned([Link(i, j, 1.0) for i, j in pairs], [], [])
    gists = _Gists(left, right, weights)
    texts = [{unit.place: unit.text for unit in units} for units in (left, right)]
    links = [Link(i, j, 1.0 if texts[0][i] == texts[1][j] else max(gists.score(i, j), 0.9)) for i, j in pairs]
    links += _by_likeness(rest[0], rest[1], gists, bonus, floor)
    merged = _parts(gists, links)
    split = _parts(gists.turned(), [Link(j, i, score) for i, j, score in links])
    gone, come = {link.left for link in merged}, {link.left for link in split}
    links = [link for link in links if link.left not in gone and link.right not in come]
    again = _without(left, right, [(link.left, link.right) for link in links])
    if merged or split:
        lone = [unit for unit in again[0] if unit.place not in gone], [unit for unit in again[1] if unit.place not in come]
        links += _by_likeness(lone[0], lone[1], gists, bonus, floor)
    return Aligned(sorted(links), sorted(merged), sorted(Link(i, j, score) for j, i, score in split))


class _Gists:
    """The gists of both sides, by place."""

    def __init__(self, left: Sequence[Unit], right: Sequence[Unit], weights: Weights) -> None:
        self.weights = weights
        self.left = {unit.place: weights.gist(unit.gist) for unit in left}
        self.right = {unit.place: weights.gist(unit.gist) for unit in right}

    def score(self, i: int, j: int) -> float:
        return self.weights.score(self.left[i], self.right[j])

    def contained(self, i: int, j: int) -> float:
        """The share of the shorter text that stands in the other in its order."""
        one, other = self.left[i], self.right[j]
        least = min(one.weight, other.weight)
        return self.weights.in_order(one, other) / least if least else 0.0

    def turned(self) -> _Gists:
        out = _Gists((), (), self.weights)
        out.left, out.right = self.right, self.left
        return out


def _without(left: Iterable[Unit], right: Iterable[Unit], pairs: Iterable[tuple[int, int]]) -> tuple[list[Unit], list[Unit]]:
    lefts, rights = {i for i, _ in pairs}, {j for _, j in pairs}
    return [unit for unit in left if unit.place not in lefts], [unit for unit in right if unit.place not in rights]


def _equal(left: Iterable[Unit], right: Iterable[Unit], key: Callable[[Unit], str]) -> list[tuple[int, int]]:
    """Pairs of equal texts; of several, first those of one number and home, then those of one home, then in their order."""
    groups: dict[str, tuple[list[Unit], list[Unit]]] = defaultdict(lambda: ([], []))
    for side, units in enumerate((left, right)):
        for unit in units:
            groups[key(unit)][side].append(unit)
    out: list[tuple[int, int]] = []
    for lefts, rights in groups.values():
        for same in ((lambda u: (u.home, u.number)), (lambda u: u.home), (lambda _: None)):
            waiting: dict[object, deque[Unit]] = defaultdict(deque)
            for unit in rights:
                waiting[same(unit)].append(unit)
            found = {unit.place: waiting[same(unit)].popleft().place for unit in lefts if waiting[same(unit)]}
            out += found.items()
            taken = set(found.values())
            lefts, rights = [unit for unit in lefts if unit.place not in found], [unit for unit in rights if unit.place not in taken]
    return out


def _by_likeness(
    left: Sequence[Unit], right: Sequence[Unit], gists: _Gists, bonus: Callable[[Unit, Unit], float], floor: float
) -> list[Link]:
    """The best pairing of units whose texts differ."""
    if not left or not right:
        return []
    scores: dict[tuple[int, int], float] = {}
    for turned, (ones, others) in enumerate(((left, right), (right, left))):
        mine, theirs = (gists.right, gists.left) if turned else (gists.left, gists.right)
        candidates = Candidates(gists.weights, [theirs[unit.place] for unit in others])
        for i, unit in enumerate(ones):
            for j in candidates.of(mine[unit.place], _CANDIDATES):
                scores.setdefault((j, i) if turned else (i, j), -1.0)
    gains: dict[tuple[int, int], int] = {}
    for i, j in scores:
        one, other = left[i], right[j]
        score = gists.score(one.place, other.place)
        scores[i, j] = score
        if score >= floor or (_same_place(one, other) and gists.contained(one.place, other.place) >= _INSIDE):
            # Less than the floor gains nothing: a good pair and a bad one are worse than a better pair alone.
            gains[i, j] = round(1e6 * (max(score, floor) - floor / 2 + bonus(one, other)))
    return [Link(left[i].place, right[j].place, scores[i, j]) for i, j in best(gains)]


def _same_place(one: Unit, other: Unit) -> bool:
    return one.number is not None and one.number == other.number and one.home == other.home


def _parts(gists: _Gists, links: Sequence[Link]) -> list[Link]:
    """Units of the left that went into the right one of another pair, with the share of their weight that is found there."""
    by_left = {link.left: link for link in links}
    loose = [(i, by_left.get(i)) for i in sorted(gists.left) if i not in by_left or by_left[i].score < _WEAK]
    if not loose or not links:
        return []
    strong = [link for link in links if link.score < 1.0]
    candidates = Candidates(gists.weights, [gists.right[link.right] for link in strong])
    out: list[Link] = []
    moved: set[int] = set()
    free: dict[int, list[int]] = {}  # the words of a whole that its partner does not explain
    for i, own in sorted(loose, key=lambda one: (one[1].score if one[1] else 0.0, one[0])):
        share, link = 0.0, None
        for place in candidates.of(gists.left[i], _CANDIDATES):
            other = strong[place]
            if other.left == i or other.left in moved or gists.left[i].weight > 4 * gists.right[other.right].weight:
                continue
            if other.right not in free:
                explained = {j for _, j in matches(gists.left[other.left].order, gists.right[other.right].order)}
                free[other.right] = [j for j in range(len(gists.right[other.right].order)) if j not in explained]
            found = _within(gists.weights, gists.left[i], gists.right[other.right], free[other.right])
            if found > share:
                share, link = found, other
        if link is not None and share >= _WHOLE and (own is None or share > own.score + 0.2):
            moved.add(i)
            out.append(Link(i, link.right, round(share, 4)))
    return out


def _within(weights: Weights, part: Gist, whole: Gist, free: list[int]) -> float:
    """The share of a part's weight that stands together in ``whole`` where the partner does not explain it.

    A part that repeats the lead-in ("States parties should provide") brings little of its own: most of it is found in the whole
    together with the partner's words, and what it brings stands there too.
    """
    if not part.weight:
        return 0.0
    pairs = matches(part.order, tuple(whole.order[j] for j in free))
    own = sum(weights.weights[part.order[i]] for i, _ in pairs) / part.weight
    if len(pairs) < _WORDS and own < _OWN:
        return 0.0
    share = 0.0
    if len(pairs) >= _WORDS:
        places = [free[j] for _, j in pairs]
        low, high = _densest(places, round(_SPREAD * len(part.order)) + 2)
        share = sum(weights.weights[part.order[i]] for (i, _), j in zip(pairs, places, strict=True) if low <= j <= high) / part.weight
    if share < _WHOLE and own >= _OWN:
        together = weights.in_order(part, whole) / part.weight
        share = max(share, together if together >= _ALL else 0.0)
    return share


def _densest(places: Sequence[int], width: int) -> tuple[int, int]:
    """The stretch of that width that holds the most of the places."""
    most, first = max((bisect_left(places, place + width) - at, -at) for at, place in enumerate(places))
    return places[-first], places[-first + most - 1]
