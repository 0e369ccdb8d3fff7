"""How much two texts share: 1 for the same words in the same order, near 0 for two that have nothing to do with each other.

Words count by their rarity (``data/common_words.csv`` for reports in general, and the units at hand), so that
"States parties should" joins nothing. The score is the mean of two shares, each weighted and in the manner of Dice: of
the words that both have, and of those that both have in the same order. Measured over pairs of unrelated
recommendations, see docs/diff.md.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import NamedTuple

from rapidfuzz.distance import Indel

from tipreport.diff.words import LARGEST, keys, per_thousand, plain_word, stem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RAREST = 2  # per thousand: what a word that is not common is taken for
_NUMBERED = 60  # and a number, which is weak evidence
_EVERYWHERE = 60  # a word that more units hold is no evidence to look for a partner by
_ENOUGH = 12  # units from which on their own words tell what is common


class Gist(NamedTuple):
    """A text as it is compared: the numbers of its words in order, how often each stands in it, their weight together."""

    order: tuple[int, ...]
    bag: Counter[int]
    weight: float


class Weights:
    """The words of all units of a comparison, numbered and weighed.

    Args:
        texts: of all units of both sides.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._numbers: dict[str, int] = {}
        listed = [self._order(text) for text in texts]
        self.units = len(listed)
        self.held_by = Counter(number for order in listed for number in set(order))
        self.weights: list[float] = []
        self._weigh()

    def _order(self, text: str) -> tuple[int, ...]:
        numbers = self._numbers
        return tuple(numbers.setdefault(word, len(numbers)) for word in map(stem, map(plain_word, keys(text))) if word != "%")

    def _weigh(self) -> None:
        for word, number in list(self._numbers.items())[len(self.weights) :]:
            share = max(per_thousand(word), _NUMBERED if word[:1].isdigit() else _RAREST) / 1000
            if self.units >= _ENOUGH:  # half: a word of two versions of one text stands in two units
                share = max(share, self.held_by[number] / self.units / 2)
            self.weights.append((-math.log(min(share, 0.98))) ** 2)

    def gist(self, text: str) -> Gist:
        """A text, weighed."""
        order = self._order(text)
        if len(self.weights) < len(self._numbers):
            self._weigh()
        weights = self.weights
        return Gist(order, Counter(order), sum(weights[number] for number in order))

    def shared(self, one: Counter[int], other: Counter[int]) -> float:
        """The weight of the words that two bags share."""
        if len(one) > len(other):
            one, other = other, one
        weights = self.weights
        return sum(min(count, other[number]) * weights[number] for number, count in one.items() if number in other)

    def score(self, one: Gist, other: Gist) -> float:
        """The likeness of two texts, 0 to 1; the same in both directions."""
        if one.order == other.order:
            return 1.0
        both = one.weight + other.weight
        if not both:
            return 0.0
        bag = 2 * self.shared(one.bag, other.bag) / both
        return round((bag + 2 * self.in_order(one, other) / both) / 2, 4)

    def in_order(self, one: Gist, other: Gist) -> float:
        """The weight of the words that stand in both texts in one order."""
        weights = self.weights
        return sum(weights[one.order[i]] for i, _ in matches(one.order, other.order))


def matches(one: tuple[int, ...], other: tuple[int, ...]) -> list[tuple[int, int]]:
    """The places of the words of the longest common sequence of two texts."""
    if one > other:
        return [(i, j) for j, i in matches(other, one)]
    if len(one) * len(other) > LARGEST:
        return []
    out: list[tuple[int, int]] = []
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            out += zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)
    return out


class Candidates:
    """Who of the right could be a partner of one of the left: those that share its rarer words."""

    def __init__(self, weights: Weights, gists: Sequence[Gist]) -> None:
        self._weights, self._gists = weights, gists
        self._held: dict[int, list[int]] = defaultdict(list)
        for place, gist in enumerate(gists):
            for number in gist.bag:
                self._held[number].append(place)

    def of(self, gist: Gist, most: int) -> list[int]:
        """The places of at most ``most`` gists, those first that share most."""
        shares: dict[int, float] = defaultdict(float)
        weights = self._weights.weights
        rare = [number for number in gist.bag if len(self._held.get(number, ())) <= _EVERYWHERE]
        for number in rare or gist.bag:
            for place in self._held.get(number, ())[: 10 * _EVERYWHERE]:
                shares[place] += weights[number]
        gists = self._gists
        found = [(-2 * share / (gist.weight + gists[place].weight or 1.0), place) for place, share in shares.items()]
        return [place for _, place in sorted(found)[:most]]
