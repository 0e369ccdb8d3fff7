"""A report moved to its place in a longer text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tipreport.model import Record, Span


def shifted(thing: Any, offset: int, lines: int) -> Any:
    """A thing of the model, all its spans moved on."""
    if isinstance(thing, Span):
        return Span(
            start=thing.start + offset, end=thing.end + offset, line=thing.line + lines, end_line=thing.end_line + lines, page=thing.page
        )
    if isinstance(thing, tuple):
        return tuple(shifted(one, offset, lines) for one in thing)
    if isinstance(thing, Record):
        names = [name for name in thing.__dataclass_fields__ if isinstance(getattr(thing, name), (tuple, Record))]  # type: ignore[attr-defined]
        return replace(thing, **{name: shifted(getattr(thing, name), offset, lines) for name in names})  # type: ignore[type-var]
    return thing
