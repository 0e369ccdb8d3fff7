"""Bytes to text: encodings, line ends, what is no text, and offsets that count what was received."""

from __future__ import annotations

import codecs
import io
import os
import threading
from itertools import pairwise
from pathlib import Path

import pytest

from tipreport import inputs, parse, read
from tipreport.errors import ConfigError, InputError
from tipreport.inputs import text as plain
from tipreport.model import Paragraph, Recommendation, Report

TEXT = "I. Café\n\n1. Ms. Zoë Sørensen (Côte d’Ivoire) spoke of “two” views – and of 日本.\n\n2. The end.\n"
LATIN = "I. Café\n\n1. Ms. Zoë Sørensen (Côte d’Ivoire) spoke of “two” views – naïve ones.\n\n2. The end.\n"
NOTED = "input/encoding"


def given(tmp_path: Path, data: bytes, name: str = "a.txt") -> str:
    """A file with these bytes."""
    path = tmp_path / name
    path.write_bytes(data)
    return str(path)


def codes(report: Report) -> list[str]:
    """The codes of the diagnostics."""
    return [remark.code for remark in report.diagnostics]


def covered(report: Report, text: str) -> None:
    """Every character that is not white space lies in exactly one block, every text is where its spans say."""
    assert report.source.characters == len(text)
    spans = sorted((span.start, span.end) for block in report.blocks for span in block.spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    units: list[Recommendation | Paragraph] = [*report.recommendations, *report.paragraphs]
    for unit in units:
        said = "".join(text[span.start : span.end] for span in unit.spans)
        assert "".join(said.split()) == "".join(unit.text.split())
        for span in unit.spans:
            assert span.line == text.count("\n", 0, span.start) + 1
            assert span.end_line == text.count("\n", 0, span.end - 1) + 1


# Encodings ---------------------------------------------------------------------------------------------------

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", sorted(MARKS))
@pytest.mark.parametrize("marked", [True, False])
def test_unicode_with_and_without_byte_order_mark(tmp_path: Path, encoding: str, marked: bool) -> None:
    path = given(tmp_path, (MARKS[encoding] if marked else b"") + TEXT.encode(encoding))
    report = read(path)
    assert report.source.encoding == encoding
    assert [one.number for one in report.paragraphs] == ["1", "2"]
    assert report.paragraphs[0].text.startswith("Ms. Zoë Sørensen (Côte d’Ivoire) spoke of “two” views – and of 日本.")
    assert (NOTED in codes(report)) == (not marked and encoding != "utf-8"), "a guess is told"
    covered(report, TEXT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1252", "latin-1", "cp850"])
def test_the_encoding_asked_for(tmp_path: Path, encoding: str) -> None:
    text = LATIN.replace("’", "'").replace("“", '"').replace("”", '"').replace("–", "-")
    report = read(given(tmp_path, text.encode(encoding)), encoding=encoding)
    assert NOTED not in codes(report)
    assert report.paragraphs[0].text.startswith("Ms. Zoë Sørensen")
    covered(report, text)


def test_windows_1252_is_told(tmp_path: Path) -> None:
    report = read(given(tmp_path, LATIN.encode("cp1252")))
    assert report.source.encoding == "cp1252"
    assert [remark for remark in report.diagnostics if remark.code == NOTED and remark.severity == "warning" and "cp1252" in remark.message]
    covered(report, LATIN)


def test_no_byte_of_windows_1252_is_lost(tmp_path: Path) -> None:
    data = b"1. " + bytes(range(0xA0, 0x100)) + bytes(range(0x80, 0xA0)) + b"\n"
    source = inputs.open_source(given(tmp_path, data))
    assert len(source.text) == len(data)


def test_one_bad_byte_keeps_the_rest(tmp_path: Path) -> None:
    data = TEXT.encode()
    at = data.index("–".encode())
    for bad in (b"\xff", b"\x96", b"\xe2\x80", b"\xc3"):
        report = read(given(tmp_path, data[:at] + bad + data[at + 3 :]))
        assert report.source.encoding == "utf-8"
        assert NOTED in codes(report)
        text = report.paragraphs[0].text
        assert text.startswith("Ms. Zoë Sørensen (Côte d’Ivoire) spoke of “two” views ")
        assert text.endswith("日本.")


def test_a_character_cut_off_at_the_end(tmp_path: Path) -> None:
    for cut in (1, 2):
        report = read(given(tmp_path, TEXT.encode() + "–".encode()[:cut]))
        assert report.source.encoding == "utf-8"
        assert NOTED in codes(report)
        assert "Zoë Sørensen" in report.paragraphs[0].text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_wide_text_cut_off_in_a_character(tmp_path: Path, encoding: str) -> None:
    path = given(tmp_path, MARKS[encoding] + TEXT.encode(encoding)[:-1])
    try:
        report = read(path)
    except InputError as error:
        assert error.hint  # refused is right, half a text without a word is not
    else:
        assert report.paragraphs[0].text.startswith("Ms. Zoë")


def test_names_of_no_encoding(tmp_path: Path) -> None:
    path = given(tmp_path, TEXT.encode())
    for name in ("nonsense", "base64", "hex", "rot13", "\x00", "x" * 9999, "é"):
        with pytest.raises(InputError) as caught:
            read(path, encoding=name)
        assert caught.value.hint
    with pytest.raises(InputError, match="utf-16"):
        read(given(tmp_path, b"1. A. odd", "odd.txt"), encoding="utf-16-le")
    with pytest.raises(InputError, match="ascii"):
        read(path, encoding="ascii")


def test_overlong_forms_and_surrogates_are_no_utf8(tmp_path: Path) -> None:
    for bad in (b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"):
        report = read(given(tmp_path, TEXT.encode() + b"3. " + bad + b"\n"))
        assert NOTED in codes(report)
        assert not [c for c in "".join(one.text for one in report.paragraphs) if 0xD800 <= ord(c) < 0xE000]


# Line ends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    text = TEXT.replace("\n", end)
    report = read(given(tmp_path, text.encode()))
    assert [one.number for one in report.paragraphs] == ["1", "2"]
    assert report.sections[0].title == "Café"
    covered(report, text)
    assert report == read(given(tmp_path, codecs.BOM_UTF8 + text.encode())) or report.source.sha256, "only the digest differs"


def test_mixed_line_ends(tmp_path: Path) -> None:
    text = "I. First\r\n\r\n1. One.\n\n2. Two.\r\r3. Three\r\nand more.\n"
    report = read(given(tmp_path, text.encode()))
    assert [one.number for one in report.paragraphs] == ["1", "2", "3"]
    assert report.paragraphs[2].text == "Three and more."
    covered(report, text)


def test_line_numbers_with_crlf() -> None:
    report = parse("I. First\r\n\r\n1. One.\r\n\r\n2. Two\r\nlines.\r\n")
    assert [(one.spans[0].line, one.spans[-1].end_line) for one in report.paragraphs] == [(3, 3), (5, 6)]
    assert report.sections[0].spans[0].line == 1


def test_offsets_are_the_same_with_and_without_byte_order_mark(tmp_path: Path) -> None:
    bare, marked = read(given(tmp_path, TEXT.encode(), "a.txt")), read(given(tmp_path, codecs.BOM_UTF8 + TEXT.encode(), "b.txt"))
    assert bare.blocks == marked.blocks
    assert [(one.text, one.spans) for one in bare.paragraphs] == [(one.text, one.spans) for one in marked.paragraphs]
    assert bare.source.sha256 != marked.source.sha256
    assert parse("\ufeff" + TEXT).blocks == bare.blocks
    assert parse("\ufeff" + TEXT).source.characters == len(TEXT)


def test_offsets_count_code_points() -> None:
    text = "1. 𝄞 clefs.\n\n2. e\u0301 is two.\n"
    report = parse(text)
    assert [text[one.spans[0].start : one.spans[0].end] for one in report.paragraphs] == ["𝄞 clefs.", "e\u0301 is two."]
    assert report.source.characters == len(text)


# What is no text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00word/document.xml", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "Word"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0JFIF", "picture"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x7fELF\x02", "program"),
        (b"  \n<HTML lang='en'>", "HTML"),
        (b"\xef\xbb\xbf<!doctype html><script>1. A.", "HTML"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "HTML"),
        (bytes(range(32)) * 40, "binary"),
        (bytes(5000), "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_a_hint(tmp_path: Path, data: bytes, word: str) -> None:
    path = given(tmp_path, data)
    with pytest.raises(InputError, match=word) as caught:
        read(path)
    assert caught.value.hint
    assert caught.value.path == path


def test_a_text_about_html_is_text(tmp_path: Path) -> None:
    report = read(given(tmp_path, b"1. The page <html> and %PDF-1.4 were noted.\n"))
    assert report.paragraphs[0].number == "1"


def test_a_few_nul_bytes_do_no_harm(tmp_path: Path) -> None:
    text = "1. First\x00 one.\n\n2. Second.\n" + "3. More text.\n" * 5
    report = read(given(tmp_path, text.encode()))
    assert [one.number for one in report.paragraphs][:2] == ["1", "2"]
    assert "text/invisible" in codes(report)
    covered(report, text)


@pytest.mark.parametrize("data", [b"", b" ", b"\n\n\n", b" \t\r\n\x0c", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u00a0\u3000".encode()])
def test_empty_and_blank(tmp_path: Path, data: bytes) -> None:
    report = read(given(tmp_path, data))
    assert "input/empty" in codes(report)
    assert report.blocks == ()
    assert report.paragraphs == report.recommendations == ()


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.odt", "a.doc", "A.RTF"])
def test_a_document_of_no_bytes_was_not_written_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="is empty") as caught:
        read(given(tmp_path, b"", name))
    assert caught.value.hint == "fetch or save the file again"


def test_a_fifo_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(TEXT.encode(),))
    writer.start()
    try:
        report = read(str(path))
    finally:
        writer.join(10)
    assert [one.number for one in report.paragraphs] == ["1", "2"]
    assert report.source.characters == len(TEXT)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/urandom", "/"])
def test_devices_and_folders_are_refused(path: str) -> None:
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.hint


@pytest.mark.parametrize("path", ["nowhere.txt", "", "a\x00b", "x" * 5000, "nowhere/\ud800.txt"])
def test_names_that_lead_nowhere(path: str) -> None:
    with pytest.raises(InputError):
        read(path)


def test_a_link_that_leads_to_itself(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    with pytest.raises(InputError):
        read(str(tmp_path / "loop.txt"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = given(tmp_path, TEXT.encode())
    os.chmod(path, 0)
    with pytest.raises(InputError, match="permission"):
        read(path)


def test_a_very_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each reader has a bound, which a variable sets: the rest of what is larger is not even read."""
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate((32 << 20) + 1)
    with pytest.raises(InputError, match="larger than 32 MiB") as told:
        read(str(path))
    assert inputs.VARIABLE in str(told.value.hint)
    monkeypatch.setenv(inputs.VARIABLE, "1")
    for name, begin in (("a.txt", b"1. A"), ("a.html", b"<html>"), ("a.rtf", b"{\\rtf1"), ("a.pdf", b"%PDF-1.4")):
        stream = io.BytesIO(begin.ljust(3 << 20))
        data = inputs.taken(stream, name, 3 << 20)
        assert stream.tell() == (1 << 20) + 1, name
        with pytest.raises(InputError, match="larger than 1 MiB"):
            inputs.decode(data, name)
    path.write_bytes(b"1. A".ljust(1 << 20))
    assert len(inputs.open_source(str(path)).text) == 1 << 20, "no byte too much"
    path.write_bytes(b"1. A".ljust((1 << 20) + 1))
    monkeypatch.setenv(inputs.VARIABLE, "2")
    assert len(inputs.open_source(str(path)).text) == (1 << 20) + 1


def test_the_text_of_a_document_is_bounded_as_a_text_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MAX_BYTES", 100)
    with pytest.raises(InputError, match="more than 100 characters"):
        inputs.decode(b"<p>" + b"word " * 25 + b"</p>", "a.html")
    assert len(inputs.decode(b"<p>" + b"word " * 20 + b"</p>", "a.html").text) == 100


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "\u0663", "9" * 12])
def test_a_bound_that_is_no_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(inputs.VARIABLE, value)
    with pytest.raises(ConfigError, match=inputs.VARIABLE):
        read(given(tmp_path, TEXT.encode()))


def test_a_fifo_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a pipe gives beyond the limit may not be dropped in silence."""
    monkeypatch.setattr(plain, "MAX_BYTES", 1 << 12)
    path = tmp_path / "pipe"
    os.mkfifo(path)

    def write() -> None:
        try:
            path.write_bytes(b"1. A line of text.\n" * 1000)
        except BrokenPipeError:
            pass

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(InputError, match="larger"):
            read(str(path))
    finally:
        writer.join(10)


def test_five_megabytes_on_one_line() -> None:
    sentence = "Several speakers noted the value of Chile and of a report that goes on, and on. "
    text = "1. " + sentence * (5_000_000 // len(sentence)) + "\n\n2. The end.\n"
    report = parse(text)
    assert [one.number for one in report.paragraphs] == ["1", "2"]
    assert report.source.characters == len(text)
    assert {span.line for block in report.blocks for span in block.spans} == {1, 3}


def test_lone_surrogates_through_the_api() -> None:
    text = "1. A \ud800 stray \udfff half.\n\n2. The end.\n"
    report = parse(text, name="a\udcff.txt")
    assert report.paragraphs[0].text == "A \ud800 stray \udfff half."
    covered(report, text)
    report.to_json().encode("utf-8", "backslashreplace")


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u202e", "\x1b", "\x9b", "\u2066", "\ufeff", "\x00"])
def test_invisible_marks_are_told_and_kept(tmp_path: Path, mark: str) -> None:
    text = f"1. A word{mark}s end, which is not the end of the text.\n"
    report = read(given(tmp_path, text.encode()))
    (remark,) = [one for one in report.diagnostics if one.code == "text/invisible"]
    assert f"U+{ord(mark):04X}" in remark.message
    assert mark in report.paragraphs[0].text
    covered(report, text)


def test_markdown_is_named_by_its_suffix(tmp_path: Path) -> None:
    assert read(given(tmp_path, TEXT.encode(), "a.MD")).source.media_type == "text/markdown"
    assert read(given(tmp_path, TEXT.encode(), "a.txt")).source.media_type == "text/plain"


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    import hashlib

    for data in (TEXT.encode(), TEXT.encode("utf-16"), b""):
        assert read(given(tmp_path, data)).source.sha256 == hashlib.sha256(data).hexdigest()
    assert parse(TEXT).source.sha256 is None


def test_every_reader_keeps_the_form() -> None:
    from tipreport import registry

    for name in registry.names("inputs"):
        module = registry.load("inputs", name)
        assert module.__doc__
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in module.SUFFIXES)
        assert callable(module.claims)
        assert callable(module.read)
