"""A line that belongs to nothing: a lone dash, a number without a paragraph, the rest of another page.

Lines of dashes, underscores or stars that end a document are no stray lines, and a square bracket on a line of its own is none:
brackets hold text that is not agreed. Only dashes, dots and the like are taken out; a star may be the mark of a note.
"""

from __future__ import annotations

import re

from tipreport.rules import Context, Edit, Finding, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "text/stray"
SEVERITY = "warning"
EXAMPLES = {
    "III. Deliberations\n\n1. One speaker spoke of training.\n\n-\n": ["-"],
}
COUNTEREXAMPLES = [
    "III. Deliberations\n\n1. One speaker spoke of training.\n\n_______________\n",
    "III. Deliberations\n\n[\n\n1. One speaker spoke of training.\n\n]\n",
]

_RULE = re.compile(r"[\W_]{3,}$")
_BRACKETS = re.compile(r"[\[\]\s]+$")
_IDLE = re.compile(r"[-\u2010-\u2015_.~|\u00b7\u2022\s]+$")


def find(ctx: Context) -> Iterator[Finding]:
    """The lines that no rule of the parser claims."""
    for remark in ctx.remarks("text/unparsed"):
        for span in remark.spans:
            printed = ctx.source.text[span.start : span.end].strip()
            if not printed or _RULE.match(printed) or _BRACKETS.match(printed):
                continue
            fix = Fix("take the line out", (Edit(span.start, span.end, ""),)) if _IDLE.match(printed) else None
            told = printed if len(printed) < 40 else f"{printed[:37]}..."
            yield Finding(f"stray line: {told!r}", ((span.start, span.end),), "take it out, or join it to what it belongs to", fix)
