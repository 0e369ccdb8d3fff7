"""Tables with bars as one page of HTML that needs nothing else: read by keyboard and screen reader, in light and dark, on paper."""

from __future__ import annotations

from tipreport.figures import STYLE, Bar, Figure, figure
from tipreport.pages import template
from tipreport.stats.counts import Counted, Crossed
from tipreport.stats.dimensions import OTHER
from tipreport.stats.forms import View
from tipreport.stats.telling import (
    NO_REPORT,
    columns,
    denominators,
    dimension,
    label,
    lines,
    mean,
    measured,
    plural,
    reports,
    rest,
    title,
)
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = (".html", ".htm")


def render(found: Sequence[Counted | Crossed], view: View) -> str:
    """The page."""
    shown = [of_table(one, view.limit) for one in found]
    heading = view.title or f"Counts in {reports(found[0].reports)}"
    page: str = template(__file__).render(
        title=visible(heading), scope=visible(view.scope), style=STYLE, figures=[(one, figure(one)) for one in shown]
    )
    return page.rstrip("\n") + "\n"


def of_table(found: Counted | Crossed, limit: int | None = None, *, folded: bool = True) -> Figure:
    """A table of counts as a figure; rows behind the limit are told in a note, years without reports are ``folded`` to one row."""
    return _counted(found, limit, folded=folded) if isinstance(found, Counted) else _crossed(found, limit, folded=folded)


def _counted(found: Counted, limit: int | None, *, folded: bool) -> Figure:
    shown, cut = lines(found, limit, folded=folded)
    strong = measured(found)
    bars = tuple(
        Bar(line.label, line.row.count, line.share, NO_REPORT if line.row.count is None else mean(line.row) if strong else "")
        for line in shown
    )
    return Figure(
        f"{found.what}-by-{found.by}", title(found), dimension(found.by), plural(found.what), bars, _notes(found, rest(cut)),
        shared=f"of {found.of:,}" if any(line.share for line in shown) else "", noted="mean strength" if strong else "",
    )  # fmt: skip


def _crossed(found: Crossed, limit: int | None, *, folded: bool) -> Figure:
    by, across = found.by
    single = Counted(found.what, by, found.rows, found.of, 0, found.missing[0], found.reports, found.holding)
    shown, cut = lines(single, limit, folded=folded)
    seen, unseen = columns(found) if folded else ([*found.columns], "")
    bars = tuple(
        Bar(line.label, line.row.count, line.share, NO_REPORT if line.row.count is None else "", tuple(found.at(line.row, one) for one in seen))
        for line in shown
    )  # fmt: skip
    return Figure(
        f"{found.what}-by-{by}-and-{across}", title(found), dimension(by), plural(found.what), bars, _notes(found, rest(cut), unseen),
        series=tuple(label(across, found.what, one, short=True) for one in seen), ordered=across in {"year", "strength"},
        left=sum(one.value in {None, OTHER} for one in seen),
        shared=f"of {found.of:,}" if any(line.share for line in shown) else "",
    )  # fmt: skip


def _notes(found: Counted | Crossed, left: str, *more: str) -> tuple[str, ...]:
    return tuple(filter(None, (left and f"{left[0].upper()}{left[1:]}.", *more, *denominators(found))))
