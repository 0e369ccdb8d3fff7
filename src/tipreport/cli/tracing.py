"""What ``tipreport trace`` does."""

from __future__ import annotations

import os
from typing import NamedTuple

import typer

from tipreport import registry
from tipreport.cli import output as out
from tipreport.cli.corpus import Corpus, opened
from tipreport.cli.grammar import General, Inputs, Output
from tipreport.cli.records import formed
from tipreport.cli.run import note
from tipreport.cli.settings import Settings, settled
from tipreport.errors import TipreportError
from tipreport.index.store import told
from tipreport.redlines import View
from tipreport.search.request import Filters, encodable
from tipreport.trace import record
from tipreport.trace.promises import LEAST as LEAST_OF_TITLES
from tipreport.trace.promises import Promises, promises
from tipreport.trace.timeline import LEAST, Timeline, trace
from tipreport.visible import visible


class Asked(NamedTuple):
    """The command as given."""

    item: str | None
    paths: tuple[str, ...]
    promises: bool
    least: float | None
    full: bool
    cite: bool
    index_file: str | None
    filters: Filters
    output: Output
    inputs: Inputs
    general: General


def run(asked: Asked) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    asked = _told_apart(asked)
    form = out.chosen(
        asked.output, {suffix: name for name in registry.names("timelines") for suffix in registry.load("timelines", name).SUFFIXES}
    )
    if asked.cite and form != "text":
        raise TipreportError(f"--cite prints lines of text; it has no form {form}", "leave it out: every record holds its cite")
    settings = settled(asked.inputs, asked.general)
    corpus = opened(asked.paths, asked.index_file, asked.inputs, asked.general, settings, asked.output.output)
    with told(corpus.path):
        found = _found(asked, corpus, settings)
    _show(found, asked, form, settings)
    nothing = not (found.stops if isinstance(found, Timeline) else found.found)
    if nothing and not asked.general.quiet:
        note(
            f"nothing in {found.searched:,} reports is like it"
            if isinstance(found, Timeline)
            else f"no report of {found.searched:,} sets topics for later meetings"
        )
    if corpus.failed:
        raise typer.Exit(2)
    if nothing:
        raise typer.Exit(1)


def _told_apart(asked: Asked) -> Asked:
    """The item and the paths: with --promises or --id there is no item, and the first argument is a path."""
    if asked.promises or asked.filters.ids:
        paths = (asked.item, *asked.paths) if asked.item is not None else asked.paths
        asked = asked._replace(item=None, paths=paths)
    if asked.filters.ids and not asked.promises:
        if len(asked.filters.ids) > 1:
            raise TipreportError("trace follows one thing: give --id once")
        asked = asked._replace(item=asked.filters.ids[0], filters=asked.filters._replace(ids=()))
    if asked.item is None and not asked.promises:
        raise TipreportError(
            "nothing to follow", "give SYMBOL#rec-51 or words of a recommendation, or --promises; 'tipreport trace --help' says more"
        )
    if asked.item is not None and not asked.paths and os.path.exists(asked.item):
        raise TipreportError(
            f"{asked.item} is a file or folder; what is to be followed in it?", "write 'tipreport trace rec-51 PATH', or --promises"
        )
    return asked._replace(item=asked.item and encodable(asked.item))


def _found(asked: Asked, corpus: Corpus, settings: Settings) -> Timeline | Promises:
    filters = corpus.within(asked.filters)
    if asked.promises:
        return promises(corpus.connection, filters, least=LEAST_OF_TITLES if asked.least is None else asked.least)
    assert asked.item is not None
    found = trace(corpus.connection, asked.item, filters, settings.config, least=LEAST if asked.least is None else asked.least)
    if not asked.general.quiet:
        for name, reason in found.unread:
            note(f"{name}: {reason}; it was left out")
        own = next((stop for stop in found.stops if stop.asked), None)
        if own and own.found and "#" not in asked.item and own.found.unit.id != asked.item:
            note(f"what is most like these words is {own.row.name}#{own.found.unit.id}")
    return found


def _show(found: Timeline | Promises, asked: Asked, form: str, settings: Settings) -> None:
    to = asked.output.output
    timeline = isinstance(found, Timeline)
    if asked.cite:
        out.put("".join(f"{visible(line)}\n" for line in _cites(found)), to)
    elif form in {"json", "jsonl", "csv"}:
        records = record.stops(found) if isinstance(found, Timeline) else record.topics(found)
        if form == "csv":
            rows = (record.stop_row(one) if timeline else record.topic_row(one) for one in records)
            out.put(formed(rows, "csv", columns=record.STOPS if timeline else record.TOPICS), to)
        else:
            out.put(formed(records, form), to)
    else:
        view = View(
            labels=(asked.item or "", ""), width=out.width(), full=asked.full,
            colour=out.wants_colour(settings.color) and to in (None, "-"),
        )  # fmt: skip
        out.put(registry.load("timelines", form).render(found, view), to)


def _cites(found: Timeline | Promises) -> list[str]:
    if isinstance(found, Promises):
        return [promise.cite for promise in found.found]
    return [cite for one in record.stops(found) if (cite := one["cite"] or (one["id"] and f"{one['report']}, {one['id']}"))]
