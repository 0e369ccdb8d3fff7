"""The filters that all commands share, as conditions on objects of the index.

A filter that says nothing of a kind (``--strength`` of a panellist) leaves none of that kind. Names are taken as
ids, official names, acronyms or other names; a name that nobody knows is an error with the closest ones.
"""

from __future__ import annotations

import re
from typing import Any

from tipreport.data import split, table
from tipreport.errors import TipreportError, UnknownNameError
from tipreport.index.schema import MOST_REPORTS, PLACE_BITS, base
from tipreport.index.store import NAMED, named
from tipreport.search.request import Filters
from tipreport.search.values import bounds, is_body, parted, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

Values = tuple[str | int, ...]
Condition = tuple[str, Values]

_LABEL = re.compile(r"(?:[IVXLC]+|[A-Z]|\d+|annex-[\w]+)(?:\.[\w-]+)*", re.IGNORECASE)
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
# The paragraphs that introduce a panellist, where no mention of a person stands.
_INTRODUCED = (
    "{id} IN (SELECT u.id FROM panellists o, paragraphs u WHERE o.name LIKE ? ESCAPE '\\' "
    f"AND u.id > ({base('paragraphs')} | (o.report_id << {PLACE_BITS})) AND u.id < ({base('paragraphs')} | ((o.report_id + 1) << {PLACE_BITS})) "
    "AND instr('; ' || o.paragraphs || '; ', '; ' || u.number || '; '))"
)
_COMMAS = ("status", "item", "capacity", "modality", "voice", "topic")  # their values hold no commas
_STATUSES = ("draft", "final")
_HOLDERS = {"points", "voices"}  # kinds that stand in a unit
NOTHING: Condition = ("0", ())


def capacities(connection: sqlite3.Connection, asked: tuple[str, ...]) -> list[str]:
    """Capacities as the lists hold them.

    Raises:
        UnknownNameError: one is none.
    """
    known = {row["id"] for row in table("capacities")} | {"party", "signatory", "member", "observer", "observer_state", "other"}
    known |= {row[0] for row in connection.execute("SELECT DISTINCT capacity FROM participations WHERE capacity IS NOT NULL")}
    found = [value.strip().replace("-", "_").replace(" ", "_").lower() for value in asked]
    for value in found:
        if value not in known:
            raise UnknownNameError("capacity", value, known)
    return found


def spoke_for(value: str) -> str:
    """The condition that a row ``m`` of ``participations`` spoke on behalf of the group whose id an SQL expression gives."""
    return f"'; ' || m.on_behalf_of || '; ' LIKE '%; ' || {value} || '; %'"


def _first_section(row: str) -> str:
    """The id before that of the first section in the report of a row."""
    return f"({base('sections')} | ({row}.report_id << {PLACE_BITS}))"


class Compiled:
    """Filters looked up once in an index; ``conditions`` gives their SQL for a kind."""

    def __init__(self, connection: sqlite3.Connection, filters: Filters) -> None:
        several: dict[str, Any] = {name: parted(getattr(filters, name)) for name in _COMMAS}
        filters = filters._replace(**several)
        self.connection, self.filters = connection, filters
        for name, values in zip(filters._fields, filters, strict=True):
            if any(not value.strip() for value in ([values] if isinstance(values, str) else values or ())):
                raise TipreportError(
                    f"--{name.removesuffix('s') if name == 'ids' else name.replace('_', '-')} is empty", "name something, or leave it out"
                )
        self.reports = self._reports()
        f = filters
        self.named = [
            (kind, tuple(self._name(kind, value) for value in values))
            for kind, values in (("state", f.state), ("group", f.group), ("organization", f.organization))
            if values
        ]
        self.addressees = tuple(self._addressee(value) for value in f.addressee)
        self.capacities = capacities(connection, f.capacity) if f.capacity else []
        self.topics = tuple(self._topic(value) for value in f.topic)
        self.voices = [self._voice(value) for value in f.voice]
        self.strength = bounds(f.strength, "--strength") if f.strength is not None else None

    def conditions(self, kind: str) -> list[Condition]:
        """The conditions on ``{id}`` that objects of a kind must satisfy."""
        out: list[Condition] = []
        if self.reports is not None:
            sql, values = self.reports
            out.append((f"({{id}} >> {PLACE_BITS} & {MOST_REPORTS - 1}) IN (SELECT id FROM reports WHERE {sql})", values))
        f = self.filters
        given: tuple[tuple[object, Callable[[str], list[Condition]]], ...] = (
            (f.section, self._section), (f.item, self._item), (self.named, self._mentioned), (f.panellist, self._panellist),
            (self.capacities, self._capacity), (self.addressees, self._addressed), (f.modality, self._modality), (self.strength, self._strong),
            (self.voices, self._voiced), (self.topics, self._on_topic), (f.ids, self._ids),
        )  # fmt: skip
        for wanted, condition in given:
            if wanted:
                out += condition(kind)
        return out

    # ------------------------------------------------------------------ reports
    def _reports(self) -> Condition | None:
        """The condition on rows of ``reports``."""
        f = self.filters
        parts: list[str] = []
        values: list[str | int] = []
        if f.body:
            known = [row[0] for row in self.connection.execute("SELECT DISTINCT body FROM reports WHERE body IS NOT NULL ORDER BY body")]
            found = [body for value in f.body for body in known if is_body(value, body)]
            symbols = [value for value in f.body if "/" in value]
            if not found and not symbols:
                raise UnknownNameError("body", f.body[0], known)
            either = ["body IN (SELECT value FROM json_each(?))", *["symbol >= ? AND symbol < ?" for _ in symbols]]
            parts.append(f"({' OR '.join(either)})")
            values += [_json(found), *(end for symbol in symbols for end in (symbol, symbol + "\U0010ffff"))]
        if f.year is not None:
            low, high = bounds(f.year, "--year")
            parts.append("year BETWEEN ? AND ?")
            values += [low if low is not None else 0, high if high is not None else 9999]
        if f.new_since is not None:
            if not _DATE.fullmatch(f.new_since):
                raise TipreportError(f"--new-since takes a date, not {f.new_since!r}", "write --new-since 2019, 2019-09 or 2019-09-10")
            parts.append("coalesce(date, meeting_end, year || '') >= ?")
            values.append(f.new_since)
        if f.status:
            for value in f.status:
                if value.lower() not in _STATUSES:
                    raise UnknownNameError("status", value, _STATUSES)
            parts.append("status IN (SELECT value FROM json_each(?))")
            values.append(_json([value.lower() for value in f.status]))
        if f.report:
            parts.append("id IN (SELECT value FROM json_each(?))")
            values.append(_json([number for value in f.report for number in self._named_reports(value)]))
        return (" AND ".join(parts), tuple(values)) if parts else None

    def _named_reports(self, value: str) -> list[int]:
        """The reports that are called so: by name, symbol, path or file name."""
        found = self.connection.execute(f"SELECT id FROM reports WHERE {NAMED}", named(value)).fetchall()
        if not found:
            raise UnknownNameError("report", value, [name for (name,) in self.connection.execute("SELECT name FROM reports ORDER BY name")])
        return [number for (number,) in found]

    # ------------------------------------------------------------------ names
    def _name(self, kind: str, value: str) -> str:
        """The id of a State, group or organization."""
        wanted = value.strip().casefold()
        rows = self.connection.execute("SELECT name_id, name FROM names WHERE kind = ?", (kind,)).fetchall()
        for ident, name in rows:
            if wanted in {ident.casefold(), name.casefold()}:
                return str(ident)
        ident_column = "alpha3" if kind == "state" else "id"
        known: dict[str, str] = {}
        for row in table(f"{kind}s"):
            forms = [row.get(column, "") for column in (ident_column, "alpha2", "name", "formal_name", "text_form", "acronym")]
            for form in (*forms, *split(row.get("variants", ""))):
                if form:
                    known.setdefault(form.casefold(), row[ident_column])
        if wanted in known:
            return known[wanted]
        names = [row["name"] for row in table(f"{kind}s")] + [name for _, name in rows]
        raise UnknownNameError(_SAID.get(kind, kind), value, dict.fromkeys(names))

    def _addressee(self, value: str) -> str:
        wanted = plain(value)
        found = {
            plain(form): ident
            for ident, name in self.connection.execute("SELECT name_id, name FROM names WHERE kind = 'addressee'")
            for form in (ident, name)
        }
        for row in table("addressees"):
            for form in (row["id"], row["name"], *split(row["patterns"])):
                found.setdefault(plain(form), row["id"])
        if wanted not in found:
            raise UnknownNameError("addressee", value, [form for row in table("addressees") for form in (row["id"], row["name"])])
        return str(found[wanted])

    def _topic(self, value: str) -> str:
        wanted = plain(value)
        found = {plain(form): row["id"] for row in table("topics") for form in (row["id"], row["label"])}
        found |= {plain(ident): ident for (ident,) in self.connection.execute("SELECT DISTINCT topic FROM topics")}
        if wanted not in found:
            raise UnknownNameError("topic", value, sorted(set(found.values())))
        return found[wanted]

    @staticmethod
    def _voice(value: str) -> tuple[str | None, int | None, int | None]:
        """A quantifier by name, or the ends of a range of ranks."""
        ranks = {row["id"]: int(row["rank"]) if row["rank"] else None for row in table("quantifiers")}
        low, dots, high = value.partition("..")
        for name in (low, high):
            if name and name not in ranks:
                raise UnknownNameError("quantifier", name, ranks)
            if dots and name and ranks[name] is None:
                raise TipreportError(f"{name!r} has no rank among the quantifiers", "take it without '..'")
        if not dots:
            return low, None, None
        return None, ranks[low] if low else None, ranks[high] if high else None

    # ------------------------------------------------------------------ conditions
    @staticmethod
    def _unit(kind: str, condition: str) -> str:
        """A condition on ``{id}`` of a unit, for what stands in the unit."""
        if kind not in _HOLDERS:
            return condition
        return f"(SELECT unit_id FROM {kind} o WHERE o.id = {{id}}) " + condition.removeprefix("{id} ")

    def _section(self, kind: str) -> list[Condition]:
        if kind == "sections":
            column = "o.label"
        elif kind in {"recommendations", "paragraphs"} | _HOLDERS:
            column = "o.section"
        else:
            return [NOTHING]
        parts, values = self.of_section(column, "o")
        if kind in _HOLDERS:
            either = " UNION ALL ".join(f"SELECT id, report_id, section FROM {unit}" for unit in ("recommendations", "paragraphs"))
            return [
                (
                    f"EXISTS (SELECT 1 FROM ({either}) o, {kind} h WHERE h.id = {{id}} AND o.id = h.unit_id AND ({parts}))",
                    values,
                )
            ]
        return [(f"EXISTS (SELECT 1 FROM {kind} o WHERE o.id = {{id}} AND ({parts}))", values)]

    def at_section(self, row: str) -> Condition:
        """The condition that a row with a place stands in a section asked for: below its heading, as the text is printed."""
        low = _first_section(row)
        label = (
            f"(SELECT x.label FROM sections x WHERE x.id > {low} AND x.id < {low} + {1 << PLACE_BITS} "
            f"AND x.start_offset <= {row}.start_offset ORDER BY x.start_offset DESC LIMIT 1)"
        )
        return self.of_section(label, row)

    def of_section(self, column: str, row: str) -> Condition:
        """The condition that a label, an SQL expression, is that of a section asked for, or of one below it.

        Args:
            column: the expression.
            row: the alias of the row in whose report it stands.
        """
        parts: list[str] = []
        values: list[str | int] = []
        for value in self.filters.section:
            if _LABEL.fullmatch(value):
                parts.append(f"{column} = ? COLLATE NOCASE OR {column} LIKE ? ESCAPE '\\'")
                values += [value, _like(value) + ".%"]
            else:
                low = _first_section(row)
                parts.append(
                    f"EXISTS (SELECT 1 FROM sections s WHERE s.id > {low} AND s.id < {low} + {1 << PLACE_BITS} "
                    f"AND s.title LIKE ? ESCAPE '\\' AND ({column} = s.label OR {column} LIKE s.label || '.%'))"
                )
                values.append(f"%{_like(value)}%")
        return " OR ".join(parts), tuple(values)

    def _item(self, kind: str) -> list[Condition]:
        condition = "{id} IN (SELECT object_id FROM items WHERE item IN (SELECT value FROM json_each(?)))"
        return [(self._unit(kind, condition), (_json(self.filters.item),))]

    def _mentioned(self, kind: str) -> list[Condition]:
        return [self._names(kind, what, "n.name_id IN (SELECT value FROM json_each(?))", _json(names)) for what, names in self.named]

    @staticmethod
    def _names(kind: str, what: str, condition: str, value: str) -> Condition:
        """The objects in which a name stands, or that are about somebody of that name; ``condition`` is on ``n.name_id``."""
        numbers = f"SELECT n.id FROM names n WHERE n.kind = ? AND {condition}"
        if kind in _HOLDERS:
            sql = (
                f"EXISTS (SELECT 1 FROM {kind} o, mentions m WHERE o.id = {{id}} AND m.name IN ({numbers}) AND m.object_id = o.unit_id "
                "AND m.start_offset BETWEEN o.start_offset AND o.end_offset)"
            )
            return sql, (what, value)
        sql = f"SELECT object_id FROM mentions WHERE name IN ({numbers}) UNION ALL SELECT object_id FROM participations n WHERE n.kind = ? AND {condition}"
        values: Values = (what, value, what, value)
        if what == "group":
            sql += f" UNION ALL SELECT m.object_id FROM participations m, json_each(?) e WHERE {spoke_for('e.value')}"
            values = (*values, value)
        return f"{{id}} IN ({sql})", values

    def _panellist(self, kind: str) -> list[Condition]:
        out: list[Condition] = []
        for value in self.filters.panellist:
            like = f"%{_like(value)}%"
            if kind == "panellists":
                out.append(("EXISTS (SELECT 1 FROM panellists o WHERE o.id = {id} AND o.name LIKE ? ESCAPE '\\')", (like,)))
                continue
            out.append(self._names(kind, "person", "n.name LIKE ? ESCAPE '\\'", like))
            if kind == "paragraphs":
                out.append((_INTRODUCED, (like,)))
        return [_either(out)]

    def _capacity(self, kind: str) -> list[Condition]:
        if kind not in {"statements", "attendance"}:
            return [NOTHING]
        wanted = _json(self.capacities)
        return [(f"EXISTS (SELECT 1 FROM {kind} o WHERE o.id = {{id}} AND o.capacity IN (SELECT value FROM json_each(?)))", (wanted,))]

    def _addressed(self, kind: str) -> list[Condition]:
        condition = "{id} IN (SELECT object_id FROM addressees WHERE name_id IN (SELECT value FROM json_each(?)))"
        return [(self._unit(kind, condition), (_json(self.addressees),))]

    def _modality(self, kind: str) -> list[Condition]:
        known = {
            row[0].lower() for row in self.connection.execute("SELECT DISTINCT modality FROM recommendations WHERE modality IS NOT NULL")
        }
        known |= {form.lower() for row in table("modality") for form in (row["id"].replace("_", " "), *split(row["patterns"]))}
        asked = [value.replace("_", " ").lower() for value in self.filters.modality]
        for value in asked:
            if value not in known:
                raise UnknownNameError("modality", value, known)
        wanted = _json(asked)
        return self._recommended(kind, "lower(o.modality) IN (SELECT value FROM json_each(?))", (wanted,))

    def _strong(self, kind: str) -> list[Condition]:
        low, high = self.strength or (None, None)
        return self._recommended(kind, "o.strength BETWEEN ? AND ?", (low if low is not None else -1, high if high is not None else 99))

    def _recommended(self, kind: str, condition: str, values: Values) -> list[Condition]:
        """A condition on columns of recommendations, for them and for their points."""
        if kind == "recommendations":
            return [(f"EXISTS (SELECT 1 FROM recommendations o WHERE o.id = {{id}} AND {condition})", values)]
        if kind == "points":
            return [
                (f"EXISTS (SELECT 1 FROM recommendations o, points p WHERE p.id = {{id}} AND o.id = p.unit_id AND {condition})", values)
            ]
        return [NOTHING]

    def _voiced(self, kind: str) -> list[Condition]:
        parts: list[str] = []
        values: list[str | int] = []
        for name, low, high in self.voices:
            parts.append("o.quantifier = ?" if name else "o.rank BETWEEN ? AND ?")
            values += [name] if name else [low if low is not None else 0, high if high is not None else 99]
        told = f"({' OR '.join(parts)})"
        if kind == "voices":
            return [(f"EXISTS (SELECT 1 FROM voices o WHERE o.id = {{id}} AND {told})", tuple(values))]
        if kind == "paragraphs":
            return [(f"{{id}} IN (SELECT unit_id FROM voices o WHERE {told})", tuple(values))]
        return [NOTHING]

    def _on_topic(self, kind: str) -> list[Condition]:
        condition = "{id} IN (SELECT object_id FROM topics WHERE topic IN (SELECT value FROM json_each(?)))"
        return [(self._unit(kind, condition) if kind == "voices" else condition, (_json(self.topics),))]

    def _ids(self, kind: str) -> list[Condition]:
        if kind not in {"recommendations", "paragraphs", "points"}:
            return [NOTHING]
        out: list[Condition] = []
        for value in self.filters.ids:
            report, mark, ident = value.rpartition("#")
            condition = "(o.ident = ? OR o.ident LIKE ? ESCAPE '\\')"
            values: Values = (ident, _like(ident) + "~%")
            if mark:
                condition += " AND o.report_id IN (SELECT value FROM json_each(?))"
                values = (*values, _json(self._named_reports(report)))
            out.append((f"EXISTS (SELECT 1 FROM {kind} o WHERE o.id = {{id}} AND {condition})", values))
        return [_either(out)]


_SAID = {"state": "State"}


def _either(conditions: list[Condition]) -> Condition:
    return "(" + " OR ".join(sql for sql, _ in conditions) + ")", tuple(value for _, values in conditions for value in values)


def _like(text: str) -> str:
    """A text that LIKE takes letter by letter."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _json(values: object) -> str:
    import json  # noqa: PLC0415 (most searches filter nothing)

    return json.dumps(list(values), ensure_ascii=True)  # type: ignore[call-overload]
