"""What fuzzing begins with: the samples, and small documents of every form that the readers know."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from checks import units as units_of
from fuzz.edits import SAMPLES, originals
from tipreport import akn
from tipreport.corrections import objects, short_hash
from tipreport.evaluation.gold import made
from wordfile import ODF, counted, level, numbering, opendocument, paragraph, run, word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = SAMPLES.parent / "tests/languages"
SHORT = 4500  # characters of the samples that are cut
_NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
_NOTES = '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> A note.</w:t></w:r></w:p></w:footnote>'
_STYLES = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
_TABLE = "<w:tbl>" + "<w:tr>" + "".join(f"<w:tc>{paragraph(one)}</w:tc>" for one in ("State", "Share")) + "</w:tr>" + "</w:tbl>"
_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_LISTS = '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>'


def texts() -> Iterator[bytes]:
    """Samples whole and in part, other languages, other encodings."""
    for path in sorted(SAMPLES.glob("*.txt")):
        data = path.read_bytes()
        yield data
        yield data[len(data) // 3 :][:SHORT]
        yield data[:1200].decode("utf-8", "ignore").encode("utf-16")
        yield data[:1200].decode("utf-8", "ignore").encode("cp1252", "replace")
        yield data[-1500:].replace(b"\n", b"\r\n")
    for path in sorted(LANGUAGES.glob("*.txt")):
        yield path.read_bytes()[:SHORT]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8")[:SHORT].splitlines() if line.strip()]


def _escaped(text: str) -> str:
    return re.sub(r"[&<>]", " ", text)


def words() -> Iterator[bytes]:
    """Word documents: the samples as paragraphs, then lists, notes, tables, fields, heads of pages."""
    for path in sorted(SAMPLES.glob("*.txt")):
        yield word("".join(paragraph(_escaped(line)) for line in _lines(path)))
    forms = numbering(level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "upperRoman", "%3"))
    body = (
        paragraph("Introduction", '<w:pStyle w:val="H1"/>') + counted("One.", 1) + counted("Two.", 1, 1) + counted("Three", 1, 2) + _TABLE
        + paragraph(run("1. Noted") + _NOTE + run(" so.", "<w:b/><w:vertAlign w:val='superscript'/>"))
        + paragraph(_FIELD + run("7") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "<w:pageBreakBefore/>")
        + '<w:p><w:ins><w:r><w:t>put in</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:br w:type="page"/></w:r></w:p>'
        + "<w:sdt><w:sdtContent>" + paragraph("Box") + "</w:sdtContent></w:sdt>"
    )  # fmt: skip
    yield word(body, {"numbering": forms, "styles": _STYLES, "footnotes": _NOTES, "header1": paragraph("A/AC.905/1")})


def odts() -> Iterator[bytes]:
    """OpenDocument texts, likewise."""
    for path in sorted(SAMPLES.glob("*.txt")):
        yield opendocument("".join(f"<text:p>{_escaped(line)}</text:p>" for line in _lines(path)))
    body = (
        '<text:h text:outline-level="1">Introduction</text:h><text:list text:style-name="L"><text:list-item><text:p>One.</text:p><text:list><text:list-item>'
        "<text:p>Deep</text:p></text:list-item></text:list></text:list-item></text:list><table:table><table:table-row><table:table-cell>"
        "<text:p>State</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table><text:p>Noted"
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>'
        '<text:s text:c="3"/>so<text:tab/><text:line-break/><text:span>on</text:span></text:p><text:section><text:p>In.</text:p></text:section>'
    )
    assert ODF
    yield opendocument(
        body, _LISTS, "", '<style:master-page style:name="Standard"><style:header><text:p>A/1</text:p></style:header></style:master-page>'
    )


def pages() -> Iterator[bytes]:
    """HTML and XHTML."""
    for path in sorted(SAMPLES.glob("*.txt")):
        yield ("<html><body>" + "".join(f"<p>{_escaped(line)}</p>" for line in _lines(path)) + "</body></html>").encode()
    yield (
        b'<!DOCTYPE html><html><head><meta charset="utf-8"><title>T</title><style>p{}</style></head><body><h1>Report</h1><ol start="3" type="a"><li>One'
        b'<ul><li>two</ul><li value="9">three</ol><table><tr><th>State<td rowspan="2" colspan="3">Share</table><p>Noted<sup><a href="#f1" id="r1">1</a></sup>'
        b'<pre>  1. A\n  2. B</pre><div hidden>no</div><br>on<hr><p id="f1"><a href="#r1">1</a> A note.</p><script>x</script><!-- c --></body></html>'
    )
    yield (
        b'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>1. One<br/>two</p><ol><li>A</li></ol></body></html>'
    )


def pdfs() -> Iterator[bytes]:
    """PDF files, uncompressed so that what they draw can be changed."""
    from test_pdf import Sheet, specimen

    yield specimen()
    yield Sheet(pageCompression=0).lines(80, 740, "I. One", "1. Two.", "2. Three.").turn().bytes()
    for path in sorted(SAMPLES.glob("*.txt"))[:4]:
        sheet = Sheet(pageCompression=0)
        rows = _lines(path)[:60]
        for first in range(0, len(rows), 30):
            sheet.edges(first // 30 + 1).lines(80, 740, *rows[first : first + 30]).note(70, "1", "A note.").turn()
        yield sheet.bytes()
    yield (
        Sheet(pageCompression=0)
        .marked(80, 700, "1. One", "1", " more")
        .note(60, "1", "A note.")
        .put(80, 300, "a      b", 9)
        .put(300, 300, "c")
        .turn()
        .bytes()
    )


def olds() -> Iterator[bytes]:
    """The heads of old files, and of everything else, for what tells them apart."""
    yield b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(100)
    yield b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    yield b"{\\rtf1\\ansi 1. One.\\par 2. Two.}"
    yield from (
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"%PDF-1.4",
        b"\x1f\x8b\x08",
        b"<html>",
        b"\xff\xfe<\0h\0t\0m\0l\0>\0",
        b"\xef\xbb\xbf1. One.",
        b"\0\0\0\0",
    )
    for every in (words, odts, pages, texts):
        yield next(iter(every()))[:4096]


@cache
def _saved() -> tuple[bytes, ...]:
    return tuple(one.side.report.to_json().encode() for one in originals())


def saved() -> Iterator[bytes]:
    """Saved reports, one of each sample; two as lines."""
    yield from _saved()
    yield b"\n".join(_saved()[:2])
    small = {**json.loads(_saved()[2]), "blocks": [], "references": []}
    yield json.dumps(small).encode()


def akns() -> Iterator[bytes]:
    """Akoma Ntoso of each sample."""
    for one in originals():
        yield akn.write(one.side.report, one.text).encode()


def corrections() -> Iterator[bytes]:
    """Rows for some objects of each sample, with their fields."""
    fields = {
        "recommendation": 'number = "6"\nsection = "II"\nkind = "paragraph"\ntopics = ["children"]\nmodality = "should"\nadd = ["CHL"]\n',
        "paragraph": 'number = "6 bis"\nkind = "recommendation"\nagenda_items = ["2"]\ndrop = ["CHL"]\nreplace = { CHL = "NOR" }\n',
        "section": 'label = "III"\ntitle = "New"\ncontinued = true\n', "masthead": 'symbol = "A/1/2"\ndate = "2020-02-28"\n',
        "panellist": 'name = "Ann Lee"\nstate = "CHL"\nposition = "Head"\n', "point": 'label = "z"\ndrop = true\n',
        **dict.fromkeys(("statement", "attendance"), 'capacity = "observer"\nadd = ["CHL"]\ndrop = ["CHL"]\ncount = 3\n'),
    }  # fmt: skip
    for one in originals():
        rows, seen = [], dict.fromkeys(fields, 0)
        for thing in objects(one.side.report):
            seen[thing.kind] = seen.get(thing.kind, 0) + 1
            if seen[thing.kind] > 2:
                continue
            head = f"[[corrections]]\nreport = {json.dumps(one.name)}\nid = {json.dumps(thing.id)}\n"
            hashed = short_hash(one.text, thing.value.spans)
            rows += [f'{head}text = "{hashed}"\n{field}\n' for field in fields[thing.kind].splitlines()]
        yield "\n".join(rows).encode()
        yield from ("\n".join(rows[first : first + 3]).encode() for first in range(0, len(rows), 3))  # one fault refuses all rows


def golds() -> Iterator[bytes]:
    """Gold facts: those of the samples, and what the tool makes of them."""
    for path in sorted(SAMPLES.glob("*.facts.json")):
        yield path.read_bytes()
    for one in originals():
        facts = made(one.side.report, one.name)
        yield json.dumps({**facts, "kinds": facts["to_check"]}).encode()


def configs() -> Iterator[bytes]:
    """Settings and own tables."""
    yield (
        b'profile = "generic"\nencoding = "utf-8"\nsymbol = "A/1/2"\ncolor = "never"\njobs = 2\nindex = "x.db"\n[check]\nselect = ["all"]\nignore = ["style"]\n'
        b'[[topics]]\nid = "debt"\nlabel = "Debt bondage"\npatterns = "debt bondage;bonded labou?r*"\n[[organizations]]\nid = "LSI"\nname = "La Strada"\n'
        b'acronym = "LSI"\ntype = "ngo"\nvariants = "Strada;La S."\n[[states]]\nid = "CL"\nvariants = "Chilean Republic"\n[[instruments]]\nid = "X"\n'
        b'name = "The Ferry Accord"\nvariants = "Accord"\n[[addressees]]\nid = "ports"\nname = "Ports"\npatterns = "ports should;harbours"\n'
    )
    yield b'[tool.tipreport]\nprofile = "wg_trafficking"\n[tool.tipreport.check]\nselect = ["heading/gap"]\n'
    yield b'profile = "periodic_review"\n'


QUERIES = (
    "victims", '"non punishment"', "victim* AND (police OR NOT courts)", "NEAR(witness protection, 5)", "/traffick\\w+/ training", "states parties -x",
    '"a b"* c', "NOT NOT x", "((a))", 'NEAR(a "b c")', "/(a|b)+c/ OR /x{1,40}/", "\u201cquoted\u201d", "non-punishment", "A/AC.905/1", "1 2 3 AND 4",
)  # fmt: skip


def queries() -> Iterator[bytes]:
    """Queries."""
    yield from (one.encode() for one in QUERIES)


def articles() -> Iterator[bytes]:
    """Articles that quote the samples in all ways."""
    for one in originals():
        units = [unit.text for unit in units_of(one.side.report)][:6]
        forms = (
            "He said \u201c{}\u201d.",
            "> {}\n\n\u2014 A/1, para. 2",
            'As "{}" shows, and \u2018some [of it] ... went\u2019.',
            "```\n{}\n```\n\u00ab{}\u00bb",
        )
        parts = [forms[number % len(forms)].replace("{}", text[number * 3 :][:200]) for number, text in enumerate(units)]
        yield ("# An article\n\n" + "\n\n".join(parts)).encode()
