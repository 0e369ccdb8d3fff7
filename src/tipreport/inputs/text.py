"""Plain text and Markdown, in any encoding that can be told.

The ladder: a byte order mark; UTF-16 and UTF-32 without one, by their zeros; strict UTF-8; else Windows-1252
with a warning that names it (the guesses of detection libraries are worse on UN texts: cp1252 as Big5).
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from tipreport.errors import InputError
from tipreport.spans import Source

SUFFIXES = (".txt", ".text", ".md", ".markdown")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a Word, OpenDocument or other zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"SQLite format 3\x00", "an SQLite file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 65536
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html|head|body|div|p|h1|table|script|style|title)\b", re.IGNORECASE)
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


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
            raise InputError(name, f"is {what}, not text", "save or convert it as plain text first")
    if _HTML.match(data[:1024].removeprefix(codecs.BOM_UTF8)):
        raise InputError(name, "is an HTML page, not text", "save the page as plain text first")
    notes: list[tuple[str, str]] = []
    if encoding is not None:
        text, used = _forced(data, name, encoding), encoding
    else:
        text, used = _guess(data, name, notes)
    text = text.removeprefix("\ufeff")
    found = _INVISIBLE.search(text)
    if found:
        notes.append(
            (
                "text/invisible",
                f"the text holds marks that a reader does not see, the first U+{ord(found.group()):04X} at offset {found.start()}",
            )
        )
    media = "text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain"
    return Source(text, name=name, media_type=media, encoding=used, notes=tuple(notes))


def _forced(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise InputError(name, f"unknown encoding {encoding!r}", "try utf-8, cp1252, utf-16 or latin-1") from error
    except (UnicodeError, ValueError) as error:
        at = getattr(error, "start", 0)
        raise InputError(name, f"byte {at} does not fit {encoding}", "leave --encoding out to let it be told") from error


def _guess(data: bytes, name: str, notes: list[tuple[str, str]]) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _forced(data, name, encoding), encoding
    sample = data[:_SAMPLE]
    if sample and not any(sample):
        raise InputError(name, "is binary data, not text", "give the text of the report")
    wide = _wide(data)
    if wide:
        notes.append(("input/encoding", f"read as {wide}, told by its zero bytes"))
        return _forced(data, name, wide), wide
    if sample and len(_CONTROLS.findall(sample)) * 20 > len(sample):
        raise InputError(name, "is binary data, not text", "give the text of the report")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first = error.start
    if _damaged(data):
        notes.append(("input/encoding", f"byte {first} is not UTF-8; it and others like it were read as cp1252, the rest as UTF-8"))
        return data.decode("utf-8", _HANDLER), "utf-8"
    notes.append(("input/encoding", f"byte {first} is not UTF-8; read as cp1252"))
    return "".join(map(_single().__getitem__, data)), "cp1252"


def _damaged(data: bytes) -> bool:
    """Whether the bytes are UTF-8 with faults rather than another encoding: most of what is not ASCII fits."""
    good = len(_UTF8.findall(data))
    bad = sum(byte > 127 for byte in _UTF8.sub(b"", data))
    return good > bad


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: every other byte of Latin text is zero."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if len(data) % 4 == 0 and sample[1::4].count(0) * 10 > 9 * len(sample[1::4]) and sample[2::4].count(0) * 10 > 9 * len(sample[2::4]):
        return "utf-32-le" if sample[3::4].count(0) > sample[0::4].count(0) else "utf-32-be"
    if odd * 10 > half * 7 and even * 10 < half:
        return "utf-16-le"
    if even * 10 > half * 7 and odd * 10 < half:
        return "utf-16-be"
    return None


@cache
def _single() -> tuple[str, ...]:
    """The characters of Windows-1252; latin-1 fills its five holes so that no byte is lost."""
    out = []
    for byte in range(256):
        one = bytes([byte])
        try:
            out.append(one.decode("cp1252"))
        except UnicodeDecodeError:
            out.append(one.decode("latin-1"))
    return tuple(out)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(_single()[byte] for byte in error.object[error.start : error.end]), error.end


_HANDLER = "tipreport-cp1252"
codecs.register_error(_HANDLER, _as_cp1252)
