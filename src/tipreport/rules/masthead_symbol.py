"""The masthead prints no document symbol.

A draft gets its symbol before it is issued; without one it cannot be cited. Texts without any masthead are excerpts, and nothing
is told of them; nor where the user gave the symbol.
"""

from __future__ import annotations

from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "masthead/symbol"
SEVERITY = "warning"
EXAMPLES = {
    "United Nations\nDistr.: Limited\n11 September 2031\n\nWorking Group on Trafficking in Persons\n\nDraft report\n\n1. The meeting was opened.\n": [
        "United Nations"
    ],
}
COUNTEREXAMPLES = [
    "United Nations\nCTOC/COP/WG.4/2031/9\nDistr.: Limited\n11 September 2031\n\nWorking Group on Trafficking in Persons\n\nDraft report\n\n1. The meeting was opened.\n",
    "1. The meeting was opened.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The masthead without a symbol."""
    head = ctx.report.masthead
    if head.spans and head.symbol is None and ctx.report.source.symbol is None and (head.date or head.distribution):
        yield Finding(
            "no document symbol", (ctx.line_range(head.spans[0].start),), "print the symbol at the top; --symbol gives it for this run"
        )
