"""A timeline for people: a line a report with what became of the text, the redline and the meaning below it; promises as a list."""

from __future__ import annotations

import textwrap

from tipreport.diff.telling import fate, told
from tipreport.redlines import View
from tipreport.redlines.text import BOLD, DIM, YELLOW, inline, styled
from tipreport.trace.promises import DROPPED, KEPT, PENDING, Promises
from tipreport.trace.timeline import Stop, Timeline
from tipreport.visible import visible

SUFFIXES = (".txt",)
_COLUMN = 12


def render(found: Timeline | Promises, view: View) -> str:
    """The lines."""
    lines = _timeline(found, view) if isinstance(found, Timeline) else _promises(found, view)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _timeline(found: Timeline, view: View) -> list[str]:
    lines: list[str] = []
    for stop in found.stops:
        lines += _stop(stop, view)
    with_it = sum(stop.found is not None for stop in found.stops)
    gone = sum(stop.found is None for stop in found.stops)
    told_gone = f"; absent from {gone} of the same body" if gone else ""
    return [*lines, "", f"{with_it} of {found.searched} reports have it, or something like it{told_gone}"]


def _stop(stop: Stop, view: View) -> list[str]:
    date = stop.row.date or "no date"
    name = visible(stop.row.name) + (f" ({stop.row.status})" if stop.row.status == "draft" else "")
    if stop.found is None:
        return [styled(f"{date:{_COLUMN}}{name}  absent", DIM, view)]
    what = stop.state if stop.change is None else f"{stop.state}, {fate(stop.change)}"
    asked = ", asked for" if stop.asked and stop.state != "first" else ""
    lines = [
        f"{styled(f'{date:{_COLUMN}}', BOLD, view)}{name}",
        f"{'':{_COLUMN}}{styled(visible(stop.found.unit.label), BOLD, view)}  {styled(what + asked, YELLOW, view)}",
    ]
    if stop.change is None:
        lines += _wrapped(stop.found.unit.text, view)
    elif stop.change.fate not in {"unchanged", "renumbered", "moved"}:
        lines += inline(stop.change, view, indent=_COLUMN)
    events = stop.change.events if stop.change else ()
    for text in (told(event) for event in events if event.family not in {"renumbered", "kind", "moved"}):
        lines += [styled(line, YELLOW, view) for line in _wrapped(text, view)] if text else []
    if stop.recalls:
        lines += _wrapped("says: " + ", ".join(f'"{words}"' for words in stop.recalls), view)
    if stop.also:
        lines += _wrapped("also: " + ", ".join(f"{one.unit.label} {one.score:.2f}" for one in stop.also), view)
    return lines


def _promises(found: Promises, view: View) -> list[str]:
    lines: list[str] = []
    last = None
    for promise in found.found:
        if promise.row.id != last:
            lines += [""] * bool(lines) + [f"{styled(f'{promise.row.date or chr(32):{_COLUMN}}', BOLD, view)}{visible(promise.row.name)}"]
            last = promise.row.id
        lines.append(
            f"  {styled(f'{promise.outcome:10}', BOLD if promise.outcome == KEPT else YELLOW if promise.outcome == DROPPED else DIM, view)}{visible(promise.label)}"
        )
        lines += _wrapped(promise.text, view)
        for one in promise.evidence:
            lines += _wrapped(f"-> {one.row.date or one.row.name}, {one.title.label}: {one.title.text} ({one.score:.2f})", view)
        if promise.reason:
            lines += _wrapped(f"({promise.reason})", view)
    counts = {outcome: sum(promise.outcome == outcome for promise in found.found) for outcome in (KEPT, PENDING, DROPPED)}
    told_counts = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    return [*lines, "", f"{len(found.found)} topics set for later meetings in {found.searched} reports: {told_counts}"]


def _wrapped(text: str, view: View) -> list[str]:
    pad = " " * _COLUMN
    return textwrap.wrap(visible(text), max(view.width, 36), initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False)
