"""Attendance printed as a list: headings that name the capacity, below them one name a line or column.

Printed forms: the annex of a session report in three columns, names wrapped in them; the list of participants of a
conference, where the persons of its delegation stand below the name of a State ("Ms. Ana Berg, Minister of Ports").
A list of names alone is one entry a capacity; a delegation with persons is an entry of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tipreport import endings, gazetteer, names
from tipreport.assemble import named
from tipreport.assemble.context import Context, Text
from tipreport.capacity import capacity as capacity_of
from tipreport.gazetteer import Match
from tipreport.model import Named, Organization, SpeakingState, Statement
from tipreport.spans import Prose, merge
from tipreport.speaker_list import Speaker, Unknown, names_body, sort_key
from tipreport.text import split_top

_COLUMN = re.compile(r"\s{3,}|\t+")
_BULLET = re.compile(r"[\u2022\u25cf\u25aa\uf02d\uf0b7\u2013-]\s*")
# Lines that head a part of the list.
_HEADING = re.compile(
    r"(?:States|Members?|Member States|Non-member|Specialized agenc|Intergovernmental|International organi|Regional organi|Other entit|National human rights"
    r"|Non-governmental|Civil society|Academi|Observers?\b|Part(?:y|ies)\b|Signator|Non-signator"
    r"|(?P<alone>United Nations(?: (?:entities|system|bodies|offices|secretariat))?)$|United Nations entit)[^.;]*"
)
# Those that do so without a blank line before them.
_SURE = re.compile(
    r"(?:Members|Observers|Parties|Signatories|Non-signatories|Member States|Observer States|United Nations|States Members of .*|Non-[Mm]ember States .*|(?:Specialized agencies|Intergovernmental organi[sz]ations"
    r"|Non-governmental organi[sz]ations|National human rights institutions|Other entities|United Nations entities)\b.*)"
)
_OTHERS = re.compile(
    r"(?:Secretariat|Bureau|Experts|Panell?ists|Speakers|Invited (?:experts|speakers)|Private sector|Media|Guests)(?: of the .*)?",
    re.IGNORECASE,
)
_END = re.compile(r"Annex(?: [IVX]+)?$|Annexes$")
_HEADED = re.compile(r"The delegation of (?:the )?")
_LONGEST_NAME = 5  # lines that one name may take in a narrow column
_LONGEST_STRANGER = 8
_OPEN_END = re.compile(
    r"(?:\b(?:of|for|and|the|in|on|to|with|against|by|de|des|du|del|la|le|les|los|et|y|pour|para|pro|der|des|und|van|von|zur|aux?|à|e|in)|[\u2013,&/\u2019-])$"
)
_STATES = {"party", "member", "signatory", "observer_state"}
_BODIES = {"ngo", "igo", "nhri", "un_entity", "specialized_agency", "other"}
# The share of the longest line of a column that a line takes at least before its name goes on in the next one.
_FULL = 0.8


@dataclass(slots=True)
class _Cell:
    """One line, or the part of it in one column; ``gap``: a blank line stands before it."""

    start: int
    end: int
    text: str
    gap: bool


def listed(ctx: Context, texts: list[Text]) -> tuple[Statement, ...]:
    """The lists of those present in units of attendance, in order."""
    out: list[Statement] = []
    for text in texts:
        if text.unit.kind == "attendance":
            out += _List(ctx, text).read()
    return tuple(out)


def _section(ctx: Context, text: Text) -> str | None:
    """The capacity that the heading of the section names, where the title of a part is one."""
    if text.unit.place is None:
        return None
    return _heading(ctx.prose(ctx.outline.places[text.unit.place].heading.title).text)


def _heading(title: str) -> str | None:
    """The capacity that the title of a part of the list names, capitals or not; None where it is no title."""
    if _OTHERS.fullmatch(title):
        return "other"
    for form in (title.title(), title[:1] + title[1:].lower()) if title.isupper() else (title,):
        found = _HEADING.fullmatch(form)
        if found:
            stated = capacity_of(form) or capacity_of(form[:1].lower() + form[1:])
            if stated or found["alone"]:
                return stated or "un_entity"
    return None


class _List:
    """One list of those present, cell by cell."""

    def __init__(self, ctx: Context, text: Text) -> None:
        self.ctx = ctx
        self.out: list[Statement] = []
        self.capacity = _section(ctx, text) or "other"
        self.states: list[SpeakingState] = []
        self.organizations: list[Organization] = []
        self.persons: list[Named] = []
        self.first: int | None = None
        self.cells = _cells(ctx, text)
        self.widths = _widths(self.cells)
        self.gaps = any(cell.gap for cell in self.cells[1:])

    def read(self) -> list[Statement]:
        """The entries of the list."""
        at = 0
        while at < len(self.cells):
            cell = self.cells[at]
            if _END.match(cell.text):
                break
            used = self._delegation(at) or self._entry(at)
            if used == 0:
                stated = self._title(at)
                if stated:
                    self._close(at)
                    self.capacity = stated
                    used = self._titled(at)
                elif not self._person(at):
                    used = self._stranger(at)
            at += used or 1
        self._close(at)
        return self.out

    def _close(self, stop: int) -> None:
        """End the open entry."""
        if self.first is not None and (self.states or self.organizations or self.persons):
            ranges = [(cell.start, cell.end) for cell in self.cells[self.first : stop]]
            self.out.append(
                Statement(
                    paragraph=None, capacity=self.capacity, agenda_items=(), instrument=None, states=tuple(self.states),
                    organizations=tuple(self.organizations), groups=(), persons=tuple(self.persons), count=None,
                    spans=self.ctx.spans(merge(self.ctx.source, ranges)),
                )
            )  # fmt: skip
        self.states, self.organizations, self.persons, self.first = [], [], [], None

    def _title(self, at: int) -> str | None:
        """The capacity that a line names which heads a part of the list."""
        cell = self.cells[at]
        if self.gaps and at and not cell.gap and not _SURE.fullmatch(cell.text):
            return None
        return _heading(cell.text.rstrip(":")) or (capacity_of(cell.text) if not self._named_person(at) else None)

    def _titled(self, at: int) -> int:
        """How many cells a title fills that begins at one: what goes on with a small letter is part of it."""
        stop = at + 1
        while stop < len(self.cells) and not self.cells[stop].gap and self.cells[stop].text[:1].islower():
            stop += 1
        return stop - at

    def _delegation(self, at: int) -> int:
        """Take a sentence that opens a delegation ("The delegation of X was headed by POST, NAME, and composed of ...:"); gives its cells."""
        if not _HEADED.match(self.cells[at].text):
            return 0
        used = 1
        while used < _LONGEST_NAME and at + used < len(self.cells) and not self.cells[at + used - 1].text.endswith((":", ".")):
            used += 1
        prose = self._prose(at, used)
        headed = _HEADED.match(prose.text)
        head_end = headed.end() if headed else 0
        self._open(at, new=bool(self.persons))
        state = gazetteer.states(self.ctx.config).at(gazetteer.fold(prose.text), head_end)
        if state:
            self.states.append(named.state(self.ctx, prose, Speaker(state)))
        by = prose.text.find(" headed by ", head_end) + len(" headed by ")
        span = names.full_at(prose.text, by) if by > head_end else None
        if span is None or not names.is_name(prose.text[slice(*span)]):
            parts = split_top(prose.text, by, len(prose.text), ",:.")
            span = next((part for part in parts if names.is_name(prose.text[slice(*part)])), None)
        if span:
            self.persons.append(named.person(self.ctx, prose, *span))
        return used

    def _entry(self, at: int) -> int:
        """Take a name that a table knows; gives the number of cells it fills, 0 for none."""
        for used in range(min(_LONGEST_NAME, len(self.cells) - at), 0, -1):
            if any(cell.gap for cell in self.cells[at + 1 : at + used]):
                continue
            prose = self._prose(at, used)
            text = gazetteer.fold(prose.text)
            lead = 4 if text.startswith("The ") else 0
            folded = text.rstrip(".;,: ")
            state = gazetteer.states(self.ctx.config).at(folded, lead)
            if state and state.end == len(folded) and state.entry.id != "EUU":
                self._open(at, new=bool(self.persons))
                self.states.append(named.state(self.ctx, prose, Speaker(state)))
                return used
            known = self._body(prose.text, lead)
            if known and not (self.capacity in _STATES and self.persons):
                self._open(at, new=bool(self.persons))
                more = self._again(at + used, known)
                if more:
                    prose = self._prose(at, used + more)
                    known = known._replace(end=len(prose.text))
                self.organizations.append(self.ctx.organization(prose, known))
                return used + more
        return 0

    def _body(self, text: str, start: int) -> Match | None:
        """The known organization that a text names from a place to its end, but for what may stand behind a name."""
        known = gazetteer.organizations(self.ctx.config).at(gazetteer.fold(text), start)
        end = endings.whole(text, known.end) if known else None
        return known._replace(end=end) if known and end is not None else None

    def _again(self, at: int, before: Match) -> int:
        """How many cells go on with the name of a body that ends before a cell: no list names one twice in a row.

        "Société des phares" over "SDP International": one entry with its short name in a line of its own.
        """
        for used in range(min(_LONGEST_NAME, len(self.cells) - at), 0, -1):
            if not any(cell.gap for cell in self.cells[at : at + used]):
                known = self._body(self._prose(at, used).text, 0)
                if known and known.entry.id == before.entry.id:
                    return used
        return 0

    def _open(self, at: int, *, new: bool) -> None:
        if new:
            self._close(at)
        self.first = at if self.first is None else self.first

    def _prose(self, at: int, used: int = 1) -> Prose:
        ranges = [(cell.start, cell.end) for cell in self.cells[at : at + used]]
        return Prose(self.ctx.source, ranges, self.ctx.cuts(ranges))

    def _stranger(self, at: int) -> int:
        """Take an organization that no table knows; gives the number of cells it fills, 0 where it is none."""
        cell = self.cells[at]
        follows = at + 1 < len(self.cells) and self._named_person(at + 1)
        if self.persons and not (cell.gap and follows and self.capacity in _BODIES):
            return 0  # the post of a person
        fits = self.capacity in _BODIES and (self.first is None or self.organizations or self.persons)
        if not (fits or self.organizations) or not cell.text[:1].isupper():
            return 0
        if cell.text.endswith((".", ":", ";")) and not endings.is_abbreviated(cell.text):
            return 0
        used = 1
        while self._goes_on(at, used):
            used += 1
        prose = self._prose(at, used)
        self._open(at, new=bool(self.persons))
        self.organizations.append(named.organization(self.ctx, prose, Unknown(0, len(prose.text), None)))
        return used

    def _goes_on(self, at: int, used: int) -> bool:
        """Whether the name that begins at a cell goes on behind the cells that it fills so far.

        Words that end no name, open brackets, a small letter; or a full line whose next one falls out of the order of the alphabet.
        """
        i = at + used
        if i >= len(self.cells) or used >= _LONGEST_STRANGER or self.cells[i].gap or _heading(self.cells[i].text) or self._named_person(i):
            return False
        before, after = self.cells[i - 1].text, self.cells[i].text
        whole = " ".join(cell.text for cell in self.cells[at:i])
        if _OPEN_END.search(before) or after[:1].islower() or after.startswith("(") or _unclosed(whole):
            return True
        if self._known_at(i) or len(before) + 1 + len(after.split(" ")[0]) <= _FULL * self.widths[i]:
            return False
        behind = next((sort_key(cell.text) for cell in self.cells[i + 1 : i + 4] if cell.text[:1].isupper()), "")
        first, second = sort_key(whole), sort_key(after)
        return second < first or first <= behind < second

    def _known_at(self, at: int) -> bool:
        """Whether a name that a table knows begins at a cell and fills it, alone or with those behind it."""
        return any(self._body(self._prose(at, used).text, 0) for used in range(min(_LONGEST_NAME, len(self.cells) - at), 0, -1))

    def _person(self, at: int) -> bool:
        """Take a person with an honorific or a post on a line of its own."""
        found = self._named_person(at)
        if found is None:
            return False
        self._open(at, new=False)
        self.persons.append(found)
        return True

    def _named_person(self, at: int) -> Named | None:
        cell = self.cells[at]
        bullet = _BULLET.match(cell.text)
        prose = Prose(self.ctx.source, [(cell.start + (bullet.end() if bullet else 0), cell.end)], ())
        found = next(names.titled(prose.text), None)
        if found is not None and found.start == 0 and not names_body(prose.text.split(",")[0]):
            name = found.name.rstrip(".")
            return named.person(self.ctx, prose, 0, found.at + len(name), name)
        bare = prose.text.split(",")[0]
        among = bare != prose.text or self.persons or (self.states and self.capacity in _STATES)
        if among and _of_person(bare, prose.text[len(bare) + 1 :]):
            return named.person(self.ctx, prose, 0, len(bare))
        return None


def _of_person(name: str, rest: str) -> bool:
    """Whether "NAME, POST" is one: a post behind the name, or a family name in capitals ("Ana BERG")."""
    words = name.split()
    capitals = [word for word in words if word.isupper() and len(word) > 1 and "." not in word]
    if not names.is_name(name.title() if capitals else name):
        return False
    return names.is_post(rest) or 0 < len(capitals) < len(words)


def _unclosed(text: str) -> bool:
    """Whether a bracket or quotation mark is still open."""
    return text.count("(") > text.count(")") or text.count("\u201c") > text.count("\u201d")


def _cells(ctx: Context, text: Text) -> list[_Cell]:
    """The cells of a unit, line by line, left to right."""
    out: list[_Cell] = []
    source = ctx.source.text
    for start, end in text.unit.body:
        at = start
        for part in _COLUMN.split(source[start:end]):
            if part:
                found = source.index(part, at, end)
                gap = bool(out) and source.count("\n", out[-1].end, found) > 1
                out.append(_Cell(found, found + len(part), part, gap))
                at = found + len(part)
    return out


def _widths(cells: list[_Cell]) -> list[int]:
    """For each cell the longest line of its column, that is between blank lines."""
    out: list[int] = []
    low = 0
    for high in range(1, len(cells) + 1):
        if high == len(cells) or cells[high].gap:
            out += [max(len(cell.text) for cell in cells[low:high])] * (high - low)
            low = high
    return out
