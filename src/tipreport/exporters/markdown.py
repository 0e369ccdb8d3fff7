"""Markdown (CommonMark with the tables and footnotes of GitHub): headings, printed numbers, points, anchors, links.

What comes from a document is text: nothing in it acts as markup. Numbers stand as printed (``12.`` is no list), each unit has
an anchor of its id, and symbols link to the documents system.
"""

from __future__ import annotations

import re
from html import escape

from tipreport.exporters import Options, Sheet
from tipreport.manuscript import Cited, Entry, Grid, Head, Line, Listing, Mark, Notes, Prose, Run, Title, manuscript
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUFFIXES = (".md", ".markdown")
NARROWS = True

_BLANKS = re.compile(r"[ \t\r\n]+")
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$@!&])")
_LINKS = re.compile(r"(?i)(\b(?:https?|ftp|mailto|xmpp)):|\b(www)\.")
_FIRST = re.compile(r"^(\d{1,9})([.)])|^([-+=])")
_DASHES = frozenset("-–—•·*‣▪◦")
_NO_NAME = re.compile(r"[^\w.~-]+")


def write(sheets: Iterable[Sheet], options: Options) -> Iterator[str]:
    """Reports one after another, a rule between them.

    Args:
        sheets: the reports, or what is chosen of them.
        options: not used.
    """
    del options
    for place, sheet in enumerate(sheets):
        if place:
            yield "\n---\n\n"
        page = _Page(place + 1)
        gap = ""
        for part in manuscript(sheet.report, sheet.text, narrowed=sheet.narrowed, kinds=sheet.kinds, whole=sheet.whole):
            text = "\n\n".join(block for block in page.blocks(part) if block)
            if text:
                yield f"{gap}{text}\n"
                gap = "\n"


class _Page:
    """One report; names of anchors and footnotes of the second and later ones have its number in front."""

    def __init__(self, number: int) -> None:
        self.prefix = "" if number == 1 else f"r{number}-"
        self.names: dict[int, str] = {}
        self.first = number == 1

    def blocks(self, part: object) -> Iterator[str]:
        """A part of a report as blocks, which empty lines part."""
        if isinstance(part, Head):
            yield from _head(part)
        elif isinstance(part, Title):
            yield self._title(part)
        elif isinstance(part, Entry):
            yield from self._entry(part)
        elif isinstance(part, Prose):
            yield from _prose(part)
        elif isinstance(part, Grid):
            yield _table((), part.rows)
        elif isinstance(part, Notes):
            yield from self._notes(part)
        else:
            assert isinstance(part, Listing)
            yield from _listing(part)

    def _anchor(self, ident: str) -> str:
        return f'<a id="{escape(_NO_NAME.sub("-", visible(self.prefix + ident)))}"></a>'

    def _title(self, title: Title) -> str:
        sign = "#" * min(title.level + 1, 6)
        label = f"{_plain(title.label)} " if title.label else ""
        more = f" {_plain(title.more)}" if title.more else ""
        return f"{sign} {self._anchor(title.path)}{label}{_plain(title.title)}{' *(continued)*' if title.continued else ''}{more}"

    def _entry(self, entry: Entry) -> Iterator[str]:
        anchor = self._anchor(entry.ident)
        if entry.word:
            yield f"{anchor}**{_plain(entry.word)} {_plain(entry.number)}**"
            anchor = ""
        label = f"{_plain(entry.label, first=not anchor)} " if entry.label else ""
        points: list[str] = []
        for place, line in enumerate(entry.lines):
            if line.depth:
                points.append(self._point(line))
                continue
            if points:
                yield "\n".join(points)
                points = []
            lead = anchor + label if place == 0 else ""
            yield lead + self._text(line.runs, first=not lead)
        if points:
            yield "\n".join(points)

    def _point(self, line: Line) -> str:
        label = "" if line.label in _DASHES else f"{_plain(line.label, first=True)} " if line.label else ""
        anchor = self._anchor(line.ident) if line.ident else ""
        return f"{'  ' * (line.depth - 1)}- {anchor}{label}{self._text(line.runs, first=not label and not anchor)}".rstrip()

    def _text(self, runs: Sequence[Run], *, first: bool) -> str:
        out = ""
        for run in runs:
            if isinstance(run, Mark):
                out += f"[^{self._name(run.number, run.mark)}]"
            elif isinstance(run, Cited):
                out += _cell(run)
            else:
                blank = " " if run[:1].isspace() and out else ""
                out += blank + _plain(run, first=first and not out) + (" " if run[-1:].isspace() and run.strip() else "")
        return out.strip()

    def _name(self, number: int, mark: str) -> str:
        """The name of a footnote: its printed mark, unless that is no name or has been given."""
        if number not in self.names:
            name = self.prefix + (mark if mark.isascii() and mark.isalnum() else f"note-{number + 1}")
            self.names[number] = name if name not in self.names.values() else f"{name}-{number + 1}"
        return self.names[number]

    def _notes(self, notes: Notes) -> Iterator[str]:
        if notes.place != "foot":
            yield from (f"{_plain(mark, first=True)} {_plain(text)}" for mark, text in notes.notes)
            return
        for place, ((mark, text), number) in enumerate(zip(notes.notes, notes.numbers, strict=True)):
            # Readers number footnotes anew: another mark than theirs is told.
            printed = "" if mark == str(place + 1) else f"({_plain(mark)}) "
            yield f"[^{self._name(number, mark)}]: {printed}{_plain(text, first=not printed)}"


def _head(head: Head) -> Iterator[str]:
    symbol = _plain(head.symbol or "")
    linked = f"[{symbol}](<{_address(head.link)}>)" if head.link else symbol
    if head.brief:
        yield f"# {_plain(head.heading)}"
        date = next((one for one in head.right if one[:1].isdigit()), None)
        yield ", ".join(filter(None, (linked, _plain(head.body or "", first=not linked), _plain(date or ""))))
        return
    above = _plain(head.above or "", first=True)
    yield " · ".join(filter(None, (above, linked)))
    if head.organ:
        yield f"**{_plain(head.organ)}**"
    yield "  \n".join(_plain(line, first=True) for line in head.right if line)
    if head.body:
        yield f"**{_plain(head.body)}**"
    yield "  \n".join(_plain(line, first=True) for line in head.facts)
    yield f"# {_plain(head.title or head.name)}"
    for line in (head.subtitle, head.part):
        if line:
            yield f"**{_plain(line)}**"
    for line in (*head.more, head.job):
        yield _plain(line or "", first=True)


def _prose(prose: Prose) -> Iterator[str]:
    """Lines that stay lines, empty ones part blocks; or paragraphs."""
    if not prose.broken:
        yield from (_plain(one, first=True) for one in prose.lines)
        return
    block: list[str] = []
    for line in (*prose.lines, ""):
        shown = _plain(line, first=True)
        if shown:
            block.append(shown)
        elif block:
            yield "  \n".join(block)
            block = []


def _listing(listing: Listing) -> Iterator[str]:
    if listing.title:
        yield f"## {_plain(listing.title)}"
    if listing.rows:
        yield _table(listing.head, listing.rows)
    elif listing.told:
        yield _table(("List", "Remarks"), [(one.sentence, " ".join(one.remarks)) for one in listing.told])


def _table(head: Sequence[str], rows: Sequence[Sequence[str | Cited]]) -> str:
    columns = max([len(head), *(len(row) for row in rows)], default=0)
    if not columns:
        return ""
    lines = [[_cell(cell) for cell in row] + [""] * (columns - len(row)) for row in ([*head], *rows)]
    lines.insert(1, ["---"] * columns)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: str | Cited) -> str:
    return _plain(cell) if isinstance(cell, str) else f"[{_plain(cell.text)}](<{_address(cell.target)}>)"


def _address(target: str | None) -> str:
    return re.sub(r"[<>\\\s]", lambda found: f"%{ord(found[0]):02X}", visible(target or ""))


def _plain(text: str, *, first: bool = False) -> str:
    """Text in which nothing acts; ``first`` where a line begins with it."""
    shown = _BLANKS.sub(" ", visible(text)).strip(" ")
    shown = _SIGNS.sub(r"\\\1", shown)
    shown = _LINKS.sub(lambda found: f"{found[1]}\\:" if found[1] else f"{found[2]}\\.", shown)
    return _FIRST.sub(lambda found: f"\\{found[3]}" if found[3] else f"{found[1]}\\{found[2]}", shown) if first else shown
