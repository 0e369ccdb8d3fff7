"""PDF through real files: pages set by a PDF library, read by the command, held against what was set."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from checks import check_report
from command import ROOT, Shell
from tipreport import api
from tipreport.inputs import decode
from tipreport.spans import Source

WIDTH, HEIGHT = 595, 842
ROMAN, BOLD = "Times-Roman", "Times-Bold"
LINE = 12
SPEAKERS = "17. Statements were made by the representatives of Chile, Iraq"
CUT = "18. The Working Group held a discussion on the protection of witnesses, and"
REST = "several speakers described national programmes for that purpose."


class Sheet:
    """A PDF file in the making."""

    def __init__(self, **options: Any) -> None:
        self.into = io.BytesIO()
        self.canvas = Canvas(self.into, pagesize=(WIDTH, HEIGHT), invariant=1, **options)

    def put(self, x: float, y: float, text: str, size: float = 10, font: str = ROMAN) -> Sheet:
        """A row of letters."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)
        return self

    def lines(self, x: float, y: float, *texts: str, size: float = 10, font: str = ROMAN) -> Sheet:
        """Rows one below the other."""
        for number, text in enumerate(texts):
            self.put(x, y - number * LINE, text, size, font)
        return self

    def marked(self, x: float, y: float, before: str, mark: str, after: str) -> Sheet:
        """A row with the mark of a footnote in it."""
        wide = self.canvas.stringWidth(before, ROMAN, 10)
        self.put(x, y, before).put(x + wide, y + 4, mark, 6)
        return self.put(x + wide + self.canvas.stringWidth(mark, ROMAN, 6), y, after)

    def note(self, y: float, mark: str, text: str) -> Sheet:
        """A footnote at the foot of the page."""
        return self.put(113, y + 3, mark, 6).put(122, y, text, 8.5)

    def edges(self, number: int) -> Sheet:
        """The running head and the folio."""
        return self.put(480 if number % 2 else 57, 790, "CTOC/COP/WG.9/2031/4", 9, BOLD).put(
            525 if number % 2 else 57, 40, f"{number}/4", 9
        )

    def turn(self) -> Sheet:
        """End the page."""
        self.canvas.showPage()
        return self

    def bytes(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self.into.getvalue()


def specimen() -> bytes:
    """Four pages in the manner of Vienna; the masthead in two columns is drawn last, a note stands before the text of its page."""
    sheet = Sheet()
    sheet.put(57, 90, "V.31-04766 (E)", 9).put(113, 560, "Working Group on Trafficking in Persons", 12, BOLD)
    sheet.lines(113, 545, "Vienna, 9–11 March 2031").put(113, 500, "Report on the meeting of the Working Group on", 14, BOLD)
    sheet.put(113, 484, "Trafficking in Persons held in Vienna", 14, BOLD)
    sheet.put(120, 790, "United Nations", 13).put(430, 790, "CTOC/COP/WG.9/2031/4", 10)
    sheet.lines(120, 750, "Conference of the Parties to the", "United Nations Convention against", "Transnational Organized Crime", size=11)
    sheet.lines(400, 751, "Distr.: General", "22 March 2031", "Original: English").turn()
    sheet.edges(2).note(70, "1", "The delegation spoke at a later meeting as well.")
    sheet.put(80, 740, "II. Deliberations", 14, BOLD).put(80, 712, "A. Protection of witnesses", 12, BOLD)
    sheet.put(113, 690, "16. At its 2nd meeting, on 9 March 2031, the Working Group considered agenda item 2.")
    sheet.marked(113, 672, SPEAKERS, "1", " and the non-").lines(
        113, 660, "signatory State Tunisia, as well as by the observer for the Holy See."
    )
    sheet.put(113, 642, "Recent experience", 10, BOLD).put(113, 624, CUT).turn()
    sheet.edges(3).put(113, 740, REST).put(113, 722, "19. The Chair thanked all speakers in 2031.").turn()
    sheet.edges(4).put(80, 740, "B. Adoption of the report", 12, BOLD).put(113, 718, "20. The report was adopted on 11 March 2031.").turn()
    return sheet.bytes()


@pytest.fixture(name="pdf", scope="module")
def _pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(specimen())
    return path


@pytest.fixture(name="source", scope="module")
def _source() -> Source:
    return decode(specimen(), "report.pdf")


def told(path: Path, shell: Shell) -> dict[str, Any]:
    """The report as the command prints it."""
    done = shell("parse", str(path), "--json")
    assert done.code == 0, done.err
    report: dict[str, Any] = json.loads(done.out)
    return report


def test_all_of_it(pdf: Path, shell: Shell, source: Source) -> None:
    """Masthead, sections, paragraphs, speakers and the footnote of a made report, each with its page."""
    report = told(pdf, shell)
    head = report["masthead"]
    assert head["symbol"] == "CTOC/COP/WG.9/2031/4"
    assert head["organ"] == "Conference of the Parties to the United Nations Convention against Transnational Organized Crime"
    assert (head["date"], head["distribution"], head["original_language"]) == ("2031-03-22", "General", "English")
    assert (head["meeting_start"], head["meeting_end"], head["job_number"]) == ("2031-03-09", "2031-03-11", "V.31-04766 (E)")
    assert head["title"] == "Report on the meeting of the Working Group on Trafficking in Persons held in Vienna"
    assert [(one["label"], one["title"], one["spans"][0]["page"]) for one in report["sections"]] == [
        ("II", "Deliberations", 2),
        ("II.A", "Protection of witnesses", 2),
        ("II.A.recent-experience", "Recent experience", 2),
        ("II.B", "Adoption of the report", 4),
    ]
    texts = {one["number"]: one["text"] for one in report["paragraphs"]}
    assert list(texts) == ["16", "17", "18", "19", "20"]
    assert texts["17"] == f"{SPEAKERS[4:]} and the non-signatory State Tunisia, as well as by the observer for the Holy See."
    assert texts["18"] == f"{CUT[4:]} {REST}"
    cut = next(one for one in report["paragraphs"] if one["number"] == "18")
    assert [span["page"] for span in cut["spans"]] == [2, 3]
    assert {state["id"] for one in report["statements"] for state in one["states"]} >= {"CHL", "IRQ"}
    assert [(one["mark"], one["text"], one["paragraph"]) for one in report["footnotes"]] == [
        ("1", "The delegation spoke at a later meeting as well.", "17")
    ]
    assert report["source"]["media_type"] == "application/pdf"
    check_report(api.parse_source(source), source.text)


def test_layout(source: Source) -> None:
    """Pages begin where they begin; running heads and folios are furniture, marks and notes are told."""
    text, layout = source.text, source.layout
    assert [text[at - 1 : at] for at in layout.pages] == ["", "\f", "\f", "\f"]
    furniture = [text[a:b] for a, b in layout.furniture]
    assert furniture == ["CTOC/COP/WG.9/2031/4", "2/4", "CTOC/COP/WG.9/2031/4", "3/4", "CTOC/COP/WG.9/2031/4", "4/4"]
    assert [text[a:b] for a, b in layout.notes] == ["1 The delegation spoke at a later meeting as well."]
    assert [text[a - 4 : b] for a, b in layout.marks] == ["Iraq1", text[layout.notes[0][0] - 4 : layout.notes[0][0] + 1]]
    assert text.index(SPEAKERS) < layout.notes[0][0] < text.index("2/4"), "the note stands behind the text of its page"
    assert "19. The Chair" in [line[:13] for line in text.split("\n")]


def test_text_is_what_offsets_count_in(pdf: Path, shell: Shell, source: Source) -> None:
    """``--to text`` prints the text that the spans count in."""
    text = shell("parse", str(pdf), "--to", "text").out
    assert text == source.text
    report = told(pdf, shell)
    for one in report["paragraphs"]:
        printed = " ".join(text[span["start"] : span["end"]] for span in one["spans"])
        assert re.sub(r"\s+", "", printed) == re.sub(r"\s+", "", one["text"])


def test_the_same_twice(pdf: Path, shell: Shell) -> None:
    """Two runs give the same bytes; standard input and a wrong ending make no difference."""
    first = told(pdf, shell)
    piped = shell("parse", "-", "--json", stdin=pdf.read_bytes())
    again = json.loads(piped.out)
    assert {**first, "source": None} == {**again, "source": None}
    assert "page" in json.dumps(again["paragraphs"])


def test_columns_of_names() -> None:
    """Three columns of names, each drawn from top to bottom, are read one after the other."""
    sheet = Sheet()
    for column, names in enumerate((["Albania", "Algeria"], ["Chile", "China"], ["Zambia", "Zimbabwe"])):
        sheet.lines(60 + 160 * column, 700, *names)
    text = decode(sheet.turn().bytes(), "x.pdf").text
    assert re.findall(r"\w+", text) == ["Albania", "Algeria", "Chile", "China", "Zambia", "Zimbabwe"]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_turned_pages(turned: int) -> None:
    """A page that is shown turned is read as it is seen."""
    sheet = Sheet()
    sheet.canvas.setPageRotation(turned)
    sheet.canvas.saveState()
    x, y, angle = {90: (WIDTH, 0, 90), 180: (WIDTH, HEIGHT, 180), 270: (0, HEIGHT, 270)}[turned]
    sheet.canvas.translate(x, y)
    sheet.canvas.rotate(angle)
    sheet.lines(100, 400, "1. First row of the paragraph that", "goes on here.").put(100, 360, "2. Second paragraph.")
    sheet.canvas.restoreState()
    text = decode(sheet.turn().bytes(), "x.pdf").text
    assert text.split() == ["1.", "First", "row", "of", "the", "paragraph", "that", "goes", "on", "here.", "2.", "Second", "paragraph."]
    assert "\n\n2. Second" in text, "a blank line parts paragraphs"


def test_pages_without_text() -> None:
    """A page of pictures among others is told; the rest is read."""
    sheet = Sheet()
    sheet.put(100, 700, "1. The session was opened.").turn()
    sheet.canvas.rect(10, 10, 100, 100, fill=1)
    sheet.turn().put(100, 700, "2. The session was closed.").turn()
    report = api.parse_source(decode(sheet.bytes(), "x.pdf"))
    assert [one.number for one in report.paragraphs] == ["1", "2"]
    assert [one.spans[0].page for one in report.paragraphs] == [1, 3]
    assert [one.message for one in report.diagnostics if one.code == "input/page"] == ["page 2 is without text, perhaps pictures"]


def _picture() -> bytes:
    sheet = Sheet()
    sheet.canvas.rect(10, 10, 100, 100, fill=1)
    return sheet.turn().bytes()


def _encrypted() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return Sheet(encrypt=StandardEncryption("secret", ownerPassword="secret", canPrint=0)).put(100, 700, "1. Text.").turn().bytes()


def _no_pages() -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"), 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % table


REFUSED = {
    "picture": (_picture, "without text", "OCR"),
    "encrypted": (_encrypted, "encrypted", "without a password"),
    "no-pages": (_no_pages, "without a page", ""),
    "cut": (lambda: specimen()[:400], "damaged", "fetch it again"),
    "noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged", "fetch it again"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read(name: str, shell: Shell, tmp_path: Path) -> None:
    """One line on standard error with the reason, a hint, status 2; the other file is read."""
    make, reason, hint = REFUSED[name]
    bad, good = tmp_path / "bad.pdf", tmp_path / "good.txt"
    bad.write_bytes(make())
    good.write_text("1. The session was opened.\n", encoding="utf-8")
    done = shell("parse", str(bad), str(good), "--jsonl")
    assert done.code == 2
    assert "Traceback" not in done.err
    assert reason in done.err
    assert hint in done.err
    assert len(done.out.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["bad.pdf", "good.txt"]


def test_without_the_library(tmp_path: Path, shell: Shell) -> None:
    """Where PDFium is not installed, the error names the line that installs it."""
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "pypdfium2.py").write_text("raise ImportError('blocked')\n", encoding="utf-8")
    path = tmp_path / "a.pdf"
    path.write_bytes(specimen())
    done = shell("parse", str(path), env={"PYTHONPATH": str(blocked)})
    assert done.code == 2
    assert "reading PDF needs the extra 'pdf'" in done.err
    assert "pip install 'tipreport[pdf]'" in done.err
    assert ROOT.is_dir()
