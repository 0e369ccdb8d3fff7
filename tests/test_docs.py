"""What the documents say is what happens: commands, outputs, options, links."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest

from command import ROOT, SCRIPT, SECONDS, environment

DOCUMENTS = [
    path
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("**/*.md")))
    if path.exists()
]
SHOWN = [path for path in DOCUMENTS if path.name != "CHANGELOG.md"]

_FENCE = re.compile(r"^(?P<indent> *)```console\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1`*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]\n]*\]\(\s*<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\[[^\]\n]+\]:\s*<?(\S+?)>?\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
_ELSEWHERE = re.compile(r"(?:sudo|pip|pipx|uv|uvx|git|apt|brew|source) |python3? -m (?:venv|pip)|\.")  # shown, not run here


@dataclass(frozen=True, slots=True)
class Example:
    """One command of a document and the output that stands below it."""

    place: str
    command: str
    output: str


def examples(path: Path) -> list[Example]:
    """The commands of the console blocks of a document, in order."""
    text = path.read_text("utf-8")
    found = []
    for block in _FENCE.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        body = textwrap.dedent(block["body"])
        for part in re.split(r"(?m)^(?=\$ )", body):
            if part.startswith("$ "):
                command, _, output = part[2:].partition("\n")
                while command.endswith("\\"):
                    more, _, output = output.partition("\n")
                    command = f"{command[:-1].rstrip()} {more.removeprefix('> ').strip()}"
                found.append(Example(f"{path.relative_to(ROOT).as_posix()}:{line}", command, output))
    return found


def fits(expected: str, got: str) -> bool:
    """Whether the output is the one shown; a line ``...`` stands for any lines, or for the rest."""
    if not expected.strip():
        return not got.strip()
    parts = re.split(r"(?m)^[ \t]*(?:\.\.\.|\u2026)[ \t]*(?:\n|\Z)", expected.rstrip() + "\n")
    pattern = r"(?:.*\n)*?".join(re.escape("".join(f"{line.rstrip()}\n" for line in part.splitlines())) for part in parts)
    tidy = "".join(f"{line.rstrip()}\n" for line in got.rstrip().splitlines())
    return re.fullmatch(pattern, tidy) is not None


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which ``tipreport`` is the script under test."""
    home = tmp_path_factory.mktemp("home")
    folder = tmp_path_factory.mktemp("bin")
    (folder / "tipreport").symlink_to(SCRIPT)
    env = environment(home)
    return {**env, "PATH": f"{folder}{os.pathsep}{Path(SCRIPT).parent}{os.pathsep}{env.get('PATH', '')}"}


@pytest.mark.parametrize("path", [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in SHOWN if examples(path)])
def test_console_blocks(path: Path, surroundings: dict[str, str], tmp_path: Path) -> None:
    """The commands of a document run in order, in a folder that looks like the root of the repository.

    What they write goes there, so that a later command finds it and the repository stays as it is.
    """
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (tmp_path / entry.name).symlink_to(entry)
    wrong = []
    for example in examples(path):
        if _ELSEWHERE.match(example.command):
            continue
        done = subprocess.run(
            ["bash", "-c", example.command],
            cwd=tmp_path,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
        got = done.stdout.decode("utf-8")
        if not fits(example.output, got):
            wrong.append(f"{example.place}: $ {example.command}\n--- shown\n{example.output}--- is\n{got}")
    assert not wrong, "\n".join(wrong)


def test_the_comparison_compares() -> None:
    assert fits("a\nb\n", "a  \nb\n")
    assert fits("a\n...\n", "a\nb\nc\n")
    assert fits("a\n...\nc\n", "a\nb\nb\nc\n")
    assert fits("", "")
    assert not fits("a\n", "a\nb\n")
    assert not fits("a\n...\nc\n", "a\nb\n")
    assert not fits("b\n...\n", "a\nb\n")


def slugs(text: str) -> set[str]:
    """The anchors that headings get on GitHub."""
    found: set[str] = set()
    for heading in _HEADING.finditer(re.sub(r"(?ms)^```.*?^```$", "", text)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).replace("`", "").replace("*", "")
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        count, made = 0, slug
        while made in found:
            count += 1
            made = f"{slug}-{count}"
        found.add(made)
    return found


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in [*DOCUMENTS, ROOT / "samples/README.md"] if path.exists()]
)
def test_links_lead_somewhere(path: Path) -> None:
    text = _CODE.sub("", path.read_text("utf-8"))
    broken = []
    for found in _LINK.finditer(text):
        target = found[1] or found[2]
        if re.match(r"[a-z][a-z0-9+.-]*:|//", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        place = (path.parent / name).resolve() if name else path
        if (
            not place.exists()
            or not place.is_relative_to(ROOT)
            or (anchor and place.suffix == ".md" and anchor not in slugs(place.read_text("utf-8")))
        ):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize(
    ("command", "page"), [("parse", ROOT / "docs/parse.md"), ("schema", ROOT / "docs/format.md"), ("diff", ROOT / "docs/diff.md")]
)
def test_every_option_is_documented(command: str, page: Path, surroundings: dict[str, str]) -> None:
    told = subprocess.run([SCRIPT, command, "--help"], env=surroundings, capture_output=True, timeout=SECONDS, check=True).stdout.decode()
    options = set(re.findall(r"(?m)^ +(?:-\w, )?(--[a-z][a-z-]+)", told)) - {"--help"}
    assert options
    text = page.read_text("utf-8")
    assert not [option for option in sorted(options) if not re.search(rf"(?<![\w-]){option}(?![\w-])", text)]
    known = options | {"--help", "--version", "--show-completion", "--install-completion"}
    assert not [one for one in sorted(set(re.findall(rf"tipreport {command}[^\n`|>]*?(--[a-z][a-z-]+)", text))) if one not in known]


def test_the_change_log_has_a_heading_for_this_version() -> None:
    import tipreport

    page = ROOT / "CHANGELOG.md"
    if not page.exists():
        pytest.skip("CHANGELOG.md is not written")
    heads = _HEADING.findall(page.read_text("utf-8"))
    assert [head for head in heads if "Unreleased" in head or tipreport.__version__ in head]


def test_no_place_of_one_machine_in_the_documents() -> None:
    for path in DOCUMENTS:
        assert not re.search(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/", path.read_text("utf-8")), path.name


@pytest.mark.parametrize("name", ["topics", "addressees", "quantifiers"])
def test_the_vocabulary_of_filters_is_written_down(name: str) -> None:
    text = (ROOT / "docs/search.md").read_text("utf-8")
    with open(ROOT / f"src/tipreport/data/{name}.csv", encoding="utf-8", newline="") as file:
        missing = [row["id"] for row in csv.DictReader(file) if f"`{row['id']}`" not in text]
    assert missing == []


def test_every_page_is_in_the_list_of_pages() -> None:
    text = (ROOT / "docs/README.md").read_text("utf-8")
    assert not [path.name for path in (ROOT / "docs").glob("*.md") if path.name != "README.md" and f"({path.name})" not in text]


def test_every_object_and_record_is_described() -> None:
    from typing import get_args, get_type_hints

    from tipreport import model, shapes
    from tipreport.cli.commands import schema

    text = (ROOT / "docs/format.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for name, cls in vars(model).items():
        if isinstance(cls, type) and issubclass(cls, model.Record) and cls not in {model.Record, model.Report}:
            row = next((row for row in rows if f"`{name}`" in row), "")
            assert not [key for key in get_type_hints(cls) if key != "spans" and not re.search(rf"\b{key}\b", row)], name
    assert not [key for key in get_type_hints(model.Report) if not [row for row in rows if f"`{key}`" in row.split("|")[1]]]
    for name in schema._RECORDS:
        assert [row for row in rows if f"`{name}`" in row.split("|")[1]], name
        (kind,) = get_args(get_type_hints(getattr(shapes, name.upper()))["type"])
        assert kind == name
