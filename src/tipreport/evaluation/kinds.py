"""Every kind of fact: what a gold file wants, and what a report has, as facts of one form.

Two measures: strict, for specimens whose author wrote down everything, and usual, for gold of real reports (docs/eval.md).
"""

# ruff: noqa: ARG001 (all of one form, whether they need the gold file or not)
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from tipreport.evaluation.fact import NAMED_VOICES, Fact, Row, bare, plain
from tipreport.model import Named, Organization, Report, Statement

Kind = tuple[Callable[[Row], Iterable[Fact]], Callable[[Report, Row], Iterable[Fact]]]

_SPEAKER = 3  # parts of the key of a speaker: paragraph, capacity, who
_TITLE = 40  # letters of the title of a section that must agree by the usual measure


# ---------------------------------------------------------------------- helpers
def _rows(facts: Row, key: str) -> Sequence[Row]:
    rows: Sequence[Row] = facts.get(key) or ()
    return rows


def _words(row: Row) -> tuple[str, str, int]:
    return (row["first"], row["last"], int(row["words"]))


def _ident(thing: object) -> str:
    """The id of a State or group as an author writes it: a string, or an object with an id."""
    if isinstance(thing, Mapping):
        return str(thing.get("id") or thing.get("name") or "")
    return str(thing or "")


# The European Union is a party here and an organization there.
_SAME = {"eu": "europeanunion", "euu": "europeanunion"}


def _calls(thing: object) -> frozenset[str]:
    """All names of an organization or group, bare."""
    if isinstance(thing, Mapping):
        values: Iterable[object] = (thing.get(key) for key in ("id", "acronym", "name", "as_printed"))
    elif isinstance(thing, (Named, Organization)):
        values = (thing.id, getattr(thing, "acronym", None), thing.name, thing.as_printed)
    else:
        values = (thing,)
    # "the Conference" and "Conference" are one addressee.
    forms = (re.sub("^the(?=.)", "", bare(value)) for value in values if value)
    return frozenset(_SAME.get(form, form) for form in forms)


def _unit_rows(facts: Row) -> Iterable[tuple[str, Row]]:
    for name, key in (("rec", "recommendations"), ("para", "paragraphs")):
        for row in _rows(facts, key):
            yield name, row


# ---------------------------------------------------------------------- kinds: what is wanted, what was found
def _masthead_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((key, plain(value).casefold())) for key, value in (facts.get("masthead") or {}).items() if value is not None)


def _masthead_found(report: Report, facts: Row) -> Iterable[Fact]:
    told = ((key, getattr(report.masthead, key, None)) for key in facts.get("masthead") or {})
    return (Fact((key, plain(value).casefold())) for key, value in told if value is not None)


def _sections_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((row["label"], _title(row["title"], facts), str(bool(row.get("continued"))))) for row in _rows(facts, "sections"))


def _sections_found(report: Report, facts: Row) -> Iterable[Fact]:
    return (Fact((one.label, _title(one.title, facts), str(one.continued))) for one in report.sections)


def _title(title: str, facts: Row) -> str:
    return bare(title) if facts["strict"] else bare(title)[:_TITLE]


def _recommendations_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((str(row.get("number")),), words=_words(row)) for row in _rows(facts, "recommendations"))


def _recommendations_found(report: Report, facts: Row) -> Iterable[Fact]:
    return (Fact((str(one.number),), text=one.text) for one in report.recommendations)


def _paragraphs_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((str(row.get("number")),), words=_words(row)) for row in _rows(facts, "paragraphs"))


def _paragraphs_found(report: Report, facts: Row) -> Iterable[Fact]:
    unnumbered = not facts["strict"] or any(row.get("number") is None for row in _rows(facts, "paragraphs"))
    return (
        Fact((str(one.number),), text=one.text)
        for one in report.paragraphs
        if one.number is not None or (unnumbered and not facts.get("numbered_only"))
    )


def _placed_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((name, str(row.get("number")), row["section"])) for name, row in _unit_rows(facts) if row.get("section"))


def _placed_found(report: Report, facts: Row) -> Iterable[Fact]:
    for name, units in (("rec", report.recommendations), ("para", report.paragraphs)):
        placed = {str(row.get("number")) for which, row in _unit_rows(facts) if which == name and row.get("section")}
        for unit in units:
            if unit.section and str(unit.number) in placed:
                yield Fact((name, str(unit.number), unit.section))


def _points_wanted(facts: Row) -> Iterable[Fact]:
    for name, row in _unit_rows(facts):
        for point in row.get("points") or ():
            yield Fact((name, str(row.get("number")), (point if isinstance(point, str) else point["label"]).strip("()")))


def _points_found(report: Report, facts: Row) -> Iterable[Fact]:
    for name, units in (("rec", report.recommendations), ("para", report.paragraphs)):
        for unit in units:
            yield from (Fact((name, str(unit.number), point.label)) for point in unit.points)


def _addressees_wanted(facts: Row) -> Iterable[Fact]:
    for row in _rows(facts, "recommendations"):
        yield from (Fact((str(row.get("number")),), names=_calls(who)) for who in row.get("addressees") or ())


def _addressees_found(report: Report, facts: Row) -> Iterable[Fact]:
    return (Fact((str(one.number),), names=_calls(who)) for one in report.recommendations for who in one.addressees)


def _modality_wanted(facts: Row) -> Iterable[Fact]:
    return (
        Fact((str(row.get("number")), plain(row["modality"]).lower())) for row in _rows(facts, "recommendations") if row.get("modality")
    )


def _modality_found(report: Report, facts: Row) -> Iterable[Fact]:
    return (Fact((str(one.number), plain(one.modality).lower())) for one in report.recommendations if one.modality)


def _proposed_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((str(row.get("number")), _ident(who))) for row in _rows(facts, "recommendations") for who in row.get("proposed_by") or ())


def _proposed_found(report: Report, facts: Row) -> Iterable[Fact]:
    return (Fact((str(one.number), who.id)) for one in report.recommendations for who in one.proposed_by)


def _position_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((str(row.get("number")), row["position"])) for row in _rows(facts, "recommendations") if row.get("position"))


def _position_found(report: Report, facts: Row) -> Iterable[Fact]:
    told = {str(row.get("number")) for row in _rows(facts, "recommendations") if "position" in row}
    return (Fact((str(one.number), one.position)) for one in report.recommendations if one.position and one.number in told)


def _items_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((str(row.get("number")), str(item))) for row in _rows(facts, "paragraphs") for item in row.get("agenda_items") or ())


def _items_found(report: Report, facts: Row) -> Iterable[Fact]:
    return (Fact((str(one.number), item)) for one in report.paragraphs for item in one.agenda_items)


def _voices_wanted(facts: Row) -> Iterable[Fact]:
    for row in _rows(facts, "paragraphs"):
        yield from (Fact((str(row.get("number")), voice["quantifier"], voice["verb"])) for voice in row.get("voices") or ())


def _voices_found(report: Report, facts: Row) -> Iterable[Fact]:
    for one in report.paragraphs:
        yield from (
            Fact((str(one.number), voice.quantifier, voice.verb.lower())) for voice in one.voices if voice.quantifier not in NAMED_VOICES
        )


def _people_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((bare(row["name"]), _ident(row.get("state")), _ident(row.get("on_behalf_of")))) for row in _rows(facts, "panellists"))


def _people_found(report: Report, facts: Row) -> Iterable[Fact]:
    for one in report.panellists:
        yield Fact((bare(one.name), one.state.id if one.state else "", one.on_behalf_of.id if one.on_behalf_of else ""))


def _posts_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((bare(row["name"]), bare(row["position"]))) for row in _rows(facts, "panellists") if "position" in row)


def _posts_found(report: Report, facts: Row) -> Iterable[Fact]:
    told = {bare(row["name"]) for row in _rows(facts, "panellists") if "position" in row}
    for one in report.panellists:
        if bare(one.name) in told:
            yield Fact((bare(one.name), bare(", ".join(part for part in (one.position, one.organization) if part))))


def _lists_wanted(rows: Sequence[Row], facts: Row) -> Iterable[Fact]:
    for row in rows:
        where = (str(row.get("paragraph")), row["capacity"])
        behalf = row.get("on_behalf") or {}
        for state in row.get("states") or ():
            yield Fact((*where, _ident(state)))
            for who in behalf.get(_ident(state), ()):
                yield Fact((*where, _ident(state), "for"), names=_calls(who))
        if not facts.get("states_only"):
            for key in ("organizations", "groups"):
                yield from (Fact((*where, key), names=_calls(one)) for one in row.get(key) or ())
        yield from (Fact((*where, "person", bare(one))) for one in row.get("persons") or ())
        if row.get("count") is not None:
            yield Fact((*where, "count", str(row["count"])))


def _lists_found(lists: tuple[Statement, ...], rows: Sequence[Row], facts: Row) -> Iterable[Fact]:
    told = {key for row in rows for key in row}
    counted = {(str(row.get("paragraph")), row["capacity"]) for row in rows if row.get("count") is not None}
    behalf = {(str(row.get("paragraph")), row["capacity"], who) for row in rows for who in row.get("on_behalf") or ()}
    for one in lists:
        where = (str(one.paragraph), one.capacity)
        for state in one.states:
            yield Fact((*where, state.id))
            if (*where, state.id) in behalf:
                for who in (state.on_behalf_of, *state.also_on_behalf_of):
                    if who:
                        yield Fact((*where, state.id, "for"), names=_calls(who))
        if not facts.get("states_only"):
            for org in one.organizations:
                if not any(bare(skip) in name for skip in facts.get("ignore", ()) for name in _calls(org)):
                    yield Fact((*where, "organizations"), names=_calls(org))
        if "groups" in told or facts["strict"]:
            yield from (Fact((*where, "groups"), names=_calls(group)) for group in one.groups)
        if "persons" in told:
            yield from (Fact((*where, "person", bare(person.name))) for person in one.persons)
        if one.count is not None and (where in counted or (facts["strict"] and not (one.states or one.organizations or one.groups))):
            yield Fact((*where, "count", str(one.count)))


def _is_detail(fact: Fact) -> bool:
    """Whether a fact of a list is no speaker of it: a group, a person, a count, those spoken for."""
    return len(fact.key) > _SPEAKER or fact.key[2] == "groups"


def _lists(key: str) -> Kind:
    """The speakers of lists; by the strict measure with all details."""

    def wanted(facts: Row) -> Iterable[Fact]:
        return (one for one in _lists_wanted(_rows(facts, key), facts) if facts["strict"] or not _is_detail(one))

    def found(report: Report, facts: Row) -> Iterable[Fact]:
        every = _lists_found(getattr(report, key), _rows(facts, key), facts)
        return (one for one in every if facts["strict"] or not _is_detail(one))

    return wanted, found


def _details(key: str) -> Kind:
    """What lists say besides their speakers, as far as the gold says it."""

    def wanted(facts: Row) -> Iterable[Fact]:
        return (one for one in _lists_wanted(_rows(facts, key), facts) if _is_detail(one))

    def found(report: Report, facts: Row) -> Iterable[Fact]:
        return (one for one in _lists_found(getattr(report, key), _rows(facts, key), facts) if _is_detail(one))

    return wanted, found


def _notes_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((str(row["mark"]),), words=_words(row)) for row in _rows(facts, "footnotes"))


def _notes_found(report: Report, facts: Row) -> Iterable[Fact]:
    return (Fact((one.mark,), text=one.text) for one in report.footnotes)


def _held_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((str(row["mark"]), str(row["paragraph"]))) for row in _rows(facts, "footnotes") if row.get("paragraph"))


def _held_found(report: Report, facts: Row) -> Iterable[Fact]:
    told = {str(row["mark"]) for row in _rows(facts, "footnotes") if row.get("paragraph")}
    return (Fact((one.mark, str(one.paragraph))) for one in report.footnotes if one.mark in told)


def _agenda_wanted(facts: Row) -> Iterable[Fact]:
    return (Fact((str(row.get("number")), bare(row["title"]))) for row in _rows(facts, "agenda"))


def _agenda_found(report: Report, facts: Row) -> Iterable[Fact]:
    return (Fact((str(one.number), bare(one.title))) for one in report.agenda)


def _decisions_wanted(facts: Row) -> Iterable[Fact]:
    for row in _rows(facts, "decisions"):
        yield Fact((str(row["number"]), bare(row["title"])))
        yield from (Fact((str(row["number"]), "paragraph", str(one["number"]))) for one in row["paragraphs"])


def _decisions_found(report: Report, facts: Row) -> Iterable[Fact]:
    for one in report.decisions:
        yield Fact((str(one.number), bare(one.title)))
        yield from (Fact((str(one.number), "paragraph", number)) for number in one.paragraphs)


KINDS: dict[str, Kind] = {
    "masthead": (_masthead_wanted, _masthead_found),
    "sections": (_sections_wanted, _sections_found),
    "recommendations": (_recommendations_wanted, _recommendations_found),
    "points": (_points_wanted, _points_found),
    "addressees": (_addressees_wanted, _addressees_found),
    "modality": (_modality_wanted, _modality_found),
    "proposed_by": (_proposed_wanted, _proposed_found),
    "positions_of_recommendations": (_position_wanted, _position_found),
    "paragraphs": (_paragraphs_wanted, _paragraphs_found),
    "placed": (_placed_wanted, _placed_found),
    "agenda_items": (_items_wanted, _items_found),
    "panellists": (_people_wanted, _people_found),
    "positions": (_posts_wanted, _posts_found),
    "statements": _lists("statements"),
    "statement_details": _details("statements"),
    "attendance": _lists("attendance"),
    "attendance_details": _details("attendance"),
    "voices": (_voices_wanted, _voices_found),
    "footnotes": (_notes_wanted, _notes_found),
    "footnotes_held": (_held_wanted, _held_found),
    "agenda": (_agenda_wanted, _agenda_found),
    "decisions": (_decisions_wanted, _decisions_found),
}
# What a gold file says beside a kind that it calls complete is compared too.
BESIDE = {
    "sections": ("placed",),
    "recommendations": ("positions_of_recommendations",),
    "footnotes": ("footnotes_held",),
    "statements": ("statement_details",),
    "attendance": ("attendance_details",),
}
