"""HTML and XHTML pages: block by block, the numbers of lists as text, notes by their links, tables.

selectolax parses as the HTML standard says; nothing that a page names is fetched.
"""

from __future__ import annotations

import re

from tipreport.decoding import BOMS, decode, invisible
from tipreport.errors import ExtraError, InputError
from tipreport.markup import flowing
from tipreport.spans import Source

SUFFIXES = (".html", ".htm", ".xhtml")

MAX_BYTES = 64 << 20
_FRONT = re.compile(rb"(?:\s+|<\?xml[^>]{0,300}>|<!--.{0,2000}?-->)*", re.DOTALL)
_OPENING = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|div|p|h[1-6]|table|script|style|title|meta|link|section|article|main|span|ol|ul|pre|center|font|a)(?=[\s/>]))",
    re.IGNORECASE,
)
_ANY = re.compile(rb"<[a-zA-Z!/?]")
_CHARSET = re.compile(
    rb"""<meta[^>]{0,300}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9_.-]{2,40})""",
    re.IGNORECASE,
)
_XHTML = re.compile(r"\s*(?:<\?xml|<!doctype[^>]{0,200}xhtml|<html[^>]{0,300}\bxmlns\s*=)", re.IGNORECASE)
_CLOSED = re.compile(
    r"<(a|abbr|b|canvas|cite|div|em|font|i|iframe|li|noscript|object|p|script|span|strong|style|sub|sup|td|textarea|th|title|tr|u)(\s[^<>]{0,2000})?/>"
)
# Pages that declare these mean Windows-1252 and its like: Encoding Standard, 4.2.
_MEANT = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "cp932",
}
_NEVER = {"utf-16", "utf-16le", "utf-16be", "utf-8", "utf8", "utf-7"}  # told by the bytes, or not to be believed


def claims(head: bytes, name: str) -> bool:
    """Whether the bytes begin as a page does; with the name of a page, whether they hold a tag at all."""
    head = head[:4096]
    for bom, encoding in BOMS:
        if head.startswith(bom):
            head = head[len(bom) :].decode(encoding, "ignore").encode("utf-8", "ignore")
            break
    front = _FRONT.match(head)
    if _OPENING.match(head, front.end() if front else 0):
        return True
    return name.lower().endswith(SUFFIXES) and bool(_ANY.search(head)) and not head.startswith((b"%PDF-", b"PK\x03\x04"))


def read(data: bytes, name: str, encoding: str | None) -> Source:
    """The text of a page.

    Raises:
        ExtraError: selectolax is not installed.
        InputError: the page is too large, nests too deep, does not fit the encoding asked for, or holds no text.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 (only a page pays for it)
    except ImportError as error:
        raise ExtraError("reading HTML", "html") from error
    from tipreport.markup import html_bounds, html_page  # noqa: PLC0415 (only a page pays for it)

    if len(data) > MAX_BYTES:
        raise InputError(name, f"is an HTML page larger than {MAX_BYTES >> 20} MiB")
    page, used, notes = decode(data, name, encoding, _declared(data))
    if _XHTML.match(page):
        page = _CLOSED.sub(r"<\1\2></\1>", page)
    reason = html_bounds.too_much(page)
    if reason:
        raise InputError(name, reason, "save the page as plain text first")
    tree = LexborHTMLParser(page.encode("utf-8", "replace"))
    root = tree.root
    paragraphs = html_page.Page(root).paragraphs() if root is not None else []
    text, layout = flowing.compose(flowing.Document(body=paragraphs))
    if not text.strip():
        raise InputError(name, "is an HTML page without text", "save the page when it is shown in full, or as plain text")
    media = "application/xhtml+xml" if _XHTML.match(page) else "text/html"
    return Source(text, name=name, media_type=media, encoding=used, notes=(*notes, *invisible(text)), layout=layout)


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    if not found:
        return None
    told = (found[1] or found[2]).decode("ascii").lower()
    return None if told in _NEVER else _MEANT.get(told, told)
