"""What filters leave of a kind, as conditions on its rows ``thing``.

For objects they are those of ``search``; for entries of the ledger those of ``who``: a State is then whoever spoke, not
everybody in a list that names it.
"""

from __future__ import annotations

from typing import NamedTuple

from tipreport.search import ledger
from tipreport.search.filters import Compiled
from tipreport.search.request import Filters
from tipreport.stats.dimensions import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

Values = tuple[str | int, ...]
OF_REPORTS = ("body", "year", "new_since", "report", "status")  # filters that choose reports


class Scope(NamedTuple):
    """What is counted.

    Args:
        rows: the SQL behind FROM: the rows ``thing``.
        where: conditions on them, joined by AND.
        values: the values of both, in their order.
        reports: the condition on ``reports``, with its values.
    """

    rows: str
    where: str
    values: Values
    reports: tuple[str, Values]


def given(filters: Filters) -> list[str]:
    """The names of the filters that are set."""
    return [name for name, value in zip(filters._fields, filters, strict=True) if value]


def of_reports(filters: Filters) -> Filters:
    """Those filters alone that choose reports."""
    return Filters(**{name: getattr(filters, name) for name in OF_REPORTS})


def scope(connection: sqlite3.Connection, what: str, filters: Filters) -> Scope:
    """The conditions of filters on a kind; a filter that says nothing of the kind leaves nothing of it.

    Raises:
        UnknownNameError: a filter names what nobody knows.
        TipreportError: a filter has no such value.
    """
    reports = Compiled(connection, of_reports(filters)).reports or ("1", ())
    others = filters._replace(**{name: Filters._field_defaults[name] for name in OF_REPORTS})
    table, roles = KINDS[what].table, KINDS[what].roles
    if roles:
        sql, values = ledger.condition(connection, filters, roles)
        return Scope(f"(SELECT m.* FROM participations m WHERE {sql}) thing", "1", tuple(values), reports)
    found: list[tuple[str, Values]]
    if what == "reports":
        found = [("0", ())] if Compiled(connection, others).filters.given else []
    else:
        found = Compiled(connection, others).conditions(what)
    if reports[0] != "1":
        found.append((f"thing.report_id IN (SELECT id FROM reports WHERE {reports[0]})", reports[1]))
    where = " AND ".join(sql.replace("{id}", "thing.id") for sql, _ in found) or "1"
    return Scope(f"{table} thing", where, tuple(value for _, some in found for value in some), reports)
