"""Random edits of reports: lines deleted, doubled and swapped; what must hold of each such text.

A case is a text and a number: the same number always makes the same edits. ``python tests/fuzz/edits.py --cases 10000``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
import traceback
from functools import cache
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from checks import check_report
from tipreport import api, registry
from tipreport.config import Config
from tipreport.diff.compare import KINDS, compare
from tipreport.diff.record import record
from tipreport.diff.units import Side
from tipreport.inputs import open_source
from tipreport.linting.engine import Found, check, rules
from tipreport.linting.fixing import fixed, patch
from tipreport.linting.forms import View
from tipreport.spans import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAMPLES = Path(__file__).parents[2] / "samples"
_MOST_EDITS = 8  # of one case
_LONGEST = 12  # lines of one edit; a single line in half of them
_TWICE = 10  # of so many cases one is parsed twice
_TOLD = 100  # cases after which the command tells how far it is
_CONFIG = Config()


class Original(NamedTuple):
    """A text to be edited, and the side of a comparison that it is."""

    name: str
    text: str
    side: Side


def original(path: Path) -> Original:
    """A report of a file."""
    text = open_source(str(path)).text
    return Original(path.name, text, Side(api.parse(text, name=path.name), text))


@cache
def originals(folder: Path = SAMPLES) -> tuple[Original, ...]:
    """The reports of a folder as plain text."""
    return tuple(original(path) for path in sorted(folder.glob("*.txt")))


def edited(text: str, rng: random.Random) -> str:
    """The text after some edits of its lines."""
    lines = text.splitlines(keepends=True)
    for _ in range(rng.randint(1, _MOST_EDITS)):
        at = rng.randrange(len(lines) + 1)
        count = 1 if rng.random() < 0.5 else rng.randint(2, _LONGEST)
        deed = rng.choice(("delete", "double", "swap"))
        if deed == "delete":
            del lines[at : at + count]
        elif deed == "double":
            lines[at:at] = lines[at : at + count]
        elif lines:
            one, other = sorted((min(at, len(lines) - 1), rng.randrange(len(lines))))
            count = min(count, other - one, len(lines) - other)
            lines[one : one + count], lines[other : other + count] = lines[other : other + count], lines[one : one + count]
    return "".join(lines)


def case(of: Original, number: int) -> str:
    """The text of a case."""
    return edited(of.text, random.Random(f"{of.name}:{number}"))


def examine(of: Original, text: str, *, twice: bool, compared: bool = True) -> None:
    """Assert all that must hold of an edited text.

    Args:
        of: what was edited.
        text: what became of it.
        twice: whether it is parsed again.
        compared: whether it is compared with the original.
    """
    source = Source(text, name=of.name)
    report = api.parse(text, name=of.name)
    check_report(report, text)
    if twice:
        assert api.parse(text, name=of.name) == report, "a second parse gives another report"
    examine_findings(source, check(report, source, _CONFIG, rules(), path=of.name))
    if not compared:
        return
    comparison = compare(of.side, Side(report, text), KINDS)
    for change in comparison.changes:
        json.dumps(record(change))
        for unit, whole in ((change.left, of.text), (change.right, text)):
            for span in unit.spans if unit is not None else ():
                assert 0 <= span.start < span.end <= len(whole), f"{change.fate}: {span} is out of the text"


def examine_findings(source: Source, found: tuple[Found, ...]) -> None:
    """Findings stand in the text; their forms are what they say that they are."""
    view = View(rules=rules())
    sarif, github, plain = (registry.load("linting/forms", name).render(list(found), view) for name in ("sarif", "github", "text"))
    runs = json.loads(sarif)["runs"]
    assert [len(run["results"]) for run in runs] == [len(found)], "a finding is missing in SARIF"
    assert len(github.splitlines()) == len(found), "a finding is not one line for GitHub"
    assert plain or not found
    for one in found:
        for span in one.spans:
            assert 0 <= span.start < span.end <= len(source.text), f"{one}: {span} is out of the text"
    after = fixed(source.text, found)
    assert (after.text != source.text) == bool(patch(source.text, after.text, source.name)), "a patch says something else than the fix"


def cases(count: int, held: Sequence[Original], first: int = 0) -> Iterator[tuple[Original, int]]:
    """So many cases, the texts in turn."""
    for number in range(first, first + count):
        yield held[number % len(held)], number


def run(
    count: int, held: Sequence[Original], first: int = 0, *, compared: bool = True, progress: bool = False
) -> list[tuple[str, int, str]]:
    """Run cases; those that failed, with what was raised."""
    failed = []
    for of, number in cases(count, held, first):
        try:
            examine(of, case(of, number), twice=number // len(held) % _TWICE == 0, compared=compared)
        except Exception:  # whatever it is, it is a find
            failed.append((of.name, number, traceback.format_exc()))
        if progress and (number - first) % _TOLD == _TOLD - 1:
            print(f"{number - first + 1:,} cases, {len(failed)} failed", flush=True)
    return failed


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Edit reports at random and check everything that must hold.")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--folder", type=Path, default=SAMPLES, help="of reports as *.txt (default: the samples)")
    parser.add_argument("--reports", action="store_true", help="take the folder that TIPREPORT_REPORTS names")
    parser.add_argument("--largest", type=int, default=1 << 40, help="characters of the longest text that is taken")
    parser.add_argument("--no-diff", action="store_true", help="do not compare with the original")
    asked = parser.parse_args()
    folder = Path(os.environ["TIPREPORT_REPORTS"]) if asked.reports else asked.folder
    held = [one for one in originals(folder) if len(one.text) <= asked.largest]
    began = time.process_time()
    failed = run(asked.cases, held, asked.first, compared=not asked.no_diff, progress=True)
    for name, number, told in failed[:20]:
        print(f"{name}, case {number}:\n{told}", file=sys.stderr)
    print(f"{asked.cases:,} cases of {len(held)} texts: {len(failed)} failed; {time.process_time() - began:,.0f} s of processor time")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
