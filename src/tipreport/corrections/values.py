"""Corrections of single facts: what a report says of one of its objects, with everything else that repeats it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tipreport.blocks.titles import slug
from tipreport.config import Value
from tipreport.corrections import known, speakers
from tipreport.corrections.objects import Object
from tipreport.corrections.printed import Finder, mention
from tipreport.corrections.structure import Refused
from tipreport.model import Mention, Named, Panellist, Paragraph, Point, Recommendation, Reference, Report, Section, Statement
from tipreport.select import flat, units

Changes = dict[str, Value]
_NAMES = ("add", "drop", "replace")
_MENTIONED = (*known.SPEAKERS, "instrument")


def changed(report: Report, one: Object, changes: Changes, finder: Finder) -> Report:
    """The report after a correction of one of its objects.

    Args:
        report: as it is.
        one: the object as ``objects.objects(report)`` gives it.
        changes: the fields to set, structural ones left out.
        finder: finds names in the text.

    Raises:
        Refused: it cannot be made.
    """
    if one.kind in {"recommendation", "paragraph"}:
        return _unit(report, one, changes, finder)
    if one.kind == "point":
        return _point(report, one, changes)
    if one.kind == "section":
        return replace(report, sections=_put(report.sections, one.place, _section(one.value, changes)))
    if one.kind == "panellist":
        return _panellist(report, one, changes, finder)
    if one.kind in {"statement", "attendance"}:
        name = "statements" if one.kind == "statement" else "attendance"
        made = speakers.changed(one.value, changes, finder)
        return replace(report, **{name: _put(getattr(report, name), one.place, made)})  # type: ignore[arg-type]
    return report


def items_of(unit: Paragraph) -> tuple[str, ...]:
    """The agenda items that a paragraph stands under: those it names, else those it inherits."""
    return unit.agenda_items or unit.agenda_items_inherited


def _put(things: tuple[Any, ...], place: int, made: Any | None) -> tuple[Any, ...]:
    """A list with one of its things replaced, or left out for None."""
    return (*things[:place], *([] if made is None else [made]), *things[place + 1 :])


def _text(value: Value) -> str | None:
    return str(value) or None


def _strings(value: Value) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()


def _table(value: Value) -> dict[str, str]:
    return dict(one for one in value if not isinstance(one, str)) if isinstance(value, tuple) else {}


def _section(section: Section, changes: Changes) -> Section:
    return replace(section, **{name: changes[name] for name in ("title", "continued") if name in changes})  # type: ignore[arg-type]


# Units ---------------------------------------------------------------------------------------------------------


def _unit(report: Report, one: Object, changes: Changes, finder: Finder) -> Report:
    unit: Recommendation | Paragraph = one.value
    made = replace(unit, topics=_strings(changes["topics"])) if "topics" in changes else unit
    if any(name in changes for name in _NAMES):
        made = _mentions(made, changes, finder)
        report = _instruments(report, unit, made)
    if isinstance(made, Recommendation):
        made = _recommendation(made, changes, finder)
    elif "agenda_items" in changes and (items := _strings(changes["agenda_items"])) != items_of(made):
        report = _items(report, made, items)
        made = replace(made, agenda_items=items, agenda_items_inherited=())
    if isinstance(made, Paragraph) and "add_panellists" in changes:
        report = _introduced(report, made, _strings(changes["add_panellists"]), finder)
    return _with_unit(report, one.place, made)


def _with_unit(report: Report, place: int, made: Recommendation | Paragraph) -> Report:
    first = len(report.recommendations)
    if place < first:
        return replace(report, recommendations=_put(report.recommendations, place, made))
    return replace(report, paragraphs=_put(report.paragraphs, place - first, made))


def _recommendation(unit: Recommendation, changes: Changes, finder: Finder) -> Recommendation:
    if "modality" in changes:
        modality, strength = known.modalities().get(str(changes["modality"]), (None, None))
        unit = replace(unit, modality=modality, strength=strength)
    for name in ("verb", "position"):
        if name in changes:
            unit = replace(unit, **{name: _text(changes[name])})  # type: ignore[arg-type]
    kinds = {"addressees": ("addressee", "organization"), "proposed_by": ("state",)}
    printed = _table(changes.get("printed", ()))
    for name, of in kinds.items():
        if name in changes:
            made = _names(getattr(unit, name), _strings(changes[name]), of, unit, finder, printed)
            unit = replace(unit, **{name: made})  # type: ignore[arg-type]
    return unit


def _names(
    old: tuple[Named, ...], wanted: tuple[str, ...], kinds: tuple[str, ...], unit: Recommendation, finder: Finder, printed: dict[str, str]
) -> tuple[Named, ...]:
    """The names wanted: those there as they are, a new one where it stands or in the place of one that goes."""
    there = {one.id: one for one in old}
    gone = [one for one in old if one.id not in wanted]
    out = []
    for ident in dict.fromkeys(wanted):
        entry = known.entry(finder.config, ident, kinds)
        if ident in there:
            out.append(there[ident])
        elif entry is not None:
            before = gone.pop(0) if gone else None
            instead = (before.as_printed, before.spans) if before else None
            out.append(finder.named(unit.spans, entry, instead, printed.get(ident)))
    return tuple(out)


def _mentions(unit: Recommendation | Paragraph, changes: Changes, finder: Finder) -> Recommendation | Paragraph:
    """Mentions, and States that made a recommendation, added, dropped and replaced by id."""
    drop, swaps = set(_strings(changes.get("drop", ()))), _table(changes.get("replace", ()))
    printed = _table(changes.get("printed", ()))
    mentions: list[Mention] = []
    for one in unit.mentions:
        entry = known.entry(finder.config, swaps[one.id], _MENTIONED) if one.id in swaps else None
        if one.id not in drop:
            mentions.append(mention(entry, (one.as_printed, one.spans)) if entry else one)
    for ident in _strings(changes.get("add", ())):
        entry = known.entry(finder.config, ident, _MENTIONED)
        if entry is None or any(one.id == ident for one in mentions):
            continue
        words = printed.get(ident)
        place = finder.stands(unit.spans, words) if words else finder.find(unit.spans, entry)
        if place is None:
            raise Refused(f"no name of {ident} stands in its text", f'say which words: printed = {{ {ident} = "..." }}')
        mentions.append(mention(entry, place))
    mentions.sort(key=lambda one: (one.spans[0].start if one.spans else 0, one.spans[-1].end if one.spans else 0))
    unit = replace(unit, mentions=tuple(mentions))
    if isinstance(unit, Recommendation):
        unit = replace(unit, proposed_by=tuple(_swapped(one, swaps, finder) for one in unit.proposed_by if one.id not in drop))
    return unit


def _swapped(one: Named, swaps: dict[str, str], finder: Finder) -> Named:
    entry = known.entry(finder.config, swaps[one.id], ("state",)) if one.id in swaps else None
    return replace(one, id=entry.id, name=entry.name) if entry else one


def _instruments(report: Report, before: Recommendation | Paragraph, after: Recommendation | Paragraph) -> Report:
    """References to instruments follow the mentions of a unit."""
    was = {one.spans: one.id for one in before.mentions if one.kind == "instrument"}
    now = {one.spans: one.id for one in after.mentions if one.kind == "instrument"}
    if was == now:
        return report
    kept = [
        replace(one, target=now[one.spans]) if one.kind == "instrument" and was.get(one.spans) == one.target and one.spans in now else one
        for one in report.references
        if not (one.kind == "instrument" and one.spans in was and one.spans not in now)
    ]
    kept += [
        Reference(kind="instrument", target=one.id, as_printed=one.as_printed, spans=one.spans)
        for one in after.mentions
        if one.kind == "instrument" and one.spans not in was
    ]
    return replace(report, references=tuple(sorted(kept, key=lambda one: (one.spans[0].start, one.spans[-1].end))))


def _items(report: Report, unit: Paragraph, items: tuple[str, ...]) -> Report:
    """The agenda items of the lists in a paragraph, and of panellists who spoke in it alone, follow those of the paragraph."""
    lists: dict[str, Any] = {
        name: tuple(
            replace(one, agenda_items=items) if one.paragraph == unit.number and _within(one, unit) else one
            for one in getattr(report, name)
        )
        for name in ("statements", "attendance")
    }
    people = tuple(
        replace(one, agenda_items=items) if one.paragraphs == (unit.number,) and _within(one, unit) else one for one in report.panellists
    )
    return replace(report, panellists=people, **lists)


def _within(one: Statement | Panellist, unit: Paragraph) -> bool:
    return bool(one.spans) and any(span.start <= one.spans[0].start < span.end for span in unit.spans)


def _introduced(report: Report, unit: Paragraph, people: tuple[str, ...], finder: Finder) -> Report:
    """Panellists of a paragraph that the parser did not find, where their names stand; the rest is for rows of their own."""
    known_ids = {slug(one.name) or one.name for one in report.panellists}
    panellists = list(report.panellists)
    for name in people:
        if (slug(name) or name) in known_ids:
            continue
        _, spans = finder.stands(unit.spans, name)
        one = Panellist(
            name=name, honorific=None, position=None, organization=None, state=None, on_behalf_of=None, agenda_items=items_of(unit),
            paragraphs=(unit.number,) if unit.number else (), spans=spans,
        )  # fmt: skip
        before = (at for at, other in enumerate(panellists) if other.spans and other.spans[0].start > spans[0].start)
        panellists.insert(next(before, len(panellists)), one)
    return replace(report, panellists=tuple(panellists))


# Points and persons --------------------------------------------------------------------------------------------


def _point(report: Report, one: Object, changes: Changes) -> Report:
    """A label, or one point less: its text still stands in that of the unit."""
    unit = units(report)[one.place]
    points = _relabelled(unit.points, one.value, changes)
    ids = [point.id for point in flat(points)]
    if len(set(ids)) < len(ids):
        raise Refused(f"its unit has a point ({changes['label']}) already")
    return _with_unit(report, one.place, replace(unit, points=points))


def _relabelled(points: tuple[Point, ...], one: Point, changes: Changes) -> tuple[Point, ...]:
    out = []
    for point in points:
        if point is not one:
            out.append(replace(point, points=_relabelled(point.points, one, changes)))
        elif not changes.get("drop"):
            label = str(changes.get("label", point.label))
            stem = point.id.partition("~")[0] if "~" in point.id.rpartition(".")[2] else point.id
            ident = point.id if label == point.label else f"{stem[: -len(point.label)]}{label}"
            out.append(replace(point, id=ident, label=label, points=tuple(_moved(below, point.id, ident) for below in point.points)))
    return tuple(out)


def _moved(point: Point, before: str, after: str) -> Point:
    return replace(point, id=after + point.id[len(before) :], points=tuple(_moved(below, before, after) for below in point.points))


def _panellist(report: Report, one: Object, changes: Changes, finder: Finder) -> Report:
    person: Panellist = one.value
    if changes.get("drop"):
        return replace(report, panellists=_put(report.panellists, one.place, None))
    printed = _table(changes.get("printed", ()))
    made = person
    for name, value in changes.items():
        if name == "name":
            made = replace(made, name=str(value))
        elif name in {"honorific", "position", "organization"}:
            made = replace(made, **{name: _text(value)})  # type: ignore[arg-type]
        elif name == "agenda_items":
            made = replace(made, agenda_items=_strings(value))
        elif name in {"state", "on_behalf_of"}:
            made = replace(made, **{name: _party(made, name, str(value), finder, printed)})  # type: ignore[arg-type]
    report = replace(report, panellists=_put(report.panellists, one.place, made))
    return _renamed(report, person.name, made.name) if made.name != person.name else report


def _party(person: Panellist, name: str, ident: str, finder: Finder, printed: dict[str, str]) -> Named | None:
    """The State or group of a panellist by id; None for an empty one."""
    old: Named | None = getattr(person, name)
    entry = known.entry(finder.config, ident, ("state",) if name == "state" else known.GROUPED)
    if entry is None or (old and old.id == ident):
        return old if entry else None
    return finder.named(person.spans, entry, (old.as_printed, old.spans) if old else None, printed.get(ident))


def _renamed(report: Report, before: str, after: str) -> Report:
    """Mentions of a person follow the name."""
    was, now = (slug(name) or name for name in (before, after))

    def told(unit: Any) -> Any:
        if not any(one.kind == "person" and one.id == was for one in unit.mentions):
            return unit
        mentions = (replace(one, id=now, name=after) if one.kind == "person" and one.id == was else one for one in unit.mentions)
        return replace(unit, mentions=tuple(mentions))

    return replace(report, recommendations=tuple(map(told, report.recommendations)), paragraphs=tuple(map(told, report.paragraphs)))
