"""Pages, marks of footnotes and what else a reader saw: kept by the index, counted on by a merger, told with a hit."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from command import SAMPLES, Shell
from test_hostile import TEXT, page, pdf, stream
from tipreport import api
from tipreport.config import Config
from tipreport.index import build, held, store
from tipreport.index.rows import rows
from tipreport.index.texts import pack_seen, unpack_seen
from tipreport.index.verify import verify
from tipreport.loading import Loaded
from tipreport.merge.report import merged
from tipreport.model import Record, Report, Span
from tipreport.search.engine import search
from tipreport.search.hits import hits
from tipreport.search.request import Request
from tipreport.select import units
from tipreport.spans import Layout, Source

FINAL = "wg4-final-report.txt"
REMARKS = (("input/encoding", "byte 7 is not UTF-8; read as cp1252"),)


def paged(name: str = FINAL, every: int = 40) -> Source:
    """A specimen as a reader of printed pages would give it: a page has ``every`` lines and a running head, which is furniture."""
    text, pages, furniture = "", [], []
    for number, line in enumerate((SAMPLES / name).read_text("utf-8").splitlines(keepends=True)):
        if number % every == 0:
            pages.append(len(text))
            furniture.append((len(text), len(text) + len("V.21-00017")))
            text += "V.21-00017\n\n"
        text += line
    headings = tuple((at, at + len(title)) for title in ("I. Introduction", "II. Recommendations") if (at := text.find(title)) >= 0)
    layout = Layout(pages=tuple(pages), furniture=tuple(furniture), headings=headings, marks=((300, 301),))
    return Source(text, name=name, media_type="application/pdf", encoding="binary", sha256="ab" * 32, notes=REMARKS, layout=layout)


def indexed(*sources: Source) -> sqlite3.Connection:
    """An index in memory of sources."""
    connection = store.memory()
    made = []
    for source in sources:
        report = api.parse_source(source)
        task = build.Task(f"/{source.name}", Config())
        made.append(build.Made(task, 1, 1, source.sha256, rows(report, source.text, Config(), source)))
    build.insert_all(connection, made)
    return connection


def spans(thing: object) -> list[Span]:
    """All spans of a thing of the model."""
    if isinstance(thing, Span):
        return [thing]
    if isinstance(thing, tuple):
        return [span for one in thing for span in spans(one)]
    if isinstance(thing, Record):
        return [span for name in thing.__dataclass_fields__ for span in spans(getattr(thing, name))]  # type: ignore[attr-defined]
    return []


LAYOUTS = {
    "nothing": Source("1. One."),
    "pages alone": Source("a\fb", layout=Layout(pages=(0, 2))),
    "one page": Source("a", layout=Layout(pages=(0,))),
    "all": Source(
        "x" * 90,
        notes=REMARKS,
        layout=Layout((0, 30), ((3, 4), (10, 12)), ((40, 50),), ((0, 2), (30, 33)), ((5, 9), (9, 12), (60, 61))),
    ),
    "ranges that overlap": Source("x" * 90, layout=Layout(marks=((5, 50), (8, 9), (70, 71)))),
    "remarks alone": Source("1. One.", notes=(*REMARKS, ("text/invisible", "é \x1b \ud800 “x”"))),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_the_reader_told_is_packed_and_comes_back(name: str) -> None:
    source = LAYOUTS[name]
    packed = pack_seen(source)
    assert (packed is None) == (name == "nothing")
    assert unpack_seen(packed) == (source.layout, source.notes)


def test_a_layout_takes_little_room() -> None:
    """A thousand pages with ten marks each: some bytes a place."""
    marks = tuple((at, at + 1) for at in range(100, 3_000_000, 301))
    packed = pack_seen(Source("", layout=Layout(pages=tuple(range(0, 3_000_000, 3_000)), marks=marks)))
    assert packed is not None
    assert len(packed) < 3 * len(marks)


def test_a_report_parsed_again_from_the_index_is_the_same() -> None:
    source = paged()
    report = api.parse_source(source)
    with closing(indexed(source)) as connection:
        again = held.source_in(connection, 1)
        for name in Source.__slots__:
            if not name.startswith("_"):
                assert getattr(again, name) == getattr(source, name), name
        assert held.report_in(connection, 1, Config()) == Loaded(report, source.text)
        assert [fault for fault in verify(connection, "memory") if "have no file" not in fault] == []
    assert any(remark.message == REMARKS[0][1] for remark in report.diagnostics)
    assert max(span.page or 0 for span in spans(report)) > 3, "a specimen of several pages"


@pytest.mark.parametrize("wrong", ["NULL", "x'00'", "x'789c030000000001'", "(SELECT seen FROM texts WHERE report_id = 2)"])
def test_verify_finds_a_layout_that_is_not_the_one_written(wrong: str) -> None:
    with closing(indexed(paged(), paged("wg4-draft-addendum.txt", 30))) as connection:
        connection.execute(f"UPDATE texts SET seen = {wrong} WHERE report_id = 1")
        faults = [fault for fault in verify(connection, "memory") if "have no file" not in fault]
    assert len(faults) == 1
    assert faults[0].startswith("CTOC/COP/WG.4/2021/29: ")


@pytest.mark.parametrize("query", ["trafficking", None])
def test_a_hit_tells_its_page(query: str | None) -> None:
    """That of the first place found, as every place found has its own; the page of the object where no word was asked for."""
    source = paged()
    by_id = {unit.id: unit for unit in units(api.parse_source(source))}
    met = set()
    with closing(indexed(source)) as connection:
        answer = search(connection, Request(query, limit=None))
        for hit in hits(connection, answer):
            own = by_id[hit["id"]].spans
            assert hit["page"] == (hit["matches"][0]["page"] if query else own[0].page)
            for match in hit["matches"]:
                assert match["page"] in {span.page for span in own}
                assert match["page"] == source.page(match["start"])
                assert source.text[match["start"] : match["end"]].lower().startswith("traffick")
            met.add(hit["page"])
    assert len(met) > 3


@pytest.mark.parametrize("second", [True, False])
def test_pages_are_counted_on_from_part_to_part(second: bool) -> None:
    """Behind a part without pages they begin with 1."""
    first, other = paged(), paged("wg4-draft-addendum.txt", 20)  # an addendum without a number comes last
    if not second:
        first.layout = Layout()
    parts = [Loaded(api.parse_source(one), one.text) for one in (first, other)]
    alone = merged([parts[1]]).report
    before = len(first.layout.pages)
    whole = merged(parts).report
    assert merged_pages(whole) == [*merged_pages(parts[0].report), *(page + before for page in merged_pages(alone))]


def merged_pages(report: Report) -> list[int]:
    """The pages of the blocks in the order of the text; 0 is left out."""
    found = sorted((span.start, span.page) for block in report.blocks for span in block.spans if span.page)
    return [page for _, page in found]


def test_pages_from_a_file_through_the_commands(shell: Shell) -> None:
    """A real file of two pages: search over it and over an index give its pages, and the index parses it again as it was."""
    second = page().replace(b"4 0 R", b"7 0 R")
    text = TEXT.replace(b"1. The meeting was opened", b"2. The meeting was closed")
    pages = {2: b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>", 6: second, 7: stream(text)}
    (shell.folder / "a.pdf").write_bytes(pdf(pages))
    assert shell("parse", "a.pdf", "--what", "paragraphs", "--json").out.count('"page": 2') > 0
    given = [json.loads(line) for line in shell("search", "meeting", "a.pdf", "--jsonl", "--limit", "0").out.splitlines()]
    assert shell.line("tipreport index add a.pdf --index x.db").code == 0
    held = [json.loads(line) for line in shell("search", "meeting", "--index", "x.db", "--jsonl", "--limit", "0").out.splitlines()]
    for found in (given, held):
        assert {hit["id"]: (hit["page"], hit["matches"][0]["page"]) for hit in found if "id" in hit} == {"para-1": (1, 1), "para-2": (2, 2)}
    (shell.folder / "a.pdf").unlink()
    again = shell("parse", "--index", "x.db", "--what", "paragraphs", "--json", "a.pdf")
    assert again.code == 0
    assert again.out.count('"page": 2') > 0
