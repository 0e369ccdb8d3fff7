"""Judge a random sample of the mutants of a package: ``python tools/mutation.py blocks 0 100``; docs/mutation.md says why and what came out.

mutmut makes the mutants, all of them in one copy of the sources under ``mutants/``, and switches one on. The tests are run here, for
mutmut chooses those that were seen to call a function, and a test that finds what an earlier one has parsed is seen to call nothing.
The sample is shuffled with a fixed seed: 100 to 200 goes on where 0 to 100 ends. Run it in a clone.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import os
import random
import signal
import sys
from pathlib import Path

import pytest
from mutmut.__main__ import create_mutants
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir

SEED = 7
SECONDS = 200  # one that takes longer goes on for ever: it is killed
MADE = Path("mutants/src/tipreport")
# The quick ones first; those behind them are asked only about a mutant that lives so long. Real reports count where TIPREPORT_REPORTS names them.
PARSER = ("lines", "fields", "extractors", "samples", "spec", "languages", "layout", "families", "reports", "pdf")
TESTS = {"blocks": PARSER, "entities": PARSER, "diff": ("telling", "revised", "diff")}
OPTIONS = ["--rootdir=.", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", "--in-process", "--hypothesis-profile=ci"]


def make() -> None:
    """The mutants, where they do not stand yet."""
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(os.cpu_count() or 1)


def sample(package: str) -> list[str]:
    """The names of the mutants of a package, shuffled."""
    names: list[str] = []
    for path in sorted((MADE / package).glob("*.meta")):
        names += json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    names.sort()
    random.Random(SEED).shuffle(names)  # noqa: S311  # a sample, no secret
    return names


def tried(name: str, arguments: list[str]) -> int:
    """The exit status of the tests with a mutant switched on, in a process of its own; a signal is negative."""
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)
        set_mutant_under_test(name)
        with contextlib.redirect_stdout(io.StringIO()):
            status = int(pytest.main(arguments))
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def interval(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson."""
    share, z = part / whole, 1.96
    middle = share + z * z / (2 * whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return (middle - half) / (1 + z * z / whole), (middle + half) / (1 + z * z / whole)


def main(package: str, first: int, last: int) -> None:
    """Judge the mutants ``first`` to ``last`` of a package: its name and status, one a line, and the share of the killed."""
    make()
    names = sample(package)[first:last]
    os.chdir("mutants")
    sys.path[:0] = [os.path.abspath("src"), os.path.abspath("tests")]
    arguments = [*OPTIONS, *(f"tests/test_{name}.py" for name in TESTS[package])]
    set_mutant_under_test("")
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main([*arguments, "--collect-only"])  # imports once what every mutant needs
    if tried("", arguments):
        sys.exit("the tests fail without a mutant")
    killed = 0
    for name in names:
        status = tried(name, arguments)
        killed += status != 0
        sys.stdout.write(f"{name} {status}\n")
        sys.stdout.flush()
    low, high = interval(killed, len(names))
    sys.stdout.write(f"{killed} of {len(names)} killed, {killed / len(names):.1%} (95 %: {low:.1%} to {high:.1%})\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
