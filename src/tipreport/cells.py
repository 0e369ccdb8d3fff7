"""Values as cells of a table that a spreadsheet opens: text, and nothing that it would take for a formula."""

from __future__ import annotations

from typing import Any

from tipreport.visible import visible

# What begins a formula in a spreadsheet, the full-width forms too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: Any) -> str:
    """A value as the text of one cell; lists are joined by "; "."""
    if value is None:
        return ""
    if isinstance(value, list):
        return cell("; ".join(_name(one) for one in value))
    if isinstance(value, dict):
        return cell(_name(value))
    text = visible(str(value))
    return f"'{text}" if text.startswith(FORMULA) else text


def _name(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("label") or value.get("name") or value.get("as_printed") or value.get("text") or "")
    return str(value)
