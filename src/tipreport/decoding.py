"""Bytes to characters.

The ladder: a byte order mark; UTF-16 and UTF-32 without one, by their zeros; strict UTF-8; what the input itself declares; else
Windows-1252 with a warning that names it (the guesses of detection libraries are worse on UN texts: cp1252 as Big5).
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from tipreport.errors import InputError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 65536
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def decode(data: bytes, name: str, encoding: str | None, declared: str | None = None) -> tuple[str, str, list[tuple[str, str]]]:
    """The characters without a byte order mark, the encoding, and remarks on it as (code, message).

    Args:
        data: the input.
        name: what messages call it.
        encoding: the one that the user asks for.
        declared: the one that the input declares; strict UTF-8 beats it, as such declarations are often wrong.

    Raises:
        InputError: binary data, or bytes that do not fit the encoding asked for.
    """
    notes: list[tuple[str, str]] = []
    if encoding is not None:
        text, used = _forced(data, name, encoding), encoding
    else:
        text, used = _guess(data, name, notes, declared)
    return text.removeprefix("\ufeff"), used, notes


def invisible(text: str) -> list[tuple[str, str]]:
    """The remark on marks in a text that a reader does not see, where it holds some."""
    found = _INVISIBLE.search(text)
    if not found:
        return []
    at, sign = found.start(), ord(found.group())
    return [("text/invisible", f"the text holds marks that a reader does not see, the first U+{sign:04X} at offset {at}")]


def _forced(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise InputError(name, f"unknown encoding {encoding!r}", "try utf-8, cp1252, utf-16 or latin-1") from error
    except (UnicodeError, ValueError) as error:
        at = getattr(error, "start", 0)
        raise InputError(name, f"byte {at} does not fit {encoding}", "leave --encoding out to let it be told") from error


def _guess(data: bytes, name: str, notes: list[tuple[str, str]], declared: str | None) -> tuple[str, str]:
    for bom, encoding in BOMS:
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
    if declared is not None and (text := _declared(data, declared)) is not None:
        return text, declared
    if _damaged(data):
        notes.append(("input/encoding", f"byte {first} is not UTF-8; it and others like it were read as cp1252, the rest as UTF-8"))
        return data.decode("utf-8", _HANDLER), "utf-8"
    notes.append(("input/encoding", f"byte {first} is not UTF-8; read as cp1252"))
    return "".join(map(_single().__getitem__, data)), "cp1252"


def _declared(data: bytes, encoding: str) -> str | None:
    """The characters in the encoding that the input declares; None where it does not fit, or is none."""
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None
    return text


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
