"""Signs that nobody sees: marks of direction, zero-width blanks, controls.

They come from copying; searching and sorting stumble over them. In texts that are written from right to left such marks have a
use, and nothing is told.
"""

from __future__ import annotations

import re

from tipreport.rules import Context, Edit, Finding, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "text/invisible"
SEVERITY = "info"
EXAMPLES = {
    "III. Deliberations\n\n1. One speaker spoke\u200e of training.\n": ["\u200e"],
}
COUNTEREXAMPLES = [
    "III. Deliberations\n\n1. One speaker spoke of training.\f\n",
]

_SIGNS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


def find(ctx: Context) -> Iterator[Finding]:
    """The first of such signs; the fix takes all of them out."""
    text = ctx.source.text
    if text.isascii() or _RIGHT_TO_LEFT.search(text):
        return
    found = list(_SIGNS.finditer(text))
    if found:
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in sorted({sign for one in found for sign in one.group()}))
        count = "one place" if len(found) == 1 else f"{len(found)} places, this is the first"
        fix = Fix("take them out", tuple(Edit(*one.span(), "") for one in found))
        yield Finding(f"signs that nobody sees ({codes}) in {count}", (found[0].span(),), "take them out", fix)
