"""What stands at the head and foot of page after page: running heads, folios, job numbers; and footnotes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter

from tipreport.printed.row import Page, Row

_BAND = 0.13  # the share of the page's height, above and below, where furniture stands
_MIN_REPEATS = 3
_SAME = 3.0  # points between heights that are the same
_DIGITS = re.compile(r"\d+")
_FOLIO = re.compile(r"[-\u2013\s]*(\d{1,4})(?:\s?/\s?\d{1,4})?[-\u2013\s]*$")
_BAR_CODE = re.compile("[\uf020-\uf07e\\s]+$")
_NOTE = re.compile(r"(?:\d{1,3}|\*{1,4}|[a-z])(?:\s|$)")
_LONGEST_NOTE = 40  # rows
_SMALL = 0.96  # times the size of the text


def furniture(pages: list[Page]) -> list[set[int]]:
    """The numbers of the rows of each page (in reading order) that are running heads or feet."""
    heights: dict[str, list[float]] = {}
    edges = [(_edge(page, top=True), _edge(page, top=False)) for page in pages]
    for page, (head, foot) in zip(pages, edges, strict=True):
        for number in {*head, *foot}:
            heights.setdefault(_key(page.rows[number]), []).append(page.rows[number].base)
    for same in heights.values():
        same.sort()
    out = []
    folios = _folios(pages, edges)
    opening = next((page for page in pages if page.rows), None)  # its head is that of the document
    for page, (head, foot) in zip(pages, edges, strict=True):
        found: set[int] = {number for number, row in enumerate(page.rows) if _BAR_CODE.match(row.text)}
        for top in (False,) if page is opening else (True, False):
            for number in head if top else foot:
                row = page.rows[number]
                if not top and _in_note(page.rows, number):
                    break
                if _repeats(heights[_key(row)], row.base) or row in folios:
                    found.add(number)
                elif number not in found:
                    break
        out.append(found)
    return out


def _folios(pages: list[Page], edges: list[tuple[list[int], list[int]]]) -> set[Row]:
    """The rows that hold the number of their page: of those at an edge, those that rise with the pages."""
    found: dict[int, list[Row]] = {}
    for place, (page, (head, foot)) in enumerate(zip(pages, edges, strict=True)):
        for number in {*head, *foot}:
            row = page.rows[number]
            folio = _FOLIO.match(row.text)
            if folio:
                found.setdefault(int(folio[1]) - place, []).append(row)
    rising = max(found.values(), key=len, default=[])
    return set(rising) if len(rising) > 1 or len(pages) < _MIN_REPEATS else set()


def _repeats(heights: list[float], base: float) -> bool:
    """Whether enough of the heights, which ascend, are the same as one of them."""
    return bisect_right(heights, base + _SAME) - bisect_left(heights, base - _SAME) >= _MIN_REPEATS


def _key(row: Row) -> str:
    return _DIGITS.sub("#", row.text)


def _edge(page: Page, *, top: bool) -> list[int]:
    """The rows in the band at the head or foot, from the edge inwards."""
    limit = page.height * _BAND
    inside = [n for n, row in enumerate(page.rows) if (row.base > page.height - limit if top else row.base < limit) and not _begins(row)]
    return sorted(inside, key=lambda n: (-page.rows[n].base if top else page.rows[n].base, page.rows[n].left))


def usual_size(pages: list[Page]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            sizes[round(row.size, 1)] += len(row.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 1.0


def notes(page: Page, skip: set[int], usual: float) -> list[tuple[int, int]]:
    """The footnotes of a page, each as a range of its rows: what is set smaller at the foot and begins with a mark."""
    rows = page.rows
    kept = [number for number in range(len(rows)) if number not in skip]
    first = len(kept)
    while first and _of_note(rows[kept[first - 1]], usual):
        first -= 1
    starts = [at for at in range(first, len(kept)) if _begins(rows[kept[at]])]
    return [(kept[low], kept[high - 1] + 1) for low, high in zip(starts, [*starts[1:], len(kept)], strict=False)]


def _of_note(row: Row, usual: float) -> bool:
    return row.size < usual * _SMALL


def _in_note(rows: list[Row], number: int) -> bool:
    """Whether a row goes on with a footnote that begins above it."""
    for at in range(number, max(-1, number - _LONGEST_NOTE), -1):
        if _begins(rows[at]):
            return True
        if at == 0 or abs(rows[at - 1].size - rows[at].size) > 0.3 or not 0 < rows[at - 1].base - rows[at].base < 1.7 * rows[at].size:
            return False
    return False


def _begins(row: Row) -> bool:
    return bool(row.marks and row.marks[0][0] == 0 and _NOTE.match(row.text[: row.marks[0][1]] + " "))
