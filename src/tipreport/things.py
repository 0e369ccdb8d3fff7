"""Every object of a report in one list, flat: its kind, what it is called, where it stands, and its fields in words.

One place for what people see of an object, whatever form it is shown in. Two names of one bearer at one place (a mention that
is also an entry in a list of speakers) are one thing with both roles. Unknown fields are ``None``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any, NamedTuple

from tipreport.data import table
from tipreport.links import link
from tipreport.located import Located
from tipreport.model import Masthead, Named, Organization, Paragraph, Point, Recommendation, Report, Span, Spans, SpeakingState, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(NamedTuple):
    """A kind of things.

    Args:
        one: what one is called.
        many: what several are called.
        tag: a short sign for it in the text.
        fields: the names of the fields of its things, in their order.
    """

    one: str
    many: str
    tag: str
    fields: tuple[str, ...]


_NAME = ("name", "id", "as printed", "role", "on behalf of", "also on behalf of")
_LIST = ("paragraph", "capacity", "agenda items", "instrument", "States", "organizations", "groups", "persons", "count")
_CAPACITIES = {"un_entity": "UN entity", "igo": "IGO", "ngo": "NGO", "nhri": "NHRI"}
_HEAD = tuple(name for name in Masthead.__dataclass_fields__ if name != "spans")

# From the outside to the inside: of two things at one place, the one of the earlier kind holds the other.
KINDS: dict[str, Kind] = {
    "masthead": Kind("Masthead", "Masthead", "head", tuple(name.replace("_", " ") for name in _HEAD)),
    "section": Kind("Section", "Sections", "sect.", ("label", "number", "title", "level", "continued")),
    "decision": Kind("Decision", "Decisions", "dec.", ("number", "title", "paragraphs", "text")),
    "recommendation": Kind("Recommendation", "Recommendations", "rec.", (
        "id", "number", "section", "addressees", "modality", "strength", "verb", "hedges", "proposed by", "position", "topics",
        "cite", "text",
    )),
    "paragraph": Kind("Paragraph", "Paragraphs", "para.", (
        "id", "number", "section", "agenda items", "agenda items inherited", "topics", "cite", "text",
    )),
    "point": Kind("Point", "Points", "point", ("id", "label", "cite", "text")),
    "footnote": Kind("Footnote", "Footnotes", "fn", ("mark", "paragraph", "text")),
    "attendance": Kind("Attendance list", "Attendance lists", "list", _LIST),
    "statement": Kind("List of speakers", "Lists of speakers", "list", _LIST),
    "voice": Kind("Voice", "Voices", "voice", ("quantifier", "noun", "verb", "in", "text")),
    "panellist": Kind("Panellist", "Panellists", "panellist", (
        "name", "honorific", "position", "organization", "state", "on behalf of", "agenda items", "paragraphs",
    )),
    "agenda": Kind("Agenda item", "Agenda items", "item", ("number", "title", "paragraphs")),
    "addressee": Kind("Addressee", "Addressees", "to", ("name", "id", "as printed", "of")),
    "modality": Kind("Modality", "Modality", "modality", ("modality", "strength", "verb", "of")),
    "reference": Kind("Reference", "References", "ref.", ("kind", "target", "as printed", "link")),
    "instrument": Kind("Instrument", "Instruments", "instrument", _NAME),
    "organization": Kind("Organization", "Organizations", "org.", ("name", "acronym", *_NAME[1:])),
    "group": Kind("Group", "Groups", "group", _NAME),
    "state": Kind("State", "States", "State", _NAME),
    "person": Kind("Person", "Persons", "person", _NAME),
    "unparsed": Kind("Unparsed text", "Unparsed text", "?", ("reason",)),
    "diagnostic": Kind("Diagnostic", "Diagnostics", "!", ("code", "severity", "message", "hint")),
}  # fmt: skip
RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


class Thing(NamedTuple):
    """An object of a report.

    Args:
        kind: a key of ``KINDS``.
        label: what it is called, such as ``Recommendation 7``; None where its printed text is its name.
        printed: its text; None where the report does not keep it apart.
        spans: where it stands in the source.
        values: of the fields of its kind: a text, a number, a list of texts, True, False or None.
        anchor: its name in links, such as ``rec-7.a``.
        unit: the id of the recommendation or paragraph that holds it, where it belongs to one.
    """

    kind: str
    label: str | None
    printed: str | None
    spans: Spans
    values: tuple[Any, ...]
    anchor: str | None = None
    unit: str | None = None


def things(report: Report, text: str | None = None) -> list[Thing]:
    """All things of a report, in the order of their places; those without a place come last.

    Args:
        report: all of it, or what is left of it.
        text: its source; with it, the modality of a recommendation has a place too.
    """
    found = [*_frame(report), *_units(report, text), *_names(report), *_lists(report), *_rest(report)]
    found.sort(key=lambda one: (one.spans[0].start, -one.spans[-1].end, RANKS[one.kind]) if one.spans else (1 << 62, 0, RANKS[one.kind]))
    return found


def named(one: Named | None) -> str | None:
    """A name with the id that a table has for it."""
    return (f"{one.name} ({one.id})" if one.id != one.name else one.name) if one else None


def _frame(report: Report) -> Iterator[Thing]:
    values: tuple[Any, ...]
    head = report.masthead
    if any(getattr(head, name) is not None for name in _HEAD) or head.spans:
        yield Thing("masthead", "Masthead", None, head.spans, tuple(getattr(head, name) for name in _HEAD), "masthead")
    for section in report.sections:
        label = f"Section {section.label}" if section.number else None
        values = (section.label, section.number, section.title, section.level, section.continued)
        yield Thing("section", label, section.title, section.spans, values, f"sec-{section.label}")
    for item in report.agenda:
        yield Thing("agenda", f"Agenda item {item.number}", item.title, item.spans, (item.number, item.title, item.paragraphs))
    for note in report.footnotes:
        yield Thing("footnote", f"Footnote {note.mark}", note.text, note.spans, (note.mark, note.paragraph, note.text), f"fn-{note.mark}")
    for decision in report.decisions:
        values = (decision.number, decision.title, decision.paragraphs, decision.text)
        yield Thing("decision", f"Decision {decision.number}", decision.text, decision.spans, values, f"dec-{decision.number}")


def _units(report: Report, text: str | None) -> Iterator[Thing]:
    values: tuple[Any, ...]
    newlines = [found.start() for found in re.finditer("\n", text)] if text is not None else []
    for rec in report.recommendations:
        values = (
            rec.id, rec.number, rec.section, [named(one) for one in rec.addressees], rec.modality, rec.strength, rec.verb, rec.hedges,
            [named(one) for one in rec.proposed_by], rec.position, rec.topics, rec.cite, rec.text,
        )  # fmt: skip
        name = f"Recommendation {rec.number}" if rec.number else "Recommendation"
        yield Thing("recommendation", name, rec.text, rec.spans, values, rec.id, rec.id)
        yield from _points(rec.points, rec.cite, rec.id)
        for one in rec.addressees:
            yield Thing("addressee", None, one.as_printed, one.spans, (one.name, one.id, one.as_printed, rec.id), None, rec.id)
        if text is not None and (spans := _modality(rec, text, newlines)):
            yield Thing("modality", None, rec.modality, spans, (rec.modality, rec.strength, rec.verb, rec.id), None, rec.id)
    for par in report.paragraphs:
        label = f"Paragraph {par.number}" if par.number else "Unnumbered paragraph"
        values = (par.id, par.number, par.section, par.agenda_items, par.agenda_items_inherited, par.topics, par.cite, par.text)
        yield Thing("paragraph", label, par.text, par.spans, values, par.id, par.id)
        yield from _points(par.points, par.cite, par.id)
        for voice in par.voices:
            values = (voice.quantifier, voice.noun, voice.verb, par.id, voice.text)
            yield Thing("voice", None, voice.text, voice.spans, values, None, par.id)


def _points(points: tuple[Point, ...], cite: str, unit: str) -> Iterator[Thing]:
    for point in points:
        own = f"{cite} ({point.label})"
        label = f"Point ({point.label})"
        yield Thing("point", label, point.text, point.spans, (point.id, point.label, own, point.text), point.id, unit)
        yield from _points(point.points, own, unit)


def _modality(rec: Recommendation, text: str, newlines: list[int]) -> Spans:
    """Where the modality of a recommendation stands: its only place in the text, or the one right behind an addressee; else unknown."""
    if not rec.modality or not rec.spans:
        return ()
    words = re.escape(rec.modality)
    places = [found.span() for found in re.finditer(rf"(?<!\w){words}(?!\w)", rec.text)]
    if len(places) != 1:
        asked = "|".join(re.escape(one.as_printed) for one in rec.addressees)
        behind = re.search(rf"(?:{asked})\s+({words})(?!\w)", rec.text) if asked else None
        places = [behind.span(1)] if behind else []
    if not places:
        return ()
    located = Located(rec.text, [(span.start, span.end, span.page) for span in rec.spans], text)
    return tuple(
        Span(start=start, end=end, line=bisect_right(newlines, start - 1) + 1, end_line=bisect_right(newlines, end - 2) + 1, page=page)
        for start, end, page in located.ranges(*places[0])
    )


def _names(report: Report) -> list[Thing]:
    """States, organizations, groups, persons and instruments, with all the roles that each has at its place."""
    met: dict[tuple[str, str, Spans | str], dict[str, Any]] = {}

    def name(kind: str, one: Any, role: str, unit: str | None = None, **more: Any) -> None:
        known = met.setdefault((kind, one.id, one.spans or role), {"one": one, "role": [], "unit": unit})
        known["role"].append(role)
        known.update({key: value for key, value in more.items() if value})
        known["unit"] = known["unit"] or unit

    units: tuple[Recommendation | Paragraph, ...] = (*report.recommendations, *report.paragraphs)
    for unit in units:
        for mention in unit.mentions:
            name(mention.kind, mention, "named in the text", unit.id)
        for state in unit.proposed_by if isinstance(unit, Recommendation) else ():
            name("state", state, f"proposed {unit.id}", unit.id)
    for person in report.panellists:
        if person.state:
            name("state", person.state, f"State of {person.name}")
        if person.on_behalf_of:
            name("group", person.on_behalf_of, f"spoken for by {person.name}")
    for verb, lists in (("spoke", report.statements), ("was represented", report.attendance)):
        for one in lists:
            role = f"{verb}: {_role(one)}"
            for speaker in one.states:
                also = [named(other) for other in speaker.also_on_behalf_of]
                name("state", speaker, role, speaking_for=named(speaker.on_behalf_of), also=also)
                _spoken_for(speaker, name)
            for kind, bearers in (("organization", one.organizations), ("group", one.groups), ("person", one.persons)):
                for bearer in bearers:
                    name(kind, bearer, role)
    return [_name(kind, known) for (kind, _, _), known in met.items()]


def _spoken_for(speaker: SpeakingState, name: Any) -> None:
    for other in (*((speaker.on_behalf_of,) if speaker.on_behalf_of else ()), *speaker.also_on_behalf_of):
        state = any(row["id"] == other.id for row in table("states")) and not any(row["id"] == other.id for row in table("groups"))
        name("state" if state else "group", other, f"spoken for by {speaker.name}")


def _name(kind: str, known: dict[str, Any]) -> Thing:
    one = known["one"]
    values: tuple[Any, ...] = (
        one.name,
        one.id,
        one.as_printed,
        list(dict.fromkeys(known["role"])),
        known.get("speaking_for"),
        known.get("also"),
    )
    if kind == "organization":
        acronym = one.acronym if isinstance(one, Organization) else None
        values = (values[0], acronym, *values[1:])
    return Thing(kind, None, one.as_printed, one.spans, values, None, known["unit"])


def _role(one: Statement) -> str:
    parts = [_CAPACITIES.get(one.capacity) or one.capacity.replace("_", " ")]
    if one.paragraph:
        parts.append(f"para. {one.paragraph}")
    if one.agenda_items:
        parts.append(f"item{'s' if len(one.agenda_items) > 1 else ''} {', '.join(one.agenda_items)}")
    return ", ".join(parts)


def _lists(report: Report) -> Iterator[Thing]:
    values: tuple[Any, ...]
    for kind, lists in (("statement", report.statements), ("attendance", report.attendance)):
        for one in lists:
            values = (
                one.paragraph, one.capacity.replace("_", " "), one.agenda_items, one.instrument, [state.name for state in one.states],
                [body.acronym or body.name for body in one.organizations], [group.name for group in one.groups],
                [person.name for person in one.persons], one.count,
            )  # fmt: skip
            role = _role(one)
            yield Thing(kind, role[:1].upper() + role[1:], None, one.spans, values)
    for person in report.panellists:
        values = (
            person.name, person.honorific, person.position, person.organization, named(person.state), named(person.on_behalf_of),
            person.agenda_items, person.paragraphs,
        )  # fmt: skip
        yield Thing("panellist", person.name, None, person.spans, values)


def _rest(report: Report) -> Iterator[Thing]:
    for one in report.references:
        address = link(one.target) if one.kind == "symbol" else None
        yield Thing("reference", None, one.as_printed, one.spans, (one.kind.replace("_", " "), one.target, one.as_printed, address))
    reasons = {span.start: remark.message for remark in report.diagnostics for span in remark.spans}
    for block in report.blocks:
        if block.kind == "unparsed":
            reason = next((reasons[span.start] for span in block.spans if span.start in reasons), None)
            yield Thing("unparsed", "Unparsed text", None, block.spans, (reason,))
    for number, remark in enumerate(report.diagnostics, 1):
        values = (remark.code, remark.severity, remark.message, remark.hint)
        yield Thing("diagnostic", f"{remark.severity.capitalize()} {remark.code}", None, remark.spans, values, f"diag-{number}")
