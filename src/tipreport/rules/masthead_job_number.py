"""The document prints neither a symbol nor a job number ("V.20-04567 (E)").

Either tells a document from another. Texts that have a symbol often lost the job number on the way, and some bodies print none, so
that alone is not told.
"""

from __future__ import annotations

from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "masthead/job-number"
SEVERITY = "info"
EXAMPLES = {
    "United Nations\nDistr.: Limited\n11 September 2031\n\nWorking Group on Trafficking in Persons\n\nDraft report\n\n1. The meeting was opened.\n": [
        "United Nations"
    ],
}
COUNTEREXAMPLES = [
    "United Nations\nCTOC/COP/WG.4/2031/9\nDistr.: Limited\n11 September 2031\n\nWorking Group on Trafficking in Persons\n\nDraft report\n\n1. The meeting was opened.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The masthead of a document without either number."""
    head = ctx.report.masthead
    if head.spans and head.symbol is None and head.job_number is None and (head.date or head.distribution):
        yield Finding("no job number", (ctx.line_range(head.spans[0].start),), "print the job number at the foot of the first page")
