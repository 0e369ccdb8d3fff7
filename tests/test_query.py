"""The query language: what is read, where a slip stands, which other forms of a word are found, what the engine gets."""

from __future__ import annotations

import csv
import re
import sqlite3
import unicodedata
from functools import cache

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from command import ROOT, SAMPLES
from tipreport.folding import folded
from tipreport.index import store
from tipreport.search import compile as compiling
from tipreport.search.inflect import forms, joined, parted
from tipreport.search.query import MOST_WORDS, And, Near, Node, Not, Or, Pattern, QueryError, Term, has_word, read, terms

TABLE = ROOT / "src/tipreport/data/inflections.csv"

# Pieces of queries, whole and broken ones; put together at random they come near every rule of the reader.
PIECES = st.sampled_from(
    [
        "a", "victim", "child*", '"child victims"', "\u201cchild victims\u201d", "AND", "OR", "NOT", "and", "NEAR(", "NEAR (a b)",
        "NEAR(victim child, 5)", ", 5)", ")", "(", '"', "/", "/vict/", "/(a/", "*", "**", "-", "x:y", "non-punishment", ",", "5", "'",
        "^", "{", "}", "+", "\\", "\u00e9", "\x00", "\ud800", "\u200b", "\u0301", "9\u201311", "\u4e2d\u56fd", "\U0001f600", "\t", "\n",
    ]
)  # fmt: skip
QUERIES = st.one_of(st.text(), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=12).map("".join))

Shape = tuple[object, ...]


def shape(node: Node) -> Shape:
    """A tree without the places in the query."""
    match node:
        case Term(text=text, exact=exact, prefix=prefix):
            return ("term", text, exact, prefix)
        case Pattern(pattern=pattern):
            return ("pattern", pattern)
        case Near(terms=found, distance=distance):
            return ("near", distance, *map(shape, found))
        case And(items=items):
            return ("and", *map(shape, items))
        case Or(items=items):
            return ("or", *map(shape, items))
        case Not(item=item):
            return ("not", shape(item))


def word(text: str, *, prefix: bool = False) -> Shape:
    """A word as it is read."""
    return ("term", text, False, prefix)


def phrase(text: str, *, prefix: bool = False) -> Shape:
    """A phrase as it is read."""
    return ("term", text, True, prefix)


# Trees and how they are written, made together.
WORDS = st.from_regex(r"[a-z\u00e9\u00fc]{1,8}(-[a-z]{1,5})?", fullmatch=True)
PHRASES = st.from_regex(r"[a-zA-Z]{1,6}( [a-zA-Z()/*,]{1,6}){0,3}", fullmatch=True)
TERMS = st.one_of(
    st.tuples(WORDS, st.booleans()).map(lambda one: (one[0] + "*" * one[1], word(one[0], prefix=one[1]))),
    st.tuples(PHRASES, st.booleans()).map(lambda one: (f'"{one[0]}"' + "*" * one[1], phrase(one[0], prefix=one[1]))),
)
NEARS = st.tuples(st.lists(TERMS, min_size=2, max_size=4), st.integers(0, 9999) | st.none()).map(
    lambda one: (
        f"NEAR({' '.join(text for text, _ in one[0])}{'' if one[1] is None else f', {one[1]}'})",
        ("near", 10 if one[1] is None else one[1], *(tree for _, tree in one[0])),
    )
)
PATTERNS = st.from_regex(r"[a-z][a-z .+?|\[\]]{0,8}", fullmatch=True).map(lambda one: (f"/{one}/", ("pattern", one)))
Written = tuple[str, Shape]


def _joined(operator: str, name: str) -> st.SearchStrategy[Written]:
    return st.lists(LEAVES, min_size=2, max_size=3).map(
        lambda parts: (f"({operator.join(text for text, _ in parts)})", (name, *(tree for _, tree in parts)))
    )


def _denied(part: Written) -> Written:
    text, tree = part
    return f"NOT {text}", tree[1] if tree[0] == "not" else ("not", tree)  # type: ignore[return-value]


LEAVES: st.SearchStrategy[Written] = st.deferred(
    lambda: st.one_of(TERMS, NEARS, PATTERNS, _joined(" AND ", "and"), _joined("  ", "and"), _joined(" OR ", "or"), LEAVES.map(_denied))
)


# Reading -----------------------------------------------------------------------------------------------------


@given(QUERIES)
def test_any_string_is_a_tree_or_an_error_with_a_place(query: str) -> None:
    try:
        tree = read(query)
    except QueryError as error:
        told, at = error.excerpt
        assert told == query
        assert 0 <= at <= len(query)
        assert str(error)
        assert error.hint
        return
    for term in terms(tree):
        assert has_word(term.text)
        assert query[term.at :].lstrip('"\u201c\u201d').startswith(term.text)


@given(LEAVES)
def test_what_is_written_is_read(written: Written) -> None:
    text, tree = written
    assert shape(read(text)) == tree
    assert shape(read(f"  ( {text}\t) ")) == tree


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("victim", word("victim")),
        ("Victim", word("Victim")),
        ("train*", word("train", prefix=True)),
        ('"joint investigation"', phrase("joint investigation")),
        ("\u201cjoint investigation\u201d", phrase("joint investigation")),
        ('"joint invest"*', phrase("joint invest", prefix=True)),
        ("non-punishment", word("non-punishment")),
        ("C\u00f4te d\u2019Ivoire", ("and", word("C\u00f4te"), word("d\u2019Ivoire"))),
        ("victim child", ("and", word("victim"), word("child"))),
        ("victim AND child", ("and", word("victim"), word("child"))),
        ("a b AND c d", ("and", word("a"), word("b"), word("c"), word("d"))),
        ("a OR b OR c", ("or", word("a"), word("b"), word("c"))),
        ("a b OR c", ("or", ("and", word("a"), word("b")), word("c"))),
        ("a (b OR c)", ("and", word("a"), ("or", word("b"), word("c")))),
        ("NOT a", ("not", word("a"))),
        ("a NOT b", ("and", word("a"), ("not", word("b")))),
        ("a AND NOT (b OR c)", ("and", word("a"), ("not", ("or", word("b"), word("c"))))),
        ("NOT NOT a", word("a")),
        ("NEAR(victim support, 5)", ("near", 5, word("victim"), word("support"))),
        ("NEAR(victim support)", ("near", 10, word("victim"), word("support"))),
        ("NEAR(victim support,5)", ("near", 5, word("victim"), word("support"))),
        ('NEAR("early identification" child*, 0)', ("near", 0, phrase("early identification"), word("child", prefix=True))),
        ("NEAR(victim support , 5)", ("near", 5, word("victim"), word("support"))),
        ("NEAR a", ("and", word("NEAR"), word("a"))),
        ("/traumat\\w+/", ("pattern", "traumat\\w+")),
        ("/a\\/b/ c", ("and", ("pattern", "a\\/b"), word("c"))),
        ("(/a/)", ("pattern", "a")),
        ("and or not near", ("and", word("and"), word("or"), word("not"), word("near"))),
        ('"AND"', phrase("AND")),
        ("ANDREA ORGAN NOTE", ("and", word("ANDREA"), word("ORGAN"), word("NOTE"))),
        ("title:x", word("title:x")),
        ("A/HRC/70/92", word("A/HRC/70/92")),
        ("-victim", word("-victim")),
        ("it's", word("it's")),
        ("\u4e2d\u56fd", word("\u4e2d\u56fd")),
    ],
)
def test_constructs(query: str, expected: Shape) -> None:
    assert shape(read(query)) == expected


EMPTY = "leave the query out"
ERRORS = [
    ("", 0, "empty", EMPTY), ("   ", 3, "empty", EMPTY), ("victim AND", 10, "after AND", '"AND"'), ("victim OR ", 10, "after OR", '"OR"'),
    ("NOT", 3, "after NOT", '"NOT"'), ("a OR OR b", 5, "after OR", '"OR"'), ("a AND OR b", 6, "after AND", '"AND"'),
    ("AND a", 0, "before AND", '"AND"'), ("OR", 0, "before OR", '"OR"'), ("(AND a)", 1, "before AND", '"AND"'),
    ("(victim", 0, "never closed", "close it"), ("a (b", 2, "never closed", "close it"), ("((a)", 0, "never closed", "close it"),
    ("a AND (", 6, "never closed", "close it"), ("victim)", 6, "never opened", "take it out"), ("a (b) c)", 7, "never opened", "take it out"),
    ("()", 1, "in the brackets", "between"), ("a ( ) b", 4, "in the brackets", "between"), ("a AND )", 6, "after AND", '"AND"'),
    ('"victim', 0, "quotation mark", "close it"), ('a "b c', 2, "quotation mark", "close it"), ("\u201cvictim", 0, "quotation mark", "close it"),
    ('a""', 1, "no word", "/.../"), ("*", 0, "no word", "/.../"), ("a ...", 2, "no word", "/.../"), ('a "-" b', 2, "no word", "/.../"),
    ("//", 0, "never closed", "close it"), ("NEAR(a b", 0, "NEAR(one two, 5)", "between them"), ("x NEAR(a (b), 5)", 2, "NEAR(one two, 5)", "between"),
    ("NEAR(, 5)", 0, "two words", "NEAR(one two, 5)"), ("NEAR(a)", 0, "two words", "NEAR(one two, 5)"), ("a NEAR(b, 5)", 2, "two words", "NEAR("),
    ("a b " * 101, 400, f"{MOST_WORDS} words", "--like"), ("(" * 62 + "a" + ")" * 62, 61, "too deep", "outer"),
    ("NOT " * 62 + "a", 244, "too deep", "outer"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "at", "said", "hint"), ERRORS, ids=[one[0][:20] for one in ERRORS])
def test_errors_have_their_place_and_a_hint(query: str, at: int, said: str, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        read(query)
    assert caught.value.excerpt == (query, at)
    assert said in str(caught.value)
    assert hint in (caught.value.hint or "")


def test_many_words_and_deep_brackets_are_read() -> None:
    assert len(terms(read("a " * MOST_WORDS))) == MOST_WORDS
    assert [term.text for term in terms(read('judge NOT (court OR "of law") NEAR(a b)'))] == ["judge", "court", "of law", "a", "b"]
    assert shape(read("(" * 60 + "a" + ")" * 60)) == word("a")


@given(st.text(st.characters(categories=("P", "S", "Z", "Cc", "Cf")), max_size=8))
def test_signs_alone_hold_no_word(text: str) -> None:
    assert not has_word(text)
    assert has_word(f"{text}x")


# Other forms -------------------------------------------------------------------------------------------------


@cache
def table() -> tuple[dict[str, str], ...]:
    """The rows of the table of inflections."""
    with open(TABLE, encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def tabled() -> frozenset[str]:
    """All words of the table."""
    return frozenset(one for row in table() for column in ("word", "also", "never") for one in row[column].split(";"))


@cache
def printed() -> frozenset[str]:
    """The words of the samples."""
    return frozenset(found for path in SAMPLES.glob("*.txt") for found in re.findall(r"[a-z]{3,}", path.read_text("utf-8").lower()))


STEMS = st.from_regex(
    r"[bcdfghklmnprstvw]{1,2}([aeiou]|ea|oo|ai)[bcdfgklmnprtvx]{1,2}((e|o|i|u)[bcdfgklmnprtv])?(e|y|ch|sh|ss|ing)?", fullmatch=True
)


def plural(stem: str) -> str:
    """The regular plural."""
    if stem[-1] == "y" and stem[-2] not in "aeiou":
        return f"{stem[:-1]}ies"
    return stem + ("es" if stem.endswith(("s", "x", "z", "ch", "sh")) else "s")


@given(STEMS)
@example("victim")
@example("party")
def test_plurals_find_each_other(stem: str) -> None:
    many = plural(stem)
    assume(not {stem, many} & tabled() and not stem.endswith("ed"))
    assert many in forms(stem)
    assert stem in forms(many)


@given(st.one_of(STEMS, st.from_regex(r"[a-z]{3,12}", fullmatch=True)))
def test_a_form_is_another_word(text: str) -> None:
    found = forms(text)
    assert text not in found
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[a-z]{3,}", one) for one in found)


@given(st.text(max_size=12).filter(lambda text: not re.fullmatch(r"[a-z]{3,}", text)))
def test_what_is_no_plain_word_has_no_forms(text: str) -> None:
    assert forms(text) == []


def test_forms_among_printed_words_go_both_ways() -> None:
    found = {one: set(forms(one)) & printed() for one in printed()}
    assert [(one, other) for one, others in sorted(found.items()) for other in sorted(others) if one not in found[other]] == []
    assert sum(map(len, found.values())) > 200


@pytest.mark.parametrize(
    "family",
    [
        "victim victims", "party parties", "train trains trained training", "note notes noted noting", "plan plans planned planning",
        "child children", "woman women", "organize organise organizes organised organizing organising", "victimization victimisation",
        "country countries", "visit visits visited visiting", "refer refers referred referring", "agree agrees agreed agreeing",
        "analysis analyses", "crisis crises", "criterion criteria", "process processes processed processing", "survey surveys surveyed",
        "labour labor", "programme program programmes programs", "offence offense offences offenses", "undertake undertook undertaken",
        "travel travels travelled traveled", "traffick trafficked trafficking", "smuggle smuggles smuggled smuggling", "need needs",
        "speed speeds", "bed beds", "use uses used using", "address addresses addressed", "meeting meetings", "ngo ngos",
    ],
)  # fmt: skip
def test_families(family: str) -> None:
    for one in family.split():
        assert {*family.split()} - {one} <= {*forms(one)}, one


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("organ", "organized organised organization organize organizing"), ("organization", "organ organize"), ("organized", "organ"),
        ("unit", "united unites unite"), ("united", "unit units"), ("new", "news"), ("news", "new"), ("state", "stated stating"),
        ("states", "stated stating"), ("stated", "state states"), ("party", "part parts"), ("part", "party parties"),
        ("according", "accord"), ("good", "goods"), ("police", "policy policies"), ("policy", "police"), ("universe", "university"),
        ("traffic", "trafficking"), ("trafficking", "traffic"), ("international", "nation"), ("process", "proces"), ("rate", "rat rats"),
        ("sing", "singe"), ("thing", "thed"), ("fees", "feed feeds"), ("feed", "fee fees"), ("seed", "see sees"),
        ("wished", "wisher"), ("personnel", "person"), ("during", "durable"), ("status", "statu stat"), ("this", "thi"), ("bring", "bred"),
    ],
)  # fmt: skip
def test_another_word_is_no_form(text: str, never: str) -> None:
    assert not {*forms(text)} & {*never.split()}


def test_the_article_is_no_word_with_forms_that_stand() -> None:
    """ "the" may have made-up forms; none of them is a word that is printed."""
    for small in ("the", "and", "was", "has", "his", "its", "this", "for", "not", "new", "news"):
        assert not {*forms(small)} & printed(), small


def test_words_with_a_hyphen_and_without() -> None:
    assert joined("co-operation") == "cooperation"
    assert joined("non-punishment") == "nonpunishment"
    assert joined("victim") is None
    assert joined("up-to-date") is None
    assert parted("nonpunishment") == "non punishment"
    assert parted("revictimization") == "re victimization"
    assert parted("victim") is None


def test_table_of_inflections() -> None:
    rows = table()
    assert list(rows[0]) == ["word", "also", "never", "note"]
    assert [row["word"] for row in rows] == sorted({row["word"] for row in rows})
    for row in rows:
        also, never = (row[column].split(";") if row[column] else [] for column in ("also", "never"))
        assert row["note"], row
        assert also or never, row
        assert not {*also} & {*never}, row
        assert row["word"] not in {*also, *never}, row
        assert all(re.fullmatch(r"[a-z]{2,}", one) for one in (row["word"], *also, *never)), row
        found = forms(row["word"])
        assert {*also} <= {*found}, row
        assert not {*never} & {*found}, row


# What the engine gets ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def empty() -> sqlite3.Connection:
    """An index in memory without reports."""
    return store.memory()


_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_CONDITION = re.compile(
    r"(?:NOT |[()]| AND | OR |\{id\} IN \(SELECT rowid FROM passages_fts WHERE passages_fts MATCH \?\)|matches\(\?, \{text\}\))+"
)
_SYNTAX = re.compile(r"(?:AND|OR|NOT|NEAR\(|, \d{1,4}\)|[()* ])*")


def patterns(node: Node) -> list[str]:
    """The regular expressions of a tree, also those that must not occur."""
    match node:
        case Pattern(pattern=pattern):
            return [pattern]
        case And(items=items) | Or(items=items):
            return [found for item in items for found in patterns(item)]
        case Not(item=item):
            return patterns(item)
    return []


@given(st.text())
def test_quoting_is_whole_and_keeps_the_text(text: str) -> None:
    made = compiling.quoted(text)
    assert _QUOTED.fullmatch(made)
    kept = text.replace("\x00", " ")
    assert made[1:-1].replace('""', '"') == "".join("?" if "\ud800" <= c <= "\udfff" else c for c in kept)


@given(QUERIES)
@example('a"b" OR 1=1--')
@example('victim NOT (/a/ OR "b" NOT /c/)')
@example("passages_fts : victim ^victim {text}: victim")
def test_only_quoted_words_reach_the_engine(empty: sqlite3.Connection, query: str) -> None:
    try:
        tree = read(query)
    except QueryError:
        assume(False)
        return
    plan = compiling.plan(empty, tree)
    given_patterns = patterns(tree)
    texts = [one for one in (plan.match, plan.shown, plan.positive) if one is not None]
    for sql, values in plan.where:
        assert _CONDITION.fullmatch(sql), sql
        assert len(values) == sql.count("?")
        for asked, value in zip(re.findall(r"(matches|MATCH) ?\(?\?", sql), values, strict=True):
            if asked == "matches":
                assert value in given_patterns
            else:
                texts.append(value)
    for text in texts:
        assert _SYNTAX.fullmatch(_QUOTED.sub("", text)), text
        empty.execute("SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?", (text,)).fetchall()


@given(st.text(st.characters(categories=("L", "N", "M")), min_size=1, max_size=12))
def test_folding_takes_case_and_marks_away(text: str) -> None:
    made = folded(text)
    assert not any(unicodedata.combining(c) for c in made)
    assert folded(made) == made
    assert folded("S\u00c1NCHEZ") == "sanchez"


@pytest.mark.parametrize(
    ("query", "match"),
    [
        ("victim", '"victim"'),
        ("vict*", '"vict"*'),
        ('"child victims"', '"child victims"'),
        ("NOT-a", '"NOT-a"'),
        ("victim:child", '"victim:child"'),
        ("a^b", '"a^b"'),
    ],
)
def test_examples_of_what_the_engine_gets(empty: sqlite3.Connection, query: str, match: str) -> None:
    assert compiling.plan(empty, read(query)).match == match
