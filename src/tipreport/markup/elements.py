"""XML parts of documents, read without entities, document types or network, to a bounded depth."""

from __future__ import annotations

import re
from typing import Any

from tipreport.errors import ExtraError, InputError

_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"))


def root(data: bytes, name: str, part: str, extra: str) -> Any:
    """The root element of a part; comments and processing instructions are left out.

    Elements nest 256 deep at most, which is the bound of libxml2, so that what walks them may call itself.

    Args:
        data: the part.
        name: of the input, for messages.
        part: its name, for messages.
        extra: the extra that brings the library.

    Raises:
        ExtraError: lxml is not installed.
        InputError: the part is no well-formed XML, or has a document type, by which entities and files could come in.
    """
    try:
        from lxml import etree  # noqa: PLC0415 (only such a document pays for it)
    except ImportError as error:
        raise ExtraError(f"reading .{extra} files", extra) from error
    if any(mark in data for mark in _DOCTYPES):
        raise InputError(
            name, f"has a document type in its part {part}", "such documents are refused for safety; save it again in its program"
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = re.split(r", use |, line \d+, column|\n", str(error))[0][:120]  # libxml2 names switches of its own
        raise InputError(name, f"has broken XML in its part {part} ({reason})", "open it in its program and save it again") from error


def local(element: Any) -> str:
    """The name of an element without its namespace; an empty text for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def number(text: str | None) -> int | None:
    """A whole number in an attribute; None where it is none, or has more digits than any document."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else None


def laid_over(own: tuple[Any, ...], under: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of one style, with what it does not say (None) from the one below it."""
    return tuple(mine if mine is not None else other for mine, other in zip(own, under, strict=True))
