"""A report moved to its place in a longer text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tipreport.model import Record, Span


def shifted(thing: Any, offset: int, lines: int, pages: int = 0) -> Any:
    """A thing of the model, all its spans moved on; what has no page gets none."""
    if isinstance(thing, Span):
        page = None if thing.page is None else thing.page + pages
        return Span(start=thing.start + offset, end=thing.end + offset, line=thing.line + lines, end_line=thing.end_line + lines, page=page)
    if isinstance(thing, tuple):
        return tuple(shifted(one, offset, lines, pages) for one in thing)
    if isinstance(thing, Record):
        names = [name for name in thing.__dataclass_fields__ if isinstance(getattr(thing, name), (tuple, Record))]  # type: ignore[attr-defined]
        return replace(thing, **{name: shifted(getattr(thing, name), offset, lines, pages) for name in names})  # type: ignore[type-var]
    return thing
