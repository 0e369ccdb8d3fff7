"""The text of a document whose lines flow: one paragraph a line, white space between paragraphs as blank lines, notes behind a rule.

A paragraph is parted from the one before by a blank line where the document sets space between them: so text with hard line ends
that became a document line by line comes back as it was, and paragraphs of a report stand apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from tipreport.errors import InputError
from tipreport.spans import Layout, Range

APART = 3.0  # points of white space from which on paragraphs stand apart
RULE = "_" * 18
MARK = re.compile(r"\[?(?:\d{1,3}|\*{1,4}|[a-z†‡§])\]?$")  # what a mark of a footnote looks like
_LONGEST_HEADING = 250
_FEW, _MOSTLY, _SELDOM = 10, 0.95, 0.03
_LONG = 130  # code points: hard-wrapped text has hardly a longer line (``lines.is_hard_wrapped``)
_STOPS = ".;:,!?"
_LINE = re.compile(r"[^\n\f]+")
_MASTHEAD = re.compile(
    r"\bDistr\b|United\s*Nations\b|\bOriginal\s?:|Nations Unies|Naciones Unidas|Организация Объединенных|联合国|الأمم المتحدة",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"[A-Z][A-Za-z]*(?:/[\w.()-]+)+\*{0,3}$")
_LABEL = re.compile(r"\(?[\w.]{1,8}[.)]$|[\u2022\u2013-]$")


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its text, and what is seen of it beside.

    Args:
        text: with its printed number; LF and FF where a line or page ends in it.
        marks: ranges of ``text`` that are marks of footnotes.
        raised: ranges that are set as marks are and may be some.
        heads: whether it is set as a heading.
        above: points of white space before it.
        below: points behind it.
        page: whether it begins a page.
        furniture: whether it is the head or foot of pages.
        note: whether it is a footnote, whose mark is the first of ``marks``.
        style: its style, which tells paragraphs of one kind.
    """

    text: str = ""
    marks: list[Range] = field(default_factory=list)
    raised: list[Range] = field(default_factory=list)
    heads: bool = False
    above: float = 0
    below: float = 0
    page: bool = False
    furniture: bool = False
    note: bool = False
    style: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing is printed."""
        return not self.text.strip()


class Ink:
    """The text of one paragraph while it is gathered."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.last = ""  # the last character
        self.words = 0  # how often more than white space was printed
        self.marks: list[Range] = []
        self.raised: list[Range] = []

    def put(self, text: str) -> None:
        """Print text; soft hyphens, which show at line ends alone, are left out."""
        text = text.replace("\u00ad", "")
        if text:
            self._parts.append(text)
            self.length += len(text)
            self.last = text[-1]
            self.words += not text.isspace()

    def mark(self, text: str) -> None:
        """Print the mark of a footnote."""
        start = self.length
        self.put(text)
        if start < self.length:
            self.marks.append((start, self.length))

    def superscript(self, text: str) -> None:
        """Print raised text, which may be the mark of a note that is typed."""
        start = self.length
        self.put(text)
        bare = text.strip()
        if MARK.match(bare):
            lead = start + len(text) - len(text.lstrip())
            self.raised.append((lead, lead + len(bare)))

    @property
    def text(self) -> str:
        """All that was printed."""
        return "".join(self._parts)

    def paragraph(self) -> Paragraph:
        """The paragraph, without what is seen beside its text."""
        return Paragraph(self.text, self.marks, self.raised)


@dataclass(slots=True)
class Note:
    """A footnote: its mark and its paragraphs. ``typed`` tells that its text begins with the mark."""

    mark: str
    paragraphs: list[Paragraph]
    typed: bool = False


@dataclass(slots=True)
class Document:
    """What a reader found, in the order in which it is printed.

    Args:
        head: the head of the first page.
        body: the text.
        notes: footnotes, then endnotes.
        foot: the foot of the first page.
        running: heads and feet of the other pages.
        runs: whether the head of the first page is that of all pages.
    """

    head: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    foot: list[Paragraph] = field(default_factory=list)
    running: list[Paragraph] = field(default_factory=list)
    runs: bool = False


def settle(paragraphs: list[Paragraph]) -> None:
    """Take out white space that stands between no two paragraphs of one style: readers mark it by a negative ``below``."""
    for before, after in pairwise(paragraphs):
        if before.below < 0 and before.style == after.style:
            before.below = after.above = 0
    for one in paragraphs:
        one.below = abs(one.below)


def composed(document: Document, name: str, what: str) -> tuple[str, Layout]:
    """As ``compose``, of a document that must hold text.

    Args:
        document: as read.
        name: of the input, for messages.
        what: it is, for messages.

    Raises:
        InputError: it holds none.
    """
    text, layout = compose(document)
    if not text.strip():
        raise InputError(name, f"is {what} without text", "give the document that holds the report")
    return text, layout


def compose(document: Document) -> tuple[str, Layout]:
    """One text and its layout; furniture of the page stands once, at the edges of the text."""
    pair(document.body)
    _part(document.body)
    writer = _Writer()
    runs = document.runs and not _masthead(document.head)
    for paragraph in document.head:
        running = runs and not _symbol(paragraph.text)
        writer.add(paragraph, furniture=running)
    if document.head:
        writer.gap()
    top = list(takewhile(lambda one: one.furniture or one.blank, document.body))
    own = _masthead(top)
    for number, paragraph in enumerate(document.body):
        printed_once = number < len(top) and (own or _symbol(paragraph.text))
        writer.add(paragraph, furniture=paragraph.furniture and not printed_once)
    _notes(writer, document.notes)
    seen = {" ".join(one.text.split()) for one in document.head}
    tail = []
    for paragraph in [*document.foot, *document.running]:
        folded = " ".join(paragraph.text.split())
        if folded not in seen and any(map(str.isalnum, folded)):
            seen.add(folded)
            tail.append(paragraph)
    if tail:
        writer.gap()
        for paragraph in tail:
            writer.add(paragraph, furniture=True)
    return writer.text(), writer.layout()


def _part(paragraphs: list[Paragraph]) -> None:
    """Set space between paragraphs where a document has next to none, though each is a whole one and no line of text that was wrapped.

    Where some are long, the parser sees by itself that a line is a paragraph.
    """
    if sum(len(one.text) > _LONG for one in paragraphs) * 50 >= len(paragraphs):
        return
    pairs = list(pairwise(paragraphs))
    together = [(one, two) for one, two in pairs if not one.blank and not two.blank and max(one.below, two.above) < APART]
    wrapped = sum(two.text.lstrip()[:1].islower() and one.text.rstrip()[-1] not in _STOPS for one, two in together)
    if len(pairs) > _FEW and len(together) >= _MOSTLY * len(pairs) and wrapped <= _SELDOM * len(together):
        for one, _ in together:
            one.below = APART


def _masthead(paragraphs: list[Paragraph]) -> bool:
    """Whether the head of a page is a masthead, though the document has it on every page."""
    return sum(bool(_MASTHEAD.search(one.text)) for one in paragraphs) > 1


def _symbol(text: str) -> bool:
    """Whether a line is the symbol of a document: ``A/HRC/28/2``."""
    return bool(_SYMBOL.match(text.strip())) and any(map(str.isdigit, text))


def _notes(writer: _Writer, notes: list[Note]) -> None:
    if not notes:
        return
    writer.gap()
    writer.add(Paragraph(RULE))
    for note in notes:
        paragraphs = [one for one in note.paragraphs if not one.blank]
        first = paragraphs[0] if paragraphs else Paragraph()
        if note.typed and first.text.lstrip().startswith(note.mark):
            lead = len(first.text) - len(first.text.lstrip())
            first.marks = sorted({*first.marks, (lead, lead + len(note.mark))})
        else:
            first = with_label(first, f"{note.mark} " if note.mark else "", stripped=True)
            first.marks.insert(0, (0, len(note.mark)))
        writer.note([first, *paragraphs[1:]])


def with_label(paragraph: Paragraph, label: str, *, stripped: bool = False) -> Paragraph:
    """The paragraph with text before it; ``stripped`` takes the white space between out."""
    lead = len(paragraph.text) - len(paragraph.text.lstrip()) if stripped else 0
    paragraph.text = label + paragraph.text[lead:]
    shift = len(label) - lead
    paragraph.marks = [(low + shift, high + shift) for low, high in paragraph.marks]
    paragraph.raised = [(low + shift, high + shift) for low, high in paragraph.raised]
    return paragraph


def pair(paragraphs: list[Paragraph]) -> None:
    """Notes that are typed: a paragraph that begins with a raised mark, which stands raised in the text before it as well."""
    waiting: dict[str, list[tuple[Paragraph, Range]]] = {}
    for paragraph in paragraphs:
        lead = len(paragraph.text) - len(paragraph.text.lstrip())
        for low, high in paragraph.raised:
            mark = paragraph.text[low:high]
            if low != lead:
                waiting.setdefault(mark, []).append((paragraph, (low, high)))
            elif mark in waiting and high < len(paragraph.text.rstrip()):
                for other, place in waiting.pop(mark):
                    other.marks = sorted({*other.marks, place})
                paragraph.marks = sorted({*paragraph.marks, (low, high)})
                paragraph.note = True


def table(rows: list[list[list[Paragraph]]], *, head: bool) -> list[Paragraph]:
    """The paragraphs of a table: rows of cells of paragraphs.

    A table that only sets text side by side gives one paragraph a line, cell after cell: mastheads, single cells, columns of text.
    Others give one row a line: ``| Chile | 12 |``. Labels with their text beside them give lines ``(a)``, tab, text.

    Args:
        rows: as printed.
        head: whether the table may be a masthead: it stands at the head of a page or of the text.
    """
    rows = [row for row in rows if any(not one.blank for cell in row for one in cell)]
    filled = [[cell for cell in row if any(not one.blank for one in cell)] for row in rows]
    if not rows:
        return []
    if _sets_only(filled, head=head):
        return [one for row in filled for cell in row for one in _apart([part for part in cell if not part.blank])]
    if all(len(row) == 2 and len(row[0]) == 1 and _LABEL.match(row[0][0].text.strip()) for row in filled):
        return [one for row in filled for one in _labelled(row)]
    width = max(len(row) for row in rows)
    out = [_row(row + [[]] * (width - len(row))) for row in rows]
    return _apart(out)


def _sets_only(rows: list[list[list[Paragraph]]], *, head: bool) -> bool:
    if all(len(row) == 1 for row in rows):
        return True
    if head and any(_MASTHEAD.search(one.text) for row in rows for cell in row for one in cell):
        return True
    most = max(sum(not one.blank for one in cell) for row in rows for cell in row)
    return len(rows) <= 3 and most > 4


def _apart(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs of a cell or a table: they stand together, with space around them."""
    for one in paragraphs:
        one.above = one.below = 0
    paragraphs[0].above = paragraphs[-1].below = APART
    return paragraphs


def _labelled(row: list[list[Paragraph]]) -> list[Paragraph]:
    text = [one for one in row[1] if not one.blank]
    return [with_label(text[0], f"{row[0][0].text.strip()}\t", stripped=True), *text[1:]]


def _row(cells: list[list[Paragraph]]) -> Paragraph:
    ink = Ink()
    ink.put("|")
    for cell in cells:
        ink.put(" ")
        for number, one in enumerate(part for part in cell if not part.blank):
            if number:
                ink.put(" ")
            one = with_label(one, "", stripped=True)
            start = ink.length
            ink.marks += [(low + start, high + start) for low, high in one.marks]
            ink.raised += [(low + start, high + start) for low, high in one.raised]
            ink.put(re.sub(r"[\n\f\t]", " ", one.text.rstrip()))
        ink.put(" |")
    return ink.paragraph()


class _Writer:
    """Puts paragraphs one behind the other."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._before: Paragraph | None = None
        self._marks: list[Range] = []
        self._notes: list[Range] = []
        self._furniture: list[Range] = []
        self._headings: list[Range] = []

    def gap(self) -> None:
        """Let what follows stand apart."""
        if self._before is not None:
            self._before.below = max(self._before.below, APART)

    def add(self, paragraph: Paragraph, *, furniture: bool = False) -> Range:
        """Put a paragraph at the end; gives the range of its text."""
        before = self._before
        if paragraph.page and self._length:
            self._put("\f")
        elif before is not None and not before.blank and not paragraph.blank and max(before.below, paragraph.above) >= APART:
            self._put("\n")
        start = self._put(paragraph.text)
        end = self._length
        if not paragraph.text.endswith("\f"):
            self._put("\n")
        self._marks += [(start + low, start + high) for low, high in paragraph.marks]
        bare = self._bare(paragraph.text, start)
        if furniture:
            self._furniture += bare
        elif paragraph.heads and len(paragraph.text) <= _LONGEST_HEADING:
            self._headings += bare
        if paragraph.note:
            self._notes.append((bare[0][0], bare[-1][1]))
        self._before = paragraph
        return start, end

    def note(self, paragraphs: list[Paragraph]) -> None:
        """Put a footnote at the end, whose first paragraph begins with its mark."""
        places = [self.add(paragraph) for paragraph in paragraphs]
        self._notes.append((places[0][0] + len(paragraphs[0].text) - len(paragraphs[0].text.lstrip()), places[-1][1]))

    @staticmethod
    def _bare(text: str, start: int) -> list[Range]:
        """The lines of a paragraph, without the white space around them."""
        out = []
        for found in _LINE.finditer(text):
            bare = found.group().strip()
            if bare:
                low = start + found.start() + len(found.group()) - len(found.group().lstrip())
                out.append((low, low + len(bare)))
        return out

    def _put(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def text(self) -> str:
        """All that was put."""
        return "".join(self._parts)

    def layout(self) -> Layout:
        """What was seen beside the text."""
        return Layout((), *(tuple(sorted(set(one))) for one in (self._marks, self._notes, self._furniture, self._headings)))
