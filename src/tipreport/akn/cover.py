"""The masthead as ``coverPage`` and ``preface``: its lines as printed, its fields marked in them, and read back.

AKN4UN part 1, "cover page" and "preface": issuing organ, symbol, distribution, date and languages on the cover page; body,
place and days of the meeting, title and stage in the preface. Without the source the lines are set from the fields.
"""

from __future__ import annotations

import re
from typing import Any

from tipreport.akn import units
from tipreport.akn.extract import Things, refers
from tipreport.akn.marks import Holder, exact, fit, spoken, weave
from tipreport.akn.names import References, Thing, cleaned, day
from tipreport.akn.node import Node
from tipreport.assemble.cite import day as printed
from tipreport.model import Masthead

_INLINE = {
    "distribution": "akn4un:distribution", "original_language": "akn4un:originalLanguage", "language_note": "akn4un:languageOfExpression",
    "subtitle": "akn4un:subTitle", "job_number": "akn4un:jobNumber",
}  # fmt: skip
_TAGS = {
    "organ": "docAuthority", "body": "docCommittee", "symbol": "docNumber", "title": "docTitle", "part": "docStage",
    "session": "session", "place": "location",
}  # fmt: skip
# What stands before a value that is short enough to stand elsewhere too.
_BEFORE = {"distribution": r"Distr\S{0,10}\s{0,40}", "original_language": r"Original\S{0,10}\s{0,40}", "agenda_item": r"[Ii]tems?\s{0,40}"}
_FIELDS = (
    "title", "organ", "body", "symbol", "subtitle", "job_number", "language_note", "session", "distribution", "original_language",
    "part", "place", "agenda_item",
)  # fmt: skip
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAYS = re.compile(rf"\b(\d{{1,2}}(?: {_MONTH})?(?: \d{{4}})?)\s*(?:-|\u2013|\u2014|and|to)\s*(\d{{1,2}} {_MONTH} \d{{4}})\b")
_PREFACE = ("body", "session", "place", "title", "meeting_start")


class Lines:
    """The lines of a masthead.

    Args:
        lines: as printed, white space folded.
        references: where the things that it names are listed.
        author: the eId of the body whose document it is.
    """

    def __init__(self, lines: list[str], references: References, author: str) -> None:
        self.holder = Holder(" ".join(lines), "masthead", (), None)
        self.references, self.author = references, author
        self.ends: list[int] = []
        at = -1
        for line in lines:
            at += 1 + len(line)
            self.ends.append(at)
        self.split = len(self.holder.text)  # where the preface begins

    def mark(self, masthead: Masthead) -> None:
        """Mark the fields that are printed as they are."""
        text = self.holder.text
        taken: list[tuple[int, int]] = []
        for field in _FIELDS:
            value = getattr(masthead, field)
            start = self._find(field, value, taken) if value and not exact(value) else None
            if start is not None:
                taken.append((start, start + len(value)))
                self._put(field, value, start)
        self._dates(masthead)
        if masthead.status and masthead.title and masthead.title.lower().startswith("draft") and masthead.status == "draft":
            start = text.find(masthead.title)
            if start >= 0:
                eid = self.references.add(Thing("concept", "status", "draft", "draft"), "status-draft")
                self.holder.put(start, start + len("draft"), units.DETAIL, "docStatus", {"refersTo": f"#{eid}"})

    def _find(self, field: str, value: str, taken: list[tuple[int, int]]) -> int | None:
        """Where a value is printed, behind what stands before such a value if it does, outside all others."""
        patterns = [rf"(?:{_BEFORE[field]})({re.escape(value)})"] if field in _BEFORE else []
        for pattern in [*patterns, rf"(?<!\w)({re.escape(value)})(?!\w)", f"({re.escape(value)})"]:
            for found in re.finditer(pattern, self.holder.text):
                if all(found.end(1) <= low or found.start(1) >= high for low, high in taken):
                    return found.start(1)
        found_in = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", self.holder.text) if field == "place" else None
        return found_in.start() if found_in else None  # in the title: "held in Bonn from 5 to 10 June 2023"

    def _put(self, field: str, value: str, start: int) -> None:
        end = start + len(value)
        if field in _PREFACE:
            self.split = min(self.split, self._line(start))
        if field in _INLINE:
            eid = units.concept(self.references, cleaned(field).replace("_", "-"), value)
            self.holder.put(start, end, units.NAME, "inline", {"name": _INLINE[field], "refersTo": f"#{eid}"})
        elif field == "agenda_item":
            self.holder.put(start, end, units.NAME, "entity", {"name": "agendaItem", "refersTo": f"#{units.item(self.references, value)}"})
        elif field in {"organ", "body"}:
            eid = self.author if self._is_author(value) else units.body(self.references, value)
            self.holder.put(start, end, units.NAME, _TAGS[field], {"refersTo": f"#{eid}"})
        elif field == "place":
            eid = self.references.add(Thing("location", "place", value, value), f"place-{value}")
            self.holder.put(start, end, units.NAME, "location", {"refersTo": f"#{eid}"})
        else:
            self.holder.put(start, end, units.NAME, _TAGS[field], {})

    def _is_author(self, value: str) -> bool:
        thing = self.references.thing(self.author)
        return thing is not None and thing.name == value

    def _line(self, at: int) -> int:
        """Where the line of a place begins."""
        return max((end + 1 for end in self.ends if end < at), default=0)

    def _dates(self, masthead: Masthead) -> None:
        text = self.holder.text
        issued = day(masthead.date)
        if issued:
            found = re.search(rf"(?<![\d\u2013\u2014-])(?<!and )(?<!to ){re.escape(printed(issued))}(?!\d)", text)
            if found:
                self.holder.put(*found.span(), units.NAME, "docDate", {"date": issued})
        first, last = day(masthead.meeting_start), day(masthead.meeting_end)
        if not first or not last:
            return
        for found in _DAYS.finditer(text):
            if found[2] != printed(last) or not printed(first).startswith(found[1]):
                continue
            name = f"{masthead.session or 'Meeting'}, {found.group()}"
            eid = self.references.add(Thing("event", "un", f"{first}..{last}", name), f"meeting-{first}")
            self.holder.put(*found.span(), units.VOICE, "event", {"refersTo": f"#{eid}"})
            self.holder.put(*found.span(1), units.DETAIL, "date", {"date": first})
            self.holder.put(*found.span(2), units.DETAIL, "date", {"date": last})
            self.split = min(self.split, self._line(found.start()))
            return

    def pages(self) -> tuple[list[Node | str], list[Node | str]]:
        """The lines of the cover page, and those of the preface."""
        text = self.holder.text
        marks = fit(self.holder.marks, [(0, len(text))])
        cover: list[Node | str] = []
        preface: list[Node | str] = []
        low = following = 0
        for end in self.ends:
            if any(mark.start < end < mark.end for mark in marks):
                continue  # a value that goes on: its lines are one
            first = following
            while following < len(marks) and marks[following].start < end:
                following += 1
            node = Node("p", exact(text[low:end]), weave(text, low, end, marks[first:following], self.references))
            (cover if low < self.split else preface).append(node)
            low = end + 1
        return cover, preface


def printed_lines(masthead: Masthead) -> list[str]:
    """The lines of a masthead whose source is not at hand."""
    first, last = day(masthead.meeting_start), day(masthead.meeting_end)
    days = f"{printed(first)} to {printed(last)}" if first and last else None
    issued = day(masthead.date)
    lines = [
        masthead.organ, masthead.symbol, masthead.distribution and f"Distr.: {masthead.distribution}", printed(issued) if issued else None,
        masthead.original_language and f"Original: {masthead.original_language}", masthead.language_note,
        masthead.body, masthead.session, ", ".join(filter(None, (masthead.place, days))),
        masthead.agenda_item and f"Agenda item {masthead.agenda_item}", masthead.title, masthead.subtitle, masthead.part,
        masthead.job_number,
    ]  # fmt: skip
    return [line for line in lines if line and not exact(line)]


def read(document: Node, things: Things) -> dict[str, Any]:
    """The fields of the masthead that the cover page and the preface say."""
    values: dict[str, Any] = {}
    for part in (document.first("coverPage"), document.first("preface")):
        for node in part.walk() if part is not None else ():
            if node.tag == "docDate":
                values.setdefault("date", node.get("date"))
            elif node.tag == "docStatus":
                values.setdefault("status", next((thing.id for thing in refers(node, things)), None))
            elif node.tag == "event":
                dates = [one.get("date") for one in node.walk() if one.tag == "date"]
                if dates and "meeting_start" not in values:
                    values["meeting_start"], values["meeting_end"] = dates[0], dates[-1]
            else:
                field = _field(node)
                if field:
                    values.setdefault(field, spoken(node, things))
    return values


def _field(node: Node) -> str | None:
    """The field that an element of the masthead holds."""
    if node.tag == "inline":
        return next((field for field, name in _INLINE.items() if name == node.get("name")), None)
    if node.tag == "entity":
        return "agenda_item" if node.get("name") == "agendaItem" else None
    return next((field for field, tag in _TAGS.items() if tag == node.tag), None)
