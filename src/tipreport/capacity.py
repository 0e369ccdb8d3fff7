"""In which capacity the States or organizations of a list spoke or attended, from the words before it."""

from __future__ import annotations

import re
from functools import cache

from tipreport.data import table


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["id"], re.compile(row["pattern"])) for row in table("capacities"))


def capacity(header: str) -> str | None:
    """The capacity that a header names; the first row of ``data/capacities.csv`` that fits, None for none."""
    return next((name for name, pattern in _patterns() if pattern.search(header)), None)
