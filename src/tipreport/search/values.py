"""What users type as the values of filters: ranges, lists, names of bodies."""

from __future__ import annotations

import re

from tipreport.data import split, table
from tipreport.errors import TipreportError


def bounds(text: str, option: str) -> tuple[int | None, int | None]:
    """The ends of "A..B", "A..", "..B" or "A".

    Raises:
        TipreportError: it is none of these.
    """
    low, dots, high = text.partition("..")
    try:
        first = int(low) if low.strip() else None
        last = int(high) if high.strip() else None
    except ValueError:
        raise _no_range(text, option) from None
    if not dots:
        if not low.strip().isascii() or not low.strip().isdigit():
            raise _no_range(text, option)
        first = last = int(low)
    if first is not None and last is not None and first > last:
        raise TipreportError(f"{option} {text} is an empty range", "write the smaller number first")
    if max(abs(first or 0), abs(last or 0)) > 10**9:
        raise TipreportError(f"{option}: {text!r} is out of all bounds")
    return first, last


def _no_range(text: str, option: str) -> TipreportError:
    low, high = ("2015", "2020") if option == "--year" else ("3", "7")
    hint = f"write {option} {low}, {option} {low}.., {option} ..{high} or {option} {low}..{high}"
    return TipreportError(f"{option} takes a number or a range, not {text!r}", hint)


def parted(values: tuple[str, ...]) -> tuple[str, ...]:
    """Values parted by commas as well."""
    return tuple(part.strip() for value in values for part in value.split(","))


def plain(text: str) -> str:
    """A name without case, blanks and signs."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def is_body(value: str, body: str) -> bool:
    """Whether a body is meant: by a part of its name, its acronym, or its id in the table."""
    wanted = value.casefold().strip()
    if wanted in body.casefold():
        return True
    for row in table("bodies"):
        if wanted in {row["id"].casefold(), row["acronym"].casefold()} or f"/{row['symbol_prefix'].casefold()}".endswith(f"/{wanted}"):
            if body.casefold() in {form.casefold() for form in (row["name"], *split(row["variants"]))}:
                return True
    return False
