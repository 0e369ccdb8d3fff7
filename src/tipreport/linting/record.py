"""Findings as the records of the contract."""

from __future__ import annotations

from typing import Any

from tipreport.linting.engine import Found, Rule
from tipreport.model import to_plain

COLUMNS = ("code", "severity", "path", "line", "column", "end_line", "end_column", "page", "message", "hint", "fix", "id", "cite")


def record(found: Found) -> dict[str, Any]:
    """A finding; ``line`` and ``column`` are null where it is of the document as a whole."""
    return {
        "type": "finding",
        **{name: getattr(found, name) for name in COLUMNS if name != "fix"},
        "fix": found.fix and {"message": found.fix.message, "edits": [edit._asdict() for edit in found.fix.edits]},
        "spans": to_plain(found.spans),
    }


def row(found: Found) -> dict[str, Any]:
    """A finding for a table; of the fix what it does."""
    return {**{name: getattr(found, name) for name in COLUMNS}, "fix": found.fix and found.fix.message}


def rule_record(rule: Rule) -> dict[str, Any]:
    """A rule for ``--list``."""
    return {"type": "rule", "code": rule.code, "severity": rule.severity, "title": rule.title, "page": rule.page}
