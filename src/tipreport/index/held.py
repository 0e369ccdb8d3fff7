"""The sources that an index holds, for commands that read reports by their symbol."""

from __future__ import annotations

import os
from typing import NamedTuple

from tipreport.errors import InputError
from tipreport.index.store import NAMED, named, reader, told
from tipreport.index.texts import source_of
from tipreport.spans import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3


class Held(NamedTuple):
    """A report of an index; pickles."""

    index_file: str
    number: int


def find(index: str, name: str | None) -> list[Held]:
    """The reports of that name or symbol, all for None; none where there is no index.

    Raises:
        StoreError: the index cannot be used.
    """
    if not os.path.exists(index):
        return []
    connection = reader(index)
    with told(index):
        where = "1" if name is None else NAMED
        found = connection.execute(
            f"SELECT id FROM reports WHERE {where} ORDER BY date IS NULL, date DESC, name, path", named(name) if name is not None else ()
        )
        numbers = [number for (number,) in found]
    connection.close()
    return [Held(index, number) for number in numbers]


def source(held: Held) -> Source:
    """The text of a report as it was received.

    Raises:
        InputError: the index does not hold it (it was made from saved JSON).
        StoreError: the index cannot be used.
    """
    connection = reader(held.index_file)
    with told(held.index_file):
        found = source_in(connection, held.number)
    connection.close()
    return found


def source_in(connection: sqlite3.Connection, number: int) -> Source:
    """As ``source``, of an index that is open.

    Raises:
        InputError: the index does not hold the text of the report.
    """
    row = connection.execute("SELECT name, media_type, encoding, sha256, path FROM reports WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise InputError("the index", "the report left it meanwhile")
    name, media_type, encoding, sha256, path = row
    text = source_of(connection, number)
    if not text:
        raise InputError(name, "the index does not hold its text", "it was added as saved JSON; give the document")
    return Source(text, name=os.path.basename(path), media_type=media_type, encoding=encoding, sha256=sha256 or "")
