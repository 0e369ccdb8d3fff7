"""Which texts repeat a newer one, in the same words or in others: each is compared with the newest wording, never along a chain.

A text joins the newest wording that it is most like, if the likeness (``tipreport.diff.likeness``) reaches the floor; else it
is a wording of its own. So the members of a group are all like its head, however many there are, and a chain of small changes
ends where the first and the last have no longer much in common.

A pair reaches the floor only if their words do, so the words that could make a pair are few: of every head, the rarest words
that together weigh more than what may be missing (prefix filtering, as in set-similarity joins). A head that shares none of
these with a text cannot be like it enough, and no pair above the floor is missed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from tipreport.diff.likeness import Gist, Weights
from tipreport.diff.words import keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Measured, see docs/compile.md.
FLOOR = 0.65
_NOT = frozenset({"not", "never", "nor", "neither", "no", "without", "cannot"})  # a text that denies is another one
# Words whose meaning hangs on what stands around the text.
_POINTING = re.compile(
    r"\b(?:above|below|above-?mentioned|aforementioned|foregoing|th(?:is|ese) (?:agenda )?(?:matter|issue|item|sub-item|topic|conclusion)s?)\b",
    re.IGNORECASE,
)
_SLACK = 1e-4  # likenesses are rounded


class Text(NamedTuple):
    """A text as it is compared.

    Args:
        own: what must be alike.
        whole: what must be alike too: for a point its lead-in and itself; empty where that is ``own``.
        home: its report: of two texts of one report only those of the same words are one.
        asks: whom it asks; texts that ask different ones are different. Empty where that is not known.
        above: the titles of the headings it stands under. "This matter" is the same under the same headings only.
    """

    own: str
    whole: str
    home: int
    asks: frozenset[str]
    above: str = ""


class Fold(NamedTuple):
    """The place of the newer text that a text repeats, the likeness of both, and whether their words are the same."""

    head: int
    score: float
    same: bool


def folds(texts: Sequence[Text], floor: float = FLOOR) -> list[Fold | None]:
    """For each text the newer one that it repeats; None for one that stands for itself.

    Args:
        texts: the newest first.
        floor: the least likeness.
    """
    heads = _Heads(texts, floor)
    return [heads.fold(place) for place in range(len(texts))]


class _Heads:
    """The texts that stand for themselves so far."""

    def __init__(self, texts: Sequence[Text], floor: float) -> None:
        self.texts, self.floor = texts, floor
        self.weights = Weights([text.own for text in texts])
        self.gists: list[Gist] = [self.weights.gist(text.own) for text in texts]
        self.wholes: list[Gist | None] = [self.weights.gist(text.whole) if text.whole else None for text in texts]
        self.denied = [sorted(word for word in keys(text.own) if word in _NOT) for text in texts]
        self.points = [bool(_POINTING.search(text.own)) for text in texts]
        self.same: dict[object, list[int]] = defaultdict(list)
        self.held: dict[int, list[int]] = defaultdict(list)

    def fold(self, place: int) -> Fold | None:
        """The head that a text repeats; without one it becomes a head itself."""
        gist, whole = self.gists[place], self.wholes[place]
        words = (gist.order, whole.order if whole else ())
        equal = [head for head in self.same[words] if self._could(head, place, equal=True)]
        if equal:
            return Fold(equal[0], 1.0, same=True)
        prefix = self._prefix(gist)
        best: Fold | None = None
        for head in sorted({head for word in prefix for head in self.held.get(word, ())}):
            score = self._score(head, place) if self._could(head, place) else 0.0
            if score >= self.floor and (best is None or score > best.score):
                best = Fold(head, score, same=False)
        if best is None:
            self.same[words].append(place)
            for word in prefix:
                self.held[word].append(place)
        return best

    def _could(self, head: int, place: int, *, equal: bool = False) -> bool:
        """Whether two texts can be one whatever their words are."""
        one, other = self.texts[head], self.texts[place]
        if one.asks and other.asks and not one.asks & other.asks:
            return False
        if (self.points[head] or self.points[place]) and not (one.above and one.above == other.above):
            return False
        return equal or (one.home != other.home and self.denied[head] == self.denied[place])

    def _score(self, head: int, place: int) -> float:
        """The likeness; 0 where the words alone say that it is below the floor."""
        one, other = self.gists[head], self.gists[place]
        both = one.weight + other.weight
        if 2 * min(one.weight, other.weight) < (self.floor - _SLACK) * both:
            return 0.0
        if 2 * self.weights.shared(one.bag, other.bag) < (self.floor - _SLACK) * both:
            return 0.0
        score = self.weights.score(one, other)
        wholes = self.wholes[head], self.wholes[place]
        if wholes[0] is not None and wholes[1] is not None and score >= self.floor:
            return min(score, self.weights.score(wholes[0], wholes[1]))
        return score

    def _prefix(self, gist: Gist) -> list[int]:
        """The rarest words of a text, until the rest weighs less than what a partner must share.

        Two bags of the weights a and b with 2 * shared >= floor * (a + b) share at least a * floor / (2 - floor).
        """
        held, weights = self.weights.held_by, self.weights.weights
        floor = self.floor - _SLACK
        spare = gist.weight * (1 - floor / (2 - floor)) + _SLACK
        out: list[int] = []
        for word in sorted(gist.bag, key=lambda number: (held[number], number)):
            out.append(word)
            spare -= gist.bag[word] * weights[word]
            if spare < 0:
                break
        return out
