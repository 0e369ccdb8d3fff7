"""Known names in running text: States, organizations, groups of States, instruments.

Matching works on folded text (``fold``), which has one character for each of the text, so that offsets
stay true. The longest name that starts at a word wins; a name ends at a word boundary ("Iraqi" is not
Iraq). Case counts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tipreport.config import Config, kept_by_tables
from tipreport.data import split, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# One character for one: apostrophes, blanks and hyphens that differ only in print.
_FOLD = (("\u2019", "'"), ("\u2018", "'"), ("\xa0", " "), ("\u2010", "-"), ("\u2011", "-"), ("\u202f", " "), ("\u2212", "-"))

# A State's name in front of one of these is part of the name of a body (United States Department of Justice).
BODY_NOUNS = (
    "Academy|Agency|Association|Bank|Bar|Board|Bureau|Center|Centre|Chamber|Coalition|College|Commission|"
    "Committee|Conference|Congress|Council|Court|Department|Directorate|Federation|Foundation|Forum|Fund|"
    "Group|Institute|Institution|League|Ministry|National|Network|Office|Organization|Party|Police|Programme|"
    "Red|School|Secretariat|Service|Society|Trust|Union|University"
)
_BODY_AFTER = re.compile(
    rf"(?:'s)? (?:{BODY_NOUNS})\b| (?:dialogue|Framework|Act\b|Clearing House|Strategy|Declaration|Protocol|Agreement|Convention|Principles|Guidelines|dollars?\b|Road ?[Mm]ap|Plan\b|20[2-9]\d\b)"
)
_BODY_BEFORE = re.compile(
    r"\b(?:Academy|Association|Bank|Bar|Chamber|Commission|Committee|Council|Court|Federation|Forum|Institute|"
    r"Institution|League|Network|Ombudsman|Parliament|Society|Union|University|Centre|Center) of (?:the )?$"
)


_REGION_BEFORE = re.compile(r"\b(?:Western|Eastern|Northern|Southern|Central|Inner|Outer) $")


# How the text before must end at all; nearly always it does not.
_REGION_ENDS = ("ern ", "Central ", "Inner ", "Outer ")
_OF = (" of ", " of the ")


class Entry(NamedTuple):
    """A known name. ``kind``: state, organization, group, instrument; ``sort`` the table's type."""

    kind: str
    id: str
    name: str
    acronym: str | None = None
    sort: str = ""


class Match(NamedTuple):
    """A name found at ``start:end`` of a text."""

    start: int
    end: int
    entry: Entry


def fold(text: str) -> str:
    """Fold apostrophes, blanks and hyphens; the length stays."""
    if text.isascii():
        return text
    for printed, plain in _FOLD:  # a search for each is faster than a look at every character
        text = text.replace(printed, plain)
    return text


_FIRST = re.compile(r"\w+")
_NEXT = 4  # characters behind the first word by which names are told apart


class Gazetteer:
    """A matcher over many names."""

    def __init__(self, names: dict[str, Entry]) -> None:
        self.names = names
        # By the first word, then by the characters behind it; "" has the names that end sooner.
        self._by_word: dict[str, dict[str, list[str]]] = {}
        for name in sorted(names, key=len, reverse=True):
            first = _FIRST.match(name)
            if first:
                behind = name[first.end() : first.end() + _NEXT]
                self._by_word.setdefault(first.group(), {}).setdefault(behind if len(behind) == _NEXT else "", []).append(name)
        lower = sorted({word for word in self._by_word if not word[0].isupper()}, key=len, reverse=True)
        extra = "".join(f"|{re.escape(word)}\\b" for word in lower)
        self._word = re.compile(rf"(?<![\w-])(?:[^\W\d_a-z]\w*{extra})")

    def at(self, text: str, start: int) -> Match | None:
        """The longest name that starts at ``start`` of the folded ``text``."""
        word = self._word.match(text, start)
        return self._longest(text, start, word.group()) if word else None

    def _longest(self, text: str, start: int, word: str) -> Match | None:
        known = self._by_word.get(word)
        if known is None:
            return None
        behind = start + len(word)
        for name in (*known.get(text[behind : behind + _NEXT], ()), *known.get("", ())):
            end = start + len(name)
            if text.startswith(name, start) and not text[end : end + 1].isalnum():
                return Match(start, end, self.names[name])
        return None

    def find(self, text: str) -> Iterator[Match]:
        """All names in the folded ``text``, left to right, none inside another."""
        at = 0
        for word in self._word.finditer(text):
            if word.start() < at:
                continue
            found = self._longest(text, word.start(), word.group())
            if found:
                yield found
                at = found.end


def in_body_name(text: str, found: Match) -> bool:
    """Whether a State's name is only part of the name of a body."""
    return (
        bool(_BODY_AFTER.match(text, found.end))
        or (text.endswith(_REGION_ENDS, 0, found.start) and bool(_REGION_BEFORE.search(text, max(0, found.start - 12), found.start)))
        or (text.endswith(_OF, 0, found.start) and bool(_BODY_BEFORE.search(text, max(0, found.start - 60), found.start)))
    )


@cache
def _states() -> dict[str, Entry]:
    names: dict[str, Entry] = {}
    current = {row["id"]: row["name"] for row in table("states") if row["name_status"] == "current"}
    for row in table("states"):
        entry = Entry("state", row["id"], current.get(row["id"], row["name"]), None, row["regional_group"])
        for form in (row["name"], row["formal_name"], row["text_form"], *split(row["variants"])):
            bare = fold(form.removeprefix("the ").removeprefix("The "))
            if bare:
                names.setdefault(bare, entry)
    return names


@cache
def _organizations() -> dict[str, Entry]:
    names: dict[str, Entry] = {}
    for row in table("organizations"):
        entry = Entry("organization", row["id"], row["name"], row["acronym"] or None, row["type"])
        for form in (row["name"], row["acronym"], *split(row["variants"])):
            bare = fold(form.removeprefix("the "))
            if bare:
                names.setdefault(bare, entry)
    return names


@cache
def _groups() -> dict[str, Entry]:
    names: dict[str, Entry] = {}
    for row in table("groups"):
        entry = Entry("group", row["id"], row["name"], None, row["kind"])
        for form in (row["name"], *split(row["variants"])):
            names.setdefault(fold(form.removeprefix("the ")), entry)
    return names


@cache
def _instruments() -> dict[str, Entry]:
    names: dict[str, Entry] = {}
    for row in table("instruments"):
        entry = Entry("instrument", row["id"], row["name"], None, row["kind"])
        for form in (row["name"], *split(row["short_forms"])):
            names.setdefault(fold(form.removeprefix("the ")), entry)
    return names


@kept_by_tables
def states(config: Config) -> Gazetteer:
    """Names of States alone, the user's own included, for lists of States."""
    return Gazetteer({**_states(), **_own_states(config)})


@cache
def groups() -> Gazetteer:
    """Groups of States alone."""
    return Gazetteer(_groups())


@kept_by_tables
def organizations(config: Config) -> Gazetteer:
    """Names of organizations, the user's own included, for lists of observers."""
    return Gazetteer({**_organizations(), **_own(config, "organizations", "organization")})


@kept_by_tables
def everything(config: Config) -> Gazetteer:
    """All names, the user's own first."""
    names = {**_instruments(), **_organizations(), **_groups(), **_states()}
    names.update(_own(config, "organizations", "organization"))
    names.update(_own(config, "instruments", "instrument"))
    names.update(_own_states(config))
    return Gazetteer(names)


def _own(config: Config, key: str, kind: str) -> dict[str, Entry]:
    names: dict[str, Entry] = {}
    for row in config.rows(key):
        entry = Entry(kind, row["id"], row.get("name", row["id"]), row.get("acronym") or None, row.get("type", "other"))
        for form in (row.get("name", ""), row.get("acronym", ""), *split(row.get("variants", ""))):
            if form:
                names[fold(form)] = entry
    return names


def _own_states(config: Config) -> dict[str, Entry]:
    known = {row["id"]: row for row in table("states") if row["name_status"] == "current"}
    names: dict[str, Entry] = {}
    for row in config.rows("states"):
        base = known.get(row["id"])
        name = base["name"] if base else row.get("name", row["id"])
        for form in split(row.get("variants", "")):
            names[fold(form)] = Entry("state", row["id"], name)
    return names
