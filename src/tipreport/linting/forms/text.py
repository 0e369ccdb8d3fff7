"""Findings for people: ``file:line:column``, the line with a caret below the place, what to do.

The first line of each is what editors and ``grep`` tools read.
"""

from __future__ import annotations

from unicodedata import combining, east_asian_width

from tipreport.linting.engine import Found
from tipreport.linting.forms import View
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = (".txt",)

_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_LEAD = 20  # columns of the line that stand before the place, at least, where it is cut


def render(found: Sequence[Found], view: View) -> str:
    """The findings, a blank line between them."""
    return "\n".join(_one(one, view) for one in found)


def _one(one: Found, view: View) -> str:
    where = one.path if one.line is None else f"{one.path}:{one.line}:{one.column}"
    page = f" (page {one.page})" if one.page else ""
    severity = f"\x1b[1;{_COLOURS[one.severity]}m{one.severity}\x1b[0m" if view.colour else one.severity
    lines = [f"{_flat(where)}: {severity} {one.code}: {_flat(one.message)}{page}"]
    if one.line is not None and one.column is not None and one.excerpt:
        lines += _pointed(one, view)
    if one.hint:
        lines.append(f"  hint: {_flat(one.hint)}{' (--fix does it)' if one.fix else ''}")
    return "".join(f"{line}\n" for line in lines)


def _pointed(one: Found, view: View) -> list[str]:
    """The line of the text, cut around the place to the width, and the carets below it."""
    assert one.line is not None
    assert one.column is not None
    gutter = f"{one.line:>5} | "
    room = max(view.width - len(gutter) - 6, 12)
    at = one.column - 1
    length = (one.spans[0].end - one.spans[0].start) if one.spans and one.spans[0].line == one.spans[0].end_line else len(one.excerpt) - at
    length = max(1, min(length, len(one.excerpt) - at, room))
    low = 0
    if len(one.excerpt) > room and at + length > room:
        low = max(0, min(max(at - _LEAD, at + length - room), len(one.excerpt) - room))
    high = min(len(one.excerpt), max(low + room, at + length))
    before = _flat(("..." if low else "") + one.excerpt[low:at])
    marked, behind = (
        _flat(one.excerpt[at : at + length]),
        _flat(one.excerpt[at + length : high] + ("..." if high < len(one.excerpt) else "")),
    )
    caret = "^" * max(1, _cells(marked))
    if view.colour:
        caret = f"\x1b[{_COLOURS[one.severity]}m{caret}\x1b[0m"
    return [f"{gutter}{before}{marked}{behind}".rstrip(), f"{'':5} | {' ' * _cells(before)}{caret}"]


def _flat(text: str) -> str:
    return visible(text).replace("\n", " ").replace("\t", " ")


def _cells(text: str) -> int:
    """The columns that a terminal takes for a text."""
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)
