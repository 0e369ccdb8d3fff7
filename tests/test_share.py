"""The manual pages and completions that the wheel installs are those of the command line, and work."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from command import ROOT, SCRIPT, SECONDS, Shell, environment
from tipreport.cli.app import COMMANDS

SHARE = ROOT / "share"
PAGES = sorted((SHARE / "man/man1").glob("*.1"))


def checked(tools: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """What the maker says of the files beside it."""
    return subprocess.run(
        [sys.executable, str(tools / "share.py"), "--check"],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_the_files_are_what_the_maker_makes(tmp_path: Path) -> None:
    """Run ``python tools/share.py`` where this fails."""
    done = checked(ROOT / "tools", tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_what_differs_is_named(tmp_path: Path) -> None:
    for name in ("tools", "share"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "share/man/man1/tipreport-old.1").write_text("of a command that is gone", "utf-8")
    page = tmp_path / "share/man/man1/tipreport-who.1"
    page.write_text(page.read_text("utf-8").replace("State", "Land"), "utf-8")
    (tmp_path / "share/fish/vendor_completions.d/tipreport.fish").unlink()
    done = checked(tmp_path / "tools", tmp_path)
    assert done.returncode == 1
    assert re.findall(r"[\w.-]+(?= is not)", done.stdout) == ["tipreport.fish", "tipreport-old.1", "tipreport-who.1"]


def test_there_is_a_page_a_command() -> None:
    assert {page.stem for page in PAGES} == {"tipreport", *(f"tipreport-{name}" for name in COMMANDS)}


def rendered(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """A page as plain text, and the warnings of the program that sets it."""
    if not shutil.which("groff"):
        pytest.skip("groff is not installed: the pages cannot be set")
    return subprocess.run(
        ["groff", "-man", "-P-c", "-P-b", "-P-u", "-Tutf8", "-rLL=200n", *options, str(page)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=True,
    )


@pytest.mark.parametrize("page", [pytest.param(page, id=page.stem) for page in PAGES])
def test_a_page_can_be_set_and_has_its_sections(page: Path) -> None:
    done = rendered(page, "-ww")
    assert done.stderr == ""
    for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "EXAMPLES", "SEE ALSO"):
        assert re.search(rf"(?m)^{section}$", done.stdout), section


@pytest.mark.parametrize("name", ["search", "check", "index"])
def test_a_page_says_what_the_help_says(shell: Shell, name: str) -> None:
    told = [shell(name, "--help").out]
    if name == "index":
        told += [shell(name, one, "--help").out for one in re.findall(r"(?m)^  (\w+) ", told[0].partition("Commands:")[2])]
        assert len(told) > 5
    page = " ".join(rendered(SHARE / f"man/man1/tipreport-{name}.1").stdout.split())
    for text in told:
        for option in re.findall(r"(?m)^  ((?:-\w, )?--[\w-]+)", text):
            assert option in page
        for example in re.findall(r"(?m)^  (tipreport .*)", text):
            assert example in page


def test_signs_that_troff_knows_come_out(tmp_path: Path) -> None:
    roff = runpy.run_path(str(ROOT / "tools/share.py"))["roff"]
    text = ".a \\n 'b' --c `d` ^e ~f – é “g”"
    page = tmp_path / "a.1"
    page.write_text(f".TH A 1\n.SH B\n{roff(text)}\n", "utf-8")
    assert text in rendered(page).stdout


def test_the_wheel_installs_them() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert built["shared-data"] == {"share": "share"}


def test_bash_completes_with_the_file(tmp_path: Path) -> None:
    script = (
        'source "$1"; COMP_WORDS=(tipreport parse --js); COMP_CWORD=2; _tipreport_completion tipreport; echo "${COMPREPLY[@]}";'
        " complete -p tipreport"
    )
    env = {**environment(tmp_path), "PATH": f"{Path(SCRIPT).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", script, "bash", str(SHARE / "bash-completion/completions/tipreport")],
        env=env,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    assert done.stdout.splitlines()[0] == "--json --jsonl"
    assert "_tipreport_completion tipreport" in done.stdout


@pytest.mark.parametrize(
    ("kind", "place"), [("zsh", "zsh/site-functions/_tipreport"), ("fish", "fish/vendor_completions.d/tipreport.fish")]
)
def test_other_shells_can_read_theirs(kind: str, place: str) -> None:
    assert "_TIPREPORT_COMPLETE" in (SHARE / place).read_text("utf-8")
    if shutil.which(kind):
        subprocess.run([kind, "-n", str(SHARE / place)], check=True, timeout=SECONDS)
