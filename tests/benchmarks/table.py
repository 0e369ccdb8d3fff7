"""Rows of results, printed as a table or as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field

Cell = str | float | int | None

OK, OVER, FAILED = "ok", "OVER", "FAILED"


@dataclass(slots=True)
class Table:
    """One section of the results; the last column of a row is its verdict where there is a budget."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)

    def text(self) -> str:
        """The table for a person."""
        cells = [self.columns, *(tuple(_shown(cell) for cell in row) for row in self.rows)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        lines = [
            "  ".join(cell.ljust(w) if not i else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))).rstrip()
            for row in cells
        ]
        return "\n".join([self.title, "=" * len(self.title), lines[0], *lines[1:], ""])

    def records(self) -> list[dict[str, Cell]]:
        """The rows as objects."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def over(self) -> int:
        """How many rows are over their budget or failed."""
        return sum(row[-1] in (OVER, FAILED) for row in self.rows)


def _shown(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:.2f}" if abs(cell) < 100 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def verdict(value: float, *, at_most: float | None = None, at_least: float | None = None) -> str | None:
    """``ok`` or ``OVER`` by a budget; None where there is none."""
    if at_most is None and at_least is None:
        return None
    return OK if (at_most is None or value <= at_most) and (at_least is None or value >= at_least) else OVER
