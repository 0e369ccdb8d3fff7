"""The library from outside: names, errors, frozen reports, saved JSON, docstrings."""

from __future__ import annotations

import dataclasses
import gc
import importlib
import inspect
import json
import pickle
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import tipreport
from command import SAMPLES
from tipreport import Config, Report, Span, TipreportError, errors, model, parse, read
from tipreport.errors import InputError, SchemaError, UnknownNameError

SAMPLE = str(SAMPLES / "wg4-final-report.txt")
PUBLIC = ("api", "config", "coverage", "diagnostics", "errors", "model", "schema", "select", "spans")


@pytest.fixture(scope="module")
def report() -> Report:
    """A report with most kinds of objects in it."""
    return read(SAMPLE)


def objects(thing: Any) -> list[Any]:
    """All model objects inside a report."""
    if isinstance(thing, tuple):
        return [inner for one in thing for inner in objects(one)]
    if dataclasses.is_dataclass(thing):
        return [thing, *(inner for field in dataclasses.fields(thing) for inner in objects(getattr(thing, field.name)))]
    return []


# Names -------------------------------------------------------------------------------------------------------


def test_the_public_names() -> None:
    assert sorted(tipreport.__all__) == ["Config", "Report", "Span", "TipreportError", "__version__", "parse", "read"]
    assert set(tipreport.__all__) <= set(dir(tipreport))
    for name in tipreport.__all__:
        assert getattr(tipreport, name) is not None
    assert tipreport.parse is parse
    assert tipreport.Report is model.Report
    assert tipreport.TipreportError is errors.TipreportError


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="'tipreport' has no attribute 'prase'"):
        _ = tipreport.prase
    with pytest.raises(ImportError, match="prase"):
        exec("from tipreport import prase")  # noqa: S102
    assert not hasattr(tipreport, "__wrapped__")


def test_star_import() -> None:
    space: dict[str, object] = {}
    exec("from tipreport import *", space)  # noqa: S102
    assert {"parse", "read", "Report", "Config", "Span", "TipreportError"} <= set(space)


def test_names_are_lazy() -> None:
    code = (
        "import sys, tipreport; dir(tipreport); tipreport.__version__\n"
        "assert not [n for n in sys.modules if n.startswith('tipreport.')], [n for n in sys.modules if n.startswith('tipreport.')]\n"
        "tipreport.TipreportError\n"
        "assert 'tipreport.api' not in sys.modules and 'tipreport.errors' in sys.modules\n"
        "tipreport.parse\n"
        "assert 'tipreport.api' in sys.modules and 'tipreport.schema' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)


def test_signatures() -> None:
    assert (
        str(inspect.signature(parse))
        == "(text: 'str', *, name: 'str' = '<text>', config: 'Config' = Config(profile=None, symbol=None, tables=(), corrections=())) -> 'Report'"
    )
    assert list(inspect.signature(read).parameters) == ["path", "encoding", "config"]
    for function in (parse, read):
        first, *others = inspect.signature(function).parameters.values()
        assert first.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        assert {one.kind for one in others} == {inspect.Parameter.KEYWORD_ONLY}


# Reports -----------------------------------------------------------------------------------------------------


def test_parse_and_read_agree(report: Report) -> None:
    text = (SAMPLES / "wg4-final-report.txt").read_bytes().decode()
    parsed = parse(text, name=SAMPLE)
    assert dataclasses.replace(parsed, source=report.source) == report
    assert parse(text).source.name == "<text>"


def test_reports_are_frozen_values(report: Report) -> None:
    again = read(SAMPLE)
    assert report == again
    assert hash(report) == hash(again)
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301
    found = objects(report)
    assert {type(one).__name__ for one in found} > {
        "Report",
        "Masthead",
        "Recommendation",
        "Paragraph",
        "Point",
        "Voice",
        "Panellist",
        "Statement",
        "Span",
    }
    for one in found:
        field = dataclasses.fields(one)[0].name
        with pytest.raises((dataclasses.FrozenInstanceError, AttributeError, TypeError)):
            setattr(one, field, None)
        with pytest.raises((dataclasses.FrozenInstanceError, AttributeError, TypeError)):
            one.surplus = 1
        assert not hasattr(one, "__dict__")
        hash(one)


def test_nothing_in_a_report_can_be_changed(report: Report) -> None:
    for one in objects(report):
        for field in dataclasses.fields(one):
            assert not isinstance(getattr(one, field.name), (list, dict, set)), (type(one), field.name)


def test_plain_and_json(report: Report) -> None:
    plain = report.to_dict()
    assert json.loads(report.to_json()) == plain
    assert json.loads(report.to_json(indent=2)) == plain
    assert list(plain) == [field.name for field in dataclasses.fields(Report)]
    assert plain["generator"] == f"tipreport {tipreport.__version__}"
    assert plain["schema_version"] == "1"
    assert Report.from_json(report.to_json()) == report
    assert Report.from_json(report.to_json(indent=2).encode()) == report


def test_every_sample_comes_back_from_json() -> None:
    for path in sorted(SAMPLES.glob("*.txt")):
        one = read(str(path))
        assert Report.from_json(one.to_json()) == one, path.name


def changed(value: dict[str, Any], *path: Any, to: Any) -> str:
    """JSON of a report with one value changed."""
    copy = json.loads(json.dumps(value))
    at = copy
    for step in path[:-1]:
        at = at[step]
    if to is KeyError:
        del at[path[-1]]
    else:
        at[path[-1]] = to
    return json.dumps(copy)


@pytest.mark.parametrize(
    ("path", "to", "word"),
    [
        (("schema_version",), "0", "version"),
        (("schema_version",), 1, "schema_version"),
        (("masthead",), KeyError, "masthead"),
        (("masthead",), None, "masthead"),
        (("surplus",), 1, "surplus"),
        (("masthead", "surplus"), 1, "surplus"),
        (("recommendations",), {}, "recommendations"),
        (("recommendations", 0, "text"), 5, "recommendations.0.text"),
        (("recommendations", 0, "text"), KeyError, "recommendations.0.text"),
        (("recommendations", 0, "spans", 0, "start"), "a", "recommendations.0.spans.0.start"),
        (("recommendations", 0, "spans", 0, "start"), 1.5, "recommendations.0.spans.0.start"),
        (("recommendations", 0, "spans", 0, "start"), -1, "-1"),
        (("recommendations", 0, "spans", 0, "end"), 10**9, "1000000000"),
        (("blocks", 0, "spans", 0, "line"), 0, "span"),
        (("blocks", 0, "surplus"), 1, "surplus"),
        (("masthead", "date"), "2021-02-30", "masthead.date"),
        (("masthead", "meeting_end"), "", "masthead.meeting_end"),
    ],
)
def test_json_that_does_not_fit_names_the_place(report: Report, path: tuple[Any, ...], to: Any, word: str) -> None:
    with pytest.raises(SchemaError) as caught:
        Report.from_json(changed(report.to_dict(), *path, to=to))
    assert word in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "1", "null", "{}", '{"schema_version": "1"', b"\xff\xfe", "[" * 10000, '{"schema_version": "9"}']
)
def test_json_that_is_no_report(text: str | bytes) -> None:
    with pytest.raises(SchemaError) as caught:
        Report.from_json(text)
    assert caught.value.hint


def test_span() -> None:
    span = Span(start=1, end=2, line=1, end_line=1)
    assert span == Span(start=1, end=2, line=1, end_line=1, page=None)
    with pytest.raises(TypeError):
        Span(1, 2, 3, 4)  # type: ignore[call-arg]


# Errors ------------------------------------------------------------------------------------------------------


def test_all_errors_have_one_base() -> None:
    classes = [one for _, one in inspect.getmembers(errors, inspect.isclass) if one.__module__ == errors.__name__]
    assert {one.__name__ for one in classes} >= {"TipreportError", "InputError", "ConfigError", "UnknownNameError", "SchemaError"}
    assert all(issubclass(one, TipreportError) for one in classes)


def test_errors_tell() -> None:
    error = InputError("a.txt", "is gone", "look elsewhere")
    assert (str(error), error.path, error.reason, error.hint) == ("a.txt: is gone", "a.txt", "is gone", "look elsewhere")
    unknown = UnknownNameError("kind", "pont", ["points", "paragraphs"])
    assert (str(unknown), unknown.hint, unknown.name) == ("unknown kind 'pont'", "did you mean points?", "pont")
    assert UnknownNameError("kind", "zzz", ["b", "a"]).hint == "known: a, b"


def test_errors_survive_pickling() -> None:
    """They come back from worker processes."""
    for error in (
        TipreportError("a", "b"),
        InputError("a.txt", "is gone", "look"),
        SchemaError("x", "y"),
        UnknownNameError("kind", "pont", ["points"]),
    ):
        again = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert type(again) is type(error)
        assert (str(again), again.hint) == (str(error), error.hint)


def test_text_never_raises() -> None:
    for text in (
        "",
        "\n",
        "1.",
        "(a)",
        "I.",
        "\x00",
        "Recommendation",
        "1. " * 1000,
        "(" * 1000,
        "\u0661. x",
        "²",
        "1" * 5000 + ". x",
        "*" * 999,
        "Distr.:",
    ):
        assert isinstance(parse(text), Report)


def test_own_config_by_keyword_only() -> None:
    with pytest.raises(TypeError):
        parse("1. A.", "name")  # type: ignore[call-arg]
    assert parse("1. A.", name="n", config=Config(symbol="A/1")).source.symbol == "A/1"


# Docstrings --------------------------------------------------------------------------------------------------


def members(module: ModuleType) -> list[tuple[str, Any]]:
    """The public functions and classes of a module, with their public methods."""
    found: list[tuple[str, Any]] = []
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        if inspect.isclass(thing):
            found.append((name, thing))
            for inner, method in vars(thing).items():
                plain = method.fget if isinstance(method, property) else getattr(method, "__func__", method)
                if not inner.startswith("_") and inspect.isfunction(plain):
                    found.append((f"{name}.{inner}", plain))
        elif inspect.isfunction(thing):
            found.append((name, thing))
    return found


@pytest.mark.parametrize("name", PUBLIC)
def test_docstrings(name: str) -> None:
    module = importlib.import_module(f"tipreport.{name}")
    assert module.__doc__
    missing = []
    for label, thing in members(module):
        text = vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__
        if not text or text.startswith(f"{label}("):  # what dataclasses write themselves
            missing.append(label)
    assert not missing


def test_the_docstrings_of_the_library_tell_arguments_and_errors() -> None:
    for function in (parse, read):
        told = inspect.getdoc(function) or ""
        assert "Args:" in told
        assert "Raises:" in told
        for name in inspect.signature(function).parameters:
            assert f"    {name}: " in told


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_parsing_makes_no_cycles_so_the_collector_may_rest(sample: Path) -> None:
    """What a parse leaves behind is freed by counting references alone, and the collector runs again behind it."""
    text = sample.read_text(encoding="utf-8")
    parse(text)  # the tables and modules that the first one loads stay
    gc.collect()
    gc.disable()
    try:
        parse(text)
        assert not gc.isenabled(), "whoever stopped the collector lets it run again"
        assert gc.collect() == 0
    finally:
        gc.enable()
    parse(text)
    assert gc.isenabled()
