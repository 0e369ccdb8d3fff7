"""The inputs of a command: files, folders, standard input."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import NamedTuple

from tipreport import registry
from tipreport.cli.output import is_terminal
from tipreport.cli.run import note
from tipreport.errors import InputError, TipreportError
from tipreport.inputs import printable, taken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.index.held import Held


_ENDINGS = 5  # of files that are left alone, told by name


class Given(NamedTuple):
    """One input: its path ("-" for stdin), a report of the index, or the reason why it cannot be one."""

    path: str
    error: InputError | None = None
    held: Held | None = None


def collect(paths: tuple[str, ...], index: str | None = None) -> list[Given]:
    """The inputs in the order given; folders are walked, their files sorted by the bytes of their paths.

    Args:
        paths: files, folders, "-", or names of reports that the index knows.
        index: the index file; None where no name of a report can be given.

    Raises:
        TipreportError: nothing was given, stdin is a terminal, and there is no index.
        StoreError: the index cannot be used.
    """
    if not paths:
        if sys.stdin is None or is_terminal(sys.stdin):
            everything = _held(index, None)
            if everything:
                return everything
            raise TipreportError("no input given", "name files or folders, or pipe a text in; 'tipreport parse --help' says more")
        return [Given("-")]
    out: list[Given] = []
    for path in paths:
        if path != "-" and os.path.isdir(path):
            found = _walk(path)
            out += found or [
                Given(path, InputError(printable(path), "the folder holds no report", f"files ending in {', '.join(suffixes())} are read"))
            ]
        elif path != "-" and not os.path.lexists(path):
            out += _held(index, path) or [Given(path)]
        else:
            out.append(Given(path))
    return out


def _held(index: str | None, name: str | None) -> list[Given]:
    """The reports of the index that are called so, or all."""
    if index is None:
        return []
    from tipreport.index.held import find

    return [Given(name or f"report {held.number}", held=held) for held in find(index, name)]


def tell_others(path: str) -> None:
    """Say how many files below a folder a walk does not read, for their endings; nothing where there are none."""
    endings = suffixes()
    found: Counter[str] = Counter()
    for _, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.update(
            os.path.splitext(name)[1].lower() or "without an ending"
            for name in files
            if not name.startswith(".") and not name.lower().endswith(endings)
        )
    count = found.total()
    if count:
        some = ", ".join(f"{number:,} {ending}" for ending, number in found.most_common(_ENDINGS))
        more = ", ..." if len(found) > _ENDINGS else ""
        what = f"{count:,} file{'s' if count > 1 else ''} of other kinds left alone ({some}{more})"
        note(f"{printable(path)}: {what}; {', '.join(endings)} are read")


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
        out += [
            Given(os.path.join(base, f))
            for f in files
            if f.lower().endswith(endings) and not f.startswith(".") and os.path.isfile(os.path.join(base, f))
        ]
    out.sort(key=lambda given: os.fsencode(given.path))
    return out + troubles


def stdin_bytes(name: str) -> bytes:
    """All of standard input, or one byte more than is read of it."""
    try:
        if sys.stdin is None:
            raise InputError(name, "standard input is not open")
        return taken(sys.stdin.buffer, name)
    except (OSError, ValueError) as error:
        raise InputError(name, (getattr(error, "strerror", None) or str(error)).lower()) from error
