"""What is fuzzed: for each format the inputs to begin with, how they are changed, and what must hold of each.

A target raises where something does not hold. ``TipreportError`` is an answer: the command line tells it in one line.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from functools import cache
from typing import Any, NamedTuple

from checks import check_report
from fuzz import mutators, seeds
from fuzz.edits import SAMPLES, Original, examine, examine_findings, originals
from tipreport import akn, api, registry
from tipreport.config import Config, load
from tipreport.diff.compare import KINDS, compare
from tipreport.diff.record import record as change_record
from tipreport.diff.units import Side
from tipreport.errors import InputError, TipreportError
from tipreport.evaluation import compare as scoring
from tipreport.evaluation import gold
from tipreport.exporters import Options, Sheet, View
from tipreport.index import build, store
from tipreport.inputs import decode, pdf
from tipreport.linting.engine import check, chosen, rules
from tipreport.loading import is_saved, loaded
from tipreport.markup import office
from tipreport.model import Report
from tipreport.quotation.article import quotations
from tipreport.quotation.check import check as verdict
from tipreport.quotation.passages import Passages
from tipreport.quotation.record import Recorder
from tipreport.search import engine
from tipreport.search.hits import hits
from tipreport.search.request import Request, encodable
from tipreport.spans import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

_ENCODINGS = (None, None, None, "utf-8", "cp1252", "utf-16", "latin-1", "utf-7", "shift_jis", "idna", "punycode", "no-such")
_WRITTEN = ("json", "jsonl", "markdown", "akn", "csl_json", "ris", "bibtex", "json_ld", "marc", "txt")
_NAMES = ("a.txt", "a.pdf", "a.docx", "a.odt", "a.html", "a.doc", "a.rtf", "a", "a.md", "a.json", "-")
_PATTERN_SECONDS = 2.0  # of a search, for its regular expressions
_MOST_FINDINGS = 40


class Target(NamedTuple):
    """A format.

    Args:
        seeds: inputs to begin with.
        mutate: how they are changed.
        run: what is done with one; it raises where something does not hold.
    """

    seeds: Callable[[], Iterator[bytes]]
    mutate: mutators.Mutator
    run: Callable[[bytes], None]


def _whole(source: Source) -> None:
    """What holds of every document that is read."""
    report = api.parse_source(source)
    check_report(report, f"\ufeff{source.text}")  # a second mark at the beginning is text
    examine_findings(source, check(report, source, Config(), rules(), path=source.name)[:_MOST_FINDINGS])


def text(data: bytes) -> None:
    """Plain text, in any encoding."""
    encoding = _ENCODINGS[len(data) % len(_ENCODINGS)]
    _whole(registry.load("inputs", "text").read(data, "a.txt", encoding))


def document(name: str) -> Callable[[bytes], None]:
    """A document of another form, by the reader of the ending of its name."""
    reader = name.rpartition(".")[2]

    def run(data: bytes) -> None:
        _whole(registry.load("inputs", reader).read(data, name, None))

    return run


def pages(data: bytes) -> None:
    """PDF, in this process: what its library does to it is the business of ``tipreport.guard``."""
    _whole(pdf._read(data, "a.pdf"))


def sniffed(data: bytes) -> None:
    """Any bytes under any name; LibreOffice is not asked."""
    name = _NAMES[len(data) % len(_NAMES)]
    kept = office.word_document, pdf.read
    office.word_document, pdf.read = _refuse, _read  # type: ignore[assignment]  # what they would do takes processes
    try:
        source = decode(data, name)
        if not is_saved(source):
            _whole(source)
    finally:
        office.word_document, pdf.read = kept


def _read(data: bytes, name: str, _encoding: str | None) -> Source:
    return pdf._read(data, name)


def _refuse(_data: bytes, _suffix: str, name: str, what: str) -> bytes:
    raise InputError(name, f"is {what}")


def _held() -> tuple[Original, ...]:
    return originals()


def _used(report: Report) -> None:
    """A report that was read back does all that a parsed one does."""
    again = Report.from_json(report.to_json())
    assert again == report, "saved anew it is another report"
    assert registry.load("exporters", "tree").render(report, View()) is not None
    for name in _WRITTEN:
        for part in registry.load("exporters", name).write(iter([Sheet(report)]), Options()):
            assert part is not None, name
    for change in compare(_held()[2].side, Side(report), KINDS).changes:
        json.dumps(change_record(change))


def saved(data: bytes) -> None:
    """A saved report, as JSON or lines of it, or Akoma Ntoso."""
    source = decode(data, "a.json")
    if is_saved(source):
        _used(loaded(source, Config()).report)


def akoma(data: bytes) -> None:
    """Akoma Ntoso."""
    _used(akn.read(data))


@contextlib.contextmanager
def _file(data: bytes, name: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(data)
        yield path


def _configured(data: bytes, name: str = "tipreport.toml") -> tuple[dict[str, Any], Config]:
    with _file(data, name) as path:
        found = load(path)
    config = Config(
        profile=found.get("profile"),  # type: ignore[arg-type]  # checked when it was read
        symbol=found.get("symbol"),  # type: ignore[arg-type]
        tables=found.get("tables", ()),  # type: ignore[arg-type]
        corrections=found.get("corrections", ()),  # type: ignore[arg-type]
    )
    return found, config


def corrections(data: bytes) -> None:
    """Corrections, made in the sample that they name."""
    _, config = _configured(data)
    names = {one.report for one in config.corrections}
    for one in [one for one in _held() if one.name in names] or _held()[2:3]:
        report = api.parse(one.text, name=one.name, config=config)
        assert Report.from_json(report.to_json()) == report
        check_report(report, one.text)


def configuration(data: bytes) -> None:
    """Settings, own tables, the choice of rules."""
    found, config = _configured(data, "pyproject.toml" if b"[tool" in data else "tipreport.toml")
    one = _held()[len(data) % len(_held())]
    hash(config)
    source = Source(one.text, name=one.name)
    report = api.parse_source(source, config)
    check_report(report, one.text)
    wanted: Any = found.get("check", {})
    which = chosen(wanted.get("select", ()), wanted.get("ignore", ()))
    examine_findings(source, check(report, source, config, which, path=one.name))


def gold_facts(data: bytes) -> None:
    """Gold facts, scored against the samples."""
    with _file(data, "gold.json") as path:
        facts = gold.load(path)
    one = _held()[len(data) % len(_held())]
    named = next((other for other in _held() if other.name == facts["report"]), one)
    for slack in (0.0, scoring.SLACK):
        for report in (named.side.report, None):
            for score in scoring.compare(report, facts, slack=slack).values():
                assert 0 <= score.precision <= 1
                assert 0 <= score.recall <= 1
                [str(fact) for fact in (*score.missed, *score.extra)]


@cache
def _index() -> sqlite3.Connection:
    connection = store.memory()
    folder = os.path.abspath(SAMPLES)
    build.insert_all(connection, [build.make(build.Task(os.path.join(folder, one.name), Config())) for one in _held()])
    engine._SECONDS = _PATTERN_SECONDS
    return connection


def query(data: bytes) -> None:
    """The language of search."""
    connection = _index()
    wanted = Request(query=encodable(data.decode("utf-8", "surrogateescape")), limit=10, stem=len(data) % 4 == 0)
    answer = engine.search(connection, wanted)
    for hit in hits(connection, answer):
        json.dumps(hit)


def article(data: bytes) -> None:
    """An article whose quotations are verified."""
    connection = _index()
    whole = decode(data, "a.md").text
    passages = Passages(connection, None)
    recorder = Recorder(passages)
    found = quotations(whole)
    for one in found:
        assert 0 <= one.start < one.end <= len(whole), f"{one} is out of the text"
    for one in found[:12]:
        json.dumps(recorder.record(one.text, verdict(passages, one.text, one.around)))


def edits(data: bytes) -> None:
    """A text read, checked by all rules, and compared with a sample."""
    of = _held()[len(data) % len(_held())]
    examine(of, data.decode("utf-8", "surrogateescape"), twice=len(data) % 5 == 0)


TARGETS: dict[str, Target] = {
    "text": Target(seeds.texts, mutators.lines, text),
    "check and diff": Target(seeds.texts, mutators.lines, edits),
    "pdf": Target(seeds.pdfs, mutators.numbers, pages),
    "docx": Target(seeds.words, mutators.packed, document("a.docx")),
    "odt": Target(seeds.odts, mutators.packed, document("a.odt")),
    "html": Target(seeds.pages, mutators.markup, document("a.html")),
    "any bytes": Target(seeds.olds, mutators.lines, sniffed),
    "saved report": Target(seeds.saved, mutators.values, saved),
    "akoma ntoso": Target(seeds.akns, mutators.markup, akoma),
    "corrections": Target(seeds.corrections, mutators.settings, corrections),
    "configuration": Target(seeds.configs, mutators.settings, configuration),
    "gold facts": Target(seeds.golds, mutators.values, gold_facts),
    "query": Target(seeds.queries, mutators.lines, query),
    "quotations": Target(seeds.articles, mutators.lines, article),
}


def examined(name: str, data: bytes) -> bool:
    """Run one input; whether it was read (False: it was refused by an error of ours).

    Raises:
        Exception: whatever else, which is a find.
    """
    try:
        TARGETS[name].run(data)
    except TipreportError:
        return False
    return True
