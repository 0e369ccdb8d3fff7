"""The progress bar: the only place that needs rich."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

CLEAR = "\r\x1b[2K"  # takes the bar from its line, so that another line can be written there; the bar is drawn again below


class Bar:
    """A bar on stderr that is shown until it stops, and vanishes then.

    Args:
        total: files.
        doing: what is done to them, in one word.
    """

    def __init__(self, total: int, doing: str) -> None:
        self._failed = 0
        self._bar = Progress(
            TextColumn(doing),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
            console=Console(file=sys.__stderr__),  # what stands in for stderr would show our own escapes as text
            transient=True,
        )
        self._task = self._bar.add_task(doing, total=total, failed="")
        self._bar.start()

    def tick(self, *, failed: bool = False) -> None:
        """One file more; what could not be read is counted beside the bar."""
        if failed:
            self._failed += 1
            self._bar.update(self._task, failed=f"{self._failed:,} not read")
        self._bar.advance(self._task)

    def stop(self) -> None:
        """Take the bar away."""
        self._bar.stop()
