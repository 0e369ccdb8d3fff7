"""The paragraphs of an HTML page, as a browser without styles shows them. HTML Living Standard, 4 and 15.

The tree is walked without recursion. What is no text of the page is left out: scripts, styles, forms, navigation, hidden elements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tipreport.markup.flowing import APART, MARK, Ink, Paragraph, table, with_label
from tipreport.markup.html_names import BLOCKS, BOLD, CELLS, HEADINGS, KEPT, LISTS, OUT, SPACED
from tipreport.markup.numerals import SHORT, numeral

_LONGEST_STYLE = 4000
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_NOTED = re.compile(r"note|ftn|fn|cite_ref", re.IGNORECASE)
_BACK = re.compile(r"footnote-?back|doc-backlink", re.IGNORECASE)
_STYLE = re.compile(
    r"(?:^|;)\s*(display|visibility|margin-bottom|page-break-before|break-before|font-weight|vertical-align|list-style|list-style-type)\s*:\s*([^;]{1,60})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})")
# The property list-style(-type) and the forms of numerals; an empty form is a bullet, none prints nothing.
_CSS = {
    "decimal": "decimal", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "none": "none", "disc": "", "circle": "", "square": "",
}  # fmt: skip
_ARROWS = "\u21a9\u21b5\u2191\ufe0e\ufe0f^"


@dataclass(slots=True)
class _List:
    """An open list: how it counts."""

    form: str
    number: int
    step: int


@dataclass(slots=True)
class _Table:
    """An open table: its rows of cells of paragraphs."""

    rows: list[list[list[Paragraph]]] = field(default_factory=list)
    first: bool = False


@dataclass(slots=True)
class _Link:
    """A link that may be the mark of a note: where it leads, and the range of its text."""

    target: str
    start: int
    paragraph: Paragraph | None = None
    end: int = 0


class Page:
    """Reads one page.

    Args:
        root: the root element of its tree.
    """

    def __init__(self, root: Any) -> None:
        self._out: list[Paragraph] = []
        self._places: list[list[Paragraph]] = [self._out]  # the text, within it the cells of open tables
        self._tables: list[_Table] = []
        self._lists: list[_List] = []
        self._label = ""
        self._ink = Ink()
        self._space = False  # whether white space waits to be printed
        self._gap = 0.0
        self._heads = self._page = False
        self._bold: list[bool] = []
        self._kept = self._raised = self._strong = self._edges = 0
        self._links: list[_Link] = []  # those of the paragraph that is gathered
        self._known: list[_Link] = []
        self._anchors: dict[str, Paragraph] = {}
        self._idents: list[str] = []
        self._open: list[_Link] = []
        self._walk(root)

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs in order, notes and their marks told."""
        for link in self._known:
            note = self._anchors.get(link.target)
            if note is None or link.paragraph is None or note is link.paragraph:
                continue
            lead = len(note.text) - len(note.text.lstrip())
            mark = link.paragraph.text[link.start : link.end].strip("[]")
            found = re.match(rf"\[?{re.escape(mark)}\]?[.)]?(?!\w)|\[?{re.escape(mark)}\]?(?=[^\W\d])", note.text[lead:])
            if found and len(note.text.strip()) > found.end():
                link.paragraph.marks = sorted({*link.paragraph.marks, (link.start, link.end)})
                note.marks = sorted({*note.marks, (lead, lead + found.end())})
                note.note = True
        return self._out

    # ------------------------------------------------------------------ the walk
    def _walk(self, root: Any) -> None:
        node = root
        while True:
            inner = self._enter(node) if node.is_element_node else self._leaf(node)
            if inner and node.child is not None:
                node = node.child
                continue
            if inner:
                self._leave(node)
            while node.next is None:
                node = node.parent
                if node is None or node.mem_id == root.mem_id:
                    self._flush()
                    return
                self._leave(node)
            node = node.next

    def _leaf(self, node: Any) -> bool:
        if node.is_text_node:
            self._text(node.text_content or "")
        return False

    def _enter(self, node: Any) -> bool:
        """Begin an element; False where it is left out with all that it holds."""
        tag, told = node.tag, node.attributes
        style = _declared(told)
        if tag in OUT or "hidden" in told or style.get("display") == "none" or style.get("visibility") == "hidden":
            return False
        if tag == "a" and _BACK.search(f"{told.get('class')} {told.get('role')}") and not (node.text() or "").strip(_ARROWS + " "):
            return False
        ident = told.get("id") or (told.get("name") if tag == "a" else None)
        if tag == "br":
            self._ink.put("\n")
            self._space = False
        elif tag in BLOCKS:
            self._block(node, told, style)
        elif tag in CELLS:
            self._cell(tag)
        if ident:
            self._idents.append(ident)
        if tag == "sup" or style.get("vertical-align") == "super":
            self._raised += 1
        if tag in BOLD or style.get("font-weight") in {"bold", "700"}:
            self._strong += 1
        if tag == "a":
            self._link(node, told)
        return True

    def _leave(self, node: Any) -> None:
        tag, told = node.tag, node.attributes
        style = _declared(told)
        if tag == "sup" or style.get("vertical-align") == "super":
            self._raised -= 1
        if tag in BOLD or style.get("font-weight") in {"bold", "700"}:
            self._strong -= 1
        if tag == "a" and self._open:
            self._unlink()
        if tag in KEPT:
            self._kept -= 1
        if tag in LISTS and self._lists:
            self._flush()
            self._lists.pop()
        elif tag in CELLS:
            self._uncell(tag)
        elif tag in BLOCKS:
            self._flush()
            if tag == "li" and self._label:
                self._place(Paragraph(self._label.rstrip()))
                self._label = ""
            if tag == "div" and told.get("title") in {"header", "footer"}:
                self._edges -= 1
        if tag in SPACED and not re.match(r"0(?!\.[0-9]*[1-9])", style.get("margin-bottom", "1")):
            self._gap = APART

    # ------------------------------------------------------------------ blocks and lists
    def _block(self, node: Any, told: dict[str, str | None], style: dict[str, str]) -> None:
        tag = node.tag
        self._flush()
        if tag == "div" and told.get("title") in {"header", "footer"}:  # so LibreOffice writes the edges of its pages
            self._edges += 1
        if tag in SPACED and "margin-bottom" not in style:
            self._gap = APART
        if "always" in {style.get("page-break-before"), style.get("break-before")} or style.get("break-before") == "page":
            self._page = True
        if tag in KEPT:
            self._kept += 1
        if tag in HEADINGS:
            self._heads = True
        if tag in LISTS:
            self._lists.append(_opened(node, style))
        elif tag == "li":
            self._label = self._item(told)

    def _item(self, told: dict[str, str | None]) -> str:
        if not self._lists:
            return "\u2022\t"
        current = self._lists[-1]
        if not current.form:
            return "\u2022\t"
        value = _whole(told.get("value"))
        if value is not None:
            current.number = value
        form = SHORT.get(told.get("type") or "", current.form)
        if form == "none":
            return ""
        label = numeral(form, current.number, repeats=False)
        current.number += current.step
        return f"{label}.\t" if label else ""

    # ------------------------------------------------------------------ tables
    def _cell(self, tag: str) -> None:
        self._flush()
        if tag == "table":
            self._tables.append(_Table(first=sum(not one.blank for one in self._out[:5]) < 4))
        elif self._tables and tag == "tr":
            self._tables[-1].rows.append([])
        elif self._tables:
            current = self._tables[-1]
            if not current.rows:
                current.rows.append([])
            cell: list[Paragraph] = []
            current.rows[-1].append(cell)
            self._places.append(cell)

    def _uncell(self, tag: str) -> None:
        self._flush()
        if tag == "table" and self._tables:
            done = self._tables.pop()
            self._places[-1] += table(done.rows, head=done.first)
            self._gap = APART
        elif tag in {"td", "th"} and len(self._places) > 1:
            self._places.pop()

    # ------------------------------------------------------------------ text
    def _text(self, text: str) -> None:
        if self._kept:
            self._print(text.replace("\r\n", "\n").replace("\r", "\n"))
            return
        folded = _BLANKS.sub(" ", text)
        if folded[:1] == " ":
            self._space = True
        bare = folded.strip(" ")
        if not bare:
            return
        if self._space and self._ink.length and self._ink.last not in "\n\t":
            self._ink.put(" ")
        self._space = folded[-1] == " "
        self._print(bare)

    def _print(self, text: str) -> None:
        if text.strip():
            self._bold.append(self._strong > 0)
        if self._raised:
            self._ink.superscript(text)
        else:
            self._ink.put(text)

    def _link(self, node: Any, told: dict[str, str | None]) -> None:
        target = told.get("href") or ""
        words = (node.text() or "").strip()
        hints = " ".join(told.get(name) or "" for name in ("class", "role", "href", "name", "id"))
        noted = target.startswith("#") and MARK.match(words) and (self._raised or _NOTED.search(hints) or node.css_first("sup") is not None)
        if self._space and noted and self._ink.length and self._ink.last not in "\n\t ":
            self._ink.put(" ")
            self._space = False
        self._open.append(_Link(target[1:] if noted else "", self._ink.length))

    def _unlink(self) -> None:
        link = self._open.pop()
        link.end = self._ink.length
        if link.target and link.start < link.end:
            self._links.append(link)

    def _flush(self) -> None:
        """End the paragraph that is gathered."""
        ink, self._ink, self._space = self._ink, Ink(), False
        links, self._links = self._links, []
        bold, self._bold = self._bold, []
        idents = self._idents
        self._open = [_Link("", 0) for _ in self._open]
        lines = ink.paragraph()
        if not lines.text.strip():
            if "\n" in lines.text:  # a block that holds a line break alone is a blank line
                self._place(Paragraph(""))
            return
        if not self._kept and lines.text.endswith("\n"):
            lines.text = lines.text[:-1]  # a line break at the end of a block shows nothing
        shift = 0
        if self._label:
            label, self._label = self._label, ""
            if not lines.text.startswith(label.rstrip()):  # pages hide the numbers of a list by a class, and type their own
                with_label(lines, label)
                shift = len(label)
        lines.furniture = self._edges > 0
        lines.heads = self._heads or (bool(bold) and all(bold))
        for link in links:
            self._known.append(_Link(link.target, link.start + shift, lines, link.end + shift))
        for ident in idents:
            self._anchors.setdefault(ident, lines)
        self._idents = []
        self._heads = False
        self._place(lines)

    def _place(self, paragraph: Paragraph) -> None:
        paragraph.above, self._gap = self._gap, 0
        paragraph.page, self._page = self._page, False
        self._places[-1].append(paragraph)


def _opened(node: Any, style: dict[str, str]) -> _List:
    told = node.attributes
    form = SHORT.get(told.get("type") or "1", "decimal") if node.tag == "ol" else ""
    for word in f"{style.get('list-style', '')} {style.get('list-style-type', '')}".split():
        form = _CSS.get(word, form)
    start = _whole(told.get("start"))
    if "reversed" in told:
        items = sum(one.tag == "li" for one in node.iter())
        return _List(form, items if start is None else start, -1)
    return _List(form, 1 if start is None else start, 1)


def _declared(told: dict[str, str | None]) -> dict[str, str]:
    """The declarations of an element's own style that matter here."""
    style = told.get("style")
    return {name.lower(): value.strip().lower() for name, value in _STYLE.findall(style[:_LONGEST_STYLE])} if style else {}


def _whole(text: str | None) -> int | None:
    found = _NUMBER.match(text or "")
    return int(found[1]) if found else None
