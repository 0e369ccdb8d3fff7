"""Choosing among the objects of a report: by kind and by id."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from tipreport.model import Block, Paragraph, Point, Recommendation, Report, Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

Unit = Recommendation | Paragraph


class Selection(NamedTuple):
    """What to show: kinds (empty: the whole report) and ids (empty: all)."""

    kinds: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether the whole report is wanted."""
        return not self.kinds and not self.ids


def units(report: Report) -> tuple[Unit, ...]:
    """Recommendations and paragraphs."""
    return (*report.recommendations, *report.paragraphs)


def flat(points: tuple[Point, ...]) -> list[Point]:
    """Points of every degree, in order."""
    out: list[Point] = []
    for point in points:
        out += [point, *flat(point.points)]
    return out


def of(report: Report, kind: str) -> list[Any]:
    """The objects of one kind. Points, voices and mentions come with the id of what holds them, as pairs."""
    if kind == "masthead":
        return [report.masthead]
    if kind == "points":
        return [(unit.id, point) for unit in units(report) for point in flat(unit.points)]
    if kind == "voices":
        return [(unit.id, voice) for unit in report.paragraphs for voice in unit.voices]
    if kind == "mentions":
        return [(unit.id, mention) for unit in units(report) for mention in unit.mentions]
    return list(getattr(report, kind))


def by_id(report: Report, ident: str) -> list[Unit | Point]:
    """The recommendation, paragraph or point with that id; ``rec-51`` also finds ``rec-51~2``."""
    out: list[Unit | Point] = []
    for unit in units(report):
        if unit.id == ident or unit.id.startswith(f"{ident}~"):
            out.append(unit)
        elif ident.startswith(unit.id):
            out += [point for point in flat(unit.points) if point.id == ident]
    return out


_LISTS = ("agenda", "panellists", "statements", "attendance", "references", "footnotes", "decisions")


def narrowed(report: Report, places: Mapping[str, set[int]]) -> Report:
    """A report with some of its objects only, under the headings above them; masthead and source stay as they are.

    Args:
        report: the whole report.
        places: kind -> places, counted from 0 in the order in which ``of`` lists them. A point brings the unit that holds it,
            with the points that were chosen alone, a voice its paragraph with that voice alone.
    """
    points: dict[str, list[Any]] = {}
    voices: dict[str, list[Any]] = {}
    for kind, found in (("points", points), ("voices", voices)):
        objects = of(report, kind) if places.get(kind) else []
        for place in sorted(places.get(kind, ())):
            unit, one = objects[place]
            found.setdefault(unit, []).append(one)
    recommendations = tuple(
        unit if place in places.get("recommendations", ()) else replace(unit, points=tuple(points[unit.id]))
        for place, unit in enumerate(report.recommendations)
        if place in places.get("recommendations", ()) or unit.id in points
    )
    paragraphs = tuple(
        unit
        if place in places.get("paragraphs", ())
        else replace(unit, points=tuple(points.get(unit.id, ())), voices=tuple(voices.get(unit.id, ())))
        for place, unit in enumerate(report.paragraphs)
        if place in places.get("paragraphs", ()) or unit.id in points or unit.id in voices
    )
    held: list[Unit] = [*recommendations, *paragraphs]
    kept = {unit.id for unit in held}
    labels = {unit.section for unit in held if unit.section}
    chosen = places.get("sections", set())
    sections: list[Section] = []
    blocks: list[Block] = []
    headings = iter(enumerate(report.sections))
    for block in report.blocks:
        if block.kind != "heading":
            blocks += [block] if block.ref in kept else []
            continue
        place, section = next(headings, (-1, None))
        if section and (place in chosen or any(label == section.label or label.startswith(f"{section.label}.") for label in labels)):
            sections.append(section)
            blocks.append(block)
    lists: dict[str, Any] = {
        kind: tuple(one for place, one in enumerate(getattr(report, kind)) if place in places.get(kind, ())) for kind in _LISTS
    }
    return replace(
        report,
        recommendations=recommendations,
        paragraphs=paragraphs,
        sections=tuple(sections),
        blocks=tuple(blocks),
        diagnostics=(),
        **lists,
    )
