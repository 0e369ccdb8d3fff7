"""Labels of sections (II.A) as numbers: how they sort, and which one comes before another."""

from __future__ import annotations

from tipreport.patterns import roman

_LAST = 1000  # annexes come behind all sections
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def key(label: str) -> tuple[int, ...] | None:
    """A path of labels as it sorts: II.A before II.B; None where a part of it is no number."""
    if label.startswith("annex"):
        return (_LAST, *(value(part, first=False) or 0 for part in label.split(".")[1:]))
    values = [value(part, first=place == 0) for place, part in enumerate(label.split("."))]
    return None if None in values else tuple(value for value in values if value is not None)


def value(part: str, *, first: bool) -> int | None:
    """The value of one label; ``first`` where it may be a numeral; None where it is no number."""
    if first and roman(part):
        return roman(part)
    if part.isdigit():
        return int(part)
    if len(part) == 1 and part.isalpha() and part.isascii():
        return ord(part.upper()) - 64
    return None


def printed(value: int, like: str, *, first: bool) -> str:
    """A number in the manner of a label: a numeral, a letter or digits."""
    if first and roman(like):
        return _NUMERALS[value - 1] if value <= len(_NUMERALS) else str(value)
    return str(value) if like.isdigit() else chr(64 + value)
