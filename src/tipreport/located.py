"""From a range in the reading text of an object back to the characters of the source."""

from __future__ import annotations

from bisect import bisect_left

from tipreport.text import trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

Place = tuple[int, int, int | None]  # start, end, page


class Located:
    """The way back from a reading text to its source.

    Args:
        text: the reading text: the characters of ``spans``, white space folded; the text may leave out what stands first.
        spans: the place of the object, in code points of ``source``.
        source: the text as received.
    """

    __slots__ = ("_base", "_places", "_solid", "_source", "_spans", "_text")

    def __init__(self, text: str, spans: Sequence[Place], source: str) -> None:
        self._source, self._text = source, text
        self._spans = tuple(spans)
        self._base: int | None = None
        if len(self._spans) == 1 and source[self._spans[0][0] : self._spans[0][1]] == text:
            self._base = self._spans[0][0]
        if self._base is not None:  # printed on one line: the two run side by side
            return
        places = [(i, page) for low, high, page in spans for i in range(low, min(high, len(source))) if not source[i].isspace()]
        self._solid = [i for i, c in enumerate(text) if not c.isspace()]
        skipped = "".join(source[at] for at, _ in places).find("".join(text[i] for i in self._solid))
        self._places = places[skipped:] if skipped >= 0 else None

    def ranges(self, start: int, end: int) -> list[Place]:
        """The ranges of the source that hold ``text[start:end]``, white space aside; the whole object where text and source differ."""
        if self._base is not None:
            start, end = trim(self._text, start, end)
            return [(self._base + start, self._base + end, self._spans[0][2])] if start < end else []
        if self._places is None:
            return list(self._spans)
        out: list[Place] = []
        for at, page in self._places[bisect_left(self._solid, start) : bisect_left(self._solid, end)]:
            if out and out[-1][2] == page and (out[-1][1] == at or self._source[out[-1][1] : at].isspace()):
                out[-1] = (out[-1][0], at + 1, page)
            else:
                out.append((at, at + 1, page))
        return out

    def place(self, offset: int) -> int | None:
        """The place in the text of the character of the source at ``offset``; None where the text leaves it out."""
        if self._base is not None:
            at = offset - self._base
            return at if 0 <= at < len(self._text) and not self._text[at].isspace() else None
        if self._places is None:
            return None
        number = bisect_left(self._places, offset, key=lambda one: one[0])
        if number == len(self._places) or self._places[number][0] != offset or number >= len(self._solid):
            return None
        return self._solid[number]
