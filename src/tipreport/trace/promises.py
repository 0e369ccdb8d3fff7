"""Topics that a body sets for its next meetings, against the agenda items and headings of its later meetings.

Printed forms: "The Working Group should address the following topics as priorities in its next meetings: (a) ..." (the points
are the topics); "The topics for the next session would be ..."; "decided to include an item on ... in the agenda of its next
meeting". A topic is

- kept, where a later meeting has an agenda item or a heading on it, each with its likeness as evidence;
- dropped, where it was set for one meeting ("its next session", "its twelfth session") that took place without it, or a later
  meeting set a new list of topics without it;
- pending otherwise: the report says "next meetings" and no later list stands against it, or no later meeting is known.

Whether a meeting took it up without saying so in an item or heading is not known; nothing is claimed of it.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from tipreport.diff.likeness import Weights
from tipreport.index.schema import base, report_of
from tipreport.search.filters import Compiled
from tipreport.search.places import Sources, spans_of
from tipreport.search.request import Filters
from tipreport.trace.meetings import Row, rows
from tipreport.trace.timeline import looked_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

KEPT, PENDING, DROPPED = "kept", "pending", "dropped"

# The least likeness of a topic and a title (``_alike``). Of the topics of 2019, (d) has 0.79 with item 3 of 2020, the next one 0.19.
LEAST = 0.5
_TOPIC = re.compile(
    r"\b(?:topics?|themes?|subjects?|priorit(?:y|ies))\b[^.;:]{0,160}?\b(?:next|future|forthcoming|upcoming|subsequent|coming)\b[^.;:]{0,40}?\b(?:meetings?|sessions?)\b"
    r"|\b(?:next|future|forthcoming|upcoming|subsequent|coming)\b[^.;:]{0,40}?\b(?:meetings?|sessions?)\b[^.;:]{0,100}?\b(?:following )?(?:topics?|themes?|subjects?)\b"
    r"|\b(?:include|place|put|inscribe)\b[^.;:]{0,160}?\b(?:on|in) the (?:provisional )?agenda (?:of|for) (?:its|the) (?:next|forthcoming|subsequent)\b[^.;:]{0,30}?\b(?:meetings?|sessions?)\b",
    re.IGNORECASE,
)
# What a unit must hold to be looked at; SQLite reads a million texts for it in a second.
_LIKELY = "(" + " OR ".join(f"text LIKE '%{word}%'" for word in ("next", "future", "forthcoming", "upcoming", "subsequent", "coming")) + ")"
_SEVERAL = re.compile(r"\b(?:meetings|sessions)\b", re.IGNORECASE)
_ONE = re.compile(
    r"\b(?:would|should|will|shall) be:? (?P<topic>[^.;]{12,400})|\bitem (?:on|entitled) (?P<item>[^.;]{12,400}?) (?:on|in) the (?:provisional )?agenda\b"
)


class Title(NamedTuple):
    """An agenda item or a heading: what it is called, its words, its place in the text of its report."""

    kind: str
    ident: str
    label: str
    text: str
    spans: list[dict[str, int]]


class Evidence(NamedTuple):
    """A title of a later meeting that a topic is like."""

    row: Row
    title: Title
    score: float


class Promise(NamedTuple):
    """A topic that a report sets for later meetings.

    Args:
        row: the report.
        id: of the point that is the topic, or of the unit that names it.
        label: what people call it: "rec. 51 (d)".
        cite: its pinpoint cite.
        text: the topic.
        spans: its place in the text of the report, as the contract has it.
        several: whether it was set for several meetings.
        outcome: kept, pending or dropped.
        evidence: the best title of each later meeting, in the order of time.
        reason: why it counts as pending or dropped, in words; None for one that was kept.
        later: how many later meetings of the body are known.
    """

    row: Row
    id: str
    label: str
    cite: str
    text: str
    spans: list[dict[str, int]]
    several: bool
    outcome: str = PENDING
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    later: int = 0


class Promises(NamedTuple):
    """The topics in the order of time and text, and how many reports were looked at."""

    found: tuple[Promise, ...]
    searched: int


def promises(connection: sqlite3.Connection, filters: Filters, *, least: float = LEAST) -> Promises:
    """What became of the topics that bodies set for their next meetings.

    Args:
        connection: the index; nothing is parsed.
        filters: which reports are looked at.
        least: the least likeness of a topic to a title, 0 to 1.
    """
    listed = looked_at(connection, filters, rows(connection, Compiled(connection, filters).reports))
    by_id = {row.id: row for row in listed}
    reader = _Reader(connection)
    topics: dict[int, list[Promise]] = {}
    for promise in reader.topics(by_id):
        topics.setdefault(promise.row.id, []).append(promise)
    found: list[Promise] = []
    for row in listed:
        if row.id in topics:
            later = [other for other in listed if _after(other, row)]
            titles = {other.id: reader.titles(other) for other in later}
            weights = Weights([*(one.text for one in topics[row.id]), *(title.text for held in titles.values() for title in held)])
            found += [_judged(promise, later, titles, topics, weights, least) for promise in topics[row.id]]
    return Promises(tuple(found), len(listed))


class _Reader:
    """Topics and titles as the index holds them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.sources = Sources(connection)

    def _rows(self, sql: str, values: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
        found = self.connection.execute(sql, values)
        names = [column[0] for column in found.description]
        for row in found.fetchall():
            yield dict(zip(names, row, strict=True))

    def topics(self, reports: dict[int, Row]) -> Iterator[Promise]:
        """The topics that reports set, in the order of ids."""
        for kind, short in (("recommendations", "rec."), ("paragraphs", "para.")):
            for unit in self._rows(f"SELECT * FROM {kind} WHERE {_LIKELY} ORDER BY id", ()):
                row = reports.get(report_of(unit["id"]))
                found = _TOPIC.search(unit["text"])
                if row is not None and found:
                    yield from self._of_unit(row, unit, found, f"{short} {unit['number'] or unit['ident']}")

    def _of_unit(self, row: Row, unit: dict[str, Any], found: re.Match[str], label: str) -> Iterator[Promise]:
        several = bool(_SEVERAL.search(found.group()))
        cite = f"{row.cite}, {unit['pinpoint']}"
        points = list(self._rows("SELECT * FROM points WHERE unit_id = ? ORDER BY id", (unit["id"],)))
        for point in points:
            marks = " ".join(f"({part})" for part in point["ident"][len(unit["ident"]) + 1 :].split("."))
            yield Promise(
                row, point["ident"], f"{label} {marks}", f"{cite} {marks}", _bare(point["text"]), self._spans(row, point), several
            )
        single = None if points else _ONE.search(unit["text"], found.start())
        if single:
            yield Promise(row, unit["ident"], label, cite, _bare(single["topic"] or single["item"]), self._spans(row, unit), several)

    def titles(self, row: Row) -> list[Title]:
        """The agenda items and headings of a report, in this order."""
        out = []
        for kind, column, name in (("agenda", "number", "agenda item"), ("sections", "label", "heading")):
            ends = (base(kind, row.id), base(kind, row.id + 1))
            for one in self._rows(f"SELECT * FROM {kind} WHERE id > ? AND id < ? ORDER BY id", ends):
                ident = f"item-{one[column]}" if kind == "agenda" else one[column]
                out.append(Title(name, ident, f"{name} {one[column]}", one["title"], self._spans(row, one)))
        return out

    def _spans(self, row: Row, held: dict[str, Any]) -> list[dict[str, int]]:
        return self.sources.spans(row.id, list(spans_of(held)))


def _bare(text: str) -> str:
    """A topic without what joins it to the next."""
    return re.sub(r"[;,.]?(?:(?<!\s)\s+and)?[;,.]?$", "", text.strip()).strip("“”\"' ")


def _judged(
    promise: Promise, later: Sequence[Row], titles: dict[int, list[Title]], topics: dict[int, list[Promise]], weights: Weights, least: float
) -> Promise:
    """A topic with its outcome."""
    meetings = list(dict.fromkeys(map(_meeting, later)))
    evidence = [best for row in later if (best := _best(promise.text, row, titles[row.id], weights, least)) is not None]
    promise = promise._replace(later=len(meetings), evidence=tuple(evidence))
    if evidence:
        return promise._replace(outcome=KEPT)
    if not later:
        return promise._replace(reason="no later meeting of the body is known")
    of_next = [row for row in later if _meeting(row) == meetings[0]]
    if not promise.several and any(titles[row.id] for row in of_next):
        return promise._replace(outcome=DROPPED, reason=f"the next meeting ({of_next[0].date or of_next[0].name}) has no such item")
    for row in later:
        again = topics.get(row.id, [])
        if any(_alike(promise.text, other.text, weights) >= least for other in again):
            return promise._replace(reason=f"set again in {row.name}")
        if len(again) > 1:
            return promise._replace(outcome=DROPPED, reason=f"{row.name} sets other topics, without it")
    return promise._replace(reason=f"no item or heading of {len(meetings)} later meeting{'s' * (len(meetings) > 1)} is like it")


def _meeting(row: Row) -> str:
    return row.meeting_start or row.date or row.name


def _after(row: Row, other: Row) -> bool:
    """Whether a report is of a later meeting of the same body."""
    if not row.same_body(other) or row.same_meeting(other):
        return False
    mine, theirs = row.meeting_start or row.date, other.meeting_start or other.date
    return mine is not None and theirs is not None and mine > theirs


def _best(text: str, row: Row, titles: list[Title], weights: Weights, least: float) -> Evidence | None:
    """The title that a topic is most like; an agenda item before a heading of much the same words."""
    found = [(round(_alike(text, title.text, weights), 4), -place, title) for place, title in enumerate(titles)]
    best = max(found, key=lambda one: one[:2], default=None)
    if best is None or best[0] < least:
        return None
    items = [one for one in found if one[2].kind == "agenda item" and one[0] >= max(best[0] - 0.1, least)]
    score, _, title = max(items, key=lambda one: one[:2]) if items else best
    return Evidence(row, title, score)


def _alike(one: str, other: str, weights: Weights) -> float:
    """The likeness of a topic and a title: titles are short, so half of it is the share of the shorter text that both have."""
    left, right = weights.gist(one), weights.gist(other)
    least = min(left.weight, right.weight)
    if not least or min(len(left.bag), len(right.bag)) < 2:
        return 0.0
    return (weights.score(left, right) + weights.shared(left.bag, right.bag) / least) / 2
