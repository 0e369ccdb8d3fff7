"""The document: paragraphs, headings, numbered units, points, tables, one part after another, and its bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Twips

from tipreport.archive import settled
from tipreport.word import Link as _Link
from tipreport.word import Masthead, Note, Styled, Text
from tipreport.word.numbering import Numbers
from tipreport.word.runs import Footnotes, as_runs, clean, element, field, hyperlink, run
from tipreport.word.styles import IN, STEP, WIDTH, styles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_THEN = dt.datetime(1980, 1, 1)  # noqa: DTZ001 (one date for all documents, so that their bytes are the same)
_NO_NAME = re.compile(r"[^\w.-]+")
_NAMED = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)
_PAGE = {"page_width": 11906, "page_height": 16838, "top_margin": 1701, "bottom_margin": 1701, "left_margin": IN, "right_margin": IN,
         "header_distance": 851, "footer_distance": 851}  # fmt: skip


class Document:
    """A document that grows at its end; made by ``tipreport.word.document``."""

    def __init__(self, title: str, subject: str, running: str) -> None:
        self._file: Any = docx.Document()
        self._body: Any = self._file.element.body
        self._numbers = Numbers()
        self._notes = Footnotes()
        self._names: set[str] = set()
        self._series: dict[str, int] = {}
        self._job = ""
        self._prefix = ""
        self._parts = 1
        self._prepare(title, subject)
        self._furnish(self._file.sections[0], running)

    # ------------------------------------------------------------------ the whole
    def part(self, running: str = "", *, new_page: bool = True) -> None:
        """Begin a new part: its numbers are counted anew, its anchors have its number in front (``r2-rec-7``).

        Args:
            running: what stands above its pages but the first.
            new_page: whether it begins a new page; else it goes on under the running head of the part before.
        """
        if new_page:
            self._file.add_section(WD_SECTION.NEW_PAGE)
        self._parts += 1
        if new_page:
            self._furnish(self._file.sections[-1], running)
        self._numbers.restart()
        self._series.clear()
        self._prefix = f"r{self._parts}-"

    def page_break(self) -> None:
        """Go on at the top of a new page."""
        made = element("r")
        made.append(element("br", type="page"))
        self._paragraph("Normal").append(made)

    def to_bytes(self) -> bytes:
        """The file; the same bytes for the same content."""
        self._notes.save(self._file.part)
        self._replace(self._file.part.numbering_part.element, self._numbers.element())
        made = io.BytesIO()
        self._file.save(made)
        return settled(made.getvalue())

    # ------------------------------------------------------------------ paragraphs
    def masthead(self, head: Masthead) -> None:
        """The head of the first page: thin rules, the symbol at the right, the organ in large letters."""
        widths = (WIDTH - 5 * STEP, 5 * STEP)
        table = self._grid(_rules(), widths)
        if head.symbol or head.above:
            above, symbol = self._row(table, widths, rule=4)
            self._into(above, "MastheadAbove", head.above or "")
            self._into(symbol, "MastheadSymbol", _Link(head.symbol, head.link) if head.symbol and head.link else head.symbol or "")
        organ, right = self._row(table, widths, rule=12)
        self._into(organ, "MastheadOrgan", head.organ or "")
        for line in head.right or ("",):
            self._into(right, "MastheadRight", line)
        self._paragraph("MastheadFact")
        if head.job:
            self._edge(self._file.sections[-1].first_page_footer, "Footer", "left", run(head.job))
            self._job = head.job

    def fact(self, text: Text, *, strong: bool = False) -> None:
        """A line between masthead and title: the body (strong), its session, place and dates."""
        self._fill(self._paragraph("MastheadBody" if strong else "MastheadFact"), text)

    def title(self, text: Text) -> None:
        """The printed title."""
        self._fill(self._paragraph("Title"), text)

    def subtitle(self, text: Text) -> None:
        """What stands below the title: a second title, the part."""
        self._fill(self._paragraph("Subtitle"), text)

    def heading(self, level: int, label: str, text: Text, *, anchor: str | None = None, above: bool = False) -> None:
        """A heading.

        Args:
            level: from 1 on; below the fourth all look alike.
            label: as printed, ``II.``; empty for none.
            text: the title.
            anchor: a name for links to it.
            above: whether the label is a line of its own above the title (``Annex I``).
        """
        paragraph = self._paragraph(f"Heading{min(max(level, 1), 4)}", anchor)
        # A hanging indent is a stop by itself: two tabs lead to the text, past the stop of the labels.
        paragraph.append(run(f"\t\t{label}\n" if label and above else f"\t{label}\t"))
        self._fill(paragraph, text)

    def numbered(self, label: str, text: Text, *, anchor: str | None = None) -> None:
        """A numbered unit; Word counts the number where it would count the printed one.

        Args:
            label: as printed, with its stop: ``4.``, ``12 bis.``, ``25.1``; empty for none.
            text: the text before its points.
            anchor: a name for links to it, ``para-4``.
        """
        self._counted(0, label, text, "Unit" if label else "BodyText", anchor)

    def recommendation(self, word: str, number: str, *, anchor: str | None = None) -> None:
        """A line that names a recommendation (``Recommendation 7``); its text follows as ``paragraph``."""
        self._numbers.literal()
        paragraph = self._paragraph("Recommendation", anchor)
        paragraph.append(run(f"{word} "))
        found = _NAMED.fullmatch(number)
        if found is None or found[2] != str(int(found[2])) or len(found[2]) > 9:
            paragraph.append(run(number))
            return
        paragraph.append(run(found[1]))
        count = int(found[2])
        name = _NO_NAME.sub("", f"{word}{found[1]}") or "Number"
        reset = "" if self._series.get(name) == count - 1 else f" \\r {count}"
        self._series[name] = count
        paragraph.append(field(f"SEQ {name} \\* ARABIC{reset}", found[2]))
        paragraph.append(run(found[3]))

    def point(self, level: int, label: str, text: Text, *, anchor: str | None = None) -> None:
        """A point of a unit: ``(a)`` at level 1, ``(i)`` at level 2, ``a.`` at level 3."""
        self._counted(level, label, text, f"Point{min(max(level, 1), 3)}", anchor)

    def paragraph(self, text: Text, *, style: str = "BodyText", anchor: str | None = None) -> None:
        """A plain paragraph; ``style`` may be ``Lines`` (no space between), ``Remark`` (small, in italics), ``TableText``."""
        self._fill(self._paragraph(style, anchor), text)

    def table(self, rows: Sequence[Sequence[Text]], *, head: Sequence[Text] = (), widths: Sequence[int] = ()) -> None:
        """A table with thin rules.

        Args:
            rows: the cells; short rows are filled with empty ones.
            head: the cells of its head, repeated on every page.
            widths: relative widths of the columns; equal ones where there are none.
        """
        columns = max([len(head), *(len(row) for row in rows)], default=0)
        if not columns:
            return
        shares = [max(width, 1) for width in widths] if len(widths) == columns else [1] * columns
        room = [WIDTH * share // sum(shares) for share in shares]
        table = self._grid(_rules(top=4, bottom=12), room)
        for place, row in enumerate([head, *rows] if head else rows):
            titles = bool(head) and place == 0
            cells = self._row(table, room, rule=12 if titles else 0, repeated=titles)
            for at, cell in enumerate(cells):
                self._into(cell, "TableHead" if titles else "TableText", row[at] if at < len(row) else "")
        self._paragraph("BodyText")

    # ------------------------------------------------------------------ below
    def _prepare(self, title: str, subject: str) -> None:
        file = self._file
        for relation in list(file.part.rels.values()):
            if relation.reltype.endswith(("/customXml", "/stylesWithEffects")):
                file.part.drop_rel(relation.rId)
        for key, relation in list(file.part.package.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
                del file.part.package.rels[key]
        self._replace(file.styles.element, styles())
        file.settings.odd_and_even_pages_header_footer = True
        properties = file.core_properties
        properties.title, properties.subject, properties.author = clean(title)[:255], clean(subject)[:255], "tipreport"
        properties.comments = properties.keywords = properties.last_modified_by = ""
        properties.created = properties.modified = _THEN
        properties.language, properties.revision = "en-GB", 1
        self._body[:] = [self._body[-1]]

    @staticmethod
    def _replace(old: Any, new: Any) -> None:
        old[:] = list(new)

    def _furnish(self, section: Any, running: str) -> None:
        """Page, margins, running heads (the symbol on the outer side) and page numbers.

        Later sections take over what is the same: each part of the package costs time to name.
        """
        for name, size in _PAGE.items():
            setattr(section, name, Twips(size))
        section.different_first_page_header_footer = True
        self._edge(section.header, "Header", "right", run(running))
        self._edge(section.even_page_header, "Header", "left", run(running))
        if self._parts == 1:
            self._edge(section.footer, "Footer", "right", field("PAGE", "1", bold=True))
            self._edge(section.even_page_footer, "Footer", "left", field("PAGE", "1", bold=True))
            self._edge(section.first_page_header, "Footer")  # no running head there, no rule either
            self._edge(section.first_page_footer, "Footer")
        elif self._job:
            self._edge(section.first_page_footer, "Footer")
        self._job = ""

    @staticmethod
    def _edge(edge: Any, style: str, outer: str = "left", content: Any = None) -> None:
        """A head or foot of its own."""
        edge.is_linked_to_previous = False
        paragraph = edge.paragraphs[0]._p  # noqa: SLF001 (the library has no other way to a field)
        paragraph[:] = []  # the library's own style goes
        paragraph.get_or_add_pPr().extend([element("pStyle", val=style), element("jc", val=outer)])
        if content is not None:
            paragraph.append(content)

    def _paragraph(self, style: str, anchor: str | None = None) -> Any:
        made = element("p")
        properties = element("pPr")
        properties.append(element("pStyle", val=style))
        made.append(properties)
        if anchor:
            self._bookmark(made, anchor)
        self._body[-1].addprevious(made)  # the last one is the section's
        return made

    def _bookmark(self, paragraph: Any, anchor: str) -> None:
        """A bookmark of at most 40 characters that begins with a letter, once in a document."""
        name = _NO_NAME.sub("-", self._prefix + anchor)
        if not name[:1].isalpha():
            name = f"b-{name}"
        if len(name) > 40:
            name = f"{name[:31]}-{hashlib.sha256(name.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"
        if name.lower() in self._names:
            return
        self._names.add(name.lower())
        number = len(self._names)
        paragraph.extend([element("bookmarkStart", id=number, name=name), element("bookmarkEnd", id=number)])

    def _fill(self, paragraph: Any, text: Text) -> None:
        for one in as_runs(text):
            if isinstance(one, str):
                paragraph.append(run(one))
            elif isinstance(one, Note):
                paragraph.append(self._notes.reference(one))
            elif isinstance(one, Styled):
                paragraph.append(run(one.text, bold=one.bold, italic=one.italic))
            else:
                paragraph.append(hyperlink(self._file.part, one))

    def _counted(self, level: int, label: str, text: Text, style: str, anchor: str | None) -> None:
        paragraph = self._paragraph(style, anchor)
        number = self._numbers.instance(level, label)
        if number is not None:
            listed = element("numPr")
            listed.extend([element("ilvl", val=level), element("numId", val=number)])
            paragraph[0].append(listed)
        elif label:
            paragraph.append(run(f"{label}\t"))
        if number is None and level == 0:
            self._numbers.literal()
        self._fill(paragraph, text)

    # ------------------------------------------------------------------ tables
    def _grid(self, rules: Any, widths: Sequence[int]) -> Any:
        table = element("tbl")
        properties = element("tblPr")
        properties.extend([element("tblW", w=sum(widths), type="dxa"), rules, element("tblLayout", type="fixed")])
        grid = element("tblGrid")
        grid.extend(element("gridCol", w=width) for width in widths)
        table.extend([properties, grid])
        self._body[-1].addprevious(table)
        return table

    @staticmethod
    def _row(table: Any, widths: Sequence[int], *, rule: int = 0, repeated: bool = False) -> list[Any]:
        """A row of empty cells, with a rule below it; ``repeated`` on every page."""
        row = element("tr")
        if repeated:
            properties = element("trPr")
            properties.extend([element("cantSplit"), element("tblHeader")])
            row.append(properties)
        cells = []
        for width in widths:
            cell, inner = element("tc"), element("tcPr")
            inner.append(element("tcW", w=width, type="dxa"))
            if rule:
                borders = element("tcBorders")
                borders.append(element("bottom", val="single", sz=rule, space=0, color="auto"))
                inner.append(borders)
                margins = element("tcMar")
                margins.extend([element("top", w=40, type="dxa"), element("bottom", w=80, type="dxa")])
                inner.append(margins)
            cell.append(inner)
            cells.append(cell)
        row.extend(cells)
        table.append(row)
        return cells

    def _into(self, cell: Any, style: str, text: Text) -> None:
        """A paragraph in a cell."""
        paragraph = element("p")
        properties = element("pPr")
        properties.append(element("pStyle", val=style))
        paragraph.append(properties)
        self._fill(paragraph, text)
        cell.append(paragraph)


def _rules(**sides: int) -> Any:
    """Thin rules of a table, in eighths of a point."""
    made = element("tblBorders")
    made.extend(element(side, val="single", sz=size, space=0, color="auto") for side, size in sides.items())
    return made
