"""Names for links within a document: of its chapters, and of its entries."""

from __future__ import annotations

import re

from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.compilation.gathering import Unit
    from tipreport.compilation.grouping import Chapter, Compilation, Entry

_NO_NAME = re.compile(r"[^\w.]+", re.ASCII)


class Anchors:
    """The names of a document: ``joint-investigations``, ``CTOC-COP-WG.4-2020-4-rec-12`` (with ``-2`` where it stands again)."""

    def __init__(self, found: Compilation) -> None:
        self._taken: set[str] = set()
        self._chapters: dict[str | None, str] = {one.ident: self._name(f"{found.by}-{one.ident or 'none'}") for one in found.chapters}
        self._entries: dict[int, str] = {}
        self._first: dict[tuple[int, int], str] = {}
        for chapter in found.chapters:
            for entry in chapter.everything:
                name = self._name(f"{entry.unit.item.source.name}-{entry.unit.ident}")
                self._entries[id(entry)] = name
                self._first.setdefault(entry.unit.key, name)

    def _name(self, text: str) -> str:
        name = _NO_NAME.sub("-", visible(text)).strip("-") or "entry"
        count, made = 1, name
        while made.lower() in self._taken:
            count += 1
            made = f"{name}-{count}"
        self._taken.add(made.lower())
        return made

    def chapter(self, chapter: Chapter) -> str:
        """The name of a chapter."""
        return self._chapters[chapter.ident]

    def entry(self, entry: Entry) -> str:
        """The name of an entry at its place."""
        return self._entries[id(entry)]

    def unit(self, unit: Unit) -> str | None:
        """The name of the first entry that shows a unit; None where none does."""
        return self._first.get(unit.key)
