"""What may stand behind the name of a body that a table knows: its legal form, brackets, the mark of a line's end.

Printed forms: "Harbour Watch International, Inc.", "Hilfswerk der Inseln e.V.", "Society for Coastal Studies (SCS)",
"Island Commission (joint video statement)".
"""

from __future__ import annotations

import re

# Legal forms and other abbreviations that end the name of a body with a full stop.
_SHORT = (
    r"(?:Inc|Incorp|Ltd|Ltda|Lda|Co|Corp|Cie|Assn|Assoc|Bros|Intl|Org|Dept|Univ|Jr|Sr|e\.[ ]?[Vv]|a\.s\.b\.l|(?:[A-Z]\.[ ]?){1,8}[A-Z])"
)
_ABBREVIATED = re.compile(rf"(?<![\w.]){_SHORT}\.$")
_FORM = r",? (?:Inc|Ltd|Ltda|Lda|Corp|LLC|Limited|e\.[ ]?V|S\.A|A\.C)\b\.?"
# The name goes on with its form and with brackets that open with a capital; another bracket says in which manner it spoke.
_TAIL = re.compile(rf"\.?(?:{_FORM})?(?P<bracket> \([A-Z\u00c0-\u00de][^()]*\))?(?P<end>)(?: \([^()]*\))?[.;,: ]*$")


def is_abbreviated(name: str) -> bool:
    """Whether the full stop that ends a name is that of an abbreviation ("Inc.", "e.V."), and ends no sentence."""
    return bool(_ABBREVIATED.search(name))


def whole(text: str, at: int) -> int | None:
    """Where a name ends whose known part ends at ``at`` of a line of its own.

    Its legal form and the capitals in brackets belong to it. None where anything else stands behind it.
    """
    tail = _TAIL.match(text, at)
    if tail is None:
        return None
    stop = tail.start("end")
    while stop > at and text[stop - 1] in ".;,: " and not is_abbreviated(text[:stop]):
        stop -= 1
    return stop
