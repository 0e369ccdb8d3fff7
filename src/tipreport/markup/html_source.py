"""The source of an HTML page: the encoding that it declares, and what XHTML writes otherwise."""

from __future__ import annotations

import re

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


def is_xhtml(page: str) -> bool:
    """Whether a page says that it is XHTML."""
    return bool(_XHTML.match(page))


def opened(page: str) -> str:
    """A page of XHTML with the elements that it closes at once (``<title/>``) opened and closed, as parsers of HTML do not know the form."""
    return _CLOSED.sub(r"<\1\2></\1>", page)


def declared(data: bytes) -> str | None:
    """The encoding that a page declares, as Python calls it; None where it declares none, or one that bytes tell better."""
    found = _CHARSET.search(data[:4096])
    if not found:
        return None
    told = (found[1] or found[2]).decode("ascii").lower()
    return None if told in _NEVER else _MEANT.get(told, told)
