"""Bounds on one call into a library that keeps none of its own: a page of a few hundred bytes can ask for all memory and for ever.

Only a process whose work can be lost is guarded: a worker (``arm``). Where a call takes too much, its process ends with a
status that says so, and whoever wanted the work tells of it. Nothing else stops code that is not Python.
"""

from __future__ import annotations

import os
import time

MEMORY = 384 << 20  # bytes that one call may add to those of its process
SECONDS = 30.0  # of processor time that it may take
_PAUSE = 0.02  # seconds between two looks

# Exit statuses of a process that was ended, and why.
REASONS = {81: f"a page of it takes more than {MEMORY >> 20} MB of memory", 82: f"a page of it takes more than {SECONDS:.0f} s"}
HINT = "open it in a viewer and print it to a new file"
_TOO_MUCH, _TOO_LONG = REASONS

_STATM = "/proc/self/statm"


class _Guard:
    """The guard of this process."""

    def __init__(self) -> None:
        self.armed = self.running = False
        self.memory, self.seconds, self.calls = 0, 0.0, 0

    def look(self) -> None:
        """Look at the call that is under way again and again."""
        while True:
            time.sleep(_PAUSE)
            calls, memory, seconds = self.calls, self.memory, self.seconds
            if calls % 2 == 0:
                continue
            much, long = _memory() - memory > MEMORY, time.process_time() - seconds > SECONDS
            if (much or long) and self.calls == calls:  # still the same call
                os._exit(_TOO_MUCH if much else _TOO_LONG)


_GUARD = _Guard()


def arm() -> None:
    """Guard this process from now on: it may be ended."""
    _GUARD.__init__()  # type: ignore[misc]  # a process that was forked has no thread of its parent
    _GUARD.armed = True


def enter() -> None:
    """A call begins; nothing happens in a process that is not guarded. No call begins within another."""
    if not _GUARD.armed:
        return
    _GUARD.memory, _GUARD.seconds = _memory(), time.process_time()
    _GUARD.calls += 1
    if not _GUARD.running:
        from threading import Thread  # noqa: PLC0415 (only a guarded call pays for it)

        _GUARD.running = True
        Thread(target=_GUARD.look, daemon=True).start()


def leave() -> None:
    """The call has ended."""
    if _GUARD.armed:
        _GUARD.calls += 1


def _memory() -> int:
    """Bytes of memory of this process: what it has now, or where that cannot be told the most it ever had."""
    try:
        with open(_STATM, "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        pass
    try:
        from resource import RUSAGE_SELF, getrusage  # noqa: PLC0415 (not on every system)
    except ImportError:
        return 0
    return getrusage(RUSAGE_SELF).ru_maxrss
