"""Whether an index is whole: its file, its full-text table, and every row against the digest written with it."""

from __future__ import annotations

import sqlite3
import zlib
from typing import Any

from tipreport.index.rows import Row, digest
from tipreport.index.schema import HELD_TABLES, MOST_REPORTS, NUMBERS, PLACE_BITS, base
from tipreport.index.store import memory, told
from tipreport.index.texts import saved_of, source_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_IDS = {"unit_id", "object_id"}


def verify(connection: sqlite3.Connection, path: str, tick: Callable[[], None] = lambda: None) -> list[str]:
    """What is wrong with the index, one sentence each; empty where nothing is.

    Args:
        connection: a reader or writer.
        path: of the index, for messages.
        tick: called after each report.

    Raises:
        StoreError: it cannot be read at all.
    """
    connection.text_factory = _text
    with told(path):
        faults = _unlike(connection)
        if faults:
            return faults
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        if faults:
            return ["the file is damaged", *(f"  {fault.splitlines()[0]}" for fault in faults)]
        try:
            connection.execute("BEGIN")
            connection.execute("INSERT INTO passages_fts(passages_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.OperationalError as error:  # a file that cannot be written: the check is asked for by a write
            if not (getattr(error, "sqlite_errorname", None) or "").startswith("SQLITE_READONLY"):
                raise
        except sqlite3.DatabaseError:
            faults.append("the full-text table passages_fts does not fit the texts")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        faults += _orphans(connection)
        held = _Held(connection)
        rows = connection.execute("SELECT * FROM reports ORDER BY id")
        columns = [column[0] for column in rows.description]
        for row in rows.fetchall():
            report = dict(zip(columns, row, strict=True))
            number, wanted = report.pop("id"), report.pop("digest")
            del report["path"]
            if not held.fits(number, report, wanted):
                faults.append(f"{report['name']}: its rows or its text are not those that were written")
            tick()
    return faults


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")


def _unlike(connection: sqlite3.Connection) -> list[str]:
    """Tables and views that are missing or other than this version makes them."""
    sql = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
    there, wanted = dict(connection.execute(sql).fetchall()), dict(memory().execute(sql).fetchall())
    return [
        f"{name} is missing" if name not in there else f"{name} is not as it should be"
        for name in wanted
        if there.get(name) != wanted[name]
    ]


def _orphans(connection: sqlite3.Connection) -> Iterator[str]:
    """Rows that belong to no report, files without their report, reports without a file."""
    for kind in NUMBERS:
        count = connection.execute(f'SELECT count(*) FROM "{kind}" WHERE report_id NOT IN (SELECT id FROM reports)').fetchone()[0]
        if count:
            yield f"{count} rows of {kind} belong to no report"
    ours = f">> {PLACE_BITS} & {MOST_REPORTS - 1})"
    for kind in NUMBERS:
        count = connection.execute(f'SELECT count(*) FROM "{kind}" WHERE report_id <> (id {ours}').fetchone()[0]
        if count:
            yield f"{count} rows of {kind} belong to another report than their ids say"
    for name in HELD_TABLES:
        count = connection.execute(f"SELECT count(*) FROM {name} WHERE (object_id {ours} NOT IN (SELECT id FROM reports)").fetchone()[0]
        if count:
            yield f"{count} rows of {name} belong to no report"
    count = connection.execute("SELECT count(*) FROM texts WHERE report_id NOT IN (SELECT id FROM reports)").fetchone()[0]
    if count:
        yield f"{count} texts belong to no report"
    words = connection.execute("SELECT count(*) - (SELECT value FROM meta WHERE key = 'words') FROM words").fetchone()[0]
    if words:
        yield "the list of words is not as it was written"
    count = connection.execute("SELECT count(*) FROM files WHERE report_id IS NULL AND error IS NULL").fetchone()[0]
    count += connection.execute("SELECT count(*) FROM files WHERE report_id NOT IN (SELECT id FROM reports)").fetchone()[0]
    if count:
        yield f"{count} files have no report"
    count = connection.execute(
        "SELECT count(*) FROM reports WHERE id NOT IN (SELECT report_id FROM files WHERE report_id IS NOT NULL)"
    ).fetchone()[0]
    if count:
        yield f"{count} reports have no file"


class _Held:
    """The rows of a report as they were before they got their ids."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.columns = {name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')] for name in (*NUMBERS, *HELD_TABLES)}
        # What hangs on objects is looked through once.
        self.hanging: dict[int, dict[str, list[Row]]] = {}
        self.names = {number: (kind, name) for number, kind, name in connection.execute("SELECT id, kind, name_id FROM names")}
        for name in HELD_TABLES:
            at = self.columns[name].index("object_id")
            for row in connection.execute(f"SELECT * FROM {name}"):
                number = row[at] >> PLACE_BITS & (MOST_REPORTS - 1)
                self.hanging.setdefault(number, {}).setdefault(name, []).append(self._local(name, row, number))

    def tables(self, number: int) -> dict[str, list[Row]]:
        """The rows of a report by table; tables without rows are left out."""
        out = dict(self.hanging.get(number, {}))
        for kind in NUMBERS:
            rows = self.connection.execute(f'SELECT * FROM "{kind}" WHERE id > ? AND id < ?', (base(kind, number), base(kind, number + 1)))
            local = [self._local(kind, row, number) for row in rows]
            if local:
                out[kind] = local
        return out

    def source(self, number: int) -> str:
        """The source of a report, or its saved JSON; empty where it cannot be read."""
        try:
            return saved_of(self.connection, number) or source_of(self.connection, number)
        except (zlib.error, UnicodeDecodeError):
            return ""

    def fits(self, number: int, report: dict[str, Any], wanted: str) -> bool:
        """Whether a report is the one whose digest was written."""
        row = self.connection.execute("SELECT seen FROM texts WHERE report_id = ?", (number,)).fetchone()
        try:
            return digest(self.tables(number), self.source(number), report, row[0] if row else None) == wanted
        except (zlib.error, ValueError):  # what the reader told cannot be unpacked
            return False

    def _local(self, name: str, row: Row, number: int) -> Row:
        share = number << PLACE_BITS
        return tuple(
            self.names.get(value)
            if (name, column) == ("mentions", "name")
            else value - share
            if column in _IDS or (column == "id" and name in NUMBERS)
            else value
            for column, value in zip(self.columns[name], row, strict=True)
            if column != "report_id"
        )
