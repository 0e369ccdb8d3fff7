"""The command line: one file a command under ``commands``, imported when it runs; one grammar for all of them."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_command

from tipreport.cli.help import Page, Pages

# In the order of the help page, each in one line of 80 columns.
GROUPS = {
    "Read": {
        "parse": "Parse reports and show what is in them.",
        "index": "Keep reports in an index: add, update, list, status, verify, ...",
    },
    "Find and count": {
        "search": "Search recommendations, paragraphs and all other objects.",
        "who": "Who took part: States, groups, organizations, by meeting.",
        "stats": "Counts by year, body, addressee, strength, topic; plots.",
    },
    "Compare": {
        "diff": "What became of every recommendation, and did it get weaker.",
        "trace": "One recommendation through the years; promises kept or not.",
    },
    "Trust": {
        "check": "Find what an editor would mark before a report is issued.",
        "verify": "Is a quotation exact, altered, out of context or absent.",
        "eval": "Precision, recall and F1 against hand-checked facts.",
    },
    "Write": {
        "compile": "The index of recommendations by topic; their texts by year.",
        "export": "Tables, documents, pages, sites, citations, Akoma Ntoso.",
        "schema": "The JSON Schema of a report, or of another command's records.",
    },
}
COMMANDS = {name: says for group in GROUPS.values() for name, says in group.items()}
CONTEXT = {"help_option_names": ["-h", "--help"]}


class Commands(Pages):
    """The commands by name; a start imports the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            from difflib import get_close_matches

            close = get_close_matches(cmd_name, COMMANDS, cutoff=0.5)
            if close:
                ctx.fail(f"No such command {cmd_name!r}. Did you mean {' or '.join(map(repr, close))}?")
            return None
        application = import_module(f"tipreport.cli.commands.{cmd_name}").app
        for one in application.registered_commands:
            one.cls = Page
        command = get_command(application)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The list of the help page, without importing a command."""
        width = max(map(len, COMMANDS))
        for title, commands in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), says) for name, says in commands.items()])


app = typer.Typer(
    name="tipreport",
    cls=Commands,
    help="Turn the text of United Nations meeting reports into typed objects, each with its exact place.",
    epilog="'tipreport COMMAND --help' tells more of a command. Examples: tipreport parse report.txt | tipreport index add reports/ | "
    "tipreport search 'non-punishment'",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
)


def _version(wanted: bool) -> None:
    if wanted:
        from tipreport import __version__

        typer.echo(f"tipreport {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version and stop.", callback=_version, is_eager=True)] = False,
) -> None:
    """Turn the text of United Nations meeting reports into typed objects, each with its exact place."""
