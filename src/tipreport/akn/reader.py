"""A document of Akoma Ntoso that ``tipreport.akn.write`` made, as a report again: also after somebody edited its text."""

from __future__ import annotations

import re
from typing import Any

from tipreport.akn import cover, extract
from tipreport.akn.document import Place, places
from tipreport.akn.marks import spoken
from tipreport.akn.names import Thing, things
from tipreport.akn.node import AKN, OURS, Node, parse
from tipreport.akn.records import build, items
from tipreport.errors import SchemaError
from tipreport.model import (
    SCHEMA_VERSION,
    AgendaItem,
    Block,
    Decision,
    Footnote,
    Input,
    Masthead,
    Panellist,
    Paragraph,
    Part,
    Recommendation,
    Reference,
    Report,
    Section,
    Statement,
)
from tipreport.sound import fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = 4096  # characters in which the root of a document stands
_ROOT = re.compile(r"""\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:[\w.-]+:)?akomaNtoso[\s>]""", re.DOTALL)
_HINT = "write one with 'tipreport export FILE --to akn'"


def is_akn(text: str) -> bool:
    """Whether a text looks like a document of Akoma Ntoso, of ours or of others."""
    return bool(_ROOT.match(text[:_HEAD]))


def read(xml: str | bytes) -> Report:
    """The report of a document that ``write`` made: the same but for spans and diagnostics, which are empty.

    Raises:
        SchemaError: no XML, a DOCTYPE, a document of others, or one that was broken; the place is named.
    """
    root = parse(xml)
    document = root.first("debateReport") if root.tag == "akomaNtoso" else None
    if root.tag != "akomaNtoso":
        raise SchemaError(f"no document of Akoma Ntoso 3.0: its root is <{root.tag.rpartition('}')[2]}>, not in {AKN}", _HINT)
    if document is None:
        kind = next((one.tag for one in root.elements()), "nothing")
        raise SchemaError(f"no meeting report: the Akoma Ntoso document holds <{kind}>, not <debateReport>, at line {root.line}", _HINT)
    meta = document.first("meta")
    ours = [one for part in (meta.elements("proprietary") if meta is not None else ()) for one in part.elements("t:report")]
    if meta is None or not ours:
        raise SchemaError(f"an Akoma Ntoso document of others: it holds no record of ours ({OURS}) at line {document.line}", _HINT)
    version = ours[0].get("schema_version")
    if version != SCHEMA_VERSION:
        raise SchemaError(f"schema version {version} is not {SCHEMA_VERSION} at line {ours[0].line}", "parse the document again")
    report = _Reading(document, meta, ours[0]).report()
    wrong = fault(report)
    if wrong is not None:
        raise SchemaError(f"no meeting report of ours: {wrong}", "set it right in the document, or write it anew")
    return report


class _Reading:
    def __init__(self, document: Node, meta: Node, ours: Node) -> None:
        self.document, self.ours = document, ours
        self.base = ours.get("cite") or ""
        entries = [one for part in meta.elements("references") for one in part.elements()]
        self.known = things(entries)
        self.elements: dict[str, Node] = {}
        for node in document.walk():
            eid = node.get("eId")
            if eid is None:
                continue
            if eid in self.elements:
                raise SchemaError(f"the eId {eid!r} is given twice, at lines {self.elements[eid].line} and {node.line}")
            self.elements[eid] = node
        self.records: dict[tuple[str, str], Node] = {}
        for node in ours.elements():
            self.records[node.tag, (node.get("href") or "").removeprefix("#")] = node
        self.numbers: dict[str, str | None] = {}  # of units, by eId

    def things(self, eid: str) -> Thing | None:
        return self.known.get(eid)

    # ------------------------------------------------------------------ what records ask
    def values(self, href: str, cls: type, line: int) -> Mapping[str, Any]:
        """What an element says of an object."""
        eid = href.removeprefix("#")
        if cls is AgendaItem:
            thing = self.known.get(eid)
            return {"number": thing.id, "title": thing.name} if thing else {}
        return extract.values(self._element(href, line), self.things)

    def told(self, href: str, line: int) -> str:
        """The number of a unit, the text of any other element."""
        eid = href.removeprefix("#")
        if eid in self.numbers:
            return self.numbers[eid] or ""
        node = self._element(href, line)
        if extract.depth(node) is not None:
            return extract.whole(node.elements(), self.things)
        return spoken(node, self.things)

    def _element(self, href: str, line: int) -> Node:
        found = self.elements.get(href.removeprefix("#"))
        if found is None:
            raise SchemaError(f"nothing has the eId {href.removeprefix('#')!r} that a record names at line {line}")
        return found

    # ------------------------------------------------------------------ the report
    def report(self) -> Report:
        sections: list[Section] = []
        units: list[tuple[str, Recommendation | Paragraph]] = []
        notes: list[tuple[str, Footnote]] = []
        blocks: list[Block] = []
        labels: dict[int, str] = {}
        standing = list(places(self.document))
        for place in standing:
            if place.kind in {"recommendation", "paragraph"}:
                num = place.node.first("num")
                self.numbers[place.node.get("eId") or ""] = extract.number_of(spoken(num, self.things)) if num is not None else None
        for place in standing:
            above = labels.get(id(place.section)) if place.section is not None else None
            ref = None
            if place.kind == "heading":
                section = self._section(place, above)
                sections.append(section)
                ref = labels[id(place.node)] = section.label
            elif place.kind in {"recommendation", "paragraph"}:
                unit = self._unit(place, above)
                units.append((place.node.get("eId") or "", unit))
                ref = unit.id
                self.numbers[place.node.get("eId") or ""] = unit.number
            if place.kind != "notes":
                blocks.append(Block(kind=place.kind, ref=ref, spans=()))
            if place.kind != "heading":
                notes += self._notes(place.node)
        kept = self.ours.first("t:blocks")
        masthead = cover.read(self.document, self.things)
        return Report(
            schema_version=SCHEMA_VERSION,
            generator=self.ours.get("generator") or "",
            source=build(Input, self.ours.first("t:source") or Node("t:source"), self),
            masthead=build(Masthead, self.ours.first("t:masthead") or Node("t:masthead"), self, masthead),
            sections=tuple(sections),
            agenda=self._all(AgendaItem, "t:item"),
            recommendations=tuple(self._ordered("recommendations", [(i, one) for i, one in units if isinstance(one, Recommendation)])),
            paragraphs=tuple(self._ordered("paragraphs", [(i, one) for i, one in units if isinstance(one, Paragraph)])),
            panellists=self._all(Panellist, "t:panellist"),
            statements=self._all(Statement, "t:statement"),
            attendance=self._all(Statement, "t:attendance"),
            decisions=self._all(Decision, "t:decision"),
            references=self._all(Reference, "t:reference"),
            footnotes=tuple(self._ordered("footnotes", notes)),
            blocks=tuple(blocks) if kept is None else tuple(build(Block, one, self) for one in kept.elements("t:block")),
            diagnostics=(),
            parts=self._all(Part, "t:part"),
        )

    def _all(self, cls: type, tag: str) -> tuple[Any, ...]:
        return tuple(build(cls, one, self) for one in self.ours.elements(tag))

    def _record(self, tag: str, node: Node) -> Node:
        return self.records.get((tag, node.get("eId") or "")) or Node(tag)

    def _section(self, place: Place, above: str | None) -> Section:
        said = extract.heading(place.node, above, extract.depth(place.node) or 1, self.things)
        section: Section = build(Section, self._record("t:section", place.node), self, said)
        return section

    def _unit(self, place: Place, above: str | None) -> Recommendation | Paragraph:
        cls, tag = (Recommendation, "t:recommendation") if place.kind == "recommendation" else (Paragraph, "t:paragraph")
        found = self._record(tag, place.node)
        bare = frozenset(one.removeprefix("#") for one in items(found.get("bare") or ""))
        said = extract.unit(place.node, above, self.base, self.things, bare)
        unit: Recommendation | Paragraph = build(cls, found, self, said)
        return unit

    def _notes(self, holder: Node) -> list[tuple[str, Footnote]]:
        number = self.numbers.get(holder.get("eId") or "")
        out = []
        for node in holder.walk():
            if node.tag == "authorialNote":
                said = extract.footnote(node, number, self.things)
                out.append((node.get("eId") or "", build(Footnote, self._record("t:footnote", node), self, said)))
        return out

    def _ordered(self, kind: str, stand: list[tuple[str, Any]]) -> list[Any]:
        """Things in the order that is recorded, else in that of the document; new ones last."""
        order = next((one for one in self.ours.elements("t:order") if one.get("of") == kind), None)
        if order is None:
            return [one for _, one in stand]
        wanted = [one.removeprefix("#") for one in (order.get("elements") or "").split()]
        rank = {eid: place for place, eid in enumerate(wanted)}
        return [one for _, one in sorted(stand, key=lambda pair: rank.get(pair[0], len(rank)))]
