"""What stage 2 gives: sections, units, notes and the kind of every line, all in offsets of the source."""

from __future__ import annotations

from dataclasses import dataclass, field

from tipreport.blocks.footnote import Note
from tipreport.blocks.heading import Heading
from tipreport.diagnostics import Diagnostic
from tipreport.lines import Line
from tipreport.model import Masthead
from tipreport.profiles import Profile
from tipreport.spans import Range, Source


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
    within: tuple[str, ...] = ()  # the annex and the decision it stands in, as a cite names them


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
    notes: list[Note]
    decisions: list[tuple[int, list[int]]]  # place, lines
    kinds: list[str]
    owners: list[int]  # the unit or place of each line, -1 for none
    diagnostics: list[Diagnostic]
