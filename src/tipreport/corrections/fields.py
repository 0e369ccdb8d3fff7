"""What a correction can set, kind by kind, and the check of rows before anything is parsed.

A string that is empty means "none"; a list stands for the whole of what was found; ``add``, ``drop`` and ``replace`` change single
names of it by id.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tipreport.config import Config, Correction, Value
from tipreport.corrections import known
from tipreport.errors import ConfigError, UnknownNameError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Field(NamedTuple):
    """What a field takes.

    Args:
        takes: ``string``, ``count``, ``flag``, ``list``, ``table``, or ``list or true``.
        of: what its values name; empty for words of any kind.
        needed: whether it cannot be empty.
    """

    takes: str
    of: str = ""
    needed: bool = False


_TOLD = {
    "string": "a string",
    "count": 'a whole number from 0 on, or "" for none',
    "flag": "true or false",
    "list": "a list of strings",
    "table": 'a table, such as { PRK = "KOR" }',
    "list or true": "a list of ids, or true for the whole of it",
}
_STRING, _NEEDED, _LIST = Field("string"), Field("string", needed=True), Field("list")
_NAMES = {
    "add": Field("list", "name"),
    "replace": Field("table", "name"),
    "printed": Field("table"),
}
_UNIT = {
    "number": _STRING,
    "section": _STRING,
    "kind": Field("string", "kind", needed=True),
    "topics": Field("list", "topic"),
    **_NAMES,
    "drop": _LIST,
}
_SPEAKERS = {
    "capacity": Field("string", "capacity", needed=True),
    "count": Field("count"),
    "instrument": _STRING,
    "agenda_items": _LIST,
    **_NAMES,
    "on_behalf_of": Field("table", "group"),
    "drop": Field("list or true"),
}
FIELDS: dict[str, dict[str, Field]] = {
    "recommendation": {
        **_UNIT,
        "addressees": Field("list", "addressee"),
        "modality": Field("string", "modality"),
        "verb": _STRING,
        "proposed_by": Field("list", "State"),
        "position": Field("string", "position"),
    },
    "paragraph": {**_UNIT, "agenda_items": _LIST, "add_panellists": _LIST},
    "point": {"label": _NEEDED, "drop": Field("flag")},
    "section": {"label": _NEEDED, "number": _STRING, "title": _NEEDED, "continued": Field("flag")},
    "panellist": {
        "name": _NEEDED,
        "honorific": _STRING,
        "position": _STRING,
        "organization": _STRING,
        "state": Field("string", "State"),
        "on_behalf_of": Field("string", "group"),
        "agenda_items": _LIST,
        "printed": Field("table"),
        "drop": Field("flag"),
    },
    "statement": _SPEAKERS,
    "attendance": _SPEAKERS,
    "masthead": {
        **dict.fromkeys(
            (
                "symbol", "organ", "body", "distribution", "original_language", "language_note", "session", "place", "title", "subtitle",
                "part", "job_number", "agenda_item",
            ),
            _STRING,
        ),
        **dict.fromkeys(("date", "meeting_start", "meeting_end"), Field("string", "date")),
        "status": Field("string", "status"),
    },
}  # fmt: skip
KINDS = {"kind": ("recommendation", "paragraph"), "position": ("supported", "noted", "rejected", "examined"), "status": ("draft", "final")}
_GAZETTEER = {
    "name": (*known.SPEAKERS, "instrument"),
    "State": ("state",),
    "group": known.GROUPED,
    "addressee": ("addressee", "organization"),
}
_IDS = "ids are rec-5, para-4, rec-5.a, section:II.A, panellist:ann-lee, statement:8.party, attendance:ngo, masthead"
_UNIT_ID = re.compile(r"(?:annex[^.]*\.)?(rec|para|text)-[^.\s]+((?:\.[^.\s]+)*)")
_PREFIXES = ("section", "panellist", "statement", "attendance")


def kinds_of(ident: str) -> tuple[str, ...]:
    """The kinds of object that an id may name, the likeliest first; none where it is no id.

    ``rec-98.1`` may be recommendation 98.1, or point 1 of recommendation 98.
    """
    if ident == "masthead":
        return ("masthead",)
    prefix, colon, rest = ident.partition(":")
    if colon:
        return (prefix,) if rest and prefix in _PREFIXES else ()
    found = _UNIT_ID.fullmatch(ident)
    if found is None:
        return ()
    unit = "recommendation" if found[1] == "rec" else "paragraph"
    labels = found[2].split(".")[1:]
    if not labels:
        return (unit,)
    return (unit, "point") if all(label.partition("~")[0].isdigit() for label in labels) else ("point",)


@lru_cache(maxsize=8)
def _checked(config: Config, corrections: tuple[Correction, ...]) -> None:
    for row in corrections:
        _row(config, row)


def check(config: Config) -> None:
    """Check all corrections against the fields there are and the names that the tables know.

    Raises:
        ConfigError: with the file and the place; close names are offered.
    """
    if config.corrections:
        _checked(config._replace(corrections=()), config.corrections)


def strange(kind: str, changes: tuple[tuple[str, Value], ...]) -> str:
    """The first field that objects of a kind do not have, or that takes no such value; empty where all fit."""
    fields = FIELDS[_becomes(kind, changes)]
    return next((name for name, value in changes if name not in fields or not _takes(fields[name].takes, value)), "")


def _becomes(kind: str, changes: tuple[tuple[str, Value], ...]) -> str:
    """The kind that an object has after a correction."""
    wanted = dict(changes).get("kind")
    return str(wanted) if kind in KINDS["kind"] and wanted in KINDS["kind"] else kind


def _row(config: Config, row: Correction) -> None:
    kinds = kinds_of(row.id)
    if not kinds:
        raise ConfigError(f"{row.place}: {row.id!r} is no id", _IDS)
    kind = _becomes(next((kind for kind in kinds if not strange(kind, row.changes)), kinds[0]), row.changes)
    for name, value in row.changes:
        if name not in FIELDS[kind]:
            raise _unknown(row.place, f"field of a {kind}", name, FIELDS[kind])
        place = f"{row.place}: {name}"
        _form(place, FIELDS[kind][name], value)
        for one in _named(FIELDS[kind][name], value):
            _name(config, place, FIELDS[kind][name].of, one)


def _takes(takes: str, value: Value) -> bool:
    """Whether a value has the form that a field takes."""
    if takes == "string":
        return isinstance(value, str) or (type(value) is int and value >= 0)
    if takes == "count":
        return (type(value) is int and value >= 0) or value == ""
    if takes == "flag":
        return isinstance(value, bool)
    if takes == "table":
        return isinstance(value, tuple) and all(isinstance(one, tuple) for one in value)
    return (isinstance(value, tuple) and all(isinstance(one, str) for one in value)) or (value is True and takes != "list")


def _form(place: str, field: Field, value: Value) -> None:
    """Refuse a value that the field does not take."""
    if not _takes(field.takes, value):
        raise ConfigError(f"{place} is {_shown(value)}", f"it takes {_TOLD[field.takes]}")
    if field.needed and not str(value).strip():
        raise ConfigError(f"{place} is empty", "leave the line out to keep what was found")


def _shown(value: Value) -> str:
    """A value as it may stand in the file."""
    if isinstance(value, tuple):
        return "a table" if value and isinstance(value[0], tuple) else f"[{', '.join(map(repr, value))}]"
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _named(field: Field, value: Value) -> Iterable[str]:
    """What a value names."""
    if not field.of or isinstance(value, bool):
        return ()
    if isinstance(value, int):
        return (str(value),)
    if isinstance(value, str):
        return (value,) if value else ()
    if field.takes == "table":
        return tuple(one[1] for one in value if one[1])
    return tuple(one for one in value if isinstance(one, str))


def _name(config: Config, place: str, sort: str, value: str) -> None:
    """Refuse a name that nothing knows."""
    if sort == "date":
        try:
            right = date.fromisoformat(value).isoformat() == value
        except ValueError:
            right = False
        if not right:
            raise ConfigError(f"{place}: {value!r} is no date", "write it as 2021-03-22")
        return
    if sort in _GAZETTEER:
        if known.entry(config, value, _GAZETTEER[sort]) is None:
            raise _stranger(config, place, sort, value)
        return
    offered: Iterable[str] = {"topic": known.topics(config), "modality": known.modalities(), "capacity": known.capacities()}.get(
        sort, KINDS.get(sort, ())
    )
    if value not in offered:
        raise _unknown(place, sort, value, offered)


def _stranger(config: Config, place: str, sort: str, value: str) -> ConfigError:
    """The error for an id that no table has; a name is told its id."""
    kinds = _GAZETTEER[sort]
    error = _unknown(place, f"{sort} id" if sort != "name" else "id", value, known.ids(config, kinds))
    called = known.by_name(config).get(value.casefold())
    if called and called.kind in kinds:
        error.hint = f"its id is {called.id}"
    elif error.hint and error.hint.startswith("known:"):
        error.hint = "ids stand in 'tipreport parse FILE --what mentions --csv'; [[organizations]] of your own make new ones known"
    return error


def _unknown(place: str, kind: str, name: str, offered: Iterable[str]) -> ConfigError:
    told = UnknownNameError(kind, name, offered)
    return ConfigError(f"{place}: {told}", told.hint)
