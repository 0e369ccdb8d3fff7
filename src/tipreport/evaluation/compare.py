"""Facts of a gold file and of a report matched one to one, and the figures that follow."""

from __future__ import annotations

from dataclasses import dataclass

from tipreport.evaluation.fact import Fact, Row
from tipreport.evaluation.kinds import BESIDE, KINDS
from tipreport.model import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SLACK = 0.02  # the share of the words of a text that may be amiss by the usual measure, two words at least


@dataclass(frozen=True, slots=True)
class Score:
    """How one kind came out: how many were wanted and found, and what did not agree."""

    wanted: int
    found: int
    missed: tuple[Fact, ...]
    extra: tuple[Fact, ...]

    @property
    def hits(self) -> int:
        """How many agree."""
        return self.wanted - len(self.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found; 0 where nothing was wanted."""
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing found."""
        return 2 * self.hits / (self.wanted + self.found) if self.wanted + self.found else 1.0

    @property
    def exact(self) -> bool:
        """Whether nothing is missing and nothing too much."""
        return not self.missed and not self.extra

    def __add__(self, other: Score) -> Score:
        """The score of both together."""
        return Score(self.wanted + other.wanted, self.found + other.found, self.missed + other.missed, self.extra + other.extra)


def kinds_of(facts: Row) -> list[str]:
    """The kinds that a gold file calls complete and those beside them, in their order."""
    named = set(facts["kinds"])
    wanted = named | {other for name in named for other in BESIDE.get(name, ())}
    return [kind for kind in KINDS if kind in wanted]


def compare(report: Report | None, facts: Row, *, slack: float = 0.0) -> dict[str, Score]:
    """Every kind that the file calls complete (and what is written beside), compared.

    Args:
        report: None where there is none, so that all is missing.
        facts: of a gold file.
        slack: the share of words of a text that may be amiss. With none the measure is strict: whole titles, and a group or a count
            that the file does not name is one too many.
    """
    facts = {**facts, "strict": not slack}
    scores = {}
    for kind in kinds_of(facts):
        wanted, found = KINDS[kind]
        asked = list(wanted(facts))
        beside = kind not in facts["kinds"] and kind != "placed"
        if beside and ((not asked and slack) or (kind.endswith("_details") and not slack)):
            continue
        left = list(found(report, facts)) if report is not None else []
        scores[kind] = _matched(asked, left, slack)
    return scores


def _matched(asked: list[Fact], left: list[Fact], slack: float) -> Score:
    total = len(left)
    missed = []
    for fact in asked:
        hit = next((one for one in left if fact.agrees(one, slack)), None)
        if hit is None:
            missed.append(fact)
        else:
            left.remove(hit)
    return Score(len(asked), total, tuple(missed), tuple(left))


def together(tables: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    """The scores of several reports added, kind by kind; a kind of which there is nothing anywhere is left out."""
    out: dict[str, Score] = {}
    for table in tables:
        for kind, score in table.items():
            out[kind] = out[kind] + score if kind in out else score
    return {kind: out[kind] for kind in KINDS if kind in out and (out[kind].wanted or out[kind].found)}


def differences(scores: Mapping[str, Score]) -> list[str]:
    """One line for each fact that is missing or too much."""
    out = []
    for kind, score in scores.items():
        out += [f"{kind}: missing {fact}" for fact in score.missed]
        out += [f"{kind}: extra {fact}" for fact in score.extra]
    return out
