"""``python -m tipreport`` and the console script."""

from __future__ import annotations

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

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
