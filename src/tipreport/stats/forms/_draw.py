"""Tables of counts drawn by matplotlib (the extra ``plots``): columns for years, bars for names, stacked for two dimensions.

The files are the same to the byte for the same numbers: no date, no random ids, the font that matplotlib brings (DejaVu Sans,
which has the letters of all names of States). In SVG text stays text.
"""

from __future__ import annotations

import io
import logging
import textwrap
import warnings
from contextlib import contextmanager
from typing import Any, NamedTuple

from tipreport.errors import ExtraError, TipreportError
from tipreport.figures import GREY, Figure, colours, stack
from tipreport.stats.counts import Counted, Crossed
from tipreport.stats.forms import View
from tipreport.stats.forms.html import of_table
from tipreport.stats.telling import MEAN, NO_REPORT
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDTH = 9.0  # inches
_LINE = 0.19  # inches of a line of text
_BAR = 0.3  # inches of a bar
_COLUMNS = 3.1  # inches of a panel of columns
_LABEL = 34  # characters of a line of a label
_HIGHEST = 400.0  # inches: at 144 dots an inch a picture may have 65,535 at most
_ROWS = 40  # bars at most in a panel: more are not read
_ROOM = 16  # columns between which a mean has room
_THIN = 60  # a part that is so many times smaller than the longest bar has no seam
_KEYS = 14  # names at most in a legend
_INK, _SOFT, _LINES = "#1c2024", "#5b6570", "#d5dade"
_STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans", "font.size": 9.0, "svg.fonttype": "none", "svg.hashsalt": "tipreport", "text.parse_math": False,
    "text.usetex": False, "axes.edgecolor": _SOFT, "axes.labelcolor": _SOFT, "text.color": _INK, "xtick.color": _SOFT, "ytick.color": _SOFT,
    "axes.unicode_minus": False, "figure.dpi": 100.0, "savefig.dpi": 144.0, "path.simplify": False,
}  # fmt: skip


class _Panel(NamedTuple):
    """One table as it is drawn.

    Args:
        figure: its bars.
        upright: whether the bars are columns.
        labels: of the bars, in lines.
        notes: what stands below, in lines.
        height: in inches, of the bars alone.
        above: in inches, for title and legend.
        below: in inches, for axis and notes.
    """

    figure: Figure
    upright: bool
    labels: list[str]
    notes: list[str]
    height: float
    above: float
    below: float


def draw(found: Sequence[Counted | Crossed], view: View, form: str) -> bytes:
    """The drawing as a file of the form ``svg`` or ``png``.

    Raises:
        ExtraError: matplotlib is not there.
        TipreportError: there are too many tables for one picture.
    """
    with _quiet():
        try:
            import matplotlib as mpl
            from matplotlib.backends.backend_agg import FigureCanvasAgg
            from matplotlib.backends.backend_svg import FigureCanvasSVG
            from matplotlib.figure import Figure as Canvas
        except ImportError as error:
            raise ExtraError(form, "plots") from error
        panels = [_panel(one, view.limit) for one in found]
        head = [line for text in (view.title, view.scope) if text for line in textwrap.wrap(_clean(text), 90)]
        top = 0.2 + 0.26 * len(head)
        height = top + sum(one.above + one.height + one.below for one in panels)
        if height > _HIGHEST:
            raise TipreportError(f"{len(panels)} tables are too many for one picture", "name one kind with --what, or write -o FILE.html")
        settings: Any = _settings(mpl)
        with mpl.rc_context(settings):
            canvas = Canvas(figsize=(_WIDTH, height), facecolor="white")
            (FigureCanvasSVG if form == "svg" else FigureCanvasAgg)(canvas)
            for place, line in enumerate(head):
                bold = place == 0 and bool(view.title)
                up = 1 - (0.12 + 0.26 * place) / height
                canvas.text(0.02, up, line, va="top", size=12 if bold else 9, weight="bold" if bold else "normal")
            at = height - top
            for one in panels:
                _put(canvas, one, at, height)
                at -= one.above + one.height + one.below
            return _saved(canvas, form, _clean(view.title or panels[0].figure.title))


def _saved(canvas: Any, form: str, title: str) -> bytes:
    """The file: with its title, and without what differs from day to day and from version to version."""
    made = io.BytesIO()
    untold = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
    canvas.savefig(made, format=form, metadata={"Title": title, **untold})
    if form == "svg":  # a machine without the font takes its own
        return made.getvalue().replace(b"font-family: 'DejaVu Sans'", b"font-family: 'DejaVu Sans', sans-serif")
    return made.getvalue()


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing on standard error of letters that the font lacks (boxes are drawn), or of a home that cannot be written."""
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)


def _settings(mpl: Any) -> dict[str, Any]:
    """The library's own settings with ours: no file of the user's changes a drawing."""
    return {
        name: value for name, value in mpl.rcParamsDefault.items() if not name.startswith(("backend", "interactive", "toolbar"))
    } | _STYLE


def _clean(text: str) -> str:
    """Text that can be drawn and stands in XML: one line, no controls."""
    return " ".join(visible(text).split()).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def _panel(found: Counted | Crossed, limit: int | None) -> _Panel:
    made = of_table(found, min(limit, _ROWS) if limit else _ROWS, folded=False)
    left = len(made.bars) - _ROWS
    notes = made.notes
    if left > 0:
        made = made._replace(bars=made.bars[:_ROWS])
        notes = (f"And {left:,} more rows, which are not drawn.", *notes)
    upright = made.head == "year"
    strong = upright and bool(made.noted) and len(made.bars) <= _ROOM
    if not strong:
        notes = tuple(note for note in notes if note != MEAN)
    labels = [_label(bar.label, 10 if upright else _LABEL) for bar in made.bars]
    if strong:
        told = [bar.note.replace(" (n ", "\nn ").rstrip(")") if bar.number else "" for bar in made.bars]
        labels = [f"{label}\n{mean}" for label, mean in zip(labels, told, strict=True)]
        made = made._replace(head="year; below it the mean strength, and the number n that it is of")
    lines = [line for note in notes for line in textwrap.wrap(_clean(note), 118)]
    if upright:
        height = _COLUMNS - 1.0
        below = 0.55 + _LINE * max([label.count("\n") for label in labels] + [0])
    else:
        height = sum(max(_BAR, _LINE * (label.count("\n") + 1)) for label in labels) + 0.1
        below = 0.5
    legend = 0.25 * len(_legend_rows(made)) + 0.1 if made.series else 0.0
    return _Panel(made, upright, labels, lines, height, 0.45 + legend, below + _LINE * len(lines) + 0.3)


def _label(text: str, width: int) -> str:
    lines = textwrap.wrap(_clean(text), width, break_on_hyphens=False) or [""]
    return "\n".join(lines if len(lines) < 4 else [*lines[:3], lines[3][: width - 3] + "..."])


def _put(canvas: Any, one: _Panel, at: float, height: float) -> None:
    """One panel whose upper edge stands at so many inches from the bottom."""
    left = 0.09 if one.upright else 0.31
    axes = canvas.add_axes((left, (at - one.above - one.height) / height, 0.97 - left, one.height / height))
    canvas.text(0.02, (at - 0.05) / height, _clean(one.figure.title), va="top", size=11, weight="bold")
    base = at - one.above - one.height - one.below + 0.3 + _LINE * len(one.notes)
    for place, note in enumerate(one.notes):
        canvas.text(0.02, (base - _LINE * place) / height, note, va="top", size=8, color=_SOFT)
    for side in ("top", "right", "left" if not one.upright else "bottom"):
        axes.spines[side].set_visible(False)
    places = _places(one)
    _bars(axes, one, places)
    _axis(axes, one, places)
    if one.figure.series:
        _legend(canvas, one, at, height)


def _places(one: _Panel) -> list[float]:
    """Where the bars stand: names of several lines take more room."""
    if one.upright:
        return [float(place) for place in range(len(one.labels))]
    places, at = [], 0.0
    for label in one.labels:
        size = max(_BAR, _LINE * (label.count("\n") + 1)) / _BAR
        places.append(at + size / 2)
        at += size
    return places


def _bars(axes: Any, one: _Panel, places: list[float]) -> None:
    figure, most = one.figure, _most(one)
    filled = colours(figure)
    for place, bar in zip(places, figure.bars, strict=True):
        at = 0
        for part, own in stack(bar, filled):
            edge = "white" if bar.parts and part * _THIN > most else own  # a seam would hide what is thin
            if one.upright:
                axes.bar(place, part, bottom=at, width=0.72, color=own, edgecolor=edge, linewidth=0.5)
            else:
                axes.barh(place, part, left=at, height=0.72, color=own, edgecolor=edge, linewidth=0.5)
            at += part
        told = NO_REPORT if bar.number is None else f"{bar.number:,}" + (f" ({bar.share})" if bar.share and not one.upright else "")
        if one.upright:
            axes.annotate(
                told, (place, at), (0, 2), textcoords="offset points", ha="center", va="bottom", size=7 if bar.number is None else 8,
                color=_SOFT if bar.number is None else _INK, rotation=90 if bar.number is None or len(figure.bars) > 24 else 0,
            )  # fmt: skip
        else:
            axes.annotate(told, (at, place), (3, 0), textcoords="offset points", ha="left", va="center", size=8)


def _most(one: _Panel) -> int:
    return max([sum(part or 0 for part in bar.parts) or bar.number or 0 for bar in one.figure.bars] + [1])


def _axis(axes: Any, one: _Panel, places: list[float]) -> None:
    from matplotlib.ticker import MaxNLocator

    figure = one.figure
    told = [figure.unit, *([f"({figure.shared})"] if figure.shared else [])]
    most = _most(one)
    mine, other = (axes.xaxis, axes.yaxis) if one.upright else (axes.yaxis, axes.xaxis)
    mine.set_ticks(places, one.labels)
    mine.set_tick_params(length=0, labelcolor=_INK)
    other.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=1))
    other.set_major_formatter(lambda value, _: f"{value:,.0f}")
    other.set_label_text(("\n" if one.upright else " ").join(told))
    other.grid(visible=True, color=_LINES, linewidth=0.6)
    axes.set_axisbelow(True)
    if one.upright:
        axes.set_xlim(-0.6, max(len(places), 4) - 0.4)
        axes.set_ylim(0, most * 1.14)
        axes.set_xlabel(figure.head)
        if len(places) > 16:
            axes.tick_params(axis="x", labelrotation=90)
    else:
        axes.set_ylim(places[-1] + 0.6 if places else 1, 0)
        axes.set_xlim(0, most * 1.17)


def _legend_rows(figure: Figure) -> list[list[tuple[str, str]]]:
    """Names and colours in rows; where series share a colour they are told as one, and of a long scale its ends."""
    filled = colours(figure)
    told = [(_short(name), own) for name, own in zip(figure.series, filled, strict=True)]
    if figure.ordered and len(told) > _KEYS:
        named = told[: len(told) - figure.left]
        told = [named[0], ("...", named[len(named) // 2][1]), named[-1], *told[len(named) :]]
    elif (small := [name for name, own in told[: len(told) - figure.left] if own == GREY]) and not figure.ordered:
        rest = f"{len(small) + figure.left:,} others" if len(small) + figure.left > 1 else small[0]
        told = [*(one for one in told if one[1] != GREY), (rest, GREY)]
    longest = max(len(name) for name, _ in told)
    columns = max(min(100 // (longest + 6), 7), 2)
    return [told[place : place + columns] for place in range(0, len(told), columns)]


def _short(name: str) -> str:
    clean = _clean(name)
    return clean if len(clean) <= 38 else clean[:35] + "..."


def _legend(canvas: Any, one: _Panel, at: float, height: float) -> None:
    from matplotlib.patches import Rectangle

    rows = _legend_rows(one.figure)
    wide = 0.96 / max(len(row) for row in rows)
    for down, row in enumerate(rows):
        for across, (name, filled) in enumerate(row):
            left, up = 0.02 + across * wide, (at - 0.43 - 0.25 * down) / height
            corner = (left, up - 0.06 / height)
            key = Rectangle(corner, 0.014, 0.13 / height, transform=canvas.transFigure, facecolor=filled, edgecolor=_SOFT, linewidth=0.4)
            canvas.patches.append(key)
            canvas.text(left + 0.02, up, name, va="center", size=8)
