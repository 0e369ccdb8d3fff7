"""A progress bar on stderr, for many files and a person who looks."""

from __future__ import annotations

import sys
from contextlib import contextmanager

from tipreport.cli.output import is_terminal
from tipreport.parallel import MANY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def ticking(total: int, doing: str, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Gives what is to be called after each of ``total`` files."""
    if total < MANY or quiet or not is_terminal(sys.stderr):
        yield lambda: None
        return
    from tipreport.cli.render import progress

    bar = progress(total, doing)
    try:
        yield lambda: bar.advance(bar.task_ids[0])
    finally:
        bar.stop()
