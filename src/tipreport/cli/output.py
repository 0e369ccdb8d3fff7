"""Where output goes: stdout, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import contextmanager

from tipreport.cli.run import emit, encoded
from tipreport.errors import TipreportError, UnknownNameError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tipreport.cli.grammar import Output

FORMATS = ("text", "json", "jsonl", "csv")
_SUFFIXES = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".txt": "text", "": "text"}


def put(text: str | bytes | Iterable[str | bytes], path: str | None, worth: Callable[[], bool] = lambda: True) -> None:
    """Write text (or bytes, for a binary format) to stdout or, atomically, to a file ("-" is stdout).

    A link keeps pointing where it does, what is no regular file is written into, and the old file stays where
    ``worth`` says in the end that there was nothing to write.
    """
    parts = (text,) if isinstance(text, (str, bytes)) else text
    if path is None or path == "-":
        for part in parts:
            emit(part)
        return
    path = os.path.realpath(path)
    if os.path.exists(path) and not os.path.isfile(path):
        _into(parts, path)
        return
    import tempfile

    folder = os.path.dirname(path)
    try:
        handle, temporary = tempfile.mkstemp(prefix=".tipreport-", dir=folder)
    except OSError as error:
        raise TipreportError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            for part in parts:
                file.write(encoded(part))
            file.flush()
            os.fsync(file.fileno())
        if not worth():
            _remove(temporary)
            return
        os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode) if os.path.exists(path) else 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        _remove(temporary)
        raise TipreportError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from error
    except BaseException:
        _remove(temporary)
        raise


Identity = tuple[int, int]  # device and number: one file, whatever it is called


def identities(paths: Iterable[str]) -> frozenset[Identity]:
    """What the files are that are there, for ``spare`` to be asked for many outputs."""
    return frozenset(found for path in paths if path != "-" and (found := _identity(path)))


def _identity(path: str) -> Identity | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def spare(inputs: Iterable[str] | frozenset[Identity], path: str | None) -> None:
    """No document or index is written over by what is read from it.

    Raises:
        TipreportError: an input is the file that would be written.
    """
    if path and path != "-" and os.path.isfile(path):
        known = inputs if isinstance(inputs, frozenset) else identities(inputs)
        if _identity(path) in known:
            raise TipreportError(f"{path} is an input too; it would be written over", "give another name with -o")


def _into(parts: Iterable[str | bytes], path: str) -> None:
    """Write into a device or FIFO."""
    try:
        with open(path, "wb") as file:
            for part in parts:
                file.write(encoded(part))
    except OSError as error:
        raise TipreportError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


def is_folder(path: str | None, *, new: bool = False) -> bool:
    """Whether -o names a folder: one that is there, or one to be made, whose name ends with a separator.

    Args:
        path: as given.
        new: whether a name that nothing has yet is one too.
    """
    if path is None or path == "-":
        return False
    return os.path.isdir(path) or path.endswith(("/", os.sep)) or (new and not os.path.lexists(path))


def folder(path: str) -> str:
    """A folder to write into, made where it is not there.

    Raises:
        TipreportError: it cannot be made.
    """
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise TipreportError(f"cannot make {path}: {(error.strerror or str(error)).lower()}") from error
    return path


@contextmanager
def new_folder(path: str) -> Iterator[str]:
    """A folder to fill that takes its place when it is whole; nothing is left of it otherwise.

    Raises:
        TipreportError: something is there already, or it cannot be made.
    """
    import shutil
    import tempfile

    path = os.path.realpath(path)
    if os.path.lexists(path) and not (os.path.isdir(path) and not os.listdir(path)):
        raise TipreportError(f"{path} is not empty", "name a new folder with -o")
    try:
        made = tempfile.mkdtemp(prefix=".tipreport-", dir=folder(os.path.dirname(path)))
    except OSError as error:
        raise TipreportError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from error
    try:
        yield made
        os.chmod(made, 0o777 & ~_umask())
        os.replace(made, path)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        raise TipreportError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from error
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def file_name(name: str, suffix: str, taken: set[str]) -> str:
    """A safe file name for the output of an input: no separators, no controls, short, none twice."""
    stem = os.path.basename(name.replace("\\", "/"))
    stem = re.sub(r"\.[A-Za-z]{1,8}$", "", stem)
    stem = re.sub(r"[^\w.-]+", "_", stem.encode("utf-8", "replace").decode("utf-8")).strip("._-") or "report"
    stem = stem.encode("utf-8")[:120].decode("utf-8", "ignore")
    made, count = f"{stem}{suffix}", 1
    while made.lower() in taken:
        count += 1
        made = f"{stem}-{count}{suffix}"
    taken.add(made.lower())
    return made


def wants_colour(choice: str | None) -> bool:
    """Whether stdout gets colour: the flag, then NO_COLOR, FORCE_COLOR, a dumb terminal, a terminal at all."""
    if choice in {"always", "never"}:
        return choice == "always"
    if choice not in {None, "auto"}:
        raise TipreportError(f"--color takes auto, always or never, not {choice!r}")
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "").lower() not in {"", "0", "false"}:
        return True
    return os.environ.get("TERM") != "dumb" and is_terminal(sys.stdout)


def is_terminal(stream: object) -> bool:
    """Whether a stream is an open terminal."""
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (ValueError, AttributeError):
        return False


def width() -> int:
    """The width for readable text: COLUMNS, the terminal's, or 100 in a pipe."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and 0 < int(given[:6]) < 100000:
        return max(int(given), 20)
    if is_terminal(sys.stdout):
        try:
            return max(os.get_terminal_size(sys.stdout.fileno()).columns or 100, 20)
        except OSError:
            return 100
    return 100


def chosen(output: Output, more: dict[str, str] | None = None) -> str:
    """The format: --to, a shorthand, the suffix of -o, else text.

    Args:
        output: the options.
        more: suffix to format, for a command that has others besides those of all commands.

    Raises:
        TipreportError: two formats, or one that there is not.
    """
    suffixes = {**_SUFFIXES, **(more or {})}
    formats = tuple(dict.fromkeys((*FORMATS, *suffixes.values())))
    wanted = {*output.shorthand, *([output.to] if output.to else [])}
    if len(wanted) > 1:
        raise TipreportError(f"one format at a time, not {' and '.join(sorted(wanted))}")
    if wanted:
        name = wanted.pop()
        if name not in formats:
            raise UnknownNameError("format", name, formats)
        return name
    suffix = os.path.splitext(output.output or "")[1].lower()
    if suffix not in suffixes and output.output != os.devnull:
        raise TipreportError(f"no format ends in {suffix}", f"choose one with --to: {', '.join(formats)}")
    return suffixes.get(suffix, "text")
