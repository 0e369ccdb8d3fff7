"""The reports of gold files read and scored, each by itself so that many can be done in several processes."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from tipreport.config import Config
from tipreport.coverage import measure
from tipreport.errors import TipreportError
from tipreport.evaluation.compare import SLACK, Score, compare
from tipreport.evaluation.gold import load
from tipreport.inputs import open_source, printable
from tipreport.loading import loaded
from tipreport.model import Report

_NOT_WALKED = {"spans", "blocks", "masthead", "source", "diagnostics", "parts"}


class Task(NamedTuple):
    """A gold file to score.

    Args:
        gold: its path.
        folder: where the reports are.
        config: how they are parsed.
        encoding: of their bytes; None where it is to be told by them.
        kinds: only these; empty for all that the file names.
    """

    gold: str
    folder: str
    config: Config
    encoding: str | None = None
    kinds: tuple[str, ...] = ()


class Result(NamedTuple):
    """How a report came out.

    Args:
        name: of the gold file, without its ending.
        report: the file that it is about.
        scores: by kind; what could not be read is missing as a whole.
        error: why it could not be read; None where it was.
        hint: what the user can do.
        places: objects with a place.
        wrong: those whose place does not hold their text.
        coverage: the share of the characters that lie in exactly one block; None where the text is not at hand.
        unparsed: the share that no rule claimed.
    """

    name: str
    report: str
    scores: dict[str, Score]
    error: str | None = None
    hint: str | None = None
    places: int = 0
    wrong: tuple[str, ...] = ()
    coverage: float | None = None
    unparsed: float = 0.0


def score(task: Task) -> Result:
    """Score one report; a gold file that is wrong is a result too."""
    try:
        return _scored(task, load(task.gold))
    except TipreportError as error:
        return Result(printable(os.path.basename(task.gold)), "", {}, str(error), error.hint)


def _scored(task: Task, facts: dict[str, Any]) -> Result:
    name = os.path.splitext(os.path.basename(task.gold))[0]
    path = os.path.join(task.folder, facts["report"])
    try:
        report, text = loaded(open_source(path, encoding=task.encoding), task.config)
    except TipreportError as error:
        return Result(printable(name), facts["report"], _compared(None, facts, task), str(error), error.hint)
    scores = _compared(report, facts, task)
    if text is None:
        return Result(printable(name), facts["report"], scores)
    found = measure(report, text)
    solid = max(found.characters - found.blank, 1)
    total, wrong = placed(report, text)
    return Result(
        printable(name), facts["report"], scores, places=total, wrong=wrong,
        coverage=found.once / solid if found.characters > found.blank else 1.0, unparsed=dict(found.kinds).get("unparsed", 0) / solid,
    )  # fmt: skip


def _compared(report: Report | None, facts: dict[str, Any], task: Task) -> dict[str, Score]:
    scores = compare(report, facts, slack=SLACK)
    return {kind: one for kind, one in scores.items() if not task.kinds or kind in task.kinds}


def lost(task: Task, error: str, hint: str) -> Result:
    """The result of a report at which a process died."""
    facts = load(task.gold)
    return Result(printable(os.path.basename(task.gold)), facts["report"], _compared(None, facts, task), error, hint)


def placed(report: Report, text: str) -> tuple[int, tuple[str, ...]]:
    """How many objects have a text or a place, and which of them have a place that does not hold their text, white space aside."""
    wrong: list[str] = []
    total = 0
    waiting: list[tuple[str, Any]] = [("", report.to_dict())]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, list):
            waiting += [(f"{path}[{number}]", one) for number, one in enumerate(node)]
        elif isinstance(node, dict):
            said = node["text"] if node.get("text") is not None else node.get("as_printed")
            if path and (said or node.get("spans")):
                total += 1
                fault = _fault(said, node.get("spans") or [], text)
                if fault:
                    wrong.append(f"{path}: {fault}")
            waiting += [(f"{path}.{key}".lstrip("."), value) for key, value in node.items() if key not in _NOT_WALKED]
    return total, tuple(sorted(wrong))


def _fault(said: str | None, spans: list[dict[str, int]], text: str) -> str | None:
    if not spans:
        return "no place"
    last = 0
    for span in spans:
        if not last <= span["start"] < span["end"] <= len(text):
            return "places empty, out of order or out of the text"
        last = span["end"]
    got = "".join(text[span["start"] : span["end"]] for span in spans)
    if said and _solid(got) != _solid(said):
        return f"{got[:40]!r} is not {said[:40]!r}"
    return None


def _solid(text: str) -> str:
    return "".join(text.replace("\u00ad", "").replace("*", "").split())
