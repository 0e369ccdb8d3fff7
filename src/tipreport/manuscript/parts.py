"""The pieces that a document is written of."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.manuscript.footing import Mark
from tipreport.manuscript.wording import Told

LEADER = " ... "  # dots between a title and its page, however many are printed


class Cited(NamedTuple):
    """The symbol of a document in a text, with its address."""

    text: str
    target: str


Run = str | Mark | Cited


class Line(NamedTuple):
    """A part of a unit that begins a line: its text before the points, a point, what follows the points."""

    depth: int
    label: str
    runs: tuple[Run, ...]
    ident: str | None = None


class Entry(NamedTuple):
    """A unit.

    Args:
        ident: its id, ``rec-7``.
        word: the word of a label that is a line of its own: ``Recommendation``; empty where the number stands before the text.
        number: the number behind that word.
        label: the label before the text as printed: ``4.``, ``25.1``; empty for none.
        lines: the text in its lines.
    """

    ident: str
    word: str
    number: str
    label: str
    lines: tuple[Line, ...]


class Prose(NamedTuple):
    """Text that is no unit. ``lines`` stand on lines of their own where ``broken``, else each is a paragraph."""

    kind: str
    lines: tuple[str, ...]
    broken: bool


class Grid(NamedTuple):
    """A table of the source."""

    rows: tuple[tuple[str, ...], ...]


class Notes(NamedTuple):
    """Footnotes, marks and texts.

    Args:
        notes: in their order.
        place: ``head`` for notes to the masthead, ``foot`` for those with a mark in a text, ``loose`` for the rest.
        numbers: of those with a mark: their places in the report, as ``Mark.number`` has them.
    """

    notes: tuple[tuple[str, str], ...]
    place: str
    numbers: tuple[int, ...] = ()


class Listing(NamedTuple):
    """Chosen objects of a kind: in words (``told``) or as rows under ``head``."""

    kind: str
    title: str
    told: tuple[Told, ...]
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str | Cited, ...], ...] = ()
