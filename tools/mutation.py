"""A random sample of the mutants of a package, judged by mutmut; docs/mutation.md says why and what came out.

``run PACKAGE SIZE`` judges the first SIZE of the mutants, shuffled with a fixed seed, that have no verdict yet: a longer sample holds the
shorter one, and a run may be broken off and gone on with. ``table`` counts the verdicts. ``survivors`` names those that live.
Run it in a clone: mutmut copies the project to ``mutants/``.
"""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
from pathlib import Path

SEED = 7
PACKAGES = ("blocks", "entities", "diff")
KILLED, SURVIVED, NO_TESTS = {1, 3}, {0}, {5, 33}
MADE = Path("mutants/src/tipreport")


def verdicts(package: str) -> dict[str, int | None]:
    """The mutants of a package and the exit status of their tests, in the order of the sample."""
    known: dict[str, int | None] = {}
    for path in sorted((MADE / package).glob("*.meta")):
        known.update(json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"])
    names = sorted(known)
    random.Random(SEED).shuffle(names)  # noqa: S311  # a sample, no secret
    return {name: known[name] for name in names}


def interval(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson."""
    share, z = part / whole, 1.96
    middle = share + z * z / (2 * whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return (middle - half) / (1 + z * z / whole), (middle + half) / (1 + z * z / whole)


def run(package: str, size: int, children: str) -> None:
    """Judge what the sample of this size still lacks."""
    known = verdicts(package)
    names = [name for name in list(known)[:size] if known[name] is None]
    if names:
        subprocess.run([sys.executable, "-m", "mutmut", "run", "--max-children", children, *names], check=True)  # noqa: S603  # our own


def sampled(package: str) -> dict[str, int]:
    """The verdicts up to the first mutant without one: what lies behind was judged out of turn."""
    out: dict[str, int] = {}
    for name, code in verdicts(package).items():
        if code is None:
            break
        out[name] = code
    return out


def main(arguments: list[str]) -> None:
    """Run, count or list."""
    if arguments[:1] == ["run"]:
        run(arguments[1], int(arguments[2]), arguments[3] if len(arguments) > 3 else "2")
        return
    for package in PACKAGES:
        codes = sampled(package)
        if arguments == ["survivors"]:
            sys.stdout.writelines(f"{name} {code}\n" for name, code in codes.items() if code in SURVIVED | NO_TESTS)
        elif codes:
            killed = sum(code in KILLED for code in codes.values())
            lived = sum(code in SURVIVED | NO_TESTS for code in codes.values())
            late = len(codes) - killed - lived
            low, high = interval(killed + late, len(codes))
            sys.stdout.write(
                f"| `{package}/` | {len(verdicts(package)):,} | {len(codes)} | {killed} | {late} | {lived} "
                f"| {(killed + late) / len(codes):.1%} | {low:.1%} to {high:.1%} |\n"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
