"""What stands at the beginning of a line: the label of a paragraph, heading, recommendation or point."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tipreport.language import alternatives, chinese, numerals
from tipreport.patterns import roman


class Marker(NamedTuple):
    """A label at a line start. ``kind``: rec, sub, number, roman, letter, annex, part, decision, point,
    bullet, agenda, placeholder. ``rest`` is where in the line the text behind it begins.
    """

    kind: str
    label: str
    value: int
    rest: int


# What a sentence or title begins with: capitals, opening quotation marks, letters of scripts that have no capitals.
# Classes of single scripts are large and slow to compile; "a letter, not a small one" says the same.
_ARABIC = "\u0621-\u064a\u0671\u00ab"
_CAPITAL = r"(?=[^\W\d_]|[\u201c\u00ab])(?![a-z\u00df-\u00ff\u0430-\u045f])"
_ABROAD = "[^\\W\\d_A-Za-z]"
# "Recommendation 51", "Recommendation 3:", "Recommendation 4. Text", "Recommendation 5 (Resources)"
_REC = re.compile(
    r"Recommendation\s+(?:No\.\s*)?(\d{1,4}(?:\.\d{1,3})?(?:\s(?:bis|ter))?)\s*(?:[.:\u2013-]\s*|$|(?=\([A-Z][^()]{1,80}\)\s*(?:[.:]\s*|$)))"
)
# "121.1 Ratify", "115.2." and the number alone on its line
_SUB = re.compile(rf"(\d{{1,4}}\.\d{{1,3}})\.?(?:\s+(?:{_CAPITAL}|(?=[(\[]))|$)")
# "12. Text", "12.Text", "12 bis. Text"; Chinese "12\uff0e", "12\u3001"; Arabic "12- ", where no range of figures is meant
_NUMBER = re.compile(
    rf"(\d{{1,4}})(\s(?:bis|ter|quater))?(?:\.(?:\s+|$|{_CAPITAL})|[\uff0e\u3001\u3002]\s*|\s?[.\u2013\u2014\u0640-]\s*(?=[{_ARABIC}]))"
)
_ROMAN = re.compile(rf"([IVXLC]{{1,7}})[.\uff0e](?:\s+|$|(?=[A-Z][a-z]|{_ABROAD}))|([IVX]{{1,5}})\s+(?=[A-Z][A-Z ]{{4}})")
_LETTER = re.compile(rf"([A-Z])[.\uff0e](?:\s+|$|(?=[A-Z][a-z]|{_ABROAD}))|([A-H])\s+(?=[A-Z]{{4}})")
_ANNEX = re.compile(
    r"(Annex|ANNEX|Appendix|APPENDIX)(?:\s+([IVXLC]{1,6}|\d{1,2}|[A-Z]))?(?:\s*\.)?(?:\s*[:\u2013\u2014]\s*|\s+|$)(?=[A-Z\u201c\[(*]|$)"
)
_PART = re.compile(r"(?:Part|PART)\s+(One|Two|Three|Four|Five|ONE|TWO|THREE|I{1,3}|IV|V)\b\s*[.:\u2013\u2014]?\s*")
# "Chapter II", its title behind it or on the next line.
_CHAPTER = re.compile(r"(?:Chapter|CHAPTER)\s+([IVXLC]{1,6})\b\s*(?:[.:\u2013\u2014]\s*)?(?=[A-Z\u201c]|$)")
# "Decision 1/CP.3", "Draft resolution I", "RC Decision 2", "Decision BC-14/1: Title"; without a label only where it stands alone.
_DECISION = re.compile(
    r"(?:Draft (?:[Dd]ecision|[Rr]esolution)|(?:DRAFT |[A-Z]{2,4} )?(?:Decision|Resolution|DECISION|RESOLUTION))\s+(?:No\.\s*)?"
    r"(?P<label>\[?-?\d{0,4}\]?/[A-Z][A-Za-z]{1,5}\.\d{1,3}|[IVXL]{1,8}(?:/\d{1,3})?|\d{1,4}/\d{1,4}|\d{1,3}/L\.\d+|[A-Z]{2,6}[/-]\d{1,3}/\d{1,3}"
    r"|(?:[A-Z]{2,6}-)?\d{1,3})\s*\.?\s*[:\u2013\u2014]?\s*(?=[A-Z\u201c]|$)"
    r"|(?P<sole>(?:Draft|DRAFT) (?:decision|resolution|DECISION|RESOLUTION))$"
)
_POINT = re.compile(r"\((\w{1,5})\)(?:\s+|$|(?=[A-Z\u201c]))|([a-z]{1,4}|\d{1,2})\)(?:\s+|$)")
_BULLET = re.compile(r"[\u2022\u25cf\u25aa\uf02d\uf0b7\u2013\u2014](?:\s+|$)")
_AGENDA = re.compile(r"\((?:Agenda|agenda) (?:sub-)?items?\b[^()]*(?:\([a-z](?:[\u2010-\u2013-][a-z])?\)[^()]*)*\)\.?$")
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
        if found and _is_label(found[1]):
            return Marker("point", found[1], 0, found.end())
        return _other_script(text)
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
    if not first.isascii():
        marker = _other_script(text)
        if marker.kind:
            return marker
    if first == "-":
        found = _TURNED.match(text)
        return Marker("number", str(int(found[1])), int(found[1]), found.end()) if found else NOTHING
    found = _BULLET.match(text)
    return Marker("bullet", text[0], 0, found.end()) if found else NOTHING


def _digits(text: str) -> Marker:
    found = _SUB.match(text)
    if found and not re.match(r"\d+\.\d+\s+(?:a\.m|p\.m|of\b|to\b|and\b)", text):
        return Marker("sub", found[1], 0, found.end())
    found = _NUMBER.match(text)
    if found:
        figures = found[1] if found[1].isascii() else str(int(found[1]))
        return Marker("number", figures + (found[2] or "").replace("\xa0", " "), int(found[1]), found.end())
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
    if text.startswith(_OTHER_LATIN):
        marker = _named(text)
        if marker.kind:
            return marker
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


# "\u4e00. ", "\u4e8c\u3001", "\uff08\u4e00\uff09"; an Arabic number that a converter put behind its dash: "-12 "
_CHINESE = re.compile(rf"(?:({_ABROAD}{{1,3}})[.\uff0e\u3001]\s*|[(\uff08]({_ABROAD}{{1,3}})[)\uff09]\s*)(?=\S|$)")
_ORDINAL = re.compile(r"([\u0621-\u0652]{2,9}(?: [\u0621-\u0652]{3})?)\s?[.\u2013\u2014\u0640-]\s*(?=\S|$)")
_MARKS = re.compile("[\u064b-\u0652]")  # vowels, which Arabic prints or not
_TURNED = re.compile(rf"-\s?(\d{{1,4}})\s+(?=[{_ARABIC}])")
_CYRILLIC = re.compile(r"([\u0410-\u042f])\.(?:\s+|$)")
_OTHER_LATIN = ("Anne", "ANNE", "Anex", "ANEX", "App", "APP", "Ap\u00e9", "AP\u00c9", "Recom", "RECOM")


def _other_script(text: str) -> Marker:
    """The marker of a line that begins in another script than Latin."""
    found = _CHINESE.match(text)
    if found and (value := chinese(found[1] or found[2])):
        return Marker("roman" if found[1] else "letter", found[1] or found[2], value, found.end())
    found = _ORDINAL.match(text)
    if found:
        label = _MARKS.sub("", found[1])
        for kind in ("roman", "letter"):
            if value := numerals(kind).get(label, 0):
                return Marker(kind, label, value, found.end())
    found = _CYRILLIC.match(text)
    if found and (value := numerals("letter").get(found[1], 0)):
        return Marker("letter", found[1], value, found.end())
    return _named(text)


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Lines that name an annex or a recommendation in another language than English."""
    ordinals = "|".join(numerals("ordinal"))
    label = rf"[IVXLC]{{1,6}}|[A-Z]|\d{{1,2}}|{ordinals}"
    signs = "".join(numerals("digit"))
    annexes, recommendations = (_cased(kind) for kind in ("annex", "recommendation"))
    annex = re.compile(
        rf"(?:{annexes})(?:(?:\b\s+({label})|\s*([{signs}\u5341]{{1,3}}))(?!\w))?\s*(?:$|[.:\uff1a]\s*|\s[\u2013\u2014-]?\s*(?=[A-Z\u00c0-\u00de\u0401-\u042f\[(*\u00ab]))"
    )
    numbered = re.compile(rf"(?:{recommendations})\s*(?:n[o\u00b0\u00ba]\s*)?(\d{{1,4}})\s*(?:[.:\uff1a\u2013-]\s*|$)")
    return annex, numbered


def _cased(kind: str) -> str:
    """The forms of one kind as a line begins with them: with a capital, or in capitals."""
    forms = alternatives(kind).split("|")
    return "|".join(dict.fromkeys(cased for form in forms for cased in (form.capitalize(), form.upper())))


def _named(text: str) -> Marker:
    annex, numbered = _names()
    found = numbered.match(text)
    if found:
        return Marker("rec", str(int(found[1])), 0, found.end())
    found = annex.match(text)
    return Marker("annex", found[1] or found[2] or "", 0, found.end()) if found else NOTHING


def _is_label(label: str | None) -> bool:
    """Whether a word in brackets can label a point: a letter, two equal letters, a small roman, a number."""
    if not label:
        return False
    if label.isascii() and label.isalpha() and label.islower():
        return len(label) == 1 or (len(set(label)) == 1 and len(label) == 2) or bool(roman(label.upper()))
    return label.isascii() and label.isdigit() and len(label) <= 2
