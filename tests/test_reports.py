"""Real reports, where TIPREPORT_REPORTS names a folder that holds some: the invariants and the hand-checked facts."""

from __future__ import annotations

import os
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import facts
from checks import check_report, solid
from tipreport import api
from tipreport.inputs import open_source
from tipreport.model import Report

FOLDER = os.environ.get("TIPREPORT_REPORTS")
REPORTS = sorted(path for path in Path(FOLDER).iterdir() if path.suffix in {".txt", ".pdf", ".docx"}) if FOLDER else []
GOLD = Path(FOLDER).parent / "gold" if FOLDER else None

# What a hand check must find of each report; 1.0 is every fact and no other. "" stands for all kinds not named.
STRICT = {"": 1.0}
USUAL = {"": 0.97} | dict.fromkeys(["sections", "placed", "paragraphs", "points", "masthead"], 0.98)
WANTED = {"000": STRICT, "004": STRICT, "SBSTA2018_8__report": USUAL, "sbi2019_20": USUAL, "A_HRC_28_2_panels": USUAL, "A_HRC_28_15": USUAL}

# What a gap of a diagnostic may stand for: a number that is missing, twice there, or the first of a new series.
TOLD = {"number/gap", "number/repeated", "number/restart"}

pytestmark = pytest.mark.skipif(not REPORTS, reason="TIPREPORT_REPORTS names no folder with reports")


@cache
def parsed(path: Path) -> tuple[Report, str]:
    """A report and its text."""
    source = open_source(str(path))
    return api.parse_source(source), source.text


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name[-40:])
def test_invariants(path: Path) -> None:
    """No invariant is broken, and at most a hundredth is left unclaimed."""
    report, text = parsed(path)
    check_report(report, text)
    loose = sum(len(solid(text[span.start : span.end])) for block in report.blocks if block.kind == "unparsed" for span in block.spans)
    assert loose <= 0.01 * len(solid(text)), f"{loose} characters are unparsed"


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name[-40:])
def test_numbers_without_gaps(path: Path) -> None:
    """The paragraphs of the body are numbered one by one; where they are not, a diagnostic says so."""
    report, _ = parsed(path)
    told = {span.line for remark in report.diagnostics if remark.code in TOLD for span in remark.spans}
    series = [one for one in report.paragraphs if one.number and one.number.isdigit() and one.id.startswith("para-")]
    others = {one.number for one in report.recommendations}  # in older reports they share the numbers
    decided = {number for decision in report.decisions for number in decision.paragraphs}
    for before, after in pairwise(series):
        between = {str(n) for n in range(int(before.number or 0) + 1, int(after.number or 0))}
        rises = int(after.number or 0) > int(before.number or 0)
        if (rises and between <= others) or (decided and {before.number, after.number} & decided):
            continue
        near = set(range(after.spans[0].line - 2, after.spans[0].line + 1))
        assert told & near, (
            f"paragraph {before.number} is followed by {after.number} on line {after.spans[0].line}, and nothing tells of it"
        )


@pytest.mark.parametrize("name", WANTED)
def test_facts(name: str) -> None:
    """The hand-checked facts of a report are found."""
    assert GOLD is not None
    path = GOLD / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"no hand-checked facts of {name} beside the reports")
    told = facts.load(path)
    report, _ = parsed(Path(str(FOLDER)) / told["report"])
    scores = facts.compare(report, told, slack=0.02)
    assert scores, "nothing was compared"
    wanted = WANTED[name]
    low = {kind: round(score.f1, 4) for kind, score in scores.items() if score.f1 < wanted.get(kind, wanted[""])}
    assert not low, f"{low}\n" + "\n".join(facts.differences(scores))
