"""Several processes: results in order and the same in any number of them, whatever becomes of a worker; memory that does not grow."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tipreport import parallel
from tipreport.errors import TipreportError
from tipreport.parallel import MANY, mapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

DEADLY = 13


def squared(number: int) -> int:
    """Takes the longer the smaller the number, so that results come in another order than they are wanted."""
    time.sleep(0.02 if number % 5 == 0 else 0)
    return number * number


def deadly(number: int) -> int:
    """Kills the process that does it, always."""
    if number == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def leaving(number: int) -> int:
    """Ends the process with a status, as a library may that finds itself in trouble."""
    if number == DEADLY:
        os._exit(3)
    return number


def once(given: tuple[int, str]) -> int:
    """Kills the process that does it, the first time."""
    number, mark = given
    if number == DEADLY and not os.path.exists(mark):
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def greedy(number: int) -> int:
    """Has no room for one of the things."""
    if number == DEADLY:
        raise MemoryError
    return number


def faulty(number: int) -> int:
    """Falls over one of the things."""
    return 1 // (number - DEADLY)


def refused(number: int) -> int:
    """Wants no more to be done."""
    if number == DEADLY:
        raise TipreportError("the index is gone", "look for it")
    return number


def lost(number: Any, reason: str, hint: str) -> Any:
    """What tells of a thing that could not be done."""
    assert hint
    return f"{number}: {reason}"


@pytest.mark.parametrize("jobs", [1, 2, 3, 0, None])
@pytest.mark.parametrize("count", [0, 1, MANY - 1, MANY, 60])
def test_results_come_in_order(jobs: int | None, count: int) -> None:
    things = list(range(count))
    assert list(mapped(squared, things, jobs)) == [number * number for number in things]


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (deadly, "the process that read it was ended by SIGKILL"), (leaving, "the process that read it ended"),
        (greedy, "out of memory"), (faulty, "a fault of tipreport: ZeroDivisionError: integer division or modulo by zero"),
    ],
)  # fmt: skip
def test_one_bad_thing_stops_no_other(jobs: int, work: Callable[[int], Any], reason: str) -> None:
    """Also where a worker dies of it: the same results in any number of processes."""
    found = list(mapped(work, range(30), jobs, lost=lost))
    assert found[DEADLY] == f"{DEADLY}: {reason}"
    assert sum(isinstance(one, str) for one in found) == 1
    assert len(found) == 30


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_is_killed_once_loses_nothing(jobs: int, tmp_path: Path) -> None:
    """As when the system is short of memory for a moment: the thing is done again, alone."""
    mark = str(tmp_path / "mark")
    assert list(mapped(once, [(number, mark) for number in range(30)], jobs, lost=lost)) == list(range(30))
    assert os.path.exists(mark)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("count", [20, 1])
def test_what_shall_end_the_run_ends_it(jobs: int, count: int) -> None:
    things = list(range(DEADLY - count + 1, DEADLY + 1))
    with pytest.raises(TipreportError, match="the index is gone") as caught:
        list(mapped(refused, things, jobs, lost=lost))
    assert caught.value.hint == "look for it"


def test_a_fault_of_the_only_thing_is_raised() -> None:
    """It ends the run anyway, and the frame around the commands tells of it."""
    with pytest.raises(ZeroDivisionError):
        list(mapped(faulty, [DEADLY], lost=lost))


def test_a_fault_is_raised_where_one_looks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPREPORT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        list(mapped(faulty, range(20), 2, lost=lost))


def test_few_results_wait_for_a_slow_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """While the first is not done, others are only as far ahead as there is room for their results."""
    monkeypatch.setattr(parallel, "_HELD", 1_000_000)
    gate = str(tmp_path / "gate")
    results = mapped(large, [(number, gate) for number in range(200)], 2)
    ahead = next(results)
    assert ahead == 0
    written = len(os.listdir(tmp_path)) - 1
    assert 5 < written < 30, written
    assert list(results) == list(range(1, 200))


def large(given: tuple[int, str]) -> Padded:
    """100 kB; the first waits for a while in which the others could all be done."""
    number, gate = given
    if number == 0:
        time.sleep(0.5)
        Path(gate).touch()
    elif not os.path.exists(gate):
        Path(f"{gate}-{number}").touch()
    return Padded(number)


class Padded(int):
    """A number that takes room."""

    def __reduce__(self) -> tuple[object, ...]:
        return (_bare, (int(self), b"x" * 100_000))


def _bare(number: int, _room: bytes) -> int:
    return number


def test_who_stops_early_waits_for_nobody() -> None:
    """The workers are ended in the midst of what they do, and none is left."""
    others = _children()  # of tests before this one in the same process
    begin = time.monotonic()
    results = mapped(sleeper, range(20), 2)
    assert next(results) == 0
    assert _children() - others, "there are workers"
    results.close()  # type: ignore[attr-defined]
    while _children() - others and time.monotonic() - begin < 20:
        time.sleep(0.05)
    assert time.monotonic() - begin < 20
    assert not _children() - others


def test_who_stops_early_ends_though_results_are_half_written() -> None:
    """A worker that is killed in the midst of a large result leaves nobody who waits for its rest, at the end of Python neither."""
    script = (
        "import time\nfrom tipreport.parallel import mapped\n"
        "def large(number):\n    return b'x' * 60_000_000\n"
        "results = mapped(large, range(40), 2)\nnext(results)\ntime.sleep(0.3)\nresults.close()\nprint('stopped')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("stopped\n", "", 0)


@pytest.mark.parametrize("jobs", [1, 2])
def test_large_things_and_large_results_pass_one_another(jobs: int) -> None:
    """Both more than a pipe holds: neither side waits for the other."""
    things = [bytes([number]) * 300_000 for number in range(30)]
    assert list(mapped(doubled, things, jobs)) == [thing * 2 for thing in things]


def doubled(thing: bytes) -> bytes:
    """Twice as much."""
    return thing * 2


@pytest.mark.parametrize("jobs", [1, 3])
def test_workers_that_die_at_once_lose_only_what_they_died_at(jobs: int) -> None:
    """Also those that had something else under way, which then is done."""
    found = list(mapped(mortal, range(60), jobs, lost=lost))
    assert [number for number, one in enumerate(found) if isinstance(one, str)] == [number for number in range(60) if number % 7 in {0, 1}]
    assert [one for one in found if not isinstance(one, str)] == [number for number in range(60) if number % 7 not in {0, 1}]


def mortal(number: int) -> int:
    """Kills the process that does it, for some things one after another."""
    if number % 7 in {0, 1}:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def sleeper(number: int) -> int:
    """Takes a minute, but for the first."""
    if number:
        time.sleep(60)
    return number


def _children() -> set[int]:
    """The child processes of this one that are not dead."""
    with subprocess.Popen(["ps", "-o", "pid=,stat=", "--ppid", str(os.getpid())], stdout=subprocess.PIPE, text=True) as asked:
        shown = asked.communicate()[0]
    return {int(pid) for pid, state in map(str.split, shown.splitlines()) if not state.startswith("Z")} - {asked.pid}


def test_without_semaphores_it_is_done_here() -> None:
    """As on systems that give no shared memory."""
    script = (
        "import sys; sys.modules['_multiprocessing'] = None\n"
        "from tipreport.parallel import mapped\n"
        "print(sum(mapped(abs, range(-20, 0), 2)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("210\n", 0), done.stderr


@pytest.mark.skipif(not hasattr(os, "register_at_fork"), reason="nothing forks here")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("moment", ["before", "after_in_parent"])
def test_ctrl_c_while_a_worker_begins_ends_the_run(moment: str, jobs: int) -> None:
    """What a handler of a fork raises is printed and lost: Ctrl-C has to wait until the worker is there."""
    script = (
        "import os, signal, time\nfrom tipreport.parallel import mapped\n"
        f"os.register_at_fork({moment}=lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        f"try:\n    list(mapped(abs, range(100), {jobs}))\nexcept KeyboardInterrupt:\n    print('stopped')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False, start_new_session=True)
    assert (done.stdout, done.stderr) == ("stopped\n", "")


@pytest.mark.skipif(not hasattr(os, "register_at_fork"), reason="nothing forks here")
def test_ctrl_c_while_a_guarded_process_begins_ends_the_run() -> None:
    script = (
        "import os, signal\nfrom tipreport.parallel import apart\n"
        "os.register_at_fork(before=lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "try:\n    apart(abs, -1)\nexcept KeyboardInterrupt:\n    print('stopped')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False, start_new_session=True)
    assert (done.stdout, done.stderr) == ("stopped\n", "")
