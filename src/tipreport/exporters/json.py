"""JSON of the contract: one report as an object, several as a list.

With one kind chosen, its objects alone; with several, an object with those keys. ``export --what`` gives the rows of the tidy
tables instead, with the names of their columns as keys. Characters that a terminal would obey are written as escapes, which
changes no value.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tipreport.exporters import Options, Sheet, Table, View
from tipreport.model import Report, fields_of, to_plain
from tipreport.select import by_id, of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUFFIXES = (".json",)
BEGIN, BETWEEN, END = "[\n", ",\n", "\n]\n"

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def dumps(value: object, *, indent: int | None = None) -> str:
    """JSON text of plain values or objects of a report, in which everything but plain printable characters is escaped."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent, default=fields_of))


def escaped(text: str) -> str:
    """JSON text with escapes for what a terminal would obey."""
    if text.isprintable() or (text.isascii() and "\x7f" not in text):
        return text
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def chosen(report: Report, view: View) -> Any:
    """What a view of a report shows: the report itself, or plain values of parts of it."""
    selection = view.selection
    if selection.everything:
        return report
    if selection.ids:
        found = [one for ident in selection.ids for one in by_id(report, ident)]
        if selection.kinds == ("points",):
            return to_plain([point for one in found for point in one.points])
        return to_plain(found)
    values = {kind: _plain(report, kind) for kind in selection.kinds}
    if len(values) == 1:
        return next(iter(values.values()))
    return values


def _plain(report: Report, kind: str) -> Any:
    if kind == "masthead":
        return to_plain(report.masthead)
    return [{"in": one[0], **to_plain(one[1])} if isinstance(one, tuple) else to_plain(one) for one in of(report, kind)]


def render(report: Report, view: View) -> str:
    """One report, on one line."""
    return dumps(chosen(report, view)) + "\n"


def write(sheets: Iterable[Sheet], options: Options) -> Iterator[str]:
    """Reports as a list; the one report alone where there is one only."""
    if options.single:
        for sheet in sheets:
            yield dumps(sheet.report) + "\n"
        return
    begin = BEGIN
    for sheet in sheets:
        yield begin + dumps(sheet.report)
        begin = BETWEEN
    yield "[]\n" if begin == BEGIN else END


def tabulate(tables: Sequence[Table], options: Options) -> Iterator[str]:  # noqa: ARG001 (JSON has one form)
    """The rows of one table as a list; those of several in an object with the tables' names as keys."""
    several = len(tables) > 1
    for place, table in enumerate(tables):
        before = f"{'{' if place == 0 else ','}\n{dumps(table.name)}: [\n" if several else "[\n"
        parted = before
        for rows in texts(table, typed=False):
            yield parted + ",\n".join(rows)
            parted = ",\n"
        yield f"{before.rstrip()}]" if parted is before else "\n]"
        yield "" if several else "\n"
    if several:
        yield "\n}\n"


def texts(table: Table, *, typed: bool) -> Iterator[list[str]]:
    """The rows of a table as JSON, many at a time; ``typed`` with what a row is called before it."""
    for rows in table.ready("typed" if typed else "object"):
        clean = "\x7f" not in "".join(rows)
        yield [row if clean and (row.isascii() or row.isprintable()) else escaped(row) for row in rows]
