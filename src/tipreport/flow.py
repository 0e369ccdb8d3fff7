"""A report as a document: its headings, units and everything else in the order of the page, and a text with its points apart.

Blocks stand in the order of the source, headings among them in the order of ``sections``; so a report whose spans are not at
hand (one read from another form) has the same flow.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tipreport.model import Block, Paragraph, Point, Recommendation, Report, Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Unit = Recommendation | Paragraph

_LAST_WORD = re.compile(r"(?<!\S)\S+$")


class Piece(NamedTuple):
    """A part of a document.

    Args:
        kind: of its block (``heading``, ``recommendation``, ``paragraph``, ``masthead``, ``footnote``, ``table``, ...).
        thing: the section or unit that it is; None for the rest.
        text: what the source prints there, line ends as they are; None where the source is not at hand.
        block: where it stands; None in a narrowed report.
    """

    kind: str
    thing: Section | Unit | None
    text: str | None
    block: Block | None


class Body(NamedTuple):
    """A text with its points apart: ``intro``, the points, and what follows them."""

    intro: str
    points: tuple[Item, ...]
    tail: str


class Item(NamedTuple):
    """A point in a text.

    Args:
        lead: all that stands before its text and behind what came before, blanks too; its last word is the label as printed.
        point: the point.
        body: its text, with its own points apart.
    """

    lead: str
    point: Point
    body: Body

    @property
    def label(self) -> str:
        """The label as printed: ``(a)``, ``a)``, a dash; empty where none stands there."""
        found = _LAST_WORD.search(self.lead.rstrip())
        return found.group() if found else ""

    @property
    def before(self) -> str:
        """Words that stand between the point before and the label, such as ``and``; mostly none."""
        return self.lead.rstrip().removesuffix(self.label).strip()


def flow(report: Report, text: str | None = None) -> Iterator[Piece]:
    """The parts of a report in their order.

    Args:
        report: the report.
        text: its source; None where it is not at hand.
    """
    units: dict[str, Unit] = {unit.id: unit for unit in report.recommendations}
    units.update((unit.id, unit) for unit in report.paragraphs)
    sections = iter(report.sections)
    for block in report.blocks:
        printed = "\n".join(text[span.start : span.end] for span in block.spans) if text is not None and block.spans else None
        thing: Section | Unit | None = None
        if block.kind == "heading":
            thing = next(sections, None)
        elif block.ref is not None:
            thing = units.get(block.ref)
        yield Piece(block.kind, thing, printed, block)


def body(text: str, points: Sequence[Point]) -> Body:
    """A text and its points: joining ``intro``, each point's ``lead`` and text, and ``tail`` gives the text again."""
    items: list[Item] = []
    at, intro = 0, ""
    for point in points:
        start = text.find(point.text, at)
        if start < 0:
            continue
        lead = text[at:start]
        if not items:
            label = _LAST_WORD.search(lead.rstrip())
            cut = label.start() if label else len(lead)
            intro, lead = lead[:cut], lead[cut:]
        items.append(Item(lead, point, body(point.text, point.points)))
        at = start + len(point.text)
    if not items:
        return Body(text, (), "")
    return Body(intro, tuple(items), text[at:])


def joined(one: Body) -> str:
    """The text of a body again."""
    return one.intro + "".join(item.lead + joined(item.body) for item in one.points) + one.tail
