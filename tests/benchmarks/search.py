"""Indexing beside parsing and a bare full-text table; searching beside ripgrep and a Python that does nothing."""

from __future__ import annotations

import gc
import math
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from random import Random
from shutil import which
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import corpus
from benchmarks.startup import command, environment
from benchmarks.table import FAILED, OK, OVER, Table, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES, QUICK = (100_000,), (10_000,)
SEED = 1
QUERIES = 30
RATE = 0.5  # of making the rows and of a bare full-text table, one after the other
WEIGHT = 2.5  # bytes of the index for one of text
TYPER = 100 / 45  # times "import typer", up to 100,000 paragraphs
SLOWEST = 1.0  # seconds, beyond
_LARGE = 100_000
_FORMS = ("word", "either", "prefix", "phrase", "both", "word")
_TOKENS = "unicode61 remove_diacritics 2"
_PLAIN = re.compile(r"[a-z]{2,}")
_CHUNK = 20_000


class Query(NamedTuple):
    """A query for us and for ripgrep."""

    form: str
    text: str
    patterns: tuple[str, ...]
    passages: int  # that hold its first word


class Built(NamedTuple):
    """An index with the files it was made of."""

    folder: Path
    path: Path
    paragraphs: int
    rate: float


def measure(reports: list[str], *, quick: bool, sizes: tuple[int, ...] = (), keep: Path | None = None) -> Iterator[Table]:
    """Corpora of so many paragraphs: each is made, indexed and searched; their rates side by side at the end."""
    done: list[Built] = []
    with tempfile.TemporaryDirectory() as made:
        env = environment(str(Path(made, "cache")))
        for size in sorted(sizes) or (QUICK if quick else SIZES):
            folder = _corpus(keep or Path(made), reports, size)
            table, built = _indexing(folder, size, env)
            yield table
            if built is None:
                return
            done.append(built)
            runs = _Runs(built, env, 3 if quick else 5)
            yield runs.queries_table()
            yield runs.summary()
    if len(done) > 1:
        yield _linear(done)


def _corpus(within: Path, reports: list[str], size: int) -> Path:
    """A corpus, made unless it is there."""
    folder = within / f"paragraphs-{size}"
    if not folder.exists():
        part = folder.with_suffix(".part")
        corpus.write(part, reports, size, SEED)
        part.rename(folder)
    return folder


# Indexing ----------------------------------------------------------------------------------------------------


def _indexing(folder: Path, size: int, env: dict[str, str]) -> tuple[Table, Built | None]:
    """One run of each; they take long enough to be told apart."""
    files = sorted(folder.iterdir())
    index = folder.with_suffix(".db")
    index.unlink(missing_ok=True)
    begin = time.perf_counter()
    done = subprocess.run([*command(), "index", "add", str(folder), "--index", str(index), "--quiet"], env=env, check=False)
    own = time.perf_counter() - begin
    weight, mass = sum(path.stat().st_size for path in files), index.stat().st_size if index.exists() else 0
    table = Table(
        f"Indexing ({size:,} paragraphs in {len(files):,} files of {weight / len(files) / 1e3:.0f} kB, one run of each)",
        ("what", "s", "paragraphs/s", "MB", "x", "budget", "verdict"),
    )
    if done.returncode or _count(index) != size:
        table.rows.append(("tipreport index add", own, None, None, None, None, FAILED))
        return table, None
    make, parse, bare = _mapped(_make, files), _mapped(_parse, files), _bare(index)
    ratio, heavy = (make + bare) / own, mass / weight
    rows: list[tuple[str, float]] = [("rows of the same files, not written", make), ("parse alone", parse), ("bare FTS5 table", bare)]
    table.rows.append(("rows, then bare FTS5 table", make + bare, size / (make + bare), None, 1.0, None, None))
    table.rows += [(f"  {name}", seconds, size / seconds, None, None, None, None) for name, seconds in rows]
    table.rows.append(("tipreport index add", own, size / own, None, ratio, RATE, verdict(ratio, at_least=RATE)))
    table.rows.append(("text of the files", None, None, weight / 1e6, 1.0, None, None))
    table.rows.append(("index file", None, None, mass / 1e6, heavy, WEIGHT, verdict(heavy, at_most=WEIGHT)))
    return table, Built(folder, index, size, size / own)


def _count(index: Path) -> int:
    with closing(sqlite3.connect(index)) as held:
        count: int = held.execute("SELECT count(*) FROM paragraphs").fetchone()[0]
    return count


def _make(path: str) -> int:
    """What the index makes of a file before it is written; the rows stay in their process."""
    from tipreport.config import Config
    from tipreport.index.build import Task, make

    return make(Task(path, Config())).size


def _parse(path: str) -> int:
    import tipreport

    return len(tipreport.read(path).paragraphs)


def _mapped(work: Callable[[str], object], files: list[Path]) -> float:
    """Seconds for all files, in as many processes as ``index add`` takes and with the same care for garbage."""
    from tipreport.parallel import mapped

    kept = gc.get_threshold()
    gc.set_threshold(100_000, 20, 20)
    begin = time.perf_counter()
    for _ in mapped(work, [str(path) for path in files]):
        pass
    seconds = time.perf_counter() - begin
    gc.set_threshold(*kept)
    return seconds


def _chunks(index: Path) -> Iterator[list[tuple[str]]]:
    with closing(sqlite3.connect(index)) as held:
        rows = held.execute("SELECT text FROM paragraphs")
        while chunk := rows.fetchmany(_CHUNK):
            yield chunk


def _bare(index: Path) -> float:
    """Seconds to insert the paragraphs into a full-text table of its own; reading them does not count."""
    path = index.with_suffix(".bare")
    path.unlink(missing_ok=True)
    seconds = 0.0
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute(f"CREATE VIRTUAL TABLE bare USING fts5(text, tokenize='{_TOKENS}')")
        made.execute("BEGIN")
        for chunk in _chunks(index):
            begin = time.perf_counter()
            made.executemany("INSERT INTO bare VALUES (?)", chunk)
            seconds += time.perf_counter() - begin
        begin = time.perf_counter()
        made.execute("COMMIT")
        seconds += time.perf_counter() - begin
    path.unlink()
    return seconds


# Queries -----------------------------------------------------------------------------------------------------


class _Chooser:
    """Chooses queries by how many passages hold their words."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self.index, self.random = index, Random(SEED)
        index.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'passages_fts', 'row')")
        found = index.execute("SELECT doc, term FROM temp.vocabulary").fetchall()
        self.words = sorted((count, word) for count, word in found if _PLAIN.fullmatch(word))

    def all(self) -> list[Query]:
        """From a word that stands once to the very commonest, evenly on a logarithmic scale."""
        most = math.log(self.words[-1][0])
        return [self.query(_FORMS[i % len(_FORMS)], math.exp(most * i / (QUERIES - 1))) for i in range(QUERIES)]

    def word(self, wanted: float) -> tuple[int, str]:
        """A word of about so many passages."""
        low, high = (bisect_left(self.words, (around, "")) for around in (wanted / 1.05, wanted * 1.05))
        if low == high:  # none: all words of the nearest number
            nearest = min((count for count, _ in self.words[max(low - 1, 0) : low + 1]), key=lambda count: abs(count - wanted))
            low, high = (bisect_left(self.words, (count, "")) for count in (nearest, nearest + 1))
        found = [self.words[self.random.randrange(low, high)] for _ in range(20)]
        return next((pair for pair in found if self.texts(pair[1], 1)), self.words[-1])

    def texts(self, word: str, most: int) -> list[str]:
        """The last recommendations and paragraphs that hold a word; other kinds are not searched unless one asks for them."""
        from tipreport.index.schema import base

        sql = "SELECT text FROM passages_fts WHERE passages_fts MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
        ends = (base("recommendations"), base("points"))
        return [text for (text,) in self.index.execute(sql, (f'"{word}"', *ends, most))]

    def query(self, form: str, wanted: float) -> Query:
        """A query of a form whose first word stands in about so many passages."""
        count, word = self.word(wanted)
        if form == "prefix":
            start = word[: max(3, len(word) - 2)]
            return Query(form, f"{start}*", (rf"{start}\w*",), count)
        if form == "either":
            other = next((found for _ in range(9) if (found := self.word(wanted)[1]) != word), self.words[-1][1])
            return Query(form, f"{word} OR {other}", (word, other), count)
        if form == "phrase":
            beside = self.beside(word)
            return Query(form, f'"{beside}"', (beside,), count)
        if form == "both":
            words = self.beside(word).split(" ")
            return Query(form, " ".join(words), tuple(words), count)
        return Query(form, word, (word,), count)

    def beside(self, word: str) -> str:
        """A word with one that stands next to it in some passage; alone where there is none."""
        found = [f"{a} {b}" for text in self.texts(word, 200) for a, b in pairwise(text.lower().split(" ")) if word in {a, b} and a != b]
        plain = [pair for pair in found if all(map(_PLAIN.fullmatch, pair.split(" ")))]
        return self.random.choice(plain) if plain else word


# Searching ---------------------------------------------------------------------------------------------------


class _Runs:
    """Every query as a process of its own, again and again."""

    def __init__(self, built: Built, env: dict[str, str], rounds: int) -> None:
        self.built, self.env, self.rounds = built, env, rounds
        with closing(sqlite3.connect(built.path)) as index:
            self.queries = _Chooser(index).all()
        self.failed: set[Query] = set()
        self.own: dict[Query, float] = {}
        self.rg: dict[Query, float] = {}
        self.bare: list[float] = []
        self.typer: list[float] = []
        self._run()

    def _run(self) -> None:
        """In turn, so that a busy moment meets them all; the first round warms the disk and does not count."""
        times: dict[Query, list[float]] = {query: [] for query in self.queries}
        others: dict[Query, list[float]] = {query: [] for query in self.queries}
        ripgrep = which("rg")
        for number in range(self.rounds + 1):
            for query in self.queries:
                bare, typer = self._seconds([sys.executable, "-c", "pass"]), self._seconds([sys.executable, "-c", "import typer"])
                own = self._seconds([*command(), "search", query.text, "--index", str(self.built.path)], query)
                patterns = [part for pattern in query.patterns for part in ("-e", pattern)]
                rg = self._seconds([ripgrep, "--no-config", "-c", "-i", "-w", *patterns, str(self.built.folder)]) if ripgrep else None
                if number:
                    self.bare.append(bare)
                    self.typer.append(typer)
                    times[query].append(own)
                    others[query] += [] if rg is None else [rg]
        self.own = {query: median(got) for query, got in times.items()}
        self.rg = {query: median(got) for query, got in others.items() if got}

    def _seconds(self, arguments: list[str], query: Query | None = None) -> float:
        begin = time.perf_counter()
        done = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, env=self.env, check=False)
        seconds = time.perf_counter() - begin
        if query is not None and done.returncode:
            self.failed.add(query)
            sys.stderr.write(done.stderr.decode("utf-8", "replace"))
        return seconds

    def queries_table(self) -> Table:
        """Every query with the number of passages that hold its first word."""
        table = Table(
            f"Queries ({self.built.paragraphs:,} paragraphs, a process each, median of {self.rounds})",
            ("query", "form", "passages", "ms", "rg ms", "x rg", "verdict"),
        )
        for query in self.queries:
            own, rg = self.own[query], self.rg.get(query)
            told = FAILED if query in self.failed else None
            shown = (own * 1e3, rg * 1e3 if rg else None, own / rg if rg else None)
            table.rows.append((query.text, query.form, query.passages, *shown, told))
        return table

    def summary(self) -> Table:
        """The median query and the slowest beside the others, and the budgets."""
        bare, typer, rg = median(self.bare), median(self.typer), median(self.rg.values()) if self.rg else None
        own, slowest = median(self.own.values()), max(self.own.values())
        table = Table(
            f"Search ({self.built.paragraphs:,} paragraphs, {QUERIES} queries, medians)",
            ("what", "ms", "x bare", "x import typer", "x rg", "budget", "verdict"),
        )

        def add(name: str, seconds: float, budget: str | None = None, *, well: bool = True) -> None:
            told = None if budget is None else OK if well else OVER
            table.rows.append((name, seconds * 1e3, seconds / bare, seconds / typer, seconds / rg if rg else None, budget, told))

        add("python -c pass", bare)
        add('python -c "import typer"', typer)
        if rg:
            add("rg, median query", rg)
            add("rg, slowest query", max(self.rg.values()))
        if self.built.paragraphs <= _LARGE:
            add("tipreport search, median query", own, f"{TYPER:.2f} x import typer", well=own <= TYPER * typer)
            add("tipreport search, slowest query", slowest)
        else:
            add("tipreport search, median query", own, "1 x rg" if rg else None, well=own <= (rg or own))
            add("tipreport search, slowest query", slowest, f"{SLOWEST * 1e3:,.0f} ms", well=slowest <= SLOWEST)
        return table


def _linear(done: list[Built]) -> Table:
    """Whether a large index is made as fast as a small one."""
    table = Table("Indexing as the corpus grows", ("paragraphs", "paragraphs/s", "x the smallest", "verdict"))
    for built in done:
        table.rows.append((f"{built.paragraphs:,}", built.rate, built.rate / done[0].rate, None))
    return table
