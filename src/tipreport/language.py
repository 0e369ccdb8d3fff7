"""The language of a document, and what the six official languages print for the same thing: months, items, annexes, numerals.

A language is told by its script and its function words, which a table has: enough for a document of some sentences, and
without a library (models of languages weigh megabytes and guess at every list of names). What is not told is None.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from tipreport.data import split, table

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000  # code points from the beginning, and as many from the middle
_FEW = 12  # of the words at least one in so many is a function word, in a text of sentences
_LEAST = 4  # function words, less tell nothing
_LEAD = 1.15  # by how much the first language must lead the second
_SCRIPTS = (
    ("arabic", re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("kana", re.compile("[\u3040-\u30ff]")),
    ("han", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
)
_OF_SCRIPT = {"arabic": ("ar",), "cyrillic": ("ru",), "latin": ("de", "en", "es", "fr", "it", "pt")}
_ALPHABETIC = 2.5  # letters of an alphabet that say as much as one sign of Chinese


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text: of the six official ones, German, Italian or Portuguese; None where it is not told."""
    sample = _sample(text)
    script = _script(sample)
    if script == "han":
        return "zh"
    counts = _counts(sample, _OF_SCRIPT.get(script, ()))
    if not counts:
        return None
    (first, count), *others = counts.most_common(2)
    if count < _LEAST or count * _FEW < len(_WORD.findall(sample)) or (others and count < others[0][1] * _LEAD):
        return None
    return first


def is_english(text: str) -> bool:
    """Whether a text may be read as English: no other script, no other language whose function words outnumber those of English."""
    sample = _sample(text)
    words = _WORD.findall(sample)
    if sum(word.isascii() for word in words) * 2 < len(words):
        return False
    counts = _counts(sample, _OF_SCRIPT["latin"])
    most = max(counts.values(), default=0)
    return counts["en"] >= most or most < _LEAST or most * _FEW < len(words)  # a list of names has few words of any language


def name(code: str | None) -> str | None:
    """The English name of a language."""
    return next((row["name"] for row in table("languages") if row["alpha2"] == code), None) if code else None


def _sample(text: str) -> str:
    return text[:_SAMPLE] + text[max(_SAMPLE, len(text) // 2) :][:_SAMPLE]


def _script(sample: str) -> str:
    """The script of most letters."""
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    letters = sum(map(str.isalpha, sample))
    others = counts["arabic"] + counts["cyrillic"]
    if counts["kana"] * 10 > counts["han"] > 0:
        return "kana"
    if counts["han"] * _ALPHABETIC > letters - counts["han"]:
        return "han"
    if others * 2 > letters:
        return "arabic" if counts["arabic"] > counts["cyrillic"] else "cyrillic"
    return "latin"


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {row["language"]: frozenset(split(row["patterns"])) for row in table("forms") if row["kind"] == "function"}


def _counts(sample: str, languages: tuple[str, ...]) -> Counter[str]:
    """How many function words of each language a text has."""
    words = Counter(_WORD.findall(sample.lower()))
    known = _function_words()
    return Counter({code: sum(words[word] for word in known[code]) for code in languages})


# ------------------------------------------------------------------ printed forms
def alternatives(kind: str) -> str:
    """The forms of one kind in all languages, as alternatives of a pattern; apostrophes and case are to be folded."""
    return "|".join(form for row in _rows(kind) for form in split(row["patterns"]))


@cache
def _rows(kind: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in table("forms") if row["kind"] == kind)


@cache
def values(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The forms of one kind with what each means."""
    return tuple((re.compile("|".join(split(row["patterns"])), re.IGNORECASE), row["value"]) for row in _rows(kind))


def value(kind: str, printed: str) -> str | None:
    """What a printed form means; None where the table does not know it."""
    return next((meaning for pattern, meaning in values(kind) if pattern.fullmatch(printed)), None)


@cache
def numerals(kind: str) -> dict[str, int]:
    """The numerals of one kind (``roman``, ``letter``, ``ordinal``, ``digit``) with their values."""
    return {form: int(row["value"]) for row in _rows(kind) for form in split(row["patterns"])}


def chinese(numeral: str) -> int:
    """The value of a Chinese numeral below one hundred, 0 where it is none."""
    digits = numerals("digit")
    tens, ten, ones = numeral.partition("\u5341")
    if any(part not in digits for part in (tens, ones) if part):
        return 0
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones if ten else tens, 0)
