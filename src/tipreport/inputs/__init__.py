"""Readers of input formats: bytes to a ``Source``. One file a format, chosen by content before suffix."""

from __future__ import annotations

import hashlib
import os
import stat

from tipreport import registry
from tipreport.errors import ConfigError, InputError
from tipreport.spans import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import BinaryIO

_NEVER_EMPTY = (".pdf", ".docx", ".odt", ".doc", ".rtf")  # a file of these kinds that holds nothing was not written out
MAX_BYTES = 2 << 30  # of a file whose reader has no closer bound; beyond it a file is refused rather than read
VARIABLE = "TIPREPORT_MAX_MIB"  # another bound, in the place of that of every reader
_HEAD = 4096  # bytes that tell the reader
_PIECE = 1 << 20
_DIGITS = 9
_HINT = f"parsing takes some 60 MB of memory for each MB of text; {VARIABLE} sets another bound, in MiB"


def printable(path: str) -> str:
    r"""A path as text: bytes that are no UTF-8 are shown as ``\\xff``."""
    try:
        return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # a surrogate that no file name decodes to
        return path.encode("utf-8", "backslashreplace").decode("utf-8")


def open_source(path: str, *, encoding: str | None = None) -> Source:
    """Read a file whole.

    Raises:
        InputError: missing, no regular file, not allowed, too large, or no text.
    """
    return decode(contents(path), printable(path), encoding=encoding)


def contents(path: str) -> bytes:
    """The bytes of a file, or one more than its reader takes.

    Raises:
        InputError: missing, no regular file, or not allowed.
    """
    try:
        mode = os.stat(path).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            what = "a folder" if stat.S_ISDIR(mode) else "a device or socket"
            raise InputError(printable(path), f"is {what}, no file", "pipe its content in and write '-' for it")
        with open(path, "rb") as file:
            return taken(file, printable(path), os.fstat(file.fileno()).st_size)
    except ValueError as error:
        raise InputError(printable(path), "is no name that a file can have") from error
    except OSError as error:
        raise InputError(printable(path), (error.strerror or str(error)).lower()) from error


def taken(file: BinaryIO, name: str, size: int = 0) -> bytes:
    """All that a file holds, or one byte more than its reader takes: ``decode`` refuses that, and the rest stays unread.

    Args:
        file: open, at its beginning.
        name: what it is called.
        size: how long it should be; 0 for a pipe.
    """
    parts = [file.read(_HEAD)]
    most = bound(_reader(parts[0], name))
    count, wanted = len(parts[0]), min(size, most) - _HEAD
    while count <= most and (part := file.read(min(max(wanted, _PIECE), most + 1 - count))):
        parts.append(part)
        count, wanted = count + len(part), 0
    return b"".join(parts)


def bound(reader: ModuleType) -> int:
    """The bytes that a reader takes at most: what the user says, its own bound, or that of all.

    Raises:
        ConfigError: the environment names no size.
    """
    given = os.environ.get(VARIABLE)
    if not given:
        return int(getattr(reader, "MAX_BYTES", MAX_BYTES))
    if not (given.isascii() and given.isdigit() and len(given) < _DIGITS and int(given)):
        raise ConfigError(f"{VARIABLE} is {given!r}", "it takes a whole number of MiB from 1 on")
    return int(given) << 20


def readers() -> tuple[str, ...]:
    """The readers in the order in which they are asked: that of text, which takes whatever is left, comes last."""
    return tuple(sorted(registry.names("inputs"), key=lambda name: (name == "text", name)))


def decode(data: bytes, name: str, *, encoding: str | None = None) -> Source:
    """Turn bytes into a source with the reader that claims them.

    Raises:
        InputError: the reader that claims them cannot read them.
    """
    if not data and name.lower().endswith(_NEVER_EMPTY):
        raise InputError(name, "is empty", "fetch or save the file again")
    module = _reader(data[:_HEAD], name)
    if len(data) > bound(module):
        raise InputError(name, f"is larger than {bound(module) >> 20:,} MiB", _HINT)
    source = module.read(data, name, encoding)
    assert isinstance(source, Source)
    most = bound(registry.load("inputs", "text"))
    if len(source.text) > most:
        raise InputError(name, f"holds more than {most:,} characters of text", _HINT)
    source.sha256 = hashlib.sha256(data).hexdigest()
    return source


def _reader(head: bytes, name: str) -> ModuleType:
    """The reader of a file that begins so; that of text claims whatever is left."""
    modules = (registry.load("inputs", reader) for reader in readers())
    return next(module for module in modules if module.claims(head, name))
