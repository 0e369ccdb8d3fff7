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
    """Panellists, those of one name joined: the first that says most, with the paragraphs and items of all."""
    out: dict[str, Panellist] = {}
    for place, report in enumerate(reports):
        for one in report.panellists:
            one = replace(one, paragraphs=tuple(str(numbers[place].get(number, number)) for number in one.paragraphs))
            known = out.get(folded(one.name))
            if known is not None:
                fullest = max(
                    (known, one),
                    key=lambda each: sum(bool(getattr(each, name)) for name in ("position", "organization", "state", "on_behalf_of")),
                )
                one = replace(
                    fullest, paragraphs=tuple(dict.fromkeys((*known.paragraphs, *one.paragraphs))),
                    agenda_items=tuple(dict.fromkeys((*known.agenda_items, *one.agenda_items))),
                )  # fmt: skip
            out[folded(one.name)] = one
    return tuple(out.values())


def with_paragraphs(reports: list[Report], numbers: list[dict[str, Any]], kind: str) -> tuple[Any, ...]:
    """Objects of a kind with the number that their paragraph has in the whole."""
    return tuple(
        replace(one, paragraph=str(numbers[place].get(one.paragraph, one.paragraph)) if one.paragraph is not None else None)
        for place, report in enumerate(reports)
        for one in getattr(report, kind)
    )
