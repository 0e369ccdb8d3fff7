"""A redline for people: ``[-taken out-]{+put in+}`` with colour where there is any, and what the changes mean below each unit.

The same words on a terminal and in a pipe. Side by side, the left column marks what was taken out, the right one what was put in.
"""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import NamedTuple

from tipreport.diff.change import Change, Comparison, Piece
from tipreport.diff.telling import called, fate, heading, plural, told
from tipreport.redlines import View
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUFFIXES = (".txt",)

BOLD, DIM, RED, GREEN, YELLOW, OFF = "\x1b[1m", "\x1b[2m", "\x1b[31;9m", "\x1b[32;4m", "\x1b[33m", "\x1b[0m"
_AROUND = 8  # words of an unchanged stretch that are shown at each end
_LABELS = 28


class Word(NamedTuple):
    """A word in its colour; ``glued`` to the one before it where no blank stands between them."""

    text: str
    style: str
    glued: bool


def render(comparison: Comparison, view: View) -> str:
    """The redline of two reports."""
    lines = []
    for side, (sign, name) in enumerate(zip(("---", "+++"), view.labels, strict=True)):
        report = called(comparison, side)
        lines.append(styled(f"{sign} {name}" + (f"  {report}" if report not in {"", name} else ""), BOLD, view))
    for kind, changes in groupby(comparison.changes, key=lambda change: change.kind):
        lines += ["", styled(plural(kind).capitalize(), BOLD, view)]
        for change in _folded(list(changes)):
            lines += _rows(change, view) if isinstance(change, Change) else [_run(change, view)]
    if view.summary:
        lines += ["", *(line for text in view.summary for line in textwrap.wrap(visible(text), view.width, subsequent_indent="  "))]
    return "\n".join(lines) + "\n"


def _folded(changes: list[Change]) -> Iterator[Change | list[Change]]:
    """Changes; those that only have another number, or none, in a row, as one list."""
    plain = {"renumbered", "unchanged"}

    def key(one: tuple[int, Change]) -> tuple[str, int, int]:
        place, change = one
        if change.fate not in plain or change.left is None or change.right is None:
            return ("", place, 0)
        return (change.fate, change.left.place - place, change.right.place - place)

    for (name, _, _), run in groupby(enumerate(changes), key=key):
        held = [change for _, change in run]
        if name and len(held) > 1:
            yield held
        else:
            yield from held


def _run(changes: list[Change], view: View) -> str:
    """Several units that only changed their numbers, on one line."""
    first, last = changes[0], changes[-1]
    left, right = (f"{one.label} to {other.label}" for one, other in ((first.left, last.left), (first.right, last.right)) if one and other)
    return styled(f"  {left if left == right else f'{left} -> {right}'}  {first.fate}", DIM, view)


def _rows(change: Change, view: View) -> list[str]:
    head = visible(heading(change))
    pad = " " * max(_LABELS - len(head), 2)
    lines = [f"  {styled(head, BOLD, view)}{pad if view.width >= 50 else '  '}{styled(fate(change), YELLOW, view)}"]
    if change.fate not in {"unchanged", "renumbered", "moved"} and change.kind != "masthead":
        lines += _columns(change, view) if view.columns else inline(change, view)
    room = max(view.width - 6, 16)
    for event in change.events:
        text = told(event)
        if text is not None and not (event.event == "renumbered" and change.left and change.left.label != change.right.label):  # type: ignore[union-attr]
            if event.event in {"participant_added", "participant_dropped", "panellist_added", "panellist_dropped"}:
                continue  # the line says so
            lines += [
                f"      {styled(line, YELLOW, view)}"
                for line in textwrap.wrap(visible(text), room, subsequent_indent="  ", break_on_hyphens=False)
            ]
    return lines


def inline(change: Change, view: View, indent: int = 6) -> list[str]:
    """The redline of one change in lines of the view's width."""
    words = list(_words(_shortened(change.pieces, view), gone=True, new=True))
    return _laid(words, indent, max(view.width - indent, 16), view)


def _columns(change: Change, view: View) -> list[str]:
    """The left text beside the right one."""
    room = max((view.width - 9) // 2, 16)
    pieces = _shortened(change.pieces, view)
    left = _cells(list(_words(pieces, gone=True, new=False)), room)
    right = _cells(list(_words(pieces, gone=False, new=True)), room)
    out = []
    for place in range(max(len(left), len(right))):
        one, other = (side[place] if place < len(side) else [] for side in (left, right))
        blank = " " * (room - _length(one))
        out.append(f"      {_line(one, view)}{blank} \u2502 {_line(other, view)}".rstrip())
    return out


def _shortened(pieces: Sequence[Piece], view: View) -> list[Piece]:
    """Pieces whose long unchanged stretches are cut to the words next to a change."""
    if view.full:
        return list(pieces)
    out = []
    for place, piece in enumerate(pieces):
        words = piece.same.split(" ")
        first, last = place == 0, place == len(pieces) - 1
        most = _AROUND * (1 if first or last else 2) + 4
        if not piece.same or len(words) <= most or (first and last):
            out.append(piece)
            continue
        head = [] if first else words[:_AROUND]
        tail = [] if last else words[-_AROUND:]
        out.append(Piece(" ".join([*head, "...", *tail])))
    return out


def _words(pieces: Iterable[Piece], *, gone: bool, new: bool) -> Iterator[Word]:
    """The words of a redline with its signs."""
    glued = True
    for piece in pieces:
        shown = [(piece.same, "", "", ""), (piece.gone if gone else "", RED, "[-", "-]"), (piece.new if new else "", GREEN, "{+", "+}")]
        for text, style, begin, end in shown:
            if not text:
                continue
            text = visible(text)
            # The blanks at the ends stay outside of the signs.
            held = text.split()
            glued = glued and not text[:1].isspace()
            for place, word in enumerate(held):
                word = (begin if place == 0 else "") + word + (end if place == len(held) - 1 else "")
                yield Word(word, style, glued if place == 0 else False)
            glued = not text[-1:].isspace() if held else (glued and not text)


def _cells(words: list[Word], room: int) -> list[list[Word]]:
    """Words as lines of at most ``room`` columns; glued ones stay together where they fit."""
    groups: list[list[Word]] = []
    for word in words:
        if word.glued and groups:
            groups[-1].append(word)
        else:
            groups.append([word])
    lines: list[list[Word]] = [[]]
    for group in groups:
        if lines[-1] and _length(lines[-1]) + 1 + _length(group) > room:
            lines.append([])
        for word in group:
            for place in range(0, len(word.text), room):  # a word longer than the line
                part = Word(word.text[place : place + room], word.style, glued=word.glued or place > 0)
                if lines[-1] and _length([*lines[-1], part]) > room:
                    lines.append([])
                lines[-1].append(part)
    return lines


def _length(words: Sequence[Word]) -> int:
    return sum(len(word.text) + (place > 0 and not word.glued) for place, word in enumerate(words))


def _laid(words: list[Word], indent: int, room: int, view: View) -> list[str]:
    return [" " * indent + _line(line, view) for line in _cells(words, room) if line]


def _line(words: Sequence[Word], view: View) -> str:
    out = ""
    for style, run in groupby(enumerate(words), key=lambda one: one[1].style):
        held = list(run)
        text = "".join(("" if place == 0 or word.glued else " ") + word.text for place, word in held)
        blank = text[: len(text) - len(text.lstrip(" "))]
        out += blank + styled(text.lstrip(" "), style, view)
    return out


def styled(text: str, style: str, view: View) -> str:
    """Text in a style where the view has colours."""
    return f"{style}{text}{OFF}" if style and view.colour and text else text
