"""The six official languages: the language is told, structure is read alike, nothing is lost, names are left to English."""

from __future__ import annotations

import json
import os
import random
from functools import cache
from pathlib import Path

import pytest

from checks import check_report
from tipreport import api, language
from tipreport.inputs import open_source
from tipreport.model import Report

FOLDER = Path(__file__).parent / "languages"
REPORTS = os.environ.get("TIPREPORT_REPORTS")
NAMES = {"ar": "Arabic", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}
# The labels of the chapters and their parts, as each language prints them.
LABELS = {
    "ar": ["أولا", "ثانيا", "ثانيا.ألف", "ثانيا.باء"],
    "es": ["I", "II", "II.A", "II.B"],
    "fr": ["I", "II", "II.A", "II.B"],
    "ru": ["I", "II", "II.А", "II.Б"],  # Cyrillic as printed
    "zh": ["一", "二", "二.一", "二.二"],
}
BODIES = {"ar": "لجنة المنارات", "es": "Comité de Faros", "fr": "Comité des phares", "ru": "Комитет по маякам", "zh": "灯塔委员会"}
SESSIONS = {
    "ar": "الدورة الثانية عشرة",
    "es": "12º período de sesiones",
    "fr": "Douzième session",
    "ru": "Двенадцатая сессия",
    "zh": "第十二届会议",
}
TITLES = {
    "ar": "تقرير عن إشارات الضباب",
    "es": "Informe sobre las señales de niebla",
    "fr": "Rapport sur les signaux de brume",
    "ru": "Доклад о туманных сигналах",
    "zh": "关于雾号的报告",
}


@cache
def parsed(code: str) -> tuple[Report, str]:
    """The specimen in a language and its text."""
    source = open_source(str(FOLDER / f"{code}.txt"))
    return api.parse(source.text, name=f"{code}.txt"), source.text


@pytest.mark.parametrize("code", NAMES)
def test_nothing_is_lost(code: str) -> None:
    """Every character is in one block, none of them unparsed, and every span gives back its text."""
    report, text = parsed(code)
    check_report(report, text)
    assert [block for block in report.blocks if block.kind == "unparsed"] == []


@pytest.mark.parametrize("code", NAMES)
def test_numbers_and_sections(code: str) -> None:
    """Paragraphs, recommendations, sections and the annex are those of the English form."""
    report, _ = parsed(code)
    assert [(one.number, one.section) for one in report.paragraphs] == [
        ("1", LABELS[code][0]),
        ("2", LABELS[code][0]),
        ("3", LABELS[code][2]),
        ("4", LABELS[code][3]),
        ("5", "annex"),
    ]
    assert [one.label for one in report.sections] == [*LABELS[code], "annex"]
    assert [(one.number, one.section) for one in report.recommendations] == [("1", LABELS[code][3])]
    assert [one.kind for one in report.blocks].count("contents") == 1
    assert [one.mark for one in report.footnotes] == ["*"]
    assert not [one for one in report.paragraphs if one.text[0].isdigit()]


@pytest.mark.parametrize("code", NAMES)
def test_masthead(code: str) -> None:
    """Distribution, dates, original language and agenda item are told in the terms of English, names as printed."""
    head = parsed(code)[0].masthead
    assert (head.symbol, head.distribution, head.date) == ("A/AC.905/2021/7", "General", "2021-03-04")
    assert (head.language, head.original_language, head.agenda_item) == (code, "English", "6")
    assert (head.meeting_start, head.meeting_end) == ("2021-02-08", "2021-02-19")
    assert (head.body, head.session, head.title) == (BODIES[code], SESSIONS[code], TITLES[code])


@pytest.mark.parametrize("code", NAMES)
def test_names_are_for_english(code: str) -> None:
    """The diagnostic names the language; nothing of English is looked for."""
    report, _ = parsed(code)
    (told,) = [remark for remark in report.diagnostics if remark.code == "input/language"]
    assert told.message.startswith(f"the text is {NAMES[code]}: ")
    assert told.severity == "warning"
    assert not any(one.mentions or one.topics or one.modality for one in report.recommendations)
    assert not (report.panellists or report.statements or report.references)


def test_english_is_told_without_a_remark() -> None:
    """An English text has its code and no diagnostic of the language."""
    text = "1. The Committee met in the city of the harbour and agreed on the rules for the use of horns in fog.\n"
    report = api.parse(text)
    assert report.masthead.language == "en"
    assert [remark for remark in report.diagnostics if remark.code == "input/language"] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", None),
        ("A/AC.905/2021/7\n", None),
        ("Chile, Egypt, Malta, Peru, Togo, Tonga, Yemen", None),
        ("O comitê reuniu-se na cidade do porto para as eleições e aprovou os documentos das sessões com uma emenda.", "pt"),
        ("Der Ausschuss trat in der Stadt mit den Lotsen zusammen, und die Regeln für das Horn sind von ihm.", "de"),
        ("Il comitato si è riunito nella città del porto per gli esami delle regole e dei segnali con una guida.", "it"),
        ("灯台の委員会は港で会合を開いた。規則はそのままである。", None),
    ],
)
def test_detect(text: str, code: str | None) -> None:
    """What is not told is None, not a guess; languages near to an official one are not taken for it."""
    assert language.detect(text) == code


def test_languages_have_names() -> None:
    """Whatever is detected can be named."""
    assert {language.name(code) for code in ("ar", "de", "en", "es", "fr", "it", "pt", "ru", "zh")} == {
        *NAMES.values(),
        *("English", "German", "Italian", "Portuguese"),
    }


def test_numerals_of_chinese() -> None:
    """From one to ninety-nine; other signs are none."""
    assert [language.chinese(one) for one in ("一", "十", "十一", "二十", "二十三", "九十九", "中", "十中", "")] == [
        1,
        10,
        11,
        20,
        23,
        99,
        0,
        0,
        0,
    ]


@pytest.mark.parametrize("text", ["第一次会议", "附件载有资料。", "المرفق بهذا التقرير", "-5 to 3 degrees", "1-3 نعم"])
def test_not_taken_for_labels(text: str) -> None:
    """Prose that begins as a label does stays prose: it opens no annex and no numbered paragraph."""
    report = api.parse(f"{text}\n")
    assert [one.number for one in report.paragraphs] == [None]
    assert report.sections == ()


@pytest.mark.skipif(not REPORTS, reason="TIPREPORT_REPORTS is not set")
def test_twins_agree() -> None:
    """The French and the English version of one report have the same paragraphs and labelled sections."""
    pytest.importorskip("pypdfium2")
    french, english = (api.read(f"{REPORTS}/A_HRC_WG.6_7_ITA_1.{code}.pdf") for code in ("fr", "en"))
    assert (french.masthead.language, english.masthead.language) == ("fr", "en")
    assert [one.number for one in french.paragraphs] == [one.number for one in english.paragraphs]
    assert len(french.paragraphs) > 130
    labels = [[one.label for one in report.sections if one.number] for report in (french, english)]
    assert labels[0] == labels[1]
    assert french.masthead.symbol == english.masthead.symbol
    assert french.masthead.date == english.masthead.date
    assert (french.masthead.meeting_start, french.masthead.meeting_end) == (english.masthead.meeting_start, english.masthead.meeting_end)


# ---------------------------------------------------------------------- mastheads of first pages, laid out anew
def _head(lines: list[str], gap: str) -> str:
    return gap.join(lines) + "\n\n1. The Secretariat has the honour to transmit the report to the Council.\n"


LINES = [
    "A/HRC/99/7", "United Nations", "General Assembly", "Distr.: General", "3 May 2022", "Original: English", "Human Rights Council",
    "Ninety-ninth session", "2–20 May 2022", "Agenda items 2 and 3", "Annual report of the United Nations High Commissioner",
    "for Human Rights and reports of the Office of the", "High Commissioner and the Secretary-General",
    "Promotion and protection of all human rights, civil,", "political, economic, social and cultural rights,",
    "including the right to development", "Fog signals and the right to a quiet night on coasts and", "islands*", "Note by the Secretariat",
]  # fmt: skip


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n", "\n    "])
@pytest.mark.parametrize("order", ["as printed", "symbol later", "doubled blanks", "capitals"])
def test_title_behind_known_items(gap: str, order: str) -> None:
    """The titles of two items and of the document are told apart in any layout: the wording of the items is known."""
    lines = list(LINES)
    if order == "symbol later":
        lines.insert(2, lines.pop(0))
    elif order == "doubled blanks":
        lines = [line.replace(" ", "  ") for line in lines]
    elif order == "capitals":
        lines[10:16] = [line.upper() for line in lines[10:16]]
    head = api.parse(_head(lines, gap)).masthead
    assert (head.symbol, head.agenda_item, head.body) == ("A/HRC/99/7", "2 and 3", "Human Rights Council")
    assert head.title == "Fog signals and the right to a quiet night on coasts and islands"
    assert head.subtitle == "Note by the Secretariat"


@pytest.mark.parametrize(
    ("lines", "title", "subtitle", "part"),
    [
        (
            ["Letter dated 1 May 2022 from the Permanent Representative of", "Chile addressed to the President of the Council",
             "I have the honour to inform you that my Government is a candidate."],
            "Letter dated 1 May 2022 from the Permanent Representative of Chile addressed to the President of the Council", None, None,
        ),
        (
            ["Norway and Peru: draft resolution", "", "99/... Quiet", "", "The Human Rights Council,", "", "Guided by the Charter,"],
            "Norway and Peru: draft resolution", "99/... Quiet", None,
        ),
        (
            ["Quiet in Norway", "", "Report of the Special Rapporteur", "", "Corrigendum", "", "Paragraph 12", "For silence read quiet"],
            "Quiet in Norway", "Report of the Special Rapporteur", "Corrigendum",
        ),
        (
            ["Report of the Working Group on the Universal Periodic", "Review*", "Norway"],
            "Report of the Working Group on the Universal Periodic Review", "Norway", None,
        ),
        (["Agenda and annotations", "Agenda"], "Agenda and annotations", None, None),
    ],
)  # fmt: skip
def test_kinds_of_title(lines: list[str], title: str, subtitle: str | None, part: str | None) -> None:
    """Letters, draft resolutions, corrigenda, periodic reviews: the title ends where the body begins."""
    head = api.parse(_head([*LINES[:16], "", *lines], "\n")).masthead
    assert (head.title, head.subtitle, head.part) == (title, subtitle, part)


def test_the_body_of_a_symbol() -> None:
    """A head that names no body: the symbol does."""
    head = api.parse("FCCC/SBI/2099/4\n\nDistr.: General\n5 August 2099\nOriginal: English\n\n1. The SBI met.\n").masthead
    assert head.body == "Subsidiary Body for Implementation"
    head = api.parse("X/99/4\n\nDistr.: General\n5 August 2099\nOriginal: English\n\n1. The body met.\n").masthead
    assert head.body is None


def _close(found: str, wanted: str) -> bool:
    """Whether two titles have the same letters, but for a tenth."""
    from difflib import SequenceMatcher

    first, second = ("".join(c for c in text.casefold() if c.isalnum()) for text in (found, wanted))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.9


@pytest.mark.skipif(not REPORTS, reason="TIPREPORT_REPORTS is not set")
@pytest.mark.parametrize("gap", ["", "\n"])
def test_real_first_pages_without_their_blank_lines(gap: str) -> None:
    """Titles of real pages whose blank lines are lost, or stand before every line: of sixty at random nine in ten are right."""
    rows = [json.loads(line) for line in Path(f"{REPORTS}/firstpages.jsonl").read_text("utf-8").splitlines()]
    right = 0
    for row in random.Random(6).sample(rows, 60):
        text = f"\n{gap}".join(line for line in row["text"].split("\n") if line.strip())
        parts = row["title"].split(" - ")
        right += any(_close(api.parse(text).masthead.title or "", one) for one in (row["title"], parts[0], parts[-1]))
    assert right >= 54
