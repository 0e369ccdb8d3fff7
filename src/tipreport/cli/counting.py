"""What ``tipreport stats`` does."""

from __future__ import annotations

import sys
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
from tipreport.kinds import kinds
from tipreport.search.request import Filters
from tipreport.stats import overview, record
from tipreport.stats.counts import Counted, Crossed, count, cross
from tipreport.stats.dimensions import KINDS, kind_with, known
from tipreport.stats.forms import View
from tipreport.stats.telling import reports

_SUFFIXES = {".html": "html", ".htm": "html", ".svg": "svg", ".png": "png"}  # a start without drawing imports no form
_ROWS, _ROWS_OF_OVERVIEW = 20, 10


class Asked(NamedTuple):
    """The command as given."""

    paths: tuple[str, ...]
    what: str | None
    by: str | None
    limit: int | None
    index_file: str | None
    filters: Filters
    output: Output
    inputs: Inputs
    general: General


def run(asked: Asked) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    form = out.chosen(asked.output, _SUFFIXES)
    if form == "png" and asked.output.output is None and out.is_terminal(sys.stdout):
        raise TipreportError("png is a binary format", "write it to a file: -o plot.png")
    wanted = _wanted(asked)
    if form == "csv" and len(wanted) > 1 and any(len(by) > 1 for _, by in wanted):
        raise TipreportError("a cross table has columns of its own in csv", "name one kind with --what, or take --jsonl")
    settings = settled(asked.inputs, asked.general)
    corpus = opened(asked.paths, asked.index_file, asked.inputs, asked.general, settings, asked.output.output)
    with told(corpus.path):
        found = _found(asked, corpus, wanted)
    if any(one.of for one in found) or form in {"json", "jsonl", "csv"}:
        _show(found, asked, form, settings)
    _remark(found, asked, wanted)
    if corpus.failed:
        raise typer.Exit(2)
    if not any(one.of for one in found):
        raise typer.Exit(1)


def _wanted(asked: Asked) -> list[tuple[str, tuple[str, ...]]]:
    """The tables that are asked for: kind and dimensions; none for the overview."""
    by = tuple(name.strip() for name in (asked.by or "").split(",") if name.strip())
    if asked.by is not None and not 0 < len(by) < 3:
        raise TipreportError(f"--by takes one dimension, or two parted by a comma, not {asked.by!r}")
    if len(by) == 2 and by[0] == by[1]:
        raise TipreportError(f"--by {asked.by}: two different dimensions make a cross table")
    if asked.what is None:
        return [(kind_with(by), by)] if by else []
    named = kinds(asked.what, tuple(KINDS)) or tuple(KINDS)
    if by:
        for what in named:
            known(what, by)
        return [(what, by) for what in named]
    return [(what, (name,)) for what in named for what, name in overview.usual(what)]


def _found(asked: Asked, corpus: Corpus, wanted: list[tuple[str, tuple[str, ...]]]) -> list[Counted | Crossed]:
    filters = corpus.within(asked.filters)
    if not asked.by:
        tables = [(what, by[0]) for what, by in wanted] or overview.TABLES
        return [*overview.tables(corpus.connection, filters, tables)]
    return [
        count(corpus.connection, what, by[0], filters) if len(by) == 1 else cross(corpus.connection, what, by[0], by[1], filters)
        for what, by in wanted
    ]


def _show(found: list[Counted | Crossed], asked: Asked, form: str, settings: Settings) -> None:
    to = asked.output.output
    if form == "csv" and len(found) == 1 and isinstance(found[0], Crossed):
        columns, rows = record.wide(found[0])
        out.put(formed(rows, "csv", columns=columns), to)
    elif form in {"json", "jsonl", "csv"}:
        out.put(formed(record.records(found), form, columns=record.COLUMNS), to)
    else:
        usual = _ROWS if asked.by else _ROWS_OF_OVERVIEW
        view = View(
            title="" if asked.by else f"Counts in {reports(found[0].reports)}", scope=asked.filters.told, width=out.width(), limit=usual if asked.limit is None else asked.limit or None,
            colour=form == "text" and out.wants_colour(settings.color) and to in (None, "-"),
        )  # fmt: skip
        out.put(registry.load("stats/forms", form).render(found, view), to)


def _remark(found: list[Counted | Crossed], asked: Asked, wanted: list[tuple[str, tuple[str, ...]]]) -> None:
    if asked.general.quiet:
        return
    if not any(one.of for one in found):
        what = " or ".join(dict.fromkeys(what for what, _ in wanted)) or "reports"
        note(f"nothing to count: no {what}" + (" that the filters leave" if asked.filters.given else ""))
