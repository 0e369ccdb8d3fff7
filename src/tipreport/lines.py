"""Stage 1: a source to its lines that are not blank. Nothing is changed, only measured.

A line ends at LF, as everywhere else; for structure also at a form feed, a lone CR, a vertical tab, NEL
and the Unicode line and paragraph separators, which converters leave where a line ended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tipreport.spans import Source

_LINE = re.compile("[^\n\f\r\v\x85\u2028\u2029]+")
_HARD_WIDTH = 130  # code points; hard-wrapped documents have hardly a longer line


@dataclass(slots=True)
class Line:
    """One line without the white space around it.

    ``blanks`` counts the blank lines before it, ``page_break`` tells of a form feed there, ``indent`` is
    the width of the white space before the text (a tab counts eight), ``ragged`` tells of blanks after it, ``heads`` that it is set
    as headings are.
    """

    index: int
    start: int
    end: int
    text: str
    indent: int
    blanks: int
    page_break: bool
    ragged: bool
    heads: bool = False


def split(source: Source) -> list[Line]:
    """The lines of the source that hold more than white space, in order."""
    text = source.text
    heads = {start for start, _ in source.layout.headings}
    lines: list[Line] = []
    last = 0
    for found in _LINE.finditer(text):
        raw = found.group()
        bare = raw.strip()
        if not bare:
            continue
        lead = raw.index(bare[0])  # no white space is the first character of the text
        start = found.start() + lead
        end = start + len(bare)
        gap = text[last:start]
        page_break = "\f" in gap
        ends = gap.count("\n") or gap.count("\r") or int(page_break)
        indent = len(raw[:lead].expandtabs(8)) if lead else 0
        ragged = lead + len(bare) < len(raw) and raw[-1] in " \t\xa0"
        blanks = (ends - 1 if ends else 0) if lines else ends
        lines.append(Line(len(lines), start, end, bare, indent, blanks, page_break, ragged, start in heads))
        last = end
    return lines


def is_hard_wrapped(lines: list[Line]) -> bool:
    """Whether sentences run over line ends (a PDF's text) rather than one paragraph a line."""
    if not lines:
        return False
    long = sum(len(line.text) > _HARD_WIDTH for line in lines)
    return long * 50 < len(lines)
