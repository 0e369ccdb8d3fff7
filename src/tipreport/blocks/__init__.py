"""Stage 2: lines to blocks. Every character that is not white space ends in exactly one block.

The order of the rules is their meaning: furniture, masthead, contents, tables and footnotes are taken out
first; then headings; then the numbers at line starts get their roles; what is left continues what is open.
Nothing is refused: a line that no rule claims is an ``unparsed`` block with a diagnostic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tipreport import profiles
from tipreport.blocks import contents, footnote, furniture, heading, masthead, numbering
from tipreport.blocks.heading import Heading, Reader, like_title, slug
from tipreport.diagnostics import Diagnostic
from tipreport.lines import Line, is_hard_wrapped, split
from tipreport.model import Masthead
from tipreport.patterns import RE_COMPLETE, RE_JOB
from tipreport.profiles import Profile
from tipreport.spans import Range, Source

_SHORT = 200
# What a numbered paragraph must say to be a recommendation where the section is one of recommendations.
_RECOMMENDS = re.compile(
    r"\b(?:should|shall|must|may wish to|might wish to|could|need to|needs to|(?:is|are|be|was|were) (?:strongly )?"
    r"(?:encouraged|urged|invited|requested|recommended|called upon)|recommends?|recommended|encourages?|invites?|requests?|urges?|calls? upon)\b"
)
_STATES_END = re.compile(r"\(([^()]|\([^()]*\))+\)\s*[;.]$")
_ATTENDANCE = re.compile(
    r"(?:attendance|(?:provisional )?list of (?:participants|attendance|delegations)|participants$|composition of the delegation|representation)\b",
    re.IGNORECASE,
)
# "8th plenary meeting" and "15 December 2018" below a decision.
_CLOSING = re.compile(
    r"(?:\d+(?:st|nd|rd|th)|[A-Z][a-z]+(?:-[a-z]+)?) (?:\(?(?:closing|resumed)\)? )?(?:plenary )?meeting$|\d{1,2} [A-Z][a-z]+ \d{4}$"
)
_LISTS_RECOMMENDATIONS = re.compile(
    r"\brecommendations\b.{0,200}\b(?:below|following|formulated|listed)\b|\bfollowing recommendations\b", re.DOTALL
)
_WORDY = re.compile(r"[^\W_]")


@dataclass(slots=True)
class Place:
    """A section as the outline knows it: its heading, the path of labels, and the scope of its ids."""

    heading: Heading
    label: str
    level: int
    scope: str
    heads_arabic: bool = False  # "1." stands right below this unnumbered heading


@dataclass(slots=True)
class Unit:
    """A recommendation or paragraph: the ranges of its text, all its lines, and where it stands."""

    kind: str
    number: str | None
    place: int | None
    scope: str
    body: list[Range] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # source offsets of labelled lines inside
    items: list[int] = field(default_factory=list)  # lines that begin an item of a numbered list inside
    decision: int | None = None
    joined: bool = False
    parent: str | None = None  # the paragraph whose list a recommendation is an item of


@dataclass(slots=True)
class Outline:
    """What stage 2 found, all in offsets of the source."""

    source: Source
    lines: list[Line]
    profile: Profile
    masthead: Masthead
    masthead_lines: list[int]
    places: list[Place]
    units: list[Unit]
    notes: list[footnote.Note]
    decisions: list[tuple[int, list[int]]]  # place, lines
    kinds: list[str]
    owners: list[int]  # the unit or place of each line, -1 for none
    diagnostics: list[Diagnostic]


def outline(source: Source, profile: Profile | None = None) -> Outline:
    """Find the structure of a text; a pure function that never raises for any text."""
    lines = split(source)
    kinds: list[str | None] = [None] * len(lines)
    head = masthead.find(lines)
    furniture.mark(lines, kinds, head)
    fields = masthead.parse(lines, kinds, head) if head else Masthead()
    if head:
        for line in lines[:head]:
            if kinds[line.index] is None:
                kinds[line.index] = "masthead"
    for first, stop in contents.find(lines, kinds, source.text):
        for index in range(first, stop):
            kinds[index] = kinds[index] or "contents"
    for line in lines:
        if kinds[line.index] is None and (
            (line.text.startswith("|") and line.text.endswith("|") and len(line.text) > 2) or line.text.count(" | ") > 1
        ):
            kinds[line.index] = "table"
    notes = footnote.find(lines, kinds)
    if head and any(kinds[i] == "footnote" for i in range(head)):
        fields = masthead.parse(lines, kinds, head)
    _loose_numbers(lines, kinds)
    fields = _job_number(lines, kinds, fields)
    chosen = profile or profiles.choose(fields.symbol, fields.body)
    return _Driver(source, lines, kinds, chosen, fields, notes, head).run()


def _job_number(lines: list[Line], kinds: list[str | None], fields: Masthead) -> Masthead:
    """The job number from the foot of a page where the masthead has none."""
    if fields.job_number:
        return fields
    for line in lines:
        if kinds[line.index] == "furniture" and RE_JOB.match(line.text):
            return replace(fields, job_number=masthead.job_number(line.text))
    return fields


def _loose_numbers(lines: list[Line], kinds: list[str | None]) -> None:
    """A number that stands alone between blank lines and has no stop behind it is a folio."""
    for line in lines:
        if kinds[line.index] is None and line.text.isascii() and line.text.isdigit() and len(line.text) < 4:
            after = lines[line.index + 1] if line.index + 1 < len(lines) else None
            if line.blanks and (after is None or after.blanks or after.page_break):
                kinds[line.index] = "furniture"


class _Driver:
    """Walks the lines once and opens, continues and closes units."""

    def __init__(
        self,
        source: Source,
        lines: list[Line],
        kinds: list[str | None],
        profile: Profile,
        fields: Masthead,
        notes: list[footnote.Note],
        head: int,
    ) -> None:
        self.source, self.lines, self.kinds, self.profile = source, lines, kinds, profile
        self.fields, self.notes, self.head = fields, notes, head
        self.reader = Reader(lines, kinds, is_hard_wrapped(lines))
        self.headings = heading.find(self.reader, head)
        self.roles = numbering.solve(self._candidates())
        self.has_labels = any(m.kind == "rec" for m in self.reader.markers)
        self.places: list[Place] = []
        self.units: list[Unit] = []
        self.decisions: list[tuple[int, list[int]]] = []
        self.owners = [-1] * len(lines)
        self.diagnostics: list[Diagnostic] = []
        self.path: dict[str, int] = {}  # kind of heading -> its place
        self.scope = ""
        self.unit: Unit | None = None
        self.last_paragraph = ""
        self.last_sub: tuple[int, int] = (0, 0)
        self.interrupted = False
        self.out: list[str] = [kind or "" for kind in kinds]

    # ------------------------------------------------------------------ numbers at line starts
    def _candidates(self) -> list[numbering.Candidate]:
        reader, out = self.reader, []
        scope = ""
        heading_lines = {i for h in self.headings.values() for i in h.lines}
        rank = {"": 0, "plain": 1, "section": 2, "scope": 3}
        for line in self.lines[self.head :]:
            index = line.index
            found = self.headings.get(index)
            if found is not None:
                level = "plain" if found.kind == "plain" else "scope" if found.kind in {"annex", "part", "decision"} else "section"
                if rank[level] > rank[scope]:
                    scope = level
            marker = reader.markers[index]
            if index in heading_lines or marker.kind != "number" or not reader.is_body(index) or " " in marker.label:
                continue
            rest = line.text[marker.rest :]
            follow = reader.next(index) if not rest else None
            if rest:
                own = reader.logical(index)
                text = reader.text(own, marker.rest)
            elif follow is not None and not reader.markers[follow].kind:
                own = reader.logical(follow)
                text = reader.text(own)
            else:
                own, text = [index], ""
            before = reader.before(index)
            ended = (
                before is None
                or before in heading_lines
                or reader.at_end(index)
                or (line.blanks > 0 and not line.page_break and len(self.lines[before].text) < 40)
            )
            if (
                before is not None
                and not ended
                and reader.markers[before].kind == "number"
                and like_title(self.lines[before].text[reader.markers[before].rest :])
            ):
                ended = True
            out.append(
                numbering.Candidate(
                    line=index,
                    value=marker.value,
                    title_like=bool(text) and like_title(text) and self._ends_before_marker(own),
                    short=len(text) <= _SHORT,
                    follows_end=ended,
                    follows_colon=before is not None and self.lines[before].text.endswith(":"),
                    scope=scope,
                    opens=bool(text) and (text[0].isupper() or text[0] in "\u201c\u2018\"'([\u00ab" or not text[0].isascii()),
                )
            )
            scope = ""
        return out

    def _ends_before_marker(self, own: list[int]) -> bool:
        after = self.reader.next(max(own))
        if after is None:
            return False
        kind = self.reader.markers[after].kind
        return (
            kind in {"number", "rec", "agenda", "letter", "roman", "sub", "placeholder"}
            or after in self.headings
            or (not kind and not self.reader.hard)
        )

    # ------------------------------------------------------------------ the walk
    def run(self) -> Outline:
        index = 0
        while index < len(self.lines):
            kind = self.kinds[index]
            if kind is not None:
                if kind in {"furniture", "footnote", "table"}:
                    self.interrupted = self.interrupted or kind == "furniture"
                index += 1
                continue
            found = self.headings.get(index)
            if found is None:
                if self.roles.get(index) == numbering.HEADING:
                    found = self._third_level(index)
            if found is not None:
                self._open_section(found)
                index = max(found.lines) + 1
                continue
            self._line(index)
            index += 1
        self._close()
        return self._finish()

    def _third_level(self, index: int) -> Heading:
        marker = self.reader.markers[index]
        line = self.lines[index]
        if marker.rest < len(line.text):
            own = self.reader.logical(index)
            ranges = [(line.start + marker.rest, line.end), *((self.lines[i].start, self.lines[i].end) for i in own[1:])]
            found = Heading("arabic", marker.label, marker.value, ranges, own)
        else:
            follow = self.reader.next(index)
            own = self.reader.logical(follow) if follow is not None else []
            found = Heading("arabic", marker.label, marker.value, [(self.lines[i].start, self.lines[i].end) for i in own], [index, *own])
        heading.take_items(self.reader, found)
        return found

    def _open_section(self, found: Heading) -> None:
        self._close()
        title = self._title(found)
        kind = found.kind
        if kind == "annex":
            self.scope = f"annex-{found.label}" if found.label else "annex"
            label = self.scope
            self.path = {"scope": len(self.places)}
        elif kind == "decision":
            first = self.lines[found.lines[0]]
            printed = first.text
            if found.title and found.title[0][0] < first.end:  # "Decision 1/CP.3: Title"
                printed = printed[: found.title[0][0] - first.start]
            label = self._within(self.scope, slug(printed))
            self.path = {k: v for k, v in self.path.items() if k == "outer"} | {"scope": len(self.places)}
            self.decisions.append((len(self.places), []))
        elif kind == "part":
            label = slug(self.lines[found.lines[0]].text[:40].split(":")[0] if not title else f"part {found.label}")
            self.path = {}
            self.scope = ""
        elif kind == "roman":
            self._cut("roman")
            label = self._within(self._scope_label(), found.label)
            self.path["roman"] = len(self.places)
        elif kind == "letter":
            self._cut("letter")
            label = self._within(self._parent("roman"), found.label)
            self.path["letter"] = len(self.places)
        elif kind == "arabic":
            above = self.path.get("plain") if found.value > 1 or self._directly_below() else None
            self._cut("arabic")
            if above is not None and self.places[above].heads_arabic:
                self.path["plain"] = above
            label = self._within(self._parent("plain", "letter", "roman"), found.label)
            self.path["arabic"] = len(self.places)
        else:
            self.path.pop("plain", None)
            heads = self._heads_arabic(found)
            if heads:
                self.path.pop("arabic", None)
            label = self._within(self._parent("arabic", "letter", "roman"), slug(title) or "untitled")
            self.path["plain"] = len(self.places)
        place = len(self.places)
        self.places.append(Place(found, label, label.count(".") + 1, self.scope, kind == "plain" and self._heads_arabic(found)))
        for i in found.lines:
            self.out[i] = "heading"
            self.owners[i] = place
        if kind not in {"annex", "decision", "part"} and self._in_decision():
            self.decisions[-1][1].extend(found.lines)

    def _heads_arabic(self, found: Heading) -> bool:
        after = self.reader.next(max(found.lines))
        return after is not None and self.roles.get(after) == numbering.HEADING and self.reader.markers[after].value == 1

    def _directly_below(self) -> bool:
        return bool(self.places) and self.places[-1].heads_arabic

    def _title(self, found: Heading) -> str:
        return " ".join(self.source.text[a:b] for a, b in found.title)

    def _scope_label(self) -> str:
        return self.places[self.path["scope"]].label if "scope" in self.path else ""

    def _parent(self, *kinds: str) -> str:
        for kind in kinds:
            if kind in self.path:
                return self.places[self.path[kind]].label
        return self._scope_label()

    def _cut(self, kind: str) -> None:
        order = ["roman", "letter", "arabic", "plain"]
        for deeper in order[order.index(kind) :]:
            self.path.pop(deeper, None)

    @staticmethod
    def _within(parent: str, label: str) -> str:
        return f"{parent}.{label}" if parent else label

    # ------------------------------------------------------------------ body lines
    def _line(self, index: int) -> None:
        line, marker = self.lines[index], self.reader.markers[index]
        if marker.kind == "rec":
            self._open("recommendation", marker.label, index, marker.rest)
        elif (
            (marker.kind == "number" and self.roles.get(index) == numbering.PARAGRAPH)
            or marker.kind == "placeholder"
            or (marker.kind == "number" and " " in marker.label and self.reader.at_end(index))
        ):
            if marker.rest >= len(line.text) and self._nothing_follows(index):
                self._unparsed(index)
                return
            self._open("paragraph", marker.label, index, marker.rest)
            self.last_paragraph = marker.label
            self.last_sub = (marker.value, 0)
        elif marker.kind == "sub" and self._continues_sub(index, marker.label):
            self._open("recommendation", marker.label, index, marker.rest)
        elif not _WORDY.search(line.text):
            self._unparsed(index)
        elif self._in_decision() and _CLOSING.match(line.text):
            self._close()
            self._decision_line(index)
        elif self._in_decision() and (self.unit is None or self.unit.number is None) and not marker.kind:
            self._close()
            self._decision_line(index)
        elif self.unit is None:
            self._open("paragraph", None, index, 0)
            if marker.kind in {"point", "bullet", "number"}:
                assert self.unit is not None
                self.unit.starts.append(line.start)
        elif self.roles.get(index) == numbering.ITEM and self._lists_recommendations():
            parent = self.unit.parent or self.unit.number
            self._open("recommendation", marker.label, index, marker.rest)
            self.unit.parent = parent
        elif self._another_under_the_number(index):
            self._open("recommendation", self.unit.number, index, 0)
        elif self._apart(index):
            self._open("paragraph", None, index, 0)
        else:
            self._continue(index)

    def _is_paragraph(self, index: int) -> bool:
        """A number with the role of a paragraph, a placeholder ("xx."), an inserted number ("12 bis.")."""
        marker = self.reader.markers[index]
        if marker.kind == "number" and " " in marker.label:
            return self.reader.at_end(index)
        return marker.kind == "placeholder" or self.roles.get(index) == numbering.PARAGRAPH

    def _lists_recommendations(self) -> bool:
        """Whether the open unit introduces recommendations as a numbered list, or is one of them."""
        unit = self.unit
        if unit is None or not self.profile.sub_recommendations:
            return False
        if unit.parent:
            return True
        text = " ".join(self.source.text[a:b] for a, b in unit.body[:12])
        return unit.kind == "paragraph" and bool(unit.number) and bool(_LISTS_RECOMMENDATIONS.search(text))

    def _in_decision(self) -> bool:
        return bool(self.decisions) and self.path.get("scope") == self.decisions[-1][0]

    def _decision_line(self, index: int) -> None:
        """A preamble, or the meeting and date below a decision."""
        self.out[index] = "decision"
        self.decisions[-1][1].append(index)

    def _nothing_follows(self, index: int) -> bool:
        after = self.reader.next(index)
        return after is None or after in self.headings or self.reader.markers[after].kind in {"number", "rec"}

    def _continues_sub(self, index: int, label: str) -> bool:
        """``115.2`` after ``115.1``; ``115.1`` after paragraph 115; the first of an extract."""
        if not self.profile.sub_recommendations or not (self.reader.at_end(index) or self.lines[index].blanks):
            return False
        major, minor = (int(part) for part in label.split("."))
        last_major, last_minor = self.last_sub
        if major == last_major:
            fits = 0 <= minor - last_minor <= 3
        else:
            fits = (minor == 1 and (major == last_major + 1 or not last_major or str(major) == self.last_paragraph)) or not last_major
        if fits:
            self.last_sub = (major, minor)
        return fits

    def _another_under_the_number(self, index: int) -> bool:
        """Two recommendations under one number: a new line after "(State);" that begins with a capital."""
        unit = self.unit
        if unit is None or unit.kind != "recommendation" or "." not in (unit.number or "") or not unit.lines:
            return False
        last = self.lines[unit.lines[-1]].text
        text = self.lines[index].text
        if not text[0].isupper() or self.reader.markers[index].kind:
            return False
        return bool(_STATES_END.search(last)) or (not self.reader.hard and last.endswith((";", ".")) and bool(_RECOMMENDS.search(text)))

    def _apart(self, index: int) -> bool:
        """Unnumbered text: each logical line its own paragraph where the lines stand apart."""
        unit = self.unit
        if unit is None or unit.number is not None:
            return False
        line = self.lines[index]
        if self.reader.markers[index].kind in {"point", "bullet"} and not line.blanks:
            return False
        return bool(line.blanks or not self.reader.hard) and self.reader.at_end(index)

    def _open(self, kind: str, number: str | None, index: int, rest: int) -> None:
        self._close()
        place = len(self.places) - 1 if self.places else None
        decision = len(self.decisions) - 1 if self._in_decision() else None
        self.unit = Unit(kind, number, place, self.scope, decision=decision)
        line = self.lines[index]
        if rest < len(line.text):
            self.unit.body.append((line.start + rest, line.end))
        self.unit.lines.append(index)
        self.interrupted = False

    def _continue(self, index: int) -> None:
        unit = self.unit
        assert unit is not None
        line = self.lines[index]
        if (
            unit.body
            and (self.interrupted or line.page_break or line.blanks > 1)
            and not RE_COMPLETE.search(self.lines[unit.lines[-1]].text)
        ):
            unit.joined = True
        self.interrupted = False
        if self.reader.markers[index].kind in {"point", "bullet", "number"}:
            unit.starts.append(line.start)
        if self.roles.get(index) == numbering.ITEM:
            unit.items.append(index)
        unit.body.append((line.start, line.end))
        unit.lines.append(index)

    def _unparsed(self, index: int) -> None:
        line = self.lines[index]
        self.out[index] = "unparsed"
        self.diagnostics.append(Diagnostic("text/unparsed", f"no rule claims {line.text[:40]!r}", ((line.start, line.end),)))

    def _close(self) -> None:
        unit, self.unit = self.unit, None
        if unit is None:
            return
        if not unit.body:
            for index in unit.lines:
                self._unparsed(index)
            return
        if unit.number is None and self._attendance():
            unit.kind = "attendance"
        if unit.kind == "paragraph" and unit.number and not self.has_labels and self._recommending(unit):
            text = " ".join(self.source.text[a:b] for a, b in unit.body)
            if _RECOMMENDS.search(text):
                unit.kind = "recommendation"
        owner = len(self.units)
        self.units.append(unit)
        for index in unit.lines:
            self.out[index] = unit.kind
            self.owners[index] = owner
        if unit.decision is not None:
            self.decisions[unit.decision][1].extend(unit.lines)

    def _attendance(self) -> bool:
        """Whether the section or annex is a list of those present."""
        return any(_ATTENDANCE.match(self._title(self.places[place].heading)) for place in self.path.values())

    def _recommending(self, unit: Unit) -> bool:
        """Whether a section above the unit is one of recommendations by its title."""
        pattern = self.profile.recommendation_sections
        if pattern is None or unit.scope or unit.decision is not None:
            return False
        for kind in ("arabic", "letter", "roman", "plain"):
            if kind in self.path and re.match(pattern, self._title(self.places[self.path[kind]].heading).rstrip(".* "), re.IGNORECASE):
                return True
        return False

    # ------------------------------------------------------------------ the end
    def _finish(self) -> Outline:
        kinds = []
        for index, kind in enumerate(self.out):
            if not kind:
                self._unparsed(index)
                kind = "unparsed"
            kinds.append(kind)
        head = [i for i in range(self.head) if kinds[i] == "masthead"]
        return Outline(
            self.source, self.lines, self.profile, self.fields, head, self.places, self.units, self.notes,
            self.decisions, kinds, self.owners, self.diagnostics,
        )  # fmt: skip
