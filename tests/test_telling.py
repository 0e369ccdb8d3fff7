"""What a comparison is told in: sentences, records, counts, and the small parts that find pairs and places, each by itself.

Most tests of ``diff`` run the command or compare whole reports; these pin single values, as mutation testing asked for (docs/mutation.md).
"""

from __future__ import annotations

import math

import pytest

from tipreport import parse
from tipreport.diff import align, likeness, telling, words
from tipreport.diff.change import Change, Comparison, Event
from tipreport.diff.compare import compare, shares
from tipreport.diff.record import record, row, stat
from tipreport.diff.units import Side, Unit
from tipreport.model import Span

HEAD = "CTOC/COP/WG.4/2099/4\n\nDistr.: General\n5 August 2099\nOriginal: English\n\nReport on fog\n\nII. Recommendations\n\n"


def side(*texts: str, head: str = HEAD) -> Side:
    text = head + "".join(f"{number}. {text}\n\n" for number, text in enumerate(texts, 1))
    return Side(parse(text), text)


def unit(ident: str, text: str = "Some text.", kind: str = "recommendation", label: str | None = None) -> Unit:
    return Unit(kind, ident, "1", "II", text, (), None, 0, None, label or ident)


# ---------------------------------------------------------------------- sentences
@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (Event("text", "a", "b"), None),
        (Event("strength", 6, 3, direction="weaker", words=("should", "may")), "weaker: should -> may (6 to 3)"),
        (Event("strength", None, 3, direction="stronger", words=("a", "b")), "stronger: a -> b"),
        (Event("strength", 3, None, direction="stronger", words=("a", "b")), "stronger: a -> b"),
        (Event("hedge_added", after="as appropriate", id="where_appropriate"), 'hedge added: "as appropriate"'),
        (Event("hedge_dropped", before="as appropriate"), 'hedge dropped: "as appropriate"'),
        (Event("date_added", after="2020"), 'date added: "2020"'),
        (Event("number_dropped", before="7"), 'number dropped: "7"'),
        (Event("voice_added", after="Some"), 'voice added: "Some"'),
        (Event("negation_added", after="not"), 'negation added: "not"'),
        (Event("state_added", after="Holland", id="NLD", name="Netherlands"), "State added: Netherlands (Holland)"),
        (Event("state_dropped", before="Chile", id="CHL", name="Chile"), "State dropped: Chile"),
        (Event("organization_added", after="UNODC", id="UNODC"), "organization added: UNODC"),
        (Event("proposer_added", after="Chile", name="Chile"), "made by added: Chile"),
        (Event("addressee_dropped", id="x", name="States parties"), "addressee dropped: States parties"),
        (Event("panellist_added", after="Ms. Lima", name="Ana Lima"), "panellist added: Ana Lima"),
        (Event("participant_dropped", before="Chili", name="Chile (member)"), "participant dropped: Chile (member)"),
        (Event("point_added", after="x", id="1.a"), "point added: 1.a"),
        (Event("point_added", after="x", id="1.a", name="2.b"), "point added: 1.a (it was 2.b)"),
        (Event("point_dropped", before="x", id="1.a", name="2.b"), "point dropped: 1.a (it is 2.b now)"),
        (Event("point_dropped", before="x", id="1.a"), "point dropped: 1.a"),
        (Event("point", name="1.a", id="1.a"), "point changed: 1.a"),
        (Event("point", name="1.a", id="1.b"), "point 1.a -> 1.b"),
        (Event("reference_added", after="x", id="A/1", name="symbol"), "reference added: A/1"),
        (Event("reference_added", after="x", id="article 9", name="article"), "reference added: article 9"),
        (Event("reference_dropped", before="x", id="55/25", name="resolution"), "reference dropped: resolution 55/25"),
        (Event("renumbered", "1", "2"), "renumbered: 1 -> 2"),
        (Event("moved", None, "II.A"), "moved: nothing -> II.A"),
        (Event("field", "a", None, name="job_number"), "job number: a -> nothing"),
        (Event("field", "a", "b"), "field: a -> b"),
        (Event("position", "noted", "supported"), "position: noted -> supported"),
        (Event("voice", 1, 2, direction="more", words=("some", "many")), "voice: some -> many (more)"),
        (Event("modality", "a", "b", name="n"), "modality: a -> b"),
    ],
)
def test_told(event: Event, sentence: str | None) -> None:
    assert telling.told(event) == sentence


def test_what_units_and_fates_are_called() -> None:
    one, other = unit("1", label="rec. 1"), unit("2", label="rec. 2")
    assert telling.heading(Change("added", "recommendation", None, other, 0.0)) == "rec. 2"
    assert telling.heading(Change("dropped", "recommendation", one, None, 0.0)) == "rec. 1"
    assert telling.heading(Change("moved", "recommendation", one, one, 1.0)) == "rec. 1"
    assert telling.heading(Change("moved", "recommendation", one, other, 1.0)) == "rec. 1 -> rec. 2"
    fates = [("reworded", 0.876), ("reworded", 1.0), ("merged", 0.5), ("split", 0.25), ("editorial", 0.5), ("moved", 1.0)]
    assert [telling.fate(Change(fate, "x", one, other, score)) for fate, score in fates] == [
        "reworded 0.88",
        "reworded",
        "merged 0.50",
        "split 0.25",
        "editorial",
        "moved",
    ]


def _some() -> Comparison:
    one, other = unit("1", "One."), unit("2", "Two.")
    words_ = Event("text", "a", "b", editorial=False)
    style = Event("text", "a", "A", editorial=True)
    changes = (
        Change("unchanged", "heading", one, one, 1.0),
        Change("unchanged", "recommendation", one, one, 1.0),
        Change("reworded", "recommendation", one, other, 0.7, (Event("strength", 6, 3, direction="weaker", words=("x", "y")), words_)),
        Change("editorial", "recommendation", one, other, 0.9, (style, style)),
        Change("added", "recommendation", None, other, 0.0),
        Change("dropped", "recommendation", one, None, 0.0),
        Change("dropped", "recommendation", one, None, 0.0),
        Change("added", "footnote", None, other, 0.0, (Event("state_added", after="x"),)),
    )
    return Comparison(side("Fog."), side("Fog."), changes)


def test_counts_and_summary() -> None:
    some = _some()
    assert telling.summary(some) == [
        "headings: 1 unchanged",
        "recommendations: 3 paired (1 unchanged, 1 editorial, 1 reworded), 1 added, 2 dropped",
        "footnotes: 1 added",
    ]
    assert telling.events(some.changes) == {"weaker": 1, "words": 1, "words, editorial": 2, "state_added": 1}
    assert telling.plural("masthead") == "masthead"
    told = stat(some)
    assert (told["type"], told["same"]) == ("stat", False)
    assert (told["left"], told["right"]) == ("CTOC/COP/WG.4/2099/4", "CTOC/COP/WG.4/2099/4")
    assert list(told["events"].items()) == [("state_added", 1), ("weaker", 1), ("words", 1), ("words, editorial", 2)]
    assert told["fates"]["footnotes"] == {
        "unchanged": 0, "renumbered": 0, "moved": 0, "editorial": 0, "reworded": 0, "merged": 0, "split": 0, "added": 1, "dropped": 0,
    }  # fmt: skip


def test_what_a_report_is_called() -> None:
    one = Comparison(side("Fog."), side("Fog.", head="Addendum\n\n1. "), ())
    head = one.left.report.masthead
    assert telling.called(one, 0) == f"CTOC/COP/WG.4/2099/4, {head.title}, {head.date}"
    assert telling.called(one, 1) != telling.called(one, 0)


# ---------------------------------------------------------------------- records
def test_record() -> None:
    left, right = side("States parties should train judges."), side("States parties may wish to train judges and clerks.")
    (change,) = (one for one in compare(left, right).changes if one.kind == "recommendation")
    told = record(change)
    start = len(HEAD) + 3
    assert {key: value for key, value in told.items() if key not in {"events", "left_spans", "right_spans"}} == {
        "type": "change", "fate": "reworded", "kind": "recommendation", "left": "rec-1", "right": "rec-1", "score": told["score"],
        "left_number": "1", "left_section": "II", "left_text": "States parties should train judges.",
        "left_cite": "CTOC/COP/WG.4/2099/4, recommendation 1", "right_number": "1", "right_section": "II",
        "right_text": "States parties may wish to train judges and clerks.", "right_cite": "CTOC/COP/WG.4/2099/4, recommendation 1",
    }  # fmt: skip
    assert [span["start"] for span in told["left_spans"]] == [start]
    assert told["events"][0] == {
        "event": "strength", "from": 6, "to": 2, "direction": "weaker", "from_words": "should train", "to_words": "may wish to train",
        "at": [15, 21], "into": [15, 26],
        "left": told["events"][0]["left"], "right": told["events"][0]["right"],
    }  # fmt: skip
    texts = [event for event in told["events"] if event["event"] == "text"]
    assert [(event["from"], event["to"], event["at"], event["into"], event["editorial"]) for event in texts] == [
        ("should", "may wish to", [15, 21], [15, 26], False),
        ("", " and clerks", [34, 34], [39, 50], False),
    ]
    assert row(change)["meaning"] == "weaker: should train -> may wish to train (6 to 2)"


def test_record_of_one_side_alone_and_of_parts() -> None:
    one, other = unit("1", "One.", kind="paragraph"), unit("2", "Two.")
    added = record(Change("added", "recommendation", None, other, 0.0, (Event("state_added", after="x", id="CHL", name="Chile"),)))
    assert (added["left"], added["left_text"], added["left_number"], added["left_cite"], added["left_spans"]) == (
        None,
        None,
        None,
        None,
        [],
    )
    assert added["events"] == [{"event": "state_added", "to": "x", "id": "CHL", "name": "Chile", "left": [], "right": []}]
    dropped = record(Change("dropped", "recommendation", one, None, 0.0, (Event("state_dropped", before="x"),)))
    assert (dropped["right"], dropped["right_section"], dropped["right_spans"]) == (None, None, [])
    assert dropped["events"] == [{"event": "state_dropped", "from": "x", "left": [], "right": []}]
    crossed = record(Change("reworded", "paragraph", one, other, 0.5))
    assert crossed["right_kind"] == "recommendation"
    assert "left_share" not in crossed
    assert "right_share" not in crossed
    assert record(Change("split", "x", one, other, 0.5, share=(1, 2)))["left_share"] == [1, 2]
    merged = record(Change("merged", "x", one, one, 0.5, share=(1, 2)))
    assert merged["right_share"] == [1, 2]
    assert "right_kind" not in merged


# ---------------------------------------------------------------------- masthead, panellists, participants
def test_facts() -> None:
    panel = "The discussion was led by the following panellists: Ana Lima, {} (Brazil), and {} (Norway)."
    spoke = "Statements were made by {} Chile and Peru."
    texts = [
        HEAD.replace("II. Recommendations\n\n", "") + f"1. {panel.format(*names)}\n\n2. {spoke.format(who)}\n"
        for names, who in ((("Prosecutor", "Tomas Berg"), "representatives of"), (("Judge", "Ole Dahl"), "observers for"))
    ]
    texts[1] = texts[1].replace("Report on fog", "Report on mist")
    left, right = (Side(parse(text), text) for text in texts)
    told = [
        (change.fate, change.kind, change.left and change.left.id, change.right and change.right.id, change.score,
         [(event.event, event.name, event.id, event.before, event.after) for event in change.events])
        for change in compare(left, right, ("masthead", "panellists", "participants")).changes
    ]  # fmt: skip
    assert told == [
        ("reworded", "masthead", "masthead", "masthead", 1.0, [("field", "title", None, "Report on fog", "Report on mist")]),
        ("reworded", "panellist", "Ana Lima", "Ana Lima", 1.0, [("field", "position", None, "Prosecutor", "Judge")]),
        ("added", "panellist", None, "Ole Dahl", 0.0, [("panellist_added", "Ole Dahl", "Ole Dahl", None, "Ole Dahl")]),
        ("dropped", "panellist", "Tomas Berg", None, 0.0, [("panellist_dropped", "Tomas Berg", "Tomas Berg", "Tomas Berg", None)]),
        ("reworded", "participant", "party:CHL", "observer_state:CHL", 1.0, [("field", "capacity", None, "party", "observer_state")]),
        ("reworded", "participant", "party:PER", "observer_state:PER", 1.0, [("field", "capacity", None, "party", "observer_state")]),
    ]


# ---------------------------------------------------------------------- words
@pytest.mark.parametrize(
    ("word", "plain"),
    [("organisation", "organization"), ("1,000", "1000"), ("1.5", "1.5"), ("analysing", "analyzing"), ("seven", "7"), ("co-operate", "cooperate"), ("%", "%"), ("wise", "wise")],
)  # fmt: skip
def test_plain_word(word: str, plain: str) -> None:
    assert words.plain_word(word) == plain


@pytest.mark.parametrize(
    ("word", "stem"),
    [("prosecutions", "prosecution"), ("ensuring", "ensur"), ("ensure", "ensur"), ("parties", "party"), ("ties", "tie"), ("class", "class"), ("status", "status"),
     ("basis", "basis"), ("gas", "gas"), ("cars", "car"), ("trained", "train"), ("fed", "fed"), ("bring", "bring"), ("using", "using"), ("these", "thes"), ("tree", "tree")],
)  # fmt: skip
def test_stem(word: str, stem: str) -> None:
    assert words.stem(word) == stem


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("a b c", "a b c", []),
        ("one two", "one three two", [(3, 3, 3, 9)]),
        ("of the States in", "of the States of America in", [(13, 13, 13, 24)]),
        ("alpha", "beta", [(0, 5, 0, 4)]),
        ("alpha end", "beta end", [(0, 5, 0, 4)]),
        ("end", "end, alpha", [(3, 3, 3, 10)]),
        # "of" alone in the midst of a rewritten stretch is no agreement
        ("buoys bells nets of ropes sails masts", "judges clerks courts of police prisons borders", [(0, 37, 0, 46)]),
        ("nets of ropes", "courts of police", [(0, 4, 0, 6), (8, 13, 10, 16)]),
    ],
)
def test_hunks(left: str, right: str, found: list[tuple[int, ...]]) -> None:
    assert [(*one.left, *one.right) for one in words.hunks(left, right)] == found
    assert [(*one.right, *one.left) for one in words.hunks(right, left)] == found


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Viet Nam", "Vietnam", True), ("the Netherlands,", "Netherlands", True), ("The Netherlands", "Netherlands.", True), ("Chile", "Peru", False),
        ("per cent", "%", True), ("", "", True), ("", "x", False), ("Chile and Peru", "Chile", False),
    ],
)  # fmt: skip
def test_editorial(before: str, after: str, same: bool) -> None:
    assert words.editorial(before, after) is same


# ---------------------------------------------------------------------- likeness and pairing
def test_likeness() -> None:
    weights = likeness.Weights(["buoys and bells", "buoys and nets"])
    one, other, none = weights.gist("buoys and bells"), weights.gist("bells and buoys"), weights.gist("")
    assert weights.score(one, one) == 1.0
    assert weights.score(none, weights.gist("%")) == 1.0
    assert weights.score(one, none) == 0.0
    rare = math.log(0.002) ** 2
    common = math.log(words.per_thousand("and") / 1000) ** 2
    assert one.weight == pytest.approx(2 * rare + common)
    assert weights.shared(one.bag, other.bag) == pytest.approx(one.weight)
    assert weights.in_order(one, other) == pytest.approx(max(rare, common))
    assert weights.score(one, other) == round((1 + max(rare, common) / one.weight) / 2, 4)
    number = weights.gist("77")
    assert number.weight == pytest.approx(math.log(0.06) ** 2)
    many = likeness.Weights(["fog"] * 12)
    assert many.gist("fog").weight == pytest.approx(math.log(0.5) ** 2)
    assert likeness.Weights(["fog"] * 11).gist("fog").weight == pytest.approx(rare)


def test_candidates() -> None:
    weights = likeness.Weights(["buoys bells nets", "buoys", "bells nets", "sails"])
    gists = [weights.gist(text) for text in ("buoys", "bells nets", "sails", "buoys bells nets")]
    found = likeness.Candidates(weights, gists)
    assert found.of(weights.gist("buoys bells nets"), 9) == [3, 1, 0]
    assert found.of(weights.gist("buoys bells nets"), 2) == [3, 1]
    assert found.of(weights.gist("fog"), 9) == []


def test_matches() -> None:
    assert likeness.matches((1, 2, 3), (0, 2, 3, 3)) in ([(1, 1), (2, 2)], [(1, 1), (2, 3)])
    assert likeness.matches((2, 3), (1, 2, 3)) == [(0, 1), (1, 2)]
    assert likeness.matches((), (1,)) == []


@pytest.mark.parametrize(
    ("places", "width", "found"),
    [([1, 2, 9, 10, 11], 3, (9, 11)), ([4], 2, (4, 4)), ([1, 2, 8, 9], 2, (1, 2)), ([1, 5], 4, (1, 1)), ([1, 5], 5, (1, 5))],
)
def test_densest(places: list[int], width: int, found: tuple[int, int]) -> None:
    """The first of several."""
    assert align._densest(places, width) == found


def test_shares() -> None:
    whole = "Train judges. Protect witnesses. Fund shelters."
    parts = ["Fund shelters.", "Train judges.", "Protect witnesses."]
    assert [whole[slice(*one)] for one in shares(whole, parts)] == parts
    assert shares(whole, ["Train judges."]) == [(0, len(whole))]


def test_ranges_of_a_unit() -> None:
    """With and without the text: the place of words in a unit, and the words of a place."""
    text = HEAD + "1. States parties should\ntrain judges.\n\n2. States should fish.\n"
    with_text, without = Side(parse(text), text), Side(parse(text))
    first, second = with_text.units["recommendations"]
    start = text.index("States")
    assert [(one.start, one.end, one.line, one.end_line) for one in with_text.spans(first, 15, 27)] == [(start + 15, start + 27, 11, 12)]
    assert with_text.spans(first, 3, 3) == ()
    assert without.spans(first, 15, 27) == first.spans
    at = second.spans[0].start
    assert without.spans(second, 0, 3) == (Span(start=at, end=at + 3, line=14, end_line=14, page=second.spans[0].page),)
    place = with_text.spans(first, 22, 27)
    for one in (with_text, without):
        assert one.range_of(first, place, "train") == (22, 27)
        assert one.range_of(first, (), "train") is None
        assert one.range_of(first, place, "nets") is None
    assert with_text.range_of(first._replace(spans=()), (), "train") == (22, 27)
    assert with_text.range_of(first._replace(spans=()), (), "") is None
    assert with_text.cite(first) == "CTOC/COP/WG.4/2099/4, recommendation 1"
