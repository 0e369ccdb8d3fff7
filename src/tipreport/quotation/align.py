"""Where a text is nearest to a quotation that does not stand in it word by word, and how the two differ."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from rapidfuzz.distance import Indel

from tipreport.diff.words import Word, hunks, per_thousand, plain_word, stem, words
from tipreport.text import sentences

Range = tuple[int, int]

_WIDE = 8  # words that the stretch looked at is longer than twice the quotation
_STRAY = 6  # words between a short run of common words at an edge and the rest: it stands there by chance
_COMMON = 100  # of a thousand units


class Near(NamedTuple):
    """The stretch of a text that is nearest to a quotation.

    Args:
        start: where it begins.
        end: where it ends.
        ratio: the share of the quotation's words that stand in it in their order, rare words counting four times, 0 to 1.
        weight: of these words.
    """

    start: int
    end: int
    ratio: float
    weight: float


def nearest(text: str, quoted: str, low: int = 0) -> Near | None:
    """The stretch of a text that is nearest to the words quoted, from ``low`` on; None where they share no word."""
    asked = [_key(word) for word in words(quoted) if word.key[0].isalnum()]
    found = [word for word in words(text) if word.key[0].isalnum() and word.start >= low]
    if not asked or not found:
        return None
    keys = [_key(word) for word in found]
    begin = _window(asked, keys)
    size = 2 * len(asked) + _WIDE
    runs = _runs(asked, keys[begin : begin + size])
    runs = _trimmed(runs, asked)
    if not runs:
        return None
    got = sum(_weight(asked[i + k]) for i, _, length in runs for k in range(length))
    total = sum(map(_weight, asked))
    first, last = begin + runs[0][1], begin + runs[-1][1] + runs[-1][2] - 1
    lead, tail = runs[0][0], len(asked) - runs[-1][0] - runs[-1][2]
    start, end = _within(text, found, (first, last), (lead, tail))
    return Near(start, end, got / total, got)


def _key(word: Word) -> str:
    return stem(plain_word(word.key))


def _weight(key: str) -> float:
    return 0.25 if per_thousand(key) > _COMMON else 1.0


def _window(asked: list[str], keys: list[str]) -> int:
    """Where the stretch of the text begins that holds the most of the words asked for."""
    size = min(2 * len(asked) + _WIDE, len(keys))
    wanted, held = Counter(asked), Counter[str]()
    score = best = 0.0
    at = 0
    for place, key in enumerate(keys):
        held[key] += 1
        if held[key] <= wanted[key]:
            score += _weight(key)
        if place >= size:
            gone = keys[place - size]
            if held[gone] <= wanted[gone]:
                score -= _weight(gone)
            held[gone] -= 1
        if score > best + 1e-9:
            best, at = score, max(place - size + 1, 0)
    return at


Run = tuple[int, int, int]  # place in the quotation, place in the stretch, length


def _runs(asked: list[str], keys: list[str]) -> list[Run]:
    numbers: dict[str, int] = {}
    one, other = ([numbers.setdefault(key, len(numbers)) for key in side] for side in (asked, keys))
    steps = Indel.opcodes(one, other)
    return [(step.src_start, step.dest_start, step.src_end - step.src_start) for step in steps if step.tag == "equal"]


def _trimmed(runs: list[Run], asked: list[str]) -> list[Run]:
    """Runs without short ones of common words that stand far from the rest."""
    out = list(runs)
    for edge in (0, -1):
        while len(out) > 1:
            i, j, length = out[edge]
            near = out[1] if edge == 0 else out[-2]
            gap = near[1] - j - length if edge == 0 else j - near[1] - near[2]
            if gap <= _STRAY or length > 2 or any(_weight(asked[i + k]) == 1 for k in range(length)):
                break
            out.pop(edge)
    return out


def _within(text: str, found: list[Word], ends: Range, more: Range) -> Range:
    """The stretch, widened by as many words as the quotation has beyond it, but not over the ends of its sentences."""
    bounds = sentences(text)
    first, last = ends
    low = max((a for a, _ in bounds if a <= found[first].start), default=0)
    high = min((b for _, b in bounds if b >= found[last].end), default=len(text))
    lead, tail = more
    while lead and first and found[first - 1].start >= low:
        first, lead = first - 1, lead - 1
    while tail and last + 1 < len(found) and found[last + 1].end <= high:
        last, tail = last + 1, tail - 1
    return found[first].start, found[last].end


class Piece(NamedTuple):
    """A stretch of source and quotation: one text where they agree, two where they do not."""

    source: str
    quoted: str

    @property
    def same(self) -> bool:
        """Whether both have it."""
        return self.source == self.quoted


def pieces(source: str, quoted: str) -> tuple[Piece, ...]:
    """A source and a quotation word by word; all sources joined are the source, all quoted texts the quotation."""
    out: list[Piece] = []
    i = j = 0
    for hunk in hunks(source, quoted):
        if hunk.left[0] > i:
            out.append(Piece(source[i : hunk.left[0]], quoted[j : hunk.right[0]]))
        out.append(Piece(source[slice(*hunk.left)], quoted[slice(*hunk.right)]))
        i, j = hunk.left[1], hunk.right[1]
    if i < len(source) or j < len(quoted):
        out.append(Piece(source[i:], quoted[j:]))
    return tuple(out)
