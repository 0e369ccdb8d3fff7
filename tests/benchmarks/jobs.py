"""Two processes beside one, over many small files."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks import texts
from benchmarks.startup import command, environment
from benchmarks.table import FAILED, Table, verdict

FILES = 400
FACTOR = 1.4  # where there are two cores at least
_SMALL = 25_000  # characters


def _seconds(folder: Path, output: Path, jobs: int, cache: str) -> tuple[float, bool]:
    """How long a run took, and whether it ended well."""
    begin = time.perf_counter()
    arguments = [*command(), "parse", str(folder), "--jsonl", "--quiet", "-o", str(output), "--jobs", str(jobs)]
    done = subprocess.run(arguments, env=environment(cache), check=False)
    return time.perf_counter() - begin, done.returncode == 0


def measure(reports: list[str], *, quick: bool) -> Table:
    """Runs in turn, ``--jobs 1`` and ``--jobs 2``; both have to write the same bytes."""
    rounds = 2 if quick else 5
    little = [text for text in reports if len(text) <= _SMALL] or reports
    times: dict[int, list[float]] = {1: [], 2: []}
    failed = False
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made, "reports")
        folder.mkdir()
        size = texts.fill(folder, little, count=FILES)
        outputs = {jobs: Path(made, f"{jobs}.jsonl") for jobs in times}
        for _ in range(rounds):
            for jobs, got in times.items():
                seconds, well = _seconds(folder, outputs[jobs], jobs, str(Path(made, "cache")))
                got.append(seconds)
                failed |= not well
        same = not failed and outputs[1].read_bytes() == outputs[2].read_bytes()
    table = Table(
        f"Processes ({FILES} files of {size / FILES / 1e3:.1f} kB, best of {rounds}; same output: {'yes' if same else 'NO'})",
        ("command", "best s", "files/s", "x --jobs 1", "budget", "verdict"),
    )
    budget = FACTOR if (os.cpu_count() or 1) > 1 else None
    for jobs, got in times.items():
        ratio = min(times[1]) / min(got)
        wanted = budget if jobs > 1 else None
        told = verdict(ratio, at_least=wanted) if same else FAILED
        table.rows.append((f"tipreport parse FOLDER --jobs {jobs}", min(got), FILES / min(got), ratio, wanted, told))
    return table
