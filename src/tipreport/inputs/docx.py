"""Word documents (.docx), whatever they are called: the paragraphs with the numbers that Word counts, notes, tables, heads of pages.

lxml reads the parts, and our own code what they mean: python-docx reads none of numbering, notes and fields (it writes our
documents); docx2python, mammoth and markitdown lose the numbers or count them wrong.
"""

from __future__ import annotations

from tipreport.spans import Source

SUFFIXES = (".docx", ".docm")
_WHAT = "a Word document"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def claims(head: bytes, _name: str) -> bool:
    """Whether the bytes begin as a zip file does, and not as one of OpenDocument: what it holds is seen when it is read."""
    return head.startswith(b"PK\x03\x04") and head[30:38] != b"mimetype"


def read(data: bytes, name: str, _encoding: str | None) -> Source:
    """The text of a Word document.

    Raises:
        ExtraError: lxml is not installed.
        InputError: the file is damaged or encrypted, too large, no Word document, or holds no text.
    """
    from tipreport.markup import docx_document, flowing, package  # noqa: PLC0415 (only such a document pays for it)

    document, encoding = docx_document.read(package.Package(data, name, _WHAT))
    text, layout = flowing.composed(document, name, _WHAT)
    return Source(text, name=name, media_type=MEDIA_TYPE, encoding=encoding, layout=layout)
