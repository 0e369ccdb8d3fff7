"""What must hold of a report that was read back, beyond the types of its fields: all that works on reports relies on it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from tipreport.model import Record, Report, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_DATES = ("date", "meeting_start", "meeting_end")


def fault(report: Report) -> str | None:
    """What is wrong with a report; None where nothing is."""
    for span in _spans(report):
        if not 0 <= span.start < span.end <= report.source.characters or not 1 <= span.line <= span.end_line:
            return f"the span {span.start}:{span.end} is not in its text"
    for field in _DATES:
        value = getattr(report.masthead, field)
        if value is not None and not _is_date(value):
            return f"masthead.{field} is {value[:40]!r}, no date such as 2021-03-22"
    return None


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _spans(thing: object) -> Iterator[Span]:
    """Every span below an object."""
    if isinstance(thing, Span):
        yield thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from _spans(one)
    elif isinstance(thing, Record):
        for field in fields(thing):  # type: ignore[arg-type]
            yield from _spans(getattr(thing, field.name))
