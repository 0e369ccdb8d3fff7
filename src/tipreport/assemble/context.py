"""What the parts of assembly share: the outline, the configuration, and the ways from text to places."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from tipreport import gazetteer
from tipreport.blocks import Outline, Unit
from tipreport.config import Config
from tipreport.diagnostics import Diagnostic
from tipreport.entities import panellist
from tipreport.model import Named, Organization, Span, Spans
from tipreport.spans import Prose, Range, Source

_STARS = re.compile(r"\*+")
_MARK_AFTER_WORD = re.compile(
    r"(?:[a-z\u00e0-\u017f][.,;:)\u201d\u2019\]]{0,3}|(?:19|20)\d\d[.,;:)]{1,2})(?<!Add\.)(?<!Rev\.)(?<!Corr\.)(?<!No\.)(\d{1,3})(?![\w.,]{0,40}\d)(?=[\s,;.:)(\]\u201d]|$)"
)
_MARK_BEFORE_BRACKET = re.compile(r"[a-z\u00e0-\u00ff] ?(\d{1,3})(?=\s*\((?:also )?on\s+behalf)")


@dataclass(slots=True)
class Text:
    """A unit with its reading text, and what was found of it so far."""

    unit: Unit
    prose: Prose
    folded: str
    id: str = ""
    label: str | None = None
    items: list[str] = field(default_factory=list)
    inherited: list[str] = field(default_factory=list)
    persons: list[tuple[str, str, int, int]] = field(default_factory=list)  # honorific, name, start, end
    panellists: list[panellist.Found] = field(default_factory=list)


class Context:
    """One parse in its third stage."""

    def __init__(self, outline: Outline, config: Config) -> None:
        self.outline = outline
        self.source: Source = outline.source
        self.config = config
        self.diagnostics: list[Diagnostic] = list(outline.diagnostics)
        self.marks = {note.mark for note in outline.notes}
        self.printed = outline.source.layout.marks
        # Where the reader saw numbers set as marks, the words need not tell which are.
        self.seen = any(outline.source.text[start].isdigit() for start, _ in self.printed)

    def span(self, start: int, end: int) -> Span:
        """A range with its lines."""
        line = self.source.line(start)
        wrapped = self.source.text.find("\n", start, end - 1) >= 0
        return Span(start=start, end=end, line=line, end_line=self.source.line(end - 1) if wrapped else line, page=self.source.page(start))

    def spans(self, ranges: tuple[Range, ...]) -> Spans:
        """Ranges with their lines."""
        return tuple(self.span(a, b) for a, b in ranges)

    def place(self, prose: Prose, start: int = 0, end: int | None = None) -> Spans:
        """The spans of a part of a reading text."""
        return self.spans(prose.locate(start, end))

    def say(self, code: str, message: str, ranges: tuple[Range, ...] = (), hint: str | None = None) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(Diagnostic(code, message, ranges, hint))

    def cuts(self, ranges: list[Range]) -> list[Range]:
        """What a reading text leaves out of its ranges: stars, and marks of known footnotes."""
        text = self.source.text
        out: list[Range] = []
        numeric = {mark for mark in self.marks if mark.isdigit()} if not self.seen else set()
        for start, end in ranges:
            if self.printed:
                out += self.printed[bisect_left(self.printed, (start, 0)) : bisect_left(self.printed, (end, 0))]
            if text.find("*", start, end) >= 0:
                out += [m.span() for m in _STARS.finditer(text, start, end)]
            if numeric:
                out += [m.span(1) for m in _MARK_AFTER_WORD.finditer(text, start, end) if m[1] in numeric]
            if text.find("on behalf", start, end) >= 0 or text.find("on\nbehalf", start, end) >= 0:
                out += [m.span(1) for m in _MARK_BEFORE_BRACKET.finditer(text, start, end)]
        return sorted(set(out))

    def prose(self, ranges: list[Range]) -> Prose:
        """The reading text of some ranges."""
        return Prose(self.source, ranges, self.cuts(ranges))

    def named(self, prose: Prose, match: gazetteer.Match) -> Named:
        """A known name with its place."""
        return Named(
            id=match.entry.id,
            name=match.entry.name,
            as_printed=prose.text[match.start : match.end],
            spans=self.place(prose, match.start, match.end),
        )

    def organization(self, prose: Prose, match: gazetteer.Match) -> Organization:
        """A known organization with its place."""
        entry = match.entry
        return Organization(
            id=entry.id,
            acronym=entry.acronym,
            name=entry.name,
            as_printed=prose.text[match.start : match.end],
            spans=self.place(prose, match.start, match.end),
        )
