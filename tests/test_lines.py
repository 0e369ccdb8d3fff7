"""What stands at the beginning of a line, which labels make points, what reads as a title, what a masthead says: case by case.

Single values that no whole report pins, as mutation testing asked for (docs/mutation.md).
"""

from __future__ import annotations

import pytest

from tipreport import api
from tipreport.blocks import marker, points, titles
from tipreport.text import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Recommendation 51", ("rec", "51", 0, 17)),
        ("Recommendation No. 3: Text", ("rec", "3", 0, 22)),
        ("Recommendation 4.1 bis. Text", ("rec", "4.1 bis", 0, 24)),
        ("Recommendation 5 (Resources)", ("rec", "5", 0, 17)),
        ("Recommendation five", ("", "", 0, 0)),
        ("121.1 Ratify", ("sub", "121.1", 0, 6)),
        ("115.2.", ("sub", "115.2", 0, 6)),
        ("10.15 a.m. and", ("", "", 0, 0)),
        ("3.5 of them", ("", "", 0, 0)),
        ("12. Text", ("number", "12", 12, 4)),
        ("12.Text", ("number", "12", 12, 3)),
        ("12 bis. Text", ("number", "12 bis", 12, 8)),
        ("12. text", ("number", "12", 12, 4)),
        ("12", ("", "", 0, 0)),
        ("(a) Text", ("point", "a", 0, 4)),
        ("(ab) Text", ("", "", 0, 0)),
        ("(aa) Text", ("point", "aa", 0, 5)),
        ("(iv) x", ("point", "iv", 0, 5)),
        ("(12) x", ("point", "12", 0, 5)),
        ("(123) x", ("", "", 0, 0)),
        ("(A) x", ("", "", 0, 0)),
        ("a) Text", ("point", "a", 0, 3)),
        ("12) Text", ("point", "12", 0, 4)),
        ("iv) x", ("point", "iv", 0, 4)),
        ("ab) x", ("", "", 0, 0)),
        ("(agenda item 3 (a))", ("agenda", "(agenda item 3 (a))", 0, 0)),
        ("(Agenda items 3 and 4).", ("agenda", "(Agenda items 3 and 4).", 0, 0)),
        ("IV. Text", ("roman", "IV", 4, 4)),
        ("IIII. Text", ("", "", 0, 0)),
        ("IV TEXT HERE", ("roman", "IV", 4, 3)),
        ("A. Text", ("letter", "A", 1, 3)),
        ("A TEXT", ("letter", "A", 1, 2)),
        ("J TEXT", ("", "", 0, 0)),
        ("Chapter II", ("roman", "II", 2, 10)),
        ("CHAPTER XX: Title", ("roman", "XX", 20, 12)),
        ("Chapter VX", ("", "", 0, 0)),
        ("Annex", ("annex", "", 0, 5)),
        ("Annex II", ("annex", "II", 0, 8)),
        ("Annex 3: Title", ("annex", "3", 0, 9)),
        ("ANNEX A", ("annex", "A", 0, 7)),
        ("Appendix", ("annex", "", 0, 8)),
        ("Annexes to it", ("", "", 0, 0)),
        ("Part One", ("part", "One", 0, 8)),
        ("PART II. X", ("part", "II", 0, 9)),
        ("Part seven", ("", "", 0, 0)),
        ("Decision 1/CP.3", ("decision", "1/CP.3", 0, 15)),
        ("Draft resolution I", ("decision", "I", 0, 18)),
        ("RC Decision 2", ("decision", "2", 0, 13)),
        ("Decision BC-14/1: Title", ("decision", "BC-14/1", 0, 18)),
        ("Draft decision", ("decision", "Draft decision", 0, 14)),
        ("Decision 14/1", ("decision", "14/1", 0, 13)),
        ("Decision of it", ("", "", 0, 0)),
        ("• Text", ("bullet", "•", 0, 2)),
        ("– Text", ("bullet", "–", 0, 2)),
        ("–", ("bullet", "–", 0, 1)),
        ("-12 نص", ("number", "12", 12, 4)),
        ("- text", ("", "", 0, 0)),
        ("[xx. Text", ("placeholder", "xx", 0, 5)),
        ("XX. Text", ("roman", "XX", 20, 4)),
        ("xxx. Text", ("placeholder", "xxx", 0, 5)),
        ("x. Text", ("", "", 0, 0)),
        ("一. 文", ("roman", "一", 1, 3)),
        ("（二）文", ("letter", "二", 2, 3)),
        ("١. نص", ("number", "1", 1, 3)),
        ("أولا - نص", ("roman", "أولا", 1, 7)),
        ("А. Текст", ("letter", "А", 1, 3)),
        ("Anexo I", ("annex", "I", 0, 7)),
        ("Annexe II. Titre", ("annex", "II", 0, 11)),
        ("ANEXO", ("annex", "", 0, 5)),
        ("Recommandation 3. Texte", ("rec", "3", 0, 18)),
        ("附件二", ("annex", "二", 0, 3)),
        ("12．文字", ("number", "12", 12, 3)),
        ("12 ter. Text", ("number", "12 ter", 12, 8)),
        ("Q. Text", ("letter", "Q", 17, 3)),
        ("é. x", ("", "", 0, 0)),
        ("[x", ("", "", 0, 0)),
        ("Приложение II", ("annex", "II", 0, 13)),
        ("建议3", ("rec", "3", 0, 3)),
    ],
)
def test_marker(text: str, found: tuple[str, str, int, int]) -> None:
    """Kind, label, value, and where the text behind it begins."""
    assert tuple(marker.read(text)) == found


def _drawn(parts: list[points.Part], text: str) -> list[tuple[str, str, int, list[object]]]:
    return [(part.label, text[part.start : part.end], part.depth, list(_drawn(part.parts, text))) for part in parts]


@pytest.mark.parametrize(
    ("text", "starts", "tree", "skipped"),
    [
        (
            "States should: (a) train; (b) fund; and (c) report. They should rest.",
            (),
            [("a", "train;", 0, []), ("b", "fund; and", 0, []), ("c", "report.", 0, [])],
            [],
        ),
        (
            "States should: (a) train: (i) judges; (ii) clerks; (b) fund.",
            (),
            [("a", "train: (i) judges; (ii) clerks;", 0, [("i", "judges;", 1, []), ("ii", "clerks;", 1, [])]), ("b", "fund.", 0, [])],
            [],
        ),
        ("See article 18 (e) and item 5 (a) of it.", (), [], []),
        ("It lists (a) nets alone.", (), [], []),
        (
            "Do: (a) One. (b) Two. (d) Four. (e) Five.",
            ("(a)", "(b)", "(d)", "(e)"),
            [("a", "One.", 0, []), ("b", "Two.", 0, []), ("d", "Four.", 0, []), ("e", "Five.", 0, [])],
            ["(d) "],
        ),
        ("Do: (a) One; (c) two; (d) three.", (), [], []),
        ("Do: a. One. b. Two.", ("a. One", "b. Two"), [("a", "One.", 0, []), ("b", "Two.", 0, [])], []),
        ("Do: a) one; b) two.", (), [("a", "one;", 0, []), ("b", "two.", 0, [])], []),
        (
            "Do: (h) eight; (i) nine; (j) ten.",
            ("(h)", "(i)", "(j)"),
            [("h", "eight;", 0, []), ("i", "nine;", 0, []), ("j", "ten.", 0, [])],
            [],
        ),
        ("Do: (i) one; (ii) two; (iii) three. End.", (), [("i", "one;", 0, []), ("ii", "two;", 0, []), ("iii", "three.", 0, [])], []),
        (
            "Do: (z) one; (aa) two; (bb) three.",
            ("(z)", "(aa)", "(bb)"),
            [("z", "one;", 0, []), ("aa", "two;", 0, []), ("bb", "three.", 0, [])],
            [],
        ),
        ("(1) one; and (2) two, and/or (3) three", (), [("1", "one; and", 0, []), ("2", "two, and/or", 0, []), ("3", "three", 0, [])], []),
        (
            "First: (a) one; (b) two. Then: (a) three; (b) four.",
            (),
            [("a", "one;", 0, []), ("b", "two. Then:", 0, []), ("a", "three;", 0, []), ("b", "four.", 0, [])],
            [],
        ),
        ("of article (d) one", ("(d)",), [], []),
        ("Go: (a)   one ;   (b) two  ", (), [("a", "one ;", 0, []), ("b", "two", 0, [])], []),
        ("States that (a) train and (b) fund", (), [("a", "train and", 0, []), ("b", "fund", 0, [])], []),
    ],
)
def test_points(text: str, starts: tuple[str, ...], tree: list[object], skipped: list[str]) -> None:
    """``starts`` are the labels that begin a line."""
    top, gaps = points.find(text, frozenset(text.index(start) for start in starts))
    assert _drawn(top, text) == tree
    assert [text[at : at + 4] for at in gaps] == skipped


@pytest.mark.parametrize(
    ("text", "plain", "full_stop", "styled"),
    [
        ("Introduction", True, True, True),
        ("Introduction.", False, True, False),
        ("The Working Group met and was told of it.", False, False, False),
        ("The Council was told", True, True, True),
        ("A title etc.", True, True, True),
        ("Foo Inc.", True, True, True),
        ("At its 2nd meeting, the body did it", True, True, True),
        ("On 5 May it was so and that was long indeed, so long that it is over", False, False, False),
        ("lower case", False, False, False),
        ("12 things", True, True, True),
        (" (continued)", False, False, False),
        ("Opening (continued)", True, True, True),
        ("标题", True, True, True),
        ("A title. Another.", False, False, False),
        ("Title with was.", False, False, False),
        ("“Quoted title”", True, True, True),
        ("Title:", False, False, False),
        ("Title;", False, False, False),
        ("Title,", False, False, False),
        ("word " * 46, False, False, False),
        ("W" + "ord " * 44, True, True, True),
        ("标题" * 37, True, True, True),
        ("标题" * 38, False, False, False),
        ("X" * 300, True, True, True),
        ("X" * 301, False, False, True),
        ("X" * 600, False, False, True),
        ("X" * 601, False, False, False),
    ],
)
def test_title(text: str, plain: bool, full_stop: bool, styled: bool) -> None:
    assert (titles.like_title(text), titles.like_title(text, full_stop=True), titles.like_title(text, styled=True)) == (
        plain,
        full_stop,
        styled,
    )


@pytest.mark.parametrize(
    ("title", "slug", "bare"),
    [
        ("Opening of the session", "opening-of-the-session", "Opening of the session"),
        ("Élan & vigour (continued)", "elan-vigour", "Élan & vigour"),
        ("标题 二", "标题-二", "标题 二"),
        ("-- A --", "a", "-- A --"),
        ("Opening [cont'd]", "opening", "Opening"),
    ],
)
def test_slug(title: str, slug: str, bare: str) -> None:
    assert (titles.slug(title), titles.without_continued(title)) == (slug, bare)


def _head(*lines: str) -> dict[str, object]:
    head = api.parse("\n".join(lines) + "\n\n1. The body met.\n").masthead
    told = {name: getattr(head, name) for name in head.__dataclass_fields__ if name != "spans"}
    return {name: value for name, value in told.items() if value is not None}


def test_heads() -> None:
    """Heads in other orders than the manual's: one line, a table with bars, two columns woven together."""
    assert _head(
        "A/99/4", "Distr. GENERAL 5 August 2099 Original: inglés", "V.20-04766 (E) 160718 170718", "*1804739*", "English only",
        "Human Rights Council", "Report",
    ) == {"symbol": "A/99/4", "body": "Human Rights Council", "distribution": "General", "date": "2099-08-05", "original_language": "English", "language_note": "English only", "title": "Report", "status": "final", "job_number": "V.20-04766 (E)"}  # fmt: skip
    assert _head(
        "| United Nations | A/99/4 |", "| General Assembly | Distr.: Restricted |", "| None | 5 August 2099 Original: Spanish |", "Report"
    ) == {
        "symbol": "A/99/4",
        "organ": "General Assembly",
        "distribution": "Restricted",
        "date": "2099-08-05",
        "original_language": "Spanish",
        "title": "Report",
    }
    assert _head(
        "E", "Economic and Social Council          Distr.: General", "                                     5 August 2099",
        "                                     Original: Arabic, Chinese", "E/2099/4", "Commission on Fog", "Second session",
    ) == {"symbol": "E/2099/4", "organ": "Economic and Social Council", "body": "Commission on Fog", "distribution": "General", "date": "2099-08-05", "original_language": "Arabic/Chinese", "session": "Second session"}  # fmt: skip
    assert _head("CTOC/COP/2099/4", "5 August 2099", "English", "Report on fog", "Note by the Secretariat") == {
        "symbol": "CTOC/COP/2099/4",
        "body": "Conference of the Parties to the United Nations Convention against Transnational Organized Crime",
        "date": "2099-08-05",
        "language": "en",
        "title": "Report on fog",
        "subtitle": "Note by the Secretariat",
    }


def test_the_first_dates_of_a_head_are_those_of_the_meeting() -> None:
    head = ("CTOC/COP/WG.4/2099/4", "Distr.: General", "5 August 2099", "", "Working Group on Fog", "Third session")
    told = _head(*head, "Vienna, 7-9 September 2099", "Geneva, 3-5 October 2099", "", "Report on fog")
    assert (told["place"], told["meeting_start"], told["meeting_end"]) == ("Vienna", "2099-09-07", "2099-09-09")


def test_a_head_of_dates_in_chinese() -> None:
    """From one month to the next, and within one month."""
    head = ("A/99/4", "Distr.: General", "2099年8月5日", "Original: Chinese", "", "第九十九届会议")
    for printed, start, end in (
        ("2099年9月30日至10月2日，日内瓦", "2099-09-30", "2099-10-02"),
        ("2099年9月3日至5日，日内瓦", "2099-09-03", "2099-09-05"),
        ("2099年13月3日至5日，日内瓦", None, None),
    ):
        told = _head(*head, printed, "", "报告")
        assert (told["date"], told.get("meeting_start"), told.get("meeting_end")) == ("2099-08-05", start, end)


@pytest.mark.parametrize("below", ["I. Opening", "A. Opening", "2. It closed.", "Recommendation 1"])
def test_two_titles_one_below_the_other(below: str) -> None:
    """Both are headings where a label comes next."""
    report = api.parse(f"1. The body met.\n\nFirst title\n\nSecond title\n\n{below}\n\n3. All went home.\n")
    assert [section.title for section in report.sections][:2] == ["First title", "Second title"]


def test_points_of_a_text_without_number() -> None:
    """Lines with labels go on with the text above where no blank line parts them."""
    report = api.parse("II. Recommendations\n\nStates should:\n(a) train.\n(b) fund.\n\nThey should rest.\n")
    told = [(unit.text, [point.label for point in unit.points]) for unit in report.recommendations]
    assert told == [("States should: (a) train. (b) fund.", ["a", "b"]), ("They should rest.", [])]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("One sat. Two stood", ["One sat.", "Two stood"]),
        ("Ms. A. Ruiz spoke (para. 4). “Yes.” So it was.", ["Ms. A. Ruiz spoke (para. 4).", "“Yes.”", "So it was."]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[low:high] for low, high in sentences(text)] == parts
