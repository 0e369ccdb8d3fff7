"""Objects as tidy tables, one row a thing: what every table format, the codebook and the documentation are made of.

``data/columns.csv`` names every column with its type, its expression over the index and its meaning.
"""

from __future__ import annotations

from typing import Any, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Column(NamedTuple):
    """A column of a table: its name, its type (string, integer, boolean, date, link, list) and what it means."""

    name: str
    type: str
    meaning: str


class Table(NamedTuple):
    """Objects of one kind as rows.

    Args:
        name: of the table, plural (``recommendations``).
        singular: what one row is called (``recommendation``).
        columns: in order.
        rows: tuples of strings, integers and None; a list is one string, its items parted by ``; ``.
        ready: the rows as JSON that the database made, some hundred at a time, which is several times faster than making them of
            ``rows``; forms of text take these, once, instead of those. ``object``: by the names of the columns; ``typed``: with ``type`` before them; ``array``:
            values alone, empty strings for None.
    """

    name: str
    singular: str
    columns: tuple[Column, ...]
    rows: Iterator[tuple[Any, ...]]
    ready: Callable[[str], Iterator[list[str]]]
