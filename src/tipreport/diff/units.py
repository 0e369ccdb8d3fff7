"""The two sides of a comparison: their units of text, and the way from a unit's words to the source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

from tipreport.folding import folded
from tipreport.located import Located
from tipreport.model import Footnote, Paragraph, Point, Recommendation, Reference, Report, Section, Span, Spans
from tipreport.select import flat, units
from tipreport.spans import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Kinds whose units are aligned by their text, in the order in which changes are told.
KINDS = ("headings", "recommendations", "points", "paragraphs", "footnotes", "blocks")
# Blocks that no other kind covers.
_REST = ("table", "attendance", "contents", "unparsed")

_PROPOSERS = re.compile(r"(?:(?<!\s)\s+)?\([^()]*(?:\([^()]*\)[^()]*)*\)\s*(?:[;.,]\s*)?$")

Thing = Recommendation | Paragraph | Point | Section | Footnote | None


class Unit(NamedTuple):
    """A unit of text that can be paired.

    Args:
        kind: heading, recommendation, point, paragraph, footnote or block.
        id: as in the report; a heading has its path of labels, footnotes and blocks are numbered by mark and kind.
        number: as printed.
        section: the path of labels of the section that holds it.
        text: its reading text.
        spans: its place.
        thing: the object of the report; None for a block.
        place: its rank among the units of its kind.
        parent: the id of the unit that holds a point.
        label: what it is called for people: "rec. 12", "para. 4".
        home: the titles of the sections that hold it, from the outermost, whatever their numbers are.
    """

    kind: str
    id: str
    number: str | None
    section: str | None
    text: str
    spans: Spans
    thing: Thing
    place: int
    parent: str | None
    label: str
    home: str = ""

    @property
    def cite(self) -> str | None:
        """The pinpoint cite that the report gives it; None for what has none of its own."""
        return getattr(self.thing, "cite", None)

    @property
    def gist(self) -> str:
        """The text by which it is compared: without the States that made a recommendation, which is printed in brackets."""
        if isinstance(self.thing, Recommendation) and self.thing.proposed_by:
            return _PROPOSERS.sub("", self.text) or self.text
        return self.text


class Side:
    """One report of a comparison.

    Args:
        report: the report.
        text: the text that its offsets count in; None where it is not at hand (saved JSON). Without it, events in text that
            is printed over several lines have the spans of their whole unit.
    """

    def __init__(self, report: Report, text: str | None = None) -> None:
        self.report = report
        self.source = Source(text, name=report.source.name) if text is not None else None
        self._ways: dict[int, Located] = {}
        self._references: list[Reference] | None = None
        homes = _homes(report)
        self.units: dict[str, list[Unit]] = {
            kind: [unit._replace(home=homes.get(unit.section or "", "")) for unit in _numbered(_MAKERS[kind](self))] for kind in KINDS
        }
        self.by_id: dict[str, Unit] = {unit.id: unit for kind in ("points", "paragraphs", "recommendations") for unit in self.units[kind]}

    def spans(self, unit: Unit, start: int, end: int) -> Spans:
        """The place of ``unit.text[start:end]``; empty for an empty range."""
        if start >= end or not unit.spans:
            return ()
        if self.source is None:
            only = unit.spans[0]
            if len(unit.spans) == 1 and only.end - only.start == len(unit.text) and only.line == only.end_line:
                return (Span(start=only.start + start, end=only.start + end, line=only.line, end_line=only.line, page=only.page),)
            return unit.spans
        line, found = self.source.line, self._way(unit).ranges(start, end)
        return tuple(Span(start=a, end=b, line=line(a), end_line=line(b - 1), page=page) for a, b, page in found)

    def cite(self, unit: Unit) -> str | None:
        """The pinpoint cite of a unit; that of a point names its unit and its labels; None for what has none."""
        if unit.kind == "point" and unit.parent is not None:
            labels = " ".join(f"({label})" for label in unit.id[len(unit.parent) + 1 :].split("."))
            return f"{getattr(self.by_id[unit.parent].thing, 'cite', '')} {labels}"
        return unit.cite

    def references(self, unit: Unit) -> list[Reference]:
        """The references that stand in a unit."""
        if self._references is None:
            self._references = sorted((one for one in self.report.references if one.spans), key=lambda one: one.spans[0].start)
        out: list[Reference] = []
        for span in unit.spans:
            low = bisect_left(self._references, span.start, key=lambda one: one.spans[0].start)
            for one in self._references[low:]:
                if one.spans[0].start >= span.end:
                    break
                out.append(one)
        return out

    def range_of(self, unit: Unit, spans: Spans, printed: str) -> tuple[int, int] | None:
        """The range of a unit's text that a thing found in it takes; None where that cannot be told.

        Without the text at hand it is the first place that reads so, where the unit is printed over several lines.
        """
        if not unit.spans:  # a report that was read back from XML has no places
            start = unit.text.find(printed) if printed else -1
            return (start, start + len(printed)) if start >= 0 else None
        if not spans:
            return None
        at: int | None
        only = unit.spans[0]
        if self.source is not None:
            at = self._way(unit).place(spans[0].start)
        elif len(unit.spans) == 1 and only.end - only.start == len(unit.text):
            at = spans[0].start - only.start
        else:
            at = unit.text.find(printed)
        return (at, at + len(printed)) if at is not None and at >= 0 and unit.text.startswith(printed, at) else None

    def _way(self, unit: Unit) -> Located:
        way = self._ways.get(id(unit))
        if way is None:
            assert self.source is not None
            way = Located(unit.text, [(span.start, span.end, span.page) for span in unit.spans], self.source.text)
            self._ways[id(unit)] = way
        return way


def _homes(report: Report) -> dict[str, str]:
    """The path of titles of each section."""
    out: dict[str, str] = {}
    for section in report.sections:
        above = out.get(section.label.rpartition(".")[0], "")
        out.setdefault(section.label, f"{above} > {folded(section.title)}")
    return out


def _numbered(made: Iterable[Unit]) -> Iterable[Unit]:
    seen: Counter[str] = Counter()
    for place, unit in enumerate(made):
        seen[unit.id] += 1
        ident = unit.id if seen[unit.id] == 1 else f"{unit.id}~{seen[unit.id]}"
        yield unit._replace(place=place, id=ident)


def _label(ident: str, section: str | None) -> str:
    """What people call a unit: "rec. 2", "annex I, para. 3", "text in II.A" for one without a number."""
    scope, _, own = ident.rpartition(".") if ident.startswith("annex") else ("", "", ident)
    kind, _, number = own.partition("-")
    name = {"rec": f"rec. {number}", "para": f"para. {number}"}.get(kind) or (f"text in {section}" if section else "text")
    return f"{scope.replace('-', ' ')}, {name}" if scope else name


def _headings(side: Side) -> Iterable[Unit]:
    for one in side.report.sections:
        parent = one.label.rpartition(".")[0] or None
        yield Unit("heading", one.label, one.number, parent, one.title, one.spans, one, 0, None, f"heading {one.label}")


def _recommendations(side: Side) -> Iterable[Unit]:
    for one in side.report.recommendations:
        yield Unit("recommendation", one.id, one.number, one.section, one.text, one.spans, one, 0, None, _label(one.id, one.section))


def _paragraphs(side: Side) -> Iterable[Unit]:
    for one in side.report.paragraphs:
        yield Unit("paragraph", one.id, one.number, one.section, one.text, one.spans, one, 0, None, _label(one.id, one.section))


def _points(side: Side) -> Iterable[Unit]:
    for unit in units(side.report):
        name = _label(unit.id, unit.section)
        for point in flat(unit.points):
            told = "".join(f" ({label})" for label in point.id[len(unit.id) + 1 :].split("."))
            yield Unit("point", point.id, point.label, unit.section, point.text, point.spans, point, 0, unit.id, name + told)


def _footnotes(side: Side) -> Iterable[Unit]:
    for one in side.report.footnotes:
        yield Unit("footnote", f"note-{one.mark}", one.mark, one.paragraph, one.text, one.spans, one, 0, None, f"footnote {one.mark}")


def _blocks(side: Side) -> Iterable[Unit]:
    if side.source is None:
        return
    for one in side.report.blocks:
        if one.kind in _REST:
            text = " ".join(" ".join(side.source.text[span.start : span.end] for span in one.spans).split())
            yield Unit("block", one.kind, None, None, text, one.spans, None, 0, None, one.kind)


_MAKERS = {
    "headings": _headings, "recommendations": _recommendations, "points": _points, "paragraphs": _paragraphs,
    "footnotes": _footnotes, "blocks": _blocks,
}  # fmt: skip
