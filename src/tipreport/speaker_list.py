"""Reading a printed list of speakers: States with those for whom they spoke, organizations, groups.

Commas part the names, but not inside brackets, and not inside a name that a table knows; a group that is
named by its members between semicolons is one speaker; States in brackets are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from tipreport import gazetteer
from tipreport.config import Config
from tipreport.gazetteer import Match
from tipreport.text import split_top, trim

_ON_BEHALF = re.compile(r",? ?\(?(?P<also>also )?(?:speaking )?(?:also )?on behalf of (?:itself and )?(?:the )?")
_JOIN = re.compile(r"(?:[ ,;]+(?:and |as well as )?|(?<= )and )(?:the |The )?|(?:the |The )")


@dataclass(slots=True)
class Speaker:
    """A State of a list, with those for whom it spoke."""

    state: Match
    on_behalf_of: Match | None = None
    also: list[Match] = field(default_factory=list)


class Unknown(NamedTuple):
    """A name of a list that no table knows."""

    start: int
    end: int
    acronym: str | None


@dataclass(slots=True)
class Found:
    """One list, in offsets of the reading text."""

    capacity: str
    start: int
    end: int
    instrument: str | None = None
    count: int | None = None
    states: list[Speaker] = field(default_factory=list)
    organizations: list[Match | Unknown] = field(default_factory=list)
    groups: list[Match | Unknown] = field(default_factory=list)
    strangers: list[Unknown] = field(default_factory=list)


class ListReader:
    """Reads lists in one text; ``folded`` is ``gazetteer.fold(text)``."""

    def __init__(self, text: str, folded: str, config: Config) -> None:
        self.text, self.folded = text, folded
        self.names = gazetteer.everything(config)
        self.states = gazetteer.states(config)
        self.organizations = gazetteer.organizations(config)

    def groups(self, start: int, end: int) -> list[Match | Unknown]:
        """The groups named between two places, the European Union among them."""
        out: list[Match | Unknown] = []
        for match in self.names.find(self.folded[start:end]):
            before = out[-1] if out else None
            if isinstance(before, Match) and before.entry.id == match.entry.id and self.text[before.end : match.start + start] == " (":
                continue  # its own abbreviation or members: "Alliance of Small Island States (AOSIS)"
            if match.entry.kind == "group" or match.entry.id in {"EUU", "EU"}:
                out.append(match._replace(start=match.start + start, end=match.end + start))
        return out

    def read(self, found: Found, start: int, end: int, prefer: str, *, ands: bool) -> None:
        """Read the names between two places into ``found``; ``prefer`` decides where two tables know a name."""
        text, folded = self.text, self.folded
        if any(text[i] == ";" for i in range(start, end)):
            for a, b in split_top(text, start, end, ";"):
                self._item(found, *self._bare(a, b), prefer)
            return
        at = start
        guard = 0
        while at < end and guard < 5000:
            guard += 1
            joint = _JOIN.match(text, at)
            if joint and joint.end() > at:
                at = joint.end()
                continue
            if prefer == "organization":
                known = self.organizations.at(folded, at)
                if known and self._boundary(known.end, end):
                    found.organizations.append(known)
                    at = self._bracket(known.end, end)
                    continue
            state = self.states.at(folded, at)
            if state and self._boundary(state.end, end) and not gazetteer.in_body_name(folded, state):
                speaker = Speaker(state)
                at = self._behalf(speaker, state.end, end)
                found.states.append(speaker)
                continue
            known = self.names.at(folded, at)
            if known and known.entry.kind in {"organization", "group"} and self._boundary(known.end, end):
                (found.groups if known.entry.kind == "group" else found.organizations).append(known)
                at = self._bracket(known.end, end)
                continue
            at = self._stranger(found, at, end, prefer, ands)

    def _bare(self, start: int, end: int) -> tuple[int, int]:
        """Without "and" and "the" before a name."""
        for word in ("and ", "the ", "The "):
            if self.text.startswith(word, start):
                start += len(word)
        return trim(self.text, start, end)

    def _item(self, found: Found, start: int, end: int, prefer: str) -> None:
        """One item between semicolons: a name, or a group named by its members."""
        text = self.text
        state = self.states.at(self.folded, start)
        if state and self._behalf(Speaker(state), state.end, end) >= end:
            if prefer == "organization" and state.entry.id == "EUU":
                known = self.organizations.at(self.folded, start)
                if known:
                    found.organizations.append(known)
                    return
            if state.entry.id == "EUU" and found.capacity == "party" and found.count:
                found.groups.append(state)  # "groups of Parties: ...; European Union and its member States; ..."
                return
            speaker = Speaker(state)
            self._behalf(speaker, state.end, end)
            found.states.append(speaker)
            return
        known = self.names.at(self.folded, start)
        whole = known is not None and (
            known.end >= end or self._bracket(known.end, end) >= end or text.startswith((" and its", " on behalf of"), known.end)
        )
        if known and whole and known.entry.kind in {"group", "organization"}:
            group = known.entry.kind == "group" or (known.entry.id == "EU" and prefer == "state")
            (found.groups if group else found.organizations).append(known)
        elif known and whole and known.entry.id == "EUU":
            found.groups.append(known)
        elif start < end:
            group_like = prefer == "state" or found.capacity == "constituency"
            (found.groups if group_like else found.organizations).append(Unknown(start, end, self._acronym(start, end)))

    def _boundary(self, at: int, end: int) -> bool:
        """Whether a name ends at ``at``: the list ends, or a mark, bracket or "and" follows."""
        rest = self.text[at : at + 14]
        return at >= end or rest[:1] in ",;.)" or rest.startswith((" (", " and ", " on behalf", ", on behalf", " as well as"))

    def _behalf(self, speaker: Speaker, at: int, end: int) -> int:
        """Read "(on behalf of ...)", "(also on behalf of ...)", "(by video message)" behind a State."""
        text = self.text
        while at < end:
            if text.startswith(" (", at):
                close = self._close(at + 1, end)
                inside = _ON_BEHALF.match(text, at + 1, close)
                if inside:
                    self._represented(speaker, inside.end(), close - 1, also="also" in inside.group())
                at = close
                continue
            plain = _ON_BEHALF.match(text, at, end)
            if plain and plain.end() > at and "on behalf" in plain.group():
                known = self.names.at(self.folded, plain.end())
                if known:
                    speaker.on_behalf_of = known
                    return known.end + (1 if text[known.end : known.end + 1] == "," else 0)
                comma = text.find(",", plain.end(), end)
                return comma if comma >= 0 else end
            break
        return at

    def _represented(self, speaker: Speaker, start: int, end: int, *, also: bool) -> None:
        found = [m for m in self.names.find(self.folded[start:end]) if m.entry.kind != "instrument"]
        moved = [m._replace(start=m.start + start, end=m.end + start) for m in found]
        if not moved:
            return
        if not also:
            speaker.on_behalf_of = moved.pop(0)
        speaker.also += moved

    def _close(self, start: int, end: int) -> int:
        """Behind the bracket that closes the one at ``start``."""
        depth = 0
        for i in range(start, end):
            if self.text[i] == "(":
                depth += 1
            elif self.text[i] == ")":
                depth -= 1
                if depth == 0:
                    return i + 1
        return end

    def _bracket(self, at: int, end: int) -> int:
        """Step over an acronym or a manner in brackets, and over "on behalf of" of an organization."""
        if self.text.startswith(" (", at):
            at = self._close(at + 1, end)
        if self.text.startswith(" on behalf of", at):
            comma = re.compile(r"[,;]").search(self.text, at, end)
            at = comma.start() if comma else end
        return at

    def _acronym(self, start: int, end: int) -> str | None:
        found = re.search(r"\(([A-Z][A-Za-z-]{1,11})\)$", self.text[start:end])
        return found[1] if found else None

    def _stranger(self, found: Found, at: int, end: int, prefer: str, ands: bool) -> int:
        """A name that no table knows: up to the next comma outside brackets, or "and" in a sentence."""
        text = self.text
        parts = split_top(text, at, end, ",")
        stop = parts[0][1] if parts else end
        if ands and stop == end:
            cut = text.find(" and ", at, stop)
            before_and = text[at:cut]
            if (
                cut >= 0
                and before_and[:1].isupper()
                and text[cut + 5 : cut + 10].removeprefix("the ")[:1].isupper()
                and " of" not in before_and[-4:]
            ):
                stop = cut
        a, b = trim(text, at, stop)
        name_end = b
        bracket = re.compile(r" \((?:by [^()]*|[A-Z][\w-]{1,12}|on behalf of[^()]*|also [^()]*)\)$").search(text, a, b)
        if bracket:
            name_end = bracket.start()
        if name_end > a and text[a].isupper():
            unknown = Unknown(a, name_end, self._acronym(a, b))
            if prefer == "organization":
                found.organizations.append(unknown)
            else:
                found.strangers.append(unknown)
        return max(stop, at + 1)

    def items(self, start: int, end: int) -> list[tuple[int, int]]:
        """Items of a plain list with "and" before the last."""
        while end > start and self.text[end - 1] in ".,; ":
            end -= 1
        out = []
        for a, b in split_top(self.text, start, end, ",;"):
            a, b = self._bare(a, b)
            cut = self.text.rfind(" and ", a, b) if b == end else -1
            out += [(a, cut), (cut + 5, b)] if cut >= 0 and self.text[a:cut].endswith("NGOs") else [(a, b)]
        return [(a, b) for a, b in out if a < b]
