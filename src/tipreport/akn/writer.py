"""A report as a document of Akoma Ntoso 3.0 (OASIS LegalDocML, 2018) in the United Nations profile (AKN4UN).

The text stands in the body, its structure and the names in it are elements; ``tipreport.akn.records`` says what is kept
beside. What an element says is read back at once (``tipreport.akn.extract``), and only what it does not say is recorded.
"""

from __future__ import annotations

from tipreport.akn import about, cover, extract, units
from tipreport.akn.body import Body
from tipreport.akn.document import places
from tipreport.akn.draft import Draft
from tipreport.akn.meta import Frbr, meta
from tipreport.akn.node import AKN, OURS, Node, serialize
from tipreport.akn.records import Native, record
from tipreport.model import Report
from tipreport.select import units as all_units

_NAMES = frozenset(["person", "organization", "location", "concept"])


def write(report: Report, text: str | None = None) -> str:
    """A report as XML.

    Args:
        report: the whole report.
        text: its source as received; with it, what is no unit (tables, contents, furniture) stands in the document as well.

    Returns:
        The text of an XML document, the same for the same report and text; encode it as UTF-8.
    """
    draft = Draft(report, text)
    frbr = Frbr(report, draft.references)
    for item in report.agenda:
        units.item(draft.references, item.number, item.title)
    mentioned: set[int] = set()
    for unit in all_units(report):
        holder = draft.holders[unit.id]
        for ident, mark in units.prepare(holder, unit, draft.references).items():
            draft.marks[ident, ""] = (mark, holder)
            mentioned.add(id(mark))
    about.mark(draft)
    body = Body(draft, frbr)
    body.build()
    root = Node("debateReport", {"name": "meetingReport", "contains": "originalVersion"})
    parts = [part for part in (body.cover_page, body.preface, body.main, body.attachments) if part.children]
    root.children += parts
    base = _base(report)
    records = _units(draft, body, base, mentioned)
    records += _about_document(draft, body, root)
    records += about.recorded(draft)
    head = Node("t:report", {"schema_version": report.schema_version, "generator": report.generator, "cite": base}, records)
    proprietary = Node("proprietary", {"source": "#tipreport", "xmlns:t": OURS}, [head])
    root.children.insert(0, meta(report, frbr, draft.references, proprietary, root))
    return serialize(Node("akomaNtoso", {"xmlns": AKN}, [root]))


def _base(report: Report) -> str:
    """How the report is cited: what its first unit's cite begins with."""
    for unit in all_units(report):
        tail = extract.suffix("recommendation" if unit in report.recommendations[:1] else "paragraph", unit.id, unit.number, unit.section)
        return unit.cite.removesuffix(tail)
    return ""


def _units(draft: Draft, body: Body, base: str, mentioned: set[int]) -> list[Node | str]:
    """The records of the source, of sections and of units."""
    out: list[Node | str] = []
    things = draft.references.thing
    source = record("t:source", draft.report.source, draft)
    assert source is not None
    out.append(source)
    labels: dict[int, str] = {}
    for node, section, parent in body.sections:
        level = extract.depth(node) or 1
        said = extract.heading(node, parent, level, things)
        found = record("t:section", section, draft, Native(node.attributes["eId"], said))
        out += [found] if found else []
        for one in node.elements():
            labels[id(one)] = section.label
    for unit in all_units(draft.report):
        node, holder = body.unit_nodes[unit.id], draft.holders[unit.id]
        bare = [draft.href(holder, mark) for mark in holder.marks if mark.kept and mark.node.tag in _NAMES and id(mark) not in mentioned]
        said = extract.unit(node, labels.get(id(node)), base, things, bare)
        tag = "t:recommendation" if "modality" in said else "t:paragraph"
        found = record(tag, unit, draft, Native(holder.eid, said))
        if bare:
            found = found or Node(tag, {"href": f"#{holder.eid}"})
            found.attributes["bare"] = " ".join(f"#{one}" for one in bare)
        out += [found] if found else []
    return out


def _about_document(draft: Draft, body: Body, root: Node) -> list[Node | str]:
    """The records of the masthead, of notes, and of what stands in another order than in the text."""
    report, things = draft.report, draft.references.thing
    masthead = record("t:masthead", report.masthead, draft, Native("", cover.read(root, things)))
    out: list[Node | str] = []
    if masthead is not None:
        del masthead.attributes["href"]
        out.append(masthead)
    units_by_node = {id(node): ident for ident, node in body.unit_nodes.items()}
    labels = {id(node): section.label for node, section, _ in body.sections}
    found: list[tuple[str, str | None]] = []
    notes: list[str] = []
    numbers = {eid: place for place, eid in enumerate(body.notes.eids)}
    order: dict[str, list[str]] = {"recommendation": [], "paragraph": []}
    for place in places(root):
        ident = units_by_node.get(id(place.node))
        if place.kind != "notes":
            found.append((place.kind, labels.get(id(place.node)) or ident))
        if ident is not None:
            order[place.kind].append(ident)
        if place.kind != "heading":
            number = draft.units[ident].number if ident is not None else None
            for node in place.node.walk():
                if node.tag == "authorialNote":
                    notes.append(node.attributes["eId"])
                    said = extract.footnote(node, number, things)
                    note = record("t:footnote", report.footnotes[numbers[notes[-1]]], draft, Native(notes[-1], said))
                    out += [note] if note else []
    out += _order("footnotes", notes, body.notes.eids)
    for tag, kind, listed in (
        ("recommendations", "recommendation", report.recommendations), ("paragraphs", "paragraph", report.paragraphs),
    ):  # fmt: skip
        out += _order(tag, [draft.holders[one].eid for one in order[kind]], [draft.holders[one.id].eid for one in listed])
    if found != [(block.kind, block.ref) for block in report.blocks]:
        out.append(Node("t:blocks", {}, [record("t:block", block, draft) or "" for block in report.blocks]))
    for decision in report.decisions:
        for node, section, _ in body.sections:
            if (section.number or section.label) == decision.number and extract.whole(node.elements(), things) == decision.text:
                draft.direct[id(decision), "text"] = Native(node.attributes["eId"], {})
    return out


def _order(kind: str, stand: list[str], wanted: list[str]) -> list[Node | str]:
    """A record of an order that is not that of the document."""
    return [Node("t:order", {"of": kind, "elements": " ".join(f"#{one}" for one in wanted)})] if stand != wanted else []
