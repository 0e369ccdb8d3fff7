"""What a quotation leaves out of its sentences, and whether that changes what they say.

A cut is out of context where it takes away the softening of a modal ("should consider"), a hedge ("as appropriate"), a
negation or a condition ("subject to", "unless") that governs the words quoted, or makes one sentence of the halves of two. Whole
sentences left out are nothing, nor is the subject, or who is reported to have spoken. The words are those of ``data/modality.csv`` and ``data/conditions.csv``.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tipreport.data import split, table
from tipreport.diff.words import plain_word, stem
from tipreport.entities.modality import hedges, modals
from tipreport.phrases import Phrases
from tipreport.text import sentences

Range = tuple[int, int]

_NOT = re.compile(r"\b(?:not(?! only\b)|never|nor|neither|no(?! later\b| one\b|\.)|none|without(?! prejudice\b)|cannot)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;:]\s")
_LABEL = re.compile(r"\(\w{1,5}\)\s*$")
_JOINS = re.compile(r"(?:^|[\s,])(?:and|or)(?: also)?,? ?$", re.IGNORECASE)
_CLOSES = re.compile(r"[\s,]*(?:[.;:)\"\u201d]|$)")
_OPENS = re.compile(r"[\s,(\u2013\u2014-]*$")
_WORD = re.compile(r"\w+(?:[-'\u2019]\w+)*")
_SOFT = 6  # weaker than "should"
_NEAR = {"without": 2, "no": 2, "none": 2}  # words between a negation and what it governs, 4 for all others
_GAP = 3  # characters between a hedge in commas and the words around
# A single word is quoted as a term, not for what it says.
_LEAST = 2
_PHRASE = re.compile(r"(?:[ ]?[^\s,;:.]+){0,10}")
# Words of a modal that say nothing of its strength.
_EMPTY = frozenset(["should", "shall", "must", "may", "is", "are", "was", "were", "be", "to", "that", "it", "also", "the", "of"])


class Signal(NamedTuple):
    """Words that govern what stands beside them; ``kind`` is modality, hedge, negation or condition."""

    start: int
    end: int
    kind: str
    words: str


class Cut(NamedTuple):
    """What a quotation leaves out; ``where`` is before, inside or behind it.

    ``kind`` is that of a signal, or ``sentence`` where dots join the halves of two sentences.
    """

    kind: str
    words: str
    where: str
    start: int
    end: int


@cache
def _conditions() -> Phrases[str]:
    return Phrases((form, row["id"]) for row in table("conditions") for form in split(row["patterns"]))


def signals(text: str) -> list[Signal]:
    """All words of a text that govern others, in order; a hedge that is a condition too is a hedge."""
    out = [Signal(a, b, "hedge", text[a:b]) for a, b, _ in hedges(text)]
    out += [Signal(one.start, one.end, "modality", text[one.start : one.end]) for one in modals(text)]
    for hit in _conditions().find(text):
        if not any(one.start < hit.end and hit.start < one.end for one in out):
            out.append(Signal(hit.start, hit.end, "condition", text[hit.start : hit.end]))
    for found in _NOT.finditer(text):
        if not any(one.start <= found.start() < one.end for one in out):
            out.append(Signal(found.start(), found.end(), "negation", found.group()))
    return sorted(out)


def cuts(text: str, ranges: tuple[Range, ...], supplied: str = "") -> list[Cut]:
    """What was cut that governs the words quoted.

    Args:
        text: the reading text that holds them.
        ranges: where they stand in it, in order.
        supplied: what the author says beside the quotation or puts into it; a hedge that stands there is not lost.
    """
    judge = _Judge(text)
    out: list[Cut] = []
    whole = judge.sentence(ranges[0][0])
    out += judge.before(whole[0], ranges[0])
    for one, other in pairwise(ranges):
        first, second = judge.sentence(one[1] - 1), judge.sentence(other[0])
        if first == second:
            out += judge.inside(one[1], other)
        else:
            out += judge.joined((one[1], first[1]), (second[0], other[0]))
            out += judge.behind(one, first[1])
            out += judge.before(second[0], other)
    out += judge.behind(ranges[-1], judge.sentence(ranges[-1][1] - 1)[1])
    said = _stems(supplied)
    count = sum(len(text[a:b].split()) for a, b in ranges)
    if count < _LEAST:
        return []
    return [judge.told(cut) for cut in dict.fromkeys(out) if not (said and _stems(cut.words) - _EMPTY <= said)]


def _stems(text: str) -> set[str]:
    return {word if word in _EMPTY else stem(plain_word(word)) for word in (found.group().casefold() for found in _WORD.finditer(text))}


class _Judge:
    """The signals of one text, asked what a cut takes away."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = sentences(text) or [(0, len(text))]
        self.modals = modals(text)
        self.signals = [one for one in signals(text) if one.kind != "modality"]

    def sentence(self, at: int) -> Range:
        """The sentence that holds a place."""
        return next(((a, b) for a, b in self.sentences if at < b), self.sentences[-1])

    def _cut(self, start: int, end: int, kind: str, where: str) -> Cut:
        return Cut(kind, self.text[start:end], where, start, end)

    def told(self, cut: Cut) -> Cut:
        """A condition with what it says: "subject to available resources"."""
        if cut.kind != "condition":
            return cut
        found = _PHRASE.match(self.text, cut.end)
        return self._cut(cut.start, found.end() if found else cut.end, cut.kind, cut.where)

    def joined(self, tail: Range, head: Range) -> list[Cut]:
        """Dots that make one sentence of the halves of two."""
        if any(map(str.isalnum, self.text[slice(*tail)])) and any(map(str.isalnum, self.text[slice(*head)])):
            return [self._cut(tail[1] - 1, head[0] + 1, "sentence", "inside")._replace(words=self.text[slice(*head)].strip())]
        return []

    def before(self, low: int, quoted: Range) -> list[Cut]:
        """What the sentence says before the words quoted."""
        text, at = self.text, quoted[0]
        out = [*self._soft(low, at)]
        clause = max([low, *(found.end() for found in _CLAUSE_END.finditer(text, low, at))])
        for one in self.signals:
            if not clause <= one.start < at:
                continue
            between = text[one.end : at]
            opens = bool(_OPENS.fullmatch(text[clause : one.start]))
            near = len(between) <= _GAP or between in {", to ", " to "}
            if one.kind == "negation":
                wanted = len(between.split()) < _NEAR.get(one.words.lower(), 4) and not re.search(r"[,;:]", between)
            elif one.kind == "condition":
                wanted = opens and between.rstrip().endswith(",")
            else:
                wanted = (opens and between.strip() in {"", ","}) or (near and any(m.end <= one.start <= m.end + _GAP for m in self.modals))
            if wanted and one.end <= at:
                out.append(self._cut(one.start, one.end, one.kind, "before"))
        return out

    def _soft(self, low: int, at: int) -> list[Cut]:
        """A modal that is softer than "should", or forbids, left out before the words that it governs."""
        head = self.text[low:at]
        label = _LABEL.search(head)
        colon = head.rfind(":") + low if label else -1
        for one in self.modals:
            governs = one.end <= at <= max(one.reach, one.end + 1) or (
                label and low <= one.start < colon and not self._modal_in(one.end, colon)
            )
            weak = (one.strength is not None and one.strength < _SOFT) or one.id.endswith("_not")
            if low <= one.start and one.end <= at and governs and weak:
                return [self._cut(one.start, one.end, "modality", "before")]
        return []

    def _modal_in(self, low: int, high: int) -> bool:
        return any(low <= one.start < high for one in self.modals)

    def behind(self, quoted: Range, high: int) -> list[Cut]:
        """What the sentence says behind the words quoted, up to the end of the clause."""
        text, at = self.text, quoted[1]
        out = self._divided(at)
        end = _CLAUSE_END.search(text, max(at - 1, 0), high)
        stop = end.start() if end else high
        if stop <= at or re.search(r"[.;:!?]", text[quoted[0] : at][-1:]):
            stop = min(stop, at)
        for one in self.signals:
            if not at <= one.start < stop:
                continue
            between = text[at : one.start]
            if one.kind == "negation":
                wanted = not between.strip()
            elif one.kind == "condition":
                wanted = not self._modal_in(at, one.start) and not _JOINS.search(between)
            else:
                closes = bool(_CLOSES.match(text, one.end)) or one.end >= stop
                wanted = between.strip() in {"", ","} or (closes and not _JOINS.search(between) and not self._modal_in(at, one.start))
            if wanted:
                out.append(self._cut(one.start, one.end, one.kind, "behind"))
        return out

    def _divided(self, at: int) -> list[Cut]:
        """A modal that the end of the quotation cuts in two, so that another is left: "should | consider"."""
        for one in self.modals:
            if one.start < at < one.end:
                kept = [other for other in modals(self.text[one.start : at]) if other.start == 0]
                if kept and kept[0].id != one.id:
                    return [
                        self._cut(at + len(self.text[at : one.end]) - len(self.text[at : one.end].lstrip()), one.end, "modality", "behind")
                    ]
        return []

    def inside(self, low: int, following: Range) -> list[Cut]:
        """What is left out between two parts of one sentence."""
        text, high = self.text, following[0]
        out = []
        for modal in self.modals:
            divided = modal.start < low < modal.end
            governs = low <= modal.start and modal.start < high <= max(modal.reach, modal.end + 1)
            if divided or governs:
                start = max(modal.start, low)
                start += len(text[start : modal.end]) - len(text[start : modal.end].lstrip())
                stop = min(modal.end, high)
                if start < stop:
                    out.append(self._cut(start, stop, "modality", "inside"))
        ends = [found.start() for found in _CLAUSE_END.finditer(text, max(low - 1, 0), high)]
        for one in self.signals:
            own = not ends or one.end <= ends[0] or one.start > ends[-1]  # what stands between governs what is left out with it
            if not (low <= one.start and one.end <= high and own):
                continue
            edges = min(len(text[low : one.start].split()), len(text[one.end : high].split()))
            if one.kind != "negation" or edges < _NEAR.get(one.words.lower(), 4):
                out.append(self._cut(one.start, one.end, one.kind, "inside"))
        return out
