"""Rules of ``tipreport check``, one file each: what a careful editor would mark in a report before it is issued.

A rule is ``CODE`` (its file name with ``/`` after the first word and hyphens), ``SEVERITY`` (``error``, ``warning``, ``info``), a
docstring that is its page, ``find(ctx)`` that yields findings, and ``EXAMPLES`` (texts with what is marked in them) beside
``COUNTEREXAMPLES`` (texts in which nothing is). A rule says nothing where it is not sure: a false alarm is worse than a miss.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Any, NamedTuple

from tipreport.config import Config
from tipreport.located import Located
from tipreport.model import Footnote, Paragraph, Recommendation, Remark, Report, Section, Span
from tipreport.spans import Range, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SEVERITIES = ("error", "warning", "info")
ADDENDUM = "an addendum may leave it to another part of the report"
_PLAIN = Config()
_OPENING = re.compile('[\u201c"]')
_ADDRESS = 500  # code points of an address that are looked at
_TEXT = ("text/plain", "text/markdown")


class Edit(NamedTuple):
    """Put ``text`` in the place of ``start:end`` of the source."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """A change that needs no judgement: what it does in a few words, and its edits."""

    message: str
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """One thing to look at.

    Args:
        message: what is wrong, in one line.
        ranges: where, in code points of the text as received; empty for the document as a whole.
        hint: what would be right, or what to do.
        fix: a safe change, where there is one.
        id: of the object that it is about.
    """

    message: str
    ranges: tuple[Range, ...] = ()
    hint: str | None = None
    fix: Fix | None = None
    id: str | None = None


class Passage(NamedTuple):
    """A text of the report with its place. ``kind``: heading, recommendation, paragraph or footnote; ``name`` for messages."""

    kind: str
    id: str
    name: str
    text: str
    spans: tuple[Span, ...]
    thing: Any


class Context:
    """One report as the rules see it.

    Args:
        report: what was parsed.
        source: of which text.
        config: own tables.
    """

    def __init__(self, report: Report, source: Source, config: Config = _PLAIN) -> None:
        self.report, self.source, self.config = report, source, config
        self._located: dict[int, Located] = {}
        self._quoted: dict[int, list[Range]] = {}

    @cached_property
    def english(self) -> bool:
        """Whether the text is English, or too short to tell."""
        return not any(remark.code == "input/language" for remark in self.report.diagnostics)

    @cached_property
    def addendum(self) -> bool:
        """Whether this is only a part of a report."""
        head = self.report.masthead
        return (
            "addendum" in (head.part or "").lower() or "/Add." in (head.symbol or "") or any(one.continued for one in self.report.sections)
        )

    @property
    def printed(self) -> bool:
        """Whether the text is as typed, and not taken out of pages or a word processor's file."""
        return self.source.media_type in _TEXT and not self.source.layout.pages

    @cached_property
    def units(self) -> tuple[Passage, ...]:
        """Recommendations and paragraphs in the order of the text."""
        things: list[Recommendation | Paragraph] = [*self.report.recommendations, *self.report.paragraphs]
        return tuple(sorted((_unit(one) for one in things if one.spans), key=_start))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Headings, recommendations, paragraphs and footnotes in the order of the text."""
        heads = [_heading(one) for one in self.report.sections if one.spans]
        notes = [_note(one) for one in self.report.footnotes if one.spans]
        return tuple(sorted((*heads, *self.units, *notes), key=_start))

    def find(
        self, pattern: re.Pattern[str], *needed: str, passages: tuple[Passage, ...] | None = None
    ) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Every match of a pattern in the texts; one that holds none of the ``needed`` words is passed over at once."""
        for passage in self.passages if passages is None else passages:
            if not needed or any(word in passage.text for word in needed):
                for match in pattern.finditer(passage.text):
                    yield passage, match

    def own(self, passage: Passage, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` of a passage are its own words: neither quoted nor part of a web or mail address."""
        text = passage.text
        token = text[text.rfind(" ", max(0, start - _ADDRESS), start) + 1 : end] + text[end : end + _ADDRESS].partition(" ")[0]
        if "://" in token or "@" in token or token.lower().startswith("www."):
            return False
        known = self._quoted.get(id(passage))
        if known is None:
            known = self._quoted[id(passage)] = list(_quoted(text))
        at = bisect_right(known, (start, len(text)))
        return at == 0 or known[at - 1][1] <= start

    def place(self, passage: Passage, start: int = 0, end: int | None = None) -> tuple[Range, ...]:
        """The ranges of the source that hold ``text[start:end]`` of a passage."""
        stop = len(passage.text) if end is None else end
        known = self._located.get(id(passage))
        if known is None:
            spans = [(span.start, span.end, span.page) for span in passage.spans]
            known = self._located[id(passage)] = Located(passage.text, spans, self.source.text)
        return tuple((low, high) for low, high, _ in known.ranges(start, stop))

    def fix(self, passage: Passage, start: int, end: int, text: str) -> Fix | None:
        """Put a text in the place of ``text[start:end]`` of a passage; None where the source does not print those characters in one piece."""
        ranges = self.place(passage, start, end)
        printed = passage.text[start:end]
        if len(ranges) != 1 or self.source.text[slice(*ranges[0])] != printed:
            return None
        return Fix(f"{printed!r} to {text!r}", (Edit(*ranges[0], text),))

    def remarks(self, code: str) -> Iterator[Remark]:
        """The diagnostics of the parser under one code."""
        return (one for one in self.report.diagnostics if one.code == code)

    def unit_at(self, offset: int) -> Passage | None:
        """The recommendation or paragraph that holds a character."""
        at = bisect_right(self._parts, offset, key=lambda part: part[0]) - 1
        return self.units[self._parts[at][2]] if at >= 0 and offset < self._parts[at][1] else None

    @cached_property
    def _parts(self) -> list[tuple[int, int, int]]:
        return sorted((span.start, span.end, number) for number, one in enumerate(self.units) for span in one.spans)

    def line_range(self, offset: int) -> Range:
        """The line of an offset without the white space around it."""
        text = self.source.text
        low = text.rfind("\n", 0, offset) + 1
        high = text.find("\n", offset)
        line = text[low : len(text) if high < 0 else high]
        return low + len(line) - len(line.lstrip()), low + len(line.rstrip())


def ranges(spans: tuple[Span, ...]) -> tuple[Range, ...]:
    """Spans as ranges."""
    return tuple((span.start, span.end) for span in spans)


def number_of(thing: Any) -> str:
    """What a unit is called in a message: ``para. 4``, ``rec. 51``."""
    short = "rec." if isinstance(thing, Recommendation) else "para."
    return f"{short} {thing.number}" if thing.number else "a paragraph without a number"


def _start(passage: Passage) -> int:
    return passage.spans[0].start


def _quoted(text: str) -> Iterator[Range]:
    """What a passage quotes; a quotation that is not closed lasts to its end."""
    at = 0
    while found := _OPENING.search(text, at):
        at = text.find("\u201d" if found.group() == "\u201c" else found.group(), found.end()) + 1 or len(text)
        yield found.start(), at


def _unit(thing: Recommendation | Paragraph) -> Passage:
    kind = "recommendation" if isinstance(thing, Recommendation) else "paragraph"
    return Passage(kind, thing.id, number_of(thing), thing.text, thing.spans, thing)


def _heading(thing: Section) -> Passage:
    return Passage("heading", thing.label, f"heading {thing.number or thing.title}", thing.title, thing.spans, thing)


def _note(thing: Footnote) -> Passage:
    return Passage("footnote", f"footnote-{thing.mark}", f"footnote {thing.mark}", thing.text, thing.spans, thing)
