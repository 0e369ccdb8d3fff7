"""The sources that an index holds, for commands that read reports by their symbol."""

from __future__ import annotations

import json
import os
from typing import NamedTuple

from tipreport.config import Config
from tipreport.errors import InputError
from tipreport.index.store import NAMED, named, reader, told
from tipreport.index.texts import saved_of, seen_of, source_of
from tipreport.inputs import printable
from tipreport.loading import Loaded, loaded
from tipreport.spans import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3


_OPTIONS = "(SELECT options FROM files WHERE report_id = reports.id ORDER BY path LIMIT 1)"


class Held(NamedTuple):
    """A report of an index; pickles."""

    index_file: str
    number: int
    options: str = "{}"  # what the user said of its file alone, as JSON


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
            f"SELECT id, {_OPTIONS} FROM reports WHERE {where} ORDER BY date IS NULL, date DESC, name, path",
            named(name) if name is not None else (),
        )
        reports = [Held(index, number, options or "{}") for number, options in found]
    connection.close()
    return reports


def source(held: Held) -> Source:
    """The text of a report as it was received; its JSON where it was added as that.

    Raises:
        StoreError: the index cannot be used.
    """
    connection = reader(held.index_file)
    with told(held.index_file):
        found = source_in(connection, held.number)
    connection.close()
    return found


def config(options: str, given: Config) -> Config:
    """How a report was parsed when it was added: what the user said of its file alone stands over ``given``."""
    told = json.loads(options)
    return given._replace(**{name: told[name] for name in ("profile", "symbol") if told.get(name)})


def source_in(connection: sqlite3.Connection, number: int) -> Source:
    """As ``source``, of an index that is open. Of a report that was added as saved JSON it is that JSON.

    Raises:
        InputError: the report left the index meanwhile.
    """
    row = connection.execute("SELECT media_type, encoding, sha256, path FROM reports WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise InputError("the index", "the report left it meanwhile")
    media_type, encoding, sha256, path = row
    text = saved_of(connection, number)
    if text is None:
        text = source_of(connection, number)
    layout, remarks = seen_of(connection, number)
    name = printable(os.path.basename(path))
    return Source(text, name=name, media_type=media_type, encoding=encoding, sha256=sha256 or "", notes=remarks, layout=layout)


def config_in(connection: sqlite3.Connection, number: int, given: Config) -> Config:
    """As ``config``, of a report of an index that is open."""
    row = connection.execute(f"SELECT {_OPTIONS} FROM reports WHERE id = ?", (number,)).fetchone()
    return config((row and row[0]) or "{}", given)


def report_in(connection: sqlite3.Connection, number: int, given: Config) -> Loaded:
    """A report of an index that is open, parsed as when it was added.

    Raises:
        InputError: the report left the index meanwhile.
    """
    return loaded(source_in(connection, number), config_in(connection, number, given))
