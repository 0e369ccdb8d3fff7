"""One text through many reports in time, and topics set for later meetings."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from command import SECONDS, Shell, inside, one_error, plain, quiet_terminal

BODY = "{symbol}\n\nDistr.: {distribution}\n{date}\n\nWorking Group on Trafficking in Persons\n\nVienna, {days}\n\n{title}\n\n"


def report(
    symbol: str, days: str, date: str, body: str, title: str = "Report on the meeting of the Working Group on Trafficking in Persons"
) -> str:
    return BODY.format(symbol=symbol, distribution="General", date=date, days=days, title=title) + body


TRAIN = "States parties should ensure that prosecutors are trained in the protection of victims of trafficking"
REPORTS = {
    "2018-draft.txt": report(
        "CTOC/COP/WG.4/2018/L.1/Add.1", "1–3 July 2018", "2 July 2018", f"II. Recommendations\n\n1. {TRAIN}.\n", title="Draft report"
    ),
    "2018.txt": report(
        "CTOC/COP/WG.4/2018/3", "1–3 July 2018", "20 July 2018",
        "II. Recommendations\n\n1. The Secretariat should translate the toolkit into all languages.\n\n"
        "2. States parties should consider ensuring that prosecutors are trained, as appropriate, in the protection of victims of trafficking.\n",
    ),
    "2019.txt": report(
        "CTOC/COP/WG.4/2019/6", "9–11 September 2019", "20 September 2019",
        "II. Recommendations\n\n1. States parties should collect data on the recruitment of children.\n\n"
        "2. The Working Group should address the following topics at its next meetings: (a) Trafficking for the removal of organs; "
        "(b) Recruitment of children through online platforms; (c) Corruption of border officials.\n",
    ),
    "2020.txt": report(
        "CTOC/COP/WG.4/2020/4", "10–11 September 2020", "30 September 2020",
        "II. Recommendations\n\n1. As previously recommended, States parties should ensure that prosecutors and judges are trained in the protection of victims of trafficking.\n\n"
        "2. The Working Group should address the following topics at its next meetings: (a) Corruption of border officials; (b) Financial investigations.\n\n"
        "III. Summary of deliberations\n\nA. Online recruitment of children\n\n3. Under agenda item 2, entitled “Recruitment of children through online platforms”, speakers noted the risks.\n",
    ),
    "other.txt": report("A/HRC/99/1", "1 May 2020", "2 May 2020", "II. Recommendations\n\n1. States should fund schools in rural areas.\n").replace(
        "Working Group on Trafficking in Persons", "Human Rights Council"
    ),
}  # fmt: skip


@pytest.fixture
def years(shell: Shell) -> Shell:
    """A folder of reports of four meetings, and one of another body."""
    (shell.folder / "reports").mkdir()
    for name, text in REPORTS.items():
        (shell.folder / "reports" / name).write_text(text, "utf-8")
    return shell


def stops(done: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.splitlines()]


def test_a_recommendation_through_the_years(years: Shell) -> None:
    """Draft, final, absent, and back, with what changed each time."""
    done = years("trace", "CTOC/COP/WG.4/2018/L.1/Add.1#rec-1", "reports", "--jsonl")
    assert done.code == 0
    found = stops(done.out)
    assert [(one["report"], one["state"], one["id"]) for one in found] == [
        ("CTOC/COP/WG.4/2018/L.1/Add.1", "first", "rec-1"), ("CTOC/COP/WG.4/2018/3", "again", "rec-2"), ("CTOC/COP/WG.4/2019/6", "absent", None),
        ("CTOC/COP/WG.4/2020/4", "back", "rec-1"),
    ]  # fmt: skip
    assert (
        found[1]["meaning"]
        == 'renumbered: 1 -> 2; weaker: should ensure -> should consider ensuring (6 to 3); hedge added: "as appropriate"'
    )
    assert "stronger: should consider ensuring -> should ensure (3 to 6)" in str(found[3]["meaning"])
    assert found[3]["recalls"] == ["As previously recommended"]
    assert [one["asked"] for one in found] == [True, False, False, False]
    text = REPORTS["2020.txt"]
    for span in found[3]["spans"]:  # type: ignore[attr-defined]
        assert text[span["start"] : span["end"]] == found[3]["text"]


@pytest.mark.parametrize(
    "item", ["CTOC/COP/WG.4/2020/4#rec-1", "CTOC/COP/WG.4/2018/3#rec-2", "prosecutors trained protection victims trafficking"]
)
def test_the_way_is_the_same_from_any_end(years: Shell, item: str) -> None:
    there = stops(years("trace", "CTOC/COP/WG.4/2018/L.1/Add.1#rec-1", "reports", "--jsonl").out)
    back = stops(years("trace", item, "reports", "--jsonl").out)
    assert [(one["report"], one["id"], one["fate"]) for one in there] == [(one["report"], one["id"], one["fate"]) for one in back]


def test_the_index_says_the_same(years: Shell) -> None:
    years("index", "add", "reports", "--index", "ix.db")
    for arguments in (["CTOC/COP/WG.4/2018/3#rec-2"], ["--promises"]):
        over = stops(years("trace", *arguments, "--index", "ix.db", "--jsonl").out)
        given = stops(years("trace", *arguments, "reports", "--jsonl").out)
        assert [{**one, "path": None, "evidence": _bare(one)} for one in over] == [
            {**one, "path": None, "evidence": _bare(one)} for one in given
        ]


def _bare(one: dict[str, object]) -> object:
    return [{**each, "path": None} for each in one.get("evidence", [])]  # type: ignore[attr-defined]


def test_saved_reports_are_read_from_their_files(years: Shell) -> None:
    years("parse", "reports", "--json", "-o", "saved/")
    saved = [f"saved/{name.name}" for name in sorted((years.folder / "saved").iterdir())]
    found = stops(years("trace", "CTOC/COP/WG.4/2018/3#rec-2", *saved, "--jsonl").out)
    assert [one["state"] for one in found] == ["first", "again", "absent", "back"]


def test_filters(years: Shell) -> None:
    found = stops(years("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", "--year", "2018", "--jsonl").out)
    assert [one["report"] for one in found] == ["CTOC/COP/WG.4/2018/L.1/Add.1", "CTOC/COP/WG.4/2018/3"]
    found = stops(years("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", "--status", "final", "--jsonl").out)
    assert [one["state"] for one in found] == ["first", "absent", "back"]
    assert (
        stops(years("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", "--least", "1", "--jsonl").out)[0]["report"] == "CTOC/COP/WG.4/2018/3"
    )
    by_id = stops(years("trace", "reports", "--id", "CTOC/COP/WG.4/2018/3#rec-2", "--jsonl").out)
    assert [one["id"] for one in by_id] == ["rec-1", "rec-2", None, "rec-1"]


def test_a_report_that_is_not_looked_at_is_not_absent(years: Shell) -> None:
    """A filter of units leaves out the reports that hold nothing of the kind."""
    found = stops(years("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", "--item", "2", "--jsonl").out)
    assert [(one["report"], one["state"]) for one in found] == [("CTOC/COP/WG.4/2020/4", "first")]
    found = stops(years("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", "--addressee", "Secretariat", "--jsonl").out)
    assert [(one["report"], one["state"]) for one in found] == [("CTOC/COP/WG.4/2018/3", "first")]
    assert (
        years("trace", "CTOC/COP/WG.4/2019/6#rec-2.b", "reports", "--cite").out.splitlines()[0]
        == "CTOC/COP/WG.4/2019/6, recommendation 2 (b)"
    )


def test_promises(years: Shell) -> None:
    """Kept by an item, dropped by a later list without it, pending."""
    found = stops(years("trace", "--promises", "reports", "--jsonl").out)
    assert [(one["report"], one["id"], one["outcome"]) for one in found] == [
        ("CTOC/COP/WG.4/2019/6", "rec-2.a", "dropped"), ("CTOC/COP/WG.4/2019/6", "rec-2.b", "kept"), ("CTOC/COP/WG.4/2019/6", "rec-2.c", "pending"),
        ("CTOC/COP/WG.4/2020/4", "rec-2.a", "pending"), ("CTOC/COP/WG.4/2020/4", "rec-2.b", "pending"),
    ]  # fmt: skip
    evidence = found[1]["evidence"][0]  # type: ignore[index]
    assert (evidence["report"], evidence["kind"], evidence["id"]) == ("CTOC/COP/WG.4/2020/4", "agenda item", "item-2")
    span = evidence["spans"][0]
    assert REPORTS["2020.txt"][span["start"] : span["end"]] == evidence["text"] == "Recruitment of children through online platforms"
    assert found[0]["reason"] == "CTOC/COP/WG.4/2020/4 sets other topics, without it"
    assert found[2]["reason"] == "set again in CTOC/COP/WG.4/2020/4"
    assert found[3]["reason"] == "no later meeting of the body is known"
    assert found[1]["cite"] == "CTOC/COP/WG.4/2019/6, recommendation 2 (b)"


def test_a_promise_for_one_meeting_can_be_broken(years: Shell) -> None:
    text = report(
        "CTOC/COP/WG.4/2021/1",
        "1–2 July 2021",
        "5 July 2021",
        "I. Topics\n\n1. The topic for its next meeting would be the use of crypto-assets.\n",
    )
    later = report("CTOC/COP/WG.4/2022/1", "1–2 July 2022", "5 July 2022", "I. Border officials\n\n1. The meeting was opened.\n")
    (years.folder / "a.txt").write_text(text, "utf-8")
    (years.folder / "b.txt").write_text(later, "utf-8")
    one = stops(years("trace", "--promises", "a.txt", "b.txt", "--jsonl").out)[0]
    assert (one["outcome"], one["text"], one["reason"]) == (
        "dropped",
        "the use of crypto-assets",
        "the next meeting (2022-07-05) has no such item",
    )


def test_the_real_reports() -> None:
    """51 (d) of 2019 is item 3 of 2020, and the other seven are not."""
    folder = os.environ.get("TIPREPORT_REPORTS")
    if not folder or not all(list(Path(folder).glob(pattern)) for pattern in ("000_*.txt", "004_*.txt")):
        pytest.skip("TIPREPORT_REPORTS names no folder with the two reports")
    shell = Shell(Path(folder), Path("/nonexistent"))
    paths = [path.name for pattern in ("000_*.txt", "004_*.txt") for path in Path(folder).glob(pattern)]
    found = stops(shell("trace", "--promises", *paths, "--jsonl").out)
    assert [(one["id"][-1], one["outcome"]) for one in found] == [(letter, "kept" if letter == "d" else "pending") for letter in "abcdefgh"]  # type: ignore[index]
    assert [(one["kind"], one["id"]) for one in found[3]["evidence"]] == [("agenda item", "item-3")]  # type: ignore[attr-defined]
    way = stops(shell("trace", "rec-51.d", *paths, "--jsonl").out)
    assert [one["id"] for one in way] == ["rec-51.d", "item-3"]


def test_text(years: Shell) -> None:
    done = years("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", env={"COLUMNS": "100"})
    lines = done.out.splitlines()
    assert "2018-07-02  CTOC/COP/WG.4/2018/L.1/Add.1 (draft)" in lines
    assert any(re.fullmatch(r" {12}rec\. 2  again, reworded 0\.\d\d, asked for", line) for line in lines)
    assert "2019-09-20  CTOC/COP/WG.4/2019/6  absent" in lines
    assert '            says: "As previously recommended"' in lines
    assert lines[-1] == "3 of 5 reports have it, or something like it; absent from 1 of the same body"
    assert done.out == plain(years("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", "--color", "always", env={"COLUMNS": "100"}).out)
    promised = years("trace", "--promises", "reports")
    assert promised.out.splitlines()[-1] == "5 topics set for later meetings in 5 reports: 1 kept, 3 pending, 1 dropped"
    for columns in (20, 40, 200):
        quiet_terminal(years.terminal("trace", "--promises", "reports", "--color", "never", columns=columns).out)


def test_what_repeats_is_not_shown_again_and_what_is_like_it_is_named(years: Shell) -> None:
    """One meeting is absent once, however many of its reports lack the text."""
    train = "States parties should ensure that prosecutors are trained in the protection of victims of trafficking"
    manual = "1. UNODC should publish a manual"
    for name, symbol, date, units in (
        ("1.txt", "2017/3", "20 July 2017", f"1. {train}."),
        ("2.txt", "2018/3", "20 July 2018", f"{manual}.\n\n2. {train}.\n\n3. {train} in children."),
        ("3.txt", "2019/L.1", "2 July 2019", f"{manual}."),
        ("4.txt", "2019/L.1/Add.1", "3 July 2019", f"{manual} soon."),
    ):
        text = report(f"CTOC/COP/WG.4/{symbol}", f"1–3 July {date[-4:]}", date, f"II. Recommendations\n\n{units}\n")
        (years.folder / name).write_text(text, "utf-8")
    done = inside("trace", "CTOC/COP/WG.4/2017/3#rec-1", "1.txt", "2.txt", "3.txt", "4.txt", folder=years.folder)
    assert [line.strip() for line in done.out.splitlines()[4:]] == [
        "2018-07-20  CTOC/COP/WG.4/2018/3", "rec. 2  again, renumbered", "also: rec. 3 0.97", "2019-07-02  CTOC/COP/WG.4/2019/L.1 (draft)  absent", "",
        "2 of 4 reports have it, or something like it; absent from 1 of the same body",
    ]  # fmt: skip


def test_a_title_that_keeps_two_topics_is_one_box(years: Shell) -> None:
    topics = "(a) Recruitment of children through online platforms; (b) Recruitment of children by online platforms."
    promised = f"II. Recommendations\n\n1. The Working Group should address the following topics at its next meetings: {topics}\n"
    kept = "II. Deliberations\n\n1. Under agenda item 2, entitled “Recruitment of children through online platforms”, speakers noted the risks.\n"
    for year, text in ((2019, promised), (2020, kept)):
        (years.folder / f"{year}.txt").write_text(report(f"CTOC/COP/WG.4/{year}/3", f"1–3 July {year}", f"20 July {year}", text), "utf-8")
    dot = inside("trace", "--promises", "2019.txt", "2020.txt", "--to", "dot", folder=years.folder).out
    assert re.findall(r"^  (\w+) (?:-> (\w+) )?\[", dot, re.MULTILINE)[-5:] == [
        ("t0", ""),
        ("e1", ""),
        ("t1", ""),
        ("t0", "e1"),
        ("t1", "e1"),
    ]


def test_one_bad_file_among_good_ones(years: Shell) -> None:
    """What was found is printed, and the status says that something was not read."""
    done = inside("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", "nowhere.txt", folder=years.folder)
    assert (done.code, done.err) == (2, "tipreport: error: nowhere.txt: no such file, folder or report of the index\n")
    assert done.out == inside("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", folder=years.folder).out != ""


def test_quiet_says_nothing_of_what_is_most_like(years: Shell) -> None:
    asked = ("trace", "prosecutors trained protection victims trafficking", "reports")
    telling, quiet = (inside(*asked, *more, folder=years.folder) for more in ((), ("-q",)))
    assert telling.err.startswith("tipreport: what is most like these words is CTOC/COP/WG.4/2018/")
    assert (quiet.code, quiet.out, quiet.err) == (0, telling.out, "")


def test_csv_and_cites(years: Shell) -> None:
    promised = inside("trace", "--promises", "reports", "--cite", folder=years.folder).out.splitlines()
    assert promised == [f"CTOC/COP/WG.4/2019/6, recommendation 2 ({one})" for one in "abc"] + [
        f"CTOC/COP/WG.4/2020/4, recommendation 2 ({one})" for one in "ab"
    ]
    rows = list(csv.DictReader(io.StringIO(years("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", "--csv").out, newline="")))
    assert [row["state"] for row in rows] == ["first", "again", "absent", "back"]
    rows = list(csv.DictReader(io.StringIO(years("trace", "--promises", "reports", "--csv").out, newline="")))
    assert rows[1]["evidence"].startswith("CTOC/COP/WG.4/2020/4, agenda item 2: Recruitment of children")
    assert years("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", "--cite").out.splitlines() == [
        "CTOC/COP/WG.4/2018/L.1/Add.1, recommendation 1", "CTOC/COP/WG.4/2018/3, recommendation 2", "CTOC/COP/WG.4/2020/4, recommendation 1",
    ]  # fmt: skip


def test_records_fit_the_schema(years: Shell) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for name, arguments in (("stop", ["CTOC/COP/WG.4/2018/3#rec-2"]), ("promise", ["--promises"])):
        validator = jsonschema.Draft202012Validator(json.loads(years("schema", name).out))
        for one in json.loads(years("trace", *arguments, "reports", "--json").out):
            validator.validate(one)


@pytest.mark.parametrize("arguments", [["CTOC/COP/WG.4/2018/3#rec-2"], ["--promises"]], ids=["timeline", "promises"])
def test_graphs(years: Shell, arguments: list[str]) -> None:
    """Graphviz reads the one; Mermaid gets quoted labels only. Markup in a text stays text."""
    evil = (
        REPORTS["2020.txt"]
        .replace("of victims of trafficking", 'of "victims" <b>of</b> [trafficking] \\ --> x')
        .replace("online platforms", 'online "platforms" <b>')
    )
    (years.folder / "reports" / "2020.txt").write_text(evil, "utf-8")
    dot = years("trace", *arguments, "reports", "--to", "dot")
    assert dot.code == 0
    if shutil.which("dot"):
        subprocess.run(["dot", "-Tsvg"], input=dot.raw, check=True, capture_output=True, timeout=SECONDS)
    names = set(re.findall(r"^  (\w+) \[", dot.out, re.MULTILINE)) - {"node"}
    assert {name for edge in re.findall(r"^  (\w+) -> (\w+)", dot.out, re.MULTILINE) for name in edge} <= names
    for line in dot.out.splitlines():
        assert re.sub(r'\\.|[^"\\]', "", line).count('"') % 2 == 0
    mermaid = years("trace", *arguments, "reports", "--to", "mermaid").out
    assert mermaid.startswith("flowchart TD\n")
    for label in re.findall(r'^  \w+\["(.*)"\](?::::\w+)?$', mermaid, re.MULTILINE):
        assert not re.search(r'["<>\[\]]', label.replace("<br>", ""))
    page = years("trace", *arguments, "reports", "--to", "html").out
    assert "<b>" not in page
    assert page.count('<li class="stop') == len(stops(years("trace", *arguments, "reports", "--jsonl").out))


def test_the_page_in_a_browser(years: Shell) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("Chromium is not installed")
    years("trace", "CTOC/COP/WG.4/2018/3#rec-2", "reports", "-o", "page.html")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    done = subprocess.run(
        [browser, *flags, f"--user-data-dir={years.home}/c", "--dump-dom", (years.folder / "page.html").as_uri()],
        capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert done.stdout.count('<li class="stop') == 4
    assert "<ins>" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        ([], 2, "--promises"), (["reports"], 2, "what is to be followed"), (["rec-77", "reports"], 2, "rec-77"), (["rec-1", "reports"], 2, "say which one"),
        (["A/1#rec-1", "reports"], 2, "A/1#rec-1"), (["--promises", "reports/other.txt"], 1, "sets topics"), (["zebra quagga", "reports"], 1, "nothing in 5 reports"),
        (["rec-1", "reports", "--least", "2"], 2, "--least"), (["rec-1", "reports", "--to", "pdf"], 2, "mermaid"), (["--promises", "none"], 2, "none"),
        (["--promises", "reports", "--cite", "--json"], 2, "--cite"), (["rec-1", "none.txt"], 2, "none.txt"), (["--id", "rec-1", "--id", "rec-2", "reports"], 2, "give --id once"),
    ],
)  # fmt: skip
def test_wrong_calls(years: Shell, arguments: list[str], code: int, named: str) -> None:
    done = years("trace", *arguments)
    assert done.code == code
    assert named in done.err
    if code == 2 and "--least" not in arguments:
        one_error(done)
