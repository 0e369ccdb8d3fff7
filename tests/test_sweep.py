"""Every command in bad surroundings, and killed while it writes: one line or the same bytes, the old file or the new one."""

from __future__ import annotations

import os
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest

import forked
from command import SAMPLES, Result, inside, one_error
from forked import Ended, Fate, Job

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
ALL = range(len(COMMANDS))
WIDE = ("COLUMNS", "100")
BARE = (("HOME", None), ("LC_ALL", "C"), ("LANG", None), ("XDG_DATA_HOME", None), ("XDG_CONFIG_HOME", None), WIDE)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Ended]]:
    """Each command in each of the surroundings."""
    folder = tmp_path_factory.mktemp("sweep") / "here"
    folder.mkdir()
    for name in (FINAL, DRAFT):
        shutil.copy(SAMPLES / name, folder / name)
    assert inside("index", "add", FINAL, DRAFT, *INDEX, folder=folder).code == 0
    around = {
        "plain": [Job(one, (WIDE,)) for one in COMMANDS],
        "bare": [Job(one, BARE, closed=(0, 2)) for one in COMMANDS],
        "full": [Job(one, full=True) for one in COMMANDS],
        "file": [Job((*one, "-o", "/dev/full")) for one in COMMANDS],
        "closed": [Job(one, closed=(1,)) for one in COMMANDS],
        "narrow": [Job(one, (("COLUMNS", "1"),)) for one in COMMANDS],
    }
    found = iter(forked.many([job for jobs in around.values() for job in jobs], folder))
    return {name: [next(found) for _ in jobs] for name, jobs in around.items()}


def named(number: int) -> str:
    """A command, for the report of the tests."""
    return " ".join(COMMANDS[number][:3])


@pytest.mark.parametrize("number", ALL, ids=named)
def test_no_home_no_locale_no_input_and_nobody_to_complain_to(ended: dict[str, list[Ended]], number: int) -> None:
    plain, bare = ended["plain"][number], ended["bare"][number]
    assert plain.code in {0, 1}, plain.err
    assert plain.out
    assert (bare.code, bare.out) == (plain.code, plain.out)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("where", ["full", "file"])
@pytest.mark.parametrize("number", ALL, ids=named)
def test_a_full_disk_is_told(ended: dict[str, list[Ended]], number: int, where: str) -> None:
    told(ended[where][number], "no space left")


@pytest.mark.parametrize("number", ALL, ids=named)
def test_a_closed_output_is_told(ended: dict[str, list[Ended]], number: int) -> None:
    told(ended["closed"][number], "not open")


@pytest.mark.parametrize("number", ALL, ids=named)
def test_the_narrowest_terminal_loses_no_sign(ended: dict[str, list[Ended]], number: int) -> None:
    wide, narrow = ended["plain"][number], ended["narrow"][number]
    assert (narrow.code, "Traceback" in narrow.err) == (wide.code, False)
    assert narrow.out


def told(found: Ended, words: str) -> None:
    """One line of error; remarks may stand around it."""
    lines = [line for line in found.err.splitlines(keepends=True) if "error: " in line or line.startswith("  hint: ")]
    one_error(Result(found.code, found.out.encode(), "".join(lines).encode()), words)
    assert "Traceback" not in found.err


# Killed while it writes --------------------------------------------------------------------------------------

SMALL = "generic-minimal.txt"
WRITERS: dict[str, tuple[str, ...]] = {
    "json": ("export", SMALL, "-o", "made/x.json"),
    "folder of csv": ("export", SMALL, "--what", "all", "--csv", "-o", "made/"),
    "sqlite": ("export", SMALL, "-o", "made/x.db"),
    "site": ("export", SMALL, "--to", "site", "-o", "made/"),
    "parse into a folder": ("parse", SMALL, "--json", "-o", "made/"),
}


@cache
def fates(folder: Path) -> dict[str, Fate]:
    """What became of each."""
    shutil.copy(SAMPLES / SMALL, folder / SMALL)
    return dict(zip(WRITERS, forked.killed([*WRITERS.values()], folder), strict=True))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with room beside it."""
    folder = tmp_path_factory.mktemp("killed") / "here"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("form", WRITERS)
def test_a_killed_export_leaves_the_old_file_or_the_new_one(place: Path, form: str) -> None:
    fate = fates(place)[form]
    assert len(fate.left) == min(fate.moments, forked.MOMENTS) > 3
    assert fate.left[0] == ["old"], "killed before the first file was touched"
    for left in fate.left:
        assert set(left) <= {"old", "new"}, left
    assert any("old" in left for left in fate.left[1:]), "no moment lay before the end"
