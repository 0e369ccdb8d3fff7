"""The reading order of a masthead: cells of a bar table, two columns side by side, blocks in the wrong order."""

from __future__ import annotations

import re

from tipreport.lines import Line

_DISTR = re.compile(r"Distr|DISTR|Dist\.")
_BODY_FIRST = re.compile(r"\b[Ss]ession$|^(?:Agenda )?[Ii]tems? \d")


def reading_order(lines: list[Line]) -> list[Line]:
    """The lines as a person reads them, one cell a line."""
    return _rotated(_cells(lines))


def _rotated(head: list[Line]) -> list[Line]:
    """Some converters put the line "United Nations" and what follows it behind body and title."""
    at = next((i for i, line in enumerate(head) if re.match(r"(?:United\s*Nations|UNITED\s*NATIONS)\b", line.text)), 0)
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
    return Line(line.index, line.start, line.end, text, line.indent, line.blanks, line.page_break, line.ragged, line.heads)
