"""The quotations of a text: in quotation marks of any kind, in block quotes (``>``) and in the elements of HTML that quote.

A curly mark may be closed by a straight one and the other way round, as keyboards have it. A mark that opens and is never closed is no
quotation that could be checked; ``unclosed`` tells of it.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PAIRS = {
    "\u201c": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u2039": "\u203a",
    '"': '"',
    "\u2018": "\u2019",
    "'": "'\u2019",
}
_OPENING = re.compile("[\u201c\u201e\u00ab\u2039\"\u2018']")
_LONGEST = 10_000  # characters of one quotation
_UNCLOSED = 30  # marks without their pair in one paragraph, from which on it is read no further
_FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^ {0,3}(?P=mark)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`|<!--.{0,2000}?-->|\]\([^()\n]*\)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>")
_QUOTES = re.compile(r"&(?:[lrb]dquo|[lr]squo|[lr]aquo|quot|#822[0-2]|#x201[c-e]|#39|#34);", re.IGNORECASE)
_ELEMENT = re.compile(r"<(?P<end>/?)q(?:\s[^<>\n]{0,500})?>", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"<(?P<end>/?)blockquote(?:\s[^<>\n]{0,500})?>", re.IGNORECASE)
_PAGE_ELEMENT = re.compile(rb"<(?P<end>/?)q(?:\s[^<>\n]{0,500})?>", re.IGNORECASE)
_PAGE_BLOCK = re.compile(rb"<(?P<end>/?)blockquote(?:\s[^<>\n]{0,500})?>", re.IGNORECASE)
_PAGE_LINE = re.compile(rb"<(?:blockquote|p|br|li|div)\b[^<>]{0,500}>", re.IGNORECASE)
_TOLD = '\u201c\u201e\u00ab"'  # marks that are nothing else
_BLOCK = re.compile(r"^[ \t]{0,3}>[^\n]*(?:\n[ \t]{0,3}>[^\n]*)*", re.MULTILINE)
_SIGN = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_FROM = re.compile(r"\s*(?:[\u2014\u2013]|--)\s*\S")  # a line that names the source
# A source in brackets behind a block quote: "(CTOC/COP/WG.4/2020/4, para. 12)".
_SOURCE = re.compile(r"(?:(?<!\s)\s+)?[(\[][^()\[\]]{0,80}[A-Z]+/[^()\[\]]{1,160}[)\]]\.?\s*$")
_AROUND = 240  # characters before and behind in which the author may say what a cut leaves out
_STOP = re.compile(r"[.!?]\s")


class Quoted(NamedTuple):
    """A quotation in a text.

    Args:
        text: without its marks.
        start: where it begins, in code points.
        end: where it ends.
        around: what the author says in the sentence that holds it.
    """

    text: str
    start: int
    end: int
    around: str


def quotations(text: str, *, markdown: bool = True) -> list[Quoted]:
    """All quotations of a text in order; one inside another belongs to it.

    Args:
        text: of an article, a letter, a report.
        markdown: whether code and the addresses of links are left aside.
    """
    return _read(text, markdown=markdown)[0]


def unclosed(text: str, *, markdown: bool = True) -> list[int]:
    """Where quotations begin that are not closed in their paragraph, in code points; apostrophes and single marks are not counted."""
    return _read(text, markdown=markdown)[1]


def _read(text: str, *, markdown: bool) -> tuple[list[Quoted], list[int]]:
    """The quotations of a text, and the marks that open none."""
    plain = text
    out: list[Quoted] = []
    if markdown:
        for pattern in (_FENCE, _CODE):
            plain = pattern.sub(lambda found: _blank(found.group()), plain)
        plain = _ELEMENT.sub(lambda found: _held("\u201d" if found["end"] else "\u201c", found.group()), plain)
        plain = _QUOTES.sub(lambda found: _held(html.unescape(found.group()), found.group(), plain[found.end() : found.end() + 1]), plain)
        out += _elements(plain)
        parts, at = [], 0
        for start, end in _within(_BLOCK_TAG.finditer(plain)):
            parts += [plain[at:start], _blank(plain[start:end])]
            at = end
        plain = "".join((*parts, plain[at:]))
        plain = _TAG.sub(lambda found: _blank(found.group()), plain)
    out += _blocks(plain)
    plain = _BLOCK.sub(lambda found: _blank(found.group()), plain)
    open_: list[int] = []
    every = list(_paragraphs(plain))
    for (start, paragraph), (_, following) in zip(every, [*every[1:], (0, "")], strict=False):
        _paragraph(start, paragraph, out, open_, goes_on=following.lstrip().startswith("\u201c"))
    out = [one._replace(around=_around(plain, one)) for one in out]
    return sorted(out, key=lambda one: one.start), open_


def marked(page: bytes) -> bytes:
    """A page of HTML with marks of text for what its elements quote, which its reader would not tell from other words.

    Args:
        page: in an encoding that holds ASCII; another is given back as it is.
    """
    page = _PAGE_ELEMENT.sub(lambda found: found.group() + b"&ldquo;" if not found["end"] else b"&rdquo;" + found.group(), page)
    parts, at = [], 0
    for start, end in _within(_PAGE_BLOCK.finditer(page)):
        parts += [page[at:start], b"&gt; ", _PAGE_LINE.sub(rb"\g<0>&gt; ", page[start:end])]
        at = end
    return b"".join((*parts, page[at:]))


def _within(tags: Iterator[re.Match[str]] | Iterator[re.Match[bytes]]) -> list[tuple[int, int]]:
    """What stands between the outermost tags of an element; an element that is not closed has nothing in it."""
    out: list[tuple[int, int]] = []
    depth = start = 0
    for tag in tags:
        if not tag["end"]:
            start = start if depth else tag.end()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                out.append((start, tag.start()))
    return out


def _held(mark: str, written: str, following: str = "") -> str:
    """A mark in the room of what is written for it, beside the words that it holds."""
    opens = mark in "\u201c\u201e\u00ab\u2018" or (mark in "\"'" and following.isalnum())
    return mark.rjust(len(written)) if opens else mark.ljust(len(written))


def _elements(text: str) -> Iterator[Quoted]:
    """The paragraphs of block quotes that HTML marks."""
    for start, end in _within(_BLOCK_TAG.finditer(text)):
        body = _TAG.sub(lambda found: _blank(found.group()), text[start:end])
        for at, part in _paragraphs(body):
            held = _SOURCE.sub("", part)
            if any(map(str.isalnum, held)):
                lead = len(held) - len(held.lstrip())
                yield Quoted(" ".join(held.split()), start + at + lead, start + at + len(held.rstrip()), "")


def _blank(text: str) -> str:
    """Blanks for a text; its line ends stay."""
    return re.sub(r"[^\n]", " ", text)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs, which blank lines part, with where they begin."""
    at = start = 0
    held: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.strip():
            start = start if held else at
            held.append(line)
        elif held:
            yield start, "".join(held)
            held = []
        at += len(line)
    if held:
        yield start, "".join(held)


def _blocks(text: str) -> Iterator[Quoted]:
    """Block quotes, each paragraph of one for itself; a line that names the source is none of it."""
    for block in _BLOCK.finditer(text):
        body = _SIGN.sub(lambda found: " " * len(found.group()), block.group())
        for at, part in _paragraphs(body):
            lines = part.splitlines(keepends=True)
            while lines and _FROM.match(lines[-1]):
                lines.pop()
            held = _SOURCE.sub("", "".join(lines))
            if any(map(str.isalnum, held)):
                lead = len(held) - len(held.lstrip())
                start = block.start() + at + lead
                yield Quoted(" ".join(held.split()), start, block.start() + at + len(held.rstrip()), "")


def _paragraph(base: int, text: str, out: list[Quoted], open_: list[int], *, goes_on: bool) -> None:
    """Add the quotations of one paragraph, and the places of marks that are not closed.

    A quotation of several paragraphs opens each of them and closes the last alone: ``goes_on`` tells whether the next one opens so.
    """
    at = unpaired = 0
    while opening := _OPENING.search(text, at):
        start = opening.start()
        mark = opening.group()
        if not _opens(text, start, mark):
            at = start + 1
            continue
        end = _closing(text, start, mark)
        if end is None:
            only = mark == "\u201c" and goes_on and len(text) - start < _LONGEST
            body = text[start + 1 :]
            if only and any(map(str.isalnum, body)):
                out.append(Quoted(" ".join(body.split()), base + start + 1, base + len(text.rstrip()), ""))
                return
            if mark in _TOLD:
                open_.append(base + start)
            unpaired += 1
            if unpaired > _UNCLOSED:
                return
            at = start + 1
            continue
        body = text[start + 1 : end]
        if any(map(str.isalpha, body)):
            out.append(Quoted(" ".join(body.split()), base + start + 1, base + end, ""))
        at = end + 1


def _opens(text: str, at: int, mark: str) -> bool:
    """Whether a mark opens a quotation; straight ones and apostrophes only between a blank and a word."""
    after = text[at + 1 : at + 2]
    if not after or after.isspace():
        return False
    return mark not in "\"'\u2018" or at == 0 or not (text[at - 1].isalnum() or text[at - 1] in ".,;:!?)")


def _closing(text: str, start: int, mark: str) -> int | None:
    """The place of the mark that closes a quotation; None where none does."""
    closing = _PAIRS[mark]
    depth = 0
    other = {"\u201c": '"', '"': "\u201d"}.get(mark)  # what closes it where the kinds are mixed
    within = 0
    kept: int | None = None
    for place in range(start + 1, min(len(text), start + _LONGEST)):
        c = text[place]
        if other is not None:
            if c in '\u201c"' and c != mark and _opens(text, place, c):
                within += 1
            elif c == other and within:
                within -= 1
            elif c == other and not text[place - 1].isspace() and not text[place - 1].isdigit():
                return place
        if c == mark and mark not in closing and _opens(text, place, mark):
            depth += 1
        elif c in closing:
            if mark in "'\u2018":
                if text[place + 1 : place + 2].isalnum() or text[place - 1].isspace():
                    continue
                if text[place - 1] == "s" and re.match(r"\s[a-z]", text[place + 1 :]):  # "States' efforts", or the end
                    kept = kept or place
                    continue
                return place
            if mark == '"' and text[place - 1].isspace() and text[place + 1 : place + 2].isalnum():
                continue
            if depth == 0:
                return place
            depth -= 1
        elif kept and c in "\u2018\u201c":
            break
    return kept


def _around(text: str, one: Quoted) -> str:
    """The rest of the sentence that holds a quotation."""
    before = text[max(one.start - _AROUND, 0) : one.start]
    behind = text[one.end : one.end + _AROUND]
    stops = list(_STOP.finditer(before.rstrip()))
    if stops:
        before = before[stops[-1].end() :]
    stop = _STOP.search(behind)
    return f"{before} {behind[: stop.start()] if stop else behind}"
