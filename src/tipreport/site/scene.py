"""The reports that a site shows: their order, names of their pages, and an index in which nothing else is seen.

All queries of the site go to the open index. While it is built, views of the same names hide the reports that were not
chosen, so that every count has the right denominator. They live in the connection's own temporary schema and go with ``closed``.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import contextmanager, suppress
from typing import NamedTuple

import tipreport
from tipreport.index.schema import HELD_TABLES, MOST_REPORTS, NUMBERS, PLACE_BITS
from tipreport.site.slugs import Taken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_REPORT = f"object_id >> {PLACE_BITS} & {MOST_REPORTS - 1}"


class Entry(NamedTuple):
    """A report of the site.

    Args:
        number: its id in the index.
        slug: the name of its page, without folder and suffix.
        cite: how it is cited.
        title: as printed.
        date: ISO 8601.
        year: of the date or of the symbol.
        body: as printed.
        part: as printed.
        status: draft or final.
        recommendations: how many it has.
        paragraphs: how many it has.
        first: the number of its first unit among all units of the site.
    """

    number: int
    slug: str
    cite: str
    title: str | None
    date: str | None
    year: int | None
    body: str | None
    part: str | None
    status: str | None
    recommendations: int
    paragraphs: int
    first: int

    @property
    def page(self) -> str:
        """Its page, from the top of the site."""
        return f"reports/{self.slug}.html"


class Scene:
    """The chosen reports, newest first.

    Args:
        connection: the index.
        entries: the reports.
        units: how many recommendations and paragraphs they have.
        build: a digest of all that the site is made of, which tells data of one build from those of another.
    """

    def __init__(self, connection: sqlite3.Connection, entries: list[Entry], build: str) -> None:
        self.connection, self.entries, self.build = connection, entries, build
        self.by_number = {entry.number: entry for entry in entries}
        self.units = sum(entry.recommendations + entry.paragraphs for entry in entries)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """All rows of a query."""
        return self.connection.execute(sql, values).fetchall()

    def numbers(self, sql: str, *values: object) -> list[int]:
        """The first column of all rows, which are numbers."""
        return [row[0] for row in self.connection.execute(sql, values)]


@contextmanager
def opened(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[Scene]:
    """The scene of the reports with these numbers; the connection is afterwards as before."""
    before = {one for one in _temporary(connection) if not one[1].startswith("site_")}
    for name in ("site_reports", "site_paragraphs"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")

    def create(kind: str, name: str, body: str) -> None:
        connection.execute(f'CREATE TEMP {kind} "{name}" {body}')

    try:
        create("TABLE", "site_reports", "(id INTEGER PRIMARY KEY, place INTEGER NOT NULL)")
        found, build = _entries(connection, numbers)
        connection.executemany("INSERT INTO temp.site_reports VALUES (?, ?)", [(entry.number, place) for place, entry in enumerate(found)])
        if connection.execute("SELECT count(*) FROM main.reports").fetchone()[0] != len(found):
            chosen = "IN (SELECT id FROM temp.site_reports)"
            create("VIEW", "reports", f"AS SELECT * FROM main.reports WHERE id {chosen}")
            for name in (*NUMBERS, "participations"):
                create("VIEW", name, f'AS SELECT * FROM main."{name}" WHERE report_id {chosen}')
            for name in sorted({*HELD_TABLES} - {"participations"}):
                create("VIEW", name, f"AS SELECT * FROM main.{name} WHERE ({_REPORT}) {chosen}")
        create("TABLE", "site_paragraphs", "(report_id INTEGER, number TEXT, ident TEXT, PRIMARY KEY (report_id, number)) WITHOUT ROWID")
        connection.execute(
            "INSERT OR IGNORE INTO temp.site_paragraphs SELECT report_id, number, ident FROM paragraphs WHERE number IS NOT NULL ORDER BY id"
        )
        yield Scene(connection, found, build)
    finally:
        # Views first: a table that one of them reads cannot go before it. Counting leaves tables of its own.
        for kind, name in sorted(set(_temporary(connection)) - before, reverse=True):
            with suppress(sqlite3.OperationalError):  # a query that an error cut short may still hold it; the error is what counts
                connection.execute(f'DROP {kind} IF EXISTS temp."{name}"')


def _temporary(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The tables and views of the temporary schema."""
    return connection.execute("SELECT type, name FROM temp.sqlite_schema WHERE type IN ('table', 'view')").fetchall()


def _entries(connection: sqlite3.Connection, numbers: Sequence[int]) -> tuple[list[Entry], str]:
    """The reports, newest first, and the digest of the build; the order does not depend on how the index came to be."""
    wanted = set(numbers)
    columns = "id, name, cite, title, date, year, body, part, status, coalesce(sha256, ''), digest"
    rows = [row for row in connection.execute(f"SELECT {columns} FROM main.reports") if row[0] in wanted]
    rows.sort(key=lambda row: (row[4] or "", row[1], row[9], row[10], row[0]))
    taken = Taken()
    # The oldest has the first choice of a name: a report that comes later does not take the address of another.
    slugs = {row[0]: taken.claim(row[1], row[9] or row[10]) for row in rows}
    counts = {
        kind: dict(connection.execute(f"SELECT report_id, count(*) FROM main.{kind} GROUP BY report_id").fetchall())
        for kind in ("recommendations", "paragraphs")
    }
    entries: list[Entry] = []
    first, total = 0, hashlib.sha256(tipreport.__version__.encode())
    for number, _, cite, title, date, year, body, part, status, _, digest in sorted(rows, key=lambda row: row[4] or "", reverse=True):
        one = Entry(
            number, slugs[number], cite, title, date, year, body, part, status, counts["recommendations"].get(number, 0),
            counts["paragraphs"].get(number, 0), first,
        )  # fmt: skip
        entries.append(one)
        first += one.recommendations + one.paragraphs
        total.update(f"{one.slug} {digest}\n".encode())
    return entries, total.hexdigest()[:12]
