"""Recommendations in the order of a document: under topics, or session by session within years or bodies."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from tipreport.compilation.folding import FLOOR, Fold, Text, folds
from tipreport.compilation.gathering import Gathered, Heading, Item, Placed, Source, Unit, in_time, placed, units
from tipreport.config import Config, kept_by_tables
from tipreport.data import table
from tipreport.errors import UnknownNameError
from tipreport.folding import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DIMENSIONS = ("topic", "year", "body")
ORDERS = ("newest", "oldest")
OTHER = "other"
NO_DATE, NO_BODY = "no date", "no body given"


class Also(NamedTuple):
    """An older text that its entry stands for."""

    unit: Unit
    fold: Fold


class Entry(NamedTuple):
    """A unit at its place.

    Args:
        unit: the newest wording.
        also: the older texts that it stands for, the newest first.
        basis: why it stands under a topic: its own ``words``, a ``heading`` above it, or the words or heading of an ``earlier``
            wording; None under "Other" and in a compilation.
        heading: the heading, where that is why.
        newer: in a compilation, the newest wording of what this repeats; None for one that stands for itself.
    """

    unit: Unit
    also: tuple[Also, ...] = ()
    basis: str | None = None
    heading: Heading | None = None
    newer: Also | None = None


class Session(NamedTuple):
    """A report with its recommendations in the order of the page."""

    source: Source
    entries: tuple[Entry, ...]


class Chapter(NamedTuple):
    """A topic with its entries, or a year or body with its sessions.

    Args:
        ident: id of the topic, the year or the name of the body; ``other`` for no topic, None for no date or body.
        label: what it is called for people.
    """

    ident: str | None
    label: str
    entries: tuple[Entry, ...] = ()
    sessions: tuple[Session, ...] = ()

    @property
    def everything(self) -> tuple[Entry, ...]:
        """All its entries in their order."""
        return (*self.entries, *(entry for session in self.sessions for entry in session.entries))


class Counts(NamedTuple):
    """What a document holds, of how much.

    Args:
        reports: with a recommendation in it, of ``of_reports`` that were looked at.
        recommendations: in it, of ``of_recommendations`` in the reports that were looked at.
        without: recommendations of which nothing is on any topic.
        points: points that stand by themselves under a topic.
        repeated: recommendations and points that stand with a newer wording of theirs.
    """

    reports: int
    of_reports: int
    recommendations: int
    of_recommendations: int
    without: int
    points: int
    repeated: int


class Compilation(NamedTuple):
    """The whole document: the chapters in their order, how they are made, and what they hold."""

    by: str
    order: str
    floor: float | None
    chapters: tuple[Chapter, ...]
    counts: Counts


def compilation(found: Gathered, by: str, config: Config, *, order: str | None = None, floor: float | None = FLOOR) -> Compilation:
    """The index (by topic) or the compilation (by year or body) of what was gathered.

    Args:
        found: the recommendations.
        by: topic, year or body.
        config: with the user's own topics.
        order: ``newest`` or ``oldest`` first; if left out, entries under a topic the newest first, sessions the oldest first.
        floor: the least likeness at which texts are folded; None folds none.

    Raises:
        UnknownNameError: there is no such dimension or order.
    """
    for what, name, known in (("dimension", by, DIMENSIONS), ("order", order, ORDERS)):
        if name is not None and name not in known:
            raise UnknownNameError(what, name, known)
    under = [one for item in found.items for one in placed(item, config, found.only.get(item.id))]
    if found.topics:
        wanted = set(found.topics)
        under = [_narrowed(one, wanted) for one in under if wanted & {*one.topics, *one.by_heading}]
    order = order or ("newest" if by == "topic" else "oldest")
    if by == "topic":
        folding = _Folding([one.unit for one in under], floor)
        chapters = _by_topic(under, folding, config, newest=order == "newest")
    else:
        kept = _chosen(found, under)
        folding = _Folding(kept, floor)
        chapters = _by_session(kept, folding, by, newest=order == "newest")
    return Compilation(by, order, floor, tuple(chapters), _counts(found, under, folding))


def _narrowed(one: Placed, wanted: set[str]) -> Placed:
    return one._replace(
        topics=tuple(name for name in one.topics if name in wanted), by_heading={name: heading for name, heading in one.by_heading.items() if name in wanted}
    )  # fmt: skip


def _chosen(found: Gathered, under: Sequence[Placed]) -> list[Unit]:
    """The units of a compilation: whole recommendations, or the points that were asked for alone."""
    on_topic = {one.unit.item.id for one in under}
    out: list[Unit] = []
    for item in found.items:
        if item.id in on_topic:
            only = found.only.get(item.id)
            out += [Unit(item)] if only is None else units(item, only)
    return out


# Folding ------------------------------------------------------------------------------------------------------


class _Folding:
    """Which units repeat a newer one; recommendations are compared with recommendations, points with points."""

    def __init__(self, listed: Sequence[Unit], floor: float | None) -> None:
        ranks = {source.id: place for place, source in enumerate(in_time({unit.item.source for unit in listed}, newest=True))}
        self.order = sorted({unit.key: unit for unit in listed}.values(), key=lambda unit: (ranks[unit.item.source.id], unit.key))
        self.head: dict[tuple[int, int], Also] = {}  # unit -> the newest wording of it, where it is not that itself
        self.members: dict[tuple[int, int], list[Also]] = defaultdict(list)
        if floor is None:
            return
        for kind in ("recommendation", "point"):
            some = [unit for unit in self.order if unit.kind == kind]
            for unit, fold in zip(some, folds([_text(unit) for unit in some], floor), strict=True):
                if fold is not None:
                    head = some[fold.head]
                    self.head[unit.key] = Also(head, fold)
                    self.members[head.key].append(Also(unit, fold))

    def entry(self, unit: Unit) -> Entry:
        """A unit with the older ones that it stands for, or with the newer one that it repeats."""
        return Entry(unit, tuple(self.members.get(unit.key, ())), newer=self.head.get(unit.key))


def _text(unit: Unit) -> Text:
    above = " > ".join(folded(heading.title) for heading in unit.item.headings)
    own = said(unit.text) if unit.item.proposed_by and not unit.path else unit.text
    return Text(own, f"{unit.lead} {own}" if unit.path else "", unit.item.source.id, unit.item.addressee_ids, above)


def said(text: str) -> str:
    """A text without the names in brackets behind it, of those who made it: "... (Spain) (Bolivia (Plurinational State of));"."""
    left = text.rstrip(" ;.,")
    while left.endswith(")"):
        depth, at = 0, len(left)
        while at and (depth or at == len(left)):
            at -= 1
            depth += {")": 1, "(": -1}.get(left[at], 0)
        if depth or left[at:].isupper():  # not closed, or an acronym
            break
        left = left[:at].rstrip(" ;.,")
    return left or text


# By topic -----------------------------------------------------------------------------------------------------


@kept_by_tables
def labels(config: Config) -> dict[str, str]:
    """The names of the topics by their ids, the user's own too."""
    return {row["id"]: row.get("label") or row["id"] for row in (*table("topics"), *config.rows("topics"))}


def label(name: str, config: Config) -> str:
    """What a topic is called."""
    return labels(config).get(name, name)


def _by_topic(under: Sequence[Placed], folding: _Folding, config: Config, *, newest: bool) -> list[Chapter]:
    """The topics by their labels; what stands for others stands under the topics of all of them."""
    where = {one.unit.key: one for one in under}
    held: dict[str, dict[tuple[int, int], Entry]] = defaultdict(dict)
    for head in folding.order:
        if head.key in folding.head:
            continue
        entry = folding.entry(head)
        for name, basis, heading in _bases([where[one.key] for one in (head, *(also.unit for also in entry.also))]):
            held[name][head.key] = entry._replace(basis=basis, heading=heading)
    ranks = {source.id: place for place, source in enumerate(in_time({unit.item.source for unit in folding.order}, newest=newest))}
    names = sorted((name for name in held if name != OTHER), key=lambda name: (folded(label(name, config)), name))
    return [
        Chapter(name, "Other" if name == OTHER else label(name, config), tuple(sorted(held[name].values(), key=lambda one: _rank(one.unit, ranks))))
        for name in (*names, *[OTHER] * (OTHER in held))
    ]  # fmt: skip


def _rank(unit: Unit, ranks: dict[int, int]) -> tuple[int, tuple[int, int]]:
    return ranks[unit.item.source.id], unit.key


def _bases(placings: Sequence[Placed]) -> Iterable[tuple[str, str | None, Heading | None]]:
    """The topics of a wording and of those it stands for (the newest first), each with the reason: words before headings."""
    first, *earlier = placings
    out: dict[str, tuple[str, Heading | None]] = dict.fromkeys(first.topics, ("words", None))
    for name, heading in first.by_heading.items():
        out.setdefault(name, ("heading", heading))
    for one in earlier:
        for name in (*one.topics, *one.by_heading):
            out.setdefault(name, ("earlier", None))
    return [(name, *reason) for name, reason in out.items()] if out else [(OTHER, None, None)]


# By year and body ---------------------------------------------------------------------------------------------


def _by_session(listed: Sequence[Unit], folding: _Folding, by: str, *, newest: bool) -> list[Chapter]:
    """Years in order, or bodies by their names; within them the sessions in order."""
    held: dict[int, list[Unit]] = defaultdict(list)
    for unit in listed:
        held[unit.item.source.id].append(unit)
    chapters: dict[str | None, list[Session]] = defaultdict(list)
    names: dict[str | None, str] = {}
    for source in in_time({unit.item.source for unit in listed}, newest=newest):
        entries = tuple(folding.entry(unit) for unit in sorted(held[source.id], key=lambda unit: unit.key))
        ident = (source.body and folded(source.body)) if by == "body" else None if source.year is None else str(source.year)
        names.setdefault(ident, (source.body or NO_BODY) if by == "body" else ident or NO_DATE)
        chapters[ident].append(Session(source, entries))
    known = [ident for ident in chapters if ident is not None]
    known.sort(reverse=by == "year" and newest)
    return [
        Chapter(names[ident] if ident is not None else None, names[ident], sessions=tuple(chapters[ident]))
        for ident in (*known, *[None] * (None in chapters))
    ]


def _counts(found: Gathered, under: Sequence[Placed], folding: _Folding) -> Counts:
    items: dict[int, Item] = {one.unit.item.id: one.unit.item for one in under}
    on_topic = {one.unit.item.id for one in under if one.topics or one.by_heading}
    return Counts(
        reports=len({item.source.id for item in items.values()}), of_reports=found.reports, recommendations=len(items),
        of_recommendations=found.recommendations, without=len(items.keys() - on_topic),
        points=sum(bool(one.unit.path) for one in under), repeated=len(folding.head),
    )  # fmt: skip
