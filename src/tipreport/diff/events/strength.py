"""Strength: how strongly a unit asks, before and after ("should ensure" became "should consider ensuring": 6 to 3).

The scale is that of ``data/modality.csv``. Modals are paired where they stand; a bare verb at the head of a recommendation
or point ("Ratify", "Consider ratifying") has no number of its own, so that only the direction is told, or the number of the
modal that introduces it ("States parties should:").
"""

from __future__ import annotations

from typing import NamedTuple

from tipreport.diff.change import STRONGER, WEAKER, Event
from tipreport.diff.pair import Hit, Pair
from tipreport.entities.modality import head, modals
from tipreport.model import Recommendation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_CONSIDER = 3
_SOFT = "consider_imperative"


class Force(NamedTuple):
    """A modal or bare verb with its strength; ``reach`` is where its verb ends."""

    hit: Hit
    strength: int | None
    reach: int
    soft: bool | None  # of a bare verb: whether it only asks to consider


def find(pair: Pair) -> Iterator[Event]:
    """Events ``strength`` where the strength changed, ``modality`` where only its wording did."""
    if not pair.hunks:
        return
    sides = [_forces(pair, side) for side in (0, 1)]
    by_hit = [{force.hit: force for force in forces} for forces in sides]
    pairs, left, right = pair.together([force.hit for force in sides[0]], [force.hit for force in sides[1]])
    told = False
    for one, other in pairs:
        event = _event(pair, by_hit[0][one], by_hit[1][other])
        if event is not None:
            told = told or event.event == "strength"
            yield event
    if left and right and not told:
        # A clause that was rewritten: its modal against the new one.
        event = _event(pair, by_hit[0][left[0]], by_hit[1][right[0]])
        if event is not None:
            yield event


def _forces(pair: Pair, side: int) -> list[Force]:
    """The modals of the text, and the bare verbs at its head and at the heads of its points."""
    text, (low, high) = pair.unit(side).text, pair.range(side)
    found = [one for one in modals(text) if low <= one.start < high]
    out = [Force(Hit(one.start, one.end, one.id, text[one.start : one.end]), one.strength, one.reach, None) for one in found]
    points = pair.points_in(side)
    heads = [start for _, start in points]
    if isinstance(pair.unit(side).thing, Recommendation) and low == 0 and not any(one.start < 60 for one in found):
        heads.insert(0, 0)
    base = None
    if points:
        before = [one for one in found if one.start < points[0][1]]
        if before and not text[before[-1].end : points[0][1]].strip(" :(abcdefghi1.)"):
            base = before[-1].strength
    for start in heads:
        bare = head(text, start, high)
        if bare is None or any(force.hit.start == bare.start for force in out):
            continue
        soft = bare.id == _SOFT
        strength = None if base is None or start == 0 else min(base, _CONSIDER) if soft else base
        out.append(Force(Hit(bare.start, bare.end, bare.id, text[bare.start : bare.end]), strength, bare.reach, soft))
    return sorted(out, key=lambda force: force.hit.start)


def _event(pair: Pair, left: Force, right: Force) -> Event | None:
    weaker = _weaker(left, right)
    words = (
        pair.left.text[left.hit.start : max(left.reach, left.hit.end)],
        pair.right.text[right.hit.start : max(right.reach, right.hit.end)],
    )
    if weaker is not None:
        return pair.event(
            "strength", left.hit, right.hit, before=left.strength, after=right.strength, id=None,
            direction=WEAKER if weaker else STRONGER, words=words,
        )  # fmt: skip
    if left.hit.key != right.hit.key and left.soft is None and right.soft is None:
        return pair.event("modality", left.hit, right.hit, id=None, words=words)
    return None


def _weaker(left: Force, right: Force) -> bool | None:
    """Whether the right is weaker; None where they are alike or cannot be compared."""
    if left.soft is not None and right.soft is not None:
        return None if left.soft == right.soft else right.soft  # what the modal before the colon became is told of it alone
    if left.strength is not None and right.strength is not None:
        return None if left.strength == right.strength else right.strength < left.strength
    return None
