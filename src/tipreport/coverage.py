"""The proof that nothing was lost: every character that is not white space, by the kind of its block."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from tipreport.model import Report


class Coverage(NamedTuple):
    """Characters by block kind; ``once`` are those in exactly one block, ``blank`` the white space."""

    characters: int
    blank: int
    once: int
    kinds: tuple[tuple[str, int], ...]

    @property
    def complete(self) -> bool:
        """Whether every character that is not white space lies in exactly one block."""
        return self.once == self.characters - self.blank


def measure(report: Report, text: str) -> Coverage:
    """Count; ``text`` is the source of the report."""
    seen = bytearray(len(text))
    kinds: Counter[str] = Counter()
    for block in report.blocks:
        for span in block.spans:
            piece = text[span.start : span.end]
            kinds[block.kind] += len("".join(piece.split()))
            seen[span.start : span.end] = bytes(min(n + 1, 2) for n in seen[span.start : span.end])
    solid = len("".join(text.split()))
    once = seen.count(1) - sum(text[i].isspace() for i in range(len(text)) if seen[i] == 1) if any(seen) else 0
    return Coverage(len(text), len(text) - solid, once, tuple(sorted(kinds.items(), key=lambda pair: -pair[1])))
