"""Words as the full-text table holds them: lower case, without marks on letters."""

from __future__ import annotations

import unicodedata

_PIECE = 1000  # to put marks in order takes the square of their number: a text may be nothing but marks


def folded(text: str) -> str:
    """A text in lower case, without marks on letters."""
    low = text.lower()
    if low.isascii():
        return low
    pieces = (unicodedata.normalize("NFD", low[at : at + _PIECE]) for at in range(0, len(low), _PIECE))
    return "".join(c for piece in pieces for c in piece if not unicodedata.combining(c))
