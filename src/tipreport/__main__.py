"""``python -m tipreport`` and the console script."""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130


def main() -> int:
    """Run the command line; ``--version`` answers before anything is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from tipreport import __version__
        from tipreport.cli.run import guarded

        return guarded(lambda emit: emit(f"tipreport {__version__}\n"))
    import gc

    gc.set_threshold(100_000, 20, 20)  # a start makes many objects that stay; looking through them again costs a tenth
    try:
        from tipreport.cli.run import run

        code = run()
    except KeyboardInterrupt:
        code = 130
    if code == INTERRUPTED:
        _leave()
    return code


def _leave() -> None:
    """End at once after Ctrl-C: the threads of a pool whose workers are gone may wait for ever for one another."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            pass
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    sys.exit(main())
