"""CSL-JSON, the data of citation processors: a list with an item a report (Citation Style Language 1.0.2, appendices III and IV).

The type is ``report``; ``number`` is the symbol, ``publisher`` the organ above the body, ``authority`` the organ or, without one,
the body; dates are parts. A unit that is
chosen is a ``locator`` and, with the whole cite, the ``note``. ``<`` is written as an escape, so that the list may be put
into a page.
"""

from __future__ import annotations

from typing import Any

from tipreport.catalogue import Entry, Keys, date_parts, entries
from tipreport.exporters.json import dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.exporters import Options, Sheet

SUFFIXES = (".csl.json",)
NARROWS = True


def write(sheets: Iterator[Sheet], options: Options) -> Iterator[str]:  # noqa: ARG001 (one item is a list too)
    """The list, one item a line; empty where there is no report."""
    keys = Keys()
    between = "[\n"
    for sheet in sheets:
        for entry in entries(sheet.report, narrowed=sheet.narrowed):
            yield between + dumps(_item(keys.key(entry), entry)).replace("<", "\\u003c")
            between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def _item(key: str, entry: Entry) -> dict[str, Any]:
    meeting = entry.meeting
    item = {
        "id": key,
        "type": "report",
        "author": [{"literal": entry.author}] if entry.author else None,
        "authority": entry.parent or entry.author,
        "publisher": entry.parent,
        "title": entry.heading,
        "genre": entry.genre,
        "number": entry.symbol,
        "status": entry.status,
        "issued": _date((entry.date,)),
        "event-title": meeting.title if meeting else None,
        "event-date": _date(meeting.days) if meeting else None,
        "event-place": meeting.place if meeting else None,
        "language": entry.language.tag if entry.language else None,
        "keyword": ", ".join(topic.label for topic in entry.topics),
        "locator": entry.chosen.pinpoint if entry.chosen else None,
        "note": entry.chosen.cite if entry.chosen else None,
        "URL": entry.link,
    }
    return {name: value for name, value in item.items() if value}


def _date(days: tuple[str | None, ...]) -> dict[str, Any] | None:
    """A date, or the first and last of a range, as parts."""
    parts = [list(date_parts(day)) for day in days if date_parts(day)]
    return {"date-parts": parts} if parts else None
