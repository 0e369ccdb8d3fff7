"""The command line from outside: what it prints, where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import time
from typing import Any

import pytest

from command import ACTING, ROOT, SAMPLES, SCRIPT, SECONDS, Shell, environment, inside, one_error, plain, quiet_terminal
from tipreport.cli.failures import Failures
from tipreport.kinds import kinds

FINAL, DRAFT, SMALL = "wg4-final-report.txt", "wg4-draft-addendum.txt", "generic-minimal.txt"
ALL = sorted(path.name for path in SAMPLES.glob("*.txt"))
FORMATS = ("outline", "json", "jsonl", "csv", "tree", "text")
KINDS = (
    "masthead", "sections", "agenda", "recommendations", "points", "paragraphs", "voices", "mentions", "panellists",
    "statements", "attendance", "decisions", "references", "footnotes", "blocks", "diagnostics",
)  # fmt: skip
WIDE = {"COLUMNS": "2000"}
GAP = "I. Introduction\n\n1. The meeting was opened.\n\n3. The meeting was closed.\n"  # number 2 is missing: a warning


@pytest.fixture
def reports(shell: Shell) -> Shell:
    """A folder with all samples in it."""
    for name in ALL:
        shutil.copy(SAMPLES / name, shell.folder)
    return shell


def put(shell: Shell, name: str, text: str) -> str:
    """Write a file of the working folder, in UTF-8."""
    path = shell.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return name


def loaded(text: str) -> Any:
    """The value of a JSON text."""
    return json.loads(text)


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


# Inputs ------------------------------------------------------------------------------------------------------


def test_a_file_gives_an_outline(reports: Shell) -> None:
    result = reports("parse", FINAL)
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == "CTOC/COP/WG.4/2021/29"
    for head in ("Sections", "Counts", "Recommendations", "Agenda", "Panellists", "Who spoke", "Who was represented"):
        assert head in lines
    assert "9 recommendations" in result.out
    assert max(map(len, lines)) <= 100


def test_stdin_by_dash_by_pipe_and_by_path_are_the_same(reports: Shell) -> None:
    data = (reports.folder / FINAL).read_bytes()
    named = reports("parse", FINAL)
    dash = reports("parse", "-", stdin=data)
    piped = reports("parse", stdin=data)
    assert dash == piped
    assert dash.out.replace("<stdin>", FINAL) == named.out
    called = reports("parse", "-", "--stdin-name", FINAL, stdin=data)
    assert called == named


def test_stdin_name_is_in_messages(shell: Shell) -> None:
    one_error(shell("parse", "-", "--stdin-name", "minutes.pdf", stdin=b"%PDF-1.7\n"), "minutes.pdf", "PDF", "hint")
    one_error(shell("parse", stdin=b"%PDF-1.7\n"), "<stdin>")


def test_redirected_file_and_fifo(reports: Shell) -> None:
    expected = reports("parse", SMALL, "--json", "--what", "paragraphs").out
    assert reports.line(f"tipreport parse --json --what paragraphs < {SMALL}").out == expected
    assert reports.line(f"tipreport parse <(cat {SMALL}) --json --what paragraphs").out == expected
    assert reports.line(f"cat {SMALL} | tipreport parse /dev/stdin --json --what paragraphs").out == expected


def test_several_files_come_in_the_order_given(reports: Shell) -> None:
    result = reports("parse", FINAL, SMALL, "-", DRAFT, "--jsonl", stdin=b"1. Piped.\n")
    assert result.code == 0
    names = [loaded(line)["source"]["name"] for line in result.out.splitlines()]
    assert names == [FINAL, SMALL, "<stdin>", DRAFT]


def test_a_folder_is_walked_in_the_order_of_names(shell: Shell) -> None:
    for name in ("d/b.txt", "d/a.md", "d/sub/c.TXT", "d/.hidden.txt", "d/.git/x.txt", "d/skip.png", "d/B.text"):
        put(shell, name, "1. A paragraph.\n")
    result = shell("parse", "d", "--jsonl")
    names = [loaded(line)["source"]["name"] for line in result.out.splitlines()]
    assert names == ["d/B.text", "d/a.md", "d/b.txt", "d/sub/c.TXT"]


def test_a_folder_without_reports(shell: Shell) -> None:
    (shell.folder / "empty").mkdir()
    one_error(shell("parse", "empty"), "empty", ".txt", "hint")


def test_a_missing_file(shell: Shell) -> None:
    one_error(shell("parse", "nowhere.txt"), "nowhere.txt", "no such file")
    one_error(shell("parse", "nowhere.txt", "--json"), "nowhere.txt")
    assert shell("parse", "nowhere.txt", "--json").out == ""


def test_a_file_used_as_a_folder(reports: Shell) -> None:
    one_error(reports("parse", f"{SMALL}/x.txt"), "not a directory")


def test_a_device_is_refused(shell: Shell) -> None:
    one_error(shell("parse", "/dev/zero"), "/dev/zero", "device", "hint")


def test_no_input_at_a_terminal_is_told_not_waited_for(shell: Shell) -> None:
    result = shell.terminal("parse")
    assert result.code == 2
    assert result.err.startswith("tipreport: error: no input given")
    assert "hint:" in result.err
    assert result.raw == b""


def test_one_bad_file_among_good_ones(reports: Shell) -> None:
    put(reports, "bad.txt", "%PDF-1.4 not text")
    result = reports("parse", SMALL, "bad.txt", FINAL, "--jsonl")
    assert result.code == 2
    assert [loaded(line)["source"]["name"] for line in result.out.splitlines()] == [SMALL, FINAL]
    lines = result.err.splitlines()
    assert lines[0].startswith("tipreport: error: bad.txt: is a PDF file")
    assert lines[1].startswith("  hint: ")
    assert [line for line in lines if "error" in line] == lines[:1]
    assert "1 of 3" in lines[2]
    assert len(lines) == 3
    assert reports("parse", SMALL, "bad.txt", FINAL, "-q").err.splitlines() == lines[:2]


def test_reasons_beyond_the_commonest_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    failures = Failures()
    for number in range(25):
        for file in range(1 + (number == 7)):
            failures.meet(f"{number}-{file}.txt", f"{number}-{file}.txt: is of the kind {'abcdefghijklmnopqrstuvwxy'[number]}")
    failures.summary()
    told = capsys.readouterr().err.splitlines()[11:]
    assert told[0] == "tipreport: 2 x is of the kind h: 7-0.txt, 7-1.txt"
    assert (len(told), told[-1]) == (21, "tipreport: 5 x for 5 other reasons; -v tells each")


def test_json_of_several_stays_json_when_some_fail(reports: Shell) -> None:
    put(reports, "bad.txt", "%PDF-1.4 not text")
    for given in (["bad.txt", SMALL], [SMALL, "bad.txt"], ["bad.txt", SMALL, "bad.txt", FINAL]):
        result = reports("parse", *given, "--json")
        assert result.code == 2
        assert [one["source"]["name"] for one in loaded(result.out)] == [name for name in given if name != "bad.txt"]


def test_nothing_read_leaves_json_that_reads(shell: Shell) -> None:
    result = shell("parse", "one.txt", "two.txt", "--json")
    assert result.code == 2
    assert result.out.strip() == "" or loaded(result.out) == []


# Formats -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", FORMATS)
def test_every_format_says_something_and_ends_with_a_line_end(reports: Shell, chosen: str) -> None:
    result = reports("parse", FINAL, "--to", chosen)
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("\n")


@pytest.mark.parametrize("chosen", ["json", "jsonl", "csv"])
def test_shorthands(reports: Shell, chosen: str) -> None:
    assert reports("parse", FINAL, f"--{chosen}") == reports("parse", FINAL, "--to", chosen)
    assert reports("parse", FINAL, "-t", "tree") == reports("parse", FINAL, "--to", "tree")


def test_two_formats_at_once_are_an_error(reports: Shell) -> None:
    one_error(reports("parse", FINAL, "--json", "--csv"), "csv", "json")
    one_error(reports("parse", FINAL, "--json", "-t", "tree"), "tree", "json")


def test_unknown_format(reports: Shell) -> None:
    one_error(reports("parse", FINAL, "--to", "jsn"), "'jsn'", "did you mean json")
    one_error(inside("parse", FINAL, "--to", "xlsx", folder=reports.folder), "does not write xlsx", "tipreport export FILE --to xlsx")


def test_text_is_what_offsets_count_in(shell: Shell) -> None:
    text = "I. A heading\r\n\r\n1. A paragraph with “marks” and an é.\r\n2.\tAnother.\n"
    put(shell, "a.txt", "\ufeff" + text)
    result = shell("parse", "a.txt", "--to", "text")
    assert result.raw == text.encode()
    report = loaded(shell("parse", "a.txt", "--json").out)
    assert report["source"]["characters"] == len(text)
    for one in report["paragraphs"]:
        assert "".join(text[s["start"] : s["end"]] for s in one["spans"]) == one["text"]


def test_json_is_one_object_or_a_list(reports: Shell) -> None:
    one = loaded(reports("parse", FINAL, "--json").out)
    two = loaded(reports("parse", FINAL, SMALL, "--json").out)
    assert isinstance(one, dict)
    assert isinstance(two, list)
    assert two[0] == one
    lines = reports("parse", FINAL, SMALL, "--jsonl").out.splitlines()
    assert [loaded(line) for line in lines] == two


def test_saved_json_read_back_gives_the_same(reports: Shell) -> None:
    assert reports("parse", FINAL, "--json", "-o", "saved.json").code == 0
    for chosen in ("outline", "json", "jsonl", "csv", "tree"):
        expected = reports("parse", FINAL, "--to", chosen)
        assert reports("parse", "saved.json", "--to", chosen) == expected
        piped = reports("parse", "-", "--to", chosen, stdin=(reports.folder / "saved.json").read_bytes())
        assert piped == expected


def test_indented_json_is_read_back_too(reports: Shell) -> None:
    value = loaded(reports("parse", FINAL, "--json").out)
    put(reports, "nice.json", json.dumps(value, indent=2))
    assert reports("parse", "nice.json").out == reports("parse", FINAL).out


def test_saved_lists_and_lines_are_read_back_or_refused(reports: Shell) -> None:
    expected = reports("parse", FINAL, SMALL).out
    for name in ("many.json", "many.jsonl"):
        assert reports("parse", FINAL, SMALL, "-o", name).code == 0
        result = reports("parse", name)
        assert result.out == expected or (result.code == 2 and "hint" in result.err), (name, result.out[:200], result.err)


def test_saved_json_of_another_version_or_damaged(reports: Shell) -> None:
    good = reports("parse", SMALL, "--json").out
    put(reports, "old.json", good.replace('{"schema_version": "1"', '{"schema_version": "0"', 1))
    one_error(reports("parse", "old.json"), "old.json", "version", "hint")
    put(reports, "cut.json", good[: len(good) // 2])
    one_error(reports("parse", "cut.json"), "cut.json", "hint")
    put(reports, "more.json", good.replace('{"schema_version"', '{"schema_version": "1", "surplus": 1, "schema_version"', 1))
    one_error(reports("parse", "more.json"), "more.json")


def test_saved_json_has_no_text(reports: Shell) -> None:
    reports("parse", SMALL, "-o", "saved.json")
    one_error(reports("parse", "saved.json", "--to", "text"), "saved.json", "hint")
    one_error(reports("parse", "saved.json", "--coverage"), "saved.json", "hint")


def test_csv_has_one_head_line_for_many_files(reports: Shell) -> None:
    result = reports("parse", SMALL, FINAL, DRAFT, "--csv")  # the first has no recommendations
    table = rows(result.out)
    assert result.out.splitlines()[0].startswith("report,date,id,number,section,text")
    assert sum(line.startswith("report,date,") for line in result.out.splitlines()) == 1
    assert [row["number"] for row in table] == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "7", "8", "9", "10", "11", "12"]
    assert len({frozenset(row) for row in table}) == 1
    assert all(None not in row and None not in row.values() for row in table)


@pytest.mark.parametrize("kind", ["panellists", "decisions", "masthead", "mentions", "diagnostics"])
def test_csv_of_many_files_keeps_its_columns(reports: Shell, kind: str) -> None:
    result = reports("parse", SMALL, FINAL, "cop-decisions.txt", DRAFT, "--csv", "--what", kind, "--jobs", "1")
    table = rows(result.out)
    assert result.code == 0
    assert table, "some sample has objects of the kind"
    assert {"report", "date"} <= set(table[0])
    assert all(None not in row and None not in row.values() for row in table)
    assert all(row["report"] != "report" for row in table)


def test_csv_of_two_kinds_is_whole_or_refused(reports: Shell) -> None:
    result = reports("parse", FINAL, "--csv", "--what", "recommendations,panellists")
    if result.code == 2:
        one_error(result, "hint")
    else:
        assert len(rows(result.out)) == 9 + 5


def test_csv_without_rows_still_has_its_head(reports: Shell) -> None:
    result = reports("parse", SMALL, "--csv")
    assert result.code == 0
    assert result.out.startswith("report,date,id,number")
    assert len(result.out.splitlines()) == 1


def test_csv_cells_are_no_formulas(shell: Shell) -> None:
    put(
        shell,
        "a.txt",
        'II. Recommendations\n\nRecommendation 1\n\n=HYPERLINK("x") should be left.\n\n'
        "Recommendation 2\n\n@SUM(1) should be left, and +1 too.\n\nRecommendation 3\n\n-1 should be left.\n",
    )
    table = rows(shell("parse", "a.txt", "--csv").out)
    assert len(table) == 3
    assert not [cell for row in table for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


# Choosing ----------------------------------------------------------------------------------------------------


def test_what_takes_every_kind(reports: Shell) -> None:
    whole = loaded(reports("parse", FINAL, "--json").out)
    named = loaded(reports("parse", FINAL, "--what", ",".join(KINDS), "--json").out)
    assert list(named) == list(KINDS)
    assert {key: value for key, value in named.items() if key in whole} == {key: value for key, value in whole.items() if key in KINDS}
    shown = reports("parse", FINAL, "--what", ",".join(KINDS))
    assert (shown.code, shown.err) == (0, "")
    for other, kind in (("headings", "sections"), ("items", "agenda"), ("panellists", "panellists")):
        assert loaded(reports("parse", FINAL, "--what", other, "--json").out) == whole[kind]
    assert "Ketevan Abashidze" in reports("parse", FINAL, "--what", "panellists").out


def test_what_takes_several_kinds(reports: Shell) -> None:
    value = loaded(reports("parse", FINAL, "--what", "panellists,masthead,panellists", "--json").out)
    assert list(value) == ["panellists", "masthead"]
    assert kinds(" panellists,, masthead,") == ("panellists", "masthead")
    shown = reports("parse", FINAL, "--what", "panellists, statements").out
    assert shown.index("Ketevan Abashidze") < shown.index("para. 19")
    assert "States parties should review" not in shown


def test_what_all_is_the_whole(reports: Shell) -> None:
    assert reports("parse", FINAL, "--what", "all", "--json") == reports("parse", FINAL, "--json")


def test_what_unknown(reports: Shell) -> None:
    one_error(reports("parse", FINAL, "--what", "recommendatons"), "'recommendatons'", "did you mean recommendations")
    one_error(reports("parse", FINAL, "--what", "panellists,xyzzy"), "'xyzzy'", "known:", "panellists")


def test_voices_and_mentions_say_where_they_stand(reports: Shell) -> None:
    for kind in ("voices", "mentions", "points"):
        found = loaded(reports("parse", FINAL, "--what", kind, "--json").out)
        assert found
        assert all(re.fullmatch(r"(rec|para)-\w+", one["in"]) for one in found)


def test_what_units_hold_as_a_tree(reports: Shell) -> None:
    """One line each, with the place: points by their own id, voices and mentions by that of their unit."""
    for kind, words in (("points", r"rec-7\.a"), ("voices", "para-6 voice person"), ("mentions", "rec-3 organization UNODC")):
        shown = inside("parse", FINAL, "--what", kind, "--to", "tree", folder=reports.folder).out.splitlines()
        records = loaded(inside("parse", FINAL, "--what", kind, "--json", folder=reports.folder).out)
        assert len(shown) == len(records) > 1
        for line, record in zip(shown, records, strict=True):
            assert f"[{record['spans'][0]['start']}:{record['spans'][-1]['end']}]" in line
        assert any(re.match(words, line) for line in shown)


def test_an_outline_of_what_has_no_numbers(shell: Shell) -> None:
    put(
        shell,
        "a.txt",
        "II. Recommendations\n\nStates should act.\n\nJudges should be trained.\n\nIII. End\n\nSome words.\n\nOther words.\n",
    )
    shown = inside("parse", "a.txt", folder=shell.folder).out
    assert "  II    Recommendations  [rec. without number (2)]\n" in shown
    assert "   2 recommendations, 0 numbered paragraphs, 2 texts without number, 2 sections" in shown


def test_id_found(reports: Shell) -> None:
    result = reports("parse", FINAL, "--id", "rec-3", env=WIDE)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("3        UNODC is requested to prepare")
    assert len(result.out.splitlines()) == 1
    found = loaded(reports("parse", FINAL, "--id", "rec-3", "--json").out)
    assert [one["id"] for one in found] == ["rec-3"]
    both = loaded(reports("parse", FINAL, "--id", "para-4", "--id", "rec-3", "--json").out)
    assert [one["id"] for one in both] == ["para-4", "rec-3"]


@pytest.mark.parametrize("chosen", [f for f in FORMATS if f != "text"])
def test_id_not_found_exits_with_1(reports: Shell, chosen: str) -> None:
    result = reports("parse", FINAL, "--id", "rec-99", "--to", chosen)
    if chosen == "tree" and result.code == 2:
        one_error(result, "tree")
        return
    assert result.code == 1
    assert "rec-99" in result.err
    assert len(result.err.splitlines()) == 1
    assert "Recommendation" not in result.out
    assert reports("parse", FINAL, "--id", "rec-99", "--to", chosen, "-q").err == ""


def test_id_is_not_a_beginning_of_an_id(reports: Shell) -> None:
    found = loaded(reports("parse", FINAL, "--id", "para-1", "--json").out)
    assert [one["id"] for one in found] == ["para-1"]
    assert reports("parse", FINAL, "--id", "rec-7.z").code == 1
    assert reports("parse", FINAL, "--id", "rec-").code == 1


def test_id_found_in_one_of_many(reports: Shell) -> None:
    result = reports("parse", SMALL, FINAL, "--id", "rec-9", "--json")
    assert result.code == 0
    assert [[one["id"] for one in each] for each in loaded(result.out)] == [[], ["rec-9"]]


def test_id_of_a_point(reports: Shell) -> None:
    found = loaded(reports("parse", DRAFT, "--id", "rec-10.b", "--json").out)
    assert [(one["id"], one["label"]) for one in found] == [("rec-10.b", "b")]
    shown = reports("parse", DRAFT, "--id", "rec-10.b", env=WIDE).out
    assert "train cyber units to preserve electronic evidence" in shown
    assert len(shown.splitlines()) == 1


@pytest.mark.parametrize("chosen", ["outline", "tree", "csv", "json", "jsonl"])
def test_id_shows_nothing_else(reports: Shell, chosen: str) -> None:
    result = reports("parse", FINAL, "--id", "rec-3", "--to", chosen)
    if chosen == "tree" and result.code == 2:
        one_error(result, "tree")
        return
    assert result.code == 0
    assert "UNODC" in result.out or "rec-3" in result.out
    for other in ("rec-4", "Ketevan", "para-5", "Distr"):
        assert other not in result.out


@pytest.mark.parametrize("chosen", ["outline", "tree", "csv", "json", "jsonl"])
def test_what_shows_nothing_else(reports: Shell, chosen: str) -> None:
    result = reports("parse", FINAL, "--what", "panellists", "--to", chosen)
    if chosen == "tree" and result.code == 2:
        one_error(result, "tree")
        return
    assert "Ketevan Abashidze" in result.out
    for other in ("UNODC is requested", "rec-3", "Indian Ocean", "para-5 "):
        assert other not in result.out


def test_spans(reports: Shell) -> None:
    text = (reports.folder / FINAL).read_text("utf-8")
    shown = reports("parse", FINAL, "--id", "rec-3", "--spans", env=WIDE).out
    places = re.search(r"@(\d+)-(\d+) line (\d+)", shown)
    assert places
    start, end, line = map(int, places.groups())
    assert text[start:end].startswith("UNODC is requested to prepare")
    assert text.count("\n", 0, start) + 1 == line
    assert "@" not in reports("parse", FINAL, "--id", "rec-3", env=WIDE).out
    whole = reports("parse", FINAL, "--spans", env=WIDE).out
    assert whole.count("@") > 9 + 5 + 5


def test_cite(reports: Shell) -> None:
    result = reports("parse", FINAL, "--cite")
    lines = result.out.splitlines()
    assert lines[0] == "CTOC/COP/WG.4/2021/29, recommendation 1"
    assert len(lines) == 9 + 33
    assert reports("parse", FINAL, "--cite", "--what", "recommendations").out.splitlines() == lines[:9]
    assert reports("parse", FINAL, "--cite", "--id", "rec-3").out == "CTOC/COP/WG.4/2021/29, recommendation 3\n"
    draft = reports("parse", DRAFT, "--cite").out.splitlines()
    assert all("Working Group on Trafficking in Persons" in line and "11 March 2021" in line for line in draft)


def test_a_point_is_cited_by_its_unit_and_label(reports: Shell) -> None:
    assert reports("parse", FINAL, "--cite", "--id", "rec-7.b").out == "CTOC/COP/WG.4/2021/29, recommendation 7 (b)\n"
    points = reports("parse", FINAL, "--cite", "--what", "points").out.splitlines()
    assert points[0] == "CTOC/COP/WG.4/2021/29, recommendation 7 (a)"
    assert len(points) == len(loaded(reports("parse", FINAL, "--what", "points", "--json").out))


@pytest.mark.parametrize(
    "given",
    [
        ("--cite", "--json"),
        ("--coverage", "--csv"),
        ("--cite", "--coverage"),
        ("--cite", "--what", "panellists"),
        ("--what", ""),
        ("--what", " ,"),
    ],
)
def test_an_answer_that_there_is_not(reports: Shell, given: tuple[str, ...]) -> None:
    one_error(reports("parse", FINAL, *given), given[0] if given[0] != "--what" and "--what" not in given else "")


def test_symbol_is_in_the_cite(reports: Shell) -> None:
    lines = reports("parse", SMALL, "--cite", "--symbol", "ECE/X/2022/4").out.splitlines()
    assert lines[0] == "ECE/X/2022/4, para. 1"
    assert all(line.startswith("ECE/X/2022/4, para. ") for line in lines)
    report = loaded(reports("parse", SMALL, "--json", "--symbol", "ECE/X/2022/4").out)
    assert report["masthead"]["symbol"] is None, "the masthead is what the document prints"
    assert report["source"]["symbol"] == "ECE/X/2022/4"


def test_limit(reports: Shell) -> None:
    shown = reports("parse", FINAL, "--what", "recommendations", "--limit", "2", env=WIDE).out.splitlines()
    assert len(shown) == 3
    assert "7 more" in shown[2]
    assert "more" not in reports("parse", FINAL, "--what", "recommendations", "--limit", "9").out.splitlines()[-1]
    assert reports("parse", FINAL, "--limit", "0").code == 0
    assert reports("parse", FINAL, "--limit", "-1").code == 2


# Proofs and statuses -----------------------------------------------------------------------------------------


def test_coverage_adds_up(reports: Shell) -> None:
    result = reports("parse", ".", "--coverage")
    assert result.code == 0
    told = re.split(r"(?m)^(?=\S)", result.out)[1:]
    assert len(told) == len(ALL)
    for name, part in zip(ALL, told, strict=True):
        text = (reports.folder / name).read_bytes().decode("utf-8-sig")
        solid = len("".join(text.split()))
        lines = part.splitlines()
        assert name in lines[0]
        assert f"{len(text):,} characters, {len(text) - solid:,} of them white space" in lines[0]
        counts = {m[1]: int(m[2].replace(",", "")) for m in (re.match(r"  (\w+) +([\d,]+) +[\d.]+%", line) for line in lines) if m}
        assert counts.pop("together") == solid == sum(counts.values())
        assert "100.00%  all in exactly one block" in part


def test_coverage_of_an_empty_text(shell: Shell) -> None:
    result = shell("parse", "--coverage", stdin=b" \n")
    assert result.code == 0
    assert "100.00%" in result.out


def test_strict(reports: Shell) -> None:
    put(reports, "gap.txt", GAP)
    assert reports("parse", "gap.txt").code == 0
    result = reports("parse", "gap.txt", "--strict")
    assert result.code == 1
    assert result.out == reports("parse", "gap.txt").out
    assert re.search(r"\b1 warning\b", result.err)
    assert reports("parse", "gap.txt", "--strict", "-q").err == ""
    assert reports("parse", FINAL, "--strict").code == 0
    assert reports("parse", FINAL, "gap.txt", "--strict").code == 1
    assert reports("parse", "nowhere.txt", "gap.txt", "--strict").code == 2


def test_quiet_and_verbose(reports: Shell) -> None:
    plainly = reports("parse", FINAL, SMALL)
    quiet = reports("parse", FINAL, SMALL, "-q")
    telling = reports("parse", FINAL, SMALL, "-v")
    assert plainly == quiet
    assert plainly.err == ""
    assert telling.out == plainly.out
    assert FINAL in telling.err
    assert SMALL in telling.err


@pytest.mark.parametrize("chosen", ["outline", "json", "csv"])
def test_one_process_and_two_give_the_same_bytes(reports: Shell, chosen: str) -> None:
    put(reports, "bad.txt", "%PDF-")
    put(reports, "gap.txt", GAP)
    given = [SMALL, "bad.txt", FINAL, "gap.txt", DRAFT]
    one = reports("parse", *given, "--to", chosen, "--jobs", "1")
    two = reports("parse", *given, "--to", chosen, "--jobs", "2")
    assert one == two
    assert one.code == 2
    if chosen == "json":
        assert reports("parse", *given, "--to", chosen, "-j", "0") == one


def test_what_cannot_be_read_stops_no_other_process(reports: Shell) -> None:
    (reports.folder / "empty").mkdir()
    given = ["empty", SMALL, "nowhere.txt", FINAL]
    assert reports("parse", *given, "--cite", "--jobs", "2") == reports("parse", *given, "--cite", "--jobs", "1")
    assert "Traceback" not in reports("parse", *given, "--cite", "--jobs", "2").err


def test_stdin_among_files_with_two_processes(reports: Shell) -> None:
    result = reports("parse", SMALL, "-", DRAFT, "--jobs", "2", "--jsonl", stdin=b"1. Piped.\n")
    assert result.code == 0
    assert [loaded(line)["source"]["name"] for line in result.out.splitlines()] == [SMALL, "<stdin>", DRAFT]


def test_the_same_bytes_whatever_the_hash_seed(reports: Shell) -> None:
    results = {reports("parse", FINAL, "hrc-session.txt", "--json", env={"PYTHONHASHSEED": seed}).raw for seed in ("0", "1", "2")}
    assert len(results) == 1


# Output ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "chosen"), [("a.json", "json"), ("a.ndjson", "jsonl"), ("a.CSV", "csv"), ("a.txt", "outline")])
def test_suffix_chooses_the_format(reports: Shell, name: str, chosen: str) -> None:
    result = reports("parse", FINAL, "-o", name)
    assert (result.code, result.raw, result.err) == (0, b"", "")
    assert (reports.folder / name).read_bytes() == reports("parse", FINAL, "--to", chosen).raw


def test_to_wins_over_the_suffix(reports: Shell) -> None:
    reports("parse", FINAL, "-o", "a.txt", "--json")
    assert loaded((reports.folder / "a.txt").read_text("utf-8"))["masthead"]


def test_unknown_suffix_of_a_data_format_is_told(reports: Shell) -> None:
    result = reports("parse", FINAL, "-o", "a.xlsx")
    one_error(result, "xlsx", "hint")
    assert not (reports.folder / "a.xlsx").exists()


def test_dash_is_standard_output(reports: Shell) -> None:
    assert reports("parse", FINAL, "-o", "-") == reports("parse", FINAL)


def test_output_into_a_missing_folder(reports: Shell) -> None:
    one_error(reports("parse", FINAL, "-o", "nowhere/a.json"), "nowhere/a.json")
    assert not (reports.folder / "nowhere").exists()


def test_the_old_file_stays_when_the_disk_is_full(reports: Shell) -> None:
    put(reports, "a.json", "old")
    result = reports.line(f"ulimit -f 4; tipreport parse {FINAL} -o a.json")
    one_error(result, "a.json")
    assert (reports.folder / "a.json").read_text() == "old"
    assert sorted(path.name for path in reports.folder.iterdir()) == sorted([*ALL, "a.json"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
def test_the_old_file_stays_in_a_read_only_folder(reports: Shell) -> None:
    put(reports, "locked/a.json", "old")
    (reports.folder / "locked").chmod(0o555)
    try:
        one_error(reports("parse", FINAL, "-o", "locked/a.json"), "locked/a.json", "permission")
    finally:
        (reports.folder / "locked").chmod(0o755)
    assert (reports.folder / "locked/a.json").read_text() == "old"


def test_the_old_file_stays_when_no_input_could_be_read(reports: Shell) -> None:
    put(reports, "a.json", "old")
    one_error(reports("parse", "nowhere.txt", "-o", "a.json"), "nowhere.txt")
    assert (reports.folder / "a.json").read_text() == "old"


def test_a_wrong_option_leaves_the_old_file(reports: Shell) -> None:
    put(reports, "a.json", "old")
    assert reports("parse", FINAL, "-o", "a.json", "--what", "nonsense").code == 2
    assert reports("parse", FINAL, "-o", "a.json", "--profile", "nonsense").code == 2
    assert (reports.folder / "a.json").read_text() == "old"


def test_an_input_is_never_written_over(reports: Shell) -> None:
    before = {name: (reports.folder / name).read_bytes() for name in ALL}
    for arguments in (
        [SMALL, "-o", SMALL],
        [SMALL, "-o", f"./{SMALL}"],
        [".", "-o", "."],
        [SMALL, FINAL, "-o", "./"],
        [FINAL, "-o", SMALL, SMALL],
    ):
        result = reports("parse", *arguments)
        assert {name: (reports.folder / name).read_bytes() for name in ALL} == before, arguments
        assert result.code == 2 or len(list(reports.folder.iterdir())) > len(ALL), arguments
        if result.code == 2:
            assert "Traceback" not in result.err


def test_output_to_what_is_no_file_writes_into_it(reports: Shell) -> None:
    pipe = reports.folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        result = reports("parse", SMALL, "--cite", "-o", "pipe")
        got = os.read(reader, 1 << 16)
    finally:
        os.close(reader)
    assert pipe.is_fifo(), "a FIFO (or /dev/null, with enough rights) must not give way to a file"
    assert result.code == 2 or got == reports("parse", SMALL, "--cite").raw


def test_output_through_a_link_keeps_the_link(reports: Shell) -> None:
    put(reports, "real/a.json", "old")
    (reports.folder / "link.json").symlink_to("real/a.json")
    assert reports("parse", SMALL, "-o", "link.json").code == 0
    assert loaded((reports.folder / "link.json").read_text("utf-8"))["masthead"]
    assert (reports.folder / "link.json").is_symlink()


def test_a_folder_takes_one_file_an_input(reports: Shell) -> None:
    for name in ("d/a b.txt", "e/a b.txt", "e/-rf.txt", "e/A B.txt", "e/x\n;y.md", "e/é\u202e.txt", "e/" + "n" * 240 + ".txt"):
        put(reports, name, "1. A paragraph.\n")
    result = reports("parse", "d", "e", SMALL, "-o", "out/", "--json")
    assert (result.code, result.raw) == (0, b"")
    made = sorted(path.name for path in (reports.folder / "out").iterdir())
    assert len(made) == 8
    assert len({name.lower() for name in made}) == 8
    for name in made:
        assert re.fullmatch(r"[\w][\w.-]*\.json", name), name
        assert len(name.encode()) <= 200
    names = {loaded((reports.folder / "out" / name).read_text("utf-8"))["source"]["name"] for name in made}
    assert len(names) == 8
    assert loaded((reports.folder / "out/generic-minimal.json").read_text("utf-8")) == loaded(reports("parse", SMALL, "--json").out)


@pytest.mark.parametrize(
    ("inputs", "made"),
    [
        (("a/r.txt", "a/r.md", "a/other.txt"), ["other.json", "r.md.json", "r.txt.json"]),
        (("a/r.txt", "b/r.txt", "b/other.txt"), ["a_r.json", "b_r.json", "other.json"]),
        (("a/r.txt", "a/r.md", "b/R.txt"), ["a_r.md.json", "a_r.txt.json", "b_R.txt.json"]),
        (("a/r.txt", "b/r.txt", "b/a_r.txt"), ["a_r-2.json", "a_r.json", "b_r.json"]),
        (("a/r.txt", "a/b/r.txt"), ["b_r.json", "r.json"]),
        (("a/r.txt", "a/r.txt"), ["r-2.json", "r.json"]),
    ],
    ids=",".join,
)
def test_outputs_in_a_folder_tell_their_inputs(reports: Shell, inputs: tuple[str, ...], made: list[str]) -> None:
    """Where several would have one name: the ending, the folder, or both. Neither their order nor the others change a name."""
    for name in inputs:
        put(reports, name, f"1. A paragraph of {name}.\n")
    folders: list[dict[str, str]] = []
    for i, order in enumerate((inputs, inputs[::-1])):
        assert reports("parse", *order, "-o", f"out{i}/", "--json").code == 0
        files = sorted((reports.folder / f"out{i}").iterdir())
        folders.append({path.name: loaded(path.read_text("utf-8"))["source"]["name"] for path in files})
    assert list(folders[0]) == made
    assert folders[0] == folders[1]
    assert set(folders[0].values()) == set(inputs)


def test_a_folder_takes_what_could_be_read(reports: Shell) -> None:
    result = reports("parse", "nowhere.txt", SMALL, "-o", "out/", "--csv", "--what", "voices")
    assert result.code == 2
    assert [path.name for path in (reports.folder / "out").iterdir()] == ["generic-minimal.csv"]
    table = rows((reports.folder / "out/generic-minimal.csv").read_bytes().decode())
    assert "several" in [row["quantifier"] for row in table]


def test_a_folder_cannot_be_made_where_a_file_stands(reports: Shell) -> None:
    one_error(reports("parse", SMALL, "-o", f"{FINAL}/"), FINAL)


# Settings ----------------------------------------------------------------------------------------------------


def test_profiles(reports: Shell) -> None:
    result = reports("parse", "--list-profiles")
    assert (result.code, result.err) == (0, "")
    names = [line.split()[0] for line in result.out.splitlines()]
    assert names == sorted(names)
    assert {"generic", "wg_trafficking"} <= set(names)
    one_error(reports("parse", FINAL, "--profile", "wg_traficking"), "'wg_traficking'", "did you mean wg_trafficking")


def test_profile_changes_what_is_found(shell: Shell) -> None:
    put(shell, "a.txt", "1. Statements were made by the representatives of Chile and China.\n")
    capacity = {
        name: [one["capacity"] for one in loaded(shell("parse", "a.txt", "--json", "--profile", name).out)["statements"]]
        for name in ("generic", "wg_trafficking")
    }
    assert capacity == {"generic": ["other"], "wg_trafficking": ["party"]}
    by_environment = shell("parse", "a.txt", "--json", env={"TIPREPORT_PROFILE": "wg_trafficking"})
    assert by_environment == shell("parse", "a.txt", "--json", "--profile", "wg_trafficking")


def test_encoding(shell: Shell) -> None:
    (shell.folder / "a.txt").write_bytes("1. The café.\n".encode("cp850"))
    assert "caf\u201a" in shell("parse", "a.txt", "--to", "text").out  # guessed: Windows-1252
    assert "café" in shell("parse", "a.txt", "--to", "text", "--encoding", "cp850").out
    assert "café" in shell("parse", "a.txt", "--to", "text", env={"TIPREPORT_ENCODING": "cp850"}).out
    assert "café" in shell("parse", "--to", "text", "--encoding", "cp850", stdin="1. The café.\n".encode("cp850")).out
    one_error(shell("parse", "a.txt", "--encoding", "no-such"), "no-such", "hint")
    one_error(shell("parse", "a.txt", "--encoding", "utf-8"), "a.txt", "utf-8", "hint")
    for codec in ("base64", "punycode", "undefined"):  # codecs of Python that are no encodings of text
        result = shell("parse", "a.txt", "--encoding", codec)
        assert "Traceback" not in result.err
        assert "fault" not in result.err


def test_own_topics_and_organizations(shell: Shell) -> None:
    text = "1. The observer for the Guild of Lantern Makers spoke of bonded labour in brickworks.\n"
    put(shell, "a.txt", text)
    put(
        shell,
        "own.toml",
        '[[topics]]\nid = "bricks"\nlabel = "Brickworks"\npatterns = "brickworks"\n\n'
        '[[organizations]]\nid = "GLM"\nname = "Guild of Lantern Makers"\nacronym = "GLM"\ntype = "ngo"\nvariants = "the Guild"\n',
    )
    without = loaded(shell("parse", "a.txt", "--json").out)["paragraphs"][0]
    given = loaded(shell("parse", "a.txt", "--json", "--config", "own.toml").out)["paragraphs"][0]
    assert "bricks" not in without["topics"]
    assert "bricks" in given["topics"]
    assert "GLM" in [one["id"] for one in given["mentions"]]
    assert shell("parse", "a.txt", "--json", env={"TIPREPORT_CONFIG": "own.toml"}) == shell(
        "parse", "a.txt", "--json", "--config", "own.toml"
    )
    put(shell, "tipreport.toml", (shell.folder / "own.toml").read_text())
    assert loaded(shell("parse", "a.txt", "--json").out)["paragraphs"][0] == given


def coloured(shell: Shell, *arguments: str, **env: str) -> bool:
    """Whether the outline comes in colour."""
    result = shell("parse", SMALL, *arguments, env=env)
    assert result.code == 0, result.err
    return b"\x1b[" in result.raw


def test_flag_over_environment_over_folder_over_user(reports: Shell) -> None:
    settings = {"XDG_CONFIG_HOME": str(reports.home / "xdg")}
    user = reports.home / "xdg/tipreport/tipreport.toml"
    user.parent.mkdir(parents=True)
    assert not coloured(reports, **settings)
    user.write_text('color = "always"\n')
    assert coloured(reports, **settings)
    put(reports, "tipreport.toml", 'color = "never"\n')
    assert not coloured(reports, **settings)
    assert coloured(reports, **settings, TIPREPORT_COLOR="always")
    assert not coloured(reports, "--color", "never", **settings, TIPREPORT_COLOR="always")
    put(reports, "more.toml", 'color = "always"\n')
    assert coloured(reports, "--config", "more.toml", **settings)


def test_every_setting_of_the_file_counts(reports: Shell) -> None:
    put(reports, "tipreport.toml", 'symbol = "A/1"\nencoding = "cp850"\nprofile = "generic"\njobs = 2\ncolor = "never"\n')
    (reports.folder / "a.txt").write_bytes("1. The café.\n".encode("cp850"))
    assert reports("parse", "a.txt", "--cite").out == "A/1, para. 1\n"
    assert "café" in reports("parse", "a.txt", "--what", "paragraphs").out
    assert reports("parse", "a.txt", "--cite", "--symbol", "B/2").out == "B/2, para. 1\n"
    (reports.folder / "tipreport.toml").unlink()
    home = reports.home / ".config/tipreport/tipreport.toml"
    home.parent.mkdir(parents=True)
    home.write_text('symbol = "C/3"\n')
    assert reports("parse", SMALL, "--cite").out.startswith("C/3, para. 1\n")


@pytest.mark.parametrize(
    ("name", "value"),
    [("JOBS", "many"), ("JOBS", "-1"), ("PROFILE", "nonsense"), ("COLOR", "mauve"), ("CONFIG", "nowhere.toml"), ("ENCODING", "nonsense")],
)
def test_wrong_values_in_the_environment(reports: Shell, name: str, value: str) -> None:
    result = reports("parse", SMALL, env={f"TIPREPORT_{name}": value})
    assert result.code == 2
    assert value in result.err
    assert result.raw == b""
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "text",
    [
        'jobs = "two"\n',
        "color = 1\n",
        'color = "mauve"\n',
        "profile = 7\n",
        'profile = "nonsense"\n',
        "encoding = 3\n",
        "symbol = []\n",
        "jobs = -3\n",
        "jobs = 2.5\n",
        "nonsense = 1\n",
        "= 1\n",
    ],
)
def test_wrong_values_in_the_file(reports: Shell, text: str) -> None:
    put(reports, "tipreport.toml", text)
    result = reports("parse", SMALL)
    one_error(result)
    assert result.raw == b""
    assert "tipreport.toml" in result.err or "nonsense" in result.err or "mauve" in result.err


# Terminals ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "env", "expected"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "never"], {}, False),
        (["--color", "auto"], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "always", "--json"], {}, False),
        (["--color", "always", "--csv"], {}, False),
        (["--json"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_pipe(reports: Shell, arguments: list[str], env: dict[str, str], expected: bool) -> None:
    assert coloured(reports, *arguments, **env) == expected


def test_colour_changes_nothing_but_colour(reports: Shell) -> None:
    bare = reports("parse", FINAL, "--color", "never").out
    assert plain(reports("parse", FINAL, "--color", "always").out) == bare
    reports("parse", FINAL, "--color", "always", "-o", "a.txt")
    assert (reports.folder / "a.txt").read_text("utf-8") == bare, "no colour in files"
    one_error(reports("parse", FINAL, "--color", "mauve"), "mauve", "always")


@pytest.mark.parametrize(
    "arguments",
    [[], ["--what", "panellists,statements"], ["--id", "rec-7"], ["--json"], ["--csv"], ["-t", "tree"], ["--coverage"], ["--cite"]],
)
def test_terminal_and_pipe_show_the_same(reports: Shell, arguments: list[str]) -> None:
    piped = reports("parse", FINAL, *arguments)
    shown = reports.terminal("parse", FINAL, *arguments, columns=100)
    assert shown.code == piped.code == 0
    assert plain(shown.out).replace("\r", "") == piped.out.replace("\r", "")


def test_terminal_has_colour_and_its_own_width(reports: Shell) -> None:
    wide = reports.terminal("parse", FINAL, columns=140)
    narrow = reports.terminal("parse", FINAL, columns=60)
    assert "\x1b[" in wide.out
    assert max(map(len, plain(wide.out).splitlines())) > 100
    assert max(map(len, plain(narrow.out).splitlines())) <= 60
    assert "\x1b[" not in reports.terminal("parse", FINAL, env={"NO_COLOR": "1"}).out
    assert "\x1b[" not in reports.terminal("parse", FINAL, env={"TERM": "dumb"}).out


def test_words_are_the_same_at_every_width(reports: Shell) -> None:
    expected = reports("parse", FINAL, env=WIDE).out.split()
    for columns in ("20", "49", "80", "1", "0", "x", "99999999"):
        result = reports("parse", FINAL, env={"COLUMNS": columns})
        assert result.code == 0
        assert "".join(result.out.split()) == "".join(expected), columns


def test_progress_on_a_terminal_leaves_no_trace_in_the_output(reports: Shell) -> None:
    result = reports.line(f"script -qec \"'{SCRIPT}' parse . --jsonl > got.jsonl\" /dev/null > shown")
    if not shutil.which("script"):
        pytest.skip("script(1) is missing")
    assert result.code == 0
    assert len((reports.folder / "got.jsonl").read_text("utf-8").splitlines()) == len(ALL)


# Trouble -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["pars"], ["parse"]),
        (["parse", "--jsn", "x"], ["--json"]),
        (["parse", "--wat", "x"], ["--what"]),
        (["parse", "x", "--limit", "many"], ["--limit"]),
        (["parse", "x", "--to"], ["--to"]),
        (["--bogus"], ["--bogus"]),
        (["schema", "surplus"], ["surplus"]),
    ],
)
def test_usage_errors_are_short_and_helpful(shell: Shell, arguments: list[str], words: list[str]) -> None:
    result = shell(*arguments)
    assert result.code == 2
    assert result.raw == b""
    assert len(result.err.splitlines()) <= 5
    assert "Traceback" not in result.err
    for word in words:
        assert word in result.err


@pytest.mark.parametrize(
    ("arguments", "reader"),
    [
        ("parse . --json", "head -1"),
        ("parse . --jsonl --jobs 2", "head -1"),
        ("parse .", "head -1"),
        ("parse . --csv", "head -c 1"),
        (f"parse {FINAL} -t tree", "head -1"),
        (f"parse {FINAL}", "true"),
        ("schema", "head -1"),
        ("schema", "true"),
    ],
)
def test_closed_pipe_ends_quietly(reports: Shell, arguments: str, reader: str) -> None:
    result = reports.line(f"tipreport {arguments} | {reader}")
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize("arguments", ["--help", "parse --help", "--version", "-V", "parse --list-profiles", "--show-completion"])
def test_closed_pipe_of_small_outputs(shell: Shell, arguments: str) -> None:
    result = shell.line(f"tipreport {arguments} | (exec <&-; sleep 0.7)")
    assert (result.code, result.err) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize(
    "arguments",
    [
        f"parse {FINAL}",
        f"parse {FINAL} --json",
        f"parse {FINAL} -t text",
        "parse . --jobs 2 --csv",
        "schema",
        "--help",
        "parse --help",
        "--version",
        "parse --list-profiles",
    ],
)
def test_full_disk(reports: Shell, arguments: str) -> None:
    result = reports.line(f"tipreport {arguments} > /dev/full")
    one_error(result, "no space left")


@pytest.mark.parametrize("arguments", [f"parse {FINAL}", "schema", "--version", "parse --help"])
def test_closed_stdout(reports: Shell, arguments: str) -> None:
    one_error(reports.line(f"tipreport {arguments} >&-"), "not open")


def test_closed_stderr_and_stdin(reports: Shell) -> None:
    assert reports.line(f"tipreport parse {FINAL} 2>&-") == reports("parse", FINAL)
    assert reports.line("tipreport parse nowhere.txt 2>&-").code == 2
    assert reports.line(f"tipreport parse {FINAL} <&-") == reports("parse", FINAL)
    one_error(reports.line("tipreport parse <&-"), "hint")
    one_error(reports.line("tipreport parse - <&-"), "<stdin>")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt(shell: Shell, jobs: str) -> None:
    text = (SAMPLES / "hrc-session.txt").read_text("utf-8")
    for number in range(300):
        put(shell, f"d/{number:03}.txt", text)
    process = subprocess.Popen(
        [SCRIPT, "parse", "d", "--jsonl", "--jobs", jobs],
        cwd=shell.folder,
        env=environment(shell.home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b'{"schema_version"')
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of the foreground
        _, err = process.communicate(timeout=15)
        assert process.returncode == 130
        assert b"Traceback" not in err
        assert len(err.splitlines()) <= 1
        assert _gone(process.pid), "workers outlive the command"
    finally:
        if not _gone(process.pid, 0):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=15)


def _gone(group: int, tries: int = 50) -> bool:
    for _ in range(tries + 1):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1 if tries else 0)
    return False


# Hostile texts and names -------------------------------------------------------------------------------------

EVIL = "\x1b[31m\x1b]0;title\x07\x9b1m\u202e\u2066\u200f[bold]x[/bold][/]\x08\x7f"
EVIL_TEXT = (
    f"Working Group on {EVIL} Persons\n\nDraft report {EVIL}\n\nII. Recommendations {EVIL}\n\nRecommendation 1\n\n"
    f"States parties should {EVIL} request UNODC.\n\nIII. Summary\n\n1. Several speakers noted {EVIL} that. "
    f"The panellist was Ms. Jane {EVIL} Doe (Chile).\n\n3. Statements were made by Chile and {EVIL} Land.\n"
)  # fmt: skip


@pytest.mark.parametrize("chosen", ["outline", "tree", "csv", "json", "jsonl"])
def test_text_cannot_act_on_a_terminal(shell: Shell, chosen: str) -> None:
    put(shell, "a.txt", EVIL_TEXT)
    for what in ((), ("--what", "recommendations,paragraphs,diagnostics")):
        result = shell("parse", "a.txt", "--to", chosen, *what)
        quiet_terminal(result.out)
        quiet_terminal(result.err)
        if chosen != "tree":
            assert result.out.count("\r") == (result.out.count("\r\n") if chosen == "csv" else 0)
    assert "[bold]x[/bold][/]" in shell("parse", "a.txt", "--id", "rec-1", "--to", chosen, env=WIDE).out or chosen == "tree"


def test_text_cannot_act_in_cites_and_coverage(shell: Shell) -> None:
    put(shell, "a.txt", EVIL_TEXT + f"\n\n\n-{EVIL}-\n")
    for arguments in (["--coverage"], ["--spans", "--strict", "-v"], ["--cite", "--symbol", EVIL]):
        result = shell("parse", "a.txt", *arguments)
        quiet_terminal(result.out)
        quiet_terminal(result.err)


def test_text_format_is_raw_in_a_pipe_and_safe_on_a_terminal(shell: Shell) -> None:
    put(shell, "a.txt", EVIL_TEXT)
    assert shell("parse", "a.txt", "--to", "text").raw == EVIL_TEXT.encode()
    shown = shell.terminal("parse", "a.txt", "--to", "text")
    quiet_terminal(shown.out)
    assert "\\x1b[31m" in shown.out
    for arguments in ([], ["--json"], ["--csv"], ["-t", "tree"]):
        quiet_terminal(plain(shell.terminal("parse", "a.txt", *arguments).out))


def test_json_keeps_the_value(shell: Shell) -> None:
    put(shell, "a.txt", EVIL_TEXT)
    report = loaded(shell("parse", "a.txt", "--json").out)
    assert "".join(EVIL.split()) in "".join(report["recommendations"][0]["text"].split())


def test_names_cannot_act_on_a_terminal(shell: Shell) -> None:
    name = f"d/{EVIL.replace('/', '|')}\n[red]x.txt"
    put(shell, name, "1. A.\n\n3. B.\n")
    put(shell, f"{name}.md", "%PDF-")
    for arguments in (["-v"], ["--csv", "--what", "paragraphs"], ["-t", "tree"], ["--coverage"], ["--cite"], ["-o", "out/"]):
        result = shell("parse", "d", *arguments)
        assert result.code == 2
        quiet_terminal(result.out)
        quiet_terminal(result.err)
        assert "Traceback" not in result.err
        assert sum("error: " in line for line in result.err.splitlines()) == 1
    quiet_terminal(shell("parse", EVIL).err)
    quiet_terminal(shell("parse", name, "--to", EVIL).err)
    quiet_terminal(shell("parse", name, "--what", EVIL).err)
    quiet_terminal(shell("parse", name, "--profile", EVIL).err)
    quiet_terminal(shell("parse", name, "-o", f"{EVIL}/x/").err)
    quiet_terminal(shell("parse", "--stdin-name", EVIL, stdin=b"\x00\x01").err)
    quiet_terminal(shell("parse", name, f"--{EVIL}").err)
    quiet_terminal(shell("parse", name, "--limit", EVIL).err)
    quiet_terminal(shell(EVIL).err)


def test_a_bad_setting_cannot_act_on_a_terminal(shell: Shell) -> None:
    escaped = '"\\u001b[31m\\u202e"'
    for text in (f"{escaped} = 1\n", f"color = {escaped}\n", f"profile = {escaped}\n", f"[[topics]]\nid = {escaped}\n{escaped} = 1\n"):
        put(shell, "tipreport.toml", text)
        quiet_terminal(shell("parse", stdin=b"1. A.\n").err)


def test_a_name_that_is_not_utf8(shell: Shell) -> None:
    raw = os.fsencode(str(shell.folder)) + b"/caf\xe9.txt"
    with open(raw, "wb") as file:
        file.write(b"1. A.\n")
    for arguments in (["-v"], ["--json"], ["-o", "out/"]):
        result = shell("parse", b"caf\xe9.txt", ".", *arguments)
        assert result.code == 0, result.err
    assert shell("parse", b"nowhere\xe9.txt").code == 2


# Help, version, completion, schema ---------------------------------------------------------------------------

# Of all commands that read documents and print records.
_SHARED = ["--to", "-t", "--output", "-o", "--json", "--jsonl", "--csv", "--profile", "--encoding", "--symbol", "--stdin-name", "--config"]
_SHARED += ["--color", "--quiet", "-q", "--verbose", "-v", "--jobs", "-j", "--help", "-h"]
OPTIONS = {
    "parse": [
        "--to",
        "-t",
        "--output",
        "-o",
        "--json",
        "--jsonl",
        "--csv",
        "--what",
        "--id",
        "--spans",
        "--cite",
        "--limit",
        "--coverage",
        "--strict",
        "--jobs",
        "-j",
        "--profile",
        "--list-profiles",
        "--encoding",
        "--stdin-name",
        "--symbol",
        "--config",
        "--color",
        "--quiet",
        "-q",
        "--verbose",
        "-v",
        "--help",
        "-h",
    ],
    "schema": ["--output", "-o", "--help", "-h"],
    "check": ["--select", "--ignore", "--fix", "--diff", "--explain", "--list", "--limit", "--index", *_SHARED],
    "verify": ["--file", "--at", "--least", "--cite", "--limit", "--index", *_SHARED],
    "eval": ["--gold", "--reports", "--report", "--what", "--each", "--misses", "--least", "--make", *_SHARED],
}


@pytest.mark.parametrize("command", sorted(OPTIONS))
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_mentions_each_option(shell: Shell, command: str, flag: str) -> None:
    result = shell(command, flag)
    assert (result.code, result.err) == (0, "")
    for option in OPTIONS[command]:
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", result.out), option
    quiet_terminal(result.out)
    for word in ("Usage:", "Example"):
        assert word in result.out


def test_help_names_formats_kinds_and_statuses(shell: Shell) -> None:
    told = " ".join(shell("parse", "--help", env={"COLUMNS": "300"}).out.split())
    for chosen in FORMATS:
        assert chosen in told
    for name in ("TIPREPORT_JOBS", "TIPREPORT_PROFILE", "TIPREPORT_ENCODING", "TIPREPORT_CONFIG", "TIPREPORT_COLOR"):
        assert name in told
    whole = shell("--help")
    assert whole.code == 0
    for word in ("parse", "schema", "Exit status", "--version", "--help"):
        assert word in whole.out


@pytest.mark.parametrize("columns", [80, 40, 20])
@pytest.mark.parametrize("command", [(), ("check",), ("index",)])
def test_help_fits_the_terminal(shell: Shell, command: tuple[str, ...], columns: int) -> None:
    told = shell(*command, "--help", env={"COLUMNS": str(columns)}).out
    page, _, examples = told.partition("Examples:\n")
    terms = [line for line in map(str.rstrip, page.splitlines()) if len(line) > columns]
    assert not [line for line in terms if not re.fullmatch(r" *\S+(?: \S+){0,3}", line)], "only what cannot be broken is longer"
    assert columns < 40 or not terms
    assert examples
    assert all(line.startswith("  tipreport ") for line in examples.splitlines()), "an example can be copied"
    wide = shell(*command, "--help", env={"COLUMNS": "300"}).out
    assert "".join(told.split()) == "".join(wide.split())


def test_help_has_every_command_in_one_line_below_its_group(shell: Shell) -> None:
    from tipreport.cli.app import GROUPS

    told = shell("--help", env={"COLUMNS": "80"}).out
    for title, commands in GROUPS.items():
        lines = told.partition(f"\n{title}:\n")[2].partition("\n\n")[0].splitlines()
        assert [line.split()[0] for line in lines] == list(commands)
    files = {path.stem for path in (ROOT / "src/tipreport/cli/commands").glob("*.py")} - {"__init__"}
    assert {name for commands in GROUPS.values() for name in commands} == files


def test_help_groups_the_options_that_commands_share(shell: Shell) -> None:
    told = shell("search", "--help").out
    assert re.findall(r"(?m)^(\w+):$", told) == ["Arguments", "Options", "Filters", "Output", "Input", "General", "Examples"]
    assert re.findall(r"(?m)^(\w+):$", shell("schema", "--help").out) == ["Arguments", "Options", "Examples"]
    assert re.search(r"Output:\n  -t, --to .*\n(?:.*\n)*?\nInput:\n  --profile ", told)


def test_no_arguments_show_the_help(shell: Shell) -> None:
    result = shell()
    assert result.code == 2
    assert "Usage: tipreport" in result.out + result.err


def test_version(shell: Shell) -> None:
    import tipreport

    for flag in ("--version", "-V"):
        assert shell(flag).raw == f"tipreport {tipreport.__version__}\n".encode()
        assert shell(flag, "parse").out == f"tipreport {tipreport.__version__}\n"


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_completion(shell: Shell, kind: str) -> None:
    result = shell("--show-completion", kind, env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    assert (result.code, result.err) == (0, "")
    assert "_TIPREPORT_COMPLETE" in result.out
    if shutil.which(kind):
        put(shell, "completion", result.out)
        subprocess.run([kind, "-n", "completion"], cwd=shell.folder, check=True, timeout=SECONDS)


def test_completion_offers_options_and_commands(shell: Shell) -> None:
    found = shell(env={"_TIPREPORT_COMPLETE": "complete_bash", "COMP_WORDS": "tipreport parse --js", "COMP_CWORD": "2"})
    assert found.out.split() == ["--json", "--jsonl"]
    found = shell(env={"_TIPREPORT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "tipreport pa"})
    assert "parse" in found.out


def test_completion_for_the_shell_at_hand(shell: Shell) -> None:
    result = shell.line(f"'{SCRIPT}' --show-completion; true")
    assert result.code == 0
    assert "complete" in result.out


def test_schema_is_a_schema_and_every_sample_fits(reports: Shell) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    result = reports("schema")
    assert (result.code, result.err) == (0, "")
    schema = loaded(result.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    put(reports, "evil.txt", EVIL_TEXT)
    put(reports, "empty.txt", "")
    for report in loaded(reports("parse", ".", "--json", "--symbol", "A/1").out):
        validator.validate(report)
    broken = loaded(reports("parse", SMALL, "--json").out)
    broken["surplus"] = 1
    assert not validator.is_valid(broken)
    del broken["surplus"], broken["masthead"]
    assert not validator.is_valid(broken)


def test_schema_into_a_file(shell: Shell) -> None:
    assert shell("schema", "-o", "schema.json").raw == b""
    assert (shell.folder / "schema.json").read_bytes() == shell("schema").raw


# Tasks of users ----------------------------------------------------------------------------------------------


def test_task_6_an_in_line_list_split_so_that_each_letter_can_be_followed(reports: Shell) -> None:
    result = reports("parse", DRAFT, "--id", "rec-10", "--what", "points", env=WIDE)
    assert result.out == (
        "10       States parties are encouraged to:\n"
        "10 (a)   share, through channels agreed in advance, information on the patterns of deceptive advertisements;\n"
        "10 (b)   train cyber units to preserve electronic evidence, including evidence held abroad;\n"
        "10 (c)   involve survivors, where they so wish, in the design of awareness campaigns; and\n"
        "10 (d)   review at regular intervals whether the measures set out in subparagraphs (a) to (c) have produced results.\n"
    )
    found = loaded(reports("parse", DRAFT, "--id", "rec-10", "--what", "points", "--json").out)
    assert [one["id"] for one in found] == ["rec-10.a", "rec-10.b", "rec-10.c", "rec-10.d"]


def test_task_24_catalogue_record_from_the_masthead(reports: Shell) -> None:
    found = loaded(reports("parse", DRAFT, "--what", "masthead", "--to", "json").out)
    assert found.pop("spans")
    assert found == {
        "organ": "Conference of the Parties to the United Nations Convention against Transnational Organized Crime",
        "body": "Working Group on Trafficking in Persons",
        "symbol": None,
        "distribution": "Limited",
        "date": "2021-03-11",
        "original_language": None,
        "language_note": "English only",
        "language": "en",
        "session": None,
        "place": "Vienna",
        "meeting_start": "2021-03-09",
        "meeting_end": "2021-03-11",
        "title": "Draft report",
        "subtitle": "Specimen report (not a United Nations document)",
        "part": "Addendum",
        "status": "draft",
        "job_number": None,
        "agenda_item": None,
    }


# Surroundings ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-16"},
        {"HOME": None, "XDG_CONFIG_HOME": None},
        {"HOME": "/nowhere"},
        {"PATH": ""},
        {"TERM": None},
        {"PYTHONOPTIMIZE": "2"},
        {"TZ": "Pacific/Kiritimati"},
        {"PYTHONWARNINGS": "error"},
    ],
)
def test_surroundings_change_no_byte(reports: Shell, env: dict[str, str | None]) -> None:
    put(reports, "é.txt", "1. Café – “é”.\n")
    assert reports("parse", FINAL, "é.txt", "nö.txt", env=env) == reports("parse", FINAL, "é.txt", "nö.txt")
    if "LC_ALL" in env:
        assert reports("parse", "--help", env=env) == reports("parse", "--help")


def test_the_module_is_the_script(reports: Shell) -> None:
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "tipreport", "parse", FINAL],
        cwd=reports.folder,
        env=environment(reports.home),
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    assert done.stdout == reports("parse", FINAL).raw


def test_the_marks_that_act_are_those_meant() -> None:
    assert ACTING.search("a\tb\r\nc é – “x”") is None
    assert all(ACTING.search(mark) for mark in "\x1b\x9b\u202e\u2066\x00\x7f")


def test_the_progress_bar_is_drawn_and_vanishes(shell: Shell) -> None:
    """Its escapes act on the terminal; they do not stand there as text."""
    for number in range(9):
        (shell.folder / f"{number}.txt").write_text((SAMPLES / "sb-session.txt").read_text("utf-8"), "utf-8")
    shown = shell.terminal("index", "add", ".", "--index", "x.db", errors=True)
    assert shown.code == 0
    assert "indexing" in shown.out
    assert "\x1b[" in shown.out
    assert "\\x1b" not in shown.out
    assert "9 added" in shown.out
