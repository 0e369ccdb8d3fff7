"""The corrections of one report, made: rows matched, the outline changed, facts set, and what became of each row told."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from tipreport.assemble import assemble
from tipreport.blocks import Outline
from tipreport.config import Config, Correction, Value
from tipreport.corrections.fields import check, kinds_of, strange
from tipreport.corrections.objects import Object, names, objects, short_hash
from tipreport.corrections.printed import Finder
from tipreport.corrections.structure import Refused, change, copied, structural, unit_order
from tipreport.corrections.values import changed, items_of
from tipreport.diagnostics import CODES
from tipreport.model import Remark, Report, Spans

_AGAIN = "look at it again; 'tipreport parse FILE --id {} --to correction' prints a row for its text as it is now"


_UNITS = ("recommendation", "paragraph")


class _Held(NamedTuple):
    """An object of a row, so that it is found again in a report that was assembled anew."""

    kind: str  # unit for a recommendation or paragraph, else as of the object
    place: int  # of the unit or section in the outline; of a list or person among those with the same spans
    before: Object  # as it was when it was matched


def corrected(outline: Outline, config: Config) -> Report:
    """The report of an outline with the corrections of the configuration that name it.

    A pure function, as ``assemble``; without a correction for this report it gives the same.

    Raises:
        ConfigError: a row sets a field that its object does not have, or names what no table knows.
    """
    check(config)
    refused: dict[int, Refused] = {}
    while True:  # a row is made as a whole or not at all: what it changed in the outline is not there in the next turn
        run = _Run(outline, config, refused)
        report = run.run()
        if not run.again:
            return report


@lru_cache(maxsize=4)
def _by_report(rows: tuple[Correction, ...]) -> dict[str, list[tuple[int, Correction]]]:
    out: dict[str, list[tuple[int, Correction]]] = {}
    for place, row in enumerate(rows):
        out.setdefault(row.report, []).append((place, row))
    return out


class _Run:
    def __init__(self, outline: Outline, config: Config, refused: dict[int, Refused]) -> None:
        self.refused, self.again = refused, False
        self.config = config._replace(corrections=())
        self.by_report = _by_report(config.corrections)
        self.source = outline.source
        self.outline = outline
        self.report = assemble(outline, self.config)
        self.listed: tuple[Report, dict[str, Object]] | None = None
        self.names = names(self.report, self.source)
        self.held: dict[int, _Held] = {}
        self.finder = Finder(outline, self.config)
        self.remarks: list[Remark] = []

    def run(self) -> Report:
        """Structure first, then facts, row by row."""
        if not self._rows():
            return self.report
        self.outline = copied(self.outline)
        while self._restructured():
            self.report = assemble(self.outline, self.config)
            self.names |= names(self.report, self.source)
        for place, row in self._rows():
            self._make(place, row)
        remarks = (*self.report.diagnostics, *self.remarks)
        ordered = sorted(remarks, key=lambda one: (one.spans[0].start if one.spans else -1, one.code, one.message))
        return replace(self.report, diagnostics=tuple(ordered))

    def _rows(self) -> list[tuple[int, Correction]]:
        """The rows that name this report, in the order of the file."""
        return sorted(row for name in self.names for row in self.by_report.get(name, ()))

    def _objects(self) -> dict[str, Object]:
        """The objects of the report as it is now, by id."""
        if self.listed is None or self.listed[0] is not self.report:
            self.listed = (self.report, {one.id: one for one in objects(self.report)})
        return self.listed[1]

    # ------------------------------------------------------------------ what a row speaks of
    def _object(self, row: Correction) -> Object | None:
        """The object of a row if it is there with the text that the row was written for."""
        one = self._objects().get(row.id)
        return one if one and self._fits(one, row) and not strange(one.kind, row.changes) else None

    def _fits(self, one: Object, row: Correction) -> bool:
        return short_hash(self.source.text, one.value.spans) == row.text

    def _restructured(self) -> bool:
        """Match rows against the report as it is now and change the outline; gives whether it must be assembled anew."""
        order = unit_order(self.outline)
        waiting = ((place, row, self._object(row)) for place, row in self._rows() if place not in self.held and place not in self.refused)
        found = [(place, row, self._hold(one, order)) for place, row, one in waiting if one is not None]
        again = False
        for place, row, held in found:
            try:
                again |= self._change(held, row)
            except Refused:
                continue  # a section that a later row may name; else it is told in the end
            self.held[place] = held
        return again

    def _change(self, held: _Held, row: Correction) -> bool:
        changes = structural(held.before.kind, row.changes)
        return bool(changes) and change(self.outline, held.kind, held.place, changes)

    def _hold(self, one: Object, order: list[int]) -> _Held:
        if one.kind in _UNITS:
            return _Held("unit", order[one.place], one)
        if one.kind == "point":
            return _Held("point", order[one.place], one)
        if one.kind in {"section", "masthead"}:
            return _Held(one.kind, one.place, one)
        same = [other for other in self._objects().values() if (other.kind, other.value.spans) == (one.kind, one.value.spans)]
        return _Held(one.kind, same.index(one), one)

    def _now(self, held: _Held) -> Object | None:
        """The object that is held, in the report as it is now; None where it is there no more."""
        among = self._objects().values()
        if held.kind in {"unit", "point"}:
            order = unit_order(self.outline)
            place = order.index(held.place) if held.place in order else -1
            kinds = _UNITS if held.kind == "unit" else ("point",)
            same = [one for one in among if one.kind in kinds and one.place == place]
            return (
                same[0] if same and held.kind == "unit" else next((one for one in same if one.value.spans == held.before.value.spans), None)
            )
        if held.kind in {"section", "masthead"}:
            return next((one for one in among if (one.kind, one.place) == (held.kind, held.place)), None)
        same = [one for one in among if (one.kind, one.value.spans) == (held.kind, held.before.value.spans)]
        return same[min(held.place, len(same) - 1)] if same else None

    # ------------------------------------------------------------------ one row
    def _make(self, place: int, row: Correction) -> None:
        """Set the facts of a row, and tell what became of it."""
        held = self.held.get(place)
        one = self._now(held) if held else self._object(row)
        if one is None:
            self._stale(row)
            return
        facts = {name: value for name, value in row.changes if name not in structural(one.kind, row.changes)}
        try:
            if place in self.refused:
                raise self.refused[place]
            if held is None and len(facts) < len(row.changes):
                self._refuse(one, row)
            made = changed(self.report, one, facts, self.finder)
        except Refused as refusal:
            if held and len(facts) < len(row.changes):
                self.refused[place], self.again = refusal, True
            self._say("correction/stale", f"{row.id}: {refusal}; the correction was not made", one.value.spans, refusal.hint)
            return
        told, same = self._told(one, held.before if held else one, row)
        self.report = made
        now = f", now {one.id}," if one.id != row.id else ""
        if told:
            hint = f"{_so(same)} so without it" if same else None
            self._say("correction/applied", f"{row.id}{now} was corrected: {'; '.join(told)}", one.value.spans, hint)
        else:
            self._idle(row, same, one.value.spans)

    def _refuse(self, one: Object, row: Correction) -> None:
        """Say again why the outline could not be changed."""
        held = self._hold(one, unit_order(self.outline))
        change(copied(self.outline), held.kind, held.place, structural(one.kind, row.changes))
        raise Refused("what it sets must be set before what other corrections set")

    def _told(self, one: Object, before: Object, row: Correction) -> tuple[list[str], list[str]]:
        """What a row changes, in words, and the fields that are so without it."""
        told, same = [], []
        for name, value in row.changes:
            if name == "printed":
                continue
            if self._differs(one, before, name, value, row):
                told.append(_words(before if name in structural(one.kind, row.changes) else one, name, value))
            else:
                same.append(name)
        return told, same

    def _differs(self, one: Object, before: Object, name: str, value: Value, row: Correction) -> bool:
        if name in structural(one.kind, row.changes):
            return (held_value(before, name) or "") != str(value)
        printed = {key: words for key, words in row.changes if key == "printed"}
        try:
            return changed(self.report, one, {name: value, **printed}, self.finder) != self.report
        except Refused:
            return True  # alone it cannot be made; with the other fields it can

    def _stale(self, row: Correction) -> None:
        """Tell of a row that no longer fits; of one that the parser needs no more that it is idle."""
        there = self._objects().get(row.id)
        kinds = kinds_of(row.id)
        wanted = _UNITS if kinds[0] in _UNITS else kinds
        same = [one for one in self._objects().values() if one.kind in wanted and self._fits(one, row)]
        for one in same:
            told, idle = self._told(one, one, row) if not strange(one.kind, row.changes) else (["strange"], [])
            if one.id != row.id and idle and not told:
                self._idle(row, idle, one.value.spans)
                return
        hint = _AGAIN.format(row.id)
        if there is not None and self._fits(there, row):
            message = f"{row.id} is a {there.kind}, which has no such field {strange(there.kind, row.changes)}"
        elif there is not None:
            message = f"{row.id} has another text than the one that was corrected"
        else:
            message = f"there is no {row.id}"
        if there not in same and len(same) == 1:
            hint = f'that text stands as {same[0].id} now: write id = "{same[0].id}"'
        self._say("correction/stale", f"{message}; the correction was not made", there.value.spans if there else (), hint)

    def _idle(self, row: Correction, fields: list[str], spans: Spans) -> None:
        told = f"{_so(fields)} so without it" if fields else "it sets nothing"
        self._say("correction/idle", f"{row.id}: the correction changes nothing: {told}", spans, None)

    def _say(self, code: str, message: str, spans: Spans, hint: str | None) -> None:
        self.remarks.append(Remark(code=code, severity=CODES[code][0], message=message, hint=hint, spans=spans))


def _so(fields: list[str]) -> str:
    return f"{', '.join(fields)} {'is' if len(fields) == 1 else 'are'}"


def held_value(one: Object, name: str) -> Any:
    """What an object has in a field."""
    if name == "agenda_items" and one.kind == "paragraph":
        return items_of(one.value)
    return one.kind if name == "kind" else getattr(one.value, name)


def _words(one: Object, name: str, value: Value) -> str:
    """A change in words: ``number '5' -> '6'``, ``add PRY``."""
    new = _shown(value)
    if (
        name in {"add", "drop", "replace", "add_panellists"}
        or isinstance(value, bool)
        or (name == "on_behalf_of" and not isinstance(value, str))
    ):
        return f"{name} {new}" if new != "true" else name
    return f"{name} {_shown(held_value(one, name))} -> {new}"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "none"
    if value is True or value is False:
        return str(value).lower()
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return ", ".join(f"{key} = {one or 'none'}" for key, one in value)
        return ", ".join(one if isinstance(one, str) else one.id for one in value) or "none"
    return repr(value) if isinstance(value, (str, int)) else str(value.id)
