"""The comparison of two reports: what holds of any pair, what it scores on revised pairs, and how the command behaves."""

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
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import revisions
from command import ROOT, SAMPLES, SCRIPT, SECONDS, Shell, environment, inside, one_error, plain, quiet_terminal
from tipreport import parse
from tipreport.data import split, table
from tipreport.diff import words
from tipreport.diff.align import FLOOR
from tipreport.diff.assign import best, longest_ascending
from tipreport.diff.change import EVENTS, FATES, Change, Comparison, Event
from tipreport.diff.compare import KINDS, compare, shares
from tipreport.diff.likeness import Weights
from tipreport.diff.record import record
from tipreport.diff.units import Side
from tipreport.located import Located

ALL = sorted(path.name for path in SAMPLES.glob("*.txt"))
DRAFT, FINAL, REVIEW = "wg4-draft-addendum.txt", "wg4-final-report.txt", "upr-working-group.txt"
OPPOSITE = {
    "added": "dropped", "dropped": "added", "merged": "split", "split": "merged", "weaker": "stronger", "stronger": "weaker", "more": "fewer",
    "fewer": "more",
}  # fmt: skip


def side(text: str, name: str = "<text>") -> Side:
    return Side(parse(text, name=name), text)


@cache
def sample(name: str) -> Side:
    return side((SAMPLES / name).read_text("utf-8"), name)


@cache
def pairs() -> tuple[tuple[Side, Side], ...]:
    """Revised pairs of the samples, and samples that are two reports."""
    rng = random.Random(3)
    pool = revisions.pool([(SAMPLES / name).read_text("utf-8") for name in ALL], rng)
    made = [revisions.revise(pool, 30, rng) for _ in range(6)]
    return (*((side(pair.left), side(pair.right)) for pair in made), *((sample(a), sample(b)) for a, b in combinations(ALL[:6], 2)))


# ---------------------------------------------------------------- what holds of any pair


@pytest.mark.parametrize("name", ALL)
def test_a_report_is_the_same_as_itself(name: str) -> None:
    found = compare(sample(name), side((SAMPLES / name).read_text("utf-8")), KINDS)
    assert found.same
    assert not any(change.events or change.hunks for change in found.changes)


@pytest.mark.parametrize("number", range(len(pairs())))
def test_mirror(number: int) -> None:
    """What is added one way is dropped the other way."""
    left, right = pairs()[number]
    there, back = compare(left, right, KINDS), compare(right, left, KINDS)
    assert sorted(_turned(change) for change in there.changes) == sorted(_key(change) for change in back.changes)
    assert sorted(_event_turned(e) for c in there.changes for e in c.events) == sorted(
        _event_key(e) for c in back.changes for e in c.events
    )


def _key(change: Change) -> str:
    return str((change.fate, change.left and change.left.id, change.right and change.right.id, change.score, change.share))


def _turned(change: Change) -> str:
    return str(
        (
            OPPOSITE.get(change.fate, change.fate),
            change.right and change.right.id,
            change.left and change.left.id,
            change.score,
            change.share,
        )
    )


def _event_key(event: Event) -> str:
    return str((event.event, event.before, event.after, event.direction, event.left, event.right, event.at, event.into))


def _event_turned(event: Event) -> str:
    family, _, way = event.event.partition("_")
    name = f"{family}_{OPPOSITE[way]}" if way else family
    return str(
        (
            name,
            event.after,
            event.before,
            OPPOSITE.get(event.direction or "", event.direction),
            event.right,
            event.left,
            event.into,
            event.at,
        )
    )


@pytest.mark.parametrize("number", range(len(pairs())))
def test_the_words_of_the_events_turn_left_into_right(number: int) -> None:
    for change in compare(*pairs()[number], KINDS).changes:
        if change.left and change.right and change.kind not in {"masthead", "panellist", "participant"}:
            (low, high), (first, last) = change.ranges
            text = change.left.text[low:high]
            for event in reversed([event for event in change.events if event.event == "text"]):
                assert event.at
                text = text[: event.at[0] - low] + str(event.after) + text[event.at[1] - low :]
            assert text == change.right.text[first:last]
            assert "".join(piece.same + piece.gone for piece in change.pieces) == change.left.text[low:high]
            assert "".join(piece.same + piece.new for piece in change.pieces) == change.right.text[first:last]


@pytest.mark.parametrize("number", range(len(pairs())))
def test_events_stand_where_they_say(number: int) -> None:
    """The spans of an event hold its words, white space aside."""
    left, right = pairs()[number]
    seen = 0
    for change in compare(left, right, KINDS).changes:
        assert 0.0 <= change.score <= 1.0
        for event in change.events:
            for one, spans, printed in ((left, event.left, event.before), (right, event.right, event.after)):
                if spans and isinstance(printed, str) and event.family not in {"field", "panellist", "participant", "strength"}:
                    assert one.source
                    held = "".join(one.source.text[span.start : span.end] for span in spans)
                    assert "".join(held.split()) == "".join(printed.split())
                    assert all(one.source.line(span.start) == span.line for span in spans)
                    seen += 1
    assert seen or number >= 6  # two reports that have nothing to do with each other


@pytest.mark.parametrize("number", range(len(pairs())))
def test_every_unit_has_one_fate(number: int) -> None:
    """Each unit of both sides is in a change; one that was added or dropped is in no other."""
    left, right = pairs()[number]
    changes = compare(left, right, KINDS).changes
    for kind in ("headings", "recommendations", "points", "paragraphs", "footnotes", "blocks"):
        for place, one, way in ((0, left, "dropped"), (1, right, "added")):
            for unit in one.units[kind]:
                fates = [change.fate for change in changes if (change.right if place else change.left) is unit]
                assert fates
                assert fates == [way] or way not in fates
                assert len(fates) == 1 or set(fates) in ({"merged"}, {"split"})


@pytest.mark.parametrize("number", range(6))
def test_saved_json_says_the_same(number: int) -> None:
    """Without the text at hand, all is the same but for some places."""
    left, right = pairs()[number]
    saved = [Side(type(one.report).from_json(one.report.to_json())) for one in (left, right)]
    with_text, without = compare(left, right), compare(saved[0], saved[1])
    assert [_key(change) for change in without.changes if change.kind != "block"] == [
        _key(c) for c in with_text.changes if c.kind != "block"
    ]


_TEXT = st.text(alphabet=st.sampled_from("abcs ,.-()'’ÄİßS\u00a0\n1") | st.characters(), max_size=60)


@given(_TEXT, _TEXT)
@settings(max_examples=400, deadline=None)
def test_hunks_of_any_texts(left: str, right: str) -> None:
    found = words.hunks(left, right)
    text = left
    for hunk in reversed(found):
        text = text[: hunk.left[0]] + right[slice(*hunk.right)] + text[hunk.left[1] :]
    assert text == right
    assert words.hunks(right, left) == tuple(words.Hunk(hunk.right, hunk.left) for hunk in found)
    assert bool(found) == (left != right)


@given(st.lists(st.text(alphabet="abc .", min_size=1, max_size=20), min_size=1, max_size=4), _TEXT)
@settings(max_examples=200, deadline=None)
def test_shares_cover_the_whole(parts: list[str], whole: str) -> None:
    ranges = sorted(shares(whole, parts))
    assert len(ranges) == len(parts)
    assert ranges[0][0] == 0
    assert ranges[-1][1] <= len(whole)
    for (_, end), (start, _) in pairwise(ranges):
        assert not whole[end:start].strip()
    assert not whole[ranges[-1][1] :].strip()


@given(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.integers(1, 9), max_size=20))
@settings(max_examples=300, deadline=None)
def test_no_pairing_gains_more(gains: dict[tuple[int, int], int]) -> None:
    def most(row: int, taken: int) -> int:
        if row == 6:
            return 0
        return max(
            [most(row + 1, taken)]
            + [gain + most(row + 1, taken | 1 << column) for (r, column), gain in gains.items() if r == row and not taken >> column & 1]
        )

    found = best(gains)
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
    assert sum(gains[pair] for pair in found) == most(0, 0)


@given(st.lists(st.integers(0, 30), unique=True, max_size=9))
def test_longest_ascending(values: list[int]) -> None:
    found = longest_ascending(values)
    assert found == sorted(found)
    assert [values[place] for place in found] == sorted(values[place] for place in found)
    longest = max(
        (len(some) for size in range(len(values) + 1) for some in combinations(values, size) if list(some) == sorted(some)), default=0
    )
    assert len(found) == longest


@given(st.lists(st.sampled_from(["Training", "of", "judges,", "(a)", "é", "x"]), min_size=1, max_size=9), st.data())
def test_located(parts: list[str], data: st.DataObject) -> None:
    blanks = data.draw(st.lists(st.sampled_from([" ", "\n", " \n\n  "]), min_size=len(parts), max_size=len(parts)))
    source = "12. " + "".join(part + blank for part, blank in zip(parts, blanks, strict=True))
    text = " ".join(parts)
    way = Located(text, [(4, len(source), None)], source)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    held = "".join(source[a:b] for a, b, _ in way.ranges(start, end))
    assert "".join(held.split()) == "".join(text[start:end].split())


def test_located_where_text_and_source_differ() -> None:
    source = "12. Training1 of\njudges"
    other = Located("Other words", [(4, len(source), None)], source)
    assert (other.place(4), other.ranges(0, 5)) == (None, [(4, len(source), None)])
    behind = Located("of judges", [(4, len(source), None)], source)
    assert [behind.place(at) for at in (4, 12, 14, 15, 16, 17, len(source))] == [None, None, 0, 1, None, 3, None]


# ---------------------------------------------------------------- what it scores


def test_fates_of_revised_pairs() -> None:
    """The bars of the issue, on the samples; tests/revisions.py prints the table for real reports."""
    rng = random.Random(11)
    pool = revisions.pool([(SAMPLES / name).read_text("utf-8") for name in ALL], rng)
    scores, directions, states, wrong = revisions.scored([revisions.revise(pool, 50, rng) for _ in range(20)])
    assert set(scores) == {*FATES, "together"}
    assert scores["together"].f1 >= 0.98, wrong
    assert all(score.f1 >= 0.95 for score in scores.values()), wrong
    assert directions[1] > 30
    assert directions[0] >= 0.98 * directions[1], wrong
    assert states[0] >= 0.98 * states[1], wrong


def test_fates_of_revised_pairs_of_real_reports() -> None:
    folder = os.environ.get("TIPREPORT_REPORTS")
    if not folder:
        pytest.skip("TIPREPORT_REPORTS names no folder")
    rng = random.Random(12)
    pool = revisions.pool([path.read_text("utf-8", errors="replace") for path in sorted(Path(folder).glob("*.txt"))], rng)
    scores, directions, _, wrong = revisions.scored([revisions.revise(pool, 60, rng) for _ in range(20)])
    assert scores["together"].f1 >= 0.98, wrong
    assert all(score.f1 >= 0.95 for score in scores.values()), wrong
    assert directions[0] >= 0.98 * directions[1], wrong


def test_unrelated_texts_share_next_to_nothing() -> None:
    """No pair of recommendations of the working group and of the periodic review is one text; most have nothing in common."""
    ones = [unit for name in (DRAFT, FINAL) for unit in sample(name).units["recommendations"]]
    others = sample(REVIEW).units["recommendations"]
    weights = Weights(unit.gist for unit in (*ones, *others))
    scores = [weights.score(weights.gist(one.gist), weights.gist(other.gist)) for one in ones for other in others]
    assert len(scores) > 200
    assert median(scores) < 0.02
    assert max(scores) < FLOOR


def test_the_formula_joins_nothing() -> None:
    left = "II. Recommendations\n\n1. States parties should ensure that prosecutors are trained in financial investigations.\n"
    right = "II. Recommendations\n\n1. States parties should ensure that shelters for children are funded by municipalities.\n"
    assert [change.fate for change in compare(side(left), side(right), ("recommendations",)).changes] == ["dropped", "added"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("organisation", "organization"), ("States Parties", "States parties"), ("co-operation", "cooperation"), ("programme", "program"),
        ("ten per cent", "10%"), ("law-enforcement", "law enforcement"), ("labour", "labor"), ("", ","), ("“victims”", '"victims"'),
        ("Turkey", "Türkiye"), ("UNODC", "United Nations Office on Drugs and Crime"), ("analysing", "analyzing"), ("the United Kingdom", "United Kingdom"),
    ],
)  # fmt: skip
def test_house_style_is_editorial(before: str, after: str) -> None:
    assert words.editorial(before, after)
    assert words.editorial(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("should", "may"),
        ("", "not"),
        ("ten", "eleven"),
        ("Niger", "Nigeria"),
        ("10", "100"),
        ("10%", "10"),
        ("advise", "advice"),
        ("the", "a"),
        ("1.5", "15"),
    ],
)
def test_meaning_is_not(before: str, after: str) -> None:
    assert not words.editorial(before, after)


def test_tables() -> None:
    """Spellings fold to one form each way; common words are shares of a thousand; a phrase that recalls stands once."""
    forms = [form for row in table("spellings") for form in (row["standard"], *split(row["variants"]))]
    assert len(forms) == len(set(forms))
    for row in table("spellings"):
        assert {words.plain_word(form) for form in split(row["variants"])} <= {words.plain_word(row["standard"])}
    assert all(0 < int(row["per_thousand"]) <= 1000 and row["word"] == row["word"].casefold() for row in table("common_words"))
    phrases = [form for row in table("recalls") for form in split(row["patterns"])]
    assert len(phrases) == len({phrase.casefold() for phrase in phrases})


# ---------------------------------------------------------------- the command

HEAD = "Working Group on Trafficking in Persons\n\nDraft report\n\n11 September 2020\n\nII. Recommendations\n\n"
LEFT = HEAD + (
    "1. States Parties should ensure that officials are trained in the law of trafficking.\n\n"
    "2. States parties should protect witnesses in criminal proceedings.\n\n"
    "3. The Secretariat should report on child labour in the fishing industry.\n"
)
RIGHT = HEAD + (
    "1. States parties should protect witnesses in criminal proceedings.\n\n"
    "2. States parties should consider ensuring that officials are trained, as appropriate, in the law of trafficking.\n\n"
    "3. Financial institutions are encouraged to share data with Egypt.\n"
)


@pytest.fixture
def two(shell: Shell) -> Shell:
    """A folder with two reports."""
    (shell.folder / "left.txt").write_text(LEFT, "utf-8")
    (shell.folder / "right.txt").write_text(RIGHT, "utf-8")
    return shell


def test_statuses(two: Shell) -> None:
    same, different, trouble = (
        two("diff", "left.txt", "left.txt"),
        two("diff", "left.txt", "right.txt"),
        two("diff", "left.txt", "none.txt"),
    )
    assert (same.code, same.raw) == (0, b"")
    assert different.code == 1
    assert trouble.code == 2
    one_error(trouble)
    assert two("diff", "left.txt", "right.txt", "--fate", "merged").code == 0
    assert two("diff", "left.txt", "right.txt", "--id", "rec-9").code == 2
    none = inside("diff", "left.txt", "right.txt", "--id", "rec-9", "-q", folder=two.folder)
    assert (none.code, none.out, none.err) == (2, "", "")
    assert two("diff", "left.txt").code == 2


def test_text(two: Shell) -> None:
    done = two("diff", "left.txt", "right.txt", env={"COLUMNS": "100"})
    assert "States [-Parties-]{+parties+} should [-ensure-]{+consider ensuring+} that officials are" in done.out
    for line in (
        "  rec. 2 -> rec. 1            renumbered", "weaker: should ensure -> should consider ensuring (6 to 3)", 'hedge added: "as appropriate"',
        "  rec. 3                      dropped", "  rec. 3                      added", "recommendations: 2 paired (1 renumbered, 1 reworded), 1 added, 1 dropped",
    ):  # fmt: skip
        assert line in done.out
    assert done.err == ""
    assert done.out == plain(two("diff", "left.txt", "right.txt", "--color", "always", env={"COLUMNS": "100"}).out)


def test_text_is_cut_and_run_together_but_for_full(two: Shell) -> None:
    """Units that only changed their numbers share a line; long stretches without a change are cut unless the user wants all."""
    before, after = (f"States parties should train judges{' and judges' * 30} and {last}" for last in ("ask.", "answer."))
    (two.folder / "a.txt").write_text(HEAD + f"1. {before}\n\n2. States should fund shelters.\n\n3. UNODC should report.\n", "utf-8")
    (two.folder / "b.txt").write_text(
        HEAD + f"1. {after}\n\n2. The Secretariat should translate it.\n\n3. States should fund shelters.\n\n4. UNODC should report.\n",
        "utf-8",
    )
    asked = ("diff", "a.txt", "b.txt", "--what", "recommendations")
    cut, full = (inside(*asked, *more, folder=two.folder).out for more in ((), ("--full",)))
    assert "  rec. 2 to rec. 3 -> rec. 3 to rec. 4  renumbered\n" in cut
    assert (cut.count("judges"), full.count("judges")) == (3, 31)
    assert "... and judges" in cut
    assert "..." not in full


@pytest.mark.parametrize("columns", [20, 40, 79, 150, 400])
def test_widths(two: Shell, columns: int) -> None:
    done = two.terminal("diff", "left.txt", "right.txt", "--color", "never", columns=columns)
    assert done.code == 1
    quiet_terminal(done.out)
    assert all(len(line) <= max(columns, 46) for line in done.out.splitlines())
    assert (" │ " in done.out) == (columns >= 150)
    for flag, wanted in (("--side-by-side", True), ("--inline", False)):
        assert (" │ " in two.terminal("diff", "left.txt", "right.txt", flag, columns=columns).out) == wanted


def test_json_and_jsonl(two: Shell) -> None:
    listed = json.loads(two("diff", "left.txt", "right.txt", "--json").out)
    lines = [json.loads(line) for line in two("diff", "left.txt", "right.txt", "--jsonl").out.splitlines()]
    assert listed == lines
    assert {one["type"] for one in lines} == {"change"}
    assert {one["fate"] for one in lines} <= set(FATES)
    change = next(one for one in lines if one["left"] == "rec-1")
    assert (change["fate"], change["right"]) == ("reworded", "rec-2")
    strength = next(event for event in change["events"] if event["event"] == "strength")
    assert (strength["from"], strength["to"], strength["direction"]) == (6, 3, "weaker")
    assert LEFT[strength["left"][0]["start"] : strength["left"][0]["end"]] == "should"
    assert RIGHT[strength["right"][0]["start"] : strength["right"][0]["end"]] == "should consider"
    assert {"event": "renumbered", "from": "1", "to": "2"}.items() <= next(
        e for e in change["events"] if e["event"] == "renumbered"
    ).items()


def test_records_fit_the_schema(two: Shell) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(two("schema", "change").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for kinds in ("all", "points"):
        for one in json.loads(two("diff", "left.txt", "right.txt", "--json", "--fate", "all", "--what", kinds).out):
            validator.validate(one)
    for left, right in pairs()[::4]:
        for change in compare(left, right, KINDS).changes[:60]:
            validator.validate(json.loads(json.dumps(record(change))))


def test_csv(two: Shell) -> None:
    rows = list(csv.DictReader(io.StringIO(two("diff", "left.txt", "right.txt", "--csv").out, newline="")))
    assert [row["fate"] for row in rows] == ["renumbered", "dropped", "reworded", "added"]
    assert rows[2]["meaning"].startswith("renumbered: 1 -> 2; weaker: should ensure -> should consider ensuring (6 to 3)")


def test_choosing(two: Shell) -> None:
    def ids(*options: str) -> list[tuple[str | None, str | None]]:
        done = two("diff", "left.txt", "right.txt", "--jsonl", *options)
        return [(one["left"], one["right"]) for one in map(json.loads, done.out.splitlines())]

    assert ids("--fate", "dropped,added") == [("rec-3", None), (None, "rec-3")]
    assert ids("--events", "strength") == [("rec-1", "rec-2")]
    assert ids("--id", "rec-2") == [("rec-2", "rec-1"), ("rec-1", "rec-2")]
    assert ids("--sort", "score")[0] in {("rec-3", None), (None, "rec-3")}
    assert len(ids("--limit", "1")) == 1
    assert ids("--what", "headings") == []
    assert ("II", "II") in ids("--what", "headings", "--fate", "unchanged")
    events = [json.loads(line)["events"] for line in two("diff", "left.txt", "right.txt", "--jsonl", "--events", "hedge").out.splitlines()]
    assert [[event["event"] for event in one] for one in events] == [["hedge_added"]]


def _recommendations(*texts: str) -> Side:
    return side(HEAD + "".join(f"{number}. {text}\n\n" for number, text in enumerate(texts, 1)))


def _told(left: Side, right: Side) -> list[tuple[str, list[str]]]:
    changes = compare(left, right, ("recommendations",)).changes
    return [(change.fate, [event.direction or event.event for event in change.events if event.event != "text"]) for change in changes]


@pytest.mark.parametrize(
    ("left", "right", "events"),
    [
        ("States parties should train judges.", "States parties are encouraged, where appropriate, to train judges.", ["weaker", "hedge_added"]),
        ("States parties are encouraged to train judges.", "States parties are urged, as appropriate, to train judges.", ["stronger", "hedge_added"]),
        ("States parties should train judges.", "States parties are also encouraged to train judges.", ["weaker"]),
        ("States parties should adopt a law.", "States parties should, as appropriate and in accordance with their domestic law, consider adopting a law.",
         ["hedge_added", "hedge_added"]),
        ("Victims should not be detained by the police.", "Victims should be detained by the police.", ["modality", "negation_dropped"]),
        ("States parties should train judges.", "States parties should not only train judges.", []),
    ],
)  # fmt: skip
def test_what_softens_between_the_parts_of_a_modal(left: str, right: str, events: list[str]) -> None:
    """The addressee stays, the direction is told."""
    ((fate, told),) = _told(_recommendations(left), _recommendations(right))
    assert fate == "reworded"
    assert sorted(told) == sorted(events)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("the former Yugoslav Republic of Macedonia", "North Macedonia"), ("the Islamic Republic of Iran", "Iran (Islamic Republic of)"),
        ("the United States", "the United States of America"), ("Viet Nam", "Vietnam"),
    ],
)  # fmt: skip
def test_another_name_of_a_state_is_editorial(left: str, right: str) -> None:
    text = "States parties should follow the example of {} in training judges in the law of trafficking."
    ((fate, told),) = _told(_recommendations(text.format(left)), _recommendations(text.format(right)))
    assert (fate, told) == ("editorial", [])


def test_a_merger_that_repeats_the_lead_in() -> None:
    aid = [
        f"States parties should provide {what} to victims of trafficking in persons."
        for what in ("secure shelter", "medical care", "free legal aid")
    ]
    one = "States parties should provide secure shelter, medical care and free legal aid to victims of trafficking in persons."
    assert [fate for fate, _ in _told(_recommendations(*aid), _recommendations(one))] == ["merged"] * 3
    assert [fate for fate, _ in _told(_recommendations(one), _recommendations(*aid))] == ["split"] * 3


def test_a_report_and_its_saved_json(two: Shell) -> None:
    """What saved JSON does not hold is not said to be gone."""
    shutil.copy(SAMPLES / FINAL, two.folder / "final.txt")
    two("parse", "final.txt", "--json", "-o", "final.json")
    done = two("diff", "final.txt", "final.json", "--what", "all")
    assert (done.code, done.out) == (0, "")


def test_ways_of_naming_events(two: Shell) -> None:
    for names, wanted in (("weaker", 1), ("stronger", 0), ("hedge_added", 1), ("hedge_dropped", 0)):
        assert len(two("diff", "left.txt", "right.txt", "--jsonl", "--events", names).out.splitlines()) == wanted
    (two.folder / "a.txt").write_text(HEAD + "1. States parties should: (a) Train judges; (b) Fund shelters.\n", "utf-8")
    (two.folder / "b.txt").write_text(HEAD + "1. States parties should: (a) Train prosecutors; (b) Fund shelters.\n", "utf-8")
    assert [
        json.loads(line)["left"] for line in two("diff", "a.txt", "b.txt", "--id", "rec-1.b", "--fate", "all", "--jsonl").out.splitlines()
    ] == ["rec-1.b"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--fate", "reworde"], "reworded"), (["--events", "strenght"], "strength"), (["--what", "recomendations"], "recommendations"),
        (["--to", "pdf"], "markdown"), (["--sort", "number"], "score"), (["--stat", "--cite"], "one of"), (["--cite", "--json"], "--cite"),
        (["--stat", "--to", "html"], "--stat"), (["-o", "x.docx", "--fate", "added"], "docx"), (["--label", "a", "--label", "b", "--label", "c"], "twice"),
        (["-o", "left.txt"], "input"), (["-o", "x.pdf"], ".pdf"), (["--fate", ","], "known"),
    ],
)  # fmt: skip
def test_wrong_calls(two: Shell, arguments: list[str], named: str) -> None:
    done = two("diff", "left.txt", "right.txt", *arguments)
    assert done.code == 2
    assert named in done.err
    one_error(done)
    assert (two.folder / "left.txt").read_text("utf-8") == LEFT


def test_inputs(two: Shell) -> None:
    """Saved JSON, standard input, reports of the index by symbol, folders of parts, what is not there."""
    wanted = two("diff", "left.txt", "right.txt", "--stat").out
    two("parse", "left.txt", "--json", "-o", "left.json")
    assert two("diff", "left.json", "right.txt", "--stat").out == wanted
    assert two("diff", "-", "right.txt", "--stat", stdin=LEFT.encode()).out == wanted
    assert two("diff", "-", "-", stdin=b"x").code == 2
    (two.folder / "final.txt").write_text("CTOC/COP/WG.4/2020/4\n\n" + RIGHT, "utf-8")
    two("index", "add", "final.txt", "--index", "ix.db")
    held = two("diff", "left.txt", "CTOC/COP/WG.4/2020/4", "--index", "ix.db", "--stat", "--what", "recommendations")
    assert held.code == 1
    assert held.out == two("diff", "left.txt", "final.txt", "--stat", "--what", "recommendations").out
    nothing = two("diff", "/dev/null", "right.txt", "--jsonl", "--what", "recommendations")
    assert [json.loads(line)["fate"] for line in nothing.out.splitlines()] == ["added"] * 3


def test_a_folder_of_parts(two: Shell) -> None:
    """Draft parts against one report: the parts are merged first, and what is missing is said."""
    parts = two.folder / "parts"
    parts.mkdir()
    (parts / "L.1-Add.1.txt").write_text(LEFT.split("3. The")[0], "utf-8")
    (parts / "L.1-Add.3.txt").write_text(HEAD + "3. The Secretariat should report on child labour in the fishing industry.\n", "utf-8")
    done = two("diff", "parts", "left.txt", "--what", "recommendations")
    assert (done.code, done.out) == (0, "")
    assert "Add.2 was not given" in done.err
    quiet = inside("diff", "parts", "left.txt", "--what", "recommendations", "-q", folder=two.folder)
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    (parts / "L.1-Add.4.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    one_error(inside("diff", "parts", "left.txt", "-q", folder=two.folder), "L.1-Add.4.txt")
    twice = two.folder / "twice"
    twice.mkdir()
    (twice / "L.1.txt").write_text(LEFT, "utf-8")
    (twice / "L.1-Add.1.txt").write_text("5. The Secretariat answered.\n", "utf-8")
    told = inside("diff", "twice", "left.txt", folder=two.folder).err
    assert "L.1-Add.1.txt has no masthead that says what it is a part of" in told
    assert "no masthead was found" not in told, "remarks of a part alone are not of the comparison"


def test_stat_and_cites(two: Shell) -> None:
    counted = json.loads(two("diff", "left.txt", "right.txt", "--stat", "--json").out)
    assert counted["fates"]["recommendations"] == {**dict.fromkeys(FATES, 0), "renumbered": 1, "reworded": 1, "added": 1, "dropped": 1}
    assert counted["events"]["weaker"] == 1
    rows = list(csv.DictReader(io.StringIO(inside("diff", "left.txt", "right.txt", "--stat", "--csv", folder=two.folder).out)))
    assert {row.pop("kind"): row for row in rows} == {
        kind: {**{fate: str(n) for fate, n in told.items()}} for kind, told in counted["fates"].items()
    }
    same = inside("diff", "left.txt", "left.txt", "--stat", "--what", "recommendations", folder=two.folder)
    assert same.out == f"{'':16}   unchanged\nrecommendations            3\n", "no events, no table of them"
    assert two("diff", "left.txt", "right.txt", "--cite").out.splitlines()[2].startswith("reworded: [symbol not given], Working Group")


def test_labels_name_the_sides(two: Shell) -> None:
    done = two("diff", "left.txt", "right.txt", "--label", "a/report", "--label", "b/report")
    assert done.out.startswith("--- a/report  ")
    assert "\n+++ b/report  " in done.out


def test_git_uses_it(two: Shell) -> None:
    """The driver of docs/diff.md, in a real repository."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    page = (ROOT / "docs" / "diff.md").read_text("utf-8")
    driver = re.search(r"^git config diff\.tipreport\.command (.*)$", page, re.MULTILINE)
    assert driver
    folder, env = two.folder, environment(two.home)
    env["PATH"] = f"{Path(SCRIPT).parent}:{env['PATH']}"

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@x", *arguments],
            cwd=folder,
            env=env,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    git("init", "-q")
    subprocess.run(["bash", "-c", driver.group()], cwd=folder, env=env, check=True, timeout=SECONDS)
    (folder / ".gitattributes").write_text("*.txt diff=tipreport\n")
    (folder / "right.txt").unlink()
    (folder / "report.txt").write_text(LEFT, "utf-8")
    git("add", ".")
    git("commit", "-qm", "draft")
    (folder / "report.txt").write_text(RIGHT, "utf-8")
    shown = git("--no-pager", "diff")
    assert "--- a/report.txt" in shown
    assert "weaker: should ensure -> should consider ensuring (6 to 3)" in shown
    git("add", ".")
    git("rm", "-q", "--cached", "left.txt")
    assert "dropped" in git("--no-pager", "diff", "--cached")


# ---------------------------------------------------------------- the forms

EVIL = (
    HEAD
    + '1. States parties should <script>alert(1)</script> ensure [/red] that =HYPERLINK("x") `code` *stars* ]]> & \x1b[31m officials are trained.\n'
)


@pytest.mark.parametrize("form", ["html", "markdown", "text", "json", "csv"])
def test_markup_is_text(two: Shell, form: str) -> None:
    (two.folder / "evil.txt").write_text(EVIL, "utf-8")
    done = two("diff", "evil.txt", "right.txt", "--to", form)
    assert done.code == 1
    quiet_terminal(done.out)
    if form == "html":
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in done.out
        assert done.out.count("<script>") == 1  # the page's own
    if form == "markdown":
        assert "\\<script\\>" in done.out
        assert "\\`code\\`" in done.out


@pytest.mark.parametrize("suffix", ["html", "md", "docx", "json", "csv", "txt"])
def test_files_are_the_same_each_time(two: Shell, suffix: str) -> None:
    made = []
    for number in (1, 2):
        assert two("diff", "left.txt", "right.txt", "-o", f"{number}.{suffix}").code == 1
        made.append((two.folder / f"{number}.{suffix}").read_bytes())
    assert made[0] == made[1]
    assert made[0]


def test_the_page_in_a_browser(two: Shell) -> None:
    """Chromium shows every unit under its anchor, and no text of a report acts."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("Chromium is not installed")
    (two.folder / "evil.txt").write_text(EVIL, "utf-8")
    assert two("diff", "evil.txt", "right.txt", "-o", "page.html").code == 1
    page = (two.folder / "page.html").as_uri()
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    done = subprocess.run(
        [browser, *flags, f"--user-data-dir={two.home}/c", "--dump-dom", page], capture_output=True, text=True, timeout=SECONDS
    )
    assert "<article" in done.stdout
    assert 'id="rec-1"' in done.stdout
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in done.stdout
    assert done.stdout.count("<script>") == 1


def _numbered(one: Side) -> list[str]:
    units = sorted(
        (unit for kind in ("headings", "recommendations", "paragraphs", "footnotes", "blocks") for unit in one.units[kind]),
        key=lambda u: u.spans[0].start,
    )
    return [(f"{unit.number}.\u00a0" if unit.number else "") + unit.text for unit in units]


@pytest.mark.parametrize("case", ["plain", "revised", "samples"])
def test_tracked_changes_in_libreoffice(two: Shell, case: str) -> None:
    """Accepting all gives the right text, rejecting all the left one, in the real program."""
    python = "/usr/bin/python3"
    if shutil.which("soffice") is None or subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
        pytest.skip("LibreOffice and its Python are not installed")
    left, right = (side(LEFT), side(RIGHT)) if case == "plain" else pairs()[0] if case == "revised" else (sample(DRAFT), sample(FINAL))
    for name, one in (("left.txt", left), ("right.txt", right)):
        assert one.source
        (two.folder / name).write_text(one.source.text, "utf-8")
    assert two("diff", "left.txt", "right.txt", "-o", "changes.docx").code == 1
    for what, wanted in (("accept", right), ("reject", left)):
        port = str(20000 + os.getpid() % 20000 + (what == "accept"))
        done = subprocess.run(
            [python, str(ROOT / "tests" / "tracked.py"), "changes.docx", what, f"{two.home}/{what}", port],
            cwd=two.folder, capture_output=True, text=True, timeout=SECONDS,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        count, _, text = done.stdout.rstrip("\n").partition("\n")
        assert int(count) > 3
        assert text.split("\n") == _numbered(wanted)


def test_the_document_holds_revisions(two: Shell) -> None:
    """The XML itself: insertions and deletions with author and number, and no date, so that it is the same each time."""
    two("diff", "left.txt", "right.txt", "-o", "changes.docx")
    with zipfile.ZipFile(two.folder / "changes.docx") as archive:
        xml = archive.read("word/document.xml").decode()
    assert "<w:delText" in xml
    assert re.search(r'<w:ins w:id="\d+" w:author="tipreport">', xml)
    ids = re.findall(r'<w:(?:ins|del) w:id="(\d+)"', xml)
    assert len(ids) == len(set(ids)) > 4
    assert two.terminal("diff", "left.txt", "right.txt", "--to", "docx").code == 2


@pytest.mark.parametrize("turned", [False, True], ids=["merged", "split"])
def test_a_merger_accepted_or_rejected_gives_either_text(two: Shell, turned: bool) -> None:
    pytest.importorskip("docx")
    etree = pytest.importorskip("lxml.etree")
    aid = [
        f"{number}. States parties should provide {what} to victims of trafficking in persons."
        for number, what in enumerate(("secure shelter", "medical care", "legal aid"), 1)
    ]
    one = ["1. States parties should provide secure shelter, medical care and legal aid to victims of trafficking in persons."]
    texts = (one, aid) if turned else (aid, one)
    for name, lines in zip(("a.txt", "b.txt"), texts, strict=True):
        (two.folder / name).write_text(HEAD + "".join(f"{line}\n\n" for line in lines), "utf-8")
    assert inside("diff", "a.txt", "b.txt", "--what", "recommendations", "-o", "x.docx", folder=two.folder).code == 1
    body = etree.fromstring(zipfile.ZipFile(two.folder / "x.docx").read("word/document.xml"))
    for gone, lines in zip(("ins", "del"), texts, strict=True):
        printed = _without(body, gone)
        assert printed[-len(lines) :] == [line.replace(". ", ".\u00a0", 1) for line in lines]


def _without(body: Any, gone: str) -> list[str]:
    """The paragraphs of a document when its insertions are rejected or its deletions accepted."""
    at = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    out = [""]
    for paragraph in body.iter(f"{at}p"):
        for text in paragraph.iter(f"{at}t", f"{at}delText"):
            if not any(holder.tag == at + gone for holder in text.iterancestors()):
                out[-1] += text.text or ""
        if paragraph.find(f"{at}pPr/{at}rPr/{at}{gone}") is None:
            out.append("")
    return out[:-1]


def test_the_extra_is_named(two: Shell) -> None:
    """Without python-docx, the error names the line that installs it."""
    hidden = two.folder / "hidden"
    (hidden / "docx").mkdir(parents=True)
    (hidden / "docx" / "__init__.py").write_text("raise ImportError")
    done = two("diff", "left.txt", "right.txt", "-o", "changes.docx", env={"PYTHONPATH": str(hidden)})
    assert done.code == 2
    assert "pip install 'tipreport[docx]'" in done.err
    assert not (two.folder / "changes.docx").exists()


def test_every_family_can_be_named() -> None:
    """The events that the readers give are those that ``--events`` knows."""
    met: set[str] = set()
    for left, right in pairs():
        found: Comparison = compare(left, right, KINDS)
        met |= {event.family for change in found.changes for event in change.events}
    assert met <= set(EVENTS)
    assert len(met) > 12
