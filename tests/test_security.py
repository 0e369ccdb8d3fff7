"""What SECURITY.md promises: no network, no other program, nothing written but what was asked for; every promise has a test."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command import ROOT, SAMPLES, SCRIPT, SECONDS, environment
from tipreport import guard, inputs
from tipreport.errors import InputError
from tipreport.inputs import html, legacy, pdf, text
from tipreport.markup import html_bounds, office, package
from tipreport.search import engine

PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
DRAFT, FINAL = "wg4-draft-addendum.txt", "wg4-final-report.txt"

# Put on the path of a process under this name, it is run first: it notes what Python is about to do.
SPY = """
import os, sys
_NOTES = os.environ["NOTES"]
_OUT = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request",
        "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn", "webbrowser.open"}
_CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate", "sqlite3.connect"}

def _note(line):
    file = os.open(_NOTES, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(file, line.encode("utf-8", "replace") + b"\\n")
    os.close(file)

_busy = []
def _spy(event, arguments):
    if _busy:
        return
    _busy.append(1)
    try:
        if event in _OUT:
            _note(f"out\\t{event}\\t{arguments!r:.200}")
        elif event == "os.remove" and arguments[1] != -1:
            pass  # in a folder that is open: of one that is taken away as a whole
        elif event in _CHANGES:
            name, _, mode = str(arguments[0]).removeprefix("file:").partition("?")
            if "mode=ro" not in mode:
                _note(f"write\\t{event}\\t{name}")
        elif event == "open" and isinstance(arguments[0], (str, bytes)) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            _note(f"write\\t{event}\\t{os.fsdecode(arguments[0])}")
    finally:
        _busy.clear()

_note("begun\\t\\t")
sys.addaudithook(_spy)
"""

# Every command in its turn, and which files or folders it was asked to write.
RUNS: tuple[tuple[str, ...], ...] = (
    ("parse", DRAFT, "--json", "-o", "out/a.json"),
    ("parse", ".", "--jobs", "2", "--jsonl", "-o", "out/all.jsonl"),
    ("index", "add", DRAFT, FINAL, "--index", "out/un.db"),
    ("search", "labour", "--index", "out/un.db"),
    ("who", "--balance", "--index", "out/un.db"),
    ("stats", "--index", "out/un.db", "-o", "out/s.html"),
    ("diff", DRAFT, FINAL, "-o", "out/changes.docx"),
    ("trace", "--promises", DRAFT, FINAL),
    ("compile", FINAL, "-o", "out/index.html"),
    ("check", DRAFT, "--fix", "-o", "out/fixed.txt"),
    ("verify", "--at", "para. 4", DRAFT),
    ("eval", "--make", FINAL, "-o", "out/gold.json"),
    ("eval", "--gold", "out/gold.json", "--reports", "."),
    ("export", DRAFT, "-o", "out/a.xlsx"),
    ("export", "--index", "out/un.db", "--to", "site", "-o", "out/site/"),
    ("schema", "-o", "out/schema.json"),
)
ASKS = b"http://127.0.0.1:9/x"


def asking_pdf() -> bytes:
    """A file whose first deed is to ask for a page, then to start a program."""
    deeds = b"<</S/URI/URI(%s)/Next<</S/Launch/F(/bin/touch)/P(made)>>>>" % ASKS
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction%s>>" % deeds,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length 45>>\nstream\nBT /F1 12 Tf 72 700 Td (1. It was opened.) Tj ET \nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    return (
        b"%PDF-1.7\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in enumerate(bodies, 1))
        + b"trailer\n<</Size 6/Root 1 0 R>>\n%%EOF\n"
    )


def test_no_command_goes_out_starts_a_program_or_writes_elsewhere(tmp_path: Path) -> None:
    spy, home, temporary, folder = (tmp_path / name for name in ("spy", "home", "tmp", "d"))
    for one in (spy, home, temporary, folder, folder / "out"):
        one.mkdir()
    (spy / "sitecustomize.py").write_text(SPY, "utf-8")
    for name in (DRAFT, FINAL):
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    (folder / "asks.html").write_bytes(b"<!DOCTYPE html><html><link rel=stylesheet href=%s><p>1. It was opened.<img src=%s>" % (ASKS, ASKS))
    (folder / "asks.pdf").write_bytes(asking_pdf())
    notes = tmp_path / "notes"
    more = {
        "PYTHONPATH": str(spy),
        "NOTES": str(notes),
        "TMPDIR": str(temporary),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    before = {path: path.read_bytes() for path in folder.glob("*.*")}
    for arguments in RUNS:
        done = subprocess.run(
            [SCRIPT, *arguments], cwd=folder, env=environment(home, more), stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS
        )
        assert done.returncode in {0, 1}, (arguments, done.stderr.decode())
    told = [line.split("\t") for line in notes.read_text("utf-8").splitlines()]
    assert sum(kind == "begun" for kind, _, _ in told) >= len(RUNS), "the spy was there"
    assert not [one for one in told if one[0] == "out"]
    wrote = {os.path.realpath(os.path.join(folder, name)) for kind, _, name in told if kind == "write" and not name.isdigit()}
    allowed = tuple(os.path.realpath(one) for one in (folder / "out", temporary))
    assert any(name.startswith(allowed[0]) for name in wrote)
    assert not [
        one for one in wrote if not any(f"{one}/".startswith(f"{place}/") for place in (*allowed, "/dev")) and ":memory:" not in one
    ]
    assert {path: path.read_bytes() for path in folder.glob("*.*")} == before
    assert not list(home.rglob("*"))
    assert not [path for path in temporary.rglob("*") if path.name.startswith("tipreport")], "what was for the time being is gone"


def test_the_spy_sees_what_it_looks_for(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SPY, "utf-8")
    deeds = (
        "import socket, subprocess\ntry: socket.create_connection(('127.0.0.1', 9), 0.1)\nexcept OSError: pass\n"
        "subprocess.run(['true'])\nopen('made', 'w').close()\n"
    )
    more = {"PYTHONPATH": str(tmp_path), "NOTES": str(tmp_path / "notes")}
    subprocess.run([sys.executable, "-c", deeds], cwd=tmp_path, env=environment(tmp_path, more), timeout=SECONDS, check=True)
    told = [line.split("\t") for line in (tmp_path / "notes").read_text("utf-8").splitlines()]
    assert {"socket.connect", "subprocess.Popen"} <= {event for kind, event, _ in told if kind == "out"}
    assert ["write", "open", "made"] in told


FAKE = """#!{python}
import json, os, pathlib, sys
profile = [one for one in sys.argv if one.startswith("-env:UserInstallation=file://")][0].partition("file://")[2]
settings = (pathlib.Path(profile) / "user/registrymodifications.xcu").read_text("utf-8")
told = dict(arguments=sys.argv[1:], settings=settings, cwd=os.getcwd(), profile=profile, env=dict(os.environ), group=os.getpgid(0), pid=os.getpid())
open({notes!r}, "w").write(json.dumps(told))
sys.exit(1)
"""


def test_libreoffice_is_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in its place notes how it is started."""
    home, temporary, notes = tmp_path / "home", tmp_path / "tmp", tmp_path / "notes.json"
    home.mkdir()
    temporary.mkdir()
    (tmp_path / "soffice").write_text(FAKE.format(python=sys.executable, notes=str(notes)), "utf-8")
    (tmp_path / "soffice").chmod(0o755)
    for name, value in (("PATH", str(tmp_path)), ("HOME", str(home)), ("TMPDIR", str(temporary))):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("tempfile.tempdir", None)
    with pytest.raises(InputError, match="cannot convert"):
        inputs.decode(b"{\\rtf1 1. Opened.}", "a.rtf")
    told = json.loads(notes.read_text("utf-8"))
    own = told["cwd"]
    assert own.startswith(os.path.realpath(temporary))
    assert told["profile"].startswith(own)
    assert told["env"]["HOME"] == own
    assert told["env"]["TMPDIR"] == own
    assert "--headless" in told["arguments"]
    assert told["arguments"][-1].startswith(own)
    assert told["group"] == told["pid"], "it can be ended with its children"
    for setting, value in (("DisableMacrosExecution", "true"), ("MacroSecurityLevel", "3"), ("Link", "0"), ("ooInetHTTPProxyPort", "9")):
        assert re.search(rf'name="{setting}" oor:op="fuse"><value>{value}<', told["settings"]), setting
    assert not list(home.iterdir())
    assert not list(temporary.iterdir())


def test_the_bounds_of_the_page_are_those_of_the_code() -> None:
    for said in (
        f"| {inputs.MAX_BYTES >> 30} GiB |",
        f"| {text.MAX_BYTES >> 20} MiB; {text.MAX_BYTES:,} characters |",
        f"| {html.MAX_BYTES >> 20} MiB; {legacy.MAX_BYTES >> 20} MiB |",
        f"| open elements of HTML | {html_bounds.DEEPEST} |",
        f"| members of a zip file | {package.MAX_MEMBERS:,} |",
        f"| {package.MAX_PART >> 20} MiB, and {package._RATIO} times its packed size above {package._SMALL >> 20} MiB |",
        f"| {pdf._MAX_PAGES:,}; {pdf._MAX_CHARACTERS // 1_000_000} million |",
        f"| {guard.MEMORY >> 20} MB more than before; {guard.SECONDS:.0f} s of processor time |",
        f"| LibreOffice for one file | {office.SECONDS:.0f} s |",
        f"| {engine._SECONDS:.0f} s; {engine._MOST_REPEATS:,} repeats |",
    ):
        assert said in PAGE, said


def test_every_promise_names_tests_that_are_there() -> None:
    named = re.findall(r"`(tests/\w+\.py)::(test_\w+)`", PAGE)
    assert len(named) > 25
    missing = [f"{file}::{name}" for file, name in named if f"\ndef {name}(" not in (ROOT / file).read_text("utf-8")]
    assert not missing
    promises = PAGE.partition("## What is promised")[2].partition("## What is not promised")[0]
    assert promises.count("\n**") == promises.count("*Held by*")
