"""Corrections of what gives objects their ids: numbers, kinds and sections of units, labels of sections, the masthead.

They are made in the outline, and the report is assembled from it anew: ids, points, cites, blocks, lists and what is said of gaps
in the numbers follow by themselves.
"""

from __future__ import annotations

from dataclasses import replace

from tipreport.blocks import Outline
from tipreport.blocks.outline import Place, Unit
from tipreport.config import Value
from tipreport.patterns import roman

STRUCTURAL = {
    "recommendation": ("number", "section", "kind"),
    "paragraph": ("number", "section", "kind"),
    "section": ("label", "number"),
}


class Refused(Exception):  # noqa: N818 (caught at once, told as a remark)
    """A correction that cannot be made; the message says why, ``hint`` what to do."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def copied(outline: Outline) -> Outline:
    """An outline that can be changed while the given one stays."""
    return replace(
        outline,
        units=[replace(unit) for unit in outline.units],
        places=[replace(place, heading=replace(place.heading)) for place in outline.places],
        kinds=list(outline.kinds),
    )


def unit_order(outline: Outline) -> list[int]:
    """The units of an outline in the order of ``select.units``: recommendations, then paragraphs."""
    kinds = [unit.kind for unit in outline.units]
    recommendations = [place for place, kind in enumerate(kinds) if kind == "recommendation"]
    return recommendations + [place for place, kind in enumerate(kinds) if kind not in {"recommendation", "attendance"}]


def structural(kind: str, changes: tuple[tuple[str, Value], ...]) -> dict[str, str]:
    """Those changes that are made in the outline."""
    return {name: str(value) for name, value in changes if kind == "masthead" or name in STRUCTURAL.get(kind, ())}


def change(outline: Outline, kind: str, place: int, changes: dict[str, str]) -> bool:
    """Change an outline in place; gives whether anything is other than it was.

    Args:
        outline: to change.
        kind: ``masthead``, ``section`` or ``unit``.
        place: of the section among the places, of the unit among the units of the outline.
        changes: what ``structural`` gives.

    Raises:
        Refused: it names a section that is not there; nothing was changed.
    """
    if kind == "masthead":
        before = outline.masthead
        outline.masthead = replace(before, **{name: value or None for name, value in changes.items()})  # type: ignore[arg-type]
        return outline.masthead != before
    return _section(outline, place, changes) if kind == "section" else _unit(outline, place, changes)


def _unit(outline: Outline, index: int, changes: dict[str, str]) -> bool:
    unit = outline.units[index]
    before = (unit.kind, unit.number, unit.place, unit.scope)
    if "section" in changes and changes["section"] != (outline.places[unit.place].label if unit.place is not None else ""):
        unit.place = _place(outline, unit, changes["section"])
        unit.scope = outline.places[unit.place].scope if unit.place is not None else ""
        unit.decision = next((other.decision for other in outline.units if other is not unit and other.place == unit.place), None)
    if "kind" in changes and changes["kind"] != unit.kind:
        for line, owner in enumerate(outline.owners):
            if owner == index and outline.kinds[line] == unit.kind:
                outline.kinds[line] = changes["kind"]
        unit.kind = changes["kind"]
    unit.number = changes.get("number", unit.number) or None
    return before != (unit.kind, unit.number, unit.place, unit.scope)


def _place(outline: Outline, unit: Unit, label: str) -> int | None:
    """The section with a label: the last one above the unit, else the first; None for no section."""
    if not label:
        return None
    found = [place for place, one in enumerate(outline.places) if one.label == label]
    if not found:
        raise Refused(f"there is no section {label!r}")
    above = [place for place in found if outline.places[place].heading.lines[0] < unit.lines[0]]
    return above[-1] if above else found[0]


def _section(outline: Outline, index: int, changes: dict[str, str]) -> bool:
    """A new label; sections and ids below it follow, and so does the printed number where it is the end of the label."""
    place = outline.places[index]
    heading = place.heading
    before = (place.label, heading.label)
    above, _, last = place.label.rpartition(".")
    follows = heading.label == last
    number = changes.get("number", heading.label)
    label = changes.get("label")
    if label is None:
        label = f"{above}.{number}" if follows and number and above else number if follows and number else place.label
    elif follows and "number" not in changes:
        number = label.rpartition(".")[2]
    if (label, number) == before:
        return False
    _relabel(outline, index, label)
    heading.label = number
    heading.value = _value(heading.kind, number) or heading.value
    return True


def _relabel(outline: Outline, index: int, label: str) -> None:
    """Give a section a label, and those below it what follows from that."""
    was = outline.places[index].label
    below: list[Place] = []
    for place in outline.places[index + 1 :]:
        if not place.label.startswith(f"{was}."):
            break
        below.append(place)
    scoped = outline.places[index].scope == was
    changed = range(index, index + 1 + len(below))
    for place in (outline.places[index], *below):
        place.label = label + place.label[len(was) :]
        place.level = place.label.count(".") + 1
        if scoped and place.scope == was:
            place.scope = label
    if scoped:
        for unit in outline.units:
            if unit.place in changed and unit.scope == was:
                unit.scope = label


def _value(kind: str, number: str) -> int:
    """The value of a printed number, for gaps between headings; 0 where it is none."""
    if kind == "roman":
        return roman(number)
    if kind == "letter" and len(number) == 1 and number.isascii() and number.isalpha():
        return ord(number.upper()) - 64
    return int(number) if kind == "arabic" and number.isdecimal() else 0
