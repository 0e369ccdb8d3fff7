"""Lines in their neighbourhood: what comes before and after, and which lines a title or short paragraph takes."""

from __future__ import annotations

import re

from tipreport.blocks.marker import Marker, read
from tipreport.blocks.titles import MAX_TITLE
from tipreport.lines import Line
from tipreport.patterns import RE_COMPLETE, RE_SYMBOL_LINE, RE_WRAPPED_END

_COMMA = re.compile(r",\d{0,3}$")  # with the mark of a footnote or without
RE_WORDY = re.compile(r"[^\W_]")
_ENDING = 20  # characters that the end of a sentence may take, with its quotation marks and footnote mark
_MONTH_END = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)$")
_ABBREVIATED = re.compile(r"\b(?:M[rsx]|Mrs|Dr|Prof|Nos?|paras?|arts?)\.$")  # the name or number stands on the next line


class Reader:
    """Looks at lines in their neighbourhood: logical lines, what comes before and after."""

    def __init__(self, lines: list[Line], kinds: list[str | None], *, hard: bool) -> None:
        self.lines = lines
        self.kinds = kinds
        self.hard = hard
        lengths = sorted(len(line.text) for line in lines)
        self.width = lengths[len(lengths) * 19 // 20] if lengths else 0  # of a full line
        known = {text: read(text) for text in {line.text for line in lines}}
        self.markers: list[Marker] = [known[line.text] for line in lines]
        self._complete: dict[str, bool] = {}  # of lines met so far, whether a sentence, item or heading ends with them

    def is_body(self, index: int) -> bool:
        """Whether a line is none of masthead, contents, furniture, footnote or table."""
        return self.kinds[index] is None

    def next(self, index: int) -> int | None:
        """The next body line behind ``index``."""
        kinds = self.kinds
        for after in range(index + 1, len(kinds)):
            if kinds[after] is None or kinds[after] == "table":
                return after
        return None

    def before(self, index: int) -> int | None:
        """The body line before ``index``; None at the beginning of the body."""
        kinds = self.kinds
        index -= 1
        while index >= 0 and kinds[index] in {"furniture", "footnote"}:
            index -= 1
        return index if index >= 0 and kinds[index] is None else None

    def at_end(self, index: int) -> bool:
        """Whether the text before ``index`` ends where a sentence, item or heading ends."""
        before = self.before(index)
        return before is None or self.complete(index, before)

    def complete(self, index: int, before: int) -> bool:
        """Whether ``before``, the body line before ``index``, is the end of a sentence, item or heading."""
        text = self.lines[before].text
        complete = self._complete.get(text)
        if complete is None:
            complete = self._complete[text] = self._ends(text, self.markers[before])
        if complete or self.hard or not self.lines[index].blanks:
            return complete
        return bool(_COMMA.search(text))  # a paragraph of a preamble

    @staticmethod
    def _ends(text: str, marker: Marker) -> bool:
        """Whether a line is the end of a sentence, an agenda item, an annex's label, a symbol or a rule of stars."""
        return (
            bool(RE_COMPLETE.search(text, max(0, len(text) - _ENDING)) and not _ABBREVIATED.search(text))
            or marker.kind == "agenda"
            or text.startswith(("[", "Annex"))
            or RE_SYMBOL_LINE.match(text) is not None
            or (bool(rest := text[marker.rest :]) and not RE_WORDY.search(rest))
        )

    def wraps_into(self, index: int) -> bool:
        """Whether the line before had no room for the first word of this one: a sentence that a page break cuts."""
        before = self.before(index)
        if before is None or self.lines[index].blanks:
            return False
        text = self.lines[before].text
        return bool(RE_WRAPPED_END.search(text)) or (self.hard and self._full(text, self.lines[index].text))

    def logical(self, index: int, limit: int = 6) -> list[int]:
        """The lines that one title or short paragraph beginning at ``index`` takes."""
        out = [index]
        lines = self.lines
        while len(out) <= limit:
            after = out[-1] + 1
            turned = False  # whether a page ends between the two
            while after < len(lines) and self.kinds[after] == "furniture":
                turned = turned or lines[after].page_break
                after += 1
            turned = turned or (after < len(lines) and lines[after].page_break)
            if after >= len(lines) or not self.is_body(after) or (self.markers[after].kind and not self._wrapped_year(after)):
                break
            line, last = lines[after], lines[out[-1]]
            if not turned and (line.blanks or after > out[-1] + 1):
                break
            if last.heads and line.heads and not turned:
                out.append(after)
                continue
            goes_on = line.text[:1].islower() or bool(RE_WRAPPED_END.search(last.text))
            if turned and not goes_on and not (self.hard and self._full(last.text, line.text)):
                break
            if self.hard:
                if not goes_on and (RE_COMPLETE.search(last.text) or not self._full(last.text, line.text)):
                    break
            elif not (goes_on or (last.ragged and len(last.text) < MAX_TITLE and not RE_COMPLETE.search(last.text))):
                break
            if len(line.text) > MAX_TITLE:
                break
            out.append(after)
        return out

    def _wrapped_year(self, index: int) -> bool:
        """Whether a number at a line start is the year of a date that began on the line before."""
        marker = self.markers[index]
        return marker.kind == "number" and 1900 < marker.value < 2100 and bool(_MONTH_END.search(self.lines[index - 1].text))

    def _full(self, text: str, after: str) -> bool:
        """Whether a line is so long that the first word after it had to go to the next line."""
        return len(text) + 1 + len(after.split(" ", 1)[0]) > self.width * 0.82

    def text(self, indices: list[int], first_from: int = 0) -> str:
        """The joined text of logical lines, the first cut at ``first_from``."""
        parts = [self.lines[indices[0]].text[first_from:], *(self.lines[i].text for i in indices[1:])]
        return " ".join(part for part in parts if part)
