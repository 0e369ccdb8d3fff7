"""Folders of many files: what could not be read is summed up, and nothing that becomes of a worker changes the rest."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.mixed import fill
from command import SCRIPT, Result, Shell, environment, quiet_terminal

PICTURE = b"\x89PNG\r\n\x1a\n....."
NOISE = bytes(range(9)) * 40


def put(shell: Shell, name: str, data: bytes) -> None:
    """Write a file of the working folder."""
    path = shell.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture
def mixed(shell: Shell) -> Shell:
    """Thirty good files in ``d``, twelve pictures with the ending of a text, four files of noise, and what nobody reads."""
    for number in range(30):
        put(shell, f"d/{number:02}.txt", f"I. Introduction\n\n1. The meeting was opened for the {number}. time.\n".encode())
    for number in range(12):
        put(shell, f"d/{number:02}-picture.txt", PICTURE)
    for number in range(4):
        put(shell, f"d/x/{number}-noise.txt", NOISE)
    for name in ("d/a.tree", "d/x/b.tree", "d/c.JPG", "d/readme", "d/.hidden.tree", "d/.git/c.tree"):
        put(shell, name, b"1. Of another kind.\n")
    return shell


def lines(result: Result) -> list[str]:
    """What was said on standard error."""
    quiet_terminal(result.err)
    return result.err.splitlines()


def test_what_could_not_be_read_is_summed_up_by_reason(mixed: Shell) -> None:
    """Ten are told one by one; of the others the end tells how many and why, each reason with its hint once."""
    said = lines(mixed("parse", "d", "--jsonl"))
    assert sum(line.startswith("tipreport: error: ") for line in said) == 10
    end = said[said.index("tipreport: more files cannot be read; the end tells how many and why, -v tells each") + 1 :]
    assert end[0].startswith("tipreport: d: 4 files of other kinds left alone (2 .tree, 1 ")
    assert end[1] == "tipreport: 16 of 46 inputs could not be read; 30 were"
    assert end[2].startswith("tipreport: 12 x is a picture, not text: d/00-picture.txt, d/01-picture.txt, d/02-picture.txt and 9 more")
    assert end[4].startswith("tipreport:  4 x is binary data, not text: d/x/0-noise.txt, d/x/1-noise.txt, d/x/2-noise.txt and 1 more")
    assert len(end) == 6
    assert len(set(end)) == 6


def test_verbose_tells_each_and_quiet_tells_no_more_than_that(mixed: Shell) -> None:
    for given in ("-v", "-q"):
        result = mixed("parse", "d", "--jsonl", given)
        assert result.code == 2
        assert sum(line.startswith("tipreport: error: ") for line in lines(result)) == 16
        assert sum(" x is " in line for line in lines(result)) == (2 if given == "-v" else 0)
    assert all(line.startswith(("tipreport: error: ", "  hint: ")) for line in lines(mixed("parse", "d", "--jsonl", "-q")))


def test_a_few_that_could_not_be_read_are_told_once(mixed: Shell) -> None:
    said = lines(mixed("parse", "d/x", "--jsonl"))
    assert [" x " in line for line in said].count(True) == 0
    assert sum("noise.txt" in line for line in said) == 4


@pytest.mark.parametrize(
    "command", [["index", "add", "d", "--index", "x.db"], ["search", "meeting", "d"], ["export", "d", "-o", "got.jsonl"]]
)
def test_every_command_over_files_sums_up(mixed: Shell, command: list[str]) -> None:
    result = mixed.line(" ".join(["tipreport", *command]))
    assert result.code == 2
    said = lines(result)
    assert sum(line.startswith("tipreport: error: ") for line in said) == 10
    assert [line for line in said if line.startswith("tipreport: 12 x is a picture")]
    assert [line for line in said if line.startswith("tipreport:  4 x is binary")]


def test_mixed_files_give_the_same_bytes_in_any_number_of_jobs(shell: Shell) -> None:
    """Text, Markdown, HTML, and files that cannot be read: output, messages and status."""
    assert fill(shell.folder / "d", 40, seed=3, convert=False) > 0
    one, three = (shell("parse", "d", "--jsonl", "--jobs", jobs) for jobs in ("1", "3"))
    assert one == three
    assert one.code == 2
    assert one.raw.count(b"\n") > 30


def test_outputs_in_a_folder_are_the_same_in_any_number_of_jobs(shell: Shell) -> None:
    """Also where names are taken already: the second of a name gets a number, in the order of the inputs; a second run gives the same."""
    for number in range(12):
        put(shell, f"d/{number % 4}/{number % 3}.txt", f"1. Number {number}.\n".encode())
    kept: list[dict[str, bytes]] = []
    for jobs in ("1", "2", "2"):
        assert shell("parse", "d", "--to", "json", "--jobs", jobs, "-o", f"out{len(kept) % 2}/").code == 0
        folder = shell.folder / f"out{len(kept) % 2}"
        kept.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert kept[0] == kept[1] == kept[2]
    assert len(kept[0]) == 12


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc here")
@pytest.mark.parametrize(("deaths", "jobs"), [(1, "2"), (2, "1"), (2, "2")])
def test_a_worker_that_is_killed(shell: Shell, deaths: int, jobs: str) -> None:
    """The worker that reads a pipe is killed: once costs nothing, twice costs that file alone, and it is named."""
    names = [f"{number:02}.txt" for number in range(12)]
    for name in names:
        put(shell, name, b"1. The meeting was opened.\n")
    stuck = shell.folder / names[5]
    stuck.unlink()
    os.mkfifo(stuck)
    process = subprocess.Popen(
        [SCRIPT, "parse", "--jsonl", *names, "--jobs", jobs],
        cwd=shell.folder,
        env=environment(shell.home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        ours = _writer(stuck)  # held open, so that who reads waits for more
        for _ in range(deaths):
            os.kill(_reader(process.pid, stuck), signal.SIGKILL)
        if deaths == 1:
            _reader(process.pid, stuck)
            os.write(ours, b"1. The pipe was opened.\n")
        os.close(ours)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
        process.communicate()
    told = err.decode().splitlines()
    if deaths == 1:
        assert (process.returncode, out.count(b'"schema_version"'), told) == (0, 12, [])
        assert b"The pipe was opened" in out.splitlines()[5]
        return
    assert process.returncode == 2
    assert out.count(b'"schema_version"') == 11
    assert told[0] == "tipreport: error: 05.txt: the process that read it was ended by SIGKILL"
    assert told[-1] == "tipreport: 1 of 12 inputs could not be read; 11 were"


def _writer(pipe: Path) -> int:
    """The writing end of a pipe, once somebody reads."""
    for _ in range(600):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.05)
    raise AssertionError(f"nobody reads {pipe}")


_KILLED: set[int] = set()


def _reader(parent: int, pipe: Path) -> int:
    """The child of a process that has a pipe open, and was not found before."""
    for _ in range(600):
        found = next((child for child in _children(parent) if child not in _KILLED and _has(child, pipe)), None)
        if found is not None:
            _KILLED.add(found)
            return found
        time.sleep(0.05)
    raise AssertionError(f"nobody of {parent} reads {pipe}")


def _children(parent: int) -> list[int]:
    return [int(one) for task in Path(f"/proc/{parent}/task").glob("*/children") for one in task.read_text().split()]


def _has(process: int, pipe: Path) -> bool:
    """Whether a process has a file open."""
    try:
        return any(os.path.samefile(one, pipe) for one in Path(f"/proc/{process}/fd").iterdir() if one.exists())
    except OSError:
        return False


def test_a_fault_of_ours_costs_one_file(mixed: Shell) -> None:
    """The parser falls over one file: it is named, the rest is done, and the index tries it again when it is asked the next time."""
    site = mixed.home / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(
        "import os\nif os.environ.get('FALLS'):\n"
        "    import tipreport.loading as loading\n    real = loading.parse_source\n"
        "    def falls(source, config):\n        if '7. time' in source.text: raise KeyError('deep inside')\n        return real(source, config)\n"
        "    loading.parse_source = falls\n"
    )
    env = {"PYTHONPATH": str(site), "FALLS": "1"}
    for command in ("parse d --jsonl --jobs 2", "index add d --index x.db"):
        result = mixed.line(f"rm -f d/*picture* ; tipreport {command}", env=env)
        assert result.code == 2
        named = [line for line in lines(result) if "KeyError" in line]
        assert len(named) == 3, "7, 17 and 27"
        assert "07.txt: a fault of tipreport: KeyError: 'deep inside'" in named[0]
        assert "27 added" in result.err or result.out.count("\n") == 27
    with closing(sqlite3.connect(mixed.folder / "x.db")) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (27,)
    assert "3 added, 27 unchanged" in mixed.line("tipreport index update --index x.db").err.replace("3 updated", "3 added")


def test_lines_stand_apart_from_the_bar(mixed: Shell) -> None:
    """The bar is taken away before a line is written, and counts what could not be read."""
    shown = mixed.terminal("parse", "d", "--jsonl", "-o", "got.jsonl", errors=True)
    assert shown.code == 2
    for line in shown.out.splitlines():
        if "error:" in line:
            assert line.startswith(("\x1b[2Ktipreport: error: ", "\r\x1b[2Ktipreport: error: ")) or "\r\x1b[2Ktipreport: error: " in line, (
                line
            )
            assert "parsing" not in line.rpartition("\x1b[2K")[2]
    assert "not read" in shown.out
