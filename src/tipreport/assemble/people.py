"""Persons across paragraphs: panellists joined, and "Ms. X" linked to the full name introduced before."""

from __future__ import annotations

from dataclasses import dataclass, field

from tipreport import names
from tipreport.assemble.context import Context, Text
from tipreport.blocks.titles import slug
from tipreport.entities import panellist
from tipreport.model import Named, Panellist, Spans


@dataclass(slots=True)
class _Person:
    name: str
    honorific: str | None = None
    position: str | None = None
    organization: str | None = None
    state: Named | None = None
    group: Named | None = None
    items: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    spans: Spans = ()
    weight: int = 0


def introduce(ctx: Context, texts: list[Text], introduced: Introduced) -> None:
    """Find the panellists of every paragraph, and remember their full names for later mentions."""
    for text in texts:
        if text.unit.kind != "paragraph":
            continue
        text.panellists = list(panellist.find(text.prose.text, text.folded, ctx.config))
        for found in text.panellists:
            name = text.prose.text[found.name[0] : found.name[1]]
            if is_full(name) and introduced.resolve(name) is None:
                introduced.add(name)


def panellists(ctx: Context, texts: list[Text]) -> tuple[Panellist, ...]:
    """All panellists, each once, in the order in which the report first names them."""
    people: list[_Person] = []
    for text in texts:
        for found in text.panellists:
            _add(ctx, text, found, people)
    for text in texts:
        for honorific, name, _, _ in text.persons:
            for person in people:
                if names.same_person(person.name, name):
                    person.honorific = person.honorific or honorific
                    _note(person, text, items=False)
    order = {text.unit.number: i for i, text in reversed(list(enumerate(texts)))}
    order |= {text.unit.number: i for i, text in reversed(list(enumerate(texts))) if text.unit.kind == "paragraph"}
    for person in people:
        person.paragraphs.sort(key=lambda number: order[number])
    return tuple(
        Panellist(
            name=p.name, honorific=p.honorific, position=p.position, organization=p.organization, state=p.state, on_behalf_of=p.group,
            agenda_items=tuple(p.items), paragraphs=tuple(p.paragraphs), spans=p.spans,
        )
        for p in people
    )  # fmt: skip


def _add(ctx: Context, text: Text, found: panellist.Found, people: list[_Person]) -> None:
    prose = text.prose
    name = prose.text[found.name[0] : found.name[1]]
    person = next((p for p in people if names.same_person(p.name, name) or names.same_person(name, p.name)), None)
    if person is None:
        person = _Person(name)
        people.append(person)
    if len(name) > len(person.name):
        person.name = name
    weight = found.end - found.start
    if weight > person.weight:
        person.weight = weight
        person.spans = ctx.place(prose, found.start, found.end)
    person.honorific = person.honorific or found.honorific
    person.position = person.position or found.position
    person.organization = person.organization or found.organization
    if found.state and person.state is None:
        person.state = ctx.named(prose, found.state)
    if found.group and person.group is None:
        person.group = ctx.named(prose, found.group)
    _note(person, text)


def _note(person: _Person, text: Text, *, items: bool = True) -> None:
    if text.unit.number and text.unit.number not in person.paragraphs:
        person.paragraphs.append(text.unit.number)
    if items:
        for item in text.items or text.inherited:
            if item not in person.items:
                person.items.append(item)


class Introduced:
    """The full names that a document has introduced, for later "Ms. FAMILY"."""

    def __init__(self) -> None:
        self._full: list[str] = []
        self._by_tail: dict[str, str] = {}

    def add(self, name: str) -> None:
        """Remember a full name under each of its endings."""
        words = name.split()
        for i in range(len(words)):
            self._by_tail.setdefault(" ".join(words[i:]).casefold(), name)

    def resolve(self, name: str) -> str | None:
        """The full name that ends in ``name``."""
        return self._by_tail.get(name.casefold())


def person_id(name: str) -> str:
    """A stable id of a person from the name."""
    return slug(name) or name


def is_full(name: str) -> bool:
    """Whether a name has more than one part."""
    return " " in name
