"""The recommendations of an index with their reports, headings and points, in the order of time; nothing is parsed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from tipreport.config import Config
from tipreport.entities import topic
from tipreport.flow import Body, body
from tipreport.flow import Item as Part
from tipreport.index.schema import base, kind_of, report_of
from tipreport.model import Point
from tipreport.search.engine import search
from tipreport.search.filters import Compiled
from tipreport.search.groups import searched
from tipreport.search.request import Filters, Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence


class Source(NamedTuple):
    """A report that recommendations come from. What it does not say is None."""

    id: int
    name: str
    cite: str
    path: str
    symbol: str | None
    date: str | None
    year: int | None
    body: str | None
    title: str | None
    part: str | None
    status: str | None
    session: str | None
    place: str | None
    meeting_start: str | None
    meeting_end: str | None

    @property
    def time(self) -> tuple[str, bool]:
        """Its place in time, a draft before the final report of its day; an empty text where it gives no date."""
        told = self.date or self.meeting_end or self.meeting_start or ("" if self.year is None else str(self.year))
        return told, self.status != "draft"


class Heading(NamedTuple):
    """A heading that a recommendation stands under: its path of labels, its printed number, its title."""

    label: str
    number: str | None
    title: str
    topics: tuple[str, ...]

    @property
    def told(self) -> str:
        """The heading as it is cited: ``II.C Joint investigations``."""
        return f"{self.label} {self.title}" if self.number else self.title


class Known(NamedTuple):
    """Of a point: the topics of its text, and the line of the source on which it begins."""

    topics: tuple[str, ...]
    line: int | None


class Item(NamedTuple):
    """A recommendation.

    Args:
        id: of the index.
        source: its report.
        ident: its id in the report, ``rec-51``.
        number: as printed.
        headings: those above it, from the outermost.
        text: its whole text; ``body`` has its points apart.
        pinpoint: where it stands in its report.
        topics: of its whole text.
        line: of the source, on which it begins.
        points: what is known of each point, by its id.
    """

    id: int
    source: Source
    ident: str
    number: str | None
    section: str | None
    headings: tuple[Heading, ...]
    text: str
    body: Body
    modality: str | None
    strength: int | None
    verb: str | None
    addressees: tuple[str, ...]
    addressee_ids: frozenset[str]
    proposed_by: str | None
    position: str | None
    pinpoint: str
    topics: tuple[str, ...]
    line: int | None
    points: dict[str, Known]


class Unit(NamedTuple):
    """What can stand under a topic: a recommendation, or a point of one.

    Args:
        item: the recommendation.
        path: the points from the outermost to this one; empty for the recommendation itself.
        at: its place in ``item``, to tell units apart and to order them.
    """

    item: Item
    path: tuple[Part, ...] = ()
    at: int = 0

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from all other units."""
        return self.item.id, self.at

    @property
    def kind(self) -> str:
        """``recommendation`` or ``point``."""
        return "point" if self.path else "recommendation"

    @property
    def ident(self) -> str:
        """Its id in its report: ``rec-51``, ``rec-51.d``."""
        return self.path[-1].point.id if self.path else self.item.ident

    @property
    def text(self) -> str:
        """Its own text; that of a point without its lead-in."""
        return self.path[-1].point.text if self.path else self.item.text

    @property
    def body(self) -> Body:
        """Its own text with the points below it apart."""
        return self.path[-1].body if self.path else self.item.body

    @property
    def leads(self) -> tuple[str, ...]:
        """The lead-ins that a point is understood by, from the outermost."""
        above = [self.item.body, *(part.body for part in self.path[:-1])] if self.path else []
        return tuple(one.intro.strip() for one in above)

    @property
    def lead(self) -> str | None:
        """The lead-ins in one text; None for a recommendation."""
        return " ".join(self.leads) if self.path else None

    @property
    def line(self) -> int | None:
        """The line of the source on which it begins."""
        return self.item.points[self.ident].line if self.path else self.item.line

    @property
    def cite(self) -> str:
        """Its pinpoint cite; that of a point names its labels."""
        labels = "".join(f" ({part.point.label})" for part in self.path)
        return f"{self.item.source.cite}, {self.item.pinpoint}{labels}"


class Placed(NamedTuple):
    """A unit and the topics it stands under: by its own words, and by a heading above it. Without both it is on no topic."""

    unit: Unit
    topics: tuple[str, ...]
    by_heading: dict[str, Heading]


class Gathered(NamedTuple):
    """What the filters leave.

    Args:
        items: the recommendations, report by report in the order of time (oldest first; those without a date last).
        only: id of an item -> ids of the points that were asked for, where not the whole was.
        reports: how many reports were looked at.
        recommendations: how many recommendations these hold.
        topics: the topics that were asked for; empty for all.
    """

    items: tuple[Item, ...]
    only: dict[int, frozenset[str]]
    reports: int
    recommendations: int
    topics: tuple[str, ...]


def gathered(connection: sqlite3.Connection, filters: Filters) -> Gathered:
    """The recommendations that filters leave. ``--topic`` is settled later: a heading may put a recommendation under one.

    Raises:
        UnknownNameError, TipreportError: a filter names what nobody knows, or is no range.
    """
    topics = Compiled(connection, filters).topics
    answer = search(connection, Request(filters=filters._replace(topic=()), kinds=("recommendations", "points"), limit=None))
    whole = {ident for ident, _ in answer.found if kind_of(ident) == "recommendations"}
    some = [ident for ident, _ in answer.found if kind_of(ident) == "points"]
    reader = _Reader(connection, {report_of(ident) for ident in (*whole, *some)})
    only = reader.asked(some, whole)
    items = sorted(reader.items(whole | only.keys()), key=lambda one: (reader.order[one.source.id], one.id))
    counts = searched(connection, answer.scope)
    return Gathered(tuple(items), only, counts["reports"], counts["recommendations"], topics)


def units(item: Item, only: frozenset[str] | None = None) -> Iterator[Unit]:
    """A recommendation and all its points, each before those below it; the points asked for alone where ``only`` names them."""
    if only is None:
        yield Unit(item)
    for at, path in enumerate(_paths(item.body), 1):
        if only is None or path[-1].point.id in only:
            yield Unit(item, path, at)


def placed(item: Item, config: Config, only: frozenset[str] | None = None) -> Iterator[Placed]:
    """The units of a recommendation under their topics.

    A recommendation stands under the topics of its lead-in and of its headings as a whole, and each of its points under those that
    are its own. A point that has none is on no topic, unless what holds it stands somewhere as a whole.
    """
    headed = {name: heading for heading in item.headings for name in heading.topics}
    standing: dict[int, frozenset[str]] = {}  # depth -> the topics under which what holds the unit stands already
    for unit in units(item, only):
        depth = len(unit.path)
        standing = {one: names for one, names in standing.items() if one < depth}
        held = frozenset[str]().union(*standing.values())
        own = item.points[unit.ident].topics if unit.path else item.topics
        kids = {name for part in unit.body.points for name in item.points[part.point.id].topics}
        lead = topic.find(f"{unit.body.intro} {unit.body.tail}", config) if kids else ()
        mine = tuple(name for name in own if (name not in kids or name in lead) and name not in held)
        by_heading = {} if standing else {name: heading for name, heading in headed.items() if name not in mine}
        if mine or by_heading or not (standing or (unit.body.points and own)):
            standing[depth] = frozenset((*mine, *by_heading))
            yield Placed(unit, mine, by_heading)


def _paths(one: Body, above: tuple[Part, ...] = ()) -> Iterator[tuple[Part, ...]]:
    for part in one.points:
        yield (*above, part)
        yield from _paths(part.body, (*above, part))


def in_time(sources: Iterable[Source], *, newest: bool) -> list[Source]:
    """Reports in the order of time; those without a date stand last, those of one time by their names."""
    named = sorted(sources, key=lambda one: (one.name, one.path))
    dated = sorted((one for one in named if one.time[0]), key=lambda one: one.time, reverse=newest)
    return [*dated, *(one for one in named if not one.time[0])]


class _Reader:
    """The rows of reports."""

    def __init__(self, connection: sqlite3.Connection, reports: Iterable[int]) -> None:
        self.run = connection.execute
        self.reports = sorted(reports)
        columns = ", ".join(Source._fields)
        self.sources = {row[0]: Source(*row) for row in self._of_reports(f"SELECT {columns} FROM reports WHERE id")}
        self.order = {source.id: place for place, source in enumerate(in_time(self.sources.values(), newest=False))}

    def _of_reports(self, sql: str, more: str = "") -> Iterator[tuple[Any, ...]]:
        """Rows whose ``report_id`` (or what ``sql`` ends with) is one of ours, some hundred reports at a time."""
        for at in range(0, len(self.reports), 500):
            some = self.reports[at : at + 500]
            yield from self.run(f"{sql} IN ({', '.join('?' * len(some))}) {more}", some)

    def asked(self, points: Sequence[int], whole: set[int]) -> dict[int, frozenset[str]]:
        """Recommendation -> points of it that were found where it was not found itself."""
        out: dict[int, set[str]] = defaultdict(set)
        wanted = set(points)
        if wanted:
            for ident, unit, name in self._of_reports("SELECT id, unit_id, ident FROM points WHERE report_id"):
                if ident in wanted and unit not in whole and kind_of(unit) == "recommendations":
                    out[unit].add(name)
        return {unit: frozenset(names) for unit, names in out.items()}

    def items(self, wanted: set[int]) -> Iterator[Item]:
        """The recommendations, in no order."""
        topics = self._topics()
        points = self._points()
        headings = self._headings(topics)
        asked: dict[int, list[str]] = defaultdict(list)
        for name, ident in self.run("SELECT name_id, object_id FROM addressees"):
            asked[ident].append(name)
        for row in self._of_reports(
            "SELECT id, report_id, ident, number, section, text, modality, strength, verb, addressees, proposed_by, position, pinpoint, line "
            "FROM recommendations WHERE report_id"
        ):
            ident, report, name, number, section, text, modality, strength, verb, addressees, proposed, position, pinpoint, line = row
            if ident not in wanted:
                continue
            held = points.get(ident, ())
            yield Item(
                ident, self.sources[report], name, number, section, headings.get((report, section), ()), text, body(text, _nested(held)), modality,
                strength, verb, tuple(addressees.split("; ")) if addressees else (), frozenset(asked.get(ident, ())), proposed, position,
                pinpoint, tuple(topics.get(ident, ())), line, {one.ident: Known(tuple(topics.get(one.id, ())), one.line) for one in held},
            )  # fmt: skip

    def _topics(self) -> dict[int, list[str]]:
        out: dict[int, list[str]] = defaultdict(list)
        ends = (base("paragraphs"), base("points"), base("agenda"))
        for name, ident in self.run(
            "SELECT topic, object_id FROM topics WHERE object_id < ? OR object_id BETWEEN ? AND ? ORDER BY topic", ends
        ):
            out[ident].append(name)
        return out

    def _points(self) -> dict[int, list[_Row]]:
        """Recommendation -> the rows of its points in the order of the page."""
        found: dict[int, list[_Row]] = defaultdict(list)
        for unit, *row in self._of_reports("SELECT unit_id, id, ident, label, text, line FROM points WHERE report_id", "ORDER BY id"):
            if kind_of(unit) == "recommendations":
                found[unit].append(_Row(*row))
        return found

    def _headings(self, topics: dict[int, list[str]]) -> dict[tuple[int, str | None], tuple[Heading, ...]]:
        """Report and path of labels -> the headings from the outermost on; one that is continued counts as one."""
        own: dict[tuple[int, str], Heading] = {}
        for ident, report, label, number, title in self._of_reports(
            "SELECT id, report_id, label, number, title FROM sections WHERE report_id", "ORDER BY id"
        ):
            before = own.get((report, label))
            named = tuple(dict.fromkeys((*(before.topics if before else ()), *topics.get(ident, ()))))
            own[report, label] = before._replace(topics=named) if before else Heading(label, number, title, named)
        out: dict[tuple[int, str | None], tuple[Heading, ...]] = {}
        for report, label in own:
            parts = label.split(".")
            above = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
            out[report, label] = tuple(own[report, one] for one in above if (report, one) in own)
        return out


class _Row(NamedTuple):
    """A point as the index holds it."""

    id: int
    ident: str
    label: str
    text: str
    line: int | None


def _nested(rows: Sequence[_Row]) -> tuple[Point, ...]:
    """Points in the order of the page; ``rec-1.a.i`` stands within ``rec-1.a``."""
    out: list[Point] = []
    at = 0
    while at < len(rows):
        one = rows[at]
        end = at + 1
        while end < len(rows) and rows[end].ident.startswith(f"{one.ident}."):
            end += 1
        out.append(Point(id=one.ident, label=one.label, text=one.text, points=_nested(rows[at + 1 : end]), spans=()))
        at = end
    return tuple(out)
