"""The figures of a site. Every one says what its numbers are of; a year without reports is no zero."""

from __future__ import annotations

from functools import cache
from typing import Any

from tipreport.figures import Bar, Figure, figure
from tipreport.site.show import MODALITIES, count
from tipreport.stats.counts import Counted, Crossed, Row, Value
from tipreport.stats.counts import count as counted
from tipreport.stats.counts import cross as crossed
from tipreport.stats.dimensions import OTHER
from tipreport.stats.telling import MEAN, NO_REPORT, denominators, label, mean, share

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipreport.site.scene import Scene
    from tipreport.site.values import Value as Known

_MANY = 5  # addressees with a colour of their own
_TOP = 15  # rows of a figure on the first page
_LISTED = "entries in lists of speakers"


def folded(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    """Rows of years, in which years without reports that follow one another are one row."""
    out: list[Bar] = []
    for bar in bars:
        if out and bar.note == out[-1].note == NO_REPORT and bar.number is None:
            out[-1] = bar._replace(label=f"{out[-1].label.split('–')[0]}–{bar.label}", href=None)
        else:
            out.append(bar)
    return tuple(out)


class Charts:
    """Figures from tables that are counted once.

    Args:
        scene: the reports.
        values: all values, for the links of rows.
    """

    def __init__(self, scene: Scene, values: dict[str, list[Known]]) -> None:
        self.scene = scene
        self.pages = {(one.kind, one.ident): one for found in values.values() for one in found if one.kind != "strength"}
        self.cross = cache(lambda what, by, across: crossed(scene.connection, what, by, across))
        self.count = cache(lambda what, by: counted(scene.connection, what, by))
        self._speakers: tuple[dict[Any, int], dict[Any, int]] | None = None

    def _href(self, kind: str, ident: Value, root: str) -> str | None:
        known = self.pages.get((kind, ident))
        return root + known.page if known else None

    def _missing(self, row: Row) -> str:
        return NO_REPORT if row.count is None else ""

    # ------------------------------------------------------------------ the whole corpus
    def addressees_by_year(self, root: str) -> Any:
        """Recommendations by year, by addressee: the commonest, and all others together."""
        found: Crossed = self.cross("recommendations", "year", "addressee")
        named = [one for one in found.columns if one.value is not None]
        top, rest = named[:_MANY], named[_MANY:]
        without = [one for one in found.columns if one.value is None]
        series = [
            *(label("addressee", "recommendations", one) for one in top),
            *(["others"] if rest else []),
            *(["no addressee"] if without else []),
        ]
        bars = []
        for row in found.rows:
            parts = [found.at(row, one) for one in top]
            for some in filter(None, (rest, without)):
                parts.append(None if row.count is None else sum(found.at(row, one) or 0 for one in some))
            bars.append(
                Bar(
                    label("year", "recommendations", row),
                    row.count,
                    "",
                    self._missing(row),
                    tuple(parts),
                    self._href("year", row.value, root),
                )
            )
        return figure(Figure(
            "by-year", "Recommendations by year and addressee", "Year", "recommendations", folded(bars), tuple(denominators(found)), tuple(series),
            left=len(series) - len(top),
        ))  # fmt: skip

    def strength_by_year(self, root: str) -> Any:
        """How strong recommendations are, by year, with the mean."""
        found: Crossed = self.cross("recommendations", "year", "strength")
        means = {row.value: mean(row) for row in self.count("recommendations", "year").rows}
        bars = tuple(
            Bar(label("year", "recommendations", row), row.count, "", means.get(row.value) or self._missing(row),
                tuple(found.at(row, one) for one in found.columns), self._href("year", row.value, root))
            for row in found.rows
        )  # fmt: skip
        return figure(Figure(
            "strength", "Strength of recommendations over time", "Year", "recommendations", folded(bars),
            (*denominators(found), f"Strength: {MODALITIES}, after the verb of the recommendation; the mean is of those that have one."),
            tuple(label("strength", "recommendations", one, short=True) for one in found.columns), ordered=True,
            left=sum(one.value is None for one in found.columns), noted="mean strength",
        ))  # fmt: skip

    def speakers_by_year(self, root: str) -> Any:
        """Who spoke, by year and regional group."""
        found: Crossed = self.cross("statements", "year", "group")
        listing = self.speaking()[1]
        bars = tuple(
            Bar(label("year", "statements", row), row.count if listing.get(row.value) else None, "",
                count(listing[row.value], "report") if listing.get(row.value) else NO_REPORT if row.count is None else "no list of speakers",
                tuple(found.at(row, one) if listing.get(row.value) else None for one in found.columns), self._href("year", row.value, root))
            for row in found.rows
        )  # fmt: skip
        return figure(Figure(
            "balance", "Who spoke, by regional group", "Year", "entries", folded(bars), tuple(denominators(found)),
            tuple(label("group", "statements", one, short=True) for one in found.columns),
            left=sum(one.value in {None, OTHER} for one in found.columns), noted="in",
        ))  # fmt: skip

    def top(self, what: str, by: str, title: str, root: str, limit: int = _TOP) -> Any:
        """The commonest values of a dimension."""
        found: Counted = self.count(what, by)
        rows = [row for row in found.rows if row.value is not None]
        kept = rows[:limit]  # those without a value are told below
        bars = tuple(
            Bar(label(by, what, row), row.count, share(row.count, found.of), "", (), self._href(by, row.value, root)) for row in kept
        )
        more = (f"And {len(rows) - limit:,} more with fewer.",) if len(rows) > limit else ()
        return figure(
            Figure(
                f"{what}-{by}",
                title,
                by.capitalize(),
                what,
                bars,
                (*more, *(told for told in denominators(found) if told != MEAN)),
                shared=f"of {found.of:,}",
            )
        )

    # ------------------------------------------------------------------ one value
    def by_year(self, value: Known, root: str) -> Any:
        """The recommendations of a value by year, each of all recommendations of the year; of a body, of its reports."""
        found: Crossed = self.cross("recommendations", value.kind, "year")
        reports: Crossed | None = self.cross("reports", "body", "year") if value.kind == "body" else None
        bars, total = [], 0
        for year in found.columns:
            number: int | None = found.cells.get((value.ident, year.value), 0)
            note = f"of {year.count:,}" if year.count is not None else NO_REPORT
            if reports is not None:
                mine = reports.cells.get((value.ident, year.value), 0)
                number, note = (number, count(mine, "report")) if mine else (None, NO_REPORT)
            bars.append(
                Bar(
                    label("year", "recommendations", year),
                    number if year.count is not None else None,
                    "",
                    note,
                    (),
                    self._href("year", year.value, root),
                )
            )
            total += number or 0
        if not total:
            return None
        notes = (f"{count(total, 'recommendation')} of {found.of:,} in {count(found.reports, 'report')}.",)
        return figure(
            Figure(
                "by-year",
                "Recommendations by year",
                "Year",
                "number",
                folded(bars),
                notes,
                noted="of all in the year" if reports is None else "in",
            )
        )

    def of_year(self, year: Known, by: str, title: str, root: str) -> Any:
        """The recommendations of a year by a dimension."""
        found: Crossed = self.cross("recommendations", by, "year")
        of = next((one.count for one in found.columns if one.value == year.ident), 0) or 0
        rows = [(row, number) for row in found.rows if (number := found.cells.get((row.value, year.ident), 0))]
        if by != "strength":
            rows.sort(key=lambda one: (one[0].value is None, -one[1]))
        if not rows:
            return None
        bars = tuple(
            Bar(label(by, "recommendations", row), number, share(number, of), "", (), self._href(by, row.value, root))
            for row, number in rows[:_TOP]
        )
        more = (f"And {len(rows) - _TOP:,} more with fewer.",) if len(rows) > _TOP else ()
        notes = (*more, f"Of {count(of, 'recommendation')}{'' if by == 'strength' else '; one may count several times'}.")
        return figure(Figure(f"by-{by}", title, by.capitalize(), "number", bars, notes, shared=f"of {of:,}"))

    def balance_of(self, year: Known) -> Any:
        """Who spoke in a year, by regional group."""
        found: Crossed = self.cross("statements", "group", "year")
        of = sum(found.cells.get((row.value, year.ident), 0) for row in found.rows)
        if not of:
            return None
        bars = tuple(
            Bar(label("group", "statements", row), number, share(number, of)) for row in found.rows
            if (number := found.cells.get((row.value, year.ident), 0)) or row.value is not None
        )  # fmt: skip
        lists = self.speaking()[1].get(year.ident, 0)
        notes = (f"Of {of:,} {_LISTED if of != 1 else 'entry in a list of speakers'} in {count(lists, 'report')} that have such lists.",)
        return figure(Figure("balance", "Who spoke, by regional group", "Regional group", "entries", bars, notes, shared=f"of {of:,}"))

    # ------------------------------------------------------------------ speakers
    def speaking(self) -> tuple[dict[Any, int], dict[Any, int]]:
        """Reports in which a State spoke, by (State, year); and reports that list speakers, by year."""
        if self._speakers is None:
            run = self.scene.connection.execute
            each = run(
                "SELECT p.name_id, r.year, count(DISTINCT p.report_id) FROM participations p JOIN reports r ON r.id = p.report_id "
                "WHERE p.kind = 'state' AND p.role = 'spoke' GROUP BY 1, 2"
            )
            spoke = {(ident, year): number for ident, year, number in each}
            lists = run(
                "SELECT r.year, count(DISTINCT p.report_id) FROM participations p JOIN reports r ON r.id = p.report_id WHERE p.role = 'spoke' GROUP BY 1"
            )
            self._speakers = spoke, dict(lists.fetchall())
        return self._speakers

    def spoke(self, state: Known, root: str) -> Any:
        """In how many reports a State spoke, by year, of those that list speakers."""
        spoke, lists = self.speaking()
        bars, total = [], 0
        for year in self.count("reports", "year").rows:
            of = lists.get(year.value, 0)
            number = spoke.get((state.ident, year.value), 0) if of else None
            note = f"of {of:,}" if of else NO_REPORT if year.count is None else "no list of speakers"
            bars.append(Bar(label("year", "reports", year), number, share(number, of), note, (), self._href("year", year.value, root)))
            total += number or 0
        if not total:
            return None
        notes = (f"In {total:,} of {count(sum(lists.values()), 'report')} that list speakers.",)
        return figure(
            Figure(
                "spoke-by-year",
                "Reports in which it spoke, by year",
                "Year",
                "reports",
                folded(bars),
                notes,
                shared="share",
                noted="of reports",
            )
        )
