"""Files into the index: read and parsed in several processes, written by one.

A file whose size and time are as they were costs a look at the disk; one whose content is as it was is not parsed
again; the same content under two paths is one report. Each batch is one transaction.
"""

from __future__ import annotations

import json
import os
import stat
import time
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from tipreport.config import Config
from tipreport.errors import ExtraError, InputError, TipreportError
from tipreport.index.corrected import stamped
from tipreport.index.rows import Rows, rows
from tipreport.index.schema import HELD_TABLES, MOST_REPORTS, NUMBERS, PLACE_BITS, TEXTS, base
from tipreport.index.store import StoreError, told
from tipreport.inputs import open_source, printable
from tipreport.loading import loaded
from tipreport.parallel import mapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

_BATCH_CHARACTERS, _BATCH_SECONDS = 8_000_000, 5.0
_SHIFTED = frozenset({"id", "unit_id", "object_id"})  # columns that hold ids
_OFTEN = 4  # of so many passages one must be new for the full-text table to be put in order


class Task(NamedTuple):
    """One file to read; pickles.

    Args:
        path: absolute.
        config: how to parse it.
        encoding: of its bytes; None tells by the bytes.
        options: what the user said of this file alone, as JSON; kept for later updates.
        known: the digest of the content that the index holds of it.
        shown: what messages call it; None takes the path.
    """

    path: str
    config: Config
    encoding: str | None = None
    options: str = "{}"
    known: str | None = None
    shown: str | None = None

    @property
    def name(self) -> str:
        """What messages call the file."""
        return printable(self.shown or self.path)


class Made(NamedTuple):
    """What a worker made of a file."""

    task: Task
    size: int = 0
    modified: int = 0
    sha256: str | None = None
    rows: Rows | None = None
    error: str | None = None
    hint: str | None = None
    missing: bool = False


@dataclass(slots=True)
class Counts:
    """What a run did, in files."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    touched: set[int] = field(default_factory=set)  # reports written


def make(task: Task) -> Made:
    """Read and parse one file; errors come back as values."""
    if "\0" in task.path:
        return Made(task, error=f"{task.name}: is no name that a file can have", missing=True)
    try:
        status = os.stat(task.path)
        if task.shown is None and not stat.S_ISREG(status.st_mode):
            return Made(task, error=f"{task.name}: is no file", hint="save the text in a file first")
        source = open_source(task.path, encoding=task.encoding)
        if (status.st_size, _time(status)) != _stat(task.path):
            return Made(task, error=f"{task.name}: changed while it was read", hint="run it again")
        made = Made(task, status.st_size, _time(status), source.sha256)
        if source.sha256 == task.known:
            return made
        source.name = printable(os.path.basename(task.path))
        report, text = loaded(source, task.config)
        return made._replace(task=stamped(task, report, source), rows=rows(report, text, task.config, source))
    except OSError as error:
        return Made(task, error=f"{task.name}: {(error.strerror or str(error)).lower()}", missing=True)
    except OverflowError as error:
        return Made(task, error=f"{task.name}: holds too many {error} for the index")
    except TipreportError as error:
        told = error.reason if isinstance(error, InputError) else str(error)
        gone = isinstance(error, InputError) and not os.path.exists(task.path)
        seen = (0, 0) if isinstance(error, ExtraError) else _stat(task.path)  # what is missing may be there by the next run
        return Made(task, *seen, error=f"{task.name}: {told}", hint=error.hint, missing=gone)


def lost(task: Task, reason: str, hint: str) -> Made:
    """A file whose reading did not end as it should; without size and time, so that the next run tries it again."""
    return Made(task, error=f"{task.name}: {reason}", hint=hint)


def _stat(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)
    except OSError:
        return 0, 0
    return status.st_size, _time(status)


def _time(status: os.stat_result) -> int:
    """The time of a file as SQLite can hold it."""
    return max(min(status.st_mtime_ns, (1 << 63) - 1), -(1 << 63))


class Known(NamedTuple):
    """What the index holds of a file."""

    size: int
    modified: int
    sha256: str | None
    options: str
    error: str | None
    hint: str | None

    def fits(self, path: str) -> bool:
        """Whether the file is as it was, by size and time."""
        return (self.size, self.modified) == _stat(path)


def known(connection: sqlite3.Connection) -> dict[str, Known]:
    """All files of the index by path."""
    return {row[0]: Known(*row[1:]) for row in connection.execute("SELECT path, size, modified, sha256, options, error, hint FROM files")}


def insert_all(connection: sqlite3.Connection, made: Iterable[Made]) -> None:
    """Put what was made into an index in memory, for a search over files given on the spot."""
    connection.execute("BEGIN")
    write = _Writer(connection)
    for one in made:
        if one.rows is not None:
            write.insert(one)
    connection.execute("COMMIT")


def drop(connection: sqlite3.Connection, reports: list[int]) -> None:
    """Take reports out of an index, with their files, within the transaction that is open."""
    connection.executemany("DELETE FROM files WHERE report_id = ?", [(number,) for number in reports])
    _Writer(connection).drop(reports)


def run(
    connection: sqlite3.Connection, path: str, tasks: list[Task], gone: list[str], *, roots: Iterable[str] = (), jobs: int | None = None,
    tick: Callable[[Made], None] = lambda _: None,
) -> Counts:  # fmt: skip
    """Read files and bring the index up to date with them.

    Args:
        connection: a writer on ``path``.
        path: of the index, for messages.
        tasks: the files to read.
        gone: paths whose files are to leave.
        roots: what ``index update`` will look through from now on.
        jobs: processes; None takes as many as pay.
        tick: called with each file once it was read.

    Raises:
        StoreError: the index cannot be written; the batches before are kept.
    """
    counts = Counts()
    with told(path):
        _batch(connection, [], gone, counts, roots)
        batch: list[Made] = []
        size, since = 0, time.monotonic()
        results = mapped(make, tasks, jobs, lost=lost)
        try:
            for made in results:
                tick(made)
                batch.append(made)
                size += made.rows.report["characters"] if made.rows else 0
                if size > _BATCH_CHARACTERS or time.monotonic() - since > _BATCH_SECONDS:
                    _batch(connection, batch, [], counts)
                    batch, size, since = [], 0, time.monotonic()
        finally:
            results.close()  # type: ignore[attr-defined]
        _batch(connection, batch, [], counts)
        _order(connection, counts)
    return counts


def _batch(connection: sqlite3.Connection, batch: list[Made], gone: list[str], counts: Counts, roots: Iterable[str] = ()) -> None:
    """Write some files in one transaction."""
    roots = list(roots)
    if not batch and not gone and not roots:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany("INSERT OR IGNORE INTO roots VALUES (?)", [(root,) for root in roots])
        _Writer(connection, counts).write(batch, gone)
        connection.execute("INSERT OR REPLACE INTO meta SELECT 'words', count(*) FROM words")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _order(connection: sqlite3.Connection, counts: Counts) -> None:
    """Put the full-text table in order once much of it is new: fewer segments to read in a search."""
    reports = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    if counts.touched and len(counts.touched) * _OFTEN >= reports:
        connection.execute("INSERT INTO passages_fts(passages_fts) VALUES ('optimize')")
        connection.executescript("PRAGMA incremental_vacuum")  # execute() would free one page


class _Writer:
    """Writes within the transaction that is open."""

    def __init__(self, connection: sqlite3.Connection, counts: Counts | None = None) -> None:
        self.connection = connection
        self.counts = counts or Counts()
        self.numbers: dict[tuple[str, str], int] = {}

    def write(self, batch: list[Made], gone: list[str]) -> None:
        """Let files leave, then let files in; what another process wrote meanwhile counts."""
        held = {made.task.path: self._held(made.task.path) for made in batch}
        leave: list[str] = []
        for made in batch:
            row = held[made.task.path]
            if made.missing:
                self.counts.failed += 1
                leave += [made.task.path] if row else []
            elif made.error is not None or (row and row[1:] != (made.sha256, made.task.options)):
                leave.append(made.task.path)
        self.counts.removed += sum(self._held(path) is not None for path in gone)
        self.drop(number for path in (*leave, *gone) if (number := self._unlink(path)) is not None)
        self.connection.executemany("DELETE FROM roots WHERE path = ?", [(stored(path),) for path in gone])
        for made in batch:
            if made.missing:
                continue
            row = held[made.task.path]
            if made.error is not None:
                self.counts.failed += 1
                self._file(made, None)
            elif row and row[0] is not None and row[1:] == (made.sha256, made.task.options):
                self.counts.unchanged += 1
                self._file(made, row[0])
            elif made.rows is None:
                raise StoreError(f"{made.task.name}: the index was changed by another process", "run it again")
            else:
                self.counts.updated += bool(row)
                self.counts.added += not row
                self._file(made, self._same(made) or self.insert(made))
        self.connection.execute(
            "UPDATE reports SET path = (SELECT min(path) FROM files WHERE report_id = reports.id) "
            "WHERE id IN (SELECT report_id FROM files GROUP BY report_id HAVING count(*) > 1)"
        )

    def _held(self, path: str) -> tuple[int | None, str | None, str] | None:
        row: tuple[int | None, str | None, str] | None = self.connection.execute(
            "SELECT report_id, sha256, options FROM files WHERE path = ?", (stored(path),)
        ).fetchone()
        return row

    def _file(self, made: Made, report: int | None) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (stored(made.task.path), made.size, made.modified, made.sha256, report, made.task.options, made.error, made.hint),
        )

    def _same(self, made: Made) -> int | None:
        """The report that another path with the same content has made."""
        assert made.rows is not None
        row = self.connection.execute(
            "SELECT id FROM reports WHERE sha256 = ? AND name = ? AND cite = ? AND digest = ?",
            (made.rows.report["sha256"], made.rows.report["name"], made.rows.report["cite"], made.rows.digest),
        ).fetchone()
        return row[0] if row else None

    def _unlink(self, path: str) -> int | None:
        """Forget a path; gives its report if no other path has it."""
        row = self._held(path)
        if row is None:
            return None
        self.connection.execute("DELETE FROM files WHERE path = ?", (stored(path),))
        other = self.connection.execute("SELECT min(path) FROM files WHERE report_id = ?", (row[0],)).fetchone()[0]
        if other is not None:
            self.connection.execute("UPDATE reports SET path = ? WHERE id = ?", (other, row[0]))
            return None
        return row[0]

    def drop(self, reports: Iterable[int]) -> None:
        """Take reports out with everything that hangs on them."""
        numbers = list(reports)
        if not numbers:
            return
        run = self.connection.execute
        for number in numbers:
            for kind in NUMBERS:
                ends = (base(kind, number), base(kind, number + 1))
                if kind in TEXTS:
                    run(
                        f"INSERT INTO passages_fts(passages_fts, rowid, text) SELECT 'delete', id, {TEXTS[kind]} FROM \"{kind}\" WHERE id > ? AND id < ?",
                        ends,
                    )
                run(f'DELETE FROM "{kind}" WHERE id > ? AND id < ?', ends)
            run("DELETE FROM reports WHERE id = ?", (number,))
            run("DELETE FROM texts WHERE report_id = ?", (number,))
        for name in HELD_TABLES:  # looked through once for all
            run(
                f"DELETE FROM {name} WHERE object_id >> {PLACE_BITS} & {MOST_REPORTS - 1} IN (SELECT value FROM json_each(?))",
                (json.dumps(numbers),),
            )

    def insert(self, made: Made) -> int:
        """Write the rows of a report; gives its id."""
        found = made.rows
        assert found is not None
        run, many = self.connection.execute, self.connection.executemany
        number: int = run("SELECT coalesce(max(id), 0) + 1 FROM reports").fetchone()[0]
        if number >= MOST_REPORTS:
            raise StoreError(f"the index is full: {number - 1} reports")
        values = {"id": number, "path": stored(made.task.path), "digest": found.digest, **found.report}
        run(f"INSERT INTO reports ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values()))
        run("INSERT INTO texts VALUES (?, ?, ?, ?)", (number, *found.text, found.seen))
        many("INSERT OR IGNORE INTO names (kind, name_id, name) VALUES (?, ?, ?)", found.names)
        for name, rows_of in found.tables.items():
            if name == "mentions":
                rows_of = [(self._number(row[0]), *row[1:]) for row in rows_of]
            many(f'INSERT INTO "{name}" VALUES ({_values(self.connection, name, number)})', rows_of)
        for kind, text in TEXTS.items():
            if kind in found.tables:
                run(
                    f'INSERT INTO passages_fts(rowid, text) SELECT id, {text} FROM "{kind}" WHERE id > ? AND id < ?',
                    (base(kind, number), base(kind, number + 1)),
                )
        many("INSERT OR IGNORE INTO words VALUES (?)", [(word,) for word in found.words])
        self.counts.touched.add(number)
        return number

    def _number(self, name: tuple[str, str]) -> int:
        """The number of a name in the table of names."""
        if name not in self.numbers:
            self.numbers[name] = self.connection.execute("SELECT id FROM names WHERE kind = ? AND name_id = ?", name).fetchone()[0]
        return self.numbers[name]


def _values(connection: sqlite3.Connection, name: str, number: int) -> str:
    """The VALUES of a table: ids moved to the report, the report's number in its column, the rest as given."""
    out, given = [], 0
    for column in _columns(connection, name):
        given += column != "report_id"
        moved = f" + {number << PLACE_BITS}" if column in _SHIFTED else ""
        out.append(str(number) if column == "report_id" else f"?{given}{moved}")
    return ", ".join(out)


_COLUMNS: dict[str, tuple[str, ...]] = {}


def _columns(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    if name not in _COLUMNS:
        _COLUMNS[name] = tuple(row[1] for row in connection.execute(f'PRAGMA table_info("{name}")'))
    return _COLUMNS[name]


@cache
def stored(path: str) -> str:
    """A path as the index holds it: bytes that are no UTF-8 as escapes that turn back."""
    return path if _plain(path) else "bytes:" + os.fsencode(path).hex()


def _plain(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def as_path(stored: str) -> str:
    """The path that ``files.path`` stands for."""
    return os.fsdecode(bytes.fromhex(stored.removeprefix("bytes:"))) if stored.startswith("bytes:") else stored
