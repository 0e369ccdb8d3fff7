"""The help pages: plain text, options under a heading a group, an example a line, any width of terminal.

The same parts make the manual pages (``tools/share.py``).
"""

from __future__ import annotations

import re
import shutil
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = list[tuple[str, str]]  # an argument or option as it is written, and what it says

WIDEST = 80  # columns; longer lines are hard to read
NARROWEST = 20
_ROOM = 24  # columns: where fewer are left beside an option, what it says stands below it
_STATUS = "0 well, 1 the answer is no, 2 trouble"

_Formatter: Any = typer.Context.formatter_class


class Told(NamedTuple):
    """What stands at the end of a help page.

    Args:
        text: forms of output, the form of queries.
        status: what the exit statuses mean.
        examples: commands.
    """

    text: str
    status: str
    examples: tuple[str, ...]


def told(epilog: str | None) -> Told:
    """Take an epilog apart: ``... Exit status: ... . Examples: tipreport ... | tipreport ...``."""
    text, _, examples = re.sub(r"Examples?: ", "\x00", epilog or "", count=1).partition("\x00")
    status = re.search(r"Exit status: (.*?)\.(?:\s|$)", text)
    if status:
        text = text[: status.start()] + text[status.end() :]
    return Told(text.strip(), status[1] if status else _STATUS, tuple(re.split(r" \| (?=tipreport )", examples)) if examples else ())


class Formatter(_Formatter):  # type: ignore[misc]  # typer does not name the class of its own
    """What lays a help page out, in terminals of fewer than 50 columns too."""

    def __init__(self) -> None:
        columns = min(shutil.get_terminal_size().columns, WIDEST)
        super().__init__(width=max(columns - 2, NARROWEST))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of terms, each with what it says beside it, or below it where there is no room."""
        rows = list(rows)
        if self.width - min(max(len(term) for term, _ in rows), col_max) - col_spacing - 2 >= _ROOM:
            super().write_dl(rows, col_max, col_spacing)
            return
        for term, says in rows:
            self.write(f"{'':>{self.current_indent}}{term.rstrip()}\n")
            with self.indentation(), self.indentation():
                self.write_text(says)

    def write_lines(self, lines: Sequence[str]) -> None:
        """Commands as they are typed: never broken, so that they can be copied."""
        self.write("".join(f"{'':>{self.current_indent}}{line}\n" for line in lines))


def sections(command: Any, ctx: Any) -> list[tuple[str, Rows]]:
    """The arguments and options of a command under their headings, in order.

    Options that commands share stand under the heading of their group, if there are two of them at least.
    """
    from tipreport.cli.grammar import FILTERS, GENERAL, INPUTS, OUTPUT

    shared = {field: group.title for group in (FILTERS, OUTPUT, INPUTS, GENERAL) for field in group.options}
    found: dict[str, Rows] = {title: [] for title in ("Arguments", "Options", *shared.values())}
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is None:
            continue
        title = "Arguments" if parameter.param_type_name == "argument" else shared.get(parameter.name, "Options")
        found[GENERAL.title if parameter.name == "help" else title].append(record)
    for title, rows in list(found.items()):
        if title not in {"Arguments", "Options"} and len(rows) < 2:
            found["Options"] += found.pop(title)
    return [(title, rows) for title, rows in found.items() if rows]


class _Page:
    """The parts that the pages of commands and of groups have in common."""

    epilog: str | None

    def get_help(self: Any, ctx: Any) -> str:
        """The page as text."""
        formatter = Formatter()
        self.format_help(ctx, formatter)
        return str(formatter.getvalue().rstrip("\n"))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """What is said at the end, and the examples."""
        end = told(self.epilog)
        formatter.write_paragraph()
        with formatter.indentation():
            for text in filter(None, (end.text, f"Exit status: {end.status}.")):
                formatter.write_text(text)
        if end.examples:
            with formatter.section("Examples"):
                formatter.write_lines(end.examples)


class Page(_Page, TyperCommand):
    """A command with its help page."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments and options, group by group."""
        for title, rows in sections(self, ctx):
            with formatter.section(title):
                formatter.write_dl(rows)


class Pages(_Page, TyperGroup):
    """A group of commands with its help page: the commands first."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The commands, then the options of the group itself."""
        self.format_commands(ctx, formatter)
        for title, rows in sections(self, ctx):
            with formatter.section(title):
                formatter.write_dl(rows)
