r"""Names and clauses in a text as elements inside one another, and texts read back from such elements.

Elements cannot overlap: where two marks cross, one is left out, and a record tells what it would have told. A character
that XML cannot hold (XML 1.0, section 2.2) is an element that shows its code: ``<inline name="character"
refersTo="#char-001b">\x1b</inline>``.
"""

from __future__ import annotations

import re
from typing import Any

from tipreport.akn.names import References, Thing
from tipreport.akn.node import FORBIDDEN, Node
from tipreport.located import Located

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipreport.model import Spans

_FORBIDDEN = re.compile(f"([{FORBIDDEN}])")
_BLANKS = re.compile(r"[ \t\r\n]+")


class Mark:
    """An element to put around ``text[start:end]``; what ``rank`` orders is the nesting of marks of one place.

    Args:
        start: of its text.
        end: of its text; ``start`` where it only stands there.
        rank: marks of one place stand inside one another in this order.
        node: the element.
        firm: whether it stands where a mark that is not crosses it.
    """

    __slots__ = ("end", "firm", "kept", "node", "rank", "start")

    def __init__(self, start: int, end: int, rank: int, node: Node, *, firm: bool = True) -> None:
        self.start, self.end, self.rank, self.node, self.firm = start, end, rank, node, firm
        self.kept = True

    @property
    def order(self) -> tuple[int, bool, int, int]:
        """Where it opens among others; what only stands there comes before what begins there."""
        return (self.start, self.end > self.start, -self.end, self.rank)


def characters(text: str, references: References) -> list[Node | str]:
    """Text as the children of an element."""
    if text.isascii() and text.isprintable():
        return [text] if text else []
    out: list[Node | str] = []
    for part in _FORBIDDEN.split(text):
        if len(part) == 1 and _FORBIDDEN.match(part):
            code = f"{ord(part):04x}"
            eid = references.add(Thing("concept", "character", code, f"U+{code.upper()}"), f"char-{code}")
            shown = f"\\x{code[2:]}" if code < "0100" else f"\\u{code}"
            out.append(Node("inline", {"name": "character", "refersTo": f"#{eid}"}, [shown]))
        elif part:
            out.append(part)
    return out


def exact(text: str) -> dict[str, str]:
    """The attributes of an element that holds a text: its white space counts where it is not single blanks."""
    return {} if text == _BLANKS.sub(" ", text).strip(" ") else {"xml:space": "preserve"}


def fit(marks: Sequence[Mark], borders: Sequence[tuple[int, int]]) -> list[Mark]:
    """The marks that can stand together, in the order in which they open.

    Args:
        marks: of one text.
        borders: its parts; a mark stands inside one of them.
    """
    kept: list[Mark] = []
    stack: list[Mark] = []
    part = 0
    for mark in sorted(marks, key=lambda one: one.order):
        while part + 1 < len(borders) and borders[part][1] <= mark.start and (mark.end > mark.start or borders[part][1] < mark.start):
            part += 1
        low, high = borders[part]
        while stack and stack[-1].end <= mark.start:
            stack.pop()
        while stack and mark.end > stack[-1].end and mark.firm and not stack[-1].firm:
            stack.pop().kept = False
        if not low <= mark.start <= mark.end <= high or (stack and mark.end > stack[-1].end):
            mark.kept = False
            continue
        kept.append(mark)
        if mark.end > mark.start:
            stack.append(mark)
    return [mark for mark in kept if mark.kept]


def weave(text: str, low: int, high: int, marks: Iterable[Mark], references: References) -> list[Node | str]:
    """``text[low:high]`` with the marks inside it, which ``fit`` gave."""
    root: list[Node | str] = []
    stack: list[tuple[list[Node | str], int]] = [(root, high)]
    at = low

    def upto(end: int) -> None:
        nonlocal at
        if end > at:
            stack[-1][0].extend(characters(text[at:end], references))
            at = end

    for mark in marks:
        while stack[-1][1] <= mark.start and len(stack) > 1:
            upto(stack[-1][1])
            stack.pop()
        upto(mark.start)
        stack[-1][0].append(mark.node)
        if mark.end > mark.start:
            stack.append((mark.node.children, mark.end))
    while stack:
        upto(stack[-1][1])
        stack.pop()
    return root


class Holder:
    """A text of the document in which things are marked: that of a unit, or a part of the source as printed.

    Args:
        text: as it stands in the document.
        eid: of its element; eIds inside it begin with it.
        spans: its place in the source.
        source: the text as received; None where it is not at hand.
        raw: whether the text is the source itself there, line ends and all.
    """

    def __init__(self, text: str, eid: str, spans: Spans, source: str | None, *, raw: bool = False) -> None:
        self.text, self.eid, self.spans, self.source, self.raw = text, eid, spans, source, raw
        self.marks: list[Mark] = []
        self._places: dict[tuple[int, int, str, str], Mark] = {}
        self._locations: dict[tuple[int, int], Mark] = {}
        self._located: Located | None = None

    def find(self, printed: str, spans: Spans, after: int = 0) -> int | None:
        """Where something printed stands in the text: by its place in the source, else the first from ``after`` on."""
        first = self.text.find(printed) if printed else -1
        if first < 0:
            return None
        if self.text.find(printed, first + 1) < 0:
            return first
        at = self._at(spans[0].start) if spans else None
        if at is not None and self.text.startswith(printed, at):
            return at
        at = self.text.find(printed, after)
        return at if at >= 0 else first

    def _at(self, offset: int) -> int | None:
        if self.raw:
            done = 0
            for span in self.spans:
                if span.start <= offset < span.end:
                    return done + offset - span.start
                done += span.end - span.start + 1
            return None
        return self.place(offset)

    def place(self, offset: int) -> int | None:
        """The place in a reading text of a character of the source; None where it is left out."""
        if self.source is None or not self.spans:
            return None
        if self._located is None:
            self._located = Located(self.text, [(span.start, span.end, span.page) for span in self.spans], self.source)
        return self._located.place(offset)

    def put(self, start: int, end: int, rank: int, tag: str, attributes: dict[str, str], *, firm: bool = True) -> Mark:
        """Mark a place; one that is marked so already is not marked again."""
        key = (start, end, tag, attributes.get("refersTo", "") + attributes.get("name", "") + attributes.get("href", ""))
        if key not in self._places or start == end:
            mark = Mark(start, end, rank, Node(tag, attributes), firm=firm)
            self.marks.append(mark)
            self._places[key] = mark
            if tag == "location":
                self._locations[start, end] = mark
        return self._places[key]

    def placed(self, start: int, end: int) -> Mark | None:
        """The mark of a State as a place that stands just there."""
        found = self._locations.get((start, end))
        return found if found is not None and found.node.tag == "location" else None


class Found:
    """An element found in a text that was read, and where its text stands."""

    __slots__ = ("end", "node", "start")

    def __init__(self, node: Node, start: int, end: int) -> None:
        self.node, self.start, self.end = node, start, end


class Reader:
    """The text of elements, and the elements in it.

    Args:
        things: what references lists, by eId.
    """

    def __init__(self, things: Any) -> None:
        self._things = things
        self._parts: list[str] = []
        self._length = 0
        self._blank = True  # nothing, or a blank, stands before
        self.found: list[Found] = []
        self.notes: list[Node] = []

    @property
    def length(self) -> int:
        """The characters read so far."""
        return self._length

    def text(self, start: int = 0, end: int | None = None) -> str:
        """What was read."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        whole = self._parts[0] if self._parts else ""
        return whole[start : len(whole) if end is None else end]

    def add(self, text: str, *, keep: bool) -> None:
        """Text; white space counts as one blank unless it is kept."""
        if not keep:
            text = _BLANKS.sub(" ", text)
            if self._blank and text.startswith(" "):
                text = text[1:]
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._blank = text.endswith(" ")

    def part(self) -> None:
        """A part of the text begins: a blank parts it from what stands before."""
        if self._length and not self._blank:
            self.add(" ", keep=True)

    def close(self) -> int:
        """The end of what was read, without a blank behind it."""
        whole = self.text()
        return len(whole.rstrip(" \t\r\n"))

    def read(self, node: Node, *, keep: bool = False) -> None:
        """The children of an element."""
        keep = keep or node.get("xml:space") == "preserve"
        for one in node.children:
            if isinstance(one, str):
                self.add(one, keep=keep)
            elif one.tag == "authorialNote":
                self.notes.append(one)
            elif one.tag == "inline" and one.get("name") == "character":
                thing = self._things((one.get("refersTo") or "").removeprefix("#"))
                code = thing.id if thing and re.fullmatch("[0-9a-f]{4}", thing.id) else "fffd"
                self.add(chr(int(code, 16)), keep=True)
            elif one.tag != "noteRef":
                found = Found(one, self._length, 0)
                self.found.append(found)
                self.read(one, keep=keep)
                found.end = self._length

    def told(self, found: Found) -> str:
        """The text of an element that was found."""
        return self.text(found.start, found.end)


def spoken(node: Node, things: Any) -> str:
    """The text of an element on its own."""
    reader = Reader(things)
    reader.read(node)
    return reader.text() if node.get("xml:space") == "preserve" else reader.text(0, reader.close())


def paragraphs(node: Node) -> Iterator[Node]:
    """The ``p`` elements directly below an element and its ``content``."""
    for one in node.elements():
        if one.tag == "p":
            yield one
        elif one.tag in {"content", "intro", "wrapUp", "container"}:
            yield from paragraphs(one)
