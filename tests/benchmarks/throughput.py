"""Megabytes of text in a second, beside a citation finder, a Markdown parser and a bare loop over lines."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from importlib import import_module
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.table import Table, verdict
from benchmarks.texts import repeated

if TYPE_CHECKING:
    from collections.abc import Callable

    Tool = Callable[[str], object]

FACTOR = 2.0  # times the speed of eyecite
SIZE = 10_000_000
EYECITE = "eyecite.get_citations"
SLICE = 1_000_000  # of the joined text, for eyecite
_NUMBER = re.compile(r"\s*(\d+)\.\s")


def _lines(text: str) -> int:
    return sum(_NUMBER.match(line) is not None for line in text.split("\n"))


def tools() -> dict[str, Tool]:
    """What can be measured here; a tool that is not installed is left out."""
    found: dict[str, Tool] = {"tipreport.parse": import_module("tipreport").parse}
    with suppress(ImportError):
        found[EYECITE] = import_module("eyecite").get_citations
    with suppress(ImportError):
        found["markdown-it-py parse"] = import_module("markdown_it").MarkdownIt().parse
    return {**found, "bare line loop": _lines}


def _rate(tool: Tool, texts: list[str]) -> float:
    begin = time.process_time()  # a busy machine takes turns, not processor time
    for text in texts:
        tool(text)
    return sum(map(len, texts)) / (time.process_time() - begin) / 1e6


def measure(reports: list[str], *, quick: bool) -> Table:
    """Two tasks: real files one by one, and their joined text as a single one."""
    table = Table(
        f"Throughput, one core (millions of characters a second; tipreport at least {FACTOR:g} times eyecite)",
        ("task", "tool", "n", "best", "median", "x eyecite", "x eyecite (of the bests)", "verdict"),
    )
    known = tools()
    for tool in known.values():
        tool(reports[0])  # tables and patterns are loaded once
    passes = max(3, -(-SIZE // sum(map(len, reports))))
    rates: dict[str, list[float]] = {name: [] for name in known}
    for _ in range(min(passes, 3) if quick else passes):
        for name, tool in known.items():
            rates[name].append(_rate(tool, reports))
    _rows(table, "files one by one", rates)
    joined = repeated("\n\n".join([*reports, ""]), SIZE)
    rates = {name: [] for name in known}
    for _ in range(1 if quick else 3):
        for name, tool in known.items():
            rates[name].append(_rate(tool, [joined[:SLICE] if name == EYECITE else joined]))
    _rows(table, "10 MB as one text", rates)
    return table


def _rows(table: Table, task: str, rates: dict[str, list[float]]) -> None:
    beside = rates.get(EYECITE)
    for name, got in rates.items():
        # Round by round, so that a slow moment meets both; the best of each may be from different moments.
        ratio = median(mine / other for mine, other in zip(got, beside, strict=True)) if beside else None
        bests = max(got) / max(beside) if beside else None
        told = verdict(ratio, at_least=FACTOR) if name.startswith("tipreport") and ratio is not None else None
        table.rows.append((task, name, len(got), max(got), median(got), ratio, bests, told))
