"""The frame around every command: exit statuses, closed pipes, full disks, Ctrl-C; one line for an error.

0 well, 1 the answer is "no", 2 trouble, 130 on Ctrl-C. A closed pipe ends quietly with 0.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from tipreport.errors import TipreportError
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class ClosedError(Exception):
    """The reader of our output went away."""


def say(message: str, hint: str | None = None, excerpt: tuple[str, int] | None = None) -> None:
    """One line on stderr, and the hint below it; what a document or file name holds cannot act there.

    ``excerpt`` is a line the user wrote and a place in it, counted from 0: both are shown, with a caret.
    """
    text = f"tipreport: error: {_line(visible(message))}\n"
    if excerpt:
        text += _pointed(*excerpt)
    if hint:
        text += f"  hint: {_line(visible(hint))}\n"
    _stderr(text)


def _pointed(line: str, at: int) -> str:
    """A line with a caret below one place; a long one is cut around it."""
    low = max(at - 50, 0)
    before = _line(visible(("..." if low else "") + line[low:at]))
    rest = _line(visible(line[at : at + 25] + ("..." if len(line) > at + 25 else "")))
    return f"  {before}{rest}\n  {' ' * _cells(before)}^\n"


def _cells(text: str) -> int:
    """The columns that a terminal takes for a text."""
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def note(message: str) -> None:
    """A remark on stderr."""
    _stderr(f"tipreport: {_line(visible(message))}\n")


def _line(text: str) -> str:
    return text.replace("\n", "\\n").replace("\t", " ")


_before = [""]


def before_lines(text: str) -> None:
    """What is written to stderr before each line from now on: what takes a progress bar away from where the line will stand."""
    _before[0] = text


def _stderr(text: str) -> None:
    try:
        sys.stderr.buffer.write((_before[0] + text).encode("utf-8", "backslashreplace"))
        sys.stderr.buffer.flush()
    except (OSError, ValueError, AttributeError):
        pass  # nobody listens; the exit status still tells


def encoded(text: str | bytes) -> bytes:
    """Text as UTF-8, whatever it holds; bytes as they are."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")


def emit(text: str | bytes) -> None:
    """Write to stdout as UTF-8 whatever the locale.

    Raises:
        ClosedError: the reader went away.
        TipreportError: the disk is full or stdout is not open.
    """
    if not text:
        return
    _write(encoded(text))


def _write(data: bytes) -> None:
    if sys.stdout is None:
        raise TipreportError("cannot write to stdout: it is not open")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise ClosedError from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TipreportError(f"cannot write to stdout: {reason.lower()}") from error


class _Visible:
    """Standard error on which nothing that a user typed or a file is called can act on the terminal."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        _stderr(visible(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def run(arguments: list[str] | None = None) -> int:
    """Run the application and turn every end into an exit status."""

    def application(_emit: Callable[[str], None]) -> None:
        from tipreport.cli.app import app

        kept = sys.stderr
        if kept is not None:
            sys.stderr = _Visible(kept)
        try:
            app(args=arguments, prog_name="tipreport")
        finally:
            sys.stderr = kept

    return guarded(application)


def guarded(job: Callable[[Callable[[str], None]], None]) -> int:
    """Do a job that may write with ``emit`` and give the exit status of its end, whatever it is."""
    try:
        job(emit)
        code = 0
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 2 if done.code else 0
        if type(sys.stdout).__name__ == "PacifyFlushWrapper":  # typer's mark of a closed pipe
            return _silence(0)
    except (ClosedError, BrokenPipeError):
        return _silence(0)
    except KeyboardInterrupt:
        return 130
    except TipreportError as error:
        say(str(error), error.hint, getattr(error, "excerpt", None))
        return 2
    except MemoryError:
        say("out of memory", "give smaller files or fewer jobs")
        return 2
    except OSError as error:
        say((error.strerror or str(error)).lower() + (f": {error.filename}" if error.filename else ""))
        return _silence(2)
    except Exception as error:
        if os.environ.get("TIPREPORT_DEBUG"):
            raise
        say(f"a fault of tipreport: {type(error).__name__}: {error}", "set TIPREPORT_DEBUG=1 for the traceback and report it")
        return 2
    return _flushed(code)


def _flushed(code: int) -> int:
    """The exit status once all output is out."""
    if sys.stdout is None:
        if code == 0:
            say("cannot write to stdout: it is not open")
        return code or 2
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _silence(code)
    except (OSError, ValueError) as error:
        say(f"cannot write to stdout: {(getattr(error, 'strerror', None) or str(error)).lower()}")
        return _silence(2)
    return code


def _silence(code: int) -> int:
    """Keep the interpreter from complaining of a closed stdout at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError:
        pass
    return code
