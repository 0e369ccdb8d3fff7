"""Work in several processes, results in the order of the things; a worker never outlives the process that wants it."""

from __future__ import annotations

import os
import signal
from typing import TypeVar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")

MANY = 8  # things from which on several processes pay


def processes(jobs: int | None, things: int) -> int:
    """How many processes: as asked (0: one a core), else as many as pay."""
    cores = os.cpu_count() or 1
    wanted = jobs if jobs is not None else 1 if things < MANY else 0
    return min(wanted or cores, things, 4 * cores)


def mapped(work: Callable[[T], R], things: Sequence[T], jobs: int | None = None) -> Iterator[R]:
    """``work`` done on each of the things, in their order. What is given and what comes back must pickle."""
    count = processes(jobs, len(things))
    if count <= 1:
        yield from map(work, things)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 (only many things pay for it)

    pool = ProcessPoolExecutor(count, initializer=_begin)
    try:
        # Small chunks: what a worker has begun is waited for after Ctrl-C, the rest is not.
        yield from pool.map(work, things, chunksize=2 if len(things) > count * 8 else 1)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one, and end when it is gone."""
    from multiprocessing import parent_process  # noqa: PLC0415
    from multiprocessing.connection import wait  # noqa: PLC0415
    from threading import Thread  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:

        def watch(sentinel: int) -> None:
            wait([sentinel])
            os._exit(1)

        Thread(target=watch, args=(parent.sentinel,), daemon=True).start()
