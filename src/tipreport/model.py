"""The objects that a report is turned into. The one definition of the JSON of CONTRACT version 1.

Frozen, slotted dataclasses of the standard library: they cost nothing at import, pickle, compare and
hash, and pydantic reads them as they are (``tipreport.schema``) for the JSON Schema and for checking
saved JSON. What is not known is ``None`` or empty, never a guess. All spans are half-open ranges of
code points of the text as received.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

SCHEMA_VERSION = "1"


class Record:
    """What all objects share: equality and hash over their fields, a readable form, no unknown keys in saved JSON.

    Written once here instead of by ``dataclass`` for each class, which would cost a third of the import.
    """

    __slots__ = ()
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 (pydantic reads it from the class)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _names(type(self)))

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in _names(type(self)))))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names(type(self)))
        return f"{type(self).__name__}({told})"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Span(Record):
    """A range of the text as received; ``line`` and ``end_line`` count from 1."""

    start: int
    end: int
    line: int
    end_line: int
    page: int | None = None


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Input(Record):
    """Where the text came from."""

    name: str
    media_type: str
    encoding: str
    sha256: str | None  # of the bytes; None where text was given, not bytes
    characters: int
    symbol: str | None = None  # given by the user for a document that prints none


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Masthead(Record):
    """The head of the document: only what it prints itself. Dates are ISO 8601.

    ``language`` is that of the text in hand, in ISO 639-1, told by the text itself; None where it is not told.
    """

    symbol: str | None = None
    organ: str | None = None
    body: str | None = None
    distribution: str | None = None
    date: str | None = None
    original_language: str | None = None
    language_note: str | None = None
    language: str | None = None
    session: str | None = None
    place: str | None = None
    meeting_start: str | None = None
    meeting_end: str | None = None
    title: str | None = None
    subtitle: str | None = None
    part: str | None = None
    status: str | None = None
    job_number: str | None = None
    agenda_item: str | None = None
    spans: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Section(Record):
    """A heading in the body. ``label`` is the path of printed labels, ``number`` the last of them."""

    label: str
    number: str | None
    title: str
    level: int
    continued: bool
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class AgendaItem(Record):
    """An agenda item whose title the report gives."""

    number: str
    title: str
    paragraphs: tuple[str, ...]
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Named(Record):
    """Somebody or something that a table knows, as printed here."""

    id: str
    name: str
    as_printed: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Organization(Record):
    """An organization; one that no table knows has its printed name as ``id``."""

    id: str
    acronym: str | None
    name: str
    as_printed: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SpeakingState(Record):
    """A State in a list of speakers, with those for whom it spoke as well."""

    id: str
    name: str
    as_printed: str
    on_behalf_of: Named | None
    also_on_behalf_of: tuple[Named, ...]
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Point(Record):
    """A lettered or numbered part of a recommendation or paragraph; its text leaves the label out."""

    id: str
    label: str
    text: str
    points: tuple[Point, ...]
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Mention(Record):
    """A name in running text. ``kind``: state, organization, group, person or instrument."""

    kind: str
    id: str
    name: str
    as_printed: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Voice(Record):
    """Who is reported to have spoken, one a reporting clause; ``text`` is the clause."""

    quantifier: str
    noun: str | None
    verb: str
    text: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Recommendation(Record):
    """A recommendation; ``number`` is None where none is printed. ``strength`` is that of its ``modality`` in the table, 0 to 10."""

    id: str
    number: str | None
    section: str | None
    text: str
    addressees: tuple[Named, ...]
    modality: str | None
    strength: int | None
    verb: str | None
    hedges: tuple[str, ...]
    proposed_by: tuple[Named, ...]
    position: str | None
    points: tuple[Point, ...]
    topics: tuple[str, ...]
    mentions: tuple[Mention, ...]
    cite: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Paragraph(Record):
    """A paragraph of the body; ``number`` is None where none is printed."""

    id: str
    number: str | None
    section: str | None
    text: str
    agenda_items: tuple[str, ...]
    agenda_items_inherited: tuple[str, ...]
    points: tuple[Point, ...]
    topics: tuple[str, ...]
    voices: tuple[Voice, ...]
    mentions: tuple[Mention, ...]
    cite: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Panellist(Record):
    """A panellist, joined over the paragraphs that speak of her or him; spans of the fullest mention."""

    name: str
    honorific: str | None
    position: str | None
    organization: str | None
    state: Named | None
    on_behalf_of: Named | None
    agenda_items: tuple[str, ...]
    paragraphs: tuple[str, ...]
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Statement(Record):
    """One printed list of speakers of one capacity (or of those who were represented)."""

    paragraph: str | None
    capacity: str
    agenda_items: tuple[str, ...]
    instrument: str | None
    states: tuple[SpeakingState, ...]
    organizations: tuple[Organization, ...]
    groups: tuple[Named, ...]
    persons: tuple[Named, ...]
    count: int | None
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Decision(Record):
    """A decision or resolution that the report contains; ``paragraphs`` are its numbered ones."""

    number: str
    title: str
    text: str
    paragraphs: tuple[str, ...]
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Reference(Record):
    """A reference. ``kind``: symbol, resolution, decision, article, paragraph, instrument, agenda_item."""

    kind: str
    target: str
    as_printed: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Footnote(Record):
    """A footnote; ``paragraph`` is the number of the paragraph that holds its mark."""

    mark: str
    text: str
    paragraph: str | None
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Block(Record):
    """A part of the source. Every character that is not white space lies in exactly one block."""

    kind: str
    ref: str | None
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Remark(Record):
    """A diagnostic."""

    code: str
    severity: str
    message: str
    hint: str | None
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Origin(Record):
    """A unit of a merged report: its id and number there, and those in its part."""

    id: str
    was: str
    number: str | None
    was_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Part(Record):
    """A part that a report was merged from; it stands at ``start:end`` of the merged text, from ``line`` on."""

    name: str
    symbol: str | None
    part: str | None
    sha256: str | None
    start: int
    end: int
    line: int
    units: tuple[Origin, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Report(Record):
    """One report: everything that was found in one text, each with its place."""

    schema_version: str
    generator: str
    source: Input
    masthead: Masthead
    sections: tuple[Section, ...]
    agenda: tuple[AgendaItem, ...]
    recommendations: tuple[Recommendation, ...]
    paragraphs: tuple[Paragraph, ...]
    panellists: tuple[Panellist, ...]
    statements: tuple[Statement, ...]
    attendance: tuple[Statement, ...]
    decisions: tuple[Decision, ...]
    references: tuple[Reference, ...]
    footnotes: tuple[Footnote, ...]
    blocks: tuple[Block, ...]
    diagnostics: tuple[Remark, ...]
    parts: tuple[Part, ...] = ()  # the ledger of a merged report; empty for any other

    def to_dict(self) -> dict[str, Any]:
        """The report as plain dictionaries, lists, strings and numbers, keys in the contract's order."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    def to_json(self, *, indent: int | None = None) -> str:
        """The report as JSON text. Lone surrogates stay as they are: encode with ``backslashreplace``."""
        import json

        return json.dumps(self, ensure_ascii=False, indent=indent, default=fields_of)

    @classmethod
    def from_json(cls, text: str | bytes) -> Report:
        """Read saved JSON back.

        Raises:
            SchemaError: the text is no JSON, or no report of this schema version.
        """
        from tipreport.schema import load_report

        return load_report(text)


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(cls: Any) -> tuple[str, ...]:
    if cls not in _NAMES:
        _NAMES[cls] = tuple(field.name for field in fields(cls))
    return _NAMES[cls]


def to_plain(thing: Any) -> Any:
    """Turn model objects into plain ones; a span names its page only where there is one."""
    cls = type(thing)
    if cls is tuple or cls is list:
        return [to_plain(one) for one in thing]
    if isinstance(thing, Record):
        return {name: to_plain(value) for name, value in fields_of(thing).items()}
    return thing


def fields_of(thing: Record) -> dict[str, Any]:
    """The fields of one object, the objects in them as they are: what ``json.dumps(..., default=fields_of)`` asks for."""
    if type(thing) is Span:
        plain = {"start": thing.start, "end": thing.end, "line": thing.line, "end_line": thing.end_line}
        if thing.page is not None:
            plain["page"] = thing.page
        return plain
    return {name: getattr(thing, name) for name in _names(type(thing))}
