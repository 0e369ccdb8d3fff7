"""The worked examples of docs/extend.md: a file beside the others is all that is needed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tipreport
from command import ROOT, SAMPLES, SECONDS

PAGE = (ROOT / "docs/extend.md").read_text("utf-8")


def example(title: str) -> str:
    """The code below a heading."""
    found = re.search(r"```python\n(.*?)```", PAGE[PAGE.index(f"## {title}\n") :], re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with the examples in it."""
    folder = tmp_path_factory.mktemp("extended")
    shutil.copytree(Path(tipreport.__file__).parent, folder / "tipreport", ignore=shutil.ignore_patterns("__pycache__"))
    for place, title in (
        ("rules/style_and_or.py", "A rule, worked"),
        ("inputs/minutes.py", "A reader, worked"),
        ("exporters/strengths.py", "An exporter, worked"),
    ):
        assert not (folder / "tipreport" / place).exists()
        (folder / "tipreport" / place).write_text(example(title), "utf-8")
    return folder


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    """What a command says."""
    done = subprocess.run(
        [sys.executable, "-m", "tipreport", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def test_a_rule(extended: Path) -> None:
    script = (
        "from tipreport import registry; from tipreport.linting import engine; from tipreport.api import parse_source\n"
        "from tipreport.config import Config; from tipreport.spans import Source\n"
        "rule = registry.load('rules', 'style_and_or')\n"
        "def found(text):\n"
        "    source = Source(text, name='a.txt')\n"
        "    own = engine.chosen((rule.CODE,))\n"
        "    return [text[s.start:s.end] for one in engine.check(parse_source(source, Config()), source, Config(), own, path='a') for s in one.spans]\n"
        "assert [found(text) for text in rule.EXAMPLES] == list(rule.EXAMPLES.values())\n"
        "assert not any(map(found, rule.COUNTEREXAMPLES))\n"
    )
    subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(extended)}, timeout=SECONDS, check=True)
    (extended / "a.txt").write_text("1. States should train judges and/or\nprosecutors.\n", "utf-8")
    assert "a.txt:1:31: info style/and-or" in run(extended, "check", "a.txt", "--select", "style", code=1)
    assert "The words" in run(extended, "check", "--explain", "style/and-or")


def test_a_reader(extended: Path) -> None:
    folder = extended / "many"
    folder.mkdir()
    (folder / "a.minutes").write_text("MINUTES/1\nOpening of the meeting\n---\n1. The Chair opened the meeting.\n", "utf-8")
    (folder / "b.minutes").write_text("MINUTES/1\nNothing", "utf-8")
    told = run(extended, "parse", "many", "--json", code=2)
    assert '"title": "Opening of the meeting"' in told
    assert '"text": "The Chair opened the meeting."' in told
    assert '"media_type": "text/x-minutes"' in told
    assert "b.minutes: is a file of minutes without a text" in told
    assert "put a line of three dashes" in told


def test_an_exporter(extended: Path) -> None:
    told = run(extended, "parse", str(SAMPLES / "wg4-final-report.txt"), "--to", "strengths").splitlines()
    assert told[0] == "CTOC/COP/WG.4/2021/29, recommendation 1: should (6)"
    assert len(told) == 9
    run(extended, "parse", str(SAMPLES / "wg4-final-report.txt"), "-o", "a.strengths")
    assert (extended / "a.strengths").read_text("utf-8").splitlines() == told
