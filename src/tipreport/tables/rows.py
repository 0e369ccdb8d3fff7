"""The rows of a table that filters leave, streamed from the index, and the reports in which something is left."""

from __future__ import annotations

from typing import Any

from tipreport.errors import TipreportError, UnknownNameError
from tipreport.index.schema import MOST_PLACES, NUMBERS, base
from tipreport.search import ledger
from tipreport.search.filters import NOTHING, Compiled, Condition
from tipreport.search.request import USUAL, Filters
from tipreport.tables import Column, Table
from tipreport.tables.columns import SHAPES, SINGULAR, as_json, columns, functions, gathered, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

NAMES = tuple(SHAPES)
SORTS = ("place", "date")
_ALL = Filters()
_OF_REPORTS = ("body", "year", "new_since", "report", "status")  # filters that choose reports, not objects
_AT_ONCE = 500  # rows that are fetched together


def about_objects(filters: Filters) -> bool:
    """Whether filters choose among the objects of reports."""
    return filters._replace(**{name: getattr(_ALL, name) for name in _OF_REPORTS}).given


def table(
    connection: sqlite3.Connection, name: str, filters: Filters = _ALL, *, fields: Sequence[str] = (), sort: str = "place",
    limit: int | None = None,
) -> Table:  # fmt: skip
    """A table of the index.

    Args:
        connection: to the index.
        name: one of ``NAMES``.
        filters: what the rows must satisfy; a filter that says nothing of a kind leaves none of it.
        fields: columns to take, in that order; all where none is named.
        sort: ``place`` (report by report as the index holds them, each in the order of its text) or ``date`` (the newest report first).
        limit: rows at most.

    Raises:
        UnknownNameError: there is no such table, column or order, or a filter names what nobody knows.
    """
    if name not in SHAPES:
        raise UnknownNameError("table", name, NAMES)
    if sort not in SORTS:
        raise UnknownNameError("order", sort, SORTS)
    shape, known = SHAPES[name], columns(name)
    by_name = {column.name: (column, expression) for column, expression in known}
    for field in fields:
        if field not in by_name:
            raise UnknownNameError(f"column of {name}", field, by_name)
    taken = [by_name[field] for field in fields] if fields else list(known)
    where, values = _where(connection, name, filters)
    order = shape.ident if sort == "place" else f"r.date IS NULL, r.date DESC, r.name, r.path, {shape.ident}"
    functions(connection)
    asked = ", ".join(expression for _, expression in taken)
    gathered(connection, asked)
    told(connection, asked)
    ending = f"FROM {shape.source} WHERE {where} ORDER BY {order} LIMIT ?"
    given = (*values, -1 if limit is None else limit)

    def rows() -> Iterator[tuple[Any, ...]]:
        yield from _fetched(connection.execute(f"SELECT {asked} {ending}", given))

    def ready(form: str) -> Iterator[list[str]]:
        found = connection.execute(f"SELECT {as_json(taken, form, SINGULAR[name])} {ending}", given)
        while some := found.fetchmany(_AT_ONCE):
            yield [text for (text,) in some]

    return Table(name, SINGULAR[name], tuple(column for column, _ in taken), rows(), ready)


def _fetched(found: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    while some := found.fetchmany(_AT_ONCE):
        yield from some


def codebook() -> dict[str, tuple[Column, ...]]:
    """All tables with their columns."""
    return {name: tuple(column for column, _ in columns(name)) for name in NAMES}


def _where(connection: sqlite3.Connection, name: str, filters: Filters) -> Condition:
    """The condition on rows of a table."""
    if name == "participations":
        sql, values = ledger.condition(connection, filters)
        return sql, tuple(values)
    compiled = Compiled(connection, filters)
    if name == "reports":
        return _reports(compiled)
    if name == "mentions":
        return _mentions(connection, filters, compiled)
    return _joined(compiled.conditions(name), "u.id")


def _joined(conditions: list[Condition], ident: str) -> Condition:
    if NOTHING in conditions:
        return NOTHING
    sql = " AND ".join(one.replace("{id}", ident) for one, _ in conditions) or "1"
    return sql, tuple(value for _, values in conditions for value in values)


def _reports(compiled: Compiled, kinds: Sequence[str] = USUAL) -> Condition:
    """The condition on reports ``r`` that they pass the filters, and that something in them does where filters are about objects."""
    sql, values = compiled.reports or ("1", ())
    parts, given = [f"r.id IN (SELECT id FROM reports WHERE {sql})"], list(values)
    if about_objects(compiled.filters):
        either = []
        for kind in kinds:
            condition, some = _joined(compiled.conditions(kind), "thing.id")
            if condition != "0":
                either.append(f'r.id IN (SELECT thing.report_id FROM "{kind}" thing WHERE {condition})')
                given += some
        parts.append(f"({' OR '.join(either) or '0'})")
    return " AND ".join(parts), tuple(given)


def _mentions(connection: sqlite3.Connection, filters: Filters, compiled: Compiled) -> Condition:
    """The condition on mentions: those of the names that filters name, in units that pass the other filters."""
    parts: list[str] = []
    values: list[Any] = []
    for kind, names in compiled.named:
        parts.append(f"(n.kind = ? AND n.name_id IN ({', '.join('?' * len(names))}))")
        values += [kind, *names]
    rest = Compiled(connection, filters._replace(state=(), group=(), organization=()))
    either = []
    for kind in USUAL:
        condition, some = _joined(rest.conditions(kind), "u.object_id")
        if condition != "0":
            either.append(f"(u.object_id > {base(kind)} AND u.object_id < {base(kind) + (1 << 40)} AND {condition})")
            values += some
    parts.append(f"({' OR '.join(either) or '0'})")
    return " AND ".join(parts), tuple(values)


def reports(connection: sqlite3.Connection, filters: Filters, kinds: Sequence[str] = USUAL) -> list[int]:
    """The ids of the reports in which something of those kinds passes the filters, the newest first."""
    sql, values = _reports(Compiled(connection, filters), kinds)
    found = connection.execute(f"SELECT r.id FROM reports r WHERE {sql} ORDER BY r.date IS NULL, r.date DESC, r.name, r.path", values)
    return [number for (number,) in found]


class Chooser:
    """Which objects of reports pass filters, by their place among their kind; filters are looked up once."""

    def __init__(self, connection: sqlite3.Connection, filters: Filters, kinds: Sequence[str]) -> None:
        for kind in kinds:
            if kind not in NUMBERS:
                raise TipreportError(f"{kind} cannot be chosen for a document", f"choose among {', '.join(NUMBERS)}, or take csv or jsonl")
        self.connection, self.kinds = connection, tuple(kinds)
        compiled = Compiled(connection, filters)
        self.conditions = {kind: _joined(compiled.conditions(kind), "u.id") for kind in kinds}

    def places(self, number: int) -> dict[str, set[int]]:
        """Kind -> places of a report's objects, counted from 0 in the order in which the report lists them."""
        out: dict[str, set[int]] = {}
        for kind, (sql, values) in self.conditions.items():
            if sql == "0":
                continue
            found = self.connection.execute(
                f'SELECT u.id & {MOST_PLACES - 1} FROM "{kind}" u WHERE u.id > ? AND u.id < ? AND {sql}',
                (base(kind, number), base(kind, number + 1), *values),
            )
            places = {place - 1 for (place,) in found}
            if places:
                out[kind] = places
        return out
