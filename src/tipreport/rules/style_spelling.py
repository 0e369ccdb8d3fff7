"""A word is spelled as the United Nations does not: "labor", "center", "co-operation".

Words with a capital may be names and are left alone, as is what is quoted, and addresses. The words are rows of kind ``spelling`` of ``data/house_style.csv``.
Source: Editorial Manual, "Spelling".
"""

from __future__ import annotations

import re
from functools import cache

from tipreport.data import split, table
from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "style/spelling"
SEVERITY = "info"
EXAMPLES = {
    "1. States parties should defend labor standards and international co-operation.\n": ["labor", "co-operation"],
}
COUNTEREXAMPLES = [
    "1. The Labor Department of the United States spoke of labour standards and cooperation.\n",
    '1. See "How to end forced labor: a guide" at www.example.org/labor/center, or write to labor@center.example.org.\n',
]


@cache
def _words() -> tuple[dict[str, str], re.Pattern[str]]:
    wanted = {form: row["word"] for row in table("house_style") if row["kind"] == "spelling" for form in split(row["variants"])}
    return wanted, re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, wanted), reverse=True))})(?![\w-])")


def find(ctx: Context) -> Iterator[Finding]:
    """The words that the house spells otherwise."""
    if not ctx.english:
        return
    wanted, pattern = _words()
    for passage, found in ctx.find(pattern):
        if not ctx.own(passage, *found.span()):
            continue
        right = wanted[found.group()]
        yield Finding(
            f"{found.group()!r}: United Nations spelling is {right!r}",
            ctx.place(passage, found.start(), found.end()),
            right,
            ctx.fix(passage, found.start(), found.end(), right),
            passage.id,
        )
