"""Time and peak memory as texts grow; what is quadratic shows as an exponent near 2."""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks import texts
from benchmarks.table import OK, OVER, Table

SIZES = (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
EXPONENT = 1.25
FOLDER = "reports, as files"
_SHORT = 0.1  # seconds below which a time tells nothing of growth
_AGAIN = 20.0  # seconds below which a point is measured twice
_LITTLE = 8e6  # bytes, likewise


@dataclass(frozen=True, slots=True)
class Point:
    """What one process measured: seconds and bytes above those of a process that has parsed a small report."""

    size: int
    seconds: float = 0.0
    bytes: float = 0.0
    failure: str | None = None


def peak() -> float:
    """Bytes of memory this process has held at most."""
    try:
        # ru_maxrss would count the parent at the moment it forked.
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return 1024.0 * int(status.split("VmHWM:")[1].split()[0])
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1.0 if sys.platform == "darwin" else 1024.0)


def child(name: str, size: int, reports: Path | None) -> None:
    """Measure one point in this process and print it as JSON."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    resource.setrlimit(resource.RLIMIT_AS, (memory * 3 // 4, resource.getrlimit(resource.RLIMIT_AS)[1]))
    import tipreport

    tipreport.parse(texts.small(reports).read_text(encoding="utf-8-sig"))
    before = peak()
    try:
        seconds = _folder(reports, size) if name == FOLDER else _one(texts.shape(name, size, texts.read(reports)))
        print(json.dumps({"seconds": seconds, "bytes": peak() - before}))
    except MemoryError:
        print(json.dumps({"failure": "memory"}))


def _one(text: str) -> float:
    import tipreport

    begin = time.process_time()
    report = tipreport.parse(text)
    seconds = time.process_time() - begin
    assert report is not None
    return seconds


def _folder(reports: Path | None, size: int) -> float:
    """The command line over a folder, in this process; its output goes nowhere."""
    from tipreport.cli.run import run

    with tempfile.TemporaryDirectory() as folder:
        texts.fill(Path(folder), texts.read(reports), size=size)
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        begin = time.process_time()
        code = run(["parse", folder, "--jsonl", "--quiet", "--jobs", "1"])
        seconds = time.process_time() - begin
        os.dup2(kept, 1)
    if code:
        raise SystemExit(code)
    return seconds


def _point(name: str, size: int, reports: Path | None, limit: float) -> Point:
    """One point from a process of its own."""
    arguments = [sys.executable, str(Path(__file__).with_name("run.py")), "--child", name, str(size)]
    if reports is not None:
        arguments += ["--reports", str(reports)]
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return Point(size, failure=f"> {limit:.0f} s")
    if done.returncode or not done.stdout.strip():
        return Point(size, failure=(done.stderr.strip().splitlines() or ["died"])[-1][:40])
    return Point(size, **json.loads(done.stdout.strip().splitlines()[-1]))


def _points(name: str, sizes: tuple[int, ...], reports: Path | None, limit: float) -> list[Point]:
    """Points from small to large, until one fails or the next would not end within the limit."""
    out: list[Point] = []
    for size in sizes:
        if out and out[-1].seconds * (size / out[-1].size) > limit:
            out.append(Point(size, failure="not run"))
            break
        got = [_point(name, size, reports, limit)]
        if got[0].seconds < _AGAIN:
            got.append(_point(name, size, reports, limit))
        failed = next((point for point in got if point.failure), None)
        out.append(failed or Point(size, min(p.seconds for p in got), min(p.bytes for p in got)))
        if failed:
            break
    return out


def _exponents(points: list[Point], field: str, least: float) -> list[float]:
    """The exponent from each size to the next, where the larger value tells anything."""
    good = [(point.size, getattr(point, field)) for point in points if not point.failure]
    return [math.log(b / a) / math.log(m / n) for (n, a), (m, b) in pairwise(good) if b >= least and a > 0]


def measure(reports: Path | None, *, quick: bool, limit: float) -> Table:
    """Every shape at every size, each in a process of its own."""
    sizes = SIZES[:-1] if quick else SIZES
    heads = [f"{size / 1e6:g} MB" for size in sizes]
    columns = (
        "text",
        *(f"{h} s" for h in heads),
        "time exponent",
        *(f"{h} MiB" for h in heads),
        "memory exponent",
        "bytes/char",
        "verdict",
    )
    table = Table(f"Growth (a process each; exponent at most {EXPONENT:g}; peak memory above that of a small report)", columns)
    for name in (FOLDER, *texts.SHAPES):
        mine = sizes if name == FOLDER or name in texts.LONG else sizes[:4]
        points = _points(name, mine, reports, limit)
        table.rows.append(_row(name, points, len(sizes)))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return table


def _row(name: str, points: list[Point], count: int) -> tuple[str | float | None, ...]:
    times, memories = _exponents(points, "seconds", _SHORT), _exponents(points, "bytes", _LITTLE)
    good = [point for point in points if not point.failure]
    broken = any(point.failure not in (None, "not run") for point in points)
    bad = broken or max([*times, *memories], default=0) > EXPONENT
    blank: list[str | float | None] = [None] * (count - len(points))
    return (
        name,
        *(point.failure or point.seconds for point in points), *blank,
        max(times, default=None),
        *(point.failure or point.bytes / 2**20 for point in points), *blank,
        max(memories, default=None),
        good[-1].bytes / good[-1].size if good else None,
        OVER if bad else OK,
    )  # fmt: skip
