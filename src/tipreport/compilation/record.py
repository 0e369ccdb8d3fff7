"""A compilation as plain values: one record an entry, and the counts; rows of CSV, one a source."""

from __future__ import annotations

from typing import Any

from tipreport.compilation.grouping import Also, Chapter, Compilation, Entry
from tipreport.links import link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.compilation.gathering import Unit

Record = dict[str, Any]

# Columns of CSV, in this order.
COLUMNS = (
    "by", "group", "label", "basis", "heading", "cite", "report", "kind", "id", "date", "year", "body", "status", "section", "number",
    "addressees", "modality", "strength", "proposed_by", "position", "lead", "text", "repeats", "likeness", "link",
)  # fmt: skip


def records(found: Compilation) -> Iterator[Record]:
    """The entries in their order, each with its chapter and what it stands for; the last record is the counts."""
    for chapter in found.chapters:
        for entry in chapter.everything:
            yield _entry(found, chapter, entry)
    yield {
        "type": "summary", "by": found.by, "order": found.order, "floor": found.floor, "groups": len(found.chapters),
        **{("without_topic" if name == "without" else name): count for name, count in found.counts._asdict().items()},
    }  # fmt: skip


def _entry(found: Compilation, chapter: Chapter, entry: Entry) -> Record:
    return {
        "type": "entry", "by": found.by, "group": chapter.ident, "label": chapter.label, "basis": entry.basis,
        "heading": entry.heading.told if entry.heading else None, **_unit(entry.unit), "also": [_also(one) for one in entry.also],
        "newer": _also(entry.newer) if entry.newer else None,
    }  # fmt: skip


def _also(one: Also) -> Record:
    return {**_unit(one.unit), "likeness": one.fold.score, "same_words": one.fold.same}


def _unit(unit: Unit) -> Record:
    item, source = unit.item, unit.item.source
    return {
        "report": source.name, "kind": unit.kind, "id": unit.ident, "cite": unit.cite, "link": link(source.symbol), "line": unit.line,
        "date": source.date, "year": source.year, "body": source.body, "status": source.status, "section": item.section,
        "headings": [heading.told for heading in item.headings], "number": item.number, "addressees": list(item.addressees),
        "modality": item.modality, "strength": item.strength, "proposed_by": item.proposed_by.split("; ") if item.proposed_by else [],
        "position": item.position, "lead": unit.lead, "text": unit.text,
    }  # fmt: skip


def rows(found: Compilation) -> Iterator[Record]:
    """One row a source of a chapter: an entry, and below it each text that it stands for, with the cite of what it ``repeats``."""
    for chapter in found.chapters:
        for entry in chapter.everything:
            made = _entry(found, chapter, entry)
            newer = entry.newer
            yield {**made, "repeats": newer and newer.unit.cite, "likeness": newer and newer.fold.score}
            if found.by == "topic":
                for one in made["also"]:
                    yield {**{name: made[name] for name in ("by", "group", "label", "basis", "heading")}, **one, "repeats": entry.unit.cite}
