"""A report as what is written for people: head, headings, units with their printed labels, and all that is no unit as text.

The forms for people (Markdown, text, Word) write the same sequence of pieces, each in its own way. Where the source is at
hand, labels stand as it prints them, footnotes at their marks, and what no object holds (tables, contents, attendance in
columns, preambles of decisions) as text; furniture (running heads, page numbers, job numbers at page feet) is left out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tipreport.flow import Body, Piece, Unit, body, flow
from tipreport.links import link
from tipreport.manuscript import wording
from tipreport.manuscript.footing import Mark, footing
from tipreport.manuscript.front import Head, Title, head, title
from tipreport.manuscript.lists import lists
from tipreport.manuscript.parts import LEADER, Cited, Entry, Grid, Line, Listing, Notes, Prose, Run
from tipreport.manuscript.wording import Told
from tipreport.model import Recommendation, Report, Section
from tipreport.select import units

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["LEADER", "Cited", "Entry", "Grid", "Head", "Line", "Listing", "Mark", "Notes", "Prose", "Run", "Title", "Told", "manuscript"]


_BLANKS = re.compile(r"\s+")
_COLUMNS = re.compile(r"\S(?: {3,}|\t+)\S")
_EMPHASIS = " *_#\u200b"
_NAMED = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?) (?:[Nn]o\. ?)?(\S+(?: (?:bis|ter|quater))?)[.:]?")
_ENUMERATED = re.compile(r"\s*(\d{1,2}\.|\([a-z]{1,2}\))(?:\s+(\S.*))?$")
_LEADERS = re.compile(r"(?:(?<![ \t])[ \t]+)?(?:\.[ \t]?){4,}")
_PAGE = re.compile(r"(?<!\t)\t+(\d{1,4})$")
_KEPT = ("table", "contents", "attendance", "unparsed", "footnote")
_MARGIN = 24  # a printed label is not longer than its number by more


Part = Head | Title | Entry | Prose | Grid | Notes | Listing


def manuscript(
    report: Report, text: str | None, *, narrowed: bool, kinds: Sequence[str] = (), whole: Report | None = None
) -> Iterator[Part]:
    """The pieces of a report in their order.

    Args:
        report: the report, or what is chosen of it.
        text: its source as received; None where it is not at hand.
        narrowed: whether only some objects are left: then they are listed behind the units.
        kinds: what was chosen; points and voices that were chosen without units are listed, and their units are not printed.
        whole: of a narrowed report, the report it was.
    """
    listed = frozenset(kinds) & {"points", "voices"} if not {"recommendations", "paragraphs"} & set(kinds) else frozenset()
    pieces = list(flow(report, text))
    yield head(report, [piece.text for piece in pieces if piece.kind == "masthead" and piece.text], brief=narrowed)
    feet = footing(report, text)
    # Notes to the masthead have asterisks; what is left without a mark stands with the footnotes.
    stars = {at for at in feet.loose if not report.footnotes[at].mark.strip("*")}
    if stars and not narrowed:
        yield Notes(tuple((note.mark, note.text) for at, note in enumerate(report.footnotes) if at in stars), "head")
    printing = _Printing(text, feet.marks, one_series=not narrowed and _one_series(report), symbols=_symbols(report))
    absent: set[str] = set()
    for piece in pieces:
        if piece.kind in {"masthead", "furniture"} or (listed and piece.kind in {"paragraph", "recommendation"}):
            continue
        if isinstance(piece.thing, Section):
            yield title(piece.thing, piece.text)
        elif piece.thing is not None:
            yield from _unit(piece.thing, piece, printing)
        elif piece.text is not None:
            if piece.kind != "footnote" or not report.footnotes:
                yield from _text(piece)
        elif piece.kind not in absent:
            absent.add(piece.kind)
            yield from _instead(report, piece.kind)
    if narrowed:
        yield from lists(report, listed=listed, whole=whole)
        return
    bound = tuple((at, report.footnotes[at]) for at in sorted(feet.bound))
    if bound:
        yield Notes(tuple((note.mark, note.text) for _, note in bound), "foot", tuple(at for at, _ in bound))
    left = sorted(feet.loose - stars)
    if left:
        yield Notes(tuple((report.footnotes[at].mark, report.footnotes[at].text) for at in left), "loose")


class _Printing(NamedTuple):
    """What is the same for all units of a report."""

    text: str | None
    marks: Mapping[str, Sequence[tuple[int, Mark]]]
    one_series: bool
    symbols: re.Pattern[str] | None


def _symbols(report: Report) -> re.Pattern[str] | None:
    """The symbols of documents that the report refers to."""
    found = {one.as_printed for one in report.references if one.kind == "symbol" and "/" in one.as_printed}
    return (
        re.compile(rf"(?<![\w/])(?:{'|'.join(re.escape(one) for one in sorted(found, key=len, reverse=True))})(?![\w/])") if found else None
    )


def _one_series(report: Report) -> bool:
    """Whether recommendations and paragraphs are numbered in one series without a gap: then they are printed alike."""
    numbers = [unit.number for unit in units(report) if unit.number and unit.number.isdigit()]
    counted = {int(number) for number in numbers}
    return bool(counted) and len(counted) == len(numbers) == max(counted) - min(counted) + 1


# Units --------------------------------------------------------------------------------------------------------


def _unit(unit: Unit, piece: Piece, printing: _Printing) -> Iterator[Part]:
    if unit.number is None and piece.text is not None and sum(bool(_COLUMNS.search(line.strip())) for line in piece.text.splitlines()) > 1:
        yield from _text(piece)  # a table that was read as a text: its columns say more than its words in a row
        return
    word, number, label = _label(unit, piece, printing.text, one_series=printing.one_series)
    cuts = _enumerated(unit, piece.text) if piece.text is not None and not unit.points else ()
    lines = _lines(unit, printing.marks.get(unit.id, ()), cuts)
    if printing.symbols is not None:
        lines = [line._replace(runs=tuple(_cited(line.runs, printing.symbols))) for line in lines]
    yield Entry(unit.id, word, number, label, tuple(lines))


def _cited(runs: Sequence[Run], symbols: re.Pattern[str]) -> Iterator[Run]:
    """Runs with the symbols in them apart."""
    for run in runs:
        if not isinstance(run, str):
            yield run
            continue
        at = 0
        for found in symbols.finditer(run):
            yield from [run[at : found.start()]] * (found.start() > at)
            yield Cited(found[0], link(found[0]) or "")
            at = found.end()
        yield from [run[at:]] * (at < len(run))


def _label(unit: Unit, piece: Piece, text: str | None, *, one_series: bool) -> tuple[str, str, str]:
    """The word and number of a line of their own, or the label before the text."""
    before = ""
    if text is not None and piece.block is not None and piece.block.spans and unit.spans:
        before = _BLANKS.sub(" ", text[piece.block.spans[0].start : unit.spans[0].start]).strip(_EMPHASIS)
    if unit.number is None:
        return "", "", before if len(before) <= 3 else ""
    if unit.number in before and len(before) <= len(unit.number) + _MARGIN:
        found = _NAMED.fullmatch(before)
        if found and found[2].rstrip(".:") == unit.number:
            return found[1], unit.number, ""
        return "", "", before
    if isinstance(unit, Recommendation) and "." not in unit.number and not one_series:
        return "Recommendation", unit.number, ""
    return "", "", unit.number if "." in unit.number else f"{unit.number}."


def _enumerated(unit: Unit, printed: str) -> list[tuple[int, int, str]]:
    """Where a text quotes a list, such as an agenda, whose entries are printed on lines of their own: place, depth, label."""
    lines = [line for line in printed.splitlines() if line.strip()]
    out: list[tuple[int, int, str]] = []
    at = 0
    for place, line in enumerate(lines[1:], 1):
        found = _ENUMERATED.match(line)
        if not found:
            continue
        rest = found[2] or (lines[place + 1] if place + 1 < len(lines) else "")
        words = _BLANKS.sub(" ", rest.strip())[:12].strip()
        start = unit.text.find(f"{found[1]} {words}", at) if words else -1
        if start > 0:
            out.append((start, 1, found[1]))
            at = start + len(found[1])
    if len(out) < 2:
        return []
    counted = any(label[0].isdigit() for _, _, label in out)
    return [(start, 2 if counted and label[0] == "(" else 1, label) for start, _, label in out]


class _Reader:
    """A text taken apart, its footnote marks at their places."""

    def __init__(self, marks: Sequence[tuple[int, Mark]]) -> None:
        self.marks = sorted(marks, key=lambda one: one[0])
        self.at = 0
        self.lines: list[Line] = []

    def add(self, depth: int, label: str, text: str, ident: str | None = None) -> None:
        """A line with the marks that stand in its text."""
        runs: list[Run] = []
        begin, end = self.at, self.at + len(text)
        while self.marks and self.marks[0][0] <= end:
            place, mark = self.marks.pop(0)
            runs += [text[begin - self.at : place - self.at], mark] if place > begin else [mark]
            begin = max(begin, place)
        runs.append(text[begin - self.at :])
        self.at = end
        self.lines.append(Line(depth, label, _trimmed(runs), ident))

    def skip(self, text: str, more: str) -> None:
        """Pass over what stands before a point; marks there, and words, belong to the line before."""
        self.at += len(text)
        held: list[Run] = [f" {more}"] if more else []
        while self.marks and self.marks[0][0] <= self.at - 1:
            held.append(self.marks.pop(0)[1])
        if held and self.lines:
            last = self.lines[-1]
            self.lines[-1] = last._replace(runs=_trimmed([*last.runs, *held]))

    def walk(self, one: Body, depth: int, label: str, ident: str | None) -> None:
        """A text with its points, those of the points too."""
        self.add(depth, label, one.intro, ident)
        for item in one.points:
            self.skip(item.lead, item.before)
            self.walk(item.body, depth + 1, item.label, item.point.id)
        if one.tail.strip():
            self.add(depth, "", one.tail)
        else:
            self.at += len(one.tail)


def _trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs without empty ones, and without blanks at both ends."""
    held = [run for run in runs if run]
    if held and isinstance(held[0], str):
        held[0] = held[0].lstrip()
    if held and isinstance(held[-1], str):
        held[-1] = held[-1].rstrip()
    return tuple(run for run in held if run)


def _lines(unit: Unit, marks: Sequence[tuple[int, Mark]], cuts: Sequence[tuple[int, int, str]]) -> list[Line]:
    reader = _Reader(marks)
    if not cuts:
        reader.walk(body(unit.text, unit.points), 0, "", None)
    else:
        reader.add(0, "", unit.text[: cuts[0][0]])
        for (start, depth, label), after in zip(cuts, [*(cut[0] for cut in cuts[1:]), len(unit.text)], strict=True):
            reader.at += len(label)
            reader.add(depth, label, unit.text[start + len(label) : after])
    if reader.marks and reader.lines:
        last = reader.lines[-1]
        reader.lines[-1] = last._replace(runs=(*last.runs, *(mark for _, mark in reader.marks)))
    return [line for line in reader.lines if line.runs or line.label] or [Line(0, "", ())]


# What is no unit ----------------------------------------------------------------------------------------------


def _text(piece: Piece) -> Iterator[Part]:
    printed = piece.text or ""
    lines = [line.rstrip() for line in printed.splitlines() if line.strip()]
    if piece.kind == "contents":
        lines = [_led(line) for line in lines]
    if not lines:
        return
    piped = sum("|" in line for line in lines)
    if piped > 1 and 2 * piped > len(lines):
        yield Grid(tuple(tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines))
    elif piece.kind in _KEPT or piece.thing is not None:
        # Groups of names stay apart.
        grouped = re.split(r"(?:\r?\n|\r)[ \t]*(?:\r?\n|\r)", printed.strip()) if piece.kind == "attendance" else []
        if len(grouped) > 1:
            lines = [line for group in grouped for line in (*(one.rstrip() for one in group.splitlines() if one.strip()), "")][:-1]
        yield Prose(piece.kind, tuple(lines), broken=True)
    else:
        parts = [_BLANKS.sub(" ", part).strip() for part in re.split(r"\n\s*\n", printed.replace("\r\n", "\n").replace("\r", "\n"))]
        yield Prose(piece.kind, tuple(part for part in parts if part), broken=False)


def _led(line: str) -> str:
    """A line of contents, the number of its page apart."""
    line = _LEADERS.sub(LEADER, line).strip().removesuffix(LEADER.rstrip())
    if LEADER not in line:
        line = _PAGE.sub(rf"{LEADER}\1", line)
    return _BLANKS.sub(" ", line)


def _instead(report: Report, kind: str) -> Iterator[Part]:
    """What objects say of a part whose text is not at hand."""
    if kind == "attendance":
        lists = [one for one in report.attendance if one.paragraph is None]
        if lists:
            yield Listing("attendance", "", tuple(wording.attendance(one) for one in lists))
    elif kind == "decision" and report.decisions:
        yield Prose("decision", tuple(wording.decision(one) for one in report.decisions), broken=False)
