"""Every command in bad surroundings, and killed while it writes: one line or the same bytes, the old file or the new one."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

import forked
from command import SAMPLES, Result, inside, one_error
from forked import Ended, Job

if TYPE_CHECKING:
    from pathlib import Path

FINAL, DRAFT = "wg4-final-report.txt", "wg4-draft-addendum.txt"
INDEX = ("--index", "x.db")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("parse", FINAL),
    ("parse", FINAL, "--coverage"),
    ("index", "list", *INDEX),
    ("index", "status", *INDEX),
    ("search", "labour", *INDEX),
    ("who", "--balance", *INDEX),
    ("stats", *INDEX),
    ("diff", DRAFT, FINAL),
    ("trace", "CTOC/COP/WG.4/2021/29#rec-6", *INDEX),
    ("check", DRAFT),
    ("verify", "private recruitment agencies", FINAL),
    ("compile", FINAL),
    ("export", FINAL),
    ("schema",),
)
NARROW = ("COLUMNS", "1")
BARE = (("HOME", None), ("LC_ALL", "C"), ("LANG", None), ("XDG_DATA_HOME", None), ("XDG_CONFIG_HOME", None), NARROW)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_every_command_in_bad_surroundings(tmp_path: Path) -> None:
    """One test of many runs: they share a process, which a test for each could not where tests run side by side."""
    folder = tmp_path / "here"
    folder.mkdir()
    for name in (FINAL, DRAFT):
        shutil.copy(SAMPLES / name, folder / name)
    assert inside("index", "add", FINAL, DRAFT, *INDEX, folder=folder).code == 0
    around = [
        [Job(one, (NARROW,)) for one in COMMANDS],
        [Job(one, BARE, closed=(0, 2)) for one in COMMANDS],
        [Job(one, full=True) for one in COMMANDS],
        [Job((*one, "-o", "/dev/full")) for one in COMMANDS],
        [Job(one, closed=(1,)) for one in COMMANDS],
    ]
    found = forked.many([job for jobs in around for job in jobs], folder)
    sets = [found[at : at + len(COMMANDS)] for at in range(0, len(found), len(COMMANDS))]
    for command, plain, bare, full, file, closed in zip(COMMANDS, *sets, strict=True):
        assert plain.code in {0, 1}, (command, plain)
        assert plain.out, command
        assert "Traceback" not in plain.err, (command, plain.err)
        assert (bare.code, bare.out) == (plain.code, plain.out), command
        for one, words in ((full, "no space left"), (file, "no space left"), (closed, "not open")):
            told(command, one, words)


def told(command: tuple[str, ...], found: Ended, words: str) -> None:
    """One line of error; remarks may stand around it."""
    assert "Traceback" not in found.err, (command, found.err)
    lines = [line for line in found.err.splitlines(keepends=True) if "error: " in line or line.startswith("  hint: ")]
    assert lines, (command, found)
    one_error(Result(found.code, found.out.encode(), "".join(lines).encode()), words)


# Killed while it writes --------------------------------------------------------------------------------------

SMALL = "generic-minimal.txt"
WRITERS = (
    ("export", SMALL, "-o", "made/x.json"),
    ("export", SMALL, "--what", "all", "--csv", "-o", "made/"),
    ("export", SMALL, "-o", "made/x.db"),
    ("export", SMALL, "--to", "site", "-o", "made/"),
    ("parse", SMALL, "--json", "-o", "made/"),
)


def test_a_killed_command_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    shutil.copy(SAMPLES / SMALL, folder / SMALL)
    for command, fate in zip(WRITERS, forked.killed(WRITERS, folder), strict=True):
        assert len(fate.left) == min(fate.moments, forked.MOMENTS) > 3, (command, fate)
        assert fate.left[0] == ["old"], "killed before the first file was touched"
        for left in fate.left:
            assert set(left) <= {"old", "new"}, (command, left)
        assert any("old" in left for left in fate.left[1:]), "no moment lay before the end"
