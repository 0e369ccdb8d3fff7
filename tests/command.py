"""The console script as a user runs it: a process of its own, a clean environment, bytes in and out."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import re
import select
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
SCRIPT = str(Path(sys.executable).with_name("tipreport"))
SECONDS = 60  # nothing here takes longer; a command that hangs is a failure

# What a terminal would obey: controls but tab and line ends, C1, marks of direction.
ACTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OWN = re.compile("\x1b\\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended and what it wrote."""

    code: int
    raw: bytes
    err_raw: bytes

    @property
    def out(self) -> str:
        """Standard output, which is UTF-8 whatever the locale."""
        return self.raw.decode("utf-8")

    @property
    def err(self) -> str:
        """Standard error."""
        return self.err_raw.decode("utf-8")


def environment(home: Path, extra: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """The environment of the tests without what changes the tool's ways; None takes a name out.

    Byte code is kept, as an installed package has it: a start that compiles the sources anew takes half as long again.
    """
    drop = re.compile(
        r"TIPREPORT_|_?TYPER_|_TIPREPORT|PYTHON(IOENCODING|UTF8|DONTWRITEBYTECODE)|LC_|LANG|XDG_|(NO|FORCE)_COLOR$|COLUMNS$|LINES$|TERM$"
    )
    env = {key: value for key, value in os.environ.items() if not drop.match(key)}
    env |= {"HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8"}
    for key, value in (extra or {}).items():
        if value is None:
            env.pop(key, None)
        else:
            env[key] = value
    return env


_KNOWN: dict[object, Result] = {}


@dataclass(frozen=True, slots=True)
class Shell:
    """A folder to run in, with a home of its own beside it."""

    folder: Path
    home: Path

    def __call__(self, *arguments: str | bytes, stdin: bytes = b"", env: Mapping[str, str | None] | None = None) -> Result:
        """Run ``tipreport`` with standard input from a pipe.

        A command that writes no file gives the same result in folders that hold the same; it is run once.
        """
        writes = any(one in {"-o", "--output"} for one in arguments)
        key = (arguments, stdin, tuple(sorted((env or {}).items())), self.state())
        if writes or key not in _KNOWN:
            done = subprocess.run(
                [SCRIPT, *arguments],
                cwd=self.folder,
                env=environment(self.home, env),
                input=stdin,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
            _KNOWN[key] = Result(done.returncode, done.stdout, done.stderr)
        return _KNOWN[key]

    def state(self) -> int:
        """A number for the files in the folder and the home, and what they hold."""
        found: set[tuple[str, bytes]] = set()
        for at in (self.folder, self.home):
            for base, folders, files in os.walk(at):
                inside = os.path.relpath(base, at)
                found |= {(f"{inside}/{name}/", b"") for name in folders}
                for name in files:
                    path = os.path.join(base, name)
                    found.add((f"{inside}/{name}", Path(path).read_bytes() if os.path.isfile(path) else b"?"))
        return hash(frozenset(found))

    def line(self, command: str, env: Mapping[str, str | None] | None = None) -> Result:
        """Run a line of bash, in which ``tipreport`` is the console script."""
        script = f"set -o pipefail; tipreport() {{ '{SCRIPT}' \"$@\"; }}; {command}"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=environment(self.home, env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def terminal(self, *arguments: str, columns: int = 100, env: Mapping[str, str | None] | None = None, errors: bool = False) -> Result:
        """Run with stdin and stdout on a pseudo-terminal; stderr goes to a pipe, with ``errors`` to the terminal too."""
        master, slave = os.openpty()
        try:
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            with subprocess.Popen(
                [SCRIPT, *arguments],
                cwd=self.folder,
                env=environment(self.home, env),
                stdin=slave,
                stdout=slave,
                stderr=slave if errors else subprocess.PIPE,
                start_new_session=True,
            ) as process:
                os.close(slave)
                slave = -1
                try:
                    out = b"".join(_chunks(master))
                    err = process.stderr.read() if process.stderr else b""
                    code = process.wait(SECONDS)
                finally:
                    process.kill()
            return Result(code, out.replace(b"\r\n", b"\n"), err)
        finally:
            os.close(master)
            if slave >= 0:
                os.close(slave)


def _chunks(master: int) -> Iterator[bytes]:
    while True:
        ready, _, _ = select.select([master], [], [], SECONDS)
        if not ready:
            raise TimeoutError("the command waits at the terminal")
        try:
            chunk = os.read(master, 65536)
        except OSError as error:
            if error.errno == errno.EIO:  # the other side closed
                return
            raise
        if not chunk:
            return
        yield chunk


def inside(*arguments: str, folder: Path | None = None, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Result:
    """The command line within this process: many times faster, for what does not depend on a process of its own.

    ``folder`` is the one to work in, ``env`` the whole environment; what is left out stays as it is.
    """
    from tipreport.cli.run import run

    streams = sys.stdin, sys.stdout, sys.stderr
    place, variables = os.getcwd(), dict(os.environ)
    sys.stdin, sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (stdin, b"", b""))
    out, err = sys.stdout.buffer, sys.stderr.buffer
    try:
        if folder is not None:
            os.chdir(folder)
        if env is not None:
            os.environ.clear()
            os.environ.update(env)
        code = run([*arguments])
        sys.stdout.flush()
        sys.stderr.flush()
        return Result(code, out.getvalue(), err.getvalue())
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        os.chdir(place)
        os.environ.clear()
        os.environ.update(variables)


def plain(text: str) -> str:
    """Text without the colours that the tool itself sets."""
    return _OWN.sub("", text)


def quiet_terminal(text: str) -> None:
    """No character in the text acts on a terminal."""
    found = ACTING.search(text)
    assert found is None, f"{found.group()!r} in {text[max(0, found.start() - 40) : found.end() + 40]!r}"


def one_error(result: Result, *words: str) -> None:
    """Exit status 2, and one line on stderr that names the words (a hint may stand below it)."""
    lines = result.err.splitlines()
    assert result.code == 2, (result.code, result.err)
    assert "Traceback" not in result.err
    assert "a fault of tipreport" not in result.err
    assert len(lines) in {1, 2}, result.err
    assert lines[0].startswith("tipreport: error: "), result.err
    assert all(line.startswith("  hint: ") for line in lines[1:]), result.err
    for word in words:
        assert word in result.err, (word, result.err)
