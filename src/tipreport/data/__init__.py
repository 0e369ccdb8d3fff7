"""What is known of the field, one CSV table each; ``SOURCES.md`` says where the facts come from."""

from __future__ import annotations

import csv
from functools import cache

_FOLDER = __file__[: -len("__init__.py")]

Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of ``data/NAME.csv`` in file order; every value is a string, lists are parted by ``;``."""
    with open(f"{_FOLDER}{name}.csv", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def split(value: str) -> tuple[str, ...]:
    """The items of a list value."""
    return tuple(item.strip() for item in value.split(";") if item.strip())
