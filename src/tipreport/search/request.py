"""What is asked of an index, as plain values; imported by the command line before anything else is."""

from __future__ import annotations

import re
from typing import NamedTuple

_SURROGATE = re.compile("[\ud800-\udfff]")
USUAL = ("recommendations", "paragraphs")
SORTS = ("rank", "date")


def encodable(text: str) -> str:
    """A text that can be looked for: what is no character of UTF-8 is replaced by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


class Filters(NamedTuple):
    """What objects must satisfy; several values of one filter are alternatives. All as typed."""

    body: tuple[str, ...] = ()
    year: str | None = None
    new_since: str | None = None
    report: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    panellist: tuple[str, ...] = ()
    capacity: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    strength: str | None = None
    voice: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether any filter is set."""
        return any(self)

    @property
    def told(self) -> str:
        """Those that are set, in words."""
        return "; ".join(
            f"{'id' if name == 'ids' else name.replace('_', ' ')}: {value if isinstance(value, str) else ', '.join(value)}"
            for name, value in zip(self._fields, self, strict=True)
            if value
        )


class Request(NamedTuple):
    """What is asked.

    Args:
        query: in the language of ``tipreport.search.query``; None takes all that the filters leave.
        filters: what the objects must satisfy.
        kinds: of the objects, plural.
        sort: ``rank`` (BM25) or ``date`` (newest first); without a query always by date.
        limit: answers at most; None gives all.
        stem: take all words of one Porter stem, instead of regular forms.
    """

    query: str | None = None
    filters: Filters = Filters()
    kinds: tuple[str, ...] = USUAL
    sort: str = "rank"
    limit: int | None = None
    stem: bool = False
