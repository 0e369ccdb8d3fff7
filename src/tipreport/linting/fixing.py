"""Safe fixes: the text with the edits made, and the patch that makes them."""

from __future__ import annotations

import difflib
from typing import NamedTuple

from tipreport.linting.engine import Found
from tipreport.rules import Edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Fixed(NamedTuple):
    """A text after the fixes: how many were made, and how many overlap one that was."""

    text: str
    made: int
    left: int


def fixed(text: str, found: Iterable[Found]) -> Fixed:
    """The text with the fixes of the findings.

    A fix is made whole or not at all; of two that touch the same characters the first in the text is made, and a second run
    makes the other.

    Args:
        text: as received; offsets of the edits count in it.
        found: the findings.
    """
    taken: list[Edit] = []
    made = left = 0
    for one in found:
        if one.fix is None:
            continue
        edits = [edit for edit in one.fix.edits if edit not in taken]
        if any(_clash(edit, other) for edit in edits for other in taken):
            left += 1
            continue
        taken += edits
        made += 1
    out, at = [], 0
    for edit in sorted(taken):
        out += [text[at : edit.start], edit.text]
        at = edit.end
    return Fixed("".join((*out, text[at:])), made, left)


def _clash(one: Edit, other: Edit) -> bool:
    if one.start == other.start:
        return True
    return one.start < other.end and other.start < one.end


def patch(before: str, after: str, path: str) -> str:
    """The unified diff between two texts, as ``patch -p0`` and ``git apply -p0`` take it; empty where they are the same."""
    lines = difflib.unified_diff(_lines(before), _lines(after), path, path)
    out = []
    for line in lines:
        out.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(out)


def _lines(text: str) -> list[str]:
    """The lines with their ends; they end at LF only, as editors and ``patch`` have it."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
