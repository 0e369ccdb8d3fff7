"""A Word document in the layout of the United Nations: headings by style, points as points, sources linked by symbol.

Needs the extra ``docx`` (python-docx).
"""

from __future__ import annotations

from tipreport import word
from tipreport.compilation import telling
from tipreport.compilation.anchors import Anchors
from tipreport.compilation.forms import View
from tipreport.compilation.grouping import Also, Chapter, Compilation, Entry, Session
from tipreport.links import link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.compilation.gathering import Heading, Unit
    from tipreport.word.page import Document

SUFFIXES = (".docx",)


def render(found: Compilation, view: View) -> bytes:
    """The file.

    Raises:
        ExtraError: python-docx is not installed.
    """
    title = telling.title(found)
    page = word.document(title, running=title)
    page.title(title)
    if view.scope:
        page.subtitle(view.scope)
    for line in telling.counts(found):
        page.paragraph(line, style="Lines")
    maker = _Maker(page, Anchors(found), view)
    if len(found.chapters) > 1:
        page.heading(1, "", "Contents")
        for chapter in found.chapters:
            page.paragraph(
                [word.Link(chapter.label, f"#{maker.anchors.chapter(chapter)}"), f" ({len(chapter.everything):,})"], style="Lines"
            )
    for chapter in found.chapters:
        maker.chapter(chapter)
    return page.to_bytes()


class _Maker:
    def __init__(self, page: Document, anchors: Anchors, view: View) -> None:
        self.page, self.anchors, self.view = page, anchors, view

    def chapter(self, chapter: Chapter) -> None:
        """A topic with its entries, or a year or body with its sessions."""
        self.page.heading(1, "", chapter.label, anchor=self.anchors.chapter(chapter))
        for entry in chapter.entries:
            self.entry(entry)
        for session in chapter.sessions:
            self.session(session)

    def session(self, session: Session) -> None:
        """A report: its masthead, its headings, its recommendations."""
        source = session.source
        self.page.heading(2, "", _linked(source.cite, source.symbol))
        self.page.paragraph(telling.session(source), style="Remark")
        before: tuple[Heading, ...] = ()
        for entry in session.entries:
            now = entry.unit.item.headings
            for depth, heading in telling.headings(before, now):
                label = f"{heading.number}." if heading.number else ""
                self.page.heading(3 + depth, label, heading.title)
            before = now
            self.entry(entry, session=True)

    def entry(self, entry: Entry, *, session: bool = False) -> None:
        """The text with its points, and what is told of it."""
        unit = entry.unit
        anchor: str | None = self.anchors.entry(entry)
        if entry.newer is not None:
            self.page.paragraph([f"{telling.pinpoint(unit)}: see ", *_wording(entry.newer)], style="Remark", anchor=anchor)
            return
        for line in telling.lines(unit, short=self.view.short, numbered=session):
            if line.depth and line.label:
                self.page.point(line.depth, line.label, line.text, anchor=anchor)
            elif line.label:
                self.page.numbered(line.label, line.text, anchor=anchor)
            else:
                self.page.paragraph(line.text, anchor=anchor)
            anchor = None
        told: list[word.Run] = []
        for runs in self.told(entry, session=session):
            told += ["\n", *runs] if told else runs
        self.page.paragraph(told, style="Remark")

    def told(self, entry: Entry, *, session: bool) -> Iterator[list[word.Run]]:
        """Where it stands, why it stands here, what else it stands for."""
        unit = entry.unit
        facts = telling.facts(unit, own=not session)
        where: list[word.Run] = [telling.pinpoint(unit)] if session else [*_cite(unit), f" ({telling.when(unit.item.source)})"]
        yield [*where, f"; {facts}" if facts else ""]
        if telling.basis(entry):
            yield [telling.basis(entry)]
        if entry.also:
            runs: list[word.Run] = ["also: "]
            for place, one in enumerate(entry.also):
                runs += [", "] * bool(place)
                runs += _wording(one, unit)
            yield runs


def _wording(one: Also, than: Unit | None = None) -> list[word.Run]:
    return [*_cite(one.unit), f" {telling.also(one, than)}"]


def _cite(unit: Unit) -> list[word.Run]:
    return [*_linked(unit.item.source.cite, unit.item.source.symbol), f", {telling.pinpoint(unit)}"]


def _linked(text: str, symbol: str | None) -> list[word.Run]:
    address = link(symbol)
    return [word.Link(text, address)] if address else [text]
