"""A State in a list is not printed under its official short name: "Bolivia" for "Bolivia (Plurinational State of)".

Lists of speakers and participants use the official names of the United Nations, as running text does with the words turned
("the Plurinational State of Bolivia"). "United Kingdom" and "United States" pass as well, as the Editorial Manual allows them. A name that
held in the year of the report is right; where the report prints no date, any that held once. Source: UNTERM (``data/states.csv``).
"""

from __future__ import annotations

from functools import cache

from tipreport.data import table
from tipreport.gazetteer import fold
from tipreport.rules import Context, Edit, Finding, Fix, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "state/name"
SEVERITY = "warning"
_HEAD = "United Nations\nCTOC/COP/WG.4/2031/9\nDistr.: General\n12 September 2031\n\nReport\n\n"
EXAMPLES = {
    "1. Statements were made by the representatives of Chile, Russia and Tunisia.\n": ["Russia"],
    f"{_HEAD}1. Statements were made by the representatives of Bolivia, Chile and Turkey.\n": ["Bolivia", "Turkey"],
}
COUNTEREXAMPLES = [
    "1. Statements were made by the representatives of Bolivia (Plurinational State of), Chile, the Russian Federation and Tunisia.\n",
]


_SHORT = {"GBR": "united kingdom", "USA": "united states"}


@cache
def _right() -> dict[str, dict[str, str]]:
    """State -> the forms that are official, now or once, each with the year until which it was ("9999": it is)."""
    forms: dict[str, dict[str, str]] = {ident: {name: "9999"} for ident, name in _SHORT.items()}
    for row in table("states"):
        own = forms.setdefault(row["id"], {})
        until = row["valid_to"][:4] if row["name_status"] == "former" and row["valid_to"] else "9999"
        names = [row[column] for column in ("name", "text_form", "formal_name") if row[column]]
        name, _, rest = row["name"].partition(" (")
        if rest:
            names += [f"{name} (the {rest}", f"{rest.rstrip(')')} {name}"]
        for one in names:
            own[_bare(one)] = max(until, own.get(_bare(one), ""))
    return forms


def _bare(name: str) -> str:
    return fold(name).removeprefix("the ").removeprefix("The ").casefold()


def find(ctx: Context) -> Iterator[Finding]:
    """The States under other names."""
    if not ctx.english:
        return
    own = {row["id"] for row in ctx.config.rows("states")}
    year = (ctx.report.masthead.date or "")[:4]
    for statement in (*ctx.report.statements, *ctx.report.attendance):
        if len(statement.states) < 2:
            continue
        for one in statement.states:
            right = _right().get(one.id)
            if not one.spans or right is None or one.id == "EUU" or one.id in own:
                continue
            if right.get(_bare(one.as_printed), "") >= (year or "0"):
                continue
            place = ranges(one.spans)
            whole = len(place) == 1 and ctx.source.text[slice(*place[0])] == one.as_printed
            fix = Fix(f"{one.as_printed!r} to {one.name!r}", (Edit(*place[0], one.name),)) if whole else None
            unit = ctx.unit_at(one.spans[0].start)
            yield Finding(f"{one.as_printed!r}: the official name is {one.name!r}", place, one.name, fix, unit and unit.id)
