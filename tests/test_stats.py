"""Counting, held against the parser, the search and the ledger; and what `tipreport stats` prints, draws and answers."""

from __future__ import annotations

import csv
import doctest
import hashlib
import io
import itertools
import json
import os
import re
import shutil
import sqlite3
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command import SAMPLES, SCRIPT, Result, Shell, environment, inside, one_error, plain, quiet_terminal
from tipreport import api, figures, registry
from tipreport.config import Config
from tipreport.errors import ExtraError, TipreportError, UnknownNameError
from tipreport.index import build, store
from tipreport.index.rows import rows as rows_of
from tipreport.index.schema import NUMBERS
from tipreport.search import ledger
from tipreport.search.engine import search
from tipreport.search.groups import grouped
from tipreport.search.request import Filters, Request
from tipreport.stats import overview, record
from tipreport.stats.counts import Counted, Crossed, Row, count, cross
from tipreport.stats.dimensions import FIXED, KINDS, kind_with
from tipreport.stats.forms import View, html, text
from tipreport.stats.scope import OF_REPORTS
from tipreport.stats.telling import denominators

ALL = sorted(path.name for path in SAMPLES.glob("*.txt"))
FINAL, DRAFT, COUNCIL, REVIEW, OLD = (
    "wg4-final-report.txt",
    "wg4-draft-addendum.txt",
    "hrc-session.txt",
    "upr-working-group.txt",
    "wg4-2010-style.txt",
)
REPORTS = os.environ.get("TIPREPORT_REPORTS")
PAIRS = [(what, by) for what, kind in KINDS.items() for by in kind.dimensions]
CROSSES = {what: [*itertools.permutations(kind.dimensions, 2)] for what, kind in KINDS.items()}
OBJECTS = [what for what in KINDS if what in NUMBERS and not KINDS[what].roles]
SEVERAL = {"addressee", "topic", "item", "state"}  # one object may have more than one of these, where it is not an entry of the ledger
FILTERS = [
    Filters(), Filters(body=("trafficking",)), Filters(year="2021"), Filters(year="2022..2030"), Filters(status=("draft",)), Filters(report=(FINAL,)),
    Filters(state=("Indonesia",)), Filters(group=("AFR",)), Filters(organization=("OSCE",)), Filters(capacity=("igo",)), Filters(item=("3",)),
    Filters(panellist=("aasland",)), Filters(section=("II",)), Filters(addressee=("States parties",)), Filters(modality=("should",)),
    Filters(strength="5.."), Filters(voice=("several..",)), Filters(topic=("children",)), Filters(ids=("rec-7",)), Filters(body=("trafficking",), item=("3",)),
    Filters(year="1999"),
]  # fmt: skip


def indexed(texts: list[tuple[str, str]]) -> sqlite3.Connection:
    """An index in memory of texts by name."""
    connection, config = store.memory(), Config()
    made = []
    for name, whole in texts:
        number = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
        rows = rows_of(api.parse(whole, name=name), whole, config)
        made.append(build.Made(build.Task(f"/{name}", config), len(whole), 1, number, rows))
    build.insert_all(connection, made)
    return connection


@cache
def samples() -> sqlite3.Connection:
    """The index of all samples."""
    return indexed([(name, (SAMPLES / name).read_text("utf-8")) for name in ALL])


def xml(source: str | bytes) -> Any:
    """The root element of XML that we wrote."""
    etree = pytest.importorskip("lxml.etree")
    return etree.fromstring(source.encode("utf-8") if isinstance(source, str) else source)


def numbers(found: Counted) -> dict[Any, int]:
    return {row.value: row.count for row in found.rows if row.count}


PICTURES: dict[str, str] = {}  # where matplotlib keeps its list of fonts: it takes seconds to make one


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A folder with all samples, and all of them in the index of the user's data folder."""
    at = tmp_path_factory.mktemp("corpus")
    PICTURES["MPLCONFIGDIR"] = str(tmp_path_factory.getbasetemp().parent / "matplotlib")
    for name in ("work", "home"):
        (at / name).mkdir()
    shell = Shell(at / "work", at / "home")
    for name in ALL:
        shutil.copy(SAMPLES / name, shell.folder)
    made = shell("index", "add", ".", "-q")
    assert (made.code, made.err) == (0, "")
    return shell


def here(shell: Shell, *arguments: str, env: dict[str, str] | None = None) -> Result:
    """`tipreport stats` within this process."""
    return inside("stats", *arguments, folder=shell.folder, env={**environment(shell.home), **PICTURES, **(env or {})})


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.out.splitlines()]


# What is counted, against the parser ----------------------------------------------------------------------------------


def test_counts_are_those_of_the_parsed_reports() -> None:
    recommendations: dict[str, Counter[Any]] = {
        name: Counter() for name in ("addressee", "topic", "modality", "strength", "verb", "section")
    }
    voices: Counter[str] = Counter()
    groups: Counter[str | None] = Counter()
    capacities: Counter[str] = Counter()
    total = 0
    for name in ALL:
        report = api.parse((SAMPLES / name).read_text("utf-8"))
        for unit in report.recommendations:
            total += 1
            some: set[Any] = {one.id for one in unit.addressees}
            recommendations["addressee"].update(some or {None})
            some = {*unit.topics}
            recommendations["topic"].update(some or {None})
            for field in ("modality", "strength", "verb", "section"):
                recommendations[field][getattr(unit, field)] += 1
        voices.update(voice.quantifier for paragraph in report.paragraphs for voice in paragraph.voices)
        for one in report.statements:
            everyone = [*one.states, *one.organizations, *one.groups, *one.persons]
            capacities[one.capacity] += len(everyone)
            groups.update(ledger.region(state.id) or "other" for state in one.states)
            groups.update(["other"] * (len(one.organizations) + len(one.groups)))
            groups.update([None] * len(one.persons))
    assert total > 50
    for by, expected in recommendations.items():
        found = count(samples(), "recommendations", by)
        assert numbers(found) == expected, by
        assert (found.of, found.missing) == (total, expected[None]), by
    assert numbers(count(samples(), "voices", "quantifier")) == voices
    assert numbers(count(samples(), "statements", "group")) == {value: number for value, number in groups.items() if number}
    assert numbers(count(samples(), "statements", "capacity")) == capacities


@pytest.mark.parametrize(("what", "by"), PAIRS)
def test_the_sum_of_a_table_is_its_denominator(what: str, by: str) -> None:
    for filters in FILTERS:
        found = count(samples(), what, by, filters)
        counts = [row.count or 0 for row in found.rows]
        assert found.entries == sum(counts)
        assert found.missing == sum(row.count or 0 for row in found.rows if row.value is None)
        assert found.of <= found.entries
        if by not in SEVERAL or (KINDS[what].roles and by == "state"):
            assert found.of == found.entries
        assert found.holding <= min(found.reports, found.of)
        assert all(row.reports >= (1 if row.count else 0) for row in found.rows)
        values = [row.value for row in found.rows]
        assert len(set(values)) == len(values)
        assert None not in values[:-1], "what is not known stands last"


@pytest.mark.parametrize("what", OBJECTS)
def test_denominators_are_what_search_counts(what: str) -> None:
    by = next(iter(KINDS[what].dimensions))
    for filters in FILTERS:
        assert count(samples(), what, by, filters).of == search(samples(), Request(None, filters, (what,))).total, filters


@pytest.mark.parametrize("what", [what for what, kind in KINDS.items() if kind.roles])
def test_denominators_are_the_rows_of_the_ledger(what: str) -> None:
    for filters in FILTERS:
        rows = ledger.entries(samples(), filters, KINDS[what].roles)
        found = count(samples(), what, "year", filters)
        assert (found.of, found.reports) == (len(rows), len(ledger.reports(samples(), filters))), filters
        assert found.holding == len({row["report_id"] for row in rows})


@pytest.mark.parametrize("what", ["recommendations", "paragraphs"])
def test_groups_are_those_of_search(what: str) -> None:
    for filters in FILTERS:
        answer = search(samples(), Request(None, filters, (what,)))
        for by in ("year", "body", "state", "topic", *(("addressee", "modality") if what == "recommendations" else ())):
            expected = {
                group.value: group.hits
                for group in grouped(samples(), [ident for ident, _ in answer.found], by, answer.scope)
                if group.hits
            }
            assert numbers(count(samples(), what, by, filters)) == expected, (by, filters)


@pytest.mark.parametrize("what", KINDS)
def test_margins_of_a_cross_table_are_the_single_tables(what: str) -> None:
    for one, other in CROSSES[what]:
        check_margins(what, one, other)


def check_margins(what: str, one: str, other: str) -> None:
    found = cross(samples(), what, one, other)
    first, second = count(samples(), what, one), count(samples(), what, other)
    assert (found.rows, found.columns, found.of) == (first.rows, second.rows, first.of), (one, other)
    assert found.entries == sum(found.cells.values())
    for rows, margin, single in ((found.rows, 0, not several(what, other)), (found.columns, 1, not several(what, one))):
        for row in rows:
            total = sum(number for values, number in found.cells.items() if values[margin] == row.value)
            assert total == (row.count or 0) if single else total >= (row.count or 0)
    assert {(b, a): number for (a, b), number in found.cells.items()} == cross(samples(), what, other, one).cells


def several(what: str, by: str) -> bool:
    return by in SEVERAL and not (KINDS[what].roles and by == "state")


@pytest.mark.parametrize("what", KINDS)
def test_no_table_is_read_again_for_every_row(what: str) -> None:
    """A join without an index is minutes for a large corpus."""
    for one, other in CROSSES[what]:
        check_plan(what, one, other)


def check_plan(what: str, one: str, other: str) -> None:
    seen: list[str] = []
    samples().set_trace_callback(seen.append)
    cross(samples(), what, one, other)
    samples().set_trace_callback(None)
    asked = next(sql for sql in reversed(seen) if "GROUP BY 1, 2" in sql)
    plan = [row[3] for row in samples().execute(f"EXPLAIN QUERY PLAN {asked}")]
    assert sum(step.startswith("SCAN") and "json_each" not in step and "VIRTUAL" not in step for step in plan) <= 1, (one, other, plan)


def test_balance_is_that_of_the_ledger() -> None:
    rows = ledger.entries(samples(), Filters())
    expected = ledger.balance(rows, ledger.reports(samples(), Filters()))
    for row in expected:
        found = cross(samples(), KIND_OF_ROLE[row["role"]], "year", "group")
        got = {name: found.cells.get((row["year"], name), 0) for name in FIXED["group"]}
        got["other"] += found.cells.get((row["year"], None), 0)
        assert got == {name: row[name] for name in got}, row


KIND_OF_ROLE = {"spoke": "statements", "panellist": "panellists", "attended": "attendance", "proposed": "proposals"}


# Years, means, what is unknown ----------------------------------------------------------------------------------------


def dated(year: int | None, *recommendations: str) -> str:
    day = f"Vienna, 9–11 September {year}\n\n" if year else ""
    points = "\n\n".join(f"{place}. {one}" for place, one in enumerate(recommendations, 1))
    return f"Working Group on Trafficking in Persons\n\n{day}Draft report\n\nII. Recommendations\n\n{points or 'Nothing was adopted.'}\n"


@given(st.lists(st.one_of(st.none(), st.integers(2001, 2030)), min_size=1, max_size=6))
@settings(deadline=None, derandomize=True, database=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_a_year_without_report_is_not_a_year_with_none(years: list[int | None]) -> None:
    texts = [dated(year, *["States parties should train the police."] * (place % 2)) for place, year in enumerate(years)]
    hold = [len(api.parse(one).recommendations) for one in texts]
    connection = indexed([(f"{place}.txt", one) for place, one in enumerate(texts)])
    found = count(connection, "recommendations", "year")
    known = [year for year in years if year is not None]
    expected = [*range(min(known), max(known) + 1)] if known else []
    assert [row.value for row in found.rows] == expected + ([None] if None in years else [])
    for row in found.rows:
        mine = [place for place, year in enumerate(years) if year == row.value]
        assert row.reports == len(mine)
        assert row.count == (sum(hold[place] for place in mine) if mine else None)
    assert found.reports == len(years)


def test_columns_of_years_without_report_are_one_sentence() -> None:
    found = cross(samples(), "recommendations", "addressee", "year")
    assert 2011 in [column.value for column in found.columns]
    for made in (text.render([found], View(width=140)), html.render([found], View())):
        assert "No report: 2011 to 2020." in made
        assert "2022" in made
        assert "2015" not in made


def test_years_that_were_asked_for_are_told() -> None:
    connection = indexed([("a.txt", dated(2019, "States parties should train.")), ("b.txt", dated(2021))])
    rows = count(connection, "recommendations", "year", Filters(year="2018..2022")).rows
    assert [(row.value, row.count) for row in rows] == [(2018, None), (2019, 1), (2020, None), (2021, 0), (2022, None)]
    assert [row.value for row in count(connection, "recommendations", "year", Filters(year="1..9999")).rows] == [2019, 2020, 2021]
    assert [row.value for row in count(connection, "recommendations", "year", Filters(year="2020")).rows] == []
    far = indexed([("a.txt", dated(1960)), ("b.txt", dated(2060))])
    assert [row.value for row in count(far, "recommendations", "year", Filters(year="1900..2140")).rows] == [1960, 2060], "too many to tell"


def test_the_mean_strength_is_of_those_that_have_one() -> None:
    whole = dated(2019, "States parties should train.", "The Conference may wish to consider a review.")
    assert [unit.strength for unit in api.parse(whole).recommendations] == [6, 2]
    review = (SAMPLES / REVIEW).read_text("utf-8")
    assert {unit.strength for unit in api.parse(review).recommendations} == {None}
    connection = indexed([("a.txt", whole), (REVIEW, review)])
    rows = {row.value: row for row in count(connection, "recommendations", "year").rows if row.count}
    assert (rows[2019].mean, rows[2019].measured, rows[2019].count) == (4.0, 2, 2)
    assert (rows[2025].mean, rows[2025].measured, rows[2025].count) == (None, 0, 18)
    shown = text.render([count(connection, "recommendations", "year")], View())
    assert "4.0 (n 2)" in shown
    assert "0.0" not in shown.replace("4.0", "")


def test_regional_groups_are_complete_and_persons_are_of_none() -> None:
    for what in ("statements", "panellists", "attendance"):
        assert [row.value for row in count(samples(), what, "group").rows][:6] == ["AFR", "APG", "EEG", "GRULAC", "WEOG", "other"]
    everybody = count(samples(), "participation", "participant")
    persons = numbers(everybody).get("person", 0)
    assert persons
    assert count(samples(), "participation", "group").missing == persons


def test_orders() -> None:
    def values(what: str, by: str) -> list[Any]:
        return [row.value for row in count(samples(), what, by).rows if row.value is not None]

    assert values("recommendations", "strength") == sorted(values("recommendations", "strength"))
    quantifiers = values("voices", "quantifier")
    assert [one for one in quantifiers if one in {"one", "two", "few", "some", "several", "many", "most", "all"}] == [
        "one",
        "two",
        "few",
        "some",
        "several",
        "many",
        "most",
        "all",
    ]
    labels = [one for one in values("paragraphs", "section") if re.fullmatch("[IVX]+", one)]
    assert labels[:5] == ["I", "II", "III", "IV", "V"]
    counts = [row.count or 0 for row in count(samples(), "recommendations", "topic").rows if row.value]
    assert counts == sorted(counts, reverse=True)


def test_unknown_kinds_and_dimensions() -> None:
    for arguments in (("recommendation", "year"), ("recommendations", "quantifier"), ("voices", "group"), ("recommendations", "yaer")):
        with pytest.raises(UnknownNameError):
            count(samples(), *arguments)
    assert kind_with(("quantifier",)) == "voices"
    assert kind_with(("year", "group")) == "statements"
    assert kind_with(("year", "topic")) == "recommendations"
    assert kind_with(("status",)) == "reports"


def test_filters_of_reports_are_all_there_are() -> None:
    """A new filter of reports must be named; else it would count as one that says nothing of reports."""
    assert {*OF_REPORTS} < {*Filters._fields}
    values: dict[str, Any] = {
        "body": ("trafficking",), "year": "2021", "new_since": "2021", "report": (FINAL,), "status": ("final",),
    }  # fmt: skip
    for name in OF_REPORTS:
        filters = Filters(**{name: values[name]})
        assert count(samples(), "reports", "year", filters).of == len(ledger.reports(samples(), filters)) > 0


# Hand-checked ---------------------------------------------------------------------------------------------------------


def test_the_speakers_of_a_sample_by_hand(corpus: Shell) -> None:
    """From the lists of speakers of the draft: paragraphs 11 to 13."""
    result = here(corpus, DRAFT, "--what", "statements", "--by", "year,group", "--csv")
    assert (result.code, result.out) == (0, "year,AFR,APG,EEG,GRULAC,WEOG,other\r\n2021,3,3,2,4,3,1\r\n")


def test_the_recommendations_of_a_sample_by_hand(corpus: Shell) -> None:
    """From the draft: recommendations 7 to 12."""
    rows = lines(here(corpus, DRAFT, "--by", "addressee", "--jsonl"))
    assert {row["value"]: row["count"] for row in rows} == {
        "states_parties": 4, "conference": 1, "unodc": 1,
    }  # fmt: skip
    assert {row["of"] for row in rows} == {6}


@pytest.mark.skipif(
    not REPORTS or not list(Path(REPORTS).glob("000*.txt")), reason="TIPREPORT_REPORTS names no folder with the two reports"
)
def test_the_two_real_reports(corpus: Shell) -> None:
    assert REPORTS
    first, second = (str(next(Path(REPORTS).glob(f"{number}*.txt"))) for number in ("000", "004"))
    result = here(corpus, first, "--what", "statements", "--by", "year,group", "--csv")
    assert result.out.splitlines() == ["year,AFR,APG,EEG,GRULAC,WEOG,other", "2020,2,3,0,2,0,1"]
    rows = lines(here(corpus, first, second, "--what", "recommendations", "--by", "year", "--jsonl"))
    assert [(row["value"], row["count"], row["of"], row["mean_strength"]) for row in rows] == [(2019, 1, 3, 6.0), (2020, 2, 3, 6.0)]
    told = here(corpus, first, "--what", "voices", "--by", "quantifier")
    assert "%" not in told.out
    assert re.search(r"several +2\b", told.out)
    rows = lines(here(corpus, first, "--what", "panellists", "--by", "group", "--jsonl"))
    assert {row["value"]: row["count"] for row in rows} == {"AFR": 0, "APG": 0, "EEG": 0, "GRULAC": 1, "WEOG": 2, "other": 0}


# The command ----------------------------------------------------------------------------------------------------------


def test_the_overview(corpus: Shell) -> None:
    result = corpus("stats")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[0] == f"Counts in {len(ALL)} reports"
    for what, by in overview.TABLES:
        found = count(store.reader(str(corpus.home / ".local/share/tipreport/index.db")), what, by)
        if found.of:
            assert " ".join(denominators(found)[0].split()) in " ".join(result.out.split()), (what, by)
    assert "A recommendation may count several times: " in " ".join(result.out.split())
    assert "no report" in result.out
    quiet_terminal(result.out)


def test_files_and_index_give_the_same(corpus: Shell) -> None:
    for arguments in (["--by", "year,addressee"], ["--what", "voices"], []):
        assert here(corpus, *ALL, *arguments).out == here(corpus, *arguments).out


@pytest.mark.parametrize(
    "arguments", [[], ["--by", "year,addressee"], ["--what", "participation", "--by", "state", "--limit", "0"], ["--what", "statements"]]
)
def test_a_narrow_terminal(corpus: Shell, arguments: list[str]) -> None:
    wide = here(corpus, *arguments, env={"COLUMNS": "400"}).out
    for columns in (20, 33, 46, 60, 80, 140):
        out = here(corpus, *arguments, env={"COLUMNS": str(columns)}).out
        assert max(map(len, out.splitlines())) <= columns, columns
        assert "█" in out
        if columns == 140 and "--by" not in arguments:
            assert words(out) == words(wide)


def words(out: str) -> Counter[str]:
    return Counter(re.findall(r"[\w%]+", re.sub("[█▏▎▍▌▋▊▉]", " ", out)))


def test_a_terminal_of_twenty_columns(corpus: Shell) -> None:
    result = corpus.terminal("stats", "--by", "body", columns=20)
    assert result.code == 0
    assert max(map(len, plain(result.out).splitlines())) <= 20
    assert "\x1b[" in result.out


def test_the_same_words_in_a_pipe_and_on_a_terminal(corpus: Shell) -> None:
    shown = corpus.terminal("stats", columns=100)
    piped = corpus("stats", env={"COLUMNS": "100"})
    assert plain(shown.out) == piped.out
    assert shown.out != piped.out
    assert "\x1b" not in corpus.terminal("stats", "--color", "never").out
    assert plain(corpus("stats", "--color", "always").out) == piped.out != corpus("stats", "--color", "always").out


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.integers(1, 60))
@settings(deadline=None, derandomize=True, database=None)
def test_bars_are_as_long_as_their_numbers(counts: list[int], width: int) -> None:
    most = max(counts)
    for one in counts:
        bar = text.bar(one, most, width)
        assert (len(bar) > 0) == (one > 0)
        assert len(bar) <= width
        if one:
            full = bar.count("█") + sum("▏▎▍▌▋▊▉".index(sign) + 1 for sign in bar if sign != "█") / 8
            assert abs(full - max(width * one / most, 1 / 8)) <= 1 / 16 + 1e-9


def test_records(corpus: Shell) -> None:
    rows = lines(here(corpus, "--by", "topic", "--jsonl"))
    assert all(set(row) == {"type", *record.COLUMNS} for row in rows)
    assert json.loads(here(corpus, "--by", "topic", "--json").out) == rows
    tables = list(csv.DictReader(io.StringIO(here(corpus, "--by", "topic", "--csv").out)))
    assert [*tables[0]] == [*record.COLUMNS]
    assert [[row[name] for name in record.COLUMNS] for row in tables] == [
        ["" if row[name] is None else str(row[name]) for name in record.COLUMNS] for row in rows
    ]
    for row in rows:
        assert row["share"] == round(row["count"] / row["of"], 4)
        assert (row["what"], row["by"]) == ("recommendations", "topic")
    assert sum(row["count"] for row in rows) == rows[0]["entries"] > rows[0]["of"]
    assert [row["missing"] for row in rows if row["value"] is None] == [row["count"] for row in rows if row["value"] is None]
    assert len(rows) > 12  # a limit is for people only


def test_cells_are_long_in_json_and_wide_in_csv(corpus: Shell) -> None:
    for what, by in (
        ("recommendations", "year,addressee"),
        ("statements", "body,group"),
        ("participation", "state,year"),
        ("paragraphs", "section,topic"),
    ):
        long = lines(here(corpus, "--what", what, "--by", by, "--jsonl"))
        reader = list(csv.reader(io.StringIO(here(corpus, "--what", what, "--by", by, "--csv").out)))
        cells = [cell for row in reader[1:] for cell in row[1:]]
        assert cells == ["" if row["count"] is None else str(row["count"]) for row in long]
        assert len({*reader[0]}) == len(reader[0])
        assert reader[0][0] == by.partition(",")[0]


def test_no_share_of_speakers(corpus: Shell) -> None:
    for by in ("quantifier", "year", "topic", "verb"):
        assert "%" not in here(corpus, "--what", "voices", "--by", by).out
        assert {row["share"] for row in lines(here(corpus, "--what", "voices", "--by", by, "--jsonl"))} == {None}
        assert "%" not in html.render([count(samples(), "voices", by)], View()).partition("<main>")[2].replace('%"', "")
    assert "A quantifier is a rank, not a number of speakers" in here(corpus, "--what", "voices", "--by", "quantifier").out


def test_filters_and_the_scope_in_words(corpus: Shell) -> None:
    result = here(corpus, "--body", "trafficking", "--year", "2021", "--topic", "children")
    assert result.out.splitlines()[:2] == ["Counts in 2 reports", "body: trafficking; year: 2021; topic: children"]
    assert "Speakers listed" not in result.out  # a topic says nothing of them
    rows = lines(here(corpus, "--by", "year", "--topic", "children", "--jsonl"))
    assert {row["of"] for row in rows} == {search(samples(), Request(None, Filters(topic=("children",)), ("recommendations",))).total}


def test_limits(corpus: Shell) -> None:
    whole = here(corpus, "--what", "participation", "--by", "state", "--limit", "0").out
    cut = here(corpus, "--what", "participation", "--by", "state", "--limit", "3").out
    number, rest = re.search(r"and (\d+) more, with (\d+) in all", cut).groups()  # type: ignore[union-attr]
    found = count(samples(), "participation", "state")
    assert int(number) == len([row for row in found.rows if row.value]) - 3
    assert int(rest) == sum(row.count or 0 for row in [row for row in found.rows if row.value][3:])
    assert "more, with" not in whole
    assert "(no State)" in cut
    assert "more, with" not in here(corpus, "--by", "year", "--limit", "1").out  # years are not cut


def test_exit_statuses(corpus: Shell) -> None:
    nothing = corpus("stats", "generic-minimal.txt", "--by", "addressee")
    assert (nothing.code, nothing.out) == (1, "")
    assert nothing.err == "tipreport: nothing to count: no recommendations\n"
    assert corpus("stats", "--topic", "children", "--what", "statements").code == 1
    assert corpus("stats", "generic-minimal.txt", "--by", "addressee", "-q").err == ""
    result = here(corpus, "generic-minimal.txt", "--by", "addressee", "--json")
    assert (result.code, result.out) == (1, "[]\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "yaer"], ["yaer", "year"]),
        (["--by", "year,topic,body"], ["--by", "two"]),
        (["--by", "year,year"], ["different"]),
        (["--by", ""], ["--by"]),
        (["--by", "quantifier,group"], ["group"]),
        (["--what", "voices", "--by", "addressee"], ["dimension of voices", "addressee"]),
        (["--what", "speakers"], ["kind", "speakers"]),
        (["--what", "recommendations,points", "--by", "year,topic", "--csv"], ["cross table"]),
        (["--to", "pdf"], ["pdf"]),
        (["-o", "x.gif"], [".gif"]),
        (["--topic", "nonsense"], ["topic", "nonsense"]),
        (["--year", "soon"], ["--year"]),
        (["no-such-file.txt"], ["no-such-file.txt"]),
    ],
)
def test_mistakes_are_told(corpus: Shell, arguments: list[str], said: list[str]) -> None:
    one_error(here(corpus, *arguments), *said)


def test_a_broken_input_beats_the_answer(corpus: Shell) -> None:
    result = here(corpus, FINAL, "no-such-file.txt", "--by", "year")
    assert result.code == 2
    assert "Recommendations by year" in result.out


def test_several_kinds_and_usual_tables(corpus: Shell) -> None:
    both = here(corpus, "--what", "recommendations,paragraphs", "--by", "year").out
    assert re.findall(r"(?m)^(\w+) by year$", both) == ["Recommendations", "Paragraphs"]
    assert re.findall(r"(?m)^Panellists by (.+)$", here(corpus, "--what", "panellists").out) == [
        "year",
        "body",
        "regional group",
        "state",
        "agenda item",
    ]


# Files ----------------------------------------------------------------------------------------------------------------


def test_forms_and_the_command_know_the_same_suffixes() -> None:
    from tipreport.cli import counting

    forms = {suffix: name for name in registry.names("stats/forms") for suffix in registry.load("stats/forms", name).SUFFIXES}
    assert forms == {".txt": "text", **counting._SUFFIXES}


@pytest.mark.parametrize("suffix", ["html", "svg", "png"])
def test_files_are_the_same_to_the_byte(corpus: Shell, tmp_path: Path, suffix: str) -> None:
    if suffix != "html":
        pytest.importorskip("matplotlib")
    settings_of_the_user = tmp_path / "matplotlibrc"
    settings_of_the_user.write_text("font.size: 30\naxes.facecolor: red\nsvg.fonttype: path\n")
    made = []
    for seed, more in (
        ("1", {"COLUMNS": "40", "TZ": "UTC"}),
        ("2", {"COLUMNS": "90", "TZ": "Asia/Tokyo", "MATPLOTLIBRC": str(settings_of_the_user)}),
    ):
        target = tmp_path / f"{seed}.{suffix}"
        result = corpus("stats", "-o", str(target), env={"PYTHONHASHSEED": seed, **PICTURES, **more})
        assert (result.code, result.out, result.err) == (0, "", "")
        made.append(target.read_bytes())
    assert made[0] == made[1]
    assert re.search(rb"20\d\d-\d\d-\d\dT", made[0]) is None


def test_text_is_text_in_svg(corpus: Shell) -> None:
    pytest.importorskip("matplotlib")
    result = here(corpus, "--to", "svg")
    told = " ".join("".join(node.itertext()) for node in xml(result.raw).iter("{http://www.w3.org/2000/svg}text"))
    for words_ in (
        "Recommendations by year",
        "Working Group on Trafficking in",
        "recommendations (of ",
        "no report",
        "(body not known)",
        "A quantifier is a rank",
    ):
        assert words_ in told, words_
    one = here(corpus, REVIEW, "--what", "proposals", "--by", "state", "--limit", "0", "--to", "svg").out
    assert "Timor-Leste" in one
    assert "proposals of recommendations (of 26)" in one


def test_a_drawing_is_a_picture(corpus: Shell, tmp_path: Path) -> None:
    """The bars of the picture are as long as the numbers say, in the colours of the legend."""
    pytest.importorskip("matplotlib")
    from PIL import Image

    result = here(corpus, DRAFT, "--by", "addressee", "-o", str(tmp_path / "x.png"))
    assert result.code == 0
    image = Image.open(tmp_path / "x.png").convert("RGB")
    blue = tuple(int(figures.PALETTE[0][place : place + 2], 16) for place in (1, 3, 5))
    runs = [sum(image.getpixel((x, y)) == blue for x in range(image.width)) for y in range(image.height)]
    lengths = [length for length, _ in itertools.groupby(runs) if length > 40]
    longest = max(lengths)
    assert {round(4 * length / longest) for length in lengths} == {4, 1}
    assert all(abs(length / longest - 1) < 0.02 or abs(length / longest - 0.25) < 0.02 for length in lengths)


def test_without_the_library_the_line_that_installs_it_is_named(corpus: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    target = tmp_path / "x.svg"
    target.write_text("old")
    one_error(here(corpus, "--by", "year", "-o", str(target)), "svg", "pip install 'tipreport[plots]'")
    assert target.read_text() == "old"
    with pytest.raises(ExtraError):
        registry.load("stats/forms", "png").render([count(samples(), "reports", "year")], View())


def test_a_home_that_cannot_be_written_is_nobodys_trouble(corpus: Shell, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    (tmp_path / "file").write_text("")
    result = corpus(
        "stats", FINAL, "--by", "year", "-o", str(tmp_path / "x.svg"), env={"HOME": str(tmp_path / "file"), "TIPREPORT_INDEX": None}
    )
    assert (result.code, result.out, result.err) == (0, "", "")


def test_empty_and_endless_pictures(corpus: Shell, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    target = tmp_path / "x.png"
    assert here(corpus, DRAFT, "--what", "recommendations,proposals", "--by", "state", "-o", str(target)).code == 0
    assert here(corpus, DRAFT, "--what", "recommendations,proposals", "--by", "state,year", "-o", str(target)).code == 0
    found = [count(samples(), "participation", "state")] * 60
    with pytest.raises(TipreportError, match="too many"):
        registry.load("stats/forms", "png").render(found, View())


def test_many_years_are_upright_and_their_legend_tells_the_ends(shell: Shell) -> None:
    pytest.importorskip("matplotlib")
    for year in range(2001, 2021):
        (shell.folder / f"{year}.txt").write_text(dated(year, "States parties should train.", "The Conference may wish to act."), "utf-8")
    for by in ("year", "addressee,year"):
        assert here(shell, ".", "--what", "recommendations", "--by", by, "-o", "x.svg").code == 0
        root = xml((shell.folder / "x.svg").read_bytes())
        told = [(node.text, node.get("transform") or node.get("style") or "") for node in root.iter("{*}text")]
        if by == "year":
            assert [text for text, turned in told if "rotate(-90" in turned and (text or "").isdigit()] == [
                str(year) for year in range(2001, 2021)
            ]
        else:
            assert [text for text, _ in told if text in {"2001", "2002", "...", "2019", "2020"}] == ["2001", "...", "2020"]


def test_a_picture_is_not_written_to_a_terminal(corpus: Shell) -> None:
    result = corpus.terminal("stats", "--to", "png")
    one_error(result, "binary", "-o plot.png")


def test_text_tables_load_no_library_of_pictures(corpus: Shell) -> None:
    from test_architecture import loads, within

    assert not within(loads(corpus.folder, SCRIPT, "stats", FINAL, "--by", "year"), "matplotlib", "numpy", "jinja2", "rich", "pydantic")
    assert not within(loads(corpus.folder, SCRIPT, "stats", FINAL, "-o", os.devnull, "--to", "html"), "matplotlib", "numpy")


def test_a_full_table_is_written_over_no_input(corpus: Shell) -> None:
    one_error(here(corpus, FINAL, "--by", "year", "-o", FINAL), "input")


# Hostile names --------------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>", "[/red]", '=HYPERLINK("x")', "\x1b[31mred\x1b[0m", "]]>", "\ud800", "\u202egnp", "a\nb\tc", "$x^2$ \\frac{", "&amp;",
    "Türkiye", "Côte d'Ivoire", "日本", "\x00", "\ufffe", "x" * 300, "-->", "{{ 7*7 }}", "_%s%d", "", " ",
]  # fmt: skip


def hostile(names: list[str], *, by: str = "verb") -> list[Counted | Crossed]:
    rows = tuple(Row(name, None, place + 1, 1) for place, name in enumerate(dict.fromkeys(names)))
    total = sum(row.count or 0 for row in rows)
    one = Counted("recommendations", by, rows, total, total, 0, 3, 2)
    cells: dict[tuple[Any, Any], int] = {(row.value, row.value): row.count or 0 for row in rows}
    return [one, Crossed("recommendations", (by, "modality"), rows, rows, cells, total, total, (0, 0), 3, 2)]


def check_hostile(names: list[str], forms: tuple[str, ...]) -> None:
    found = hostile(names)
    for form in forms:
        made = registry.load("stats/forms", form).render(found, View(title=names[0], scope=names[-1], width=60))
        if form == "text":
            quiet_terminal(made)
            assert max(map(len, made.splitlines())) <= 60
        elif form == "html":
            made.encode("utf-8")
            quiet_terminal(made)
            assert "<script" not in made.replace("&lt;script", "")
            assert len(re.findall("<figure", made)) == 2
        elif form == "svg":
            xml(made.encode("utf-8"))
            assert "<script" not in made
        else:
            assert made.startswith(b"\x89PNG")


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)), min_size=1, max_size=5))
@settings(deadline=None, derandomize=True, database=None, max_examples=60)
def test_hostile_names_come_out_as_text(names: list[str]) -> None:
    check_hostile(names, ("text", "html"))


def test_hostile_names_in_pictures() -> None:
    pytest.importorskip("matplotlib")
    for part in (HOSTILE[:7], HOSTILE[7:14], HOSTILE[14:]):
        check_hostile(part, ("svg", "png"))
    check_hostile(HOSTILE, ("text", "html", "svg"))


def test_hostile_names_in_records() -> None:
    found = hostile(HOSTILE)
    from tipreport.cli.records import formed

    assert isinstance(found[1], Crossed)
    columns, rows = record.wide(found[1])
    whole = "".join(formed(rows, "csv", columns=columns))
    quiet_terminal(whole.replace("\r\n", "\n"))
    table = list(csv.reader(io.StringIO(whole)))
    assert len(table) == len(found[1].rows) + 1
    assert len({*table[0]}) == len(table[0]) == len(found[1].columns) + 1
    assert not [cell for row in table for cell in row if cell.startswith(("=", "@", "+"))]


def test_a_hostile_report(shell: Shell) -> None:
    words_ = "<script>alert(1)</script> [/red] =HYPERLINK ]]> \x1b[31m"
    body = f"Working Group on {words_} Matters"
    source = (
        f"{body}\n\nVienna, 9–11 September 2019\n\nII. Recommendations\n\nA. {words_}\n\n1. States parties should train \ud800 people.\n"
    )
    (shell.folder / "x.txt").write_bytes(source.encode("utf-8", "surrogatepass"))
    for arguments in ([], ["--by", "section"], ["--by", "section,verb"], ["--what", "paragraphs"]):
        for form in ("text", "jsonl", "csv", "html"):
            result = here(shell, "x.txt", *arguments, "--to", form)
            assert result.code in {0, 1}, result.err
            quiet_terminal(result.out.replace("\r\n", "\n"))
            assert "<script" not in result.out or form != "html"


# Pages ----------------------------------------------------------------------------------------------------------------


def test_the_page_in_a_browser(corpus: Shell, tmp_path: Path) -> None:
    from browser import opened

    page = tmp_path / "x.html"
    assert here(corpus, "-o", str(page)).code == 0
    found = {what: count(samples(), what, by) for what, by in (("recommendations", "addressee"), ("voices", "quantifier"))}
    for dark in (False, True):
        with opened(page, dark=dark) as tab:
            assert tab.axe() == []
            assert (tab.errors, tab.foreign()) == ([], [])
            assert tab.page.locator("figure").count() == len(overview.tables(samples()))
            for what, one in found.items():
                ident = f"#{what}-by-{one.by}"
                widths = tab.page.eval_on_selector_all(
                    f"{ident} tbody tr", "rows => rows.map(r => (r.querySelector('rect') || r).getBoundingClientRect().width)"
                )
                shown = [row.count or 0 for row in one.rows]
                cells = tab.page.locator(f"{ident} tbody tr td:nth-of-type(1)").all_inner_texts()
                assert [int(cell.replace(",", "")) for cell in cells] == shown[: len(cells)]
                longest = max(widths)
                assert all(abs(width / longest - number / max(shown)) < 0.01 for width, number in zip(widths, shown, strict=True))
    with opened(page, width=320) as tab:
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 320
        assert tab.axe() == []
    with opened(page, scripts=False, fragment="recommendations-by-topic") as tab:
        assert tab.page.locator("#recommendations-by-topic caption").is_visible()


def test_the_page_of_a_cross_table(corpus: Shell, tmp_path: Path) -> None:
    from browser import opened

    page = tmp_path / "x.html"
    assert here(corpus, "--what", "statements", "--by", "year,group", "-o", str(page)).code == 0
    found = cross(samples(), "statements", "year", "group")
    with opened(page, dark=True) as tab:
        assert tab.axe() == []
        heads = [head.strip() for head in tab.page.locator("thead th").all_inner_texts()]
        assert heads[:7] == ["year", "AFR", "APG", "EEG", "GRULAC", "WEOG", "other"]
        for row in found.rows:
            if row.count:
                cells = tab.page.locator(f"tr:has(th[scope=row]:text-is('{row.value}')) td.number").all_inner_texts()
                assert [*map(int, cells[:7])] == [*(found.at(row, column) for column in found.columns), row.count]


def test_figures_from_plain_values() -> None:
    assert doctest.testmod(figures).failed == 0
    made = str(
        figures.figure(
            figures.Figure(
                "a", "T & <b>", "h", "u", (figures.Bar("<i>", 3, parts=(1, 2), href="x?a=1&b=2"),), series=("s<", "t"), notes=("n<",)
            )
        )
    )
    root = xml(made.replace("&lt;", "‹"))
    assert [node.get("width") for node in root.iter("rect") if node.get("x")] == ["33.33%", "66.67%"]
    assert root.find(".//a").get("href") == "x?a=1&b=2"
    many = figures.Figure("a", "", "", "", (figures.Bar("", 55, parts=tuple(range(1, 11))),), series=tuple("abcdefghij"))
    assert figures.colours(many) == (figures.GREY,) * 3 + figures.PALETTE
    assert len({*figures.colours(many._replace(ordered=True))}) == 10
    assert figures.colours(many._replace(left=1))[-1] == figures.GREY
