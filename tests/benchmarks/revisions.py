"""``tipreport diff`` of 500 recommendations against 500, a whole process, beside ``git diff --word-diff`` of the same texts."""

from __future__ import annotations

import random
import subprocess
import tempfile
import time
from pathlib import Path

import revisions
from benchmarks.startup import command, environment
from benchmarks.table import Table, verdict

SIZE = 500
BUDGET = 2.0  # seconds


def _pool(reports: list[str], rng: random.Random, wanted: int) -> list[str]:
    """Recommendations made of the units of reports; where there are too few, the same with words of others."""
    pool = revisions.pool(reports, rng)
    words = [word for text in pool for word in text.split()]
    while len(pool) < wanted:
        pool.append(" ".join(rng.choice(words) if rng.random() < 0.5 else word for word in rng.choice(pool).split()).rstrip(".") + ".")
    return pool


def measure(reports: list[str], *, quick: bool) -> Table:
    """A third of the units edited, and all of them reworded."""
    rng = random.Random(5)
    pool = _pool(reports, rng, SIZE * 4 // 3)
    edited = revisions.revise(pool, SIZE, rng)
    words = [word for text in pool[:300] for word in text.split()]
    whole = [(text, int(place >= SIZE // 2)) for place, text in enumerate(pool[:SIZE])]
    reworded = [(revisions.reworded(text, 0.3, rng, words), where) for text, where in whole]
    pairs = {"a third edited": (edited.left, edited.right), "all reworded": (revisions.laid_out(whole), revisions.laid_out(reworded))}
    table = Table(
        f"Diff ({SIZE} recommendations against {SIZE}, best of {2 if quick else 5})", ("command", "best s", "x git", "budget s", "verdict")
    )
    with tempfile.TemporaryDirectory() as made:
        for name, texts in pairs.items():
            paths = [Path(made, side) for side in ("left.txt", "right.txt")]
            for path, text in zip(paths, texts, strict=True):
                path.write_text(text, encoding="utf-8")
            ours, git = [], []
            for _ in range(2 if quick else 5):
                ours.append(_seconds([*command(), "diff", *map(str, paths), "--jsonl"], made))
                git.append(_seconds(["git", "diff", "--no-index", "--word-diff", *map(str, paths)], made))
            table.rows.append(
                (f"tipreport diff --jsonl, {name}", min(ours), min(ours) / min(git), BUDGET, verdict(min(ours), at_most=BUDGET))
            )
            table.rows.append((f"git diff --word-diff, {name}", min(git), 1.0, None, None))
    return table


def _seconds(arguments: list[str], folder: str) -> float:
    begin = time.perf_counter()
    done = subprocess.run(
        arguments, env=environment(str(Path(folder, "cache"))), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 1
    return time.perf_counter() - begin
