"""What ``tipreport diff`` does."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

import typer

from tipreport import registry
from tipreport.cli import output as out
from tipreport.cli import reading, sources
from tipreport.cli.grammar import General, Inputs, Output
from tipreport.cli.records import formed
from tipreport.cli.run import note, say
from tipreport.cli.settings import Settings, index_place, settled
from tipreport.diff import record
from tipreport.diff.change import EVENTS, FATES, STRONGER, WEAKER, Change, Comparison
from tipreport.diff.compare import KINDS, USUAL, compare
from tipreport.diff.telling import summary
from tipreport.diff.units import Side
from tipreport.errors import TipreportError, UnknownNameError
from tipreport.inputs import printable
from tipreport.kinds import kinds
from tipreport.loading import Loaded
from tipreport.redlines import View
from tipreport.visible import visible

_SHOWN = tuple(fate for fate in FATES if fate != "unchanged")
_WIDE = 150
_SORTS = ("place", "score")
_WAYS = (WEAKER, STRONGER)
_CAME_AND_WENT = tuple(f"{family}_{way}" for family in EVENTS for way in ("added", "dropped"))
_WHOLE = {"docx"}  # forms that hold all of both texts


class Asked(NamedTuple):
    """The command as given."""

    left: str
    right: str
    what: str | None
    fate: str | None
    events: str | None
    ids: tuple[str, ...]
    stat: bool
    cite: bool
    limit: int | None
    sort: str | None
    columns: bool | None
    full: bool
    labels: tuple[str, ...]
    index_file: str | None
    output: Output
    inputs: Inputs
    general: General


def run(asked: Asked) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    form = _form(asked)
    named = (kinds(asked.what, KINDS) or KINDS) if asked.what is not None else USUAL
    fates = _listed(asked.fate, FATES, "fate") or (_SHOWN if asked.fate is None else FATES)
    events = _listed(asked.events, (*EVENTS, *_WAYS, *_CAME_AND_WENT), "event") if asked.events is not None else ()
    if len(asked.labels) > 2:
        raise TipreportError("--label names the left and the right: give it twice at most")
    settings = settled(asked.inputs, asked.general)
    place = index_place(asked.index_file, settings)
    out.spare((asked.left, asked.right, place), asked.output.output)
    if asked.left == asked.right == "-":
        raise TipreportError("standard input can be one side only")
    sides = [_side(path, asked, settings, place) for path in (asked.left, asked.right)]
    if any(failed for _, failed in sides):
        raise typer.Exit(2)
    points = {unit.id for side, _ in sides for unit in side.units["points"]}
    if points & {*asked.ids} and "points" not in named:
        named = (*named, "points")
    found = compare(sides[0][0], sides[1][0], named)
    shown = found if form in _WHOLE else _narrowed(found, asked, fates, events)
    _show(shown, found, asked, form, settings)
    if not shown.changes and not asked.general.quiet:
        note("no differences" if found.same else "no such change")
    if asked.ids and not any(_is(change, asked.ids) for change in found.changes):
        if not asked.general.quiet:
            note(f"nothing has the id {', '.join(asked.ids)}; ids look like rec-51, para-4")
        raise typer.Exit(2)
    different = any(change.fate != "unchanged" for change in shown.changes) if asked.fate or events or asked.ids else not found.same
    if different:
        raise typer.Exit(1)


def _form(asked: Asked) -> str:
    """The form of the output."""
    form = out.chosen(
        asked.output, {suffix: name for name in registry.names("redlines") for suffix in registry.load("redlines", name).SUFFIXES}
    )
    if asked.sort is not None and asked.sort not in _SORTS:
        raise UnknownNameError("order", asked.sort, _SORTS)
    if asked.stat and asked.cite:
        raise TipreportError("one of --stat and --cite at a time")
    if asked.cite and form != "text":
        raise TipreportError(f"--cite prints lines of text; it has no form {form}", "leave it out: every record holds its cites")
    if asked.stat and form not in {"text", "json", "jsonl", "csv"}:
        raise TipreportError(f"--stat has no form {form}", "choose text, json, jsonl or csv")
    if form in _WHOLE and (asked.fate or asked.events or asked.ids or asked.limit or asked.stat):
        raise TipreportError(f"{form} holds both texts whole; --fate, --events, --id, --limit and --stat have no use there")
    if form == "docx" and asked.output.output is None and out.is_terminal(sys.stdout):
        raise TipreportError("docx is a binary format", "write it to a file: -o changes.docx")
    return form


def _listed(given: str | None, known: tuple[str, ...], what: str) -> tuple[str, ...]:
    """The names of a list parted by commas; none for "all" or where none is given."""
    names = tuple(name.strip() for name in (given or "").split(",") if name.strip())
    if given is not None and not names:
        raise UnknownNameError(what, given, [*known, "all"])
    for name in names:
        if name not in {*known, "all"}:
            raise UnknownNameError(what, name, [*known, "all"])
    return () if "all" in names else names


def _side(path: str, asked: Asked, settings: Settings, index: str) -> tuple[Side, bool]:
    """A side, and whether an input of it could not be read; several inputs are the parts of one report."""
    if path == os.devnull:  # what git gives for a file that is not there
        from tipreport.api import parse

        return Side(parse("", name=path), ""), False
    given = sources.collect((path,), index)
    parts: list[Loaded] = []
    for one in given:
        try:
            parts.append(reading.report(one, settings.config, settings.encoding, asked.inputs.stdin_name))
        except TipreportError as error:
            say(str(error), error.hint)
    if not parts:
        raise typer.Exit(2)
    if len(given) == 1:
        return Side(*parts[0]), False
    from tipreport.merge.report import merged

    whole = merged(parts)
    if not asked.general.quiet:
        for remark in whole.report.diagnostics:
            if remark.code.startswith("merge/"):
                note(f"{printable(path)}: {remark.message}")
    return Side(*whole), len(parts) < len(given)


def _narrowed(found: Comparison, asked: Asked, fates: tuple[str, ...], events: tuple[str, ...]) -> Comparison:
    """The changes that are to be shown, in the order that was asked for."""
    changes: list[Change] = []
    for change in found.changes:
        if asked.cite and not (record.cite(change.left) or record.cite(change.right)):
            continue
        if change.fate not in fates or (asked.ids and not _is(change, asked.ids)):
            continue
        if events:
            kept = tuple(event for event in change.events if {event.family, event.event, event.direction} & {*events})
            if not kept:
                continue
            change = change._replace(events=kept)
        changes.append(change)
    if asked.sort == "score":
        changes.sort(key=lambda change: change.score)
    return found._replace(changes=tuple(changes[: asked.limit] if asked.limit else changes))


def _is(change: Change, ids: tuple[str, ...]) -> bool:
    """Whether a change is about one of these units; "rec-2" means "rec-2~2" too."""
    return any(unit is not None and (unit.id in ids or unit.id.partition("~")[0] in ids) for unit in (change.left, change.right))


def _show(shown: Comparison, found: Comparison, asked: Asked, form: str, settings: Settings) -> None:
    to = asked.output.output
    if asked.stat:
        counted = record.stat(found._replace(changes=shown.changes) if asked.fate or asked.events or asked.ids else found)
        if form == "text":
            out.put(_table(counted), to)
        elif form == "csv":
            rows = [{"kind": kind, **fates} for kind, fates in counted["fates"].items()]
            out.put(formed(iter(rows), "csv", columns=("kind", *FATES)), to)
        else:
            out.put(formed(iter([counted]), form, single=True), to)
    elif asked.cite:
        out.put("".join(f"{line}\n" for line in _cites(shown)), to)
    elif form in {"json", "jsonl"}:
        out.put(formed((record.record(change) for change in shown.changes), form), to)
    elif form == "csv":
        out.put(formed((record.row(change) for change in shown.changes), "csv", columns=record.COLUMNS), to)
    elif form == "text" and not shown.changes:
        out.put("", to)  # as diff(1): nothing changed, nothing said
    else:
        module = registry.load("redlines", form)
        out.put(module.render(shown, _view(shown, found, asked, settings)), to)


def _view(shown: Comparison, found: Comparison, asked: Asked, settings: Settings) -> View:
    width = out.width()
    names = [*asked.labels, *(printable(path) for path in (asked.left, asked.right)[len(asked.labels) :])]
    lines = summary(shown) if asked.events or asked.fate or asked.ids else summary(found)
    return View(
        labels=(names[0], names[1]),
        width=width,
        colour=out.wants_colour(settings.color) and asked.output.output in (None, "-"),
        columns=asked.columns if asked.columns is not None else width >= _WIDE,
        full=asked.full,
        summary=tuple(lines),
    )


def _table(counted: dict[str, dict[str, dict[str, int]]]) -> str:
    """The counts for people: kinds by fates, then events."""
    fates = [fate for fate in FATES if any(row[fate] for row in counted["fates"].values())]
    lines = [f"{'':16}" + "".join(f"{fate:>12}" for fate in fates)]
    lines += [f"{kind:16}" + "".join(f"{row[fate]:>12,}" for fate in fates) for kind, row in counted["fates"].items()]
    if counted["events"]:
        lines += ["", *(f"{name.replace('_', ' '):22}{count:>6,}" for name, count in counted["events"].items())]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _cites(shown: Comparison) -> list[str]:
    pairs = ((change.fate, (record.cite(change.left), record.cite(change.right))) for change in shown.changes)
    return [visible(f"{fate}: " + " -> ".join(cite or "nothing" for cite in cites)) for fate, cites in pairs]
