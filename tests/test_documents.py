"""Markdown, text in UN layout and Word: everything comes out again, in order, as printed, and nothing in it acts."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from command import ROOT, SAMPLES, environment
from tipreport import parse
from tipreport.errors import ExtraError
from tipreport.exporters import Options, Sheet, docx, markdown, txt
from tipreport.flow import flow
from tipreport.inputs import decode
from tipreport.manuscript import Head, manuscript, wording
from tipreport.model import Report, Section
from tipreport.select import narrowed, of, units
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RAISED = str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹")
REPORTS = os.environ.get("TIPREPORT_REPORTS")
FILES = sorted(SAMPLES.glob("*.txt")) + (sorted(Path(REPORTS).glob("*.txt")) if REPORTS else [])
NAMES = [path.name for path in FILES]
HOSTILE = (
    "<script>alert(1)</script>", "[/red] [link](javascript:alert) ![x](y)", '=HYPERLINK("x")', "\x1b[31mred\x00", "]]> &lt; & &#60;", "\ud800",
    "\u202eback\u2066", "*a* _b_ `c` ~~d~~ | # $x$", "1. one", "- dash", "# head", "> quote", "www.example.org http://example.org a@example.org",
    "\ufffe\uffff", "全角文字" * 40, "x" * 300, "[^1]: note", "    code", "+ plus", "---", "===", "e\u0301" * 100, "<!-- x", "\\", "\u200b", "12) so",
)  # fmt: skip


def source(name: str) -> str:
    """The text of a sample or report as received."""
    path = next(path for path in FILES if path.name == name)
    return decode(path.read_bytes(), name).text


@cache
def sheet(name: str) -> Sheet:
    """A report with its source."""
    text = source(name)
    return Sheet(parse(text, name=name), text)


@cache
def only(name: str, *kinds: str) -> Sheet:
    """A report of which some kinds are left."""
    report = sheet(name).report
    return Sheet(narrowed(report, {kind: set(range(len(of(report, kind)))) for kind in kinds}), None, narrowed=True)


def as_txt(*sheets: Sheet) -> str:
    return "".join(txt.write(iter(sheets), Options()))


def as_md(*sheets: Sheet) -> str:
    return "".join(markdown.write(iter(sheets), Options()))


def as_docx(*sheets: Sheet) -> bytes:
    return b"".join(docx.write(iter(sheets), Options()))


def squeezed(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s", "", text)


def shown(text: str) -> str:
    return squeezed(visible(text))


def expected(one: Sheet) -> Iterator[tuple[str, str, str]]:
    """What must come out, in order: id, number and text of units, and headings."""
    for piece in flow(one.report, one.text):
        if isinstance(piece.thing, Section):
            yield piece.thing.label, piece.thing.number or "", piece.thing.title
        elif piece.thing is not None:
            yield piece.thing.id, piece.thing.number or "", piece.thing.text


def in_order(one: Sheet, text: str) -> None:
    """Every heading and unit stands in a text, its number before it, one behind the other."""
    text, at = squeezed(text), 0
    for ident, number, words in expected(one):
        label, found = squeezed(visible(number)), at - 1
        while True:
            found = text.find(shown(words), found + 1)
            assert found >= 0, (ident, number, shown(words)[:80], text[at : at + 200])
            if label in text[max(at, found - 60) : found]:
                break
        at = found + len(shown(words))


# What comes out -----------------------------------------------------------------------------------------------


def rendered(text: str) -> tuple[str, list[str]]:
    """The visible text of Markdown, and the addresses of its links; only our own HTML may stand in it."""
    from markdown_it import MarkdownIt

    out, links = [], []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        assert token.type not in {"html_block", "code_block", "fence"}, token.content
        for one in token.children or ():
            if one.type == "html_inline":
                assert re.fullmatch(r'<a id="[\w.~-]+">|</a>', one.content), one.content
            assert one.type not in {"image", "code_inline", "s_open"}, one
            if one.type == "link_open":
                links.append(str(one.attrGet("href")))
            out.append({"text": one.content, "softbreak": "\n", "hardbreak": "\n"}.get(one.type, ""))
        out.append("\n")
    return "".join(out), links


@pytest.mark.parametrize("name", NAMES)
def test_text_gives_all_numbers_and_texts_back(name: str) -> None:
    out = as_txt(sheet(name))
    in_order(sheet(name), out.translate(RAISED))
    assert max(txt.cells(line) for line in out.split("\n")) <= txt.WIDTH
    assert not [line for line in out.split("\n") if line != line.rstrip()]


@pytest.mark.parametrize("name", NAMES)
def test_markdown_gives_all_numbers_and_texts_back(name: str) -> None:
    out, links = rendered(as_md(sheet(name)))
    in_order(sheet(name), re.sub(r"\[\^[\w-]+\]", "", out))
    assert all(link.startswith("https://undocs.org/en/") for link in links)


@pytest.mark.parametrize("name", NAMES)
def test_word_gives_all_numbers_and_texts_back(name: str) -> None:
    in_order(sheet(name), "\n".join(paragraphs(as_docx(sheet(name)))))


def paragraphs(data: bytes) -> list[str]:
    """The paragraphs of a document with the numbers that its numbering definitions count, as python-docx reads it."""
    from docx import Document

    document = Document(io.BytesIO(data))
    assert document.styles["Heading 1"].name == "Heading 1"
    root = document.part.numbering_part.element
    levels = [(one.find(f"{W}numFmt").get(f"{W}val"), one.find(f"{W}lvlText").get(f"{W}val")) for one in root.iter(f"{W}lvl")]
    starts = {
        one.get(f"{W}numId"): (int(over.get(f"{W}ilvl")), int(over[0].get(f"{W}val")))
        for one in root.iter(f"{W}num")
        for over in one.iter(f"{W}lvlOverride")
    }
    counted: dict[str, list[int]] = {}
    out = []
    for paragraph in document.element.body.iter(f"{W}p"):
        label = ""
        listed = paragraph.find(f"{W}pPr/{W}numPr")
        if listed is not None:
            level, ident = int(listed[0].get(f"{W}val")), listed[1].get(f"{W}val")
            if ident not in counted:
                counted[ident] = [0] * 4
                counted[ident][starts[ident][0]] = starts[ident][1] - 1
            counted[ident][level] += 1
            counted[ident][level + 1 :] = [0] * (3 - level)
            form, text = levels[level]
            label = text.replace(f"%{level + 1}", counter(form, counted[ident][level]))
        out.append(
            label
            + "".join(
                piece.text or "" if piece.tag == f"{W}t" else "\t"
                for piece in paragraph.iter(f"{W}t", f"{W}tab")
                if piece.getparent().tag == f"{W}r"
            )
        )
    return out


def counter(form: str, number: int) -> str:
    """How Word writes a number in a list."""
    if form == "decimal":
        return str(number)
    if form == "lowerLetter":
        return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
    return tens[number // 10] + ones[number % 10]


LABELS = st.lists(
    st.tuples(st.just(0), st.one_of(st.integers(1, 40).map(lambda n: f"{n}."), st.sampled_from(["12 bis.", "25.1", "xx.", "0.", "01."])))
    | st.tuples(
        st.just(1), st.one_of(st.integers(1, 60).map(lambda n: f"({counter('lowerLetter', n)})"), st.sampled_from(["a)", "(ab)", "–"]))
    )
    | st.tuples(st.just(2), st.integers(1, 40).map(lambda n: f"({counter('lowerRoman', n)})") | st.just("(iiii)"))
    | st.tuples(st.just(3), st.integers(1, 30).map(lambda n: f"{counter('lowerLetter', n)}.")),
    max_size=30,
)


@settings(deadline=None, max_examples=40)
@given(LABELS)
def test_word_counts_whatever_is_printed(labels: list[tuple[int, str]]) -> None:
    """Whatever labels follow one another, what Word counts or what stands as text is what was printed."""
    from tipreport import word

    page = word.document("x")
    for level, label in labels:
        if level:
            page.point(level, label, "text")
        else:
            page.numbered(label, "text")
    assert [squeezed(line) for line in paragraphs(page.to_bytes())] == [squeezed(label) + "text" for _, label in labels]


@pytest.mark.parametrize(("level", "label"), [(0, ""), (4, "(1)"), (7, "i."), (1, "")])
def test_word_prints_labels_of_no_level_of_its_list(level: int, label: str) -> None:
    from tipreport import word

    page = word.document("x")
    page.point(level, label, "text") if level else page.numbered(label, "text")
    assert [squeezed(line) for line in paragraphs(page.to_bytes())] == [squeezed(label) + "text"]
    assert b"<w:numPr>" not in zipfile.ZipFile(io.BytesIO(page.to_bytes())).read("word/document.xml")


@pytest.mark.parametrize(
    ("number", "field"), [("7", "SEQ Recommendation"), ("A.7 bis", "SEQ RecommendationA."), ("07", None), ("IV", None), ("9" * 10, None)]
)
def test_word_counts_numbers_of_recommendations_that_it_can_count(number: str, field: str | None) -> None:
    from tipreport import word

    page = word.document("x")
    page.recommendation("Recommendation", number)
    assert list(paragraphs(page.to_bytes())) == [f"Recommendation {number}"]
    xml = zipfile.ZipFile(io.BytesIO(page.to_bytes())).read("word/document.xml").decode()
    assert re.findall(r'w:instr=" (.*?) \\', xml) == ([field] if field else [])


def test_word_names_a_place_once_and_links_to_addresses_alone() -> None:
    from tipreport import word

    page = word.document("x")
    page.paragraph("one", anchor="para-1")
    page.paragraph("two", anchor="PARA-1")  # names of bookmarks know no case
    page.table([])
    page.paragraph([word.Link("web", "https://example.org/a"), word.Link("script", "javascript:alert(1)"), word.Link("place", "#para-1")])
    with zipfile.ZipFile(io.BytesIO(page.to_bytes())) as file:
        xml, relations = file.read("word/document.xml").decode(), file.read("word/_rels/document.xml.rels").decode()
    assert re.findall(r'<w:bookmarkStart [^>]*w:name="(.*?)"', xml) == ["para-1"]
    assert "<w:tbl>" not in xml
    assert xml.count("<w:hyperlink ") == 2
    assert "https://example.org/a" in relations
    assert "javascript" not in xml + relations
    assert list(paragraphs(page.to_bytes())) == ["one", "two", "webscriptplace"]


def test_word_counts_consecutive_numbers_itself() -> None:
    xml = zipfile.ZipFile(io.BytesIO(as_docx(sheet("wg4-final-report.txt"))))
    numbering, body = (xml.read(f"word/{name}.xml").decode() for name in ("numbering", "document"))
    assert len(re.findall(r"<w:num ", numbering)) <= 3  # one for the paragraphs, one for the points of recommendation 7
    assert len(re.findall(r"<w:numPr>", body)) == 33 + 5  # paragraphs and points
    assert re.findall(r"SEQ Recommendation[^\"]*", body)[:2] == ["SEQ Recommendation \\* ARABIC \\r 1 ", "SEQ Recommendation \\* ARABIC "]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_source_is_lost_but_furniture(name: str) -> None:
    one = sheet(name)
    want: Counter[str] = Counter()
    for piece in flow(one.report, one.text):
        if piece.kind not in {"furniture", "heading", "recommendation", "paragraph", "footnote"}:
            want.update(re.findall(r"\w+", visible(re.sub(r"\.{4,}|\r", " ", piece.text or ""))))
    have = Counter(re.findall(r"\w+", as_txt(one)))
    assert not want - have


@pytest.mark.parametrize("name", NAMES)
def test_footnotes_come_out_where_their_marks_stand(name: str) -> None:
    """Without its marks a text is the text; every footnote that a paragraph holds has one mark and one text."""
    one = sheet(name)
    out = as_txt(one)
    for note in one.report.footnotes:
        assert shown(note.text) in squeezed(out), note.mark
    md = as_md(one)
    bound = [note for note in one.report.footnotes if note.paragraph is not None]
    marks, texts = re.findall(r"\[\^([\w-]+)\](?!:)", md), re.findall(r"(?m)^\[\^([\w-]+)\]:", md)
    assert sorted(marks) == sorted(texts)
    assert len(set(texts)) == len(texts) <= len(bound)
    data = zipfile.ZipFile(io.BytesIO(as_docx(one)))
    refers = re.findall(r"<w:footnoteReference [^>]*w:id=\"(\d+)\"", data.read("word/document.xml").decode())
    assert len(refers) == len(texts)
    if refers:
        assert sorted(refers) == sorted(re.findall(r"<w:footnote w:id=\"([1-9]\d*)\"", data.read("word/footnotes.xml").decode()))


def test_a_mark_stands_behind_its_word() -> None:
    out = as_txt(sheet("hrc-session.txt"))
    assert "Norway¹ (also" in re.sub(r"\s+", " ", out)
    assert "Barbados² (on behalf" in re.sub(r"\s+", " ", out)
    assert "New Zealand³, Tuvalu" in re.sub(r"\s+", " ", out)


def test_without_the_source_units_and_lists_are_there() -> None:
    one = sheet("hrc-session.txt")
    out = as_txt(Sheet(Report.from_json(one.report.to_json()), None))
    in_order(one._replace(text=None), out.translate(RAISED))
    assert "Congo" in out.split("Attendance")[-1]


# Layout -------------------------------------------------------------------------------------------------------


def test_text_is_laid_out_as_the_manual_has_it() -> None:
    out = as_txt(sheet("wg4-final-report.txt"))
    assert out.startswith(f"United Nations{'CTOC/COP/WG.4/2021/29':>65}\n")
    assert "\n II.  Recommendations\n" in out
    assert "\n  A.  General recommendations\n\n      Recommendation 1\n\n      States parties should review," in out
    assert "\n      States parties should:\n\n            (a)   share, through channels" in out
    assert re.search(r"\n      4\.    At its 1st and 2nd meetings.*\n      \S", out)
    assert "\n            1.    Organizational matters:\n\n                  (a)   Opening of the meeting;\n" in out


def test_a_masthead_says_everything_once() -> None:
    top = as_txt(sheet("hrc-session.txt")).split("\n      Contents\n")[0]
    assert re.sub(r" {2,}", "  ", top).splitlines() == [
        "United Nations  A/HRC/70/92", "_" * 79, "", "General Assembly  Distr.: General", "  6 May 2025", "", "  Original: English", "=" * 79, "",
        "Human Rights Council", "Seventieth session", "3–14 March 2025", "Agenda item 1", "Organizational and procedural matters", "",
        "  Report of the Human Rights Council on its seventieth session", "", "  Specimen report (not a United Nations document)", "",
        "  Rapporteur: Solveig Maria Hauksdóttir (Iceland)", "", "GE.25-01987(E)",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.txt"))])
def test_the_words_of_a_masthead_stand_there_as_often_as_printed(name: str) -> None:
    one = sheet(name)
    printed = [piece.text or "" for piece in flow(one.report, one.text) if piece.kind == "masthead"]
    want = Counter(re.findall(r"\w+", " ".join(printed).replace("\u00ad", "")))
    told = next(part for part in manuscript(one.report, one.text, narrowed=False) if isinstance(part, Head))
    lines = (told.symbol, told.above, told.organ, *told.right, told.body, *told.facts, told.title, told.subtitle, told.part, *told.more)
    have = Counter(re.findall(r"\w+", " ".join(filter(None, lines))))
    assert have == want


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ("28 December 2031 to 3 January 2032", "28 December 2031–3 January 2032"), ("9 September 2031", "9 September 2031"),
        ("10 and 11 September 2031", "10 and 11 September 2031"), ("30 September to 2 October 2031", "30 September–2 October 2031"),
    ],
)  # fmt: skip
def test_days_of_a_meeting_as_mastheads_have_them(days: str, shown: str) -> None:
    """Made of the dates where the source is not at hand, else as printed."""
    text = f"CTOC/COP/WG.4/2031/9\n\nWorking Group on Trafficking in Persons\nVienna, {days}\n\nReport on the meeting\n\nI. End\n\n1. It met.\n"
    report = parse(text)
    assert f"\nVienna, {days}\n" in as_txt(Sheet(report, text))
    assert f"\nVienna, {shown}\n" in as_txt(Sheet(report, None))


def test_words_beside_the_points_of_a_saved_report_stay_with_its_marks() -> None:
    text = "II. Recommendations\n\n1. States should:\n(a) Train judges; and1\n(b) Fund shelters. All this soon.2\n\n2. Others should act.\n\n_____\n1 See A.\n2 See B.\n"
    saved = parse(text).to_dict()
    for point, words in zip(saved["recommendations"][0]["points"], ("Train judges;", "Fund shelters."), strict=True):
        point["text"] = words
    printed = as_txt(Sheet(Report.from_json(json.dumps(saved)), None)).split("1.", 1)[1]
    assert [line.strip() for line in printed.splitlines() if line][:4] == [
        "States should:",
        "(a)   Train judges; and",
        "(b)   Fund shelters.",
        "All this soon.¹²",
    ]


def test_groups_alone_are_those_spoken_for() -> None:
    one = next(one for one in sheet("sb-session.txt").report.statements if one.paragraph == "19" and one.groups)
    alone = replace(one, states=(), organizations=(), persons=(), count=None)
    assert wording.statement(alone).sentence == "Under agenda item 11, statements were made on behalf of: Umbrella Group."


def test_a_symbol_too_long_for_its_corner_has_lines_of_its_own() -> None:
    report = sheet("wg4-final-report.txt").report
    long = replace(report, masthead=replace(report.masthead, symbol=f"CTOC/{'A' * 90}"))
    lines = as_txt(Sheet(long, None)).splitlines()
    rule = lines.index("_" * txt.WIDTH)
    assert squeezed("".join(lines[:rule])).endswith(f"CTOC/{'A' * 90}")
    assert rule > 1


def test_an_agenda_item_stands_as_printed() -> None:
    text = "CTOC/COP/WG.4/2031/9\n\nItem 4 of the provisional agenda*\n\nWorking Group on Trafficking in Persons\nVienna, 9 September 2031\n\nNote\n\n1. It met.\n"
    assert as_txt(Sheet(parse(text), text)).splitlines().count("Item 4 of the provisional agenda") == 1


def test_decisions_are_said_where_the_source_is_not_at_hand() -> None:
    one = sheet("cop-decisions.txt")
    printed = as_md(Sheet(one.report, None))
    assert len(one.report.decisions) > 1
    assert all(wording.decision(decision) in squeezed_blanks(printed) for decision in one.report.decisions)


def squeezed_blanks(text: str) -> str:
    """Text with single blanks, and without the signs that keep Markdown from taking a word for markup."""
    return re.sub(r"\s+", " ", text.replace("\\", ""))


def test_an_addendum_says_what_goes_on() -> None:
    assert " II.  Recommendations (continued)\n" in as_txt(sheet("wg4-draft-addendum.txt"))
    assert '## <a id="II"></a>II. Recommendations *(continued)*\n' in as_md(sheet("wg4-draft-addendum.txt"))


@pytest.mark.parametrize(
    ("name", "label"),
    [("upr-working-group.txt", "25.1"), ("conference-footnotes-annex.txt", "11 bis."), ("conference-footnotes-annex.txt", "xx.")],
)
def test_odd_numbers_stand_as_printed(name: str, label: str) -> None:
    assert re.search(rf"\n {{6}}{re.escape(label)} +\S", as_txt(sheet(name)))
    assert f"</a>{label} " in as_md(sheet(name))
    assert any(line.startswith(f"{label}\t") for line in paragraphs(as_docx(sheet(name))))


def test_every_unit_has_an_anchor_in_markdown_and_a_bookmark_in_word() -> None:
    for name in ("wg4-final-report.txt", "conference-footnotes-annex.txt", "upr-working-group.txt"):
        md, body = as_md(sheet(name)), zipfile.ZipFile(io.BytesIO(as_docx(sheet(name)))).read("word/document.xml").decode()
        ids = re.findall(r'<a id="([^"]+)"', md)
        assert len(set(ids)) == len(ids)
        marks = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', body)
        assert len({mark.lower() for mark in marks}) == len(marks)
        assert all(len(mark) <= 40 for mark in marks)
        for unit in units(sheet(name).report):
            assert unit.id in ids or not unit.number
            assert unit.id.replace("~", "-") in marks or not unit.number


def test_symbols_link_to_the_documents_system() -> None:
    _, links = rendered(as_md(sheet("wg4-final-report.txt")))
    assert links[0] == "https://undocs.org/en/CTOC/COP/WG.4/2021/29"
    assert "https://undocs.org/en/CTOC/COP/WG.4/2021/L.1/Add.2" in links


# Chosen objects -----------------------------------------------------------------------------------------------


def test_lists_of_speakers_are_ready_to_paste() -> None:
    out = re.sub(r"\s+", " ", as_txt(only("wg4-draft-addendum.txt", "statements")))
    assert (
        "Under agenda items 3 and 4, statements were made by representatives of the following parties: Argentina, Bolivia (Plurinational State of), "
        "Finland, Morocco, Philippines, Viet Nam. [Paragraph 12. Order: English alphabetical, as printed (6).]" in out
    )
    assert "Under agenda items 3 and 4, a statement was made by the representative of the following signatory State: Uganda." in out
    assert "Printed otherwise: United States for United States of America." in out


def test_an_order_that_is_not_alphabetical_is_put_right_and_told() -> None:
    one = only("wg4-draft-addendum.txt", "statements").report.statements[0]
    states = one.states
    spans = [state.spans for state in states]
    turned = tuple(replace(state, spans=place) for state, place in zip((states[1], states[0], *states[2:]), spans, strict=True))
    told, right = wording.statement(replace(one, states=turned)), wording.statement(one)
    assert told.sentence == right.sentence
    assert any("printed: Burkina Faso before Armenia" in remark for remark in told.remarks)
    assert any("as printed (8)" in remark for remark in right.remarks)


def test_only_what_is_known_is_said() -> None:
    one = only("wg4-draft-addendum.txt", "statements").report.statements[0]
    bare = wording.statement(replace(one, agenda_items=(), instrument=None)).sentence
    assert bare.startswith("Statements were made by representatives of the following parties: Armenia,")
    named = wording.statement(replace(one, instrument="Trafficking in Persons Protocol")).sentence
    assert "the following parties to the Trafficking in Persons Protocol: Armenia," in named
    counted = wording.statement(replace(one, states=(), count=13)).sentence
    assert counted == "Under agenda item 2, statements were made by representatives of 13 parties."
    assert (
        wording.statement(replace(one, states=(), count=None)).sentence
        == "Under agenda item 2, statements were made by representatives of parties."
    )
    assert "The report counts 9; 8 named here." in wording.statement(replace(one, count=9)).remarks


@pytest.mark.parametrize("name", NAMES)
def test_every_list_can_be_said(name: str) -> None:
    report = sheet(name).report
    told = [wording.statement(one) for one in report.statements] + [wording.attendance(one) for one in report.attendance]
    for one in told:
        assert re.fullmatch(r"[A-Z0-9].*\.", one.sentence), one.sentence
        assert "None" not in one.sentence
        assert "  " not in one.sentence


@pytest.mark.parametrize(
    "kind",
    [
        "agenda",
        "recommendations",
        "points",
        "paragraphs",
        "voices",
        "panellists",
        "statements",
        "attendance",
        "decisions",
        "references",
        "footnotes",
    ],
)
@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.txt"))])
def test_a_narrowed_report_holds_its_headings_units_and_lists(name: str, kind: str) -> None:
    one = only(name, kind)
    text = as_txt(one)
    in_order(one, text)
    in_order(one, rendered(as_md(one))[0])
    in_order(one, "\n".join(paragraphs(as_docx(one))))
    assert max(txt.cells(line) for line in text.split("\n")) <= txt.WIDTH
    for held in of(one.report, kind) if kind not in {"points", "voices"} else ():
        words = next(filter(None, (getattr(held, field, None) for field in ("text", "title", "target", "name"))), "")
        assert shown(words) in squeezed(text)
        assert shown(words) in squeezed(rendered(as_md(one))[0])


def test_tables_of_panellists_in_markdown_and_word() -> None:
    from docx import Document

    one = only("wg4-final-report.txt", "panellists")
    assert "| Ms. Ketevan Abashidze | Head of the Anti-Trafficking Division, Ministry of Internal Affairs | Georgia |" in as_md(one)
    table = Document(io.BytesIO(as_docx(one))).tables[-1]
    assert [cell.text for cell in table.rows[0].cells][:2] == ["Name", "Post"]
    assert len(table.rows) == 1 + len(one.report.panellists)


# Several reports ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [txt.write, markdown.write])
def test_reports_are_written_one_by_one(write: object) -> None:
    """What is written of a report is out before the next one is read: memory holds one."""
    taken = 0

    def sheets() -> Iterator[Sheet]:
        nonlocal taken
        for _ in range(100):
            taken += 1
            yield sheet("wg4-draft-addendum.txt")

    stream = write(sheets(), Options())  # type: ignore[operator]
    for _ in range(3):
        next(stream)
    assert taken == 1


def test_several_reports_stand_apart() -> None:
    one, other = sheet("hrc-session.txt"), sheet("wg4-final-report.txt")
    out = as_txt(one, other)
    assert out.count("\n" + "=" * txt.WIDTH + "\n\nUnited Nations") == 1
    in_order(other, out.split("=" * txt.WIDTH + "\n\nUnited Nations")[1].translate(RAISED))
    md = as_md(one, other)
    ids = re.findall(r'<a id="([^"]+)"', md)
    assert len(set(ids)) == len(ids)
    assert {"para-4", "r2-para-4"} <= set(ids)
    lines = paragraphs(as_docx(one, other))
    in_order(other, "\n".join(lines[lines.index("CTOC/COP/WG.4/2021/29") :]))


def test_no_report_gives_an_empty_document() -> None:
    assert as_txt() == as_md() == ""
    assert paragraphs(as_docx()) == []


# Hostile ------------------------------------------------------------------------------------------------------


def hostile(name: str) -> Sheet:
    """A report in which hostile text stands wherever text can stand."""
    report = sheet(name).report
    turn = iter(HOSTILE * 50)

    def bad(text: str | None) -> str:
        return f"{next(turn)} {text or ''} {next(turn)}"

    return Sheet(
        replace(
            report,
            masthead=replace(
                report.masthead, title=bad("t"), organ=bad("o"), symbol=bad("s"), body=bad("b"), session=bad(""), part=bad("")
            ),
            sections=tuple(replace(one, title=bad(one.title), number=bad("II")) for one in report.sections),
            paragraphs=tuple(
                replace(one, text=bad(one.text), number=one.number and bad(one.number), points=()) for one in report.paragraphs
            ),
            recommendations=tuple(replace(one, text=bad(one.text), number=bad(one.number), points=()) for one in report.recommendations),
            footnotes=tuple(replace(one, mark=bad("1"), text=bad(one.text)) for one in report.footnotes),
            panellists=tuple(replace(one, name=bad(one.name), position=bad("")) for one in report.panellists),
            statements=tuple(replace(one, instrument=bad("x")) for one in report.statements),
            references=tuple(replace(one, target=bad("x"), as_printed=bad("/x")) for one in report.references),
        ),
        None,
        narrowed=False,
    )


@pytest.mark.parametrize("name", ["hrc-session.txt", "wg4-final-report.txt", "upr-working-group.txt"])
@pytest.mark.parametrize("narrow", [False, True])
def test_hostile_text_comes_out_as_text(name: str, narrow: bool) -> None:
    one = hostile(name)._replace(narrowed=narrow)
    out = as_txt(one)
    assert max(txt.cells(line) for line in out.split("\n")) <= txt.WIDTH
    in_words(one.report, out)
    assert not [letter for letter in out if unicodedata.category(letter) in {"Cc", "Cs"} and letter != "\n"]
    md = as_md(one)
    md.encode("utf-8")
    text, links = rendered(md)
    in_words(one.report, text)
    assert all(link.startswith("https://undocs.org/en/") for link in links)
    data = as_docx(one)
    in_words(one.report, "\n".join(paragraphs(data)).replace("\\ufffe", "\ufffe").replace("\\uffff", "\uffff"))
    links = re.findall(
        r'Target="([^"]+)" TargetMode="External"', zipfile.ZipFile(io.BytesIO(data)).read("word/_rels/document.xml.rels").decode()
    )
    assert all(link.startswith("https://undocs.org/en/") for link in links)


def in_words(report: Report, text: str) -> None:
    text = re.sub(r"\[\^[\w-]+\]", "", squeezed(text))
    for unit in units(report):
        body = shown(unit.text)
        plain = re.sub(r"\[\^[\w-]+\]", "", body)
        if not report.footnotes:
            assert plain in text, unit.id
        else:
            assert plain[:200] in text, unit.id  # a mark without its source stands at the end


MARKUP = st.text(st.sampled_from("ab1.)-+=#*_`~[]()<>!&|\\:/@$^{}\"' \n\t\x00\x1b\u2028\u202e全e\u0301\ud800w"), max_size=40)


@given(MARKUP)
def test_markdown_of_any_text_shows_the_text(text: str) -> None:
    """At the beginning of a block, in a heading, in a cell, in a point."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    wanted = re.sub(r"\s+", " ", visible(text)).strip()
    plain = markdown._plain(text, first=True)
    for lead in ("", "# ", "- ", "**1** "):
        tokens = parser.parse(f"{lead}{plain}\n")
        told = "".join(one.content for token in tokens for one in token.children or ())
        kinds = {one.type for token in tokens for one in token.children or ()}
        assert kinds <= {"text", "strong_open", "strong_close"}, (lead, plain)
        assert re.sub(r"\s+", " ", told).strip() == f"{lead.strip(' #*-')} {wanted}".strip(), (lead, plain)
    cells = [
        token.content for token in parser.parse(f"| a | b |\n| --- | --- |\n| {markdown._plain(text)} | end |\n") if token.type == "inline"
    ]
    assert len(cells) == 4


@given(MARKUP, st.integers(0, 30), st.integers(0, 30))
def test_wrapping_keeps_the_text_and_the_width(text: str, lead: int, after: int) -> None:
    lines = txt.wrapped(text, "L" * lead, " " * after, 40)
    assert all(txt.cells(line) <= 40 for line in lines)
    assert squeezed("".join(lines)) == ("L" * lead + squeezed(visible(text)) if lines else "")


# Machines -----------------------------------------------------------------------------------------------------


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    code = (
        "import sys, hashlib; from tipreport import read; from tipreport.exporters import Sheet, Options, docx, markdown, txt\n"
        "for name in sys.argv[1:]:\n"
        "    one = Sheet(read(name), open(name, encoding='utf-8-sig', newline='').read())\n"
        "    for form in (docx, markdown, txt):\n"
        "        data = b''.join(part if isinstance(part, bytes) else part.encode() for part in form.write([one, one], Options()))\n"
        "        sys.stdout.write(hashlib.sha256(data).hexdigest() + '\\n')\n"
    )
    names = [str(SAMPLES / name) for name in ("hrc-session.txt", "wg4-final-report.txt")]
    made = {
        subprocess.run(
            [sys.executable, "-c", code, *names], env={**environment(tmp_path), "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_without_its_library_word_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one == "docx" or one.startswith(("docx.", "tipreport.word."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ExtraError, match="docx"):
        as_docx(sheet("wg4-draft-addendum.txt"))


ORDER = {  # ECMA-376 Part 1, Annex A: Word refuses a file whose elements stand in another order, or twice
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens spacing ind "
    "contextualSpacing mirrorIndents jc textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing sz szCs highlight u vertAlign lang",
    "style": "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "lvl": "start numFmt lvlRestart pStyle suff lvlText lvlJc pPr rPr", "numPr": "ilvl numId", "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan tcBorders shd tcMar vAlign", "tcMar": "top left bottom right", "tblBorders": "top left bottom right insideH insideV",
    "settings": "zoom proofState defaultTabStop evenAndOddHeaders characterSpacingControl savePreviewPicture footnotePr compat",
}  # fmt: skip


def test_elements_stand_in_the_order_of_the_standard() -> None:
    from docx.oxml import parse_xml

    made = as_docx(*(sheet(path.name) for path in sorted(SAMPLES.glob("*.txt"))), only("wg4-final-report.txt", "panellists", "statements"))
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert len(set(file.namelist())) == len(file.namelist())
        parts = {name: parse_xml(file.read(name)) for name in file.namelist() if name.startswith("word/") and name.endswith(".xml")}
    checked: Counter[str] = Counter()
    for name, root in parts.items():
        for element in root.iter("{*}*"):
            kind = element.tag.split("}")[-1]
            if kind not in ORDER or not element.tag.startswith(W):
                continue
            inside = [one.tag.split("}")[-1] for one in element if one.tag.startswith(W)]
            order = [one for one in ORDER[kind].split() if one in inside]
            held = [one for one in inside if kind != "settings" or one in order]
            assert held == order, (name, kind, inside)
            checked[kind] += 1
    assert set(checked) == set(ORDER)
    ids = {one.get(f"{W}styleId") for one in parts["word/styles.xml"].iter(f"{W}style")}
    used = {
        one.get(f"{W}val") for root in parts.values() for tag in ("pStyle", "rStyle", "basedOn", "next") for one in root.iter(f"{W}{tag}")
    }
    assert used <= ids
    cells = list(parts["word/document.xml"].iter(f"{W}tc"))
    assert cells
    assert all(cell[-1].tag == f"{W}p" for cell in cells)


def test_properties_of_the_file() -> None:
    from docx import Document

    properties = Document(io.BytesIO(as_docx(sheet("wg4-final-report.txt")))).core_properties
    assert properties.title.startswith("Report on the meeting of the Working Group")
    assert properties.subject == "CTOC/COP/WG.4/2021/29"
    assert properties.created.year == 1980


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All specimen reports as Word files, opened in LibreOffice and saved as text."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("word")
    names = [path.name for path in sorted(SAMPLES.glob("*.txt"))]
    for name in names:
        (folder / f"{name[:-4]}.docx").write_bytes(as_docx(sheet(name)))
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder),
         *(str(folder / f"{name[:-4]}.docx") for name in names)],
        capture_output=True, check=True, timeout=180, cwd=ROOT,
    )  # fmt: skip
    return {name: (folder / name).read_text("utf-8-sig") for name in names}


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.txt"))])
def test_an_office_reads_the_same_numbers_and_texts(opened: dict[str, str], name: str) -> None:
    held = {note.paragraph for note in sheet(name).report.footnotes}
    report = sheet(name).report
    at, text = 0, squeezed(opened[name])
    for unit in sorted(units(report), key=lambda unit: unit.spans[0].start):
        words = shown(unit.text)
        found = text.find(words[:30] if unit.number in held else words, at)
        assert found >= 0, (unit.id, words[:60])
        assert not unit.number or squeezed(unit.number) in text[max(found - 40, 0) : found], unit.id
        at = found
