"""Readers of input formats: bytes to a ``Source``. One file a format, chosen by content before suffix."""

from __future__ import annotations

import hashlib
import os
import stat

from tipreport import registry
from tipreport.errors import InputError
from tipreport.spans import Source

_NEVER_EMPTY = (".pdf", ".docx", ".odt", ".doc", ".rtf")  # a file of these kinds that holds nothing was not written out
MAX_BYTES = 2 << 30  # no report is larger; beyond it a file is refused rather than read


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
    try:
        mode = os.stat(path).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            what = "a folder" if stat.S_ISDIR(mode) else "a device or socket"
            raise InputError(printable(path), f"is {what}, no file", "pipe its content in and write '-' for it")
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            if status.st_size > MAX_BYTES:
                raise InputError(printable(path), f"is larger than {MAX_BYTES >> 20} MiB")
            data = file.read(MAX_BYTES + 1)
    except ValueError as error:
        raise InputError(printable(path), "is no name that a file can have") from error
    except OSError as error:
        raise InputError(printable(path), (error.strerror or str(error)).lower()) from error
    if len(data) > MAX_BYTES:
        raise InputError(printable(path), f"is larger than {MAX_BYTES >> 20} MiB")
    return decode(data, printable(path), encoding=encoding)


def readers() -> tuple[str, ...]:
    """The readers in the order in which they are asked: that of text, which takes whatever is left, comes last."""
    return tuple(sorted(registry.names("inputs"), key=lambda name: (name == "text", name)))


def decode(data: bytes, name: str, *, encoding: str | None = None) -> Source:
    """Turn bytes into a source with the reader that claims them.

    Raises:
        InputError: no reader claims them, or the one that does cannot read them.
    """
    if not data and name.lower().endswith(_NEVER_EMPTY):
        raise InputError(name, "is empty", "fetch or save the file again")
    digest = hashlib.sha256(data).hexdigest()
    for reader in readers():
        module = registry.load("inputs", reader)
        if module.claims(data[:4096], name):
            source = module.read(data, name, encoding)
            assert isinstance(source, Source)
            source.sha256 = digest
            return source
    raise InputError(name, "is no text that can be read")
