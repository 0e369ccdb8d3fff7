"""The numbers of the paragraphs go back in the middle of the text.

Numbers that start again at 1 begin a series of their own (an annex, a decision, a document that is attached), and are not told.
"""

from __future__ import annotations

from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "number/restart"
SEVERITY = "warning"
EXAMPLES = {
    "7. One speaker spoke of training.\n\n8. Others spoke of funds.\n\n3. The meeting closed.\n\n4. It was late.\n": [
        "3. The meeting closed."
    ],
}
COUNTEREXAMPLES = [
    "III. Deliberations\n\n7. One speaker spoke of training.\n\n8. Others spoke of funds.\n\nIV. Closing\n\n9. The meeting closed.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The numbers that are lower than those before."""
    for remark in ctx.remarks("number/restart"):
        if remark.message.endswith(" 1"):
            continue
        yield Finding(f"numbering: {remark.message}", (ctx.line_range(remark.spans[0].start),), "number the paragraphs throughout")
