"""Every specimen of samples/: the invariants, the golden tree, and the facts that its author wrote down.

A tree is a picture of everything the parser says of a specimen; ``--update-samples`` draws it again. The facts
are hand-made and never rewritten: where they and the parser differ, one of them is wrong.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import facts
from checks import check_report
from tipreport import api
from tipreport.exporters import View, tree
from tipreport.inputs import open_source
from tipreport.model import Report

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = sorted(path.relative_to(SAMPLES).with_suffix("").as_posix() for path in SAMPLES.rglob("*.txt"))

# Facts that the parser is known to miss: each is a fault to mend, and mending it must take its lines out here.
KNOWN: dict[str, set[str]] = {}


@cache
def parsed(name: str) -> tuple[Report, str]:
    """The report of a specimen and its text."""
    source = open_source(str(SAMPLES / f"{name}.txt"))
    report = api.parse(source.text, name=f"{name}.txt")
    return report, source.text


def test_there_are_specimens() -> None:
    """The folder is where we look, and each specimen has its facts."""
    assert len(NAMES) >= 10
    assert [name for name in NAMES if not (SAMPLES / f"{name}.facts.json").is_file()] == []


@pytest.mark.parametrize("name", NAMES)
def test_invariants(name: str) -> None:
    """A specimen breaks no invariant, and no part of it is left unclaimed."""
    report, text = parsed(name)
    check_report(report, text)
    assert [block.kind for block in report.blocks if block.kind == "unparsed"] == []


@pytest.mark.parametrize("name", NAMES)
def test_tree(name: str, request: pytest.FixtureRequest) -> None:
    """The tree is the golden one."""
    report, _ = parsed(name)
    drawn = tree.render(report, View())
    golden = SAMPLES / f"{name}.tree"
    if request.config.getoption("--update-samples"):
        golden.write_text(drawn, encoding="utf-8", newline="\n")
    assert golden.is_file(), "no golden tree; draw it with --update-samples and read it"
    assert drawn.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def test_no_orphans(request: pytest.FixtureRequest) -> None:
    """Every golden tree belongs to a specimen."""
    orphans = [path for path in sorted(SAMPLES.rglob("*.tree")) if path.relative_to(SAMPLES).with_suffix("").as_posix() not in NAMES]
    if request.config.getoption("--clean-samples"):
        for path in orphans:
            path.unlink()
        orphans = []
    assert [path.name for path in orphans] == [], "remove them with --clean-samples"


@pytest.mark.parametrize("name", NAMES)
def test_facts(name: str) -> None:
    """What the author of a specimen knows to be true of it is what the parser says, no more and no less."""
    report, _ = parsed(name)
    scores = facts.compare(report, facts.load(SAMPLES / f"{name}.facts.json"))
    assert set(facts.differences(scores)) == KNOWN.get(name, set())


@pytest.mark.parametrize("name", NAMES)
def test_facts_are_in_the_text(name: str) -> None:
    """The first and last words that a file of facts gives stand in its specimen: the facts are not about another text."""
    told = facts.load(SAMPLES / f"{name}.facts.json")
    assert told["report"] == f"{Path(name).name}.txt"
    whole = facts.bare(parsed(name)[1])
    for kind in ("recommendations", "paragraphs", "footnotes"):
        for row in told.get(kind, []):
            assert facts.bare(row["first"]) in whole, f"{kind} {row}"
            assert facts.bare(row["last"].split()[-1]) in whole, f"{kind} {row}"
