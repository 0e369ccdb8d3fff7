"""The columns of the tables, and the functions of our own that their expressions call."""

from __future__ import annotations

import os
from functools import cache
from typing import NamedTuple

from tipreport.data import split, table
from tipreport.index import schema
from tipreport.links import link
from tipreport.tables import Column

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_OBJECTS = "{name} u JOIN reports r ON r.id = u.report_id"
_HOLDERS = "LEFT JOIN recommendations p ON p.id = u.{unit} LEFT JOIN paragraphs q ON q.id = u.{unit}"


class Shape(NamedTuple):
    """Where the rows of a table come from.

    Args:
        source: the FROM clause; ``r`` is the report, ``u`` (or ``m``) the object.
        ident: what the rows are in the order of.
        pinpoint: where in the report a row stands, as a cite has it.
        placed: the columns of its place; all of them for most tables.
        alias: of the object.
    """

    source: str
    ident: str = "u.id"
    pinpoint: str = "NULL"
    placed: tuple[str, ...] = ("line", "start", "end", "ranges")
    alias: str = "u"


# In the order in which workbooks and folders have them.
SHAPES: dict[str, Shape] = {
    "reports": Shape("reports r", "r.id", placed=()),
    "recommendations": Shape(_OBJECTS.format(name="recommendations"), pinpoint="u.pinpoint"),
    "points": Shape(f"{_OBJECTS.format(name='points')} {_HOLDERS.format(unit='unit_id')}", pinpoint="u.pinpoint"),
    "paragraphs": Shape(_OBJECTS.format(name="paragraphs"), pinpoint="u.pinpoint"),
    "sections": Shape(_OBJECTS.format(name="sections")),
    "agenda": Shape(_OBJECTS.format(name="agenda")),
    "panellists": Shape(_OBJECTS.format(name="panellists"), pinpoint="u.pinpoint"),
    "statements": Shape(_OBJECTS.format(name="statements"), pinpoint="u.pinpoint"),
    "attendance": Shape(_OBJECTS.format(name="attendance"), pinpoint="u.pinpoint"),
    "participations": Shape(
        "participations m JOIN reports r ON r.id = m.report_id", "m.object_id, m.place", "m.pinpoint", alias="m"
    ),
    "voices": Shape(f"{_OBJECTS.format(name='voices')} JOIN paragraphs p ON p.id = u.unit_id", pinpoint="p.pinpoint"),
    "mentions": Shape(
        "mentions u JOIN names n ON n.id = u.name JOIN reports r ON r.id = (u.object_id >> 20 & 1048575) "
        + _HOLDERS.format(unit="object_id"),
        "u.object_id, u.start_offset, n.kind, n.name_id",
        "coalesce(p.pinpoint, q.pinpoint)",
        placed=("start",),
    ),
    "references": Shape(_OBJECTS.format(name='"references"')),
    "footnotes": Shape(_OBJECTS.format(name="footnotes")),
    "decisions": Shape(_OBJECTS.format(name="decisions")),
}  # fmt: skip
# What one row of a table is called: as in other records, and of the tables that are no kind of object.
SINGULAR = {**schema.SINGULAR, "reports": "report", "participations": "participation", "mentions": "mention"}


@cache
def columns(name: str) -> tuple[tuple[Column, str], ...]:
    """The columns of a table with their expressions, in order."""
    shape = SHAPES[name]
    before, own, behind, placed = [], [], [], []
    for row in table("columns"):
        expression = row["expression"].replace("{pinpoint}", shape.pinpoint)
        if row["table"] == "placed":
            expression = expression.replace("u.", f"{shape.alias}.")
        made = (Column(row["column"], row["type"], row["meaning"]), expression)
        if row["table"] == name:
            own.append(made)
        elif name != "reports":
            if row["table"] == "*":
                before.append(made)
            elif row["table"] == "+":
                behind.append(made)
            elif row["table"] == "placed" and row["column"] in shape.placed:
                placed.append(made)
    return (*before, *own, *behind, *placed)


def as_json(taken: Sequence[tuple[Column, str]], form: str, singular: str) -> str:
    """The expression that makes a whole row JSON in the database; see ``Table.ready`` for the forms."""
    if form in {"object", "typed"}:
        parts = [f"'type', '{singular}'"] if form == "typed" else []
        parts += [f"'{column.name}', {_value(column.type, expression)}" for column, expression in taken]
        return f"json_object({', '.join(parts)})"
    cells = [_cell(column.type, expression) for column, expression in taken]
    return f"json_array({', '.join(cells)})"


def _value(kind: str, expression: str) -> str:
    if kind == "list":
        parted = f"""json('[' || replace(json_quote({expression}), '; ', '","') || ']')"""
        return f"CASE WHEN {expression} IS NULL THEN json('[]') ELSE {parted} END"
    if kind == "boolean":
        return f"CASE {expression} WHEN 1 THEN json('true') WHEN 0 THEN json('false') END"
    return expression


def _cell(kind: str, expression: str) -> str:
    if kind == "boolean":
        return f"CASE {expression} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE '' END"
    return f"ifnull({expression}, '')"


# Names that hang on objects, gathered by object once: the tables of the index are in the order of the names.
_GATHERED = {
    "addressees_held": "SELECT object_id, name_id AS value FROM addressees",
    "topics_held": "SELECT object_id, topic AS value FROM topics",
    "items_held": "SELECT object_id, item AS value FROM items WHERE NOT inherited",
    "inherited_held": "SELECT object_id, item AS value FROM items WHERE inherited",
}


_THERE = "SELECT 1 FROM temp.sqlite_schema WHERE name = ?"


def gathered(connection: sqlite3.Connection, expressions: str) -> None:
    """Make the temporary tables that expressions name; they lie on the disk where they are large."""
    for name, source in _GATHERED.items():
        if f"temp.{name}" not in expressions:
            continue
        if connection.execute(_THERE, (name,)).fetchone():
            continue
        connection.execute(f"CREATE TEMP TABLE {name} (object_id INTEGER PRIMARY KEY, value TEXT NOT NULL)")
        connection.execute(
            f"INSERT INTO temp.{name} SELECT object_id, group_concat(value, '; ') FROM ({source} ORDER BY 1, 2) GROUP BY object_id"
        )


def told(connection: sqlite3.Connection, expressions: str) -> None:
    """What is made of a report's symbol and path, once a report instead of once a row."""
    if "temp.reports_told" not in expressions or connection.execute(_THERE, ("reports_told",)).fetchone():
        return
    connection.execute("CREATE TEMP TABLE reports_told (id INTEGER PRIMARY KEY, link TEXT, file TEXT NOT NULL)")
    reports = connection.execute("SELECT id, symbol, path FROM reports")
    connection.executemany(
        "INSERT INTO reports_told VALUES (?, ?, ?)", ((number, link(symbol), file_name(path)) for number, symbol, path in reports)
    )


def functions(connection: sqlite3.Connection) -> None:
    """Let SQLite call what the expressions call; once a connection, as none can be made while rows are being read."""
    if connection.execute("SELECT 1 FROM pragma_function_list WHERE name = 'verb_class'").fetchone():
        return
    for name, count, made in (
        ("upr_category", 2, cache(upr_category)),
        ("least_voices", 1, lambda quantifier: _bounds().get(quantifier, (None, None))[0]),
        ("most_voices", 1, lambda quantifier: _bounds().get(quantifier, (None, None))[1]),
        ("verb_class", 1, lambda verb: _classes().get(verb.lower()) if verb else None),
    ):
        connection.create_function(name, count, made, deterministic=True)


@cache
def file_name(stored: str) -> str:
    """The name of a file without its folders; a path that is no UTF-8 is held as bytes."""
    if stored.startswith("bytes:"):
        return os.path.basename(bytes.fromhex(stored.removeprefix("bytes:"))).decode("utf-8", "backslashreplace")
    return os.path.basename(stored)


def upr_category(verb: str | None, modality: str | None) -> int | None:
    """The category of action of a recommendation, 1 to 5, in the manner of the public coding of periodic-review recommendations.

    1 asks others or asks for support, 2 continuing, 3 considering, 4 general action, 5 specific action. A modality that only
    asks to consider or to continue decides; then the verb; then what the modality suggests. None where none of them says it.
    """
    hint = _hints().get((modality or "").lower())
    if hint in {2, 3}:
        return hint
    found = _verbs().get((verb or "").lower())
    return found if found is not None else hint


@cache
def _verbs() -> dict[str, int]:
    return {row["verb"]: int(row["category"]) for row in table("action_verbs")}


@cache
def _hints() -> dict[str, int]:
    return {
        form.lower(): int(row["upr_category_hint"])
        for row in table("modality")
        if row["upr_category_hint"].isdigit()
        for form in (row["id"].replace("_", " "), *split(row["patterns"]))
    }


@cache
def _bounds() -> dict[str, tuple[int | None, int | None]]:
    return {row["id"]: (int(row["min"]) if row["min"] else None, int(row["max"]) if row["max"] else None) for row in table("quantifiers")}


@cache
def _classes() -> dict[str, str]:
    return {form.lower(): row["class"] for row in table("reporting_verbs") for form in (row["verb"], *split(row["forms"]))}
