"""Places in a text: the source as received, and the reading text of one object with the way back.

All offsets are code points of the decoded text with its byte order mark removed and its line ends
untouched; all ranges are half-open. Lines count from 1 and end at LF only, as in editors and grep.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Range = tuple[int, int]

# A run that stands in the reading text exactly as in the source: words parted by single blanks.
_RUN = re.compile(r"\S+(?: \S+)*")
# What may follow a hyphen at a line end for the two halves to be one word.
_HYPHENS = "-\u2010\u00ad"
_JOINTS = _HYPHENS + "\u2013"  # behind which a line may end with no blank left out: "2020\u2013" and "2021"
_SUSPENDED = re.compile(r"(?:and|or|to|nor|bis) ")  # "medium- and long-term"
_LONGEST_WORD = 60
_JOINING = frozenset(("", "\n", " ", "\n\n", " \n", "\n ", "\r\n", "  "))  # nearly every gap
_PAGE_BREAK = re.compile(r"\f|\n[^\S\n]*\n[^\S\n]*\n")


class Layout(NamedTuple):
    """What an input reader saw of the printed page and the text alone does not tell; all of it ascending, empty where nothing is known.

    Hints of styles are evidence beside that of the words, never the only one.

    Args:
        pages: where each page begins; the first at 0.
        marks: the marks of footnotes within the text, that is superscripts or fields of the word processor.
        notes: each footnote with its mark, as one range.
        furniture: running heads, folios and job numbers.
        headings: lines that are set as headings are: bold or larger than the text, or with the style of one.
    """

    pages: tuple[int, ...] = ()
    marks: tuple[Range, ...] = ()
    notes: tuple[Range, ...] = ()
    furniture: tuple[Range, ...] = ()
    headings: tuple[Range, ...] = ()


_NO_LAYOUT = Layout()


class Source:
    """One input after decoding.

    Args:
        text: the text as received.
        name: what messages call it.
        media_type: of the input, such as ``text/plain``.
        encoding: in which the bytes were read.
        sha256: of the bytes, in hexadecimal.
        notes: remarks of the reader, as (code, message) pairs; they become diagnostics.
        layout: what the reader saw of the printed page.
    """

    __slots__ = ("_newlines", "_words", "encoding", "layout", "media_type", "name", "notes", "sha256", "text")

    def __init__(
        self,
        text: str,
        *,
        name: str = "<text>",
        media_type: str = "text/plain",
        encoding: str = "utf-8",
        sha256: str = "",
        notes: tuple[tuple[str, str], ...] = (),
        layout: Layout = _NO_LAYOUT,
    ) -> None:
        self.text = text
        self.name = name
        self.media_type = media_type
        self.encoding = encoding
        self.sha256 = sha256
        self.notes = notes
        self.layout = layout
        self._newlines: list[int] | None = None
        self._words: frozenset[str] | None = None

    def line(self, offset: int) -> int:
        """The line, counted from 1, on which the character at ``offset`` stands."""
        if self._newlines is None:
            self._newlines = [m.start() for m in re.finditer("\n", self.text)]
        return bisect_right(self._newlines, offset - 1) + 1

    def page(self, offset: int) -> int | None:
        """The page, counted from 1, on which the character at ``offset`` stands; None where the input has no pages."""
        return bisect_right(self.layout.pages, offset) or None

    def column(self, offset: int) -> int:
        """The column, counted from 1 in code points, at which the character at ``offset`` stands."""
        return offset - self.text.rfind("\n", 0, offset)

    def knows(self, word: str) -> bool:
        """Whether the document prints ``word`` (any case) undivided somewhere."""
        if self._words is None:
            self._words = frozenset(re.findall(r"(?<![^\W\d_])[^\W\d_]{3,}(?:-[^\W\d_]+){0,20}(?![-\w])", self.text.lower()))
        return word.lower() in self._words


class Prose:
    """The reading text of one object: white space folded, furniture and marks left out.

    ``text`` is what people read; ``locate`` gives the ranges of the source that hold exactly the
    characters of a part of it, white space aside.
    """

    __slots__ = ("_offsets", "_starts", "source", "text")

    def __init__(self, source: Source, segments: Iterable[Range], cuts: Sequence[Range] = ()) -> None:
        self.source = source
        parts: list[str] = []
        self._starts: list[int] = []
        self._offsets: list[int] = []
        text = source.text
        length = 0
        last_end = -1
        for start, end in _without(segments, cuts):
            for run in _RUN.finditer(text, start, end):
                piece, at = run.group(), run.start()
                if last_end >= 0:
                    gap = text[last_end:at]
                    tail = parts[-1]
                    if "\n" in gap and tail[-1] in _JOINTS and piece[0].isalnum() and tail[-2:-1].isalnum() and not _SUSPENDED.match(piece):
                        if tail[-1] == "\u00ad" or (tail[-1] in _HYPHENS and _divided(source, tail, piece)):
                            parts[-1] = tail[:-1]
                            length -= 1
                    elif gap.isspace() or any(map(str.isspace, gap)):
                        parts.append(" ")
                        length += 1
                self._starts.append(length)
                self._offsets.append(at)
                parts.append(piece)
                length += len(piece)
                last_end = run.end()
        self.text = "".join(parts)

    def __bool__(self) -> bool:
        return bool(self.text)

    def offset(self, i: int) -> int:
        """The source offset of the character at ``i`` of the reading text."""
        k = bisect_right(self._starts, i) - 1
        return self._offsets[k] + i - self._starts[k]

    def index(self, offset: int) -> int:
        """The place in the reading text of the source character at ``offset``; -1 where it is left out."""
        k = bisect_right(self._offsets, offset) - 1
        if k < 0:
            return -1
        i = self._starts[k] + offset - self._offsets[k]
        stop = self._starts[k + 1] if k + 1 < len(self._starts) else len(self.text)
        return i if i < stop else -1

    def locate(self, i: int = 0, j: int | None = None) -> tuple[Range, ...]:
        """The ranges of the source that hold ``text[i:j]``; a page break or a left-out mark parts them."""
        text = self.text
        stop = len(text) if j is None else j
        while i < stop and text[i] == " ":
            i += 1
        while stop > i and text[stop - 1] == " ":
            stop -= 1
        if i >= stop:
            return ()
        out: list[Range] = []
        source = self.source.text
        starts, offsets = self._starts, self._offsets
        k = bisect_right(starts, i) - 1
        while k < len(starts) and starts[k] < stop:
            run_end = starts[k + 1] if k + 1 < len(starts) else len(text)
            low, high = max(i, starts[k]), min(stop, run_end)
            while high > low and text[high - 1] == " ":
                high -= 1
            if high > low:
                begin = offsets[k] + low - starts[k]
                end = begin + high - low
                if out:
                    gap = source[out[-1][1] : begin]
                    if gap in _JOINING or (gap.isspace() and not _PAGE_BREAK.search(gap)):
                        out[-1] = (out[-1][0], end)
                        k += 1
                        continue
                out.append((begin, end))
            k += 1
        return tuple(out)


def _without(segments: Iterable[Range], cuts: Sequence[Range]) -> list[Range]:
    """The segments less the cuts; both in order."""
    if not cuts:
        return list(segments)
    out: list[Range] = []
    first = 0
    for start, end in segments:
        at = start
        while first < len(cuts) and cuts[first][1] <= start:
            first += 1
        for low, high in cuts[first : bisect_left(cuts, (end, 0), first)]:
            if low > at:
                out.append((at, low))
            at = high
        if at < end:
            out.append((at, end))
    return out


def _divided(source: Source, left: str, right: str) -> bool:
    """Whether a hyphen at a line end only divides a word that the document prints whole elsewhere."""
    start = len(left) - 1
    while start > 0 and left[start - 1].isalpha() and len(left) - start < _LONGEST_WORD:
        start -= 1
    head = left[start:-1]
    tail = re.match(r"[^\W\d_]+", right)
    if not head or tail is None:
        return False
    return source.knows(head + tail.group()) and not source.knows(f"{head}-{tail.group()}")


def merge(source: Source, ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Join neighbouring ranges that only white space without a page break parts."""
    out: list[Range] = []
    for start, end in ranges:
        if start >= end:
            continue
        if out:
            gap = source.text[out[-1][1] : start]
            if gap in _JOINING or (gap.isspace() and not _PAGE_BREAK.search(gap)):
                out[-1] = (out[-1][0], end)
                continue
        out.append((start, end))
    return tuple(out)
