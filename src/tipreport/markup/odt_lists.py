"""The numbers of lists and headings in an OpenDocument text. OASIS ODF 1.2 Part 1, 5.3 and 16.30 to 16.34.

A list that continues another goes on with its counters; a list item without a paragraph of its own does not count.
"""

from __future__ import annotations

from typing import Any

from tipreport.markup.docx_numbers import sign
from tipreport.markup.elements import local, number
from tipreport.markup.numerals import SHORT, numeral
from tipreport.markup.odt_styles import STYLE, TEXT, Styles

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DEEPEST = 10  # levels of a list
_BEHIND = {"space": " ", "nothing": ""}


class Lists:
    """Counts the items of lists.

    Args:
        styles: of the document.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._counters: dict[str, dict[int, int]] = {}
        self._last: dict[str, str] = {}  # a list style and the list that had it last
        self._headings: dict[int, int] = {}
        self._unnamed = 0

    def open(self, element: Any, style: str) -> str:
        """The key of the counters of an outermost list."""
        self._unnamed += 1
        ident = element.get(_XML_ID) or f"list {self._unnamed}"
        goes_on = element.get(f"{TEXT}continue-list")
        if goes_on in self._counters:
            counters = self._counters[goes_on]
        elif (goes_on or element.get(f"{TEXT}continue-numbering") == "true") and style in self._last:
            # LibreOffice also names lists that it does not write; the one meant is the last of the same style.
            counters = self._counters[self._last[style]]
        else:
            counters = {}
        self._counters[ident] = counters
        self._last[style] = ident
        return ident

    def item(self, key: str, style: str, depth: int, start: int | None) -> str:
        """Count an item of a list, and give what is printed before its text.

        Args:
            key: of its counters.
            style: the list style.
            depth: the level, from 1.
            start: the number that the item itself gives.
        """
        levels = _levels(self._styles.lists.get(style))
        return _label(levels, depth, self._counters[key], start)

    def heading(self, depth: int, start: int | None, *, restarts: bool) -> str:
        """Count a heading by the outline of the document, and give what is printed before its text."""
        if restarts:
            self._headings.pop(depth, None)
        return _label(_levels(self._styles.outline), depth, self._headings, start)


def _levels(style: Any) -> dict[int, Any]:
    if style is None:
        return {}
    return {depth: one for one in style.iterchildren() if (depth := number(one.get(f"{TEXT}level"))) is not None}


def _label(levels: dict[int, Any], depth: int, counters: dict[int, int], start: int | None) -> str:
    level = levels.get(depth)
    if start is not None:
        counters[depth] = start
    elif depth in counters:
        counters[depth] += 1
    else:
        counters[depth] = _first(level)
    for below in [one for one in counters if one > depth]:
        del counters[below]
    if level is None:
        return ""
    if local(level) == "list-level-style-bullet":
        text = sign(level.get(f"{TEXT}bullet-char") or "")
        return text + _behind(level) if text else ""
    form = level.get(f"{STYLE}num-format")
    if not form:
        return ""  # neither number nor what stands around it is printed
    shown = min(number(level.get(f"{TEXT}display-levels")) or 1, depth, _DEEPEST)
    figures = []
    for at in range(depth - shown + 1, depth + 1):
        style = levels[at].get(f"{STYLE}num-format") if at in levels else "1"
        if style:
            figures.append(numeral(SHORT.get(style, "decimal"), counters.get(at, _first(levels.get(at)))))
    return f"{level.get(f'{STYLE}num-prefix') or ''}{'.'.join(figures)}{level.get(f'{STYLE}num-suffix') or ''}{_behind(level)}"


def _first(level: Any) -> int:
    start = None if level is None else number(level.get(f"{TEXT}start-value"))
    return 1 if start is None else start


def _behind(level: Any) -> str:
    told = level.find(f"{STYLE}list-level-properties/{STYLE}list-level-label-alignment")
    return "\t" if told is None else _BEHIND.get(told.get(f"{TEXT}label-followed-by") or "listtab", "\t")
