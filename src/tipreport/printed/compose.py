"""The text of printed pages, and the layout that goes with it.

Pages are parted by a form feed. A blank line stands where rows lie further apart than in a paragraph; a number that is a mark of a
footnote stands where it is printed, and the layout says that it is one.
"""

from __future__ import annotations

from collections import Counter

from tipreport.printed import edges
from tipreport.printed.order import ordered
from tipreport.printed.row import Page, Range, Row
from tipreport.spans import Layout

_APART = 1.2  # times the usual distance of rows
_ENDS = (".", ";", ":", ".\u201d")  # of sentences and items
_MOST_ROWS = 6  # of a heading
_UNFINISHED = (";", ":", ",", ".")  # ends of paragraphs and items, not of headings


def compose(pages: list[Page]) -> tuple[str, Layout]:
    """One text and its layout."""
    filled = next((number for number, page in enumerate(pages) if page.rows), 0)
    pages = [page._replace(rows=ordered(page.rows, first=number == filled)) for number, page in enumerate(pages)]
    skipped = edges.furniture(pages)
    usual = edges.usual_size(pages)
    writer = _Writer(_pitches(pages), usual)
    for page, skip in zip(pages, skipped, strict=True):
        writer.page(page, skip)
    return "".join(writer.parts), Layout(
        tuple(writer.pages), tuple(sorted(writer.marks)), tuple(writer.notes), tuple(writer.furniture), tuple(writer.headings)
    )


def _pitches(pages: list[Page]) -> dict[int, float]:
    """The usual distance of rows by the size of their letters."""
    seen: dict[int, Counter[float]] = {}
    for page in pages:
        for before, row in zip(page.rows, page.rows[1:], strict=False):
            gap = before.base - row.base
            if abs(before.size - row.size) < 0.5 and 0.8 * row.size < gap < 2.2 * row.size:
                seen.setdefault(round(row.size), Counter())[round(gap, 1)] += 1
    return {size: max(gaps, key=lambda gap: (gaps[gap], -gap)) for size, gaps in seen.items()}


class _Writer:
    def __init__(self, pitches: dict[int, float], usual: float) -> None:
        self.pitches, self.usual = pitches, usual
        self.parts: list[str] = []
        self.length = 0
        self.pages: list[int] = []
        self.marks: list[Range] = []
        self.notes: list[Range] = []
        self.furniture: list[Range] = []
        self.headings: list[Range] = []

    def page(self, page: Page, skip: set[int]) -> None:
        """Put a page at the end."""
        if self.pages:
            self._write("\f")
        self.pages.append(self.length)
        notes = edges.notes(page, skip, self.usual)
        ranges: list[Range] = []
        edge = max((row.right for number, row in enumerate(page.rows) if number not in skip), default=0.0)
        before: Row | None = None
        for number, row in enumerate(page.rows):
            if before is not None and (self._apart(before, row) or (before.text.endswith(_ENDS) and self._ended(before, row, edge))):
                self._write("\n")
            start = self._write(row.text)
            ranges.append((start, self.length))
            self._write("\n")
            self.marks += [(start + low, start + high) for low, high in row.marks]
            if number in skip:
                self.furniture.append((start, start + len(row.text)))
            elif self._heads(page.rows, number):
                self.headings.append((start, start + len(row.text)))
            before = row
        self.notes += [(ranges[low][0], ranges[high - 1][1]) for low, high in notes]

    def _write(self, text: str) -> int:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start

    def _apart(self, before: Row, row: Row) -> bool:
        pitch = self.pitches.get(round(row.size), 1.2 * row.size)
        return not 0 < before.base - row.base + 1 < pitch * _APART + 1

    def _ended(self, before: Row, row: Row, edge: float) -> bool:
        """Whether a row ends although the next word had room on it, as the last one of a paragraph does."""
        letter = (row.right - row.left) / max(1, len(row.text))
        return before.right + (len(row.text.split(" ", 1)[0]) + 1) * letter < edge - row.size

    def _heads(self, rows: list[Row], number: int) -> bool:
        """Whether a row is set as a heading: larger than the text, or bold or italic and no part of such a paragraph."""
        row = rows[number]
        if row.size > self.usual * 1.1:
            return True
        if not row.styled or row.size < self.usual * 0.95:
            return False
        first = number
        while first and rows[first - 1].styled and not self._apart(rows[first - 1], rows[first]):
            first -= 1
        last = number
        while last + 1 < len(rows) and rows[last + 1].styled and not self._apart(rows[last], rows[last + 1]):
            last += 1
        if rows[last].text.endswith(_UNFINISHED):
            return False
        return last - first < _MOST_ROWS and (first == 0 or self._apart(rows[first - 1], rows[first]))
