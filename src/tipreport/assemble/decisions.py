"""Decisions and resolutions that a report contains, and those that it only lists in a table.

Printed forms: "Decision 1/CP.3", "Draft resolution II" as a heading with the text below it; rows of the first part of
a session report, "28/2 Enhancement of cooperation / 26 March 2015": number, title, date of adoption. A row has its
title for text: the report prints no other.
"""

from __future__ import annotations

import re

from tipreport.assemble.context import Context, Text
from tipreport.model import Decision
from tipreport.spans import Prose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = r"(?:(?:PRST/|S-)?\d{1,4}/\d{1,4}|OM/\d{1,3}/\d{1,3}|-?\d{1,4}/[A-Z]{2,4}\.\d{1,3}|[A-Z]{2,6}-\d{1,3}/\d{1,3})"
_ROW = re.compile(rf"({_NUMBER})\.?(?:\s+(?=[A-Z\u201c])|$)")
_DATE = re.compile(r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b")
_CELL = re.compile(r"[^|\t]+")


def found(ctx: Context, texts: list[Text]) -> tuple[Decision, ...]:
    """All decisions of a report, in the order printed."""
    out = [*_printed(ctx, texts), *_rows(ctx, texts), *_cells(ctx)]
    return tuple(sorted(out, key=lambda one: one.spans[0].start))


def _printed(ctx: Context, texts: list[Text]) -> Iterator[Decision]:
    """Those with a heading and a text."""
    outline, lines = ctx.outline, ctx.outline.lines
    for at, (place, indices) in enumerate(outline.decisions):
        heading = outline.places[place].heading
        prose = ctx.prose([(lines[i].start, lines[i].end) for i in sorted(set(indices))])
        numbers = tuple(t.unit.number for t in texts if t.unit.decision == at and t.unit.number)
        title = ctx.prose(heading.title).text or lines[heading.lines[0]].text
        spans = ctx.place(prose) if prose else ctx.spans(tuple((lines[i].start, lines[i].end) for i in heading.lines[:1]))
        yield Decision(number=heading.label, title=title, text=prose.text, paragraphs=numbers, spans=spans)


def _rows(ctx: Context, texts: list[Text]) -> Iterator[Decision]:
    """Rows of text: a number at a line start, the title, at the end of a line the date."""
    lines = ctx.outline.lines
    for text in texts:
        if text.unit.number is not None or text.unit.decision is not None:
            continue
        starts = [(i, row) for i in text.unit.lines if (row := _ROW.match(lines[i].text))]
        for k, (index, row) in enumerate(starts):
            start = lines[index].start
            stop = lines[starts[k + 1][0]].start if k + 1 < len(starts) else lines[text.unit.lines[-1]].end
            ranges = [(max(a, start + row.end()), min(b, stop)) for a, b in text.unit.body if b > start and a < stop]
            prose = ctx.prose([(a, b) for a, b in ranges if a < b])
            date = _DATE.search(prose.text)
            if date is not None and (one := _row(ctx, row[1], prose, 0, date.start())):
                yield one


def _cells(ctx: Context) -> Iterator[Decision]:
    """Rows of a table whose cells the text parts with bars or tabs."""
    outline = ctx.outline
    for line in outline.lines:
        if outline.kinds[line.index] != "table":
            continue
        cells = [m.span() for m in _CELL.finditer(ctx.source.text, line.start, line.end) if m.group().strip()]
        words = [ctx.source.text[a:b].strip() for a, b in cells]
        if len(words) > 2 and re.fullmatch(_NUMBER, words[0]) and any(_DATE.fullmatch(word) for word in words[2:]):
            prose = ctx.prose([cells[1]])
            if one := _row(ctx, words[0], prose, 0, len(prose.text)):
                yield one


def _row(ctx: Context, number: str, prose: Prose, start: int, end: int) -> Decision | None:
    title = prose.text[start:end].strip()
    if not title:
        return None
    return Decision(number=number, title=title, text=title, paragraphs=(), spans=ctx.place(prose, start, end))
