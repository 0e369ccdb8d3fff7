"""Hand-written facts about a report against what the parser found: the measure of ``tipreport eval``, and a reader of its files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tipreport.evaluation.compare import Score, compare, differences
from tipreport.evaluation.fact import Fact, bare, plain

__all__ = ["Fact", "Score", "bare", "compare", "differences", "load", "plain"]


def load(path: Path) -> dict[str, Any]:
    """The facts of a file."""
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts
