"""The lists of a report of which only some objects are left: in words where reports have words for them, else as rows."""

from __future__ import annotations

import re

from tipreport.links import link
from tipreport.manuscript import wording
from tipreport.manuscript.parts import Cited, Listing
from tipreport.manuscript.wording import Told
from tipreport.model import Reference, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def lists(report: Report, *, voices: bool = False) -> Iterator[Listing]:
    """The lists of a report of which only some objects are left.

    Args:
        report: what is left of it.
        voices: whether who is reported to have spoken was chosen, not the paragraphs that say so.
    """
    if voices:
        said = [(paragraph.number or "", wording.voice(voice)) for paragraph in report.paragraphs for voice in paragraph.voices]
        yield _rows("voices", "Voices", ("Paragraph", "Voice"), said)
    if report.agenda:
        yield _rows(
            "agenda",
            "Agenda items",
            ("Item", "Title", "Paragraphs"),
            [(one.number, one.title, ", ".join(one.paragraphs)) for one in report.agenda],
        )
    if report.panellists:
        told = tuple(Told(f"{wording.introduced(one)}.", _where(one.agenda_items, one.paragraphs)) for one in report.panellists)
        yield Listing("panellists", "Panellists", told, wording.PANELLISTS, tuple(wording.panellist(one) for one in report.panellists))
    if report.statements:
        yield Listing("statements", "Statements", tuple(wording.statement(one) for one in report.statements))
    if report.attendance:
        yield Listing("attendance", "Attendance", tuple(wording.attendance(one) for one in report.attendance))
    if report.decisions:
        yield _rows(
            "decisions",
            "Decisions and resolutions",
            ("Number", "Title", "Text"),
            [(one.number, one.title, one.text) for one in report.decisions],
        )
    if report.references:
        yield _rows(
            "references",
            "References",
            ("Kind", "Reference"),
            [(one.kind.replace("_", " "), _reference(one)) for one in report.references],
        )
    if report.footnotes:
        yield _rows(
            "footnotes", "Footnotes", ("Mark", "Text", "Paragraph"), [(one.mark, one.text, one.paragraph or "") for one in report.footnotes]
        )


def _reference(one: Reference) -> str | Cited:
    told = wording.reference(one)
    return Cited(told, link(one.target) or "") if one.kind == "symbol" else told


def _where(items: Sequence[str], paragraphs: Sequence[str]) -> tuple[str, ...]:
    out = []
    if items:
        out.append(f"A{wording.items(items)[1:]}.")
    if paragraphs:
        out.append(f"Paragraph{'s' * (len(paragraphs) != 1)} {wording.series(sorted(paragraphs, key=_counted))}.")
    return tuple(out)


def _counted(number: str) -> tuple[int, str]:
    found = re.match(r"\d+", number)
    return (int(found[0]) if found else 0, number)


def _rows(kind: str, name: str, columns: tuple[str, ...], rows: Sequence[tuple[str | Cited, ...]]) -> Listing:
    return Listing(kind, name, (), columns, tuple(rows))
