"""From a place in the text of an object back to the characters of the source, and the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import Any, NamedTuple

from tipreport.index.schema import TOKENS
from tipreport.index.texts import source_of
from tipreport.located import Located, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

Range = tuple[int, int]

_BEGIN, _END = "\ufdd0", "\ufdd1"  # characters that no text has: they stand around what was found
_MARK = re.compile(f"[{_BEGIN}{_END}]")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+(?=\S)")
SNIPPET = 240  # characters
_WHOLE = 200  # so many more where a sentence ends within them


class Part(NamedTuple):
    """A part of a text with its place: the text of a unit itself, or of one of its points."""

    start: int
    text: str
    spans: tuple[tuple[int, int, int | None], ...]  # start, end, page
    label: str | None = None
    ident: int | None = None


class Sources:
    """The texts of reports, unpacked when needed; the last few are kept."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._texts: dict[int, tuple[str, list[int]]] = {}

    def _held(self, report: int) -> tuple[str, list[int]]:
        """A source, and where its lines begin."""
        if report not in self._texts:
            if len(self._texts) > 8:
                self._texts.clear()
            text = source_of(self.connection, report)
            self._texts[report] = text, [0, *(found.end() for found in re.finditer("\n", text))]
        return self._texts[report]

    def text(self, report: int) -> str:
        """The source of a report; empty where the index does not hold it."""
        return self._held(report)[0]

    def spans(self, report: int, ranges: list[tuple[int, int, int | None]]) -> list[dict[str, int]]:
        """Ranges as spans of the contract, with their lines."""
        lines = self._held(report)[1]
        out = []
        for start, end, page in ranges:
            span = {"start": start, "end": end, "line": bisect_right(lines, start), "end_line": bisect_right(lines, end - 1)}
            out.append(span if page is None else {**span, "page": page})
        return out

    def column(self, report: int, offset: int) -> int:
        """The column, counted from 1."""
        lines = self._held(report)[1]
        return offset - lines[bisect_right(lines, offset) - 1] + 1


def spans_of(row: dict[str, Any]) -> tuple[tuple[int, int, int | None], ...]:
    """The spans that a row holds."""
    if row.get("spans"):
        out = []
        for one in row["spans"].split(","):
            ends, _, page = one.partition("@")
            start, _, end = ends.partition("-")
            out.append((int(start), int(end), int(page) if page else None))
        return tuple(out)
    if row.get("start_offset") is None:
        return ()
    return ((row["start_offset"], row["end_offset"], None),)


def parts(connection: sqlite3.Connection, row: dict[str, Any], text: str) -> list[Part]:
    """The points of a unit with their places in its text, in order; none for other objects."""
    if "ident" not in row or "unit_id" in row:
        return []
    points = connection.execute(
        "SELECT id, label, text, start_offset, end_offset, spans FROM points WHERE unit_id = ? ORDER BY id", (row["id"],)
    )
    out: list[Part] = []
    at = 0
    for ident, label, body, start, end, spans in points.fetchall():
        found = text.find(body, at)
        if found >= 0:
            at = found
            out.append(Part(found, body, spans_of({"start_offset": start, "end_offset": end, "spans": spans}), label, ident))
    return out


def marked(text: str, shown: str | None) -> list[Range]:
    """The ranges that the engine marked in a text; none where the text itself holds the marks."""
    if shown is None:
        return []
    out, at, start = [], 0, -1
    pieces = []
    last = 0
    for mark in _MARK.finditer(shown):
        pieces.append(shown[last : mark.start()])
        at += mark.start() - last
        last = mark.end()
        if mark.group() == _BEGIN:
            start = at
        elif start >= 0:
            out.append((start, at))
            start = -1
    pieces.append(shown[last:])
    return out if "".join(pieces) == text else []


def marks(connection: sqlite3.Connection, match: str, text: str) -> str | None:
    """A text with marks around what a full-text expression finds in it; None where it finds nothing.

    The text is searched alone, in a table of its own: in the whole index the words of a prefix would be gathered anew for each.
    """
    connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.marked USING fts5(text, tokenize='{TOKENS}')")
    connection.execute("INSERT INTO temp.marked(rowid, text) VALUES (1, ?)", (text,))
    row = connection.execute("SELECT highlight(marked, 0, ?, ?) FROM temp.marked WHERE marked MATCH ?", (_BEGIN, _END, match)).fetchone()
    connection.execute("DELETE FROM temp.marked")
    return row[0] if row else None


def located(part: Part, source: str, found: list[Range]) -> list[Place]:
    """The ranges of the source that hold ranges of ``part.text``, white space aside; the whole part where the two differ."""
    way = Located(part.text, part.spans, source)  # the number of a heading stands before its title
    return list(dict.fromkeys(place for start, end in found for place in way.ranges(start, end)))


def snippet(text: str, found: list[Range], width: int = SNIPPET) -> tuple[str, list[Range]]:
    """The words around the place that says most, from the beginning of its sentence to its end where that fits, on one line.

    Gives the snippet and the ranges found in it.
    """
    first = telling(text, found, width)
    low, high = 0, len(text)
    for gap in _SENTENCE.finditer(text, 0, first[0]):
        low = gap.end()
    if first[1] - low > width:
        low = text.rfind(" ", 0, max(first[0] - width // 3, 1)) + 1
    if high - low > width:
        ends = [gap.start() for gap in _SENTENCE.finditer(text, first[1], low + width + _WHOLE)] + (
            [high] if high - low <= width + _WHOLE else []
        )
        whole = [end for end in ends if end <= low + width][-1:] or ends[:1]  # sentences that end within it, or the one it stands in
        high = whole[0] if whole else max(low + width, first[1])
        cut = high if whole else text.rfind(" ", first[1], high)
        high = cut if cut > low else high
    head, tail = "... " if low else "", " ..." if high < len(text) else ""
    body = text[low:high].replace("\n", " ")
    inside = [(max(a, low) - low + len(head), min(b, high) - low + len(head)) for a, b in found if a < high and b > low]
    return f"{head}{body}{tail}", inside


def telling(text: str, found: list[Range], width: int = SNIPPET) -> Range:
    """The rarest word found, in the stretch that holds the most of them; a word that stands there often counts little."""
    if not found:
        return (0, 0)
    words = [text[a:b].lower() for a, b in found]
    counts = Counter(words)
    best, most = 0, 0.0
    for place, (start, _) in enumerate(found):
        near = {word for word, (_, stop) in zip(words[place:], found[place:], strict=True) if stop - start <= width}
        weight = sum(1 / counts[word] for word in near)
        if weight > most + 1e-9:
            best, most = place, weight
    within = [place for place in range(best, len(found)) if found[place][1] - found[best][0] <= width] or [best]
    return found[min(within, key=lambda place: (counts[words[place]], -len(words[place]), place))]
