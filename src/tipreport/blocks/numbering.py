"""Which numbers at a line start are paragraphs, which list items, which third-level headings.

``1.`` may open a paragraph, a heading of the third level ("1. Proceedings"), an item of an agenda that a
paragraph quotes, or be the end of a sentence ("12 November / 2019. The delegation"). Only the whole
sequence tells (Editorial Manual, "Paragraphs": numbered consecutively through the document). A beam
search gives every number the role that makes the sequences break least; a break costs, a step is free.
"""

from __future__ import annotations

from typing import NamedTuple

from tipreport.blocks.heading import Heading
from tipreport.blocks.reader import Reader
from tipreport.blocks.titles import like_title

PARAGRAPH, ITEM, HEADING, TEXT = "paragraph", "item", "heading", "text"
_BEAM = 12
_HOPELESS = 10.0  # a path that costs so much more than the best never wins


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


class _Path(NamedTuple):
    cost: float
    state: _State
    role: str
    before: _Path | None


def solve(candidates: list[Candidate]) -> dict[int, str]:
    """The role of every candidate, by line index. Linear in their number."""
    beam = [_Path(0.0, _State(0, 0, 0, 0), "", None)]
    known_moves: dict[tuple[object, ...], list[tuple[str, float, _State]]] = {}  # the line does not matter; much repeats
    for candidate in candidates:
        alike = candidate[1:]
        best: dict[_State, _Path] = {}
        limit = float("inf")
        for path in beam:  # the cheapest first
            if path.cost > limit:
                break
            moves = known_moves.get((path.state, alike))
            if moves is None:
                moves = known_moves[path.state, alike] = _moves(path.state, candidate)
            for role, cost, state in moves:
                total = path.cost + cost
                if total > limit:
                    continue
                limit = min(limit, total + _HOPELESS)
                known = best.get(state)
                if known is None or total < known.cost:
                    best[state] = _Path(total, state, role, path)
        beam = sorted((path for path in best.values() if path.cost <= limit), key=lambda path: path.cost)[:_BEAM]
    roles: dict[int, str] = {}
    step: _Path | None = min(beam, key=lambda path: path.cost)
    for candidate in reversed(candidates):
        assert step is not None
        roles[candidate.line] = step.role
        step = step.before
    return roles


def _moves(state: _State, c: Candidate) -> list[tuple[str, float, _State]]:
    if c.scope == "scope":
        state = _State(state.paragraph, 0, 0, state.outer or state.paragraph)
    elif c.scope == "section":
        state = _State(state.paragraph, 0, 0, state.outer)
    elif c.scope == "plain":
        state = _State(state.paragraph, 0, state.heading, state.outer)
    back = c.value == state.outer + 1 != 1 and c.value != state.paragraph + 1  # the report goes on behind a decision
    moves = [
        (PARAGRAPH, _as_paragraph(state, c), _State(c.value, 0, state.heading, 0 if back else state.outer)),
        (TEXT, 0.8 if not c.follows_end else 4.0 if c.opens else 2.0, state),
    ]
    item = _as_item(state, c)
    if item is not None:
        moves.append((ITEM, item, _State(state.paragraph, c.value, state.heading, state.outer)))
    if c.value < 40:
        moves.append((HEADING, _as_heading(state, c), _State(state.paragraph, 0, c.value, state.outer)))
    return moves


def _as_paragraph(state: _State, c: Candidate) -> float:
    cost = 0.0
    if c.title_like:
        cost += 1.5
    if not c.follows_end:
        cost += 1.5
    if not c.opens:
        cost += 1.0
    step = c.value - state.paragraph
    if step == 1:
        return cost
    if state.outer and c.value == state.outer + 1:
        return cost + 0.3
    if not state.paragraph:  # an extract may begin anywhere
        return cost + (0.6 if c.value < 1000 else 3.0)
    if step > 1:
        return cost + 2.5 + min(step, 30) * 0.15
    if c.value == 1 and c.scope:
        return cost + {"scope": 0.2, "plain": 1.2, "section": 2.0}[c.scope]
    if step == 0:
        return cost + 3.5  # the same number twice, by mistake
    if c.value == 1:
        return cost + 6.0
    return cost + (2.0 if c.scope == "scope" else 7.0)


def _as_item(state: _State, c: Candidate) -> float | None:
    if not state.paragraph:
        return None
    cost = 0.02 if c.short else 0.08
    if c.value == state.item + 1 and state.item:
        return cost
    if c.value == 1:
        return cost + (0.6 if c.follows_colon else 3.0)
    if state.item and 0 < c.value - state.item < 4:
        return cost + 1.5
    return None


def _as_heading(state: _State, c: Candidate) -> float:
    cost = 0.0 if c.title_like else 5.0
    if c.follows_colon:
        cost += 3.0
    elif not c.follows_end:
        cost += 1.0
    if c.value == state.heading + 1:
        return cost + 0.1
    if c.value == 1:
        return cost + 0.4
    return cost + 2.5


_SHORT = 200
_RANK = {"": 0, "plain": 1, "section": 2, "scope": 3}


def candidates(reader: Reader, headings: dict[int, Heading], first: int) -> list[Candidate]:
    """Every number at a line start from line ``first`` on that is not part of a heading."""
    out: list[Candidate] = []
    scope = ""
    inside = {index for heading in headings.values() for index in heading.lines}
    for line in reader.lines[first:]:
        index = line.index
        if index in headings:
            kind = headings[index].kind
            level = "plain" if kind == "plain" else "scope" if kind in {"annex", "part", "decision"} else "section"
            scope = max(scope, level, key=_RANK.__getitem__)
        marker = reader.markers[index]
        if index in inside or marker.kind != "number" or not reader.is_body(index) or " " in marker.label:
            continue
        own, text = _text(reader, index)
        before = reader.before(index)
        out.append(
            Candidate(
                line=index,
                value=marker.value,
                title_like=bool(text) and like_title(text) and _ends_before_marker(reader, headings, own),
                short=len(text) <= _SHORT,
                follows_end=before is None
                or before in inside
                or _ended(reader, index, before)
                or (scope == "scope" and marker.value == 1),  # behind a preamble
                follows_colon=before is not None and reader.lines[before].text.endswith(":"),
                scope=scope,
                opens=bool(text) and (text[0].isupper() or text[0] in "\u201c\u2018\"'([\u00ab" or not text[0].isascii()),
            )
        )
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
    if reader.at_end(index) or (line.blanks > 0 and not line.page_break and len(last.text) < 40):
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
