"""Numbers as text, and values as the data files that the search in the browser loads by script elements.

Pages that are opened from a disk may not fetch, but may load scripts; so every data file is one call of one function.
"""

from __future__ import annotations

import json
from typing import Any

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BITS, _MORE = 5, 32  # a sign holds five bits of a number; the sixth says that more follow


def _long(number: int) -> str:
    out = ""
    while number >= _MORE:
        out += DIGITS[number & (_MORE - 1) | _MORE]
        number >>= _BITS
    return out + DIGITS[number]


_SHORT = [_long(number) for number in range(8192)]


def code(number: int) -> str:
    """A number from 0 on, the lowest bits first."""
    return _SHORT[number] if number < len(_SHORT) else _long(number)


def ascending(numbers: list[int]) -> str:
    """Numbers in ascending order, each as the step from the one before."""
    out, last = [], 0
    for number in numbers:
        out.append(code(number - last))
        last = number
    return "".join(out)


def data(key: str, build: str, value: Any) -> str:
    """A data file: plain ASCII, in which nothing ends a script or a line."""
    plain = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return f"tipreport({json.dumps(key)},{json.dumps(build)},{plain});\n".replace("<", "\\u003c")
