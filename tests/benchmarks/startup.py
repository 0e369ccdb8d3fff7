"""Time of whole processes beside a Python that does nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.table import FAILED, Table, verdict

ROUNDS = 15


def command() -> list[str]:
    """The console script of the running environment, or the module."""
    script = Path(sys.executable).parent / "tipreport"
    return [str(script)] if script.exists() else [sys.executable, "-m", "tipreport"]


def _cases(report: Path) -> list[tuple[str, list[str], float | None]]:
    """Name, command, budget as a multiple of bare Python."""
    python, tipreport = [sys.executable, "-c"], command()
    return [
        ("python -c pass", [*python, "pass"], None),
        ('python -c "import tipreport"', [*python, "import tipreport"], 1.5),
        ('python -c "from tipreport import parse"', [*python, "from tipreport import parse"], 6),
        ("tipreport --version", [*tipreport, "--version"], 5),
        ("tipreport --help", [*tipreport, "--help"], 12),
        ("tipreport parse REPORT", [*tipreport, "parse", str(report)], 20),
        ("tipreport parse REPORT --json", [*tipreport, "parse", str(report), "--json"], 20),
        ("tipreport schema", [*tipreport, "schema"], 20),
    ]


def environment(cache: str) -> dict[str, str]:
    """The environment with byte code kept in ``cache``, as an installed package has it: without, every start would compile the sources."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": cache}


def _seconds(arguments: list[str], env: dict[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, check=False)
    return time.perf_counter() - begin


def _fails(arguments: list[str], env: dict[str, str]) -> bool:
    """Whether a command ends badly: the time of a failure is no result."""
    done = subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env, check=False)
    sys.stderr.write(done.stderr.decode("utf-8", "replace") if done.returncode else "")
    return done.returncode != 0


def measure(report: Path, *, quick: bool) -> Table:
    """Every command once a round, so that a busy moment meets them all."""
    rounds = 5 if quick else ROUNDS
    cases = _cases(report)
    times: list[list[float]] = [[] for _ in cases]
    with tempfile.TemporaryDirectory() as cache:
        env = environment(cache)
        failed = {name: _fails(arguments, env) for name, arguments, _ in cases}  # writes byte code and warms the disk, too
        for _ in range(rounds):
            for got, (_, arguments, _) in zip(times, cases, strict=True):
                got.append(_seconds(arguments, env))
    bare = min(times[0])
    table = Table(
        f"Start-up (whole processes, best of {rounds})", ("command", "best ms", "median ms", "ms above bare", "x bare", "budget", "verdict")
    )
    for got, (name, _, budget) in zip(times, cases, strict=True):
        best = min(got)
        told = FAILED if failed[name] else verdict(best / bare, at_most=budget)
        table.rows.append((name, best * 1e3, median(got) * 1e3, (best - bare) * 1e3, best / bare, budget, told))
    return table
