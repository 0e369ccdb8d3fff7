"""A progress bar on stderr, for many files and a person who looks."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import Protocol

from tipreport.cli import run
from tipreport.cli.output import is_terminal
from tipreport.parallel import MANY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Tick(Protocol):
    """What is to be called after each file."""

    def __call__(self, *, failed: bool = False) -> None:
        """Count a file, and whether it could not be read."""


@contextmanager
def ticking(total: int, doing: str, *, quiet: bool) -> Iterator[Tick]:
    """Gives what is to be called after each of ``total`` files."""
    if total < MANY or quiet or not is_terminal(sys.stderr):
        yield _nothing
        return
    from tipreport.cli.render import CLEAR, Bar

    bar = Bar(total, doing)
    run.before_lines(CLEAR)
    try:
        yield bar.tick
    finally:
        bar.stop()
        run.before_lines("")


def _nothing(*, failed: bool = False) -> None:
    """Nobody looks."""
