"""The literate cases of ``revised/*.md``: two texts, and what the comparison says of them, with places.

A case has a title, a sentence, the blocks ``left``, ``right`` and ``changes``. A line of ``changes`` is a change (fate,
kind, units, score), an indented one an event: what stood there, what stands there, its direction, and its places as
offsets of the left and of the right text. Changes of nothing are left out. ``--update-spec`` rewrites the lines.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tipreport import parse
from tipreport.diff.change import Change, Event
from tipreport.diff.compare import compare
from tipreport.diff.units import Side

FOLDER = Path(__file__).parent / "revised"
_CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n(?P<why>.*?)^```left\n(?P<left>.*?)^```\n\s*^```right\n(?P<right>.*?)^```\n\s*^```changes\n(?P<changes>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Case(NamedTuple):
    """One case of a file."""

    name: str
    left: str
    right: str
    changes: str


def cases() -> list[Case]:
    """All cases."""
    out = []
    for path in sorted(FOLDER.glob("*.md")):
        out += [
            Case(f"{path.stem}: {one['title']}", one["left"], one["right"], one["changes"])
            for one in _CASE.finditer(path.read_text("utf-8"))
        ]
    return out


def told(case: Case) -> str:
    """The lines of ``changes``."""
    sides = [Side(parse(text), text) for text in (case.left, case.right)]
    lines = []
    for change in compare(sides[0], sides[1]).changes:
        if change.fate != "unchanged":
            lines.append(_change(change))
            lines += [f"  {_event(event)}" for event in change.events]
    return "".join(f"{line}\n" for line in lines)


def _change(change: Change) -> str:
    left, right = (unit.id if unit else "-" for unit in (change.left, change.right))
    return f"{change.fate} {change.kind} {left} -> {right} {change.score:.2f}"


def _event(event: Event) -> str:
    shown = " -> ".join("-" if value is None else repr(value) for value in (event.before, event.after))
    parts = [event.event, shown, event.id, event.direction, "editorial" if event.editorial else None]
    places = " -> ".join(",".join(f"{span.start}:{span.end}" for span in spans) or "-" for spans in (event.left, event.right))
    return " ".join(filter(None, [*parts, places if event.left or event.right else None]))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-spec"):
        for path in FOLDER.glob("*.md"):
            text = path.read_text("utf-8")
            new = _CASE.sub(
                lambda one: (
                    one[0].replace(f"```changes\n{one['changes']}", f"```changes\n{told(case)}")
                    if one["left"] == case.left and one["right"] == case.right
                    else one[0]
                ),
                text,
            )
            path.write_text(new, "utf-8")
        return
    assert told(case) == case.changes


def test_every_case_is_read() -> None:
    """A case that the pattern does not fit would never fail."""
    for path in FOLDER.glob("*.md"):
        text = path.read_text("utf-8")
        assert text.count("\n## ") == len(_CASE.findall(text)) > 0
