"""The options that several commands share, written once: ``@grammar(GROUP, ...)`` gives a command their values.

A group of options reaches the command as one named tuple under the group's name.
"""

from __future__ import annotations

import inspect
from typing import Annotated, Any, NamedTuple

import typer

from tipreport.search.request import Filters, encodable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class General(NamedTuple):
    """How a command talks."""

    config: str | None = None
    color: str | None = None
    quiet: bool = False
    verbose: bool = False
    jobs: int | None = None


class Inputs(NamedTuple):
    """How inputs are read."""

    profile: str | None = None
    encoding: str | None = None
    symbol: str | None = None
    stdin_name: str = "<stdin>"


class Output(NamedTuple):
    """Where output goes and in which form."""

    to: str | None = None
    output: str | None = None
    as_json: bool = False
    as_jsonl: bool = False
    as_csv: bool = False

    @property
    def shorthand(self) -> tuple[str, ...]:
        """The formats that were given as options of their own."""
        return tuple(name for name, on in (("json", self.as_json), ("jsonl", self.as_jsonl), ("csv", self.as_csv)) if on)


class Group(NamedTuple):
    """Options that belong together.

    Args:
        title: their heading in the help page.
        name: the argument under which the command takes them.
        make: the named tuple of their values.
        options: field -> its annotation for typer.
    """

    title: str
    name: str
    make: Any
    options: dict[str, Any]


def _text(*names: str, help: str, **more: Any) -> Any:  # noqa: A002
    return Annotated[str | None, typer.Option(*names, help=help, **more)]


def _texts(*names: str, help: str) -> Any:  # noqa: A002
    return Annotated[list[str] | None, typer.Option(*names, help=help)]


def _flag(*names: str, help: str) -> Any:  # noqa: A002
    return Annotated[bool, typer.Option(*names, help=help)]


GENERAL = Group("General", "general", General, {
    "config": _text("--config", help="Read this configuration file too.", envvar="TIPREPORT_CONFIG"),
    "color": _text("--color", help="auto, always or never; NO_COLOR and FORCE_COLOR are heeded.", envvar="TIPREPORT_COLOR"),
    "quiet": _flag("--quiet", "-q", help="No remarks on standard error."),
    "verbose": _flag("--verbose", "-v", help="Say what is done on standard error."),
    "jobs": Annotated[
        int | None, typer.Option("--jobs", "-j", min=0, envvar="TIPREPORT_JOBS", help="Processes for many files; 0 takes all cores.")
    ],
})  # fmt: skip

INPUTS = Group("Input", "inputs", Inputs, {
    "profile": _text("--profile", help="The family of report; told by the masthead if left out.", envvar="TIPREPORT_PROFILE"),
    "encoding": _text("--encoding", help="Encoding of the input; told by its bytes if left out.", envvar="TIPREPORT_ENCODING"),
    "symbol": _text("--symbol", help="The symbol of a document that prints none."),
    "stdin_name": Annotated[str, typer.Option("--stdin-name", help="What messages call standard input.")],
})  # fmt: skip

OUTPUT = Group("Output", "output", Output, {
    "to": _text("--to", "-t", help="Format: text, json, jsonl, csv, and those that are named at the end of this help."),
    "output": _text("--output", "-o", help="Write to this file (atomically); its suffix chooses the format."),
    "as_json": _flag("--json", help="Short for --to json."),
    "as_jsonl": _flag("--jsonl", help="Short for --to jsonl: one record a line."),
    "as_csv": _flag("--csv", help="Short for --to csv."),
})  # fmt: skip

FILTERS = Group("Filters", "filters", Filters, {
    "body": _texts("--body", help="Of this body: a part of its name, its acronym, or the beginning of a symbol."),
    "year": _text("--year", help="Of this year or range: 2019, 2015..2020, 2015.., ..2020."),
    "new_since": _text("--new-since", help="Of reports dated that day or later: 2019, 2019-09 or 2019-09-10."),
    "report": _texts("--report", help="In this report: symbol, name or file name."),
    "status": _texts("--status", help="In reports that are draft or final."),
    "section": _texts("--section", help="In this section and those below it: its label (II, II.A) or words of its title."),
    "item": _texts("--item", help="Under this agenda item."),
    "state": _texts("--state", help="That name this State, or are by it: name or code."),
    "group": _texts("--group", help="That name this group of States, or are on its behalf: name or acronym."),
    "organization": _texts("--organization", help="That name this organization, or are by it: name or acronym."),
    "panellist": _texts("--panellist", help="Of a panellist, or naming one: a part of the name."),
    "capacity": _texts("--capacity", help="Lists of this capacity: party, observer, igo, ngo, ..."),
    "addressee": _texts("--addressee", help="Recommendations to this addressee: States parties, UNODC, Working Group, ..."),
    "modality": _texts("--modality", help="Recommendations of this modality: should, should consider, may wish to, ..."),
    "strength": _text("--strength", help="Recommendations of this strength, 0 to 10: 6, 7.., ..3, 3..6."),
    "voice": _texts("--voice", help="Views by such voices: several, one, chair, ..., or a range of ranks: several.., ..some."),
    "topic": _texts("--topic", help="On this topic, such as non-punishment."),
    "ids": _texts("--id", help="The object of this id: rec-51, para-4.a, SYMBOL#rec-2."),
})  # fmt: skip

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files, folders, saved JSON, '-' for standard input, or reports of the index by symbol or name.", show_default=False
    ),
]
Index = Annotated[
    str | None, typer.Option("--index", envvar="TIPREPORT_INDEX", help="The index file; in your data folder if left out.", metavar="FILE")
]


def grammar(*groups: Group) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of groups beside its own; lists reach it as tuples."""

    def dress(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True).parameters
        taken = {group.name for group in groups}

        def called(**values: Any) -> None:
            for group in groups:
                values[group.name] = group.make(
                    **{field: _kept(values.pop(field), group.make._field_defaults[field]) for field in group.options}
                )
            command(**values)

        parameters = [one for name, one in own.items() if name not in taken]
        for group in groups:
            for field, annotation in group.options.items():
                default = group.make._field_defaults[field]
                default = None if default == () else default
                parameters.append(inspect.Parameter(field, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation))
        called.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters]
        )
        called.__annotations__ = {one.name: one.annotation for one in parameters}
        called.__doc__, called.__name__ = command.__doc__, command.__name__
        return called

    return dress


def _kept(value: Any, default: Any) -> Any:
    return default if value is None else tuple(map(encodable, value)) if isinstance(value, list) else value
