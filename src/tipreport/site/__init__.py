"""A browsable site of a corpus: static pages, search in the browser, no server."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

    from tipreport.config import Config


def build(
    corpus: sqlite3.Connection, numbers: Sequence[int], folder: str, config: Config, *,
    write: Callable[[str | Iterable[str], str], None], jobs: int | None = None, tick: Callable[[], None] = lambda: None,
) -> int:  # fmt: skip
    """Write the site of the reports with these numbers into a folder; ``write(text, path)`` writes one file whole. Gives the number of pages.

    Raises:
        TipreportError: the folder holds something else.
    """
    raise NotImplementedError
