"""Page furniture: running heads, folios, job numbers, bar codes, lines of converters.

Printed forms (Editorial Manual, "Mastheads"; real documents of Vienna, Geneva and New York): the symbol
alone on a line; ``GE.12-17781 65``, ``26-06383 3/81``, ``2/14``; ``V.20-04766 (E) 160718 170718``;
``*1804739*``; a number alone beside a page break; a short line that stands at the head of many pages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from tipreport.lines import Line
from tipreport.patterns import RE_BARCODE, RE_FOLIO, RE_JOB, RE_SYMBOL_LINE
from tipreport.spans import Range

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_RULE = re.compile(r"[_\u2500-\u257f\u2014=-]{3,}$|[-*_](?:\s[-*_]){2,}$")
_PAGE = re.compile(
    r"(?:page|p[aá]gina|seite|стр\.)\s*\d{1,4}(?:\s*(?:of|/|de)\s*\d{1,4})?:?$|[-\u2013]\s?[\divxlc]{1,5}\s?[-\u2013]$"
    r"|you are on page \d+\s?of \d+$|please recycle\W*$",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"\d{1,4}/(\d{1,4})$")
_NUMBER = re.compile(r"\d{1,4}$")
_HEAD, _FOOT = 4, 12  # lines from a page break within which a folio is looked for
_MIN_REPEATS = 3
_LONGEST = 100  # code points of a line that can be furniture, without the blanks that set its parts to both margins


def pages(lines: list[Line]) -> list[int]:
    """The indices of the lines that begin a page, the first line included."""
    return [0] + [line.index for line in lines if line.page_break and line.index]


def turn(lines: list[Line]) -> None:
    """Tell page breaks again that a converter made blank lines: the symbol of the document, as head of each page, below two of them or a folio.

    Where footnotes stand behind rules, they are found by these.
    """
    if any(line.page_break or (line.text.startswith("_____") and _RULE.match(line.text)) for line in lines):
        return
    folios = {line.index for line in lines if line.text[-1].isdigit() and RE_FOLIO.match(" ".join(line.text.split()))}
    heads = [
        line
        for line in lines[1:]
        if line.blanks > (line.index - 1 not in folios) and RE_SYMBOL_LINE.match(line.text) and any(map(str.isdigit, line.text))
    ]
    counts = Counter(line.text.rstrip("*") for line in heads)
    for line in heads:
        if counts[line.text.rstrip("*")] >= _MIN_REPEATS:
            line.page_break = True


def seen(lines: list[Line], kinds: list[str | None], ranges: Sequence[Range]) -> None:
    """Give the kind ``furniture`` to the lines within ranges that a reader of pages told as such."""
    if not ranges:
        return
    starts = [start for start, _ in ranges]
    for line in lines:
        at = bisect_right(starts, line.start) - 1
        if at >= 0 and line.end <= ranges[at][1]:
            kinds[line.index] = "furniture"


def mark(lines: list[Line], kinds: list[str | None], body: int) -> None:
    """Give the kind ``furniture`` to lines that repeat from page to page; ``body`` ends the masthead."""
    always, symbols = _furniture(Counter(line.text for line in lines))
    for line in lines:
        if kinds[line.index]:
            continue
        repeats = symbols.get(line.text, 0) > 1
        running = line.index >= body or (line.page_break and line.index)
        if line.text in always or (line.text in symbols and running and (line.page_break or repeats)):
            kinds[line.index] = "furniture"
    _mark_folios(lines, kinds)
    _mark_running_heads(lines, kinds, body)


def _furniture(counts: Counter[str]) -> tuple[set[str], dict[str, int]]:
    """Of the texts of lines those that are furniture wherever they stand, and those that are a symbol, with how often it stands alone."""
    fractions: Counter[str] = Counter()
    symbols: Counter[str] = Counter()
    short: dict[str, str] = {}
    for text, count in counts.items():
        if m := _FRACTION.match(text):
            fractions[m[1]] += count
        if RE_SYMBOL_LINE.match(text):
            symbols[text.rstrip("*")] += count
        tight = text if len(text) < _LONGEST else " ".join(text.split())
        if len(tight) <= _LONGEST:
            short[text] = tight
    always = {text for text, tight in short.items() if _is_residue(tight) or ((m := _FRACTION.match(tight)) and fractions[m[1]] > 1)}
    heads = {text: tight for text, tight in short.items() if RE_SYMBOL_LINE.match(tight) and any(map(str.isdigit, tight))}
    return always, {text: symbols[tight.rstrip("*")] for text, tight in heads.items()}


def _is_residue(text: str) -> bool:
    """Whether a line is a job number, a bar code, a folio or a rule."""
    return bool(
        RE_JOB.match(text) or RE_BARCODE.match(text) or RE_FOLIO.match(text) or _PAGE.match(text) or (_RULE.match(text) and len(text) > 5)
    )


def _mark_folios(lines: list[Line], kinds: list[str | None]) -> None:
    """Numbers alone on a line that rise by one from page to page, or stand apart where pages are unknown."""
    starts = pages(lines)
    votes: Counter[int] = Counter()
    seen: dict[int, list[tuple[int, int]]] = {}
    for page, start in enumerate(starts):
        stop = starts[page + 1] if page + 1 < len(starts) else len(lines)
        for index in {*range(start, min(stop, start + _HEAD)), *range(max(start, stop - _FOOT), stop)}:
            if kinds[index] is None and _NUMBER.match(lines[index].text):
                seen.setdefault(page, []).append((int(lines[index].text), index))
                votes[int(lines[index].text) - page] += 1
    if len(starts) > 1 and votes:
        shift, count = max(votes.items(), key=lambda pair: (pair[1], -abs(pair[0])))
        if count > 1 or len(starts) <= 3:
            for page, found in seen.items():
                for number, index in found:
                    if number == page + shift:
                        kinds[index] = "furniture"
                        break


def _mark_running_heads(lines: list[Line], kinds: list[str | None], body: int) -> None:
    """Short lines that stand first or last on at least three pages."""
    starts = pages(lines)
    if len(starts) < _MIN_REPEATS:
        return
    edges: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    for page, start in enumerate(starts):
        stop = starts[page + 1] if page + 1 < len(starts) else len(lines)
        edge = [i for i in range(start, stop) if kinds[i] is None]
        for index in {*edge[:1], *edge[-1:]}:
            text = lines[index].text
            if len(text) <= 80 and index >= body and not re.match(r"(?:\(?\w{1,3}[.)]|Annex|Appendix)", text):
                edges[text] += 1
                places.setdefault(text, []).append(index)
    for text, count in edges.items():
        if count >= _MIN_REPEATS:
            for index in places[text]:
                kinds[index] = "furniture"
