"""Markdown (CommonMark): chapters and headings, points as lists, sources linked by symbol; nothing in a text acts as markup."""

from __future__ import annotations

import re
from html import escape

from tipreport.compilation import telling
from tipreport.compilation.anchors import Anchors
from tipreport.compilation.forms import View
from tipreport.compilation.grouping import Also, Chapter, Compilation, Entry, Session
from tipreport.links import link
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.compilation.gathering import Heading, Unit

SUFFIXES = (".md", ".markdown")

_ACTING = re.compile(r"([\\`*_{}\[\]<>#|~$@!])")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(?=:)|\b(www)(?=\.)")
_BEGINS = re.compile(r"^(\d{1,9})(?=[.)])|^(?=[-+=])")


def render(found: Compilation, view: View) -> str:
    """The document."""
    page = _Page(found, view)
    blocks = [f"# {telling.title(found)}"]
    blocks += [_plain(view.scope)] if view.scope else []
    blocks.append("\n".join(f"- {_plain(line)}" for line in telling.counts(found)))
    if len(found.chapters) > 1:
        blocks.append(
            "\n".join(f"- [{_plain(one.label)}](#{page.anchors.chapter(one)}) ({len(one.everything):,})" for one in found.chapters)
        )
    for chapter in found.chapters:
        blocks += page.chapter(chapter)
    return "\n\n".join(blocks) + "\n"


class _Page:
    def __init__(self, found: Compilation, view: View) -> None:
        self.anchors, self.view, self.by = Anchors(found), view, found.by

    def chapter(self, chapter: Chapter) -> Iterator[str]:
        """A topic with its entries, or a year or body with its sessions."""
        yield f"## {_anchor(self.anchors.chapter(chapter))}{_plain(chapter.label)}"
        for entry in chapter.entries:
            yield from self.entry(entry)
        for session in chapter.sessions:
            yield from self.session(session)

    def session(self, session: Session) -> Iterator[str]:
        """A report: its masthead, its headings, its recommendations."""
        yield f"### {_linked(session.source.cite, session.source.symbol)}"
        yield _plain(telling.session(session.source))
        before: tuple[Heading, ...] = ()
        for entry in session.entries:
            now = entry.unit.item.headings
            for depth, heading in telling.headings(before, now):
                yield f"{'#' * min(4 + depth, 6)} {_plain(heading.told)}"
            before = now
            yield from self.entry(entry, session=True)

    def entry(self, entry: Entry, *, session: bool = False) -> Iterator[str]:
        """The text with its points, and what is told of it."""
        unit = entry.unit
        anchor = _anchor(self.anchors.entry(entry))
        if entry.newer is not None:
            yield f"{anchor}{_plain(telling.pinpoint(unit))}: see {self.wording(entry.newer)}"
            return
        held: list[str] = []
        for line in telling.lines(unit, short=self.view.short, numbered=session):
            lead, anchor = anchor, ""
            if line.depth:
                held.append(f"{'  ' * (line.depth - 1)}- {lead}{_plain(f'{line.label} {line.text}'.strip(), first=True)}")
                continue
            yield from ["\n".join(held)] * bool(held)
            held = []
            yield f"{lead}{_plain(f'{line.label} {line.text}'.strip(), first=True)}"
        yield from ["\n".join(held)] * bool(held)
        yield "  \n".join(self.told(entry, session=session))

    def told(self, entry: Entry, *, session: bool) -> Iterator[str]:
        """Where it stands, why it stands here, what else it stands for."""
        unit = entry.unit
        where = _plain(telling.pinpoint(unit)) if session else f"{_cite(unit)} ({telling.when(unit.item.source)})"
        facts = _plain(telling.facts(unit, own=not session))
        yield f"*{where}{'; ' if facts else ''}{facts}*"
        if telling.basis(entry):
            yield f"*{_plain(telling.basis(entry))}*"
        if entry.also:
            yield f"*also: {', '.join(self.wording(one, unit) for one in entry.also)}*"

    def wording(self, one: Also, than: Unit | None = None) -> str:
        """Another wording: its cite, linked, and what is told of it."""
        return f"{_cite(one.unit)} {_plain(telling.also(one, than))}"


def _cite(unit: Unit) -> str:
    return f"{_linked(unit.item.source.cite, unit.item.source.symbol)}, {_plain(telling.pinpoint(unit))}"


def _linked(text: str, symbol: str | None) -> str:
    address = link(symbol)
    return f"[{_plain(text)}](<{address}>)" if address else _plain(text)


def _anchor(name: str) -> str:
    return f'<a id="{escape(name)}"></a>'


def _plain(text: str, *, first: bool = False) -> str:
    """Text in which nothing acts; ``first`` where a line begins with it."""
    shown = _ACTING.sub(r"\\\1", " ".join(visible(text).split()).replace("&", "\\&"))
    shown = _ADDRESS.sub(lambda found: f"{found[0]}\\", shown)
    return _BEGINS.sub(r"\1\\", shown) if first else shown
