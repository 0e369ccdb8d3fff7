"""Tables of counts as rows for other programs."""

from __future__ import annotations

from typing import Any

from tipreport.cells import cell
from tipreport.stats.counts import Counted, Crossed
from tipreport.stats.telling import without

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Record = dict[str, Any]
# The columns of tables by one dimension, in CSV.
COLUMNS = (
    "what", "by", "value", "name", "count", "of", "share", "entries", "missing", "reports", "reports_searched", "mean_strength", "mean_of",
)  # fmt: skip


def records(found: Iterable[Counted | Crossed]) -> Iterator[Record]:
    """One record a row of a table, or a cell of a cross table.

    ``share`` is ``count`` of ``of``, rounded to four places (none of voices); ``value`` is None where the reports do not
    say, ``count`` is None for a year without a report.
    """
    for one in found:
        yield from _rows(one) if isinstance(one, Counted) else _cells(one)


def _rows(one: Counted) -> Iterator[Record]:
    for row in one.rows:
        yield {
            "type": "count", "what": one.what, "by": one.by, "value": row.value, "name": row.name, "count": row.count, "of": one.of,
            "share": _share(one.what, row.count, one.of), "entries": one.entries, "missing": one.missing, "reports": row.reports,
            "reports_searched": one.reports, "mean_strength": row.mean, "mean_of": row.measured,
        }  # fmt: skip


def _cells(one: Crossed) -> Iterator[Record]:
    for row in one.rows:
        for column in one.columns:
            number = one.at(row, column)
            yield {
                "type": "cell", "what": one.what, "by": one.by[0], "value": row.value, "name": row.name, "across": one.by[1],
                "across_value": column.value, "across_name": column.name, "count": number, "of": one.of,
                "share": _share(one.what, number, one.of), "entries": one.entries, "missing": one.missing[0], "across_missing": one.missing[1],
                "reports_searched": one.reports,
            }  # fmt: skip


def _share(what: str, number: int | None, of: int) -> float | None:
    return None if number is None or not of or what == "voices" else round(number / of, 4)


def wide(one: Crossed) -> tuple[tuple[str, ...], Iterator[Record]]:
    """A cross table as columns and rows: the values of the second dimension are columns."""
    heads: list[str] = []
    for column in one.columns:
        head = cell(column.value) if column.value is not None else f"({without(one.by[1], one.what)[0]})"
        heads.append(head if head not in {one.by[0], *heads} else f"{head} ({one.by[1]})")
    rows = (
        {one.by[0]: row.value, **{head: one.at(row, column) for head, column in zip(heads, one.columns, strict=True)}} for row in one.rows
    )
    return (one.by[0], *heads), rows
