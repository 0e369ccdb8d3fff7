"""Families: which profile a masthead chooses, a new one in one file as the documents show it, real reports of each."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tipreport
from tipreport import api, profiles, registry
from tipreport.inputs import open_source

ROOT = Path(__file__).parents[1]
REPORTS = Path(os.environ.get("TIPREPORT_REPORTS", "/nonexistent"))


@pytest.mark.parametrize(
    ("symbol", "body", "title", "name"),
    [
        ("CTOC/COP/WG.4/2020/4", None, None, "wg_trafficking"),
        (None, "Working Group on Trafficking in Persons", "Draft report", "wg_trafficking"),
        ("CAC/COSP/IRG/2030/9", "Implementation Review Group", None, "corruption"),
        ("A/HRC/28/2", "Human Rights Council", "Report of the Human Rights Council on its twenty-eighth session", "human_rights_council"),
        ("A/HRC/28/15", "Human Rights Council", "Report of the Working Group on the Universal Periodic Review", "periodic_review"),
        ("CEDAW/C/KGZ/CO/21", None, None, "treaty_bodies"),
        (None, "Committee against Torture", None, "treaty_bodies"),
        ("E/C.12/KGZ/CO/9", None, None, "treaty_bodies"),
        ("FCCC/SBI/2019/20", "Subsidiary Body for Implementation", None, "climate"),
        (
            "FCCC/KP/CMP/2018/8/Add.1",
            "Conference of the Parties serving as the meeting of the Parties to the Kyoto Protocol",
            None,
            "climate",
        ),
        ("CBD/COP/15/17", "Conference of the Parties to the Convention on Biological Diversity", None, "conferences_of_parties"),
        ("A/CONF.232/2023/2", None, None, "conferences"),
        ("A/77/454", None, "Report of the Third Committee", "general_assembly"),
        ("E/2022/30", None, None, "economic_social_council"),
        ("UNEP/EA.5/28", "United Nations Environment Assembly", None, "environment_assembly"),
        ("ECE/TRANS/SC.9/2022/1", "Working Party on Inland Ferry Landings", "Report of the meeting", "generic"),
        (None, None, None, "generic"),
    ],
)
def test_choice(symbol: str | None, body: str | None, title: str | None, name: str) -> None:
    """Title before symbol before body; the longest beginning of a symbol wins."""
    assert profiles.choose(symbol, body, title).name == name


def test_values() -> None:
    """Each profile bears the name of its file, is no other's double, and has a line in the documents."""
    told = (ROOT / "docs" / "families.md").read_text("utf-8")
    for name in registry.names("profiles"):
        profile = profiles.load(name)
        assert profile.name == name
        assert f"| `{name}` |" in told
        assert all(pattern == pattern.lower() for pattern in (*profile.body_patterns, *profile.title_patterns)), name
        if profile.recommendation_sections:
            re.compile(profile.recommendation_sections)
    assert set(re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE)) - {"supported", "noted", "rejected", "examined"} == set(
        registry.names("profiles")
    )


def test_a_new_family_in_one_file(tmp_path: Path) -> None:
    """The worked example of the documents: its file beside the others is all that is needed."""
    told = (ROOT / "docs" / "extend.md").read_text("utf-8")
    part = told[told.index("## A body, worked") :]
    code = re.search(r"```python\n(.*?)```", part, re.DOTALL)
    text = re.search(r"```text\n(.*?)```", part, re.DOTALL)
    assert code and text
    shutil.copytree(Path(tipreport.__file__).parent, tmp_path / "tipreport", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "report.txt").write_text(text[1], "utf-8")

    def parsed() -> tuple[list[str], list[str]]:
        done = subprocess.run(
            [sys.executable, "-m", "tipreport", "parse", "report.txt", "--json"],
            cwd=tmp_path, capture_output=True, check=True, timeout=60, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        )  # fmt: skip
        report = json.loads(done.stdout)
        return [one["number"] for one in report["recommendations"]], [one["capacity"] for one in report["statements"]]

    assert parsed() == ([], ["other"])
    (tmp_path / "tipreport" / "profiles" / "inland_harbours.py").write_text(code[1], "utf-8")
    assert parsed() == (["4"], ["member"])


def test_cites_tell_decisions_apart() -> None:
    """Paragraphs of one number in several decisions, and in their annexes, have cites of their own."""
    text = (
        "Decision 1/CP.9\n\nBuoys\n\nThe Conference of the Parties,\n\n1. Adopts the annex.\n\nAnnex\n\nList of buoys\n\n1. The red ones.\n\n"
        "Decision 2/CP.9\n\nBells\n\nThe Conference of the Parties,\n\n1. Decides to ring the bells.\n"
    )
    cites = [one.cite for one in api.parse(text, name="x").paragraphs]
    assert cites == ["x, decision 1/CP.9, para. 1", "x, decision 1/CP.9, annex, para. 1", "x, decision 2/CP.9, para. 1"]


def test_an_addendum_answers_by_number(tmp_path: Path) -> None:
    """Merged with its report, an addendum tells the position of each number, range and bare number."""
    wishes = "".join(f"26.{n} Count the buoys of harbour {n} (Spain);\n\n" for n in range(1, 10))
    (tmp_path / "a.txt").write_text(
        "United Nations\nA/HRC/70/27\n\nReport of the Working Group on the Universal Periodic Review\n\nII. Conclusions and/or recommendations\n\n"
        f"26. The recommendations listed below will be examined by Marenia:\n\n{wishes}27. They express the position of the States.\n",
        "utf-8",
    )
    (tmp_path / "b.txt").write_text(
        "United Nations\nA/HRC/70/27/Add.1\n\nReport of the Working Group on the Universal Periodic Review\n\nAddendum\n\n"
        "1. Marenia accepts recommendations 26.1–26.2 and 26.4 and notes 26.3.\n\n2. For the time being, Marenia does not accept the recommendations 5 and\n6.\n\n"
        "3. Other recommendations:\n26.7 Noted. There is no harbour.\n26.8 Partially supported.\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "tipreport", "parse", "a.txt", "b.txt", "--merge", "--json"],
        cwd=tmp_path, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert [(one["number"], one["position"]) for one in report["recommendations"]] == [
        ("26.1", "supported"), ("26.2", "supported"), ("26.3", "noted"), ("26.4", "supported"), ("26.5", "rejected"), ("26.6", "rejected"),
        ("26.7", "noted"), ("26.8", "examined"), ("26.9", "examined"),
    ]  # fmt: skip


@pytest.mark.skipif(not REPORTS.is_dir(), reason="TIPREPORT_REPORTS names no folder of real reports")
class TestReal:
    """Reports of the families as they were published."""

    def test_decisions_of_a_conference(self) -> None:
        """Every decision ends where the next begins; every cite is of one paragraph."""
        report = api.parse_source(open_source(str(REPORTS / "CMP2018_14_Decisions_1_to_5.txt")))
        assert [(one.number, len(one.paragraphs)) for one in report.decisions] == [
            ("1/CMP.14", 6), ("2/CMP.14", 11), ("3/CMP.14", 4), ("4/CMP.14", 5), ("5/CMP.14", 17), ("1/CMP.14", 2),
        ]  # fmt: skip
        cites = [one.cite for one in report.paragraphs if one.number]
        assert len(cites) == len(set(cites)) == 45
        assert [one.label for one in report.sections][4:8] == ["decision-4-cmp-14.I", "decision-4-cmp-14.II", "annex", "decision-5-cmp-14"]

    def test_tables_of_a_session(self) -> None:
        """Part one of a session report lists 34 resolutions, 14 decisions and 3 statements."""
        pytest.importorskip("pypdfium2")
        report = api.parse_source(open_source(str(REPORTS / "A_HRC_28_2.pdf")))
        numbers = [one.number for one in report.decisions]
        assert numbers == [
            *(f"28/{n}" for n in range(1, 35)), *(f"28/{n}" for n in range(101, 115)), "PRST/28/1", "PRST/28/2", "PRST/28/3",
        ]  # fmt: skip
        assert report.decisions[9].title == "The right to food"

    @pytest.mark.parametrize(("name", "count"), [("A_HRC_14_15.pdf", 97), ("A_HRC_28_15.pdf", 163), ("A_HRC_28_15_Add.1.pdf", 0)])
    def test_periodic_review(self, name: str, count: int) -> None:
        """Every recommendation has a State that made it, and waits for an answer."""
        pytest.importorskip("pypdfium2")
        report = api.parse_source(open_source(str(REPORTS / name)))
        assert len(report.recommendations) == count
        assert all(one.proposed_by for one in report.recommendations)
        assert {one.position for one in report.recommendations} <= {"examined"}

    def test_an_addendum(self) -> None:
        """The addendum says of itself that it accepts 142 recommendations and notes 21."""
        pytest.importorskip("pypdfium2")
        done = subprocess.run(
            [sys.executable, "-m", "tipreport", "parse", "A_HRC_28_15.pdf", "A_HRC_28_15_Add.1.pdf", "--merge", "--json"],
            cwd=REPORTS, capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        told = [one["position"] for one in json.loads(done.stdout)["recommendations"]]
        assert (told.count("supported"), told.count("noted"), len(told)) == (142, 21, 163)
