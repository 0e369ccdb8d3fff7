"""Text that goes to people: controls, escape sequences and direction marks are seen, not obeyed."""

from __future__ import annotations

# Shown visibly wherever text goes to people: ESC and other controls, C1, direction marks.
_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(32), *range(0x7F, 0xA0)) if code not in (9, 10)}
_VISIBLE |= {
    code: f"\\u{code:04x}" for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF)
}
_VISIBLE |= {code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)}


def visible(text: str) -> str:
    """Text in which controls and direction marks are seen, not obeyed."""
    return text.translate(_VISIBLE)
