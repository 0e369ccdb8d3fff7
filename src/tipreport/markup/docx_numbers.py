"""The numbers that Word counts itself, as it prints them. ECMA-376 Part 1, 17.9.

Lists that share a definition share their counters, but for the levels at which a list has a start of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tipreport.markup.docx_styles import W, value
from tipreport.markup.elements import number
from tipreport.markup.numerals import numeral

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_SIGNS = {
    "\uf0b7": "\u2022",
    "\uf0a7": "\u25aa",
    "\uf06e": "\u25a0",
    "\uf0d8": "\u27a2",
    "\uf0fc": "\u2713",
    "\uf02d": "\u2212",
    "o": "\u25e6",
}
_BEHIND = {"tab": "\t", "space": " ", "nothing": ""}


def sign(text: str) -> str:
    """A sign of a font of signs (Symbol, Wingdings) as the character that looks like it; others as they are."""
    return _SIGNS.get(text, text)


@dataclass(slots=True)
class _Level:
    """One level of a list: how it prints and counts."""

    form: str
    text: str
    start: int
    behind: str
    restart: int | None  # the level, from 1, that lets it begin anew; 0 for none
    figures: bool  # all numbers in its text are decimal
    style: str | None


class Numbering:
    """The lists of a document.

    Args:
        root: ``w:numbering``; None where the document has none.
    """

    def __init__(self, root: Any) -> None:
        self._kinds: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}  # a list and its definition
        self._own: dict[tuple[str, int], _Level] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counters: dict[tuple[str, int], int] = {}
        if root is None:
            return
        links: dict[str, str] = {}
        styled: dict[str, str] = {}
        for kind in root.iterchildren(f"{W}abstractNum"):
            ident = value(kind, "abstractNumId") or ""
            levels = (_level(one) for one in kind.iterchildren(f"{W}lvl"))
            self._kinds[ident] = {depth: level for depth, level in levels if 0 <= depth < _LEVELS}
            link, named = value(kind.find(f"{W}numStyleLink")), value(kind.find(f"{W}styleLink"))
            if link:
                links[ident] = link
            if named:
                styled[named] = ident
        for one in root.iterchildren(f"{W}num"):
            self._list(one, {ident: styled.get(link, ident) for ident, link in links.items()})

    def _list(self, one: Any, links: dict[str, str]) -> None:
        ident = value(one, "numId") or ""
        kind = value(one.find(f"{W}abstractNumId")) or ""
        self._lists[ident] = links.get(kind, kind)
        for override in one.iterchildren(f"{W}lvlOverride"):
            depth = number(value(override, "ilvl"))
            if depth is None:
                continue
            level = override.find(f"{W}lvl")
            if level is not None:
                self._own[ident, depth] = _level(level)[1]
            start = number(value(override.find(f"{W}startOverride")))
            if start is not None:
                self._starts[ident, depth] = start

    def label(self, list_id: str | None, depth: int | None, style: str | None) -> str:
        """Count one paragraph, and give what is printed before its text.

        Args:
            list_id: its list; None, ``0`` and lists that are not defined print nothing.
            depth: the level; None where the style binds it.
            style: the style that names the list, which may be bound to a level.
        """
        kind = self._lists.get(list_id or "0")
        if list_id is None or list_id == "0" or kind is None or kind not in self._kinds:
            return ""
        if depth is None:
            depth = next((at for at, level in self._kinds[kind].items() if style and level.style == style), 0)
        level = self._at(list_id, depth)
        if level is None:
            return ""
        self._count(list_id, depth, level)
        if level.form == "bullet":
            text = sign(level.text)
        else:
            text = _PLACE.sub(lambda found: self._figure(list_id, int(found[1]) - 1, level), level.text)
        return text + level.behind if text else ""

    def _at(self, list_id: str, depth: int) -> _Level | None:
        return self._own.get((list_id, depth)) or self._kinds[self._lists[list_id]].get(depth)

    def _key(self, list_id: str, depth: int) -> tuple[str, int]:
        """Whose counter it is: that of the list where it has a start of its own, else that of the definition."""
        return (f"list {list_id}" if (list_id, depth) in self._starts else self._lists[list_id], depth)

    def _start(self, list_id: str, depth: int) -> int:
        level = self._at(list_id, depth)
        return self._starts.get((list_id, depth), level.start if level else 1)

    def _count(self, list_id: str, depth: int, level: _Level) -> None:
        key = self._key(list_id, depth)
        del level
        if key in self._counters:
            self._counters[key] += 1
        else:
            self._counters[key] = self._start(list_id, depth)
        for above in range(depth):  # a level that is passed over counts as begun
            self._counters.setdefault(self._key(list_id, above), self._start(list_id, above))
        for below in range(depth + 1, _LEVELS):
            deeper = self._at(list_id, below)
            if deeper is not None and (deeper.restart is None or depth < deeper.restart):
                self._counters.pop(self._key(list_id, below), None)

    def _figure(self, list_id: str, depth: int, printed: _Level) -> str:
        level = self._at(list_id, depth)
        count = self._counters.get(self._key(list_id, depth), self._start(list_id, depth))
        form = level.form if level else "decimal"
        return numeral("decimal" if printed.figures and form != "none" else form, count)


def _level(element: Any) -> tuple[int, _Level]:
    depth = number(value(element, "ilvl"))
    start = number(value(element.find(f"{W}start")))
    figures = element.find(f"{W}isLgl")
    return -1 if depth is None else depth, _Level(
        form=value(element.find(f"{W}numFmt")) or "decimal",
        text=value(element.find(f"{W}lvlText")) or "",
        start=0 if start is None else start,
        behind=_BEHIND.get(value(element.find(f"{W}suff")) or "tab", "\t"),
        restart=number(value(element.find(f"{W}lvlRestart"))),
        figures=figures is not None and (value(figures) or "1") not in {"0", "false", "off"},
        style=value(element.find(f"{W}pStyle")),
    )
