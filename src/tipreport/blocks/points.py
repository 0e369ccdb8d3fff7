"""Points of a recommendation or paragraph: (a), (i), a., in any degree, on lines of their own or inline.

A label counts where the sequence asks for it: (a) opens a list, (b) follows (a); (i) after (h) is a letter,
else it opens a list of the second degree. Inline, a label must follow a colon, semicolon, comma or "and";
"article 18 (e)" and "item 5(a)" are references. Editorial Manual, "Paragraphs and subparagraphs".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tipreport.patterns import roman

_LABEL = re.compile(r"\(([a-z]{1,4}|\d{1,2})\)(?=\s|[A-Z\u201c]) *|(?<![\w.(])([a-z])\)(?=\s) *")
_BARE = re.compile(r"([a-z]|\d{1,2})\.(?=\s) *")
_BEFORE_INLINE = re.compile(
    r"(?:[:;,\u2014\u2013]|[:;,.] (?:and|or|and/or)|^|\b(?:and|or|by|to|of|on|in|for|with|that|are|include|including))\s*$"
)
_REFERENCE_BEFORE = re.compile(
    r"(?:\d|\b(?:articles?|paras?\.?|paragraphs?|subparagraphs?|rules?|items?|sub-items?|sections?|points?|resolutions?|decisions?)(?: \d+)?(?: \([a-z]\))?,?(?: (?:and|or|to))?)\s*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;](?=\s+[A-Z\u201c])")


@dataclass(slots=True)
class Part:
    """A point in offsets of the reading text: its label, where its text begins and ends, whether it has a line of its own, its own points."""

    label: str
    start: int
    end: int
    depth: int
    at: int
    on_line: bool
    parts: list[Part] = field(default_factory=list)


_DEEPEST = 4
_Degree = tuple[str, int, list[Part]]  # an open list: its series, its last value, its parts


def _kind(label: str, expected: str | None) -> tuple[str, int]:
    """What series a label of letters belongs to and its place in it; ``expected`` is the letter that would come next."""
    if len(label) == 1:
        if label in "ivx" and expected != label:
            return "roman", roman(label.upper())
        return "letter", ord(label) - 96
    if len(set(label)) == 1 and len(label) == 2 and label not in {"ii", "xx"}:
        return "letter", 26 + ord(label[0]) - 96
    value = roman(label.upper())
    return ("roman", value) if value else ("", 0)


def find(text: str, starts: frozenset[int]) -> tuple[list[Part], list[int]]:
    """The points of a reading text and the offsets of labels that skip one.

    ``starts`` are offsets at which a labelled line began: there the label needs no other evidence.
    """
    stack: list[_Degree] = []
    top: list[Part] = []
    gaps: list[int] = []
    found: list[Part] = []
    for at, label, start in _labels(text, starts):
        on_line = at in starts
        series, value = ("digit", int(label)) if label.isdigit() else _kind(label, _expected(stack))
        if not series:
            continue
        level = _level(stack, series, value, on_line=on_line) if value > 1 else None
        if on_line and not stack and value != 1 and _REFERENCE_BEFORE.search(text[max(0, at - 40) : at]):
            continue  # the end of a reference that had no room on the line before
        if level is None:
            if (value != 1 and not (on_line and not stack)) or (not on_line and not _opens(text, at)):
                continue
            opened = [degree[0] for degree in stack]
            if series in opened:
                del stack[opened.index(series) :]  # a second list of the same series
            elif len(stack) >= _DEEPEST:
                continue
            parts = stack[-1][2][-1].parts if stack and stack[-1][2] else top
            stack.append((series, value, parts))
        else:
            if not on_line and not _opens(text, at):
                continue
            if value > stack[level][1] + 1:
                gaps.append(at)
            del stack[level + 1 :]
            parts = stack[level][2]
            stack[level] = (series, value, parts)
        part = Part(label, start, len(text), len(stack) - 1, at, on_line)
        parts.append(part)
        found.append(part)
    if len(found) == 1 and not found[0].on_line:
        return [], []  # a lone inline "(a)" lists nothing
    _close(text, found)
    return top, gaps


def _labels(text: str, starts: frozenset[int]) -> list[tuple[int, str, int]]:
    """The offset, label and end of every label, in order."""
    out = [(m.start(), m[1] or m[2], m.end()) for m in _LABEL.finditer(text)]
    out += [(at, m[1], m.end()) for at in starts if (m := _BARE.match(text, at))]
    out.sort()
    return out


def _expected(stack: list[_Degree]) -> str | None:
    """The letter that would come next in the innermost list of letters."""
    return next((chr(96 + value + 1) for series, value, _ in reversed(stack) if series == "letter" and value < 26), None)


def _level(stack: list[_Degree], series: str, value: int, *, on_line: bool) -> int | None:
    """The innermost open list that a label goes on; on a line of its own it may skip two."""
    reach = 3 if on_line else 1
    for level in range(len(stack) - 1, -1, -1):
        if stack[level][0] == series and stack[level][1] < value <= stack[level][1] + reach:
            return level
    return None


def _opens(text: str, at: int) -> bool:
    """Whether an inline label stands where a point may begin."""
    before = text[max(0, at - 40) : at]
    return not _REFERENCE_BEFORE.search(before) and bool(_BEFORE_INLINE.search(before))


def _close(text: str, found: list[Part]) -> None:
    """A point ends where the next of its degree or a higher one begins; the last inline one with its sentence."""
    following: list[int | None] = [None] * _DEEPEST  # where the next point of each degree or a higher one begins
    for part in reversed(found):
        after = following[part.depth]
        following[part.depth :] = [part.at] * (_DEEPEST - part.depth)
        if after is not None:
            part.end = after
        elif not part.on_line:
            stop = _SENTENCE_END.search(text, part.start)
            part.end = stop.end() if stop else len(text)
            if part.parts:  # those on lines of their own may stand behind that sentence
                part.end = max(part.end, part.parts[-1].end)
        while part.end > part.start and text[part.end - 1] == " ":
            part.end -= 1
