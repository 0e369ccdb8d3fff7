"""The reading order of a masthead: cells of a bar table, two columns side by side, blocks in the wrong order."""

from __future__ import annotations

import re
from dataclasses import replace

from tipreport.lines import Line

_FEW = 8  # lines of which nothing can be told
_NEARLY = 0.9
_LOGO = re.compile(r"(?:United\s*Nations|UNITED\s*NATIONS)(?:$|\s+\S*\d)")
_DISTR = re.compile(r"Distr|DISTR|Dist\.")
_BODY_FIRST = re.compile(r"\b[Ss]ession$|^(?:Agenda )?[Ii]tems? \d")


def reading_order(lines: list[Line]) -> list[Line]:
    """The lines as a person reads them, one cell a line, words parted by one blank."""
    return _rotated(closed_up([with_text(line, " ".join(line.text.split())) for line in _cells(lines)]))


def closed_up(head: list[Line]) -> list[Line]:
    """Where nearly every line has blank lines before it they part nothing: one is taken from each."""
    gaps = [line.blanks for line in head[1:]]
    least = min((gap for gap in gaps if gap), default=0)
    if len(gaps) < _FEW or sum(gap > 0 for gap in gaps) < _NEARLY * len(gaps):
        return head
    return [replace(line, blanks=max(0, line.blanks - least)) for line in head]


def _rotated(head: list[Line]) -> list[Line]:
    """Some converters put the line "United Nations" and what follows it behind body and title."""
    at = next((i for i, line in enumerate(head) if _LOGO.match(line.text)), 0)
    if at > 2 and any(_BODY_FIRST.search(line.text) for line in head[:at]):
        return [*head[at:], *head[:at]]
    return head


_EMPTY = {"", "None"}  # converters of tables write "None" for a cell without text
_COLUMNS = re.compile(r"\s{3,}|\t+")


def _cells(lines: list[Line]) -> list[Line]:
    """Lines of a bar table become one line a cell; two columns become one below the other."""
    out: list[Line] = []
    double = [line.index for line in lines[:20] if not line.text.startswith("|") and len(_COLUMNS.split(line.text)) == 2]
    if double and any(_DISTR.search(line.text) for line in lines if line.index in double):
        left, right = [], []
        for line in lines:
            if double[0] <= line.index <= double[-1]:
                cells = _COLUMNS.split(line.text)
                if len(cells) == 1 and line.indent > 20:
                    right.append(line)
                else:
                    left.append(with_text(line, cells[0]))
                    right += [with_text(line, cell) for cell in cells[1:]]
        return [*(line for line in lines if line.index < double[0]), *left, *right, *(line for line in lines if line.index > double[-1])]
    for line in lines:
        if line.text.startswith("|"):
            out += [with_text(line, cell.strip()) for cell in line.text.strip("|").split("|") if cell.strip() not in _EMPTY]
        else:
            out.append(line)
    return out


def with_text(line: Line, text: str) -> Line:
    """The line with another text."""
    return replace(line, text=text)
