"""Rows out of an index beside ``sqlite3 -csv`` and ``-json`` of the same rows, and memory as the corpus grows.

``sqlite3`` runs the very SELECT of ``export`` on a copy of the index; what ``export`` gathers before its rows stands in tables there, and
columns that take a function of ours are those that the function reads. Whole processes, written to a file.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import corpus
from benchmarks.table import Table, verdict
from command import SCRIPT, environment
from tipreport.tables.columns import SHAPES, columns, gathered, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("recommendations", "paragraphs")
_OURS = re.compile(r"\bupr_category\((u\.\w+)[^)]*\)")
PER_FILE = 12  # numbered paragraphs of a report: many small reports
SHARE = 0.5  # of the rate of sqlite3, at least
GROWTH = 1.25  # of the memory of a tenth of the corpus, at most


def measure(reports: list[str], *, quick: bool, index: Path | None = None) -> Iterator[Table]:
    """The tables; ``index`` is one that is there already, of any size."""
    with tempfile.TemporaryDirectory(prefix="tipreport-bench-") as folder:
        home = Path(folder)
        env = environment(home)
        small = _index(home / "small", reports, 100 if quick else 1000, env)
        large = index or _index(home / "large", reports, 1000 if quick else 10_000, env)
        yield from _tables(home, small, large, env, rounds=3 if quick else 5)


def _index(place: Path, reports: list[str], files: int, env: dict[str, str]) -> Path:
    corpus.write(place, reports, files * PER_FILE, per_file=PER_FILE)
    made = place.with_suffix(".db")
    subprocess.run([SCRIPT, "index", "add", str(place), "--index", str(made), "-q"], env=env, check=True)
    return made


def _tables(home: Path, small: Path, large: Path, env: dict[str, str], *, rounds: int) -> Iterator[Table]:
    with closing(sqlite3.connect(large)) as connection:
        held = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    rates = Table(
        f"Rows of {held:,} reports from the index, whole processes, median of {rounds}",
        ("rows", "form", "MB", "export MB/s", "sqlite3 MB/s", "x sqlite3", "verdict"),
    )
    memory = Table("Memory of export as the corpus grows", ("rows", "form", "small MB", "large MB", "x small", "verdict"))
    copy = _copy(large, home / "copy.db")
    for kind in KINDS:
        for form, flag in (("csv", "-csv"), ("jsonl", "-json")):
            target = home / f"{kind}.{form}"
            command = [SCRIPT, "export", "--what", kind, "--to", form, "-o", str(target), "--index"]
            peak_small = _peak([*command, str(small)], env)
            peak_large = _peak([*command, str(large)], env)
            memory.rows.append(
                (kind, form, peak_small, peak_large, peak_large / peak_small, verdict(peak_large / peak_small, at_most=GROWTH))
            )
            own = _seconds([*command, str(large)], env, rounds)
            size = target.stat().st_size / 1e6
            other = _sqlite3(copy, kind, flag, env, rounds)
            if other is None:
                rates.rows.append((kind, form, size, size / own, None, None, None))
                continue
            seconds, printed = other
            ratio = seconds / own  # of the times: the same rows, whatever their bytes
            rates.rows.append((kind, form, size, size / own, printed / seconds, ratio, verdict(ratio, at_least=SHARE)))
    yield rates
    yield memory


def _sqlite3(copy: Path, kind: str, flag: str, env: dict[str, str], rounds: int) -> tuple[float, float] | None:
    """Seconds and megabytes of the same rows; None where there is no ``sqlite3``."""
    program = shutil.which("sqlite3")
    if program is None:
        return None
    shape = SHAPES[kind]
    taken = ", ".join(f"{_bare(expression)} AS '{column.name}'" for column, expression in columns(kind))
    printed = copy.with_suffix(".out")
    command = [
        program,
        flag,
        "-header" if flag == "-csv" else "-batch",
        str(copy),
        f"SELECT {taken} FROM {shape.source} ORDER BY {shape.ident}",
    ]
    spent = []
    for _ in range(rounds):
        begin = time.perf_counter()
        with printed.open("wb") as out:
            subprocess.run(command, env=env, stdout=out, stdin=subprocess.DEVNULL, check=True)
        spent.append(time.perf_counter() - begin)
    return median(spent), printed.stat().st_size / 1e6


def _bare(expression: str) -> str:
    """An expression without our functions and without what is temporary."""
    return _OURS.sub(r"\1", expression).replace("temp.", "")


def _copy(index: Path, place: Path) -> Path:
    """The index with what ``export`` gathers as tables of its own."""
    shutil.copy(index, place)
    with closing(sqlite3.connect(place)) as connection:
        for kind in KINDS:
            expressions = " ".join(expression for _, expression in columns(kind))
            gathered(connection, expressions)
            told(connection, expressions)
        for (name,) in connection.execute("SELECT name FROM temp.sqlite_schema WHERE type = 'table'").fetchall():
            fields = [row[1] for row in connection.execute(f"PRAGMA temp.table_info({name})")]
            connection.execute(f"CREATE TABLE main.{name} ({fields[0]} INTEGER PRIMARY KEY, {', '.join(fields[1:])})")
            connection.execute(f"INSERT INTO main.{name} SELECT * FROM temp.{name}")
        connection.commit()
    return place


def _seconds(command: list[str], env: dict[str, str], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        begin = time.perf_counter()
        subprocess.run(command, env=env, check=True)
        spent.append(time.perf_counter() - begin)
    return median(spent)


def _peak(command: list[str], env: dict[str, str]) -> float:
    """The largest memory of a run, in megabytes."""
    pid = os.posix_spawn(command[0], command, env)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise RuntimeError(" ".join(command))
    return usage.ru_maxrss * resource.getpagesize() / 4096 / 1024


if __name__ == "__main__":
    from benchmarks import texts

    for made in measure(texts.read(None), quick="--quick" in sys.argv, index=Path(sys.argv[-1]) if sys.argv[-1].endswith(".db") else None):
        print(made.text(), flush=True)
