"""One report as rows of the index: a pure function, so that it runs in any process.

Ids are those of report 0; the writer adds the report's own share.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from functools import cache
from typing import Any, NamedTuple

from tipreport import profiles
from tipreport.assemble import cite
from tipreport.config import Config
from tipreport.data import table
from tipreport.entities import topic
from tipreport.folding import folded
from tipreport.identity import name_of, symbol_of
from tipreport.index.schema import MOST_PLACES, base
from tipreport.index.texts import Unit, pack, pack_saved, pack_seen, unpack_seen
from tipreport.model import Mention, Named, Paragraph, Point, Recommendation, Report, Spans, Statement

Row = tuple[Any, ...]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.spans import Source

_WORD = re.compile(r"[^\W\d_]{2,40}")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Rows(NamedTuple):
    """The rows of one report.

    Args:
        report: columns of ``reports`` but for id, path and digest.
        text: the source (or the JSON of the report), packed, and which of them it is.
        seen: what the reader of the input told beside the text, packed; None where it told nothing.
        tables: rows by table; the first column of an object table is its local id.
        names: (kind, id, official name) of all who are named.
        words: the words that its texts hold, folded as the full-text table folds them.
        digest: over all rows, for ``index verify``.
    """

    report: dict[str, Any]
    text: tuple[bytes, int]
    seen: bytes | None
    tables: dict[str, list[Row]]
    names: list[Row]
    words: list[str]
    digest: str


def rows(report: Report, text: str | None, config: Config, source: Source | None = None) -> Rows:
    """The rows of a report.

    Args:
        report: the report.
        text: that it was made from; None where that is not at hand.
        config: how it was parsed.
        source: of the text, for what its reader told beside it.
    """
    made = _Maker(report, text or "", config)
    made.run()
    told = _report(report)
    kept = report.to_json() if text is None else text
    seen = pack_seen(source) if source is not None else None
    return Rows(
        report=told,
        text=pack_saved(kept) if text is None else pack(kept, _units(report)),
        seen=seen,
        tables=made.tables,
        names=sorted(made.names),
        words=sorted(made.words),
        digest=digest(made.tables, kept, told, seen),
    )


def digest(tables: dict[str, list[Row]], text: str, report: dict[str, Any], seen: bytes | None) -> str:
    """A digest of rows with local ids, whatever their order within a table, of the source (or saved JSON), of what its reader told, and of the row of the report."""
    total = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    total.update(repr(sorted(report.items())).encode("utf-8", "surrogatepass"))
    total.update(repr(seen and unpack_seen(seen)).encode("utf-8", "surrogatepass"))  # the bytes of zlib may differ from one to the next
    for name in sorted(tables):
        for row in sorted(map(repr, tables[name])):
            total.update(row.encode("utf-8", "surrogatepass"))
        total.update(name.encode())
    return total.hexdigest()[:32]


def _units(report: Report) -> list[Unit]:
    """Recommendations and paragraphs in the order of their places."""
    units: list[Recommendation | Paragraph] = sorted((*report.recommendations, *report.paragraphs), key=_place)
    return [Unit(unit.text, tuple((span.start, span.end) for span in unit.spans)) for unit in units]


def _place(unit: Recommendation | Paragraph) -> tuple[int, bool]:
    return (unit.spans[0].start if unit.spans else 0, isinstance(unit, Paragraph))


def _report(report: Report) -> dict[str, Any]:
    m = report.masthead
    symbol = symbol_of(report)
    told = _YEAR.search(m.date or m.meeting_end or m.meeting_start or "") or _YEAR.search(symbol or "")
    return {
        "name": name_of(report), "cite": cite.report(m, report.source.symbol, report.source.name), "sha256": report.source.sha256,
        "symbol": symbol, "date": m.date, "year": int(told.group()) if told else None, "organ": m.organ, "body": m.body,
        "profile": profiles.choose(symbol, m.body, m.title).name, "title": m.title, "subtitle": m.subtitle, "part": m.part, "status": m.status,
        "session": m.session, "agenda_item": m.agenda_item, "place": m.place, "meeting_start": m.meeting_start,
        "meeting_end": m.meeting_end, "distribution": m.distribution, "original_language": m.original_language,
        "language_note": m.language_note, "job_number": m.job_number, "media_type": report.source.media_type,
        "encoding": report.source.encoding, "characters": report.source.characters,
        "warnings": sum(remark.severity == "warning" for remark in report.diagnostics),
    }  # fmt: skip


@cache
def _ranks() -> dict[str, int | None]:
    return {row["id"]: int(row["rank"]) if row["rank"] else None for row in table("quantifiers")}


@cache
def _groups() -> dict[str, str]:
    return {row["alpha3"]: row["regional_group"] for row in table("states") if row["name_status"] == "current"}


def _placed(spans: Spans) -> Row:
    """The columns line, start_offset, end_offset, spans."""
    if not spans:
        return (None, None, None, None)
    several = len(spans) > 1 or spans[0].page is not None
    written = ",".join(f"{s.start}-{s.end}" + (f"@{s.page}" if s.page is not None else "") for s in spans) if several else None
    return (spans[0].line, spans[0].start, spans[-1].end, written)


def _listed(values: Any) -> str | None:
    return "; ".join(values) or None


class _Maker:
    """Collects the rows of one report."""

    def __init__(self, report: Report, text: str, config: Config) -> None:
        self.report, self.text, self.config = report, text, config
        units: tuple[Recommendation | Paragraph, ...] = (*report.recommendations, *report.paragraphs)
        self.units = sorted((span.start, span.end, unit.cite) for unit in units for span in unit.spans)
        self.cite = cite.report(report.masthead, report.source.symbol, report.source.name) + ", "
        self.tables: dict[str, list[Row]] = {}
        self.words: set[str] = set()
        self.counts: dict[str, int] = {}
        self.names: set[Row] = set()

    def run(self) -> None:
        report = self.report
        for unit in report.recommendations:
            self._recommendation(unit)
        for paragraph in report.paragraphs:
            self._paragraph(paragraph)
        for section in report.sections:
            ident = self.add(
                "sections", section.label, section.number, section.title, section.level, int(section.continued), *_placed(section.spans)
            )
            self._topics(ident, topic.find(section.title, self.config))
            self.read(section.title)
        for item in report.agenda:
            ident = self.add("agenda", item.number, item.title, _listed(item.paragraphs), *_placed(item.spans))
            self._topics(ident, topic.find(item.title, self.config))
            self._items(ident, (item.number,))
            self.read(item.title)
        self._panellists()
        for kind in ("statements", "attendance"):
            for one in getattr(report, kind):
                self._speakers(kind, one)
        self._rest()

    # ------------------------------------------------------------------ helpers
    def add(self, kind: str, *columns: Any) -> int:
        """Add an object; gives its local id."""
        place = self.counts[kind] = self.counts.get(kind, 0) + 1
        if place >= MOST_PLACES:
            raise OverflowError(kind)
        ident = base(kind) | place
        self.tables.setdefault(kind, []).append((ident, *columns))
        return ident

    def hang(self, name: str, *columns: Any) -> None:
        """Add a row that belongs to an object."""
        self.tables.setdefault(name, []).append(columns)

    def read(self, *texts: str | None) -> None:
        """Take the words of texts into the list of words."""
        for text in texts:
            if text:
                self.words.update(_WORD.findall(folded(text)))

    def _pinpoint(self, spans: Spans) -> str | None:
        """Where in the report something stands: the pinpoint of the unit that holds its beginning."""
        if not spans:
            return None
        at = bisect_right(self.units, (spans[0].start, float("inf"), "")) - 1
        if at < 0 or self.units[at][1] <= spans[0].start:
            return None
        return self.units[at][2].removeprefix(self.cite)

    def _column(self, text: str, spans: Spans) -> int | None:
        """The column of a text that stands in the source exactly as it is, on one line; None for any other."""
        if not spans:  # a report that was read back from XML has no places
            return None
        start = spans[0].start
        if len(spans) > 1 or not text or self.text[start : spans[0].end] != text:
            return None
        return start - self.text.rfind("\n", 0, start)

    def _topics(self, ident: int, found: tuple[str, ...]) -> None:
        for name in dict.fromkeys(found):
            self.hang("topics", name, ident)

    def _items(self, ident: int, items: tuple[str, ...], inherited: tuple[str, ...] = ()) -> None:
        for item in dict.fromkeys((*items, *inherited)):
            self.hang("items", item, ident, int(item not in items))

    # ------------------------------------------------------------------ units
    def _recommendation(self, unit: Recommendation) -> None:
        ident = self.add(
            "recommendations", unit.id, unit.number, unit.section, unit.text, unit.modality, unit.strength, unit.verb, _listed(unit.hedges),
            _listed(dict.fromkeys(a.name for a in unit.addressees)), _listed(p.name for p in unit.proposed_by), unit.position, _listed(unit.topics),
            unit.cite.removeprefix(self.cite), self._column(unit.text, unit.spans), *_placed(unit.spans),
        )  # fmt: skip
        self.read(unit.text)
        self._topics(ident, unit.topics)
        for name_id, as_printed in {a.id: a.as_printed for a in reversed(unit.addressees)}.items():
            self.hang("addressees", name_id, ident, as_printed)
        self.names |= {("addressee", a.id, a.name) for a in unit.addressees}
        self._mentions(ident, unit.mentions)
        self._points(ident, unit.cite.removeprefix(self.cite), unit.points)
        for place, state in enumerate(unit.proposed_by, 1):
            self._participation(ident, place, "state", state, role="proposed", items=(), paragraph=unit.number)

    def _paragraph(self, unit: Paragraph) -> None:
        text = unit.text
        ident = self.add(
            "paragraphs",
            unit.id,
            unit.number,
            unit.section,
            text,
            _listed(unit.topics),
            unit.cite.removeprefix(self.cite),
            self._column(text, unit.spans),
            *_placed(unit.spans),
        )
        self.read(text)
        self._topics(ident, unit.topics)
        self._items(ident, unit.agenda_items, unit.agenda_items_inherited)
        self._mentions(ident, unit.mentions)
        self._points(ident, unit.cite.removeprefix(self.cite), unit.points)
        ranks, at = _ranks(), 0
        for voice in unit.voices:
            found = text.find(voice.text, at)
            found = found if found >= 0 else text.find(voice.text)
            said = (found, len(voice.text), None) if found >= 0 and "\0" not in text else (None, None, voice.text)
            at = max(found, 0)
            self.add("voices", ident, voice.quantifier, ranks.get(voice.quantifier), voice.noun, voice.verb, *said, *_placed(voice.spans))

    def _points(self, unit: int, above: str, points: tuple[Point, ...]) -> None:
        for point in points:
            own = f"{above} ({point.label})"
            ident = self.add("points", unit, point.id, point.label, point.text, own, *_placed(point.spans))
            self._topics(ident, topic.find(point.text, self.config))
            self._points(unit, own, point.points)

    def _mentions(self, ident: int, mentions: tuple[Mention, ...]) -> None:
        seen = set()
        for number, one in enumerate(mentions, 1):
            start = one.spans[0].start if one.spans else -number  # of a report without places: the order alone
            key = (one.kind, one.id, start)
            if key not in seen:
                seen.add(key)
                self.names.add((one.kind, one.id, one.name))
                self.hang("mentions", (one.kind, one.id), ident, start, one.as_printed if one.as_printed != one.name else None)

    # ------------------------------------------------------------------ who took part
    def _panellists(self) -> None:
        for one in self.report.panellists:
            state, group = one.state, one.on_behalf_of
            of_state, of_group = state.name if state else None, group.name if group else None
            ident = self.add(
                "panellists", one.name, one.honorific, one.position, one.organization, of_state, of_group,
                _listed(one.agenda_items), _listed(one.paragraphs), self._pinpoint(one.spans), *_placed(one.spans),
            )  # fmt: skip
            self._items(ident, one.agenda_items)
            self.read(one.name, one.position, one.organization, of_state, of_group)
            shared: dict[str, Any] = {
                "role": "panellist",
                "items": one.agenda_items,
                "paragraph": _listed(one.paragraphs),
                "person": one.name,
            }
            if state is not None:
                self._participation(ident, 1, "state", state, behalf=(group,) if group else (), **shared)
            elif group is not None:
                self._participation(ident, 1, "group", group, **shared)
            else:
                self._participation(ident, 1, "person", Named(id=one.name, name=one.name, as_printed=one.name, spans=one.spans), **shared)

    def _speakers(self, kind: str, one: Statement) -> None:
        """One list of speakers, or of those who were represented."""
        everyone: list[tuple[str, Any, tuple[Named, ...]]] = [
            *(("state", state, tuple(filter(None, (state.on_behalf_of, *state.also_on_behalf_of)))) for state in one.states),
            *(("organization", named, ()) for named in one.organizations),
            *(("group", named, ()) for named in one.groups),
            *(("person", named, ()) for named in one.persons),
        ]
        told = _listed(f"{n.name}" + (f" ({n.as_printed})" if n.as_printed != n.name else "") for _, n, _ in everyone) or ""
        ident = self.add(
            kind,
            one.paragraph,
            one.capacity,
            one.instrument,
            _listed(one.agenda_items),
            told,
            one.count,
            self._pinpoint(one.spans),
            *_placed(one.spans),
        )
        self.read(told)
        self._items(ident, one.agenda_items)
        role = "spoke" if kind == "statements" else "attended"
        for place, (what, named, behalf) in enumerate(everyone, 1):
            self._participation(
                ident, place, what, named, role=role, capacity=one.capacity, behalf=behalf, items=one.agenda_items, paragraph=one.paragraph
            )

    def _participation(
        self, ident: int, place: int, kind: str, named: Any, *, role: str, items: tuple[str, ...], paragraph: str | None,
        capacity: str | None = None, behalf: tuple[Any, ...] = (), person: str | None = None,
    ) -> None:  # fmt: skip
        self.names |= {(kind, named.id, named.name), *(("group", one.id, one.name) for one in behalf)}
        self.hang(
            "participations", ident, place, kind, named.id, named.name, named.as_printed, _groups().get(named.id) or None, role, capacity,
            _listed(one.id for one in behalf), person, _listed(items), paragraph, self._pinpoint(named.spans), *_placed(named.spans),
        )  # fmt: skip

    # ------------------------------------------------------------------ the rest
    def _rest(self) -> None:
        report = self.report
        for one in report.references:
            self.add("references", one.kind, one.target, one.as_printed, *_placed(one.spans))
            self.read(one.as_printed, one.target)
        for note in report.footnotes:
            self.add("footnotes", note.mark, note.text, note.paragraph, *_placed(note.spans))
            self.read(note.text)
        for decision in report.decisions:
            self.add("decisions", decision.number, decision.title, _listed(decision.paragraphs), *_placed(decision.spans))
            self.read(decision.title)
