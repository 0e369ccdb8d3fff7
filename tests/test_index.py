"""The corpus index: what the commands do and say, what the file holds, and that nothing short of a hammer breaks it."""

from __future__ import annotations

import ctypes
import json
import os
import random
import re
import resource
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks import solid
from command import SAMPLES, SCRIPT, SECONDS, Result, Shell, environment, inside, one_error, quiet_terminal
from tipreport import api
from tipreport.config import Config
from tipreport.errors import InputError
from tipreport.index import build, store
from tipreport.index.held import source_in
from tipreport.index.rows import rows as rows_of
from tipreport.index.texts import CUT, WHOLE, Unit, pack, source_of, unpack
from tipreport.index.verify import verify
from tipreport.inputs import open_source
from tipreport.model import Paragraph, Point, Recommendation, Report

FINAL, DRAFT, SMALL = "wg4-final-report.txt", "wg4-draft-addendum.txt", "generic-minimal.txt"
ALL = sorted(path.name for path in SAMPLES.glob("*.txt"))
SYMBOL = "CTOC/COP/WG.4/2021/29"  # of FINAL
BAD = b"%PDF-1.4 not text"
# Kinds of objects with a table of their own, and their numbers in ids as documented.
OBJECTS = {
    "recommendations": 1, "paragraphs": 2, "points": 3, "sections": 4, "agenda": 5, "panellists": 6,
    "statements": 7, "attendance": 8, "voices": 9, "references": 10, "footnotes": 11, "decisions": 12,
}  # fmt: skip
HANGING = ("participations", "mentions", "addressees", "topics", "items")
# What SQLite says and a user must not see.
SQL = re.compile(r"sqlite|\bSQL|no such (?:table|column)|malformed|SELECT|disk image|syntax error|database|constraint", re.IGNORECASE)
PROPERTY = settings(
    report_multiple_bugs=False,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def reports(shell: Shell) -> Shell:
    """All samples in a folder ``d``."""
    (shell.folder / "d").mkdir()
    for name in ALL:
        shutil.copy(SAMPLES / name, shell.folder / "d")
    return shell


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of all samples, for reading and copying; the samples lie in ``d`` beside it."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "d").mkdir()
    for name in ALL:
        shutil.copy(SAMPLES / name, folder / "d")
    assert quick("index", "add", str(folder / "d"), "--index", str(folder / "x.db"))[0] == 0
    return folder / "x.db"


def process(shell: Shell, *arguments: str, file: str | None = "x.db", env: dict[str, str | None] | None = None) -> Result:
    """Run ``tipreport index`` as a process, never from memory: these commands write."""
    where = ["--index", file] if file else []
    return shell.line(shlex.join(["tipreport", "index", *arguments, *where]), env=env)


def index(shell: Shell, *arguments: str, file: str = "x.db") -> Result:
    """The same within this process, where many commands make one test."""
    return inside("index", *arguments, "--index", file, folder=shell.folder, env=environment(shell.home))


def quick(*arguments: str) -> tuple[int, str, str]:
    """Run any command within this process: exit status, standard output and error."""
    done = inside(*arguments, env=environment(Path("/nowhere")))
    return done.code, done.out, done.err


def put(shell: Shell, name: str, text: str | bytes) -> str:
    """Write a file of the working folder."""
    path = shell.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def note(result: Result) -> str:
    """What a command that went well said on standard error."""
    assert result.code == 0, (result.code, result.err)
    quiet_terminal(result.err)
    return result.err


def listed(shell: Shell, file: str = "x.db") -> list[dict[str, Any]]:
    """The records of ``index list``."""
    result = index(shell, "list", "--json", file=file)
    assert result.code == 0, result.err
    found: list[dict[str, Any]] = json.loads(result.out)
    return found


def names(shell: Shell, file: str = "x.db") -> list[str]:
    """The file names of the reports in an index."""
    return sorted(os.path.basename(row["path"]) for row in listed(shell, file))


def sound(shell: Shell, file: str = "x.db") -> None:
    """``index verify`` finds nothing."""
    result = index(shell, "verify", file=file)
    assert (result.code, result.out) == (0, ""), (result.out, result.err)
    assert "is whole" in result.err


def plain_line(result: tuple[int, str, str] | Result, *words: str) -> None:
    """Exit status 2 and one plain line with a hint at most, without a word of the engine below."""
    code, err = (result.code, result.err) if isinstance(result, Result) else (result[0], result[2])
    one_error(Result(code, b"", err.encode()), *words)
    assert not SQL.search(err), err


@contextmanager
def opened(path: Path | str) -> Iterator[sqlite3.Connection]:
    """An index as any SQLite tool opens it."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


def everything(path: Path | str, *, stale: bool = False) -> dict[str, list[Any]]:
    """All rows of an index but for ids and times, in an order of their own.

    Args:
        path: of the index.
        stale: leave out ``names``, ``words`` and the count of words, which keep what reports held that have left.
    """
    with opened(path) as connection:
        paths = dict(connection.execute("SELECT id, path FROM reports"))
        called = {number: row for number, *row in connection.execute("SELECT id, kind, name_id FROM names")}

        def placed(ident: int | None) -> Any:
            return None if ident is None else (ident >> 40, paths[(ident >> 20) & 0xFFFFF], ident & 0xFFFFF)

        found: dict[str, list[Any]] = {}
        for name in (*OBJECTS, *HANGING, "reports", "texts", "files", "roots", "names", "words", "meta"):
            if stale and name in {"names", "words", "meta"}:
                continue
            cursor = connection.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in cursor.description]
            table = []
            for row in cursor:
                values = dict(zip(columns, row, strict=True))
                values.pop("modified", None)
                if "report_id" in values:
                    values["report_id"] = paths.get(values["report_id"])
                if name in {"reports", "names"}:
                    del values["id"]
                if name == "mentions":
                    values["name"] = called[values["name"]]
                for column in ("unit_id", "object_id", *(["id"] if name in OBJECTS else [])):
                    if column in values:
                        values[column] = placed(values[column])
                table.append(tuple(values.values()))
            found[name] = sorted(table, key=repr)
    return found


# Properties --------------------------------------------------------------------------------------------------

TEXTS = [open_source(str(SAMPLES / name)).text for name in ALL]
BLOCKS = sorted({block for text in TEXTS for block in re.split(r"\n\s*\n", text) if block.strip()})


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A specimen with some of its blocks lost, doubled or moved, and blocks of others put in."""
    blocks = re.split(r"\n\s*\n", draw(st.sampled_from(TEXTS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(len(blocks) - 1, 0)))
        deed = draw(st.sampled_from(["lose", "double", "move", "other", "odd"]))
        if deed == "lose":
            del blocks[at : at + draw(st.integers(1, 20))]
        elif deed == "double":
            blocks[at:at] = blocks[at : at + 3]
        elif deed == "move" and blocks:
            blocks.insert(draw(st.integers(0, len(blocks) - 1)), blocks.pop(min(at, len(blocks) - 1)))
        elif deed == "other":
            blocks.insert(at, draw(st.sampled_from(BLOCKS)))
        else:
            blocks.insert(at, draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)))
    return "\n\n".join(blocks)


def points_of(points: tuple[Point, ...]) -> Iterator[Point]:
    """Points of every degree, those above first."""
    for point in points:
        yield point
        yield from points_of(point.points)


def expected(report: Report) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables must hold of a report, from nothing but the report; lists are joined as documented."""
    units: list[Recommendation | Paragraph] = [*report.recommendations, *report.paragraphs]

    def at(thing: Any) -> tuple[Any, ...]:
        spans = thing.spans
        return (spans[0].line, spans[0].start, spans[-1].end) if spans else (None, None, None)

    def join(values: Any) -> str | None:
        return "; ".join(values) or None

    found: dict[str, list[tuple[Any, ...]]] = {
        "recommendations": [
            (one.id, one.number, one.section, one.text, one.modality, one.strength, one.verb, join(one.hedges), one.position, one.cite, *at(one))
            for one in report.recommendations
        ],
        "paragraphs": [(one.id, one.number, one.section, one.text, one.cite, *at(one)) for one in report.paragraphs],
        "points": [(unit.id, point.id, point.label, point.text, *at(point)) for unit in units for point in points_of(unit.points)],
        "sections": [(one.label, one.number, one.title, one.level, int(one.continued), *at(one)) for one in report.sections],
        "agenda": [(one.number, one.title, join(one.paragraphs), *at(one)) for one in report.agenda],
        "panellists": [
            (one.name, one.honorific, one.position, one.organization, one.state and one.state.name, one.on_behalf_of and one.on_behalf_of.name,
             join(one.agenda_items), join(one.paragraphs), *at(one))
            for one in report.panellists
        ],
        "voices": [(par.id, one.quantifier, one.noun, one.verb, one.text, *at(one)) for par in report.paragraphs for one in par.voices],
        "references": [(one.kind, one.target, one.as_printed, *at(one)) for one in report.references],
        "footnotes": [(one.mark, one.text, one.paragraph, *at(one)) for one in report.footnotes],
        "decisions": [(one.number, one.title, join(one.paragraphs), *at(one)) for one in report.decisions],
        "addressees": sorted({(unit.id, one.id) for unit in report.recommendations for one in unit.addressees}),
        "topics": sorted({(unit.id, name) for unit in units for name in unit.topics}),
        "mentions": sorted({(unit.id, one.kind, one.id, one.spans[0].start) for unit in units for one in unit.mentions}),
        "items": sorted(
            {(unit.id, item, 0) for unit in report.paragraphs for item in unit.agenda_items}
            | {(unit.id, item, 1) for unit in report.paragraphs for item in unit.agenda_items_inherited if item not in unit.agenda_items}
        ),
    }  # fmt: skip
    taking_part: list[tuple[Any, ...]] = []
    for kind in ("statements", "attendance"):
        found[kind] = [
            (one.paragraph, one.capacity, one.instrument, join(one.agenda_items), one.count, *at(one)) for one in getattr(report, kind)
        ]
        role = "spoke" if kind == "statements" else "attended"
        for one in getattr(report, kind):
            head = (role, one.capacity, join(one.agenda_items), one.paragraph)
            for state in one.states:
                behalf = [state.on_behalf_of] if state.on_behalf_of else []
                group = join(named.id for named in (*behalf, *state.also_on_behalf_of))
                taking_part.append(("state", state.id, state.as_printed, *head, group, None))
            for what in ("organization", "group", "person"):
                taking_part += [(what, named.id, named.as_printed, *head, None, None) for named in getattr(one, f"{what}s")]
    for one in report.panellists:
        head = ("panellist", None, join(one.agenda_items), join(one.paragraphs))
        if one.state:
            taking_part.append(("state", one.state.id, one.state.as_printed, *head, one.on_behalf_of and one.on_behalf_of.id, one.name))
        elif one.on_behalf_of:
            taking_part.append(("group", one.on_behalf_of.id, one.on_behalf_of.as_printed, *head, None, one.name))
        else:
            taking_part.append(("person", one.name, one.name, *head, None, one.name))
    for unit in report.recommendations:
        taking_part += [("state", one.id, one.as_printed, "proposed", None, None, unit.number, None, None) for one in unit.proposed_by]
    found["participations"] = sorted(taking_part, key=repr)
    return found


def stored(connection: sqlite3.Connection, report: int) -> dict[str, list[tuple[Any, ...]]]:
    """The same from the tables, by plain SQL."""
    place = "line, start_offset, end_offset"
    unit = "(SELECT ident FROM recommendations u WHERE u.id = {0} UNION ALL SELECT ident FROM paragraphs u WHERE u.id = {0})"
    of_object = unit.format("object_id")
    cite = "(SELECT v.cite FROM {} v WHERE v.id = u.id)"
    held = "object_id >> 40 IN (1, 2) AND (object_id >> 20) & 1048575 = ?"
    queries = {
        "recommendations": f"SELECT ident, number, section, text, modality, strength, verb, hedges, position, {cite.format('all_recommendations')}, {place} FROM recommendations u",
        "paragraphs": f"SELECT ident, number, section, text, {cite.format('all_paragraphs')}, {place} FROM paragraphs u",
        "points": f"SELECT {unit.format('points.unit_id')}, ident, label, text, {place} FROM points",
        "sections": f"SELECT label, number, title, level, continued, {place} FROM sections",
        "agenda": f"SELECT number, title, paragraphs, {place} FROM agenda",
        "panellists": f"SELECT name, honorific, position, organization, state, on_behalf_of, agenda_items, paragraphs, {place} FROM panellists",
        "statements": f"SELECT paragraph, capacity, instrument, agenda_items, count, {place} FROM statements",
        "attendance": f"SELECT paragraph, capacity, instrument, agenda_items, count, {place} FROM attendance",
        "references": f'SELECT kind, target, as_printed, {place} FROM "references"',
        "footnotes": f"SELECT mark, text, paragraph, {place} FROM footnotes",
        "decisions": f"SELECT number, title, paragraphs, {place} FROM decisions",
    }
    found = {name: connection.execute(f"{query} WHERE report_id = ? ORDER BY id", (report,)).fetchall() for name, query in queries.items()}
    found["voices"] = connection.execute(
        "SELECT p.ident, v.quantifier, v.noun, v.verb, w.text, v.line, v.start_offset, v.end_offset FROM voices v "
        "JOIN paragraphs p ON p.id = v.unit_id JOIN views_voiced w ON w.id = v.id WHERE v.report_id = ? ORDER BY v.id",
        (report,),
    ).fetchall()
    for name, columns, table in (
        ("addressees", "name_id", "addressees"),
        ("topics", "topic", "topics"),
        ("mentions", "kind, name_id, start_offset", "names_mentioned"),
        ("items", "item, inherited", "items"),
    ):
        rows = connection.execute(f"SELECT {of_object}, {columns} FROM {table} WHERE {held}", (report,))
        found[name] = sorted(rows)
    found["participations"] = sorted(
        connection.execute(
            "SELECT kind, name_id, as_printed, role, capacity, agenda_items, paragraph, on_behalf_of, person FROM participations WHERE report_id = ?",
            (report,),
        ).fetchall(),
        key=repr,
    )
    return found


def check_rows(connection: sqlite3.Connection, number: int, report: Report) -> None:
    """The rows of a report are what the parser gave."""
    wanted, got = expected(report), stored(connection, number)
    assert sorted(wanted) == sorted(got)
    for name, rows in wanted.items():
        assert got[name] == rows, f"{name} differ"
    masthead = connection.execute(
        "SELECT symbol, date, body, title, status, place, characters FROM reports WHERE id = ?", (number,)
    ).fetchone()
    m = report.masthead
    assert masthead == (m.symbol or report.source.symbol, m.date, m.body, m.title, m.status, m.place, report.source.characters)


def check_places(connection: sqlite3.Connection, number: int) -> None:
    """Every object's spans give back its text from the stored source, and tell the right line."""
    text = source_of(connection, number)

    def cut(line: int, start: int, end: int, spans: str | None) -> str:
        ranges = [tuple(map(int, one.partition("@")[0].split("-"))) for one in spans.split(",")] if spans else [(start, end)]
        assert (ranges[0][0], ranges[-1][1]) == (start, end)
        assert line == text.count("\n", 0, start) + 1
        return solid("".join(text[low:high] for low, high in ranges))

    place = "line, start_offset, end_offset, spans"
    for name, column in (
        ("recommendations", "text"), ("paragraphs", "text"), ("points", "text"), ("footnotes", "text"), ("references", "as_printed"),
        ("agenda", "title"), ("participations", "as_printed"),
    ):  # fmt: skip
        spoken = " AND role <> 'panellist'" if name == "participations" else ""  # of a panellist the place is that of the State
        for printed, *where in connection.execute(f'SELECT {column}, {place} FROM "{name}" WHERE report_id = ?{spoken}', (number,)):
            if printed:
                assert cut(*where) == solid(printed), f"{name}: {printed!r}"
    for printed, *where in connection.execute(f"SELECT title, {place} FROM sections WHERE report_id = ?", (number,)):
        letters = iter(cut(*where))  # a mark of a footnote may stand among those of the title
        assert all(letter in letters for letter in solid(printed)), f"heading {printed!r}"
    for printed, *where in connection.execute(
        f"SELECT w.text, {', '.join('v.' + one for one in place.split(', '))} FROM voices v JOIN views_voiced w ON w.id = v.id WHERE v.report_id = ?",
        (number,),
    ):
        assert cut(*where) == solid(printed), f"voice {printed!r}"
    for printed, start in connection.execute(
        "SELECT as_printed, start_offset FROM names_mentioned WHERE (object_id >> 20) & 1048575 = ?", (number,)
    ):
        assert printed is None or solid(text[start : start + 40]).startswith(solid(printed)[:2]), f"mention {printed!r}"


def check_ids(connection: sqlite3.Connection) -> None:
    """Every id that stands in a row is that of a row; kinds and reports are read from ids as documented."""
    everybody: set[int] = set()
    reports = {number for (number,) in connection.execute("SELECT id FROM reports")}
    for name, kind in OBJECTS.items():
        for ident, report in connection.execute(f'SELECT id, report_id FROM "{name}"'):
            assert (ident >> 40, (ident >> 20) & 0xFFFFF) == (kind, report), f"{name} {ident} of report {report}"
            assert report in reports
            everybody.add(ident)
    for name in ("points", "voices"):
        for ident, above in connection.execute(f"SELECT id, unit_id FROM {name}"):
            assert above in everybody, f"{name} {ident} hangs on nothing"
            assert above >> 40 in {1, 2}
    for name in HANGING:
        for (ident,) in connection.execute(f"SELECT object_id FROM {name}"):
            assert ident in everybody, f"{name} hang on {ident}, which is nothing"
    lost = "SELECT count(*) FROM mentions WHERE name NOT IN (SELECT id FROM names)"
    assert connection.execute(lost).fetchone() == (0,), "mentions of names that are not there"
    for name, kind, ident in [
        *(("mentions", *row) for row in connection.execute("SELECT DISTINCT kind, name_id FROM names_mentioned")),
        *(("participations", *row) for row in connection.execute("SELECT DISTINCT kind, name_id FROM participations")),
        *(("addressees", "addressee", row[0]) for row in connection.execute("SELECT DISTINCT name_id FROM addressees")),
    ]:
        found = connection.execute("SELECT 1 FROM names WHERE kind = ? AND name_id = ?", (kind, ident)).fetchone()
        assert found, f"{name} name {kind} {ident}, whom nobody knows"
    assert {row[0] for row in connection.execute("SELECT report_id FROM texts")} == reports
    assert {
        row[0] for row in connection.execute("SELECT report_id FROM files WHERE report_id IS NOT NULL")
    } == reports or not connection.execute("SELECT 1 FROM files").fetchone()


@given(st.lists(documents(), min_size=1, max_size=3))
@settings(PROPERTY, max_examples=40)
def test_any_text_is_indexed_as_it_was_parsed(texts: list[str]) -> None:
    """Whatever the text: the rows are what the parser gave, their places give back their words, the index is whole."""
    config = Config()
    connection = store.memory()
    parsed = [api.parse(text) for text in texts]
    made = []
    for place, (text, report) in enumerate(zip(texts, parsed, strict=True)):
        task = build.Task(f"/{place}.txt", config)
        made.append(build.Made(task, len(text), 1, f"{place}", rows_of(report, text.removeprefix("\ufeff"), config)))
    build.insert_all(connection, made)
    for number, report in enumerate(parsed, 1):
        check_rows(connection, number, report)
        check_places(connection, number)
    check_ids(connection)
    faults = verify(connection, "memory")
    assert [fault for fault in faults if "have no file" not in fault] == []


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "copy", "move", "delete", "touch", "spoil", "add", "update", "update", "forget"]),
        st.sampled_from(["a.txt", "b.txt", "sub/a.txt", "sub/deep/c.md", "é.txt"]),
        st.sampled_from(["a.txt", "z.txt", "sub/b.txt", "other/a.txt"]),
        st.integers(0, len(TEXTS) - 1),
    ),
    max_size=14,
)


@given(DEEDS)
@settings(PROPERTY, max_examples=25)
def test_an_updated_index_is_a_fresh_one(deeds: list[tuple[str, str, str, int]]) -> None:
    """Whatever is done to files and index in whatever order: one more update gives what a fresh index of the folder holds."""
    with tempfile.TemporaryDirectory() as base:
        folder, file = Path(base, "d"), os.path.join(base, "x.db")
        folder.mkdir()
        (folder / "first.txt").write_text("1. The first.\n")
        assert quick("index", "add", str(folder), "--index", file)[0] == 0
        for step, (deed, name, other, which) in enumerate(deeds):
            path, to = folder / name, folder / other
            path.parent.mkdir(parents=True, exist_ok=True)
            to.parent.mkdir(parents=True, exist_ok=True)
            if deed == "write":
                path.write_text(TEXTS[which][:1500] + "\n" * step, newline="")
            elif deed == "spoil":
                path.write_bytes(BAD + b"!" * step)
            elif deed == "copy" and path.exists():
                shutil.copy(path, to)
            elif deed == "move" and path.exists():
                path.replace(to)
            elif deed == "delete":
                path.unlink(missing_ok=True)
            elif deed == "touch" and path.exists():
                os.utime(path, (step, step))
            elif deed == "forget":
                quick("index", "remove", str(path), "--index", file)
            elif deed in {"add", "update"}:
                quick("index", *(["add", str(folder)] if deed == "add" else ["update"]), "--index", file)
        code, _, err = quick("index", "update", "--index", file)
        spoilt = [path for path in folder.rglob("*.*") if path.is_file() and path.read_bytes().startswith(BAD)]
        assert code == (2 if spoilt else 0), err
        for path in spoilt:
            assert str(path) in err
        assert quick("index", "verify", "--index", file)[0] == 0
        fresh = os.path.join(base, "fresh.db")
        quick("index", "add", str(folder), "--index", fresh)
        assert everything(file, stale=True) == everything(fresh, stale=True)
        for table in ("names", "words"):
            assert set(everything(fresh)[table]) <= set(everything(file)[table])


COMMANDS = (["list"], ["status"], ["verify"], ["update"], ["remove", "README.md"], ["add"])


@given(st.binary(max_size=3000) | st.text(min_size=1, max_size=100).map(str.encode), st.integers(0, len(COMMANDS) - 1))
@settings(PROPERTY, max_examples=60)
def test_what_is_no_index_is_refused_and_left_alone(data: bytes, which: int) -> None:
    """Any bytes at all in place of the index: one plain line, status 2, and the bytes stay as they are."""
    if not data:
        data = b"\0"
    with tempfile.TemporaryDirectory() as base:
        path = Path(base, "x.db")
        path.write_bytes(data)
        arguments = COMMANDS[which]
        more = [str(SAMPLES / SMALL)] if arguments == ["add"] else []
        plain_line(quick("index", *arguments, *more, "--index", str(path)), "is no index of tipreport")
        plain_line(quick("search", "-e", "word", "--index", str(path)), "is no index of tipreport")
        assert path.read_bytes() == data


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 7)), min_size=1, max_size=6, unique=True), st.integers(0, len(COMMANDS) - 1))
@settings(PROPERTY, max_examples=60)
def test_flipped_bits_in_the_header(whole: Path, flips: list[tuple[int, int]], which: int) -> None:
    """A header that was damaged: a plain line, or the answer of the undamaged file where the bits say nothing."""
    data = bytearray(whole.read_bytes())
    for at, bit in flips:
        data[at] ^= 1 << bit
    with tempfile.TemporaryDirectory() as base:
        path = Path(base, "x.db")
        path.write_bytes(data)
        good = quick("search", "-e", "archive", "--jsonl", "--index", str(whole))
        found = quick("search", "-e", "archive", "--jsonl", "--index", str(path))
        if found[0] == 0:
            assert found[1] == good[1]
        else:
            plain_line(found)
        arguments = COMMANDS[which]
        result = quick("index", *arguments, *([str(SAMPLES / SMALL)] if arguments == ["add"] else []), "--index", str(path))
        if result[0] == 2:
            plain_line(result)
        else:
            assert not SQL.search(result[2]), result[2]
            assert result[0] == 0 or arguments in (["verify"], ["remove", "README.md"])


@given(st.integers(0, 2**32), st.sampled_from([1, 3, 20, 300]), st.booleans())
@settings(PROPERTY, max_examples=30)
def test_flipped_bits_anywhere(whole: Path, seed: int, count: int, cut: bool) -> None:
    """Damage past the header may go unseen by a search, but it never ends in a crash report."""
    rnd = random.Random(seed)
    data = bytearray(whole.read_bytes())
    for _ in range(count):
        data[rnd.randrange(100, len(data))] ^= 1 << rnd.randrange(8)
    with tempfile.TemporaryDirectory() as base:
        path = Path(base, "x.db")
        path.write_bytes(data[: rnd.randrange(len(data))] if cut else data)
        for arguments in (
            ["index", "verify"],
            ["index", "list"],
            ["index", "status"],
            ["search", "-e", "archive"],
            ["who", "--total"],
            ["index", "update"],
        ):
            code, _, err = quick(*arguments, "--index", str(path))
            assert "a fault of tipreport" not in err, (arguments, err)
            assert not SQL.search(err), (arguments, err)
            assert code in {0, 1, 2}
            if cut and arguments == ["index", "verify"]:
                assert code in {1, 2}, "a cut file is said to be whole"


# Adding ------------------------------------------------------------------------------------------------------


def test_add_says_what_it_did(reports: Shell) -> None:
    said = note(process(reports, "add", "d"))
    assert said == "tipreport: 10 added; x.db holds 10 reports, 58 recommendations, 225 paragraphs\n"
    assert note(process(reports, "add", "d")) == "tipreport: 10 unchanged; x.db holds 10 reports, 58 recommendations, 225 paragraphs\n"
    assert note(process(reports, "add", "d", "-q")) == ""
    assert names(reports) == ALL
    sound(reports)


def test_files_and_folders_together(reports: Shell) -> None:
    put(reports, "one.report", (SAMPLES / FINAL).read_bytes())
    assert note(index(reports, "add", f"d/{SMALL}", "one.report")).startswith("tipreport: 2 added; ")
    assert names(reports) == sorted([SMALL, "one.report"])


def test_nothing_to_add_is_told(shell: Shell) -> None:
    result = process(shell, "add", "nowhere.txt")
    assert result.code == 2
    assert "nowhere.txt: no such file or directory" in result.err.splitlines()[0]
    assert "error: the index keeps files, not standard input" in process(shell, "add", "-").err
    assert process(shell, "add").code == 2
    (shell.folder / "empty").mkdir()
    assert process(shell, "add", "empty").code in {0, 2}


def test_a_failed_first_add_makes_no_index(shell: Shell) -> None:
    """Else a search says "nothing found" where it should say that there is no index."""
    assert process(shell, "add", "-").code == 2
    assert process(shell, "add", "nowhere.txt").code == 2
    assert not (shell.folder / "x.db").exists()


def test_unchanged_files_are_not_read(reports: Shell) -> None:
    first = note(index(reports, "add", "d", "-v", "--jobs", "1"))
    assert sorted(re.findall(r"read (?:.*/)?(\S+)", first)) == ALL
    assert "read" not in note(index(reports, "add", "d", "-v"))
    assert "read" not in note(index(reports, "update", "-v"))
    os.utime(reports.folder / "d" / SMALL, (5, 5))
    assert re.findall(r"read (?:.*/)?(\S+)", note(index(reports, "update", "-v"))) == [SMALL]


def test_unchanged_content_is_not_parsed(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proof by a reader and a parser that do not work: a file as it was is not opened, its content as it was not parsed."""
    folder, file = tmp_path / "d", str(tmp_path / "x.db")
    shutil.copytree(whole.parent / "d", folder)
    assert quick("index", "add", str(folder), "--index", file)[0] == 0
    before = everything(file)

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("called")

    with monkeypatch.context() as patch:
        patch.setattr(build, "open_source", never)
        code, _, err = quick("index", "update", "--index", file)
        assert (code, "10 unchanged" in err) == (0, True), err
    for name in ALL:
        os.utime(folder / name, (7, 7))
    with monkeypatch.context() as patch:
        patch.setattr(build, "loaded", never)
        for _ in range(2):
            code, _, err = quick("index", "update", "--index", file, "--jobs", "1")
            assert (code, "10 unchanged" in err) == (0, True), err
        (folder / SMALL).write_text("1. Anew.\n")
        assert "AssertionError" in quick("index", "update", "--index", file, "--jobs", "1")[2]
    assert everything(file) == before


def test_changed_new_renamed_and_removed(reports: Shell) -> None:
    process(reports, "add", "d")
    folder = reports.folder / "d"
    put(reports, f"d/{SMALL}", "1. Quite another text.\n")
    put(reports, "d/sub/new.txt", "1. A new text.\n")
    (folder / FINAL).rename(folder / "renamed.txt")
    (folder / DRAFT).unlink()
    said = note(process(reports, "update"))
    assert said.startswith("tipreport: 2 added, 1 updated, 7 unchanged, 2 removed; x.db holds 10 reports, "), said
    assert names(reports) == sorted({*ALL, "renamed.txt", "new.txt"} - {FINAL, DRAFT})
    with opened(reports.folder / "x.db") as connection:
        assert connection.execute("SELECT text FROM all_paragraphs WHERE report = ?", (SMALL,)).fetchall() == [("Quite another text.",)]
        found = connection.execute("SELECT path FROM reports WHERE symbol = ?", (SYMBOL,)).fetchall()
        assert [os.path.basename(path) for (path,) in found] == ["renamed.txt"]
    sound(reports)


def test_add_lets_files_leave_that_are_gone(reports: Shell) -> None:
    index(reports, "add", "d")
    (reports.folder / "d" / FINAL).unlink()
    assert note(index(reports, "add", "d")).startswith("tipreport: 9 unchanged, 1 removed; ")
    assert FINAL not in names(reports)


def test_a_folder_that_is_gone(reports: Shell) -> None:
    put(reports, "e/a.txt", "1. One.\n")
    put(reports, "e/b.txt", "1. Two.\n")
    index(reports, "add", "d", "e")
    (reports.folder / "e").rename(reports.folder / "elsewhere")
    said = note(index(reports, "update"))
    assert "e is gone; its files leave the index" in said
    assert "10 unchanged, 2 removed" in said
    assert names(reports) == ALL
    assert note(index(reports, "update")).startswith("tipreport: 10 unchanged; ")
    sound(reports)


@pytest.mark.parametrize("again", [["update"], ["add", "d"], ["rebuild"]], ids=" ".join)
@pytest.mark.parametrize("name", ["d/named.report", "d/.hidden.txt", "d/.git/kept.txt"])
def test_a_file_that_was_named_stays_in_a_folder_that_would_not_show_it(shell: Shell, name: str, again: list[str]) -> None:
    """A walk does not find it, but the user named it; it leaves when it is gone, not when the folder is looked through."""
    put(shell, "d/a.txt", "1. One.\n")
    put(shell, name, "1. Two.\n")
    assert "2 added" in note(index(shell, "add", "d", name))
    assert "removed" not in note(index(shell, *again))
    assert names(shell) == sorted(["a.txt", os.path.basename(name)])


def test_same_content_under_two_paths_is_one_report(shell: Shell) -> None:
    for first, second in (("b/x.txt", "a/x.txt"), ("a/x.txt", "b/x.txt")):
        for name in ("a/x.txt", "b/x.txt"):
            put(shell, name, (SAMPLES / SMALL).read_bytes())
        shell.line("rm -f x.db")
        assert "2 added; x.db holds 1 report, " in note(index(shell, "add", "a", "b"))
        (shell.folder / first).unlink()
        assert "1 unchanged, 1 removed; x.db holds 1 report, " in note(index(shell, "update"))
        assert [row["path"].endswith(second) for row in listed(shell)] == [True]
        sound(shell)
        (shell.folder / second).unlink()
        assert "1 removed; x.db holds 0 reports, 0 recommendations, 0 paragraphs" in note(index(shell, "update"))
        sound(shell)
        with opened(shell.folder / "x.db") as connection:
            for name in (*OBJECTS, *HANGING, "texts", "reports"):
                assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (0,), name


def test_same_content_by_other_names(shell: Shell) -> None:
    """A report that says itself what it is called is one whatever its files are called; saved JSON of it as well."""
    put(shell, "a.txt", (SAMPLES / FINAL).read_bytes())
    put(shell, "b.txt", (SAMPLES / FINAL).read_bytes())
    assert "holds 1 report," in note(index(shell, "add", "a.txt", "b.txt"))
    saved = shell("parse", "a.txt", "--json").raw
    put(shell, "c.json", saved)
    put(shell, "d.json", saved)
    assert "holds 1 report," in note(index(shell, "add", "c.json", "d.json", file="y.db"))


def test_one_of_two_copies_changes(shell: Shell) -> None:
    put(shell, "a/x.txt", (SAMPLES / SMALL).read_bytes())
    put(shell, "b/x.txt", (SAMPLES / SMALL).read_bytes())
    index(shell, "add", "a", "b")
    put(shell, "a/x.txt", "1. Another.\n")
    assert "1 updated, 1 unchanged; x.db holds 2 reports" in note(index(shell, "update"))
    put(shell, "b/x.txt", "1. Another.\n")
    assert "holds 1 report, 0 recommendations, 1 paragraph\n" in note(index(shell, "update"))
    sound(shell)


def test_symbol_is_kept_over_updates(shell: Shell) -> None:
    put(shell, "draft.txt", (SAMPLES / DRAFT).read_bytes())
    symbol = "CTOC/COP/WG.4/2021/L.1/Add.1"
    assert "1 added" in note(index(shell, "add", "draft.txt", "--symbol", symbol))
    assert "1 unchanged" in note(index(shell, "add", "draft.txt"))
    put(shell, "draft.txt", (SAMPLES / DRAFT).read_bytes() + b"\n14. One more.\n")
    assert "1 updated" in note(index(shell, "update"))
    os.utime(shell.folder / "draft.txt", (3, 3))
    assert "1 unchanged" in note(index(shell, "update"))
    assert note(index(shell, "rebuild")).startswith("tipreport: x.db is made anew and holds 1 report")
    with opened(shell.folder / "x.db") as connection:
        assert connection.execute("SELECT name, symbol FROM reports").fetchall() == [(symbol, symbol)]
        (cite,) = connection.execute("SELECT cite FROM all_recommendations ORDER BY id LIMIT 1").fetchone()
        assert symbol in cite
    assert "1 updated" in note(index(shell, "add", "draft.txt", "--symbol", "CTOC/COP/WG.4/2021/L.1/Add.2"))
    assert [row["report"] for row in listed(shell)] == ["CTOC/COP/WG.4/2021/L.1/Add.2"]


def test_profile_and_encoding_are_kept_over_updates(shell: Shell) -> None:
    put(shell, "a.txt", "1. Café.\n".encode("cp850"))
    index(shell, "add", "a.txt", "--encoding", "cp850", "--profile", "generic")
    put(shell, "a.txt", "1. Café noir.\n".encode("cp850"))
    note(index(shell, "update"))
    with opened(shell.folder / "x.db") as connection:
        assert connection.execute("SELECT text FROM paragraphs").fetchall() == [("Café noir.",)]


def test_bad_files_among_good_ones(reports: Shell) -> None:
    put(reports, "d/bad.txt", BAD)
    result = index(reports, "add", "d")
    assert result.code == 2
    errors = [line for line in result.err.splitlines() if "error:" in line]
    assert len(errors) == 1
    assert "bad.txt: is a PDF file" in errors[0]
    assert "10 added, 1 could not be read" in result.err
    assert names(reports) == ALL
    for again in (["add", "d"], ["update"], ["add", "d", "-q"]):
        more = index(reports, *again)
        assert more.code == 2
        assert [line for line in more.err.splitlines() if "error:" in line] == errors
        assert ("10 unchanged" in more.err) == ("-q" not in again)
    status = json.loads(index(reports, "status", "--json").out)
    assert (status["files"], status["reports"], status["unreadable"], status["changed"]) == (11, 10, 1, 0)
    sound(reports)
    put(reports, "d/bad.txt", "1. Better.\n")
    assert "holds 11 reports" in note(index(reports, "update"))
    put(reports, "d/bad.txt", BAD)
    assert index(reports, "update").code == 2
    assert names(reports) == ALL, "of a file that cannot be read any more nothing stays"
    (reports.folder / "d/bad.txt").unlink()
    assert "error" not in note(index(reports, "update"))
    sound(reports)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_fifo_in_a_folder_stops_nothing(shell: Shell) -> None:
    put(shell, "d/a.txt", "1. One.\n")
    os.mkfifo(shell.folder / "d" / "pipe.txt")
    result = shell.line("timeout 5 " + shlex.join([SCRIPT, "index", "add", "d", "--index", "x.db"]))
    assert result.code == 0, "waits for somebody to write into the pipe" if result.code == 124 else result.err
    assert names(shell) == ["a.txt"]


def test_a_file_added_by_name_is_looked_at_again_and_again(shell: Shell) -> None:
    """Also after it has changed once."""
    put(shell, "a.txt", "1. One.\n")
    index(shell, "add", "a.txt")
    for count in range(2, 5):
        put(shell, "a.txt", "1. One.\n" * count)
        assert "1 updated" in note(index(shell, "update")), f"change {count - 1}"
    with opened(shell.folder / "x.db") as connection:
        assert connection.execute("SELECT path FROM roots").fetchall() == [(str(shell.folder / "a.txt"),)]


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, file = tmp_path / "a.txt", str(tmp_path / "x.db")
    path.write_text("1. Before.\n")

    def slow(name: str, **given: Any) -> Any:
        source = open_source(name, **given)
        with open(name, "a") as more:
            more.write("\n2. After.\n")
        return source

    with monkeypatch.context() as patch:
        patch.setattr(build, "open_source", slow)
        plain = quick("index", "add", str(path), "--index", file)
        assert plain[0] == 2
        assert "changed while it was read" in plain[2]
    code, _, err = quick("index", "add", str(path), "--index", file)
    assert (code, "1 report" in err) == (0, True), err
    with opened(file) as connection:
        assert connection.execute("SELECT count(*) FROM paragraphs").fetchone() == (2,)


@pytest.mark.parametrize("when", [0, -(10**9), 2**62, 2**63, 15 * 10**18])
def test_a_file_of_any_time(tmp_path: Path, when: int) -> None:
    path, file = tmp_path / "a.txt", str(tmp_path / "x.db")
    path.write_text("1. One.\n")
    try:
        os.utime(path, ns=(when, when))
    except (OverflowError, OSError):
        pytest.skip("not a time that files have here")
    for said in ("1 added", "1 unchanged"):
        code, _, err = quick("index", "add", str(path), "--index", file)
        assert (code, said in err) == (0, True), err


def test_a_source_that_does_not_come_back_is_kept_whole() -> None:
    """Words that are not those of their ranges, ranges out of order, and texts that hold the marks of what was cut out."""
    source = "1. States met in Vienna.\n"
    whole, cut = Unit("States met in Vienna.", ((3, 24),)), pack(source, [Unit("States met in Vienna.", ((3, 24),))])
    assert (cut[1], unpack(cut[0], [whole.text]), unpack(cut[0], [])) == (CUT, source, "")
    for text, units in ((source, [Unit("Others met.", ((3, 24),))]), (source, [whole, whole]), (f"\ufdd33\ufdd5 {source}", [])):
        packed, kind = pack(text, units)
        assert (kind, unpack(packed, None)) == (WHOLE, text)
    numbers = "1. \n" * 300  # marks would take more than the words
    packed, kind = pack(numbers, [Unit(("1. " * 300).strip(), ((0, len(numbers)),))])
    assert (kind, unpack(packed, None)) == (WHOLE, numbers)
    marked = "I. A\n\n1. States met \ufdd33\ufdd5 in Vienna.\n"
    connection = store.memory()
    build.insert_all(connection, [build.Made(build.Task("/a.txt", Config()), 1, 1, "a", rows_of(api.parse(marked), marked, Config()))])
    assert source_of(connection, 1) == marked


def test_who_speaks_for_a_group_alone_and_what_is_named_twice(whole: Path) -> None:
    """As saved JSON may have it: a panellist of a group without a State, and a name told twice of one place."""
    text = (SAMPLES / FINAL).read_text("utf-8")
    report = api.parse(text)
    first, *others = report.panellists
    alone = rows_of(replace(report, panellists=(replace(first, state=None), *others)), text, Config())
    (made,) = [row for row in alone.tables["participations"] if first.name in row]
    assert "group" in made and first.on_behalf_of is not None and first.on_behalf_of.id in made
    doubled = tuple(replace(unit, mentions=unit.mentions * 2) for unit in report.recommendations)
    again = rows_of(replace(report, recommendations=doubled), text, Config())
    assert len(again.tables["mentions"]) == len(rows_of(report, text, Config()).tables["mentions"])


def test_a_name_that_no_file_can_have_and_a_device() -> None:
    """Errors of one file come back as values, so that the others go on."""
    nul, device = (build.make(build.Task(path, Config())) for path in ("a\0b", os.devnull))
    assert (nul.missing, nul.rows, nul.error) == (True, None, f"{nul.task.name}: is no name that a file can have")
    assert (device.missing, device.rows, device.error) == (False, None, f"{os.devnull}: is no file")


def test_a_report_that_left_the_index_meanwhile(whole: Path) -> None:
    with closing(store.reader(str(whole))) as connection, pytest.raises(InputError, match="the report left it meanwhile"):
        source_in(connection, 99)


def test_a_name_that_is_not_there_is_counted(shell: Shell) -> None:
    put(shell, "a.txt", "1. One.\n")
    result = index(shell, "add", "a.txt", "b.txt")
    assert result.code == 2
    assert result.err.splitlines()[0].endswith("/b.txt: no such file or directory")
    assert result.err.splitlines()[1].startswith("tipreport: 1 added, 1 could not be read; x.db holds 1 report,")
    assert (index(shell, "rebuild", "-q").err, names(shell)) == ("", ["a.txt"])


def test_file_names_that_are_not_utf8(shell: Shell) -> None:
    folder = os.fsencode(shell.folder) + b"/d\xe9"
    os.mkdir(folder)
    for name in (b"caf\xe9.txt", b"\xff\xfe.txt", "naïve.txt".encode()):
        with open(folder + b"/" + name, "wb") as file:
            file.write((SAMPLES / SMALL).read_bytes() + name[:1] + b"\n")
    given = os.fsdecode(b"d\xe9")
    assert "3 added" in note(process(shell, "add", given))
    assert "3 unchanged" in note(process(shell, "update"))
    shown = process(shell, "list", "--json")
    assert shown.code == 0
    paths = [row["path"] for row in json.loads(shown.out)]
    assert sorted(path.rpartition("/")[2] for path in paths) == sorted(["caf\\xe9.txt", "\\xff\\xfe.txt", "naïve.txt"])
    os.utime(folder + b"/caf\xe9.txt", (4, 4))
    assert json.loads(process(shell, "status", "--json").out)["changed"] == 1
    os.unlink(folder + b"/\xff\xfe.txt")
    assert "2 unchanged, 1 removed" in note(process(shell, "update"))
    assert "holds 2 reports" in note(process(shell, "rebuild"))
    assert "1 removed" in note(process(shell, "remove", os.fsdecode(b"d\xe9/caf\xe9.txt")))
    assert "1 removed; x.db holds 0 reports" in note(process(shell, "remove", given))
    sound(shell)


def test_saved_json_as_input(shell: Shell) -> None:
    put(shell, "final.txt", (SAMPLES / FINAL).read_bytes())
    put(shell, "saved/final.json", shell("parse", "final.txt", "--json").raw)
    note(index(shell, "add", "saved/final.json"))
    note(index(shell, "add", "final.txt", file="y.db"))
    with opened(shell.folder / "x.db") as saved:
        check_rows(saved, 1, api.read(str(SAMPLES / FINAL)))
        check_ids(saved)
        assert source_of(saved, 1) == "", "saved JSON does not hold the text"
    saved_rows, parsed_rows = everything(shell.folder / "x.db"), everything(shell.folder / "y.db")
    for name in ("names", "words"):
        assert saved_rows[name] == parsed_rows[name]
    sound(shell)
    many = shell("parse", "final.txt", "--jsonl").raw * 2
    put(shell, "saved/many.json", many)
    assert "holds several saved reports" in index(shell, "add", "saved/many.json").err
    put(shell, "saved/cut.json", many[:5000])
    result = index(shell, "add", "saved/cut.json")
    assert (result.code, "cut.json" in result.err) == (2, True)
    assert "Traceback" not in result.err


def test_a_text_with_nul(shell: Shell) -> None:
    """At which functions of SQL stop."""
    put(shell, "a.txt", "1. One speaker noted\0 this. Several speakers agreed to it.\n")
    note(index(shell, "add", "a.txt"))
    wanted = [voice.text for paragraph in api.read(str(shell.folder / "a.txt")).paragraphs for voice in paragraph.voices]
    assert len(wanted) == 2
    with opened(shell.folder / "x.db") as connection:
        assert [text for (text,) in connection.execute("SELECT text FROM views_voiced ORDER BY id")] == wanted
    sound(shell)


def test_configuration_of_the_folder(shell: Shell) -> None:
    put(shell, "tipreport.toml", '[[topics]]\nid = "ferries"\nlabel = "Ferries"\npatterns = "ferry"\n')
    put(shell, "a.txt", "1. The Working Party spoke of a ferry.\n")
    note(index(shell, "add", "a.txt"))
    with opened(shell.folder / "x.db") as connection:
        assert connection.execute("SELECT DISTINCT topic FROM topics").fetchall() == [("ferries",)]


# Where the index lies ----------------------------------------------------------------------------------------


def test_the_place_of_the_index(shell: Shell) -> None:
    put(shell, "a.txt", "1. One.\n")
    data = str(shell.folder / "data")
    cases: list[tuple[str | None, dict[str, str | None], Path]] = [
        (None, {}, shell.home / ".local/share/tipreport/index.db"),
        (None, {"XDG_DATA_HOME": data}, shell.folder / "data/tipreport/index.db"),
        (None, {"XDG_DATA_HOME": data, "TIPREPORT_INDEX": "env/deep/e.db"}, shell.folder / "env/deep/e.db"),
        ("flag/f.db", {"XDG_DATA_HOME": data, "TIPREPORT_INDEX": "env/other.db"}, shell.folder / "flag/f.db"),
    ]
    for file, env, place in cases:
        assert not place.exists()
        note(process(shell, "add", "a.txt", file=file, env=env))
        assert place.is_file(), place
        assert json.loads(process(shell, "list", "--json", file=file, env=env).out)[0]["report"] == "a.txt"
        assert str(place).endswith(json.loads(process(shell, "status", "--json", file=file, env=env).out)["index"].lstrip("/"))
    assert not (shell.folder / "env/other.db").exists()
    put(shell, "tipreport.toml", 'index = "toml.db"\n')
    note(process(shell, "add", "a.txt", file=None))
    assert (shell.folder / "toml.db").is_file()


def test_there_is_no_index(shell: Shell) -> None:
    for arguments in (["index", "list"], ["index", "update"], ["index", "verify"], ["index", "rebuild"], ["search", "x"], ["who"]):
        plain_line(shell(*arguments, "--index", "no/x.db"), "no/x.db: there is no index", "hint")
    assert not (shell.folder / "no").exists()
    put(shell, "file", "")
    plain_line(process(shell, "add", "file", file="file/x.db"))


def edited(sql: str) -> Callable[[Path], None]:
    """Something that was done to the file with another program."""

    def edit(path: Path) -> None:
        with opened(path) as connection:
            connection.execute(sql)

    return edit


def other(make: Callable[[Path], Any]) -> Callable[[Path], None]:
    """Something else in its place."""

    def replace(path: Path) -> None:
        path.unlink()
        make(path)

    return replace


def wal(path: Path) -> None:
    """A database of another program in another mode."""
    edited("PRAGMA journal_mode = WAL")(path)
    edited("CREATE TABLE history (id)")(path)


def written(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Other bytes."""

    def write(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return write


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "text": (written(lambda _: b"this is not an index\n" * 500), "is no index of tipreport"),
    "one byte": (written(lambda _: b"x"), "is no index of tipreport"),
    "noise": (written(lambda _: random.Random(1).randbytes(20000)), "is no index of tipreport"),
    "magic": (written(lambda data: b"SQLite format 4\0" + data[16:]), "is no index of tipreport"),
    "a stranger's": (other(edited("CREATE TABLE moz_places (id, url)")), "is no index of tipreport"),
    "a stranger's WAL": (other(wal), "is no index of tipreport"),
    "another application": (edited("PRAGMA application_id = 7"), "is no index of tipreport"),
    "the future": (edited("PRAGMA user_version = 9999"), "the index has version 9999, this tipreport reads version"),
    "the past": (edited("PRAGMA user_version = 0"), "the index has version 0, this tipreport reads version"),
    "below": (edited("PRAGMA user_version = -1"), "the index has version -1, this tipreport reads version"),
    "100 bytes": (written(lambda data: data[:100]), ""),
    "a page": (written(lambda data: data[:8192]), ""),
    "folder": (other(os.mkdir), "is no index of tipreport"),
    "FIFO": (other(os.mkfifo), "is no index of tipreport"),
    "device": (other(lambda path: path.symlink_to("/dev/full")), "is no index of tipreport"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_no_index_of_ours(shell: Shell, whole: Path, name: str) -> None:
    """One plain line from every command, and not a byte of the file is changed."""
    put(shell, "a.txt", "1. One.\n")
    path = shell.folder / "x.db"
    shutil.copy(whole, path)
    spoil, told = SPOILT[name]
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    for arguments in (["list"], ["status"], ["verify"], ["update"], ["remove", "a.txt"], ["add", "a.txt"]):
        plain_line(quick("index", *arguments[:1], *[str(shell.folder / one) for one in arguments[1:]], "--index", str(path)), told, "hint")
    for arguments in (["search", "-e", "one"], ["who", "--total"]):
        plain_line(quick(*arguments, "--index", str(path)), told, "hint")
    plain_line(process(shell, "add", "a.txt"), told, "hint")
    if "version" not in told:
        plain_line(process(shell, "rebuild"))
    if before is not None:
        assert path.read_bytes() == before
    assert sorted(os.listdir(shell.folder)) == ["a.txt", "x.db"]


def test_an_empty_file_becomes_an_index(shell: Shell) -> None:
    """As ``mktemp`` makes it; a search in it says that it is none."""
    put(shell, "a.txt", "1. One.\n")
    put(shell, "x.db", b"")
    plain_line(index(shell, "list"), "is no index of tipreport")
    assert (shell.folder / "x.db").read_bytes() == b""
    assert "1 added" in note(index(shell, "add", "a.txt"))
    sound(shell)


def test_another_version_is_rebuilt(reports: Shell) -> None:
    index(reports, "add", "d", f"d/{SMALL}")
    before = everything(reports.folder / "x.db")
    edited("PRAGMA user_version = 9999")(reports.folder / "x.db")
    assert "x.db is made anew and holds 10 reports" in note(index(reports, "rebuild"))
    assert everything(reports.folder / "x.db") == before
    sound(reports)


# Removing, listing, status -----------------------------------------------------------------------------------


def test_remove_by_file_folder_name_and_symbol(reports: Shell) -> None:
    put(reports, "e/f/a.txt", "1. One.\n")
    put(reports, "e/f/b.txt", "1. Two.\n")
    put(reports, "ef.txt", "1. Three.\n")
    index(reports, "add", "d", "e", "ef.txt")
    assert "1 removed; x.db holds 12 reports" in note(index(reports, "remove", f"d/{SMALL}"))
    assert "2 removed" in note(index(reports, "remove", "e"))
    assert "ef.txt" in names(reports)
    assert "1 removed" in note(index(reports, "remove", SYMBOL.lower()))
    assert "2 removed" in note(index(reports, "remove", "A/HRC/70/92", "ef.txt"))
    assert len(names(reports)) == 7
    assert note(index(reports, "remove", "d", "-q")) == ""
    assert names(reports) == []
    assert (reports.folder / "d" / SMALL).exists(), "files stay where they are"
    sound(reports)
    assert "nothing to do" in note(index(reports, "update")), "a folder that was taken out is not looked through"


def test_remove_what_is_not_there(reports: Shell) -> None:
    index(reports, "add", "d")
    before = (reports.folder / "x.db").read_bytes()
    plain_line(index(reports, "remove", "nowhere.txt"), "the index holds no nowhere.txt", "index list")
    plain_line(index(reports, "remove", SYMBOL, "nowhere.txt"), "nowhere.txt")
    assert (reports.folder / "x.db").read_bytes() == before, "all or nothing"


def test_list(reports: Shell) -> None:
    process(reports, "add", "d")
    rows = listed(reports)
    dates = [row["date"] for row in rows]
    assert dates == sorted(filter(None, dates), reverse=True) + [None] * dates.count(None)
    final = next(row for row in rows if row["report"] == SYMBOL)
    assert (final["type"], final["date"], final["recommendations"], final["paragraphs"]) == ("report", "2021-03-22", 9, 33)
    assert final["path"].endswith(f"/d/{FINAL}")
    text = process(reports, "list").out
    assert [line.split()[0] for line in text.splitlines()[1:]] == [row["report"] for row in rows]
    assert process(reports, "list", "--csv").out.splitlines()[0].startswith("report,date,")
    assert len(process(reports, "list", "--jsonl").out.splitlines()) == 10
    assert process(reports, "list", "-o", "out.json").code == 0
    assert json.loads((reports.folder / "out.json").read_text()) == rows


def test_list_of_an_empty_index(reports: Shell) -> None:
    index(reports, "add", f"d/{SMALL}")
    index(reports, "remove", f"d/{SMALL}")
    assert (index(reports, "list").code, json.loads(index(reports, "list", "--json").out)) == (0, [])
    assert index(reports, "status").code == 0
    sound(reports)


def test_status(reports: Shell) -> None:
    process(reports, "add", "d")
    row = json.loads(process(reports, "status", "--json").out)
    assert {key: row[key] for key in ("type", "index", "files", "reports", "recommendations", "paragraphs", "changed", "missing", "unreadable")} == {
        "type": "status", "index": "x.db", "files": 10, "reports": 10, "recommendations": 58, "paragraphs": 225, "changed": 0, "missing": 0,
        "unreadable": 0,
    }  # fmt: skip
    assert (row["oldest"], row["newest"]) == ("2010-05-04", "2025-05-06")
    assert row["roots"] == [str(reports.folder / "d")]
    assert row["bytes"] == (reports.folder / "x.db").stat().st_size
    put(reports, f"d/{SMALL}", "1. Changed.\n")
    (reports.folder / "d" / FINAL).unlink()
    row = json.loads(process(reports, "status", "--json").out)
    assert (row["changed"], row["missing"]) == (1, 1)
    assert "'tipreport index update'" in process(reports, "status").out
    note(process(reports, "update"))
    assert "'tipreport index update'" not in process(reports, "status").out


# What the file holds -----------------------------------------------------------------------------------------


def test_rows_are_what_parse_gives(whole: Path) -> None:
    with opened(whole) as connection:
        numbers = {os.path.basename(path): number for number, path in connection.execute("SELECT id, path FROM reports")}
        assert sorted(numbers) == ALL
        for name, number in numbers.items():
            report = api.read(str(SAMPLES / name))
            check_rows(connection, number, report)
            check_places(connection, number)
        check_ids(connection)


def test_plain_sqlite_opens_it(whole: Path) -> None:
    with opened(whole) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        kinds = dict(connection.execute("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')"))
        assert {*OBJECTS, *HANGING, "reports", "files", "texts", "names"} <= set(kinds)
        for name, kind in kinds.items():
            rows = connection.execute(f'SELECT * FROM "{name}" LIMIT 3').fetchall()
            assert rows or kind == "table", f"view {name} is empty"
        for name in OBJECTS:
            assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] > 0, f"no sample fills {name}"
        for name, asked in {
            "SELECT count(*) FROM all_recommendations": 58,
            "SELECT count(*) FROM all_recommendations WHERE body LIKE '%Trafficking%' AND year = 2021": 15,
            "SELECT count(DISTINCT name) FROM who_took_part WHERE report = 'CTOC/COP/WG.4/2021/29' AND role = 'panellist'": 5,
            "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH 'archives'": None,
        }.items():
            found = connection.execute(name).fetchone()[0]
            assert found == asked if asked is not None else found > 0
    if shutil.which("sqlite3"):
        done = subprocess.run(
            ["sqlite3", whole, ".schema", "SELECT count(*) FROM views_voiced"], capture_output=True, text=True, check=True
        )
        assert done.stderr == ""


def test_jobs_change_nothing(reports: Shell) -> None:
    for jobs in ("1", "2"):
        note(index(reports, "add", "d", "--jobs", jobs, file=f"{jobs}.db"))
    assert everything(reports.folder / "1.db") == everything(reports.folder / "2.db")


def test_a_rebuilt_index_is_the_same(reports: Shell) -> None:
    index(reports, "add", "d")
    before = everything(reports.folder / "x.db")
    os.chmod(reports.folder / "x.db", 0o600)
    assert note(index(reports, "rebuild")) == "tipreport: x.db is made anew and holds 10 reports, 58 recommendations, 225 paragraphs\n"
    assert everything(reports.folder / "x.db") == before
    assert sorted(os.listdir(reports.folder)) == ["d", "x.db"]
    assert (reports.folder / "x.db").stat().st_mode & 0o777 == 0o600, "what was private is not"


def test_a_rebuild_keeps_a_link(reports: Shell) -> None:
    (reports.folder / "real").mkdir()
    index(reports, "add", "d", file="real/y.db")
    (reports.folder / "x.db").symlink_to("real/y.db")
    note(index(reports, "rebuild"))
    assert (reports.folder / "x.db").is_symlink()
    sound(reports, "real/y.db")


def test_a_rebuild_tells_of_bad_files(reports: Shell) -> None:
    put(reports, "d/bad.txt", BAD)
    process(reports, "add", "d")
    result = process(reports, "rebuild")
    assert result.code == 2
    assert "bad.txt: is a PDF file" in result.err
    assert names(reports) == ALL


# Verify ------------------------------------------------------------------------------------------------------

A_REPORT = "(SELECT id FROM reports WHERE name = 'CTOC/COP/WG.4/2021/29')"
A_PARAGRAPH = f"(SELECT min(id) FROM paragraphs WHERE report_id = {A_REPORT})"
NOBODY = "(1 << 40) | (77777 << 20) | 1"  # an object of a report that is not there
WRONGS = {
    "text": f"UPDATE paragraphs SET text = 'Something else.' WHERE id = {A_PARAGRAPH}",
    "number": f"UPDATE paragraphs SET number = '99' WHERE id = {A_PARAGRAPH}",
    "place": f"UPDATE paragraphs SET start_offset = start_offset + 1 WHERE id = {A_PARAGRAPH}",
    "owner": f"UPDATE paragraphs SET report_id = report_id - 1 WHERE id = {A_PARAGRAPH}",
    "strength": f"UPDATE recommendations SET strength = 10 WHERE report_id = {A_REPORT}",
    "participation": f"UPDATE participations SET capacity = 'ngo' WHERE report_id = {A_REPORT}",
    "topic": "UPDATE topics SET topic = 'x' WHERE topic = (SELECT min(topic) FROM topics)",
    "masthead": f"UPDATE reports SET date = '1999-01-01', title = 'x' WHERE id = {A_REPORT}",
    "source": f"UPDATE texts SET text = (SELECT text FROM texts WHERE report_id <> {A_REPORT} LIMIT 1) WHERE report_id = {A_REPORT}",
    "packed source": f"UPDATE texts SET text = x'00' WHERE report_id = {A_REPORT}",
    "lost row": "DELETE FROM mentions WHERE object_id IN (SELECT object_id FROM mentions LIMIT 1)",
    "lost source": f"DELETE FROM texts WHERE report_id = {A_REPORT}",
    "lost report": f"DELETE FROM reports WHERE id = {A_REPORT}",
    "lost file": f"DELETE FROM files WHERE report_id = {A_REPORT}",
    "lost names": "DELETE FROM names WHERE kind = 'state'",
    "lost words": "DELETE FROM words WHERE word < 'b'",
    "lost full text": f"INSERT INTO passages_fts(passages_fts, rowid, text) SELECT 'delete', id, text FROM paragraphs WHERE id = {A_PARAGRAPH}",
    "foreign full text": "INSERT INTO passages_fts(rowid, text) VALUES (5, 'a ghost')",
    "orphan": f"INSERT INTO voices (id, report_id, unit_id, quantifier) VALUES ((9 << 40) | (77777 << 20) | 1, 77777, {NOBODY}, 'several')",
    "orphan topic": f"INSERT INTO topics VALUES ('x', {NOBODY})",
    "orphan mention": f"INSERT INTO mentions (name, object_id, start_offset) SELECT min(id), {NOBODY}, 5 FROM names",
    "orphan source": "INSERT INTO texts (report_id, text, cut) VALUES (77777, x'00', 0)",
    "file without report": "UPDATE files SET report_id = 77777 WHERE path LIKE '%generic-minimal.txt'",
    "dropped table": "DROP TABLE topics",
    "dropped full text": "DROP TABLE passages_fts",
}


@pytest.mark.parametrize("wrong", WRONGS)
def test_verify_finds(whole: Path, tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "x.db"
    shutil.copy(whole, path)
    with opened(path) as connection:
        assert connection.execute(WRONGS[wrong]).rowcount != 0, "the test changes nothing"
    code, out, err = quick("index", "verify", "--index", str(path))
    assert "a fault of tipreport" not in err
    assert code == 1, f"verify ends with {code} and says {out!r} {err!r}"
    assert not SQL.search(out + err), out + err
    assert quick("index", "verify", "--index", str(path), "-q") == (code, out, "")
    if code == 1:
        assert out, "a status of 1 without a word of what is wrong"
        assert "index rebuild" in err


def test_verify_of_a_good_index(reports: Shell, whole: Path) -> None:
    shutil.copy(whole, reports.folder / "x.db")
    before = whole.read_bytes()
    result = process(reports, "verify")
    assert (result.code, result.out, result.err) == (
        0, "", "tipreport: x.db is whole: 10 reports, 58 recommendations, 225 paragraphs\n",
    )  # fmt: skip
    assert process(reports, "verify", "-q").err == ""
    assert (reports.folder / "x.db").read_bytes() == before


def test_verify_names_the_report(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    shutil.copy(whole, path)
    edited(WRONGS["number"])(path)
    assert re.fullmatch(rf"{SYMBOL}: its rows .*are not those that were written\n", quick("index", "verify", "--index", str(path))[1])


def test_a_rebuild_mends_what_verify_finds(reports: Shell) -> None:
    index(reports, "add", "d")
    before = everything(reports.folder / "x.db")
    edited(WRONGS["text"])(reports.folder / "x.db")
    assert index(reports, "verify").code == 1
    note(index(reports, "rebuild"))
    assert everything(reports.folder / "x.db") == before
    sound(reports)


# What may happen to a process --------------------------------------------------------------------------------


def start(shell: Shell, *arguments: str, size: int | None = None, obey: bool = False) -> subprocess.Popen[bytes]:
    """Start a command, with files of so many bytes at most, or as one who must obey modes even as root."""

    def before() -> None:
        if size is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        if obey and os.geteuid() == 0:
            for capability in (1, 2):  # to override modes, to read and search whatever the modes
                ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)

    return subprocess.Popen(
        [SCRIPT, *arguments],
        cwd=shell.folder,
        env=environment(shell.home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=before if size is not None or obey else None,  # noqa: PLW1509
    )


def ended(process: subprocess.Popen[bytes]) -> Result:
    """How it ended."""
    out, err = process.communicate(timeout=SECONDS)
    return Result(process.returncode, out, err)


def gone(group: int) -> bool:
    """Whether no process of a group is left, within five seconds."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(
    "arguments",
    [["index", "list"], ["index", "verify"], ["index", "status"], ["search", "archive", "--jsonl"], ["who", "--total"]],
    ids=" ".join,
)
@pytest.mark.parametrize("modes", [(0o444, 0o755), (0o444, 0o555)], ids=["file", "folder"])
def test_read_only(shell: Shell, whole: Path, arguments: list[str], modes: tuple[int, int]) -> None:
    folder = shell.folder / "ro"
    folder.mkdir()
    shutil.copy(whole, folder / "x.db")
    (folder / "x.db").chmod(modes[0])
    folder.chmod(modes[1])
    try:
        read_only = ended(start(shell, *arguments, "--index", "ro/x.db", obey=True))
        assert read_only.code == 0, read_only.err
        shutil.copytree(folder, shell.folder / "rw")
        (shell.folder / "rw").chmod(0o755)
        (shell.folder / "rw/x.db").chmod(0o644)
        assert read_only.out.replace("ro/x.db", "rw/x.db") == shell(*arguments, "--index", "rw/x.db").out
        if arguments == ["index", "list"]:
            put(shell, "a.txt", "1. One.\n")
            plain_line(ended(start(shell, "index", "add", "a.txt", "--index", "ro/x.db", obey=True)), "cannot be written")
            assert (folder / "x.db").read_bytes() == whole.read_bytes()
    finally:
        folder.chmod(0o755)


def test_killed_at_any_moment(reports: Shell) -> None:
    """kill -9 while files are brought in: what is there can be read, and one more add gives the undisturbed rows."""
    begin = time.monotonic()
    note(index(reports, "add", "d", file="good.db"))
    seconds = time.monotonic() - begin
    truth = everything(reports.folder / "good.db")
    rnd = random.Random(20261122)
    path = reports.folder / "x.db"
    for round_ in range(10):
        if round_ % 3 == 0:
            path.unlink(missing_ok=True)
        elif round_ % 3 == 1:  # everything has changed: all is written anew
            shutil.copy(reports.folder / "good.db", path)
            with opened(path) as connection:
                connection.execute("UPDATE files SET modified = 0, sha256 = '-'")
        process = start(reports, "index", "add", "d", "--index", "x.db", "--jobs", "2")
        time.sleep(rnd.uniform(0.3, 1.05) * seconds)
        process.kill()
        ended(process)
        assert gone(process.pid), "workers outlive the one who wanted them"
        if path.exists():
            result = index(reports, "verify")
            assert result.code == 0 or "is no index" in result.err, (round_, result.out, result.err)
        if round_ % 3 != 0 or rnd.random() < 0.5:
            note(index(reports, "add", "d"))
            sound(reports)
            assert everything(path) == truth, f"round {round_}"
    note(index(reports, "add", "d"))
    assert everything(path) == truth


WRECK = """
import os, signal, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA cache_size = 2")
c.execute("BEGIN IMMEDIATE")
c.execute("UPDATE paragraphs SET text = text || ' by one who was killed', number = 'x'")
c.execute("UPDATE reports SET title = 'x', name = 'y'")
os.kill(os.getpid(), signal.SIGKILL)
"""


def wreck(path: Path) -> None:
    """Leave an index as a process does that is killed while it writes."""
    subprocess.run([sys.executable, "-c", WRECK, path], check=False)
    assert Path(f"{path}-journal").stat().st_size > 1000, "the wreck left no journal"


@pytest.mark.parametrize(
    "arguments",
    [["index", "list"], ["index", "verify"], ["search", "-e", "archive"], ["who", "--total"], ["index", "update"], ["index", "rebuild"]],
    ids=" ".join,
)
def test_a_half_written_index(shell: Shell, whole: Path, arguments: list[str]) -> None:
    path = shell.folder / "x.db"
    shutil.copy(whole, path)
    wreck(path)
    result = shell.line(shlex.join(["tipreport", *arguments, "--index", "x.db"]))
    assert result.code == 0, result.err
    assert everything(path) == everything(whole)
    sound(shell)


def test_a_writer_killed_while_the_index_is_rebuilt(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its journal belongs to the old file and must not be played into the new one."""
    path = tmp_path / "x.db"
    shutil.copy(whole, path)
    put_in_place = os.replace

    def replace(source: Any, target: Any) -> None:
        wreck(path)
        put_in_place(source, target)

    monkeypatch.setattr(os, "replace", replace)
    code, _, err = quick("index", "rebuild", "--index", str(path))
    monkeypatch.undo()
    assert "a fault of tipreport" not in err, err
    assert code in {0, 2}
    assert quick("index", "verify", "--index", str(path))[0] == 0, "the index is damaged by an old journal"
    assert everything(path) == everything(whole)


def test_two_writers_at_once(reports: Shell) -> None:
    note(index(reports, "add", "d", file="good.db"))
    for folders in (("d", "d"), ("d", "e")):
        (reports.folder / "x.db").unlink(missing_ok=True)
        if "e" in folders:
            shutil.copytree(reports.folder / "d", reports.folder / "e")
        both = [start(reports, "index", "add", folder, "--index", "x.db") for folder in folders]
        for process in both:
            result = ended(process)
            assert result.code == 0, result.err
        sound(reports)
        assert len(listed(reports)) == 10
    good = everything(reports.folder / "good.db")
    two = everything(reports.folder / "x.db")
    assert len(two["files"]) == 20
    assert len(two["paragraphs"]) == len(good["paragraphs"])


def test_a_search_waits_for_a_writer(shell: Shell, whole: Path) -> None:
    shutil.copy(whole, shell.folder / "x.db")
    with closing(sqlite3.connect(shell.folder / "x.db", isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        process = start(shell, "search", "-e", "archive", "--count", "--index", "x.db")
        time.sleep(0.6)
        assert process.poll() is None
        connection.execute("COMMIT")
    assert ended(process).code == 0


def test_a_writer_that_does_not_end(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.db"
    shutil.copy(whole, path)
    monkeypatch.setattr(store, "WAIT", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        plain_line(quick("index", "remove", SYMBOL, "--index", str(path)), "in use by another process", "hint")
        assert quick("search", "-e", "archive", "--index", str(path))[0] == 0, "one who reads need not wait for one who has not yet written"
        connection.execute("ROLLBACK")
        connection.execute("BEGIN EXCLUSIVE")
        for arguments in (
            ["index", "list"],
            ["index", "add", str(SAMPLES / SMALL)],
            ["search", "-e", "x"],
            ["index", "verify"],
            ["index", "rebuild"],
        ):
            plain_line(quick(*arguments, "--index", str(path)), "in use by another process", "hint")


@pytest.mark.parametrize("size", [0, 5000, 20_000, 200_000, 420_000, 600_000])
def test_a_full_disk(reports: Shell, size: int) -> None:
    result = ended(start(reports, "index", "add", "d", "--index", "x.db", "--jobs", "1", size=size))
    plain_line(result, "x.db: ", "hint")
    assert re.search(r"no space left|disk is full", result.err), result.err
    note(index(reports, "add", "d"))
    sound(reports)
    assert names(reports) == ALL
    assert not list(reports.folder.glob("x.db?*"))


def test_a_disk_that_fills_up_later(reports: Shell) -> None:
    note(index(reports, "add", f"d/{FINAL}"))
    before = everything(reports.folder / "x.db")
    result = ended(start(reports, "index", "add", "d", "--index", "x.db", "--jobs", "1", size=(reports.folder / "x.db").stat().st_size))
    plain_line(result, "x.db: ")
    sound(reports)
    after = everything(reports.folder / "x.db")
    assert after["paragraphs"] == before["paragraphs"]
    result = ended(start(reports, "index", "rebuild", "--index", "x.db", size=100_000))
    plain_line(result)
    assert everything(reports.folder / "x.db") == after, "the old index stays until the new one is whole"
    assert sorted(os.listdir(reports.folder)) == ["d", "x.db"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c(reports: Shell, jobs: str) -> None:
    for name in ALL:
        text = (SAMPLES / name).read_bytes()
        for copy in range(30):
            put(reports, f"d/{copy}-{name}", text + b"\n%d\n" % copy)
    note(index(reports, "add", f"d/{FINAL}"))
    process = start(reports, "index", "add", "d", "--index", "x.db", "--jobs", jobs, "-v")
    try:
        assert process.stderr is not None
        assert b"read" in process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of the foreground
        begin = time.monotonic()
        result = ended(process)
        assert result.code == 130, result.err
        assert time.monotonic() - begin < 5
        assert "Traceback" not in result.err
        assert [line for line in result.err.splitlines() if "read" not in line] == []
        assert gone(process.pid), "workers outlive the command"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    sound(reports)
    assert FINAL in names(reports)
