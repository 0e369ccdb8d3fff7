"""What a command searches: the index, or an index in memory of files given on the spot."""

from __future__ import annotations

import os
import sqlite3
from typing import NamedTuple

from tipreport.cli import output as out
from tipreport.cli.grammar import General, Inputs
from tipreport.cli.settings import Settings, index_place
from tipreport.errors import TipreportError
from tipreport.index import store
from tipreport.search.request import Filters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.index.build import Made


class Corpus(NamedTuple):
    """An open index.

    Args:
        connection: to it.
        path: what messages call it.
        reports: names that the user gave of reports in it; empty for all.
        failed: whether some input could not be read.
        given: whether files were given on the spot.
    """

    connection: sqlite3.Connection
    path: str
    reports: tuple[str, ...] = ()
    failed: bool = False
    given: bool = False

    def within(self, filters: Filters) -> Filters:
        """Filters that also choose the reports that the user named."""
        return filters._replace(report=(*filters.report, *self.reports)) if self.reports else filters


def opened(
    paths: tuple[str, ...], index: str | None, inputs: Inputs, general: General, settings: Settings, target: str | None = None
) -> Corpus:
    """The index where no paths are given or all of them name reports that it knows; else the files.

    ``target`` is the file that will be written.

    Raises:
        StoreError: there is no index, or it cannot be used.
        TipreportError: an input is neither a file nor a report of the index, or would be written over.
    """
    place = index_place(index, settings)
    out.spare((*paths, place), target)
    if not paths:
        return Corpus(store.reader(place), place)
    unknown = [path for path in paths if path != "-" and not os.path.lexists(path)]
    if len(unknown) == len(paths) and os.path.exists(place):
        connection = store.reader(place)
        with store.told(place):
            known = [path for path in paths if _knows(connection, path)]
        if len(known) == len(paths):
            return Corpus(connection, place, paths)
        connection.close()
    return _read(paths, inputs, general, settings)


def _knows(connection: sqlite3.Connection, name: str) -> bool:
    found = connection.execute(f"SELECT 1 FROM reports WHERE {store.NAMED} LIMIT 1", store.named(name))
    return found.fetchone() is not None


def _read(paths: tuple[str, ...], inputs: Inputs, general: General, settings: Settings) -> Corpus:
    """An index in memory of files."""
    from tipreport.cli import sources
    from tipreport.cli.failures import Failures
    from tipreport.cli.progress import ticking
    from tipreport.cli.run import note
    from tipreport.index import build
    from tipreport.inputs import printable
    from tipreport.parallel import mapped

    given = sources.collect(paths)
    failures = Failures(quiet=general.quiet, verbose=general.verbose)
    missing = not any(path == "-" or os.path.lexists(path) for path in paths)
    tasks = []
    for one in given:
        if one.error is not None:
            failures.meet(one.error.path, str(one.error), one.error.hint)
        elif one.path != "-" and not os.path.lexists(one.path):
            hint = "a query of several words wants quotation marks around all of them" if missing and len(paths) < 8 else None
            name = printable(one.path)
            failures.meet(name, f"{name}: no such file, folder or report of the index", hint)
        elif one.path == "-":
            tasks.append(build.Task("-", settings.config, settings.encoding, inputs.stdin_name))
        else:
            tasks.append(build.Task(os.path.abspath(one.path), settings.config, settings.encoding, shown=one.path))
    here = any(task.path == "-" for task in tasks)
    connection = store.memory()
    with ticking(len(tasks), "reading", quiet=general.quiet) as tick:
        made: list[Made] = []
        for result in mapped(_made, tasks, settings.jobs, lost=build.lost, here=here):
            tick(failed=result.error is not None)
            if result.error is not None:
                failures.meet(result.task.name, result.error, result.hint)
                continue
            if general.verbose:
                note(f"read {result.task.name}")
            made.append(result)
    failures.summary()
    if failures.count and not made:
        raise SystemExit(2)
    build.insert_all(connection, made)
    return Corpus(connection, "the files given", failed=failures.count > 0, given=True)


def _made(task):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 (types of index.build, imported when files are read)
    """Make the rows of a file, or of standard input."""
    from tipreport.cli import sources
    from tipreport.index import build
    from tipreport.index.rows import rows
    from tipreport.inputs import decode
    from tipreport.loading import loaded

    if task.path != "-":
        return build.make(task)
    try:
        source = decode(sources.stdin_bytes(task.options), task.options, encoding=task.encoding)
        report, text = loaded(source, task.config)
        return build.Made(task._replace(path=task.options), len(source.text), 0, source.sha256, rows(report, text, task.config, source))
    except TipreportError as error:
        return build.Made(task, error=str(error), hint=error.hint)
