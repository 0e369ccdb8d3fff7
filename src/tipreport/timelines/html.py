"""A timeline or a list of promises as one page of HTML that needs nothing else."""

from __future__ import annotations

from typing import Any

from tipreport.diff.telling import fate, told
from tipreport.pages import template
from tipreport.redlines import View
from tipreport.trace.promises import Promises
from tipreport.trace.timeline import Stop, Timeline
from tipreport.visible import visible

SUFFIXES = (".html", ".htm")


def render(found: Timeline | Promises, view: View) -> str:
    """The page."""
    if isinstance(found, Timeline):
        title = f"What became of: {visible(view.labels[0])}"
        entries = [_stop(stop) for stop in found.stops]
    else:
        title = "Topics set for later meetings"
        entries = [
            {
                "date": promise.row.date or "no date", "report": visible(promise.row.name), "unit": visible(promise.label), "told": promise.outcome,
                "state": promise.outcome, "pieces": [(visible(promise.text), "", "")],
                "notes": [visible(f"{one.row.date}, {one.title.label}: {one.title.text} ({one.score:.2f})") for one in promise.evidence]
                + ([visible(promise.reason)] if promise.reason else []),
                "cite": visible(promise.cite),
            }
            for promise in found.found
        ]  # fmt: skip
    page: str = template(__file__).render(title=title, entries=entries, searched=found.searched)
    return page.rstrip("\n") + "\n"


def _stop(stop: Stop) -> dict[str, Any]:
    found, change = stop.found, stop.change
    pieces = [tuple(map(visible, piece)) for piece in change.pieces] if change else [(visible(found.unit.text), "", "")] if found else []
    notes = [visible(text) for event in (change.events if change else ()) if (text := told(event))]
    notes += [f'says: "{visible(words)}"' for words in stop.recalls]
    notes += [visible(f"also: {one.unit.label} ({one.score:.2f})") for one in stop.also]
    return {
        "date": stop.row.date or "no date", "report": visible(stop.row.name), "unit": visible(found.unit.label) if found else "",
        "told": f"{stop.state}, {fate(change)}" if change else stop.state, "state": stop.state, "pieces": pieces, "notes": notes,
        "cite": visible(found.unit.cite or "") if found else "",
    }  # fmt: skip
