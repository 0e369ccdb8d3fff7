"""Corrections of a list of speakers or of those present: capacity, count, and its States, organizations and groups by id."""

from __future__ import annotations

from dataclasses import replace

from tipreport.config import Value
from tipreport.corrections import known
from tipreport.corrections.printed import Finder, Printed, Speaker, speaker
from tipreport.corrections.structure import Refused
from tipreport.gazetteer import Entry
from tipreport.model import Named, Organization, SpeakingState, Statement

_LISTS = {"state": "states", "organization": "organizations", "group": "groups"}
_FEWEST = "to take out the whole list write drop = true"


def changed(one: Statement, changes: dict[str, Value], finder: Finder) -> Statement | None:
    """The list after a correction; None where it is dropped.

    Raises:
        Refused: a name does not stand where it should, or the list would be empty.
    """
    if changes.get("drop") is True:
        return None
    if "capacity" in changes:
        one = replace(one, capacity=str(changes["capacity"]))
    if "count" in changes:
        count = changes["count"]
        one = replace(one, count=count if isinstance(count, int) else None)
    if "instrument" in changes:
        one = replace(one, instrument=str(changes["instrument"]) or None)
    if "agenda_items" in changes:
        one = replace(one, agenda_items=_strings(changes["agenda_items"]))
    one = _names(one, changes, finder)
    if not (one.states or one.organizations or one.groups or one.persons or one.count):
        raise Refused("nothing would be left of the list", _FEWEST)
    return one


def _strings(value: Value) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, tuple) else ()


def _table(value: Value) -> dict[str, str]:
    return dict(pair for pair in value if not isinstance(pair, str)) if isinstance(value, tuple) else {}


def _names(one: Statement, changes: dict[str, Value], finder: Finder) -> Statement:
    """Drop, replace, add, then say on whose behalf."""
    drop, swaps = set(_strings(changes.get("drop", ()))), _table(changes.get("replace", ()))
    printed = _table(changes.get("printed", ()))
    lists: dict[str, list[Speaker]] = {name: [] for name in _LISTS.values()}
    held: list[Speaker] = [*one.states, *one.organizations, *one.groups]
    for name in held:
        if name.id in drop:
            continue
        entry = known.entry(finder.config, swaps[name.id], known.SPEAKERS) if name.id in swaps else None
        made = speaker(entry, _place(one, finder, entry, printed, (name.as_printed, name.spans)), name) if entry else name
        _insert(lists[_list(made)], made)
    for ident in _strings(changes.get("add", ())):
        entry = known.entry(finder.config, ident, known.SPEAKERS)
        if entry is not None and not any(name.id == ident for name in lists[_LISTS[entry.kind]]):
            place = _stands(one, finder, entry, printed)
            if place:
                _insert(lists[_LISTS[entry.kind]], speaker(entry, place))
            else:
                lists[_LISTS[entry.kind]].append(speaker(entry, finder.whole(one.spans)))
    for ident, group in _table(changes.get("on_behalf_of", ())).items():
        _represents(one, lists["states"], ident, group, finder, printed)
    return replace(one, **{name: tuple(names) for name, names in lists.items()})  # type: ignore[arg-type]


def _list(name: Speaker) -> str:
    if isinstance(name, SpeakingState):
        return "states"
    return "organizations" if isinstance(name, Organization) else "groups"


def _place(one: Statement, finder: Finder, entry: Entry, printed: dict[str, str], instead: Printed) -> Printed:
    """The words given, else the place of what is replaced."""
    return finder.stands(one.spans, printed[entry.id]) if entry.id in printed else instead


def _stands(one: Statement, finder: Finder, entry: Entry, printed: dict[str, str]) -> Printed | None:
    """The words given, else where the name stands."""
    return finder.stands(one.spans, printed[entry.id]) if entry.id in printed else finder.find(one.spans, entry)


def _insert(names: list[Speaker], made: Speaker) -> None:
    """Put a name in the order in which the list prints them."""
    start = made.spans[0].start if made.spans else -1
    place = next((at for at, name in enumerate(names) if name.spans and name.spans[0].start > start >= 0), len(names))
    names.insert(place, made)


def _represents(one: Statement, states: list[Speaker], ident: str, group: str, finder: Finder, printed: dict[str, str]) -> None:
    """Say for whom a State of the list spoke."""
    place = next((at for at, name in enumerate(states) if name.id == ident), None)
    state = states[place] if place is not None else None
    if place is None or not isinstance(state, SpeakingState):
        raise Refused(f"no State {ident} is in the list")
    entry = known.entry(finder.config, group, known.GROUPED)
    if entry is None:
        states[place] = replace(state, on_behalf_of=None)
        return
    old = state.on_behalf_of
    if old and old.id == group:
        return
    if group in printed:
        text, spans = finder.stands(one.spans, printed[group])
    else:
        start = state.spans[0].start if state.spans else 0
        before = (old.as_printed, old.spans) if old else (state.as_printed, state.spans)
        text, spans = (None if old else finder.find(one.spans, entry, behind=start)) or before
    states[place] = replace(state, on_behalf_of=Named(id=entry.id, name=entry.name, as_printed=text, spans=spans))
