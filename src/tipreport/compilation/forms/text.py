"""For a terminal or a pipe: chapters, entries with their sources below them, nothing wider than the width."""

from __future__ import annotations

import textwrap

from tipreport.compilation import telling
from tipreport.compilation.forms import View
from tipreport.compilation.grouping import Chapter, Compilation, Entry, Session
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.compilation.gathering import Heading

SUFFIXES = (".txt",)
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_LABEL = 4  # columns of the label of a point
_BLANKS = dict.fromkeys(map(ord, "\t\n\r"), " ")


def render(found: Compilation, view: View) -> str:
    """The document."""
    page = _Page(view)
    out = [*page.wrapped(telling.title(found), style=_BOLD)]
    out += page.wrapped(view.scope) if view.scope else []
    for line in telling.counts(found):
        out += page.wrapped(line, style=_DIM)
    for chapter in found.chapters:
        out += ["", *page.chapter(chapter)]
    return "".join(f"{line}\n" for line in out)


class _Page:
    def __init__(self, view: View) -> None:
        self.view = view

    def chapter(self, chapter: Chapter) -> Iterator[str]:
        """A topic with its entries, or a year or body with its sessions."""
        count = len(chapter.everything)
        yield from self.wrapped(f"{chapter.label} ({count:,})", style=_BOLD)
        for entry in chapter.entries:
            yield ""
            yield from self.entry(entry)
        for session in chapter.sessions:
            yield ""
            yield from self.session(session)

    def session(self, session: Session) -> Iterator[str]:
        """A report: its masthead in a line, its headings, its recommendations."""
        source = session.source
        yield from self.wrapped(source.cite, 2, style=_BOLD)
        yield from self.wrapped(telling.session(source), 2, style=_DIM)
        before: tuple[Heading, ...] = ()
        for entry in session.entries:
            now = entry.unit.item.headings
            for depth, heading in telling.headings(before, now):
                yield from ["", *self.wrapped(heading.told, 2 + 2 * depth, style=_BOLD)]
            before = now
            yield ""
            yield from self.entry(entry, session=True)

    def entry(self, entry: Entry, *, session: bool = False) -> Iterator[str]:
        """The text, and below it where it stands, why it stands here, and where else."""
        unit = entry.unit
        if entry.newer is not None:
            yield from self.wrapped(f"{unit.item.pinpoint}: see {entry.newer.unit.cite} {telling.also(entry.newer)}", 2)
            return
        lines = list(telling.lines(unit, short=self.view.short, numbered=session))
        deeper = bool(lines[0].label) and not lines[0].depth  # its points stand below its text, not below its number
        for line in lines:
            label = f"{line.label:{_LABEL - 1}} " if line.label else ""
            at = 2 + (line.depth + deeper - bool(label)) * _LABEL
            yield from self.wrapped(f"{label}{line.text}", at, at + _LABEL if label else None)
        where = telling.pinpoint(unit) if session else f"{unit.cite} ({telling.when(unit.item.source)})"
        yield from self.wrapped("; ".join(filter(None, (where, telling.facts(unit, own=not session)))), 4, 6, style=_DIM)
        if telling.basis(entry):
            yield from self.wrapped(telling.basis(entry), 4, 6, style=_DIM)
        if entry.also:
            told = ", ".join(f"{one.unit.cite} {telling.also(one, unit)}" for one in entry.also)
            yield from self.wrapped(f"also: {told}", 4, 6, style=_DIM)

    def wrapped(self, text: str, first: int = 0, then: int | None = None, style: str = "") -> list[str]:
        """A text in lines of the width."""
        lines = textwrap.wrap(
            visible(text.translate(_BLANKS)), max(self.view.width, 36), initial_indent=" " * first,
            subsequent_indent=" " * (first if then is None else then), break_on_hyphens=False,
        )  # fmt: skip
        return [f"{style}{line}{_PLAIN}" for line in lines] if style and self.view.colour else lines
