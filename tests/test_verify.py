"""Quotations: exact, altered, out of context, absent; in texts of any form; and what stands at a cite."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from command import SAMPLES, Shell, inside, one_error
from tipreport import api
from tipreport.config import Config
from tipreport.index import build, store
from tipreport.inputs import open_source
from tipreport.model import Paragraph, Recommendation, Report
from tipreport.quotation.article import quotations, unclosed
from tipreport.quotation.check import check
from tipreport.quotation.cited import cited
from tipreport.quotation.passages import Passages
from tipreport.quotation.stream import solid

REPORT = """CTOC/COP/WG.4/2031/9
Distr.: General
20 September 2031
Original: English

Working Group on Trafficking in Persons
Vienna, 10–11 September 2031

Report on the meeting

II. Recommendations

Recommendation 1
States parties should consider establishing, where appropriate and subject to domestic law, specialized units for the non-punish-
ment of victims.1

Recommendation 2
States parties should not detain victims of trafficking, unless this is necessary for their protection. Children were rarely heard.

Recommendation 3
If resources allow, UNODC is requested to publish a handbook on “safe return” for front-line officers. The Group was pleased.

Recommendation 4
States parties should: (a) train judges, as appropriate; (b) publish statistics every year; and (c) refrain from fining victims’ families.

Recommendation 5
States parties are encouraged to share data. They may wish to fund shelters.

III. Summary of deliberations

1. In the discussion, some speakers expressed the view that detention was never justified. Others did not agree. The Secretariat answered.

2. States parties should strengthen laws and, where appropriate, adopt policies for the 10–11 members that were re-elected in 2030.

_____
1 See resolution 5/1.
"""

EXACT, CONTEXT, ALTERED, ABSENT = "exact", "out_of_context", "altered", "absent"

Record = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the report."""
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


def verified(folder: Path, *arguments: str, stdin: bytes = b"") -> tuple[int, list[Record]]:
    """Exit status and records."""
    done = inside("verify", *arguments, "--jsonl", folder=folder, stdin=stdin)
    return done.code, [json.loads(line) for line in done.out.splitlines()]


# One quotation ----------------------------------------------------------------------------------------------

NO_DIFFERENCE = [
    "States parties are encouraged to share data.",
    "“States parties are encouraged to share data”",
    "States  parties are\nencouraged to share data",
    "publish a handbook on ‘safe return’ for front-line officers",
    "publish a handbook on 'safe return' for front‑line offi\u00adcers",
    "publish a handbook on «safe return» for front-line\nofficers.",
    "specialized units for the non-punishment of victims.",
    "specialized units for the nonpunish-\nment of victims",
    "specialized units for the non-punishment of victims.1",
    "specialized units for the non-punishment of victims.¹",
    "specialized units for the non-punishment of victims.[1]",
    "[C]hildren were rarely heard",
    "[c]hildren were rarely heard",
    "[UNODC] is requested to publish a handbook",
    "refrain[ing] from fining victims' families",
    "publish statistics every year; [...] refrain from fining",
    "refrain from fining victims’ families",
    "Others did not agree. […] The Secretariat answered",
    "The Group was pleased . . .",
    "10-11 members that were reelected in 2030",
    "States parties should not detain victims of trafficking, unless this is [strictly] necessary for their protection",
    "2. States parties should strengthen laws",
    "*Children* were **rarely** heard",
    "Original: English",
    "See resolution 5/1",
    "Recommendation 3 If resources allow, UNODC is requested",
]


@pytest.mark.parametrize("quotation", NO_DIFFERENCE)
def test_what_makes_no_difference(folder: Path, quotation: str) -> None:
    code, records = verified(folder, "-e", quotation, "report.txt")
    assert (code, records[0]["status"], records[0]["left_out"]) == (0, EXACT, []), records[0]
    assert records[0]["cite"].startswith("CTOC/COP/WG.4/2031/9, ")
    text = REPORT
    for span in records[0]["spans"]:
        assert text.count("\n", 0, span["start"]) + 1 == span["line"]
    assert solid(re.sub(r"\.1(?=\n)", ".", "".join(text[s["start"] : s["end"]] for s in records[0]["spans"]))) == solid(
        records[0]["text"]
    ).replace(solid(" [...] "), "")


DIFFERENT = {
    "children were rarely heard": ("[-Children-]{+children+} were rarely heard", []),
    "States parties are urged to share data": ("[-encouraged-]{+urged+}", [("modality", "dropped"), ("modality", "added")]),
    "States parties should detain victims of trafficking": ("should[- not-] detain", [("modality", "dropped"), ("modality", "added")]),
    "Others did agree. The Secretariat answered.": ("did[- not-] agree", [("negation", "dropped")]),
    "should consider establishing specialized units for victims": ("establishing[-, where", [("hedge", "dropped"), ("hedge", "dropped")]),
    "UNODC is requested to publish a guide on safe return": ("a [-handbook-]{+guide+} on", []),
    "10–12 members that were re-elected in 2030": ("12", []),
    "Children were rarely heard, if at all, by the courts. The Group was pleased": None,
    "detention was never justified, and others agreed. The Secretariat answered": ("{+, and others agreed+}", []),
}


@pytest.mark.parametrize("quotation", [one for one, told in DIFFERENT.items() if told])
def test_altered(folder: Path, quotation: str) -> None:
    told = DIFFERENT[quotation]
    assert told is not None
    code, records = verified(folder, quotation, "report.txt")
    record = records[0]
    assert (code, record["status"]) == (1, ALTERED), record
    if quotation[0] != "d":
        assert told[0] in record["diff"], record["diff"]
    if told[1]:
        assert [(one["kind"], one["what"]) for one in record["meaning"]] == told[1]
    assert record["cite"] and record["line"] and record["spans"] and 0.5 < record["score"] <= 1


CUT = {
    "States parties should not detain victims of trafficking": ("condition", "unless this is necessary for their protection", "behind"),
    "detain victims of trafficking, unless this is necessary for their protection": ("modality", "should not", "before"),
    "share data": ("modality", "are encouraged to", "before"),
    "fund shelters": ("modality", "may wish to", "before"),
    "States parties should": None,
    "UNODC is requested to publish a handbook on safe return": ("condition", "If resources allow", "before"),
    "train judges": ("hedge", "as appropriate", "behind"),
    "States parties [...] share data": ("modality", "are encouraged to", "inside"),
    "They [should] fund shelters": ("modality", "may wish to", "inside"),
    "detention was … justified": ("negation", "never", "inside"),
    "Others did": ("negation", "not", "behind"),
    "States parties should consider establishing [...] specialized units": ("hedge", "where appropriate", "inside"),
    "States parties should ... were rarely heard": ("sentence", "Children", "inside"),
}


@pytest.mark.parametrize("quotation", [one for one, told in CUT.items() if told])
def test_out_of_context(folder: Path, quotation: str) -> None:
    code, records = verified(folder, quotation, "report.txt")
    cuts = [(one["kind"], one["words"], one["where"]) for one in records[0]["left_out"]]
    assert (code, records[0]["status"]) == (1, CONTEXT), records[0]
    assert CUT[quotation] in cuts
    assert f"{CUT[quotation][1]}" in records[0]["diff"]  # type: ignore[index]


# Cuts that leave the meaning as it is.
HONEST = [
    "States parties should strengthen laws",  # "where appropriate" is of the second verb
    "publish statistics every year",
    "States parties should … publish statistics every year",  # the hedge is of the point left out
    "some speakers expressed the view",
    "detention was never justified",
    "Children were rarely heard",
    "victims",
]


@pytest.mark.parametrize("quotation", HONEST)
def test_honest_cuts(folder: Path, quotation: str) -> None:
    code, records = verified(folder, quotation, "report.txt")
    assert (code, records[0]["status"]) == (0, EXACT), records[0]


def test_a_number_or_mark_before_or_behind_a_quotation_is_that_of_its_place(folder: Path) -> None:
    """Text that repeats under two numbers is found where the number fits; a digit that is no mark of a note is a word of its own."""
    twice = REPORT.replace(
        "They may wish to fund shelters.", "They may wish to fund shelters.\n\nRecommendation 6\nChildren were rarely heard."
    )
    (folder / "twice.txt").write_text(twice, encoding="utf-8")
    numbered = verified(folder, "6. Children were rarely heard.", "twice.txt")[1][0]
    assert (numbered["status"], numbered["id"], numbered["places"]) == (EXACT, "rec-6", 1)
    assert verified(folder, "Children were rarely heard.", "twice.txt")[1][0]["places"] == 2
    assert verified(folder, "Original: English.1", "report.txt")[1][0]["status"] == EXACT
    assert verified(folder, "Original: English.7", "report.txt")[1][0]["status"] == ABSENT


def test_two_hyphens_are_a_dash(folder: Path) -> None:
    (folder / "dash.txt").write_text(REPORT.replace("The Group was pleased.", "The Group was pleased -- as ever."), encoding="utf-8")
    code, records = verified(folder, "The Group was pleased \u2014 as ever", "dash.txt")
    assert (code, records[0]["status"], records[0]["id"]) == (0, EXACT, "rec-3")


def test_further_places_are_named_and_the_rest_is_counted(folder: Path) -> None:
    more = "\n\n".join(f"{number}. The Group was pleased with its work on judges." for number in range(3, 28))
    (folder / "more.txt").write_text(f"{REPORT.partition('_____')[0]}{more}\n", encoding="utf-8")
    lines = inside("verify", "The Group was pleased with its work on judges", "more.txt", folder=folder).out.splitlines()
    assert lines[1:3] == ["  CTOC/COP/WG.4/2031/9, para. 3 (2031-09-20)", "  more.txt:35"]
    assert lines[3:] == [f"  also: CTOC/COP/WG.4/2031/9, para. {number}" for number in range(4, 7)] + ["  and 21 more places"]


@pytest.mark.parametrize(
    "quotation",
    ["punishment of victims", "shelter", "a ministry for everybody", "ict", "of the of the of the", "§§", "\u0431\u044b\u043b\u043e"],
)
def test_absent(folder: Path, quotation: str) -> None:
    if not any(map(str.isalnum, quotation)):
        one_error(inside("verify", quotation, "report.txt", folder=folder), "no word")
        return
    code, records = verified(folder, quotation, "report.txt")
    assert (code, records[0]["status"], records[0]["cite"], records[0]["spans"]) == (1, ABSENT, None, [])
    assert records[-1]["searched"]["reports"] == 1 and records[-1]["searched"]["whole_texts"] is True


def test_the_pinpoint_is_the_deepest_point(folder: Path) -> None:
    cites = {quote: verified(folder, quote, "report.txt")[1][0] for quote in ("publish statistics every year", "victims of trafficking")}
    assert cites["publish statistics every year"]["cite"] == "CTOC/COP/WG.4/2031/9, recommendation 4 (b)"
    assert cites["publish statistics every year"]["id"] == "rec-4.b"
    assert cites["victims of trafficking"]["cite"] == "CTOC/COP/WG.4/2031/9, recommendation 2"


def test_parts_in_several_passages(folder: Path) -> None:
    code, records = verified(folder, "Children were rarely heard. [...] The Group was pleased.", "report.txt")
    assert (code, records[0]["cite"]) == (0, "CTOC/COP/WG.4/2031/9, recommendation 2; recommendation 3")
    code, records = verified(folder, "The Group was pleased. [...] Children were rarely heard.", "report.txt")
    assert (code, records[0]["status"] == EXACT) == (1, False)


# Quotations of a text ---------------------------------------------------------------------------------------

ARTICLE = """# An article

The Group said that "States parties are encouraged to share data", and that States should consider
“establishing, where appropriate and subject to domestic law, specialized units”. Others were encouraged to 'share data'.

> States parties should not detain victims
> of trafficking, unless this is necessary for their protection.
>
> — CTOC/COP/WG.4/2031/9

`"code"` [link](https://example.org "a title") «Others did not agree» ‘victims’ families’ "nowhere to be found in it"
"""


def test_every_quotation_of_a_text(folder: Path) -> None:
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    code, records = verified(folder, "--file", "article.md", "report.txt")
    found = [(one["file_line"], one["status"], one["quotation"][:30]) for one in records[:-1]]
    assert code == 1
    assert found == [
        (3, EXACT, "States parties are encouraged "),
        (4, EXACT, "establishing, where appropriat"),  # the author says "should consider"
        (4, EXACT, "share data"),
        (6, EXACT, "States parties should not deta"),
        (11, EXACT, "Others did not agree"),
        (11, EXACT, "victims’ families"),
        (11, ABSENT, "nowhere to be found in it"),
    ]
    lines = ARTICLE.splitlines()
    for one in records[:-1]:
        assert lines[one["file_line"] - 1][one["file_column"] - 1 :].startswith(one["quotation"].split()[0])
    assert {name: records[-1][name] for name in ("quotations", "exact", "absent", "skipped")} == {
        "quotations": 7, "exact": 6, "absent": 1, "skipped": 0,
    }  # fmt: skip
    code, records = verified(folder, "--file", "article.md", "--least", "4", "report.txt")
    assert (records[-1]["quotations"], records[-1]["skipped"]) == (5, 2)


def test_what_its_author_says_beside_it_is_not_left_out(folder: Path) -> None:
    for text, status in (
        ("It asked States to “share data”.", CONTEXT),
        ("States were encouraged to “share data”.", EXACT),
        ("They were asked to “train judges”.", CONTEXT),
        ("They were asked to “train judges”, as appropriate.", EXACT),
    ):
        assert verified(folder, "--file", "-", "report.txt", stdin=text.encode())[1][0]["status"] == status


@pytest.mark.parametrize("form", ["html", "docx", "txt"])
def test_texts_of_any_form(folder: Path, form: str) -> None:
    says = ["He wrote: “States parties are encouraged to share data.”", "She wrote: “Children were often heard.”"]
    path = folder / f"article.{form}"
    if form == "docx":
        document = pytest.importorskip("docx").Document()
        for line in says:
            document.add_paragraph(line)
        document.save(str(path))
    else:
        path.write_text(
            "\n\n".join(says) if form == "txt" else "<html><body>" + "".join(f"<p>{one}</p>" for one in says) + "</body></html>",
            encoding="utf-8",
        )
    code, records = verified(folder, "--file", str(path), "report.txt")
    assert (code, [one["status"] for one in records[:-1]]) == (1, [EXACT, ALTERED])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('He said "one thing," she said, "and another."', ["one thing,", "and another."]),
        ("‘States’ efforts were noted’ and the ’90s; don't, it's, dogs' tails", ["States’ efforts were noted"]),
        ("“outer ‘inner’ and “deep” words” end", ["outer ‘inner’ and “deep” words"]),
        ("„Deutsch“ «français» ‹x y› “English”", ["Deutsch", "français", "x y", "English"]),
        ("“One paragraph\n\n“and the next” here", ["One paragraph", "and the next"]),
        ('an "unclosed one\n\nand 5" pipes', []),
        ("> a block\n> quote\n>\n> of two\n\n> “alone”", ["a block quote", "of two", "“alone”"]),
        ('```\n"code"\n```\n`"x"` <a title="no no">"yes"</a> <!-- "no" -->', ["yes"]),
        ("“split\nover lines”", ["split over lines"]),
        ('"a "b" c"', ['a "b']),
        ('“closed by a straight one" of it. It "goes on” so', ["closed by a straight one", "goes on"]),
        ('“he said "no" and left” and "he said “no” and left"', ['he said "no" and left', "he said “no” and left"]),
        ("&ldquo;one here&rdquo; and <q>two here</q> and &#8220;three&#8221;", ["one here", "two here", "three"]),
        ("<blockquote>\n<p>In a block</p>\n</blockquote>\nand no more", ["In a block"]),
        ("“” \"\" '' ‘’ > \n>\n", []),
    ],
)  # fmt: skip
def test_where_quotations_are(text: str, wanted: list[str]) -> None:
    found = quotations(text)
    assert [one.text for one in found] == wanted
    assert all(text[one.start : one.end].strip()[:1] == one.text[:1] for one in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Three “never closed here.\n\nThis one is.", ["“never"]), ("“Open over a break\n\nand on” here.", ["“Open"]),
        ("“One paragraph\n\n“and the next” here", []), ("‘tis the '90s, don't; a 5\" pipe", []), ('say "no more\n\nhere', ['"no']),
    ],
)  # fmt: skip
def test_marks_that_are_not_closed(text: str, wanted: list[str]) -> None:
    assert [text[at:].split()[0] for at in unclosed(text)] == wanted


def test_what_is_not_closed_is_told_and_no_success(folder: Path) -> None:
    (folder / "letter.md").write_text("It “begins and goes on.\n\nIt “should not detain victims of trafficking”.\n", "utf-8")
    done = inside("verify", "--file", "letter.md", "report.txt", folder=folder)
    assert done.code == 2
    assert "letter.md:1:4: a quotation that is not closed; it was not checked" in done.err


def test_what_a_page_quotes_with_elements_is_checked(folder: Path) -> None:
    page = "<!DOCTYPE html><p>It <q>should not detain victims</q>.</p><blockquote><p>should detain all</p><p>one<br>two</p></blockquote>"
    (folder / "page.html").write_text(page, "utf-8")
    done = inside("verify", "--file", "page.html", "report.txt", "--jsonl", folder=folder)
    assert [json.loads(line).get("quotation") for line in done.out.splitlines()][:3] == [
        "should not detain victims", "should detain all", "one two",
    ]  # fmt: skip


def test_a_text_of_nothing_but_marks_takes_no_longer_than_its_length() -> None:
    for text in ("“" * 20_000, '"' * 20_000, "'a " * 20_000, "‘s’ a" * 10_000, "> " * 20_000, "\n>" * 20_000, "<" * 20_000, "`" * 20_000):
        quotations(text)


# Inputs, forms, ends ----------------------------------------------------------------------------------------


def test_text(folder: Path) -> None:
    done = inside("verify", "States parties should detain victims of trafficking", "report.txt", folder=folder)
    assert done.code == 1
    assert done.out == (
        "altered: “States parties should detain victims of trafficking”\n"
        "  CTOC/COP/WG.4/2031/9, recommendation 2 (2031-09-20)\n"
        "    States parties should[- not-] detain victims of trafficking\n"
        "  modality dropped: “should not”\n"
        "  modality added: “should”\n"
        "  report.txt:18\n"
    )
    done = inside("verify", "share data", "report.txt", "--color", "always", folder=folder)
    assert "\x1b[33mout of context\x1b[0m" in done.out
    assert inside("verify", "share data", "report.txt", "--cite", folder=folder).out == "CTOC/COP/WG.4/2031/9, recommendation 5\n"


def test_what_is_absent_has_its_nearest_words(folder: Path) -> None:
    done = inside("verify", "share data with the judges", "report.txt", folder=folder)
    assert (done.code, done.out) == (1, (
        "absent: “share data with the judges”\n"
        "  not in 1 report (10 passages and the whole texts)\n"
        "  nearest (57% of the words): share data\n"
        "    CTOC/COP/WG.4/2031/9, recommendation 5\n"
    ))  # fmt: skip


def test_a_hint_says_what_would_make_it_exact(folder: Path) -> None:
    lines = inside("verify", "children were rarely heard", "report.txt", folder=folder).out.splitlines()
    assert lines[-2:] == ["  only the first letter is changed: brackets say so, [c]hildren", "  report.txt:18"]


def test_what_stands_at_a_cite_as_csv(folder: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(inside("verify", "--at", "CTOC/COP/WG.4/2031/9, rec. 5", "report.txt", "--csv", folder=folder).out))
    assert {key: row[key] for key in ("id", "kind", "date", "path", "line")} == {
        "id": "rec-5", "kind": "recommendation", "date": "2031-09-20", "path": "report.txt", "line": "27",
    }  # fmt: skip
    assert row["text"] == "States parties are encouraged to share data. They may wish to fund shelters."


def test_forms(folder: Path) -> None:
    whole = json.loads(inside("verify", "share data", "report.txt", "--json", folder=folder).out)
    assert [one["type"] for one in whole] == ["quotation", "summary"]
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(inside("schema", "quotation").out)
    for quotation in ("share data", "children were rarely heard", "share data with all", "nothing of it", *NO_DIFFERENCE[:3]):
        jsonschema.validate(verified(folder, quotation, "report.txt")[1][0], schema)
    rows = list(csv.DictReader(io.StringIO(inside("verify", "share data", "report.txt", "--csv", folder=folder).out)))
    assert [(row["status"], row["left_out"], row["cite"]) for row in rows] == [
        (CONTEXT, "modality before: are encouraged to", "CTOC/COP/WG.4/2031/9, recommendation 5")
    ]


def test_the_index(shell: Shell) -> None:
    """A report is found by the words in it, or named by its symbol; one that is not in the index is trouble."""
    (shell.folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (shell.folder / "other.txt").write_text(REPORT.replace("2031", "2032").replace("share data", "share all data"), encoding="utf-8")
    assert shell("index", "add", "report.txt", "other.txt", "--index", "un.db").code == 0
    both = shell("verify", "Children were rarely heard", "--index", "un.db", "--jsonl")
    assert (both.code, json.loads(both.out.splitlines()[0])["places"]) == (0, 2)
    one = shell("verify", "encouraged to share data", "CTOC/COP/WG.4/2032/9", "--index", "un.db", "--jsonl")
    assert (one.code, json.loads(one.out.splitlines()[0])["status"]) == (1, ALTERED)
    assert json.loads(one.out.splitlines()[1])["searched"]["reports"] == 1
    assert (
        shell("verify", "--at", "CTOC/COP/WG.4/2032/9, rec. 5", "--index", "un.db")
        .out.splitlines()[1]
        .strip()
        .endswith("all data. They may wish to fund shelters.")
    )
    one_error(shell("verify", "Children", "--index", "none.db"), "none.db", "no index")
    one_error(
        inside("verify", "--at", "A/99/1, para. 1", "--index", "un.db", folder=shell.folder), "no report is called as 'A/99/1, para. 1'"
    )
    nothing = inside("verify", "--at", "CTOC/COP/WG.4/2031/9, sect. IX", "--index", "un.db", folder=shell.folder)
    assert (nothing.code, nothing.out, nothing.err) == (1, "", "tipreport: nothing stands at sect. IX\n")


def test_trouble(folder: Path) -> None:
    for arguments, words in (
        ((), ("no quotation",)),
        (("...", "report.txt"), ("no word",)),
        (("x", "nowhere.txt"), ("nowhere.txt",)),
        (("--file", "nowhere.md", "report.txt"), ("nowhere.md",)),
        (("x", "report.txt", "-t", "html"), ("html",)),
        (("x", "report.txt", "--json", "--cite"), ("--cite",)),
        (("--at", "CTOC/COP/WG.4/2031/9, para. 1", "-e", "x", "report.txt"), ("--at",)),
        (("--at", "CTOC/COP/WG.4/2031/9", "report.txt"), ("no place",)),
        (("--file", "-", "-"), ("once",)),
        (("x" * 200_000, "report.txt"), ("longer",)),
    ):
        one_error(inside("verify", *arguments, folder=folder), *words)
    (folder / "article.md").write_text("“Children were rarely heard”", encoding="utf-8")
    mixed = inside("verify", "--file", "nowhere.md", "--file", "article.md", "report.txt", folder=folder)
    assert mixed.code == 2 and "exact" in mixed.out, "the rest is done"
    (folder / "none.md").write_text("No quotation here.", encoding="utf-8")
    none = inside("verify", "--file", "none.md", "report.txt", folder=folder)
    assert (none.code, none.out) == (0, "") and "no quotation in it" in none.err
    assert inside("verify", "-", "report.txt", folder=folder, stdin="“Children were rarely heard”\n".encode()).code == 0


# All specimens ----------------------------------------------------------------------------------------------

TEXTS = sorted(SAMPLES.glob("**/*.txt"))


@cache
def specimens() -> tuple[sqlite3.Connection, dict[str, tuple[Report, str]]]:
    """An index of all specimens, and what they hold by name."""
    connection = store.memory()
    made = [build.make(build.Task(str(path), Config())) for path in TEXTS]
    build.insert_all(connection, made)
    reports = {}
    for path in TEXTS:
        source = open_source(str(path))
        reports[str(path)] = (api.parse_source(source), source.text)
    return connection, reports


def units() -> list[tuple[Recommendation | Paragraph, str]]:
    """All recommendations and paragraphs of the specimens, each with the text that it stands in."""
    out: list[tuple[Recommendation | Paragraph, str]] = []
    for report, text in specimens()[1].values():
        out += [(unit, text) for unit in report.recommendations]
        out += [(unit, text) for unit in report.paragraphs]
    return out


def test_what_a_report_says_is_exact_as_it_is_read_and_as_it_is_printed() -> None:
    passages = Passages(specimens()[0])
    for unit, text in units():
        assert check(passages, unit.text).status == EXACT, unit.cite
        printed = "\n".join(text[span.start : span.end] for span in unit.spans)
        assert check(passages, printed).status == EXACT, (unit.cite, printed)


def test_a_changed_word_is_never_exact() -> None:
    passages, random = Passages(specimens()[0]), Random(7)
    counts = {ALTERED: 0, ABSENT: 0}
    for unit, _ in random.sample([one for one in units() if "[" not in one[0].text], 120):
        words = unit.text.split()
        place = random.randrange(len(words))
        words[place] = random.choice(["perhaps", f"un{words[place]}", "never", f"{words[place]}s"])
        status = check(passages, " ".join(words)).status
        counts[status] = counts.get(status, 0) + 1
        assert status != EXACT, " ".join(words)
    assert counts[ALTERED] > 100, "hardly any is so short that nothing of it is left"


def test_every_cite_leads_to_what_it_cites() -> None:
    connection, reports = specimens()
    looked = 0
    for report, _ in reports.values():
        every: tuple[Recommendation | Paragraph, ...] = (*report.recommendations, *report.paragraphs)
        for unit in every:
            if unit.number is None:
                continue
            found = cited(connection, unit.cite).records
            assert unit.text in [one["text"] for one in found], unit.cite
            waiting = [(point, unit.cite) for point in unit.points]
            while waiting:
                point, above = waiting.pop()
                cite = f"{above} ({point.label})"
                assert point.text in [one["text"] for one in cited(connection, cite).records], cite
                waiting += [(one, cite) for one in point.points]
                looked += 1
    assert looked > 50


@pytest.mark.parametrize(
    ("cite", "wanted"),
    [
        ("CTOC/COP/WG.4/2021/29, para. 6", ["para-6"]),
        ("ctoc/cop/wg.4/2021/29, paragraph 6.", ["para-6"]),
        ("CTOC/COP/WG.4/2021/29, \u00b6 6", ["para-6"]),
        ("CTOC/COP/WG.4/2021/29 (para. 6)", ["para-6"]),
        ("CTOC/COP/WG.4/2021/29, paras. 2-4", ["para-2", "para-3", "para-4"]),
        ("CTOC/COP/WG.4/2021/29, paras. 2 and 4", ["para-2", "para-4"]),
        ("CTOC/COP/WG.4/2021/29, rec. 7(b)", ["rec-7.b"]),
        ("CTOC/COP/WG.4/2021/29#rec-7.b", ["rec-7.b"]),
        ("CTOC/COP/WG.4/2021/29, sect. II.B", ["heading-II.B", "rec-4", "rec-5"]),
        ("UNEP/CHMS/COP.3/12, annex I, decision 1/CHMS.3, para. 2", ["annex-I.para-2"]),
        ("UNEP/CHMS/COP.3/12, decision 2/CHMS.3, para. 1", ["annex-I.para-1~2"]),
        ("A/CONF.299/PC/L.4, annex II", ["annex-II.para-1", "annex-II.para-2", "annex-II.para-3"]),
        ("A/CONF.299/PC/L.4, footnote 2", ["footnote-2"]),
        ("wg4-final-report.txt, para. 6", ["para-6"]),
        ("CTOC/COP/WG.4/2021/29, para. 99", []),
    ],
)  # fmt: skip
def test_forms_of_cites(cite: str, wanted: list[str]) -> None:
    found = cited(specimens()[0], cite)
    assert [one["id"] for one in found.records] == wanted
    assert bool(found.near) == (not wanted)


def test_at(folder: Path) -> None:
    done = inside("verify", "--at", "CTOC/COP/WG.4/2031/9, rec. 4 (a)", "report.txt", folder=folder)
    assert (done.code, done.out) == (0, "CTOC/COP/WG.4/2031/9, recommendation 4 (a)\n  train judges, as appropriate;\n  report.txt:24\n")
    assert inside("verify", "--at", "para. 1", "report.txt", "--cite", folder=folder).out == "CTOC/COP/WG.4/2031/9, para. 1\n"
    absent = inside("verify", "--at", "CTOC/COP/WG.4/2031/9, para. 9", "report.txt", folder=folder)
    assert (absent.code, absent.out) == (1, "") and "there is para. 2 and para. 1" in absent.err
    records = [json.loads(line) for line in inside("verify", "--at", "para. 1", "report.txt", "--jsonl", folder=folder).out.splitlines()]
    pytest.importorskip("jsonschema").validate(records[0], json.loads(inside("schema", "place").out))


@pytest.mark.parametrize(
    "quotation",
    ["1," * 5000, "[a" * 5000, "[...] a " * 2000, "a [b] " * 2000, "a-" * 5000, "'" * 9000 + "a", "[a]" * 5000, "share " * 5000],
)
def test_quotations_of_nothing_but_signs(folder: Path, quotation: str) -> None:
    code, records = verified(folder, "-", "report.txt", stdin=quotation.encode())
    assert code in {0, 1}
    assert records[0]["status"] != EXACT or records[0]["text"].strip("a.[] ") == "", records[0]["text"]
