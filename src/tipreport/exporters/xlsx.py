"""A workbook (Office Open XML): one sheet a table, and a sheet that says what every column means.

Cells have types: numbers, dates, links, and text that is never taken for a formula. Heads are frozen, columns can be filtered. Rows
are written one by one and not kept; a text longer than a cell can hold (32,767 characters) ends with a note that says so. The same
content gives the same bytes. Needs the extra ``xlsx`` (XlsxWriter).
"""

from __future__ import annotations

import os
import re
import tempfile
from datetime import UTC, date, datetime
from typing import Any

from tipreport.errors import ExtraError, TipreportError
from tipreport.exporters import Column, Options, Table
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUFFIXES = (".xlsx",)
BINARY = True

MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767  # of a sheet and of a cell (Office Open XML as Excel reads it)
_MOST_LINKS = 65_530  # of a sheet; what comes after them stays text
_CUT = " [... cut: a cell holds no more; csv and json have it whole]"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_WIDTHS = {"text": 80, "cite": 40, "report": 24, "title": 50, "heading": 32, "participants": 60, "meaning": 100, "link": 16}
_USUAL = {"integer": 9, "boolean": 9, "date": 11}
_CHUNK = 1 << 20


def tabulate(tables: Sequence[Table], options: Options) -> Iterator[bytes]:  # noqa: ARG001 (cells have types: nothing is to be guarded)
    """The workbook.

    Raises:
        ExtraError: XlsxWriter is not installed.
        TipreportError: a table has more rows than a sheet can hold.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise ExtraError("xlsx", "xlsx") from error
    with tempfile.TemporaryDirectory(prefix="tipreport-") as folder:
        path = os.path.join(folder, "book.xlsx")
        book: Any = Workbook(
            path,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        book.set_properties({"title": "tipreport", "created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        formats = _Formats(book)
        for table in tables:
            _sheet(book, table, formats)
        _meanings(book, tables, formats)
        book.close()
        with open(path, "rb") as file:
            while part := file.read(_CHUNK):
                yield part


class _Formats:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        self.link = book.add_format({"font_color": "#0b5394", "underline": 1, "valign": "top"})


def _sheet(book: Any, table: Table, formats: _Formats) -> None:
    """One table."""
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _WIDTHS.get(column.name, _USUAL.get(column.type, 16)))
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, formats.head)
    count, links = 0, 0
    for row in table.rows:
        count += 1
        if count >= MOST_ROWS:
            raise TipreportError(
                f"{table.name} has more than {MOST_ROWS - 1:,} rows, which a sheet cannot hold",
                "choose with filters, or take csv or parquet",
            )
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            if value is None:
                continue
            links += column.type == "link"
            _cell(sheet, count, place, column, value, formats, linked=links <= _MOST_LINKS)
    sheet.autofilter(0, 0, max(count, 1), len(table.columns) - 1)


def _cell(sheet: Any, row: int, place: int, column: Column, value: Any, formats: _Formats, *, linked: bool) -> None:
    if column.type == "boolean":
        sheet.write_boolean(row, place, bool(value), formats.plain)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, formats.plain)
    elif column.type == "date" and (day := _day(value)):
        sheet.write_datetime(row, place, day, formats.date)
    elif column.type == "link" and linked and len(value) < 2000:
        sheet.write_url(row, place, value, formats.link)
    else:
        sheet.write_string(row, place, _held(value), formats.text if column.name in _WIDTHS else formats.plain)


def _day(value: str) -> date | None:
    """A whole date that sheets know; None for a part of one, and for what a document prints but no calendar has: 30 February."""
    if not _DATE.fullmatch(value) or value < "1900-03-01":
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _held(value: str) -> str:
    """A text as a cell can hold it: controls are seen, and a cut is told."""
    shown = value if value.isprintable() else visible(value)
    return shown if len(shown) <= MOST_CHARACTERS else shown[: MOST_CHARACTERS - len(_CUT)] + _CUT


def _meanings(book: Any, tables: Sequence[Table], formats: _Formats) -> None:
    """The codebook as a sheet of its own."""
    sheet = book.add_worksheet("columns")
    sheet.freeze_panes(1, 0)
    heads = ("table", "column", "type", "meaning")
    for place, (head, width) in enumerate(zip(heads, (18, 24, 10, 100), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, formats.head)
    row = 0
    for table in tables:
        for column in table.columns:
            row += 1
            for place, value in enumerate((table.name, column.name, column.type, column.meaning)):
                sheet.write_string(row, place, value, formats.text)
