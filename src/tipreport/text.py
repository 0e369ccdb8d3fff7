"""Sentences and lists in reading text, shared by the extractors."""

from __future__ import annotations

from functools import cache

import regex

from tipreport.number_words import ONES, TENS

# Words whose full stop ends no sentence.
_SHORT_WORDS = (
    "Mr|Ms|Mrs|Mx|Dr|Prof|St|No|Nos|para|paras|art|arts|chap|sect|vol|p|pp|ed|eds|cf|e\\.g|i\\.e|etc|Inc|Ltd|Co|Corp|"
    "Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|U\\.S|U\\.K|U\\.N|a\\.m|p\\.m|H\\.E|Esq|Jr|Sr|Add|Rev|Corr|WP|CRP|INF|[A-Z]"
)

NUMBER_WORDS = {word: value for value, word in enumerate([*ONES, TENS[0]])}
# Those above twenty, as they are hyphened.
LARGE_NUMBER_WORDS = {
    **{word: 10 * value for value, word in enumerate(TENS[1:], 3)},
    **{f"{ten}-{one}": 10 * value + NUMBER_WORDS[one] for value, ten in enumerate(TENS, 2) for one in ONES[1:10]},
    "hundred": 100,
}


@cache
def _breaks() -> regex.Pattern[str]:
    return regex.compile(rf"(?<=[.!?][\u201d\u2019\"')\]]?)(?<!\b(?:{_SHORT_WORDS})\.) +(?=[\p{{Lu}}\u201c\u2018\"(\[])")


def sentences(text: str) -> list[tuple[int, int]]:
    """The ranges of the sentences of a reading text; they cover it but for the blanks between them."""
    out = []
    start = 0
    for found in _breaks().finditer(text):
        out.append((start, found.start()))
        start = found.end()
    if start < len(text):
        out.append((start, len(text)))
    return out


def number(word: str) -> int | None:
    """The value of a number in digits or words up to twenty, None for anything else."""
    if word.isascii() and word.isdigit() and len(word) < 6:
        return int(word)
    return NUMBER_WORDS.get(word.lower())


def split_top(text: str, start: int, end: int, marks: str) -> list[tuple[int, int]]:
    """The parts of ``text[start:end]`` between ``marks`` that stand outside brackets and quotation marks."""
    out = []
    depth = 0
    at = start
    for i in range(start, end):
        c = text[i]
        if c in "([\u201c":
            depth += 1
        elif c in ")]\u201d":
            depth = max(0, depth - 1)
        elif depth == 0 and c in marks:
            out.append((at, i))
            at = i + 1
    out.append((at, end))
    return [trim(text, a, b) for a, b in out if text[a:b].strip()]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks at its ends."""
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end
