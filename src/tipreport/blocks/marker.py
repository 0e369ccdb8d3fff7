"""What stands at the beginning of a line: the label of a paragraph, heading, recommendation or point."""

from __future__ import annotations

import re
from typing import NamedTuple

from tipreport.patterns import roman


class Marker(NamedTuple):
    """A label at a line start. ``kind``: rec, sub, number, roman, letter, annex, part, decision, point,
    bullet, agenda, placeholder. ``rest`` is where in the line the text behind it begins.
    """

    kind: str
    label: str
    value: int
    rest: int


# "Recommendation 51", "Recommendation 3:", "Recommendation 4. Text", "Recommendation 5 (Resources)"
_REC = re.compile(
    r"Recommendation\s+(?:No\.\s*)?(\d{1,4}(?:\.\d{1,3})?(?:\s(?:bis|ter))?)\s*(?:[.:\u2013-]\s*|$|(?=\([A-Z][^()]{1,80}\)\s*(?:[.:]\s*|$)))"
)
# "121.1 Ratify", "115.2." and the number alone on its line
_SUB = re.compile(r"(\d{1,4}\.\d{1,3})\.?(?:\s+(?=[A-Z\u201c(\[])|$)")
# "12. Text", "12.Text", "12 bis. Text"
_NUMBER = re.compile(r"(\d{1,4})(\s(?:bis|ter|quater))?\.(?:\s+|$|(?=[A-Z\u201c]))")
_ROMAN = re.compile(r"([IVXLC]{1,7})\.(?:\s+|$|(?=[A-Z][a-z]))|([IVX]{1,5})\s+(?=[A-Z][A-Z ]{4})")
_LETTER = re.compile(r"([A-Z])\.(?:\s+|$|(?=[A-Z][a-z]))|([A-H])\s+(?=[A-Z]{4})")
_ANNEX = re.compile(
    r"(Annex|ANNEX|Appendix|APPENDIX)(?:\s+([IVXLC]{1,6}|\d{1,2}|[A-Z]))?\s*\.?(?:\s*[:\u2013\u2014]\s*|\s+|$)(?=[A-Z\u201c\[(*]|$)"
)
_PART = re.compile(r"(?:Part|PART)\s+(One|Two|Three|Four|Five|ONE|TWO|THREE|I{1,3}|IV|V)\b\s*[.:\u2013\u2014]?\s*")
# "Chapter II", its title behind it or on the next line.
_CHAPTER = re.compile(r"(?:Chapter|CHAPTER)\s+([IVXLC]{1,6})\b\s*(?:[.:\u2013\u2014]\s*)?(?=[A-Z\u201c]|$)")
# "Decision 1/CP.3", "Draft resolution I", "RC Decision 2", "Decision BC-14/1: Title"; without a label only where it stands alone.
_DECISION = re.compile(
    r"(?:Draft (?:[Dd]ecision|[Rr]esolution)|(?:DRAFT |[A-Z]{2,4} )?(?:Decision|Resolution|DECISION|RESOLUTION))\s+(?:No\.\s*)?"
    r"(?P<label>\[?-?\d{0,4}\]?/[A-Z][A-Za-z]{1,5}\.\d{1,3}|[IVXL]{1,6}(?:/\d{1,3})?|\d{1,4}/\d{1,4}|\d{1,3}/L\.\d+|[A-Z]{2,6}[/-]\d{1,3}/\d{1,3}"
    r"|(?:[A-Z]{2,6}-)?\d{1,3})\s*\.?\s*[:\u2013\u2014]?\s*(?=[A-Z\u201c]|$)"
    r"|(?P<sole>(?:Draft|DRAFT) (?:decision|resolution|DECISION|RESOLUTION))$"
)
_POINT = re.compile(r"\((\w{1,5})\)(?:\s+|$|(?=[A-Z\u201c]))|([a-z]{1,4}|\d{1,2})\)(?:\s+|$)")
_BULLET = re.compile(r"[\u2022\u25cf\u25aa\uf02d\uf0b7\u2013\u2014](?:\s+|$)")
_AGENDA = re.compile(r"\((?:Agenda|agenda) (?:sub-)?items?\b[^()]*(?:\([a-z]\)[^()]*)*\)\.?$")
_PLACEHOLDER = re.compile(r"\[?([xX]{2,3})\.\s+")

NOTHING = Marker("", "", 0, 0)


def read(text: str) -> Marker:
    """The marker at the beginning of a line, ``NOTHING`` where there is none."""
    first = text[0]
    if first.isdigit():
        return _digits(text)
    if first == "(":
        if _AGENDA.match(text):
            return Marker("agenda", text, 0, 0)
        found = _POINT.match(text)
        return Marker("point", found[1], 0, found.end()) if found and _is_label(found[1]) else NOTHING
    if first.isascii() and first.isupper():
        return _capitals(text)
    if first == "[" or first in "xX":
        found = _PLACEHOLDER.match(text)
        if found:
            return Marker("placeholder", found[1], 0, found.end())
    if first.isascii() and first.islower():
        found = _POINT.match(text)
        if found and _is_label(found[2]):
            return Marker("point", found[2], 0, found.end())
        return NOTHING
    found = _BULLET.match(text)
    return Marker("bullet", text[0], 0, found.end()) if found else NOTHING


def _digits(text: str) -> Marker:
    found = _SUB.match(text)
    if found and not re.match(r"\d+\.\d+\s+(?:a\.m|p\.m|of\b|to\b|and\b)", text):
        return Marker("sub", found[1], 0, found.end())
    found = _NUMBER.match(text)
    if found:
        return Marker("number", found[1] + (found[2] or "").replace("\xa0", " "), int(found[1]), found.end())
    found = _POINT.match(text)
    if found and found[2]:
        return Marker("point", found[2], 0, found.end())
    return NOTHING


def _capitals(text: str) -> Marker:
    if text.startswith("Recommendation"):
        found = _REC.match(text)
        if found:
            return Marker("rec", found[1], 0, found.end())
    found = _DECISION.match(text)
    if found:
        return Marker("decision", found["label"] or found["sole"], 0, found.end())
    found = _CHAPTER.match(text)
    if found and roman(found[1]):
        return Marker("roman", found[1], roman(found[1]), found.end())
    found = _ANNEX.match(text)
    if found:
        return Marker("annex", found[2] or "", 0, found.end())
    found = _PART.match(text)
    if found:
        return Marker("part", found[1], 0, found.end())
    found = _ROMAN.match(text)
    if found:
        numeral = found[1] or found[2]
        value = roman(numeral)
        if value:
            return Marker("roman", numeral, value, found.end())
    found = _LETTER.match(text)
    if found:
        letter = found[1] or found[2]
        return Marker("letter", letter, ord(letter) - 64, found.end())
    return NOTHING


def _is_label(label: str | None) -> bool:
    """Whether a word in brackets can label a point: a letter, two equal letters, a small roman, a number."""
    if not label:
        return False
    if label.isascii() and label.isalpha() and label.islower():
        return len(label) == 1 or (len(set(label)) == 1 and len(label) == 2) or bool(roman(label.upper()))
    return label.isascii() and label.isdigit() and len(label) <= 2
