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
NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))

# Facts that the parser is known to miss: each is a fault to mend, and mending it must take its lines out here.
KNOWN: dict[str, set[str]] = {
    "conference-footnotes-annex": {
        "footnotes_held: extra 3 / None",
        "footnotes_held: missing 3 / 11",
    },
    "cop-decisions": {
        "attendance: missing 5 / observer / organizations ['fao']",
        "attendance: missing 5 / observer / organizations ['icimod']",
    },
    "generic-minimal": {
        "attendance: missing 4 / observer / organizations ['danubecommission']",
        "attendance: missing 4 / observer / organizations ['europeanfederationofinlandports']",
    },
    "hrc-session": {
        "attendance: extra None / observer_state / organizations ['caritas', 'caritasinternationalis']",
        "attendance: extra None / observer_state / organizations ['europeanunion']",
        "attendance: extra None / observer_state / organizations ['franciscans', 'franciscansinternational']",
        "attendance: extra None / observer_state / organizations ['intergovernmentalorganizations']",
        "attendance: extra None / observer_state / organizations ['internationalorganizationoflafrancophonie', 'oif']",
        "attendance: extra None / observer_state / organizations ['nongovernmentalorganizations']",
        "attendance: extra None / observer_state / organizations ['otherentities']",
        "attendance: extra None / observer_state / organizations ['pacificislandsforum', 'pif']",
        "attendance: extra None / observer_state / organizations ['savechild', 'savethechildren']",
        "attendance: extra None / observer_state / organizations ['smom', 'sovereignmilitaryorderofmalta', 'sovereignorderofmalta']",
        "attendance: extra None / observer_state / organizations ['specializedagenciesandrelatedorganizations']",
        "attendance: extra None / observer_state / organizations ['terredeshommesinternationalfederation', 'terredh']",
        "attendance: extra None / observer_state / organizations ['unicef', 'unitednationschildrensfund']",
        "attendance: extra None / observer_state / organizations ['who', 'worldhealthorganization']",
        "attendance: extra None / observer_state / organizations ['worldfederationofvillageschools']",
        "attendance: missing None / igo / organizations ['europeanunion']",
        "attendance: missing None / igo / organizations ['internationalorganizationoflafrancophonie']",
        "attendance: missing None / igo / organizations ['pacificislandsforum']",
        "attendance: missing None / ngo / organizations ['caritasinternationalis']",
        "attendance: missing None / ngo / organizations ['franciscansinternational']",
        "attendance: missing None / ngo / organizations ['savethechildren']",
        "attendance: missing None / ngo / organizations ['terredeshommesinternationalfederation']",
        "attendance: missing None / ngo / organizations ['worldfederationofvillageschools']",
        "attendance: missing None / other / organizations ['sovereignmilitaryorderofmalta']",
        "attendance: missing None / specialized_agency / organizations ['worldhealthorganization']",
        "attendance: missing None / un_entity / organizations ['unitednationschildrensfund']",
        "statements: extra 13 / other / groups ['coordinatoroftheatollyouthnetworkmariyamshifa']",
        "statements: extra 13 / other / groups ['memberofthecommitteeontherightsofthechildbichngoctrinh']",
        "statements: extra 13 / other / groups ['professorofpublicinternationallawattheuniversityofthesouthpacificsalesitupoufonua']",
    },
    "upr-working-group": {
        "attendance: extra None / other / organizations ['delegationofmareniawasheadedbyilsevargatomlinministerforjusticeand']",
        "attendance: missing None / other / person / ilsevargatomlin",
        "positions_of_recommendations: missing 25.1 / supported",
        "positions_of_recommendations: missing 25.10 / supported",
        "positions_of_recommendations: missing 25.11 / supported",
        "positions_of_recommendations: missing 25.2 / supported",
        "positions_of_recommendations: missing 25.3 / supported",
        "positions_of_recommendations: missing 25.4 / supported",
        "positions_of_recommendations: missing 25.5 / supported",
        "positions_of_recommendations: missing 25.6 / supported",
        "positions_of_recommendations: missing 25.7 / supported",
        "positions_of_recommendations: missing 25.8 / supported",
        "positions_of_recommendations: missing 25.9 / supported",
    },
    "wg4-final-report": {
        "attendance: extra 27 / signatory / NPL",
        "attendance: extra 27 / signatory / YEM",
        "attendance: missing 27 / observer_state / NPL",
        "attendance: missing 27 / observer_state / YEM",
    },
}


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
    orphans = [path for path in sorted(SAMPLES.glob("*.tree")) if path.stem not in NAMES]
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
    assert told["report"] == f"{name}.txt"
    whole = facts.bare(parsed(name)[1])
    for kind in ("recommendations", "paragraphs", "footnotes"):
        for row in told.get(kind, []):
            assert facts.bare(row["first"]) in whole, f"{kind} {row}"
            assert facts.bare(row["last"].split()[-1]) in whole, f"{kind} {row}"
