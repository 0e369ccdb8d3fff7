"""The text of a report as elements: cover page and preface, main body, annexes as attachments."""

from __future__ import annotations

import re

from tipreport.akn import cover, extract, units
from tipreport.akn.about import Notes
from tipreport.akn.draft import Draft
from tipreport.akn.marks import characters, exact
from tipreport.akn.meta import Frbr, topics
from tipreport.akn.names import cleaned
from tipreport.akn.node import Node
from tipreport.flow import Piece
from tipreport.model import Recommendation, Section
from tipreport.select import units as all_units

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.akn.units import Unit

Children = list[Node | str]

_SHORT = {"section": "sec", "title": "title", "chapter": "chp", "division": "dvs", "subdivision": "subdvs"}
_CONTINUED = re.compile(r"([(\[])\s*(\S[^)\]]{0,30}?)\s*([)\]])\s*")
_OUTSIDE = frozenset(["masthead", "contents", "furniture", "footnote"])  # what comes before the body begins


class Body:
    """The elements of a report.

    Args:
        draft: the report, with all that is marked in it.
        frbr: its identification.
    """

    def __init__(self, draft: Draft, frbr: Frbr) -> None:
        self.draft, self.frbr = draft, frbr
        self.notes = Notes(draft)
        self.main = Node("mainBody")
        self.cover_page = Node("coverPage")
        self.preface = Node("preface")
        self.attachments = Node("attachments")
        self.unit_nodes: dict[str, Node] = {}
        self.sections: list[tuple[Node, Section, str | None]] = []  # with the label of the section around it
        self._open: list[tuple[int, Node, str]] = []
        self._begun = False
        self._footnotes = 0
        self._masthead_last = max((place for place, piece in enumerate(draft.pieces) if piece.kind == "masthead"), default=-1)

    def build(self) -> None:
        """Build all elements."""
        for place, piece in enumerate(self.draft.pieces):
            if isinstance(piece.thing, Section):
                self._begun = True
                self._section(piece, piece.thing)
            elif piece.thing is not None:
                self._begun = True
                if piece.thing.id not in self.unit_nodes:
                    self._into(self._unit(piece, piece.thing))
            elif not self._begun and piece.kind in _OUTSIDE:
                self._before(place, piece)
            else:
                self._begun = True
                name = {"name": piece.kind}
                self._into(Node("hcontainer", name, [Node("content", {}, self._lines(place, piece))]))
        for unit in all_units(self.draft.report):
            if unit.id not in self.unit_nodes:  # it stands in no block
                self._into(self._unit(Piece("", unit, None, None), unit))
        rest = self.notes.rest()
        if rest:
            self._into(Node("hcontainer", {"name": "notes"}, [Node("content", {}, rest)]))
        self._annexes()
        if not self.main.children:
            self.main.children.append(Node("p"))

    def _into(self, node: Node) -> None:
        (self._open[-1][1] if self._open else self.main).children.append(node)

    # ------------------------------------------------------------------ what is no unit
    def _lines(self, place: int, piece: Piece) -> Children:
        """The source of a block, line by line; notes for a block of footnotes."""
        if piece.kind == "footnote":
            self._footnotes += 1
            return self.notes.of(self._footnotes - 1)
        holder = self.draft.raw.get(place)
        if holder is not None:
            self.draft.written.add(id(holder))
            return units.lines(holder, self.draft.references)
        if piece.text is None:
            return [Node("p")]
        lines = (" ".join(line.split()) for line in piece.text.split("\n"))
        return [Node("p", exact(line), characters(line, self.draft.references)) for line in lines if line] or [Node("p")]

    def _before(self, place: int, piece: Piece) -> None:
        """A block before the body: on the cover page; what comes behind the masthead, in the preface."""
        if place == self._masthead_last:
            first, second = self._lines_of(piece).pages()
            self.cover_page.children.append(Node("container", {"name": "masthead"}, first or [Node("p")]))
            self.preface.children += second
            return
        page = self.preface if self.preface.children else self.cover_page
        if piece.kind == "masthead":
            first, second = self._lines_of(piece).pages()
            children = [*first, *second] or [Node("p")]
        else:
            children = self._lines(place, piece)
        page.children.append(Node("container", {"name": piece.kind}, children))

    def _lines_of(self, piece: Piece) -> cover.Lines:
        masthead = self.draft.report.masthead
        if piece.text is None:
            set_last = piece.block is None or piece.block is self.draft.report.blocks[self._masthead_last]
            printed = cover.printed_lines(masthead) if set_last else []
        else:
            printed = [" ".join(line.split()) for line in piece.text.split("\n") if line.strip()]
        lines = cover.Lines(printed, self.draft.references, self.frbr.author)
        lines.mark(masthead)
        return lines

    # ------------------------------------------------------------------ headings
    def _section(self, piece: Piece, section: Section) -> None:
        while self._open and self._open[-1][0] >= section.level:
            self._open.pop()
        parent = self._open[-1] if self._open else None
        annex = section.level == 1 and section.label.partition("-")[0] == "annex"
        if annex:
            node = Node("hcontainer", {"name": "annex"})
        elif section.level <= len(extract.LEVELS):
            node = Node(extract.LEVELS[max(section.level, 1) - 1])
        else:
            node = Node("hcontainer", {"name": "heading"})
        own = section.number if section.number and section.label.endswith(section.number) else section.label.rpartition(".")[2]
        short = "annex" if annex else _SHORT.get(node.tag, "hdg")
        eid = "annex" if own == "annex" else f"{short}_{cleaned(own)}"
        node.attributes = {"eId": self.draft.ids.take(f"{parent[1].get('eId')}__{eid}" if parent else eid), **node.attributes}
        node.children += self._heading(piece, section)
        self.sections.append((node, section, parent[2] if parent else None))
        (parent[1] if parent else self.main).children.append(node)
        self._open.append((section.level, node, section.label))

    def _heading(self, piece: Piece, section: Section) -> Children:
        """Number and title as printed; what the source prints behind them as ``subheading``."""
        references = self.draft.references
        printed = " ".join((piece.text or "").replace("*", "").split())
        at = printed.find(section.title)
        if at < 0 or not printed:
            printed = section.title + (" (continued)" if section.continued else "")
            num, at = section.number or "", 0
        else:
            num = printed[:at].strip()
        rest = printed[at + len(section.title) :].strip()
        title: Children = [*characters(section.title, references)]
        found = _CONTINUED.match(rest) if section.continued else None
        if found:
            eid = units.concept(references, "stage", "continued")
            inside: Children = [*characters(found[2], references)]
            inside = [Node("i", {}, inside)] if "*" in (piece.text or "") else inside
            title += [f" {found[1]}", Node("docStage", {"refersTo": f"#{eid}"}, inside), found[3]]
            rest = rest[found.end() :]
        out: Children = [units.plain("num", num, references)] if num else []
        out.append(Node("heading", exact(section.title), title))
        return [*out, units.plain("subheading", rest, references)] if rest else out

    # ------------------------------------------------------------------ units
    def _unit(self, piece: Piece, unit: Unit) -> Node:
        draft = self.draft
        holder = draft.holders[unit.id]
        node = Node("paragraph", {"eId": holder.eid})
        about = [units.concept(draft.references, "topic", one, topics().get(one)) for one in unit.topics]
        if isinstance(unit, Recommendation):
            node = Node("hcontainer", {"name": "recommendation", "eId": holder.eid})
        else:
            about += [units.item(draft.references, one, draft.titles.get(one)) for one in unit.agenda_items_inherited]
        if about:
            node.attributes["refersTo"] = " ".join(f"#{one}" for one in about)
        num = self._number(piece, unit)
        if num:
            node.children.append(units.plain("num", num, draft.references))
        units.render(node, holder, unit.points, draft.references, draft.ids)
        draft.written.add(id(holder))
        self.unit_nodes[unit.id] = node
        return node

    def _number(self, piece: Piece, unit: Unit) -> str:
        """The number as printed: what stands in the block before the text."""
        text = self.draft.text
        if text is not None and piece.block is not None and unit.spans:
            begin = unit.spans[0].start
            before = [text[span.start : min(span.end, begin)] for span in piece.block.spans if span.start < begin]
            return " ".join(" ".join(before).replace("*", "").split())
        if not unit.number:
            return ""
        return f"Recommendation {unit.number}" if isinstance(unit, Recommendation) else f"{unit.number}."

    # ------------------------------------------------------------------ annexes
    def _annexes(self) -> None:
        """Annexes at the end are attachments, each a document of its own (AKN4UN: ``doc name="annex"``)."""
        children = self.main.children
        first = len(children)
        while first and isinstance(one := children[first - 1], Node) and extract.is_annex(one):
            first -= 1
        for number, one in enumerate(children[first:], 1):
            component = f"annex_{number}"
            meta = Node("meta", {}, [self.frbr.identification(component)])
            doc = Node("doc", {"name": "annex"}, [meta, Node("mainBody", {}, [one])])
            self.attachments.children.append(Node("attachment", {"eId": self.draft.ids.take(f"att_{number}")}, [doc]))
        del children[first:]
