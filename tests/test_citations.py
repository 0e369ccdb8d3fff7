"""Citations and catalogue records, read back by programs of others: what the masthead says comes out, and nothing else."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import warnings
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command import ROOT, SAMPLES, SECONDS, Shell, environment
from tipreport import api, registry
from tipreport.catalogue import Entry, Keys, clean, date_parts, entries, entry
from tipreport.exporters import Options, Sheet
from tipreport.exporters.bibtex import escaped
from tipreport.exporters.json_ld import CONTEXT
from tipreport.exporters.marc import LEADER, fixed
from tipreport.inputs import open_source
from tipreport.language import name as language_name
from tipreport.model import Masthead, Report
from tipreport.select import units

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

REAL = os.environ.get("TIPREPORT_REPORTS")
PATHS = sorted(SAMPLES.glob("*.txt")) + (sorted(Path(REAL).glob("*.txt")) if REAL else [])
FORMS = ("bibtex", "ris", "csl_json", "marc", "json_ld", "catalogue")
HOSTILE = 'A {b} c} \\d %e $f #g &h _i ~j ^k <script>l</script> | m ]]> "n" \x1b[31m \ud800 \uffff\r\nTY  - JOUR\r\nER  - \u2028 \u202e o'


@cache
def parsed(path: Path) -> Report:
    """A report."""
    return api.parse(open_source(str(path)).text, name=path.name)


def sample(name: str) -> Report:
    return parsed(SAMPLES / f"{name}.txt")


def written(form: str, *reports: Report, narrowed: bool = False) -> str:
    """Reports in a form."""
    return "".join(registry.load("exporters", form).write((Sheet(one, None, narrowed) for one in reports), Options()))


def headed(report: Report, **fields: str | None) -> Report:
    """The report with another masthead."""
    return replace(report, masthead=replace(report.masthead, **fields))  # type: ignore[arg-type]


FINAL = sample("wg4-final-report")
DRAFT = sample("wg4-draft-addendum")
every_report = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem[:30])


# Fields of @techreport in BibTeX (btxdoc, 3.1) and of @report in the data model of biblatex, and what the reader adds.
BOTH = {
    "kind", "key", "author", "title", "institution", "type", "number", "year", "month", "date", "language", "keywords", "annote", "note", "url",
}  # fmt: skip

# Readers -----------------------------------------------------------------------------------------------------


def bibtex(text: str) -> list[dict[str, str]]:
    """Entries as bibtexparser reads them, LaTeX taken back to signs by pylatexenc."""
    bibtexparser = pytest.importorskip("bibtexparser")
    latex2text = pytest.importorskip("pylatexenc.latex2text")
    from bibtexparser.middlewares import LatexDecodingMiddleware

    # Signs that pylatexenc has no words for.
    names = {"textless": "<", "textgreater": ">", "textbar": "|", "textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    context = latex2text.get_default_latex_context_db()
    context.add_context_category("signs", prepend=True, macros=[latex2text.MacroTextSpec(name, sign) for name, sign in names.items()])
    decoder = latex2text.LatexNodes2Text(latex_context=context, keep_braced_groups=False, strict_latex_spaces=True)
    plain = bibtexparser.parse_string(text)
    assert not plain.failed_blocks
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware(decoder=decoder)])
    assert not library.failed_blocks
    urls = [one.fields_dict["url"].value if "url" in one.fields_dict else None for one in plain.entries]
    out = []
    for one, url in zip(library.entries, urls, strict=True):
        fields = {field.key: field.value for field in one.fields}
        out.append({"key": one.key, "kind": one.entry_type, **fields, **({"url": url} if url else {})})
    return out


def ris(text: str) -> list[dict[str, Any]]:
    """References as rispy reads them."""
    rispy = pytest.importorskip("rispy")
    found: list[dict[str, Any]] = rispy.loads(text)
    assert not [one for one in found if "unknown_tag" in one]
    return found


def marc(text: str) -> list[Any]:
    """Records as pymarc reads them."""
    pymarc = pytest.importorskip("pymarc")
    return list(pymarc.parse_xml_to_array(io.BytesIO(text.encode("utf-8"))))


def graph(text: str) -> Any:
    """Triples as rdflib reads them; it has no network here, and needs none."""
    rdflib = pytest.importorskip("rdflib")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its reader uses a class of its own that is to go
        return rdflib.Graph().parse(data=text, format="json-ld")


def subfields(record: Any, tag: str, code: str) -> list[str]:
    return [value for field in record.get_fields(tag) for value in field.get_subfields(code)]


# Every report in every form ----------------------------------------------------------------------------------


@every_report
def test_bibtex(path: Path) -> None:
    found = entry(parsed(path))
    (one,) = bibtex(written("bibtex", parsed(path)))
    assert one["kind"] == "techreport"
    assert one["key"] == Keys().key(found)
    assert one["title"] == found.heading
    assert one.get("number") == found.symbol
    assert one.get("author") == (found.body or found.organ)
    assert one.get("date") == found.date
    assert one.get("year") == (found.date[:4] if found.date else None)
    assert one.get("url") == found.link
    assert one.get("annote") == (f"Meeting: {found.meeting.line}" if found.meeting else None)
    assert set(one) <= BOTH, "biber refuses fields that its data model does not give a report"
    assert all(one.values()), "no empty field"


@every_report
def test_ris(path: Path) -> None:
    found = entry(parsed(path))
    text = written("ris", parsed(path))
    assert re.fullmatch(r"(?:(?:[A-Z][A-Z0-9]  - [^\r\n]*)?\r\n)+", text)
    assert text.startswith("TY  - RPRT\r\n") and text.endswith("ER  - \r\n")
    (one,) = ris(text)
    assert one["type_of_reference"] == "RPRT"
    assert one["title"] == found.heading
    assert one.get("issn") == found.symbol, "SN is the report number of RPRT"
    assert one.get("authors", []) == ([f"{found.author},"] if found.author else [])
    assert one.get("date", "").strip("/").replace("/", "-") == (found.date or "")
    assert one.get("urls", [None]) == [found.link]
    assert one.get("keywords", []) == [topic.label for topic in found.topics]


@every_report
def test_csl_json(path: Path) -> None:
    found = entry(parsed(path))
    (one,) = json.loads(written("csl_json", parsed(path)))
    check_csl(one)
    assert one["title"] == found.heading
    assert one.get("number") == found.symbol
    assert one.get("author", []) == ([{"literal": found.author}] if found.author else [])
    assert one.get("issued", {}).get("date-parts", []) == ([list(map(int, found.date.split("-")))] if found.date else [])
    days = [list(map(int, day.split("-"))) for day in (found.meeting.days if found.meeting else ())]
    assert one.get("event-date", {}).get("date-parts", []) == days
    assert one.get("URL") == found.link


@every_report
def test_marc(path: Path) -> None:
    found = entry(parsed(path))
    text = written("marc", parsed(path))
    (record,) = marc(text)
    check_marc(record)
    assert record.get_fields("001")[0].data == Keys().key(found)
    assert subfields(record, "245", "a") == [found.title or f"[{found.name}]"]
    assert subfields(record, "245", "b") == ([found.subtitle] if found.subtitle else [])
    for tag in ("191", "086"):
        assert subfields(record, tag, "a") == ([found.symbol] if found.symbol else [])
    assert subfields(record, "264", "c") == ([found.date] if found.date else [])
    assert subfields(record, "856", "u") == ([found.link] if found.link else [])
    assert subfields(record, "650", "a") == [topic.label for topic in found.topics]
    assert bool(record.get_fields("110", "111")) == bool(found.author)
    assert str(record.get_fields("245")[0].indicator1) == str(int(bool(found.author)))


@every_report
def test_json_ld(path: Path) -> None:
    report = parsed(path)
    found = entry(report)
    made = graph(written("json_ld", report))
    from rdflib import RDF, Literal, URIRef
    from rdflib.namespace import SDO

    (node,) = made.subjects(RDF.type, SDO.Report)
    assert str(node) == found.link if found.link else not isinstance(node, URIRef)
    assert (node, SDO.identifier, Literal(found.name)) in made
    assert [str(one) for one in made.objects(node, SDO.reportNumber)] == ([found.symbol] if found.symbol else [])
    assert {str(made.value(part, SDO.identifier)) for part in made.objects(node, SDO.hasPart)} == {u.id for u in report.recommendations}
    for unit in report.recommendations:
        (part,) = [one for one in made.subjects(SDO.identifier, Literal(unit.id)) if (node, SDO.hasPart, one) in made]
        assert str(made.value(part, SDO.text)) == unit.text
        assert str(made.value(part, SDO.name)) == unit.cite
    check_vocabulary(made)


@every_report
def test_catalogue(path: Path) -> None:
    """Every field of the masthead that is known stands in the record, and no label stands without a value."""
    report = parsed(path)
    text = written("catalogue", report)
    assert re.fullmatch(r"(?:(?:[A-Z][A-Za-z ]{0,18} {1,18}| {20})\S.*\n)+", text)
    flat = re.sub(r"\s+", " ", text)
    for name in Masthead.__dataclass_fields__:
        value = getattr(report.masthead, name)
        if name == "language":
            value = language_name(value) if "Language of text" in text else None
        if name != "spans" and value:
            assert (clean(value) or "") in flat, name
    assert f"{len(report.recommendations):,} recommendation" in flat or not report.recommendations


# What a form may hold ----------------------------------------------------------------------------------------

# CSL 1.0.2, appendix IV: dates are parts, names are lists, the rest is text.
_DATE = {
    "type": "object", "additionalProperties": False, "required": ["date-parts"],
    "properties": {"date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": {
        "type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}}},
}  # fmt: skip
_NAMES = {
    "type": "array", "minItems": 1,
    "items": {"type": "object", "required": ["literal"], "additionalProperties": False, "properties": {"literal": {"type": "string", "minLength": 1}}},
}  # fmt: skip
_TEXTS = (
    "id", "authority", "publisher", "title", "genre", "number", "status", "event-title", "event-place", "language", "keyword", "locator",
    "note", "URL",
)  # fmt: skip
CSL_ITEM = {
    "type": "object", "additionalProperties": False, "required": ["id", "type", "title", "genre"],
    "properties": {
        "type": {"const": "report"}, "author": _NAMES, "issued": _DATE, "event-date": _DATE,
        **{name: {"type": "string", "minLength": 1} for name in _TEXTS},
    },
}  # fmt: skip


def check_csl(item: Any) -> None:
    """An item fits the schema, and every name in it is a variable that the language has."""
    pytest.importorskip("jsonschema").validate(item, CSL_ITEM)
    citeproc = pytest.importorskip("citeproc")
    rules = (Path(citeproc.__file__).parent / "data/schema/schemas/styles/csl-variables.rnc").read_text("utf-8")
    variables = set(re.findall(r'"([\w-]+)"', rules)) | {"id", "type"}
    assert set(item) <= variables


def check_marc(record: Any) -> None:
    """Lengths, codes and order that hold of every record."""
    assert str(record.leader) == LEADER
    assert re.fullmatch(r"\d{5}nam a22\d{5}3c 4500", LEADER) and len(LEADER) == 24
    (fixed_field,) = record.get_fields("008")
    assert re.fullmatch(
        r"000000(?:e\d{4}(?:0[1-9]|1[0-2])(?:\d\d|  )|s\d{4}    |nuuuuuuuu)xx \|{4}\|[o|]\|{4}[i|][1|]\|\| 0\|(?:[a-z]{3}) u",
        fixed_field.data,
    )
    assert len(fixed_field.data) == 40
    assert [len(one.data) for one in record.get_fields("007")] in ([], [14])
    tags = [field.tag for field in record.fields]
    assert tags == sorted(tags)
    for tag in ("001", "008", "040", "245"):
        assert tags.count(tag) == 1
    assert tags.count("110") + tags.count("111") <= 1
    assert all(re.fullmatch("[ 0-9]", str(sign)) for f in record.fields if not f.is_control_field() for sign in f.indicators)
    assert all(one.value.strip() for f in record.fields if not f.is_control_field() for one in f.subfields)
    assert record.as_marc(), "it is written in the form of exchange too"


ELI = "http://data.europa.eu/eli/ontology#"
ELI_TERMS = {
    "LegalResource", "LegalResourceSubdivision", "LegalExpression", "id_local", "date_document", "is_realized_by", "has_part", "language",
    "title", "number",
}  # fmt: skip


def check_vocabulary(made: Any) -> None:
    """Every property and class is one of schema.org (as rdflib lists them) or of ELI; every date is one."""
    from rdflib import RDF, Literal
    from rdflib.namespace import SDO

    for _, predicate, thing in made:
        for term in (predicate, thing) if predicate == RDF.type else (predicate,):
            assert term == RDF.type or term in SDO or str(term).removeprefix(ELI) in ELI_TERMS, term
        if isinstance(thing, Literal) and str(thing.datatype) in {str(SDO.Date), "http://www.w3.org/2001/XMLSchema#date"}:
            assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", str(thing))


# Facts of one report -----------------------------------------------------------------------------------------


def test_marc_of_a_working_group() -> None:
    (record,) = marc(written("marc", FINAL))
    assert record.get_fields("008")[0].data == "000000e20210322xx |||||o||||i1|| 0|eng u"
    assert subfields(record, "110", "b") == ["Working Group on Trafficking in Persons"]
    assert subfields(record, "110", "a")[0].startswith("Conference of the Parties to the United Nations Convention")
    assert subfields(record, "710", "c") == ["Vienna"] == subfields(record, "518", "p")
    assert subfields(record, "710", "d") == ["2021-03-09/2021-03-11"]
    assert subfields(record, "546", "a") == ["Original: English"]


def test_marc_of_a_conference() -> None:
    (record,) = marc(written("marc", sample("cop-decisions")))
    (field,) = record.get_fields("111")
    assert field.get_subfields("n", "c", "j") == ["Third session", "Kathmandu", "issuing body"]
    assert not record.get_fields("110", "710")
    (committee,) = marc(written("marc", sample("conference-footnotes-annex")))
    assert committee.get_fields("110") and not committee.get_fields("111"), "a committee that prepares a conference is none"


@pytest.mark.parametrize(
    ("fields", "indicator", "text", "original", "coded"),
    [
        ({"original_language": "English", "job_number": "V.21-01234 (E)"}, "0 ", ["eng"], [], "eng"),
        ({"original_language": "French", "job_number": "V.21-01234 (E)"}, "1 ", ["eng"], ["fre"], "eng"),
        ({"original_language": "Chinese", "job_number": "GE.25-00231(F)"}, "1 ", ["fre"], ["chi"], "fre"),
        ({"original_language": "Arabic/English", "job_number": None}, "1 ", ["eng"], ["ara", "eng"], "eng"),
        ({"original_language": None, "language_note": "Spanish only"}, "  ", ["spa"], [], "spa"),
        ({"original_language": None, "language_note": None}, "  ", ["eng"], [], "eng"),
        ({"original_language": "Klingon", "language_note": None}, "  ", ["eng"], [], "eng"),
    ],
)
def test_three_languages_are_told_apart(
    fields: dict[str, str | None], indicator: str, text: list[str], original: list[str], coded: str
) -> None:
    (record,) = marc(written("marc", headed(FINAL, **fields)))
    (field,) = record.get_fields("041")
    assert "".join(field.indicators) == indicator
    assert (field.get_subfields("a"), field.get_subfields("h")) == (text, original)
    assert record.get_fields("008")[0].data[35:38] == coded


def test_a_text_of_which_nothing_tells_the_language() -> None:
    bare = replace(FINAL, recommendations=(), paragraphs=(), panellists=(), statements=())
    report = headed(bare, language_note=None, job_number=None, title="Rapport du Groupe de travail", original_language="English")
    assert entry(report).language is None
    (record,) = marc(written("marc", report))
    assert not record.get_fields("041") and record.get_fields("008")[0].data[35:38] == "und"
    assert "inLanguage" not in written("json_ld", report) and "LegalExpression" not in written("json_ld", report)
    assert "language" not in written("csl_json", report)


@pytest.mark.parametrize(
    ("date", "parts", "coded", "stroked"),
    [
        ("2021-03-22", (2021, 3, 22), "e20210322", "2021/03/22/"),
        ("2021-03", (2021, 3), "e202103  ", "2021/03//"),
        ("2021", (2021,), "s2021    ", "2021///"),
        ("2021-02-30", (), "nuuuuuuuu", None),
        ("2021-13", (), "nuuuuuuuu", None),
        ("March 2021", (), "nuuuuuuuu", None),
        ("\u0662\u0660\u0662\u0661", (), "nuuuuuuuu", None),
        (None, (), "nuuuuuuuu", None),
    ],
)
def test_dates_that_are_not_whole(date: str | None, parts: tuple[int, ...], coded: str, stroked: str | None) -> None:
    report = headed(DRAFT, date=date)
    assert date_parts(date) == parts
    assert fixed(entry(report))[6:15] == coded
    assert ris(written("ris", report))[0].get("date") == stroked
    (item,) = json.loads(written("csl_json", report))
    assert item.get("issued") == ({"date-parts": [list(parts)]} if parts else None)
    (one,) = bibtex(written("bibtex", report))
    assert one.get("date") == (date if parts else None)
    assert one.get("month") == ("mar" if len(parts) > 1 else None)
    check_vocabulary(graph(written("json_ld", report)))


def test_subjects_of_a_report_are_what_many_of_its_units_are_on() -> None:
    first, *rest = (replace(unit, topics=()) for unit in FINAL.paragraphs[:21])
    named = (replace(first, topics=("once", "children")), *(replace(unit, topics=("children",)) for unit in rest[:2]), *rest[2:])
    report = replace(FINAL, recommendations=(), paragraphs=named)
    assert [topic.label for topic in entry(report).topics] == ["Children"]
    assert [topic.label for topic in next(entries(report, narrowed=True)).topics] == ["Children", "once"]


def test_nothing_is_invented() -> None:
    """A report that prints nothing of itself has a name, what sort of thing it is, and no more."""
    bare = replace(api.parse("", name="folder/bare.txt"))
    (one,) = bibtex(written("bibtex", bare))
    assert one == {"key": "bare.txt", "kind": "techreport", "title": "[bare.txt]", "type": "Report"}
    assert json.loads(written("csl_json", bare)) == [{"id": "bare.txt", "type": "report", "title": "[bare.txt]", "genre": "Report"}]
    assert set(ris(written("ris", bare))[0]) == {"type_of_reference", "id", "title", "type_of_work"}
    assert written("catalogue", bare) == "Name                bare.txt\nCite as             bare.txt\n"
    (record,) = marc(written("marc", bare))
    assert [field.tag for field in record.fields] == ["001", "008", "040", "245", "336"]
    assert json.loads(written("json_ld", bare))["@graph"] == [{"@type": ["Report", "eli:LegalResource"], "identifier": "bare.txt"}]


def test_states_have_their_codes() -> None:
    made = graph(written("json_ld", FINAL))
    from rdflib import Literal, URIRef
    from rdflib.namespace import SDO

    georgia = URIRef("http://publications.europa.eu/resource/authority/country/GEO")
    assert (georgia, SDO.identifier, Literal("GEO")) in made
    (event,) = made.objects(None, SDO.recordedAt)
    assert len(set(made.objects(event, SDO.performer))) == len(FINAL.panellists)
    attending = {str(made.value(one, SDO.identifier)) for one in made.objects(event, SDO.attendee)} - {"None"}
    named = {state.id for one in (*FINAL.statements, *FINAL.attendance) for state in one.states} - {"EUU"}
    assert attending == named


# Parts of a report -------------------------------------------------------------------------------------------


def narrowed() -> Report:
    """Two recommendations and a paragraph of a report."""
    return replace(FINAL, recommendations=FINAL.recommendations[1:3], paragraphs=FINAL.paragraphs[:1], diagnostics=(), panellists=())


def test_a_chosen_unit_is_an_entry() -> None:
    chosen = narrowed()
    cites = [unit.cite for unit in units(chosen)]
    pinpoints = ["recommendation 2", "recommendation 3", "para. 1"]
    assert [one.chosen.pinpoint for one in entries(chosen, narrowed=True) if one.chosen] == [c.split(", ", 1)[1] for c in cites]
    assert [one["note"] for one in bibtex(written("bibtex", chosen, narrowed=True))] == pinpoints
    assert [one["section"] for one in ris(written("ris", chosen, narrowed=True))] == pinpoints
    items = json.loads(written("csl_json", chosen, narrowed=True))
    assert [(one["locator"], one["note"]) for one in items] == list(zip(pinpoints, cites, strict=True))
    assert [one["key"].rpartition("-29-")[2] for one in bibtex(written("bibtex", chosen, narrowed=True))] == ["rec-2", "rec-3", "para-1"]
    assert len(marc(written("marc", chosen, narrowed=True))) == 1
    (node,) = json.loads(written("json_ld", chosen, narrowed=True))["@graph"]
    assert [part["name"] for part in node["hasPart"]] == cites


def test_a_cite_without_a_symbol() -> None:
    (first, *_) = entries(DRAFT, narrowed=True)
    assert first.chosen is not None
    assert first.chosen.cite == DRAFT.recommendations[0].cite
    assert first.chosen.pinpoint == f"recommendation {DRAFT.recommendations[0].number}"


def test_chosen_objects_that_are_no_units_leave_the_report() -> None:
    empty = replace(FINAL, recommendations=(), paragraphs=())
    assert [one.chosen for one in entries(empty, narrowed=True)] == [None]


# Keys, order, streams ----------------------------------------------------------------------------------------


def test_keys_are_short_names_of_symbols() -> None:
    assert Keys().key(entry(FINAL)) == "CTOC-COP-WG.4-2021-29"
    assert Keys().key(entry(DRAFT)) == "wg-trafficking-2021-03-11-addendum"
    keys = Keys()
    symbols = ["A/71/4", "A-71/4", "a/71/4", "A/71/4-2", "東", "}{%"]
    assert [keys.key(entry(headed(FINAL, symbol=one))) for one in symbols] == [
        "A-71-4", "A-71-4-2", "a-71-4-3", "A-71-4-2-2", "report", "report-2",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("A a/-.é東{}%,#\\~") | st.characters(), max_size=6), max_size=12))
def test_keys_never_meet(names: list[str]) -> None:
    keys = Keys()
    found = [keys.key(BLANK._replace(name=name)) for name in names]
    assert len({key.lower() for key in found}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", key) for key in found)


BLANK = entry(replace(FINAL, masthead=Masthead()))


@pytest.mark.parametrize("form", FORMS)
def test_a_stream_is_read_as_it_is_written(form: str) -> None:
    """Of 2,000 reports no more than one is ahead of what is written; all are written, all keys are different."""
    taken = 0

    def sheets() -> Iterator[Sheet]:
        nonlocal taken
        for number in range(2000):
            taken += 1
            yield Sheet(headed(DRAFT, symbol=None if number % 3 else f"A/{number // 6}/1"))

    small = registry.load("exporters", form).write(sheets(), Options())
    head = 1 if form in {"marc", "json_ld"} else 0
    for count, _ in zip(range(1 + head), small, strict=False):
        assert taken <= count + 1
    written_parts = sum(1 for _ in small)
    assert taken == 2000 and written_parts >= 1999


@pytest.mark.parametrize("form", FORMS)
def test_many_reports_in_one_file(form: str) -> None:
    reports = [parsed(path) for path in PATHS] * 2
    text = written(form, *reports)
    count = {
        "bibtex": lambda: len({one["key"] for one in bibtex(text)}),
        "ris": lambda: len({one["id"] for one in ris(text)}),
        "csl_json": lambda: len({one["id"] for one in json.loads(text)}),
        "marc": lambda: len({record.get_fields("001")[0].data for record in marc(text)}),
        "json_ld": lambda: len(json.loads(text)["@graph"]),
        "catalogue": lambda: len(text.split("\n\n")),
    }
    assert count[form]() == len(reports)


@pytest.mark.parametrize("form", FORMS)
def test_no_report_at_all(form: str) -> None:
    text = written(form)
    if form == "csl_json":
        assert json.loads(text) == []
    elif form == "json_ld":
        assert json.loads(text) == {"@context": CONTEXT, "@graph": []}
    elif form == "marc":
        assert marc(text) == []
    else:
        assert text == ""


def test_the_same_bytes_whatever_the_order_of_hashes(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom tipreport import api, registry\nfrom tipreport.exporters import Options, Sheet\n"
        "sheets = [Sheet(api.parse(Path(p).read_text('utf-8'), name=p)) for p in sys.argv[1:]]\n"
        f"for form in {FORMS!r}:\n    sys.stdout.write(''.join(registry.load('exporters', form).write(iter(sheets), Options())))\n"
    )
    names = ["samples/wg4-final-report.txt", "samples/hrc-session.txt"]
    run = partial(subprocess.run, [sys.executable, "-c", code, *names], cwd=ROOT, capture_output=True, timeout=SECONDS, check=True)
    first, second = (
        run(env={**environment(tmp_path), "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}).stdout for seed in ("1", "2")
    )
    assert first == second and len(first) > 20000


# Hostile texts -----------------------------------------------------------------------------------------------

texts = st.one_of(
    st.none(),
    st.just(HOSTILE),
    st.text(
        st.sampled_from("{}\\%$#&_~^<>|]\"'`@,;=\r\n\t \x00\x1b\x85\u2028\ud800\udfff\ufffe\uffffab1-/é") | st.characters(), max_size=20
    ),
)
mastheads = st.fixed_dictionaries({name: texts for name in Masthead.__dataclass_fields__ if name != "spans"})


def hostile(fields: dict[str, str | None]) -> Report:
    """A report with such texts in its masthead, and in the units too."""
    bad = fields["title"] or HOSTILE
    units_ = tuple(replace(one, id=f"{one.id}{bad}", cite=bad, text=bad, number=bad, topics=(bad,)) for one in FINAL.recommendations[:2])
    people = tuple(replace(one, name=bad, position=bad, organization=bad, honorific=bad) for one in FINAL.panellists[:1])
    return headed(replace(FINAL, recommendations=units_, paragraphs=(), panellists=people), **fields)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(mastheads)
def test_hostile_mastheads_come_out_as_text(fields: dict[str, str | None]) -> None:
    report = hostile(fields)
    found = entry(report)
    folded = partial(re.sub, r"\s+", " ")
    for form in FORMS:
        text = written(form, report)
        assert text.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]", text), form
    (one,) = bibtex(written("bibtex", report))
    assert squeezed(one["title"]) == squeezed(found.heading)
    (item,) = json.loads(written("csl_json", report))
    check_csl(item)
    assert item["title"] == found.heading
    (reference,) = ris(written("ris", report))
    assert folded(reference["title"]).strip() == folded(found.heading).strip()
    (record,) = marc(written("marc", report))
    assert subfields(record, "245", "a") == [found.title or f"[{found.name}]"]
    assert "<" not in written("json_ld", report) + written("csl_json", report)
    (node,) = json.loads(written("json_ld", report))["@graph"]
    assert node.get("name") == found.full_title
    assert len(node["hasPart"]) == 2


def squeezed(text: str) -> str:
    """A text without blanks, which readers of LaTeX fold, and with typewriter signs as those readers make them."""
    for made, sign in (
        ("\u201d", "''"),
        ("\u201c", "``"),
        ("\u2019", "'"),
        ("\u2018", "`"),
        ("\u2014", "---"),
        ("\u2013", "--"),
        ("\u00bf", "?`"),
        ("\u00a1", "!`"),
    ):
        text = text.replace(made, sign)
    return re.sub(r"\s+", "", text)


@given(st.text(max_size=30))
def test_latex_holds_its_braces_and_no_special_sign(text: str) -> None:
    made = escaped(text)
    depth = 0
    for sign in made:  # BibTeX counts every brace
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[%#&_$]|[~^<>|]", made)


def test_hostile_text_is_one_record_for_every_reader() -> None:
    report = hostile(dict.fromkeys((name for name in Masthead.__dataclass_fields__ if name != "spans"), HOSTILE))
    assert len(ris(written("ris", report, FINAL))) == len(bibtex(written("bibtex", report, FINAL))) == 2
    assert len(marc(written("marc", report, FINAL))) == 2
    check_vocabulary(graph(written("json_ld", report)))
    assert "\\x1b[31m \\ud800 \\uffff TY - JOUR ER - \\u2028 \\u202e o" in written("catalogue", headed(FINAL, title=HOSTILE)).replace(
        "\n" + " " * 20, " "
    )


# Other people's programs -------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore")  # it knows the variables of CSL 1.0.1 and says so
def test_a_citation_processor_prints_the_report() -> None:
    citeproc = pytest.importorskip("citeproc")
    source = pytest.importorskip("citeproc.source.json")

    items = json.loads(written("csl_json", FINAL, sample("hrc-session")))
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = citeproc.CitationStylesBibliography(style, source.CiteProcJSON(items), citeproc.formatter.plain)
    made.register(citeproc.Citation([citeproc.CitationItem(item["id"]) for item in items]))
    printed = "\n".join(map(str, made.bibliography()))
    assert "Working Group on Trafficking in Persons (2021) Report on the meeting" in printed
    assert "Report A/HRC/70/92" in printed and "https://undocs.org/en/A/HRC/70/92" in printed


@pytest.mark.parametrize(("form", "flavour"), [("bibtex", "bibtex"), ("bibtex", "biblatex"), ("csl_json", "csljson")])
def test_pandoc_reads_the_same(form: str, flavour: str) -> None:
    from shutil import which

    if not which("pandoc"):
        pytest.skip("pandoc is not installed")
    run = partial(subprocess.run, capture_output=True, timeout=SECONDS, check=True)
    done = run(["pandoc", "-f", flavour, "-t", "csljson"], input=written(form, FINAL).encode())
    (item,) = json.loads(done.stdout)
    (own,) = json.loads(written("csl_json", FINAL))
    for name in ("author", "title", "number", "issued", "genre", "publisher", "URL", "keyword", "type", "id"):
        assert item[name] == own[name], name


def test_the_command_line_writes_them(shell: Shell) -> None:
    source = str(SAMPLES / "wg4-final-report.txt")
    for suffix, form in ((".bib", "bibtex"), (".ris", "ris"), (".csl.json", "csl_json"), (".marcxml", "marc"), (".jsonld", "json_ld")):
        done = shell("export", source, "-o", f"made{suffix}")
        assert done.code == 0, done.err_raw
        assert (shell.folder / f"made{suffix}").read_bytes() == written(form, FINAL).encode()
    done = shell("export", source, "--to", "csl-json", "--what", "recommendations")
    assert [one["locator"] for one in json.loads(done.raw)] == [f"recommendation {one.number}" for one in FINAL.recommendations]


# The table of languages --------------------------------------------------------------------------------------


def test_languages() -> None:
    from tipreport.data import table

    rows = table("languages")
    for name, pattern in {"name": r"[A-Z]\w+", "alpha2": "[a-z]{2}", "alpha3": "[a-z]{3}", "marc": "[a-z]{3}"}.items():
        assert all(re.fullmatch(pattern, row[name]) for row in rows)
        assert len({row[name] for row in rows}) == len(rows)
    assert {row["letter"]: row["name"] for row in rows if row["letter"]} == {
        "A": "Arabic", "C": "Chinese", "E": "English", "F": "French", "R": "Russian", "S": "Spanish",
    }  # fmt: skip
    assert {row["name"] for row in rows if row["marc"] != row["alpha3"]} == {"Chinese", "French", "German"}


def test_every_language_of_a_masthead_is_known() -> None:
    from tipreport.blocks import masthead_fields

    known = {row.lower() for row in masthead_fields._LANGUAGES.split("|")}
    from tipreport.catalogue import _known

    assert known <= set(_known())


def test_an_entry_is_text_on_one_line() -> None:
    for path in PATHS:
        for value in entry(parsed(path)):
            assert not isinstance(value, str) or (value and not re.search(r"[\r\n\t]|^ | $", value))
    assert isinstance(entry(FINAL), Entry)
