"""The form of the rows of a gold file, and which of their fields each kind reads; what no kind reads may have any form."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from tipreport.schema import unfit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

MOST_WORDS = 10_000_000  # of a text

Scalar = str | int | float | None
Name = Scalar | dict[str, Any]
Names = list[Name] | None


class Numbered(TypedDict):
    """A paragraph of a decision."""

    number: Scalar


class Labelled(TypedDict):
    """A point."""

    label: str


class Voice(TypedDict):
    """A voice."""

    quantifier: str
    verb: str


class Text(TypedDict):
    """What stands for a text; ``words`` is looked at by itself."""

    first: str
    last: str
    words: Any


class Paragraph(Text, total=False):
    """A paragraph."""

    number: Scalar
    section: str | None
    points: list[str | Labelled] | None
    agenda_items: list[Scalar] | None
    voices: list[Voice] | None


class NumberedText(Text):
    """A text with its number."""

    number: Scalar


class Recommendation(NumberedText, total=False):
    """A recommendation."""

    section: str | None
    points: list[str | Labelled] | None
    addressees: Names
    modality: Scalar
    proposed_by: Names
    position: str | None


class Section(TypedDict):
    """A section."""

    label: str
    title: Scalar


class Called(TypedDict):
    """What has a name."""

    name: Scalar


class Person(Called, total=False):
    """A panellist."""

    state: Name
    on_behalf_of: Name


class Kind(TypedDict):
    """What a list is of."""

    capacity: str


class Speakers(Kind, total=False):
    """A list of speakers or participants."""

    states: Names
    organizations: Names
    groups: Names
    persons: list[Scalar] | None
    on_behalf: dict[str, list[Name]] | None
    count: Scalar


class Note(Text):
    """A footnote."""

    mark: Scalar


class Item(TypedDict):
    """An agenda item."""

    number: Scalar
    title: Scalar


class Decision(TypedDict):
    """A decision."""

    number: Scalar
    title: Scalar
    paragraphs: list[Numbered]


ROWS: dict[str, Any] = {
    "sections": Section, "recommendations": Recommendation, "paragraphs": Paragraph, "panellists": Person, "statements": Speakers,
    "attendance": Speakers, "agenda": Item, "decisions": Decision, "footnotes": Note,
}  # fmt: skip
_TEXT = ("number", "mark", "first", "last", "words")
_LISTS = tuple(Speakers.__annotations__)
# Of each kind, the table it reads and the fields there. A row of a kind that is not complete may leave its number out: it has none.
_READ: dict[str, dict[str, tuple[str, ...]]] = {
    "sections": {"sections": ("label", "title")},
    "placed": {"recommendations": ("section",), "paragraphs": ("section",)},
    "recommendations": {"recommendations": _TEXT},
    "paragraphs": {"paragraphs": _TEXT},
    "points": {"recommendations": ("points",), "paragraphs": ("points",)},
    "addressees": {"recommendations": ("addressees",)},
    "modality": {"recommendations": ("modality",)},
    "proposed_by": {"recommendations": ("proposed_by",)},
    "positions_of_recommendations": {"recommendations": ("position",)},
    "agenda_items": {"paragraphs": ("agenda_items",)},
    "voices": {"paragraphs": ("voices",)},
    "panellists": {"panellists": ("name", "state", "on_behalf_of")},
    "positions": {"panellists": ("name",)},
    "statements": {"statements": _LISTS}, "statement_details": {"statements": _LISTS},
    "attendance": {"attendance": _LISTS}, "attendance_details": {"attendance": _LISTS},
    "footnotes": {"footnotes": _TEXT}, "footnotes_held": {"footnotes": ("mark",)},
    "agenda": {"agenda": ("number", "title")},
    "decisions": {"decisions": ("number", "title", "paragraphs")},
}  # fmt: skip


def needed(table: str) -> list[str]:
    """The fields that a row of a table cannot do without."""
    return [name for name in ROWS[table].__annotations__ if name in ROWS[table].__required_keys__]


def faults(table: str, row: Mapping[str, Any], kinds: Collection[str]) -> Iterator[str]:
    """What is wrong with a row, of all that the kinds read.

    Args:
        table: that holds it.
        row: an object of JSON.
        kinds: those that are scored.
    """
    read = {field for kind in kinds for field in _READ.get(kind, {}).get(table, ())}
    if not read:
        return
    for place, reason in unfit(ROWS[table], row):
        if place[0] in read:
            # Of several types that would do the place names each; people need the field and its place in a list.
            field = ".".join(
                str(part) for number, part in enumerate(place[:-1] if not reason else place) if not number or type(part) is int
            )
            yield f"{field}: {reason}" if reason else f"{field} has no {place[-1]!r}" if field else f"has no {place[-1]!r}"
    words = row.get("words")
    if "words" in read and "words" in row and not (type(words) is int and 0 <= words <= MOST_WORDS):
        yield "words: Input should be a whole number"
