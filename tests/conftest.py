"""Options of the test run that rewrite what is expected; read the difference before you commit it."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import Shell

OPTIONS = {
    "--update-samples": "rewrite samples/*.tree from what the parser gives",
    "--clean-samples": "remove samples/*.tree that belong to no samples/*.txt",
    "--update-spec": "rewrite the expected trees of tests/spec/*.md",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; those that another file has added already are left alone."""
    for name, told in OPTIONS.items():
        parser.addoption(name, action="store_true", default=False, help=told)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """An empty folder to work in."""
    for name in ("work", "home"):
        (tmp_path / name).mkdir()
    return Shell(tmp_path / "work", tmp_path / "home")
