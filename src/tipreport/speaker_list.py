"""Reading a printed list of speakers: States with those for whom they spoke, organizations, groups.

Commas part the names, but not inside brackets, and not inside a name that a table knows; a group that is
named by its members between semicolons is one speaker; States in brackets are none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from tipreport import gazetteer
from tipreport.config import Config
from tipreport.gazetteer import Match
from tipreport.text import split_top, trim

_ON_BEHALF = re.compile(r",? ?\(?(?:(?:also|speaking) ){0,2}on (?:its own behalf and (?:also )?on )?behalf of (?:itself and )?(?:the )?")
# Up to here those for whom a State spoke; what follows is left out of the group.
_EXCEPT = re.compile(r",? (?:with the exception of|except(?: for)?|excluding|other than|minus)\b")
# The mark of a footnote behind a name, as the text of a page has it: "Switzerland 1 (also on behalf of", "Timor-Leste1,".
_MARK = re.compile(r" ?\d{1,2}(?=[,;.)]| \(|,? and |,? (?:also )?on behalf|$)")
_GLUED_MARK = re.compile(r"(?<=[a-z\u00df-\u00ff)])\d{1,2}(?![\w.])")
# What stands before a name that is a member of a list, and not a part of something else ("Core Group on Myanmar").
_JOINT = 24  # code points; longer than any of these
_LISTED = re.compile(r"(?:^|[,;(] ?|\band |\bas well as )(?:the )?$")
_JOIN = re.compile(r"(?:[ ,;]+(?:(?:and|as well as) (?:of )?)?|(?<= )and (?:of )?)(?:the |The )?|(?:the |The )")


_JOINTS = re.compile("[][(),\u201c\u201d]| and ")
_NEAR = 20  # joints that are looked at for the end of one name
_SORTED, _LONGEST = 4, 200  # names, for a list to tell of its order; code points of one constituency
# The end of a constituency that is named in full.
_WHOLE = re.compile(r"(?:NGOs?|organizations|constituency|constituencies|authorities|\)|\b[A-Z]{2,}s?)$")
_CONSTITUENT = re.compile(r"NGOs?\b|constituenc|[Pp]eoples|[Yy]outh|[Gg]ender|non-governmental")


# A word that shows that a name which no table knows is that of a body; the secretariat of the meeting itself is none.
_BODY = re.compile(
    rf"\b(?:{gazetteer.BODY_NOUNS.replace('Group|', '').replace('National|', '')}|Alliance|Assembly|Authority|Community|Entity|Facility|Initiative|"
    r"Mechanism|Organi[sz]ations?|Panel|Partnership|Tribunal)\b"
)
_SECRETARIAT = re.compile(r"(?:United Nations )?Secretariat$")


def names_body(name: str) -> bool:
    """Whether a name that no table knows reads as that of a body ("Technology Executive Committee")."""
    return bool(_BODY.search(name)) and not _SECRETARIAT.match(name)


def sort_key(name: str) -> str:
    """The two letters by which a name is sorted, coarsely: lists differ in what they make of hyphens, accents and "of the"."""
    plain = unicodedata.normalize("NFKD", name[:12]).casefold()
    return "".join(c for c in plain if c.isalnum())[:2]


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
    persons: list[tuple[int, int]] = field(default_factory=list)


class ListReader:
    """Reads lists in one text; ``folded`` is ``gazetteer.fold(text)``."""

    def __init__(self, text: str, folded: str, config: Config) -> None:
        self.text, self.folded = text, folded
        self.unmarked = _GLUED_MARK.sub(lambda mark: " " * len(mark.group()), folded)
        self.names = gazetteer.everything(config)
        self.states, self.organizations = gazetteer.states(config), gazetteer.organizations(config)
        self._joints: tuple[int, int, list[int], list[int]] = (0, -1, [], [])
        self.single = False  # whether the header speaks of one representative: nothing behind "on behalf of" speaks then

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
            state = self.states.at(self.unmarked, at)
            after = self._unmark(state.end, end) if state else at
            if state and self._boundary(after, end) and not gazetteer.in_body_name(folded, state):
                speaker = Speaker(state)
                at = self._behalf(speaker, after, end)
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
        for word in ("and ", "by representatives of ", "the ", "The "):
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
        elif start < end and ":" not in text[start:end]:
            group_like = prefer == "state" or found.capacity == "constituency"
            (found.groups if group_like else found.organizations).append(Unknown(start, end, self._acronym(start, end)))

    def _boundary(self, at: int, end: int) -> bool:
        """Whether a name ends at ``at``: the list ends, or a mark, bracket or "and" follows."""
        rest = self.text[at : at + 14]
        return at >= end or rest[:1] in ",;.)" or rest.startswith((" (", " and ", " on behalf", " on its", " speaking", " as well as"))

    def _unmark(self, at: int, end: int) -> int:
        """Step over the mark of a footnote behind a name."""
        mark = _MARK.match(self.text, at, end)
        return mark.end() if mark else at

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
            if plain and "behalf" in plain.group():
                stop = self._behalf_end(plain.end(), end, comma=text[at] == ",")
                self._represented(speaker, plain.end(), stop, also="also" in plain.group())
                return stop
            break
        return at

    def _behalf_end(self, start: int, end: int, *, comma: bool) -> int:
        """Where those end for whom a State spoke, without brackets: "X on behalf of A and B, Y", "X, on behalf of A, B and C"."""
        if comma and self.single:
            return end
        first = split_top(self.text, start, end, ",;")
        if not first:
            return end
        known = self.names.at(self.folded, start)
        if comma and known and known.entry.kind == "state":
            closed = self.text.find(", and ", start, end)
            return closed if closed >= 0 else end
        return max(first[0][1], min(known.end, end) if known else start)

    def _represented(self, speaker: Speaker, start: int, end: int, *, also: bool) -> None:
        """Note the groups, States and organizations between two places as those for whom it spoke."""
        without = _EXCEPT.search(self.text, start, end)
        if without:
            end = without.start()
        moved = []
        for match in self.names.find(self.folded[start:end]):
            part = match.entry.kind == "state" and not _LISTED.search(
                self.text[max(start, start + match.start - _JOINT) : start + match.start]
            )
            if match.entry.kind != "instrument" and not part:
                moved.append(match._replace(start=match.start + start, end=match.end + start))
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
        plain = _ON_BEHALF.match(self.text, at, end)
        if plain and "behalf" in plain.group():
            at = self._behalf_end(plain.end(), end, comma=self.text[at] == ",")
        return at

    def _acronym(self, start: int, end: int) -> str | None:
        found = re.search(r"\(([A-Z][A-Za-z-]{1,11})\)$", self.text[start:end])
        return found[1] if found else None

    def _stranger(self, found: Found, at: int, end: int, prefer: str, ands: bool) -> int:
        """A name that no table knows: up to the next comma outside brackets, or "and" in a sentence."""
        text = self.text
        stop = self._comma(at, end)
        if ands and stop == end:
            stop = self._and(at, stop)
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

    def rejoin(self, found: Found) -> None:
        """Join the halves of names with a comma that no table knows, in a list that is sorted.

        "Harbour Society for Economic", "Social and Cultural Rights", "Island Watch": the second one falls out of the order.
        """
        every = found.organizations
        keys = [sort_key(self.text[one[0] : one[1]]) for one in every] + [""]
        out: list[Match | Unknown] = []
        for i, one in enumerate(every):
            before = out[-1] if out and len(every) >= _SORTED else None
            if (
                isinstance(one, Unknown)
                and isinstance(before, Unknown)
                and not before.acronym
                and self.text[before.end : one.start] == ", "
            ):
                first, second, behind = sort_key(self.text[before.start : before.end]), keys[i], keys[i + 1]
                if (second < first and (first <= behind or not behind)) or first <= behind < second:
                    out[-1] = Unknown(before.start, one.end, one.acronym)
                    continue
            out.append(one)
        found.organizations = out

    def _comma(self, start: int, end: int) -> int:
        """The next comma outside brackets and quotation marks, behind the first name."""
        while start < end and self.text[start] in " ,":
            start += 1
        commas = self._joined(start, end)[0]
        i = bisect_left(commas, start)
        return commas[i] if i < len(commas) else end

    def _and(self, start: int, end: int) -> int:
        """Where the last of a list ends that "and" joins to one more; ``end`` where one name holds the "and" itself.

        An "and the" parts before a bare "and" does, and none does inside brackets or where one representative is spoken of.
        """
        if self.single:
            return end
        cuts = self._joined(start, end)[1]
        first = bisect_left(cuts, start)
        for cut in sorted(cuts[first : first + _NEAR], key=lambda cut: not self.text.startswith(" and the ", cut)):
            before, after = self.text[start:cut], self.text[cut + 5 : cut + 10].removeprefix("the ")
            if before[:1].isupper() and after[:1].isupper() and " of" not in before[-4:]:
                return cut
        return end

    def _joined(self, start: int, end: int) -> tuple[list[int], list[int]]:
        """The commas and the "and" outside brackets and quotation marks up to ``end``, looked for once a list."""
        low, high, commas, ands = self._joints
        if high != end or start < low:
            commas, ands, depth = [], [], 0
            for found in _JOINTS.finditer(self.text, start, end):
                mark = found.group()
                if mark in "([\u201c":
                    depth += 1
                elif mark in ")]\u201d":
                    depth = max(0, depth - 1)
                elif depth == 0:
                    (commas if mark == "," else ands).append(found.start())
            self._joints = (start, end, commas, ands)
        return commas, ands

    def constituency_at(self, start: int, end: int) -> bool:
        """Whether a list begins with one of the constituencies of observers that the table knows."""
        parts = self._constituency_parts(start, end)
        known = self._constituency(*parts[0]) if parts else None
        return known is not None and known.entry.sort == "constituency"

    def constituencies(self, start: int, end: int) -> tuple[list[Match | Unknown], list[Match | Unknown]]:
        """The constituencies of a list, and the organizations that stand among them."""
        groups: list[Match | Unknown] = []
        organizations: list[Match | Unknown] = []
        for a, b in self._constituency_parts(start, end):
            known = self._constituency(a, b)
            if known:
                (groups if known.entry.kind == "group" else organizations).append(known)
            else:
                proper = self.text[a].isupper() and names_body(self.text[a:b]) and not _CONSTITUENT.search(self.text[a:b])
                (organizations if proper else groups).append(Unknown(a, b, self._acronym(a, b)))
        return groups, organizations

    def _constituency(self, start: int, end: int) -> Match | None:
        """The constituency or organization that a part of a list names, also where its last word is left to the next one."""
        known = self.names.at(self.folded, start)
        if known and known.entry.kind in {"group", "organization"} and known.end <= end <= self._bracket(known.end, end):
            return known
        bare = re.sub(r" \([^()]*\)$", "", self.folded[start:end])
        for tail in ("", " NGOs", " organizations", " non-governmental organizations"):
            entry = self.names.names.get(bare + tail)
            if entry and entry.kind == "group":
                return Match(start, start + len(bare), entry)
        return None

    def _constituency_parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The parts of a list of constituencies; "and" parts two only where a whole one stands before it."""
        while end > start and self.text[end - 1] in ".,; ":
            end -= 1
        out = []
        for a, b in split_top(self.text, start, end, ",;"):
            at, stop = self._bare(a, b)
            whole = self._constituency(at, stop) is not None
            for cut in (
                () if whole else re.finditer(r" and (?:by (?:the |a )?representatives? of )?", self.text[at : min(stop, at + _LONGEST)])
            ):
                before = self.text[at : at + cut.start()]
                if _WHOLE.search(before) or self._constituency(at, at + len(before)):
                    out.append((at, at + len(before)))
                    at += cut.end()
                    break
            out.append(self._bare(at, stop))
        return [(a, b) for a, b in out if a < b]
