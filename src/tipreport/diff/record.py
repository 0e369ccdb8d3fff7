"""A comparison as plain values: the record ``change`` of the contract, one a change, and the counts."""

from __future__ import annotations

from typing import Any

from tipreport.diff.change import FATES, Change, Comparison, Event
from tipreport.diff.telling import counts, events, plural, told
from tipreport.diff.units import Unit
from tipreport.identity import name_of
from tipreport.model import to_plain

Record = dict[str, Any]

# Columns of CSV, in this order.
COLUMNS = (
    "fate", "kind", "left", "right", "score", "left_number", "right_number", "left_section", "right_section", "meaning", "left_text",
    "right_text", "left_cite", "right_cite",
)  # fmt: skip


def record(change: Change) -> Record:
    """A change as the contract has it; ranges in code points of the texts of the units, half-open."""
    left, right = change.left, change.right
    out: Record = {
        "type": "change", "fate": change.fate, "kind": change.kind, "left": left.id if left else None, "right": right.id if right else None,
        "score": change.score, "events": [_event(event) for event in change.events],
    }  # fmt: skip
    if left and right and left.kind != right.kind:
        out["right_kind"] = right.kind
    if change.share is not None:
        side = "left" if change.fate == "split" else "right"
        out[f"{side}_share"] = list(change.share)
    for name, unit in (("left", left), ("right", right)):
        out[f"{name}_number"] = unit.number if unit else None
        out[f"{name}_section"] = unit.section if unit else None
        out[f"{name}_text"] = unit.text if unit else None
        out[f"{name}_cite"] = cite(unit)
        out[f"{name}_spans"] = to_plain(unit.spans) if unit else []
    return out


def row(change: Change) -> Record:
    """A change as a row of ``COLUMNS``; ``meaning`` tells its events in words."""
    return {**record(change), "meaning": "; ".join(filter(None, map(told, change.events)))}


def cite(unit: Unit | None) -> str | None:
    """The pinpoint cite of a unit; None for what has none."""
    return unit.cite if unit else None


def _event(event: Event) -> Record:
    """An event; keys that do not belong to it are left out."""
    out: Record = {"event": event.event}
    both = not event.event.endswith(("_added", "_dropped"))
    if both or event.before is not None:
        out["from"] = event.before
    if both or event.after is not None:
        out["to"] = event.after
    for key in ("id", "name", "direction", "editorial"):
        if getattr(event, key) is not None:
            out[key] = getattr(event, key)
    if event.words is not None:
        out["from_words"], out["to_words"] = event.words
    if event.at is not None:
        out["at"] = list(event.at)
    if event.into is not None:
        out["into"] = list(event.into)
    out["left"], out["right"] = to_plain(event.left), to_plain(event.right)
    return out


def stat(comparison: Comparison) -> Record:
    """How many changes there are of each fate by kind, and how many events."""
    return {
        "type": "stat", "left": name_of(comparison.left.report), "right": name_of(comparison.right.report), "same": comparison.same,
        "fates": {plural(kind): {name: fates[name] for name in FATES} for kind, fates in counts(comparison.changes).items()},
        "events": dict(sorted(events(comparison.changes).items())),
    }  # fmt: skip
