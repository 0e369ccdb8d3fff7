"""A recommendation through the reports of an index: where its words come from, and what became of them.

From the report that holds it, the way leads forward and back in time; in each report the unit that is most like the version
before it is taken, if it is like it enough. A later report of the same body that has recommendations and none like it is told
as absent: dropped, until it comes back. Drafts and parts of one meeting count as one when absence is told.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tipreport.config import Config
from tipreport.data import split, table
from tipreport.diff.change import Change
from tipreport.diff.compare import changed
from tipreport.diff.likeness import Candidates, Gist, Weights
from tipreport.diff.units import Side, Unit
from tipreport.errors import InputError, TipreportError
from tipreport.index.schema import kind_of, report_of
from tipreport.phrases import Phrases
from tipreport.search.engine import search
from tipreport.search.filters import Compiled
from tipreport.search.like import alike, asked_for
from tipreport.search.request import Filters, Request
from tipreport.trace.meetings import Row, rows, side, units

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

# Of 154 recommendations against all units of three reports that have nothing to do with them, none finds one as like as this
# (best 0.27); versions of one text reworded by 60 per cent do.
LEAST = 0.4
_REPORTS = 60  # so many reports that hold the most alike are read
_ALSO = 3
_KINDS = ("recommendations", "paragraphs", "points", "sections", "agenda")
_IDENT = re.compile(r"(?:rec|para|annex)-\S+")


class Found(NamedTuple):
    """A unit of a report with its likeness to the version before it."""

    side: Side
    unit: Unit
    score: float


class Stop(NamedTuple):
    """A report on the way.

    Args:
        row: the report.
        state: first, again, back (after it was absent), or absent.
        found: the unit; None where it is absent.
        change: from the stop before it that has the text; None at the first one and where absent.
        also: other units of the report that are like it.
        recalls: words that say it was recommended before.
        asked: whether this is the unit that was asked for.
    """

    row: Row
    state: str
    found: Found | None
    change: Change | None
    also: tuple[Found, ...]
    recalls: tuple[str, ...]
    asked: bool


class Timeline(NamedTuple):
    """The way of one text.

    Args:
        text: the words that are followed.
        asked: the number of the report and the id of the unit that holds them; None where nothing is like what was asked for.
        stops: in the order of time.
        unread: reports that hold something alike and whose text is not at hand, with the reason.
        searched: how many reports were looked at.
    """

    text: str
    asked: tuple[int, str] | None
    stops: tuple[Stop, ...]
    unread: tuple[tuple[str, str], ...]
    searched: int


def trace(connection: sqlite3.Connection, item: str, filters: Filters, config: Config, *, least: float = LEAST) -> Timeline:
    """Follow a recommendation, paragraph or point, or words, through the reports of an index.

    Args:
        connection: the index.
        item: ``REPORT#rec-51``, ``rec-51`` where one report has it, or words.
        filters: which reports are looked at.
        config: with which reports are read.
        least: the least likeness of one version to the next, 0 to 1.

    Raises:
        TipreportError: the index holds no such object, or several reports do.
    """
    listed = rows(connection, Compiled(connection, filters).reports)
    everything = looked_at(connection, filters, listed)
    filters = _of_reports(filters)
    ident, text = asked_for(connection, _named(connection, item, listed))
    if ident is None:
        closest = alike(connection, text, Request(filters=filters, kinds=("recommendations", "paragraphs", "points"), limit=1))
        if not closest:
            return Timeline(text, None, (), (), len(everything))
        ident = closest[0].ident
    own = report_of(ident)
    name, text = connection.execute(f'SELECT ident, text FROM "{kind_of(ident)}" WHERE id = ?', (ident,)).fetchone()
    close = alike(connection, text, Request(filters=filters, kinds=_KINDS, limit=None))
    numbers = list(dict.fromkeys([own, *(report_of(one.ident) for one in close)]))[:_REPORTS]
    by_id = {row.id: row for row in everything}
    held: dict[int, Side] = {}
    unread: list[tuple[str, str]] = []
    for number in numbers:
        if number in by_id:
            try:
                held[number] = side(connection, by_id[number], config)
            except InputError as error:
                unread.append((by_id[number].name, error.reason))
    way = _Way((own, name), text, held, least)
    found = way.found([row for row in everything if row.id in held], own)
    return Timeline(text, way.asked, tuple(_stops(everything, found, own, way)), tuple(unread), len(everything))


_REPORT_FILTERS = ("body", "year", "new_since", "report", "status")


def _of_reports(filters: Filters) -> Filters:
    return Filters(**{name: getattr(filters, name) for name in _REPORT_FILTERS})


def looked_at(connection: sqlite3.Connection, filters: Filters, listed: list[Row]) -> list[Row]:
    """Of the reports that filters choose, those that hold something the filters of units choose.

    What is left out is neither looked at nor told as absent.
    """
    if filters == _of_reports(filters):
        return listed
    answer = search(connection, Request(query=None, filters=filters, kinds=("recommendations", "paragraphs", "points"), limit=None))
    holding = {report_of(ident) for ident, _ in answer.found}
    return [row for row in listed if row.id in holding]


def _named(connection: sqlite3.Connection, item: str, listed: list[Row]) -> str:
    """The item with its report before it, where only an id was given."""
    if not _IDENT.fullmatch(item):
        return item
    kinds = ("recommendations", "paragraphs", "points")
    holding = {report_of(one) for kind in kinds for (one,) in connection.execute(f'SELECT id FROM "{kind}" WHERE ident = ?', (item,))}
    names = [row.name for row in listed if row.id in holding]
    if not names:
        raise TipreportError(f"no report has {item}", "ids look like rec-51, para-4, rec-51.a; give the words themselves, or REPORT#rec-51")
    if len(names) > 1:
        told = ", ".join(f"'{name}#{item}'" for name in names[:3])
        raise TipreportError(f"{len(names)} reports have {item}", f"say which one: {told}{' ...' * (len(names) > 3)}")
    return f"{names[0]}#{item}"


class _Way:
    """The search from report to report."""

    def __init__(self, asked: tuple[int, str], text: str, held: dict[int, Side], least: float) -> None:
        self.asked, self.text, self.held, self.least = asked, text, held, least
        self.units = {number: list(units(one)) for number, one in held.items()}
        self.weights = Weights([text, *(unit.gist for listed in self.units.values() for unit in listed)])
        self.gists = {number: [self.weights.gist(unit.gist) for unit in listed] for number, listed in self.units.items()}
        self.candidates = {number: Candidates(self.weights, gists) for number, gists in self.gists.items()}

    def best(self, number: int, gist: Gist, near: Gist | None = None) -> list[Found]:
        """The units of a report that are like a text, or like the version before it, the most alike first; of a unit and its points one."""
        out: list[Found] = []
        places = self.candidates[number].of(gist, 20)
        if near is not None:
            places = list(dict.fromkeys([*places, *self.candidates[number].of(near, 20)]))
        for place in places:
            held = self.gists[number][place]
            score = max(self.weights.score(gist, held), self.weights.score(near, held) if near is not None else 0.0)
            if score >= self.least:
                out.append(Found(self.held[number], self.units[number][place], score))
        out.sort(key=lambda one: (-one.score, one.unit.kind != "recommendation", one.unit.place))
        kept: list[Found] = []
        for one in out:
            if not any(one.unit.parent == other.unit.id or other.unit.parent == one.unit.id for other in kept):
                kept.append(one)
        return kept

    def found(self, ordered: list[Row], own: int) -> dict[int, list[Found]]:
        """For each report the units that are like the text; versions are compared with the version next to them."""
        asked = self.weights.gist(self.text)
        out: dict[int, list[Found]] = {}
        start = next((place for place, row in enumerate(ordered) if row.id == own), 0)
        for way in (range(start, len(ordered)), range(start - 1, -1, -1)):
            near: Gist | None = None
            for place in way:
                number = ordered[place].id
                met = self._own() if number == own else self.best(number, asked, near)
                if met:
                    out[number] = met
                    near = self.weights.gist(met[0].unit.gist)
        return out

    def _own(self) -> list[Found]:
        number, ident = self.asked
        mine = [Found(self.held[number], unit, 1.0) for unit in self.units[number] if unit.id == ident] if number in self.held else []
        others = self.best(number, self.weights.gist(self.text))
        parent = mine[0].unit.parent if mine else None
        return [*mine, *(one for one in others if one.unit.id not in {ident, parent} and one.unit.parent != ident)]


def _stops(everything: list[Row], found: dict[int, list[Found]], own: int, way: _Way) -> list[Stop]:
    """The stops in the order of time; a report of the same body without the text is one, once a meeting."""
    with_it = [row for row in everything if row.id in found]
    if not with_it:
        return []
    first = with_it[0]
    out: list[Stop] = []
    last: Found | None = None
    away = False
    for row in everything[everything.index(first) :]:
        if row.id in found:
            one, *others = found[row.id]
            change = (
                changed(
                    (last.side, one.side), (last.unit, one.unit), way.weights.score(*(way.weights.gist(x.unit.gist) for x in (last, one)))
                )
                if last
                else None
            )
            state = "first" if last is None else "back" if away else "again"
            out.append(Stop(row, state, one, change, tuple(others[:_ALSO]), _recalls(one.unit.text), row.id == own))
            last, away = one, False
        elif (
            row.recommendations and any(row.same_body(other) for other in with_it) and not any(row.same_meeting(other) for other in with_it)
        ):
            if not any(stop.state == "absent" and row.same_meeting(stop.row) for stop in out):
                out.append(Stop(row, "absent", None, None, (), (), asked=False))
            away = True
    return out


@cache
def _phrases() -> Phrases[str]:
    return Phrases((form, row["id"]) for row in table("recalls") for form in split(row["patterns"]))


def _recalls(text: str) -> tuple[str, ...]:
    """The words of a text that say that it was recommended before."""
    return tuple(dict.fromkeys(text[hit.start : hit.end] for hit in _phrases().find(text)))
