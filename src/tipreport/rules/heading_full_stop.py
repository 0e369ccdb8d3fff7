"""A heading ends with a full stop.

Headings of United Nations documents take no full stop (Editorial Manual, "Headings"). An abbreviation at the end keeps its own.
"""

from __future__ import annotations

import re

from tipreport.rules import Context, Edit, Finding, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "heading/full-stop"
SEVERITY = "warning"
EXAMPLES = {
    "II. Recommendations\n\nA. Training of prosecutors.\n\n1. States parties should train prosecutors.\n": ["A. Training of prosecutors."],
}
COUNTEREXAMPLES = [
    "II. Recommendations\n\nA. Training of prosecutors\n\n1. States parties should train prosecutors.\n",
]

_SHORT = re.compile(r"\b(?:etc|Inc|Ltd|Corp|Co|al|[A-Z])\.$")


def find(ctx: Context) -> Iterator[Finding]:
    """The headings with a full stop at their end."""
    for remark in ctx.remarks("heading/full-stop"):
        for span in remark.spans[-1:]:
            low, high = span.start, span.end
            printed = ctx.source.text[low:high].rstrip()
            if not printed.endswith(".") or printed.endswith("..") or _SHORT.search(printed):
                continue
            high = low + len(printed)
            yield Finding(
                f"heading ends with a full stop: {' '.join(printed.split())!r}",
                ((low, high),),
                "headings take no full stop",
                Fix("take the full stop out", (Edit(high - 1, high, ""),)),
            )
