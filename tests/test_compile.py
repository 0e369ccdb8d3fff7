"""The index of recommendations by topic and their compilation by year or body."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from browser import opened
from command import ROOT, SECONDS, Shell, inside, one_error, quiet_terminal
from tipreport import parse
from tipreport.compilation import telling
from tipreport.compilation.folding import FLOOR, Text, folds
from tipreport.compilation.gathering import gathered
from tipreport.compilation.grouping import Compilation, compilation, said
from tipreport.config import Config
from tipreport.diff.likeness import Weights
from tipreport.errors import UnknownNameError
from tipreport.index import build, store
from tipreport.index.rows import rows
from tipreport.search.request import Filters
from tipreport.select import flat

SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
REAL = os.environ.get("TIPREPORT_REPORTS")
FORMS = ("text", "markdown", "html", "docx", "csv", "json", "jsonl")
HEAD = "{symbol}\n\nDistr.: General\n{date}\n\nWorking Group on Trafficking in Persons\n\nVienna, {days}\n\nReport on the meeting\n\nII. Recommendations\n\n"
TRAIN = "States parties should ensure that prosecutors and judges are trained in the protection of victims of trafficking in persons"
LIST = (
    "The Working Group should address the following topics at its next meetings: (a) the role of the media in prevention; "
    "(b) joint investigation teams across borders; and (c) {last}."
)
Record = dict[str, Any]


def report(year: int, *texts: str, heading: str = "A. General recommendations", symbol: str | None = None) -> str:
    body = "".join(f"{number}. {text}\n\n" for number, text in enumerate(texts, 1))
    told = symbol or f"CTOC/COP/WG.4/{year}/9"
    return HEAD.format(symbol=told, date=f"20 September {year}", days=f"9–11 September {year}") + f"{heading}\n\n{body}"


YEARS = {
    "2018.txt": report(2018, f"{TRAIN}.", LIST.format(last="orchids")),
    "2019.txt": report(2019, "The Secretariat should translate the toolkit into all languages.", heading="A. Financial investigations"),
    "2020.txt": report(2020, f"{TRAIN}, as appropriate.", "States parties should not detain victims."),
    "2021.txt": report(2021, f"{TRAIN.replace('should', 'may wish to')}, as appropriate.", "States parties should detain victims."),
}


@pytest.fixture
def years(shell: Shell) -> Shell:
    """Reports of four meetings."""
    (shell.folder / "reports").mkdir()
    for name, text in YEARS.items():
        (shell.folder / "reports" / name).write_text(text, "utf-8")
    return shell


def entries(out: str) -> list[Record]:
    return [one for one in map(json.loads, out.splitlines()) if one["type"] == "entry"]


def summary(out: str) -> Record:
    found: Record = json.loads(out.splitlines()[-1])
    assert found["type"] == "summary"
    return found


def made(texts: dict[str, str], by: str = "topic", *, filters: Filters | None = None, **more: Any) -> Compilation:
    """A compilation of texts, within this process."""
    connection = store.memory()
    found = []
    for name, text in texts.items():
        parsed = parse(text)
        found.append(build.Made(build.Task(name, Config()), len(text), 0, parsed.source.sha256, rows(parsed, text, Config())))
    build.insert_all(connection, found)
    return compilation(gathered(connection, filters or Filters()), by, Config(), **more)


def sources(found: Compilation) -> Counter[tuple[str, str]]:
    """How often each unit stands in a document, alone or behind a newer wording."""
    return Counter(
        (unit.item.source.name, unit.ident)
        for chapter in found.chapters
        for entry in chapter.everything
        for unit in (entry.unit, *(one.unit for one in entry.also if found.by == "topic"))
    )


# What stands where ---------------------------------------------------------------------------------------------


def test_an_index_by_topic(years: Shell) -> None:
    """Topics by their labels; a recommendation under each of its own, a point by itself with its lead-in."""
    done = years("compile", "reports", "--jsonl")
    assert done.code == 0
    found = entries(done.out)
    labels = list(dict.fromkeys(one["label"] for one in found))
    assert labels == [*sorted(label for label in labels if label != "Other"), "Other"]
    media = [one for one in found if one["group"] == "media"]
    assert [(one["id"], one["basis"], one["lead"], one["text"]) for one in media] == [
        ("rec-2.a", "words", "The Working Group should address the following topics at its next meetings:", "the role of the media in prevention;")
    ]  # fmt: skip
    assert media[0]["cite"] == "CTOC/COP/WG.4/2018/9, recommendation 2 (a)"
    assert media[0]["link"] == "https://undocs.org/en/CTOC/COP/WG.4/2018/9"
    assert [one["id"] for one in found if one["group"] == "future_work"] == ["rec-2"]


def test_a_heading_puts_what_stands_below_it_under_its_topic(years: Shell) -> None:
    found = [one for one in entries(years("compile", "reports", "--jsonl").out) if one["group"] == "financial"]
    assert [(one["report"], one["id"], one["basis"], one["heading"]) for one in found] == [
        ("CTOC/COP/WG.4/2019/9", "rec-1", "heading", "II.A Financial investigations")
    ]
    assert "by its heading: II.A Financial investigations" in years("compile", "reports").out


def test_a_point_on_no_topic_stands_under_other_where_nothing_else_holds_it() -> None:
    """With a lead-in on a topic the list stands there as a whole; without one each point stands for itself."""
    whole = made({"a": report(2018, LIST.format(last="orchids"))})
    assert "other" not in {chapter.ident for chapter in whole.chapters}
    apart = made({"a": report(2018, "States should: (a) inform the media; (b) grow orchids.")})
    assert [(chapter.ident, [entry.unit.ident for entry in chapter.entries]) for chapter in apart.chapters] == [
        ("media", ["rec-1.a"]), ("other", ["rec-1.b"]),
    ]  # fmt: skip


def test_a_compilation_by_year(years: Shell) -> None:
    """Sessions in the order of time, with masthead and headings; what a later one repeats is told there."""
    out = years("compile", "reports", "--by", "year").out
    assert re.findall(r"(?m)^(20\d\d) \(", out) == ["2018", "2019", "2020", "2021"]
    assert "recommendation 1: see CTOC/COP/WG.4/2021/9, recommendation 1 (2021; reworded" in " ".join(out.split())
    assert "II.A Financial investigations" in out
    newest = years("compile", "reports", "--by", "year", "--sort", "newest").out
    assert re.findall(r"(?m)^(20\d\d) \(", newest) == ["2021", "2020", "2019", "2018"]
    bodies = years("compile", "reports", "--by", "body").out
    assert re.findall(r"(?m)^(\S.*) \(\d+\)$", bodies) == ["Working Group on Trafficking in Persons"]


def test_a_year_that_nobody_knows_is_no_date() -> None:
    undated = (
        "Working Group on Trafficking in Persons\n\nDraft report\n\nAddendum\n\nII. Recommendations\n\n1. States should inform the media.\n"
    )
    found = made({"a": undated, "b": report(2019, "States should inform judges.")}, "year")
    assert [(chapter.ident, chapter.label) for chapter in found.chapters] == [("2019", "2019"), (None, "no date")]
    assert made({"a": undated}, "body", order="newest").chapters[0].label == "Working Group on Trafficking in Persons"


def test_what_is_alike_is_folded_with_all_its_sources(years: Shell) -> None:
    """The newest wording stands for the older ones; a denial is never folded into its contrary."""
    done = years("compile", "reports", "--jsonl")
    found = [one for one in entries(done.out) if one["group"] == "victim_protection" and "prosecutors" in one["text"]]
    assert [(one["report"], [other["report"] for other in one["also"]]) for one in found] == [
        ("CTOC/COP/WG.4/2021/9", ["CTOC/COP/WG.4/2020/9", "CTOC/COP/WG.4/2018/9"])
    ]
    assert all(FLOOR <= other["likeness"] < 1 and not other["same_words"] for other in found[0]["also"])
    told = " ".join(years("compile", "reports").out.split())
    assert re.search(r"also: CTOC/COP/WG.4/2020/9, recommendation 1 \(2020; reworded 0\.\d\d; “should”\), CTOC/COP/WG.4/2018/9", told)
    assert {one["text"] for one in entries(done.out) if "detain" in one["text"]} == {
        "States parties should not detain victims.", "States parties should detain victims.",
    }  # fmt: skip
    assert summary(done.out)["repeated"] == 2
    apart = years("compile", "reports", "--no-fold", "--jsonl")
    assert summary(apart.out)["repeated"] == 0
    assert sum("prosecutors" in one["text"] and one["group"] == "victim_protection" for one in entries(apart.out)) == 3


def test_an_older_wording_refers_to_the_newer_one(years: Shell) -> None:
    """By year each recommendation stands at its meeting; one that a later meeting repeats only says where."""
    years_later = report(2022, f"{TRAIN.replace('should', 'may wish to')}, as appropriate.").replace("9–11 September", "9 September")
    (years.folder / "reports/2022.txt").write_text(years_later, "utf-8")
    text = " ".join(inside("compile", "reports", "--by", "year", folder=years.folder).out.split())
    assert "recommendation 1: see CTOC/COP/WG.4/2022/9, recommendation 1 (2022; reworded " in text
    assert "recommendation 1: see CTOC/COP/WG.4/2022/9, recommendation 1 (2022) " in text, "the same words are not reworded"
    assert "; Vienna, 9 September 2022; 20" in text, "a meeting of one day"
    printed = inside("compile", "reports", "--by", "year", "-t", "markdown", folder=years.folder).out
    assert (
        '<a id="CTOC-COP-WG.4-2021-9-rec-1"></a>recommendation 1: see [CTOC/COP/WG.4/2022/9](<https://undocs.org/en/CTOC/COP/WG.4/2022/9>), '
        "recommendation 1 (2022)\n"
    ) in printed
    pytest.importorskip("docx")
    assert inside("compile", "reports", "--by", "year", "-o", "x.docx", folder=years.folder).code == 0
    body = zipfile.ZipFile(years.folder / "x.docx").read("word/document.xml").decode("utf-8")
    shown = ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", one)) for one in body.split("</w:p>")]
    assert "recommendation 1: see CTOC/COP/WG.4/2022/9, recommendation 1 (2022)" in shown


def test_near_duplicates_stand_apart_where_nothing_is_folded(years: Shell) -> None:
    text = inside("compile", "reports", "--by", "year", "--no-fold", folder=years.folder).out
    assert text.splitlines()[2] == "near-duplicates stand apart"
    assert " ".join(text.split()).count("trained in the protection of") == 3
    assert ": see " not in text


def test_points_of_points_stand_below_their_own() -> None:
    """As the index has them, and as printed; words that no point holds stay where they are."""
    steps = (
        "States parties should:\n\n(a) Train:\n\n(i) Judges; and\n\n(ii) Prosecutors in the rights of children; and\n\n(b) Fund shelters."
    )
    found = made({"a.txt": report(2022, steps)}, "year")
    (entry,) = found.chapters[0].everything
    assert [(line.depth, line.label, line.text) for line in telling.lines(entry.unit)] == [
        (0, "", "States parties should:"), (1, "(a)", "Train:"), (2, "(i)", "Judges; and"), (2, "(ii)", "Prosecutors in the rights of children; and"),
        (1, "(b)", "Fund shelters."),
    ]  # fmt: skip


def test_words_beside_the_points_of_a_saved_report_stay(years: Shell) -> None:
    parsed = json.loads(
        parse(report(2022, "States parties should:\n\n(a) Train judges; and\n\n(b) Fund shelters. All this soon.")).to_json()
    )
    for point, text in zip(parsed["recommendations"][0]["points"], ("Train judges;", "Fund shelters."), strict=True):
        point["text"] = text
    (years.folder / "saved.json").write_text(json.dumps(parsed), "utf-8")
    text = inside("compile", "saved.json", "--by", "year", folder=years.folder).out
    assert [line.strip() for line in text.splitlines() if line][-7:] == [
        "II.A General recommendations", "1.  States parties should:", "(a) Train judges;", "and", "(b) Fund shelters.", "All this soon.",
        "recommendation 1; to States parties; should",
    ]  # fmt: skip


def test_the_library_knows_its_dimensions_and_orders() -> None:
    with pytest.raises(UnknownNameError, match="unknown dimension 'colour'"):
        made(YEARS, "colour")
    with pytest.raises(UnknownNameError, match="unknown order 'up'"):
        made(YEARS, order="up")


def test_csv_has_a_row_for_every_source_of_a_group(years: Shell) -> None:
    rows_of = list(csv.DictReader(io.StringIO(years("compile", "reports", "--csv").out)))
    mine = [row for row in rows_of if row["group"] == "victim_protection" and "prosecutors" in row["text"]]
    assert [row["year"] for row in mine] == ["2021", "2020", "2018"]
    assert [row["repeats"] for row in mine] == ["", *["CTOC/COP/WG.4/2021/9, recommendation 1"] * 2]
    again = list(csv.DictReader(io.StringIO(years("compile", "reports", "--csv", "--no-fold").out)))
    assert Counter((row["group"], row["cite"]) for row in rows_of) == Counter((row["group"], row["cite"]) for row in again)


@pytest.mark.parametrize("by", ["topic", "year", "body"])
def test_records_have_their_shape(years: Shell, by: str) -> None:
    from jsonschema import Draft202012Validator

    from tipreport.compilation import shapes
    from tipreport.schema import json_schema

    kinds = {name: Draft202012Validator(json_schema(getattr(shapes, name.upper()), name)) for name in ("entry", "summary")}
    done = years("compile", "reports", "--by", by, "--jsonl")
    found = [json.loads(line) for line in done.out.splitlines()]
    assert {one["type"] for one in found} == set(kinds)
    for one in found:
        assert not list(kinds[one["type"]].iter_errors(one))
        assert set(one) == set(kinds[one["type"]].schema["properties"])


def test_counts_have_their_denominators(years: Shell) -> None:
    out = years("compile", "reports", "--year", "2018..2019").out
    assert "3 recommendations, from 2 reports\n0 of 3 on no topic, under “Other”\n" in out
    narrowed = years("compile", "reports", "--addressee", "Secretariat").out
    assert "addressee: Secretariat\n1 of 7 recommendations, from 1 of 4 reports\n" in narrowed


def test_filters_choose_what_stands_in_it(years: Shell) -> None:
    """A topic counts by words and by heading; an id of a point takes that point alone."""
    for given_, expected in (
        (("--topic", "financial"), {"rec-1"}), (("--id", "rec-2.b"), {"rec-2.b"}), (("--modality", "may wish to"), {"rec-1"}),
        (("--strength", "..3"), {"rec-1"}), (("--section", "Financial"), {"rec-1"}), (("--report", "CTOC/COP/WG.4/2019/9"), {"rec-1"}),
        (("--body", "WG.4", "--year", "2019"), {"rec-1"}), (("--status", "final", "--new-since", "2021"), {"rec-1", "rec-2"}),
    ):  # fmt: skip
        done = years("compile", "reports", "--jsonl", *given_)
        assert done.code == 0, (given_, done.err)
        assert {one["id"] for one in entries(done.out)} == expected, given_
    assert {one["group"] for one in entries(years("compile", "reports", "--jsonl", "--topic", "financial,media").out)} == {
        "financial",
        "media",
    }


# Properties ----------------------------------------------------------------------------------------------------


def corpora() -> dict[str, dict[str, str]]:
    return {"samples": {path.name: path.read_text("utf-8") for path in SAMPLES}, "years": YEARS}


@pytest.mark.parametrize("name", ["samples", "years"])
@pytest.mark.parametrize("by", ["topic", "year", "body"])
def test_nothing_is_lost(name: str, by: str) -> None:
    """Every recommendation stands there, folded or not; of those with points that stand apart, every point."""
    texts = corpora()[name]
    parsed = {one.masthead.symbol or "": one for one in map(parse, texts.values())}
    expected = {(item.id, item.text) for one in parsed.values() for item in one.recommendations}
    assert expected
    for floor in (FLOOR, None):
        found = made(texts, by, floor=floor)
        units = [unit for chapter in found.chapters for entry in chapter.everything for unit in (entry.unit, *(a.unit for a in entry.also))]
        assert {(unit.item.ident, unit.item.text) for unit in units} == expected
        if by != "topic":
            continue
        standing: dict[int, set[str]] = {}
        for unit in units:
            standing.setdefault(unit.item.id, set()).update([unit.ident, *(part.id for part in _below(unit))])
        for unit in units:
            everything = {point.ident for point in _all_points(unit)}
            assert everything <= standing[unit.item.id]


def _below(unit: Any) -> list[Any]:
    return [point for part in unit.body.points for point in flat((part.point,))]


def _all_points(unit: Any) -> list[Any]:
    from tipreport.compilation.gathering import units

    return [one for one in units(unit.item) if one.path]


@pytest.mark.parametrize("by", ["topic", "year", "body"])
def test_the_order_of_the_inputs_changes_nothing(by: str) -> None:
    texts = {**corpora()["samples"], **YEARS}
    names = list(texts)
    first = made(texts, by)
    shown = [_shown(first)]
    for seed in (1, 2):
        random.Random(seed).shuffle(names)
        shown.append(_shown(made({name: texts[name] for name in names}, by)))
    assert shown[0] == shown[1] == shown[2]


def _shown(found: Compilation) -> list[Any]:
    out: list[Any] = [found.counts]
    for chapter in found.chapters:
        out.append(chapter.label)
        out += [
            (entry.unit.cite, entry.basis, [(one.unit.cite, one.fold.score) for one in entry.also], telling.basis(entry))
            for entry in chapter.everything
        ]
    return out


@pytest.mark.parametrize("by", ["topic", "year"])
def test_folding_loses_no_source(by: str) -> None:
    """The folded document and the other one hold the same units, each in as many places or more."""
    texts = {**corpora()["samples"], **YEARS}
    together, apart = sources(made(texts, by)), sources(made(texts, by, floor=None))
    assert together.keys() == apart.keys()
    assert all(together[key] >= count for key, count in apart.items())


def test_the_sums_of_the_counts_fit() -> None:
    found = made({**corpora()["samples"], **YEARS})
    held = found.counts
    units = {
        unit.key: unit
        for chapter in found.chapters
        for entry in chapter.entries
        for unit in (entry.unit, *(one.unit for one in entry.also))
    }
    assert held.recommendations == len({unit.item.id for unit in units.values()}) == held.of_recommendations
    assert held.points == sum(bool(unit.path) for unit in units.values())
    assert held.repeated == len({one.unit.key for chapter in found.chapters for entry in chapter.entries for one in entry.also})
    on_topic = {
        unit.item.id
        for chapter in found.chapters
        if chapter.ident != "other"
        for entry in chapter.entries
        for unit in (entry.unit, *(one.unit for one in entry.also))
    }
    assert held.without == held.recommendations - len(on_topic)


WORDS = [f"w{number}" for number in range(12)]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), min_size=1, max_size=14)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from([0.5, 0.65, 0.8]))
def test_each_text_joins_the_head_it_is_most_like(listed: list[str], floor: float) -> None:
    """The quick way finds what comparing with every head finds; a member is like its head, and a head stands for itself."""
    texts = [Text(text, "", place, frozenset()) for place, text in enumerate(listed)]
    weights = Weights([text.own for text in texts])
    gists = [weights.gist(text.own) for text in texts]
    heads: list[int] = []
    for place, fold in enumerate(folds(texts, floor)):
        scores = {head: weights.score(gists[head], gists[place]) for head in heads}
        best = max(scores.values(), default=0.0)
        if best < floor:
            assert fold is None
            heads.append(place)
            continue
        assert fold is not None
        assert scores[fold.head] == best == fold.score


def test_a_chain_of_small_changes_does_not_glue_its_ends_together() -> None:
    """Each text is like the one before it; the last has nothing in common with the first, and is not folded into it."""
    words = [f"word{number}" for number in range(40)]
    texts = [Text(" ".join(words[at : at + 10]), "", at, frozenset()) for at in range(31)]
    found = folds(texts, 0.6)
    assert any(found)
    weights = Weights([text.own for text in texts])
    for place, fold in enumerate(found):
        if fold is not None:
            assert found[fold.head] is None
            assert weights.score(weights.gist(texts[fold.head].own), weights.gist(texts[place].own)) >= 0.6


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (Text(TRAIN, "", 1, frozenset()), Text(f"{TRAIN}, as appropriate", "", 2, frozenset()), True),
        (Text(TRAIN, "", 1, frozenset()), Text(f"{TRAIN}, as appropriate", "", 1, frozenset()), False),  # of one report
        (Text(TRAIN, "", 1, frozenset()), Text(TRAIN, "", 1, frozenset()), True),
        (Text(TRAIN, "", 1, frozenset({"unodc"})), Text(TRAIN, "", 2, frozenset({"states"})), False),
        (Text(TRAIN, "", 1, frozenset({"unodc"})), Text(TRAIN, "", 2, frozenset()), True),
        (Text(f"{TRAIN} on this matter", "", 1, frozenset(), "a"), Text(f"{TRAIN} on this matter", "", 2, frozenset(), "b"), False),
        (Text(f"{TRAIN} on this matter", "", 1, frozenset(), "a"), Text(f"{TRAIN} on this matter", "", 2, frozenset(), "a"), True),
        (
            Text("judges", f"{TRAIN}: judges", 1, frozenset()),
            Text("judges", "The Secretariat should invite: judges", 2, frozenset()),
            False,
        ),
        (Text("judges", f"{TRAIN}: judges", 1, frozenset()), Text("police", f"{TRAIN}: police", 2, frozenset()), False),
        (Text("", "", 1, frozenset()), Text("", "", 2, frozenset()), True),
    ],
)
def test_what_is_one_and_what_is_not(one: Text, other: Text, alike: bool) -> None:
    assert (folds([one, other])[1] is not None) is alike


def test_names_of_those_who_made_a_recommendation_are_no_part_of_it() -> None:
    assert said("Ratify the Convention (Spain);") == "Ratify the Convention"
    assert said("Ratify the Convention (Bolivia (Plurinational State of)) (Chad);") == "Ratify the Convention"
    assert said("Ratify the Convention (ICRMW) (Chad)") == "Ratify the Convention (ICRMW)"
    assert said("(Chad)") == "(Chad)"
    assert said("train judges)") == "train judges)"


# Real reports --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(REAL is None, reason="TIPREPORT_REPORTS is not set")
def test_joint_investigations_through_two_meetings(shell: Shell) -> None:
    """Point (d) of recommendation 51 of 2019, and of 2020 what stands below the heading II.C."""
    paths = [str(Path(str(REAL), name)) for name in ("000_1aa84738e104f5fd.txt", "004_559418d03a28a90c.txt")]
    if not all(map(os.path.exists, paths)):
        pytest.skip("the two reports are not there")
    found = [one for one in entries(shell("compile", *paths, "--jsonl").out) if one["label"] == "Joint investigations"]
    assert [(one["year"], one["id"], one["basis"]) for one in found] == [(2020, "rec-2", "heading"), (2019, "rec-51.d", "words")]
    assert found[0]["heading"].startswith("II.C ")
    assert found[1]["lead"].startswith("The Working Group should address")


# Forms ---------------------------------------------------------------------------------------------------------

HOSTILE = '<script>alert(1)</script> [/red] =HYPERLINK("x") \x1b[31m ]]> \u202e *bold* `code` | cell | [a](b) {{ x }} & http://x.example'


def hostile() -> str:
    """A saved report of which every word that is not ours is hostile."""
    text = report(
        2020, "States parties should inform the media of NASTY and of: (a) judges and NASTY; (b) NASTY joint investigations.", "NASTY"
    )
    text = text.replace("A. General recommendations", "A. Media NASTY").replace("Report on the meeting", "Report NASTY")
    saved = parse(text).to_json()
    assert saved.count("NASTY") >= 6
    return saved.replace("NASTY", json.dumps(HOSTILE)[1:-1])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("by", ["topic", "year"])
def test_nothing_in_a_text_acts(shell: Shell, form: str, by: str) -> None:
    (shell.folder / "a.json").write_text(hostile(), "utf-8")
    done = shell("compile", "a.json", "--by", by, "-t", form)
    assert done.code == 0, done.err
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(done.raw)) as archive:
            text = archive.read("word/document.xml").decode()
        assert "&lt;script&gt;" in text
        assert "\x1b" not in text
        return
    quiet_terminal(done.out)
    assert "\u202e" not in done.out
    if form == "html":
        assert done.out.count("<script>") == 1
        assert "&lt;script&gt;alert(1)" in done.out
    elif form == "markdown":
        from markdown_it import MarkdownIt

        page = MarkdownIt("commonmark", {"html": True}).enable("table").render(done.out)
        assert "<script>" not in page
        assert "<code>" not in page
        assert "<strong>" not in page
        assert not re.search(r'href="b"', page)
        assert "*bold* `code` | cell | [a](b)" in page
    elif form == "csv":
        assert all(not cell.startswith("=") for row in csv.reader(io.StringIO(done.out)) for cell in row)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_each_time_and_for_each_order(shell: Shell, form: str) -> None:
    for name, text in YEARS.items():
        (shell.folder / name).write_text(text, "utf-8")
    names = list(YEARS)
    one = shell("compile", *names, "-t", form)
    other = shell("compile", *reversed(names), "-t", form, "--jobs", "2")
    assert one.code == other.code == 0
    assert one.raw == other.raw


def test_a_suffix_chooses_the_form(years: Shell) -> None:
    for name, begin in (
        ("a.md", b"# Index"),
        ("a.docx", b"PK"),
        ("a.html", b"<!DOCTYPE html>"),
        ("a.csv", b"by,group"),
        ("a.txt", b"Index of"),
    ):
        done = years("compile", "reports", "-o", name)
        assert done.code == 0, done.err
        assert (years.folder / name).read_bytes().startswith(begin)


def test_markdown_says_where_each_thing_stands(years: Shell) -> None:
    out = years("compile", "reports", "-t", "markdown").out
    targets = set(re.findall(r'<a id="([^"]+)"></a>', out))
    links = re.findall(r"\]\(#([^)]+)\)", out)
    assert links
    assert set(links) <= targets
    assert len(targets) == len(re.findall(r'<a id="', out))


def test_short_shows_the_first_words(years: Shell) -> None:
    out = years("compile", "reports", "--short", "-t", "markdown", "--topic", "future-work,media").out
    assert "(c) orchids" not in out
    assert re.search(r"The Working Group should address .*\.\.\. \(a\) the role of the media", out)


def test_a_page_in_a_browser(years: Shell) -> None:
    """Nothing fails, nothing is fetched, nobody is shut out; filters leave what fits, with counts."""
    years("compile", "reports", "-o", "index.html")
    for more in ({}, {"dark": True}, {"width": 400}):
        with opened(years.folder / "index.html", **more) as tab:
            assert not tab.errors
            assert not tab.foreign()
            assert not tab.axe()
            assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with opened(years.folder / "index.html") as tab:
        page = tab.page
        everything = page.locator("article").count()
        assert page.locator("article:visible").count() == everything
        page.select_option("select[name=year]", "2019")
        left = page.locator("article:visible")
        assert [node.get_attribute("data-year") for node in left.all()] == ["2019"] * left.count()
        assert page.locator("#ui-told").inner_text() == f"{left.count()} of {everything} entries are shown."
        assert page.locator("section.chapter:visible").count() == page.locator("nav li:visible").count() < page.locator("nav li").count()
        page.fill("#ui-words", "orchids")
        assert page.locator("article:visible").count() == 0
        page.click("button[type=reset]")
        page.wait_for_function(f"document.querySelectorAll('article:not([hidden])').length === {everything}")
        page.select_option("select[name=to]", "Secretariat")
        assert "toolkit" in page.locator("article:visible").first.inner_text()
        page.evaluate("location.hash = document.querySelector('article[hidden]').id")
        page.wait_for_function(f"document.querySelectorAll('article:not([hidden])').length === {everything}")


def test_a_page_without_scripts_has_everything(years: Shell) -> None:
    years("compile", "reports", "--by", "year", "-o", "years.html")
    with opened(years.folder / "years.html", scripts=False) as tab:
        assert not tab.page.locator("form").is_visible()
        assert tab.page.locator("article:visible").count() == 7
        target = tab.page.locator("article a[href^='#CTOC']:not(.self)").first.get_attribute("href")
        assert tab.page.locator(f"[id='{target[1:]}']").count() == 1


def test_a_document_in_libreoffice(years: Shell, tmp_path: Path) -> None:
    """It opens, and its headings, points and links are real ones."""
    years("compile", "reports", "-o", "index.docx")
    with zipfile.ZipFile(years.folder / "index.docx") as archive:
        text = archive.read("word/document.xml").decode()
    marks = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', text))
    inner = set(re.findall(r'w:hyperlink [^>]*w:anchor="([^"]+)"', text))
    assert inner
    assert inner <= marks
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), str(years.folder / "index.docx")],
        check=True, capture_output=True, timeout=SECONDS * 2,
    )  # fmt: skip
    plain = (tmp_path / "index.txt").read_text("utf-8-sig")
    for words in (
        "Index of recommendations by topic",
        "Joint investigations",
        "the role of the media in prevention",
        "by its heading: II.A Financial",
        "also: CTOC/COP/WG.4/2020/9",
    ):
        assert words in " ".join(plain.split())


# Ends ----------------------------------------------------------------------------------------------------------


def test_an_index_file_and_reports_by_name(years: Shell) -> None:
    assert years("index", "add", "reports", "--index", "un.db").code == 0
    from_index = years("compile", "--index", "un.db", "--jsonl")
    assert from_index.code == 0
    assert [one["cite"] for one in entries(from_index.out)] == [one["cite"] for one in entries(years("compile", "reports", "--jsonl").out)]
    one = years("compile", "CTOC/COP/WG.4/2019/9", "--index", "un.db", "--jsonl")
    assert {record["report"] for record in entries(one.out)} == {"CTOC/COP/WG.4/2019/9"}
    assert "from 1 report\n" in years("compile", "CTOC/COP/WG.4/2019/9", "--index", "un.db").out


def test_nothing_found_is_no(years: Shell) -> None:
    done = years("compile", "reports", "--addressee", "UNODC")
    assert (done.code, done.out) == (1, "")
    assert done.err == "tipreport: nothing to compile: no recommendation of 7 recommendations in 4 reports that the filters leave\n"
    records = years("compile", "reports", "--addressee", "UNODC", "--jsonl")
    assert records.code == 1
    assert summary(records.out)["recommendations"] == 0
    (years.folder / "none.txt").write_text("Nothing of the kind.\n", "utf-8")
    assert years("compile", "none.txt").code == 1
    assert years("compile", "none.txt", "-o", "none.html").code == 1
    assert not (years.folder / "none.html").exists()


def test_what_cannot_be_read_is_trouble(years: Shell) -> None:
    one_error(years("compile", "missing.txt"), "missing.txt")
    done = years("compile", "reports", "missing.txt")
    assert done.code == 2
    assert "Joint investigations" in done.out
    one_error(years("compile", "reports", "--by", "state"), "state", "dimension")
    one_error(years("compile", "reports", "--sort", "up"), "order", "up")
    one_error(years("compile", "reports", "--topic", "gardening"), "topic", "gardening")
    one_error(years("compile", "reports", "--no-fold", "--least", "0.5"), "--least", "--no-fold")
    one_error(years("compile", "reports", "-t", "pdf"), "format", "pdf")
    one_error(years("compile", "reports/2018.txt", "-o", "reports/2018.txt"), "written over")


def test_a_binary_form_refuses_a_terminal(years: Shell) -> None:
    done = years.terminal("compile", "reports", "-t", "docx")
    assert done.code == 2
    assert "binary" in done.err


def test_colour_is_for_terminals(years: Shell) -> None:
    assert "\x1b[" in years.terminal("compile", "reports").out
    assert "\x1b[" not in years("compile", "reports").out
    narrow = years("compile", "reports", env={"COLUMNS": "60"}).out
    assert max(map(len, narrow.splitlines())) <= 60
