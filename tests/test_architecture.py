"""The house rules: who imports whom, what a command loads, how long things are, what never occurs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from command import ROOT, SAMPLES, SCRIPT, SECONDS, environment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SRC = ROOT / "src/tipreport"
FILES = sorted(SRC.rglob("*.py"))
SMALL = str(SAMPLES / "generic-minimal.txt")
FILE_LINES, FUNCTION_LINES, USUAL_LINES, USUAL_SHARE = 400, 80, 40, 0.95

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"))


def label(path: Path, node: ast.AST | None = None) -> str:
    """A place, as ``blocks/heading.py:12 name``."""
    line = f":{getattr(node, 'lineno', '')} {getattr(node, 'name', None) or ''}".rstrip() if node else ""
    return f"{path.relative_to(SRC).as_posix()}{line}"


def functions() -> Iterator[tuple[Path, Function]]:
    """All functions and methods."""
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


# Imports -----------------------------------------------------------------------------------------------------


def test_import_contracts() -> None:
    pytest.importorskip("importlinter")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
            "--config",
            str(ROOT / ".importlinter"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env={**environment(ROOT), "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"},
    )
    assert done.returncode == 0, done.stdout[done.stdout.find("Contracts") :] + done.stderr
    assert "0 broken" in done.stdout


def test_every_module_that_python_sees_is_checked() -> None:
    """No folder without ``__init__.py``: the import contracts would not see it."""
    assert not [folder.name for folder in {path.parent for path in FILES} if not (folder / "__init__.py").exists()]


def test_plug_ins_keep_their_forms() -> None:
    from tipreport import registry
    from tipreport.profiles import Profile

    for name in registry.names("exporters"):
        module = registry.load("exporters", name)
        assert isinstance(module.SUFFIXES, tuple)
        assert [form for form in ("render", "write", "tabulate", "save") if callable(getattr(module, form, None))], name
        if hasattr(module, "render"):
            assert all(isinstance(part, str) for part in (module.BEGIN, module.BETWEEN, module.END))
    suffixes = [suffix for name in registry.names("exporters") for suffix in registry.load("exporters", name).SUFFIXES]
    assert len(set(suffixes)) == len(suffixes)
    for name in registry.names("profiles"):
        module = registry.load("profiles", name)
        assert isinstance(module.PROFILE, Profile)
        assert module.PROFILE.name == name
        assert not [node for node in ast.walk(tree(SRC / f"profiles/{name}.py")) if isinstance(node, ast.FunctionDef)], (
            "a profile is a value"
        )


# What is loaded ----------------------------------------------------------------------------------------------


def loads(tmp_path: Path, *arguments: str) -> set[str]:
    """The names of all modules that a run of the interpreter imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    names = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert done.returncode == 0, done.stderr[-2000:]
    assert "sys" in names or "site" in names
    return names


def within(names: set[str], *packages: str) -> list[str]:
    """The names that belong to one of the packages."""
    return sorted(name for name in names if any(name == one or name.startswith(f"{one}.") for one in packages))


def test_importing_the_package_loads_nothing_heavy(tmp_path: Path) -> None:
    more = loads(tmp_path, "-c", "import tipreport") - loads(tmp_path, "-c", "pass")
    assert more <= {"tipreport", "__future__"}


@pytest.mark.parametrize("arguments", [[SMALL, "--json"], [SMALL], [SMALL, "--csv"], [SMALL, "-t", "tree"], [SMALL, "--coverage"]])
def test_parsing_loads_no_more_than_it_needs(tmp_path: Path, arguments: list[str]) -> None:
    names = loads(tmp_path, SCRIPT, "parse", *arguments)
    assert within(names, "tipreport.api", "typer")
    assert not within(
        names,
        "pydantic",
        "pydantic_core",
        "rich",
        "asyncio",
        "sqlite3",
        "multiprocessing",
        "concurrent",
        "importlib.metadata",
        "importlib.resources",
        "email",
        "urllib.request",
    )


def test_version_loads_nothing(tmp_path: Path) -> None:
    names = loads(tmp_path, SCRIPT, "--version")
    assert not within(names, "typer", "click", "rich", "pydantic", "regex", "json", "tipreport.cli.app", "tipreport.api")


def test_help_loads_neither_parser_nor_pydantic(tmp_path: Path) -> None:
    for command in ([], ["parse"], ["schema"]):
        names = loads(tmp_path, SCRIPT, *command, "--help")
        assert not within(
            names, "pydantic", "rich", "regex", "tipreport.api", "tipreport.assemble", "tipreport.blocks", "tipreport.entities"
        )


def test_schema_loads_no_parser(tmp_path: Path) -> None:
    names = loads(tmp_path, SCRIPT, "schema")
    assert within(names, "pydantic")
    assert not within(names, "rich", "tipreport.api", "tipreport.blocks", "tipreport.entities")


# Lengths -----------------------------------------------------------------------------------------------------


def test_files_are_short() -> None:
    long = {label(path): count for path in FILES if (count := len(path.read_text("utf-8").splitlines())) > FILE_LINES}
    assert not long


def test_functions_are_short() -> None:
    lengths = {label(path, node): (node.end_lineno or node.lineno) - node.lineno + 1 for path, node in functions()}
    assert not {name: count for name, count in lengths.items() if count > FUNCTION_LINES}
    usual = sum(count <= USUAL_LINES for count in lengths.values())
    longest = sorted(lengths.items(), key=lambda pair: -pair[1])[:15]
    assert usual >= USUAL_SHARE * len(lengths), longest


# Docstrings --------------------------------------------------------------------------------------------------


def public(body: list[ast.stmt]) -> Iterator[ast.ClassDef | Function]:
    """Public classes and functions, and the public methods of those classes."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def test_every_module_and_public_name_has_a_docstring() -> None:
    missing = [label(path) for path in FILES if not ast.get_docstring(tree(path))]
    missing += [label(path, node) for path in FILES for node in public(tree(path).body) if not ast.get_docstring(node)]
    assert not missing


# What never occurs -------------------------------------------------------------------------------------------

CALLS = {"print", "eval", "exec", "compile", "input", "breakpoint", "__import__"}
MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "subprocess",
    "socket",
    "ssl",
    "urllib.request",
    "http",
    "ftplib",
    "smtplib",
    "ctypes",
    "requests",
    "asyncio",
    "webbrowser",
    "xmlrpc",
    "importlib.metadata",
}
# Where one of them has to be, and why.
ALLOWED = {
    ("inputs/pdf.py", "ctypes"),  # the types in which PDFium's own functions give numbers back
    ("markup/office.py", "subprocess"),  # old Word files: LibreOffice converts them, no library does
}
ATTRIBUTES = {
    "os.system",
    "os.popen",
    "os.exec",
    "os.execv",
    "os.fork",
    "os.spawnv",
    "os.chdir",
    "os.putenv",
    "sys.setrecursionlimit",
    "locale.setlocale",
    "warnings.filterwarnings",
}


def dotted(node: ast.expr) -> str:
    """The name of an expression such as ``os.path.join``."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def faults(path: Path, module: ast.Module) -> Iterator[str]:
    """What the source may not hold."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and dotted(node.func) in CALLS:
            yield f"{label(path, node)} calls {dotted(node.func)}"
        if isinstance(node, ast.Attribute) and dotted(node) in ATTRIBUTES:
            yield f"{label(path, node)} uses {dotted(node)}"
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield f"{label(path, node)} has a bare except"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            for name in names:
                if any(name == one or name.startswith(f"{one}.") for one in MODULES) and (label(path), name) not in ALLOWED:
                    yield f"{label(path, node)} imports {name}"
            if isinstance(node, ast.ImportFrom) and (node.level or "*" in [one.name for one in node.names]):
                yield f"{label(path, node)} has a relative or star import"


def test_what_never_occurs_in_the_source() -> None:
    assert not [fault for path in FILES for fault in faults(path, tree(path))]


def test_the_search_for_faults_finds_some() -> None:
    """A test of the test."""
    code = "import os, urllib.request\nfrom . import x\ntry:\n    print(eval('1'))\nexcept:\n    os.system('x')\n"
    kinds = [fault.split(" ", 1)[1] for fault in faults(SRC / "not_there.py", ast.parse(code))]
    assert sorted(kinds) == [
        "calls eval",
        "calls print",
        "has a bare except",
        "has a relative or star import",
        "imports urllib.request",
        "uses os.system",
    ]


def test_no_place_of_one_machine_in_the_source() -> None:
    found = [
        f"{label(path)}: {line.strip()}"
        for path in FILES
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"[\"' ]/(?:work|home|root|Users|tmp|usr|opt)/", line)
    ]
    assert not found


def test_future_annotations_and_no_tabs() -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        body = tree(path).body[1:]  # behind the docstring
        assert not body or "from __future__ import annotations" in text, label(path)
        assert "\t" not in text, label(path)
        assert text.endswith("\n"), label(path)


def test_the_package_says_that_it_is_typed() -> None:
    assert (SRC / "py.typed").exists()
