"""Negations put in or taken out: "should not detain", "without delay", "no child"."""

from __future__ import annotations

import re

from tipreport.diff.change import Event
from tipreport.diff.pair import Hit, Pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT = re.compile(r"\b(?:not(?! only\b)|never|nor|neither|no(?! later\b| one\b|\.)|without(?! prejudice\b)|cannot)\b", re.IGNORECASE)


def find(pair: Pair) -> Iterator[Event]:
    """Events ``negation_added`` and ``negation_dropped``; the same word elsewhere in the text is none."""
    if not pair.hunks:
        return
    _, gone, come = pair.together(*(_hits(pair, side) for side in (0, 1)))
    for hit in gone:
        yield pair.event("negation_dropped", hit, None, id=None)
    for hit in come:
        yield pair.event("negation_added", None, hit, id=None)


def _hits(pair: Pair, side: int) -> list[Hit]:
    text, (low, high) = pair.unit(side).text, pair.range(side)
    return [Hit(found.start(), found.end(), found.group().lower(), found.group()) for found in _NOT.finditer(text, low, high)]
