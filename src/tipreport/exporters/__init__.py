"""Output formats, one file each: ``SUFFIXES`` and ``render(report, view) -> str``.

A format gives the text of one report; ``BEGIN``, ``BETWEEN`` and ``END`` frame several. Nothing is parsed
here, and nothing is written but what is returned.
"""

from __future__ import annotations

from typing import NamedTuple

from tipreport.select import Selection

# Shown visibly wherever text goes to people: ESC and other controls, C1, direction marks.
_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(32), *range(0x7F, 0xA0)) if code not in (9, 10)}
_VISIBLE |= {
    code: f"\\u{code:04x}" for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF)
}
_VISIBLE |= {code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)}


class View(NamedTuple):
    """How to show a report."""

    selection: Selection = Selection()
    width: int = 100
    colour: bool = False
    spans: bool = False
    many: bool = False
    cite: bool = False
    limit: int | None = None


def visible(text: str) -> str:
    """Text in which controls and direction marks are seen, not obeyed."""
    return text.translate(_VISIBLE)
