"""The catalogue record in words: a label and a value a line, as a librarian reads it; what is not known has no line.

Labels and their order follow the areas of the International Standard Bibliographic Description (title, part and responsibility
before date, then notes, identifier and link).
"""

from __future__ import annotations

import textwrap

from tipreport.catalogue import Entry, date_parts, entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.exporters import Options, Sheet

SUFFIXES = (".catalogue.txt",)

_LABEL, _WIDTH = 20, 100


def write(sheets: Iterator[Sheet], options: Options) -> Iterator[str]:  # noqa: ARG001 (as all forms)
    """A record a report; blank lines between them."""
    between = ""
    for sheet in sheets:
        found = entry(sheet.report, whole=not sheet.narrowed)
        yield between + "".join(_line(label, value) for label, value in _fields(found) if value)
        between = "\n"


def _fields(found: Entry) -> Iterator[tuple[str, str | None]]:
    yield "Symbol", found.symbol
    yield "Name", None if found.symbol else found.name
    yield "Title", found.title
    yield "Subtitle", found.subtitle
    yield "Part", found.part
    yield "Body", found.body
    yield "Organ", found.organ
    if found.meeting:
        yield "Session", found.meeting.session
        yield "Place of meeting", found.meeting.place
        yield "Days of meeting", " to ".join(found.meeting.days)
    yield "Agenda item", found.agenda_item
    yield "Date", found.date if date_parts(found.date) else None
    yield "Status", found.status
    yield "Distribution", found.distribution
    yield "Language of text", found.language.name if found.language else None
    yield "Original language", found.original
    yield "Language note", found.language_note
    yield "Job number", found.job_number
    yield "Subjects", "; ".join(topic.label for topic in found.topics)
    if found.counts:
        told = zip(found.counts, ("recommendation", "paragraph", "panellist"), strict=True)
        yield "Holds", ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in told if count)
    yield "Cite as", found.cite
    yield "Link", found.link


def _line(label: str, value: str) -> str:
    lines = textwrap.wrap(value, _WIDTH - _LABEL, break_long_words=False, break_on_hyphens=False) or [value]
    return "\n".join(f"{label if not i else '':<{_LABEL}}{line}" for i, line in enumerate(lines)) + "\n"
