"""Choosing among the objects of a report: by kind and by id."""

from __future__ import annotations

from typing import Any, NamedTuple

from tipreport.model import Paragraph, Point, Recommendation, Report

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
