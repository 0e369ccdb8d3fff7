"""A redline as one page of HTML that needs nothing else: it can be mailed, printed, and read with keyboard or screen reader.

Every unit has a deep link (``#rec-2``, that of the right side; ``#left-rec-2`` for what was dropped); fates can be hidden and shown.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from tipreport.diff.change import FATES, Change, Comparison
from tipreport.diff.record import cite
from tipreport.diff.telling import called, fate, heading, plural, told
from tipreport.pages import template
from tipreport.redlines import View
from tipreport.visible import visible

SUFFIXES = (".html", ".htm")


def render(comparison: Comparison, view: View) -> str:
    """The page."""
    groups = [
        {"title": plural(kind).capitalize(), "changes": [_change(change) for change in changes]}
        for kind, changes in groupby(comparison.changes, key=lambda change: change.kind)
    ]
    met = {change.fate for change in comparison.changes}
    page: str = template(__file__).render(
        labels=[visible(label) for label in view.labels],
        names=[visible(called(comparison, side)) for side in (0, 1)],
        summary=[visible(line) for line in view.summary],
        fates=[name for name in FATES if name in met],
        groups=groups,
    )
    return page.rstrip("\n") + "\n"


def _change(change: Change) -> dict[str, Any]:
    unit = change.right or change.left
    assert unit is not None
    return {
        "anchor": visible(unit.id if change.right else f"left-{unit.id}"),
        "title": visible(heading(change)),
        "fate": change.fate,
        "told": fate(change),
        "pieces": [tuple(map(visible, piece)) for piece in change.pieces],
        "events": [(event.family, event.direction or "", visible(text)) for event in change.events if (text := told(event))],
        "cites": [visible(text) for text in (cite(change.left), cite(change.right)) if text],
    }
