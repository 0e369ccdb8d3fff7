"""A request run on an index: which objects answer, in which order, and how many there are in all."""

from __future__ import annotations

import math
import re
import sqlite3
import time
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from tipreport.errors import TipreportError
from tipreport.index.schema import MOST_REPORTS, NUMBERS, PLACE_BITS, TEXTS, TOKENS, base, report_of
from tipreport.search.compile import Plan, plan
from tipreport.search.filters import NOTHING, Compiled, Condition
from tipreport.search.query import Pattern, QueryError, read
from tipreport.search.request import Request, encodable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_RANKED = 150_000  # answers of a kind; BM25 costs some 2 microseconds for each, and tells little of so common words
_SPARE = 64  # answers of equal rank that are put in order behind the limit
_REPORT = f">> {PLACE_BITS} & {MOST_REPORTS - 1}"
_SECONDS = 30.0  # for the regular expressions of one search
_REPEAT = r"\{(?:\d*,)?(\d+)"
_RECURSION = r"\(\?(?:R|\d|&|P>)"
_MOST_REPEATS = 10_000
_VOICE = "coalesce(v.said, substr(p.text, v.said_at + 1, v.said_length))"


Found = tuple[int, float | None]  # id, score


class Answer(NamedTuple):
    """What was found.

    Args:
        found: (id, score) in order.
        totals: the numbers of answers by kind.
        plan: of the query; None without one.
        unranked: whether there were too many to rank, so that the newest stand first.
        topics: the ids of the topics that were filtered by.
        scope: the condition on ``reports`` that was searched under, with its values; None for all.
    """

    found: list[Found]
    totals: dict[str, int]
    plan: Plan | None
    unranked: bool = False
    topics: tuple[str, ...] = ()
    scope: Condition | None = None

    @property
    def total(self) -> int:
        """All answers, also those behind the limit."""
        return sum(self.totals.values())


def search(connection: sqlite3.Connection, request: Request) -> Answer:
    """Run a request.

    Raises:
        QueryError: the query cannot be read.
        UnknownNameError, TipreportError: a filter names what nobody knows, or is no range.
    """
    engine = Engine(connection, request)
    found: list[Found] = []
    totals: dict[str, int] = {}
    try:
        for kind in request.kinds:
            some, totals[kind] = engine.kind(kind)
            found += some
    except sqlite3.OperationalError as error:
        if engine.slow is None:
            raise
        raise TipreportError(
            f"/{engine.slow}/ takes too long or too much memory", "write a narrower pattern, or a word beside it"
        ) from error
    order = engine.order(found)
    shown = order if request.limit is None else order[: request.limit]
    return Answer(shown, totals, engine.plan, engine.unranked, engine.filters.topics, engine.filters.reports)


def elsewhere(connection: sqlite3.Connection, request: Request) -> dict[str, int]:
    """How many answers the other kinds hold."""
    engine = Engine(connection, request._replace(limit=0))
    counts = {kind: engine.kind(kind)[1] for kind in NUMBERS if kind not in request.kinds}
    return {kind: count for kind, count in counts.items() if count}


class Engine:
    """One request on one index; ``match`` is a full-text expression of our own instead of a query."""

    def __init__(self, connection: sqlite3.Connection, request: Request, match: str | None = None) -> None:
        if request.query is not None:
            request = request._replace(query=encodable(request.query))
        self.connection, self.request = connection, request
        self.slow: str | None = None  # the pattern that took too long
        self.unranked = False
        self.prefixed: list[int] | None = None  # all answers of a query with a prefix
        node = read(request.query) if request.query is not None else None
        self.filters = Compiled(connection, request.filters)
        self.plan = plan(connection, node, stem=request.stem) if node is not None else None
        if match is not None:
            self.plan = Plan(match, (), match, (), {}, match)
        if self.plan and self.plan.patterns:
            self._patterns(self.plan.patterns)

    def _patterns(self, patterns: tuple[Pattern, ...]) -> None:
        """Let SQLite call the regular expressions; a faulty one is told before anything runs."""
        compiled = {pattern.pattern: compiled_pattern(pattern, self.request.query or "") for pattern in patterns}

        until = time.monotonic() + _SECONDS

        def matches(pattern: str, text: str | None) -> bool:
            try:
                return bool(text) and compiled[pattern].search(text, timeout=max(until - time.monotonic(), 0.001)) is not None
            except (TimeoutError, MemoryError):
                self.slow = pattern
                raise

        self.connection.create_function("matches", 2, matches, deterministic=True)

    # ------------------------------------------------------------------ one kind
    def kind(self, kind: str) -> tuple[list[Found], int]:
        """The first answers of a kind, and how many there are."""
        conditions = [*self.filters.conditions(kind), *(self.plan.where if self.plan else ())]
        if NOTHING in conditions:
            return [], 0
        match = self.plan.match if self.plan else None
        if match is None or kind == "voices":
            return self._plain(kind, conditions, match)
        name = "passages_fts"
        where, values = self._where(kind, conditions, "+passages_fts.rowid")
        source = f"FROM {name} WHERE {name} MATCH ? AND {name}.rowid > ? AND {name}.rowid < ?{where}"
        ends = (base(kind), base(kind) + (1 << 40))
        return self._ranked(source, f"{name}.rowid", (match, *ends, *values), f"bm25({name})")

    def _plain(self, kind: str, conditions: list[Condition], match: str | None) -> tuple[list[Found], int]:
        """Without full-text search; and the clauses of voices, which the full-text table holds within their paragraphs."""
        source = "FROM voices v JOIN paragraphs p ON p.id = v.unit_id" if kind == "voices" else f'FROM "{kind}" v'
        where, values = self._where(kind, conditions, "v.id")
        if match is None:
            return self._ranked(f"{source} WHERE 1{where}", "v.id", values, "NULL")
        assert self.plan is not None
        run = self.connection.execute
        run("DROP TABLE IF EXISTS temp.clauses")
        run(f"CREATE VIRTUAL TABLE temp.clauses USING fts5(text, tokenize='{TOKENS}')")
        run(
            f"INSERT INTO temp.clauses(rowid, text) SELECT v.id, {_VOICE} {source} "
            f"WHERE v.unit_id IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? AND rowid > ? AND rowid < ?){where}",
            (self.plan.positive, base("paragraphs"), base("paragraphs") + (1 << 40), *values),
        )
        return self._ranked("FROM temp.clauses WHERE clauses MATCH ?", "clauses.rowid", (match,), "bm25(clauses)")

    @staticmethod
    def _where(kind: str, conditions: list[Condition], ident: str) -> tuple[str, list[str | int]]:
        text = _VOICE if kind == "voices" else f'(SELECT {TEXTS[kind]} FROM "{kind}" t WHERE t.id = {ident})'
        sql = "".join(f" AND {one.replace('{id}', ident).replace('{text}', text)}" for one, _ in conditions)
        return sql, [value for _, values in conditions for value in values]

    def _ranked(self, source: str, ident: str, values: Sequence[str | int | None], score: str) -> tuple[list[Found], int]:
        """The first answers by score, or by date where there is none or the user wants so; and how many there are."""
        limit = self.request.limit
        run = self.connection.execute
        ids = self._gathered(source, values)
        total: int = run(f"SELECT count(*) {source}", values).fetchone()[0] if ids is None else len(ids)
        if limit == 0 or not total:
            return [], total
        dated = self.request.sort == "date" or score == "NULL"
        if not dated and max(total, len(self.prefixed or ())) > MOST_RANKED:
            self.unranked = dated = True
        most = -1 if limit is None else limit if dated else limit + _SPARE
        if not dated:
            found = run(f"SELECT {ident}, {score} {source} ORDER BY 2 LIMIT ?", (*values, most)).fetchall()
            return [(row[0], -row[1]) for row in found], total
        if ids is not None:
            return self._newest(lambda low, high, _: ids[bisect_right(ids, low) : bisect_left(ids, high)], values, limit), total
        if total > MOST_RANKED and limit is not None and "rowid > ?" in source:
            sql = f"SELECT {ident} {source} ORDER BY {ident} LIMIT ?"
            return self._newest(
                lambda low, high, most: [i for (i,) in run(sql, (values[0], low, high, *values[3:], most))], values, limit
            ), total
        joined = source.replace(" WHERE ", f" JOIN reports r ON r.id = {ident} {_REPORT} WHERE ", 1)
        found = run(
            f"SELECT {ident} {joined} ORDER BY r.date IS NULL, r.date DESC, r.name, r.path, {ident} LIMIT ?", (*values, most)
        ).fetchall()
        return [(row[0], None) for row in found], total

    def _gathered(self, source: str, values: Sequence[str | int | None]) -> list[int] | None:
        """All answers of a query with a prefix, in the order of their ids: SQLite gathers the words of a prefix anew for every run."""
        match = str(values[0]) if values else ""
        if "*" not in match or not source.endswith("rowid < ?"):
            return None
        if self.prefixed is None:
            found = self.connection.execute("SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? ORDER BY rowid", (match,))
            self.prefixed = [ident for (ident,) in found]
        low, high = int(values[1] or 0), int(values[2] or 0)
        return self.prefixed[bisect_right(self.prefixed, low) : bisect_left(self.prefixed, high)]

    def _newest(self, within: Callable[[int, int, int], list[int]], values: Sequence[str | int | None], limit: int | None) -> list[Found]:
        """The first answers report by report, the newest first: what sorting them all would give, without sorting them."""
        low = int(values[1] or 0)
        found: list[Found] = []
        for (number,) in self.connection.execute("SELECT id FROM reports ORDER BY date IS NULL, date DESC, name, path"):
            most = -1 if limit is None else limit - len(found)
            found += [(ident, None) for ident in within(low | number << PLACE_BITS, low | (number + 1) << PLACE_BITS, most)]
            if limit is not None and len(found) >= limit:
                break
        return found[:limit]

    def texts(self) -> list[tuple[int, str]]:
        """The answers of all kinds with the texts that are searched in them."""
        out = []
        for kind in self.request.kinds:
            if kind in TEXTS:
                sql = f'SELECT {TEXTS[kind]} FROM "{kind}" WHERE id = ?'
                out += [(ident, self.connection.execute(sql, (ident,)).fetchone()[0]) for ident, _ in self.kind(kind)[0]]
        return out

    # ------------------------------------------------------------------ order
    def order(self, found: list[Found]) -> list[Found]:
        """By score or date; what is equal by date, name and path of the report and the place in it."""
        reports = {}
        for number in {report_of(ident) for ident, _ in found}:
            date, name, path = self.connection.execute("SELECT date, name, path FROM reports WHERE id = ?", (number,)).fetchone()
            reports[number] = (tuple(-ord(c) for c in date) if date else (0,), name, path)
        dated = self.request.sort == "date" or self.unranked

        def key(one: Found) -> tuple[object, ...]:
            ident, score = one
            place = (*reports[report_of(ident)], ident)
            return place if dated or score is None else (-round(score, 6), *place)

        return sorted(found, key=key)


def compiled_pattern(pattern: Pattern, query: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 (regex is imported when a pattern is asked for)
    """A regular expression of the user, any case.

    Raises:
        QueryError: it is none, or could take all memory; the place is told.
    """
    import regex  # noqa: PLC0415

    text = pattern.pattern
    most = math.prod(max(int(count), 1) for count in re.findall(_REPEAT, text))
    if most > _MOST_REPEATS:
        raise QueryError(
            f"the pattern repeats up to {most:,} times", query, pattern.at, f"{_MOST_REPEATS:,} times are the most; * and + have no number"
        )
    if re.search(_RECURSION, text):
        raise QueryError("the pattern refers to itself", query, pattern.at, "write it without (?R) and the like")
    try:
        return regex.compile(text, regex.IGNORECASE | regex.VERSION1)
    except regex.error as error:
        at = pattern.at + 1 + (getattr(error, "pos", None) or 0)
        told = str(getattr(error, "msg", error))
        raise QueryError(f"this is no regular expression: {told}", query, at, "write \\ before a sign that stands for itself") from error
    except (OverflowError, RecursionError, ValueError, MemoryError) as error:
        raise QueryError("the pattern is too large", query, pattern.at) from error
