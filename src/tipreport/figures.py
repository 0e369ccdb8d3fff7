"""Tables with bars as HTML, from plain values: no script, no network, read by screen readers as tables and printed with their bars.

    >>> from tipreport.figures import Bar, Figure, figure
    >>> made = figure(Figure("by-year", "Recommendations by year", "year", "recommendations", (Bar("2019", 13), Bar("2020", None, note="no report"))))
    >>> "<table" in made, "no report" in made
    (True, True)

A bar with ``parts`` is stacked; ``Figure.series`` names them. ``STYLE`` is the style sheet that all figures of a page need
once, with colours for light and dark; it takes the variables ``--ink``, ``--paper``, ``--soft`` and ``--line`` from the page.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tipreport.pages import template
from tipreport.visible import visible

# Okabe and Ito's colours, which people with any kind of colour blindness tell apart, without black; the last is for what is left.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8a8f94")
# From light to dark, for parts that have an order of their own.
SCALE = ("#d9e8f5", "#b3d0ea", "#86b3db", "#5a96c9", "#3679b3", "#1d5e98", "#0f4477", "#082c52")


class Bar(NamedTuple):
    """A row.

    Args:
        label: what it is called.
        number: its number; None where there is none, which is not 0: ``note`` then says why.
        share: of the whole, as text, such as "36%".
        note: what else is to be said, in the last column.
        parts: the numbers of the series, for a stacked bar.
        href: where the label links to.
    """

    label: str
    number: int | None
    share: str = ""
    note: str = ""
    parts: tuple[int | None, ...] = ()
    href: str | None = None


class Figure(NamedTuple):
    """A table with bars.

    Args:
        ident: the id of the element in its page.
        title: the caption.
        head: what the rows are ("year").
        unit: what the numbers count ("recommendations").
        bars: the rows.
        notes: what stands below, first of all the denominators.
        series: the names of the parts of stacked bars.
        ordered: whether the series have an order of their own (years, strengths): their colours then go from light to dark.
        shared: the head of the column of shares ("of 214"); without it there is none.
        noted: the head of the column of notes; without it notes stand in place of bars.
    """

    ident: str
    title: str
    head: str
    unit: str
    bars: tuple[Bar, ...]
    notes: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    ordered: bool = False
    shared: str = ""
    noted: str = ""


def colour(place: int, series: int, *, ordered: bool) -> str:
    """The colour of one of so many series; without an order those behind the palette share its last."""
    if not ordered:
        return PALETTE[min(place, len(PALETTE) - 1)]
    return SCALE[round(place * (len(SCALE) - 1) / max(series - 1, 1))]


def figure(one: Figure) -> Any:
    """The figure as markup that a template of ours takes as it is."""
    from markupsafe import Markup  # noqa: PLC0415 (comes with jinja2; a page only pays for it)

    most = max([sum(part or 0 for part in bar.parts) if bar.parts else bar.number or 0 for bar in one.bars] + [1])
    rows = [
        {**bar._asdict(), "label": visible(bar.label), "note": visible(bar.note), "pieces": _pieces(bar, most, one)} for bar in one.bars
    ]
    heads = [
        {"name": visible(name), "colour": colour(place, len(one.series), ordered=one.ordered)} for place, name in enumerate(one.series)
    ]
    filled = {**one._asdict(), "title": visible(one.title), "notes": [visible(note) for note in one.notes]}
    text: str = template(__file__, "figures.html.jinja").render(**filled, rows=rows, heads=heads)
    return Markup(text)  # noqa: S704 (the template escapes)


def _pieces(bar: Bar, most: int, one: Figure) -> list[dict[str, str]]:
    """The rectangles of a bar: where they begin and how wide they are, in per cent."""
    if not bar.parts:
        return [{"x": "0", "width": _width(bar.number or 0, most), "colour": PALETTE[0]}] if bar.number else []
    at, pieces = 0, []
    for place, part in enumerate(bar.parts):
        if part:
            filled = colour(place, len(one.series), ordered=one.ordered)
            pieces.append({"x": _width(at, most), "width": _width(part, most), "colour": filled})
        at += part or 0
    return pieces


def _width(part: int, most: int) -> str:
    return f"{100 * part / most:.2f}".rstrip("0").rstrip(".")


STYLE = """\
.figure { margin: 0 0 2.2rem; }
.figure .wide { overflow-x: auto; }
.figure table { border-collapse: collapse; width: 100%; font: .9rem/1.4 system-ui, sans-serif; }
.figure caption { text-align: left; font-weight: 600; font-size: 1.05rem; padding: 0 0 .4rem; overflow-wrap: anywhere; }
.figure th, .figure td { padding: .18rem .6rem .18rem 0; text-align: left; vertical-align: middle; font-weight: 400; }
.figure thead th { color: var(--soft); border-bottom: 1px solid var(--line); vertical-align: bottom; }
.figure tbody th { overflow-wrap: anywhere; min-width: 5rem; max-width: 22rem; }
.figure .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 1%; }
.figure .bar { width: 50%; min-width: 6rem; padding-right: 0; }
.figure .bar svg { display: block; width: 100%; height: 1rem; }
.figure .bar rect { stroke: var(--paper); stroke-width: 1px; }
.figure .swatch { display: inline-block; width: .8rem; height: .8rem; vertical-align: -.08rem; }
.figure .note { color: var(--soft); white-space: nowrap; }
.figure figcaption { color: var(--soft); font: .85rem/1.5 system-ui, sans-serif; margin-top: .4rem; max-width: 60rem; }
.figure figcaption p { margin: 0; }
@media print { .figure { break-inside: avoid; } }
"""
