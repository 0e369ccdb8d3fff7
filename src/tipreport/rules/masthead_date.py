"""The masthead prints a symbol or a distribution, but no date."""

from __future__ import annotations

from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "masthead/date"
SEVERITY = "warning"
EXAMPLES = {
    "United Nations\nCTOC/COP/WG.4/2031/9\nDistr.: Limited\n\nWorking Group on Trafficking in Persons\n\nDraft report\n\n1. The meeting was opened.\n": [
        "United Nations"
    ],
}
COUNTEREXAMPLES = [
    "United Nations\nCTOC/COP/WG.4/2031/9\nDistr.: Limited\n11 September 2031\n\nWorking Group on Trafficking in Persons\n\nDraft report\n\n1. The meeting was opened.\n",
    "1. The meeting was opened.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The masthead without a date."""
    head = ctx.report.masthead
    if head.spans and head.date is None and (head.symbol or head.distribution):
        yield Finding("no date", (ctx.line_range(head.spans[0].start),), 'print the day below "Distr."')
