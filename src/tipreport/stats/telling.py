"""Tables of counts in words: titles, what rows are called, and what the numbers are of."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.stats.counts import Counted, Crossed, Row
from tipreport.stats.dimensions import ORDERED, OTHER
from tipreport.visible import visible

NO_REPORT = "no report"
MEAN = "Mean strength: from 0 to 10 (shall), of the n that have one."
# What is counted: one of it, several of it.
_NOUNS = {
    "reports": ("report", "reports"), "recommendations": ("recommendation", "recommendations"), "points": ("point", "points"),
    "paragraphs": ("paragraph", "paragraphs"), "voices": ("voiced clause", "voiced clauses"),
    "statements": ("entry in lists of speakers", "entries in lists of speakers"), "panellists": ("panellist", "panellists"),
    "attendance": ("entry in lists of those present", "entries in lists of those present"),
    "proposals": ("proposal of a recommendation", "proposals of recommendations"),
    "participation": ("entry of the ledger of participation", "entries of the ledger of participation"),
}  # fmt: skip
_TITLES = {
    "statements": "Speakers listed", "attendance": "Those listed as present", "participation": "Participation in any role",
    "proposals": "Proposals of recommendations", "voices": "Voices",
}  # fmt: skip
_DIMENSIONS = {"group": "regional group", "item": "agenda item", "participant": "kind of participant"}
# What objects without a value are called in their row, and behind their number.
_WITHOUT = {
    "year": ("year not known", "of unknown year"), "body": ("body not known", "of unknown body"), "report": ("report not known", "of unknown report"),
    "status": ("status not told", "neither called draft nor final"), "section": ("outside sections", "outside sections"),
    "group": ("regional group not known", "of unknown regional group"), "item": ("agenda item not told", "under no agenda item that is told"),
}  # fmt: skip


class Line(NamedTuple):
    """A row as it is shown.

    Args:
        label: what it is called.
        row: its numbers.
        share: of the objects, in per cent; "" where there is none.
    """

    label: str
    row: Row
    share: str


def dimension(by: str) -> str:
    """A dimension in words."""
    return _DIMENSIONS.get(by, by)


def title(found: Counted | Crossed) -> str:
    """What a table shows."""
    what = _TITLES.get(found.what, found.what.capitalize())
    by = (found.by,) if isinstance(found, Counted) else found.by
    return f"{what} by {' and '.join(map(dimension, by))}"


def noun(what: str, number: int) -> str:
    """So many of a kind."""
    return f"{number:,} {_NOUNS[what][number != 1]}"


def plural(what: str) -> str:
    """Many of a kind."""
    return _NOUNS[what][1]


def label(by: str, what: str, row: Row, *, short: bool = False) -> str:
    """What a row is called; ``short`` for a column."""
    if row.value is None:
        return f"({without(by, what)[0]})"
    value, name = str(row.value), row.name or str(row.value)
    if by in {"group", "section"}:
        more = f"({name})" if value == OTHER else name
        name = value if short or not row.name else f"{value} {more}"
    return " ".join(visible(name).split())


def without(by: str, what: str) -> tuple[str, str]:
    """What objects are that have no value: as a row, and behind a number."""
    told = _WITHOUT.get(by)
    if told is None:
        noun = {"state": "State", "item": "agenda item"}.get(by, by)
        named = f"naming no {noun}" if what in {"recommendations", "paragraphs"} and by == "state" else f"no {noun}"
        told = (named, named if named.startswith("naming") else f"without {noun}")
    return told


def share(count: int | None, of: int) -> str:
    """A share in per cent, whole; what is less than one is told as that."""
    if count is None or not of:
        return ""
    per_cent = 100 * count / of
    return "<1%" if 0 < per_cent < 1 else ">99%" if 99 < per_cent < 100 else f"{per_cent:.0f}%"


def shared(what: str) -> bool:
    """Whether shares say something: of voices they would be taken for shares of the speakers, whom nobody counted."""
    return what != "voices"


def denominators(found: Counted | Crossed) -> list[str]:
    """What the numbers are of, in sentences."""
    by = (found.by,) if isinstance(found, Counted) else found.by
    missing = (found.missing,) if isinstance(found, Counted) else found.missing
    where = f"{found.holding:,} of {found.reports:,} reports" if found.holding != found.reports else reports(found.reports)
    told = f"of {noun(found.what, found.of)}" + (f" in {where}" if found.what != "reports" else "")
    lacking = [f"{number:,} {without(name, found.what)[1]}" for name, number in zip(by, missing, strict=True) if number]
    lines = ["; ".join([told, *lacking])]
    if found.entries > found.of:
        one = _NOUNS[found.what][0]
        article = "an" if one[0] in "aeiou" else "a"
        lines.append(f"{article} {one} may count several times: {noun(found.what, found.of)}, {found.entries:,} in the table")
    if found.what == "voices":
        lines.append("a quantifier is a rank, not a number of speakers: no share of the speakers can be computed")
    if measured(found):
        lines.append(MEAN.removesuffix("."))
    return [f"{line[0].upper()}{line[1:]}." for line in lines]


def reports(number: int) -> str:
    """So many reports."""
    return f"{number:,} report{'s' if number != 1 else ''}"


def measured(found: Counted | Crossed) -> bool:
    """Whether a table shows the mean strength."""
    return isinstance(found, Counted) and found.by not in {"strength", "modality"} and any(row.measured for row in found.rows)


def mean(row: Row) -> str:
    """The mean strength of a row, with the number it is of."""
    return f"{row.mean:.1f} (n {row.measured:,})" if row.mean is not None and row.measured else ""


def lines(found: Counted, limit: int | None = None, *, folded: bool = True) -> tuple[list[Line], list[Row]]:
    """The rows of a table as they are shown, and those behind the limit (of dimensions without an order of their own).

    ``folded`` makes one line of years in a row that have no report.
    """
    rows = [*found.rows]
    cut: list[Row] = []
    if limit and found.by not in ORDERED and len(rows) > limit:
        told = [row for row in rows if row.value is not None]
        cut = told[limit:]
        rows = [*told[:limit], *(row for row in rows if row.value is None)]
    runs = _runs(rows) if folded else [[row] for row in rows]
    return [_line(found, run) for run in runs], cut


def columns(found: Crossed) -> tuple[list[Row], str]:
    """The columns of a cross table that are shown, and the years that are not, as they have no report, in a sentence."""
    runs = [run for run in _runs([*found.columns]) if run[0].count is None]
    told = [str(run[0].value) if len(run) == 1 else f"{run[0].value} to {run[-1].value}" for run in runs]
    return [column for column in found.columns if column.count is not None], f"{NO_REPORT.capitalize()}: {', '.join(told)}." if told else ""


def _runs(rows: list[Row]) -> list[list[Row]]:
    """Rows, those without a report together."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and row.count is None and runs[-1][0].count is None:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _line(found: Counted, run: list[Row]) -> Line:
    first = label(found.by, found.what, run[0])
    called = f"{first} to {run[-1].value}" if len(run) > 1 else first
    return Line(called, run[0], share(run[0].count, found.of) if shared(found.what) else "")


def rest(cut: list[Row]) -> str:
    """The rows that are not shown, in words."""
    return f"and {len(cut):,} more, with {sum(row.count or 0 for row in cut):,} in all" if cut else ""
