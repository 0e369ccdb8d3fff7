"""A number is left out: paragraph 4 is followed by 6.

Not told where a line begins with the missing number all the same.

Paragraphs of a report are numbered throughout, recommendations in a series of their own; numbers of one that continue in the
other leave no gap.
"""

from __future__ import annotations

import re

from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "number/gap"
SEVERITY = "error"
EXAMPLES = {
    "III. Deliberations\n\n1. One speaker spoke of training.\n\n2. Others spoke of funds.\n\n4. Several speakers agreed.\n": [
        "4. Several speakers agreed."
    ],
}
COUNTEREXAMPLES = [
    "III. Deliberations\n\n1. One speaker spoke of training.\n\n2. Others spoke of funds.\n\n3. Several speakers agreed.\n",
]

_FOLLOWED = re.compile(r"(\d+) is followed by")


def find(ctx: Context) -> Iterator[Finding]:
    """The numbers before which one is missing."""
    for remark in ctx.remarks("number/gap"):
        followed = _FOLLOWED.search(remark.message)
        if followed and re.search(rf"^[^\S\n]*{int(followed[1]) + 1}(?!\d)", ctx.source.text, re.MULTILINE):
            continue
        yield Finding(f"numbering: {remark.message}", (ctx.line_range(remark.spans[0].start),), "renumber, or put the missing one in")
