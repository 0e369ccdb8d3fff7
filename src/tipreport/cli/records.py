"""Records of any command as text, JSON, JSON Lines or CSV, to stdout or a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from tipreport.cells import cell
from tipreport.cli import output as out
from tipreport.cli.grammar import Output
from tipreport.exporters.json import dumps
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Record = dict[str, Any]


def put(
    rows: Iterable[Record], output: Output, *, text: Callable[[list[Record], int], Iterable[str]], kind: str,
    single: bool = False,
) -> None:  # fmt: skip
    """Write records in the form that was asked for.

    Args:
        rows: the records; each gets a ``type``.
        output: the options of the command.
        text: makes the lines of the readable form, for a width.
        kind: the ``type`` of the records.
        single: the one record alone, not a list of it, as JSON.
    """
    name = out.chosen(output)
    if name == "text":
        out.put(
            (visible(line) if not line.endswith("\n") else f"{visible(line[:-1])}\n" for line in text(list(rows), out.width())),
            output.output,
        )
        return
    typed = ({"type": kind, **row} for row in rows)
    out.put(formed(typed, name, single=single), output.output)


def formed(rows: Iterable[Record], name: str, *, single: bool = False, columns: tuple[str, ...] | None = None) -> Iterator[str]:
    """Records as JSON, JSON Lines or CSV; the columns of CSV are those given, else the keys of the first record."""
    if name == "jsonl":
        yield from (dumps(row) + "\n" for row in rows)
    elif name == "csv":
        yield from _csv(rows, columns)
    elif single:
        yield from (dumps(row, indent=2) + "\n" for row in rows)
    else:
        begin = "[\n"
        for row in rows:
            yield begin + dumps(row)
            begin = ",\n"
        yield "[]\n" if begin == "[\n" else "\n]\n"


def _csv(rows: Iterable[Record], columns: tuple[str, ...] | None) -> Iterator[str]:
    if columns is not None:
        yield _line(list(columns))
    told = columns is not None
    for row in rows:
        if columns is None:
            columns = tuple(name for name in row if name != "type")
        if not told:
            yield _line(list(columns))
            told = True
        yield _line([cell(row.get(name)) for name in columns])


def _line(cells: list[str]) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerow(cells)
    return made.getvalue()
