"""Words of a text, what they are compared as, and the places where two texts differ.

All ranges are half-open and count code points of the reading texts. Cost: the edit script of two texts of n and m
words takes n * m / 64 steps and as many bits (rapidfuzz); beyond ``LARGEST`` the middle counts as one difference.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from tipreport.config import Config
from tipreport.data import split, table
from tipreport.gazetteer import fold, organizations, states
from tipreport.text import LARGE_NUMBER_WORDS, NUMBER_WORDS

Range = tuple[int, int]

_WORDS = r"\d+(?:[.,]\d+)+|\w+(?:[-\u2010\u2011\u2019'/]\w+)*"
_WORD = re.compile(rf"{_WORDS}|[^\w\s]")
_KEY = re.compile(rf"{_WORDS}|%")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)+")
_THOUSAND = re.compile(r",(?=\d{3}(?!\d))")
_APART = re.compile(r"[\W_]+")
# -ise and -ize, and what is made of them: "organisation" is compared as "organization".
_IZE = re.compile(r"(?<=[a-z]{3})(i|y)s(?=(?:e|ed|es|er|ers|ing|ation|ations|ational|able)$)")
_LONGEST_NAME = 120
_NO_CONFIG = Config()
LARGEST = 400_000_000
_KEPT = 1 << 16  # words whose plain form is remembered
_REWRITTEN = 8  # words on both sides that were replaced around it
_SHORT = 2  # an equal stretch of so many common words between two differences is read as part of them


class Word(NamedTuple):
    """A word or sign at ``start:end``; ``key`` is what it is compared as (case folded)."""

    start: int
    end: int
    key: str


class Hunk(NamedTuple):
    """A place where two texts differ: ``left`` of the one became ``right`` of the other; either may be empty."""

    left: Range
    right: Range


def words(text: str) -> list[Word]:
    """The words and signs of a text."""
    return [Word(found.start(), found.end(), found.group().casefold()) for found in _WORD.finditer(text)]


def keys(text: str) -> list[str]:
    """What the words of a text are compared as, in order; signs left out but for "%"."""
    return _KEY.findall(text.casefold())


@cache
def _common() -> dict[str, int]:
    """The words of the table, each also in the form in which it is compared."""
    out: dict[str, int] = {}
    for row in table("common_words"):
        for form in (row["word"], stem(plain_word(row["word"]))):
            out[form] = max(out.get(form, 0), int(row["per_thousand"]))
    return out


def per_thousand(key: str) -> int:
    """How many of a thousand units of reports hold a word; 0 for a word that is not common."""
    return _common().get(key, 0)


@cache
def _spellings() -> dict[str, str]:
    out = {form.casefold(): row["standard"].casefold() for row in table("spellings") for form in split(row["variants"])}
    return {**{word: str(number) for word, number in {**NUMBER_WORDS, **LARGE_NUMBER_WORDS}.items()}, **out}


@lru_cache(_KEPT)
def plain_word(key: str) -> str:
    """A word without what house style changes: spelling, hyphens, apostrophes, numbers in words."""
    if key == "%":
        return key
    if _FIGURE.fullmatch(key):
        return _THOUSAND.sub("", key)
    whole = _spellings().get(key)
    if whole is not None:  # "seventy-one"
        return whole
    return "".join(_IZE.sub(r"\1z", _spellings().get(part, part)) for part in _APART.split(key))


@lru_cache(_KEPT)
def stem(word: str) -> str:
    """A word without the endings of plurals and verbs: "prosecutions" and "prosecution", "ensure" and "ensuring" are compared as one."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def plain(text: str) -> str:
    """A text without case, signs, blanks and ways of spelling: two texts that differ only editorially have one plain form."""
    return "".join(map(plain_word, keys(text))).replace("percent", "%")


def editorial(before: str, after: str) -> bool:
    """Whether two stretches of text differ by case, punctuation, spelling or house style only, or are names of one State or organization."""
    if plain(before) == plain(after):
        return True
    names = [_names(text.strip(" ,;.")) for text in (before, after)]
    return bool(names[0] & names[1])


def _names(text: str) -> set[str]:
    """The ids of the State or organization of which a text is a name, and nothing else."""
    if not 2 <= len(text) <= _LONGEST_NAME:
        return set()
    bare = fold(text.removeprefix("the ").removeprefix("The "))
    return {
        found.entry.id
        for known in (states, organizations)
        for found in known(_NO_CONFIG).find(bare)
        if found.start == 0 and found.end == len(bare)
    }


def hunks(left: str, right: str) -> tuple[Hunk, ...]:
    """Where two texts differ, word by word; replacing each left range by the right one turns ``left`` into ``right``.

    The same for (right, left) with sides exchanged.
    """
    if left == right:
        return ()
    if left > right:
        return tuple(Hunk(one.right, one.left) for one in hunks(right, left))
    one, other = words(left), words(right)
    runs = _smooth(_equal_runs([left[w.start : w.end] for w in one], [right[w.start : w.end] for w in other]), one, other)
    out = []
    at = (0, 0)
    for i, j, length in runs:
        for k in range(length):
            out += _gap(left, right, (at[0], one[i + k].start), (at[1], other[j + k].start))
            at = (one[i + k].end, other[j + k].end)
    return (*out, *_gap(left, right, (at[0], len(left)), (at[1], len(right))))


def _gap(left: str, right: str, one: Range, other: Range) -> list[Hunk]:
    """What stands between two equal words, as a difference without the blanks that both sides share."""
    a, b = left[slice(*one)], right[slice(*other)]
    if a == b:
        return []
    high = 0  # the blank stays before what was put in: "States[ of America] in"
    while high < min(len(a), len(b)) and a[-1 - high] == b[-1 - high] and a[-1 - high].isspace():
        high += 1
    low = 0
    while low < min(len(a), len(b)) - high and a[low] == b[low] and a[low].isspace():
        low += 1
    return [Hunk((one[0] + low, one[1] - high), (other[0] + low, other[1] - high))]


Run = tuple[int, int, int]  # place on the left, place on the right, length


def _equal_runs(left: list[str], right: list[str]) -> list[Run]:
    """The words that both texts have in one order, in runs."""
    first = 0
    while first < min(len(left), len(right)) and left[first] == right[first]:
        first += 1
    last = 0
    while last < min(len(left), len(right)) - first and left[-1 - last] == right[-1 - last]:
        last += 1
    middle = left[first : len(left) - last], right[first : len(right) - last]
    runs: list[Run] = [(0, 0, first)] if first else []
    if len(middle[0]) * len(middle[1]) <= LARGEST:
        for step in Indel.opcodes(*_numbered(*middle)):
            if step.tag == "equal":
                runs.append((first + step.src_start, first + step.dest_start, step.src_end - step.src_start))
    if last:
        runs.append((len(left) - last, len(right) - last, last))
    return runs


def _numbered(left: list[str], right: list[str]) -> tuple[list[int], list[int]]:
    numbers: dict[str, int] = {}
    one, other = ([numbers.setdefault(word, len(numbers)) for word in side] for side in (left, right))
    return one, other


def _smooth(runs: list[Run], left: list[Word], right: list[Word]) -> list[Run]:
    """Runs without single common words in the midst of a rewritten stretch, which read as litter."""
    out: list[Run] = []
    for place, run in enumerate(runs):
        i, j, length = run
        before = (out[-1][0] + out[-1][2], out[-1][1] + out[-1][2]) if out else (0, 0)
        after = runs[place + 1][:2] if place + 1 < len(runs) else (len(left), len(right))
        gaps = (i - before[0], j - before[1], after[0] - i - length, after[1] - j - length)
        around = min(gaps) > 0 and sum(gaps) >= _REWRITTEN
        common = all(per_thousand(word.key) > 100 or not word.key[0].isalnum() for word in left[i : i + length])
        if not (length <= _SHORT and around and common):
            out.append(run)
    return out
