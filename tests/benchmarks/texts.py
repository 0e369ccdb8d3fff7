"""The texts that are measured: real reports, samples, and shapes that only an adversary would write."""

from __future__ import annotations

import re
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
_ADDENDUM = "wg4-draft-addendum.txt"


def read(folder: Path | None) -> list[str]:
    """The texts of a folder of reports, in the order of their names; the samples where there is no such folder."""
    texts = [_text(path) for path in sorted(folder.glob("*.txt"))] if folder is not None else []
    return texts or [_text(path) for path in sorted(SAMPLES.glob("*.txt"))]


def small(folder: Path | None) -> Path:
    """A report of about 6 kB of the Working Group on Trafficking in Persons."""
    for path in sorted(folder.glob("*.txt")) if folder is not None else []:
        if 5_000 <= path.stat().st_size <= 7_000 and "Working Group on Trafficking" in _text(path):
            return path
    return SAMPLES / _ADDENDUM


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def repeated(unit: str, size: int) -> str:
    """Exactly ``size`` characters of a unit again and again."""
    return (unit * (size // len(unit) + 1))[:size]


_STATES = "Albania, Brazil, Canada, Denmark, Egypt, France, Germany, Hungary, India, Japan, Kenya, Lebanon, Mexico, Nepal, Oman, Peru, Qatar, Romania, Spain, "
_PARAGRAPH = "III. Summary of deliberations\n\n1. Several speakers noted that "

_PANELLISTS = "panellists, no two alike"

# What comes first, and what is repeated; nothing where ``shape`` makes the text.
SHAPES: dict[str, tuple[str, str]] = {
    "reports, joined": ("", ""),
    "one line of prose": ("", ""),
    "blank lines": ("", "\n"),
    'lines "1. "': ("", "1. \n"),
    '"(a) " in one line': ("", "(a) "),
    "one list of States": ("III. Summary of deliberations\n\n1. Statements were made by the representatives of ", _STATES),
    'brackets "("': (_PARAGRAPH, "("),
    'brackets "(see item ["': (_PARAGRAPH, "(see item ["),
    "one word": (_PARAGRAPH, "a"),
    "commas": (_PARAGRAPH, ", "),
    "representatives": (_PARAGRAPH, "the representative of France, "),
    "lines of two letters": ("", "ab\n"),
    "headings": ("", "Heading title\n\n"),
    'contents "I. Intro ..... 3"': ("", "I. Intro ..... 3\n"),
    'headings "I. Title"': ("", "I. Title\n"),
    "footnote marks": (_PARAGRAPH, "word[^1] "),
    "recommendations": ("", "Recommendation 1\n"),
    "stars in a wrapped paragraph": (_PARAGRAPH, "word* and more\n"),
    "pages": (_PARAGRAPH, "text of a page\n\n\n12\n\n\n"),
    "blanks within a line": (_PARAGRAPH + "a", " "),
    "hyphens at line ends": (_PARAGRAPH, "traf-\nficking in per-\nsons "),
    "one word, divided": (_PARAGRAPH, "a"),
    _PANELLISTS: ("III. Summary of deliberations\n\n1. The discussion was facilitated by the following panellists: ", ""),
}
_ENDINGS = {"blanks within a line": "b", "one word, divided": " b-\nc"}
# The shapes that are worth 100 MB.
LONG = frozenset(list(SHAPES)[:8])


def shape(name: str, size: int, reports: list[str]) -> str:
    """``size`` characters of a shape."""
    start, unit = SHAPES[name]
    if name == "reports, joined":
        unit = "\n\n".join([*reports, ""])
    elif name == "one line of prose":
        unit = re.sub(r"\s+", " ", " ".join(reports)) + " "
    elif name == _PANELLISTS:
        unit = "".join(f"Anna {_name(number)}, Director, Ministry of Justice (France); " for number in range(size // 50 + 1))
    end = _ENDINGS.get(name, "")
    return start + repeated(unit, size - len(start) - len(end)) + end


def _name(number: int) -> str:
    """A surname of its own for every number."""
    letters = ""
    while number:
        number, rest = divmod(number, 26)
        letters += "abcdefghijklmnopqrstuvwxyz"[rest]
    return f"{letters}son".capitalize()


def fill(folder: Path, texts: list[str], *, size: int = 0, count: int = 0) -> int:
    """Write texts in turn as separate files until ``size`` characters or ``count`` files; gives the characters written."""
    total = made = 0
    while total < size or made < count:
        text = texts[made % len(texts)]
        (folder / f"{made:06}.txt").write_text(text, encoding="utf-8")
        total, made = total + len(text), made + 1
    return total
