"""HTML and XHTML pages: block by block, the numbers of lists as text, notes by their links, tables.

selectolax parses as the HTML standard says; nothing that a page names is fetched.
"""

from __future__ import annotations

import re

from tipreport.decoding import BOMS, decode, invisible
from tipreport.errors import ExtraError, InputError
from tipreport.spans import Source

SUFFIXES = (".html", ".htm", ".xhtml")

MAX_BYTES = 64 << 20
_FRONT = re.compile(rb"(?:\s+|<\?xml[^>]{0,300}>|<!--.{0,2000}?-->)*", re.DOTALL)
_OPENING = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|div|p|h[1-6]|table|script|style|title|meta|link|section|article|main|span|ol|ul|pre|center|font|a)(?=[\s/>]))",
    re.IGNORECASE,
)
_ANY = re.compile(rb"<[a-zA-Z!/?]")


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
        InputError: the page nests too deep, does not fit the encoding asked for, or holds no text.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 (only a page pays for it)
    except ImportError as error:
        raise ExtraError("reading HTML", "html") from error
    from tipreport.markup import flowing, html_bounds, html_page, html_source  # noqa: PLC0415 (only a page pays for it)

    page, used, notes = decode(data, name, encoding, html_source.declared(data))
    strict = html_source.is_xhtml(page)
    if strict:
        page = html_source.opened(page)
    reason = html_bounds.too_much(page)
    if reason:
        raise InputError(name, reason, "save the page as plain text first")
    tree = LexborHTMLParser(page.encode("utf-8", "replace"))
    root = tree.root
    paragraphs = html_page.Page(root).paragraphs() if root is not None else []
    text, layout = flowing.compose(flowing.Document(body=paragraphs))
    if not text.strip():
        raise InputError(name, "is an HTML page without text", "save the page when it is shown in full, or as plain text")
    media = "application/xhtml+xml" if strict else "text/html"
    return Source(text, name=name, media_type=media, encoding=used, notes=(*notes, *invisible(text)), layout=layout)
