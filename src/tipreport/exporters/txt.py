"""Plain text laid out as reports of the United Nations are: masthead, hanging headings, numbered paragraphs, points.

79 columns at most, wide characters counted twice. The order of the masthead and the indents are those of the Editorial
Manual ("Mastheads", "Headings", "Paragraphs and subparagraphs"): the number of a paragraph stands at the margin of the text,
its other lines flush with it. Footnote marks are raised digits; the footnotes stand at the end of the report.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from tipreport.exporters import Options, Sheet
from tipreport.manuscript import LEADER, Entry, Grid, Head, Line, Listing, Mark, Notes, Prose, Run, Title, manuscript
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUFFIXES = (".txt",)
NARROWS = True

WIDTH = 79
_MARGIN = 6  # where text begins; labels of headings hang to its left
_STEP = 6
_DEEPEST = 5
_RIGHT = 24  # the column of distribution, date and language
_BLANKS = re.compile(r"[ \t\r\n]+")
_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class _Word(NamedTuple):
    text: str
    glued: bool  # to the word before


def write(sheets: Iterable[Sheet], options: Options) -> Iterator[str]:
    """Reports one after another, a rule between them.

    Args:
        sheets: the reports, or what is chosen of them.
        options: not used.
    """
    del options
    for place, sheet in enumerate(sheets):
        if place:
            yield f"\n\n{'=' * WIDTH}\n\n"
        gap = ""
        for part in manuscript(sheet.report, sheet.text, narrowed=sheet.narrowed, kinds=sheet.kinds, whole=sheet.whole):
            lines = [line.rstrip() for line in _laid(part)]
            if lines:
                yield gap + "".join(f"{line}\n" for line in lines)
                gap = "\n"


def _laid(part: object) -> Iterator[str]:
    if isinstance(part, Head):
        yield from _brief(part) if part.brief else _head(part)
    elif isinstance(part, Title):
        yield from _title(part)
    elif isinstance(part, Entry):
        yield from _entry(part)
    elif isinstance(part, Prose):
        yield from _prose(part)
    elif isinstance(part, Grid):
        yield from _grid(part.rows)
    elif isinstance(part, Notes):
        yield from _notes(part)
    else:
        assert isinstance(part, Listing)
        yield from _listing(part)


# Parts --------------------------------------------------------------------------------------------------------


def _head(head: Head) -> Iterator[str]:
    if head.symbol or head.above:
        symbol = visible(head.symbol or "")
        above = visible(head.above or "")
        room = WIDTH - cells(above) - 2
        if cells(symbol) <= room:
            yield above + " " * (WIDTH - cells(above) - cells(symbol)) + symbol
        else:
            yield from (line for line in (above, *wrapped(symbol)) if line)
        yield "_" * WIDTH
        yield ""
    left = wrapped(head.organ or "", width=WIDTH - _RIGHT - 4) if head.organ else []
    right = [line for one in head.right for line in (wrapped(one, width=_RIGHT) or [""])]
    for at in range(max(len(left), len(right))):
        one, other = (side[at] if at < len(side) else "" for side in (left, right))
        yield f"{one}{' ' * (WIDTH - _RIGHT - cells(one))}{other}" if other else one
    if left or right:
        yield "=" * WIDTH
        yield ""
    for line in (head.body, *head.facts):
        yield from wrapped(line or "")
    if head.body or head.facts:
        yield ""
    told = [one for one in (head.title, head.subtitle, head.part, *head.more) if one]
    for place, one in enumerate(told or [head.name] * (head.name != head.symbol)):
        if place:
            yield ""
        yield from wrapped(one, " " * _MARGIN, " " * _MARGIN)
    if head.job:
        yield ""
        yield from wrapped(head.job)


def _brief(head: Head) -> Iterator[str]:
    """The report in which the chosen objects stand, in a few lines."""
    date = next((one for one in head.right if one[:1].isdigit()), None)
    yield from wrapped(head.name)
    for one in (head.body, ", ".join(filter(None, (head.title, head.part))), date):
        yield from wrapped(one or "")


def _title(title: Title) -> Iterator[str]:
    if title.level == 1:
        yield ""
    text = title.title + (" (continued)" if title.continued else "")
    if title.label and not title.above:
        label = visible(title.label)
        lead = f"{' ' * (_MARGIN - 2 - cells(label))}{label}  "
        yield from wrapped(text, lead, " " * max(_MARGIN, cells(lead)))
    else:
        if title.label:
            yield from wrapped(title.label, " " * _MARGIN, " " * _MARGIN)
            yield ""
        yield from wrapped(text, " " * _MARGIN, " " * _MARGIN)
    yield from wrapped(title.more, " " * _MARGIN, " " * _MARGIN)


def _entry(entry: Entry) -> Iterator[str]:
    margin = " " * _MARGIN
    if entry.word:
        yield from wrapped(f"{entry.word} {entry.number}", margin, margin)
        yield ""
    for place, line in enumerate(entry.lines):
        if place:
            yield ""
        yield from _line(line, entry.label if place == 0 else "")


def _line(line: Line, label: str) -> Iterator[str]:
    """A text at the margin, its number in the first line; points further in, their lines below one another."""
    depth = min(line.depth, _DEEPEST)
    indent = " " * (_MARGIN + _STEP * depth)
    shown = visible(label or line.label)
    lead = f"{indent}{shown}{' ' * max(_STEP - cells(shown), 2)}" if shown else indent
    yield from _wrapped(_words(line.runs), lead, indent + " " * _STEP if depth and shown else indent, WIDTH)


def _prose(prose: Prose) -> Iterator[str]:
    margin = " " * _MARGIN
    for place, line in enumerate(prose.lines):
        shown = visible(line.expandtabs(4))
        title, leader, page = shown.rpartition(LEADER) if prose.kind == "contents" else ("", "", shown)
        dots = WIDTH - _MARGIN - cells(title) - cells(page) - 2
        if leader and dots > 2:
            yield f"{margin}{title} {'.' * dots} {page}"
            continue
        if prose.broken and cells(shown.rstrip()) <= WIDTH - _MARGIN:
            yield margin + shown.rstrip()
            continue
        if place and not prose.broken:
            yield ""
        yield from wrapped(line, margin, margin)


def _grid(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table in columns where it fits, else its cells parted by bars."""
    columns = max(len(row) for row in rows)
    shown = [[_BLANKS.sub(" ", visible(cell)).strip() for cell in row] + [""] * (columns - len(row)) for row in rows]
    wide = [max(cells(row[at]) for row in shown) for at in range(columns)]
    last = WIDTH - _MARGIN - sum(wide[:-1]) - 2 * (columns - 1)
    for row in shown:
        if last < 20:
            yield from wrapped(" | ".join(row), " " * _MARGIN, " " * (_MARGIN + 2))
            continue
        lead = " " * _MARGIN + "".join(cell + " " * (wide[at] - cells(cell) + 2) for at, cell in enumerate(row[:-1]))
        yield from wrapped(row[-1], lead, " " * cells(lead)) or [lead]


def _notes(notes: Notes) -> Iterator[str]:
    if notes.place == "foot":
        yield ""
        yield " " * _MARGIN + "_" * 18
    for mark, text in notes.notes:
        lead = f"{' ' * _MARGIN}{_raised(mark)}  "
        yield from wrapped(text, lead, " " * cells(lead))


def _listing(listing: Listing) -> Iterator[str]:
    margin = " " * _MARGIN
    if listing.title:
        yield ""
        yield from wrapped(listing.title, margin, margin)
        yield ""
    place = -1
    for place, told in enumerate(listing.told):
        if place:
            yield ""
        yield from wrapped(told.sentence, margin, margin)
        if told.remarks:
            yield from wrapped(f"[{' '.join(told.remarks)}]", margin, margin)
    if listing.told:
        return
    for held in listing.rows:
        row = [cell if isinstance(cell, str) else cell.text for cell in held]
        more = "; ".join(f"{name.lower()} {cell}" for name, cell in zip(listing.head[2:], row[2:], strict=False) if cell)
        lead = f"{margin}{visible(row[0])}{' ' * max(14 - cells(visible(row[0])), 2)}"
        yield from wrapped(row[1] + (f" [{more}]" if more else ""), lead, margin + " " * 14)


# Lines --------------------------------------------------------------------------------------------------------


def cells(text: str) -> int:
    """The columns that a text takes: two for wide characters, none for marks on letters."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(one) in {"Mn", "Me", "Cf"} else 2 if unicodedata.east_asian_width(one) in {"W", "F"} else 1
        for one in text
    )


def wrapped(text: str, lead: str = "", after: str = "", width: int = WIDTH) -> list[str]:
    """A text in lines: the first behind ``lead``, the others behind ``after``; none for an empty text."""
    return list(_wrapped(_words([text]), lead, after, width))


def _words(runs: Sequence[Run]) -> list[_Word]:
    out: list[_Word] = []
    glued = False
    for run in runs:
        text = _raised(run.mark) if isinstance(run, Mark) else visible(run if isinstance(run, str) else run.text)
        parts = _BLANKS.split(text)
        for place, part in enumerate(parts):
            if part:
                out.append(_Word(part, glued if place == 0 else False))
        glued = bool(parts[-1]) if len(parts) > 1 or parts[0] else glued
    return out


def _raised(mark: str) -> str:
    return mark.translate(_SMALL) if mark.isascii() and mark.isdigit() else visible(mark)


def _wrapped(words: Sequence[_Word], lead: str, after: str, width: int) -> Iterator[str]:
    groups: list[str] = []
    for word in words:
        if word.glued and groups:
            groups[-1] += word.text
        else:
            groups.append(word.text)
    if cells(after) > width // 2:  # a label as long as that is no column to stand below
        after = " " * (width // 8)
    if cells(lead) > width - 8:  # a label that leaves no room stands on lines of its own
        yield from _broken(lead.strip(), after, width)
        lead = after
    line, empty = lead, True
    for group in groups:
        for piece in _pieces(group, width - cells(after)):
            if (not empty and cells(line) + 1 + cells(piece) > width) or (empty and line == lead and cells(line) + cells(piece) > width):
                if line.strip():
                    yield line
                line, empty = after, True
            line += piece if empty else f" {piece}"
            empty = False
    if groups:
        yield line


def _broken(text: str, indent: str, width: int) -> Iterator[str]:
    yield from (indent + piece for piece in _pieces(text, width - cells(indent)))


def _pieces(word: str, room: int) -> Iterator[str]:
    """A word in pieces that fit: only one longer than a line is cut."""
    if cells(word) <= room:
        yield word
        return
    piece, filled = "", 0
    for letter in word:
        wide = cells(letter)
        if filled + wide > room and piece:
            yield piece
            piece, filled = "", 0
        piece += letter
        filled += wide
    yield piece
