"""How ``compile`` folds: ``python tests/benchmarks/folding.py --reports DIR [--texts 10000]`` prints the figures of docs/compile.md.

Texts of units of real reports as recommendations (``revisions.pool``): of each, a version with a known share of its words
replaced, left out or followed by others is looked for; the recommendations of one report are different ones, and none of them
should be folded into another. The time is that of 10,000 texts, each of which stands there in several wordings.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import revisions
from tipreport import parse
from tipreport.compilation.folding import FLOOR, Fold, Text, folds
from tipreport.compilation.grouping import said

NOBODY: frozenset[str] = frozenset()
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)


def different(pool: list[str]) -> list[str]:
    """Texts none of which is like another: reports repeat themselves."""
    found = folds([Text(text, "", place, NOBODY, "all") for place, text in enumerate(pool)], 0.3)
    return [text for text, fold in zip(pool, found, strict=True) if fold is None]


def told(pool: list[str], rng: random.Random) -> None:
    """The share of versions that are found again, and the texts that are folded into another one."""
    vocabulary = [word for text in pool[:400] for word in text.split()]
    for share in SHARES:
        versions = [revisions.reworded(text, share, rng, vocabulary) for text in pool]
        found = folds([*(Text(text, "", 1, NOBODY, "all") for text in pool), *(Text(text, "", 2, NOBODY, "all") for text in versions)])
        later = found[len(pool) :]
        right = sum(fold is not None and fold.head == place for place, fold in enumerate(later))
        wrong = sum(fold is not None and fold.head < len(pool) and fold.head != place for place, fold in enumerate(later))
        print(f"{share:.0%} of the words: {right} of {len(pool)} found again, {wrong} folded into another text")


def within(texts: list[str]) -> None:
    """The recommendations of one report, each taken for one of a report of its own: those that are folded all the same."""
    for text in texts:
        report = parse(text)
        listed = [said(one.text) if one.proposed_by else one.text for one in report.recommendations]
        if len(listed) < 2:
            continue
        asks = [frozenset(who.id for who in one.addressees) for one in report.recommendations]
        found = folds([Text(one, "", place, asks[place]) for place, one in enumerate(listed)])
        pairs = [(fold, place) for place, fold in enumerate(found) if fold is not None]
        print(
            f"{report.masthead.symbol}: {len(listed)} recommendations, {len(listed) * (len(listed) - 1) // 2:,} pairs: {len(pairs)} folded"
        )
        for fold, place in pairs:
            print(f"  {fold.score:.2f}  {listed[fold.head]}\n        {listed[place]}")


def timed(pool: list[str], count: int, rng: random.Random) -> None:
    """Seconds for so many texts."""
    vocabulary = [word for text in pool[:400] for word in text.split()]
    texts = []
    for place in range(count):
        text = rng.choice(pool)
        texts.append(Text(revisions.reworded(text, rng.choice((0, 0, 0.05, 0.15, 0.3)), rng, vocabulary), "", place // 20, NOBODY, "all"))
    start = time.perf_counter()
    found: list[Fold | None] = folds(texts)
    spent = time.perf_counter() - start
    print(f"{count:,} texts: {spent:.1f} s, {sum(fold is None for fold in found):,} wordings")


def main() -> None:
    """Read the reports and print."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--reports", type=Path, required=True)
    given.add_argument("--texts", type=int, default=10_000)
    given.add_argument("--seed", type=int, default=1)
    asked = given.parse_args()
    rng = random.Random(asked.seed)
    texts = [path.read_text("utf-8") for path in sorted(asked.reports.glob("*.txt"))]
    pool = revisions.pool(texts, rng)
    print(f"floor {FLOOR}")
    within(texts)
    told(different(pool)[:600], rng)
    timed(pool, asked.texts, rng)


if __name__ == "__main__":
    main()
