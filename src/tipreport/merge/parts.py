"""The parts of a report: their symbols and addenda, their order, what they are called."""

from __future__ import annotations

import os
import re

from tipreport.identity import symbol_of
from tipreport.model import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipreport.loading import Loaded

_ADDENDUM = re.compile(r"(?:^|[^A-Za-z])Add[._ -]?(\d{1,3})(?!\d)", re.IGNORECASE)
ADDENDUM_OF = re.compile(r"/Add\.\d{1,3}$")


def addendum(report: Report) -> int | None:
    """The number of the addendum: of the symbol, else of the file name; 0 for the first part; None where it is not known."""
    symbol = symbol_of(report)
    for text in filter(None, (symbol, report.masthead.part, report.source.name)):
        found = _ADDENDUM.search(text)
        if found:
            return int(found[1])
    return None if (report.masthead.part or "").lower().startswith("addend") and symbol is None else 0


def rank(part: Loaded) -> tuple[int, int]:
    """The order of parts: by addendum; those without a known one last."""
    number = addendum(part.report)
    return (1, 0) if number is None else (0, number)


def last_line(report: Report) -> int:
    """The last line on which something stands."""
    return max((span.end_line for block in report.blocks for span in block.spans), default=0)


def last_page(report: Report) -> int:
    """The last page on which something stands; 0 for a report without pages."""
    return max((span.page or 0 for block in report.blocks for span in block.spans), default=0)


def called(report: Report) -> str:
    """A part as people call it: the end of its symbol (L.1/Add.1), else its file."""
    symbol = symbol_of(report)
    if symbol:
        found = re.search(r"L\.\d+(?:/Add\.\d+)?$|Add\.\d+$", symbol)
        return found.group().removeprefix("L.1/") if found else symbol
    return os.path.basename(report.source.name)


def base(symbols: Iterable[str | None]) -> str | None:
    """The symbol of the whole, where all parts that have one agree."""
    bases = {ADDENDUM_OF.sub("", symbol) for symbol in symbols if symbol}
    return bases.pop() if len(bases) == 1 else None


def same(one: Loaded, other: Loaded) -> bool:
    """Whether two parts are one text."""
    if one.text is not None and other.text is not None:
        return one.text.split() == other.text.split()
    return one.report.source.sha256 is not None and one.report.source.sha256 == other.report.source.sha256
