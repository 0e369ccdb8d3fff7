"""A recommendation or paragraph as an element: its text with all that is marked in it, its points as a list."""

from __future__ import annotations

import re
from typing import NamedTuple

from tipreport.akn.extract import label_of
from tipreport.akn.marks import Holder, Mark, characters, exact, fit, weave
from tipreport.akn.names import Ids, References, Thing, cleaned, day
from tipreport.akn.node import Node
from tipreport.model import Mention, Named, Organization, Paragraph, Point, Recommendation, SpeakingState
from tipreport.text import number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipreport.model import Voice

Unit = Recommendation | Paragraph
Name = Named | Mention | SpeakingState | Organization

VOICE, CLAUSE, NAME, DETAIL, NOTE = range(5)  # how marks of one place nest
_LAST_WORD = re.compile(r"(?<!\S)\S+$")
_TRIES = 40  # places at which the text of a point is looked for behind its label
_PHRASE = 60  # characters that the subject of a clause takes at most, with its quantifier
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b([0-3]?\d) ({_MONTHS}) ((?:19|20)\d\d)\b")
_MEETING = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th) (?:plenary )?meeting\b")
_ROLE = re.compile(r"\b(?:Vice-Chairs?|Chair(?:person)?|Rapporteur|President|Vice-Presidents?|panellists?|observers?)\b")
_EXACT = {"one": "1", "two": "2", "none": "0"}


def state(references: References, one: Name, *, place: bool = False) -> str:
    """The eId of a State: as a participant, or as a place."""
    sort, prefix = ("location", "loc") if place else ("organization", "state")
    return references.add(Thing(sort, "state", one.id, one.name), f"{prefix}-{one.id}")


def group(references: References, one: Name) -> str:
    """The eId of a group of States."""
    return references.add(Thing("organization", "group", one.id, one.name), f"group-{one.id}")


def person(references: References, ident: str, name: str) -> str:
    """The eId of a person."""
    return references.add(Thing("person", "un", ident, name), f"person-{ident}")


def organization(references: References, ident: str, name: str, acronym: str | None = None) -> str:
    """The eId of an organization."""
    return references.add(Thing("organization", "int", ident, name, acronym), f"org-{acronym or ident}")


def body(references: References, name: str) -> str:
    """The eId of an organ or body that the masthead names."""
    return references.add(Thing("organization", "un", cleaned(name).lower(), name), f"body-{name}")


def concept(references: References, scope: str, ident: str, name: str | None = None) -> str:
    """The eId of a concept."""
    return references.add(Thing("concept", scope, ident, name or ident), f"{scope}-{ident}")


def item(references: References, ident: str, title: str | None = None) -> str:
    """The eId of an agenda item."""
    return references.add(Thing("concept", "agenda-item", ident, title or f"Agenda item {ident}"), f"item-{ident}")


def mention(references: References, one: Mention) -> tuple[str, str]:
    """The element of a mention, and the eId of what it refers to."""
    if one.kind == "state":
        return "location", state(references, one, place=True)
    if one.kind == "group":
        return "organization", group(references, one)
    if one.kind == "person":
        return "person", person(references, one.id, one.name)
    if one.kind == "instrument":
        return "concept", concept(references, "instrument", one.id, one.name)
    return "organization", organization(references, one.id, one.name)


class Cut(NamedTuple):
    """A point in a text: where its label, its text and its points stand."""

    label: tuple[int, int]
    start: int
    end: int
    cuts: list[Cut]


def cuts(holder: Holder, points: Sequence[Point], low: int, high: int) -> list[Cut]:
    """Where the points of a text stand between two places; one that does not stand there is left out."""
    out: list[Cut] = []
    at = low
    for point in points:
        start = _point(holder, point, at, high)
        if start is None:
            continue
        end = start + len(point.text)
        lead = holder.text[at:start].rstrip()
        if out:
            begin = at + len(lead) - len(lead.lstrip())
        else:
            word = _LAST_WORD.search(lead)
            begin = at + (word.start() if word else len(lead))
        out.append(Cut((begin, at + len(lead)), start, end, cuts(holder, point.points, start, end)))
        at = end
    return out


def _point(holder: Holder, point: Point, low: int, high: int) -> int | None:
    """Where the text of a point begins: at its place in the source, else behind its label."""
    if not point.text:
        return None
    text = holder.text
    if point.spans:
        at = holder.place(point.spans[0].start)
        if at is not None and low <= at and text.startswith(point.text, at) and at + len(point.text) <= high:
            return at
    first = at = text.find(point.text, low, high)
    for _ in range(_TRIES):
        if at < 0:
            break
        word = _LAST_WORD.search(text[max(low, at - 24) : at].rstrip())
        if word and word.group().strip("()[].") == point.label:
            return at
        at = text.find(point.text, at + 1, high)
    return first if first >= 0 else None


def prepare(holder: Holder, unit: Unit, references: References) -> dict[int, Mark]:
    """Mark what the unit itself tells; the marks of its mentions and voices by their ``id()``."""
    marks: dict[int, Mark] = {}
    at = 0
    for one in unit.mentions:
        start = holder.find(one.as_printed, one.spans, at)
        if start is not None:
            tag, eid = mention(references, one)
            marks[id(one)] = holder.put(start, start + len(one.as_printed), NAME, tag, {"refersTo": f"#{eid}"})
            at = start + len(one.as_printed)
    if isinstance(unit, Recommendation):
        _asked(holder, unit, references)
    else:
        at = 0
        for voice in unit.voices:
            at = _voice(holder, voice, at, references, marks)
    _decorate(holder, references)
    return marks


def _asked(holder: Holder, unit: Recommendation, references: References) -> None:
    """To whom a recommendation is addressed, how strongly it asks, under what reserve, and who made it."""
    at = 0
    for one in unit.addressees:
        start = holder.find(one.as_printed, one.spans, at)
        if start is not None:
            eid = concept(references, "addressee", one.id, one.name)
            holder.put(start, start + len(one.as_printed), CLAUSE, "entity", {"name": "addressee", "refersTo": f"#{eid}"})
            at = start + len(one.as_printed)
    if unit.modality:
        start = _word(holder.text, unit.modality, at)
        if start is not None:
            eid = concept(references, "modality", unit.modality)
            holder.put(start, start + len(unit.modality), DETAIL, "inline", {"name": "modality", "refersTo": f"#{eid}"})
    at = 0
    for hedge in unit.hedges:
        start = holder.text.find(hedge, at)
        if hedge and start >= 0:
            at = start + len(hedge)
            eid = concept(references, "hedge", hedge)
            holder.put(start, at, CLAUSE, "inline", {"name": "hedge", "refersTo": f"#{eid}"}, firm=False)
    at = 0
    for one in unit.proposed_by:
        start = holder.find(one.as_printed, one.spans, at)
        if start is not None:
            at = start + len(one.as_printed)
            eid = state(references, one)
            holder.put(start, at, CLAUSE, "entity", {"name": "proposer", "refersTo": f"#{eid}"})


def _word(text: str, word: str, after: int) -> int | None:
    """Where whole words stand, the first from a place on."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    found = pattern.search(text, after) or pattern.search(text)
    return found.start() if found else None


def _voice(holder: Holder, voice: Voice, after: int, references: References, marks: dict[int, Mark]) -> int:
    """Mark a reporting clause and its subject; the end of the clause, or where to look on."""
    start = holder.find(voice.text, voice.spans, after)
    if start is None:
        return after
    quantifier = concept(references, "quantifier", voice.quantifier, voice.quantifier.replace("_", " "))
    verb = concept(references, "verb", voice.verb)
    end = start + len(voice.text)
    marks[id(voice)] = holder.put(start, end, VOICE, "inline", {"name": "voice", "refersTo": f"#{quantifier} #{verb}"}, firm=False)
    at = holder.text.find(voice.noun, start, end) if voice.noun else -1
    if voice.noun and at >= 0:
        stop = at + len(voice.noun)
        counted = voice.quantifier not in _NAMED and " " not in voice.noun
        if counted and stop - start <= _PHRASE and "," not in holder.text[start:stop]:
            attributes = {"refersTo": f"#{quantifier}"}
            exactly = _EXACT.get(voice.quantifier) or (_counted(holder.text[start:at]) if voice.quantifier == "exact_number" else None)
            if exactly:
                attributes["normalized"] = exactly
            holder.put(start, stop, CLAUSE, "quantity", attributes, firm=False)
        else:
            holder.put(at, stop, CLAUSE, "entity", {"name": "speaker", "refersTo": f"#{quantifier}"}, firm=False)
    return end


_NAMED = frozenset(["chair", "secretariat", "panellist", "representative", "person", "organization", "state", "group", "body"])


def _counted(words: str) -> str | None:
    """The number that a phrase names, if it names one alone."""
    found = [value for value in map(number, words.split()) if value is not None]
    return str(found[0]) if len(found) == 1 else None


def _decorate(holder: Holder, references: References) -> None:
    """Dates, meetings and roles: said for readers of the XML, not read back."""
    text = holder.text
    for found in _DATE.finditer(text):
        iso = f"{found[3]}-{_MONTHS.split('|').index(found[2]) + 1:02}-{int(found[1]):02}"
        if day(iso):
            holder.put(*found.span(), DETAIL, "date", {"date": iso}, firm=False)
    for found in _MEETING.finditer(text):
        eid = references.add(Thing("event", "un", f"meeting-{found[1]}", found.group()), f"meeting-{found[1]}")
        holder.put(*found.span(), DETAIL, "event", {"refersTo": f"#{eid}"}, firm=False)
    for found in _ROLE.finditer(text):
        name = found.group().removesuffix("s").removesuffix("person").lower()
        eid = references.add(Thing("role", "un", name, name), f"role-{name}")
        holder.put(*found.span(), DETAIL, "role", {"refersTo": f"#{eid}"}, firm=False)


def render(node: Node, holder: Holder, points: Sequence[Point], references: References, ids: Ids) -> None:
    """Put the text of a unit, with all marks that fit, into its element."""
    text = holder.text
    found = cuts(holder, points, 0, len(text))
    borders = list(_borders(found, 0, len(text)))
    woven = _Woven(holder, fit(holder.marks, borders), references, ids)
    woven.fill(node, found, 0, len(text), holder.eid)
    last = [one for one in node.walk() if one.tag == "p"][-1]
    last.children += [mark.node for mark in woven.marks[woven.next :]]  # notes behind blanks at the end


def _borders(found: list[Cut], low: int, high: int) -> Iterator[tuple[int, int]]:
    """The parts of a text that its points make, without gaps."""
    at = low
    for cut in found:
        yield (at, cut.label[0])
        yield (cut.label[0], cut.start)
        yield from _borders(cut.cuts, cut.start, cut.end)
        at = cut.end
    yield (at, high)


class _Woven:
    def __init__(self, holder: Holder, marks: list[Mark], references: References, ids: Ids) -> None:
        self.holder, self.marks, self.references, self.ids = holder, marks, references, ids
        self.next = 0

    def piece(self, tag: str, low: int, high: int) -> Node:
        """A part of the text, trimmed, with the marks in it."""
        text = self.holder.text
        while high > low and text[high - 1] == " ":
            high -= 1
        while low < high and text[low] == " ":
            low += 1
        first = self.next
        while self.next < len(self.marks) and self.marks[self.next].start <= high:
            mark = self.marks[self.next]
            if mark.start == high and mark.end > high:
                break
            self.next += 1
        return Node(tag, exact(text[low:high]), weave(text, low, high, self.marks[first : self.next], self.references))

    def fill(self, node: Node, found: list[Cut], low: int, high: int, eid: str) -> None:
        """The text between two places as content, or as a list of its points."""
        if not found:
            node.children.append(Node("content", {}, [self.piece("p", low, high)]))
            return
        name = self.ids.take(f"{eid}__list_1")
        intro = Node("intro", {}, [self.piece("p", low, found[0].label[0])])
        listed = Node("list", {"eId": name}, [intro])
        at = low
        for cut in found:
            label = self.holder.text[cut.label[0] : cut.label[1]]
            point = Node("point", {"eId": self.ids.take(f"{name}__point_{cleaned(label_of(label))}")})
            if label:
                point.children.append(self.piece("num", *cut.label))
            self.fill(point, cut.cuts, cut.start, cut.end, point.attributes["eId"])
            listed.children.append(point)
            at = cut.end
        if self.holder.text[at:high].strip(" "):
            listed.children.append(Node("wrapUp", {}, [self.piece("p", at, high)]))
        node.children.append(listed)


def lines(holder: Holder, references: References) -> list[Node | str]:
    """A part of the source, each line that is not blank a ``p``, with the marks that fit."""
    borders: list[tuple[int, int]] = []
    at = 0
    for line in holder.text.split("\n"):
        borders.append((at, at + len(line)))
        at += len(line) + 1
    marks = fit(holder.marks, borders)
    out: list[Node | str] = []
    following = 0
    for low, high in borders:
        line = holder.text[low:high]
        if not line.strip():
            continue
        low, high = low + len(line) - len(line.lstrip()), low + len(line.rstrip())
        first = following
        while following < len(marks) and marks[following].start < high:
            following += 1
        out.append(Node("p", exact(holder.text[low:high]), weave(holder.text, low, high, marks[first:following], references)))
    return out or [Node("p")]


def plain(tag: str, text: str, references: References) -> Node:
    """An element that holds a text with nothing marked in it."""
    return Node(tag, exact(text), characters(text, references))
