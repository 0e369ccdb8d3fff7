"""With which corrections a file of the index was parsed, so that ``index update`` reads it again when those are others.

Kept among the options of the file: a short digest of the rows that name its report, and by which names they do.
"""

from __future__ import annotations

import hashlib
import json

from tipreport.config import Config

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from tipreport.index.build import Task
    from tipreport.model import Report
    from tipreport.spans import Source

_KEY = "corrections"


def own(options: str) -> str:
    """The options of a file as the user gave them."""
    if _KEY not in options:
        return options
    told = json.loads(options)
    told.pop(_KEY, None)
    return json.dumps(told, sort_keys=True)


def stamped(task: Task, report: Report, source: Source) -> Task:
    """The task of a file that was parsed, with the mark of the corrections that name its report among its options."""
    plain, config = own(task.options), task.config
    if not config.corrections:
        return task._replace(options=plain)
    from tipreport.corrections.objects import names, short_hash  # noqa: PLC0415 (who has no corrections does not pay for them)

    # A row for this masthead may have changed the name by which it and others call the report.
    head = short_hash(source.text, report.masthead.spans)
    called = names(report, source) | {row.report for row in config.corrections if row.id == "masthead" and row.text == head}
    told = sorted({row.report for row in config.corrections} & called)
    mark = json.dumps({**json.loads(plain), _KEY: [_digest(config, told), *told]}, sort_keys=True)
    return task._replace(options=mark if told else plain)


def current(options: str, called: Iterable[str], config: Config) -> bool:
    """Whether a file was parsed with the corrections of today.

    Args:
        options: of the file, as the index holds them.
        called: what its report is called there.
        config: of today.
    """
    mark, *held = json.loads(options).get(_KEY, [""]) if _KEY in options else [""]
    told = {*called, *held}
    return bool(_digest(config, told) == mark)


def called(connection: sqlite3.Connection, config: Config) -> dict[str, tuple[str, ...]]:
    """What the reports of all files are called, by the path of the file; nothing where there are no corrections."""
    if not config.corrections:
        return {}
    found = connection.execute(
        "SELECT files.path, reports.name, reports.symbol, files.sha256 FROM files JOIN reports ON reports.id = files.report_id"
    )
    return {row[0]: tuple(name for name in (*row[1:], row[0].replace("\\", "/").rpartition("/")[2]) if name) for row in found}


def _digest(config: Config, told: Iterable[str]) -> str:
    """A digest of the rows that name a report, wherever they stand in the file; empty for none."""
    wanted = set(told)
    rows = [row[:4] for row in config.corrections if row.report in wanted]
    return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()[:12] if rows else ""
