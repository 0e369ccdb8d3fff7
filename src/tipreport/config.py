"""What a user may add or set: own tables, the profile, the symbol a document does not print.

A ``Config`` is a frozen, hashable value that pickles, so that ``parse`` stays a pure function of text and
configuration. ``load`` reads TOML (``tipreport.toml``)::

    profile = "generic"

    [[topics]]
    id = "debt_bondage"
    label = "Debt bondage"
    patterns = "debt bondage;bonded labour"

    [[organizations]]
    id = "LSI"
    name = "La Strada International"
    acronym = "LSI"
    type = "ngo"
    variants = "La Strada"

Tables: ``topics`` (id, label, patterns), ``organizations`` (id, name, acronym, type, variants), ``states``
(id of a known State, variants), ``instruments`` (id, name, variants), ``addressees`` (id, name, patterns).

``[[corrections]]`` set right what the parser got wrong in one report::

    [[corrections]]
    report = "CTOC/COP/WG.4/2021/29"
    id = "rec-5"
    text = "5f0c3e9a1b77"
    number = "6"

``[check]`` sets which rules ``tipreport check`` runs, by the beginnings of their codes::

    [check]
    select = ["all"]
    ignore = ["style", "heading/gap"]

All of it may stand below ``[tool.tipreport]`` of ``pyproject.toml`` as well (``[tool.tipreport.check]``).

Of corrections the form alone is read here; ``tipreport.corrections`` knows the fields and the names.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache, wraps
from typing import NamedTuple

from tipreport.errors import ConfigError

TABLES = {
    "topics": ("id", "label", "patterns"),
    "organizations": ("id", "name", "acronym", "type", "variants"),
    "states": ("id", "name", "variants"),
    "instruments": ("id", "name", "variants"),
    "addressees": ("id", "name", "patterns"),
}
_KEYS = {"profile": str, "encoding": str, "symbol": str, "color": str, "jobs": int, "index": str}
_CHECK = ("select", "ignore")
_PROJECT = "pyproject.toml"
_TAKES = {str: "a string", int: "a whole number from 0 on"}

_TABLES_KEPT = 8

Pairs = tuple[tuple[str, str], ...]
Value = str | int | bool | tuple[str, ...] | Pairs


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Made = TypeVar("Made")


class Correction(NamedTuple):
    """What to set in one object of one report.

    Args:
        report: its symbol, what it is called across a corpus, the name of its file, or a SHA-256 of its bytes or text.
        id: of the object, as the parser gives it: ``rec-5``, ``para-4``, ``rec-5.a``, ``section:II.A``, ``panellist:ann-lee``,
            ``statement:8.party``, ``attendance:ngo``, ``masthead``.
        text: the short hash of the object's text (``tipreport.corrections.short_hash``).
        changes: (field, value) pairs; a list is a tuple of strings, a table a tuple of pairs.
        place: where it stands, for messages.
    """

    report: str
    id: str
    text: str
    changes: tuple[tuple[str, Value], ...] = ()
    place: str = "corrections"


class Config(NamedTuple):
    """Settings of one run.

    Args:
        profile: the name of a file in ``profiles/``; None chooses by the masthead.
        symbol: the document symbol, for a text that does not print its own.
        tables: the user's own rows, as (table, row) pairs; a row is a tuple of (column, value).
        corrections: what to set right in single reports.
    """

    profile: str | None = None
    symbol: str | None = None
    tables: tuple[tuple[str, Pairs], ...] = ()
    corrections: tuple[Correction, ...] = ()

    def __hash__(self) -> int:
        """Equal ones have equal hashes. Corrections are left out: they may be many, and caches ask for the hash at every text."""
        return hash((self.profile, self.symbol, self.tables))

    def rows(self, table: str) -> list[dict[str, str]]:
        """The user's own rows for ``table``."""
        return [dict(row) for name, row in self.tables if name == table]


def kept_by_tables(make: Callable[[Config], Made]) -> Callable[[Config], Made]:
    """Keep what ``make`` makes of the user's own tables: it is given these alone, and called once for equal ones.

    What was made for the last eight is kept, so that a process which sees many configurations does not grow.
    """
    made = lru_cache(_TABLES_KEPT)(lambda tables: make(Config(tables=tables)))

    @wraps(make)
    def asked(config: Config) -> Made:
        return made(config.tables)

    return asked


def load(path: str) -> dict[str, object]:
    """Read a TOML file and check it.

    Gives:
        ``tables`` in the form that ``Config`` takes, ``corrections`` likewise where there are any, ``check`` as key ->
        prefixes where there is such a table, and the plain settings under their own names.

    Raises:
        ConfigError: unreadable, no TOML, or an unknown key; the message names the file and the place.
    """
    import tomllib

    try:
        with open(path, "rb") as file:
            raw = tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: nested too deeply") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}", "the file must be TOML in UTF-8") from error
    out: dict[str, object] = {}
    tables: list[tuple[str, Pairs]] = []
    corrections: list[Correction] = []
    for key, value in _own_part(path, raw).items():
        if key in TABLES:
            tables += [(key, _row(path, key, row)) for row in _list(path, key, value)]
        elif key == "corrections":
            corrections = [_correction(f"{path}: corrections: row {place}", row) for place, row in enumerate(_list(path, key, value), 1)]
        elif key == "check":
            out["check"] = _check(path, value)
        elif key in _KEYS:
            if not _fits(value, _KEYS[key]):
                raise ConfigError(f"{path}: {key} is {value!r}", f"{key} takes {_TAKES[_KEYS[key]]}")
            out[key] = value
        else:
            raise ConfigError(f"{path}: unknown key {key!r}", f"known: {', '.join((*_KEYS, *TABLES, 'check', 'corrections'))}")
    out["tables"] = tuple(tables)
    if corrections:
        out["corrections"] = tuple(corrections)
    return out


def _own_part(path: str, raw: dict[str, object]) -> dict[str, object]:
    """What is ours of a file: all of it, or the table ``[tool.tipreport]`` of a ``pyproject.toml``."""
    if os.path.basename(path) != _PROJECT:
        return raw
    tool = raw.get("tool")
    own = tool.get("tipreport", {}) if isinstance(tool, dict) else {}
    if not isinstance(own, dict):
        raise ConfigError(f"{path}: tool.tipreport must be a table", "write [tool.tipreport] above the settings")
    return own


def _check(path: str, table: object) -> dict[str, tuple[str, ...]]:
    """The prefixes of rules to run and to leave out."""
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: check must be a table", "write [check] above select and ignore")
    for key, value in table.items():
        if key not in _CHECK:
            raise ConfigError(f"{path}: check: unknown key {key!r}", f"known: {', '.join(_CHECK)}")
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise ConfigError(f"{path}: check.{key} must be a list of codes or their beginnings", 'such as ["heading", "style/ize"]')
    return {key: tuple(value) for key, value in table.items()}


def _fits(value: object, kind: type) -> bool:
    return type(value) is kind and not (isinstance(value, int) and value < 0)


def _list(path: str, key: str, value: object) -> list[object]:
    if not isinstance(value, list):
        raise ConfigError(f"{path}: {key} must be a list of tables", f"write [[{key}]] above each row")
    return value


def _row(path: str, key: str, row: object) -> Pairs:
    known = TABLES[key]
    if not isinstance(row, dict) or not row.get("id"):
        raise ConfigError(f"{path}: a row of {key} has no id")
    for column, value in row.items():
        if column not in known:
            raise ConfigError(f"{path}: {key}: unknown column {column!r}", f"known: {', '.join(known)}")
        if not isinstance(value, str):
            raise ConfigError(f"{path}: {key}: {column} must be a string", "lists are parted by ';'")
    return tuple(row.items())


_NAMED = ("report", "id", "text")
_STUB = "'tipreport parse FILE --id ID --to correction' prints a row to fill in"


def _correction(place: str, row: object) -> Correction:
    if not isinstance(row, dict):
        raise ConfigError(f"{place}: is no table", "write [[corrections]] above each row")
    for key in _NAMED:
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise ConfigError(f"{place}: {key} must be a string that is not empty", _STUB)
    changes = tuple((key, _value(f"{place}: {key}", value)) for key, value in row.items() if key not in _NAMED)
    return Correction(row["report"].strip(), row["id"].strip(), row["text"].strip().lower(), changes, place)


def _value(place: str, value: object) -> Value:
    """A value of TOML as one that can be hashed."""
    if isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return tuple(value.items())
    raise ConfigError(f"{place} is {value!r}", "a field takes a string, a number, true, a list of strings or a table of strings")


def find() -> list[str]:
    """The configuration files that exist, the weakest first: the user's, then ``pyproject.toml`` and ``tipreport.toml`` of this folder."""
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    places = [os.path.join(base, "tipreport", "tipreport.toml"), *([_PROJECT] if _has_own_part() else []), "tipreport.toml"]
    return [place for place in places if os.path.isfile(place)]


def _has_own_part() -> bool:
    """Whether the ``pyproject.toml`` of this folder speaks of us; most do not, and are not read as TOML."""
    try:
        with open(_PROJECT, "rb") as file:
            return b"tool.tipreport" in file.read(1 << 20)
    except OSError:
        return False


def default_index() -> str:
    """The index in the user's data folder."""
    if sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    elif sys.platform == "darwin":
        folder = os.path.expanduser("~/Library/Application Support")
    else:
        folder = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return os.path.join(folder, "tipreport", "index.db")
