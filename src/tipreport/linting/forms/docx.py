"""A report as a Word document with each finding as a comment at its place, for editors who live in Word.

The text is that of the report, headings with the styles of headings, one Word paragraph a paragraph; it is not the layout of the
file that was read. Comments begin with the code. ECMA-376 Part 1, 17.13.4 (comments). Needs the extra ``docx`` (python-docx).
"""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Any, NamedTuple

from tipreport.archive import settled
from tipreport.errors import ExtraError
from tipreport.linting.engine import Found
from tipreport.linting.forms import View
from tipreport.model import Block
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipreport.spans import Source

SUFFIXES = (".docx",)

_AUTHOR, _INITIALS = "tipreport check", "TC"
_RUNNING = {"paragraph", "recommendation", "footnote", "heading", "decision"}  # blocks whose lines are one text
_STYLES = 4  # levels of headings that get a style


class Line(NamedTuple):
    """A Word paragraph: the ranges of the source that it holds, and its style."""

    ranges: list[tuple[int, int]]
    style: str | None = None


def render(found: Sequence[Found], view: View) -> bytes:
    """The document.

    Raises:
        ExtraError: python-docx is not installed, or is too old for comments.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise ExtraError("docx", "docx") from error
    document: Any = Document()
    if not hasattr(document, "add_comment"):
        raise ExtraError("docx with comments", "docx")
    assert view.report is not None
    assert view.source is not None
    document.core_properties.title = visible(f"Findings in {view.report.source.name}")
    document.core_properties.author = _AUTHOR
    lines = _lines(view.report.blocks, view)
    cuts = sorted({offset for one in found for span in one.spans for offset in (span.start, span.end)})
    runs: list[tuple[int, int, Any]] = []
    for line in lines:
        paragraph = document.add_paragraph(style=line.style)
        runs += _write(paragraph, line, view.source, cuts)
    for one in found:
        _comment(document, one, runs)
    for comment in document.comments:
        for name in [name for name in comment._comment_elm.attrib if name.endswith("}date")]:
            del comment._comment_elm.attrib[name]  # the same bytes each time
    made = io.BytesIO()
    document.save(made)
    return settled(made.getvalue())


def _lines(blocks: Sequence[Block], view: View) -> list[Line]:
    assert view.report is not None
    assert view.source is not None
    levels = {section.label: section.level for section in view.report.sections}
    text = view.source.text
    out: list[Line] = []
    for block in sorted(blocks, key=lambda one: one.spans[0].start):
        parts = [(span.start, span.end) for span in block.spans]
        if block.kind == "heading":
            level = min(levels.get(block.ref or "", 1), _STYLES)
            out.append(Line(parts, f"Heading {level}"))
        elif block.kind in _RUNNING:
            out.append(Line(parts))
        else:
            out += [Line([found.span()]) for low, high in parts for found in re.compile(r"[^\n]*\S[^\n]*").finditer(text, low, high)]
    return out


def _write(paragraph: Any, line: Line, source: Source, cuts: list[int]) -> list[tuple[int, int, Any]]:
    """The runs of a Word paragraph, cut where a comment begins or ends; what was written, with its places."""
    runs = []
    for number, (low, high) in enumerate(line.ranges):
        points = [low, *(cut for cut in cuts if low < cut < high), high]
        for start, end in pairwise(points):
            printed = re.sub(r"\s+", " ", source.text[start:end])
            if number and start == low:
                printed = f" {printed}"
            runs.append((start, end, paragraph.add_run(visible(printed))))
    return runs


def _comment(document: Any, one: Found, runs: list[tuple[int, int, Any]]) -> None:
    """A comment over the runs of its place; one of the document as a whole stands at its beginning."""
    covered = [run for start, end, run in runs for span in one.spans if start < span.end and span.start < end]
    if not covered:
        covered = [run for _, _, run in runs[:1]]
    if not covered:
        covered = [document.add_paragraph().add_run(" ")]
    told = f"{one.code}: {one.message}" + (f"\n{one.hint[:1].upper()}{one.hint[1:]}." if one.hint else "")
    document.add_comment(runs=[covered[0], covered[-1]], text=visible(told), author=_AUTHOR, initials=_INITIALS)
