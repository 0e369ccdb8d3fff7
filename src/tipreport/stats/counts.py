"""Counting: one dimension, or two crossed. Every table carries what its numbers are of.

    >>> from tipreport.index import store
    >>> from tipreport.stats.counts import count, cross
    >>> connection = store.reader("reports.db")                                      # doctest: +SKIP
    >>> count(connection, "recommendations", "year").rows                            # doctest: +SKIP
    >>> cross(connection, "statements", "year", "group", Filters(body=("WG.4",)))    # doctest: +SKIP

What a report does not say is counted in a row of its own, whose value is None, behind all others. A year without reports
between two that have some has a row whose count is None: no report, which is not the same as none in a report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from tipreport.search.request import Filters
from tipreport.stats.dimensions import FIXED, OF_REPORTS, ORDERED, Dimension, known
from tipreport.stats.naming import names, rank
from tipreport.stats.scope import Scope, scope

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Value = str | int | None
_FAR = 100  # years between two reports that are told one by one


@dataclass(frozen=True, slots=True)
class Row:
    """The objects of one value.

    Args:
        value: year, strength (numbers), name of a body or report, id of a State, addressee, topic, ...; None where the
            reports do not say.
        name: what people call an id; None where the value is a name itself.
        count: how many objects have the value; None for a year of which no report was looked through.
        reports: for years, bodies and reports how many reports were looked through there, else how many hold the objects.
        mean: the mean strength of those objects that have one (recommendations only).
        measured: how many have one.
    """

    value: Value
    name: str | None
    count: int | None
    reports: int
    mean: float | None = None
    measured: int | None = None


class Counted(NamedTuple):
    """A table by one dimension.

    Args:
        what: the kind of objects.
        by: the dimension.
        rows: years, strengths, quantifiers, regional groups, sections and items in their order, others by their counts.
        of: how many objects were counted: the denominator.
        entries: the sum of all rows; more than ``of`` where an object has several values and counts under each.
        missing: objects without a value, which stand in the row None.
        reports: how many reports were looked through.
        holding: how many of them hold such objects.
    """

    what: str
    by: str
    rows: tuple[Row, ...]
    of: int
    entries: int
    missing: int
    reports: int
    holding: int


class Crossed(NamedTuple):
    """A table by two dimensions.

    Args:
        what: the kind of objects.
        by: the dimensions of rows and columns.
        rows: the rows of the table by the first alone: their counts are of objects, not sums of cells.
        columns: the same of the second.
        cells: (row value, column value) -> number of objects; what is 0 is left out.
        of: how many objects were counted.
        entries: the sum of all cells.
        missing: objects without a value of the first, of the second.
        reports: how many reports were looked through.
        holding: how many of them hold such objects.
    """

    what: str
    by: tuple[str, str]
    rows: tuple[Row, ...]
    columns: tuple[Row, ...]
    cells: dict[tuple[Value, Value], int]
    of: int
    entries: int
    missing: tuple[int, int]
    reports: int
    holding: int

    def at(self, row: Row, column: Row) -> int | None:
        """The number of a cell; None where a year has no report."""
        return None if row.count is None or column.count is None else self.cells.get((row.value, column.value), 0)


def count(connection: sqlite3.Connection, what: str, by: str, filters: Filters = Filters()) -> Counted:  # noqa: B008 (a tuple of constants)
    """Count objects by one dimension.

    Args:
        connection: the index.
        what: one of ``dimensions.KINDS``.
        by: a dimension of that kind.
        filters: what the objects must satisfy.

    Raises:
        UnknownNameError: kind, dimension or the name in a filter are unknown.
        TipreportError: a filter has no such value.
    """
    (dimension,) = known(what, (by,))
    return _counted(connection, what, by, dimension, scope(connection, what, filters), filters)


def cross(connection: sqlite3.Connection, what: str, by: str, across: str, filters: Filters = Filters()) -> Crossed:  # noqa: B008
    """Count objects by two dimensions: rows by one, columns by the other.

    Raises:
        UnknownNameError: kind, dimension or the name in a filter are unknown.
        TipreportError: a filter has no such value.
    """
    dimensions = known(what, (by, across))
    mine = scope(connection, what, filters)
    first, second = (_counted(connection, what, name, one, mine, filters) for name, one in zip((by, across), dimensions, strict=True))
    values, joins = _joined(connection, dimensions)
    found = connection.execute(
        f"SELECT {values[0]}, {values[1]}, count(*) FROM {mine.rows} {joins} WHERE {mine.where} GROUP BY 1, 2", mine.values
    )
    cells = {(one, other): number for one, other, number in found}
    return Crossed(
        what, (by, across), first.rows, second.rows, cells, first.of, sum(cells.values()), (first.missing, second.missing), first.reports,
        first.holding,
    )  # fmt: skip


def _counted(connection: sqlite3.Connection, what: str, by: str, dimension: Dimension, mine: Scope, filters: Filters) -> Counted:
    run = connection.execute
    of, holding = run(f"SELECT count(*), count(DISTINCT thing.report_id) FROM {mine.rows} WHERE {mine.where}", mine.values).fetchone()
    strength = ", sum(thing.strength), count(thing.strength)" if what == "recommendations" else ""
    (value,), joins = _joined(connection, [dimension])
    found = run(
        f"SELECT {value} AS value, count(*), count(DISTINCT thing.report_id){strength} FROM {mine.rows} {joins} WHERE {mine.where} GROUP BY 1",
        mine.values,
    ).fetchall()
    looked = _looked(connection, by, mine)
    rows = {value: Row(value, None, number, reports, *_mean(*measured)) for value, number, reports, *measured in found}
    for value in (*(looked if by in OF_REPORTS else ()), *FIXED.get(by, ())):
        rows.setdefault(value, Row(value, None, 0, 0))
    if by in OF_REPORTS:
        rows = {value: replace(row, reports=looked.get(value, 0)) for value, row in rows.items()}
    if by == "year":
        rows |= {year: Row(year, None, None, 0) for year in _gaps(rows, filters.year)}
    missing = rows[None].count or 0 if None in rows else 0
    told = names(connection, by, what, [value for value in rows if value is not None])
    shown = [replace(row, name=told.get(row.value)) for row in rows.values()]
    return Counted(
        what, by, tuple(sorted(shown, key=lambda row: _place(by, row))), of, sum(row.count or 0 for row in shown), missing,
        sum(looked.values()), holding,
    )  # fmt: skip


def _joined(connection: sqlite3.Connection, dimensions: Sequence[Dimension]) -> tuple[list[str], str]:
    """The expressions of dimensions, and what must be joined for them.

    Several values of an object go into a temporary table with an index: SQLite makes one of its own only where it thinks
    that it pays, and is wrong for large corpora.
    """
    values, joins = [], []
    for place, one in enumerate(dimensions):
        if one.pairs:
            name = f"temp.counted_{place}"
            connection.execute(f"DROP TABLE IF EXISTS {name}")
            connection.execute(f"CREATE TEMP TABLE counted_{place} (id INTEGER, value TEXT, PRIMARY KEY (id, value)) WITHOUT ROWID")
            connection.execute(f"INSERT OR IGNORE INTO {name} {one.pairs}")
            joins.append(f"LEFT JOIN {name} v{place} ON v{place}.id = {one.ident}")
        values.append(f"v{place}.value" if one.pairs else one.value)
        joins += one.joins
    return values, " ".join(dict.fromkeys(joins))


def _looked(connection: sqlite3.Connection, by: str, mine: Scope) -> dict[Value, int]:
    """How many reports were looked through, by the values of a dimension of reports."""
    column = {"year": "year", "body": "body", "report": "name"}.get(by, "NULL")
    sql, values = mine.reports
    return dict(connection.execute(f"SELECT {column}, count(*) FROM reports WHERE {sql} GROUP BY 1", values).fetchall())


def _mean(total: int | None = None, measured: int | None = None) -> tuple[float | None, int | None]:
    if measured is None:
        return None, None
    return (round(total / measured, 2) if measured and total is not None else None), measured


def _place(by: str, row: Row) -> tuple[Any, ...]:
    """Where a row stands: unknown values last."""
    own = rank(by, row.value) if by in ORDERED else -(row.count or 0)
    return (row.value is None, own, str(row.name or row.value))


def _gaps(rows: dict[Value, Row], asked: str | None) -> list[int]:
    """The years between the first and the last that have no report; the ends that were asked for count as well."""
    years = sorted(value for value in rows if isinstance(value, int))
    if not years:
        return []
    low, high = years[0], years[-1]
    if asked:
        from tipreport.search.values import bounds  # noqa: PLC0415 (only where years are chosen)

        first, last = bounds(asked, "--year")
        low = first if first is not None and low - _FAR < first else low
        high = last if last is not None and last < high + _FAR else high
    if high - low > 2 * _FAR:
        return []
    return [year for year in range(low, high + 1) if year not in rows]
