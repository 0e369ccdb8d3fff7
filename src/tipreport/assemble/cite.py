"""Pinpoint cites in UN style, and the name of a report for ids across a corpus.

"CTOC/COP/WG.4/2020/4, recommendation 12 (a)"; without a symbol, body, kind, part and date stand for it
(Editorial Manual: paragraphs are cited by number, never pages).
"""

from __future__ import annotations

from tipreport.model import Masthead

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def day(iso: str) -> str:
    """An ISO date as reports print it: 11 September 2020."""
    year, month, date = iso.split("-")
    return f"{int(date)} {_MONTHS[int(month) - 1]} {year}"


def report(masthead: Masthead, symbol: str | None, name: str) -> str:
    """How the report itself is cited."""
    if symbol or masthead.symbol:
        return masthead.symbol or symbol or ""
    parts = [masthead.body, (masthead.title or "").lower() or None, (masthead.part or "").lower() or None]
    told = [part for part in parts if part]
    if masthead.date:
        told.append(day(masthead.date))
    return ", ".join(["[symbol not given]", *told]) if told else name


def pinpoint(base: str, kind: str, number: str | None, within: tuple[str, ...], section: str | None) -> str:
    """The cite of one unit; ``within`` names the annex and the decision it stands in, outermost first."""
    parts = [base, *within]
    if number is None:
        parts.append(f"sect. {section}" if section else "unnumbered")
    else:
        parts.append(f"recommendation {number}" if kind == "recommendation" else f"para. {number}")
    return ", ".join(parts)
