"""The progress bar: the only place that needs rich."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


def progress(total: int, doing: str) -> Progress:
    """A started bar on stderr with one task of ``total`` steps; it vanishes when it stops."""
    bar = Progress(
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(file=sys.__stderr__),  # what stands in for stderr would show our own escapes as text
        transient=True,
    )
    bar.add_task(doing, total=total)
    bar.start()
    return bar
