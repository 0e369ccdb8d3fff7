"""What pages show, as plain values for the templates: words, tables, recommendations with their points apart."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from tipreport.assemble.cite import day
from tipreport.flow import Body, body
from tipreport.model import Point
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tipreport.site.scene import Entry, Scene

_BLANKS = re.compile(r"\s+")
MODALITIES = "from 0 (no duty) to 10 (shall)"


class Cell(NamedTuple):
    """A cell of a table: words, and where they link to; ``more`` stands below in small letters."""

    text: str
    href: str | None = None
    more: str = ""


class Head(NamedTuple):
    """The head of a column; ``number`` for one of numbers."""

    text: str
    number: bool = False


class Table(NamedTuple):
    """A table of a page; the first cell of a row is its head."""

    caption: str
    heads: tuple[Head, ...]
    rows: Sequence[tuple[Cell, ...]]


def filled(one: Table) -> Table:
    """The table without the columns in which no row has anything."""
    kept = [place for place in range(len(one.heads)) if not one.rows or any(row[place].text for row in one.rows)]
    return Table(one.caption, tuple(one.heads[place] for place in kept), [tuple(row[place] for place in kept) for row in one.rows])


def without(one: Table, place: int) -> Table:
    """The table without a column."""
    return Table(one.caption, one.heads[:place] + one.heads[place + 1 :], [row[:place] + row[place + 1 :] for row in one.rows])


class Line(NamedTuple):
    """A line of a text: how deep it stands, its label as printed, and whether it is what the page is about."""

    depth: int
    label: str
    text: str
    on: bool = False


class Unit(NamedTuple):
    """A recommendation on a page."""

    href: str
    place: str
    sign: str
    cite: str
    lines: list[Line]
    addressees: list[Cell]
    duty: tuple[str, str] | None
    topics: list[Cell]


class Group(NamedTuple):
    """The recommendations of one report on a page."""

    entry: Entry
    units: list[Unit]


def line(text: str) -> str:
    """A text as one line that people read."""
    return visible(_BLANKS.sub(" ", text)).strip()


def dated(date: str | None) -> str:
    """A date in words; what is none stays as it is."""
    if not date:
        return ""
    try:
        return day(date)
    except (ValueError, IndexError):  # saved JSON may hold anything
        return line(date)


def count(number: int, one: str, many: str | None = None) -> str:
    """So many of something: "1 report", "1,200 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def report_cell(entry: Entry, root: str) -> Cell:
    """A report in a table, with its title below."""
    title = line(entry.title or "")
    part = line(", ".join(filter(None, (title, entry.part))))
    return Cell(line(entry.cite), root + entry.page, part if part.casefold() not in line(entry.cite).casefold() else "")


class Units:
    """Makes recommendations ready for pages.

    Args:
        scene: the reports.
        addressees: the name and page of each, by id.
        topics: the name and page of each, by id.
    """

    def __init__(self, scene: Scene, addressees: dict[str, Cell], topics: dict[str, Cell]) -> None:
        self.scene, self.addressees, self.topics = scene, addressees, topics

    def groups(self, idents: Sequence[int], topic: str | None = None) -> list[Group]:
        """Recommendations by report, in the order given; the points on a topic are marked."""
        wanted = json.dumps(list(idents))
        select = "WHERE {} IN (SELECT value FROM json_each(?))"
        found = {
            row[0]: row
            for row in self.scene.connection.execute(
                "SELECT id, report_id, ident, number, pinpoint, text, modality, strength FROM recommendations " + select.format("id"),
                (wanted,),
            )
        }
        hung = {
            name: _hung(self.scene.connection.execute(sql + select.format(column) + order, (wanted,)))
            for name, sql, column, order in (
                ("points", "SELECT unit_id, ident, label, text, pinpoint, id FROM points ", "unit_id", " ORDER BY id"),
                ("addressees", "SELECT object_id, name_id FROM addressees ", "object_id", " ORDER BY object_id, name_id"),
                ("topics", "SELECT object_id, topic FROM topics ", "object_id", " ORDER BY object_id, topic"),
            )
        }
        on = self._on(topic, [row[4] for rows in hung["points"].values() for row in rows]) if topic is not None else set()
        groups: list[Group] = []
        for ident in idents:
            entry = self.scene.by_number[found[ident][1]]
            if not groups or groups[-1].entry is not entry:
                groups.append(Group(entry, []))
            groups[-1].units.append(self._unit(entry, found[ident], {name: rows.get(ident, []) for name, rows in hung.items()}, on))
        return groups

    def _on(self, topic: str, points: list[int]) -> set[int]:
        """The points that are on a topic."""
        sql = "SELECT object_id FROM topics WHERE topic = ? AND object_id IN (SELECT value FROM json_each(?))"
        return set(self.scene.numbers(sql, topic, json.dumps(points)))

    def _unit(self, entry: Entry, row: tuple[Any, ...], hung: dict[str, list[tuple[Any, ...]]], on: set[int]) -> Unit:
        _, _, ident, number, pinpoint, text, modality, strength = row
        points = hung["points"]
        marked = {str(one[0]) for one in points if one[4] in on}
        cites = [str(one[3]) for one in points if one[4] in on] if 0 < len(marked) < 4 else []
        duty = (line(str(modality)), f", strength {strength}" if strength is not None else "") if modality else None
        told = [str(one) for one in (cites or [pinpoint])]
        return Unit(
            href=f"{entry.page}#{ident}", place=f"{entry.page}#{min(marked) if len(marked) == 1 else ident}", sign=line(f"rec. {number}" if number else str(pinpoint)), cite=line(f"{entry.cite}, {'; '.join(told)}"),
            lines=lines(body(str(text), nested(points)), marked), addressees=_cells(hung["addressees"], self.addressees),
            duty=duty, topics=_cells(hung["topics"], self.topics),
        )  # fmt: skip


def _cells(rows: list[tuple[Any, ...]], known: dict[str, Cell]) -> list[Cell]:
    return [known.get(str(row[0])) or Cell(line(str(row[0]))) for row in rows]


def _hung(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by their first column."""
    out: dict[int, list[tuple[Any, ...]]] = {}
    for first, *rest in rows:
        out.setdefault(first, []).append(tuple(rest))
    return out


def nested(rows: Sequence[tuple[Any, ...]]) -> tuple[Point, ...]:
    """The points of a unit from their rows (id, label, text, ...): the id of a point begins with that of its holder."""
    out: list[Point] = []
    rows = list(rows)
    while rows:
        (ident, label, text, *_), rows = rows[0], rows[1:]
        inner = []
        while rows and str(rows[0][0]).startswith(f"{ident}."):
            inner.append(rows[0])
            rows = rows[1:]
        out.append(Point(id=str(ident), label=str(label), text=str(text), points=nested(inner), spans=()))
    return tuple(out)


def lines(one: Body, marked: set[str], depth: int = 0) -> list[Line]:
    """A text with its points as lines."""
    out = [Line(depth, "", line(one.intro))] if one.intro.strip() or not depth else []
    for item in one.points:
        if item.before and out:
            out[-1] = out[-1]._replace(text=f"{out[-1].text} {line(item.before)}")
        inner = lines(item.body, marked, depth + 1) or [Line(depth + 1, "", "")]
        out += [inner[0]._replace(label=line(item.label), on=item.point.id in marked), *inner[1:]]
    if one.tail.strip():
        if one.tail[0].isspace() or not out:
            out.append(Line(depth, "", line(one.tail)))
        else:
            out[-1] = out[-1]._replace(text=out[-1].text + line(one.tail))
    return out
