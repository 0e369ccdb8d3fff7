"""A State or organization stands twice in one list of speakers or participants.

Those that spoke on behalf of others as well are named once for each, and not told. Lists of participants
are read in typed text alone: pages have them in columns.
"""

from __future__ import annotations

from tipreport.rules import Context, Finding, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.model import Organization, SpeakingState

CODE = "list/repeated"
SEVERITY = "warning"
EXAMPLES = {
    "1. Statements were made by the representatives of Chile, China, Iraq, Chile and Tunisia.\n": ["Chile"],
}
COUNTEREXAMPLES = [
    "1. Statements were made by the representatives of Chile, China, Iraq and Tunisia.\n\n2. Statements were made by the representative of Chile.\n",
    "1. Statements were made by the representatives of Chile, China (on behalf of the Group of 77 and China), Iraq and Tunisia.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The second place of each."""
    for statement in (*ctx.report.statements, *(ctx.report.attendance if ctx.printed else ())):
        named: list[SpeakingState | Organization] = [*statement.states, *statement.organizations]
        if any(getattr(one, "on_behalf_of", None) for one in named) or len(named) < 3:
            continue
        seen: set[str] = set()
        for one in named:
            name = one.as_printed.casefold()
            if name in seen and one.spans:
                unit = ctx.unit_at(one.spans[0].start)
                yield Finding(f"{one.as_printed!r} stands twice in this list", ranges(one.spans), "name it once", id=unit and unit.id)
            seen.add(name)
