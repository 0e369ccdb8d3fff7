"""RIS: a reference a report, of type RPRT (RIS format specifications, 2001 and 2011; lines end in CR LF).

A line is a tag of two characters, two blanks, a hyphen, a blank and the value; so no value may hold a line end. A body is an
author with a last name only, which the specification ends with a comma: without it some readers take "Persons" for the last
name of "Working Group on Trafficking in Persons". ``SN`` is the report number of this type, ``M3`` its kind, ``SE`` the part
that is cited, and the place of the meeting is no place of publication, so it stands in a note.
"""

from __future__ import annotations

from tipreport.catalogue import Entry, Keys, date_parts, entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.exporters import Options, Sheet

SUFFIXES = (".ris",)
NARROWS = True


def write(sheets: Iterator[Sheet], options: Options) -> Iterator[str]:  # noqa: ARG001 (as all forms)
    """A reference a report, or a unit of a narrowed one; blank lines between them."""
    keys = Keys()
    between = ""
    for sheet in sheets:
        for entry in entries(sheet.report, narrowed=sheet.narrowed):
            yield between + "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(keys.key(entry), entry) if value)
            yield "ER  - \r\n"
            between = "\r\n"


def _lines(key: str, entry: Entry) -> Iterator[tuple[str, str | None]]:
    date = date_parts(entry.date)
    yield "TY", "RPRT"
    yield "ID", key
    yield "AU", f"{entry.author}," if entry.author else None
    yield "TI", entry.heading
    yield "PB", entry.parent
    yield "M3", entry.genre
    yield "SN", entry.symbol
    if date:
        yield "PY", f"{date[0]:04}"
        # Year, month, day and a word, parted by strokes that stay where one is not known.
        yield "DA", "/".join((f"{date[0]:04}", *(f"{part:02}" for part in date[1:]), *[""] * (4 - len(date))))
    yield "LA", entry.language.name if entry.language else None
    for topic in entry.topics:
        yield "KW", topic.label
    if entry.chosen:
        yield "SE", entry.chosen.pinpoint
        yield "N1", entry.chosen.cite
    if entry.meeting:
        yield "N1", f"Meeting: {entry.meeting.line}"
    if entry.distribution:
        yield "N1", f"Distribution: {entry.distribution}"
    yield "UR", entry.link
