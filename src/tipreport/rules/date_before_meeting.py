"""The report is dated before the meeting began.

A document that was submitted under an agenda item prints the days of the session that receives it; of that nothing is told.
"""

from __future__ import annotations

import re

from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "date/before-meeting"
SEVERITY = "error"
_HEAD = "United Nations\nCTOC/COP/WG.4/2031/9\nDistr.: General\n{} September 2031\n\nWorking Group on Trafficking in Persons\nVienna, 10\u201311 September 2031\n\nReport\n\n1. The meeting was opened.\n"
EXAMPLES = {
    _HEAD.format("1"): ["United Nations"],
}
COUNTEREXAMPLES = [
    _HEAD.format("11"),
]

_REPORT = re.compile(r"^(?:Draft )?[Rr]eport(?: (?:of|on) |\s*$)")


def find(ctx: Context) -> Iterator[Finding]:
    """The masthead, where its date is earlier than the first day of the meeting."""
    head = ctx.report.masthead
    title = f"{head.title or ''} {head.subtitle or ''}"
    if not ctx.english or not _REPORT.search(title) or head.agenda_item is not None:
        return
    if head.date and head.meeting_start and head.date < head.meeting_start and len(head.date) == 10 and ctx.units:
        yield Finding(
            f"the report is dated {head.date}, but the meeting began on {head.meeting_start}",
            (ctx.line_range(head.spans[0].start),) if head.spans else (),
            "compare the date with the days of the meeting",
        )
