"""Many runs of the command line in children of one process: real streams and real signals at the cost of one start.

Run as a program: jobs as JSON on standard input, what became of each on standard output.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from tipreport.__main__ import main
from tipreport.cli import output
from tipreport.cli.run import encoded as plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

EVENTS = {"open", "os.rename", "os.remove", "os.chmod", "os.mkdir", "os.rmdir"}
MOMENTS = 6  # a command is killed at, spread over all there are


class Job(NamedTuple):
    """A command line and what is around it.

    Args:
        arguments: without the name of the program.
        env: what is set; None drops a name.
        full: whether standard output is a disk without space.
        closed: of 0, 1 and 2 those that are not open.
    """

    arguments: tuple[str, ...]
    env: tuple[tuple[str, str | None], ...] = ()
    full: bool = False
    closed: tuple[int, ...] = ()


class Ended(NamedTuple):
    """How it ended and what it wrote."""

    code: int
    out: str
    err: str


class Fate(NamedTuple):
    """What a killed command left of its files, by moment: ``old``, ``new``, ``lost``, or ``half`` with the name."""

    moments: int
    left: list[list[str]]


def many(jobs: Sequence[Job], folder: Path) -> list[Ended]:
    """Run jobs in a folder."""
    return [Ended(*one) for one in _driven("run", list(jobs), folder)]


def killed(jobs: Sequence[tuple[str, ...]], folder: Path) -> list[Fate]:
    """Kill each command at some moments; it writes into the folder ``made`` and nothing else does."""
    return [Fate(*one) for one in _driven("kill", list(jobs), folder)]


def _driven(how: str, jobs: list[Any], folder: Path) -> list[Any]:
    done = subprocess.run(
        [sys.executable, __file__, how], cwd=folder, input=json.dumps(jobs), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def _child(job: Job, moment: int = 0) -> int:
    """Do a job in a child; its exit status, or the signal as a negative number."""
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        _streams(job)
        for name, value in job.env:
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        seen = _count(moment) if moment else [0]
        sys.argv = ["tipreport", *job.arguments]
        code = main()
        Path("../moments").write_text(str(seen[0]), "utf-8")
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _streams(job: Job) -> None:
    for number, path in enumerate((os.devnull, "/dev/full" if job.full else "../out", "../err")):
        os.dup2(os.open(path, os.O_RDWR if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    for number in job.closed:
        os.close(number)
        setattr(sys, ("stdin", "stdout", "stderr")[number], None)


def _count(moment: int) -> list[int]:
    """Count moments, and kill this process at one: just before a file below ``made`` is touched, or between two pieces that are written."""
    seen = [0]
    made = os.path.abspath("made")

    def pass_by() -> None:
        seen[0] += 1
        if seen[0] == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event in EVENTS and isinstance(arguments[0], str) and os.path.abspath(arguments[0]).startswith(made):
            pass_by()

    def encoded(text: str | bytes) -> bytes:
        pass_by()
        return plain(text)

    sys.addaudithook(look)
    setattr(output, "encoded", encoded)  # noqa: B010 (a name that the module only takes in)
    return seen


def _warm(arguments: tuple[str, ...]) -> None:
    """Run a command here, so that its children find all that it imports."""
    sys.argv = ["tipreport", *arguments]
    _streams(Job(()))
    main()


def _run(job: Job) -> Ended:
    for name in ("../out", "../err"):
        Path(name).write_bytes(b"")
    code = _child(job)
    return Ended(code, *(Path(name).read_bytes().decode("utf-8", "replace") for name in ("../out", "../err")))


def _kill(arguments: tuple[str, ...]) -> Fate:
    """The command undisturbed, then killed at moments over old files of the same names."""
    _clear()
    _warm(arguments)
    truth = _files()
    _old(truth)
    assert _child(Job(arguments), sys.maxsize) == 0, Path("../err").read_text("utf-8")
    assert _files() == truth
    total = int(Path("../moments").read_text("utf-8"))
    left = []
    for moment in sorted({1 + number * (total - 1) // (MOMENTS - 1) for number in range(MOMENTS)}):
        _old(truth)
        code = _child(Job(arguments), moment)
        left.append([f"ended {code}"] if code != -signal.SIGKILL else _judged(truth, _files()))
    return Fate(total, left)


def _old(truth: dict[str, bytes]) -> None:
    """Put files of the same names there. The list of a site has to be one."""
    _clear()
    for name, data in truth.items():
        path = Path("made", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if name.endswith(".tipreport-site") else b"old")


def _judged(truth: dict[str, bytes], found: dict[str, bytes]) -> list[str]:
    states = {"lost" for name in truth if name not in found}
    for name, data in found.items():
        if os.path.basename(name).startswith(".tipreport-"):
            continue  # hidden, and read by no command; or the list of a site
        states.add("old" if data == b"old" else "new" if data == truth.get(name) else f"half {name}")
    return sorted(states)


def _files() -> dict[str, bytes]:
    return {str(path.relative_to("made")): path.read_bytes() for path in Path("made").rglob("*") if path.is_file()}


def _clear() -> None:
    import shutil

    shutil.rmtree("made", ignore_errors=True)
    os.mkdir("made")


if __name__ == "__main__":
    _how, _given = sys.argv[1], json.load(sys.stdin)
    _kept = os.dup(1)  # children write elsewhere
    if _how == "run":
        for _one in dict.fromkeys(tuple(job[0]) for job in _given):
            _warm(_one)
    _found = [_run(Job(*one)) if _how == "run" else _kill(tuple(one)) for one in _given]
    os.write(_kept, json.dumps(_found).encode())
