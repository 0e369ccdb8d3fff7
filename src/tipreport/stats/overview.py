"""The tables that tell most of a whole corpus, and those that tell most of one kind."""

from __future__ import annotations

from tipreport.search.request import Filters
from tipreport.stats.counts import Counted, count
from tipreport.stats.dimensions import KINDS
from tipreport.stats.scope import of_reports

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

TABLES = (
    ("reports", "year"), ("reports", "body"), ("recommendations", "year"), ("recommendations", "addressee"), ("recommendations", "strength"),
    ("recommendations", "topic"), ("voices", "quantifier"), ("statements", "group"),
)  # fmt: skip
_SELDOM = {"report", "section", "modality", "organization", "participant"}  # dimensions that are shown when they are asked for


def usual(what: str) -> tuple[tuple[str, str], ...]:
    """The tables of one kind."""
    return tuple((what, by) for by in KINDS[what].dimensions if by not in _SELDOM)


def tables(connection: sqlite3.Connection, filters: Filters = Filters(), wanted: Sequence[tuple[str, str]] = TABLES) -> list[Counted]:  # noqa: B008
    """The tables (kind, dimension) that hold anything; those of reports heed only the filters that choose reports.

    Raises:
        UnknownNameError: the name in a filter is unknown.
        TipreportError: a filter has no such value.
    """
    made = (count(connection, what, by, of_reports(filters) if what == "reports" else filters) for what, by in wanted)
    return [one for one in made if one.of and one.missing < one.of]
