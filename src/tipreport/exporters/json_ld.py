"""JSON-LD 1.1: a graph with a node a report, in terms of schema.org and of the European Legislation Identifier (ELI ontology).

The context stands in the file, so that nothing is fetched. A report is a ``Report`` and an ``eli:LegalResource``; its
recommendations are parts of both kinds. ``author`` is the body, ``sourceOrganization`` the organ above it, ``recordedAt`` the
meeting, with the panellists as ``performer`` and those whom the report lists as present or speaking as ``attendee``. Nodes have
an IRI where a symbol gives them one (the link), and languages and States those of the authority tables of the European Union;
anything else is a blank node. ``<`` is written as an escape, so that the graph may be put into a page.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote

from tipreport.catalogue import Entry, Language, Topic, clean, date_parts, entry, topics
from tipreport.data import table
from tipreport.exporters.json import dumps
from tipreport.model import Named, Organization, Panellist, Paragraph, Point, Recommendation, Report
from tipreport.select import units

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipreport.exporters import Options, Sheet

SUFFIXES = (".jsonld",)
NARROWS = True

CONTEXT = {
    "@vocab": "https://schema.org/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "url": {"@type": "@id"},
    "datePublished": {"@type": "Date"},
    "startDate": {"@type": "Date"},
    "endDate": {"@type": "Date"},
    "performer": {"@container": "@set"},
    "attendee": {"@container": "@set"},
    "hasPart": {"@container": "@set"},
    "about": {"@container": "@set"},
    "eli:date_document": {"@type": "xsd:date"},
    "eli:language": {"@type": "@id"},
    "eli:has_part": {"@type": "@id", "@container": "@set"},
}
_TABLES = "http://publications.europa.eu/resource/authority/"

Node = dict[str, Any]


def write(sheets: Iterator[Sheet], options: Options) -> Iterator[str]:  # noqa: ARG001 (as all forms)
    """The context and the graph, one report a line."""
    yield f'{{"@context": {_written(CONTEXT)},\n"@graph": ['
    between = "\n"
    for sheet in sheets:
        yield between + _written(_report(sheet.report, narrowed=sheet.narrowed))
        between = ",\n"
    yield "\n]}\n"


def _written(value: Node) -> str:
    return dumps(value).replace("<", "\\u003c")


def _node(kind: str | list[str], **fields: Any) -> Node:
    """A node with those of its fields that are known."""
    return {"@type": kind, **_known(fields)}


def _known(fields: Node) -> Node:
    return {name: value for name, value in fields.items() if value not in (None, "", [], ())}


def _report(report: Report, *, narrowed: bool) -> Node:
    found = entry(report, whole=not narrowed)
    held: Iterable[Recommendation | Paragraph] = units(report) if narrowed else report.recommendations
    parts = [_part(unit, found) for unit in held]
    author = _organization(found.author, found.parent)
    node = {
        "@id": found.link,
        "@type": ["Report", "eli:LegalResource"],
        "identifier": found.name,
        "reportNumber": found.symbol,
        "name": found.full_title,
        "alternativeHeadline": found.subtitle,
        "url": found.link,
        "author": author,
        "publisher": _organization(found.parent or found.author, None),
        "sourceOrganization": _organization(found.parent, None),
        "datePublished": found.date,
        "inLanguage": found.language.tag if found.language else None,
        "creativeWorkStatus": found.status,
        "conditionsOfAccess": f"Distribution: {found.distribution}" if found.distribution else None,
        "about": [_topic(topic) for topic in found.topics],
        "recordedAt": _event(report, found, author),
        "hasPart": parts,
        "eli:id_local": found.symbol,
        "eli:date_document": found.date if len(date_parts(found.date)) == 3 else None,
        "eli:is_realized_by": _expression(found.full_title, found.language),
        "eli:has_part": [part["@id"] for part in parts if "@id" in part],
    }
    return _known(node)


def _expression(title: str | None, language: Language | None) -> Node | None:
    """The text in its language, which ELI tells from the document; an expression has exactly one."""
    if language is None:
        return None
    return _node("eli:LegalExpression", **{"eli:language": f"{_TABLES}language/{language.alpha3.upper()}", "eli:title": title})


def _part(unit: Recommendation | Paragraph, found: Entry) -> Node:
    who = unit.addressees if isinstance(unit, Recommendation) else ()
    by = unit.proposed_by if isinstance(unit, Recommendation) else ()
    identifier = clean(unit.id)
    return _known(
        {
            "@id": f"{found.link}#{quote(identifier or '', safe='~.-')}" if found.link else None,
            "@type": ["CreativeWork", "eli:LegalResourceSubdivision"],
            "genre": "recommendation" if isinstance(unit, Recommendation) else "paragraph",
            "identifier": identifier,
            "name": clean(unit.cite),
            "position": clean(unit.number),
            "eli:number": clean(unit.number),
            "text": clean(unit.text),
            "audience": [_node("Audience", name=clean(one.name)) for one in who],
            "creator": [_state(one) for one in by],
            "about": [_topic(topic) for topic in topics((unit,))],
            "hasPart": [_point(point) for point in unit.points],
        }
    )


def _point(point: Point) -> Node:
    return _node(
        "CreativeWork",
        identifier=clean(point.id),
        position=clean(point.label),
        text=clean(point.text),
        hasPart=[_point(one) for one in point.points],
    )


def _topic(topic: Topic) -> Node:
    return _node("DefinedTerm", name=topic.label, termCode=topic.id)


# The meeting -------------------------------------------------------------------------------------------------


def _event(report: Report, found: Entry, author: Node | None) -> Node | None:
    people = [_person(one) for one in report.panellists]
    present = _present(report)
    meeting = found.meeting
    if not meeting and not people and not present:
        return None
    days = meeting.days if meeting else ()
    return _node(
        "Event",
        name=meeting.title if meeting else None,
        startDate=meeting.start if meeting and meeting.start in days else None,
        endDate=meeting.end if meeting and meeting.end in days else None,
        location=_node("Place", name=meeting.place) if meeting and meeting.place else None,
        organizer=author,
        performer=people,
        attendee=present,
    )


def _present(report: Report) -> list[Node]:
    """States, organizations, groups and persons of the lists of speakers and of those represented, each once."""
    made: dict[tuple[str, str], Node] = {}
    for one in (*report.attendance, *report.statements):
        for state in one.states:
            made.setdefault(
                ("state", state.id), _state(Named(id=state.id, name=state.name, as_printed=state.as_printed, spans=state.spans))
            )
        for body in one.organizations:
            made.setdefault(("organization", body.id), _listed(body))
        for group in one.groups:
            made.setdefault(("group", group.id), _node("Organization", name=clean(group.name)))
        for person in one.persons:
            made.setdefault(("person", person.id), _node("Person", name=clean(person.name)))
    return list(made.values())


def _person(one: Panellist) -> Node:
    affiliation = [_node("Organization", name=clean(one.organization))] if one.organization else []
    if one.state:
        affiliation.append(_state(one.state))
    return _node(
        "Person", name=clean(one.name), honorificPrefix=clean(one.honorific), jobTitle=clean(one.position), affiliation=affiliation
    )  # fmt: skip


def _organization(name: str | None, parent: str | None) -> Node | None:
    return _node("Organization", name=name, parentOrganization=_organization(parent, None)) if name else None


def _listed(one: Organization) -> Node:
    return _node("Organization", name=clean(one.name), alternateName=clean(one.acronym) if one.acronym != one.name else None)


@cache
def _listed_states() -> dict[str, str]:
    """State id -> alpha-3 code, of those that ISO 3166-1 lists now."""
    return {row["id"]: row["alpha3"] for row in table("states") if row["name_status"] == "current" and row["alpha3"]}


def _state(one: Named) -> Node:
    """A State, both place and party, by its code; statements of one State in several reports are then the same."""
    code = _listed_states().get(one.id)
    node = _node(["Country", "Organization"], name=clean(one.name), identifier=code)
    return {"@id": f"{_TABLES}country/{code}", **node} if code else node
