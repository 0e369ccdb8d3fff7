"""A number occurs twice in a row: two paragraphs 12, two recommendations 3.

A cross-reference or a citation to such a number leads to two places.
"""

from __future__ import annotations

from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "number/repeated"
SEVERITY = "error"
EXAMPLES = {
    "III. Deliberations\n\n1. One speaker spoke of training.\n\n2. Others spoke of funds.\n\n2. Several speakers agreed.\n": [
        "2. Several speakers agreed."
    ],
}
COUNTEREXAMPLES = [
    "III. Deliberations\n\n1. One speaker spoke of training.\n\n2. Others spoke of funds.\n\n2 bis. Several speakers agreed.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The numbers that stood before."""
    for remark in ctx.remarks("number/repeated"):
        yield Finding(f"numbering: {remark.message}", (ctx.line_range(remark.spans[0].start),), "give each its own number")
