"""Many phrases looked for at once, any case, whole words: a dictionary of first words, no large pattern.

A pattern of some hundred alternatives takes longer to compile than a report takes to read.
"""

from __future__ import annotations

import re
from typing import Generic, NamedTuple, TypeVar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")


class Hit(NamedTuple, Generic[T]):
    """A phrase at ``start:end`` of the text, with what it stands for."""

    start: int
    end: int
    value: T


class Phrases(Generic[T]):
    """A matcher; of two phrases that begin at one place the longer wins, of equal ones the first given."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        self._values: dict[str, T] = {}
        for phrase, value in pairs:
            self._values.setdefault(phrase.lower(), value)
        self._by_word: dict[str, list[str]] = {}
        for phrase in self._values:
            first = _WORD.match(phrase)
            if first:
                self._by_word.setdefault(first.group(), []).append(phrase)
        for same in self._by_word.values():
            same.sort(key=len, reverse=True)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit[T]]:
        """The phrases in ``text[start:end]``, left to right, none inside another."""
        stop = len(text) if end is None else end
        piece = text[start : stop + 2]  # two more, to see whether a word goes on
        low = piece.lower()
        if len(low) != len(piece):  # some letters change length with their case
            low = piece
        at, stop = 0, stop - start
        for word in _WORD.finditer(low, 0, stop):
            if word.start() < at:
                continue
            for phrase in self._by_word.get(word.group(), ()):
                close = word.start() + len(phrase)
                if close <= stop and low.startswith(phrase, word.start()) and not _goes_on(low, close):
                    yield Hit(start + word.start(), start + close, self._values[phrase])
                    at = close
                    break


def _goes_on(text: str, at: int) -> bool:
    """Whether a word goes on at a place, a hyphened one included."""
    after = text[at : at + 2]
    return after[:1].isalnum() or after[:1] == "_" or (after[:1] == "-" and after[1:].isalnum())
