"""Answers counted by year, body, State, addressee, topic or modality: all of them, also those behind the limit."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.errors import UnknownNameError
from tipreport.index.schema import MOST_REPORTS, PLACE_BITS, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_REPORT = f"reports r ON r.id = f.id >> {PLACE_BITS} & {MOST_REPORTS - 1}"
_NAMED = """
    SELECT n.name_id, f.id FROM temp.found f JOIN (
        SELECT m.object_id, s.name_id FROM mentions m JOIN names s ON s.id = m.name AND s.kind = 'state' UNION SELECT object_id, name_id FROM participations WHERE kind = 'state'
    ) n ON n.object_id = f.id"""
# Dimension -> (value, id) of each answer; an answer may have several values.
_VALUES = {
    "year": f"SELECT r.year, f.id FROM temp.found f JOIN {_REPORT}",
    "body": f"SELECT r.body, f.id FROM temp.found f JOIN {_REPORT}",
    "state": _NAMED,
    "addressee": "SELECT a.name_id, f.id FROM temp.found f JOIN addressees a ON a.object_id = f.id",
    "topic": "SELECT t.topic, f.id FROM temp.found f JOIN topics t ON t.object_id = f.id",
    "modality": "SELECT u.modality, f.id FROM temp.found f JOIN recommendations u ON u.id = f.id",
}
DIMENSIONS = tuple(_VALUES)
_OF_REPORTS = ("year", "body")  # dimensions in which every report has a place, with answers or without


class Group(NamedTuple):
    """The answers of one value.

    Args:
        by: the dimension.
        value: year, name of a body, id of a State, addressee or topic, modality; None where the report does not say.
        name: the official name of an id.
        kinds: kind -> number of answers.
        ids: of the answers, in their order.
        reports: how many reports were searched there (years and bodies only).
    """

    by: str
    value: str | int | None
    name: str | None
    kinds: dict[str, int]
    ids: list[int]
    reports: int | None

    @property
    def hits(self) -> int:
        """All answers of the group."""
        return sum(self.kinds.values())


def grouped(connection: sqlite3.Connection, ids: Iterable[int], by: str, scope: tuple[str, tuple[object, ...]] | None) -> list[Group]:
    """Answers by one dimension: years in their order, else the largest group first.

    Args:
        connection: the index.
        ids: of the answers, in their order.
        by: one of ``DIMENSIONS``.
        scope: the condition on ``reports`` that was searched under, with its values; None for all.

    Raises:
        UnknownNameError: there is no such dimension.
    """
    if by not in _VALUES:
        raise UnknownNameError("dimension", by, DIMENSIONS)
    order = {ident: place for place, ident in enumerate(ids)}
    run = connection.execute
    run("DROP TABLE IF EXISTS temp.found")
    run("CREATE TEMP TABLE found (id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO temp.found VALUES (?)", [(ident,) for ident in order])
    members: dict[str | int | None, list[int]] = {}
    for value, ident in run(_VALUES[by]):
        members.setdefault(value, []).append(ident)
    valued = {ident for some in members.values() for ident in some}
    without = [ident for ident in order if ident not in valued]
    if without:
        members.setdefault(None, []).extend(without)
    searched: dict[str | int | None, int] = {}
    if by in _OF_REPORTS:
        sql, values = scope or ("1", ())
        searched = dict(run(f"SELECT {by}, count(*) FROM reports WHERE {sql} GROUP BY {by}", values).fetchall())
    names = dict(run("SELECT name_id, name FROM names WHERE kind = ?", (by,)).fetchall()) if by in {"state", "addressee"} else {}
    out = []
    for value in {**searched, **members}:
        mine = sorted(set(members.get(value, ())), key=order.__getitem__)
        kinds: dict[str, int] = {}
        for ident in mine:
            kinds[kind_of(ident)] = kinds.get(kind_of(ident), 0) + 1
        out.append(Group(by, value, names.get(value), kinds, mine, searched.get(value) if by in _OF_REPORTS else None))
    if by == "year":
        return sorted(out, key=lambda group: (group.value is None, group.value or 0))
    return sorted(out, key=lambda group: (group.value is None, -group.hits, str(group.value)))


def searched(connection: sqlite3.Connection, scope: tuple[str, tuple[object, ...]] | None) -> dict[str, int]:
    """How many reports, recommendations and paragraphs were searched."""
    run = connection.execute
    if scope is None:
        return {name: run(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("reports", "recommendations", "paragraphs")}
    sql, values = scope
    out = {"reports": run(f"SELECT count(*) FROM reports WHERE {sql}", values).fetchone()[0]}
    for name in ("recommendations", "paragraphs"):
        out[name] = run(f"SELECT count(*) FROM {name} WHERE report_id IN (SELECT id FROM reports WHERE {sql})", values).fetchone()[0]
    return out
