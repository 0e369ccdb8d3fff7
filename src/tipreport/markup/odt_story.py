"""The paragraphs, lists and tables of an OpenDocument text. OASIS ODF 1.2 Part 1, 5, 6 and 9.

Insertions that are tracked are read, deletions, comments and hidden text left out; so are the numbers of pages.
"""

from __future__ import annotations

import re
from typing import Any

from tipreport.markup.elements import local, number
from tipreport.markup.flowing import Ink, Note, Paragraph, settle, table, with_label
from tipreport.markup.odt_lists import Lists
from tipreport.markup.odt_styles import TABLE, TEXT, Look, Styles

_OUT = {
    "annotation", "annotation-end", "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms", "ruby-text", "hidden-text",
    "note-citation", "number", "image", "object", "object-ole", "title", "desc", "binary-data", "script", "event-listeners", "index-title-template",
    "table-of-content-source", "bibliography-source", "alphabetical-index-source", "illustration-index-source", "table-index-source", "user-index-source",
}  # fmt: skip
_PAGES = {"page-number", "page-count", "page-continuation"}
_LINES = {"p", "h"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 10_000
_MOST_CELLS = 1000  # empty cells and rows that one element may stand for
_SHORT = 12


class Story:
    """Reads one story: the text, the head or foot of a page, the body of a note.

    Args:
        styles: of the document.
        lists: what counts its lists.
        notes: takes its footnotes and endnotes in order.
        head: whether the story is the head or foot of a page.
    """

    def __init__(self, styles: Styles, lists: Lists, notes: list[tuple[str, Note]], *, head: bool = False) -> None:
        self._styles, self._lists, self._notes, self._head = styles, lists, notes, head
        self._boxes: list[Paragraph] = []
        self._paged = False
        self._blocks = 0
        self._turn = False  # whether the paragraph before ended its page
        self._bold: list[bool] = []

    def read(self, element: Any) -> list[Paragraph]:
        """The paragraphs of an element that holds some."""
        out = self._container(element)
        settle(out)
        return out

    def _container(self, element: Any) -> list[Paragraph]:
        out: list[Paragraph] = []
        for child in element.iterchildren():
            name = local(child)
            if name in _LINES:
                out += self._paragraph(child)
            elif name == "list":
                out += self._list(child, None, None, 1)
            elif name == "table":
                out += self._table(child)
            elif name not in _OUT:
                out += self._container(child)  # sections, indexes, frames
        return out

    # ------------------------------------------------------------------ lists
    def _list(self, element: Any, key: str | None, style: str | None, depth: int) -> list[Paragraph]:
        style = element.get(f"{TEXT}style-name") or style or self._style_within(element)
        key = key or self._lists.open(element, style)
        out: list[Paragraph] = []
        for item in element.iterchildren():
            counted = local(item) == "list-item"
            if not counted and local(item) != "list-header":
                continue
            start = number(item.get(f"{TEXT}start-value"))
            for child in item.iterchildren():
                name = local(child)
                if name in _LINES:
                    own = item.get(f"{TEXT}style-override") or style
                    label = self._lists.item(key, own, depth, start) if counted else ""
                    out += self._paragraph(child, label, listed=True)
                    counted = False  # further paragraphs of the item have no number
                elif name == "list":
                    out += self._list(child, key, style, depth + 1)
                elif name not in _OUT:
                    out += self._container(child)
        return out

    def _style_within(self, element: Any) -> str:
        """The list style that the first paragraph of a list names."""
        first = next((one for one in element.iter(f"{TEXT}p", f"{TEXT}h")), None)
        return "" if first is None else self._styles.look("paragraph", first.get(f"{TEXT}style-name")).lists or ""

    # ------------------------------------------------------------------ tables
    def _table(self, element: Any) -> list[Paragraph]:
        first = self._blocks < 4
        rows = [self._row(row) for row in _rows(element)]
        self._blocks += 1
        return table(rows, head=self._head or first)

    def _row(self, row: Any) -> list[list[Paragraph]]:
        out: list[list[Paragraph]] = []
        for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            times = min(number(cell.get(f"{TABLE}number-columns-repeated")) or 1, _MOST_CELLS)
            found = self._container(cell)
            if local(cell) == "covered-table-cell" and not any(not one.blank for one in found):
                continue
            out += [found, *([] for _ in range(times - 1))] if any(not one.blank for one in found) else [[] for _ in range(times)]
        while out and not out[-1]:
            out.pop()
        return out

    # ------------------------------------------------------------------ paragraphs
    def _paragraph(self, element: Any, label: str = "", *, listed: bool = False) -> list[Paragraph]:
        style = element.get(f"{TEXT}style-name")
        look = self._styles.look("paragraph", style)
        ink = Ink()
        boxes, self._boxes, self._paged = self._boxes, [], False
        weights, self._bold = self._bold, []
        self._inline(element, ink, look)
        inner, self._boxes = self._boxes, boxes
        bold, self._bold = self._bold, weights
        if self._paged and not any(map(str.isdigit, ink.text)) and sum(map(str.isalpha, ink.text)) < _SHORT:
            return inner
        paragraph = ink.paragraph()
        paragraph.text = paragraph.text.rstrip("\n") if paragraph.text.strip() else paragraph.text
        heading = local(element) == "h"
        if heading and not listed and element.get(f"{TEXT}is-list-header") != "true":
            depth, start = number(element.get(f"{TEXT}outline-level")) or 1, number(element.get(f"{TEXT}start-value"))
            label = self._lists.heading(depth, start, restarts=element.get(f"{TEXT}restart-numbering") == "true")
        if label:
            with_label(paragraph, label)
        paragraph.heads = not paragraph.blank and bool(heading or look.named or (bold and all(bold)))
        paragraph.above, paragraph.below = look.above or 0, look.below or 0
        if look.tight:
            paragraph.below = -paragraph.below or -0.01
        paragraph.style = style or ""
        paragraph.page = bool(look.before or self._turn or (look.page and self._blocks))
        self._turn = bool(look.behind)
        self._blocks += not paragraph.blank
        return [paragraph, *inner]

    def _inline(self, element: Any, ink: Ink, look: Look) -> None:
        self._text(element.text, ink, look)
        for child in element.iterchildren():
            self._piece(child, ink, look)
            self._text(child.tail, ink, look)

    def _piece(self, child: Any, ink: Ink, look: Look) -> None:
        name = local(child)
        if name == "span":
            self._inline(child, ink, self._styles.look("text", child.get(f"{TEXT}style-name")).over(look))
        elif name == "s":
            ink.put(" " * min(number(child.get(f"{TEXT}c")) or 1, _MOST_BLANKS))
        elif name == "tab":
            ink.put("\t")
        elif name == "line-break":
            ink.put("\n")
        elif name == "note":
            self._note(child, ink)
        elif name in _PAGES:
            self._paged = True
        elif name == "frame":
            self._boxes += self._container(child)
        elif name in _LINES:  # within a shape
            self._boxes += self._paragraph(child)
        elif name not in _OUT:
            self._inline(child, ink, look)  # links, fields, what is drawn

    def _text(self, text: str | None, ink: Ink, look: Look) -> None:
        if not text or look.hidden:
            return
        text = _BLANKS.sub(" ", text.replace("\r", ""))  # LibreOffice keeps the CR of a line end in text that it converts
        if not text:
            return
        if text[0] == " " and (not ink.length or ink.last in " \n\t"):
            text = text[1:]  # white space stands once; more of it is written as text:s
        if text.strip():
            self._bold.append(bool(look.bold))
        if look.raised:
            ink.superscript(text)
        else:
            ink.put(text)

    def _note(self, element: Any, ink: Ink) -> None:
        citation, body = element.find(f"{TEXT}note-citation"), element.find(f"{TEXT}note-body")
        mark = "" if citation is None else "".join(citation.itertext()).strip()
        if not mark or body is None:
            return
        ink.mark(mark)
        inner = Story(self._styles, self._lists, self._notes).read(body)
        self._notes.append((element.get(f"{TEXT}note-class") or "footnote", Note(mark, inner)))


def _rows(element: Any) -> list[Any]:
    out = []
    for child in element.iterchildren():
        name = local(child)
        if name == "table-row":
            out.append(child)
        elif name in {"table-rows", "table-header-rows", "table-row-group"}:
            out += _rows(child)
    return out
