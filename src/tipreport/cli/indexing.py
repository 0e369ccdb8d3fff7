"""What ``tipreport index`` does."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from typing import Any, NamedTuple

import typer

from tipreport.cli import output as out
from tipreport.cli import records, sources
from tipreport.cli.failures import Failures
from tipreport.cli.grammar import General, Inputs, Output
from tipreport.cli.progress import ticking
from tipreport.cli.run import emit, note, say
from tipreport.cli.settings import Settings, index_place, plain, settled
from tipreport.errors import InputError, TipreportError
from tipreport.index import build, store
from tipreport.index.corrected import called, current, own
from tipreport.index.schema import APPLICATION_ID, NUMBERS, PLACE_BITS, base
from tipreport.index.verify import verify
from tipreport.inputs import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Walked(NamedTuple):
    """What a look at the disk found."""

    files: list[str]
    roots: list[str]
    gone: list[str]
    troubles: list[InputError]


def add(paths: tuple[str, ...], index: str | None, inputs: Inputs, general: General) -> None:
    """Bring files and folders in."""
    settings = settled(inputs, general)
    path = index_place(index, settings)
    walked = None if os.path.exists(path) else _walk(paths, {})
    if walked is not None:
        if not any(map(os.path.lexists, walked.files)):  # nothing to make an index of
            for error in [*walked.troubles, *(InputError(printable(file), "no such file or directory") for file in walked.files)]:
                say(str(error), error.hint)
            raise typer.Exit(2)
    connection = store.writer(path)
    options = {
        key: value for key, value in (("profile", inputs.profile), ("encoding", inputs.encoding), ("symbol", inputs.symbol)) if value
    }
    with store.told(path):
        known = build.known(connection)
    walked = walked or _walk(paths, known)
    for folder in paths:
        if not general.quiet:
            sources.tell_others(folder)
    _bring(connection, path, walked, settings, general, known, json.dumps(options, sort_keys=True) if options else None)


def update(index: str | None, general: General) -> None:
    """Look through all that was added."""
    settings = plain(general)
    path = index_place(index, settings)
    store.reader(path).close()
    connection = store.writer(path)
    with store.told(path):
        known = build.known(connection)
        roots = [build.as_path(root) for (root,) in connection.execute("SELECT path FROM roots ORDER BY path")]
    walked = _walk(tuple(root for root in roots if os.path.exists(root)), known, again=True)
    lost = [root for root in roots if not os.path.exists(root)]
    beneath = [file for file in known for root in lost if _below(build.as_path(file), root)]
    for root in lost:
        note(f"{printable(root)} is gone; its files leave the index")
    walked = walked._replace(gone=sorted({*walked.gone, *beneath, *lost}))
    _bring(connection, path, walked, settings, general, known, None)


def _walk(paths: tuple[str, ...], known: dict[str, build.Known], *, again: bool = False) -> Walked:
    """The files below some paths, and those that the index knows there but the disk does not; ``again`` lets a folder be empty by now."""
    files: dict[str, None] = {}
    roots: list[str] = []
    gone: list[str] = []
    troubles: list[InputError] = []
    for given in paths:
        if given == "-":
            raise TipreportError("the index keeps files, not standard input", "save the text in a file first")
        path = os.path.abspath(given)
        found = sources.collect((path,))
        below = any(_below(build.as_path(file), path) for file in known) if os.path.isdir(path) else False
        troubles += [
            one.error for one in found if one.error is not None and not ((below or again) and len(found) == 1 and os.path.isdir(path))
        ]
        here = [one.path for one in found if one.error is None]
        if os.path.isdir(path):
            roots.append(path)
            gone += [file for file in known if _below(build.as_path(file), path) and not os.path.exists(build.as_path(file))]
        elif os.path.exists(path):
            roots.append(path)
        files |= dict.fromkeys(here)
    return Walked(list(files), roots, gone, troubles)


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _bring(
    connection: sqlite3.Connection, path: str, walked: Walked, settings: Settings, general: General, known: dict[str, build.Known],
    options: str | None,
) -> None:  # fmt: skip
    """Read what is new or changed, write it, and say what was done."""
    tasks: list[build.Task] = []
    failures = Failures(quiet=general.quiet, verbose=general.verbose)
    for error in walked.troubles:
        failures.meet(error.path, str(error), error.hint)
    same = 0
    with store.told(path):
        names = called(connection, settings.config)
    for file in walked.files:
        held = known.get(build.stored(file))
        asked = options or (own(held.options) if held else "{}")
        as_it_was = held and own(held.options) == asked and current(held.options, names.get(build.stored(file), ()), settings.config)
        if held and as_it_was and held.fits(file):
            same += held.error is None
            if held.error:
                failures.meet(printable(file), held.error, held.hint)
            continue
        told: dict[str, str] = json.loads(asked)
        config = settings.config._replace(
            profile=told.get("profile") or settings.config.profile, symbol=told.get("symbol") or settings.config.symbol
        )
        kept = held.sha256 if held and as_it_was and held.error is None else None
        asked = held.options if held and as_it_was else asked
        tasks.append(build.Task(file, config, told.get("encoding") or settings.encoding, asked, kept))
    with ticking(len(tasks), "indexing", quiet=general.quiet) as tick:

        def ticked(made: build.Made) -> None:
            tick(failed=made.error is not None)
            if made.error is not None:
                failures.meet(made.task.name, made.error, made.hint)
            elif general.verbose:
                note(f"read {made.task.name}")

        roots = map(build.stored, walked.roots)
        counts = build.run(connection, path, tasks, walked.gone, roots=roots, jobs=settings.jobs, tick=ticked)
    counts.unchanged += same
    if not general.quiet:
        note(f"{_told(counts)}; {path} holds {_holds(connection, path)}")
        failures.summary()
    connection.close()
    if failures.count:
        raise typer.Exit(2)


def _told(counts: build.Counts) -> str:
    parts = ((counts.added, "added"), (counts.updated, "updated"), (counts.unchanged, "unchanged"), (counts.removed, "removed"))
    told = [f"{count:,} {word}" for count, word in parts if count]
    if counts.failed:
        told.append(f"{counts.failed:,} could not be read")
    return ", ".join(told) or "nothing to do"


def _holds(connection: sqlite3.Connection, path: str) -> str:
    with store.told(path):
        counted = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("reports", "recommendations", "paragraphs")
        }
    return ", ".join(f"{count:,} {name if count != 1 else name[:-1]}" for name, count in counted.items())


def remove(names: tuple[str, ...], index: str | None, general: General) -> None:
    """Take files, folders or reports out."""
    path = index_place(index, plain(general))
    store.reader(path).close()
    connection = store.writer(path)
    gone: dict[str, None] = {}
    missing = []
    with store.told(path):
        known = build.known(connection)
        for name in names:
            absolute = os.path.abspath(name)
            files = [file for file in known if _below(build.as_path(file), absolute)]
            if not files:
                files = [
                    file
                    for (file,) in connection.execute(
                        f"SELECT path FROM files WHERE report_id IN (SELECT id FROM reports WHERE {store.NAMED})", store.named(name)
                    )
                ]
            missing += [] if files else [name]
            gone |= dict.fromkeys([*files, *([build.stored(absolute)] if files else [])])
    if missing:
        raise TipreportError(f"the index holds no {missing[0]}", "'tipreport index list' shows what it holds")
    before = len(known)
    build.run(connection, path, [], list(gone))
    if not general.quiet:
        note(f"{before - len(build.known(connection)):,} removed; {path} holds {_holds(connection, path)}")
        roots = [build.as_path(root) for (root,) in connection.execute("SELECT path FROM roots")]
        back = [file for file in gone if os.path.exists(build.as_path(file)) and any(_below(build.as_path(file), root) for root in roots)]
        if back:
            note("what lies in a folder that was added comes back with 'index update'; move it elsewhere, or remove the folder")


def list_reports(index: str | None, output: Output, general: General) -> None:
    """The reports, the newest first."""
    settings = plain(general)
    path = index_place(index, settings)
    out.spare((path,), output.output)
    connection = store.reader(path)
    with store.told(path):
        counts = ", ".join(
            f"(SELECT count(*) FROM {kind} WHERE id > ({base(kind)} | (r.id << {PLACE_BITS})) AND id < ({base(kind)} | ((r.id + 1) << {PLACE_BITS}))) AS {kind}"
            for kind in ("recommendations", "paragraphs")
        )
        found = connection.execute(
            f"SELECT r.name AS report, r.date, r.status, r.body, r.title, {counts}, r.warnings, r.characters, r.path FROM reports r "
            "ORDER BY r.date IS NULL, r.date DESC, r.name, r.path"
        )
        rows = _dicts(found)
    for row in rows:
        row["path"] = printable(build.as_path(row["path"]))
    records.put(rows, output, text=_listing, kind="report")


def _listing(rows: list[dict[str, Any]], width: int) -> Iterable[str]:
    wide = min(max([len(row["report"]) for row in rows] + [6]), max(width - 40, 20))
    yield f"{'report':<{wide}}  {'date':<10} {'recs':>5} {'paras':>6}  body\n"
    for row in rows:
        counts = f"{row['recommendations']:>5} {row['paragraphs']:>6}"
        yield f"{row['report']:<{wide}}  {row['date'] or '-':<10} {counts}  {row['body'] or '-'}\n"


def status(index: str | None, output: Output, general: General) -> None:
    """What the index holds and how it stands to the disk."""
    settings = plain(general)
    path = index_place(index, settings)
    out.spare((path,), output.output)
    connection = store.reader(path)
    with store.told(path):
        known = build.known(connection)
        counts = {kind: connection.execute(f'SELECT count(*) FROM "{kind}"').fetchone()[0] for kind in ("reports", *NUMBERS)}
        roots = [printable(build.as_path(root)) for (root,) in connection.execute("SELECT path FROM roots ORDER BY path")]
        bounds = connection.execute("SELECT min(date), max(date) FROM reports").fetchone()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    missing = {file for file in known if not os.path.exists(build.as_path(file))}
    changed = [file for file, held in known.items() if file not in missing and not held.fits(build.as_path(file))]
    row = {
        "index": path, "version": version, "bytes": os.path.getsize(path), "files": len(known), **counts,
        "oldest": bounds[0], "newest": bounds[1], "unreadable": sum(held.error is not None for held in known.values()),
        "changed": len(changed), "missing": len(missing), "roots": roots,
    }  # fmt: skip
    records.put([row], output, text=_standing, kind="status", single=True)


def _standing(rows: list[dict[str, Any]], _width: int) -> Iterable[str]:
    for name, value in rows[0].items():
        if name == "roots":
            yield from (f"{'looks through':<16} {root}\n" for root in value)
        elif value is not None:
            yield f"{name:<16} {f'{value:,}' if isinstance(value, int) else value}\n"
    if rows[0]["changed"] or rows[0]["missing"]:
        yield "files changed since: 'tipreport index update' brings them in\n"


def verify_index(index: str | None, general: General) -> None:
    """Check everything; status 1 where something is wrong."""
    path = index_place(index, plain(general))
    store.reader(path).close()
    try:
        connection = store.writer(path)
    except store.StoreError:
        connection = store.reader(path)
    with store.told(path):
        count = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    with ticking(count, "verifying", quiet=general.quiet) as tick:
        faults = verify(connection, path, tick)
    for fault in faults:
        emit(f"{fault}\n")
    if faults:
        if not general.quiet:
            note(f"{path} is not whole; make it anew with 'tipreport index rebuild'")
        raise typer.Exit(1)
    if not general.quiet:
        note(f"{path} is whole: {_holds(connection, path)}")


def rebuild(index: str | None, general: General) -> None:
    """A new index from the files and folders of the old one, put in its place when it is whole."""
    settings = plain(general)
    path = index_place(index, settings)
    options, roots = _inventory(path)
    fresh = f"{path}.rebuilt-{os.getpid()}"
    try:
        connection = store.writer(fresh)
        there = tuple(root for root in roots if os.path.exists(root))
        walked = _walk(there, {})
        walked_to = set(walked.files)
        files = [*walked.files, *(file for file in options if os.path.exists(file) and file not in walked_to)]
        known = {build.stored(file): build.Known(-1, -1, None, options.get(file, "{}"), None, None) for file in files}
        try:
            _bring(connection, fresh, walked._replace(files=files), settings, general._replace(quiet=True), known, None)
            code = 0
        except typer.Exit as done:
            code = done.exit_code
        connection.close()
        _put_in_place(fresh, path)
    finally:
        for rest in (fresh, f"{fresh}-journal"):
            if os.path.exists(rest):
                os.unlink(rest)
    if not general.quiet:
        note(f"{path} is made anew and holds {_holds(store.reader(path), path)}")
    if code:
        raise typer.Exit(code)


def _put_in_place(fresh: str, path: str) -> None:
    """The new index over the old one, by SQLite itself, which knows of locks and journals; by renaming where the old one is none."""
    new = sqlite3.connect(fresh)
    try:
        with store.told(path), closing(sqlite3.connect(path, timeout=store.WAIT)) as old:
            new.backup(old)
    except store.StoreError as error:
        if not error.damaged:
            raise
        os.replace(fresh, path)
    finally:
        new.close()


def _inventory(path: str) -> tuple[dict[str, str], list[str]]:
    """The files and folders that an index of any version was made from."""
    if not os.path.isfile(path):
        store.reader(path)
    store.look(path)
    try:
        old = store.opened(path, lambda connection: connection)
        if old.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise TipreportError(f"{path}: is no index of tipreport", "it is left as it is; give another file with --index")
        options = {build.as_path(file): told for file, told in old.execute("SELECT path, options FROM files ORDER BY path")}
        roots = [build.as_path(root) for (root,) in old.execute("SELECT path FROM roots ORDER BY path")]
    except sqlite3.Error as error:
        if (getattr(error, "sqlite_errorname", None) or "").startswith("SQLITE_BUSY"):
            with store.told(path):
                raise
        raise TipreportError(f"{path}: cannot tell from which files the index was made", "delete it and add the reports again") from error
    old.close()
    return options, roots


def _dicts(found: sqlite3.Cursor) -> list[dict[str, Any]]:
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]
