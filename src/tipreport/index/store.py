"""The index file: opened for reading or writing, and every fault of it told in plain words.

Writing is by rollback journal, one transaction a batch: a killed process leaves what the last batch left, and a
folder that cannot be written can still be searched.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from urllib.parse import quote

from tipreport.errors import TipreportError
from tipreport.index.schema import APPLICATION_ID, DDL, VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PAGE = 8192  # paragraphs of some thousand characters fill it better than the usual 4096
WAIT = 30.0  # seconds that one waits for another that writes
_REBUILD = "make it anew with 'tipreport index rebuild', or delete the file and add the reports again"


# The condition on ``reports`` that one is called so: ?1 the name, ?2 of ``named``.
NAMED = "(name = ?1 COLLATE NOCASE OR symbol = ?1 COLLATE NOCASE OR path = ?1 OR path LIKE ?2 ESCAPE '\\')"


def named(name: str) -> tuple[str, str]:
    """The values of ``NAMED``: a report is called by its name, symbol, path or file name."""
    told = name.encode("utf-8", "replace").decode("utf-8")
    escaped = told.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return told, f"%/{escaped}"


class StoreError(TipreportError):
    """The index file is missing, damaged, not ours, of another version, in use, or cannot be written."""

    damaged = False  # whether the file cannot be read as a database


@contextmanager
def told(path: str) -> Iterator[None]:
    """Turn what SQLite raises into one plain sentence.

    Raises:
        StoreError: in place of any ``sqlite3.Error``.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _plain(path, error) from error


def _plain(path: str, error: sqlite3.Error) -> StoreError:
    if os.environ.get("TIPREPORT_DEBUG"):
        raise error
    code = (getattr(error, "sqlite_errorname", None) or "").removeprefix("SQLITE_")
    if code.startswith(("BUSY", "LOCKED")):
        return StoreError(f"{path}: the index is in use by another process", "try again when it has finished")
    if code.startswith("READONLY"):
        return StoreError(f"{path}: the index cannot be written", "give another file with --index")
    if code.startswith("FULL"):
        return StoreError(
            f"{path}: cannot write the index: no space left", "what was written before is kept; free some space and run it again"
        )
    if code.startswith("IOERR"):
        return StoreError(f"{path}: cannot read or write the index: {_reason(code)}", "what was written before is kept; run it again")
    if code.startswith(("CANTOPEN", "PERM", "AUTH")):
        return StoreError(f"{path}: cannot open the index", "give another file with --index")
    if code.startswith("NOTADB"):
        stranger = StoreError(f"{path}: is no index of tipreport", "give another file with --index")
        stranger.damaged = True
        return stranger
    if code.startswith("TOOBIG"):
        return StoreError(f"{path}: a text is too long for the index")
    if code.startswith("INTERRUPT"):
        return StoreError(f"{path}: the search was stopped")
    if code == "ERROR":
        return StoreError(f"{path}: the index does not hold what it should", _REBUILD)
    damage = StoreError(f"{path}: the index is damaged", _REBUILD)
    damage.damaged = True
    return damage


def _reason(code: str) -> str:
    return "it was cut short" if code.endswith("SHORT_READ") else "the disk is full or failing"


def reader(path: str) -> sqlite3.Connection:
    """Open an index to read.

    Raises:
        StoreError: there is none, or it cannot be used.
    """
    if not os.path.exists(path):
        raise StoreError(f"{path}: there is no index", "make one with 'tipreport index add FOLDER', or name files to search")
    if not os.path.isfile(path):
        raise StoreError(f"{path}: is no index of tipreport", "give another file with --index")
    look(path)
    with told(path):
        return opened(path, lambda connection: _checked(path, connection))


def opened(path: str, check: Callable[[sqlite3.Connection], sqlite3.Connection]) -> sqlite3.Connection:
    """A connection that reads and passes a check; the journal of a killed writer is rolled back first.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    try:
        connection = _connect(path, "ro")
        connection.execute("PRAGMA schema_version").fetchone()
        return check(connection)
    except sqlite3.OperationalError as error:
        if not os.path.exists(f"{path}-journal"):
            raise
        try:
            return check(_connect(path, "rw"))
        except sqlite3.Error:
            raise error from None


def writer(path: str) -> sqlite3.Connection:
    """Open an index to write; made where there is none. Transactions are the caller's.

    Raises:
        StoreError: it cannot be made or written, or the file is not ours.
    """
    folder = os.path.dirname(path)
    try:
        if folder:
            os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made: {(error.strerror or str(error)).lower()}") from error
    if os.path.exists(path) and not os.path.isfile(path):
        raise StoreError(f"{path}: is no index of tipreport", "give another file with --index")
    if os.path.exists(path):
        look(path)
    with told(path):
        made = _connect(path, "rwc")
        made.execute("PRAGMA secure_delete = OFF")
        made.execute("PRAGMA cache_size = -65536")
        if _is_empty(made):
            if made.execute("PRAGMA page_count").fetchone()[0] == 0:
                made.execute(f"PRAGMA page_size = {_PAGE}")
                made.execute("PRAGMA auto_vacuum = INCREMENTAL")  # writes the first page at once
            made.execute("BEGIN EXCLUSIVE")
            if _is_empty(made):
                create(made)
            made.execute("COMMIT")
        return _checked(path, made)


def memory() -> sqlite3.Connection:
    """An index that lives as long as the process."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    create(made)
    return made


def create(connection: sqlite3.Connection) -> None:
    """Write the schema into an empty database, within the transaction that is open."""
    statement = ""
    for line in DDL.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing was ever written: a new file, or one whose making was cut short."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != 0:
        return False
    return bool(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0)


def look(path: str) -> None:
    """Look at the head of a file before SQLite does, which takes one byte for nothing and leaves files beside a stranger's.

    Raises:
        StoreError: it is no SQLite file, or another program's.
    """
    try:
        with open(path, "rb") as file:
            head = file.read(100)
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from error
    ours = int.from_bytes(head[68:72], "big")
    waits = os.path.exists(f"{path}-journal")  # the head may be half written; SQLite will roll it back
    if head and not head.startswith(b"SQLite format 3\0") and not waits:
        raise StoreError(f"{path}: is no index of tipreport", "give another file with --index")
    if len(head) == 100 and not waits and (ours not in {0, APPLICATION_ID} or (ours == 0 and head[18:20] == b"\2\2")):
        raise StoreError(f"{path}: is no index of tipreport", "it is left as it is; give another file with --index")


def quoted(path: str) -> str:
    """A path as a part of a URI."""
    return quote(os.fsencode(os.path.abspath(path)))


def _connect(path: str, mode: str) -> sqlite3.Connection:
    made = sqlite3.connect(f"file:{quoted(path)}?mode={mode}", uri=True, isolation_level=None, timeout=WAIT)
    made.execute("PRAGMA trusted_schema = OFF")
    made.execute("PRAGMA cell_size_check = ON")
    return made


def _checked(path: str, connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, if the file is an index of this version."""
    ours = connection.execute("PRAGMA application_id").fetchone()[0]
    if ours != APPLICATION_ID:
        connection.close()
        raise StoreError(f"{path}: is no index of tipreport", "it is left as it is; give another file with --index")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        connection.close()
        raise StoreError(f"{path}: the index has version {version}, this tipreport reads version {VERSION}", _REBUILD)
    connection.execute("SELECT 1 FROM meta LIMIT 1").fetchone()
    return connection
