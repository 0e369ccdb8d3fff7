"""Lists of those who spoke (statements) or were represented (attendance), each with its capacity.

Printed forms: "statements were made by representatives of the following parties to the ... Protocol: A, B, C"
(draft report of 11 September 2020, para. 8); "heard statements by the observers for X"; "(a) Representatives of
States Members of the Human Rights Council: A (on behalf of the Group ...), B (also on behalf of C, D and E);"
(A/HRC/28/2, para. 21); "Representatives of two Parties made statements" (a count, no names); "by representatives
of 13 Parties on behalf of groups of Parties: the African Group; Argentina, Brazil and Uruguay; ...": a group
named by its members is one speaker. States in brackets are not speakers; a State keeps its list's capacity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from tipreport import gazetteer
from tipreport.config import Config
from tipreport.gazetteer import Match
from tipreport.text import NUMBER_WORDS, number, sentences, split_top, trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SPOKE = regex.compile(
    r"\b(?:statements?|addressed|interventions?|took the floor|made (?:general |further |concluding )?comments|made remarks|asked (?:the )?[\w ]{0,30}questions|"
    r"spoke(?! on a point)|explanations? of vote|right of reply|presentations?)\b",
    regex.IGNORECASE,
)
ATTENDED = regex.compile(
    r"\b(?:(?:were|was) (?:also )?represented|(?:was|were) attended by|attended the|attended as|participated in the|were present|sent observers|took part in the (?:meeting|session|conference)|were accredited)\b",
    regex.IGNORECASE,
)
_CAPACITIES = (
    ("constituency", r"constituenc"),
    ("ngo", r"non-governmental|civil society|\bNGOs?\b"),
    ("nhri", r"national human rights institution|\bNHRIs?\b"),
    ("un_entity", r"United Nations (?:entit|bod|system|office|programme|fund|organ|department|secretariat|institute|agenc|mandate)|institutes of the .{0,80}network|Secretariat unit|entities of the United Nations"),
    ("specialized_agency", r"specialized agenc"),
    ("igo", r"\bintergovernmental\b|regional organi[sz]ation|international organi[sz]ation"),
    ("observer_state", r"non-signator|not parties|non-part(?:y|ies)|not a party|observer States?|non-member|States? .{0,60}(?:represented by|as) observers?|observer member"),
    ("signatory", r"\bsignator"),
    ("member", r"[Mm]embers? of the (?:[A-Z]\w+ ){0,4}(?:Council|Commission|Committee|Board|Authority|Assembly)|States [Mm]embers|[Mm]ember States|\bMembers\b|^members\b"),
    ("party", r"\b[Pp]art(?:y|ies)\b"),
    ("other", r"academi|other entit|State concerned|[Ss]ponsor"),
    ("observer", r"\b[Oo]bservers?\b"),
)  # fmt: skip
_POINT_HEADER = regex.compile(
    r"(?:The )?(?:following )?(?:[Rr]epresentatives?|[Oo]bservers?|[Ss]ponsor States|[Mm]ember States|States|[Mm]embers|[Pp]art(?:y|ies)|[Ss]ignator|[Nn]on-|[Nn]ational|[Ii]ntergovernmental|[Ii]nternational|United Nations|[Ss]pecialized|[Ss]tatements? by|[Cc]ivil society|[Oo]ther|[Ee]ntities|[Dd]elegations)"
    r"[^:.()]{0,220}(?:\([^()]{0,60}\)[^:.()]{0,100})?: ?"
)
_COUNTED = regex.compile(
    rf"\b(?P<n>\d{{1,3}}|{'|'.join(NUMBER_WORDS)}) (?:[A-Za-z-]+ ){{0,5}}?"
    r"(?P<what>parties|Parties|States|delegations|organizations|constituencies|countries|speakers|representatives|Governments|observers|entities|Party|State|institutions)\b",
    regex.IGNORECASE,
)
_BY = regex.compile(
    r"\b(?:made|delivered|given|heard|presented)(?: [a-z ]{0,40})? by |\b(?:statements?|interventions?|presentations?)(?: and questions)? (?:by|from) (?:the following delegations: ?)?",
    regex.IGNORECASE,
)
_NGOS = regex.compile(r"\bE?NGOs?\b|constituenc")
_REPRESENTATIVES = regex.compile(
    r"(?:the |a |an )?(?:following )?(?P<who>[Rr]epresentatives?|[Oo]bservers?|[Dd]elegations?) (?P<of>of|for|from) (?:the following )?"
)
_SUBJECT = regex.compile(
    r"(?P<head>(?:[Tt]he|[Aa]n?) (?P<who>representatives?|observers?|delegations?) (?:of|for|from) )(?P<list>(?:the )?[\p{Lu}].{1,1500}?)"
    r"(?P<tail>,? (?:also |then |each |further )?(?:made|delivered|gave) (?:\w+ ){0,3}(?:statements?|interventions?|presentations?|remarks|comments)\b|,? (?:also )?(?:spoke|took the floor)\b)"
)
_APPOSITION = regex.compile(r", an? (?P<what>[^,.;]{3,80})")
_BARE_POINT = regex.compile(r"(?:[Rr]epresentatives?|[Oo]bservers?)(?: of| for)(?: the| an?)? (?=[\p{Lu}])")
_SECOND = regex.compile(r"[,;]? (?:and|as well as|and also)(?: also)? by (?=(?:the |a )?(?:following )?(?:representatives?|observers?))")
_ON_BEHALF = regex.compile(r",? ?\(?(?P<also>also )?(?:speaking )?(?:also )?on behalf of (?:itself and )?(?:the )?")
_JOIN = regex.compile(r"(?:[ ,;]+(?:and |as well as )?|(?<= )and )(?:the |The )?|(?:the |The )")
_CONSTITUENCY = regex.compile(
    r"on behalf of (?=(?:the )?(?:business|environmental|farmers|indigenous|local government|research|trade union|women|youth|children))",
    regex.IGNORECASE,
)


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


def find(
    text: str, folded: str, points: list[tuple[int, int]], default: str, config: Config, trigger: regex.Pattern[str]
) -> Iterator[Found]:
    """The lists of a unit. ``points`` are the ranges of its points without labels of their own.

    ``default`` is the capacity of States in a list that names none; ``trigger`` is SPOKE or ATTENDED.
    """
    reader = _Reader(text, folded, default, config, trigger)
    lead_end = points[0][0] if points else len(text)
    lead = text[:lead_end]
    if points and (trigger.search(lead) or lead.rstrip(" (abcdi)").endswith(":")):
        listed = [(a, b, _POINT_HEADER.match(text, a, b) or _BARE_POINT.match(text, a, b)) for a, b in points]
        if trigger.search(lead) and any(h for _, _, h in listed):
            for a, b, header in listed:
                if header:
                    yield from reader.lists(header.group(), a, header.end(), b, point=True)
            yield from reader.prose(0, lead_end)
            return
    if trigger.search(text):
        yield from reader.prose(0, len(text))


def capacity(header: str) -> str | None:
    """The capacity that the words before a list name, None where they name none."""
    for name, pattern in _CAPACITIES:
        if regex.search(pattern, header):
            return name
    return None


class _Reader:
    def __init__(self, text: str, folded: str, default: str, config: Config, trigger: regex.Pattern[str]) -> None:
        self.text, self.folded, self.default, self.trigger = text, folded, default, trigger
        self.names = gazetteer.everything(config)
        self.organizations = gazetteer.organizations(config)

    def prose(self, start: int, end: int) -> Iterator[Found]:
        """Lists in running sentences."""
        text = self.text
        for a, b in sentences(text[start:end]):
            a, b = a + start, b + start
            if not self.trigger.search(text, a, b):
                continue
            colon = self._colon(a, b)
            if colon is not None:
                begin = a
                for by in _BY.finditer(text, a, colon):
                    begin = by.end()
                yield from self._second(text[begin:colon], begin, colon + 1, b)
                continue
            yield from self._plain(a, b)

    def _colon(self, start: int, end: int) -> int | None:
        """The colon that opens a list of speakers, if the words before it speak of them."""
        at = self.text.find(":", start, end)
        if at < 0:
            return None
        before = self.text[start:at]
        if self.trigger.search(before) and regex.search(
            r"\b(?:following|representatives?|observers?|delegations?|Parties|States|organizations|groups|constituencies|represented|on behalf of)\b",
            before,
        ):
            return at
        return None

    def _second(self, header: str, header_start: int, start: int, end: int) -> Iterator[Found]:
        """A list, and the one behind "as well as by the observers for"."""
        second = _SECOND.search(self.text, start, end)
        stop = second.start() if second else end
        yield from self.lists(header, header_start, start, stop)
        if second:
            who = _REPRESENTATIVES.match(self.text, second.end(), end)
            colon = self.text.find(":", second.end(), end)
            if colon >= 0:
                yield from self.lists(self.text[second.end() : colon], second.end(), colon + 1, end)
            elif who:
                yield from self.lists(who.group(), second.end(), who.end(), end)

    def _plain(self, start: int, end: int) -> Iterator[Found]:
        """Without a colon: "statements were made by the observers for X", "The representative of Y made ..."."""
        text = self.text
        done = False
        for by in _BY.finditer(text, start, end):
            who = _REPRESENTATIVES.match(text, by.end(), end)
            if who and _NGOS.search(text, who.end(), end) and not _COUNTED.search(text, who.end(), end):
                yield self._constituencies(who.end(), end)
                return
            if not who and "questions" in by.group():
                yield from self.lists("delegations of", by.start(), by.end(), end)
                return
            if who:
                named = list(self._second(who.group(), who.start(), who.end(), self._stop(who.end(), end)))
                done = done or bool(named)
                yield from named
                if named:
                    break
        if not done:
            for subject in _SUBJECT.finditer(text, start, end):
                for found in self.lists(subject["head"], subject.start(), subject.start("list"), subject.end("list")):
                    if found.states or found.organizations or found.groups:
                        done = True
                        yield found
        if done:
            return
        counted = _COUNTED.search(text, start, end)
        if counted and regex.search(r"\b(?:[Rr]epresentatives? of|by|attended by|delegations made|speakers)\b", text[start:end]):
            found_one = Found(capacity(counted.group()) or self.default, *trim(text, start, end), count=number(counted["n"]))
            behalf = text.find("on behalf of", counted.end(), end)
            if behalf >= 0:
                found_one.groups = self._groups(behalf, end)
            yield found_one
            return
        constituency = _CONSTITUENCY.search(text, start, end)
        if constituency and not self.trigger.search("were represented"):
            yield self._constituencies(constituency.end(), end)

    def _constituencies(self, start: int, end: int) -> Found:
        return Found("constituency", *trim(self.text, start, end), groups=[Unknown(a, b, None) for a, b in self._items(start, end)])

    def _groups(self, start: int, end: int) -> list[Match | Unknown]:
        """The groups named between two places, the European Union among them."""
        out: list[Match | Unknown] = []
        for match in self.names.find(self.folded[start:end]):
            if match.entry.kind == "group" or match.entry.id in {"EUU", "EU"}:
                out.append(match._replace(start=match.start + start, end=match.end + start))
        return out

    def _stop(self, start: int, end: int) -> int:
        """Where a list without colon ends within its sentence."""
        clause = regex.compile(
            r", (?:who|which|including|concerning|in which|and the|in accordance|under|on)\b(?! behalf)| (?:concerning|regarding|in exercise|in accordance|in explanation|under agenda|on the|at the|during|who)\b"
        ).search(self.text, start, end)
        return clause.start() if clause else end

    def lists(self, header: str, header_start: int, start: int, end: int, *, point: bool = False) -> Iterator[Found]:
        """Read one list whose header is known."""
        start, end = trim(self.text, start, end)
        while end > start and self.text[end - 1] in ".;, ":
            end -= 1
        kind = capacity(header)
        if end <= start:
            return
        found = Found(kind or self.default, start, end)
        counted = _COUNTED.search(header)
        found.count = number(counted["n"]) if counted else None
        for match in self.names.find(gazetteer.fold(header)):
            if match.entry.kind == "instrument":
                found.instrument = header[match.start : match.end]
            elif match.entry.kind == "organization" and point and match.entry.sort in {"igo", "ngo"}:
                # A converter that tore columns apart: a name fell between the words of the header.
                found.organizations.append(match._replace(start=match.start + header_start, end=match.end + header_start))
        apposition = _APPOSITION.search(self.text, start, end + 1)
        if apposition and found.capacity in {"observer", self.default} and (stated := capacity(apposition["what"])):
            found.capacity = stated
            end = apposition.start()
        if found.capacity == "constituency":
            found.groups = [Unknown(a, b, None) for a, b in self._items(start, end)]
            yield found
            return
        prefer = (
            "organization"
            if found.capacity in {"ngo", "igo", "nhri", "un_entity", "specialized_agency", "observer", "constituency"}
            else "state"
        )
        self._read(found, start, end, prefer, ands=not point)
        if found.capacity == "observer" and found.states and not found.organizations and not found.groups:
            found.capacity = "observer_state"
        if kind is None and found.organizations and not found.states:
            found.capacity = "observer" if regex.search(r"\b[Oo]bserver", header) else "other"
        if not (found.states or found.organizations or found.groups or found.count):
            return
        yield found

    def _read(self, found: Found, start: int, end: int, prefer: str, *, ands: bool) -> None:
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
            if at >= end:
                break
            if prefer == "organization":
                known = self.organizations.at(folded, at)
                if known and self._boundary(known.end, end):
                    found.organizations.append(known)
                    at = self._bracket(known.end, end)
                    continue
            state = gazetteer.states().at(folded, at)
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
        state = gazetteer.states().at(self.folded, start)
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
            comma = regex.compile(r"[,;]").search(self.text, at, end)
            at = comma.start() if comma else end
        return at

    def _acronym(self, start: int, end: int) -> str | None:
        found = regex.search(r"\(([A-Z][A-Za-z-]{1,11})\)$", self.text[start:end])
        return found[1] if found else None

    def _stranger(self, found: Found, at: int, end: int, prefer: str, ands: bool) -> int:
        """A name that no table knows: up to the next comma outside brackets, or "and" in a sentence."""
        text = self.text
        parts = split_top(text, at, end, ",")
        stop = parts[0][1] if parts else end
        if ands and stop == end:
            cut = text.find(" and ", at, stop)
            before_and = text[at:cut]
            if cut >= 0 and before_and[:1].isupper() and text[cut + 5 : cut + 6].isupper() and " of" not in before_and[-4:]:
                stop = cut
        a, b = trim(text, at, stop)
        name_end = b
        bracket = regex.compile(r" \((?:by [^()]*|[A-Z][\w-]{1,12}|on behalf of[^()]*|also [^()]*)\)$").search(text, a, b)
        if bracket:
            name_end = bracket.start()
        if name_end > a and text[a].isupper():
            unknown = Unknown(a, name_end, self._acronym(a, b))
            if prefer == "organization":
                found.organizations.append(unknown)
            else:
                found.strangers.append(unknown)
        return max(stop, at + 1)

    def _items(self, start: int, end: int) -> list[tuple[int, int]]:
        """Items of a plain list with "and" before the last."""
        while end > start and self.text[end - 1] in ".; ":
            end -= 1
        out = []
        for a, b in split_top(self.text, start, end, ",;"):
            a, b = self._bare(a, b)
            cut = self.text.rfind(" and ", a, b) if b == end else -1
            out += [(a, cut), (cut + 5, b)] if cut >= 0 and self.text[a:cut].endswith("NGOs") else [(a, b)]
        return [(a, b) for a, b in out if a < b]
