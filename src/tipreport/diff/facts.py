"""What is compared by what it is, not by its words: the masthead, panellists, and who took part in which capacity."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.diff.change import Change, Event
from tipreport.diff.units import Unit
from tipreport.folding import folded
from tipreport.model import Masthead, Named, Organization, Record, Spans, SpeakingState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipreport.diff.units import Side

_FIELDS = tuple(name for name in Masthead.__dataclass_fields__ if name not in {"spans", "language"})  # the language is told by the text
_OF_PANELLISTS = ("honorific", "position", "organization", "state", "on_behalf_of", "agenda_items")


class Fact(NamedTuple):
    """Something that a report states.

    Args:
        key: by which it is found on the other side.
        who: by which it is found where the key is another.
        unit: it as a unit.
        values: what is compared besides, as text.
    """

    key: str
    who: str
    unit: Unit
    values: dict[str, str | None]


def changes(kind: str, left: Side, right: Side) -> list[Change]:
    """The changes of masthead, panellists or participants, in the order of the right side; what only the left has stands last."""
    make = {"masthead": _masthead, "panellists": _panellists, "participants": _participants}[kind]
    ones, others = list(make(left)), list(make(right))
    family = kind.removesuffix("s")
    known = {fact.key: fact for fact in ones}
    theirs = {fact.key for fact in others}
    again: dict[str, list[str]] = {}  # who is there under another key, as somebody in another capacity is
    for fact in ones:
        if fact.key not in theirs:
            again.setdefault(fact.who, []).append(fact.key)
    out: list[Change] = []
    for fact in others:
        key = fact.key if fact.key in known or not again.get(fact.who) else again[fact.who].pop(0)
        mate = known.pop(key, None)
        if mate is None:
            event = Event(f"{family}_added", after=fact.unit.text, id=fact.unit.id, name=fact.unit.label, right=fact.unit.spans)
            out.append(Change("added", family, None, fact.unit, 0.0, (event,)))
            continue
        events = tuple(
            Event("field", before=mate.values[name], after=fact.values[name], name=name, left=mate.unit.spans, right=fact.unit.spans)
            for name in fact.values
            if mate.values.get(name) != fact.values[name]
        )
        out.append(Change("reworded" if events else "unchanged", family, mate.unit, fact.unit, 1.0, events))
    for fact in known.values():
        event = Event(f"{family}_dropped", before=fact.unit.text, id=fact.unit.id, name=fact.unit.label, left=fact.unit.spans)
        out.append(Change("dropped", family, fact.unit, None, 0.0, (event,)))
    return out


def _unit(kind: str, ident: str, text: str, spans: Spans, label: str) -> Unit:
    return Unit(kind, ident, None, None, text, spans, None, 0, None, label)


def _masthead(side: Side) -> Iterable[Fact]:
    head = side.report.masthead
    values = {name: getattr(head, name) for name in _FIELDS}
    yield Fact("masthead", "masthead", _unit("masthead", "masthead", head.title or "", head.spans, "masthead"), values)


def _panellists(side: Side) -> Iterable[Fact]:
    for one in side.report.panellists:
        values = {name: _told(getattr(one, name)) for name in _OF_PANELLISTS}
        yield Fact(folded(one.name), folded(one.name), _unit("panellist", one.name, one.name, one.spans, one.name), values)


def _told(value: object) -> str | None:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or None
    if isinstance(value, Record):
        return str(getattr(value, "name"))  # noqa: B009 (a State or group)
    return None if value is None else str(value)


def _participants(side: Side) -> Iterable[Fact]:
    """Everybody in a list of speakers or of those represented, once for each capacity."""
    seen: set[str] = set()
    for one in (*side.report.statements, *side.report.attendance):
        held: tuple[SpeakingState | Organization | Named, ...] = (*one.states, *one.organizations, *one.groups, *one.persons)
        for named in held:
            key = f"{one.capacity}:{named.id}"
            if key not in seen:
                seen.add(key)
                unit = _unit("participant", key, named.as_printed, named.spans, f"{named.name} ({one.capacity})")
                yield Fact(key, named.id, unit, {"capacity": one.capacity})
