"""The folder of a site: its own files alone are replaced and removed, and nothing that somebody else put there.

``.tipreport-site`` names the files of the site, one a line. A name is added before its file is written, so that a run that
was cut short leaves nothing that the next one would not know.
"""

from __future__ import annotations

import os
import re

from tipreport.errors import TipreportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MANIFEST = ".tipreport-site"
_HEAD = "tipreport site 1"
_PART = r"[A-Za-z0-9_][A-Za-z0-9._~-]*"
_NAME = re.compile(rf"(?:{_PART}/){{0,2}}{_PART}")  # the names that a site gives; a manifest that holds others is not obeyed in them
_HINT = "name a new or empty folder with -o"


class Folder:
    """The folder that a site is written into.

    Args:
        path: the folder; made where it is not there.
        write: writes a text to a path, whole or not at all.

    Raises:
        TipreportError: it holds something, but no site.
    """

    def __init__(self, path: str, write: Callable[[str | Iterable[str], str], None]) -> None:
        self.path, self.write = path, write
        self.manifest = os.path.join(path, MANIFEST)
        self.pages = 0
        self.written: set[str] = set()
        self.made: set[str] = set()
        try:
            os.makedirs(path, exist_ok=True)
            self.old = self._old()
            self._keep("".join(f"{line}\n" for line in (_HEAD, *sorted(self.old))))
        except OSError as error:
            raise _cannot(path, error) from error

    def _old(self) -> set[str]:
        """The files that an earlier run wrote."""
        if os.path.lexists(self.manifest):
            with open(self.manifest, encoding="utf-8", errors="replace") as file:
                if file.readline() != f"{_HEAD}\n":
                    raise TipreportError(f"{self.manifest} is no list of the files of a site", _HINT)
                # A line without its end was cut short; the file that it names was not begun.
                return {line[:-1] for line in file if line.endswith("\n") and _NAME.fullmatch(line[:-1])}
        if os.listdir(self.path):
            raise TipreportError(f"{self.path} is not empty and holds no site of tipreport", _HINT)
        return set()

    def _keep(self, text: str) -> None:
        if os.path.islink(self.manifest):
            raise TipreportError(f"{self.manifest} is a link", _HINT)
        self.write(text, self.manifest)

    def put(self, name: str, text: str | Iterable[str]) -> None:
        """Write a file of the site.

        Raises:
            TipreportError: a file of somebody else stands there, or it cannot be written.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(name)
        path = os.path.join(self.path, *name.split("/"))
        folder = os.path.dirname(path)
        try:
            if folder not in self.made:
                self._folder(name)
                self.made.add(folder)
            if name not in self.old and name not in self.written:
                if os.path.lexists(path):
                    raise TipreportError(f"{path} is no file of the site; it is left as it is", "move it away, or " + _HINT)
                with open(self.manifest, "a", encoding="utf-8", newline="\n") as file:
                    file.write(f"{name}\n")
            elif os.path.lexists(path) and (os.path.islink(path) or not os.path.isfile(path)):
                raise TipreportError(f"{path} is no plain file; it is left as it is", "move it away, or " + _HINT)
        except OSError as error:
            raise _cannot(path, error) from error
        self.written.add(name)
        self.write(text, path)
        self.pages += name.endswith(".html")

    def _folder(self, name: str) -> None:
        """Make the folders of a file; a link that leads elsewhere is not followed."""
        path = self.path
        for part in name.split("/")[:-1]:
            path = os.path.join(path, part)
            if os.path.islink(path) or (os.path.lexists(path) and not os.path.isdir(path)):
                raise TipreportError(f"{path} is no folder of the site; it is left as it is", "move it away, or " + _HINT)
            os.makedirs(path, exist_ok=True)

    def finish(self) -> None:
        """Remove the files of earlier runs that this one did not write, and write the list anew."""
        for name in sorted(self.old - self.written):
            self._remove(name)
        try:
            self._keep("".join(f"{line}\n" for line in (_HEAD, *sorted(self.written))))
        except OSError as error:
            raise _cannot(self.manifest, error) from error

    def _remove(self, name: str) -> None:
        """Remove a file and the folders that it leaves empty; what is no plain file in plain folders stays."""
        parts = name.split("/")
        folders = [os.path.join(self.path, *parts[:depth]) for depth in range(1, len(parts))]
        path = os.path.join(self.path, *parts)
        if any(map(os.path.islink, (*folders, path))) or not os.path.isfile(path):
            return
        try:
            os.unlink(path)
        except OSError as error:
            raise _cannot(path, error) from error
        for folder in reversed(folders):
            try:
                os.rmdir(folder)
            except OSError:  # something else is in it
                return


def _cannot(path: str, error: OSError) -> TipreportError:
    return TipreportError(f"cannot write {path}: {(error.strerror or str(error)).lower()}")
