"""The inputs of a command: files, folders, standard input."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

from tipreport import registry
from tipreport.cli.output import is_terminal
from tipreport.errors import InputError, TipreportError
from tipreport.inputs import printable


class Given(NamedTuple):
    """One input: its path ("-" for stdin) or the reason why it cannot be one."""

    path: str
    error: InputError | None = None


def collect(paths: tuple[str, ...]) -> list[Given]:
    """The inputs in the order given; folders are walked, their files sorted by the bytes of their paths.

    Raises:
        TipreportError: nothing was given and stdin is a terminal.
    """
    if not paths:
        if sys.stdin is None or is_terminal(sys.stdin):
            raise TipreportError("no input given", "name files or folders, or pipe a text in; 'tipreport parse --help' says more")
        return [Given("-")]
    out: list[Given] = []
    for path in paths:
        if path != "-" and os.path.isdir(path):
            found = _walk(path)
            out += found or [
                Given(path, InputError(printable(path), "the folder holds no report", f"files ending in {', '.join(suffixes())} are read"))
            ]
        else:
            out.append(Given(path))
    return out


def suffixes() -> tuple[str, ...]:
    """The file name endings that a walk through folders reads."""
    return tuple(s for name in registry.names("inputs") for s in registry.load("inputs", name).SUFFIXES)


def _walk(folder: str) -> list[Given]:
    endings = suffixes()
    out: list[Given] = []
    troubles: list[Given] = []

    def trouble(error: OSError) -> None:
        name = str(error.filename or folder)
        troubles.append(Given(name, InputError(printable(name), (error.strerror or "cannot be read").lower())))

    for base, folders, files in os.walk(folder, onerror=trouble):
        folders[:] = sorted((f for f in folders if not f.startswith(".")), key=os.fsencode)
        out += [Given(os.path.join(base, f)) for f in files if f.lower().endswith(endings) and not f.startswith(".")]
    out.sort(key=lambda given: os.fsencode(given.path))
    return out + troubles


def stdin_bytes(name: str) -> bytes:
    """All of standard input."""
    try:
        if sys.stdin is None:
            raise InputError(name, "standard input is not open")
        return sys.stdin.buffer.read()
    except (OSError, ValueError) as error:
        raise InputError(name, (getattr(error, "strerror", None) or str(error)).lower()) from error
