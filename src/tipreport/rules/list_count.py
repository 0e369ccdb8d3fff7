"""A list gives a number of States and names another number of them: "by 3 Parties: Chile, Peru".

Told of lists of States alone: groups of States have several names, and some are named by their members.
"""

from __future__ import annotations

from tipreport.rules import Context, Finding, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "list/count"
SEVERITY = "error"
EXAMPLES: dict[str, list[str]] = {
    "1. Statements were made by the representatives of the following 3 States: Chile, China, Iraq and Tunisia.\n": [
        "Chile, China, Iraq and Tunisia"
    ],
}
COUNTEREXAMPLES = [
    "1. Statements were made by the representatives of the following 4 States: Chile, China, Iraq and Tunisia.\n",
    "1. Statements were made by representatives of 13 Parties.\n",
]


def find(ctx: Context) -> Iterator[Finding]:
    """The lists whose number does not fit."""
    for statement in (*ctx.report.statements, *ctx.report.attendance):
        named = len(statement.states)
        if statement.organizations or statement.groups or statement.persons:
            continue
        if statement.count is not None and named > 1 and named != statement.count and statement.spans:
            unit = ctx.unit_at(statement.spans[0].start)
            yield Finding(
                f"the list says {statement.count} and names {named}",
                ranges(statement.spans),
                "correct the number or the list",
                id=unit and unit.id,
            )
