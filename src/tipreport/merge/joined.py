"""What stands beside the units of a report, joined over its parts: agenda, panellists, lists of speakers, footnotes.

``numbers`` holds for each part the number that a paragraph of it has in the whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tipreport.folding import folded
from tipreport.model import AgendaItem, Panellist, Report


def agenda(reports: list[Report], numbers: list[dict[str, Any]]) -> tuple[AgendaItem, ...]:
    """Agenda items, those of one number once, with the paragraphs of all parts."""
    out: dict[str, AgendaItem] = {}
    for place, report in enumerate(reports):
        for item in report.agenda:
            paragraphs = tuple(str(numbers[place].get(number, number)) for number in item.paragraphs)
            known = out.get(item.number)
            out[item.number] = replace(known or item, paragraphs=(*(known.paragraphs if known else ()), *paragraphs))
    return tuple(out.values())


def panellists(reports: list[Report], numbers: list[dict[str, Any]]) -> tuple[Panellist, ...]:
    """Panellists, those of one name joined: the one that says most, with the paragraphs and items of all.

    A surname alone is that of the panellist whose full name another part gives, unless their States differ.
    """
    out: dict[str, Panellist] = {}
    for place, report in enumerate(reports):
        for one in report.panellists:
            person = replace(one, paragraphs=tuple(str(numbers[place].get(number, number)) for number in one.paragraphs))
            known = next((name for name in out if _one_person(out[name], person)), folded(person.name))
            held = out.pop(known, None)
            joined = _joined(held, person) if held else person
            out[folded(joined.name)] = joined
    return tuple(out.values())


def _one_person(one: Panellist, other: Panellist) -> bool:
    names = sorted((folded(one.name), folded(other.name)), key=len)
    states = {person.state.id for person in (one, other) if person.state}
    return names[0] == names[1] or (names[1].endswith(f" {names[0]}") and len(states) < 2)


def _joined(one: Panellist, other: Panellist) -> Panellist:
    fullest = max(
        (one, other),
        key=lambda each: (
            len(each.name.split()),
            sum(bool(getattr(each, name)) for name in ("position", "organization", "state", "on_behalf_of")),
        ),
    )
    return replace(
        fullest, paragraphs=tuple(dict.fromkeys((*one.paragraphs, *other.paragraphs))),
        agenda_items=tuple(dict.fromkeys((*one.agenda_items, *other.agenda_items))),
    )  # fmt: skip


def with_paragraphs(reports: list[Report], numbers: list[dict[str, Any]], kind: str) -> tuple[Any, ...]:
    """Objects of a kind with the number that their paragraph has in the whole."""
    return tuple(
        replace(one, paragraph=str(numbers[place].get(one.paragraph, one.paragraph)) if one.paragraph is not None else None)
        for place, report in enumerate(reports)
        for one in getattr(report, kind)
    )
