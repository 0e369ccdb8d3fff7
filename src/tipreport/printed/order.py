"""The reading order of a page: what stands above comes before, of two columns the left one.

The order of a file is mostly that of reading, column by column and cell by cell; only whole stretches lie elsewhere: the logo,
running heads and feet, footnotes. So rows keep their order as long as they go down the page, and the stretches are sorted.
"""

from __future__ import annotations

import re
from functools import cmp_to_key
from typing import NamedTuple

from tipreport.printed.row import Row

_TOLERANCE = 0.5  # times the size: rows of one height
_MARK_RISE = 0.9  # times the size of the note: how far above its base line a mark stands
_SMALLER = 0.85  # times the size of the note: the size of its mark
_MARK = re.compile(r"(?:\d{1,3}|\*{1,4}|[a-z])$")
_MANY = 200


class _Stretch(NamedTuple):
    rows: list[Row]
    number: int
    top: float
    bottom: float
    left: float
    right: float


def ordered(rows: list[Row], *, first: bool) -> list[Row]:
    """The rows as a person reads them; on the first page the columns of the masthead come one below the other."""
    stretches = _stretches(_with_marks(rows))
    if 1 < len(stretches) <= _MANY:
        stretches.sort(key=cmp_to_key(_compare))
    out = [row for stretch in stretches for row in stretch.rows]
    return _columns(out) if first else out


def _with_marks(rows: list[Row]) -> list[Row]:
    """A mark that is a row of its own goes before the note it belongs to."""
    out: list[Row] = []
    for row in rows:
        before = out[-1] if out else None
        if (
            before is not None
            and _MARK.match(before.text)
            and before.size < row.size * _SMALLER
            and 0 <= before.base - row.base + 1 < row.size * _MARK_RISE + 1
            and before.right <= row.left + row.size
            and not (row.marks and row.marks[0][0] == 0)
        ):
            shift = len(before.text) + 1
            marks = ((0, shift - 1), *((low + shift, high + shift) for low, high in row.marks))
            out[-1] = row._replace(text=f"{before.text} {row.text}", left=before.left, marks=marks)
        else:
            out.append(row)
    return out


def _stretches(rows: list[Row]) -> list[_Stretch]:
    """Runs of rows that go down the page."""
    out: list[list[Row]] = []
    for row in rows:
        if out and row.base <= out[-1][-1].base + row.size * _TOLERANCE and not _far(out[-1][-1], row):
            out[-1].append(row)
        else:
            out.append([row])
    return [
        _Stretch(
            run,
            number,
            max(row.base for row in run),
            min(row.base for row in run),
            min(row.left for row in run),
            max(row.right for row in run),
        )
        for number, run in enumerate(out)
    ]


def _far(before: Row, row: Row) -> bool:
    """Whether a row begins far below the one before it, as a foot does."""
    return before.base - row.base > 6 * max(before.size, row.size)


def _compare(one: _Stretch, other: _Stretch) -> int:
    slack = min(one.rows[0].size, other.rows[0].size) * _TOLERANCE
    if one.bottom > other.top + slack:
        return -1
    if other.bottom > one.top + slack:
        return 1
    if one.right <= other.left:
        return -1
    if other.right <= one.left:
        return 1
    return one.number - other.number


def _columns(rows: list[Row]) -> list[Row]:
    """Neighbouring rows that take turns left and right become a left and a right column."""
    out: list[Row] = []
    at = 0
    while at < len(rows):
        stop = at + 1
        while stop < len(rows) and _woven(rows[at:stop], rows[stop]):
            stop += 1
        group = rows[at:stop]
        edge = min((row.left for row in group if _beside(group, row)), default=None)
        if edge is None or len(group) < 3:
            out += group
        else:
            out += [row for row in group if row.left < edge] + [row for row in group if row.left >= edge]
        at = stop
    return out


def _woven(group: list[Row], row: Row) -> bool:
    """Whether a row stands beside one of the group or in the column of one."""
    return any(abs(row.base - other.base) < row.size and (row.left >= other.right or row.right <= other.left) for other in group[-2:]) or (
        len(group) > 1 and any(abs(row.left - other.left) < 2 and 0 < other.base - row.base < 2.6 * row.size for other in group[-2:])
    )


def _beside(group: list[Row], row: Row) -> bool:
    return any(abs(row.base - other.base) < row.size and row.left >= other.right for other in group)
