"""Plain text and Markdown, in any encoding that can be told. What no other reader claims is taken as text."""

from __future__ import annotations

from tipreport.decoding import decode, invisible
from tipreport.errors import InputError
from tipreport.spans import Source

SUFFIXES = (".txt", ".text", ".md", ".markdown")

MAX_BYTES = 32 << 20  # some 10,000 pages; what other readers make of their files has no more characters

_MAGIC = (
    (b"PK\x05\x06", "an empty zip file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"SQLite format 3\x00", "an SQLite file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
)


def claims(_head: bytes, _name: str) -> bool:
    """Text is what is left: this reader takes everything and refuses what is none."""
    return True


def read(data: bytes, name: str, encoding: str | None) -> Source:
    """Decode the bytes.

    Raises:
        InputError: binary data, or bytes that do not fit the encoding asked for.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(name, f"is {what}, not text", "give the report itself: a PDF, Word, OpenDocument, HTML or text file")
    text, used, notes = decode(data, name, encoding)
    media = "text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain"
    return Source(text, name=name, media_type=media, encoding=used, notes=(*notes, *invisible(text)))
