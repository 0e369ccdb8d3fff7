"""A heading stands behind one that should follow it, or its letter occurs twice: "B." behind "C.", two sections "II".

Compared among the headings below one heading, where both have a number of one kind. A number that is 1 begins a new part.
A line of its own that reads as a heading counts even where the parser, for its order, took it for a part of the text before it.
"""

from __future__ import annotations

import re

from tipreport.patterns import roman
from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "heading/order"
SEVERITY = "warning"
EXAMPLES = {
    "I. Training\n\n1. States parties should train judges.\n\nIII. Funds\n\n2. States parties should pay.\n\nII. Data\n\n"
    "3. States parties should count.\n": ["II. Data"],
    "II. Recommendations\n\nA. Training\n\n1. States parties should train judges.\n\nB. Funds\n\n2. States parties should pay.\n\n"
    "B. Data\n\n3. States parties should count.\n": ["B. Data"],
}
COUNTEREXAMPLES = [
    "II. Recommendations\n\nA. Training\n\n1. States parties should train judges.\n\nIII. Closing\n\nA. Funds\n\n2. States parties should pay.\n",
]

_LONE = re.compile(r"\n[^\S\n]*\n((?:[A-Z]|[IVXL]{2,6}))\. (?=[A-Z])[^\n.;:]{3,120}\n(?=[^\S\n]*\n)")


def find(ctx: Context) -> Iterator[Finding]:
    """The headings that do not stand in the order of their numbers."""
    before: dict[tuple[str, str], tuple[int, str]] = {}
    for section in ctx.report.sections:
        number = (section.number or "").rstrip(".")
        kind, value = _value(number, section.level)
        own = section.label.rpartition(".")[2].partition("~")[0]  # of an annex or a draft resolution it is more than the number
        if not value or not section.spans or section.continued or own != number:
            continue
        parent = section.label.rpartition(".")[0]
        last = before.get((parent, kind))
        if last is not None and value <= last[0] and value > 1:
            told = f"{number} occurs twice" if value == last[0] else f"{number} stands behind {last[1]}"
            yield Finding(
                f"section order: {told}", (ctx.line_range(section.spans[0].start),), "bring the sections into order", id=section.label
            )
        before[parent, kind] = (value, number)
    if ctx.printed:
        yield from _swallowed(ctx)


def _swallowed(ctx: Context) -> Iterator[Finding]:
    """Lines that read as headings within a recommendation or paragraph, and stand out of order."""
    sections = [section for section in ctx.report.sections if section.spans]
    last: dict[str, int] = {}
    at = 0
    for found in _LONE.finditer(ctx.source.text):
        unit = ctx.unit_at(found.start(1))
        if unit is None or unit.spans[0].start == found.start(1):
            continue
        kinds = {_value(found[1], level) for level in (1, 2)} - {("", 0)}
        while at < len(sections) and sections[at].spans[0].start < found.start():
            kind, value = _value((sections[at].number or "").rstrip("."), sections[at].level)
            last[kind] = value
            at += 1
        for kind, value in sorted(kinds):
            if 1 < value <= last.get(kind, 0):
                told = f"{found[1]} occurs twice" if value == last[kind] else f"{found[1]} stands behind a later one"
                yield Finding(f"section order: {told}", (ctx.line_range(found.start(1)),), "bring the sections into order", id=unit.id)
                break


def _value(number: str, level: int) -> tuple[str, int]:
    """The kind and value of a heading's number; the value is 0 where it is none that can be compared."""
    if level == 1 and roman(number):
        return "roman", roman(number)
    if len(number) == 1 and number.isascii() and number.isupper():
        return "letter", ord(number) - 64
    if number.isdecimal() and number.isascii():
        return "arabic", int(number)
    return "", 0
