"""A redline as a Word document with tracked changes: accepting all gives the right text, rejecting all the left one.

The changes are real revisions (``w:ins``, ``w:del`` in runs and in paragraph marks), as the Editorial Manual asks for in
revised texts. The units stand in the order of the right side; one that changed its place is taken out where it stood and put
in where it stands now. ECMA-376 Part 1, 17.13.5 (revisions). Needs the extra ``docx`` (python-docx).
"""

from __future__ import annotations

import io
from typing import Any, NamedTuple

from tipreport.archive import settled
from tipreport.diff.assign import longest_ascending
from tipreport.diff.change import Change, Comparison
from tipreport.diff.units import Unit
from tipreport.errors import ExtraError
from tipreport.redlines import View
from tipreport.visible import visible

SUFFIXES = (".docx",)

_AUTHOR = "tipreport"
_KINDS = {"heading", "recommendation", "paragraph", "footnote", "block"}


class Bit(NamedTuple):
    """A run of text: in both, only on the left (``del``) or only on the right (``ins``)."""

    text: str
    sign: str = ""


class Line(NamedTuple):
    """A paragraph; ``sign`` tells whether its end is there on one side only."""

    bits: list[Bit]
    style: str = ""
    sign: str = ""


def render(comparison: Comparison, view: View) -> bytes:
    """The document.

    Raises:
        ExtraError: python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise ExtraError("docx", "docx") from error
    document: Any = Document()
    document.core_properties.title = visible(f"Changes from {view.labels[0]} to {view.labels[1]}")
    document.core_properties.author = _AUTHOR
    revisions = _Revisions()
    for line in _lines(comparison):
        paragraph = document.add_paragraph(style=line.style or None)
        if line.sign:
            revisions.mark(paragraph, line.sign)
        for bit in line.bits:
            revisions.run(paragraph, bit)
    made = io.BytesIO()
    document.save(made)
    return settled(made.getvalue())


class _Revisions:
    """Tracked changes of one document, numbered."""

    def __init__(self) -> None:
        self.count = 0

    def _element(self, tag: str) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        element = OxmlElement(tag)
        self.count += 1
        element.set(qn("w:id"), str(self.count))
        element.set(qn("w:author"), _AUTHOR)
        return element

    def mark(self, paragraph: Any, sign: str) -> None:
        """Put the end of a paragraph in or out."""
        from docx.oxml import OxmlElement

        properties = OxmlElement("w:rPr")
        properties.append(self._element(f"w:{sign}"))
        paragraph._p.get_or_add_pPr().append(properties)

    def run(self, paragraph: Any, bit: Bit) -> None:
        """Add text, tracked where it has a sign."""
        run = paragraph.add_run(visible(bit.text))
        if not bit.sign:
            return
        from docx.oxml.ns import qn

        element = self._element(f"w:{bit.sign}")
        paragraph._p.replace(run._r, element)
        element.append(run._r)
        if bit.sign == "del":
            for text in run._r.findall(qn("w:t")):
                text.tag = qn("w:delText")


def _lines(comparison: Comparison) -> list[Line]:
    """The paragraphs of both texts in one sequence."""
    changes = [change for change in comparison.changes if change.kind in _KINDS]
    lefts = sorted({id(c.left): c.left for c in changes if c.left}.values(), key=_start)
    rights = sorted({id(c.right): c.right for c in changes if c.right}.values(), key=_start)
    places = {id(unit): place for units in (lefts, rights) for place, unit in enumerate(units)}
    groups = _groups(changes)
    steady = _steady(groups, places)
    at_left = {id(unit): group for group in steady for unit in _units(group, 0)}
    at_right = {id(unit): group for group in steady for unit in _units(group, 1)}
    out: list[Line] = []
    i = j = 0
    while i < len(lefts) or j < len(rights):
        if i < len(lefts) and id(lefts[i]) not in at_left:
            out.append(_whole(lefts[i], "del"))
            i += 1
        elif j < len(rights) and id(rights[j]) not in at_right:
            out.append(_whole(rights[j], "ins"))
            j += 1
        else:
            group = at_right[id(rights[j])]
            out += _joined(group)
            i += len(_units(group, 0))
            j += len(_units(group, 1))
    return out


def _start(unit: Unit) -> tuple[int, int]:
    return (unit.spans[0].start if unit.spans else 0, unit.place)


def _groups(changes: list[Change]) -> list[list[Change]]:
    """Changes of pairs; those of one merger or one split together."""
    out: dict[tuple[str, int], list[Change]] = {}
    for change in changes:
        if change.left is None or change.right is None:
            continue
        whole = change.right if change.fate == "merged" else change.left
        out.setdefault((change.fate if change.fate in {"merged", "split"} else "pair", id(whole)), []).append(change)
    return list(out.values())


def _units(group: list[Change], side: int) -> list[Unit]:
    units = {id(unit): unit for change in group for unit in [(change.right if side else change.left)] if unit is not None}
    return sorted(units.values(), key=_start)


def _steady(groups: list[list[Change]], places: dict[int, int]) -> list[list[Change]]:
    """The groups that keep their order, and whose units stand together on both sides."""
    held = []
    for group in groups:
        spots = [[places[id(unit)] for unit in _units(group, side)] for side in (0, 1)]
        parts = sorted(group, key=lambda change: change.share or (0, 0))
        in_order = [_start(unit) for change in parts for unit in [change.left if group[0].fate == "merged" else change.right] if unit]
        if all(spot[-1] - spot[0] == len(spot) - 1 for spot in spots) and in_order == sorted(in_order):
            held.append((spots[0][0], spots[1][0], group))
    held.sort(key=lambda one: one[0])
    return [held[place][2] for place in longest_ascending([right for _, right, _ in held])]


def _joined(group: list[Change]) -> list[Line]:
    """The lines of a pair, a merger or a split."""
    if len(group) == 1 and group[0].share is None:
        change = group[0]
        assert change.left
        assert change.right
        return [Line([*_number(change.left, change.right), *_bits(change)], _style(change.right))]
    parts = sorted(group, key=lambda change: change.share or (0, 0))
    merged = group[0].fate == "merged"
    whole = parts[0].right if merged else parts[0].left
    assert whole is not None
    out = []
    for place, change in enumerate(parts):
        assert change.left
        assert change.right
        first, last = place == 0, place == len(parts) - 1
        bits: list[Bit] = []
        if first:
            bits += _number(change.left, change.right)
        elif merged:
            bits += [Bit(" ", "ins")] * _blank(whole, parts[place - 1], change) + [Bit(_printed(change.left), "del")]
        else:
            bits += [Bit(" ", "del")] * _blank(whole, parts[place - 1], change) + [Bit(_printed(change.right), "ins")]
        bits += _bits(change)
        out.append(Line([bit for bit in bits if bit.text], _style(whole), "" if last else "del" if merged else "ins"))
    return out


def _blank(whole: Unit, before: Change, after: Change) -> bool:
    """Whether a blank parts two shares of a text."""
    return bool(
        before.share and after.share and whole.text[before.share[1] : after.share[0]].strip() == "" and before.share[1] < after.share[0]
    )


def _bits(change: Change) -> list[Bit]:
    out = []
    for piece in change.pieces:
        out += [Bit(piece.same), Bit(piece.gone, "del"), Bit(piece.new, "ins")]
    return [bit for bit in out if bit.text]


def _number(left: Unit, right: Unit) -> list[Bit]:
    one, other = _printed(left), _printed(right)
    return [Bit(one)] * bool(one) if one == other else [bit for bit in (Bit(one, "del"), Bit(other, "ins")) if bit.text]


def _printed(unit: Unit) -> str:
    """The number as it stands before the text."""
    return f"{unit.number}.\u00a0" if unit.number else ""


def _whole(unit: Unit, sign: str) -> Line:
    return Line([Bit(_printed(unit) + unit.text, sign)], _style(unit), sign)


def _style(unit: Unit) -> str:
    if unit.kind != "heading":
        return ""
    level = getattr(unit.thing, "level", 1)
    return f"Heading {min(max(level, 1), 9)}"
