"""Changes in words: what an event means, what a unit is called, how many changes of what fate there are."""

from __future__ import annotations

from collections import Counter

from tipreport.diff.change import FATES, Change, Comparison, Event
from tipreport.identity import symbol_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_ADDED = {"_added": "added", "_dropped": "dropped"}
_NAMES = {
    "state": "State", "organization": "organization", "group": "group", "proposer": "made by", "hedge": "hedge", "addressee": "addressee",
    "point": "point", "reference": "reference", "date": "date", "number": "number", "voice": "voice", "panellist": "panellist",
    "participant": "participant", "position": "position", "negation": "negation", "modality": "modality", "kind": "kind", "moved": "moved",
    "renumbered": "renumbered", "strength": "strength", "field": "field",
}  # fmt: skip


def told(event: Event) -> str | None:
    """An event as a short sentence; None for words, which the redline shows."""
    if event.event == "text":
        return None
    if event.event == "strength":
        assert event.words is not None
        scale = f" ({event.before} to {event.after})" if event.before is not None and event.after is not None else ""
        return f"{event.direction}: {event.words[0]} -> {event.words[1]}{scale}"
    for suffix, word in _ADDED.items():
        if event.event.endswith(suffix):
            printed = event.after if suffix == "_added" else event.before
            return f"{_NAMES[event.family]} {word}: {_called(event, printed)}"
    if event.event == "point":
        return f"point changed: {event.name}" if event.name == event.id else f"point {event.name} -> {event.id}"
    before, after = event.words or (event.before, event.after)
    name = event.name if event.event == "field" and event.name else _NAMES[event.family]
    direction = f" ({event.direction})" if event.direction else ""
    return f"{name.replace('_', ' ')}: {_shown(before)} -> {_shown(after)}{direction}"


def _called(event: Event, printed: str | int | None) -> str:
    if event.family in {"hedge", "date", "number", "voice", "negation"}:
        return f'"{printed}"'
    if event.family == "point":
        moved = f" (it is {event.name} now)" if event.event == "point_dropped" and event.name else ""
        moved = f" (it was {event.name})" if event.event == "point_added" and event.name else moved
        return f"{event.id}{moved}"
    if event.family == "reference":
        kind = (event.name or "").replace("_", " ")
        return str(event.id) if kind == "symbol" or str(event.id).startswith(kind) else f"{kind} {event.id}"
    name = event.name or str(printed)
    return name if name == printed or printed is None or event.family in {"panellist", "participant"} else f"{name} ({printed})"


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)


def heading(change: Change) -> str:
    """What the units of a change are called: "rec. 2 -> rec. 13", "rec. 7" where both have one name."""
    one, other = change.left, change.right
    if one is None or other is None or one.label == other.label:
        return (other or one).label  # type: ignore[union-attr]
    return f"{one.label} -> {other.label}"


def fate(change: Change) -> str:
    """The fate with the score of the likeness, where the texts differ."""
    if change.fate in {"reworded", "merged", "split"} and change.score < 1:
        return f"{change.fate} {change.score:.2f}"
    return change.fate


def counts(changes: Iterable[Change]) -> dict[str, Counter[str]]:
    """How many changes of each fate there are, by kind; kinds in the order of the changes."""
    out: dict[str, Counter[str]] = {}
    for change in changes:
        out.setdefault(change.kind, Counter())[change.fate] += 1
    return out


def events(changes: Iterable[Change]) -> Counter[str]:
    """How many events there are of each name; of strength by direction; words by whether they are editorial."""
    out: Counter[str] = Counter()
    for change in changes:
        for event in change.events:
            name = event.event
            if name == "strength":
                name = str(event.direction)
            elif name == "text":
                name = "words, editorial" if event.editorial else "words"
            out[name] += 1
    return out


def summary(comparison: Comparison) -> list[str]:
    """One line a kind that both reports could have: "recommendations: 2 paired (1 editorial, 1 reworded), 11 added"."""
    lines = []
    for kind, fates in counts(comparison.changes).items():
        paired = sum(fates[name] for name in FATES[:-2])
        inside = [f"{fates[name]:,} {name}" for name in FATES[:-2] if fates[name]]
        if set(fates) == {"unchanged"}:
            lines.append(f"{plural(kind)}: {paired:,} unchanged")
            continue
        parts = [f"{paired:,} paired ({', '.join(inside)})"] if paired else []
        parts += [f"{fates[name]:,} {name}" for name in FATES[-2:] if fates[name]]
        lines.append(f"{plural(kind)}: {', '.join(parts)}")
    return lines


def plural(kind: str) -> str:
    """The name of a kind as ``--what`` has it."""
    return kind if kind == "masthead" else f"{kind}s"


def called(comparison: Comparison, side: int) -> str:
    """A report as people call it: its symbol or title, part, status and date."""
    report = (comparison.right if side else comparison.left).report
    head = report.masthead
    parts = [symbol_of(report), head.title, head.part, head.date]
    return ", ".join(part for part in parts if part)
