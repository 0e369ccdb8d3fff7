"""One bibliographic record of a report, from its masthead, symbol and name; what citations and library forms are made of.

A field is there only if the document prints it (or the user gave it, as a symbol): nothing is guessed, so a record may be
short. Three things are told apart that look alike: the language the document was first written in (``Original: French``),
the note on the masthead (``English only``) and the language of the text in hand.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from tipreport.data import table
from tipreport.identity import name_of, symbol_of
from tipreport.links import link
from tipreport.model import Masthead, Paragraph, Recommendation, Report
from tipreport.select import units
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

Unit = Recommendation | Paragraph


class Language(NamedTuple):
    """A language with its codes.

    Args:
        name: in English.
        tag: of BCP 47, two letters.
        alpha3: of ISO 639-2, terminology code; the authority tables of the European Union use it.
        marc: of the MARC code list, which takes the bibliographic code (``fre``, not ``fra``).
    """

    name: str
    tag: str
    alpha3: str
    marc: str


class Topic(NamedTuple):
    """A subject: the id of the table and its label."""

    id: str
    label: str


class Meeting(NamedTuple):
    """The meeting that is reported on.

    Args:
        name: the body that met.
        session: as printed ("Seventieth session").
        place: where it was held.
        start: its first day, ISO 8601.
        end: its last day.
    """

    name: str | None
    session: str | None
    place: str | None
    start: str | None
    end: str | None

    @property
    def title(self) -> str | None:
        """The body and its session."""
        return ", ".join(filter(None, (self.name, self.session))) or None

    @property
    def days(self) -> tuple[str, ...]:
        """The first day, and the last if it is another one."""
        return tuple(dict.fromkeys(day for day in (self.start, self.end) if day and date_parts(day)))

    @property
    def line(self) -> str:
        """Body and session, place, days."""
        return ", ".join(filter(None, (self.title, self.place, " to ".join(self.days))))


class Counts(NamedTuple):
    """How many things of a kind the report holds, as far as they were found."""

    recommendations: int
    paragraphs: int
    panellists: int


class Part(NamedTuple):
    """A recommendation or paragraph that is cited by itself.

    Args:
        id: its id (``rec-12``).
        pinpoint: what the cite says behind the report ("recommendation 12").
        cite: the whole cite.
    """

    id: str
    pinpoint: str
    cite: str


class Entry(NamedTuple):
    """The record. All texts are on one line, with nothing in them that a reader would obey.

    Args:
        name: what the report is called across a corpus; the symbol where there is one.
        symbol: of the document.
        cite: how the report is cited in UN style.
        title: as printed.
        subtitle: as printed.
        part: as printed ("Addendum").
        organ: that the body belongs to, or that met itself.
        body: that met.
        meeting: what the masthead says of it; None where it says nothing.
        date: of the document, ISO 8601.
        status: draft or final.
        distribution: as printed.
        language: of the text.
        originals: languages that the document was first written in.
        language_note: as printed ("English only").
        original: as printed ("Arabic/English").
        job_number: as printed.
        agenda_item: that the document belongs to.
        link: to the documents system, by symbol.
        topics: subjects of at least a tenth of its units, or of the one that is chosen; the most frequent first.
        counts: of a whole report; None where only some of its objects are chosen.
        chosen: the one unit that the entry is about; None for the report.
    """

    name: str
    symbol: str | None
    cite: str
    title: str | None
    subtitle: str | None
    part: str | None
    organ: str | None
    body: str | None
    meeting: Meeting | None
    date: str | None
    status: str | None
    distribution: str | None
    language: Language | None
    originals: tuple[Language, ...]
    language_note: str | None
    original: str | None
    job_number: str | None
    agenda_item: str | None
    link: str | None
    topics: tuple[Topic, ...]
    counts: Counts | None
    chosen: Part | None

    @property
    def author(self) -> str | None:
        """Whose report it is: the body that met, else the organ."""
        return self.body or self.organ

    @property
    def parent(self) -> str | None:
        """The organ above the author."""
        return self.organ if self.body and self.organ != self.body else None

    @property
    def genre(self) -> str:
        """What sort of document it is."""
        return "Draft report" if self.status == "draft" else "Report"

    @property
    def full_title(self) -> str | None:
        """Title, subtitle and part."""
        if not self.title:
            return None
        return self.title + (f": {self.subtitle}" if self.subtitle else "") + (f", {self.part}" if self.part else "")

    @property
    def heading(self) -> str:
        """The full title; the name in square brackets, by which cataloguers mark what they supply, where none is printed."""
        return self.full_title or f"[{self.name}]"


class Keys:
    """Short names of entries in one file: ASCII, made of the symbol or name; one that is taken gets ``-2``, ``-3`` in order."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def key(self, entry: Entry) -> str:
        """The key of an entry; asked for once an entry."""
        stem = _folded(entry.name) or "report"
        if entry.chosen:
            stem += "-" + (_folded(entry.chosen.id) or "part")
        key, count = stem, 1
        while key.lower() in self._taken:  # BibTeX takes keys that differ in case only for one
            count += 1
            key = f"{stem}-{count}"
        self._taken.add(key.lower())
        return key


def entry(report: Report, *, whole: bool = True) -> Entry:
    """The record of a report.

    Args:
        report: the report.
        whole: whether all of its objects are there, so that they can be counted.
    """
    masthead = _cleaned(report.masthead)
    base, name = _base(report), clean(_name(report)) or "report"
    symbol, date = clean(symbol_of(report)), masthead.date if date_parts(masthead.date) else None
    return Entry(
        name=name,
        symbol=symbol,
        cite=name if base == report.source.name else clean(base) or name,
        title=masthead.title,
        subtitle=masthead.subtitle,
        part=masthead.part,
        organ=masthead.organ,
        body=masthead.body,
        meeting=_meeting(masthead),
        date=date,
        status=masthead.status,
        distribution=masthead.distribution,
        language=_language(report, masthead),
        originals=_languages(masthead.original_language),
        language_note=masthead.language_note,
        original=masthead.original_language,
        job_number=masthead.job_number,
        agenda_item=masthead.agenda_item,
        link=link(symbol),
        topics=topics(units(report), _SUBJECT),
        counts=Counts(len(report.recommendations), len(report.paragraphs), len(report.panellists)) if whole else None,
        chosen=None,
    )


def entries(report: Report, *, narrowed: bool) -> Iterator[Entry]:
    """The record of a report; of a narrowed one, a record for each unit that is left, if any is."""
    found = entry(report, whole=not narrowed)
    if not narrowed or not units(report):
        yield found
        return
    base = clean(_base(report)) or ""
    for unit in units(report):
        cited = clean(unit.cite) or found.cite
        part = Part(clean(unit.id) or "part", cited.removeprefix(f"{base}, "), cited)
        yield found._replace(chosen=part, topics=topics((unit,)))


# Texts and dates ---------------------------------------------------------------------------------------------

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
# U+FFFE and U+FFFF are no characters of XML 1.0 (2.2), nor of interchange.
_NONE = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def clean(text: str | None) -> str | None:
    """A text on one line, its controls, direction marks and lone surrogates seen and not obeyed; None where nothing is left."""
    return visible(_BLANKS.sub(" ", text).strip(" ")).translate(_NONE) or None if text else None


def date_parts(iso: str | None) -> tuple[int, ...]:
    """Year, month and day of an ISO date, as far as it has them; nothing for what is no date."""
    found = _DATE.fullmatch(iso or "")
    if not found:
        return ()
    parts = tuple(int(part) for part in found.groups() if part)
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        return ()
    return () if len(parts) > 2 and not 1 <= parts[2] <= _DAYS[parts[1] - 1] else parts


def _cleaned(masthead: Masthead) -> Masthead:
    texts: dict[str, Any] = {name: clean(getattr(masthead, name)) for name in masthead.__dataclass_fields__ if name != "spans"}
    return replace(masthead, **texts)


def _name(report: Report) -> str:
    """The name across a corpus; a file goes without its folders, which say nothing of the report."""
    name = name_of(report)
    return re.split(r"[/\\]", name)[-1] if name == report.source.name and not symbol_of(report) else name


def _base(report: Report) -> str:
    from tipreport.assemble import cite  # noqa: PLC0415 (it brings the parser, and forms are loaded to be listed)

    masthead = report.masthead
    if len(date_parts(masthead.date)) < 3:
        masthead = replace(masthead, date=None)  # a cite names whole days only
    return cite.report(masthead, report.source.symbol, report.source.name)


def _meeting(masthead: Masthead) -> Meeting | None:
    start, end = (day if date_parts(day) else None for day in (masthead.meeting_start, masthead.meeting_end))
    found = Meeting(masthead.body or masthead.organ, masthead.session, masthead.place, start, end)
    return found if any(found[1:]) else None


def _folded(text: str) -> str:
    """Letters, figures, stops and hyphens of ASCII; whatever lies between them becomes one hyphen."""
    import unicodedata  # noqa: PLC0415 (only files of citations need it)

    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.sub(r"[^A-Za-z0-9.]+", "-", plain).strip("-.")


# Languages and topics ----------------------------------------------------------------------------------------

_ONLY = re.compile(r"(\w+)(?: only)?", re.IGNORECASE)
# The letter behind a job number is the language of that version: "V.20-04321 (E)".
_VERSION = re.compile(r"\(([A-Z])\)$")
_ENGLISH_TITLE = re.compile(r"\b(?:of|on) the\b|^(?:draft )?report\b", re.IGNORECASE)
_PARTED = re.compile(r"(?:(?<!\s)\s+)?(?:/|,|;|\band\b)\s*")


@cache
def _known() -> dict[str, Language]:
    """Languages by name and by the letter of their versions."""
    out: dict[str, Language] = {}
    for row in table("languages"):
        found = Language(row["name"], row["alpha2"], row["alpha3"], row["marc"])
        out[row["name"].lower()] = found
        if row["letter"]:
            out[row["letter"]] = found
    return out


def _languages(printed: str | None) -> tuple[Language, ...]:
    """The languages that a list names; none if one of them is not known, for half a list would be wrong."""
    names = [name.lower() for name in _PARTED.split(printed or "") if name]
    return tuple(_known()[name] for name in names) if all(name in _known() for name in names) else ()


def _language(report: Report, masthead: Masthead) -> Language | None:
    """The language of the text, by what is printed (a note, the version's letter), by its words where it is not English, or by English formulas."""
    if masthead.language_note and (note := _ONLY.fullmatch(masthead.language_note)):
        return _known().get(note[1].lower())
    if masthead.job_number and (version := _VERSION.search(masthead.job_number)):
        return _known().get(version[1])
    if any(remark.code == "input/language" for remark in report.diagnostics):
        return next((known for known in _known().values() if known.tag == masthead.language), None)
    understood = (
        any(unit.modality for unit in report.recommendations),
        any(unit.voices for unit in report.paragraphs),
        bool(report.panellists or report.statements),
        bool(_ENGLISH_TITLE.search(masthead.title or "")),
    )
    return _known()["english"] if any(understood) else None


_SUBJECT = 10


@cache
def _labels() -> dict[str, str]:
    return {row["id"]: row["label"] for row in table("topics")}


def topics(found: tuple[Unit, ...], share: int | None = None) -> tuple[Topic, ...]:
    """The subjects of units, the most frequent first.

    Args:
        found: the units.
        share: what part of them must be on a subject (10: a tenth), for one sentence makes no subject of a report.
    """
    counts = Counter(topic for unit in found for topic in dict.fromkeys(unit.topics))
    least = len(found) / share if share else 1
    ranked = sorted((topic for topic in counts if counts[topic] >= least), key=lambda topic: (-counts[topic], topic))
    return tuple(Topic(clean(one) or one, clean(_labels().get(one, one.replace("_", " "))) or one) for one in ranked)
