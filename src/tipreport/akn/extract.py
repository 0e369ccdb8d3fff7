"""What elements say: the fields of units, headings and notes, read from the text and its marks.

The writer asks here too, and writes a record only of what these functions do not give: so an edit of the text is seen, and
nothing is told twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import unquote

from tipreport.akn.marks import Found, Reader, paragraphs, spoken
from tipreport.akn.names import Thing
from tipreport.akn.node import Node
from tipreport.blocks.titles import slug
from tipreport.links import BASE
from tipreport.model import Mention, Named, Point, Voice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# What references lists, by eId.
Things = Callable[[str], Thing | None]

# The levels of headings (AKN4UN part 1, "hierarchy": section, title, chapter; what is deeper in the order of the schema).
LEVELS = ("section", "title", "chapter", "division", "subdivision")
UNITS = {"recommendation": "rec", "para": "para", "text": "text"}
_EID = re.compile(r"(?:(.{1,400})__)?(recommendation|para|text)_(.{1,400})")
_ID = re.compile(r"(?:(.{1,400})\.)?(rec|para|text)-(.{1,400})")
_PREFIX = {"rec": "recommendation", "para": "para", "text": "text"}
_NUMBER = re.compile(
    r"(?:(?:Annex|Appendix|Recommendation|Draft decision|Draft resolution|Decision|Resolution|Part|Chapter|Section|Paragraph)(?:\s+|$))?(.{0,400}?)[.):\u2013\u2014\s]{0,40}",
    re.IGNORECASE | re.DOTALL,
)
# Headings whose label is made of their words too: ``decision-1-cp-3``.
_SLUGGED = re.compile(r"(?:draft )?(?:decision|resolution)\b|part\b", re.IGNORECASE)
_BRACKET = re.compile(r"(?:(?<!\s)\s+)?[(\[]\s*$")


def eid_of(ident: str) -> str:
    """The eId of a unit: ``rec-51`` is ``recommendation_51``, ``annex-I.para-3`` is ``annex-I__para_3``."""
    found = _ID.fullmatch(ident)
    if not found:
        return ident
    scope = f"{found[1]}__" if found[1] else ""
    return f"{scope}{_PREFIX[found[2]]}_{found[3]}"


def id_of(eid: str) -> str:
    """The id of a unit with an eId."""
    found = _EID.fullmatch(eid)
    return f"{f'{found[1]}.' if found[1] else ''}{UNITS[found[2]]}-{found[3]}" if found else eid


def number_of(printed: str) -> str | None:
    """A number as the model has it: without its word and its final stop."""
    found = _NUMBER.fullmatch(printed.strip())
    return (found[1] if found else printed) or None


def label_of(printed: str) -> str:
    """The label of a point as the model has it: ``(a)``, ``a)`` and ``a.`` are ``a``."""
    words = printed.split()
    return words[-1].strip("()[].") or words[-1] if words else ""


def suffix(kind: str, ident: str, number: str | None, section: str | None) -> str:
    """What stands in a cite of a unit behind the name of the report."""
    found = _ID.fullmatch(ident)
    scope = found[1].replace("-", " ") + ", " if found and found[1] else ""
    if number is None:
        return f", {scope}" + (f"sect. {section}" if section else "unnumbered")
    return f", {scope}" + (f"recommendation {number}" if kind == "recommendation" else f"para. {number}")


class Spot(NamedTuple):
    """A point in a text that was read."""

    label: str
    start: int
    end: int
    spots: list[Spot]


def body(node: Node, reader: Reader, things: Things) -> list[Spot]:
    """Read the text of a unit or point; its points in order."""
    spots: list[Spot] = []
    for one in node.elements():
        if one.tag in {"content", "intro", "wrapUp"}:
            for paragraph in paragraphs(one):
                reader.part()
                reader.read(paragraph)
        elif one.tag == "list":
            spots += body(one, reader, things)
        elif one.tag == "point":
            label = ""
            num = one.first("num")
            if num is not None:
                reader.part()
                reader.read(num)
                label = label_of(spoken(num, things))
            reader.part()
            start = reader.length
            inner = body(one, reader, things)
            spots.append(Spot(label, start, reader.length, inner))
    return spots


def _points(reader: Reader, spots: list[Spot], prefix: str) -> tuple[Point, ...]:
    out = []
    seen: Counter[str] = Counter()
    for spot in spots:
        seen[spot.label] += 1
        ident = f"{prefix}.{spot.label}" + (f"~{seen[spot.label]}" if seen[spot.label] > 1 else "")
        text = reader.text(spot.start, spot.end).strip(" ")
        out.append(Point(id=ident, label=spot.label, text=text, points=_points(reader, spot.spots, ident), spans=()))
    return tuple(out)


def refers(node: Node, things: Things) -> list[Thing]:
    """The things that an element refers to."""
    found = (things(one.removeprefix("#")) for one in (node.get("refersTo") or "").split())
    return [thing for thing in found if thing is not None]


def told(thing: Thing | None, printed: str) -> dict[str, Any]:
    """What is known of a name: the fields of all classes of the model that have one."""
    if thing is None:
        return {"id": printed, "name": printed, "as_printed": printed, "acronym": None}
    return {"id": thing.id, "name": thing.name, "as_printed": printed, "acronym": thing.short}


def mention_kind(node: Node, thing: Thing | None) -> str | None:
    """The kind of mention that an element is; None for any other element."""
    if node.tag == "person":
        return "person"
    if node.tag == "concept":
        return "instrument" if thing and thing.scope == "instrument" else None
    if node.tag in {"organization", "location"}:
        return thing.scope if thing and thing.scope in {"state", "group"} else "organization"
    return None


def _mentions(reader: Reader, things: Things, bare: Collection[str]) -> tuple[Mention, ...]:
    out = []
    for found in reader.found:
        if found.node.tag not in {"person", "organization", "location", "concept"} or found.node.get("eId") in bare:
            continue
        thing = next(iter(refers(found.node, things)), None)
        kind = mention_kind(found.node, thing)
        if kind is not None:
            name = told(thing, reader.told(found))
            out.append(Mention(kind=kind, id=name["id"], name=name["name"], as_printed=name["as_printed"], spans=()))
    return tuple(out)


def _named(reader: Reader, things: Things, name: str) -> tuple[Named, ...]:
    out = []
    for found in _called(reader, "entity", name):
        known = told(next(iter(refers(found.node, things)), None), reader.told(found))
        out.append(Named(id=known["id"], name=known["name"], as_printed=known["as_printed"], spans=()))
    return tuple(out)


def _called(reader: Reader, tag: str, name: str) -> list[Found]:
    return [found for found in reader.found if found.node.tag == tag and found.node.get("name") == name]


def voice(node: Node, printed: str, things: Things) -> Voice:
    """The voice that a clause is."""
    about = {thing.scope: thing.id for thing in refers(node, things)}
    noun = None
    for one in node.walk():
        if one.tag == "quantity":
            noun = next(iter(spoken(one, things).split()[-1:]), None)
            break
        if one.tag == "entity" and one.get("name") == "speaker":
            noun = spoken(one, things)
            break
    return Voice(quantifier=about.get("quantifier", ""), noun=noun, verb=about.get("verb", ""), text=printed, spans=())


def unit(node: Node, section: str | None, base: str, things: Things, bare: Collection[str] = ()) -> dict[str, Any]:
    """The fields of a recommendation or paragraph that its element says.

    Args:
        node: the element.
        section: the label of the section it stands in.
        base: how the report is cited.
        things: what references lists.
        bare: eIds of names in it that are no mentions.
    """
    kind = "recommendation" if node.tag == "hcontainer" else "paragraph"
    reader = Reader(things)
    spots = body(node, reader, things)
    num = node.first("num")
    number = number_of(spoken(num, things)) if num is not None else None
    ident = id_of(node.get("eId") or "")
    about = refers(node, things)
    values: dict[str, Any] = {
        "id": ident,
        "number": number,
        "section": section,
        "text": reader.text(0, reader.close()) if not _kept(node) else reader.text(),
        "points": _points(reader, spots, ident),
        "topics": tuple(thing.id for thing in about if thing.scope == "topic"),
        "mentions": _mentions(reader, things, bare),
        "cite": base + suffix(kind, ident, number, section),
    }
    if kind == "recommendation":
        modality = [reader.told(found) for found in _called(reader, "inline", "modality")]
        values |= {
            "addressees": _named(reader, things, "addressee"),
            "modality": modality[0] if modality else None,
            "hedges": tuple(reader.told(found) for found in _called(reader, "inline", "hedge")),
            "proposed_by": _named(reader, things, "proposer"),
        }
        return values
    printed = (next(iter(refers(found.node, things)), None) for found in _called(reader, "entity", "agendaItem"))
    values["agenda_items"] = tuple(dict.fromkeys(thing.id for thing in printed if thing is not None))
    values["agenda_items_inherited"] = tuple(thing.id for thing in about if thing.scope == "agenda-item")
    values["voices"] = tuple(voice(found.node, reader.told(found), things) for found in _called(reader, "inline", "voice"))
    return values


def _kept(node: Node) -> bool:
    """Whether the white space of a unit's text counts."""
    return any(one.get("xml:space") == "preserve" for one in node.walk() if one.tag == "p")


def heading(node: Node, parent: str | None, level: int, things: Things) -> dict[str, Any]:
    """The fields of a section that its element says.

    Args:
        node: the element.
        parent: the label of the section around it.
        level: how deep it stands.
        things: what references lists.
    """
    num, title = node.first("num"), node.first("heading")
    printed = spoken(num, things) if num is not None else ""
    number = number_of(printed)
    stage = title.first("docStage") if title is not None else None
    shown = Node("heading")
    if title is not None:
        cut = title.children.index(stage) if stage is not None else len(title.children)
        shown = Node("heading", title.attributes, title.children[:cut])
    text = spoken(shown, things)
    own = number or (node.get("eId") or "").rpartition("__")[2].partition("_")[2]
    if _SLUGGED.match(printed):
        own = slug(printed)
    elif is_annex(node):
        own = f"annex-{number}" if number else "annex"
    return {
        "label": f"{parent}.{own}" if parent else own,
        "number": number,
        "title": _BRACKET.sub("", text) if stage is not None else text,
        "level": level,
        "continued": stage is not None,
    }


def is_annex(node: Node) -> bool:
    """Whether an element is an annex."""
    return node.tag == "hcontainer" and node.get("name") == "annex"


def depth(node: Node) -> int | None:
    """The level of a heading; None for an element that is none."""
    if node.tag in LEVELS:
        return LEVELS.index(node.tag) + 1
    if is_annex(node):
        return 1
    return len(LEVELS) + 1 if node.tag == "hcontainer" and node.get("name") == "heading" else None


def values(node: Node, things: Things) -> dict[str, Any]:
    """What an element says of a name or a reference, by the fields of all classes that have one."""
    if node.tag == "inline":
        clause = voice(node, spoken(node, things), things)
        return {"quantifier": clause.quantifier, "noun": clause.noun, "verb": clause.verb, "text": clause.text}
    thing = next(iter(refers(node, things)), None)
    known = told(thing, spoken(node, things))
    kind, target = mention_kind(node, thing), thing.id if thing else ""
    known["kind"] = kind
    href = node.get("href") or ""
    if node.tag == "entity":
        known["kind"] = "agenda_item" if node.get("name") == "agendaItem" else node.get("name")
    elif href.startswith(BASE):
        known["kind"], target = "symbol", unquote(href.removeprefix(BASE))
    elif href.startswith("#"):
        known["kind"], target = "paragraph", id_of(href[1:])
    known["target"] = target
    return known


def footnote(node: Node, number: str | None, things: Things) -> dict[str, Any]:
    """The fields of a footnote that its element says; ``number`` is that of the paragraph around it."""
    return {"mark": node.get("marker") or "", "text": _joined(node, things), "paragraph": number}


def _joined(node: Node, things: Things) -> str:
    return " ".join(filter(None, (spoken(one, things) for one in paragraphs(node))))


def whole(nodes: Iterable[Node], things: Things) -> str:
    """The text of elements with their numbers, as it reads; headings, furniture and notes left out."""
    reader = Reader(things)
    for node in nodes:
        if node.tag == "hcontainer" and node.get("name") in {"furniture", "footnote"}:
            continue
        num = node.first("num")
        if num is not None:
            reader.part()
            reader.read(num)
        if node.tag == "p":
            reader.part()
            reader.read(node)
        elif node.tag == "content":
            for one in paragraphs(node):
                reader.part()
                reader.read(one)
        else:
            body(node, reader, things)
    return reader.text(0, reader.close())
