"""A text as quotations are compared: without white space, quotation marks, hyphens inside words and marks of notes.

What is left (letters, digits, punctuation, capitals) must be the same in a quotation and in its source.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

# Letters for letters: the way back needs no table.
_SAME = str.maketrans(dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc", "'") | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
_HYPHENS = "-\u2010\u2011\u2012\u2013\u00ad"
_PARTS = re.compile(
    r"(?P<dash>(?<=\s)-{1,3}(?=\s)|[\u2014\u2015]|(?<=\w)--+(?=\w))"
    # Ligatures, letters of full width, an ellipsis in one character, letters with marks of their own.
    r"|(?P<wide>[\ufb00-\ufb06\uff01-\uff5e\u2026]|[^\W\d_][\u0300-\u036f]{1,4})"
    r"|\s+|[\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a`*_]+|(?<!\w)'+|'+(?!\w)"
    r"|(?<=[^\W\d_])-\s*(?=[^\W\d_])"
    r"|[\u00ad\u200b-\u200d\u2060\ufeff]+\s*|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u2020\u2021]+"
)


class Stream:
    """The characters of a text that count, and the way back to it.

    Args:
        text: any text; offsets are code points of it.
    """

    __slots__ = ("_offsets", "_starts", "solid", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        same = text.translate(_SAME)
        parts: list[str] = []
        self._starts: list[int] = []
        self._offsets: list[int] = []
        at = length = 0
        for found in _PARTS.finditer(same):
            if found.start() > at:
                length = self._add(parts, same[at : found.start()], at, length)
            if found["dash"]:
                length = self._add(parts, "\u2014", found.start(), length)
            elif found["wide"]:
                length = self._add(parts, unicodedata.normalize("NFKC", found["wide"]), found.start(), length)
            at = found.end()
        if at < len(same):
            self._add(parts, same[at:], at, length)
        self.solid = "".join(parts)

    def _add(self, parts: list[str], piece: str, at: int, length: int) -> int:
        parts.append(piece)
        self._starts.append(length)
        self._offsets.append(at)
        return length + len(piece)

    def offset(self, place: int) -> int:
        """The offset in the text of the character at ``place`` of the stream."""
        number = bisect_right(self._starts, place) - 1
        return min(self._offsets[number] + place - self._starts[number], len(self.text) - 1)


def solid(text: str) -> str:
    """The characters of a text that count."""
    return Stream(text).solid


def begins_word(text: str, at: int) -> bool:
    """Whether no word goes on at a place; that behind a hyphen belongs to the word before it."""
    if at <= 0 or not text[at : at + 1].isalnum():
        return True
    before = text[at - 1]
    return not (before.isalnum() or (before in _HYPHENS and text[at - 2 : at - 1].isalpha()))


def ends_word(text: str, at: int) -> bool:
    """Whether the character before ``at`` is the last of its word."""
    if not text[at - 1 : at].isalnum() or at >= len(text):
        return True
    after = text[at]
    return not (after.isalnum() or (after in _HYPHENS and text[at + 1 : at + 2].isalpha()))
