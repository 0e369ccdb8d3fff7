"""What values are called, and in which order they stand."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from tipreport.data import table
from tipreport.search.ledger import ROLES
from tipreport.stats.dimensions import FIXED, OTHER

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_OTHERS = "organizations, groups of States, others"
_NUMERALS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def names(connection: sqlite3.Connection, by: str, what: str, values: Sequence[Any]) -> dict[Any, str]:
    """The names of values that are ids."""
    if by in {"state", "organization", "addressee"}:
        return dict(connection.execute("SELECT name_id, name FROM names WHERE kind = ?", (by,)).fetchall())
    if by == "topic":
        return {row["id"]: row["label"] for row in table("topics")}
    if by == "group":
        return {**{row["id"]: row["name"] for row in table("groups") if row["id"] in FIXED["group"]}, OTHER: _OTHERS}
    if by == "section" and what in {"recommendations", "paragraphs"}:
        return _titles(connection, values)
    if by in {"quantifier", "capacity"}:
        return {value: value.replace("_", " ") for value in values if "_" in value}
    return {}


def _titles(connection: sqlite3.Connection, labels: Sequence[str]) -> dict[str, str]:
    """The title of a section, where all sections of that label have one title."""
    found = connection.execute(
        "SELECT label, min(title) FROM sections WHERE label IN (SELECT value FROM json_each(?)) GROUP BY label HAVING count(DISTINCT title) = 1",
        (json.dumps(list(labels)),),
    )
    return dict(found.fetchall())


@cache
def _quantifiers() -> dict[str, int]:
    return {row["id"]: place for place, row in enumerate(table("quantifiers"))}


def rank(by: str, value: Any) -> tuple[Any, ...]:
    """The place of a value among those of an ordered dimension."""
    if value is None:
        return ()
    if isinstance(value, int):
        return (value,)
    fixed = {"group": FIXED["group"], "role": ROLES}.get(by)
    if fixed is not None:
        return (fixed.index(value) if value in fixed else len(fixed),)
    if by == "quantifier":
        return (_quantifiers().get(value, len(_quantifiers())),)
    return tuple(_part(part) for part in re.split(r"[.\s]", value))


def _part(part: str) -> tuple[int, int, str]:
    """A part of a label: Roman numerals, numbers and letters in the order of counting."""
    if re.fullmatch("[IVXLC]+", part):
        numbers = [_NUMERALS[sign] for sign in part]
        total = sum(-one if one < after else one for one, after in zip(numbers, [*numbers[1:], 0], strict=True))
        return (0, total, part)
    digits = re.match(r"\d{1,9}", part)
    return (1, int(digits.group()), part) if digits else (2, 0, part)
