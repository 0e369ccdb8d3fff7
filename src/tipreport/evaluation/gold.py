"""Files of hand-checked facts: read and looked through, and made from a parsed report for a person to check."""

from __future__ import annotations

import json
import os
from typing import Any

from tipreport.errors import TipreportError, UnknownNameError
from tipreport.evaluation.compare import kinds_of
from tipreport.evaluation.fact import NAMED_VOICES, Row, plain
from tipreport.evaluation.form import ROWS, faults, needed
from tipreport.evaluation.kinds import KINDS
from tipreport.inputs import printable
from tipreport.model import Footnote, Masthead, Named, Organization, Paragraph, Recommendation, Report, Statement

_EDGE = 4  # words of a text that stand for its beginning and its end
# The kinds that a made file lists for its reader to check; the others go with them.
NAMED_KINDS = tuple(
    kind for kind in KINDS if kind not in {"placed", "positions_of_recommendations", "footnotes_held"} and "details" not in kind
)


def files(place: str) -> list[str]:
    """The gold files of a folder, or one file.

    Raises:
        TipreportError: there is none.
    """
    if os.path.isdir(place):
        found = sorted(os.path.join(place, name) for name in os.listdir(place) if name.endswith(".json") and not name.startswith("."))
        if not found:
            raise TipreportError(
                f"{printable(place)}: the folder holds no gold file (*.json)", "make one with 'tipreport eval --make REPORT'"
            )
        return found
    if not os.path.exists(place):
        raise TipreportError(f"{printable(place)}: no such file or folder", "--gold takes a folder of gold files, or one of them")
    return [place]


def load(path: str) -> dict[str, Any]:
    """The facts of a file.

    Raises:
        TipreportError: it cannot be read, or is no gold file; the message names the place.
    """
    name = printable(path)
    try:
        with open(path, encoding="utf-8-sig") as file:
            facts = json.load(file)
    except OSError as error:
        raise TipreportError(f"{name}: {(error.strerror or str(error)).lower()}") from error
    except (ValueError, RecursionError) as error:
        raise TipreportError(f"{name}: is no JSON: {error}") from error
    if not isinstance(facts, dict) or not isinstance(facts.get("report"), str) or not isinstance(facts.get("kinds"), list):
        raise TipreportError(f"{name}: is no gold file", "it names its 'report', and in 'kinds' what is checked and complete")
    for kind in facts["kinds"]:
        if not isinstance(kind, str) or kind not in KINDS:
            raise TipreportError(f"{name}: {UnknownNameError('kind', str(kind), KINDS)}", UnknownNameError("kind", str(kind), KINDS).hint)
    _look(facts, name)
    return facts


def _look(facts: dict[str, Any], name: str) -> None:
    """Look at the rows that will be compared."""
    if not isinstance(facts.get("masthead"), dict | None):
        raise TipreportError(f"{name}: masthead is no object")
    if not isinstance(facts.get("ignore", []), list):
        raise TipreportError(f"{name}: ignore is no list")
    kinds = kinds_of(facts)
    for table in ROWS:
        rows = facts.get(table) or []
        if not isinstance(rows, list):
            raise TipreportError(f"{name}: {table} is no list")
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                raise TipreportError(f"{name}: {table}: row {number} is no object")
            fault = next(faults(table, row, kinds), None)
            if fault is not None:
                says = fault if fault.startswith("has no ") else f": {fault}"
                raise TipreportError(
                    f"{name}: {table}: row {number}{' ' if says is fault else ''}{says}", f"a row of {table} has {', '.join(needed(table))}"
                )


def made(report: Report, name: str) -> dict[str, Any]:
    """A gold file with what the parser found. Nothing of it is scored until a person has checked it and named its kinds.

    Args:
        report: as parsed.
        name: of its file, as the gold file shall call it.
    """
    head = report.masthead
    rows: dict[str, Any] = {
        "report": name,
        "kinds": [],
        "to_check": list(NAMED_KINDS),
        "masthead": {field: getattr(head, field) for field in Masthead.__dataclass_fields__ if field != "spans"},
        "sections": [
            {"label": one.label, "title": one.title, **({"continued": True} if one.continued else {})} for one in report.sections
        ],
        "recommendations": [_recommendation(one) for one in report.recommendations],
        "paragraphs": [_paragraph(one) for one in report.paragraphs],
        "panellists": [
            {
                "name": one.name, "state": one.state.id if one.state else None, "on_behalf_of": one.on_behalf_of.id if one.on_behalf_of else None,
                "position": ", ".join(part for part in (one.position, one.organization) if part),
            }
            for one in report.panellists
        ],
        "statements": [_list(one) for one in report.statements],
        "attendance": [_list(one) for one in report.attendance],
        "agenda": [{"number": one.number, "title": one.title} for one in report.agenda],
        "decisions": [
            {"number": one.number, "title": one.title, "paragraphs": [{"number": number} for number in one.paragraphs]}
            for one in report.decisions
        ],
        "footnotes": [_note(one) for one in report.footnotes],
    }  # fmt: skip
    return rows


def _text(text: str) -> Row:
    words = plain(text).split()
    return {"first": " ".join(words[:_EDGE]), "last": " ".join(words[-_EDGE:]), "words": len(words)}


def _unit(one: Recommendation | Paragraph) -> dict[str, Any]:
    out: dict[str, Any] = {"number": one.number, "section": one.section, **_text(one.text)}
    if one.points:
        out["points"] = [point.label for point in one.points]
    return out


def _recommendation(one: Recommendation) -> dict[str, Any]:
    out = _unit(one) | {"addressees": [who.name for who in one.addressees], "modality": one.modality}
    if one.proposed_by:
        out["proposed_by"] = [who.id for who in one.proposed_by]
    return out | ({"position": one.position} if one.position else {})


def _paragraph(one: Paragraph) -> dict[str, Any]:
    voices = [{"quantifier": voice.quantifier, "verb": voice.verb} for voice in one.voices if voice.quantifier not in NAMED_VOICES]
    out = _unit(one)
    return out | ({"agenda_items": list(one.agenda_items)} if one.agenda_items else {}) | ({"voices": voices} if voices else {})


def _list(one: Statement) -> dict[str, Any]:
    out: dict[str, Any] = {"paragraph": one.paragraph, "capacity": one.capacity, "states": [state.id for state in one.states]}
    behalf = {
        state.id: [_name(who) for who in (state.on_behalf_of, *state.also_on_behalf_of) if who]
        for state in one.states
        if state.on_behalf_of or state.also_on_behalf_of
    }
    more = {
        "organizations": [_name(org) for org in one.organizations], "groups": [_name(group) for group in one.groups],
        "persons": [person.name for person in one.persons], "on_behalf": behalf, "count": one.count,
    }  # fmt: skip
    return out | {key: value for key, value in more.items() if value}


def _name(one: Named | Organization) -> str:
    return getattr(one, "acronym", None) or one.name


def _note(one: Footnote) -> dict[str, Any]:
    return {"mark": one.mark, "paragraph": one.paragraph, **_text(one.text)}
