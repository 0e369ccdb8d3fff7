"""An SQLite database in the schema of the index (docs/index.md): it can be queried, searched with ``--index``, and read back.

It is a copy of the index (or of the one made of the files given) with the reports that were chosen, without slack: the same reports
give the same bytes. Every report in it comes back as it was, by symbol or name: ``tipreport parse SYMBOL --index FILE --json``.
"""

from __future__ import annotations

import os
import tempfile

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator

SUFFIXES = (".sqlite", ".sqlite3", ".db")
BINARY = True
CORPUS = True  # made of an index, not of sheets

_CHUNK = 1 << 20


def save(connection: sqlite3.Connection, numbers: Collection[int]) -> Iterator[bytes]:
    """The database.

    Args:
        connection: to the index.
        numbers: the ids of the reports to keep.

    Raises:
        StoreError: the index cannot be read, or the disk is full.
    """
    from tipreport.index.build import drop
    from tipreport.index.store import told, writer

    with tempfile.TemporaryDirectory(prefix="tipreport-") as folder:
        first, second = os.path.join(folder, "copy.db"), os.path.join(folder, "index.db")
        with told("the copy of the index"):
            connection.execute("VACUUM INTO ?", (first,))
            made = writer(first)
            made.execute("BEGIN")
            _files(made)
            gone = [number for (number,) in made.execute("SELECT id FROM reports").fetchall() if number not in numbers]
            drop(made, gone)
            made.execute("COMMIT")
            made.execute("INSERT INTO passages_fts(passages_fts) VALUES ('optimize')")
            made.execute("VACUUM INTO ?", (second,))
            made.close()
        with open(second, "rb") as file:
            while part := file.read(_CHUNK):
                yield part


def _files(connection: sqlite3.Connection) -> None:
    """Files by the names that they have from here, without their times: what is made of the same files is the same."""
    from tipreport.index.build import as_path, stored

    connection.execute("DELETE FROM roots")
    here = os.getcwd()
    for number, path, sha256 in connection.execute("SELECT id, path, sha256 FROM reports ORDER BY id").fetchall():
        near = as_path(path)
        if os.path.isabs(near):
            inside = os.path.commonpath([near, here]) == here
            near = os.path.relpath(near, here) if inside else os.path.basename(near)
        held = connection.execute("SELECT options FROM files WHERE report_id = ? ORDER BY path", (number,)).fetchone()
        connection.execute("DELETE FROM files WHERE report_id = ?", (number,))
        name = _free(connection, stored(near))
        connection.execute("INSERT INTO files VALUES (?, 0, 0, ?, ?, ?, NULL, NULL)", (name, sha256, number, held[0] if held else "{}"))
        connection.execute("UPDATE reports SET path = ? WHERE id = ?", (name, number))
    connection.execute("DELETE FROM files WHERE report_id IS NULL")


def _free(connection: sqlite3.Connection, name: str) -> str:
    """A name that no other file has."""
    made, count = name, 1
    while connection.execute("SELECT 1 FROM files WHERE path = ?", (made,)).fetchone():
        count += 1
        made = f"{name} ({count})"
    return made
