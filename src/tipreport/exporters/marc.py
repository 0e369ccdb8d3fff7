"""MARCXML, a record a report, for library systems (MARC 21 Format for Bibliographic Data; MARC 21 XML schema 1.1).

Tags: 001 key; 007, 300, 337, 338 an online resource, where the symbol gives a link; 008 and leader as below; 040 language of
cataloguing (the library adds its own code); 041 and 546 language; 086 and 191 the symbol (191 is where the United Nations
library has it); 110 the body below its organ, and 710 once more with session, days and place; 111 a conference with all of
these; 245 title; 264 date; 336 text; 500 status, distribution, agenda item and job number; 518 the meeting; 650 subjects of a
local list; 856 link. Leader/17 says that the record is an abbreviated one, Leader/18 that no punctuation parts subfields.

Names are as printed: they are no headings of an authority file. What is not known is a fill character where the format allows
one (008, introduction: not in 00-05, discouraged in 07-10, 15-17 and 23), else the code for unknown. No clock is read, so the
day of entry is six zeros until the library's system sets it. Some objects of a report alone make no record: the work is the
report.
"""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple

from tipreport.catalogue import Entry, Keys, Language, Meeting, date_parts, entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.exporters import Options, Sheet

SUFFIXES = (".marcxml", ".mrc.xml")

LEADER = "00000nam a22000003c 4500"  # new, text, monograph, Unicode, abbreviated, no punctuation between subfields
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n'
# Bodies that are conferences by their own name: 111. Any other has its sessions behind its name: 110 and 710.
_CONFERENCE = re.compile(r"(?:[\w-]+ ){0,4}(?:Conference|Congress|Summit|Meeting) (?:of|on|for|to)\b")
_BODY = re.compile(r"(?:[\w-]+ ){0,4}(?:Committee|Commission|Group|Party|Body|Board|Council)\b")
_ARTICLES = {"the": 4, "an": 3, "a": 2}
_NUMBERED = re.compile(r"Part\b|.*\d|.*\b[IVX]+$")


class Field(NamedTuple):
    """A data field: tag, two indicators, subfields by code."""

    tag: str
    indicators: str
    subfields: tuple[tuple[str, str | None], ...]


def write(sheets: Iterator[Sheet], options: Options) -> Iterator[str]:  # noqa: ARG001 (as all forms)
    """A collection with a record a report."""
    keys = Keys()
    yield _HEAD
    for sheet in sheets:
        found = entry(sheet.report, whole=not sheet.narrowed)
        yield _record(keys.key(found), found)
    yield "</collection>\n"


def _record(key: str, found: Entry) -> str:
    lines = ["  <record>", f"    <leader>{LEADER}</leader>", _control("001", key)]
    if found.link:
        lines.append(_control("007", "cr" + 12 * "|"))
    lines.append(_control("008", fixed(found)))
    for field in sorted(_fields(found), key=lambda field: field.tag):
        subfields = [(code, text) for code, text in field.subfields if text]
        if not subfields:
            continue
        lines.append(f'    <datafield tag="{field.tag}" ind1="{field.indicators[0]}" ind2="{field.indicators[1]}">')
        lines += [f'      <subfield code="{code}">{escape(text, quote=False)}</subfield>' for code, text in subfields]
        lines.append("    </datafield>")
    return "\n".join([*lines, "  </record>", ""])


def _control(tag: str, value: str) -> str:
    return f'    <controlfield tag="{tag}">{escape(value, quote=False)}</controlfield>'


def fixed(found: Entry) -> str:
    """Field 008 of a book, 40 characters."""
    date = date_parts(found.date)
    year = f"{date[0]:04}" if date else "uuuu"
    kind, second = "n", "uuuu"
    if date:
        kind = "e" if len(date) > 1 else "s"
        second = "".join(f"{part:02}" for part in date[1:]).ljust(4)
    form = "o" if found.link else "|"
    government = "i" if found.symbol else "|"  # symbols are given by intergovernmental bodies
    conference = "1" if found.meeting else "|"
    language = found.language.marc if found.language else "und"
    return f"000000{kind}{year}{second}xx ||||" + f"|{form}||||{government}{conference}|| 0|" + f"{language} u"


def _fields(found: Entry) -> Iterator[Field]:
    yield Field("040", "  ", (("b", "eng"),))
    yield from _languages(found)
    yield Field("086", "  ", (("a", found.symbol), ("2", "undocs" if found.symbol else None)))
    yield Field("191", "  ", (("a", found.symbol),))
    yield from _names(found, found.meeting)
    yield _title(found)
    yield Field("264", " 1", (("c", found.date),))
    yield Field("336", "  ", (("a", "text"), ("b", "txt"), ("2", "rdacontent")))
    if found.link:
        yield Field("300", "  ", (("a", "1 online resource"),))
        yield Field("337", "  ", (("a", "computer"), ("b", "c"), ("2", "rdamedia")))
        yield Field("338", "  ", (("a", "online resource"), ("b", "cr"), ("2", "rdacarrier")))
        yield Field("856", "40", (("u", found.link), ("y", found.symbol)))
    notes = (
        ("Status", found.status), ("Distribution", found.distribution), ("Agenda item", found.agenda_item), ("Job number", found.job_number),
    )  # fmt: skip
    for label, text in notes:
        yield Field("500", "  ", (("a", f"{label}: {text}" if text else None),))
    if found.meeting:
        yield Field("518", "  ", (("o", "Meeting"), ("d", "/".join(found.meeting.days)), ("p", found.meeting.place)))
    for topic in found.topics:
        yield Field("650", " 7", (("a", topic.label), ("2", "local")))


def _body(found: Entry) -> tuple[tuple[str, str | None], ...]:
    return (("a", found.parent), ("b", found.author)) if found.parent else (("a", found.author),)


def _title(found: Entry) -> Field:
    """Title statement; the first indicator says whether a body stands in 110, the second how long a leading article is."""
    title = found.title or f"[{found.name}]"
    first, blank, _ = title.partition(" ")
    skipped = _ARTICLES.get(first.lower(), 0) if blank and found.language and found.language.marc == "eng" else 0
    part = "n" if found.part and _NUMBERED.match(found.part) else "p"
    return Field("245", f"{1 if found.author else 0}{skipped}", (("a", title), ("b", found.subtitle), (part, found.part)))


def _languages(found: Entry) -> Iterator[Field]:
    """041: first indicator 0 for no translation, 1 for one, blank where the language of the original is not known."""
    text, originals = found.language, found.originals
    if text:
        translated = " " if not originals else "0" if originals == (text,) else "1"
        before: tuple[Language, ...] = originals if translated == "1" else ()
        yield Field("041", f"{translated} ", (("a", text.marc), *(("h", one.marc) for one in before)))
    yield Field("546", "  ", (("a", found.language_note),))
    yield Field("546", "  ", (("a", f"Original: {found.original}" if found.original else None),))


def _names(found: Entry, meeting: Meeting | None) -> Iterator[Field]:
    """The issuing body, and once more with its session; a conference has both in one field, its relator in another subfield."""
    if not found.author:
        return
    about = (("n", meeting.session), ("d", "/".join(meeting.days)), ("c", meeting.place)) if meeting else ()
    if _CONFERENCE.match(found.author) and not _BODY.match(found.author):
        yield Field("111", "2 ", (("a", found.author), *about, ("j", "issuing body"), ("4", "isb")))
        return
    yield Field("110", "2 ", (*_body(found), ("e", "issuing body"), ("4", "isb")))
    if meeting:
        yield Field("710", "2 ", (*_body(found), *about))
