"""Tables with bars for people, in plain characters: the same words on a terminal and in a pipe, also where it is narrow."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

from tipreport.stats.counts import Counted, Crossed, Row
from tipreport.stats.forms import View
from tipreport.stats.telling import NO_REPORT, Line, denominators, dimension, label, lines, mean, measured, rest, title
from tipreport.stats.telling import columns as columns_of
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUFFIXES = (".txt",)

_BOLD, _DIM, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_BAR = 30  # characters of the longest bar
_LEAST_BAR, _LEAST_LABEL, _MOST_LABEL = 8, 14, 46
_EIGHTHS = " ▏▎▍▌▋▊▉"


class _Column(NamedTuple):
    """A column of figures: its head and its cells, set right."""

    head: str
    cells: list[str]

    @property
    def width(self) -> int:
        return max(map(len, (self.head, *self.cells)))


def render(found: Sequence[Counted | Crossed], view: View) -> str:
    """The tables, each under its title and above what its numbers are of."""
    out: list[str] = []
    for line in filter(None, (view.title, view.scope)):
        out += [_styled(part, _BOLD, view) for part in textwrap.wrap(visible(line), view.width)]
    for one in found:
        out += [""] * bool(out)
        out += [_styled(part, _BOLD, view) for part in textwrap.wrap(title(one), view.width)]
        out += _counted(one, view) if isinstance(one, Counted) else _crossed(one, view)
        told = " ".join(denominators(one))
        out += [_styled(part, _DIM, view) for part in _wrapped(told, "  ", view.width)]
    return "".join(f"{line.rstrip()}\n" for line in out)


def bar(number: int, most: int, width: int) -> str:
    """A bar of eighths of a character; what is more than 0 is seen."""
    if not number or not most:
        return ""
    eighths = max(round(8 * width * number / most), 1)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


# By one dimension ---------------------------------------------------------------------------------------------------


def _counted(found: Counted, view: View) -> Iterator[str]:
    shown, cut = lines(found, view.limit)
    columns = [_Column("number", [_number(line.row) for line in shown])]
    if any(line.share for line in shown):
        columns.append(_Column(f"of {found.of:,}", [line.share for line in shown]))
    if found.by in {"year", "body"} and found.what != "reports":
        columns.append(_Column("reports", [f"{line.row.reports:,}" if line.row.count is not None else "" for line in shown]))
    if measured(found):
        columns.append(_Column("mean strength", [mean(line.row) for line in shown]))
    yield from _table(dimension(found.by), shown, columns, view.width)
    if cut:
        yield from _wrapped(rest(cut), "  ", view.width)


def _number(row: Row) -> str:
    return NO_REPORT if row.count is None else f"{row.count:,}"


def _table(head: str, shown: list[Line], columns: list[_Column], width: int) -> Iterator[str]:
    """Labels, columns and bars side by side, or the label above the rest where there is no room."""
    most = max([line.row.count or 0 for line in shown] + [1])
    taken = sum(2 + column.width for column in columns)
    longest = max(map(len, (head, *(line.label for line in shown))))
    wide = min(longest, max(width - 2 - taken - 2 - _BAR, _LEAST_LABEL), _MOST_LABEL)
    room = min(_BAR, width - 2 - wide - taken - 2)
    if room < _LEAST_BAR:
        yield from _narrow(shown, columns, most, width)
        return
    yield f"  {head:<{wide}}" + "".join(f"  {column.head:>{column.width}}" for column in columns)
    for place, line in enumerate(shown):
        first, *more = textwrap.wrap(line.label, wide) or [""]
        cells = "".join(f"  {column.cells[place]:>{column.width}}" for column in columns)
        yield f"  {first:<{wide}}{cells}  {bar(line.row.count or 0, most, room)}"
        yield from (f"    {part}" for part in more)


def _narrow(shown: list[Line], columns: list[_Column], most: int, width: int) -> Iterator[str]:
    """Label and numbers in a line that is wrapped, and the bar below it."""
    first, *others = columns
    for place, line in enumerate(shown):
        told = [first.cells[place]]
        for column in others:
            cell = column.cells[place]
            told += [f"{cell} {column.head}" if column.head.startswith("of ") else f"{column.head} {cell}"] if cell else []
        yield from _wrapped(f"{line.label}: {', '.join(told)}", "  ", width)
        if line.row.count:
            yield f"    {bar(line.row.count, most, max(min(_BAR, width - 4), 1))}"


# By two dimensions --------------------------------------------------------------------------------------------------


def _crossed(found: Crossed, view: View) -> Iterator[str]:
    single = Counted(found.what, found.by[0], found.rows, found.of, 0, found.missing[0], found.reports, found.holding)
    shown, cut = lines(single, view.limit)
    across, unseen = columns_of(found)
    columns = [
        _Column(label(found.by[1], found.what, column, short=True), [_cell(found.at(line.row, column)) for line in shown])
        for column in across
    ]
    total = _Column("all", [_number(line.row) for line in shown])
    columns.append(total)
    taken = sum(2 + column.width for column in columns)
    longest = max([len(line.label) for line in shown] + [len(dimension(found.by[0]))])
    wide = min(longest, _MOST_LABEL, max(_LEAST_LABEL, view.width - 2 - taken))
    if 2 + wide + taken > view.width:
        yield from _listed(found, shown, view.width)
    else:
        room = min(_BAR, view.width - 2 - wide - taken - 2)
        most = max([line.row.count or 0 for line in shown] + [1])
        yield f"  {dimension(found.by[0]):<{wide}}" + "".join(f"  {column.head:>{column.width}}" for column in columns)
        for place, line in enumerate(shown):
            first, *more = textwrap.wrap(line.label, wide) or [""]
            cells = "".join(f"  {column.cells[place]:>{column.width}}" for column in columns)
            drawn = f"  {bar(line.row.count or 0, most, room)}" if room >= _LEAST_BAR else ""
            yield f"  {first:<{wide}}{cells}{drawn}"
            yield from (f"    {part}" for part in more)
    for told in filter(None, (rest(cut), unseen)):
        yield from _wrapped(told, "  ", view.width)


def _cell(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _listed(found: Crossed, shown: list[Line], width: int) -> Iterator[str]:
    """A cross table that is too wide, row by row."""
    most = max([line.row.count or 0 for line in shown] + [1])
    for line in shown:
        yield from _wrapped(f"{line.label}: {_number(line.row)}", "  ", width)
        if line.row.count:
            yield f"    {bar(line.row.count, most, max(min(_BAR, width - 4), 1))}"
        told = [
            f"{label(found.by[1], found.what, column, short=True)} {number:,}"
            for column in found.columns
            if (number := found.at(line.row, column))
        ]
        yield from _wrapped(", ".join(told), "    ", width) if told else ()


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, len(indent) + 10), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _styled(text: str, style: str, view: View) -> str:
    return f"{style}{text}{_OFF}" if view.colour and text else text
