"""The ledger of participation: who took part in which meeting, in which role and capacity.

A row is one entry that a report prints: a name in a list of speakers or of those present, a panellist, a State that
proposed a recommendation. What no report names is in no row; "several speakers" never becomes one.
"""

from __future__ import annotations

from typing import Any

from tipreport.data import table
from tipreport.index.schema import MOST_REPORTS, PLACE_BITS
from tipreport.search.filters import Compiled, capacities, spoke_for
from tipreport.search.places import spans_of
from tipreport.search.request import Filters

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

Row = dict[str, Any]

KINDS = ("state", "group", "organization", "person")
ROLES = ("spoke", "panellist", "attended", "proposed")
REGIONS = ("AFR", "APG", "EEG", "GRULAC", "WEOG")
_LISTS = ("on_behalf_of", "agenda_items")
_COLUMNS = (
    'r.name AS report, r.date, r.year, r.body, m.kind, m.name_id AS id, m.name, m.as_printed, m.regional_group AS "group", m.role, m.capacity, '
    "m.on_behalf_of, m.person, m.agenda_items, m.paragraph, m.pinpoint, m.line, m.spans, r.path, r.cite, r.id AS report_id"
)


FIELDS = (
    "report", "date", "year", "body", "kind", "id", "name", "as_printed", "group", "role", "capacity", "on_behalf_of", "person", "agenda_items",
    "paragraph", "pinpoint", "line", "page", "path", "cite",
)  # fmt: skip


def entries(connection: sqlite3.Connection, filters: Filters, roles: tuple[str, ...] = ROLES) -> list[Row]:
    """The rows that filters leave, by date (newest first), report and place.

    ``section`` leaves those whose names stand in it. ``modality``, ``strength``, ``voice``, ``topic``, ``addressee`` and
    ``ids`` say nothing of who took part; they leave nothing. ``page`` is None where the input has no pages.

    Raises:
        UnknownNameError: a filter names what nobody knows.
    """
    where, values = condition(connection, filters, roles)
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM participations m JOIN reports r ON r.id = m.report_id WHERE {where} "
        "ORDER BY r.date IS NULL, r.date DESC, r.name, r.path, m.object_id, m.place",
        values,
    )
    columns = [column[0] for column in found.description]
    rows = [_paged(dict(zip(columns, row, strict=True))) for row in found]
    for row in rows:
        for name in _LISTS:
            row[name] = row[name].split("; ") if row[name] else []
    return rows


def condition(connection: sqlite3.Connection, filters: Filters, roles: tuple[str, ...] = ROLES) -> tuple[str, list[Any]]:
    """The condition on rows ``m`` of ``participations`` that filters make, with its values; see ``entries``.

    Raises:
        UnknownNameError: a filter names what nobody knows.
    """
    compiled = Compiled(connection, filters)
    if any((filters.modality, filters.strength, filters.voice, filters.topic, filters.addressee, filters.ids)):
        return "0", []
    where = ["m.role IN (SELECT value FROM json_each(?))"]
    values: list[Any] = [_json(roles)]
    if compiled.reports is not None:
        sql, some = compiled.reports
        where.append(f"m.report_id IN (SELECT id FROM reports WHERE {sql})")
        values += some
    for kind, names in compiled.named:
        either = "(m.kind = ? AND m.name_id IN (SELECT value FROM json_each(?)))"
        values += [kind, _json(names)]
        if kind == "group":
            either = f"({either} OR EXISTS (SELECT 1 FROM json_each(?) WHERE {spoke_for('value')}))"
            values.append(_json(names))
        where.append(either)
    if filters.capacity:
        where.append("m.capacity IN (SELECT value FROM json_each(?))")
        values.append(_json(capacities(connection, filters.capacity)))
    if filters.item:
        where.append("EXISTS (SELECT 1 FROM json_each(?) WHERE instr('; ' || m.agenda_items || '; ', '; ' || value || '; '))")
        values.append(_json(filters.item))
    if filters.section:
        sql, some = compiled.at_section("m")
        where.append(f"({sql})")
        values += some
    if filters.panellist:
        where.append("EXISTS (SELECT 1 FROM json_each(?) WHERE instr(lower(m.person), lower(value)))")
        values.append(_json(filters.panellist))
    return " AND ".join(where), values


def reports(connection: sqlite3.Connection, filters: Filters) -> list[Row]:
    """The reports that were looked through."""
    sql, values = Compiled(connection, filters).reports or ("1", ())
    found = connection.execute(
        f"SELECT id, name, date, year, body, path, cite FROM reports WHERE {sql} ORDER BY date IS NULL, date DESC, name, path", values
    )
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def tallied(rows: list[Row]) -> list[Row]:
    """One row a participant: how many reports name it, and how often in which role."""
    by_name: dict[tuple[str, str], Row] = {}
    seen: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        key = (row["kind"], row["id"])
        one = by_name.setdefault(
            key, {"kind": row["kind"], "id": row["id"], "name": row["name"], "group": row["group"], "reports": 0, **dict.fromkeys(ROLES, 0)}
        )
        one[row["role"]] += 1
        seen.setdefault(key, set()).add(row["report_id"])
        one["reports"] = len(seen[key])
    return sorted(by_name.values(), key=lambda one: (-one["reports"], -one["spoke"], one["name"]))


def balance(rows: list[Row], looked: list[Row]) -> list[Row]:
    """Entries by year, role and regional group; ``other`` are organizations, groups, persons and States of no group."""
    counts: dict[tuple[int | None, str], Row] = {}
    for row in rows:
        made = counts.setdefault((row["year"], row["role"]), dict.fromkeys((*REGIONS, "other"), 0))
        made[row["group"] if row["group"] in REGIONS else "other"] += 1
    years: dict[int | None, int] = {}
    for one in looked:
        years[one["year"]] = years.get(one["year"], 0) + 1
    order = sorted(counts, key=lambda key: (key[0] is None, key[0] or 0, ROLES.index(key[1])))
    return [{"year": year, "role": role, **counts[year, role], "reports": years.get(year, 0)} for year, role in order]


def multiple(rows: list[Row]) -> list[Row]:
    """Participants with more than one entry in one report: two roles, or twice in one."""
    found: dict[tuple[int, str, str], list[Row]] = {}
    for row in rows:
        if row["role"] in {"spoke", "panellist"}:
            found.setdefault((row["report_id"], row["kind"], row["id"]), []).append(row)
    out = []
    for some in found.values():
        if len(some) > 1:
            first = some[0]
            told = [
                {"role": row["role"], "capacity": row["capacity"], "paragraph": row["paragraph"], "agenda_items": row["agenda_items"]}
                for row in some
            ]
            out.append(
                {name: first[name] for name in ("report", "date", "kind", "id", "name", "group")} | {"entries": told, "path": first["path"]}
            )
    return sorted(out, key=lambda one: -len({entry["role"] for entry in one["entries"]}))


def silent(connection: sqlite3.Connection, filters: Filters, looked: list[Row]) -> list[Row]:
    """States without a recorded statement or panellist in the reports looked through, with what is known of them.

    ``present``: True where a report lists them as present, None where no report says so (never False: unknown is no
    "no"). ``elsewhere``: in how many other reports of the same bodies they spoke.
    """
    numbers = {one["id"] for one in looked}
    bodies = {one["body"] for one in looked if one["body"]}
    everybody = entries(connection, Filters())
    here = [row for row in everybody if row["report_id"] in numbers and row["kind"] == "state"]
    if filters.item:
        here = [row for row in here if set(row["agenda_items"]) & set(filters.item) or row["role"] == "attended"]
    active = {row["id"] for row in here if row["role"] in {"spoke", "panellist"}}
    present = {row["id"] for row in here if row["role"] == "attended"}
    elsewhere: dict[str, set[int]] = {}
    for row in everybody:
        if row["kind"] == "state" and row["report_id"] not in numbers and row["body"] in bodies and row["role"] in {"spoke", "panellist"}:
            elsewhere.setdefault(row["id"], set()).add(row["report_id"])
    out = []
    for state in table("states"):
        ident = state["alpha3"]
        if (
            state["name_status"] != "current"
            or state["status"] not in {"member", "observer_state", "non_member_state"}
            or ident in active
            or not (ident in present or ident in elsewhere)
        ):
            continue
        out.append(
            {
                "id": ident, "name": state["name"], "group": state["regional_group"] or None, "present": True if ident in present else None,
                "elsewhere": len(elsewhere.get(ident, ())),
            }
        )  # fmt: skip
    return sorted(out, key=lambda row: (not row["present"], -row["elsewhere"], row["name"]))


def spoken_for(connection: sqlite3.Connection) -> dict[str, str]:
    """The names of States, groups and organizations by their ids, as ``on_behalf_of`` holds these."""
    found = connection.execute("SELECT name_id, name FROM names WHERE kind IN ('state', 'group', 'organization') ORDER BY kind DESC")
    return dict(found.fetchall())


def region(ident: str) -> str | None:
    """The regional group of a State."""
    return next(
        (row["regional_group"] or None for row in table("states") if row["alpha3"] == ident and row["name_status"] == "current"), None
    )


def members() -> int:
    """How many Member States the table of States holds."""
    return sum(row["status"] == "member" and row["name_status"] == "current" for row in table("states"))


def anonymous(connection: sqlite3.Connection, looked: list[Row]) -> list[tuple[str, int, int | None]]:
    """Views by speakers who are not named: (quantifier, clauses, rank), by rank; a rank is no number of speakers."""
    ranks = {row["id"]: row for row in table("quantifiers")}
    found = connection.execute(
        "SELECT quantifier, count(*), rank FROM voices WHERE report_id IN (SELECT value FROM json_each(?)) GROUP BY quantifier",
        (_json([one["id"] for one in looked]),),
    ).fetchall()
    anonymous_ones = [row for row in found if not ranks.get(row[0], {}).get("kind", "").startswith(("named", "group", "body"))]
    return sorted(anonymous_ones, key=lambda row: (row[2] is None, row[2] or 0, row[0]))


def naming(connection: sqlite3.Connection, kind: str, name: str, report: int, filters: Filters) -> list[Row]:
    """The recommendations and paragraphs of a report that name somebody (by official name), with how often.

    Of the filters ``item`` and ``section`` count.
    """
    below, labels = Compiled(connection, filters).of_section("coalesce(u.section, p.section)", "r") if filters.section else ("1", ())
    found = connection.execute(
        "SELECT m.object_id AS id, count(*) AS times, coalesce(u.number, p.number) AS number, "
        "coalesce(u.text, p.text) AS text, coalesce(u.pinpoint, p.pinpoint) AS pinpoint, coalesce(u.line, p.line) AS line, coalesce(u.spans, p.spans) AS spans, "
        "coalesce(min(m.as_printed), ?2) AS printed, m.object_id >> 40 AS kind FROM mentions m "
        "LEFT JOIN recommendations u ON u.id = m.object_id LEFT JOIN paragraphs p ON p.id = m.object_id JOIN (SELECT ?3 AS report_id) r "
        f"WHERE m.name IN (SELECT id FROM names WHERE kind = ?1 AND name = ?2) AND (m.object_id >> {PLACE_BITS} & {MOST_REPORTS - 1}) = ?3 "
        "AND (?4 = '[]' OR m.object_id IN (SELECT object_id FROM items WHERE item IN (SELECT value FROM json_each(?4)))) "
        f"AND ({below}) GROUP BY m.object_id ORDER BY m.object_id",
        (kind, name, report, _json(filters.item), *labels),
    )
    names = [column[0] for column in found.description]
    return [_paged(dict(zip(names, row, strict=True))) for row in found]


def _paged(row: Row) -> Row:
    """A row with ``page`` behind ``line``, in the place of what its column ``spans`` holds."""
    out: Row = {}
    for name, value in row.items():
        if name == "spans":
            out["page"] = spans_of({"spans": value})[0][2] if value else None
        else:
            out[name] = value
    return out


def _json(values: Any) -> str:
    import json  # noqa: PLC0415

    return json.dumps(list(values))
