"""The lists of a report of which only some objects are left: in words where reports have words for them, else as rows."""

from __future__ import annotations

import re

from tipreport.links import link
from tipreport.manuscript import wording
from tipreport.manuscript.parts import Cited, Listing
from tipreport.manuscript.wording import Told
from tipreport.model import Paragraph, Recommendation, Reference, Report
from tipreport.select import units

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def lists(report: Report, *, listed: frozenset[str] = frozenset(), whole: Report | None = None) -> Iterator[Listing]:
    """The lists of a report of which only some objects are left.

    Args:
        report: what is left of it.
        listed: points or voices, where they were chosen and not the units that hold them.
        whole: the report it was, which tells whether a paragraph prints its agenda items.
    """
    if "points" in listed:
        yield _rows("points", "Points", ("Point", "Text"), [row for unit in units(report) for row in _points(unit)])
    if "voices" in listed:
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
        carried = {one.number for one in (whole or report).paragraphs if one.agenda_items_inherited and not one.agenda_items}
        yield Listing(
            "statements", "Statements", tuple(wording.statement(one, inherited=one.paragraph in carried) for one in report.statements)
        )
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


def _points(unit: Recommendation | Paragraph) -> Iterator[tuple[str, str]]:
    """The points of a unit with their labels behind its number; the labels of those above stand in their ids."""
    kind = "recommendation" if isinstance(unit, Recommendation) else "para."
    for point in unit.points:
        labels = point.id.removeprefix(unit.id).strip(".").split(".")
        yield f"{kind} {unit.number or unit.id} {' '.join(f'({label})' for label in labels)}", point.text


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
