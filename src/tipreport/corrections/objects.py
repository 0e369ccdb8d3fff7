"""What a correction speaks of: reports by their names, objects by their ids, and the short hash of a text.

The hash is of the characters under the spans of an object without white space, so that it stays as it is when lines are
wrapped anew, when other paragraphs change, and when a correction renames the object itself.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from typing import Any, NamedTuple

from tipreport.blocks.titles import slug
from tipreport.identity import name_of, symbol_of
from tipreport.model import Report, Spans, Statement
from tipreport.select import flat, units
from tipreport.spans import Source

HASH_DIGITS = 12


class Object(NamedTuple):
    """An object that can be corrected.

    Args:
        id: as a correction names it.
        kind: a key of ``fields.FIELDS``.
        place: where it stands in the list of its kind; of a point that of the unit among all units, of a paragraph likewise.
        value: the object of the model.
    """

    id: str
    kind: str
    place: int
    value: Any


def short_hash(text: str, spans: Spans) -> str:
    """The hash by which a correction knows the text of an object: 12 hexadecimal digits.

    Args:
        text: the source as received.
        spans: of the object; none give the hash of the empty text.
    """
    solid = "".join("".join(text[span.start : span.end].split()) for span in spans)
    return hashlib.sha256(solid.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_DIGITS]


def names(report: Report, source: Source) -> set[str]:
    """All that a correction may call a report."""
    whole = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    called = {name_of(report), symbol_of(report), report.source.symbol, source.name, os.path.basename(source.name), source.sha256, whole}
    return {name for name in called if name}


def objects(report: Report) -> list[Object]:
    """All that can be corrected, each with its id; an id occurs once."""
    out = [Object("masthead", "masthead", 0, report.masthead)]
    seen: Counter[str] = Counter()

    def add(ident: str, kind: str, place: int, value: Any) -> None:
        seen[ident] += 1
        out.append(Object(ident if seen[ident] == 1 else f"{ident}~{seen[ident]}", kind, place, value))

    for place, section in enumerate(report.sections):
        add(f"section:{section.label}", "section", place, section)
    first = len(report.recommendations)
    for place, unit in enumerate(units(report)):
        out.append(Object(unit.id, "recommendation" if place < first else "paragraph", place, unit))
        out += [Object(point.id, "point", place, point) for point in flat(unit.points)]
    for place, person in enumerate(report.panellists):
        add(f"panellist:{slug(person.name) or person.name}", "panellist", place, person)
    for kind, lists in (("statement", report.statements), ("attendance", report.attendance)):
        for place, one in enumerate(lists):
            add(f"{kind}:{_list(one)}", kind, place, one)
    return out


def _list(one: Statement) -> str:
    return f"{one.paragraph}.{one.capacity}" if one.paragraph else one.capacity
