"""United Nations spelling has -ize in words such as "recognize", "organization".

Words in -ise that have no other form (advise, comprise, exercise, promise, analyse) are right. Names keep the spelling of their
owners, so that words with a capital are left alone,
and French ones ("organisation non gouvernementale"), what is quoted, and addresses. The words are rows of kind ``ize`` of ``data/house_style.csv``.
Source: Editorial Manual, "Spelling".
"""

from __future__ import annotations

import re
from functools import cache

from tipreport.data import table
from tipreport.rules import Context, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "style/ize"
SEVERITY = "info"
EXAMPLES = {
    "1. States parties should recognise and harmonise the organisation of training.\n": ["recognise", "harmonise", "organisation"],
}
COUNTEREXAMPLES = [
    "1. States parties should revise, exercise and analyse; the Organisation internationale de la Francophonie was organized.\n",
    "1. Article 9 reads: \u201cNo court shall recognise it\u201d; see https://www.example.org/organised-crime.html and a.b@organised.example.org.\n",
]

_PRINTED = re.compile(r"\b([a-z]{3,20}?)is(e[ds]?|ing|ations?|ational|ers?|able)\b(?! (?:non|internationales?|d[eu]s?|pour|et|en)\b)")


@cache
def _stems() -> frozenset[str]:
    return frozenset(row["word"].removesuffix("ize") for row in table("house_style") if row["kind"] == "ize")


def find(ctx: Context) -> Iterator[Finding]:
    """The words with an s."""
    if not ctx.english:
        return
    for passage, found in ctx.find(_PRINTED, "is"):
        stem = found[1]
        bare = re.sub(r"^(?:re|de|un|dis|over|under|mis|co|inter)", "", stem)
        if (stem not in _stems() and bare not in _stems()) or not ctx.own(passage, *found.span()):
            continue
        wanted = f"{stem}iz{found[2]}"
        at = found.end(1) + 1
        yield Finding(
            f"{found.group()!r}: United Nations spelling is {wanted!r}",
            ctx.place(passage, found.start(), found.end()),
            wanted,
            ctx.fix(passage, at, at + 1, "z"),
            passage.id,
        )
