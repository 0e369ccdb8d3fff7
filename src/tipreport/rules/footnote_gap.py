"""The numbers of the footnotes leave one out: note 3 is followed by 5."""

from __future__ import annotations

from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "footnote/gap"
SEVERITY = "warning"
EXAMPLES = {
    "1. One speaker spoke of training.1 Others spoke of funds. Many agreed.3\n\n_______________\n1 See A/RES/55/25.\n3 See A/RES/58/4.\n": [
        "3 See A/RES/58/4."
    ],
}
COUNTEREXAMPLES = [
    "1. One speaker spoke of training.1 Others spoke of funds.2\n\n_______________\n1 See A/RES/55/25.\n2 See A/RES/58/4.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The notes before which one is missing."""
    last = 0
    for note in ctx.report.footnotes:
        mark = note.mark.strip("[]")
        if not mark.isdecimal() or not note.spans:
            continue
        number = int(mark)
        if 0 < last < number - 1:
            yield Finding(
                f"footnote {last} is followed by {number}",
                (ctx.line_range(note.spans[0].start),),
                "number the footnotes without a gap, or put the missing one in",
                id=f"footnote-{note.mark}",
            )
        last = number
