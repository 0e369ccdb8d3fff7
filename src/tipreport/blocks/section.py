"""Sections: the path of printed labels of every heading, and what a section makes of its paragraphs.

``II``, ``II.A``, ``II.A.1``; a heading without a label takes its title as a slug; an annex or a decision
opens a scope of its own, in which numerals begin again.
"""

from __future__ import annotations

import re

from tipreport.blocks import numbering
from tipreport.blocks.heading import Heading, Reader, slug, take_items
from tipreport.blocks.outline import Place, Unit
from tipreport.spans import Source

_ATTENDANCE = re.compile(
    r"(?:attendance|(?:provisional )?list of (?:participants|attendance|delegations)|participants$"
    r"|composition of the delegation|representation)\b",
    re.IGNORECASE,
)
_ORDER = ("roman", "letter", "arabic", "plain")


class Sections:
    """The sections opened so far and the path to the one that is open."""

    def __init__(self, source: Source, reader: Reader, roles: dict[int, str]) -> None:
        self.source, self.reader, self.roles = source, reader, roles
        self.places: list[Place] = []
        self.decisions: list[tuple[int, list[int]]] = []
        self.scope = ""
        self._path: dict[str, int] = {}  # kind of heading -> its place

    def open(self, found: Heading) -> int:
        """Open the section of a heading; gives its place."""
        place = len(self.places)
        heads = found.kind == "plain" and self._heads_arabic(found)
        label = self._label(found, place, heads=heads)
        self.places.append(Place(found, label, label.count(".") + 1, self.scope, heads))
        if found.kind not in {"annex", "decision", "part"} and self.in_decision():
            self.decisions[-1][1].extend(found.lines)
        return place

    def third_level(self, index: int) -> Heading:
        """The heading that the number at a line start opens ("1. Proceedings")."""
        reader = self.reader
        marker, line = reader.markers[index], reader.lines[index]
        ranges = []
        if marker.rest < len(line.text):
            used = own = reader.logical(index)
            ranges.append((line.start + marker.rest, line.end))
            own = own[1:]
        else:
            after = reader.next(index)
            own = reader.logical(after) if after is not None else []
            used = [index, *own]
        ranges += [(reader.lines[i].start, reader.lines[i].end) for i in own]
        found = Heading("arabic", marker.label, marker.value, ranges, used)
        take_items(reader, found)
        return found

    def in_decision(self) -> bool:
        """Whether the text that comes next belongs to a decision or resolution."""
        return bool(self.decisions) and self._path.get("scope") == self.decisions[-1][0]

    def of_attendance(self) -> bool:
        """Whether the open section or annex is a list of those present."""
        return any(_ATTENDANCE.match(self.title(self.places[place].heading)) for place in self._path.values())

    def of_recommendations(self, unit: Unit, pattern: str | None) -> bool:
        """Whether a section above the unit is one of recommendations by its title."""
        if pattern is None or unit.scope or unit.decision is not None:
            return False
        titles = (self.title(self.places[self._path[kind]].heading) for kind in _ORDER if kind in self._path)
        return any(re.match(pattern, title.rstrip(".* "), re.IGNORECASE) for title in titles)

    def title(self, found: Heading) -> str:
        """The title of a heading as printed."""
        return " ".join(self.source.text[a:b] for a, b in found.title)

    def _label(self, found: Heading, place: int, *, heads: bool) -> str:
        kind = found.kind
        if kind == "annex":
            self.scope = f"annex-{found.label}" if found.label else "annex"
            self._path = {"scope": place}
            return self.scope
        if kind == "decision":
            self._path = {"scope": place}
            self.decisions.append((place, []))
            return _within(self.scope, slug(self._printed(found)))
        if kind == "part":
            self._path, self.scope = {}, ""
            return slug(f"part {found.label}")
        if kind == "plain":
            self._path.pop("plain", None)
            if heads:
                self._path.pop("arabic", None)
            label = _within(self._parent("arabic", "letter", "roman"), slug(self.title(found)) or "untitled")
        else:
            label = _within(self._above(kind, found), found.label)
        self._path[kind] = place
        return label

    def _above(self, kind: str, found: Heading) -> str:
        """The label of the section that a labelled heading stands in; closes what is deeper."""
        plain = self._path.get("plain")
        for deeper in _ORDER[_ORDER.index(kind) :]:
            self._path.pop(deeper, None)
        if kind == "roman":
            return self._parent()
        if kind == "letter":
            return self._parent("roman")
        if plain is not None and self.places[plain].heads_arabic and (found.value > 1 or plain == len(self.places) - 1):
            self._path["plain"] = plain
        return self._parent("plain", "letter", "roman")

    def _printed(self, found: Heading) -> str:
        """The line of a decision without its title: "Decision 1/CP.3"."""
        first = self.reader.lines[found.lines[0]]
        if found.title and found.title[0][0] < first.end:
            return first.text[: found.title[0][0] - first.start]
        return first.text

    def _heads_arabic(self, found: Heading) -> bool:
        after = self.reader.next(max(found.lines))
        return after is not None and self.roles.get(after) == numbering.HEADING and self.reader.markers[after].value == 1

    def _parent(self, *kinds: str) -> str:
        for kind in (*kinds, "scope"):
            if kind in self._path:
                return self.places[self._path[kind]].label
        return ""


def _within(parent: str, label: str) -> str:
    return f"{parent}.{label}" if parent else label
