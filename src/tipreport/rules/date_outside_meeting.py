"""A meeting of the session is given a date outside the days of the session in the masthead.

Told for "at its 2nd meeting, on 12 September", where the masthead prints the first and the last day and the body speaks of its
own meetings. Meetings between sessions and of other bodies are named otherwise; a document that was submitted under an agenda item
prints the days of the session that receives it.
"""

from __future__ import annotations

import re
from datetime import date

from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "date/outside-meeting"
SEVERITY = "error"
_HEAD = "United Nations\nCTOC/COP/WG.4/2031/9\nWorking Group on Trafficking in Persons\nVienna, 10\u201311 September 2031\n\nReport\n\nI. Deliberations\n\n"
EXAMPLES = {
    f"{_HEAD}1. At its 2nd meeting, on 12 September 2031, the Working Group considered agenda item 3.\n": ["12 September 2031"],
}
COUNTEREXAMPLES = [
    f"{_HEAD}1. At its 1st and 2nd meetings, on 10 and 11 September 2031, the Working Group considered agenda item 3.\n",
    f"{_HEAD}1. At its 5th meeting, on 12 September 2029, the Commission decided on a meeting.\n",
]

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_MONTH = "|".join(_MONTHS)
_DAY = rf"\d{{1,2}}(?: (?:{_MONTH}))?(?: \d{{4}})?"
_MEETING = re.compile(
    rf"\b[Aa]t its (?:\d{{1,2}}(?:st|nd|rd|th)|first|second|third|fourth|fifth|last|closing|opening)[^.;]{{0,40}}? meetings?,? (?:held )?on (?P<days>{_DAY}(?:(?:, | and |, and | to |[\u2010-\u2015-]){_DAY})*)"
)
_ONE = re.compile(rf"(\d{{1,2}})(?!\d)(?: ({_MONTH}))?(?: (\d{{4}}))?")


def find(ctx: Context) -> Iterator[Finding]:
    """The dates before the first or behind the last day."""
    head = ctx.report.masthead
    if not ctx.english or head.agenda_item or not head.meeting_start or not head.meeting_end:
        return
    first, last = date.fromisoformat(head.meeting_start), date.fromisoformat(head.meeting_end)
    for unit, found in ctx.find(_MEETING, " meeting", passages=ctx.units):
        for day, start, end in _dates(found["days"], first.year):
            if not first <= day <= last and abs((day - first).days) < 60:
                low = found.start("days")
                yield Finding(
                    f"{unit.text[low + start : low + end]!r} is outside the meeting, {first} to {last}",
                    ctx.place(unit, low + start, low + end),
                    "compare the date with the masthead and the journal",
                    id=unit.id,
                )


def _dates(text: str, year: int) -> Iterator[tuple[date, int, int]]:
    """The days of a list with their places; month and year stand behind the last that they hold for."""
    month: str | None = None
    for found in reversed(list(_ONE.finditer(text))):
        month = found[2] or month
        year = int(found[3]) if found[3] else year
        if month is None:
            continue
        try:
            yield date(year, _MONTHS.index(month) + 1, int(found[1])), found.start(), found.end()
        except ValueError:
            continue
