"""The letter or numeral of a heading leaves one out: "II.A" is followed by "II.C".

Not told where a line begins with the missing numeral all the same. In an addendum the missing section is often in another addendum; the hint says so.
"""

from __future__ import annotations

import re

from tipreport.patterns import roman
from tipreport.rules import ADDENDUM, Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "heading/gap"
SEVERITY = "info"
EXAMPLES = {
    "II. Recommendations\n\nA. Training\n\n1. States parties should train prosecutors.\n\nC. Funding\n\n2. States parties should pay.\n": [
        "C. Funding"
    ],
}
COUNTEREXAMPLES = [
    "II. Recommendations\n\nA. Training\n\n1. States parties should train prosecutors.\n\nB. Funding\n\n2. States parties should pay.\n",
]

_NUMERALS = tuple(ten + one for ten in ("", "X", "XX", "XXX", "XL") for one in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"))


def find(ctx: Context) -> Iterator[Finding]:
    """The headings before which one is missing."""
    before: dict[str, str] = {}  # parent -> the last label below it
    gaps = {remark.spans[0].start for remark in ctx.remarks("heading/gap") if remark.spans}
    for section in ctx.report.sections:
        parent = section.label.rpartition(".")[0]
        if section.spans and section.spans[0].start in gaps:
            span = section.spans[0]
            if _printed(ctx, section.number or "", section.level):
                continue
            after = f"; {before[parent]} is the one before it" if parent in before else ""
            yield Finding(
                f"section order: a heading before {section.label} is missing{after}",
                ((span.start, span.end),),
                ADDENDUM if ctx.addendum else "number the sections without a gap, or put the missing one in",
                id=section.label,
            )
        before[parent] = section.label


def _printed(ctx: Context, number: str, level: int) -> bool:
    """Whether a line begins with the numeral before this one, whatever the parser took it for."""
    if level > 1:  # every section has its own A
        return False
    before = next((form for form in _NUMERALS if form and roman(form) == roman(number) - 1), "")
    return bool(before) and bool(re.search(rf"^[^\S\n]*{before}\.[^\S\n]*\S", ctx.source.text, re.MULTILINE))
