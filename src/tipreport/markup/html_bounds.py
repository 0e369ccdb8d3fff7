"""Whether an HTML page can be read in bounded time and memory.

The parser of the standard looks through the open elements at most tags, and opens again in each block what was left open before:
both grow with the square of the page where elements are left open on purpose.
"""

from __future__ import annotations

import re

DEEPEST = 512  # open elements; pages of real sites have less than a hundred
MOST_OPENED = 2_000_000  # elements that the parser may open again
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_FORMATTING = frozenset(["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"])
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
# Elements that the next of their kind ends, so that leaving them open nests nothing.
_ENDED = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "optgroup",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "caption",
        "rt",
        "rp",
        "html",
        "head",
        "body",
    ]
)


def too_much(page: str) -> str | None:
    """What is too much of a page, as a reason for the user; None where it can be read."""
    depth = formats = opened = 0
    for found in _TAG.finditer(page):
        tag = found[2].lower()
        if tag in _VOID:
            continue
        if tag in _FORMATTING:
            formats = formats + 1 if not found[1] else max(0, formats - 1)
        elif tag in _ENDED:
            opened += formats
        else:
            opened += formats
            depth = depth + 1 if not found[1] else max(0, depth - 1)
        if depth > DEEPEST or formats > DEEPEST:
            return f"is an HTML page whose elements nest more than {DEEPEST} deep"
        if opened > MOST_OPENED:
            return "is an HTML page with too many elements that are left open"
    return None
