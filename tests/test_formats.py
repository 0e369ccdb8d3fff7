"""Word, OpenDocument, HTML, RTF: the text that is made of them, what it says, and what is refused.

Files are made in the test or by LibreOffice; the command reads them.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import wordfile
from benchmarks import converted
from command import ROOT, SAMPLES, Shell, one_error
from tipreport import inputs, read
from tipreport.errors import ExtraError, InputError
from tipreport.model import Report
from tipreport.spans import Source
from wordfile import counted, level, numbering, opendocument, paragraph, run, word

REPORTS = os.environ.get("TIPREPORT_REPORTS")
FORMS_OF_FLOWING_TEXT = ("docx", "odt", "html")
OFFICE = converted.converter()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")


def source(data: bytes | str, name: str = "report.docx") -> Source:
    """The source that the readers make of these bytes."""
    return inputs.decode(data.encode() if isinstance(data, str) else data, name)


def text(data: bytes | str, name: str = "report.docx") -> str:
    """The extracted text."""
    return source(data, name).text


def seen(found: Source, what: str) -> list[str]:
    """The pieces of text that the layout tells."""
    return [found.text[low:high] for low, high in getattr(found.layout, what)]


# Converted samples ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def conversions(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, dict[str, tuple[int, int]]], list[str]]:
    """The agreement of converted samples with their texts."""
    return converted.measure(tmp_path_factory.mktemp("converted"), FORMS_OF_FLOWING_TEXT)


@needs_office
@pytest.mark.parametrize("form", FORMS_OF_FLOWING_TEXT)
def test_objects_of_converted_samples_are_those_of_the_text(
    conversions: tuple[dict[str, dict[str, tuple[int, int]]], list[str]], form: str
) -> None:
    found, told = conversions
    assert sum(most for _, most in found[form].values()) > 1000
    shares = {kind: same / most for kind, (same, most) in found[form].items() if most}
    assert min(shares.values()) >= converted.WANTED, (shares, [line for line in told if f".{form}:" in line])


def test_the_comparison_of_conversions_sees_differences() -> None:
    """A test of the test: another number, a State less."""
    (report,) = converted.parsed([SAMPLES / "wg4-final-report.txt"])
    whole = converted.objects(report)
    report["paragraphs"][0]["number"] = "99"
    changed = converted.objects(report)
    agreed = converted.agreement([whole], [changed])
    assert agreed["numbers"][0] < agreed["numbers"][1]
    assert agreed["texts"][0] < agreed["texts"][1]
    assert agreed["panellists"][0] == agreed["panellists"][1] > 0
    assert [line for line in converted.differences("x", whole, changed) if "numbers of the file alone: 99" in line]


@cache
def exported(name: str) -> bytes:
    """Our own Word document of a sample."""
    from command import inside

    done = inside("export", str(SAMPLES / name), "--to", "docx", "-o", "-")
    assert done.code == 0, done.err
    return done.raw


# What our documents set on one line and the samples on two: below a decision the meeting and its date, behind a title its agenda item.
CLOSING = re.compile(r" \d+th plenary meeting \d{1,2} \w+ \d{4}$| \(Agenda (?:sub-)?item .+\)$")


def told(report: Report, kind: str) -> list[tuple[str | None, str]]:
    """Numbers and texts of units that have a number."""
    return [(one.number, CLOSING.sub("", one.text)) for one in getattr(report, kind) if one.number]


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.txt")))
def test_our_own_word_documents_read_back(tmp_path: Path, name: str) -> None:
    """Automatic numbers, headings by style, real footnotes: the same units, sections and notes."""
    path = tmp_path / "a.docx"
    path.write_bytes(exported(name))
    before, after = read(str(SAMPLES / name)), read(str(path))
    assert told(before, "recommendations") == told(after, "recommendations")
    assert told(before, "paragraphs") == told(after, "paragraphs")
    assert [(one.label, one.title) for one in before.sections] == [(one.label, CLOSING.sub("", one.title)) for one in after.sections]
    assert before.masthead.symbol == after.masthead.symbol
    assert before.masthead.job_number == after.masthead.job_number


# Word: numbers --------------------------------------------------------------------------------------------------

FORMS = numbering(level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "lowerRoman", "(%3)"))


def test_levels_count_and_begin_anew() -> None:
    body = counted("A", 1) + counted("B", 1, 1) + counted("C", 1, 1) + counted("D", 1, 2) + counted("E", 1) + counted("F", 1, 1)
    assert text(word(body, {"numbering": FORMS})) == "1.\tA\n(a)\tB\n(b)\tC\n(i)\tD\n2.\tE\n(a)\tF\n"


def test_text_between_does_not_stop_the_count() -> None:
    body = counted("A", 1) + paragraph("Heading") + counted("B", 1) + paragraph("") + counted("C", 1)
    assert text(word(body, {"numbering": FORMS})) == "1.\tA\nHeading\n2.\tB\n\n3.\tC\n"


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("decimal", "1 2 3"), ("upperRoman", "I II III"), ("lowerRoman", "i ii iii"), ("upperLetter", "A B C"), ("lowerLetter", "a b c"),
        ("decimalZero", "01 02 03"), ("ordinal", "1st 2nd 3rd"), ("ordinalText", "First Second Third"), ("cardinalText", "One Two Three"),
        ("russianLower", "а б в"), ("chicago", "* † ‡"), ("unheardOf", "1 2 3"),
    ],
)  # fmt: skip
def test_forms_of_numbers(form: str, printed: str) -> None:
    parts = {"numbering": numbering(level(0, form, "%1", '<w:suff w:val="space"/>'))}
    assert text(word("".join(counted("x", 1) for _ in range(3)), parts)).split("\n")[:3] == [f"{one} x" for one in printed.split()]


def test_letters_go_on_behind_z_as_in_word() -> None:
    lines = text(word("".join(counted("x", 1, 1) for _ in range(53)), {"numbering": FORMS})).split("\n\n")
    assert (lines[25], lines[26], lines[27], lines[52]) == ("(z)\tx", "(aa)\tx", "(bb)\tx", "(aaa)\tx\n")


@pytest.mark.parametrize(
    ("form", "start", "printed"),
    [
        ("ordinal", 10, "10th. 11th. 12th. 13th. 14th."), ("ordinal", 20, "20th. 21st. 22nd. 23rd. 24th."), ("ordinal", 111, "111th. 112th. 113th. 114th. 115th."),
        ("lowerRoman", 0, "0. i. ii. iii. iv."), ("upperLetter", -1, "-1. 0. A. B. C."), ("none", 1, ". . . . ."),
    ],
)  # fmt: skip
def test_numbers_where_a_form_has_no_sign_or_another_ending(form: str, start: int, printed: str) -> None:
    listed = numbering(level(0, form, "%1.").replace('<w:start w:val="1"/>', f'<w:start w:val="{start}"/>'))
    lines = text(word("".join(counted("x", 1) for _ in range(5)), {"numbering": listed})).splitlines()
    assert lines == [f"{one}\tx" for one in printed.split()]


def test_a_list_may_have_levels_of_its_own() -> None:
    """An override that holds a level prints by that level; one that names no level is passed over."""
    override = (
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1">{level(1, "upperLetter", "[%2]")}</w:lvlOverride>'
        '<w:lvlOverride><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    )
    listed = numbering(level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)"), override)
    assert text(word(counted("A", 2) + counted("B", 2, 1) + counted("C", 2, 1), {"numbering": listed})) == "1.\tA\n[A]\tB\n[B]\tC\n"


def test_a_list_by_the_name_of_a_list_style_prints_as_the_style() -> None:
    styled = f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Points"/>{level(0, "lowerLetter", "(%1)")}</w:abstractNum>'
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Points"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    assert text(word(counted("A", 1) + counted("B", 1), {"numbering": styled + linked})) == "(a)\tA\n(b)\tB\n"
    assert text(word(counted("A", 1), {"numbering": linked})) == "A\n", "the style is not there"


def test_a_list_begins_where_its_override_says() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="40"/></w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = counted("A", 1) + counted("B", 2) + counted("C", 2) + counted("D", 3) + counted("E", 1)
    printed = text(word(body, {"numbering": numbering(level(0, "decimal", "%1."), lists)}))
    assert printed == "1.\tA\n40.\tB\n41.\tC\n2.\tD\n3.\tE\n", "lists of one definition count together, but for starts of their own"


def test_numbers_of_higher_levels_within_a_number() -> None:
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>") + level(2, "lowerLetter", "%1.%2 (%3)")
    body = counted("A", 1) + counted("B", 1, 1) + counted("C", 1, 2) + counted("D", 1) + counted("E", 1, 2)
    assert text(word(body, {"numbering": numbering(levels)})) == "I.\tA\n1.1\tB\nI.1 (a)\tC\nII.\tD\nII.1 (a)\tE\n"


def test_a_level_that_never_begins_anew() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    body = counted("A", 1) + counted("B", 1, 1) + counted("C", 1) + counted("D", 1, 1)
    assert text(word(body, {"numbering": numbering(levels)})) == "1.\tA\n1)\tB\n2.\tC\n2)\tD\n"


def test_styles_bind_lists_and_levels() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="P"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q"><w:basedOn w:val="P"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    levels = level(0, "decimal", "%1.", '<w:pStyle w:val="P"/>') + level(1, "lowerLetter", "(%2)", '<w:pStyle w:val="S"/>')
    none = '<w:pStyle w:val="P"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        "".join(paragraph(name, f'<w:pStyle w:val="{name}"/>') for name in "PQSS")
        + paragraph("none", none)
        + paragraph("P", '<w:pStyle w:val="P"/>')
    )
    assert text(word(body, {"styles": styles, "numbering": numbering(levels)})) == "1.\tP\n2.\tQ\n(a)\tS\n(b)\tS\nnone\n3.\tP\n"


def test_bullets_are_signs_of_their_fonts() -> None:
    assert text(word(counted("A", 1), {"numbering": numbering(level(0, "bullet", "\uf0b7"))})) == "\u2022\tA\n"


def test_lists_that_are_not_there_print_nothing() -> None:
    assert text(word(counted("A", 7) + counted("B", 1, 8), {"numbering": FORMS})) == "A\nB\n"
    assert text(word(counted("A", 7))) == "A\n"


# Word: what stands in a line --------------------------------------------------------------------------------------


MC = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
MATH = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"


def field(code: str, result: str) -> str:
    """A field of several runs."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}{run(result)}{marks[2]}"


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        (run("a") + "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        (f'{run("a")}<w:ins w:id="1" w:author="x">{run("b")}</w:ins><w:del w:id="2" w:author="x"><w:r><w:delText>c</w:delText></w:r></w:del>', "ab"),
        (f'<w:moveFrom w:id="1">{run("a")}</w:moveFrom>{run("b")}<w:moveTo w:id="2">{run("c")}</w:moveTo>', "bc"),
        (f'<w:hyperlink r:id="x">{run("A/1")}</w:hyperlink>{run(".")}', "A/1."),
        (field(' REF a "x y" ', "12"), "12"),
        (run("a ") + field(" IF 1 = 1 ", "b") + run(" c"), "a b c"),
        (f'<w:fldSimple w:instr=" DOCVARIABLE x ">{run("S/1")}</w:fldSimple>', "S/1"),
        ("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>pay</w:t><w:softHyphen/><w:t>ment</w:t></w:r>", "non\u2011payment"),
        (run("trans\u00adport"), "transport"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>' + run(" x"), "\u2022 x"),
        (run("seen") + run("hidden", "<w:vanish/>"), "seen"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('held')}</w:sdtContent></w:sdt>", "held"),
        (run("a") + '<w:commentRangeStart w:id="0"/>' + run("b") + '<w:r><w:commentReference w:id="0"/></w:r>', "ab"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> AUTONUM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' + run(" x"), "1. x"),
        (run("a ") + f"<mc:AlternateContent {MC}><mc:Choice Requires='wps'>{run('new')}</mc:Choice><mc:Fallback>{run('old')}</mc:Fallback></mc:AlternateContent>", "a new"),
        (run("a ") + f"<mc:AlternateContent {MC}><mc:Fallback>{run('old')}</mc:Fallback></mc:AlternateContent>", "a old"),
        (run("of ") + f"<m:oMath {MATH}><m:r><m:t>2x</m:t></m:r></m:oMath>" + run(" tons"), "of 2x tons"),
        (run("of ") + f"<m:oMath {MATH}><m:t>2x</m:t></m:oMath>", "of 2x"),
        (run("a") + '<w:r><w:sym w:font="Symbol" w:char="none"/></w:r>' + run("b"), "ab"),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + field(" REF a ", "12") + run("."), "12."),
        (field(" REF a ", "12</w:t></w:r><w:r><w:instrText>late code</w:instrText></w:r><w:r><w:t>3"), "123"),
    ],
)  # fmt: skip
def test_what_is_printed_of_a_line(content: str, printed: str) -> None:
    assert text(word(paragraph(content))) == f"{printed}\n"


def test_fields_run_over_paragraphs_and_may_lack_an_end() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = "<w:r><w:instrText> TOC </w:instrText></w:r>"
    assert (
        text(word(paragraph(begin + code + separate + run("one")) + paragraph(run("two") + end) + paragraph("three")))
        == "one\ntwo\nthree\n"
    )
    assert text(word(paragraph(begin + code + run("one")) + paragraph("two"))) == "one\ntwo\n", "nothing is lost for want of an end"


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    assert text(word(paragraph("1. A", gone) + paragraph(" and B.") + paragraph("2. C"))) == "1. A and B.\n2. C\n"


def test_text_boxes_follow_their_paragraph_once() -> None:
    inside = paragraph("in the box")
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>'
        f"<w:txbxContent>{inside}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert text(word(paragraph(run("before") + box + run(" after")) + paragraph("next"))) == "before after\nin the box\nnext\n"


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('held')}</w:sdtContent></w:sdt>{paragraph('next')}", "held\nnext\n"),
        (f"{paragraph('a')}<w:altChunk r:id='x'/><w:bookmarkEnd w:id='1'/>{paragraph('b')}", "a\nb\n"),
        (f"<mc:AlternateContent {MC}><mc:Choice Requires='x'>{paragraph('new')}</mc:Choice><mc:Fallback>{paragraph('old')}</mc:Fallback></mc:AlternateContent>", "new\n"),
        (f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{paragraph('Chile')}</w:tc><w:tc>{paragraph('12')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>", "| Chile | 12 |\n"),
        (f"<w:p><w:r><w:t>before</w:t><w:txbxContent>{paragraph('in the box')}</w:txbxContent><w:t> after</w:t></w:r></w:p>", "before after\nin the box\n"),
    ],
)  # fmt: skip
def test_what_holds_paragraphs_and_rows(body: str, printed: str) -> None:
    assert text(word(body)) == printed


def test_space_between_paragraphs_is_a_blank_line() -> None:
    wide = '<w:spacing w:after="120"/>'
    assert (
        text(word(paragraph("a", wide) + paragraph("b", wide) + paragraph("c", '<w:spacing w:after="20"/>') + paragraph("d")))
        == "a\n\nb\n\nc\nd\n"
    )
    tight = '<w:pStyle w:val="L"/><w:spacing w:before="120" w:after="120"/><w:contextualSpacing/>'
    assert text(word(paragraph("a", tight) + paragraph("b", tight) + paragraph("c"))) == "a\nb\n\nc\n"
    automatic = '<w:spacing w:after="0" w:afterAutospacing="1"/>'
    assert text(word(paragraph("a", automatic) + paragraph("b", automatic.replace('"1"', '"0"')) + paragraph("c"))) == "a\n\nb\nc\n"


def test_paragraphs_without_space_stand_apart_unless_they_are_wrapped_lines() -> None:
    whole = "".join(paragraph(f"{number}. The item was noted.") for number in range(1, 15))
    assert text(word(whole)).count("\n\n") == 13
    long = "".join(paragraph(f"{number}. {'The item was noted. ' * 10}") for number in range(1, 15))
    assert "\n\n" not in text(word(long))
    wrapped = "".join(paragraph(line) for _ in range(7) for line in ("The item that was", "noted was noted."))
    assert "\n\n" not in text(word(wrapped))


def test_pages_begin_with_a_form_feed() -> None:
    turn = paragraph('<w:r><w:br w:type="page"/></w:r>')
    assert text(word(paragraph("a") + turn + paragraph("b") + paragraph("c", "<w:pageBreakBefore/>"))) == "a\n\fb\n\fc\n"
    section = (
        paragraph("a", "<w:sectPr/>") + paragraph("b", '<w:sectPr><w:type w:val="continuous"/></w:sectPr>') + paragraph("c") + "<w:sectPr/>"
    )
    assert text(word(section)) == "a\nb\n\fc\n"


def test_headings_are_told_by_style_level_and_weight() -> None:
    styles = '<w:style><w:name w:val="Text"/></w:style><w:style w:type="paragraph" w:styleId="X"><w:name w:val="_ H_1_G"/></w:style><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Text"/></w:style>'
    body = (
        paragraph("By name", '<w:pStyle w:val="X"/>')
        + paragraph("Text", '<w:pStyle w:val="T"/>')
        + paragraph("By level", '<w:outlineLvl w:val="1"/>')
        + paragraph(run("By weight", "<w:b/>"))
        + paragraph(run("Part", "<w:b/>") + run(" of it"))
        + paragraph(run("x" * 300, "<w:b/>"))
    )
    assert seen(source(word(body, {"styles": styles})), "headings") == ["By name", "By level", "By weight"]


# Word: notes, tables, heads -----------------------------------------------------------------------------------------

REFER = '<w:r><w:footnoteReference w:id="%d"/></w:r>'
NOTES = "".join(
    f'<w:footnote w:id="{ident}"><w:p><w:r><w:footnoteRef/></w:r>{run(f" {words}")}</w:p></w:footnote>'
    for ident, words in ((2, "See A/1."), (3, "See B/2."))
)


def test_notes_stand_behind_a_rule_with_their_marks() -> None:
    body = paragraph(run("1. One.") + REFER % 2) + paragraph(run("2. Two") + REFER % 3 + run(", three."))
    found = source(word(body, {"footnotes": NOTES}))
    assert found.text == f"1. One.1\n2. Two2, three.\n\n{'_' * 18}\n1 See A/1.\n2 See B/2.\n"
    assert seen(found, "marks") == ["1", "2", "1", "2"]
    assert seen(found, "notes") == ["1 See A/1.", "2 See B/2."]


def test_a_mark_whose_note_is_missing_is_a_mark_still() -> None:
    found = source(word(paragraph(run("1. One") + REFER % 9 + run(" and two.") + REFER % 3), {"footnotes": NOTES}))
    assert found.text == f"1. One1 and two.2\n\n{'_' * 18}\n2 See B/2.\n"
    assert seen(found, "marks") == ["1", "2", "2"]


def test_notes_and_marks_are_objects(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(
        word(paragraph(run("1. In 2018, one met in 2019") + REFER % 2 + run(", twice.")) + paragraph("2. Two."), {"footnotes": NOTES})
    )
    report = read(str(path))
    assert [one.text for one in report.paragraphs] == ["In 2018, one met in 2019, twice.", "Two."]
    assert [(one.mark, one.text) for one in report.footnotes] == [("1", "See A/1.")]
    assert report.source.media_type.endswith("wordprocessingml.document")


def test_notes_with_marks_of_their_own() -> None:
    star = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    note = f'<w:footnote w:id="2">{paragraph("* Issued anew.")}</w:footnote>' + NOTES[NOTES.index('<w:footnote w:id="3"') :]
    found = source(word(paragraph(run("A/1") + star) + paragraph(run("One.") + REFER % 3), {"footnotes": note}))
    assert found.text == f"A/1*\nOne.1\n\n{'_' * 18}\n* Issued anew.\n1 See B/2.\n"
    assert seen(found, "marks") == ["*", "1", "*", "1"]


def test_notes_may_be_counted_in_other_forms() -> None:
    settings = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    found = source(word(paragraph(run("One.") + REFER % 2), {"footnotes": NOTES, "settings": settings}))
    assert found.text.startswith("One.c\n")
    assert seen(found, "notes") == ["c See A/1."]


def test_notes_whose_form_prints_no_mark_are_notes_still(tmp_path: Path) -> None:
    settings = '<w:footnotePr><w:numFmt w:val="none"/></w:footnotePr>'
    path = tmp_path / "a.docx"
    path.write_bytes(word(paragraph(run("1. One") + REFER % 2 + run(".")), {"footnotes": NOTES, "settings": settings}))
    report = read(str(path))
    assert [one.text for one in report.paragraphs] == ["One."]
    assert [(one.mark, one.text, one.paragraph) for one in report.footnotes] == [("", "See A/1.", None)]


def test_typed_notes_are_told_by_pairs_of_raised_marks() -> None:
    high = '<w:vertAlign w:val="superscript"/>'
    found = source(
        word(
            paragraph(run("One") + run("1", high) + run(" of 5 m") + run("2", high) + run("."))
            + paragraph(run("1", high) + run(" See A/1."))
        )
    )
    assert found.text == "One1 of 5 m2.\n1 See A/1.\n"
    assert seen(found, "marks") == ["1", "1"], "an exponent is no mark"
    assert seen(found, "notes") == ["1 See A/1."]
    alone = paragraph(run("The 7") + run("th", high) + run(" day")) + paragraph(run("1", high) + run(" See A/1."))
    refers_to_nothing = source(word(alone + paragraph(run("m") + run("2", high)) + paragraph(run("2", high))))
    assert refers_to_nothing.text == "The 7th day\n1 See A/1.\nm2\n2\n"
    assert seen(refers_to_nothing, "marks") == seen(refers_to_nothing, "notes") == []


def cells(*rows: list[str]) -> str:
    """A table of cells, each a paragraph or several."""
    made = ("".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def test_tables_give_a_row_a_line() -> None:
    body = paragraph("Before") + cells(["State", "Share"], ["Chile", "12"], ["", "3"]) + paragraph("After")
    assert text(word(body)) == "Before\n\n| State | Share |\n| Chile | 12 |\n|  | 3 |\n\nAfter\n"


def test_mastheads_and_labels_in_tables_are_lines() -> None:
    assert text(word(cells(["United Nations", "A/1/2"], ["Assembly", paragraph("Distr.: General") + paragraph("1 May 2020")]))) == (
        "United Nations\n\nA/1/2\n\nAssembly\n\nDistr.: General\n1 May 2020\n"
    )
    assert text(word(paragraph("The Council:") + cells(["(a)", "Notes;"], ["(b)", "Asks."]))) == "The Council:\n(a)\tNotes;\n(b)\tAsks.\n"


def edges(first: bool) -> bytes:
    """A document with heads and feet, with or without those of the first page."""
    kinds = [("header", "default", "header1"), ("footer", "default", "footer1")] + (
        [("header", "first", "header2"), ("footer", "first", "footer2")] if first else []
    )
    references = "".join(f'<w:{name}Reference w:type="{kind}" r:id="{ident}"/>' for name, kind, ident in kinds)
    page = field(" PAGE ", "3") + run(" of ") + field(" NUMPAGES ", "9")
    return word(
        paragraph("1. One.") + f"<w:sectPr>{references}{'<w:titlePg/>' if first else ''}</w:sectPr>",
        {
            "header1": paragraph("A/HRC/99/2") + paragraph("Report in short"),
            "footer1": cells(["GE.20-12345", paragraph(page)]),
            "header2": cells(["United Nations", "A/HRC/99/2"], ["Assembly", "Distr.: General"]),
            "footer2": paragraph("GE.20-12345(E)"),
        },
    )


def test_the_head_of_the_first_page_is_text_and_the_others_furniture() -> None:
    found = source(edges(first=True))
    assert found.text == (
        "United Nations\n\nA/HRC/99/2\n\nAssembly\n\nDistr.: General\n\n1. One.\n\nGE.20-12345(E)\nReport in short\n\nGE.20-12345\n"
    )
    assert seen(found, "furniture") == ["GE.20-12345(E)", "Report in short", "GE.20-12345"]


def test_a_running_head_stands_once_and_its_symbol_counts() -> None:
    found = source(edges(first=False))
    assert found.text == "A/HRC/99/2\nReport in short\n\n1. One.\n\nGE.20-12345\n"
    assert seen(found, "furniture") == ["Report in short", "GE.20-12345"]


def test_a_document_of_a_running_head_alone() -> None:
    found = source(word('<w:sectPr><w:headerReference r:id="header1"/><w:titlePg/></w:sectPr>', {"header1": paragraph("A/HRC/99/2")}))
    assert (found.text, seen(found, "furniture")) == ("A/HRC/99/2\n", ["A/HRC/99/2"])


def test_the_strict_form_of_the_format() -> None:
    import io
    import zipfile

    plain = word(counted("A", 1), {"numbering": FORMS})
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in parts.items()
    }
    assert text(wordfile.packed(strict)) == text(plain) == "1.\tA\n"


# OpenDocument -------------------------------------------------------------------------------------------------------

CONTENT = f"<office:document-content {wordfile.ODF}><office:body><office:%s>%s</office:%s></office:body></office:document-content>"
LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="i" text:display-levels="2"/></text:list-style>'
)


def items(*texts: str, more: str = "") -> str:
    """A list of the style L."""
    return f'<text:list text:style-name="L"{more}>{"".join(f"<text:list-item><text:p>{one}</text:p></text:list-item>" for one in texts)}</text:list>'


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        ("<text:p>a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d  \n e</text:p>", "a  b\tc\nd e\n"),
        ("<text:p>a &#x0d;</text:p><text:p>b&#x0d;</text:p>", "a \nb\n"),
        (items("A", "B") + "<text:p>x</text:p>" + items("C", more=' text:continue-numbering="true"') + items("D"), "1.\tA\n2.\tB\nx\n3.\tC\n1.\tD\n"),
        (items("A", more=' xml:id="one"') + items("B") + items("C", more=' text:continue-list="one"'), "1.\tA\n1.\tB\n2.\tC\n"),
        (
            ('<text:list text:style-name="L"><text:list-item text:start-value="7"><text:p>A</text:p><text:p>more</text:p><text:list><text:list-item><text:p>B</text:p>'
            "<text:list><text:list-item><text:p>C</text:p></text:list-item></text:list></text:list-item></text:list></text:list-item>"
            "<text:list-header><text:p>none</text:p></text:list-header><text:list-item><text:p>D</text:p></text:list-item></text:list>"),
            "7.\tA\nmore\n(a)\tB\na.i\tC\nnone\n8.\tD\n",
        ),
        (("<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
         "<text:p>a<text:change text:change-id='x'/>b<office:annotation><text:p>no</text:p></office:annotation></text:p>"), "ab\n"),
        ("<text:p>a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>b</text:p>", "ab\nbox\n"),
        (("<text:p>x</text:p><table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>S</text:p></table:table-cell><table:table-cell><text:p>N</text:p></table:table-cell></table:table-row></table:table-header-rows>"
         "<table:table-row><table:table-cell><text:p>Chile</text:p></table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>"), "x\n\n| S | N |\n| Chile | 1 |\n"),
        (("<text:p>x</text:p><table:table><table:table-column/><table:table-row><table:table-cell><text:p>Chile</text:p></table:table-cell><table:covered-table-cell/>"
          "<table:covered-table-cell><text:p>1</text:p></table:covered-table-cell><table:table-cell table:number-columns-repeated='3'/></table:table-row>"
          "<table:table-row><table:table-cell><text:p>Peru</text:p></table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>"),
         "x\n\n| Chile | 1 |\n| Peru | 2 |\n"),
        (("<text:list text:style-name='L'><text:soft-page-break/><text:list-item><text:number>9.</text:number><text:section><text:p>in a section</text:p></text:section>"
          "<text:p>A</text:p></text:list-item></text:list>"), "in a section\n1.\tA\n"),
        ("<text:p>a<draw:custom-shape><text:p>in a shape</text:p></draw:custom-shape> b</text:p>", "a b\nin a shape\n"),
        ("<text:p>  a<text:span>&#x0d;</text:span> <text:span> </text:span>b</text:p>", "a b\n"),
        ("<text:p>a<text:note><text:note-citation> </text:note-citation><text:note-body><text:p>no</text:p></text:note-body></text:note>b</text:p>", "ab\n"),
    ],
)  # fmt: skip
def test_the_text_of_an_opendocument_text(body: str, printed: str) -> None:
    found = source(opendocument(body, LIST), "a.odt")
    assert found.text == printed
    assert found.media_type == "application/vnd.oasis.opendocument.text"


def test_levels_of_an_opendocument_list_may_be_signs_or_print_nothing() -> None:
    levels = (
        '<text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/><text:list-level-style-bullet text:level="2"/>'
        '<text:list-level-style-number text:level="3" style:num-suffix="."/>'
        '<text:list-level-style-number text:level="4" style:num-format="1" style:num-suffix=")" text:display-levels="2"/>'
    )
    body = ""
    for one in "DCBA":
        inner = f'<text:list text:style-name="S">{body}</text:list>' if body else ""
        body = f"<text:list-item><text:p>{one}</text:p>{inner}</text:list-item>"
    listed = opendocument(
        f'<text:list text:style-name="S">{body}</text:list>', f'<text:list-style style:name="S">{levels}</text:list-style>'
    )
    assert text(listed, "a.odt") == "\u2022\tA\nB\nC\n1)\tD\n"


def test_headings_of_an_opendocument_text_count_by_its_outline() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/></text:outline-style>'
    )
    heads = (
        ("One", ""),
        ("Two", ""),
        ("Anew", ' text:restart-numbering="true"'),
        ("Seven", ' text:restart-numbering="true" text:start-value="7"'),
    )
    body = "".join(f'<text:h text:outline-level="1"{more}>{title}</text:h>' for title, more in heads)
    found = source(opendocument(body, named=outline), "a.odt")
    assert seen(found, "headings") == found.text.splitlines() == ["I.\tOne", "II.\tTwo", "I.\tAnew", "VII.\tSeven"]


def test_styles_of_an_opendocument_text_raise_tighten_and_head() -> None:
    styles = (
        '<style:style style:name="U" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:margin="0.2cm" style:contextual-spacing="true"/></style:style>'
        '<style:style style:name="X" style:display-name="Heading 2" style:family="paragraph"/>'
    )
    raised = '<text:span text:style-name="U">1</text:span>'
    body = (
        f'<text:p text:style-name="X">Title</text:p><text:p text:style-name="T">One{raised}.</text:p><text:p text:style-name="T">Two.</text:p>'
        f"<text:p>{raised} See A/1.</text:p>"
    )
    found = source(opendocument(body, styles), "a.odt")
    assert found.text == "Title\n\nOne1.\nTwo.\n\n1 See A/1.\n"
    assert (seen(found, "headings"), seen(found, "marks"), seen(found, "notes")) == (["Title"], ["1", "1"], ["1 See A/1."])


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ('<table:table table:style-name="T"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>', "A/3/4"),
        ("<table:table/><text:p>x</text:p>", "A/1/2"),
        ("<table:table/>", "A/1/2"),
        ("<text:section/>", "A/1/2"),
    ],
)  # fmt: skip
def test_the_first_page_of_an_opendocument_text_is_that_of_its_first_table_or_line(body: str, head: str) -> None:
    styles = '<style:style style:name="T" style:family="table" style:master-page-name="Other"/>'
    pages = (("Standard", "A/1/2"), ("Other", "A/3/4"))
    masters = "".join(
        f'<style:master-page style:name="{name}"><style:header><text:p>{symbol}</text:p></style:header></style:master-page>'
        for name, symbol in pages
    )
    assert text(opendocument(body, styles, masters=masters), "a.odt").splitlines()[0] == head


def test_an_opendocument_text_without_styles() -> None:
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": CONTENT % ("text", "<text:p>A</text:p>", "text")}
    assert text(wordfile.packed(parts), "a.odt") == "A\n"


def test_notes_styles_and_heads_of_an_opendocument_text() -> None:
    styles = (
        '<style:style style:name="P" style:family="paragraph" style:parent-style-name="Base"/>'
        '<style:style style:name="N" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>'
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    named = '<style:style style:name="Base" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.2cm"/></style:style>'
    masters = (
        '<style:master-page style:name="Standard"><style:header><text:p>A/1/2</text:p></style:header><style:header-first><text:p>United Nations</text:p></style:header-first>'
        "<style:footer><text:p>Page <text:page-number>3</text:page-number></text:p></style:footer></style:master-page>"
    )
    note = "<text:note text:note-class='%s'><text:note-citation>%s</text:note-citation><text:note-body><text:p>%s</text:p></text:note-body></text:note>"
    body = (
        f'<text:p text:style-name="P">One{note % ("endnote", "i", "Last.")}{note % ("footnote", "1", "First.")}.</text:p><text:p text:style-name="P">Two</text:p>'
        '<text:p text:style-name="N">Three</text:p><text:h>Four</text:h><text:p><text:span text:style-name="B">Five</text:span></text:p>'
    )
    found = source(opendocument(body, styles, named, masters), "a.odt")
    assert found.text == f"United Nations\n\nOnei1.\n\nTwo\n\fThree\nFour\nFive\n\n{'_' * 18}\n1 First.\ni Last.\n\nA/1/2\n"
    assert seen(found, "marks") == ["i", "1", "1", "i"]
    assert seen(found, "notes") == ["1 First.", "i Last."]
    assert seen(found, "furniture") == ["A/1/2"]
    assert seen(found, "headings") == ["Four", "Five"]


# HTML ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "printed"),
    [
        (
            "<h1>I. Introduction</h1>\n<p>1. One\n  <b>two</b>&nbsp;&amp; three.</p><p>2. Two.</p>",
            "I. Introduction\n\n1. One two\xa0& three.\n\n2. Two.\n",
        ),
        ("<div>a</div><div>b<br>c</div>", "a\nb\nc\n"),
        ("<p style='margin-bottom: 0in'>a</p><p style='margin-bottom: 0in'>b</p><p><br></p><p>c</p>", "a\nb\n\nc\n"),
        (
            "<ol start=4><li>A<li><p>B</p><ol type=a><li>C<li>D</ol><li value=9>E<li>F</ol>",
            "4.\tA\n\n5.\tB\n\na.\tC\nb.\tD\n\n9.\tE\n10.\tF\n",
        ),
        (
            "<ol reversed><li>A<li>B</ol><ul><li>C</ul><ol style='list-style-type: lower-roman'><li>D</ol>",
            "2.\tA\n1.\tB\n\n\u2022\tC\n\ni.\tD\n",
        ),
        ("<ol style='list-style: none'><li>1. A</ol><ol><li>1. B</ol>", "1. A\n\n1. B\n"),
        ("<pre>\nI. One\n\n1. Two\n   three</pre>", "I. One\n\n1. Two\n   three\n"),
        (
            "<p>x</p><table><tr><th>State<th>Share<tr><td>Chile<td>1<p>2</p></table><p>y</p>",
            "x\n\n| State | Share |\n| Chile | 1 2 |\n\ny\n",
        ),
        (
            "<script>no()</script><style>p{}</style><nav>Home</nav><p>a</p><p hidden>no</p><p style='display:none'>no</p><!-- no --><template>no</template>",
            "a\n",
        ),
        ("<p>trans&shy;port &lt;i&gt; &#233; &eacute;</p>", "transport <i> é é\n"),
        ("<p>a</p><p style='page-break-before: always'>b</p>", "a\n\fb\n"),
        (
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body><p><a id='x'/>a</p><p>b</p></body></html>",
            "a\n\nb\n",
        ),
        ("<ol><li>A<li></li><li>C</ol>", "1.\tA\n2.\n3.\tC\n"),
        ("<li>loose</li>", "\u2022\tloose\n"),
        ("<pre>  <b> </b>a</pre>", "   a\n"),
        ('<p>One.<a href="#fn9"><sup>9</sup></a></p>', "One.9\n"),
    ],
)
def test_the_text_of_a_page(page: str, printed: str) -> None:
    assert text(page, "a.html").replace("\n\n\n", "\n\n") == printed


NOTED = {
    "LibreOffice": '<p>One.<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p>'
    '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>See A/1.</p></div>',
    "pandoc": '<p>One.<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a></p><section class="footnotes"><ol>'
    '<li id="fn1"><p>See A/1.<a href="#fnref1" class="footnote-back">↩︎</a></p></li></ol></section>',
    "Word": '<p>One.<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a></p><div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> See A/1.</p></div>',
    "typed": "<p>One.<sup>1</sup> Of 5 m<sup>2</sup>.</p><p><sup>1</sup> See A/1.</p>",
}


@pytest.mark.parametrize("program", sorted(NOTED))
def test_notes_of_pages_by_their_links_or_pairs(program: str) -> None:
    found = source(f"<html>{NOTED[program]}</html>", "a.html")
    assert [mark.strip("[].") for mark in seen(found, "marks")] == ["1", "1"]
    assert [note.endswith("See A/1.") for note in seen(found, "notes")] == [True]


def test_links_that_are_marks_stand_apart_where_the_page_sets_them_apart() -> None:
    found = source(
        '<html><p>One <a href="#fn1"><sup>1</sup></a> two.</p><p id="fn1">1 See <a href="#fn1"><sup>1</sup></a>.</p></html>', "a.html"
    )
    assert found.text == "One 1 two.\n\n1 See 1.\n"
    assert seen(found, "notes") == ["1 See 1."]
    assert found.layout.marks == ((4, 5), (12, 13)), "what leads to its own paragraph is no mark"


def test_edges_of_pages_as_libreoffice_writes_them() -> None:
    found = source(
        "<html><div title=header><p>Report in short</p></div><p>One.</p><div title=footer><p>GE.20-12345</p></div></html>", "a.html"
    )
    assert (found.text, seen(found, "furniture")) == ("Report in short\n\nOne.\n\nGE.20-12345\n", ["Report in short", "GE.20-12345"])


@pytest.mark.parametrize(
    ("encoding", "meta", "used"),
    [
        ("utf-8", "", "utf-8"),
        ("utf-8", "<meta charset=iso-8859-1>", "utf-8"),
        ("cp1252", "<meta http-equiv=content-type content='text/html; charset=iso-8859-1'>", "cp1252"),
        ("cp1251", '<meta charset="windows-1251">', "windows-1251"),
        ("utf-16", "", "utf-16-le"),
        ("utf-8-sig", "<meta charset=cp1252>", "utf-8"),
    ],
)
def test_encodings_of_pages(encoding: str, meta: str, used: str) -> None:
    words = "Доклад" if encoding == "cp1251" else "Côte d’Ivoire – Zoë"
    found = source(f"<!doctype html><html><head>{meta}</head><body><p>1. {words}</p></body></html>".encode(encoding), "page")
    assert (found.text, found.encoding, found.media_type) == (f"1. {words}\n", used, "text/html")


# Which reader -------------------------------------------------------------------------------------------------------


def test_content_comes_before_the_name() -> None:
    document, page = word(paragraph("1. One.")), "<html><p>1. One.</p></html>"
    for name in ("a.docx", "a.doc", "a.txt", "a.html", "a"):
        assert text(document, name) == text(page, name).replace("\n\n", "\n") == "1. One.\n"
    assert source(b"1. Plain.", "a.docx").media_type == "text/plain"
    assert source(b"1. The <b>body</b> met.", "a.txt").media_type == "text/plain"
    assert source(b"Saved page <b>1. One.</b>", "a.htm").media_type == "text/html"
    assert inputs.readers()[-1] == "text"


# Refused ------------------------------------------------------------------------------------------------------------

LAUGHS = "<!DOCTYPE d [<!ENTITY a 'ha'>{}]>".format("".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)))


def entries(data: bytes, form: str, at: int, change: Callable[[int], int]) -> bytes:
    """A zip file with one field of each entry of its directory changed."""
    out = bytearray(data)
    for found in re.finditer(rb"PK\x01\x02", data):
        (old,) = struct.unpack_from(form, data, found.start() + at)
        struct.pack_into(form, out, found.start() + at, change(old))
    return bytes(out)


@cache
def hostile() -> dict[str, tuple[str, bytes, str]]:
    """Inputs that are refused: the name, the bytes, a word of the reason."""
    good = word(paragraph("1. One."))
    parts = {"[Content_Types].xml": "<a/>", "word/document.xml": f"<w:document {wordfile.W}><w:body>%s</w:body></w:document>"}

    def document(content: str, front: str = "") -> bytes:
        return wordfile.packed({**parts, "word/document.xml": front + parts["word/document.xml"] % content})

    odt = opendocument("<text:p>A</text:p>")
    return {
        "bomb": ("a.docx", document(paragraph(" " * (66 << 20))), "MiB"),
        "ratio": ("a.docx", document(paragraph("a" * (8 << 20))), "MiB"),
        "members": ("a.docx", wordfile.packed({**parts, **{f"word/{i}.xml": "" for i in range(10_001)}}), "members"),
        "external entity": (
            "a.docx",
            document(paragraph("&x;"), '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
            "document type",
        ),
        "entity bomb": ("a.docx", document(paragraph("&j;"), LAUGHS), "document type"),
        "wide document type": (
            "a.docx",
            wordfile.packed({**parts, "word/document.xml": f"{LAUGHS}<a>&j;</a>".encode("utf-16")}),
            "document type",
        ),
        "broken XML": ("a.docx", document("<w:p>"), "broken XML"),
        "deep XML": ("a.docx", document("<w:p>" * 50_000 + "</w:p>" * 50_000), "broken XML"),
        "cut off": ("a.docx", good[: len(good) // 2], "not whole"),
        "no document": ("a.docx", wordfile.packed({"hello.txt": "hi"}), "no Word document"),
        "no text": ("a.docx", word(paragraph("")), "without text"),
        "no paragraph": ("a.docx", document(""), "without text"),
        "OpenDocument, broken": ("a.odt", odt.replace(b"content.xml", b"cantent.xml"), "without a text document"),
        "OpenDocument, empty": ("a.odt", opendocument("<text:p/>"), "without text"),
        "OpenDocument, entities": (
            "a.odt",
            wordfile.packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": f"{LAUGHS}<a>&j;</a>"}),
            "document type",
        ),
        "spreadsheet": (
            "a.ods",
            wordfile.packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
            "without a text document",
        ),
        "OpenDocument, chart": (
            "a.odt",
            wordfile.packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": CONTENT % ("chart", "", "chart")}),
            "without a text document",
        ),
        "OpenDocument, encrypted": (
            "a.odt",
            wordfile.packed(
                {
                    "mimetype": "application/vnd.oasis.opendocument.text",
                    "content.xml": bytes(range(99)),
                    "META-INF/manifest.xml": "<manifest:encryption-data/>",
                }
            ),
            "encrypted",
        ),
        "zip, encrypted": ("a.docx", entries(good, "<H", 8, lambda flags: flags | 1), "encrypted"),
        "zip, longer than it is": ("a.docx", entries(good, "<L", 24, lambda size: size + 9), "damaged"),
        "deep page": ("a.html", b"<div>" * 100_000 + b"<p>x", "deep"),
        "page left open": ("a.html", b"<b><i><u><s>" * 100 + b"<div>x</div>" * 5_200, "left open"),
        "page without text": ("a.html", b"<html><script>x</script></html>", "without text"),
        "sheet of old": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "old Office"),
        "encrypted": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    }


@pytest.mark.parametrize("kind", sorted(hostile()))
def test_hostile_files_are_refused_with_the_reason(kind: str) -> None:
    name, data, word_of_reason = hostile()[kind]
    begin = time.process_time()
    with pytest.raises(InputError, match=word_of_reason) as caught:
        source(data, name)
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    assert time.process_time() - begin < 5


def test_the_command_refuses_and_goes_on(shell: Shell) -> None:
    name, data, word_of_reason = hostile()["entity bomb"]
    (shell.folder / name).write_bytes(data)
    (shell.folder / "good.docx").write_bytes(word(paragraph("1. One.")))
    before = shell.state()
    one_error(shell("parse", name), name, word_of_reason, "hint")
    both = shell("parse", name, "good.docx", "--jsonl")
    assert both.code == 2
    assert both.out.count("\n") == 1
    assert shell.state() == before, "nothing is written"


def test_a_doubled_part_is_refused() -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import io
        import zipfile

        out = io.BytesIO(word(paragraph("1. One.")))
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(InputError, match="2 parts named"):
        source(out.getvalue())


def test_names_of_members_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    parts = {
        "../out.txt": "x",
        "word/_rels/document.xml.rels": "",
        "word/document.xml": f"<w:document {wordfile.W}><w:body>{paragraph('1. One.')}</w:body></w:document>",
    }
    del parts["word/_rels/document.xml.rels"]
    assert text(wordfile.packed(parts)) == "1. One.\n"
    unrelated = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/thumbnail" Target="a.png"/></Relationships>'
    assert text(wordfile.packed({**parts, "_rels/.rels": unrelated})) == "1. One.\n", "no relation names the main part"
    assert not list(tmp_path.iterdir())
    assert not (tmp_path.parent / "out.txt").exists()


@pytest.mark.parametrize(("module", "data", "name", "extra"), [
    ("lxml", word(paragraph("1. One.")), "a.docx", "docx"),
    ("lxml", opendocument("<text:p>A</text:p>"), "a.odt", "odt"),
    ("selectolax.lexbor", b"<html><p>x</html>", "a.html", "html"),
])  # fmt: skip
def test_a_missing_library_is_named_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, module: str, data: bytes, name: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ExtraError) as caught:
        source(data, name)
    assert f"tipreport[{extra}]" in (caught.value.hint or "")


# Old formats --------------------------------------------------------------------------------------------------------

RTF = rb"{\rtf1\ansi {\*\listtable}\pard\sa120 I. Introduction\par 1. The Working Group on the Smuggling of Migrants met in Vienna in 2018.{\super\chftn}{\footnote{\super\chftn} See A/1.}\par 2. The meeting was closed by the Chair.\par}"


@needs_office
def test_old_files_are_read_through_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    report = read(str(path))
    assert [one.number for one in report.paragraphs] == ["1", "2"]
    assert report.paragraphs[1].text == "The meeting was closed by the Chair."
    assert report.source.media_type == "application/rtf"
    assert os.listdir(tmp_path) == ["a.rtf"]


def test_without_libreoffice_the_error_says_so(shell: Shell) -> None:
    (shell.folder / "a.rtf").write_bytes(RTF)
    one_error(shell("parse", "a.rtf", env={"PATH": str(shell.folder)}), "a.rtf", "LibreOffice", "not installed", "hint")


def test_an_old_word_file_asks_for_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="is an old Word file, which LibreOffice has to convert, and it is not installed"):
        source(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc")


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tipreport.markup import office

    fake = tmp_path / "soffice"
    fake.write_text("#!/bin/sh\nsleep 60 &\necho $! > $(dirname $0)/child\nwait\n")
    fake.chmod(0o755)
    monkeypatch.setattr("tipreport.markup.office.shutil.which", lambda _name: str(fake))
    monkeypatch.setattr(office, "SECONDS", 0.5)
    with pytest.raises(InputError, match="longer"):
        source(RTF, "a.rtf")
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        stat = Path(f"/proc/{child}/stat")
        if not stat.exists() or stat.read_text().split(") ")[1][0] == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the child still runs")


def test_a_program_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails = shutil.which("false")
    monkeypatch.setattr("tipreport.markup.office.shutil.which", lambda _name: fails)
    with pytest.raises(InputError, match="cannot convert"):
        source(RTF, "a.rtf")


# A real document ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not REPORTS or not Path(REPORTS, "E_RES_2018_7.docx").exists(), reason="no real Word document at hand")
def test_a_real_resolution() -> None:
    path = str(Path(REPORTS or "", "E_RES_2018_7.docx"))
    found = inputs.open_source(path)
    assert len(found.layout.notes) == 16
    assert len(found.layout.marks) == 32
    report = read(path)
    assert report.masthead.symbol == "E/RES/2018/7"
    assert (report.masthead.job_number or "").startswith("18-11248")
    assert [one.number for one in report.paragraphs if one.number] == [str(number) for number in range(1, 12)]
    (seventh,) = [one for one in report.paragraphs if one.number == "7"]
    assert [point.label for point in seventh.points] == list("abcdefghijklmnopqrs")
    assert {one.mark: one.paragraph for one in report.footnotes}["16"] == "1"
    assert [one.mark for one in report.footnotes] == [str(number) for number in range(1, 17)]


def test_the_table_of_conversions_is_one_command() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/benchmarks/converted.py")], env={**os.environ, "PATH": "/nowhere"}, capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "not installed" in done.stdout
