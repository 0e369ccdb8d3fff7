"""Draft parts merged to one report: nothing lost, every place right, and a ledger of what came from where."""

from __future__ import annotations

import json
import re

import pytest

from checks import check_report
from command import SAMPLES, Shell
from tipreport import parse
from tipreport.coverage import measure
from tipreport.loading import Loaded
from tipreport.merge.labels import key, printed, value
from tipreport.merge.report import merged
from tipreport.model import Report
from tipreport.select import units

DRAFT, FINAL = "wg4-draft-addendum.txt", "wg4-final-report.txt"
HEAD = "CTOC/COP/WG.4/2020/{part}\n\nConference of the Parties to the United Nations Convention against Transnational Organized Crime\n\nWorking Group on Trafficking in Persons\n\nVienna, 10 and 11 September 2020\n\nDraft report\n\n"
FIRST = (
    HEAD.format(part="L.1")
    + "I. Introduction\n\n1. The Working Group met in Vienna.\n\nIV. Organization of the meeting\n\nA. Opening\n\n2. The meeting was opened by the Chair.\n"
)
SECOND = HEAD.format(part="L.1/Add.1") + (
    "Addendum\n\nII. Recommendations (continued)\n\nA. General recommendations\n\n1. States parties should train judges in the law of trafficking.\n\n"
    "III. Summary of deliberations (continued)\n\n1. The discussion was led by the panellist Ana Silva, Judge, Supreme Court (Brazil).\n\n2. One speaker noted the need for funds.\n"
)
THIRD = HEAD.format(part="L.1/Add.2") + (
    "Addendum\n\nII. Recommendations (continued)\n\nA. General recommendations\n\n1. States parties should protect witnesses in criminal proceedings.\n\n"
    "III. Summary of deliberations (continued)\n\n1. The panellist Ms. Silva (Brazil) replied. Ms. Ana Silva, Judge, Supreme Court (Brazil), led the discussion.\n"
)


def parts(*texts: str) -> list[Loaded]:
    return [Loaded(parse(text, name=f"{number}.txt"), text) for number, text in enumerate(texts, 1)]


def remarks(report: Report) -> list[str]:
    return [remark.message for remark in report.diagnostics if remark.code.startswith("merge/")]


@pytest.mark.parametrize("renumber", [False, True])
@pytest.mark.parametrize(
    "names",
    [("L.1", "Add.1"), (DRAFT, FINAL), tuple(sorted(path.name for path in SAMPLES.glob("*.txt")))],
    ids=["made", "two samples", "all samples"],
)
def test_nothing_is_lost(names: tuple[str, ...], renumber: bool) -> None:
    """Every character of every part in one block; every object at the place where its words stand."""
    texts = [FIRST, SECOND] if names[0] == "L.1" else [(SAMPLES / name).read_text("utf-8") for name in names]
    whole = merged(parts(*texts), renumber=renumber)
    assert whole.text is not None
    assert measure(whole.report, whole.text).complete
    assert len(whole.text) == whole.report.source.characters
    assert len(units(whole.report)) == sum(len(units(parse(text))) for text in texts)
    idents = [unit.id for unit in units(whole.report)]
    assert len(idents) == len(set(idents))
    for unit in units(whole.report):
        held = "".join(whole.text[span.start : span.end] for span in unit.spans)
        assert "".join(held.split()) == "".join(unit.text.split())
        assert all(whole.text.count("\n", 0, span.start) + 1 == span.line for span in unit.spans)
    assert Report.from_json(whole.report.to_json()) == whole.report


def test_order_of_parts_and_sections() -> None:
    """Parts by addendum, whatever their order; sections by number; continued ones joined."""
    whole = merged(parts(THIRD, FIRST, SECOND)).report
    assert [part.symbol for part in whole.parts] == [f"CTOC/COP/WG.4/2020/{name}" for name in ("L.1", "L.1/Add.1", "L.1/Add.2")]
    assert [section.label for section in whole.sections] == ["I", "II", "II.A", "III", "IV", "IV.A"]
    assert [unit.text.split(" ")[3] for unit in whole.recommendations] == ["train", "protect"]
    assert (whole.masthead.symbol, whole.masthead.part) == ("CTOC/COP/WG.4/2020/L.1", None)
    assert [person.name for person in whole.panellists] == ["Ana Silva"]


def test_the_ledger() -> None:
    plain = merged(parts(FIRST, SECOND, THIRD)).report
    assert [one.id for part in plain.parts for one in part.units] == [
        "para-1",
        "para-2~2",
        "rec-1",
        "para-1~2",
        "para-2",
        "rec-1~2",
        "para-1~3",
    ]
    assert "Add.2 has II.A rec. 1 too: two different texts with one number" in remarks(plain)
    whole = merged(parts(FIRST, SECOND, THIRD), renumber=True).report
    assert [(one.was, one.id) for part in whole.parts for one in part.units] == [
        ("para-1", "para-1"), ("para-2", "para-7"), ("rec-1", "rec-2"), ("para-1", "para-4"), ("para-2", "para-5"), ("rec-1", "rec-3"), ("para-1", "para-6"),
    ]  # fmt: skip
    assert [unit.number for unit in sorted(units(whole), key=lambda unit: int(unit.number or 0))] == list("1234567")
    assert whole.recommendations[1].cite == "CTOC/COP/WG.4/2020/L.1/Add.2, recommendation 1"  # where the text can be looked up
    assert whole.panellists[0].paragraphs == ("4", "6")
    for part in whole.parts:
        assert part.start < part.end


def test_what_is_missing_and_doubled() -> None:
    found = remarks(merged(parts(SECOND, SECOND.replace("\n", "\r\n"), THIRD.replace("Add.2", "Add.4"))).report)
    assert "the first part (without Add.) was not given" in found
    assert "Add.2 was not given" in found
    assert "Add.3 was not given" in found
    assert any("is the text of" in remark and "taken once" in remark for remark in found)
    assert "II is there, I is not" in found
    repeated = THIRD + "\n2. One speaker noted the need for funds in the regions concerned.\n"
    again = remarks(merged(parts(SECOND.replace("funds.", "funds in the regions concerned."), repeated)).report)
    assert any("word for word" in remark for remark in again)
    assert not remarks(merged(parts(FIRST.replace("IV.", "II.").replace("\n2. The meeting", "\n2. The meeting"))).report)


def test_a_part_that_says_nothing_of_itself_and_one_that_came_twice() -> None:
    found = remarks(merged(parts(FIRST, SECOND, SECOND.replace("funds", "grants and funds"), "5. The Secretariat answered.\n")).report)
    assert "Add.1 was given 2 times, with different texts" in found
    assert "4.txt has no masthead that says what it is a part of" in found


def test_a_section_is_the_one_that_goes_on_nowhere() -> None:
    """A part may go on with a section that a later part begins."""
    head = SECOND.partition("II.")[0]
    whole = merged(
        parts(f"{head}II. Training (continued)\n\n2. They spoke.\n", f"{head.replace('Add.1', 'Add.2')}II. Training\n\n1. It met.\n")
    ).report
    assert [(one.label, one.title, one.continued) for one in whole.sections] == [("II", "Training", False)]


def test_numbers_through_the_parts() -> None:
    """Parts that count on are without fault; what no part has is told; a stranger too."""
    second = SECOND.replace("\n2. One", "\n5. One").replace("\n1. The", "\n4. The").replace("\n1. States", "\n3. States")
    first = FIRST.replace("IV. Organization of the meeting\n\nA. Opening\n\n2.", "2.").replace("\n2. The meeting", "\n2. The meeting")
    assert remarks(merged(parts(first, second)).report) == []
    gap = remarks(merged(parts(first, second.replace("\n5. One", "\n7. One"))).report)
    assert gap == ["para. 4 is followed by para. 7: no part has what is between"]
    other = THIRD.replace("WG.4", "WG.7").replace("Trafficking in Persons", "the Smuggling of Migrants")
    assert "CTOC/COP/WG.7/2020/L.1/Add.2 is no part of CTOC/COP/WG.4/2020/L.1" in remarks(merged(parts(SECOND, other)).report)
    again = remarks(merged(parts(SECOND, THIRD.replace("A. General recommendations", "B. Recommendations on witnesses"))).report)
    assert "Add.2 has rec. 1 too: other texts with the same numbers" in again


def test_references_to_old_numbers_are_told() -> None:
    text = THIRD + "\n2. In line with paragraph 1 above, a speaker asked for more.\n"
    whole = merged(parts(FIRST, SECOND, text), renumber=True).report
    assert [one.message for one in whole.diagnostics if one.code == "merge/reference"] == ["'paragraph 1' speaks of what is number 6 now"]


def test_one_part_is_itself() -> None:
    alone = merged(parts(SECOND)).report
    assert alone.masthead == parse(SECOND).masthead
    assert alone.recommendations == parse(SECOND).recommendations


@pytest.mark.parametrize(
    ("label", "expected"), [("II", (2,)), ("II.A", (2, 1)), ("IV.C.3", (4, 3, 3)), ("introduction", None), ("C.I", (3, 9)), ("2.b", (2, 2))]
)
def test_labels(label: str, expected: tuple[int, ...] | None) -> None:
    assert key(label) == expected


def test_label_before() -> None:
    assert printed(1, "II", first=True) == "I"
    assert printed(2, "C", first=False) == "B"
    assert printed(3, "4", first=False) == "3"
    assert value("II", first=False) is None


# ---------------------------------------------------------------- the command


@pytest.fixture
def three(shell: Shell) -> Shell:
    """A folder with three parts."""
    folder = shell.folder / "parts"
    folder.mkdir()
    for name, text in (("L.1", FIRST), ("L.1-Add.1", SECOND), ("L.1-Add.2", THIRD)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return shell


def test_the_ledger_as_text(three: Shell) -> None:
    """Task 3: which number comes from which, and two texts with one number."""
    done = three("parse", "parts", "--merge", "--renumber")
    assert done.code == 0
    lines = [re.sub(r" +", " ", line.strip()) for line in done.out.splitlines()]
    assert "rec. 3 <- CTOC/COP/WG.4/2020/L.1/Add.2 rec. 1" in lines
    assert "para. 7 <- CTOC/COP/WG.4/2020/L.1 para. 2" in lines
    told = " ".join(done.out.split())
    line = THIRD[: THIRD.index("States parties")].count("\n") + 1
    assert f"parts/L.1-Add.2.txt:{line}: merge/doubled-number Add.2 has II.A rec. 1 too: two different texts with one number" in told


def test_forms(three: Shell) -> None:
    report = json.loads(three("parse", "parts", "--merge", "--json").out)
    assert len(report["parts"]) == 3
    text = three("parse", "parts", "--merge", "--to", "text").out
    assert text == FIRST + SECOND + THIRD
    span = report["recommendations"][1]["spans"][0]
    assert text[span["start"] : span["end"]] == report["recommendations"][1]["text"]
    assert three("parse", "parts", "--merge", "--coverage").out.count("100.00%") == 1
    rows = three("parse", "parts", "--merge", "--what", "recommendations", "--csv").out.splitlines()
    assert len(rows) == 3
    assert three("parse", "parts", "--merge", "--cite", "--id", "rec-1~2").out == "CTOC/COP/WG.4/2020/L.1/Add.2, recommendation 1\n"
    three("parse", "parts/L.1.txt", "--json", "-o", "l1.json")
    saved = json.loads(three("parse", "l1.json", "parts/L.1-Add.1.txt", "--merge", "--json").out)
    assert [part["symbol"] for part in saved["parts"]] == ["CTOC/COP/WG.4/2020/L.1", "CTOC/COP/WG.4/2020/L.1/Add.1"]
    assert three("parse", "l1.json", "parts/L.1-Add.1.txt", "--merge", "--to", "text").code == 2


def test_trouble(three: Shell) -> None:
    """A part that cannot be read is told; the others are merged."""
    done = three("parse", "parts", "none.txt", "--merge", "--json")
    assert done.code == 2
    assert "none.txt" in done.err
    assert len(json.loads(done.out)["parts"]) == 3
    assert three("parse", "parts", "--renumber").code == 2
    assert three("parse", "none.txt", "--merge").code == 2
    assert three("parse", "parts", "--merge", "--strict").code == 1


def test_an_ordinary_report_has_no_parts(three: Shell) -> None:
    assert json.loads(three("parse", "parts/L.1.txt", "--json").out)["parts"] == []
    check_report(parse(FIRST), FIRST)
