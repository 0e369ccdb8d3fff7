"""How long one giant line takes to parse that is made to hurt a pattern: ``python tests/benchmarks/patterns.py``.

Each is parsed at one, two and four times a length; the exponent is that of the time, 1 for linear. Prints a Markdown table.
"""

from __future__ import annotations

import math
import sys
import time

from tipreport import parse

_BODY = "\n\n1. The meeting was opened by the Chair.\n\n2. "
# Name -> (before, what is repeated, behind).
ATTACKS = {
    "blanks": ("The Group", " ", "x"),
    "blanks behind a number of a decision": ("1/1", " ", "x"),
    "blanks behind Annex": ("Annex", " ", "x"),
    "marks of notes": ("The report", "a1.", "x"),
    "footnote stars": ("Title", "* ", "x"),
    "full stops behind a bracket": ("The text (Chile)", ".", "x"),
    "particles of names": ("facilitated by Anna ", "elale", " x (Chile)"),
    "honorifics": ("said by ", "Her Excellency Ms. ", "x"),
    "items of an agenda": ("agenda items 1", "(v), 2(v)", "x"),
    "paragraphs": ("paragraphs 1", "(x)(x), 2", "x"),
    "symbols": ("see A", "/T(Part t)", "/"),
    "ordinals": ("at its first", ", first", "x"),
    "initials": ("of the ", "V. ", "x"),
    "capitals": ("by ", "Anna ", "x"),
    "a long word": ("the ", "x", " "),
    "brackets": ("the ", "(", "x"),
    "quotation marks": ("the ", "\u201c", "x"),
    "dashes": ("the ", "-", "x"),
    "digits": ("of ", "1", "x"),
    "figures": ("of ", "1,", "x"),
}


def taken(text: str) -> float:
    """Seconds that a text takes."""
    begin = time.perf_counter()
    parse(text)
    return time.perf_counter() - begin


def main() -> None:
    """Print the table."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 250_000
    parse("A/HRC/28/2" + _BODY)
    print(f"| line of | {size // 1000} k | {size // 500} k | {size // 250} k | exponent |\n|---|---|---|---|---|")
    for name, (before, repeated, behind) in ATTACKS.items():
        times = [
            taken(f"A/HRC/28/2{_BODY}{before}{repeated * (length // len(repeated))}{behind}\n") for length in (size, 2 * size, 4 * size)
        ]
        power = math.log2(times[2] / times[0]) / 2
        print(f"| {name} | {times[0]:.2f} s | {times[1]:.2f} s | {times[2]:.2f} s | {power:.2f} |", flush=True)


if __name__ == "__main__":
    main()
