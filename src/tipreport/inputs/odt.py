"""OpenDocument texts (.odt) of LibreOffice and others: the paragraphs with the numbers of their lists, notes, tables, heads of pages.

lxml reads the parts; odfdo, measured beside it, holds the same tree in objects of its own and neither counts lists nor folds white space.
"""

from __future__ import annotations

from tipreport.spans import Source

SUFFIXES = (".odt", ".ott")
_WHAT = "an OpenDocument text"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"


def claims(head: bytes, _name: str) -> bool:
    """Whether the bytes begin as a file of OpenDocument does, with its kind as the first member."""
    return head.startswith(b"PK\x03\x04") and head[30:38] == b"mimetype"


def read(data: bytes, name: str, _encoding: str | None) -> Source:
    """The text of an OpenDocument text.

    Raises:
        ExtraError: lxml is not installed.
        InputError: the file is damaged or encrypted, too large, no text, or holds none.
    """
    from tipreport.markup import flowing, odt_document, package  # noqa: PLC0415 (only such a document pays for it)

    document, encoding = odt_document.read(package.Package(data, name, _WHAT))
    text, layout = flowing.composed(document, name, _WHAT)
    return Source(text, name=name, media_type=MEDIA_TYPE, encoding=encoding, layout=layout)
