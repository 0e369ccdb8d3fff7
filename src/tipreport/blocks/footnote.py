"""Footnotes: where they stand, and their marks and texts.

Printed forms (Editorial Manual, "Footnotes"; LAYOUTS of real documents): behind a rule of underscores; at
the foot of a page without one, the number alone on a line or before the text; ``*`` and ``**`` notes of the
masthead; ``a`` notes under a table. A note is only taken where its mark stands in the text before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from tipreport.blocks.furniture import pages
from tipreport.blocks.marker import read
from tipreport.lines import Line
from tipreport.patterns import complete
from tipreport.spans import Layout, Range

_RULE = re.compile(r"[_\u2500-\u257f]{5,}\s*")
_MARK = re.compile(r"(\d{1,3}|\*{1,4}|[a-z])$")
# What the text of a note begins with: a capital, a quotation mark, a letter of a script without capitals.
_OPENS = r"[A-Z\u201c]|(?![\u00df-\u00ff\u0430-\u045f])[^\W\d_a-z]"
_NOTE = re.compile(rf"(\d{{1,3}}|\*{{1,4}})(?:\s+|(?={_OPENS}))(?={_OPENS}|\()")
_TABLE_NOTE = re.compile(r"([a-z])\s{2,}(?=[A-Z])")
_FOOT = 30  # lines before a page break in which notes are looked for
_OF_BODY = frozenset(("rec", "sub", "number", "roman", "letter", "annex", "part", "decision"))  # what begins in no note
_STAR_REACH = 400  # lines between a starred word and its note


@dataclass(slots=True)
class Note:
    """A footnote: its mark, the ranges of its text, all its lines, and its page's first line."""

    mark: str
    body: list[Range] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    page: int = 0


def seen(layout: Layout, lines: list[Line], kinds: list[str | None]) -> list[Note]:
    """The footnotes that the reader of a printed page told; their marks are the ranges of marks at their beginnings."""
    ends = dict(layout.marks)
    starts = [line.start for line in lines]
    out: list[Note] = []
    for start, end in layout.notes:
        own = [line for line in lines[bisect_left(starts, start) : bisect_left(starts, end)] if kinds[line.index] != "furniture"]
        if not own or start not in ends or own[0].start != start:
            continue
        mark = own[0].text[: ends[start] - start]
        first = own[0].text[len(mark) :]
        body = [(own[0].end - len(first.lstrip()), own[0].end)] if first.strip() else []
        note = Note(mark.rstrip(" .)"), body + [(line.start, line.end) for line in own[1:]], [line.index for line in own], own[0].index)
        out += _claim(kinds, [note])
    return out


def find(lines: list[Line], kinds: list[str | None]) -> list[Note]:
    """All footnotes; their lines get the kind ``footnote``, rules above them ``furniture``."""
    notes: list[Note] = []
    starts = pages(lines)
    if len(starts) > 1:
        for page, start in enumerate(starts):
            stop = starts[page + 1] if page + 1 < len(starts) else len(lines)
            notes += _on_page(lines, kinds, start, stop)
    notes += _behind_rules(lines, kinds)
    notes += _starred(lines, kinds)
    notes += _under_tables(lines, kinds)
    notes.sort(key=lambda note: note.lines[0])
    return notes


def _claim(kinds: list[str | None], notes: list[Note]) -> list[Note]:
    kept = [note for note in notes if note.body]
    for note in kept:
        for index in note.lines:
            kinds[index] = "footnote"
    return kept


def marked(text: str, mark: str) -> bool:
    """Whether ``mark`` stands in ``text`` as a footnote mark: glued to a word or before a bracket."""
    if mark.startswith("*"):
        return bool(re.search(rf"[\w)\].,\u201d]\s?{re.escape(mark)}(?!\*)", text))
    return bool(
        re.search(
            rf"(?:[^\W\d_]|(?:[^\W\d_]|\d{{4}})[.,;:)\u201d\u2019\]]{{1,3}}){mark}(?![\d\w])|[a-z\u00e0-\u00ff] {mark}(?= ?[(,;.])", text
        )
    )


def _on_page(lines: list[Line], kinds: list[str | None], start: int, stop: int) -> list[Note]:
    """Notes at the foot of one page, without a rule; their marks stand on it, or at the end of the page before."""
    text = "\n".join(line.text for line in lines[max(0, start - _FOOT) : stop] if kinds[line.index] != "furniture")
    first = None
    for index in range(max(start + 1, stop - _FOOT), stop):
        if kinds[index] is not None:
            continue
        found = _MARK.match(lines[index].text) or _NOTE.match(lines[index].text)
        if not found or not marked(text, found[1]):
            continue
        before = next((lines[i].text for i in range(index - 1, start - 1, -1) if kinds[i] != "furniture"), "")
        lone = _MARK.match(lines[index].text)
        if complete(before) or _RULE.match(before) or (lone and lines[index].blanks) or found[1].startswith("*"):
            first = index
            break
    if first is None:
        return []
    return _claim(kinds, _read(lines, kinds, first, stop, start))


def _read(lines: list[Line], kinds: list[str | None], first: int, stop: int, page: int) -> list[Note]:
    """Pair marks with texts from ``first`` on: mark and text on one line, or marks alone before texts."""
    notes: list[Note] = []
    waiting: list[Note] = []
    open_note: Note | None = None
    for index in range(first, stop):
        if kinds[index] == "furniture" or (kinds[index] == "masthead" and index > first + 12):
            continue
        line = lines[index]
        lone = _MARK.match(line.text)
        note = _NOTE.match(line.text)
        if lone:
            waiting.append(Note(lone[1], [], [index], page))
            notes.append(waiting[-1])
            open_note = None
        elif note and (open_note is None or complete(lines[index - 1].text)) and not waiting:
            open_note = Note(note[1], [(line.start + note.end(), line.end)], [index], page)
            notes.append(open_note)
        elif open_note is not None and line.blanks and read(line.text).kind in _OF_BODY and complete(lines[open_note.lines[-1]].text):
            break
        elif waiting and (open_note is None or line.blanks):
            open_note = waiting.pop(0)
            open_note.body.append((line.start, line.end))
            open_note.lines.append(index)
        elif open_note is not None:
            open_note.body.append((line.start, line.end))
            open_note.lines.append(index)
        else:
            break
    return notes


def _behind_rules(lines: list[Line], kinds: list[str | None]) -> list[Note]:
    out: list[Note] = []
    for line in lines:
        found = _RULE.match(line.text)
        if not found or line.index + 1 >= len(lines):
            continue
        if kinds[line.index] == "footnote":
            continue
        stop = line.index + 1
        first = stop
        while stop < len(lines):
            after = lines[stop]
            if after.page_break and stop > first:
                break
            if kinds[stop] == "furniture" and stop > first:
                break
            marker = read(after.text)
            if stop > first and marker.kind in _OF_BODY:
                break
            if (
                stop > first
                and after.blanks
                and not _MARK.match(after.text)
                and not _NOTE.match(after.text)
                and not _MARK.match(lines[stop - 1].text)
            ):
                break
            stop += 1
        if kinds[first] is None and (_MARK.match(lines[first].text) or _NOTE.match(lines[first].text)):
            out += _claim(kinds, _read(lines, kinds, first, stop, line.index))
            kinds[line.index] = "furniture"
    return out


def _starred(lines: list[Line], kinds: list[str | None]) -> list[Note]:
    """``*`` notes that no page foot or rule gave: those of a masthead in flat text."""
    out: list[Note] = []
    for line in lines:
        index = line.index
        if kinds[index] not in (None, "masthead") or not line.text.startswith("*"):
            continue
        found = _MARK.match(line.text) or _NOTE.match(line.text)
        if not found or line.text[: len(found[1])] != found[1]:
            continue
        before = "\n".join(other.text for other in lines[max(0, index - _STAR_REACH) : index])
        if not marked(before, found[1]):
            continue
        lone = _MARK.match(line.text) is not None
        note = Note(found[1], [], [index], index)
        if not lone:
            note.body.append((line.start + found.end(), line.end))
        following = index + 1
        while following < len(lines) and kinds[following] in (None, "masthead"):
            after = lines[following]
            fresh = bool(note.body) and (after.blanks or complete(lines[following - 1].text))
            if fresh or read(after.text).kind in {"number", "roman", "rec"} or after.text.startswith("*") or len(note.lines) > 8:
                break
            note.body.append((after.start, after.end))
            note.lines.append(following)
            following += 1
        out += _claim(kinds, [note])
    return out


def _under_tables(lines: list[Line], kinds: list[str | None]) -> list[Note]:
    out: list[Note] = []
    after_table = False
    for line in lines:
        if kinds[line.index] == "table":
            after_table = True
        elif kinds[line.index] is None and after_table:
            found = _TABLE_NOTE.match(line.text)
            if found:
                out += _claim(kinds, [Note(found[1], [(line.start + found.end(), line.end)], [line.index], line.index)])
            else:
                after_table = False
    return out
