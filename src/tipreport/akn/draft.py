"""A report on its way to XML: its texts, what is marked in them, and the eIds by which records speak of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Any

from tipreport.akn import extract
from tipreport.akn.marks import Holder, Mark, exact
from tipreport.akn.names import Ids, References, cleaned
from tipreport.akn.records import Native
from tipreport.akn.units import Unit
from tipreport.flow import Piece, flow
from tipreport.model import Paragraph, Report, Spans
from tipreport.select import units as all_units


class Draft:
    """What is known while a report is written.

    Args:
        report: the report.
        text: its source; None where it is not at hand.
    """

    def __init__(self, report: Report, text: str | None) -> None:
        self.report, self.text = report, text
        self.ids = Ids()
        self.ids.take("tipreport")
        self.references = References(self.ids)
        self.pieces: list[Piece] = list(flow(report, text))
        self.units: dict[str, Unit] = {}
        self.holders: dict[str, Holder] = {}  # by the id of the unit
        self.raw: dict[int, Holder] = {}  # by the place of the block
        self.numbers: dict[str, str] = {}
        self.marks: dict[tuple[int, str], tuple[Mark, Holder]] = {}
        self.written: set[int] = set()  # holders whose marks stand in the document
        self.direct: dict[tuple[int, str], Native] = {}  # what other elements say
        self.cursor: dict[int, int] = {}  # how far names were found in a holder
        self.titles = {item.number: item.title for item in report.agenda}
        self.instruments: dict[str, str] = {}
        self.by_number: dict[str, list[Unit]] = {}
        self._inside: Counter[tuple[str, str]] = Counter()
        self._hold()
        self._places = sorted((span.start, span.end, place) for place, block in enumerate(report.blocks) for span in block.spans)
        self._starts = [start for start, _, _ in self._places]
        self._numbered: dict[str, Holder] = {}
        for unit in report.paragraphs:
            if unit.number:
                self._numbered.setdefault(unit.number, self.holders[unit.id])

    def _hold(self) -> None:
        for unit in all_units(self.report):
            eid = self.ids.take("__".join(map(cleaned, extract.eid_of(unit.id).split("__"))))
            self.units[unit.id] = unit
            self.holders[unit.id] = Holder(unit.text, eid, unit.spans, self.text)
            self.instruments.update((one.id, one.name) for one in unit.mentions if one.kind == "instrument")
            if unit.number is not None:
                self.by_number.setdefault(unit.number, []).append(unit)
            if isinstance(unit, Paragraph) and unit.number is not None:
                self.numbers.setdefault(unit.number, eid)
        for place, piece in enumerate(self.pieces):
            if piece.thing is None and piece.text is not None and piece.kind not in {"masthead", "footnote"} and piece.block:
                self.raw[place] = Holder(piece.text, f"{piece.kind}_{place}", piece.block.spans, self.text, raw=True)

    def block(self, spans: Spans) -> int | None:
        """The number of the block in which something stands."""
        at = bisect_right(self._starts, spans[0].start) - 1 if spans else -1
        return self._places[at][2] if at >= 0 and spans[0].start < self._places[at][1] else None

    def holder(self, spans: Spans, number: str | None = None) -> Holder | None:
        """The text in which something stands: by its place, else that of the paragraph with a number."""
        place = self.block(spans)
        if place is not None:
            return self.holders.get(self.report.blocks[place].ref or "") or self.raw.get(place)
        return self._numbered.get(number or "")

    def keep(self, thing: object, holder: Holder, mark: Mark, field: str = "") -> None:
        """Remember where an object, or one of its fields, is marked."""
        self.marks[id(thing), field] = (mark, holder)

    def href(self, holder: Holder, mark: Mark) -> str:
        """The eId of a mark; it gets one when somebody asks."""
        eid = mark.node.get("eId")
        if eid is None:
            tag = mark.node.tag
            self._inside[holder.eid, tag] += 1
            eid = self.ids.take(f"{holder.eid}__{tag}_{self._inside[holder.eid, tag]}")
            mark.node.attributes = {"eId": eid, **mark.node.attributes}
        return eid

    def native(self, thing: object, field: str = "") -> Native | None:
        """The element that holds an object, or the value of one of its fields, with what it says."""
        if (id(thing), field) in self.direct:
            return self.direct[id(thing), field]
        found = self.marks.get((id(thing), field))
        if found is None or not found[0].kept or id(found[1]) not in self.written:
            return None
        mark, holder = found
        said: dict[str, Any] = {} if field else extract.values(mark.node, self.references.thing)
        return Native(self.href(holder, mark), said)

    def numbered(self, number: str) -> str | None:
        """The eId of the paragraph with a number."""
        return self.numbers.get(number)


def where(holder: Holder, printed: str | None, spans: Spans, after: int = 0) -> int | None:
    """Where a name stands in a text, if an element can hold it as it is."""
    return holder.find(printed, spans, after) if printed and not exact(printed) else None
