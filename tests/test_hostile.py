"""Files that mean harm, made here byte by byte: each is read or refused with a reason, in bounded time and memory, and touches nothing."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import socket
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import ClassVar, NamedTuple
from unittest.mock import Mock

import pytest

from command import SCRIPT, Shell, environment, quiet_terminal
from tipreport import guard, parse, patterns
from tipreport.blocks import numbering
from tipreport.exporters import View, outline, xlsx

MEGABYTES = 650  # of the largest process, while a page may add guard.MEMORY to what there is
SECONDS = 60.0  # for all of them on a busy machine
TEXT = b"BT /F1 12 Tf 72 700 Td (1. The meeting was opened by the Chair.) Tj ET"

_MEASURE = """
import json, resource, subprocess, sys, time
begin = time.monotonic()
done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, done.stdout.decode(), done.stderr.decode(), used.ru_maxrss >> 10, time.monotonic() - begin]))
"""

Objects = dict[int, bytes]


def stream(data: bytes, more: bytes = b"") -> bytes:
    """An object with bytes."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), more, data)


def pdf(changed: Objects | None = None, trailer: bytes = b"") -> bytes:
    """A file of one page with one sentence, but for what is changed."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page(),
        4: stream(TEXT),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        **(changed or {}),
    }
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, max(objects) + 1))
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (max(objects) + 1) + table + end


def page(more: bytes = b"", box: bytes = b"0 0 612 792", resources: bytes = b"") -> bytes:
    """A page."""
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<<%s/Font<</F1 5 0 R>>>>/Contents 4 0 R%s>>" % (box, resources, more)


def swollen(megabytes: int, first: bytes = b"") -> bytes:
    """Some thousand bytes of Flate that become so many megabytes of blanks."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = pack.compress(b" " * (1 << 20)) + pack.flush(zlib.Z_FULL_FLUSH)
    head = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"\x78\x9c" + head.compress(first) + head.flush(zlib.Z_FULL_FLUSH) + block * megabytes + b"\x03\x00"


FLATE = b"/Filter/FlateDecode"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X %d 0 R>>>>"
CALLS_X = {3: page(resources=b"/XObject<</X 6 0 R>>"), 4: stream(b"/X Do")}
READ, NO_TEXT = "", "is a PDF file without text, perhaps a scan"
ENCRYPTED, DAMAGED, TOO_MUCH = "is a PDF file that is encrypted", "is a PDF file that is damaged or not whole", guard.REASONS[81]
LOCKED = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(%s)/U(%s)>>/ID[(a)(b)]" % (b"x" * 32, b"y" * 32)

# Name -> (the file, what is said of it).
FILES: dict[str, tuple[bytes, str]] = {
    "good": (pdf(), READ),
    "cut": (pdf()[:250], DAMAGED),
    "head alone": (b"%PDF-1.7\n", DAMAGED),
    "no page": (pdf({2: b"<</Type/Pages/Kids[]/Count 0>>"}), "is a PDF file without a page"),
    "picture": (
        pdf({
            **CALLS_X,
            6: stream(b"\0" * 100, b"/Type/XObject/Subtype/Image/Width 10/Height 10/BitsPerComponent 8/ColorSpace/DeviceGray"),
        }),
        NO_TEXT,
    ),
    "encrypted": (pdf(trailer=LOCKED), ENCRYPTED),
    "encrypted by nobody knows what": (pdf(trailer=b"/Encrypt<</Filter/Adobe.PubSec/V 4>>"), ENCRYPTED),
    "pages that are their own children": (pdf({2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"}), NO_TEXT),
    "pages that are children of each other": (
        pdf({2: b"<</Type/Pages/Kids[6 0 R]/Count 9>>", 6: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>"}),
        NO_TEXT,
    ),
    "two billion pages that are one": (pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"}), READ),
    "many pages": (pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count 900000>>"}), "is a PDF file of 900,000 pages"),
    "fewer pages than none": (pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count -5>>"}), READ),
    "a chain of pages": (
        pdf({
            **{number: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in (2, *range(6, 3000))},
            3000: page().replace(b"2 0 R", b"2999 0 R"),
        }),
        "*",
    ),
    "arrays within arrays": (pdf({6: b"[" * 200_000 + b"]" * 200_000}), READ),
    "dictionaries within dictionaries": (pdf({3: page(b"/A" + b"<</A " * 100_000 + b"1" + b">>" * 100_000)}), READ),
    "states within states": (pdf({4: stream(b"q " * 200_000 + TEXT)}), READ),
    "arrays in a page": (pdf({4: stream(b"[" * 300_000 + b"]" * 300_000 + TEXT)}), READ),
    "a form that draws itself twice": (pdf({**CALLS_X, 6: stream(b"/X Do /X Do", FORM % 6)}), TOO_MUCH),
    "forms of ten forms of ten forms": (
        pdf({
            **CALLS_X,
            **{number: stream(b"/X Do " * 10, FORM % (number + 1)) for number in range(6, 14)},
            14: stream(TEXT, b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>"),
        }),
        TOO_MUCH,
    ),
    "a page that swells": (pdf({4: stream(swollen(900, TEXT + b"\n"), FLATE)}), TOO_MUCH),
    "a picture that swells": (
        pdf({**CALLS_X, 4: stream(b"/X Do " + TEXT), 6: stream(swollen(900), FLATE + b"/Type/XObject/Subtype/Image/Width 30000/Height 30000")}),
        READ,
    ),
    "letters of any size": (
        pdf({4: stream(b"BT /F1 1e30 Tf 72 700 Td (1. Huge.) Tj /F1 99999999999999999999 Tf (2. Huger.) Tj ET " + TEXT)}),
        "*",
    ),
    "a page of any size": (pdf({3: page(box=b"-1e30 -1e30 1e30 1e30")}), READ),
    "a page of no size": (pdf({3: page(box=b"0 0 0 0")}), READ),
    "a stream in another file": (
        pdf({4: b"<</Length 0/F(/etc/passwd)/FFilter/FlateDecode>>\nstream\n\nendstream"}), NO_TEXT,
    ),
    "a length that is itself": (pdf({4: b"<</Length 4 0 R>>\nstream\n%s\nendstream" % TEXT}), READ),
    "a table before itself": (pdf().replace(b"/Root", b"/Prev %d/Root" % pdf().rindex(b"xref\n0")), READ),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 40, DAMAGED),
}  # fmt: skip


class Run(NamedTuple):
    """How the command over all files ended."""

    code: int
    out: str
    err: str
    megabytes: int
    seconds: float
    before: set[str]
    after: set[str]
    called: bool


def _names(*folders: Path) -> set[str]:
    return {str(path) for folder in folders for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All files in one folder, parsed by two workers; some ask for what listens on a port."""
    base = tmp_path_factory.mktemp("hostile")
    folder, home, temporary = base / "d", base / "home", base / "tmp"
    for one in (folder, home, temporary):
        one.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        here = b"http://127.0.0.1:%d/" % listener.getsockname()[1]
        deeds = b"<</S/URI/URI(%s)/Next<</S/Launch/F(/bin/touch)/P(made)>>>>" % here
        catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction%s/AA<</O<</S/JavaScript/JS(this.submitForm\\('%s'\\))>>>>>>" % (deeds, here)
        (folder / "asks.pdf").write_bytes(pdf({1: catalog, 4: b"<</Length 0/F<</FS/URL/F(%s)>>>>\nstream\n%s\nendstream" % (here, TEXT)}))
        tags = b"<link rel=stylesheet href=%s><script src=%s></script><img src=%s><iframe src=%s></iframe>" % ((here,) * 4)
        (folder / "asks.html").write_bytes(b"<!DOCTYPE html><html><head>%s</head><body><p>1. Opened.</p>%s</body></html>" % (tags, tags))
        for name, (data, _) in FILES.items():
            (folder / f"{name}.pdf").write_bytes(data)
        before = _names(folder, home, temporary)
        measured = subprocess.run(
            [sys.executable, "-c", _MEASURE, SCRIPT, "parse", ".", "--jsonl", "-v", "--jobs", "2"],
            cwd=folder,
            env={**environment(home), "TMPDIR": str(temporary)},
            capture_output=True,
            check=True,
        )
        try:
            called = bool(listener.accept())
        except TimeoutError:
            called = False
    code, out, err, megabytes, seconds = json.loads(measured.stdout)
    return Run(code, out, err, megabytes, seconds, before, _names(folder, home, temporary), called)


@pytest.mark.parametrize("name", FILES)
def test_each_is_read_or_refused_with_a_reason(everything: Run, name: str) -> None:
    reason = FILES[name][1]
    said = [line for line in everything.err.splitlines() if line.startswith(f"tipreport: error: ./{name}.pdf: ")]
    read = f'"name": "./{name}.pdf"' in everything.out
    if reason == "*":  # what a reader makes of it is its own affair
        assert read or said
    elif reason:
        assert not read
        assert len(said) == 1
        assert said[0].endswith(f": {reason}")
    else:
        assert read
        assert not said


def test_time_and_memory_are_bounded(everything: Run) -> None:
    assert everything.code == 2
    assert everything.megabytes < MEGABYTES
    assert everything.seconds < SECONDS


def test_nothing_is_asked_for_and_nothing_is_written(everything: Run) -> None:
    assert '"name": "./asks.html"' in everything.out, "the page that asks was read"
    assert not everything.called
    assert everything.after == everything.before
    quiet_terminal(everything.err)
    assert "Traceback" not in everything.err


def test_a_page_that_takes_too_much_by_itself(shell: Shell) -> None:
    """One file, one error, and the same words as among many; nothing is left of an output that was begun."""
    (shell.folder / "a.pdf").write_bytes(FILES["a form that draws itself twice"][0])
    done = shell("parse", "a.pdf", "--json", "-o", "out.json")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"tipreport: error: a.pdf: {TOO_MUCH}\n  hint: {guard.HINT}\n"
    assert sorted(os.listdir(shell.folder)) == ["a.pdf"]


def test_standard_input_is_bounded_too(shell: Shell) -> None:
    done = shell("parse", "-", "--json", stdin=FILES["a form that draws itself twice"][0])
    assert (done.code, done.out) == (2, "")
    assert done.err == f"tipreport: error: <stdin>: {TOO_MUCH}\n  hint: {guard.HINT}\n"


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    """By the time of the processor: a process that sleeps or waits for its turn is not at fault."""
    script = (
        "import sys, time\nfrom tipreport import guard\nguard.SECONDS = 0.3\nguard.arm()\n"
        "guard.enter()\ntime.sleep(0.5)\nguard.leave()\nprint('slept', flush=True)\n"
        "end = time.process_time() + 0.4\nwhile time.process_time() < end: pass\nprint('worked', flush=True)\n"
        "guard.enter()\nwhile True: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout, done.returncode) == ("slept\nworked\n", 82)


def test_who_is_no_worker_is_not_ended(tmp_path: Path) -> None:
    """A program that uses the library keeps its life."""
    script = (
        "from tipreport import guard\nguard.MEMORY, guard.SECONDS = 1, 0.01\nguard.enter()\n"
        "x = b'x' * 50_000_000\nfor _ in range(10_000_000): pass\nguard.leave()\nprint('well')"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout, done.returncode) == ("well\n", 0)


# ------------------------------------------------------------------ numbers that repeat without end
def _numbers(values: list[int], **more: object) -> list[numbering.Candidate]:
    usual: dict[str, object] = {"title_like": False, "short": True, "follows_end": True, "follows_colon": False, "scope": "", "opens": True}
    return [numbering.Candidate(line, value, **{**usual, **more}) for line, value in enumerate(values)]  # type: ignore[arg-type]


def test_numbers_that_repeat_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of a million times "1." costs little more than a hundred times."""
    steps = Mock(wraps=numbering._advance)
    monkeypatch.setattr(numbering, "_advance", steps)
    roles = numbering.solve(_numbers([1] * 5000, opens=False))
    assert len(roles) == 5000
    assert 0 < steps.call_count < 100


def test_what_is_remembered_of_numbers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the outcome is the same however little is remembered."""
    rising = _numbers([*range(1, 40), 1, 2, 3, *range(40, 60), 7, 60, 1, 61])
    usual = numbering.solve(rising)
    assert usual[38] == usual[39 + 3] == numbering.PARAGRAPH
    assert usual[62] != numbering.PARAGRAPH  # the 7 between 59 and 60
    monkeypatch.setattr(numbering, "_KNOWN", 1)
    assert numbering.solve(rising) == usual


def test_the_roles_of_numbers_cost_least() -> None:
    """Against all ways there are, where there are few numbers."""
    chance = random.Random(7)
    for _ in range(60):
        values = [chance.choice((1, 1, 2, 3, 4, 12)) for _ in range(4)]
        flags = {name: chance.random() < 0.5 for name in ("title_like", "short", "follows_end", "follows_colon", "opens")}
        given = _numbers(values, **flags)
        costs: dict[tuple[str, ...], int] = {}
        open_ways: list[tuple[tuple[str, ...], int, numbering._State]] = [((), 0, numbering._State(0, 0, 0, 0))]
        for candidate in given:
            open_ways = [
                ((*roles, numbering._ROLES[role]), cost + more, after)
                for roles, cost, state in open_ways
                for role, more, after in numbering._moves(state, candidate)
            ]
        for roles, cost, _state in open_ways:
            costs[roles] = min(cost, costs.get(roles, cost))
        assert costs[tuple(numbering.solve(given).values())[::-1]] == min(costs.values()), values


class _Counted(tuple[object, ...]):
    """Objects that count how often they are gone through."""

    __slots__ = ()
    gone_through: ClassVar[int] = 0

    def __iter__(self) -> Iterator[object]:
        _Counted.gone_through += 1
        return super().__iter__()


def test_an_outline_takes_each_object_once() -> None:
    """Not looked up one by one among all of its kind: 50,000 remarks took minutes."""
    report = parse("Draft report\n\nI. Introduction\n\n" + "".join(f"{number}.\n" for number in range(1, 300)))
    assert len(report.diagnostics) > 200
    page = outline.render(report, View())
    assert page.count("text/unparsed") > 200
    _Counted.gone_through = 0
    counted = dataclasses.replace(report, diagnostics=_Counted(report.diagnostics), panellists=_Counted(report.panellists))  # type: ignore[arg-type]
    assert outline.render(counted, View()) == page
    assert 0 < _Counted.gone_through < 10


def test_a_day_that_no_calendar_has_is_text_in_a_sheet() -> None:
    """One printed date ended the whole workbook."""
    assert xlsx._day("2020-02-29") == date(2020, 2, 29)
    assert [xlsx._day(value) for value in ("2020-02-30", "2021-13-01", "0000-00-00", "1900-02-28", "2020-02", "2020")] == [None] * 6


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    """Neither of a document nor of a meeting; nothing that reads dates stumbles over it."""
    assert patterns.iso("29", "February", "2020") == "2020-02-29"
    assert [
        patterns.iso(*day) for day in (("29", "February", "2021"), ("31", "June", "2020"), ("0", "May", "2020"), ("1", "May", "0000"))
    ] == [None] * 4
    assert patterns.meeting_dates("Vienna, 31 February 2020") == (None, None)
    assert patterns.meeting_dates("Vienna, 28 and 29 February 2020") == ("2020-02-28", "2020-02-29")
