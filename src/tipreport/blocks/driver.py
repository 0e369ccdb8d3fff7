"""The walk over the lines: opens, continues and closes units; what no rule claims is unparsed."""

from __future__ import annotations

import re

from tipreport.blocks import footnote, heading, numbering, recommendation
from tipreport.blocks.outline import Outline, Unit
from tipreport.blocks.reader import RE_WORDY, Reader
from tipreport.blocks.section import Sections
from tipreport.diagnostics import Diagnostic
from tipreport.lines import Line, is_hard_wrapped
from tipreport.model import Masthead
from tipreport.patterns import RE_COMPLETE
from tipreport.profiles import Profile
from tipreport.spans import Source

# "8th plenary meeting" and "15 December 2018" below a decision.
_CLOSING = re.compile(
    r"(?:\d+(?:st|nd|rd|th)|[A-Z][a-z]+(?:-[a-z]+)?) (?:\(?(?:closing|resumed)\)? )?(?:plenary )?meeting$|\d{1,2} [A-Z][a-z]+ \d{4}$"
)
_LABELLED = {"point", "bullet", "number"}


class Driver:
    """Walks the lines once. ``kinds`` holds what furniture, masthead and the like have claimed."""

    def __init__(self, source: Source, lines: list[Line], kinds: list[str | None], profile: Profile, head: int) -> None:
        self.source, self.lines, self.kinds, self.profile = source, lines, kinds, profile
        running = [line for line in lines if kinds[line.index] not in {"contents", "furniture"}]
        self.reader = Reader(lines, kinds, hard=is_hard_wrapped(running))
        self.headings = heading.find(self.reader, head)
        self.roles = numbering.solve(numbering.candidates(self.reader, self.headings, head))
        self.sections = Sections(source, self.reader, self.roles, self.headings)
        self.has_labels = any(marker.kind == "rec" for marker in self.reader.markers)
        self.units: list[Unit] = []
        self.owners = [-1] * len(lines)
        self.out: list[str] = [kind or "" for kind in kinds]
        self.diagnostics: list[Diagnostic] = []
        self.series = recommendation.Series()
        self.unit: Unit | None = None
        self.interrupted = False

    def run(self, fields: Masthead, notes: list[footnote.Note], head: int) -> Outline:
        """Walk, and give the outline."""
        index = 0
        while index < len(self.lines):
            if self.kinds[index] is not None:
                self.interrupted = self.interrupted or self.kinds[index] == "furniture"
                index += 1
                continue
            found = self.headings.get(index)
            if found is None and self.roles.get(index) == numbering.HEADING:
                found = self.sections.third_level(index)
            if found is None:
                self._line(index)
                index += 1
                continue
            self._close()
            place = self.sections.open(found)
            for i in found.lines:
                self.out[i], self.owners[i] = "heading", place
            index = max(found.lines) + 1
        self._close()
        for index, kind in enumerate(self.out):
            if not kind:
                self._unparsed(index)
        return Outline(
            source=self.source,
            lines=self.lines,
            profile=self.profile,
            masthead=fields,
            masthead_lines=[i for i in range(head) if self.out[i] == "masthead"],
            places=self.sections.places,
            units=self.units,
            notes=notes,
            decisions=self.sections.decisions,
            kinds=self.out,
            owners=self.owners,
            diagnostics=self.diagnostics,
        )

    # ------------------------------------------------------------------ body lines
    def _line(self, index: int) -> None:
        """One line that is neither heading nor furniture: it opens a unit or continues the open one."""
        line, marker, unit = self.lines[index], self.reader.markers[index], self.unit
        if marker.kind == "rec":
            self._open("recommendation", marker.label, index, marker.rest)
        elif self._is_paragraph(index):
            if marker.rest >= len(line.text) and self._nothing_follows(index):
                self._unparsed(index)
                return
            self._close()
            self.sections.paragraph(marker.value)
            self._open("paragraph", marker.label, index, marker.rest)
            self.series.paragraph(marker.value)
        elif marker.kind == "sub" and self._continues_series(index, marker.label):
            self._open("recommendation", marker.label, index, marker.rest)
        elif not RE_WORDY.search(line.text):
            self._unparsed(index)
        elif self.sections.in_decision() and self._of_decision(index):
            self._close()
            self.out[index] = "decision"
            self.sections.decisions[-1][1].append(index)
        elif unit is None or self._apart(unit, index) or self._closes(index):
            self._open("paragraph", None, index, marker.rest if marker.kind == "bullet" and self._recommends() else 0)
        elif self.roles.get(index) == numbering.ITEM and self.profile.sub_recommendations and recommendation.lists(self.source, unit):
            self._open("recommendation", marker.label, index, marker.rest, parent=unit.parent or unit.number)
        elif recommendation.another(self.reader, unit, index):
            self._open("recommendation", unit.number, index, 0)
        else:
            self._continue(unit, index)

    def _is_paragraph(self, index: int) -> bool:
        """A number with the role of a paragraph, a placeholder ("xx."), an inserted number ("12 bis.")."""
        marker = self.reader.markers[index]
        if marker.kind == "number" and " " in marker.label:
            return self.reader.at_end(index)
        return marker.kind == "placeholder" or self.roles.get(index) == numbering.PARAGRAPH

    def _nothing_follows(self, index: int) -> bool:
        after = self.reader.next(index)
        return after is None or after in self.headings or self.reader.markers[after].kind in {"number", "rec"}

    def _continues_series(self, index: int, label: str) -> bool:
        """``115.2`` where it may stand: behind an end, a blank line, or States in brackets."""
        before = self.reader.before(index)
        apart = self.reader.at_end(index) or self.lines[index].blanks > 0 or (before is not None and self.lines[before].text.endswith(")"))
        return self.profile.sub_recommendations and apart and self.series.continues(label)

    def _of_decision(self, index: int) -> bool:
        """A preamble, or the meeting and date below a decision."""
        bare = (self.unit is None or self.unit.number is None) and not self.reader.markers[index].kind
        return bare or self._is_closing(index)

    def _closes(self, index: int) -> bool:
        """Whether the meeting and the date of a resolution stand here, behind its last paragraph."""
        if not self.lines[index].text.endswith("meeting"):
            return False
        after = self.reader.next(index)
        return after is not None and self.reader.at_end(index) and self._is_closing(index) and self._is_closing(after)

    def _is_closing(self, index: int) -> bool:
        return bool(_CLOSING.match(self.lines[index].text.replace("\xa0", " ")))

    def _apart(self, unit: Unit, index: int) -> bool:
        """Unnumbered text: each logical line its own paragraph where the lines stand apart."""
        if unit.number is not None:
            return False
        kind, blanks = self.reader.markers[index].kind, self.lines[index].blanks
        if kind != "bullet" or not self._recommends():
            if not blanks and (self.reader.hard or kind in {"point", "bullet"}):
                return False
        return self.reader.at_end(index) and not self.sections.of_attendance()

    def _recommends(self) -> bool:
        """Whether the open section is one of recommendations."""
        return self.sections.of_recommendations(self.profile.recommendation_sections)

    # ------------------------------------------------------------------ units
    def _open(self, kind: str, number: str | None, index: int, rest: int, *, parent: str | None = None) -> None:
        self._close()
        sections = self.sections
        decision = len(sections.decisions) - 1 if sections.in_decision() else None
        unit = Unit(kind, number, sections.place, sections.scope, decision=decision, parent=parent, within=sections.within)
        line = self.lines[index]
        if rest < len(line.text):
            unit.body.append((line.start + rest, line.end))
        if number is None and not rest and self.reader.markers[index].kind in _LABELLED:
            unit.starts.append(line.start)
        unit.lines.append(index)
        self.unit = unit
        self.interrupted = False

    def _continue(self, unit: Unit, index: int) -> None:
        line = self.lines[index]
        if (
            (self.interrupted or line.page_break or line.blanks > 1)
            and unit.body
            and not RE_COMPLETE.search(self.lines[unit.lines[-1]].text)
        ):
            unit.joined = True
        self.interrupted = False
        if self.reader.markers[index].kind in _LABELLED:
            unit.starts.append(line.start)
        if self.roles.get(index) == numbering.ITEM:
            unit.items.append(index)
        unit.body.append((line.start, line.end))
        unit.lines.append(index)

    def _close(self) -> None:
        """End the open unit and say what it is."""
        unit, self.unit = self.unit, None
        if unit is None:
            return
        if not any(self.source.text[a:b].strip("* ") for a, b in unit.body):
            for index in unit.lines:
                self._unparsed(index)
            return
        if unit.number is None and self.sections.of_attendance():
            unit.kind = "attendance"
        elif unit.kind == "paragraph" and not self.has_labels:
            if self._recommends() and recommendation.recommends(" ".join(self.source.text[a:b] for a, b in unit.body)):
                unit.kind = "recommendation"
        for index in unit.lines:
            self.out[index], self.owners[index] = unit.kind, len(self.units)
        self.units.append(unit)
        if unit.decision is not None:
            self.sections.decisions[unit.decision][1].extend(unit.lines)

    def _unparsed(self, index: int) -> None:
        line = self.lines[index]
        self.out[index] = "unparsed"
        self.diagnostics.append(Diagnostic("text/unparsed", f"no rule claims {line.text[:40]!r}", ((line.start, line.end),)))
