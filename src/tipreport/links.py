"""Links to the documents system of the United Nations by symbol (undocs.org; they are printed, never fetched)."""

from __future__ import annotations

from urllib.parse import quote

BASE = "https://undocs.org/en/"


def link(symbol: str | None) -> str | None:
    """Where the document of a symbol is found; None without a symbol."""
    return BASE + quote(symbol.encode("utf-8", "replace"), safe="/().-") if symbol else None
