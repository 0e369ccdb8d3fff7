"""Search from outside: what it finds in an index and in files, what it prints, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import unicodedata
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checks import solid
from command import SAMPLES, Result, Shell, environment, inside, one_error, plain, quiet_terminal
from test_architecture import loads, within
from tipreport.errors import TipreportError
from tipreport.index import store
from tipreport.index.schema import KIND_SHIFT, SINGULAR
from tipreport.search.engine import search
from tipreport.search.hits import hits
from tipreport.search.query import QueryError
from tipreport.search.request import Filters, Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

FINAL, DRAFT, OLD, VIENNA = "wg4-final-report.txt", "wg4-draft-addendum.txt", "wg4-2010-style.txt", "vienna-hard-wrapped.txt"
COUNCIL, REVIEW, COP, CLIMATE = "hrc-session.txt", "upr-working-group.txt", "cop-decisions.txt", "sb-session.txt"
ARCHIVES, FERRIES = "conference-footnotes-annex.txt", "generic-minimal.txt"
ALL = sorted(path.name for path in SAMPLES.glob("*.txt"))
SOME = [VIENNA, OLD, DRAFT]  # enough for all constructs, and quick to read on the spot
LINK = re.compile("\x1b]8;;[^\x1b]*\x1b\\\\")
BAD_WORDS = re.compile(
    r"sqlite|fts5|syntax error|no such (column|table|function)|malformed|ambiguous|OperationalError|Traceback|a fault of tipreport|"
    r"does not hold what it should|is damaged",
    re.IGNORECASE,
)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A folder with all samples, all of them in the index of the user's data folder, and some in another."""
    at = tmp_path_factory.mktemp("corpus")
    for name in ("work", "home"):
        (at / name).mkdir()
    shell = Shell(at / "work", at / "home")
    for name in ALL:
        shutil.copy(SAMPLES / name, shell.folder)
    made = shell.line(f"tipreport index add . -q && tipreport index add {' '.join(SOME)} -q --index {at}/some.db")
    assert (made.code, made.err) == (0, "")
    return shell


@pytest.fixture(scope="session")
def some(corpus: Shell) -> str:
    """The index of some samples."""
    return str(corpus.folder.parent / "some.db")


@pytest.fixture(scope="session")
def index(corpus: Shell) -> sqlite3.Connection:
    """The index of all samples, open."""
    return store.reader(str(corpus.home / ".local/share/tipreport/index.db"))


@cache
def source(name: str) -> str:
    """A sample as offsets count in it."""
    return (SAMPLES / name).read_bytes().decode("utf-8").removeprefix("\ufeff")


def records(result: Result) -> list[dict[str, Any]]:
    """The hits of JSON Lines."""
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert lines[-1]["type"] == "summary", result.err
    assert all(line["type"] == "hit" for line in lines[:-1])
    return lines[:-1]


def run(corpus: Shell, *arguments: str) -> Result:
    """A command within this process, where many make one test."""
    return inside(*arguments, folder=corpus.folder, env=environment(corpus.home))


def places(found: Iterable[dict[str, Any]]) -> set[tuple[str, str]]:
    """The files and ids of hits."""
    return {(hit["path"], hit["id"]) for hit in found}


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def caret(err: str) -> tuple[str, int]:
    """The excerpt of an error and the place under which its caret stands."""
    lines = err.splitlines()
    at = next(i for i, line in enumerate(lines) if re.fullmatch(r" *\^", line))
    return lines[at - 1][2:], len(lines[at]) - 3


# What is found, by reading the samples -----------------------------------------------------------------------

LABOUR = {
    (REVIEW, "rec-25.1"), (REVIEW, "rec-25.3"), (REVIEW, "rec-25.7"), (REVIEW, "para-13"), (OLD, "rec-7"), (DRAFT, "rec-8"),
    (DRAFT, "para-4"), (FINAL, "rec-3"), (FINAL, "para-11"),
}  # fmt: skip
FORCED = {(REVIEW, "rec-25.3"), (OLD, "rec-7"), (DRAFT, "para-4"), (FINAL, "para-11")}
SEASONAL = {(DRAFT, "rec-8"), (FINAL, "rec-3")}
SURVIVORS = {(DRAFT, "rec-10"), (FINAL, "rec-7")}
FOUND: list[tuple[list[str], set[tuple[str, str]]]] = [
    (["survivor"], SURVIVORS),
    (["SURVIVORS"], SURVIVORS),
    (['"survivor"'], set()),
    (["labour"], LABOUR),
    (["labor"], LABOUR),
    (['"forced labour"'], FORCED),
    (["\u201cforced labour\u201d"], FORCED),
    (['"forced lab"*'], FORCED),
    (['labour NOT "forced labour"'], LABOUR - FORCED),
    (["labour seasonal"], SEASONAL),
    (["labour AND seasonal"], SEASONAL),
    (["labour (seasonal OR survivor)"], SEASONAL),
    (["extradition OR insurance"], {(OLD, "para-21"), (ARCHIVES, "para-12")}),
    (["NEAR(labour seasonal, 7)"], SEASONAL),
    (["NEAR(seasonal labour, 7)"], SEASONAL),
    (["NEAR(labour seasonal, 6)"], set()),
    (["NEAR(trade unions, 0)"], {(DRAFT, "para-7")}),
    (["psycholog*"], {(FINAL, "para-6")}),
    (["psycholog"], set()),
    (["/psycholog|insuranc/"], {(FINAL, "para-6"), (ARCHIVES, "para-12")}),
    (["/SEASONAL/ NOT /unodc may/"], {(FINAL, "rec-3")}),
    (["seasonal NOT /unodc may/"], {(FINAL, "rec-3")}),
    (["Turkiye"], {(VIENNA, "para-14")}),
    (["gender-sensitive"], {(VIENNA, "rec-3")}),
    (["victim-centred"], {(VIENNA, "para-6")}),
    (["up-to-dates"], set()),
    (["organ"], set()),
    (["fees"], {(REVIEW, "para-13")}),
    (["guardian children"], {(FINAL, "rec-5")}),
    (["--addressee", "UNODC"], {(VIENNA, "rec-4"), (DRAFT, "rec-8"), (FINAL, "rec-3")}),
    (["--addressee", "unodc", "--strength", "..2"], {(DRAFT, "rec-8")}),
    (["--strength", "10"], {(ARCHIVES, "rec-14.4"), (FINAL, "rec-9")}),
    (
        ["--modality", "may wish to"],
        {(ARCHIVES, "rec-14.2"), (FINAL, "rec-8"), (DRAFT, "rec-8"), (OLD, "rec-7"), (OLD, "rec-17")},
    ),
    (["--section", "non-punishment"], {(OLD, "rec-11"), (OLD, "rec-12")}),
    (["--section", "II.B", "--report", OLD], {(OLD, f"rec-{number}") for number in range(11, 16)}),
    (["--section", "II.B.3", "--report", "CTOC/COP/WG.4/2010/26"], {(OLD, "rec-15")}),
    (["--item", "3", "--report", "A/HRC/70/92"], {(COUNCIL, "para-18")}),
    (["--voice", "few"], {(ARCHIVES, "para-11-bis"), (VIENNA, "para-8"), (DRAFT, "para-7"), (FERRIES, "para-11")}),
    (["--panellist", "Aasland"], {(DRAFT, "para-4"), (DRAFT, "para-5"), (FINAL, "para-11")}),
    (["--organization", "OSCE"], {(OLD, "para-27"), (FINAL, "para-22"), (FINAL, "para-29")}),
    (["--state", "Yemen"], {(FINAL, "para-27")}),
    (["--state", "YEM"], {(FINAL, "para-27")}),
    (["--state", "Brazil", "--report", DRAFT], {(DRAFT, "para-4"), (DRAFT, "para-6"), (DRAFT, "para-10")}),
    (["--group", "GRULAC"], {(DRAFT, "para-4"), (FINAL, "para-11")}),
    (["--status", "draft", "survivor OR insurance"], {(DRAFT, "rec-10"), (ARCHIVES, "para-12")}),
    (["--year", "..2015", "extradition OR psychologist"], {(OLD, "para-21")}),
    (["--year", "2016..", "extradition OR psychologist"], {(FINAL, "para-6")}),
    (["--year", "2010", "extradition OR psychologist"], {(OLD, "para-21")}),
    (["--body", "Smuggling of Migrants", "UNODC"], {(VIENNA, "rec-4"), (VIENNA, "para-12")}),
    (["--body", "CTOC/COP/WG.7", "UNODC"], {(VIENNA, "rec-4"), (VIENNA, "para-12")}),
    (["--new-since", "2021-03-22", "survivor"], {(FINAL, "rec-7")}),
    (["--new-since", "2021-03-23", "survivor"], set()),
    (["--topic", "joint_investigations", "--what", "recommendations"], {(VIENNA, "rec-2")}),
    (["--topic", "Joint investigations", "--what", "recommendations"], {(VIENNA, "rec-2")}),
    (["--id", "rec-14.4"], {(ARCHIVES, "rec-14.4")}),
    (["--id", "CTOC/COP/WG.4/2021/29#rec-7"], {(FINAL, "rec-7")}),
    (["--what", "points", "survivor"], {(DRAFT, "rec-10.c"), (FINAL, "rec-7.c")}),
    (["--what", "points", "--id", "rec-7.c"], {(FINAL, "rec-7.c"), (OLD, "rec-7.c")}),
    (["--what", "recommendations,points", "survivor"], {*SURVIVORS, (DRAFT, "rec-10.c"), (FINAL, "rec-7.c")}),
    (["--what", "headings", "demand"], {(OLD, "heading-III.B")}),
    (["--what", "agenda", "spring"], {(COP, "agenda-item-6")}),
    (["--what", "items", "budget"], {(COP, "agenda-item-7")}),
    (["--what", "footnotes", "SHERLOC OR territorial"], {(VIENNA, "footnote-2")}),
]


@pytest.mark.parametrize(("asked", "expected"), FOUND, ids=[" ".join(asked) for asked, _ in FOUND])
def test_what_is_found(index: sqlite3.Connection, corpus: Shell, asked: list[str], expected: set[tuple[str, str]]) -> None:
    """By the library, and what has options as a process too."""
    request = requested(asked)
    answer = search(index, request)
    found = {(Path(hit["path"]).name, hit["id"]) for hit in hits(index, answer)}
    assert found == expected
    assert answer.total == len(expected)
    if len(asked) > 1:
        result = corpus("search", *asked, "--jsonl", "-q")
        assert result.code == (0 if expected else 1), result.err
        assert places(records(result)) == expected


def requested(asked: list[str]) -> Request:
    """Options of the command line as a request; a list may hold a query anywhere."""
    query, kinds, chosen, at = None, Request().kinds, {}, 0
    while at < len(asked):
        name = asked[at].removeprefix("--").replace("-", "_")
        if name == asked[at].replace("-", "_"):
            query, at = asked[at], at + 1
            continue
        value, at = asked[at + 1], at + 2
        if name == "what":
            own = {"headings": "sections", "items": "agenda"}
            kinds = tuple(own.get(kind, kind) for kind in value.split(","))
        elif name in {"year", "new_since", "strength"}:
            chosen[name] = value
        else:
            chosen[{"id": "ids"}.get(name, name)] = (value,)  # type: ignore[assignment]
    return Request(query=query, filters=Filters(**chosen), kinds=kinds)  # type: ignore[arg-type]


def test_lists_and_people_are_found(corpus: Shell) -> None:
    def cites(*asked: str) -> list[str]:
        result = corpus("search", *asked, "--cite", "-q")
        assert result.code == 0, result.err
        return sorted(result.out.splitlines())

    draft = "[symbol not given], Working Group on Trafficking in Persons, draft report, addendum, 11 March 2021"
    assert cites("--what", "attendance", "--state", "Yemen") == ["CTOC/COP/WG.4/2021/29, para. 27"]
    assert cites("--what", "statements", "--state", "Uganda") == ["CTOC/COP/WG.4/2021/29, para. 20", f"{draft}, para. 12"]
    assert cites("--what", "statements", "nepal") == ["CTOC/COP/WG.4/2021/29, para. 21"]
    assert cites("--what", "statements", "--capacity", "ngo", "--report", FINAL) == ["CTOC/COP/WG.4/2021/29, para. 23"]
    assert cites("--what", "panellists", "--group", "EEG") == ["CTOC/COP/WG.4/2021/29, para. 5"]
    assert cites("--what", "panellists", "--panellist", "Maharani") == ["CTOC/COP/WG.4/2021/29, para. 5"]
    assert cites("--what", "panellists", "prosecutor", "--report", VIENNA) == ["CTOC/COP/WG.7/2021/27, para. 4"]
    assert cites("--what", "panellists", "/rovig/") == ["CTOC/COP/WG.7/2021/27, para. 4"]
    assert cites("--what", "voices", "--voice", "few", "--report", VIENNA) == ["CTOC/COP/WG.7/2021/27, para. 8"]
    assert cites("--what", "voices", "extradition") == ["CTOC/COP/WG.4/2010/26, para. 21"]
    assert len(set(cites("--what", "decisions"))) == 4


def test_panellists_of_a_report(corpus: Shell) -> None:
    result = corpus("search", "--what", "panellists", DRAFT)
    assert (result.code, result.err) == (0, "")
    for told in ("Ingunn Aasland", "Labour Crime Unit", "Joaquim Teles Figueira", "Nomvula Dlamini-Khoza", "South Africa", "item 3"):
        assert told in result.out
    assert result.out.splitlines()[-1] == "3 panellists, on behalf of 3 of 5 regional groups (none of APG, EEG)"


def test_a_quotation_says_whose_voice_it_is(corpus: Shell) -> None:
    """The sentence before names the speaker; the quoted one does not."""
    hit = records(corpus("search", "text message", "--jsonl", "-q"))[0]
    assert (hit["path"], hit["id"], hit["line"]) == (FINAL, "para-12", 134)
    assert "Ms. Dlamini-Khoza" in hit["text"]
    voiced = records(corpus("search", "stakeholders OR tailored", "--report", FINAL, "--jsonl", "-q"))[0]
    assert (voiced["voice"]["quantifier"], voiced["voice"]["noun"], voiced["voice"]["verb"]) == ("some", "speakers", "described")
    assert not re.search(r"\d+ (%|per cent)", corpus("search", "tailored", "--what", "voices", "-q").out)


# The index and files on the spot -----------------------------------------------------------------------------

REQUESTS = [
    ["victim"], ['"child victims"'], ["traffick*"], ["victim NOT child"], ["survivor OR guardian"], ["NEAR(joint team, 3)"],
    ["(survivor OR guarantee) AND states"], ["/traumat\\w+|smuggl\\w+/"], ["Turkiye", "--what", "all"], ["organize", "--stem"],
    ["children", "--limit", "3"], ["victims", "--context", "1"], ["report", "--sort", "date"], ["--what", "panellists"],
    ["--what", "statements", "--capacity", "observer"], ["--state", "Brazil", "--what", "all"], ["--topic", "technology"],
    ["--addressee", "UNODC"], ["--modality", "should consider", "--strength", "..4"], ["--what", "voices", "--voice", "several.."],
    ["speakers", "--what", "voices"], ["--section", "III", "--item", "3", "--what", "all"], ["--year", "2010", "--status", "final"],
    ["--body", "smuggling", "--new-since", "2021-09"], ["--group", "GRULAC", "--what", "all"], ["--organization", "IOM"],
    ["--panellist", "Teles", "--what", "all"], ["--id", "rec-7", "--report", "CTOC/COP/WG.4/2010/26"],
    ["smuggling", "--what", "references,footnotes,headings,agenda,attendance,points"], ["--like", "train prosecutors and judges"],
    ["seasonal", "--group-by", "year"], ["seasonal", "--facets"], ["none whatsoever"],
]  # fmt: skip


@pytest.mark.parametrize("asked", REQUESTS, ids=[" ".join(one) for one in REQUESTS])
def test_files_on_the_spot_give_the_same(corpus: Shell, some: str, asked: list[str]) -> None:
    stored = corpus("search", *asked, "--jsonl", "--index", some)
    given = ["-e", *asked] if not asked[0].startswith("--") else asked
    spot = corpus("search", *given, "--jsonl", *SOME)
    assert spot == stored
    assert stored.code == (1 if asked == ["none whatsoever"] else 0), stored.err
    assert stored.out


def test_files_folders_stdin_and_reports_of_the_index(corpus: Shell) -> None:
    data = (SAMPLES / DRAFT).read_bytes()
    named = corpus("search", "survivor", DRAFT, "--jsonl", "-q")
    assert places(records(named)) == {(DRAFT, "rec-10")}
    piped = corpus("search", "survivor", "-", "--stdin-name", DRAFT, "--jsonl", "-q", stdin=data)
    assert places(records(piped)) == {(DRAFT, "rec-10")}
    assert records(piped)[0] == records(named)[0]
    known = corpus("search", "survivor", "CTOC/COP/WG.4/2021/29", "--jsonl", "-q")
    assert places(records(known)) == {(FINAL, "rec-7")}
    saved = corpus.line(f"tipreport parse {DRAFT} --json | tipreport search survivor - --cite -q")
    assert saved.out.splitlines() == [records(named)[0]["cite"]]
    assert corpus("search", "--what", "panellists", DRAFT, "--count").out == "3\n"


def test_a_folder_on_the_spot(tmp_path: Path, corpus: Shell) -> None:
    (tmp_path / "in/sub").mkdir(parents=True)
    shutil.copy(SAMPLES / DRAFT, tmp_path / "in/sub")
    result = corpus("search", "survivor", str(tmp_path / "in"), "--files", "-q")
    assert result.out.splitlines() == [str(tmp_path / "in/sub" / DRAFT)]


# Places ------------------------------------------------------------------------------------------------------

# A query, and what it finds in a text.
MARKED = [
    ("victim", r"\bvictims?\b"), ("victims", r"\bvictims?\b"), ('"victim"', r"\bvictim\b"), ("child*", r"\bchild\w*"),
    ("smuggling", r"\bsmuggl(?:ing|e|es|ed)\b"), ("representative", r"\brepresentatives?\b"), ('"working group"', r"\bworking groups?\b(?<!s)"),
    ("labour OR note", r"\b(?:labours?|notes?|noted|noting)\b"), ("survivor AND states", r"\b(?:survivors?|states?)\b"),
    ("trafficking NOT protocol", r"\btraffick(?:ing|ed)\b"), ("NEAR(trade unions, 0)", r"\btrade unions\b|\btrade\b|\bunions\b"),
    ("/[a-z]+tion\\b/", r"[a-z]+tion\b"), ("T\u00fcrkiye", r"\bT\u00fcrkiye\b"), ("turkiye", r"\bT\u00fcrkiye\b"),
    ("cote", r"\bC\u00f4te\b"), ("gender-sensitive", r"\bgender-sensitive\b"), ("victim-centred", r"\bvictim-centred\b"),
    ("2021", r"\b2021\b"), ("organization", r"\borgani[sz]ations?\b"), ("speakers", r"\bspeakers?\b"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "pattern"), MARKED, ids=[query for query, _ in MARKED])
def test_matches_give_back_the_words(index: sqlite3.Connection, query: str, pattern: str) -> None:
    found = list(
        hits(index, search(index, Request(query=query, kinds=("recommendations", "paragraphs", "points", "footnotes", "sections"))))
    )
    assert found
    for hit in found:
        text = source(Path(hit["path"]).name)
        words = [match.group() for match in re.finditer(pattern, hit["text"], re.IGNORECASE)]
        spans = hit["matches"]
        assert words
        assert solid("".join(text[span["start"] : span["end"]] for span in spans)) == solid("".join(words)), hit["id"]
        assert all(one["end"] <= other["start"] for one, other in pairwise(spans))
        for span in spans:
            assert span["line"] == text.count("\n", 0, span["start"]) + 1
            assert span["end_line"] == text.count("\n", 0, span["end"]) + 1
            assert not text[span["start"]].isspace()
            assert not text[span["end"] - 1].isspace()
        assert hit["line"] == spans[0]["line"]
        assert hit["column"] == spans[0]["start"] - text.rfind("\n", 0, spans[0]["start"])
        marked = [hit["snippet"][start:end] for start, end in hit["highlights"]]
        assert all(re.fullmatch(pattern, one, re.IGNORECASE) for one in marked)
        assert solid("".join(marked)) in solid("".join(words))
        assert marked
        assert solid(hit["snippet"].removeprefix("... ").removesuffix(" ...")) in solid(hit["text"])


def test_a_word_divided_at_a_line_end_has_both_its_parts(index: sqlite3.Connection) -> None:
    answer = search(index, Request(query='"smuggling"', filters=Filters(ids=("CTOC/COP/WG.7/2021/27#para-1",))))
    (hit,) = hits(index, answer)
    text = source(VIENNA)
    assert [text[span["start"] : span["end"]] for span in hit["matches"]] == ["Smuggling", "Smug", "gling", "smuggling"]
    assert [span["line"] for span in hit["matches"]] == [23, 25, 26, 31]


def test_points_are_pointed_out(corpus: Shell) -> None:
    assert set(corpus("search", "survivor", "--cite", "-q").out.splitlines()) == {
        "CTOC/COP/WG.4/2021/29, recommendation 7 (c)",
        "[symbol not given], Working Group on Trafficking in Persons, draft report, addendum, 11 March 2021, recommendation 10 (c)",
    }
    assert corpus("search", '"forced labour" contracts', "--cite", "-q").out == "CTOC/COP/WG.4/2010/26, recommendation 7 (b)\n"
    assert corpus("search", "demand contracts", "--cite", "-q").out == "CTOC/COP/WG.4/2010/26, recommendation 7\n"


# A plain reader beside the engine ----------------------------------------------------------------------------

VOCABULARY = [
    "victims", "states", "parties", "working", "group", "trafficking", "agenda", "item", "persons", "children", "vienna", "protocol",
    "secretariat", "speakers", "the", "of", "2021", "panellists", "recommendations", "zzz", "cote", "smuggling", "one",
]  # fmt: skip
PATTERNS = (r"vict\w+", r"agenda item \d", r"^states", "[\u201c\u201d]", r"zzz", r"speakers .{3,12}ed\b")
Tree = tuple[Any, ...]
LEAF: st.SearchStrategy[Tree] = st.one_of(
    st.tuples(st.just("phrase"), st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=2), st.booleans()),
    st.tuples(st.just("near"), st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=2, unique=True), st.integers(0, 12)),
    st.tuples(st.just("pattern"), st.sampled_from(PATTERNS)),
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.tuples(st.just("and"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("or"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("not"), inner),
    ),
    max_leaves=6,
)


def written(tree: Tree) -> str:
    """A tree as a query."""
    match tree:
        case ("phrase", words, prefix):
            return f'"{" ".join(words)}"' + ("*" if prefix else "")
        case ("near", words, distance):
            quoted = " ".join(f'"{one}"' for one in words)
            return f"NEAR({quoted}, {distance})"
        case ("pattern", pattern):
            return f"/{pattern}/"
        case ("and" | "or" as name, items):
            return "(" + f" {name.upper()} ".join(map(written, items)) + ")"
        case ("not", item):
            return f"NOT {written(item)}"
    raise AssertionError(tree)


def holds(tree: Tree, text: str, words: list[str]) -> bool:
    """Whether a text satisfies a tree, by its meaning."""
    match tree:
        case ("phrase", wanted, prefix):
            count = len(wanted)
            for at in range(len(words) - count + 1):
                piece = words[at : at + count]
                if piece == wanted or (prefix and piece[:-1] == wanted[:-1] and piece[-1].startswith(wanted[-1])):
                    return True
            return False
        case ("near", (one, other), distance):
            first, second = ([at for at, word in enumerate(words) if word == wanted] for wanted in (one, other))
            return any(abs(a - b) - 1 <= distance for a in first for b in second)
        case ("pattern", pattern):
            return re.search(pattern, text, re.IGNORECASE) is not None
        case ("and", items):
            return all(holds(item, text, words) for item in items)
        case ("or", items):
            return any(holds(item, text, words) for item in items)
        case ("not", item):
            return not holds(item, text, words)
    raise AssertionError(tree)


@cache
def read_through(connection: sqlite3.Connection) -> list[tuple[int, str, list[str]]]:
    """All recommendations and paragraphs with their words."""
    out = []
    for kind in ("recommendations", "paragraphs"):
        for ident, text in connection.execute(f"SELECT id, text FROM {kind}"):
            low = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
            out.append((ident, text, re.findall(r"[^\W_]+", low)))
    return out


@given(TREES)
@example(("not", ("pattern", r"vict\w+")))
@example(("and", [("phrase", ["states"], False), ("not", ("pattern", r"vict\w+"))]))
@example(("or", [("not", ("phrase", ["the"], False)), ("phrase", ["zzz"], True)]))
def test_the_engine_finds_what_a_plain_reader_finds(index: sqlite3.Connection, tree: Tree) -> None:
    answer = search(index, Request(query=written(tree)))
    wanted = {ident for ident, text, words in read_through(index) if holds(tree, text, words)}
    assert {ident for ident, _ in answer.found} == wanted
    assert answer.total == len(wanted)
    assert len(answer.found) == len(wanted)
    few = search(index, Request(query=written(tree), limit=3))
    assert few.total == len(wanted)
    assert few.found == answer.found[:3]


@given(TREES, st.sampled_from(sorted(SINGULAR)))
def test_counts_and_order_of_every_kind(index: sqlite3.Connection, tree: Tree, kind: str) -> None:
    request = Request(query=written(tree), kinds=(kind,))
    answer = search(index, request)
    assert len(answer.found) == answer.total == search(index, request._replace(limit=0)).total
    scores = [score for _, score in answer.found if score is not None]
    assert all(one >= other - 1e-5 for one, other in pairwise(scores))
    for hit in hits(index, answer._replace(found=answer.found[:5])):
        assert hit["kind"] == SINGULAR[kind]
        assert hit["text"]
    dated = search(index, request._replace(sort="date"))
    assert {ident for ident, _ in dated.found} == {ident for ident, _ in answer.found}
    days = [hit["date"] or "" for hit in hits(index, dated)]
    assert days == sorted(days, reverse=True)


# Any string --------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "a", "victim", "child*", '"child victims"', "AND", "OR", "NOT", "NEAR(", "NEAR(victim child, 5)", ")", "(", '"', "/", "/vict/",
        "/(a/", "/a{1,2/", "/[/", "*", "-", "text:", "rowid:1", "non-punishment", ",", "5", "'", "^", "{", "}", "+", "\\", "\u00e9",
        "\x00", "\udcff", "\u200b", "\u0301", "\u4e2d\u56fd", "\U0001f600", "\n", "%", "--", ";", "/\udcff/", "NOT /a/", "/\\d+/",
    ]
)  # fmt: skip
KINDS = (
    ("recommendations", "paragraphs"),
    ("panellists", "statements"),
    ("sections", "agenda", "decisions"),
    ("voices",),
    ("points", "references"),
)


@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=10).map(" ".join), st.lists(PIECES, max_size=6).map("".join)),
    st.sampled_from(KINDS),
    st.booleans(),
)
@example("/\\d+/", ("panellists",), False)
@example("/\\d+/", ("sections", "agenda", "decisions"), False)
@example("NOT /a/", ("recommendations",), False)
@example("/\udcff/", ("recommendations",), False)
def test_any_string_is_answered_or_refused(index: sqlite3.Connection, query: str, kinds: tuple[str, ...], stem: bool) -> None:
    try:
        answer = search(index, Request(query=query, kinds=kinds, stem=stem, limit=5))
    except QueryError as error:
        assert error.excerpt[0] == re.sub("[\ud800-\udfff]", "\ufffd", query)
        assert 0 <= error.excerpt[1] <= len(query)
        return
    except TipreportError as error:
        assert "regular expression" in str(error)
        return
    assert len(list(hits(index, answer))) == min(answer.total, 5)


HOSTILE = [
    f"NEAR({'victim state child ' * 20}, 9)", "", " ", '"', '"unclosed', "'", "it's", "A/CONF.1/2", "9\u201311 September", "AND", "NOT a", "a AND", "AND a OR", "NEAR", "NEAR(",
    "NEAR(a b,", "*", "*a", "^a", "(", ")", "{title}: a", "title: a", "nosuchcol: a", "rowid:1", "--", "-a", ";", "...", "%", "_", "\\",
    "/", "//", "/(/", "/[/", "/*a/", "NOT /a/", "/a/ NOT /b/", "a=b", "S\u00e1nchez", "sa\u0301nchez", "Cote d'Ivoire", "\u202e",
    "\u4e2d\u56fd", "\U0001f600", "\x1b[2J", "\x1b]52;c;VElQUFdO\x07", "[red]", "%s {0} $HOME `id`", "'; DROP TABLE reports;--",
    '" OR 1=1--', "x' UNION SELECT 1--", "(" * 300 + "a" + ")" * 300, "a " * 5000, " OR ".join(["a"] * 1500), '"' * 1001, "a" * 100000,
    "\n", "a\nb", "--help", "@/etc/passwd", "../../etc/passwd", "NULL", "9" * 5000, "passages_fts MATCH", "text MATCH 'a' --",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=[ascii(one[:16]) for one in HOSTILE])
def test_hostile_queries_in_the_library(index: sqlite3.Connection, query: str) -> None:
    test_any_string_is_answered_or_refused.hypothesis.inner_test(index, query, KINDS[0], stem=False)  # type: ignore[attr-defined]


@pytest.mark.parametrize("query", HOSTILE[::2], ids=[ascii(one[:16]) for one in HOSTILE[::2]])
def test_hostile_queries(corpus: Shell, query: str) -> None:
    refused_or_answered(corpus("search", "-e", query, "--limit", "2"))


@pytest.mark.parametrize("query", ["/x{999999999}/", "/(?R)/", "/(x{1000}){1000}/"])
def test_patterns_that_would_take_all_memory(corpus: Shell, query: str) -> None:
    refused_or_answered(corpus.line(f"ulimit -v 1500000; tipreport search '{query}' --count"))


@pytest.mark.parametrize("query", [b"\xff", b"/\xff/", b"victim \xff\xfe"])
def test_queries_that_are_no_utf8(corpus: Shell, query: bytes) -> None:
    refused_or_answered(corpus("search", "-e", query, "--limit", "2"))


def refused_or_answered(result: Result) -> None:
    """An answer, or one error with a caret; nothing of the machinery shows."""
    assert result.code in {0, 1, 2}
    both = result.out + result.err
    assert not BAD_WORDS.search(both), BAD_WORDS.search(both)
    quiet_terminal(both)
    if result.code == 2:
        assert result.out == ""
        assert result.err.startswith("tipreport: error: ")
        assert sum(bool(re.fullmatch(r" *\^", line)) for line in result.err.splitlines()) == 1, result.err
        assert "  hint: " in result.err
        assert max(map(len, result.err.splitlines())) < 300
    else:
        assert "error" not in result.err


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ("victim AND", 10),
        ("(victim", 0),
        ("victim)", 6),
        ('child "victim', 6),
        ("a OR OR b", 5),
        ("...", 0),
        ("NEAR(a)", 0),
        ("victim /(/", 9),
    ],
)
def test_the_caret_stands_under_the_place(corpus: Shell, query: str, at: int) -> None:
    result = corpus("search", query)
    assert result.code == 2
    assert caret(result.err) == (query, at)
    assert result.err.splitlines()[0].startswith("tipreport: error: ")
    assert result.err.splitlines()[-1].startswith("  hint: ")
    assert len(result.err.splitlines()) == 4


def test_the_caret_counts_columns_of_the_terminal(corpus: Shell) -> None:
    shown, at = caret(corpus("search", "\u4e2d\u56fd (victim").err)
    assert shown == "\u4e2d\u56fd (victim"
    assert at == 5  # two signs of two columns each, and a blank
    shown, at = caret(corpus("search", "word " * 40 + "(victim").err)
    assert shown[at:] == "(victim"
    assert len(shown) < 100


# Exit statuses and remarks -----------------------------------------------------------------------------------


def test_exit_statuses(corpus: Shell, tmp_path: Path) -> None:
    assert corpus("search", "survivor").code == 0
    assert corpus("search", "zzzz").code == 1
    assert corpus("search", "survivor", "--count").code == 0
    assert corpus("search", "zzzz", "--count").code == 1
    assert corpus("search", "zzzz", "--jsonl").code == 1
    assert corpus("search", "--like", "zzzz").code == 1
    assert corpus("search", "survivor", DRAFT).code == 0
    assert corpus("search", "survivor", FERRIES).code == 1
    assert corpus("search", "victim AND").code == 2
    one_error(corpus("search", "survivor", "--index", str(tmp_path / "none.db")), "none.db", "no index", "index add")
    one_error(corpus("search", "survivor", "--index", str(SAMPLES / DRAFT)), DRAFT, "no index of tipreport")
    one_error(corpus("search"), "nothing to search for", "--topic")


def test_a_folder_without_reports_beats_it_too(corpus: Shell, tmp_path: Path) -> None:
    result = run(corpus, "search", "survivor", DRAFT, str(tmp_path), "--files")
    assert (result.code, result.out) == (2, f"{DRAFT}\n")
    assert result.err.splitlines()[0] == f"tipreport: error: {tmp_path}: the folder holds no report"


def test_a_file_that_cannot_be_read_beats_the_answer(corpus: Shell) -> None:
    result = corpus("search", "survivor", DRAFT, "nowhere.txt", "--files", "-q")
    assert result.code == 2
    assert result.out == f"{DRAFT}\n"
    assert result.err == "tipreport: error: nowhere.txt: no such file, folder or report of the index\n"


def test_two_words_without_quotes_are_told(corpus: Shell) -> None:
    """The second word is taken for a file; that it is none is told once, in the user's own words."""
    one_error(corpus("search", "joint", "investigation"), " investigation: no such file", "hint")


def test_expansions_are_echoed_and_switched_off(corpus: Shell) -> None:
    assert corpus("search", "survivor", "--count") == Result(0, b"2\n", b"tipreport: survivor: also survivors\n")
    assert corpus("search", "survivor", "--count", "-q") == Result(0, b"2\n", b"")
    assert corpus("search", '"survivors"', "--count") == Result(0, b"2\n", b"")
    assert corpus("search", "surviv*", "--count") == Result(0, b"2\n", b"")
    assert corpus("search", '"survivor"', "--count").out == "0\n"
    twice = corpus("search", "child survivor OR child", "--count").err.splitlines()
    assert twice == ["tipreport: child: also children", "tipreport: survivor: also survivors"]
    assert corpus("search", "NOT victim", "--count").err == "tipreport: victim: also victims\n"
    assert json.loads(corpus("search", "survivor", "--jsonl", "-q").out.splitlines()[-1])["expanded"] == {"survivor": ["survivors"]}


def test_only_forms_that_the_corpus_holds_are_echoed(corpus: Shell) -> None:
    assert corpus("search", "psychologist", "--count").err == ""
    assert corpus("search", "trained", "--count").err.removeprefix("tipreport: trained: also ").strip().split(", ") == ["train", "training"]


def test_stems_are_wider_and_asked_for(corpus: Shell) -> None:
    assert corpus("search", "organ", "--count", "-q").out == "0\n"
    wide = corpus("search", "organ", "--stem", "--jsonl")
    assert wide.code == 0
    assert wide.err.startswith("tipreport: organ: also ")
    assert "organized" in wide.err
    assert (FINAL, "rec-7") not in places(records(wide))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["guardians", "--what", "statements"], "elsewhere: 1 recommendation (--what recommendations)"),
        (["extradition", "--what", "recommendations"], "elsewhere: 1 paragraph, 1 voice (--what paragraphs,voices)"),
        (["zzzz"], "nothing found among recommendations or paragraphs\n"),
        (["--topic", "non-punishment", "--what", "recommendations"], "elsewhere: 1 heading (--what sections)"),
        (["survivor", "--year", "2010"], "without the filters: 2"),
        (["--addressee", "UNODC", "zzzz"], "nothing found among recommendations or paragraphs\n"),
    ],
)
def test_a_miss_says_what_lies_elsewhere(corpus: Shell, asked: list[str], told: str) -> None:
    result = corpus("search", *asked)
    assert result.code == 1
    assert result.out == ""
    assert told in result.err
    assert corpus("search", *asked, "-q").err == ""


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["--state", "Brazill"], ["unknown State 'Brazill'", "did you mean Brazil"]),
        (["--topic", "non-punishmnt"], ["unknown topic", "did you mean non_punishment"]),
        (["--body", "Human Right Council"], ["unknown body", "did you mean Human Rights Council"]),
        (["victim", "--what", "panelists"], ["unknown kind 'panelists'", "did you mean panellists"]),
        (["--organization", "Danub Commission"], ["unknown organization", "did you mean Danube Commission"]),
        (["--group", "GRULAK"], ["unknown group", "hint"]),
        (["--addressee", "States partis"], ["unknown addressee", "did you mean States parties"]),
        (["--voice", "severl"], ["unknown quantifier", "did you mean several"]),
        (["--report", "A/HRC/70/29"], ["unknown report", "did you mean", "A/HRC/70/2"]),
        (["victim", "--group-by", "yeer"], ["unknown dimension", "did you mean year"]),
        (["victim", "--sort", "dat"], ["unknown order", "did you mean date"]),
        (["victim", "--to", "jsn"], ["unknown format", "did you mean json"]),
        (["--year", "next"], ["--year", "'next'", "2015..2020"]),
        (["--strength", "7..x"], ["--strength", "'7..x'"]),
        (["--strength", "x..7"], ["--strength", "'x..7'"]),
        (["victim", "--strength", ""], ["--strength"]),
        (["victim", "--year", ""], ["--year"]),
        (["--like", "the of"], ["--like", "words"]),
        (["--new-since", "yesterday"], ["--new-since", "2019-09-10"]),
        (["--voice", "chair.."], ["chair", "no rank"]),
        (["victim", "--json", "--csv"], ["one format at a time"]),
        (["victim", "--cite", "--files"], ["--files", "--cite", "at a time"]),
        (["victim", "--facets", "--timeline"], ["at a time"]),
        (["victim", "--cite", "--json"], ["--cite", "no form json"]),
        (["--like", "..."], ["--like", "words"]),
        (["--like", "CTOC/COP/WG.4/2021/29#rec-99"], ["holds no CTOC/COP/WG.4/2021/29#rec-99"]),
        (["victim", "-o", "x.docx"], [".docx", "--to"]),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else None,
)
def test_slips_are_told_with_what_was_meant(corpus: Shell, asked: list[str], words: list[str]) -> None:
    result = corpus("search", *asked)
    one_error(result, *words)
    assert result.out == ""
    assert not BAD_WORDS.search(result.err)


@pytest.mark.parametrize(
    ("addressee", "told"),
    [
        ("OHCHR", "not addressed to OHCHR, but naming it: 2 recommendations (--organization 'OHCHR' --what recommendations)\n"),
        ("UNODC", ""),
        ("Chair", ""),
    ],
)
def test_who_is_named_but_not_addressed_is_told(tmp_path: Path, addressee: str, told: str) -> None:
    text = "I. Recommendations\n\n1. States should share data with OHCHR.\n\n2. Judges should consult OHCHR.\n\n3. States should train judges.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    result = inside("search", "--addressee", addressee, "a.txt", folder=tmp_path)
    assert (result.code, result.out) == (1, "")
    assert result.err.partition("\n")[2] == (told and f"tipreport: {told}")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["--year", "２０２１"], ["takes a number or a range", "--year 2015..2020"]), (["--year", "2021..2001"], ["an empty range", "smaller number first"]),
        (["--year", "20000000000"], ["out of all bounds"]), (["--status", "finl"], ["unknown status 'finl'", "did you mean final?"]),
        (["--capacity", "speker"], ["unknown capacity 'speker'", "known: "]),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_values_of_filters_are_told(corpus: Shell, asked: list[str], words: list[str]) -> None:
    one_error(run(corpus, "search", "victims", *asked, "-q"), *words)


@pytest.mark.parametrize(
    ("option", "meant"), [("--vois", "--voice"), ("--facet", "--facets"), ("--stemm", "--stem"), ("--adressee", "--addressee")]
)
def test_wrong_options_are_told_with_suggestions(corpus: Shell, option: str, meant: str) -> None:
    result = corpus("search", "victim", option)
    assert (result.code, result.out) == (2, "")
    assert option in result.err
    assert re.search(rf"{meant}\b", result.err.replace(f"{option}\n", ""))


@pytest.mark.parametrize("option", ["--report", "--section", "--panellist", "--item", "--modality", "--id", "--like", "--state"])
def test_values_that_are_no_utf8(corpus: Shell, option: str) -> None:
    result = corpus("search", option, b"\xff")
    assert result.code in {1, 2}
    assert not BAD_WORDS.search(result.err), result.err


# Forms -------------------------------------------------------------------------------------------------------


def test_readable_text(corpus: Shell) -> None:
    result = corpus("search", "guardian", "-q")
    assert result.out == (
        "CTOC/COP/WG.4/2021/29, recommendation 5 (2021-03-22)\n"
        "  II.B Recommendations on the identification of victims in mixed movements; States parties; are\n"
        "  invited to (4)\n"
        "  States parties are invited to appoint independent guardians for unaccompanied children at the\n"
        "  earliest possible moment, as provided for in domestic law.\n"
        f"  {FINAL}:92\n"
    )
    assert max(map(len, corpus("search", "victim", "-q").out.splitlines())) <= 100


def test_count_files_cite_and_vimgrep(corpus: Shell) -> None:
    assert corpus("search", "labour", "--count", "-q").out == "9\n"
    assert sorted(corpus("search", "labour", "--files", "-q").out.splitlines()) == sorted({name for name, _ in LABOUR})
    cites = corpus("search", "labour", "--cite", "-q").out.splitlines()
    assert len(cites) == 9
    assert "A/HRC/70/27, recommendation 25.7" in cites
    lines = corpus("search", "survivor", "--vimgrep", "-q").out.splitlines()
    assert len(lines) == 2
    for line in lines:
        path, row, column, words = line.split(":", 3)
        assert source(path).splitlines()[int(row) - 1][int(column) - 1 :].startswith("survivors")
        assert "involve survivors" in words


def test_vimgrep_has_a_line_for_each_place(corpus: Shell) -> None:
    lines = corpus("search", '"financial"', "--report", VIENNA, "--vimgrep", "-q").out.splitlines()
    found = []
    for number, line in enumerate(source(VIENNA).splitlines(), 1):
        found += [(number, match.start() + 1) for match in re.finditer(r"\bfinancial\b", line, re.IGNORECASE)]
    units = [one for one in found if 86 <= one[0] <= 130]  # the paragraphs; above and below are headings
    assert sorted((int(line.split(":")[1]), int(line.split(":")[2])) for line in lines) == units


def test_context_shows_the_neighbours(corpus: Shell) -> None:
    result = corpus("search", "poverty", "--context", "1", "-q")
    lines = result.out.splitlines()
    assert "  | para-20: Viet Nam took positive note of the plan for persons with disabilities." in lines
    assert "  | para-22: Algeria congratulated Marenia on its cooperation with the treaty bodies." in lines
    middle = next(i for i, line in enumerate(lines) if "child poverty" in line)
    assert [line.split(":")[0] for line in lines if line.startswith("  | ")] == ["  | para-20", "  | para-22"]
    assert "para-20" in lines[middle - 1]
    assert "para-22" in lines[middle + 1]
    near = records(corpus("search", "poverty", "-C", "2", "--jsonl", "-q"))[0]["context"]
    assert [(one["place"], one["id"]) for one in near] == [(-2, "para-19"), (-1, "para-20"), (1, "para-22"), (2, "para-23")]
    first = records(corpus("search", "--id", "CTOC/COP/WG.4/2021/29#rec-1", "-C", "1", "--jsonl", "-q"))[0]["context"]
    assert [one["id"] for one in first] == ["rec-2"]


def test_json_is_a_list_that_ends_with_the_summary(corpus: Shell) -> None:
    value = json.loads(corpus("search", "survivor", "--json", "-q").out)
    assert [one["type"] for one in value] == ["hit", "hit", "summary"]
    assert value[-1]["query"] == "survivor"
    assert value[-1]["hits"] == 2
    assert value[-1]["searched"]["reports"] == len(ALL)
    assert value == [json.loads(line) for line in corpus("search", "survivor", "--jsonl", "-q").out.splitlines()]
    hit = next(one for one in value if one.get("path") == FINAL)
    wanted = {
        "type": "hit", "report": "CTOC/COP/WG.4/2021/29", "id": "rec-7", "kind": "recommendation", "date": "2021-03-22", "line": 102,
        "page": None, "cite": "CTOC/COP/WG.4/2021/29, recommendation 7 (c)", "path": FINAL,
    }  # fmt: skip
    assert {key: hit[key] for key in wanted} == wanted
    assert hit["score"] > 0
    assert hit["text"].startswith("States parties should: (a) share")
    assert set(hit["matches"][0]) == {"start", "end", "line", "end_line"}
    empty = json.loads(corpus("search", "zzzz", "--json", "-q").out)
    assert [(one["type"], one["hits"]) for one in empty] == [("summary", 0)]
    narrow = json.loads(corpus("search", "victim", "--report", OLD, "--json", "-q").out)[-1]["searched"]
    assert narrow["reports"] == 1
    assert narrow["recommendations"] == 15  # paragraphs 3 to 17


def test_csv_is_one_table(corpus: Shell) -> None:
    result = corpus("search", "labour", "--csv", "-q")
    text = result.raw.decode("utf-8")
    assert text.endswith("\r\n")
    assert text.count("\r\n") == text.count("\n") == 10
    assert all(len(row) == len(next(csv.reader([text.splitlines()[0]]))) for row in csv.reader(io.StringIO(text, newline=""), strict=True))
    assert text.splitlines()[0].startswith("report,id,kind,date")
    assert {(row["path"], row["id"]) for row in table(text)} == LABOUR
    assert corpus("search", "zzzz", "--csv", "-q").out.startswith("report,id,kind,date")


def test_csv_columns_do_not_depend_on_the_answers(corpus: Shell) -> None:
    heads = {corpus("search", query, "--csv", "-q").out.splitlines()[0] for query in ("survivor", "guardian", "poverty")}
    assert len(heads) == 1
    rows = table(corpus("search", "--what", "recommendations,panellists", "--csv", "-q").out)
    assert [row["organization"] for row in rows if row["id"].startswith("panellist") and "Aasland" in row["text"]] == 2 * [
        "Labour Crime Unit, Norwegian Labour Inspection Authority"
    ]


def test_csv_of_groups(corpus: Shell) -> None:
    rows = table(corpus("search", "labour", "--group-by", "year", "--csv", "-q").out)
    assert {row["value"]: row["hits"] for row in rows if row["hits"] != "0"} == {"2010": "1", "2021": "4", "2025": "4"}
    assert rows[0]["recommendations"] == "1"


def test_csv_cells_are_no_formulas(corpus: Shell) -> None:
    text = 'II. Recommendations\n\nRecommendation 1\n\n=HYPERLINK("x") should be left.\n\nRecommendation 2\n\n@SUM(1) should be left.\n'
    rows = table(corpus("search", "left", "-", "--csv", "-q", stdin=text.encode()).out)
    assert len(rows) == 2
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_limits(corpus: Shell) -> None:
    total = int(corpus("search", "the", "--count", "-q").out)
    assert total > 100
    heads = re.compile(r"^\S", re.MULTILINE)
    usual = corpus("search", "the")
    assert len(heads.findall(usual.out)) == 20
    assert usual.err == f"tipreport: 20 of {total} answers; --limit 0 shows all\n"
    every = corpus("search", "the", "--limit", "0")
    assert len(heads.findall(every.out)) == total
    assert every.err == ""
    assert len(records(corpus("search", "the", "--jsonl", "-q"))) == total
    assert len(records(corpus("search", "the", "--jsonl", "-q", "--limit", "2"))) == 2
    assert json.loads(corpus("search", "the", "--json", "-q", "--limit", "2").out)[-1]["hits"] == total
    assert len(corpus("search", "the", "--cite", "-q", "--limit", "5").out.splitlines()) == 5
    assert corpus("search", "the", "--limit", "-1").code == 2


def test_without_input_at_a_terminal_the_whole_index_is_parsed(corpus: Shell) -> None:
    shown = [json.loads(line) for line in corpus.terminal("parse", "--jsonl", "-q").out.splitlines()]
    assert sorted(one["source"]["name"].rpartition("/")[2] for one in shown) == ALL


def test_a_path_that_is_not_utf8_reads_as_in_the_list_of_the_index(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:
        file.write((SAMPLES / OLD).read_bytes())
    shown = inside("search", "trainers", ".", "-q", folder=tmp_path)
    assert shown.out.splitlines()[-1].strip() == "caf\\xe9.txt:55"
    assert [one["path"] for one in records(inside("search", "trainers", ".", "-q", "--jsonl", folder=tmp_path))] == ["caf\\xe9.txt"]


def test_the_newest_of_many_words(corpus: Shell) -> None:
    """The first answers by date are those of the whole list, also where a word is a beginning."""
    asked = ("search", "traffick*", "--sort", "date", "--jsonl", "-q")
    everything = records(run(corpus, *asked, "--limit", "0"))
    assert len(everything) > 3
    for limit in (1, 3):
        assert records(run(corpus, *asked, "--limit", str(limit))) == everything[:limit]


def test_people_and_lists_as_text(corpus: Shell) -> None:
    """Lists show their names, with capacity and treaty; panellists for whom they speak."""
    lists = run(corpus, "search", "Chile", "--what", "statements,attendance", "--report", "UNEP/CHMS/COP.3/12", "-q").out.splitlines()
    assert "  statement; party; items 6, 7" in lists
    assert "  Bhutan; Chile; Ethiopia; Kyrgyzstan; Peru; Slovenia" in lists
    people = run(corpus, "search", "--what", "panellists", "--report", "CTOC/COP/WG.4/2021/29", "-q").out.splitlines()
    assert people[:2] == ["CTOC/COP/WG.4/2021/29, para. 5 (2021-03-22)", "  on behalf of the Group of Eastern European States; item 2"]
    bare = run(corpus, "search", "--what", "panellists", "--report", "A/HRC/70/92", "-q").out.splitlines()
    assert bare[:3] == ["A/HRC/70/92, para. 8 (2025-05-06)", "  Oluwaseun Adébáyò", f"  {COUNCIL}:138"], "nothing is known of him"


def test_sorted_by_date(corpus: Shell) -> None:
    result = corpus("search", "labour", "--sort", "date", "--jsonl", "-q")
    found = records(result)
    assert [hit["date"] for hit in found] == ["2025-02-14"] * 4 + ["2021-03-22"] * 2 + ["2021-03-11"] * 2 + ["2010-05-04"]
    assert [hit["id"] for hit in found[:4]] == ["rec-25.1", "rec-25.3", "rec-25.7", "para-13"]
    scores = [hit["score"] for hit in records(corpus("search", "labour", "--sort", "rank", "--jsonl", "-q"))]
    assert scores == sorted(scores, reverse=True)
    listed = records(corpus("search", "--what", "panellists", "--jsonl", "-q"))
    assert [hit["date"] for hit in listed] == sorted((hit["date"] for hit in listed), reverse=True)


# Groups ------------------------------------------------------------------------------------------------------

GROUPED: dict[str, dict[str | int, int]] = {
    "year": {2010: 1, 2021: 4, 2025: 4},
    "body": {"Working Group on Trafficking in Persons": 5, "Human Rights Council": 4},
    "addressee": {"UNODC": 2, "States parties": 1},
    "modality": {"may wish to": 2, "is requested to": 1},
    "state": {"Spain": 2, "Brazil": 2, "Norway": 2, "South Africa": 2, "Trinidad and Tobago": 1, "Slovakia": 1},
}


@pytest.mark.parametrize("by", GROUPED)
def test_groups(corpus: Shell, by: str) -> None:
    groups = json.loads(corpus("search", "labour", "--group-by", by, "--json", "-q").out)
    assert all((one["type"], one["by"]) == ("group", by) for one in groups)
    found = {one["name"] or one["value"]: one["hits"] for one in groups if one["hits"] and one["value"]}
    assert GROUPED[by].items() <= found.items()
    assert sum(found.values()) == 9 or by not in {"year", "body"}
    for one in groups:
        assert len(one["cites"]) == one["hits"] == sum(one["kinds"].values())
    order = [one["hits"] for one in groups if one["value"] is not None]
    if by == "year":
        assert [one["value"] for one in groups] == [2010, 2021, 2022, 2023, 2024, 2025]
        assert [one["reports"] for one in groups] == [1, 3, 1, 2, 1, 2]
    else:
        assert order == sorted(order, reverse=True)
    shown = corpus("search", "labour", "--group-by", by, "-q")
    assert shown.code == 0
    assert sum(bool(re.match(r"  \S", line)) for line in shown.out.splitlines()) == sum(one["hits"] for one in groups)


def test_groups_by_topic_hold_the_topic(corpus: Shell) -> None:
    groups = json.loads(corpus("search", "labour", "--group-by", "topic", "--json", "-q").out)
    assert groups
    for one in groups[: [group["value"] for group in groups].index(None)]:
        under = corpus("search", "labour", "--topic", one["value"], "--cite", "-q").out.splitlines()
        assert len(under) == one["hits"]


def test_groups_of_nothing_say_so(corpus: Shell) -> None:
    result = corpus("search", "survivor", "--group-by", "state")  # two answers, neither of which names a State
    assert result.code == 0
    assert "2 recommendations" in result.out


def test_groups_say_what_lies_elsewhere(corpus: Shell) -> None:
    result = corpus("search", "extradition OR seasonal", "--what", "recommendations", "--group-by", "year", "-q")
    lines = [line for line in result.out.splitlines() if not line.startswith(" ")]
    assert lines[0] == "2010  none (1 paragraph elsewhere; 1 report searched)"
    assert lines[1] == "2021  2 recommendations (3 reports searched)"


def test_timeline(corpus: Shell) -> None:
    result = corpus("search", "labour", "--timeline", "--count", "-q")
    lines = result.out.splitlines()
    assert [line[:4] for line in lines] == ["2010", "2021", "2022", "2023", "2024", "2025"]
    bars = [line.count("\u2588") for line in lines]
    assert bars[1] == bars[5] == 30
    assert bars[0] in {7, 8}
    assert bars[2:5] == [0, 0, 0]
    assert lines[2].split() == ["2022", "none", "(1", "report", "searched)"]
    full = corpus("search", "labour", "--timeline", "-q").out.splitlines()
    assert sum(bool(re.match(r"  \S", line)) for line in full) == 9
    assert "[A/HRC/70/27]" in full[-1]


def test_facets(corpus: Shell) -> None:
    lines = corpus("search", "labour", "--facets", "-q").out.splitlines()
    assert lines[0] == "9 answers: 6 recommendations, 3 paragraphs"
    at = lines.index("year")
    assert [line.split() for line in lines[at + 1 : at + 4]] == [["1", "2010"], ["4", "2021"], ["4", "2025"]]
    for dimension in ("body", "state", "addressee", "topic", "modality"):
        assert dimension in lines
    found = json.loads(corpus("search", "labour", "--facets", "--json", "-q").out)
    assert {one["type"] for one in found} == {"facet"}
    assert {one["by"] for one in found} == {"year", "body", "state", "addressee", "topic", "modality"}


# Likeness ----------------------------------------------------------------------------------------------------


def test_like_a_text(corpus: Shell) -> None:
    result = corpus("search", "--like", "train cyber units to preserve electronic evidence held abroad", "--jsonl", "-q")
    found = records(result)
    assert {(hit["path"], hit["id"]) for hit in found[:2]} == SURVIVORS  # the two recommendations whose point (b) says so
    assert {"cyber", "electronic", "evidence", "preserve"} <= set(found[0]["shared"])
    assert all(0 < hit["score"] <= 1 for hit in found)
    assert [hit["score"] for hit in found] == sorted((hit["score"] for hit in found), reverse=True)
    shown = corpus("search", "--like", "train cyber units to preserve electronic evidence held abroad", "--limit", "1", "-q").out
    assert "shared: " in shown


@pytest.mark.parametrize("asked", ["CTOC/COP/WG.4/2021/29#rec-9", "wg-trafficking:2021-03-11:addendum#rec-12"])
def test_like_an_object(corpus: Shell, asked: str) -> None:
    found = records(corpus("search", "--like", asked, "--what", "recommendations", "--jsonl", "-q"))
    here, there = (FINAL, "rec-9"), (DRAFT, "rec-12")
    assert (found[0]["path"], found[0]["id"]) == (there if "2021/29" in asked else here)
    assert (here if "2021/29" in asked else there) not in places(found)
    assert found[0]["score"] > 0.9
    assert {"testimony", "conditional"} <= set(found[0]["shared"])


def test_like_keeps_to_the_filters(corpus: Shell) -> None:
    found = records(corpus("search", "--like", "assistance to child victims", "--year", "2010", "--jsonl", "-q"))
    assert found
    assert {hit["path"] for hit in found} == {OLD}
    assert len(corpus("search", "--like", "assistance to child victims", "--limit", "2", "--cite", "-q").out.splitlines()) == 2


def test_like_has_a_count_but_no_timeline(corpus: Shell) -> None:
    asked = ("search", "--like", "assistance to child victims", "--year", "2010")
    assert int(run(corpus, *asked, "--count").out) == len(records(run(corpus, *asked, "--jsonl", "-q"))) > 1
    assert (run(corpus, "search", "--like", "zzzz", "--count").code, run(corpus, "search", "--like", "zzzz", "--count").out) == (1, "0\n")
    one_error(run(corpus, *asked, "--timeline"), "--like cannot be combined with --timeline")


# Output ------------------------------------------------------------------------------------------------------


def test_the_query_may_be_an_option(corpus: Shell) -> None:
    assert corpus("search", "-e", "survivor", "--count", "-q").out == "2\n"
    assert corpus("search", "--query", "survivor", DRAFT, "--count", "-q").out == "1\n"
    assert corpus("search", "-e", DRAFT, "--count", "-q").code == 1
    assert corpus("search", "--count", "-q", "--", "-survivors").out == "2\n"


@pytest.mark.parametrize("form", ["--jsonl", "--cite", "--csv", "--timeline", "--limit=0"])
def test_a_closed_pipe_ends_quietly(corpus: Shell, form: str) -> None:
    result = corpus.line(f"tipreport search the -q {form} | head -1; echo ${{PIPESTATUS[0]}}")
    assert result.err == ""
    assert result.out.splitlines()[-1] == "0"
    assert len(result.out.splitlines()) == 2


def test_colour_and_links_on_a_terminal_only(corpus: Shell) -> None:
    shown = corpus.terminal("search", "guardian", "-q").out
    assert "\x1b]8;;file://" in shown
    assert f"{corpus.folder}/{FINAL}\x1b\\" in shown
    assert "\x1b[1;33mguardians\x1b[0m" in shown
    piped = corpus("search", "guardian", "-q")
    assert "\x1b" not in piped.out
    assert plain(LINK.sub("", shown)) == piped.out
    quiet_terminal(plain(LINK.sub("", shown)))
    assert "\x1b" not in corpus.terminal("search", "guardian", "-q", env={"NO_COLOR": "1"}).out
    assert "\x1b" not in corpus.terminal("search", "guardian", "-q", "--color", "never").out
    assert "\x1b" not in corpus.terminal("search", "guardian", "-q", env={"TERM": "dumb"}).out
    assert "\x1b" not in corpus.terminal("search", "guardian", "-q", "--json").out
    always = corpus("search", "guardian", "-q", "--color", "always").out
    assert "\x1b[1;33mguardians\x1b[0m" in always
    assert "\x1b]8" not in always


def test_a_narrow_terminal(corpus: Shell) -> None:
    result = corpus.terminal("search", "victim", "-q", columns=20)
    assert result.code == 0
    for line in plain(LINK.sub("", result.out)).splitlines():
        assert len(line) <= 20 or re.fullmatch(r"  [\w.-]+\.txt:\d+", line), line
    assert corpus("search", "victim", "-q", env={"COLUMNS": "20"}).out == plain(LINK.sub("", result.out))


def test_bars_fit_the_terminal(corpus: Shell) -> None:
    result = corpus.terminal("search", "labour", "--timeline", "--count", "-q", columns=60)
    assert max(map(len, plain(result.out).splitlines())) <= 60


def test_what_a_report_holds_does_not_act_on_the_terminal(corpus: Shell) -> None:
    text = "II. Recommendations\n\nRecommendation 1\n\nStates \x1b[2Jshould \x9b8mact \u202etoday.\n"
    for form in ("--limit=1", "--cite", "--vimgrep", "--csv", "--json", "--group-by=year", "--color=always"):
        result = corpus("search", "today", "-", form, stdin=text.encode())
        assert result.code == 0, result.err
        quiet_terminal(plain(result.out) + result.err)


def test_a_file_appears_whole_or_not_at_all(corpus: Shell, tmp_path: Path) -> None:
    at = tmp_path / "found.csv"
    at.write_text("before")
    at.chmod(0o640)
    for asked in (["victim AND"], ["--state", "Brazill"], ["victim", "--json", "--csv"], ["/(/"]):
        assert corpus("search", *asked, "-o", str(at)).code == 2
        assert at.read_text() == "before"
    assert corpus("search", "labour", "-q", "-o", str(at)) == Result(0, b"", b"")
    assert {(row["path"], row["id"]) for row in table(at.read_bytes().decode())} == LABOUR
    assert at.stat().st_mode & 0o777 == 0o640
    for suffix, start in ((".json", b"["), (".jsonl", b"{"), (".txt", b"CTOC")):
        assert corpus("search", "guardian", "-q", "-o", str(tmp_path / f"x{suffix}")).code == 0
        assert (tmp_path / f"x{suffix}").read_bytes().startswith(start)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["found.csv", "x.json", "x.jsonl", "x.txt"]
    one_error(corpus("search", "guardian", "-q", "-o", str(tmp_path / "no/x.csv")), "no/x.csv", "no such file")


def test_bytes_are_utf8_whatever_the_locale(corpus: Shell) -> None:
    usual = corpus("search", "Turkiye", "-q")
    assert "T\u00fcrkiye" in usual.out
    assert corpus("search", "Turkiye", "-q", env={"LANG": "C", "LC_ALL": "C"}) == usual


def test_the_index_is_chosen_by_option_and_environment(corpus: Shell, some: str) -> None:
    assert corpus("search", "poverty", "--count", "-q").out == "1\n"
    assert corpus("search", "poverty", "--count", "-q", "--index", some).out == "0\n"
    assert corpus("search", "poverty", "--count", "-q", env={"TIPREPORT_INDEX": some}).out == "0\n"


# The house rules ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        ["victim"],
        ["victim", "--jsonl"],
        ["--topic", "technology", "--timeline"],
        ["--like", "train judges", "--limit", "2"],
        ["victim", "--csv"],
    ],
)
def test_a_search_loads_no_more_than_it_needs(tmp_path: Path, some: str, asked: list[str]) -> None:
    names = loads(tmp_path, "-m", "tipreport", "search", *asked, "--index", some)
    assert "tipreport.search.engine" in names
    heavy = ("pydantic", "rich", *(f"tipreport.{one}" for one in ("api", "blocks", "entities", "assemble")))
    assert within(names, *heavy) == []


def test_ids_hold_their_kind(index: sqlite3.Connection) -> None:
    """Answers of several kinds are told apart by their ids alone."""
    answer = search(index, Request(query="trafficking", kinds=tuple(sorted(SINGULAR))))
    assert len({ident >> KIND_SHIFT for ident, _ in answer.found}) == sum(
        count > 0 for kind, count in answer.totals.items() if kind != "voices"
    ) + bool(answer.totals["voices"])


@pytest.mark.parametrize("command", [["search", "victims"], ["who"], ["index", "list"], ["index", "status"]])
def test_the_index_is_never_written_over(tmp_path: Path, command: list[str]) -> None:
    shell = Shell(tmp_path, tmp_path)
    assert shell.line(f"tipreport index add {SAMPLES / DRAFT} --index x.db").code == 0
    before = (tmp_path / "x.db").read_bytes()
    one_error(shell(*command, "--index", "x.db", "-o", "x.db", "--to", "json"), "x.db", "written over")
    assert (tmp_path / "x.db").read_bytes() == before


def test_likeness_by_meaning_says_what_it_needs_or_finds(corpus: Shell) -> None:
    asked = ("search", "--like", "no punishment of trafficked people for crimes they were forced to commit", "--semantic", "--cite")
    result = corpus(*asked, "--what", "recommendations", "--limit", "3")
    if find_spec("wordllama") is None:
        one_error(result, "semantic", "pip install 'tipreport[semantic]'")
    else:
        assert "CTOC/COP/WG.4/2010/26, recommendation 11" in result.out.splitlines()
    one_error(corpus("search", "victims", "--semantic"), "--like")
