"""Texts that nobody would write: the invariants hold of them all, the result is always the same, the work linear.

HYPOTHESIS_PROFILE=long looks at many more of them; the usual profile is the same on every run.
"""

from __future__ import annotations

import cProfile
import hashlib
import os
import pstats
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks import check_report
from tipreport import api
from tipreport.inputs import open_source

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("ci", max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=_SLOW)
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
TEXTS = [open_source(str(path)).text for path in SAMPLES]

# What damages a text where a person, a mail program or a converter had a hand in it.
BREAKS = ["\n\n\n\n", "\f", "\n\f", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x1c"]
MARKS = ["\u00a0", "\u202f", "\u00ad", "\ufeff", "\u200b", "\u200f", "\u0301", "\ud800", "\udfff", "\x00", "\x1b", "*", "**", "_", "\t"]
PIECES = [
    "1. ", "2.", "12 bis. ", "25.1 ", "(a) ", "(i)", "(", ")", "((", "[", "“", "”", "I.", "II. ", "A. ", "Annex", "Annex II\n", "Recommendation 3\n",
    "Recommendations\n", "Contents\n", "....... 3\n", "| a | b |\n", "_______________\n", "1 A note.\n", "* A note.\n", "xx. ", "A/AC.905/1\n",
    "V.21-01234 (E)\n", "4\n", "2/6\n", "- ", "• ", "Decision 1/CP.3\n", "Attendance\n", "Members\n", "Distr.: General\n", "United Nations\n",
    "Chile", ", Norway1 (also on behalf of Denmark)", "Ms. Lima ", "speakers noted that ", "statements were made by representatives of the following: ",
    "the following panellists: ", "agenda items 2 to 900, ", "paras. 8–10 above", "light-\nhouse", "2019. The", "Part Two\n", "\n", " ", "",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A specimen after some accidents."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        deed = draw(
            st.sampled_from(["delete", "double", "swap", "cut", "head", "tail", "insert", "break", "mark", "join", "many", "noise"])
        )
        if not lines:
            lines = [""]
        line = lines[at] if at < len(lines) else ""
        if deed == "delete":
            del lines[at : at + draw(st.integers(1, 12))]
        elif deed == "double":
            lines[at:at] = lines[at : at + draw(st.integers(1, 12))]
        elif deed == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif deed == "cut":
            lines[at] = line[: draw(st.integers(0, len(line)))]
        elif deed == "head":
            lines = lines[at:]
        elif deed == "tail":
            lines = lines[: at + 1]
        elif deed == "insert":
            lines.insert(at, draw(st.sampled_from(PIECES)))
        elif deed == "join":
            lines[at : at + 2] = [" ".join(lines[at : at + 2])]
        elif deed == "many":
            lines[at] = line * draw(st.integers(2, 20))
        else:
            what = draw(st.sampled_from({"break": BREAKS, "mark": MARKS}.get(deed, PIECES)) if deed != "noise" else st.text(max_size=6))
            place = draw(st.integers(0, len(line)))
            lines[at] = line[:place] + what + line[place:]
    text = "\n".join(lines)
    ends = draw(st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"]))
    text = text.replace("\n", ends) if ends != "\n" else text
    return text.replace(" ", "\u00a0") if draw(st.integers(0, 9)) == 0 else text


def built() -> st.SearchStrategy[str]:
    """Texts made of the printed forms that the rules look for, in any order."""
    return st.lists(st.sampled_from([*PIECES, *BREAKS, *MARKS]), max_size=40).map("".join)


@given(damaged())
def test_damaged_specimens(text: str) -> None:
    """Whatever happens to a specimen, nothing is lost, doubled or misplaced."""
    check_report(api.parse(text), text)


@given(built())
def test_forms_in_any_order(text: str) -> None:
    """Labels, brackets and marks without sense break no invariant."""
    check_report(api.parse(text), text)


@given(st.text(max_size=400) | st.text(st.characters(codec=None), max_size=200))
def test_any_text(text: str) -> None:
    """Any string is accepted."""
    check_report(api.parse(text), text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "\ufeff", "\f", "\r", "\x00", "\ud800", "1.", "(", "\u2028", "*" * 50, "a" * 200_000, "1. " + "word " * 40_000],
)
def test_edges(text: str) -> None:
    """The empty text, white space alone, one mark, one very long line."""
    check_report(api.parse(text), text)


@pytest.mark.parametrize(
    "text",
    [
        "1. *",
        "the following panellists: Ms. Lima ",
        "Decision 1/CP.3\n",
        "13. It took note of: (a) the views; (b) the advice on article 4.\n1. Archives are kept.",
    ],
)
def test_texts_that_once_broke_it(text: str) -> None:
    """Shortest forms of what the tests above have found."""
    check_report(api.parse(text), text)


def test_a_point_does_not_take_the_id_of_a_recommendation() -> None:
    """Recommendations 14.2 keep their ids, and point 2 of recommendation 14 gets the next one that is free."""
    again = "Recommendation 14.2\n\nStates should keep the bells.\n\n"
    text = f"II. Recommendations\n\nRecommendation 14\n\nStates should keep: (1) the maps; (2) the logs.\n\n{again}{again}"
    report = api.parse(text)
    check_report(report, text)
    assert [one.id for one in report.recommendations] == ["rec-14", "rec-14.2", "rec-14.2~2"]
    assert [one.id for one in report.recommendations[0].points] == ["rec-14.1", "rec-14.2~3"]


@given(damaged())
@settings(max_examples=40)
def test_same_result_twice(text: str) -> None:
    """Parsing keeps no state: between two parses of a text another text is read."""
    first = api.parse(text)
    api.parse(TEXTS[0])
    assert api.parse(text) == first


def test_same_result_in_another_process() -> None:
    """The order of sets and of hashes decides nothing."""
    code = (
        "import hashlib, sys\n"
        "from tipreport import api\n"
        "from tipreport.inputs import open_source\n"
        "for path in sys.argv[1:]:\n"
        "    text = api.parse(open_source(path).text).to_json()\n"
        "    print(hashlib.sha256(text.encode('utf-8', 'backslashreplace')).hexdigest())\n"
    )
    expected = [hashlib.sha256(api.parse(text).to_json().encode("utf-8", "backslashreplace")).hexdigest() for text in TEXTS]
    for seed in ("1", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", code, *map(str, SAMPLES)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.split() == expected


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_line_ends_change_places_only(path: Path) -> None:
    """With CRLF for LF the same is found; only offsets move."""
    text = open_source(str(path)).text.replace("\r\n", "\n")
    plain, windows = api.parse(text), api.parse(text.replace("\n", "\r\n"))
    assert [unit.text for unit in plain.paragraphs] == [unit.text for unit in windows.paragraphs]
    assert [unit.text for unit in plain.recommendations] == [unit.text for unit in windows.recommendations]
    assert [(one.label, one.title) for one in plain.sections] == [(one.label, one.title) for one in windows.sections]
    assert [[state.id for state in one.states] for one in plain.statements] == [
        [state.id for state in one.states] for one in windows.statements
    ]
    assert [block.kind for block in plain.blocks] == [block.kind for block in windows.blocks]
    lines = [[(span.line, span.end_line) for block in report.blocks for span in block.spans] for report in (plain, windows)]
    assert lines[0] == lines[1]


def calls(work: Callable[[], object]) -> int:
    """How many calls of Python functions some work takes: a measure of work that no clock disturbs."""
    profile = cProfile.Profile()
    profile.enable()
    work()
    profile.disable()
    total: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return total


LINEAR = [
    "1. ", "1. Text.\n", "(a) ", "(a) text; ", "(a)\n", "((((", "Chile, ", "Recommendation 1\n", "Recommendation 1\n\nStates should act.\n\n", "on behalf of ", "“",
    "- ", "A. X\n", "I.\n", "| a | b |\n", "1\n", "1\f", "A/AC.9/1\n\f", "1 Note.\n", "_____\n1 Note.\n", "word1 ", "Contents\n", "X ..... 1\n", "Ms. A ",
    "the following panellists: A B, ", "statements were made by representatives of Chile. ", "one speaker noted, ", "25.1 Do (Chile);\n", "Annex\n",
    "Attendance\nChile\n", "ab-\ncd ", "paras. 1 and 2, ", "under agenda items 1 and 2 ", "* x\n", "Title\n\n", "Distr.: General\n", "12 bis. X.\n",
]  # fmt: skip


@pytest.mark.parametrize("line", LINEAR, ids=repr)
def test_work_is_linear(line: str) -> None:
    """Twice the text takes about twice the work, whatever is repeated."""
    api.parse(line * 3)
    size = max(40, 6000 // len(line))
    one, two = calls(lambda: api.parse(line * size)), calls(lambda: api.parse(line * 2 * size))
    assert two <= 2.4 * one + 2000, f"{size} times {line!r}: {one} calls, twice as many: {two}"
