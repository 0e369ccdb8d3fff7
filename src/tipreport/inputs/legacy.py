"""Old Word files (.doc) and RTF: LibreOffice makes a Word document of them, which is then read as one."""

from __future__ import annotations

from tipreport.errors import InputError
from tipreport.spans import Source

SUFFIXES = (".doc", ".rtf")

MAX_BYTES = 256 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def claims(head: bytes, _name: str) -> bool:
    """Whether the bytes begin as an old Office file or RTF does."""
    return head.startswith((_OLE[:4], b"{\\rtf"))


def read(data: bytes, name: str, _encoding: str | None) -> Source:
    """The text of an old Word or RTF file.

    Raises:
        ExtraError: lxml is not installed.
        InputError: LibreOffice is not installed, or cannot convert the file; the file is encrypted, or no Word file.
    """
    from tipreport.markup import docx_document, flowing, office, package  # noqa: PLC0415 (only such a document pays for it)

    old = data.startswith(_OLE[:4])
    what, media = ("an old Word file", "application/msword") if old else ("an RTF file", "application/rtf")
    if old:
        _check(data, name)
    converted = office.word_document(data, ".doc" if old else ".rtf", name, what)
    document, encoding = docx_document.read(package.Package(converted, name, what))
    text, layout = flowing.composed(document, name, what)
    return Source(text, name=name, media_type=media, encoding=encoding, layout=layout)


def _check(data: bytes, name: str) -> None:
    """Refuse containers of Microsoft that hold no readable Word text. Their parts have names in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError(name, "is a Word document that is encrypted", "save it without a password first")
    if "WordDocument".encode("utf-16-le") not in data:
        raise InputError(name, "is an old Office file, not a Word document", "give a Word document or text")
