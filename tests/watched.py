"""Every pattern that the package compiles: ``python watched.py SAMPLES`` runs the commands in this process and prints them as JSON.

What a run does not reach is read from the source: patterns that are plain texts where they stand. ``unmet`` are the places of others.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import json
import pkgutil
import re
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import regex

SRC = Path(__file__).parents[1] / "src/tipreport"
METHODS = {"compile", "match", "fullmatch", "search", "sub", "subn", "finditer", "findall", "split"}
SEEN: dict[tuple[str, int, str], set[str]] = {}


def _place() -> str | None:
    """Where in the package a pattern is compiled; None where another library does so."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(str(SRC)):
            return f"{Path(name).relative_to(SRC).as_posix()}:{frame.f_lineno}"
        if not name.endswith(("/re/__init__.py", "/functools.py", "/watched.py")) and "/regex/" not in name:
            return None
        frame = frame.f_back
    return None


def _watch(module: Any, engine: str) -> None:
    real = module._compile

    def compiled(pattern: Any, flags: int = 0, *rest: Any, **more: Any) -> Any:
        if isinstance(pattern, str) and (place := _place()):
            SEEN.setdefault((pattern, int(flags), engine), set()).add(place)
        return real(pattern, flags, *rest, **more)

    module._compile = compiled


def _run(*arguments: str) -> None:
    from tipreport.__main__ import main

    sys.argv = ["tipreport", *arguments]
    quiet = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(io.StringIO()), contextlib.suppress(SystemExit):
        main()


def commands(samples: Path) -> None:
    """Run what compiles patterns when it is asked for."""
    files = [str(samples / name) for name in ("generic-minimal.txt", "wg4-final-report.txt")]
    draft = str(samples / "wg4-draft-addendum.txt")
    for command in ("parse", "check", "who", "compile"):
        _run(command, "--jobs", "1", *files)
    _run("diff", draft, files[1])
    _run("index", "add", "--jobs", "1", "--index", "x.db", *files)
    _run("search", "--index", "x.db", "/non-?punishment/ OR victims")
    _run("verify", "The meeting was opened", *files)
    for form in ("md", "html", "akn", "bibtex"):
        _run("export", "--to", form, "-o", f"out.{form}", files[1])


def main() -> None:
    """Print ``patterns`` (text, flags, library, places) and ``unmet`` places."""
    _watch(re, "re")
    _watch(sys.modules[regex.compile.__module__], "regex")
    package = importlib.import_module("tipreport")
    for module in pkgutil.walk_packages(package.__path__, "tipreport."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    commands(Path(sys.argv[1]))
    met = {place for places in SEEN.values() for place in places}
    unmet = []
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            place = f"{path.relative_to(SRC).as_posix()}:{getattr(node, 'lineno', 0)}"
            if not isinstance(node, ast.Call) or ast.unparse(node.func) not in {f"{m}.{one}" for m in ("re", "regex") for one in METHODS}:
                continue
            if any(f"{place.rpartition(':')[0]}:{line}" in met for line in range(node.lineno, (node.end_lineno or 0) + 1)):
                continue
            if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                SEEN.setdefault((node.args[0].value, 32, "re"), set()).add(place)
            elif not (isinstance(node.args[0], ast.Constant)):
                unmet.append(f"{place.rpartition(':')[0]} {ast.unparse(node.args[0])}"[:110])
    print(json.dumps({"patterns": [[*key, sorted(places)] for key, places in SEEN.items()], "unmet": unmet}))


if __name__ == "__main__":
    main()
