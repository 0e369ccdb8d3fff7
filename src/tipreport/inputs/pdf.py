"""PDF: the rows of each page with their places, read by PDFium, and put in reading order.

PDFium gives the text of a page row by row in the order of the file and the place of each character; few of these are asked for (the
ends of a row, numbers that may be footnote marks, gaps that may part columns), so that reading costs little more than the text alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from ctypes import byref, c_double, c_int, create_string_buffer
from functools import partial
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple

from tipreport import guard
from tipreport.errors import ExtraError, InputError
from tipreport.parallel import DiedError, apart
from tipreport.printed import Page, Row, compose
from tipreport.spans import Source

SUFFIXES = (".pdf",)
_HEAD = 1024  # bytes before the header that readers put up with
_MAX_PAGES = 20_000
_MAX_CHARACTERS = 10_000_000
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_NUMBER = re.compile(r"\d+|\*{1,4}")
_BEFORE_NUMBER = frozenset("(/[\u2013-")  # what stands before a number that is none of a mark
_LONGEST_MARK, _YEAR = 3, 4  # digits
_DIVIDED = re.compile("[\ufffe\x02]")
_PARTS = re.compile("[^\\s\ufffe\x02](?:[^\ufffe\x02]*[^\\s\ufffe\x02])?[\ufffe\x02]?")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")
_PAGES = re.compile(r"[\s.\d\u2013-]+$")  # behind an entry of contents
_BLANK = re.compile(r" +")
_WIDE = 2.2  # times the size of the letters: a gap that parts columns
_LOOSE = 0.6  # the mean width of a character, by the size, of a row that may hold such a gap
_LONGEST_NAME = 256
_STYLED = re.compile(rb"bold|black|heavy|demi|italic|oblique", re.IGNORECASE)
_RAISED = 0.1  # times the size: how far above its row a mark stands at least
_LABEL = re.compile(r"(?:\(?\w{1,5}[.)]|\d{1,4}\.\d{1,3}\.?|[\u2022\u2013\u2014\uf0b7-])$")


def claims(head: bytes, _name: str) -> bool:
    """Whether the bytes are those of a PDF file: its header comes first, or behind bytes that no text holds."""
    at = head.find(b"%PDF-", 0, _HEAD)
    return at >= 0 and (not head[:at].strip(b"\xef\xbb\xbf \t\r\n") or bool(_BINARY.search(head[:at])))


def read(data: bytes, name: str, _encoding: str | None) -> Source:
    """The text of a PDF file in reading order, with its pages, running heads, footnotes and their marks.

    Raises:
        ExtraError: the library that reads PDF is not installed.
        InputError: the file is damaged or encrypted, has no page or no text, or is too large.
    """
    try:
        import pypdfium2  # noqa: F401, PLC0415 (only a PDF pays for it)
    except ImportError as error:
        raise ExtraError("reading PDF", "pdf") from error
    try:
        return apart(partial(_read, data), name)
    except DiedError as error:  # a page may ask PDFium for all memory and for ever
        raise InputError(name, str(error), error.hint) from error


def _read(data: bytes, name: str) -> Source:
    import pypdfium2.raw as pdfium  # noqa: PLC0415
    from pypdfium2 import PdfDocument  # noqa: PLC0415

    guard.enter()
    try:
        opened = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not opened:  # else the error that PDFium tells is that of a file before
            raise _refused(name, encrypted=pdfium.FPDF_GetLastError() in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY})
        document = PdfDocument(opened)
        count = len(document)
    finally:
        guard.leave()
    try:
        if count == 0:
            raise InputError(name, "is a PDF file without a page")
        if count > _MAX_PAGES:
            raise InputError(name, f"is a PDF file of {count:,} pages", f"no more than {_MAX_PAGES:,} are read")
        pages, faulty = _pages(document, count, name)
    finally:
        document.close()
    if not any(page.rows for page in pages):
        raise InputError(
            name, "is a PDF file without text, perhaps a scan", "recognize the text first (OCR), with a program such as ocrmypdf"
        )
    text, layout = compose(pages)
    return Source(text, name=name, media_type="application/pdf", encoding="utf-8", layout=layout, notes=_remarks(pages, faulty))


def _refused(name: str, *, encrypted: bool) -> InputError:
    if encrypted:
        return InputError(name, "is a PDF file that is encrypted", "save it without a password first")
    return InputError(name, "is a PDF file that is damaged or not whole", f"fetch it again, or {guard.HINT}")


def _remarks(pages: list[Page], faulty: list[int]) -> tuple[tuple[str, str], ...]:
    out = []
    if faulty:
        out.append(("input/page", f"{_counted(faulty)} cannot be read and left out"))
    empty = [number for number, page in enumerate(pages, 1) if not page.rows and number not in faulty]
    if empty:
        out.append(("input/page", f"{_counted(empty)} without text, perhaps pictures"))
    return tuple(out)


def _counted(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (f" and {len(numbers) - 10} more" if len(numbers) > 10 else "")
    return f"page {shown} is" if len(numbers) == 1 else f"pages {shown} are"


def _pages(document: Any, count: int, name: str) -> tuple[list[Page], list[int]]:
    """The pages, and the numbers of those that cannot be read."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415 (only a PDF pays for it)

    pages: list[Page] = []
    faulty: list[int] = []
    characters = 0
    opened = False  # whether a page with text came before
    for number in range(count):
        guard.enter()
        try:
            page = document[number]
            letters = page.get_textpage()
        except PdfiumError:
            pages.append(Page(0, 0, []))
            faulty.append(number + 1)
            continue
        finally:
            guard.leave()
        width, height = page.get_size()
        reader = _Letters(letters, page.get_rotation(), width, height)
        characters += reader.count
        if characters > _MAX_CHARACTERS:
            raise InputError(name, f"is a PDF file of more than {_MAX_CHARACTERS:,} characters")
        rows = reader.rows(first=not opened)
        pages.append(Page(width, height, rows))
        opened = opened or bool(rows)
        letters.close()
        page.close()
    return pages, faulty


class _Place(NamedTuple):
    x: float
    y: float


class _Letters:
    """The characters of a page, by their numbers."""

    def __init__(self, letters: Any, rotation: int, width: float, height: float) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415 (only a PDF pays for it)

        self._raw, self._matrix_of, self._size_of = letters.raw, pdfium.FPDFText_GetMatrix, pdfium.FPDFText_GetFontSize
        self._matrix = pdfium.FS_MATRIX()
        self._into = byref(self._matrix)
        self._origin_of = pdfium.FPDFText_GetCharOrigin
        self._x, self._y = c_double(), c_double()
        self._into_x, self._into_y = byref(self._x), byref(self._y)
        self._font, self._number = pdfium.FPDFText_GetFontInfo, pdfium.FPDFText_GetCharIndexFromTextIndex
        self._name = create_string_buffer(_LONGEST_NAME)
        self._flags = c_int()
        self._rotation, self._width, self._height = rotation, width, height
        self.count = pdfium.FPDFText_CountChars(letters.raw)
        self.text = letters.get_text_range() if self.count > 0 else ""
        # Where a character has no Unicode value, the numbers in the text and on the page part.
        self._aligned = len(self.text) == self.count

    def _char(self, at: int) -> int:
        if self._aligned:
            return at
        units = len(self.text[:at].encode("utf-16-le", "surrogatepass")) // 2 if not self.text.isascii() else at
        return int(self._number(self._raw, units))

    def place(self, at: int) -> _Place:
        """Where the character stands, from the lower left corner of the page as it is seen."""
        self._origin_of(self._raw, self._char(at), self._into_x, self._into_y)
        x, y = self._x.value, self._y.value
        if self._rotation == 90:
            return _Place(y, self._height - x)
        if self._rotation == 180:
            return _Place(self._width - x, self._height - y)
        return _Place(self._width - y, x) if self._rotation == 270 else _Place(x, y)

    def size(self, at: int) -> float:
        """The size of the character as printed: that of its font, scaled."""
        char, matrix = self._char(at), self._matrix
        self._matrix_of(self._raw, char, self._into)
        return float(self._size_of(self._raw, char)) * hypot(matrix.c, matrix.d)

    def styled(self, at: int) -> bool:
        """Whether the character's font is bold or italic by its name; the weight that is told of a font is mostly none of its own."""
        length = self._font(self._raw, self._char(at), self._name, _LONGEST_NAME, byref(self._flags))
        return 0 < length <= _LONGEST_NAME and bool(_STYLED.search(self._name.raw[:length]))

    def rows(self, *, first: bool) -> list[Row]:
        """The rows of the page in the order of the file."""
        out: list[Row] = []
        start = 0
        for line in self.text.split("\r\n"):
            for part in _PARTS.finditer(line):  # PDFium puts a word together that a hyphen divides at the end of a row
                out += self._row(start + part.start(), start + part.end(), first)
            start += len(line) + 2
        return out

    def _row(self, start: int, end: int, first: bool) -> list[Row]:
        """A row, in its columns on the first page; elsewhere blanks stand for the gap between them."""
        left, right = self.place(start), self.place(end - 1)
        size = self._usual(start, end)
        wide: list[int] = []
        if first or right.x - left.x > _LOOSE * size * (end - start):
            wide = [gap for gap in (one.start() for one in _BLANK.finditer(self.text, start, end)) if self._is_wide(gap, end, size)]
            wide = [gap for number, gap in enumerate(wide) if number or not _LABEL.match(self.text, start, gap)]
        if not first or not wide or _PAGES.match(self.text, wide[0], end):
            return [self._made(start, end, left, right, size, wide)]
        out = []
        for low, high in pairwise((start, *wide, end)):
            low += len(self.text[low:high]) - len(self.text[low:high].lstrip())
            out.append(self._made(low, high, self.place(low), self.place(high - 1), self._usual(low, high), []))
        return out

    def _usual(self, start: int, end: int) -> float:
        """The size of the letters of a row, which may begin with a mark."""
        size = self.size(start)
        if self.text[start] == "*" or self.text[start].isdigit():
            size = max(size, self.size((start + end) // 2), self.size(end - 1))
        return size or 1.0

    def _is_wide(self, gap: int, end: int, size: float) -> bool:
        after = gap + 1
        while after < end and self.text[after] == " ":
            after += 1
        return after < end and self.place(after).x - self.place(gap).x > _WIDE * size

    def _made(self, start: int, end: int, left: _Place, right: _Place, size: float, wide: list[int]) -> Row:
        raised = left.y - right.y > _RAISED * size  # a row that begins with a mark
        base = right.y if raised else left.y
        marks = []
        for found in _NUMBER.finditer(self.text, start, end):
            low, high = found.span()
            if (low == start and raised) or (low > start and self._may_be_marked(low, high)) or self.text[low] == "*":
                mark = self._mark(low, high, size, base)
                if mark:
                    marks.append((mark[0] - start, mark[1] - start))
        text = self.text[start:end]
        if wide:
            gaps = [gap - start for gap in wide]
            text = "  ".join(text[low:high] for low, high in pairwise((0, *gaps, end - start)))
            marks = [(low + 2 * bisect_left(gaps, low), high + 2 * bisect_left(gaps, low)) for low, high in marks]
        if not text.isprintable():
            text = _CONTROLS.sub(" ", _DIVIDED.sub("-", text))
        styled = marks != [(0, end - start)] and self.styled(start) and self.styled(end - 1)
        return Row(text, left.x, right.x + size / 2, base, size, styled, tuple(marks))

    def _may_be_marked(self, low: int, high: int) -> bool:
        """Whether a number stands where a mark does: behind a word, stop or bracket; or is so long that it may be a year and a mark."""
        return high - low > _YEAR or (high - low <= _LONGEST_MARK and self.text[low - 1] not in _BEFORE_NUMBER)

    def _mark(self, start: int, end: int, size: float, base: float) -> tuple[int, int] | None:
        """The range of a number that is set smaller than its row and above it, as the mark of a footnote is; stars as they are."""
        if self.text[start] == "*":
            return start, end
        limit = size * 0.85
        if self.size(end - 1) >= limit or self.place(end - 1).y < base + _RAISED * size:
            return None
        while end - start > _LONGEST_MARK or self.size(start) >= limit:
            start += 1
        return start, end
