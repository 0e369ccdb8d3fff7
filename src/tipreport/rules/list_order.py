"""A State stands out of the English alphabetical order of its list.

United Nations documents list States in that order. Told where all others of at least five stand in it: a list in the order of
speaking is in no order at all. Lists of participants are read in typed text alone: pages have them in columns.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from tipreport.rules import Context, Finding, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.model import SpeakingState

CODE = "list/order"
SEVERITY = "warning"
EXAMPLES = {
    "1. Statements were made by the representatives of Chile, China, Iraq, Guatemala, Kyrgyzstan, South Africa and Tunisia.\n": [
        "Guatemala"
    ],
}
COUNTEREXAMPLES = [
    "1. Statements were made by the representatives of Chile, China, C\u00f4te d\u2019Ivoire, Guatemala, Iraq, South Africa and Tunisia.\n",
    "1. Statements were made by the representatives of Tunisia, Chile, Iraq, China, South Africa, Guatemala and Albania.\n",
]

_LEAST = 5
_OBSERVERS = {"VAT", "PSE", "EUU"}  # listed behind the others where they are no parties


def find(ctx: Context) -> Iterator[Finding]:
    """The one State that breaks the order of a list."""
    if not ctx.english:
        return
    for statement in (*ctx.report.statements, *(ctx.report.attendance if ctx.printed else ())):
        states = [one for one in statement.states if one.spans and one.id not in _OBSERVERS]
        if len(states) < _LEAST or any(one.on_behalf_of or one.also_on_behalf_of for one in states):
            continue
        keys = [_key(one) for one in states]
        wrong = [i for i in range(len(keys)) if _sorted([*keys[:i], *keys[i + 1 :]])]
        if _sorted(keys) or len(wrong) == 0:
            continue
        at = wrong[-1]  # of two neighbours that are exchanged, the later is told
        before = next((one.as_printed for one, key in zip(states, keys, strict=True) if key > keys[at]), None)
        one = states[at]
        unit = ctx.unit_at(one.spans[0].start)
        hint = f"it belongs before {before!r}" if before else "it belongs at the end"
        yield Finding(f"{one.as_printed!r} is out of alphabetical order", ranges(one.spans), hint, id=unit and unit.id)


def _key(state: SpeakingState) -> str:
    printed = state.as_printed.removeprefix("the ").removeprefix("The ")
    if printed.startswith("former "):  # "The former Yugoslav Republic of Macedonia" stood under T
        printed = f"the {printed}"
    plain = unicodedata.normalize("NFKD", printed)
    return re.sub(r"[^a-z ]", "", "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().replace("-", " "))


def _sorted(keys: list[str]) -> bool:
    return all(one <= other for one, other in pairwise(keys))
