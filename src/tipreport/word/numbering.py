"""Numbers that Word counts itself, wherever it would count what is printed.

One multilevel list holds ``1.``, ``(a)``, ``(i)`` and ``a.`` (Editorial Manual: paragraphs and subparagraphs). As long as the
printed numbers go up by one, units share an instance of it; a jump gives an instance that starts at the printed number. A
number that no such list counts (``12 bis``, ``25.1``, ``xx.``) is text. ECMA-376 Part 1, 17.9.
"""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tipreport.word.styles import IN, STEP

_FORMS = (
    ("decimal", "%1.", re.compile(r"([1-9]\d{0,8})\.")),
    ("lowerLetter", "(%2)", re.compile(r"\(([a-z]{1,2})\)")),
    ("lowerRoman", "(%3)", re.compile(r"\(([ivx]+)\)")),
    ("lowerLetter", "%4.", re.compile(r"([a-z]{1,2})\.")),
)
_INDENTS = (
    f'<w:tabs><w:tab w:val="num" w:pos="{IN + STEP}"/></w:tabs><w:ind w:left="{IN}" w:firstLine="0"/>',
    f'<w:tabs><w:tab w:val="num" w:pos="{IN + 2 * STEP}"/></w:tabs><w:ind w:left="{IN}" w:firstLine="{STEP}"/>',
    f'<w:ind w:left="{IN + 3 * STEP}" w:hanging="{STEP}"/>',
    f'<w:ind w:left="{IN + 4 * STEP}" w:hanging="{STEP}"/>',
)
_ROMAN = {"i": 1, "v": 5, "x": 10}  # no list of points has forty; (c) is a letter


def value(level: int, label: str) -> int | None:
    """The number that a printed label stands for at a level; None where the list has no such label."""
    if not 0 <= level < len(_FORMS):
        return None
    form, _, pattern = _FORMS[level]
    found = pattern.fullmatch(label)
    if not found:
        return None
    if form == "decimal":
        return int(found[1])
    if form == "lowerLetter":
        letters = found[1]
        return (len(letters) - 1) * 26 + ord(letters[0]) - 96 if len(set(letters)) == 1 else None
    number = _roman(found[1])
    return number if number < 40 and _as_roman(number) == found[1] else None


def _roman(text: str) -> int:
    digits = [_ROMAN[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))


def _as_roman(number: int) -> str:
    out = ""
    for size, sign in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        out += sign * (number // size)
        number %= size
    return out


class Numbers:
    """The instances of the list in one document, and what each would count next."""

    def __init__(self) -> None:
        self._instances: list[tuple[int, int]] = []  # level and first number of each
        self._counted: list[list[int]] = []
        self._units: int | None = None  # the instance that counts units
        self._last: int | None = None  # the one used last

    def restart(self) -> None:
        """Begin to count anew, for the next report."""
        self._units = self._last = None

    def literal(self) -> None:
        """A unit whose number is text has passed: its points begin anew."""
        self._last = None

    def instance(self, level: int, label: str) -> int | None:
        """The instance by which Word gives a paragraph this label; None where the label must be text."""
        wanted = value(level, label)
        if wanted is None:
            return None
        at = self._units if level == 0 else self._last
        if at is None or self._counted[at][level] + 1 != wanted:
            at = len(self._instances)
            self._instances.append((level, wanted))
            self._counted.append([0] * len(_FORMS))
        counted = self._counted[at]
        counted[level] = wanted
        counted[level + 1 :] = [0] * (len(_FORMS) - level - 1)
        self._last = at
        if level == 0:
            self._units = at
        return at + 1

    def element(self) -> Any:
        """The definitions, as an element that takes the place of the usual ones."""
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f"<w:pPr>{indent}</w:pPr></w:lvl>"
            for level, ((form, text, _), indent) in enumerate(zip(_FORMS, _INDENTS, strict=True))
        )
        instances = "".join(
            f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
            for at, (level, first) in enumerate(self._instances)
        )
        return parse_xml(
            f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>{instances}</w:numbering>'
        )
