"""Sections: the path of printed labels of every heading, and what a section makes of its paragraphs.

``II``, ``II.A``, ``II.A.1``; a heading without a label takes its title as a slug; an annex or a decision
opens a scope of its own, in which numerals begin again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tipreport.blocks import numbering
from tipreport.blocks.heading import Heading, take_items
from tipreport.blocks.outline import Place
from tipreport.blocks.reader import Reader
from tipreport.blocks.titles import slug
from tipreport.spans import Source

_ATTENDANCE = re.compile(
    r"(?:attendance|(?:provisional )?list of (?:participants|attendance|delegations)|participants$"
    r"|composition of the delegation|representation)\b",
    re.IGNORECASE,
)
_ORDER = ("roman", "letter", "arabic", "plain")
# Sections that only describe, though one above them is of conclusions and recommendations.
_DESCRIBES = re.compile(
    r"(?:(?:general |preliminary )?(?:conclusions|observations|findings)|introduction|background|positive aspects)$", re.IGNORECASE
)
_NAMED = re.compile(r"\b(?:Draft|DRAFT|Decision|DECISION|Resolution|RESOLUTION)\b")


class _Outer(NamedTuple):
    """What was open before the first of some decisions, and opens again behind the last."""

    path: dict[str, int]
    scope: str


class Sections:
    """The sections opened so far and the path to the one that is open."""

    def __init__(self, source: Source, reader: Reader, roles: dict[int, str], headings: dict[int, Heading]) -> None:
        self.source, self.reader, self.roles = source, reader, roles
        self._heading_series = _heading_series(reader, roles, headings)
        self.places: list[Place] = []
        self.place: int | None = None  # where the text that comes next stands
        self.decisions: list[tuple[int, list[int]]] = []
        self.scope = ""
        self.within: tuple[str, ...] = ()  # the annex and the decision that are open, as a cite names them
        self._path: dict[str, int] = {}  # kind of heading -> its place
        self._outer: _Outer | None = None
        self._last = self._inner = 0  # the last paragraph of the report, and of the decision or its annex

    def open(self, found: Heading) -> int:
        """Open the section of a heading; gives its place."""
        place = len(self.places)
        if self._outer is not None and self._resumes(found, self._outer):
            self._leave(self._outer)
        heads = found.kind == "plain" and self._heads_arabic(found)
        label = self._label(found, place, heads=heads)
        self.places.append(Place(found, label, label.count(".") + 1, self.scope, heads))
        self.place = place
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

    def paragraph(self, value: int) -> None:
        """A numbered paragraph comes next: the one behind that before a decision ends the decision."""
        if self._outer is None:
            self._last = value
        elif self._last and value == self._last + 1 != self._inner + 1:
            self._leave(self._outer)
            self._last = value
        else:
            self._inner = value

    def in_decision(self) -> bool:
        """Whether the text that comes next belongs to a decision or resolution."""
        return bool(self.decisions) and self._path.get("scope") == self.decisions[-1][0]

    def of_attendance(self) -> bool:
        """Whether the open section or annex is a list of those present."""
        return any(_ATTENDANCE.match(self.title(self.places[place].heading)) for place in self._path.values())

    def of_recommendations(self, pattern: str | None) -> bool:
        """Whether an open section is one of recommendations by its title; none in annexes and decisions."""
        if pattern is None or self.scope or self.in_decision():
            return False
        for kind in reversed(_ORDER):
            title = self.title(self.places[self._path[kind]].heading).rstrip(".* ") if kind in self._path else ""
            if title and re.match(pattern, title, re.IGNORECASE):
                return True
            if _DESCRIBES.match(title):
                return False
        return False

    def title(self, found: Heading) -> str:
        """The title of a heading as printed."""
        return " ".join(self.source.text[a:b] for a, b in found.title)

    def _label(self, found: Heading, place: int, *, heads: bool) -> str:
        kind = found.kind
        if kind == "annex":
            return self._annex(found, place)
        if kind == "decision":
            return self._decision(found, place)
        if kind == "part":
            self._path, self.scope, self.within, self._outer = {}, "", (), None
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

    def _annex(self, found: Heading, place: int) -> str:
        """An annex of the report, or that of a decision, behind which more decisions may come."""
        own = self.within[-1:] if self.in_decision() and not self._another_annex(found) else ()
        if not own:
            self._outer = None
        self.scope = f"annex-{found.label}" if found.label else "annex"
        self.within = (*own, self.scope.replace("-", " "))
        self._path, self._inner = {"scope": place}, 0
        return self.scope

    def _another_annex(self, found: Heading) -> bool:
        """Whether decisions stood in an annex of the report and this is the next one."""
        return bool(found.label) and self._outer is not None and self._outer.scope.startswith("annex-")

    def _decision(self, found: Heading, place: int) -> str:
        """A decision or resolution: a series of paragraphs of its own."""
        if self._outer is None:
            self._outer = _Outer(self._path, self.scope)
        self.scope = self._outer.scope
        printed = self._printed(found)
        name = _NAMED.sub(lambda word: word.group().lower(), printed.strip().rstrip(".:\u2013\u2014 "))
        if not _NAMED.search(printed):  # "14/1" below "Resolutions"
            titles = " ".join(self.title(self.places[one].heading) for one in self._outer.path.values()).lower()
            name = f"{'resolution' if 'resolution' in titles and 'decision' not in titles else 'decision'} {found.label}"
        self.within = (self.scope.replace("-", " "), name) if self.scope else (name,)
        self._path, self._inner = {"scope": place}, 0
        self.decisions.append((place, []))
        return _within(self.scope, slug(printed))

    def _resumes(self, found: Heading, outer: _Outer) -> bool:
        """Whether a heading goes on with the sections before the decisions: "B." behind "A.", a chapter."""
        if found.kind not in {"roman", "letter"}:
            return False
        if self.reader.lines[found.lines[0]].text[:7].lower() == "chapter":
            return True
        inner, before = self._path.get(found.kind), outer.path.get(found.kind)
        if inner is not None and found.value == self.places[inner].heading.value + 1:
            return False
        return before is not None and found.value == self.places[before].heading.value + 1

    def _leave(self, outer: _Outer) -> None:
        """End the decisions: what was open before them is open again."""
        self._path, self.scope, self._outer = dict(outer.path), outer.scope, None
        self.place = max(self._path.values(), default=None)
        self.within = (self.scope.replace("-", " "),) if self.scope else ()

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
        if found.lines[0] in self._heading_series:
            return True
        after = self.reader.next(max(found.lines))
        return after is not None and self.roles.get(after) == numbering.HEADING and self.reader.markers[after].value == 1

    def _parent(self, *kinds: str) -> str:
        for kind in (*kinds, "scope"):
            if kind in self._path:
                return self.places[self._path[kind]].label
        return ""


def _heading_series(reader: Reader, roles: dict[int, str], headings: dict[int, Heading]) -> set[int]:
    """The first lines of headings without a label that each head a series "1.", "2.": those of a section where it begins again."""
    kinds = {index: heading.kind for index, heading in headings.items()}
    kinds |= {index: "arabic" for index, role in roles.items() if role == numbering.HEADING}
    out: set[int] = set()
    heads: list[int] = []  # of the open section
    plain: int | None = None
    for index, kind in [*sorted(kinds.items()), (0, "end")]:
        if kind == "arabic" and plain is not None and reader.markers[index].value == 1:
            heads.append(plain)
        elif kind not in {"plain", "arabic"}:
            out.update(heads if len(heads) > 1 else ())
            heads = []
        plain = index if kind == "plain" else None
    return out


def _within(parent: str, label: str) -> str:
    return f"{parent}.{label}" if parent else label
