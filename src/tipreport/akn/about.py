"""What a report says beside its units: lists of speakers, panellists, references, footnotes: marked in the text, then recorded."""

from __future__ import annotations

import re

from tipreport.akn import units
from tipreport.akn.draft import Draft, where
from tipreport.akn.marks import Holder, Mark, characters, exact
from tipreport.akn.names import Thing
from tipreport.akn.node import Node
from tipreport.akn.records import Native, record
from tipreport.blocks.titles import slug
from tipreport.links import link
from tipreport.model import Footnote, Named, Organization, Panellist, Reference, SpeakingState, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SYMBOL = re.compile(r"[\x21-\x7e]+")


def mark(draft: Draft) -> None:
    """Mark all that the report names outside its units."""
    for one in (*draft.report.statements, *draft.report.attendance):
        _statement(draft, one)
    for person in draft.report.panellists:
        _panellist(draft, person)
    _references(draft)


def _name(draft: Draft, holder: Holder, one: Named | SpeakingState | Organization, eid: str, after: int, tag: str = "organization") -> int:
    """Mark a name; the end of it, or where to look on."""
    start = where(holder, one.as_printed, one.spans, after)
    if start is None:
        return after
    end = start + len(one.as_printed)
    attributes = {"refersTo": f"#{eid}"}
    same = holder.placed(start, end)
    if same is not None and tag == "organization" and isinstance(one, SpeakingState | Named):
        thing = draft.references.thing((same.node.get("refersTo") or "")[1:])
        if thing and (thing.id, thing.name) == (one.id, one.name):  # a State that takes part is no mere place
            same.node.tag, same.node.attributes["refersTo"] = tag, f"#{units.state(draft.references, one)}"
            draft.keep(one, holder, same)
            return end
    draft.keep(one, holder, holder.put(start, end, units.NAME, tag, attributes))
    return end


def _statement(draft: Draft, one: Statement) -> None:
    for thing, kind in _speakers(one):
        holder = draft.holder(thing.spans or one.spans, one.paragraph)
        if holder is None:
            continue
        if kind == "state":
            eid = units.state(draft.references, thing)
        elif kind == "group":
            eid = units.group(draft.references, thing)
        elif kind == "person":
            eid = units.person(draft.references, thing.id, thing.name)
        else:
            eid = units.organization(draft.references, thing.id, thing.name, getattr(thing, "acronym", None))
        after = draft.cursor.get(id(holder), 0)
        draft.cursor[id(holder)] = _name(draft, holder, thing, eid, after, "person" if kind == "person" else "organization")


def _speakers(one: Statement) -> Iterator[tuple[Named | SpeakingState | Organization, str]]:
    for state in one.states:
        yield state, "state"
        if state.on_behalf_of is not None:
            yield state.on_behalf_of, "group"
        for other in state.also_on_behalf_of:
            yield other, "state"
    for organization in one.organizations:
        yield organization, "organization"
    for group in one.groups:
        yield group, "group"
    for person in one.persons:
        yield person, "person"


def _panellist(draft: Draft, one: Panellist) -> None:
    holder = draft.holder(one.spans, next(iter(one.paragraphs), None))
    if holder is None:
        return
    begin = holder.find(one.name, one.spans) if one.name else None
    at = begin or 0
    if begin is not None and not exact(one.name):
        at = begin + len(one.name)
        eid = units.person(draft.references, slug(one.name) or one.name, one.name)
        put = holder.put(begin, at, units.NAME, "person", {"refersTo": f"#{eid}"})
        role = draft.references.add(Thing("role", "un", "panellist", "panellist"), "role-panellist")
        put.node.attributes["as"] = f"#{role}"
        draft.keep(one, holder, put, "name")
    for field, tag, value in (("position", "role", one.position), ("organization", "organization", one.organization)):
        start = where(holder, value, (), at)
        if value and start is not None:
            thing = Thing("role", "position", value, value) if tag == "role" else Thing("organization", "national", value, value)
            eid = draft.references.add(thing, f"{'role' if tag == 'role' else 'org'}-{value}")
            put = holder.put(start, start + len(value), units.CLAUSE, tag, {"refersTo": f"#{eid}"})
            draft.keep(one, holder, put, field)
    for named, kind in ((one.state, units.state), (one.on_behalf_of, units.group)):
        if named is not None:
            at = _name(draft, holder, named, kind(draft.references, named), at)


def _references(draft: Draft) -> None:
    """Mark references; those whose place is not known are looked for in the order of the text."""
    order = [draft.holders[one.ref] for one in draft.report.blocks if one.ref in draft.holders]
    at, after, missed = 0, 0, 0
    for one in draft.report.references:
        holder = draft.holder(one.spans) if one.spans else None
        start = where(holder, one.as_printed, one.spans, draft.cursor.get(id(holder), 0)) if holder else None
        if not one.spans and missed < _MISSES:
            for place in range(at, len(order)):
                start = where(order[place], one.as_printed, (), after if place == at else 0)
                if start is not None and (place > at or start >= after):
                    holder, at, after = order[place], place, start + len(one.as_printed)
                    break
                start = None
            missed += start is None
        if holder is not None and start is not None:
            tag, attributes, rank = _reference(draft, one)
            draft.keep(one, holder, holder.put(start, start + len(one.as_printed), rank, tag, attributes))


_MISSES = 50  # references that are looked for in vain before no more are


def _reference(draft: Draft, one: Reference) -> tuple[str, dict[str, str], int]:
    """The element of a reference: a link where there is something to link to, else what it refers to by name."""
    if one.kind == "symbol" and _SYMBOL.fullmatch(one.target):
        return "ref", {"href": link(one.target) or ""}, units.NAME
    if one.kind == "paragraph" and one.target in draft.holders:
        return "ref", {"href": f"#{draft.holders[one.target].eid}"}, units.NAME
    if one.kind == "agenda_item":
        return "entity", {"name": "agendaItem", "refersTo": f"#{units.item(draft.references, one.target, draft.titles.get(one.target))}"}, 2
    if one.kind == "instrument":
        known = draft.instruments.get(one.target, one.target)
        return "concept", {"refersTo": f"#{units.concept(draft.references, 'instrument', one.target, known)}"}, units.NAME
    return "entity", {"name": one.kind, "refersTo": f"#{units.concept(draft.references, one.kind, one.target)}"}, units.NAME


# Footnotes ----------------------------------------------------------------------------------------------------------


class Notes:
    """The footnotes of a report as elements: where their marks stand, else where they are printed."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.eids = [draft.ids.take(f"authorialNote_{number}") for number in range(1, len(draft.report.footnotes) + 1)]
        self.nodes: list[Node] = []
        self.placed: set[int] = set()
        for eid, note in zip(self.eids, draft.report.footnotes, strict=True):
            text = Node("p", exact(note.text), characters(note.text, draft.references))
            self.nodes.append(Node("authorialNote", {"eId": eid, "marker": note.mark, "placement": "bottom"}, [text]))
        for place, note in enumerate(draft.report.footnotes):
            self._place(place, note)
        self._blocks = self._held()

    def _place(self, place: int, note: Footnote) -> None:
        """Put a note at its mark, or at the end of the paragraph that is said to hold it."""
        if note.paragraph is None:
            return
        start = note.spans[0].start if note.spans else None
        units_of = self.draft.by_number.get(note.paragraph, [])
        if start is not None:
            before = [one for one in units_of if one.spans and one.spans[0].start < start]
            units_of = [max(before, key=lambda one: one.spans[0].start)] if before else units_of
        if units_of:
            holder = self.draft.holders[units_of[-1].id]
            at = _marked(holder, note.mark)
            holder.marks.append(Mark(at, at, units.NOTE, self.nodes[place]))
            self.placed.add(place)

    def of(self, block_number: int) -> list[Node | str]:
        """What stands in a block of footnotes: the notes that no paragraph holds, and where the others are."""
        out: list[Node | str] = []
        for place in self._blocks[block_number]:
            if place in self.placed:
                marker = self.draft.report.footnotes[place].mark
                out.append(Node("p", {}, [Node("noteRef", {"href": f"#{self.eids[place]}", "marker": marker})]))
            else:
                self.placed.add(place)
                out.append(Node("p", {}, [self.nodes[place]]))
        return out or [Node("p")]

    def _held(self) -> list[list[int]]:
        """The notes that each block of notes holds: by their places, else one each and the rest in the last."""
        notes = self.draft.report.footnotes
        numbers = [place for place, block in enumerate(self.draft.report.blocks) if block.kind == "footnote"]
        out: list[list[int]] = [[] for _ in numbers]
        order = {place: number for number, place in enumerate(numbers)}
        for place, note in enumerate(notes if numbers else ()):
            block = self.draft.block(note.spans)
            out[order.get(block, -1) if note.spans and block is not None else min(place, len(numbers) - 1)].append(place)
        return out

    def rest(self) -> list[Node | str]:
        """The notes that stand nowhere yet."""
        return [Node("p", {}, [node]) for place, node in enumerate(self.nodes) if place not in self.placed]


def _marked(holder: Holder, mark: str) -> int:
    """Where the mark of a note stands in a text; the end of it where that is not known."""
    if holder.source is None:
        return len(holder.text)
    for span, after in zip(holder.spans, holder.spans[1:], strict=False):
        if holder.source[span.end : after.start].strip() == mark:
            at = holder.place(span.end - 1)
            if at is not None:
                return at + 1
    return len(holder.text)


def recorded(draft: Draft) -> list[Node | str]:
    """The records of all that is not read from the text alone."""
    out: list[Node | str] = []
    report = draft.report
    for item in report.agenda:
        eid = units.item(draft.references, item.number, item.title)
        thing = draft.references.thing(eid)
        draft.direct[id(item), ""] = Native(eid, {"number": thing.id, "title": thing.name} if thing else {})
    for tag, things in (
        ("t:item", report.agenda), ("t:panellist", report.panellists), ("t:statement", report.statements), ("t:attendance", report.attendance),
        ("t:reference", report.references), ("t:decision", report.decisions), ("t:part", report.parts),
    ):  # fmt: skip
        for one in things:
            native = draft.native(one)
            out.append(record(tag, one, draft, native) or Node(tag, {"href": f"#{native.href if native else ''}"}))
    return out
