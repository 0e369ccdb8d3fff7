"""Marks over a text: ranges that nest and cross as properly nested fragments.

A form with tags can only nest. Where two ranges cross, the one that begins later is closed and opened again, so every range is
a run of fragments that together hold exactly its characters.
"""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

OPEN, TEXT, CLOSE = 0, 1, 2


class Mark(NamedTuple):
    """A range to mark.

    Args:
        start: where it begins.
        end: where it ends; a range that holds nothing is not laid.
        rank: of two marks with one range, the one of the lower rank is outside.
        key: what it marks.
    """

    start: int
    end: int
    rank: int
    key: int


class Event(NamedTuple):
    """A step through a text.

    Args:
        what: ``OPEN``, ``TEXT`` or ``CLOSE``.
        start: of the piece of text; of ``OPEN``, where its mark begins.
        end: of the piece of text; of ``CLOSE``, where its mark ends.
        key: of the mark.
        whole: of ``OPEN`` and ``CLOSE``, whether the mark really begins or ends here.
    """

    what: int
    start: int
    end: int
    key: int
    whole: bool


def lay(ranges: Sequence[tuple[int, int]], marks: Iterable[Mark]) -> Iterator[list[Event]]:
    """The steps through each range, all marks that are open closed at its end.

    Args:
        ranges: parts of the text, ascending, none over another.
        marks: in any order; what lies outside the ranges is left out.
    """
    waiting = sorted((mark for mark in marks if mark.start < mark.end), key=lambda one: (one.start, -one.end, one.rank, one.key))
    waiting.reverse()
    carried: list[Mark] = []
    for low, high in ranges:
        inside = [mark for mark in carried if mark.end > low]
        while waiting and waiting[-1].start < high:
            mark = waiting.pop()
            if mark.end > low:
                inside.append(mark)
        carried = [mark for mark in inside if mark.end > high]
        yield _steps(low, high, inside)


def _steps(low: int, high: int, marks: list[Mark]) -> list[Event]:
    out: list[Event] = []
    stack: list[Mark] = []
    at = low
    for mark in (*marks, Mark(high, high, 0, 0)):
        start = max(mark.start, low)
        while stack and (stop := min(one.end for one in stack)) <= start:
            if at < stop:
                out.append(Event(TEXT, at, stop, 0, False))
                at = stop
            _close(stack, stop, out)
        if at < start:
            out.append(Event(TEXT, at, start, 0, False))
            at = start
        if start < high:
            stack.append(mark)
            out.append(Event(OPEN, mark.start, mark.end, mark.key, mark.start >= low))
    out += [Event(CLOSE, one.start, one.end, one.key, one.end <= high) for one in reversed(stack)]
    return out


def _close(stack: list[Mark], stop: int, out: list[Event]) -> None:
    """Close all that end at ``stop``; what was opened in them and goes on is closed with them and opened again."""
    outermost = next(i for i, one in enumerate(stack) if one.end <= stop)
    above = stack[outermost:]
    del stack[outermost:]
    out += [Event(CLOSE, one.start, one.end, one.key, one.end <= stop) for one in reversed(above)]
    for one in above:
        if one.end > stop:
            out.append(Event(OPEN, one.start, one.end, one.key, False))
            stack.append(one)
