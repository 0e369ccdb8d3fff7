"""The paragraphs and tables of one story of a Word document: its body, a head or foot of the page, a note. ECMA-376 Part 1, 17.

Insertions that are tracked are read, deletions left out; so are hidden text, comments and the numbers of pages.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

from tipreport.markup.docx_numbers import Numbering, sign
from tipreport.markup.docx_styles import Look, Styles, W, of_paragraph, of_run, value
from tipreport.markup.elements import local
from tipreport.markup.flowing import Ink, Paragraph, settle, table, with_label

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PAGES = {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"}
_COUNTED = {"AUTONUM", "AUTONUMLGL", "AUTONUMOUT"}
_OUT = {
    "del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "tblPr", "trPr", "tcPr", "tblGrid", "sectPr", "sdtPr", "sdtEndPr", "proofErr",
    "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "rt", "Fallback", "pgNum", "fldData", "ffData", "smartTagPr", "customXmlPr",
}  # fmt: skip
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}
_SHORT = 12  # letters that may stand beside the number of a page: "Page 3 of 9"


class Notes(Protocol):
    """Where the marks of footnotes come from."""

    def mark(self, kind: str, ident: str, custom: str | None) -> str:
        """The mark that is printed for a reference, which counts it; ``custom`` is one that is typed."""


class _Field:
    """A field while it is read: what it asks for, and whether its result is reached."""

    def __init__(self) -> None:
        self.code = ""
        self.result = False

    @property
    def name(self) -> str:
        return (self.code.split() or [""])[0].upper()


class Story:
    """Reads one story.

    Args:
        styles: of the document.
        numbering: its lists, which go on counting from story to story.
        notes: the marks of its footnotes.
        head: whether the story is the head or foot of a page.
    """

    def __init__(self, styles: Styles, numbering: Numbering, notes: Notes, *, head: bool = False) -> None:
        self._styles, self._numbering, self._notes, self._head = styles, numbering, notes, head
        self._fields: list[_Field] = []
        self._balanced = True
        self._counted = 0  # paragraphs counted by fields
        self._boxes: list[Paragraph] = []
        self._paged = False  # whether the number of a page was left out
        self._open: Paragraph | None = None  # a paragraph whose end is deleted: the next goes on with it
        self._blocks = 0
        self._turns: set[Any] = set()  # paragraphs at whose end a new page begins

    def read(self, root: Any, turns: set[Any] | None = None) -> list[Paragraph]:
        """The paragraphs of a story in order; those behind which a section ends with the page are in ``turns``."""
        ends: dict[str | None, int] = {}
        for one in root.iter(f"{W}fldChar"):
            kind = value(one, "fldCharType")
            ends[kind] = ends.get(kind, 0) + 1
        self._balanced = ends.get("begin", 0) == ends.get("end", 0)
        self._turns = turns or set()
        out = self._container(root)
        settle(out)
        return out

    def _container(self, element: Any) -> list[Paragraph]:
        out: list[Paragraph] = []
        turned = False
        for child in element.iterchildren():
            name = local(child)
            if name == "p":
                found = self._paragraph(child)
            elif name == "tbl":
                found = self._table(child)
            elif name in _OUT or name == "altChunk":
                continue
            elif name == "AlternateContent":
                found = self._container(_chosen(child))
            else:
                found = self._container(child)  # w:sdt, w:customXml, w:ins, ...
            if found and turned:
                found[0].page = True
            turned = child in self._turns or (turned and not found)
            out += found
        return out

    # ------------------------------------------------------------------ tables
    def _table(self, element: Any) -> list[Paragraph]:
        first = self._blocks < 4
        rows = [self._row(row) for row in _within(element, "tr") if not _deleted(row, "trPr")]
        self._blocks += 1
        return table(rows, head=self._head or first)

    def _row(self, row: Any) -> list[list[Paragraph]]:
        return [self._container(cell) for cell in _within(row, "tc")]

    # ------------------------------------------------------------------ paragraphs
    def _paragraph(self, element: Any) -> list[Paragraph]:
        properties = element.find(f"{W}pPr")
        style = None if properties is None else value(properties.find(f"{W}pStyle"))
        look = of_paragraph(properties).over(self._styles.look(style))
        ink = Ink()
        weights: list[bool] = []
        boxes, self._boxes, self._paged = self._boxes, [], False
        self._inline(element, ink, look._replace(raised=None), weights)
        inner, self._boxes = self._boxes, boxes
        paragraph = ink.paragraph()
        if self._paged and not any(map(str.isdigit, ink.text)) and sum(map(str.isalpha, ink.text)) < _SHORT:
            return inner
        going_on, self._open = self._open, None
        if going_on is not None:
            paragraph = _joined(going_on, paragraph)
        else:
            self._settle(paragraph, look, properties, style, bold=bool(weights) and all(weights))
        self._blocks += not paragraph.blank
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._open = paragraph
            return inner if going_on is not None else [paragraph, *inner]
        return inner if going_on is not None else [paragraph, *inner]

    def _settle(self, paragraph: Paragraph, look: Look, properties: Any, style: str | None, *, bold: bool) -> None:
        """Give the paragraph its number, and what is seen of it."""
        direct = properties is not None and properties.find(f"{W}numPr/{W}numId") is not None
        label = self._numbering.label(look.list_id, look.depth, None if direct else look.bound)
        if label:
            with_label(paragraph, label)
        ranked = look.level is not None and look.level < 9
        paragraph.heads = not paragraph.blank and bool(ranked or look.named or bold)
        paragraph.above, paragraph.below = look.above or 0, look.below or 0
        if look.tight:
            paragraph.below = -paragraph.below or -0.01  # no space towards one of the same style
        paragraph.page = bool(look.new_page)
        paragraph.style = style or ""

    # ------------------------------------------------------------------ what stands in a line
    def _inline(self, element: Any, ink: Ink, look: Look, weights: list[bool]) -> None:
        for child in element.iterchildren():
            name = local(child)
            if name == "r":
                self._run(child, ink, look, weights)
            elif name == "fldSimple":
                code = (value(child, "instr") or "").split() or [""]
                if code[0].upper() in _PAGES:
                    self._paged = True
                else:
                    self._inline(child, ink, look, weights)
            elif name == "AlternateContent":
                self._inline(_chosen(child), ink, look, weights)
            elif child.tag == f"{_MATH}t" and self._shown():
                ink.put(child.text or "")
            elif name == "txbxContent":
                self._boxes += self._container(child)
            elif name not in _OUT:
                self._inline(child, ink, look, weights)

    def _run(self, run: Any, ink: Ink, look: Look, weights: list[bool]) -> None:
        properties = run.find(f"{W}rPr")
        style = None if properties is None else value(properties.find(f"{W}rStyle"))
        own = of_run(properties).over(self._styles.look(style, of_runs=True).over(look))
        words = ink.words
        custom: tuple[str, str] | None = None
        for child in run.iterchildren():
            name = local(child)
            if name == "fldChar":
                self._field(value(child, "fldCharType"), ink)
            elif name == "instrText":
                if self._fields and not self._fields[-1].result:
                    self._fields[-1].code += child.text or ""
            elif own.hidden or not self._shown():
                continue
            elif name == "t":
                custom = self._text(child.text or "", ink, own, custom)
            elif name in {"footnoteReference", "endnoteReference"}:
                kind, ident = name.removesuffix("Reference"), value(child, "id") or ""
                if (value(child, "customMarkFollows") or "0") in {"1", "true", "on"}:
                    custom = kind, ident
                else:
                    ink.mark(self._notes.mark(kind, ident, None))
            else:
                self._other(child, name, ink, look, weights)
        if ink.words > words:
            weights.append(bool(own.bold))

    def _text(self, text: str, ink: Ink, own: Look, custom: tuple[str, str] | None) -> tuple[str, str] | None:
        """Print the text of a run; the first word behind a reference that has no number is its mark."""
        if custom and text.strip():
            mark = text.split()[0]
            ink.mark(self._notes.mark(*custom, mark))
            ink.put(text.lstrip()[len(mark) :])
            return None
        if own.raised:
            ink.superscript(text)
        else:
            ink.put(text)
        return custom

    def _other(self, child: Any, name: str, ink: Ink, look: Look, weights: list[bool]) -> None:
        if name == "br":
            ink.put("\f" if value(child, "type") == "page" else "\n")
        elif name == "sym":
            code = value(child, "char") or ""
            if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
                ink.put(sign(chr(int(code, 16))))
        elif name in _CHARACTERS:
            ink.put(_CHARACTERS[name])
        elif name == "AlternateContent":
            self._inline(_chosen(child), ink, look, weights)
        elif name == "txbxContent":
            self._boxes += self._container(child)
        elif name not in _OUT:
            self._inline(child, ink, look, weights)  # w:drawing, w:pict, w:object, w:ruby: what text they hold

    # ------------------------------------------------------------------ fields
    def _field(self, kind: str | None, ink: Ink) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            self._paged = self._paged or field.name in _PAGES
            if field.name in _COUNTED and not field.result and self._shown():
                self._counted += 1
                ink.put(f"{self._counted}.")

    def _shown(self) -> bool:
        """Whether what is read now is printed: it is no code of a field, and no number of a page."""
        if not self._balanced:
            return not (self._fields and self._fields[-1].result and self._fields[-1].name in _PAGES)
        return all(field.result and field.name not in _PAGES for field in self._fields)


def _joined(first: Paragraph, second: Paragraph) -> Paragraph:
    """The first paragraph with the text of the second behind it."""
    shift = len(first.text)
    first.text += second.text
    first.marks += [(low + shift, high + shift) for low, high in second.marks]
    first.raised += [(low + shift, high + shift) for low, high in second.raised]
    return first


def _within(element: Any, name: str) -> list[Any]:
    """The children of this name, also those within content controls and insertions."""
    out = []
    for child in element.iterchildren():
        if local(child) == name:
            out.append(child)
        elif local(child) in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            out += _within(child, name)
    return out


def _deleted(element: Any, properties: str) -> bool:
    return element.find(f"{W}{properties}/{W}del") is not None


def _chosen(element: Any) -> Any:
    """What a program of today shows of alternatives: the first choice, else what older ones show."""
    choice = element.find(f"{_MC}Choice")
    if choice is not None:
        return choice
    fallback = element.find(f"{_MC}Fallback")
    return element if fallback is None else fallback
