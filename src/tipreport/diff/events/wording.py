"""Words that were put in, taken out or replaced; replacing them all turns the left text into the right one.

An event says whether it is editorial: case, punctuation, spelling or house style (Editorial Manual of the United Nations,
"Spelling" and "Capital letters"), and leaves the meaning alone.
"""

from __future__ import annotations

from tipreport.diff.change import Event
from tipreport.diff.pair import Pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def find(pair: Pair) -> Iterator[Event]:
    """One event a difference; ranges are those of the units' texts, an empty one is the place where words were put in."""
    for ((a, b), (c, d)), editorial in zip(pair.hunks, pair.editorial, strict=True):
        before, after = pair.left.text[a:b], pair.right.text[c:d]
        yield Event(
            "text", before=before, after=after, left=pair.spans(0, a, b), right=pair.spans(1, c, d), at=(a, b), into=(c, d),
            editorial=editorial,
        )  # fmt: skip
