"""A paragraph is cut by blank lines, as where a page ended in the text that was copied.

Told for typed text alone: pages of PDF and form feeds are where they have to be.
"""

from __future__ import annotations

from tipreport.rules import Context, Edit, Finding, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "text/page-break"
SEVERITY = "warning"
EXAMPLES = {
    "III. Deliberations\n\n1. One speaker spoke of the training of\n\n\n\nprosecutors and judges.\n\n2. Others agreed.\n": ["of"],
}
COUNTEREXAMPLES = [
    "III. Deliberations\n\n1. One speaker spoke of the training of\nprosecutors and judges.\n\n\n\n2. Others agreed.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The places at which nothing but blank lines cuts a paragraph."""
    if not ctx.printed:
        return
    text = ctx.source.text
    for unit in ctx.units:
        for left, right in zip(unit.spans, unit.spans[1:], strict=False):
            gap = text[left.end : right.start]
            blank = gap.count("\n") - 1
            if gap.strip() or "\f" in gap or blank < 1:
                continue
            word = text[left.start : left.end].split()[-1]
            yield Finding(
                f"{unit.name} is cut by {blank} blank line{'s' if blank > 1 else ''} (a page break) behind {word!r}; it goes on in line {right.line}",
                ((left.end - len(word), left.end),),
                "join the two parts",
                Fix("join the two parts", (Edit(left.end, right.start, " "),)),
                unit.id,
            )
