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

# Okabe and Ito's colours, which people with any kind of colour blindness tell apart, without black.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")
GREY = "#8a8f94"  # of what is left: other, unknown, those behind the palette
_THIN = 60  # a part of a bar that is so many times smaller than the longest is thin
_SCALE = (0xCFE1F2, 0x5A96C9, 0x082C52)  # from light to dark, for parts that have an order of their own


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
        left: how many series at the end are what is left (other, unknown): they are grey.
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
    left: int = 0
    shared: str = ""
    noted: str = ""


def colours(one: Figure) -> tuple[str, ...]:
    """The colour of each series; what is left is grey, and so are the smallest of more series than the palette has colours for."""
    named = len(one.series) - one.left
    if one.ordered:
        return (*(_shade(place / max(named - 1, 1)) for place in range(named)), *[GREY] * one.left)
    totals = [sum(bar.parts[place] or 0 for bar in one.bars) for place in range(named)]
    kept = sorted(sorted(range(named), key=lambda place: -totals[place])[: len(PALETTE)])
    return tuple(PALETTE[kept.index(place)] if place in kept else GREY for place in range(len(one.series)))


def stack(bar: Bar, filled: tuple[str, ...]) -> list[tuple[int, str]]:
    """The parts of a bar with their colours, in the order in which they are drawn: grey ones last."""
    if not bar.parts:
        return [(bar.number, PALETTE[0])] if bar.number else []
    parts = [(part, own) for part, own in zip(bar.parts, filled, strict=True) if part]
    return sorted(parts, key=lambda one: one[1] == GREY)


def _shade(place: float) -> str:
    """A colour between those of the scale; ``place`` goes from 0 to 1."""
    at = place * (len(_SCALE) - 1)
    low = min(int(at), len(_SCALE) - 2)
    mixed = [round((_SCALE[low] >> bits & 255) * (low + 1 - at) + (_SCALE[low + 1] >> bits & 255) * (at - low)) for bits in (16, 8, 0)]
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def figure(one: Figure) -> Any:
    """The figure as markup that a template of ours takes as it is."""
    from markupsafe import Markup  # noqa: PLC0415 (comes with jinja2; a page only pays for it)

    most = max([sum(part or 0 for part in bar.parts) if bar.parts else bar.number or 0 for bar in one.bars] + [1])
    filled = colours(one)
    rows = [
        {**bar._asdict(), "label": visible(bar.label), "note": visible(bar.note), "pieces": _pieces(bar, most, filled)} for bar in one.bars
    ]
    heads = [{"name": visible(name), "colour": own} for name, own in zip(one.series, filled, strict=True)]
    values = {**one._asdict(), "title": visible(one.title), "notes": [visible(note) for note in one.notes]}
    text: str = template(__file__, "figures.html.jinja").render(**values, rows=rows, heads=heads)
    return Markup(text)  # noqa: S704 (the template escapes)


def _pieces(bar: Bar, most: int, filled: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rectangles of a bar: where they begin and how wide they are, in per cent; a seam would hide what is thin."""
    at, pieces = 0, []
    for part, own in stack(bar, filled):
        seam = bool(bar.parts) and part * _THIN > most
        pieces.append({"x": _width(at, most), "width": _width(part, most), "colour": own, "seam": seam})
        at += part
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
.figure tbody th { overflow-wrap: break-word; min-width: 7rem; max-width: 22rem; }
.figure thead .number { white-space: normal; min-width: 3.5rem; }
.figure .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 1%; }
.figure .bar { width: 50%; min-width: 6rem; padding-right: 0; }
.figure .bar svg { display: block; width: 100%; height: 1rem; }
.figure .bar .seam, .figure .swatch rect { stroke: var(--soft); stroke-width: .6px; }
.figure .swatch { display: inline-block; width: .8rem; height: .8rem; vertical-align: -.08rem; }
.figure .note { color: var(--soft); white-space: nowrap; }
.figure figcaption { color: var(--soft); font: .85rem/1.5 system-ui, sans-serif; margin-top: .4rem; max-width: 60rem; }
.figure figcaption p { margin: 0; }
@media print { .figure { break-inside: avoid; } }
"""
