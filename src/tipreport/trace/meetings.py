"""Reports of an index as they follow one another, and their units; agenda items are units here too."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.config import Config
from tipreport.diff.units import Side, Unit
from tipreport.folding import folded
from tipreport.index.held import report_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

KINDS = ("recommendations", "points", "paragraphs", "headings")


class Row(NamedTuple):
    """A report as the index lists it."""

    id: int
    name: str
    cite: str
    path: str
    date: str | None
    body: str | None
    status: str | None
    part: str | None
    meeting_start: str | None
    recommendations: int

    @property
    def order(self) -> tuple[bool, str, bool, str]:
        """Its place in time: reports without a date come first, a draft before the final report of its day."""
        return (self.date is not None, self.date or "", self.status != "draft", self.name)

    def same_body(self, other: Row) -> bool:
        """Whether two reports are of one body; unknown is of none."""
        return self.body is not None and other.body is not None and folded(self.body) == folded(other.body)

    def same_meeting(self, other: Row) -> bool:
        """Whether two reports are of one meeting: the body's, beginning on one day."""
        return self.same_body(other) and self.meeting_start is not None and self.meeting_start == other.meeting_start


def rows(connection: sqlite3.Connection, condition: tuple[str, tuple[object, ...]] | None) -> list[Row]:
    """The reports of an index that satisfy a condition, in the order of time."""
    sql, values = condition or ("1", ())
    found = connection.execute(
        "SELECT id, name, cite, path, date, body, status, part, meeting_start, "
        "(SELECT count(*) FROM recommendations WHERE report_id = reports.id) "
        f"FROM reports WHERE {sql}",
        values,
    )
    return sorted((Row(*row) for row in found), key=lambda row: row.order)


def side(connection: sqlite3.Connection, row: Row, config: Config) -> Side:
    """A report of the index as a side of comparisons.

    Raises:
        InputError: it left the index meanwhile.
    """
    return Side(*report_in(connection, row.id, config))


def units(side: Side) -> Iterable[Unit]:
    """Everything in a report that can say what a recommendation says; points after the unit that holds them."""
    for kind in KINDS:
        yield from side.units[kind]
    for place, item in enumerate(side.report.agenda):
        yield Unit(
            "agenda item", f"item-{item.number}", item.number, None, item.title, item.spans, None, place, None, f"agenda item {item.number}"
        )
