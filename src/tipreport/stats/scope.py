"""What filters leave of a kind, as conditions on its rows ``o``.

For objects they are those of ``search``; for entries of the ledger those of ``who``: a State is then whoever spoke, not
everybody in a list that names it.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from tipreport.search.filters import Compiled, capacities, spoke_for
from tipreport.search.request import Filters
from tipreport.stats.dimensions import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

Values = tuple[str | int, ...]
OF_REPORTS = ("body", "year", "new_since", "report", "status")  # filters that choose reports
_OF_ENTRIES = ("state", "group", "organization", "panellist", "capacity", "item")


class Scope(NamedTuple):
    """What is counted.

    Args:
        where: conditions on ``o``, joined by AND.
        values: their values.
        reports: the condition on ``reports``, with its values.
    """

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
    """The conditions of filters on a kind.

    Raises:
        UnknownNameError: a filter names what nobody knows.
        TipreportError: a filter has no such value.
    """
    compiled = Compiled(connection, filters)
    reports = compiled.reports or ("1", ())
    others = set(given(filters)) - {*OF_REPORTS}
    role = KINDS[what].role
    found: list[tuple[str, Values]] = []
    if role is not None and others <= {*_OF_ENTRIES}:
        found = _entries(connection, compiled, role)
    elif what == "reports" and not others:
        found = []
    elif role is not None or what == "reports":
        return Scope("0", (), reports)  # a filter that says nothing of a kind leaves nothing of it
    else:
        # The condition on reports is put in below, once for every kind, on a column that has it already.
        bare = Compiled(connection, filters._replace(**{name: Filters._field_defaults[name] for name in OF_REPORTS}))
        found = [(sql.replace("{id}", "o.id"), values) for sql, values in bare.conditions(what)]
    if compiled.reports is not None:
        found.append((f"o.report_id IN (SELECT id FROM reports WHERE {reports[0]})", reports[1]))
    return Scope(" AND ".join(sql for sql, _ in found) or "1", tuple(value for _, some in found for value in some), reports)


def _entries(connection: sqlite3.Connection, compiled: Compiled, role: str) -> list[tuple[str, Values]]:
    """Conditions on rows of the ledger, as in ``tipreport.search.ledger.entries``."""
    filters = compiled.filters
    found: list[tuple[str, Values]] = [("o.role = ?", (role,))] if role else []
    for kind, names in compiled.named:
        own = "o.kind = ? AND o.name_id IN (SELECT value FROM json_each(?))"
        if kind == "group":
            behalf = spoke_for("value").replace("m.", "o.")
            either = f"({own} OR EXISTS (SELECT 1 FROM json_each(?) WHERE {behalf}))"
            found.append((either, (kind, json.dumps(names), json.dumps(names))))
        else:
            found.append((own, (kind, json.dumps(names))))
    if filters.capacity:
        found.append(("o.capacity IN (SELECT value FROM json_each(?))", (json.dumps(capacities(connection, filters.capacity)),)))
    if filters.item:
        sql = "EXISTS (SELECT 1 FROM json_each(?) WHERE instr('; ' || o.agenda_items || '; ', '; ' || value || '; '))"
        found.append((sql, (json.dumps(filters.item),)))
    if filters.panellist:
        sql = "EXISTS (SELECT 1 FROM json_each(?) WHERE instr(lower(o.person), lower(value)))"
        found.append((sql, (json.dumps(filters.panellist),)))
    return found
