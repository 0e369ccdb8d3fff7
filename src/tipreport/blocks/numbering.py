"""Which numbers at a line start are paragraphs, which list items, which third-level headings.

``1.`` may open a paragraph, a heading of the third level ("1. Proceedings"), an item of an agenda that a
paragraph quotes, or be the end of a sentence ("12 November / 2019. The delegation"). Only the whole
sequence tells (Editorial Manual, "Paragraphs": numbered consecutively through the document). A beam
search gives every number the role that makes the sequences break least; a break costs, a step is free.
Costs are whole hundredths: sums are exact, so that equal costs are equal.
"""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from tipreport.blocks.heading import Heading
from tipreport.blocks.reader import Reader
from tipreport.blocks.titles import like_title

PARAGRAPH, ITEM, HEADING, TEXT = "paragraph", "item", "heading", "text"
_ROLES = (PARAGRAPH, ITEM, HEADING, TEXT)
_BEAM = 12
_HOPELESS = 1000  # a path that costs so much more than the best never wins
_KNOWN = 4096  # beams remembered at a time


class Candidate(NamedTuple):
    """A number at a line start and what speaks for its roles.

    Args:
        line: the index of its line.
        value: the number.
        title_like: its text is short and does not end like a sentence.
        short: its text is short, sentence or not.
        follows_end: the text before ends where a sentence or item ends.
        follows_colon: the text before ends with a colon.
        scope: what stands between it and the candidate before: "" nothing, "plain" an unnumbered
            heading, "section" a lettered or roman one, "scope" an annex, part or decision.
        opens: the text begins as a paragraph of a report does (capital, quotation mark).
    """

    line: int
    value: int
    title_like: bool
    short: bool
    follows_end: bool
    follows_colon: bool
    scope: str
    opens: bool


class _State(NamedTuple):
    paragraph: int
    item: int
    heading: int
    outer: int = 0  # the last paragraph before a decision or annex opened a series of its own


class _Beam:
    """The best states that the numbers so far may have led to, the cheapest first; costs are told over that of the first."""

    __slots__ = ("costs", "onward", "states")

    def __init__(self, states: tuple[_State, ...], costs: tuple[int, ...]) -> None:
        self.states = states
        self.costs = costs
        self.onward: dict[tuple[object, ...], tuple[_Beam, bytes, bytes]] = {}


_Move = tuple[int, int, _State]  # the place of the role in _ROLES, its cost, where it leads


def solve(candidates: list[Candidate]) -> dict[int, str]:
    """The role of every candidate, by line index. Linear in their number; what repeats is worked out once."""
    beam = _Beam((_State(0, 0, 0, 0),), (0,))
    moves: dict[tuple[object, ...], list[_Move]] = {}
    known: dict[tuple[object, ...], _Beam] = {}
    trail: list[tuple[bytes, bytes]] = []  # for every state of the beam: from which one of the beam before, in which role
    for candidate in candidates:
        alike = candidate[1:]  # the line does not matter
        step = beam.onward.get(alike)
        if step is None:
            if len(known) >= _KNOWN:
                known.clear()
                moves.clear()
            step = beam.onward[alike] = _advance(beam, candidate, moves, known)
        beam = step[0]
        trail.append(step[1:])
    roles: dict[int, str] = {}
    place = 0
    for candidate, (before, role) in zip(reversed(candidates), reversed(trail), strict=True):
        roles[candidate.line] = _ROLES[role[place]]
        place = before[place]
    return roles


def _advance(
    beam: _Beam, candidate: Candidate, known_moves: dict[tuple[object, ...], list[_Move]], known: dict[tuple[object, ...], _Beam]
) -> tuple[_Beam, bytes, bytes]:
    """The beam behind one more number, and for each of its states: from which one it comes, in which role."""
    alike = candidate[1:]
    best: dict[_State, tuple[int, int, int]] = {}
    limit = _HOPELESS * 1000
    for place, (state, cost) in enumerate(zip(beam.states, beam.costs, strict=True)):
        if cost > limit:
            break
        moves = known_moves.get((state, alike))
        if moves is None:
            moves = known_moves[state, alike] = _moves(state, candidate)
        for role, more, after in moves:
            total = cost + more
            if total > limit:
                continue
            limit = min(limit, total + _HOPELESS)
            other = best.get(after)
            if other is None or total < other[0]:
                best[after] = (total, place, role)
    kept = sorted(((*step, state) for state, step in best.items() if step[0] <= limit), key=itemgetter(0))[:_BEAM]
    least = kept[0][0]
    states, costs = tuple(step[3] for step in kept), tuple(step[0] - least for step in kept)
    onward = known.get((states, costs))
    if onward is None:
        onward = known[states, costs] = _Beam(states, costs)
    return onward, bytes(step[1] for step in kept), bytes(step[2] for step in kept)


def _moves(state: _State, c: Candidate) -> list[_Move]:
    if c.scope == "scope":
        state = _State(state.paragraph, 0, 0, state.outer or state.paragraph)
    elif c.scope == "section":
        state = _State(state.paragraph, 0, 0, state.outer)
    elif c.scope == "plain":
        state = _State(state.paragraph, 0, state.heading, state.outer)
    back = c.value == state.outer + 1 != 1 and c.value != state.paragraph + 1  # the report goes on behind a decision
    found: list[tuple[str, int, _State]] = [
        (PARAGRAPH, _as_paragraph(state, c), _State(c.value, 0, state.heading, 0 if back else state.outer)),
        (TEXT, 80 if not c.follows_end else 400 if c.opens else 200, state),
    ]
    item = _as_item(state, c)
    if item is not None:
        found.append((ITEM, item, _State(state.paragraph, c.value, state.heading, state.outer)))
    if c.value < 40:
        found.append((HEADING, _as_heading(state, c), _State(state.paragraph, 0, c.value, state.outer)))
    return [(_ROLES.index(role), cost, after) for role, cost, after in found]


def _as_paragraph(state: _State, c: Candidate) -> int:
    cost = 0
    if c.title_like:
        cost += 150
    if not c.follows_end:
        cost += 150
    if not c.opens:
        cost += 100
    step = c.value - state.paragraph
    if step == 1:
        return cost
    if state.outer and c.value == state.outer + 1:
        return cost + 30
    if not state.paragraph:  # an extract may begin anywhere
        return cost + (60 if c.value < 1000 else 300)
    if step > 1:
        return cost + 250 + min(step, 30) * 15
    if c.value == 1 and c.scope:
        return cost + {"scope": 20, "plain": 120, "section": 200}[c.scope]
    if step == 0:
        return cost + 350  # the same number twice, by mistake
    if c.value == 1:
        return cost + 600
    return cost + (200 if c.scope == "scope" else 700)


def _as_item(state: _State, c: Candidate) -> int | None:
    if not state.paragraph:
        return None
    cost = 2 if c.short else 8
    if c.value == state.item + 1 and state.item:
        return cost
    if c.value == 1:
        return cost + (60 if c.follows_colon else 300)
    if state.item and 0 < c.value - state.item < 4:
        return cost + 150
    return None


def _as_heading(state: _State, c: Candidate) -> int:
    cost = 0 if c.title_like else 500
    if c.follows_colon:
        cost += 300
    elif not c.follows_end:
        cost += 100
    if c.value == state.heading + 1:
        return cost + 10
    if c.value == 1:
        return cost + 40
    return cost + 250


_SHORT = 200
_RANK = {"": 0, "plain": 1, "section": 2, "scope": 3}


def candidates(reader: Reader, headings: dict[int, Heading], first: int) -> list[Candidate]:
    """Every number at a line start from line ``first`` on that is not part of a heading."""
    out: list[Candidate] = []
    scope = ""
    lines, markers, kinds = reader.lines, reader.markers, reader.kinds
    inside = {index for heading in headings.values() for index in heading.lines}
    for index in range(first, len(lines)):
        if index in headings:
            kind = headings[index].kind
            level = "plain" if kind == "plain" else "scope" if kind in {"annex", "part", "decision"} else "section"
            scope = max(scope, level, key=_RANK.__getitem__)
        marker = markers[index]
        if marker.kind != "number" or kinds[index] is not None or index in inside or " " in marker.label:
            continue
        own, text = _text(reader, index)
        title_like = bool(text) and like_title(text) and _ends_before_marker(reader, headings, own)
        opens = bool(text) and (text[0].isupper() or text[0] in "\u201c\u2018\"'([\u00ab" or not text[0].isascii())
        before = reader.before(index)
        if before is None:
            follows_end, follows_colon = True, False
        else:
            preamble = scope == "scope" and marker.value == 1
            follows_end = preamble or before in inside or _ended(reader, index, before)
            follows_colon = lines[before].text.endswith(":")
        out.append(Candidate(index, marker.value, title_like, len(text) <= _SHORT, follows_end, follows_colon, scope, opens))
        scope = ""
    return out


def _text(reader: Reader, index: int) -> tuple[list[int], str]:
    """The lines and the text behind a number, which may stand alone on its line."""
    marker = reader.markers[index]
    if marker.rest < len(reader.lines[index].text):
        own = reader.logical(index)
        return own, reader.text(own, marker.rest)
    after = reader.next(index)
    if after is None or reader.markers[after].kind:
        return [index], ""
    own = reader.logical(after)
    return own, reader.text(own)


def _ended(reader: Reader, index: int, before: int) -> bool:
    """Whether the text before a number is at an end: a sentence, a short line apart, a third-level heading."""
    line, last = reader.lines[index], reader.lines[before]
    if reader.complete(index, before) or (line.blanks > 0 and not line.page_break and len(last.text) < 40):
        return True
    marker = reader.markers[before]
    return marker.kind == "number" and like_title(last.text[marker.rest :])


def _ends_before_marker(reader: Reader, headings: dict[int, Heading], own: list[int]) -> bool:
    """Whether a label or heading comes behind the lines, as it does behind a title."""
    after = reader.next(max(own))
    if after is None:
        return False
    kind = reader.markers[after].kind
    return (
        kind in {"number", "rec", "agenda", "letter", "roman", "sub", "placeholder"} or after in headings or (not kind and not reader.hard)
    )
