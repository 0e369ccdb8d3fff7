"""What a comparison is made of: changes with their fates, and events that tell what a change means."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.diff.words import Hunk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.diff.units import Side, Unit
    from tipreport.model import Spans

# In the order in which a summary counts them.
FATES = ("unchanged", "renumbered", "moved", "editorial", "reworded", "merged", "split", "added", "dropped")
# Families of events, as ``--events`` names them.
EVENTS = (
    "strength", "modality", "negation", "hedge", "addressee", "state", "organization", "group", "proposer", "position", "voice", "point",
    "reference", "date", "number", "panellist", "participant", "renumbered", "moved", "kind", "field", "text",
)  # fmt: skip
STRONGER, WEAKER = "stronger", "weaker"

Range = tuple[int, int]


class Event(NamedTuple):
    """One thing that a change did.

    Args:
        event: its family, with ``_added`` or ``_dropped`` where something came or went (``state_added``).
        before: what stood on the left; None where nothing did. A number for ``strength``.
        after: what stands on the right.
        id: of the State, organization, addressee, point that it is about.
        name: of that, for people.
        direction: weaker or stronger for strength; fewer or more for voices; None where that is not known.
        left: its place in the source of the left side.
        right: its place in the source of the right side.
        at: the range of the left unit's text; for events of words.
        into: the range of the right unit's text.
        editorial: whether a change of words leaves the meaning alone; None for other events.
        words: the words that show it on the left and on the right ("should ensure", "should consider ensuring").
    """

    event: str
    before: str | int | None = None
    after: str | int | None = None
    id: str | None = None
    name: str | None = None
    direction: str | None = None
    left: Spans = ()
    right: Spans = ()
    at: Range | None = None
    into: Range | None = None
    editorial: bool | None = None
    words: tuple[str, str] | None = None

    @property
    def family(self) -> str:
        """What ``--events`` calls it."""
        return self.event.removesuffix("_added").removesuffix("_dropped")


class Piece(NamedTuple):
    """A stretch of a redline: ``same`` in both texts, or ``gone`` from the left and ``new`` in the right."""

    same: str = ""
    gone: str = ""
    new: str = ""


class Change(NamedTuple):
    """What became of a unit.

    Args:
        fate: one of ``FATES``.
        kind: of the unit: recommendation, point, paragraph, heading, footnote, block, masthead, panellist, participant.
        left: the unit of the left side; None where it was added.
        right: the unit of the right side; None where it was dropped.
        score: the likeness of the two; for a part of a merger or split the share of its words that is found again; 0 for one alone.
        events: in the order of their places.
        hunks: where the texts differ; ranges of ``left.text`` and ``right.text``.
        share: the part of the right text (merged) or the left text (split) that is meant; None for the whole.
    """

    fate: str
    kind: str
    left: Unit | None
    right: Unit | None
    score: float
    events: tuple[Event, ...] = ()
    hunks: tuple[Hunk, ...] = ()
    share: Range | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text of both sides in one: what stayed, what was taken out, what was put in."""
        one, other = self.left, self.right
        if one is None or other is None:
            return (Piece("", one.text if one else "", other.text if other else ""),)
        out: list[Piece] = []
        i, end = self.ranges[0]
        for hunk in self.hunks:
            out += [Piece(one.text[i : hunk.left[0]]), Piece("", one.text[slice(*hunk.left)], other.text[slice(*hunk.right)])]
            i = hunk.left[1]
        out.append(Piece(one.text[i:end]))
        return tuple(piece for piece in out if any(piece))

    @property
    def ranges(self) -> tuple[Range, Range]:
        """The ranges of the left and the right text that are meant; an empty one for a side that has no unit."""
        whole = (0, len(self.left.text) if self.left else 0), (0, len(self.right.text) if self.right else 0)
        if self.share is None:
            return whole
        return (self.share, whole[1]) if self.fate == "split" else (whole[0], self.share)


class Comparison(NamedTuple):
    """Two reports and what changed between them: the changes in the order of the right side, what was dropped where it stood."""

    left: Side
    right: Side
    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return all(change.fate == "unchanged" for change in self.changes)
