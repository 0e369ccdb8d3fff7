"""A footnote mark in the text has no note.

A number counts where the notes before and behind it are there. Marks are those that the reader sees as such (PDF, Word,
OpenDocument, HTML); in typed text a number behind a word or stop.
"""

from __future__ import annotations

import re

from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "footnote/mark-without-note"
SEVERITY = "error"
EXAMPLES = {
    "1. One speaker spoke of training.1 Others spoke of funds.2 Many agreed.3\n\n_______________\n1 See A/RES/55/25.\n3 See A/RES/58/4.\n": [
        "2"
    ],
}
COUNTEREXAMPLES = [
    "1. One speaker spoke of training.1 Others spoke of funds.2\n\n_______________\n1 See A/RES/55/25.\n2 See A/RES/58/4.\n",
    "1. One speaker spoke of para.2 and of item 3.\n",
]

_MARK = re.compile(
    r"(?<=[a-z\u00e0-\u017f])(?<!\bpara)(?<!\bparas)(?<!\bart)(?<!\bNo)(?<!\bvol)(?:[.,;:)\u201d]{1,2}|(?=\d+[.,;]? ))(\d{1,2})(?=\s|[.,;]\s|$)"
)
_SHORT = re.compile(r"\b(?:paras?|arts?|nos?|vol|sect|chap|add|rev|corr|res|dec|fig|no)\.$", re.IGNORECASE)


def find(ctx: Context) -> Iterator[Finding]:
    """The marks without a note."""
    notes = {note.mark.strip("[]*") for note in ctx.report.footnotes}
    numbers = {int(note) for note in notes if note.isdecimal()}
    if not numbers:
        return
    if ctx.source.layout.marks:
        yield from _seen(ctx, notes)
        return
    for passage, found in ctx.find(_MARK):
        number = int(found[1])
        if number in numbers or not {number - 1, number + 1} <= numbers or _SHORT.search(passage.text[: found.start(1)]):
            continue
        yield Finding(
            f"the footnote mark {number} has no note",
            ctx.place(passage, *found.span(1)),
            "add the note, or take the mark out",
            id=passage.id,
        )


def _seen(ctx: Context, notes: set[str]) -> Iterator[Finding]:
    """Marks that the reader saw as such, in recommendations and paragraphs."""
    for start, end in ctx.source.layout.marks:
        mark = ctx.source.text[start:end].strip("[]* ")
        near = mark.isdecimal() and {str(int(mark) - 1), str(int(mark) + 1)} <= notes
        if near and mark not in notes and ctx.unit_at(start - 1) is not None:
            yield Finding(f"the footnote mark {mark} has no note", ((start, end),), "add the note, or take the mark out")
