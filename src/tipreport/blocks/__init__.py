"""Stage 2: lines to blocks. Every character that is not white space ends in exactly one block.

The order of the rules is their meaning: furniture, masthead, contents, tables and footnotes are taken out
first; then headings; then the numbers at line starts get their roles; what is left continues what is open.
Nothing is refused: a line that no rule claims is an ``unparsed`` block with a diagnostic.
"""

from __future__ import annotations

from dataclasses import replace

from tipreport import profiles
from tipreport.blocks import contents, footnote, furniture, marker, masthead
from tipreport.blocks.driver import Driver
from tipreport.blocks.outline import Outline, Unit
from tipreport.lines import Line, split
from tipreport.model import Masthead
from tipreport.patterns import RE_JOB
from tipreport.profiles import Profile
from tipreport.spans import Source

_ROW = 70  # characters of a row of a table that fills its line

__all__ = ["Outline", "Unit", "outline"]


def outline(source: Source, profile: Profile | None = None) -> Outline:
    """Find the structure of a text; a pure function that never raises for any text."""
    lines = split(source)
    furniture.turn(lines)
    kinds: list[str | None] = [None] * len(lines)
    head = masthead.find(lines)
    furniture.seen(lines, kinds, source.layout.furniture)
    furniture.mark(lines, kinds, head)
    fields = masthead.parse(lines, kinds, head) if head else Masthead()
    if head:
        for line in lines[:head]:
            if kinds[line.index] is None:
                kinds[line.index] = "masthead"
    for first, stop in contents.find(lines, kinds, source.text):
        for index in range(first, stop):
            kinds[index] = kinds[index] or "contents"
    for line in lines:
        if kinds[line.index] is None and (
            (line.text.startswith("|") and line.text.endswith("|") and len(line.text) > 2) or line.text.count(" | ") > 1
        ):
            kinds[line.index] = "table"
        elif kinds[line.index] is None and _goes_on_in_row(lines, kinds, line):
            kinds[line.index] = "table"
    notes = [*footnote.seen(source.layout, lines, kinds), *footnote.find(lines, kinds)]
    if head and any(kinds[i] == "footnote" for i in range(head)):
        fields = masthead.parse(lines, kinds, head)
    _loose_numbers(lines, kinds)
    fields = _job_number(lines, kinds, fields)
    chosen = profile or profiles.choose(fields.symbol, fields.body, fields.title)
    return Driver(source, lines, kinds, chosen, head).run(fields, notes, head)


def _goes_on_in_row(lines: list[Line], kinds: list[str | None], line: Line) -> bool:
    """Whether a line is the rest of the row of a table that had no room on the line before."""
    if not line.index or kinds[line.index - 1] != "table":
        return False
    last = lines[line.index - 1]
    if line.blanks or line.page_break or last.text.endswith("|"):
        return False
    return len(last.text) + len(line.text.split(" ", 1)[0]) > _ROW and not marker.read(line.text).kind


def _job_number(lines: list[Line], kinds: list[str | None], fields: Masthead) -> Masthead:
    """The job number from the foot of a page where the masthead has none."""
    if fields.job_number:
        return fields
    for line in lines:
        if kinds[line.index] == "furniture" and RE_JOB.match(line.text):
            return replace(fields, job_number=masthead.job_number(line.text))
    return fields


def _loose_numbers(lines: list[Line], kinds: list[str | None]) -> None:
    """A number that stands alone between blank lines and has no stop behind it is a folio."""
    for line in lines:
        if kinds[line.index] is None and line.text.isascii() and line.text.isdigit() and len(line.text) < 4:
            after = lines[line.index + 1] if line.index + 1 < len(lines) else None
            if line.blanks and (after is None or after.blanks or after.page_break):
                kinds[line.index] = "furniture"
