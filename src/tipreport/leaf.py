"""A report laid out as strips of text, with the places of its things in that text.

With its source, the text is the source and nothing of it is left out. Without it (saved JSON does not hold the text, and of a
narrowed report only some objects are left), the text is put together from the objects in the order of ``flow``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import Any, NamedTuple

from tipreport.flow import Body, body, flow
from tipreport.model import Masthead, Paragraph, Recommendation, Report, Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.flow import Piece, Unit
    from tipreport.model import Block
    from tipreport.things import Thing

Range = tuple[int, int]

LEAD = -1  # the depth of a line that holds nothing but the number of its unit
BLANK_LINE = re.compile(r"\n(?:[^\S\n]*\n)+")
_LABEL = re.compile(r"(?<!\S)\S+\s*\Z")
_LONGEST_LABEL = 12  # with the blanks behind it
_WHOLE = {"furniture", "footnote"}
_UNSAID = {"furniture", "masthead"}


class Line(NamedTuple):
    """A part of a strip.

    Args:
        start: where it begins.
        end: where it ends; the next one begins there.
        depth: 0, ``LEAD``, or that of the point that it is or goes on.
        inside: whether the source prints it on the line of what stands before it.
    """

    start: int
    end: int
    depth: int
    inside: bool


class Strip(NamedTuple):
    """A block, or the part of one that nothing interrupts.

    Args:
        kind: of its block; ``missing`` where the text of one is not at hand.
        thing: the section or unit that it is.
        first: whether its block begins here.
        lines: what it is made of, one behind the other.
    """

    kind: str
    thing: Section | Unit | None
    first: bool
    lines: tuple[Line, ...]


class Leaf(NamedTuple):
    """Text, its strips, and for each thing (by its number) the ranges where it stands."""

    text: str
    strips: list[Strip]
    places: list[list[Range]]


def printed(report: Report, text: str, found: list[Thing]) -> Leaf:
    """The source with its blocks; what no block holds gets strips of its own.

    Args:
        report: all of it.
        text: its source.
        found: its things.
    """
    points: dict[str, list[Thing]] = {}
    for thing in found:
        if thing.kind == "point" and thing.unit is not None:
            points.setdefault(thing.unit, []).append(thing)
    parts = sorted(
        ((span.start, span.end, number, number == 0, piece) for piece in flow(report) for number, span in enumerate(_spans(piece.block))),
        key=lambda part: part[:3],
    )
    strips: list[Strip] = []
    at = 0
    for start, end, _, first, piece in parts:
        strips += _rest(text, at, start)
        low = max(start, at)
        if low < end:
            held = points.get(piece.thing.id, []) if isinstance(piece.thing, Recommendation | Paragraph) else []
            strips.append(Strip(piece.kind, piece.thing, first, _lines(text, low, end, piece, held)))
        at = max(at, end)
    strips += _rest(text, at, len(text))
    places = [[(span.start, min(span.end, len(text))) for span in thing.spans if span.start < len(text)] for thing in found]
    return Leaf(text, strips, places)


def _spans(block: Block | None) -> Any:
    return block.spans if block is not None else ()


def _rest(text: str, start: int, end: int) -> list[Strip]:
    return [Strip("rest", None, True, (Line(start, end, 0, False),))] if text[start:end].strip() else []


def _lines(text: str, start: int, end: int, piece: Piece, points: list[Thing]) -> tuple[Line, ...]:
    """A strip in lines: blank lines part them, and points do, whether they begin a line of the source or stand in the middle of one."""
    if piece.kind in _WHOLE:
        return (Line(start, end, 0, False),)
    breaks = {start: False} | {gap.end(): False for gap in BLANK_LINE.finditer(text, start, end) if gap.end() < end}
    depths: list[tuple[int, int, int]] = []
    for point in points:
        if not point.spans or point.spans[-1].end <= start or point.spans[0].start >= end:
            continue
        at = point.spans[0].start
        label = _LABEL.search(text, max(start, at - _LONGEST_LABEL), at) if at > start else None
        if label is not None:
            at = label.start()
            breaks.setdefault(at, "\n" not in text[len(text[:at].rstrip()) : at])
        depths.append((at, point.spans[-1].end, (point.anchor or "").removeprefix(point.unit or "").count(".")))
    unit = piece.thing if isinstance(piece.thing, Recommendation | Paragraph) else None
    own = unit.spans[0].start if unit is not None and unit.spans else start
    out: list[Line] = []
    around: list[tuple[int, int, int]] = []  # the points that hold the line
    depths.sort(reverse=True)
    for low, high in pairwise([*sorted(breaks), end]):
        at = low + len(text[low:high]) - len(text[low:high].lstrip())
        while depths and depths[-1][0] <= at:
            around.append(depths.pop())
        around = [one for one in around if one[1] > at]
        depth = max((one[2] for one in around), default=0)
        out.append(Line(low, high, depth if high > own else LEAD, breaks[low]))
    return tuple(out)


def written(report: Report, found: list[Thing]) -> Leaf:
    """A text from the objects: headings, units with their points apart, footnotes; a block whose text is not at hand is named.

    Args:
        report: all of it, or what is left of it.
        found: its things.
    """
    writer = _Writer(report, found)
    for piece in flow(report):
        writer.add(piece)
    return Leaf("".join(writer.parts), writer.strips, writer.places)


class _Writer:
    def __init__(self, report: Report, found: list[Thing]) -> None:
        self.report, self.found = report, found
        self.parts: list[str] = []
        self.length = 0
        self.strips: list[Strip] = []
        self.places: list[list[Range]] = [[] for _ in found]
        self.sections: dict[tuple[object, object], list[int]] = {}  # by place and label: where spans are not at hand all have one place
        for key, thing in enumerate(found):
            if thing.kind == "section":
                self.sections.setdefault((thing.spans, thing.values[0]), []).append(key)
        self.notes = [key for key, thing in enumerate(found) if thing.kind == "footnote" and thing.spans]
        self.held = self._held()

    def _held(self) -> dict[str, list[int]]:
        """The things of each unit, in order."""
        units = sorted((unit.spans[0].start, unit.spans[-1].end, unit.id) for unit in _units(self.report) if unit.spans)
        out: dict[str, list[int]] = {}
        for key, thing in enumerate(self.found):
            unit = thing.unit
            if unit is None and thing.spans:
                at = bisect_right(units, (thing.spans[0].start, 1 << 62, "")) - 1
                unit = units[at][2] if at >= 0 and thing.spans[-1].end <= units[at][1] else None
            if unit is not None and thing.kind not in {"section", "masthead"}:
                out.setdefault(unit, []).append(key)
        return out

    def write(self, text: str) -> Range:
        """Put text at the end; where it stands."""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def add(self, piece: Piece) -> None:
        """A piece of the report."""
        if isinstance(piece.thing, Section):
            self.heading(piece.thing)
        elif isinstance(piece.thing, Recommendation | Paragraph):
            self.unit(piece.kind, piece.thing)
        elif piece.kind == "footnote" and self.footnotes(piece.block):
            return
        elif piece.kind == "masthead":
            self.masthead(self.report.masthead)
        elif piece.kind not in _UNSAID and piece.block is not None and piece.block.spans:
            spans = piece.block.spans
            start, end = self.write(f"{piece.kind}, lines {spans[0].line} to {spans[-1].end_line}: its text is not at hand")
            self.strips.append(Strip("missing", None, True, (Line(start, end, 0, False),)))

    def heading(self, section: Section) -> None:
        """A heading."""
        start, end = self.write(f"{section.number}. {section.title}" if section.number else section.title)
        if keys := self.sections.get((section.spans, section.label)):
            self.places[keys.pop(0)] = [(end - len(section.title), end)]
        self.strips.append(Strip("heading", section, True, (Line(start, end, 0, False),)))

    def masthead(self, head: Masthead) -> None:
        """What the head of the document says, a line each."""
        rows = [
            value for name in Masthead.__dataclass_fields__ if isinstance(value := getattr(head, name), str) and name not in {"status"}
        ]  # fmt: skip
        if rows:
            start, end = self.write("\n".join(rows))
            self.strips.append(Strip("masthead", None, True, (Line(start, end, 0, False),)))
            for key, thing in enumerate(self.found):
                if thing.kind == "masthead":
                    self.places[key] = [(start, end)]

    def footnotes(self, block: Block | None) -> bool:
        """The footnotes of a block; whether there are any."""
        spans = block.spans if block is not None else ()
        met = False
        for key in self.notes:
            thing = self.found[key]
            if any(span.start <= thing.spans[0].start < span.end for span in spans):
                start, end = self.write(f"{thing.values[0]} {thing.printed}")
                self.places[key] = [(end - len(thing.printed or ""), end)]
                self.strips.append(Strip("footnote", None, True, (Line(start, end, 0, False),)))
                met = True
        return met

    def unit(self, kind: str, unit: Unit) -> None:
        """A recommendation or paragraph, its points on lines of their own."""
        lines: list[Line] = []
        if unit.number:
            lead = f"Recommendation {unit.number}\n\n" if isinstance(unit, Recommendation) else f"{unit.number}. "
            start, end = self.write(lead)
            lines.append(Line(start, end, LEAD, False))
        breaks = sorted(_breaks(body(unit.text, unit.points), 0, 1))
        text = list(unit.text)
        for at, _ in breaks:
            if at and text[at - 1] == " ":
                text[at - 1] = "\n"
        base, end = self.write("".join(text))
        first = 0 if isinstance(unit, Recommendation) or not lines else lines.pop().start
        edges = [(first or base, 0), *((base + at, depth) for at, depth in breaks if at), (end, 0)]
        lines += [Line(low, high, depth, False) for (low, depth), (high, _) in pairwise(edges)]
        self.strips.append(Strip(kind, unit, True, tuple(lines)))
        self.place(unit, base)

    def place(self, unit: Unit, base: int) -> None:
        """Find the things of a unit in its text: by their offsets where it is printed on one line, else by their words."""
        spans = unit.spans
        direct = len(spans) == 1 and spans[0].end - spans[0].start == len(unit.text)
        seen: dict[str, int] = {}
        for key in self.held.get(unit.id, ()):
            thing = self.found[key]
            if thing.anchor == unit.id:
                self.places[key] = [(base, base + len(unit.text))]
            elif direct and thing.spans:
                self.places[key] = [(base + one.start - spans[0].start, base + one.end - spans[0].start) for one in thing.spans]
            elif thing.printed:
                found = re.compile(rf"(?<!\w){re.escape(thing.printed)}(?!\w)").search(unit.text, seen.get(thing.kind, 0))
                if found:
                    seen[thing.kind] = found.start() + 1
                    self.places[key] = [(base + found.start(), base + found.end())]


def _units(report: Report) -> tuple[Unit, ...]:
    return (*report.recommendations, *report.paragraphs)


def _breaks(one: Body, at: int, depth: int) -> list[tuple[int, int]]:
    """Where the labels of points stand in a text, with their depths."""
    out: list[tuple[int, int]] = []
    at += len(one.intro)
    for item in one.points:
        label = at + len(item.lead.rstrip()) - len(item.label)
        out.append((label, depth))
        at += len(item.lead)
        out += _breaks(item.body, at, depth + 1)
        at += len(item.point.text)
    return out
