r"""Tables of contents: the same headings as in the body, with page or paragraph numbers behind them.

Printed forms: dot leaders (``I. Introduction ......... 1–14 3``), tabs (``\tII.\tOrganizational matters\t\t3–13\t5``),
and the torn columns of a converter (``I.`` / ``II.`` / titles with leaders / ``8`` / ``A.``).
"""

from __future__ import annotations

import re

from tipreport.language import alternatives
from tipreport.lines import Line

RE_CONTENTS = re.compile(
    rf"(?:(?:table of )?contents|{alternatives('contents')})(?:\s+(?:[^\W\d_]+\s+)?(?:page|p[\u00e1a]gina|\u0441\u0442\u0440\.?))?$",
    re.IGNORECASE,
)
_LEADER = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|_{4,}")
_TRAILING = re.compile(r"(?<!\s)(?:\t\s*|\s{2,})[\dIVXivx]+(?:[\u2010-\u2015\u2212-]\d+)?(?:\s+\d{1,4})?$")
_LONE = re.compile(
    r"(?:\d{1,4}(?:[\u2010-\u2015\u2212-]\d{1,4})?|[IVXLC]{1,6}\.|[A-Z]\.|Paragraphs?|Paragraphes|P\u00e1rrafos|Page|P\u00e1gina|Chapter|Chapitre|Cap\u00edtulo|Annex(?:e?s)?)$"
)
_LABEL = re.compile(r"^(?:(?:[IVXLC]{1,6}|[A-Z]|\d{1,2})[.\t]\s*|Annex(?:es)?\s+)+")
_LOOK_AHEAD = 8
_FEW = 3  # letters that tell nothing
_LONGEST = 1500  # lines; no table of contents is longer


def letters(text: str) -> str:
    """Letters and digits alone, lower case."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _tells(bare: str) -> bool:
    """Whether the letters of a line are enough to know it again: four, or two signs of Chinese."""
    return len(bare) > _FEW or (len(bare) > 1 and bare[-1] >= "\u2e80")


def _is_entry(line: Line, raw: str) -> bool:
    return bool(_LEADER.search(line.text) or _TRAILING.search(raw) or _LONE.match(line.text))


def find(lines: list[Line], kinds: list[str | None], source: str) -> list[tuple[int, int]]:
    """The ranges of lines that are tables of contents, heading included."""
    out: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        if kinds[index] is None and len(lines[index].text) < 60 and RE_CONTENTS.match(lines[index].text):
            stop = _end(lines, index, source, kinds)
            if stop - index > 2:
                out.append((index, stop))
                index = stop
                continue
        index += 1
    return out


def _end(lines: list[Line], first: int, source: str, kinds: list[str | None]) -> int:
    """The first line of the body: the one that repeats an entry and after which no entries come."""
    limit = min(len(lines), first + _LONGEST)
    entries: list[str] = []
    last_entry = first
    quiet = 0
    for index in range(first + 1, limit):
        line = lines[index]
        if kinds[index] is not None:
            continue
        entry = _is_entry(line, source[line.start : line.end])
        title = _LABEL.sub("", line.text)
        bare = letters(_LEADER.split(title)[0] if entry else title)
        if not entry and _tells(bare) and any(known.startswith(bare) or (len(known) > 12 and bare.startswith(known)) for known in entries):
            if not _entries_follow(lines, index, limit, source, kinds):
                return _with_label(lines, index, first)
        if entry:
            last_entry, quiet = index, 0
            if _tells(bare) and not _LONE.match(line.text):
                entries.append(re.sub(r"(?<!\d)\d+$", "", letters(_TRAILING.sub("", title))) if not _LEADER.search(title) else bare)
            elif _LONE.match(line.text):
                continue
        else:
            if _tells(bare) and len(line.text) < 160:
                entries.append(bare)
            quiet += 1
            if quiet > 5 and not _entries_follow(lines, index, limit, source, kinds):
                break
    return last_entry + 1


def _entries_follow(lines: list[Line], index: int, limit: int, source: str, kinds: list[str | None]) -> bool:
    """Whether lines with page numbers come soon after ``index``."""
    found = 0
    for other in lines[index + 1 : min(limit, index + 1 + _LOOK_AHEAD)]:
        if kinds[other.index] is None:
            text = source[other.start : other.end]
            found += bool(_LEADER.search(text) or _TRAILING.search(text)) and len(text) < 200
    return found > 0


def _with_label(lines: list[Line], index: int, first: int) -> int:
    """Take in the numeral that stands alone on the line before a title."""
    before = index - 1
    if before > first and re.match(r"(?:[IVXLC]{1,6}|[A-Z])\.$", lines[before].text):
        return before
    return index
