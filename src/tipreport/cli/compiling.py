"""What ``tipreport compile`` does."""

from __future__ import annotations

import sys
from typing import NamedTuple

import typer

from tipreport import registry
from tipreport.cli import output as out
from tipreport.cli.corpus import opened
from tipreport.cli.grammar import General, Inputs, Output
from tipreport.cli.records import formed
from tipreport.cli.run import note
from tipreport.cli.settings import settled
from tipreport.compilation import record
from tipreport.compilation.folding import FLOOR
from tipreport.compilation.forms import View
from tipreport.compilation.gathering import gathered
from tipreport.compilation.grouping import DIMENSIONS, ORDERS, Compilation, compilation
from tipreport.errors import TipreportError, UnknownNameError
from tipreport.index.store import told
from tipreport.search.request import Filters

# A start imports the one form that is asked for.
_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".docx": "docx", ".html": "html", ".htm": "html"}
_BINARY = ("docx",)


class Asked(NamedTuple):
    """The command as given."""

    paths: tuple[str, ...]
    by: str
    short: bool
    fold: bool
    least: float | None
    sort: str | None
    index_file: str | None
    filters: Filters
    output: Output
    inputs: Inputs
    general: General


def run(asked: Asked) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    form = _form(asked)
    settings = settled(asked.inputs, asked.general)
    corpus = opened(asked.paths, asked.index_file, asked.inputs, asked.general, settings, asked.output.output)
    filters = corpus.within(asked.filters)
    with told(corpus.path):
        found = gathered(corpus.connection, filters)
    floor = (FLOOR if asked.least is None else asked.least) if asked.fold else None
    made = compilation(found, asked.by, settings.config, order=asked.sort, floor=floor)
    to = asked.output.output
    if form == "csv":
        out.put(formed(record.rows(made), "csv", columns=record.COLUMNS), to)
    elif form in {"json", "jsonl"}:
        out.put(formed(record.records(made), form), to)
    elif made.chapters:
        view = View(
            scope=asked.filters.told, width=out.width(), short=asked.short,
            colour=form == "text" and out.wants_colour(settings.color) and to in (None, "-"),
        )  # fmt: skip
        out.put(registry.load("compilation/forms", form).render(made, view), to)
    if not made.chapters and not asked.general.quiet:
        note(_nothing(made))
    if corpus.failed:
        raise typer.Exit(2)
    if not made.chapters:
        raise typer.Exit(1)


def _form(asked: Asked) -> str:
    """The form that is asked for; a wrong word is told before anything is read."""
    for what, name, known in (("dimension", asked.by, DIMENSIONS), ("order", asked.sort, ORDERS)):
        if name is not None and name not in known:
            raise UnknownNameError(what, name, known)
    if asked.least is not None and not asked.fold:
        raise TipreportError("--least says what is folded, --no-fold that nothing is", "give one of them")
    form = out.chosen(asked.output, _SUFFIXES)
    if form in _BINARY and asked.output.output in (None, "-") and out.is_terminal(sys.stdout):
        raise TipreportError(
            f"{form} is a binary format", f"write it to a file: -o {'index' if asked.by == 'topic' else 'compilation'}.{form}"
        )
    return form


def _nothing(made: Compilation) -> str:
    counts = made.counts
    held = f"{counts.of_recommendations:,} recommendations in {counts.of_reports:,} reports"
    return f"nothing to compile: no recommendation of {held}" + (" that the filters leave" if counts.of_recommendations else "")
