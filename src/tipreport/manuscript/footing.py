"""Where the marks of footnotes stand in the texts of units.

The text of a unit leaves its footnote marks out, and so do its spans: a mark stands in a gap between two spans, or behind the
last one. Without the source only the paragraph that holds the mark is known; then the mark stands at the end of its text.
"""

from __future__ import annotations

from typing import NamedTuple

from tipreport.flow import Unit
from tipreport.model import Footnote, Report

_DRESS = "*_^[](){}"
_SMALL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Mark(NamedTuple):
    """A footnote mark in a text.

    Args:
        mark: as printed.
        number: the place of its footnote among those of the report, from 0.
        text: of the footnote.
    """

    mark: str
    number: int
    text: str


class Feet(NamedTuple):
    """Footnotes and their marks.

    Args:
        marks: id of a unit -> places in its text, with the marks.
        bound: the footnotes that have a mark, by their place in the report.
        loose: those that have none, such as notes to the masthead.
    """

    marks: dict[str, tuple[tuple[int, Mark], ...]]
    bound: set[int]
    loose: set[int]


class _Gap(NamedTuple):
    place: int  # in the source
    offset: int  # in the text of the unit
    mark: str


def footing(report: Report, text: str | None) -> Feet:
    """The marks of all footnotes of a report."""
    units: list[Unit] = [*report.recommendations, *report.paragraphs]
    holders: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.number is not None:
            holders.setdefault(unit.number, []).append(unit)
    ends = _ends(report) if text is not None else {}
    gaps: dict[str, list[_Gap]] = {}
    out: dict[str, list[tuple[int, Mark]]] = {}
    bound: set[int] = set()
    for at, note in enumerate(report.footnotes):
        where = holders.get(note.paragraph or "", [])
        if not where:
            continue
        for unit in where:
            if text is not None and unit.id not in gaps:
                gaps[unit.id] = _gaps(unit, text, ends.get(unit.id))
        unit, offset = _place(note, where, gaps)
        out.setdefault(unit.id, []).append((offset, Mark(note.mark, at, note.text)))
        bound.add(at)
    marks = {ident: tuple(sorted(held, key=lambda one: one[0])) for ident, held in out.items()}
    return Feet(marks, bound, set(range(len(report.footnotes))) - bound)


def _ends(report: Report) -> dict[str, int]:
    """Where the blocks of units end: a mark behind the last word lies there."""
    return {block.ref: block.spans[-1].end for block in report.blocks if block.ref and block.spans}


def _place(note: Footnote, where: list[Unit], gaps: dict[str, list[_Gap]]) -> tuple[Unit, int]:
    """The unit and the place in its text: the nearest mark before the footnote, else the first, else the end of a text."""
    start = note.spans[0].start if note.spans else 0
    found = [(gap, unit) for unit in where for gap in gaps.get(unit.id, ()) if gap.mark == note.mark]
    before = [pair for pair in found if pair[0].place < start]
    if found:
        gap, unit = max(before, key=lambda pair: pair[0].place) if before else min(found, key=lambda pair: pair[0].place)
        gaps[unit.id].remove(gap)
        return unit, gap.offset
    earlier = [unit for unit in where if unit.spans and note.spans and unit.spans[0].start < start]
    unit = earlier[-1] if earlier else where[0]
    return unit, len(unit.text)


def _gaps(unit: Unit, text: str, end: int | None) -> list[_Gap]:
    """What the spans of a unit leave out, with the places in its text."""
    offsets = [place for place, letter in enumerate(unit.text) if not letter.isspace()]
    out: list[_Gap] = []
    passed = 0
    ends = [*(span.start for span in unit.spans[1:]), max(end or 0, unit.spans[-1].end)] if unit.spans else []
    for span, after in zip(unit.spans, ends, strict=True):
        passed += sum(not letter.isspace() for letter in text[span.start : span.end])
        left_out = text[span.end : after].split()
        if left_out:
            offset = offsets[passed - 1] + 1 if 0 < passed <= len(offsets) else len(unit.text)
            out.append(_Gap(span.end, offset, left_out[0].strip(_DRESS).translate(_SMALL) or left_out[0]))
    return out
