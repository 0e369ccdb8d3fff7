"""Options of the test run that rewrite what is expected; read the difference before you commit it."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import Shell

OPTIONS = {
    "--update-samples": "rewrite samples/*.tree from what the parser gives",
    "--clean-samples": "remove samples/*.tree that belong to no samples/*.txt",
    "--update-spec": "rewrite the expected trees of tests/spec/*.md",
    "--in-process": "leave out the tests that start a command (tests of mutants)",
}

QUICK = (
    "test_lines.py",
    "test_fields.py",
    "test_telling.py",
    "test_extractors.py",
    "test_revised.py",
    "test_samples.py",
    "test_spec.py",
)  # most mutants fall in the first second


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; those that another file has added already are left alone."""
    for name, told in OPTIONS.items():
        parser.addoption(name, action="store_true", default=False, help=told)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ``--in-process``, drop what runs a command line, for a mutant is judged in the process that holds it; the quick files first."""
    if config.getoption("--in-process"):
        items[:] = [item for item in items if "shell" not in getattr(item, "fixturenames", ())]
        items.sort(key=lambda item: QUICK.index(item.path.name) if item.path.name in QUICK else len(QUICK))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """An empty folder to work in."""
    for name in ("work", "home"):
        (tmp_path / name).mkdir()
    return Shell(tmp_path / "work", tmp_path / "home")
