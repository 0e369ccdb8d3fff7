"""The figures of ``tipreport eval``, the files that it reads, and those that it makes."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from command import SAMPLES, Result, inside, one_error
from tipreport import api
from tipreport.evaluation import gold
from tipreport.evaluation.compare import SLACK, compare, together
from tipreport.evaluation.kinds import KINDS
from tipreport.evaluation.run import placed

NAMES = sorted(path.name.removesuffix(".txt") for path in SAMPLES.glob("*.txt"))
REPORTS = os.environ.get("TIPREPORT_REPORTS")
GIVEN = Path(REPORTS).parent if REPORTS else None

Facts = dict[str, Any]


def records(done: Result) -> list[dict[str, Any]]:
    """The records of JSON Lines."""
    return [json.loads(line) for line in done.out.splitlines()]


def facts_of(name: str) -> Facts:
    """The facts of a specimen."""
    told: Facts = json.loads((SAMPLES / f"{name}.facts.json").read_text("utf-8"))
    return told


def write(folder: Path, name: str, facts: Facts) -> str:
    """A gold file in a folder."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    return str(path)


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """A folder with the facts of two specimens."""
    for name in ("wg4-final-report", "hrc-session"):
        write(tmp_path, name, facts_of(name))
    return tmp_path


# The figures ------------------------------------------------------------------------------------------------


def test_specimens_are_exact(golden: Path) -> None:
    done = inside("eval", "--gold", str(golden), "--reports", str(SAMPLES), "--jsonl", "--misses", "--least", "1")
    told = records(done)
    assert done.code == 0, done.out
    assert {one["f1"] for one in told if one["type"] == "score"} == {1.0}
    assert not [one for one in told if one["type"] == "miss"]
    assert told[-1]["reports"] == 2 and told[-1]["failed"] == told[-1]["wrong_places"] == 0 and told[-1]["coverage"] == 1
    assert told[-1]["places"] > 100
    validate = pytest.importorskip("jsonschema").validate
    validate(told[0], json.loads(inside("schema", "score").out))


def test_figures_by_hand(golden: Path) -> None:
    """Nine recommendations; one is taken out of the gold and two others are changed: 6 of 8 found, 9 found in all."""
    facts = facts_of("wg4-final-report")
    assert len(facts["recommendations"]) == 9
    del facts["recommendations"][0]
    facts["recommendations"][0]["number"] = 99
    facts["recommendations"][1]["first"] = "Nobody"
    write(golden, "wg4-final-report", {**facts, "kinds": ["recommendations"]})
    done = inside("eval", "--gold", str(golden), "--reports", str(SAMPLES), "--report", "wg4-final-report", "--jsonl", "--misses")
    told = records(done)
    score = {one["kind"]: one for one in told if one["type"] == "score"}["recommendations"]
    assert (score["gold"], score["found"], score["hits"]) == (8, 9, 6)
    assert (score["precision"], score["recall"], score["f1"]) == (0.6667, 0.75, 0.7059)
    misses = [(one["what"], one["fact"].split(":")[0]) for one in told if one["type"] == "miss" and one["kind"] == "recommendations"]
    assert misses == [("missed", "99"), ("missed", "3"), ("extra", "1"), ("extra", "2"), ("extra", "3")]
    validate = pytest.importorskip("jsonschema").validate
    schema = json.loads(inside("schema", "miss").out)
    for one in told:
        if one["type"] == "miss":
            validate(one, schema)
    arguments = ("eval", "--gold", str(golden), "--reports", str(SAMPLES))
    assert inside(*arguments, "--least", "0.99").code == 1
    assert inside(*arguments, "--least", "0.1").code == 0


def test_two_words_or_a_fiftieth_may_be_amiss() -> None:
    text = "I. Recommendations\n\n1. " + "States parties should " + "word " * 97 + "end.\n"
    report = api.parse(text)
    unit = report.paragraphs[0] if report.paragraphs else report.recommendations[0]
    kind = "paragraphs" if report.paragraphs else "recommendations"
    count = len(unit.text.split())
    row = {"number": unit.number, "first": "States parties", "last": "end.", "words": count}
    for off, right in ((0, True), (2, True), (-2, True), (3, False), (-4, False)):
        scores = compare(report, {"report": "", "kinds": [kind], kind: [{**row, "words": count + off}]}, slack=SLACK)
        assert (scores[kind].f1 == 1) is right, off


def other(value: Any) -> Any:
    """A value of the same type that is not this one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, int):
        return value + 3
    return value[1:] if isinstance(value, list) else value


def damaged(facts: Facts, random: Random) -> Facts:
    """Gold in which rows are missing, doubled and changed, so that reports are not what it says."""
    out = copy.deepcopy(facts)
    for key, rows in out.items():
        if key in {"kinds", "ignore"} or not isinstance(rows, list):
            continue
        for place in reversed(range(len(rows))):
            row, dice = rows[place], random.random()
            if dice < 0.1:
                del rows[place]
            elif dice < 0.3 and isinstance(row, dict):
                name = random.choice(sorted(row))
                row[name] = other(row[name])
    for name in random.sample(sorted(out["masthead"]), 4) if out.get("masthead") else ():
        out["masthead"][name] = random.choice([None, "something else"])
    return out


@pytest.mark.skipif(GIVEN is None or not (GIVEN / "tools/score.py").is_file(), reason="no scorer beside the reports")
def test_the_figures_are_those_of_another_scorer(tmp_path: Path) -> None:
    """Gold that is damaged in many ways: both count the same, kind by kind."""
    assert GIVEN is not None
    random = Random(11)
    files = sorted(path for path in (GIVEN / "gold").glob("*.json") if json.loads(path.read_text("utf-8"))["report"].endswith(".txt"))
    for path in files:
        write(tmp_path, path.stem, damaged(json.loads(path.read_text("utf-8")), random))
    command = f"{Path(sys.executable).with_name('tipreport')} parse {{file}} --json"
    done = subprocess.run(
        [sys.executable, str(GIVEN / "tools/score.py"), "--gold", str(tmp_path), "--reports", str(REPORTS), "--json", "--command", command],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    other = json.loads(done.stdout)
    told = records(inside("eval", "--gold", str(tmp_path), "--reports", str(REPORTS), "--jsonl"))
    ours = {
        one["kind"]: {name: one[name] for name in ("gold", "found", "precision", "recall", "f1")} for one in told if one["type"] == "score"
    }
    theirs = other["scores"]
    assert {kind: ours.get(kind) for kind in theirs} == theirs
    assert sum(one["f1"] < 1 for one in theirs.values()) >= 10, "the damage shows"
    assert (told[-1]["coverage"], told[-1]["unparsed"]) == (other["coverage"], other["unparsed"])
    assert told[-1]["wrong_places"] == other["wrong_spans"] == 0


def test_places_are_looked_at() -> None:
    text = (SAMPLES / "wg4-final-report.txt").read_text("utf-8")
    report = api.parse(text)
    total, wrong = placed(report, text)
    assert total > 50 and not wrong
    assert len(placed(report, text.replace("guardians", "wardens!!"))[1]) >= 1
    assert len(placed(report, text[1:])[1]) > total * 0.8


def test_what_is_added_up() -> None:
    tables = []
    for name in NAMES[:4]:
        report = api.parse((SAMPLES / f"{name}.txt").read_text("utf-8"))
        tables.append(compare(report, facts_of(name), slack=SLACK))
    every = together(tables)
    assert list(every) == [kind for kind in KINDS if kind in every]
    for kind, score in every.items():
        assert score.wanted == sum(table[kind].wanted for table in tables if kind in table)


# Gold that is made ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_made_file_is_what_the_parser_says(name: str, tmp_path: Path) -> None:
    """Nothing of it counts before a person says so; then all of it is found."""
    path = str(SAMPLES / f"{name}.txt")
    made = tmp_path / "gold.json"
    assert inside("eval", "--make", path, "-o", str(made)).code == 0
    facts = json.loads(made.read_text("utf-8"))
    assert (facts["report"], facts["kinds"], set(facts["to_check"]) <= set(KINDS)) == (f"{name}.txt", [], True)
    empty = inside("eval", "--gold", str(made), "--reports", str(SAMPLES), "--jsonl")
    assert [one["type"] for one in records(empty)] == ["summary"] and "nothing is scored" in empty.err
    made.write_text(json.dumps({**facts, "kinds": facts["to_check"]}), encoding="utf-8")
    done = inside("eval", "--gold", str(made), "--reports", str(SAMPLES), "--jsonl", "--misses")
    assert not [one for one in records(done) if one["type"] == "miss"], done.out
    assert sum(one["gold"] for one in records(done) if one["type"] == "score") > 10


def test_making_spares_what_is_there(tmp_path: Path) -> None:
    path, other = str(SAMPLES / "generic-minimal.txt"), str(SAMPLES / "sb-session.txt")
    (tmp_path / "gold").mkdir()
    assert inside("eval", "--make", path, other, "-o", str(tmp_path / "gold")).code == 0
    assert sorted(one.name for one in (tmp_path / "gold").iterdir()) == ["generic-minimal.json", "sb-session.json"]
    one_error(inside("eval", "--make", path, "-o", str(tmp_path / "gold/generic-minimal.json")), "there already")
    one_error(inside("eval", "--make", path, other), "folder")
    one_error(inside("eval", "--make", path, "--csv"), "JSON")
    missing = inside("eval", "--make", "nowhere.txt")
    one_error(missing, "nowhere.txt")


# Forms and trouble ------------------------------------------------------------------------------------------


def test_text(golden: Path) -> None:
    done = inside("eval", "--gold", str(golden), "--reports", str(SAMPLES), "--what", "recommendations,points")
    lines = done.out.splitlines()
    assert lines[0].split() == ["all", "2", "reports", "gold", "found", "prec.", "recall", "F1"]
    assert lines[1].split()[0] == "recommendations" and lines[1].split()[-1] == "1.000"
    assert lines[-1].startswith("0 wrong places of ") and lines[-1].endswith("least coverage 100.00%, most unparsed 0.00%; 0 not read")
    wrong = facts_of("hrc-session")
    wrong["paragraphs"][0]["first"] = "Nobody wrote this"
    write(golden, "hrc-session", wrong)
    missed = inside("eval", "--gold", str(golden), "--reports", str(SAMPLES), "--misses").out.splitlines()
    assert next(line for line in missed if line.startswith("hrc-session: ")).startswith("hrc-session: missed paragraphs: ")
    each = inside("eval", "--gold", str(golden), "--reports", str(SAMPLES), "--each").out
    assert [line.split()[0] for line in each.splitlines() if "prec." in line] == ["hrc-session", "wg4-final-report", "all"]


def test_states_and_bodies_may_be_objects_and_the_others_left_out(golden: Path) -> None:
    """A State by its id alone or as an object; lists of which only the States are gold say nothing of bodies."""
    facts = facts_of("hrc-session")
    for row in facts["statements"]:
        row["states"] = [{"id": state} for state in row.get("states", ())]
        row["organizations"] = [{"name": body} for body in row.get("organizations", ())]
    report = api.read(str(SAMPLES / facts["report"]))
    found = compare(report, facts)["statements"]
    assert (found.f1, found.found) == (1, compare(report, facts_of("hrc-session"))["statements"].found)
    for row in facts["statements"]:
        row["organizations"] = []
    assert compare(report, facts)["statements"].f1 < 1
    fewer = compare(report, {**facts, "states_only": True})["statements"]
    assert fewer.f1 == 1
    assert fewer.wanted == sum(len(row["states"]) + sum(map(len, row.get("on_behalf", {}).values())) for row in facts["statements"])


def test_a_saved_report_is_scored_without_its_text(golden: Path) -> None:
    """Places cannot be looked up and nothing is covered where there is no text."""
    facts = facts_of("hrc-session")
    assert inside("parse", str(SAMPLES / facts["report"]), "--json", "-o", str(golden / "saved")).code == 0
    (golden / "wg4-final-report.json").unlink()
    write(golden, "hrc-session", {**facts, "report": "saved"})
    done = inside("eval", "--gold", str(golden), "--jsonl")
    assert {one["f1"] for one in records(done) if one["type"] == "score"} == {1.0}
    assert (records(done)[-1]["places"], records(done)[-1]["coverage"]) == (0, None)


def test_places_that_are_none_are_told() -> None:
    text = "I. Introduction\n\n1. States met in Vienna.\n"
    report = api.parse(text)
    (paragraph,) = report.paragraphs
    assert placed(report, text)[1] == ()
    for spans, fault in (
        ((), "no place"),
        ((replace(paragraph.spans[0], end=999),), "places empty, out of order or out of the text"),
        (paragraph.spans * 2, "places empty, out of order or out of the text"),
    ):
        changed = replace(report, paragraphs=(replace(paragraph, spans=spans),))
        assert f"paragraphs[0]: {fault}" in placed(changed, text)[1]


def test_csv(golden: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(inside("eval", "--gold", str(golden), "--reports", str(SAMPLES), "--each", "--csv").out)))
    assert {row["report"] for row in rows} == {"hrc-session", "wg4-final-report", ""}
    assert {row["f1"] for row in rows} == {"1.0"}


def test_reports_lie_beside_the_gold_where_no_folder_is_named(golden: Path) -> None:
    for name in ("wg4-final-report", "hrc-session"):
        shutil.copy(SAMPLES / f"{name}.txt", golden)
    assert inside("eval", "--gold", str(golden), "--least", "1").code == 0
    assert inside("eval", "--gold", str(golden / "hrc-session.json"), "--least", "1").code == 0


def test_what_cannot_be_read_is_missed_as_a_whole(golden: Path) -> None:
    write(golden, "gone", {**facts_of("generic-minimal"), "report": "gone.txt"})
    done = inside("eval", "--gold", str(golden), "--reports", str(SAMPLES), "--each", "--jsonl")
    told = records(done)
    assert done.code == 2 and "gone.txt" in done.err
    lost = [one for one in told if one["type"] == "score" and one["report"] == "gone"]
    assert lost and {(one["found"], one["recall"]) for one in lost} == {(0, 0.0)}
    assert told[-1]["failed"] == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "no JSON"),
        ("[]", "no gold file"),
        ('{"report": "x.txt"}', "no gold file"),
        ('{"report": "x.txt", "kinds": ["recomendations"]}', "recomendations"),
        ('{"report": "generic-minimal.txt", "kinds": ["paragraphs"], "paragraphs": [{"number": 1}]}', "row 1 has no 'first'"),
        ('{"report": "generic-minimal.txt", "kinds": ["sections"], "sections": 7}', "no list"),
        ('{"report": "generic-minimal.txt", "kinds": ["sections"], "sections": [7]}', "no object"),
        ('{"report": "generic-minimal.txt", "kinds": ["masthead"], "masthead": []}', "masthead"),
        ('{"report": "generic-minimal.txt", "kinds": ["voices"], "paragraphs": [{"number": 1, "voices": [3]}]}', "row 1: voices.0: "),
        ('{"report": "generic-minimal.txt", "kinds": ["voices"], "paragraphs": [{"voices": [{"verb": "said"}]}]}', "voices.0 has no 'quantifier'"),
        ('{"report": "generic-minimal.txt", "kinds": [["voices"]]}', "unknown kind"),
        ('{"report": "generic-minimal.txt", "kinds": ["statement_details"], "statements": [{"states": []}]}', "row 1 has no 'capacity'"),
        ('{"report": "generic-minimal.txt", "kinds": ["attendance"], "attendance": [{"capacity": "ngo"}], "ignore": 1}', "ignore"),
        ('{"report": "generic-minimal.txt", "kinds": ["footnotes"], "footnotes": [{"mark": 1, "first": "", "last": "", "words": "many"}]}', "words"),
        ('{"report": "generic-minimal.txt", "kinds": ["footnotes"], "footnotes": [{"mark": 1, "first": "", "last": "", "words": 1e400}]}', "words"),
    ],
)  # fmt: skip
def test_a_wrong_gold_file(golden: Path, text: str, words: str) -> None:
    (golden / "wrong.json").write_text(text, encoding="utf-8")
    done = inside("eval", "--gold", str(golden), "--reports", str(SAMPLES), "--jsonl")
    one_error(done, "wrong.json", words)
    assert {one["f1"] for one in records(done) if one["type"] == "score"} == {1.0}, "the rest is done"


def test_trouble(golden: Path, tmp_path: Path) -> None:
    folder = str(golden)
    (tmp_path / "empty").mkdir()
    for arguments, words in (
        ((), ("no gold",)),
        (("--gold", str(tmp_path / "empty")), ("no gold file",)),
        (("--gold", str(tmp_path / "nowhere")), ("nowhere",)),
        (("--gold", folder, "--reports", str(tmp_path / "nowhere")), ("nowhere",)),
        (("--gold", folder, "--what", "verbs"), ("verbs",)),
        (("--gold", folder, "--report", "nobody"), ("nobody",)),
        (("--gold", folder, "report.txt"), ("--make",)),
        (("--gold", folder, "-t", "html"), ("html",)),
    ):
        one_error(inside("eval", *arguments), *words)


def test_all_kinds_can_be_made() -> None:
    assert set(gold.NAMED_KINDS) < set(KINDS)
