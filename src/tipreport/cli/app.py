"""The command line: one file a command under ``commands``, imported when it runs; one grammar for all of them."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

# In the order of the help page.
COMMANDS = {
    "parse": "Parse reports and show what is in them.",
    "index": "Keep reports in an index: add, update, remove, list, status, verify, rebuild.",
    "search": "Search recommendations, paragraphs and all other objects.",
    "who": "Who took part: States, groups and organizations by meeting and capacity.",
    "stats": "Counts by year, body, addressee, strength, topic, regional group: tables, bars, plots.",
    "diff": "What became of every recommendation, paragraph and heading, and did it get weaker.",
    "trace": "One recommendation through many reports in time; --promises: topics set for later meetings.",
    "compile": "The index of recommendations by topic, and their compilation by year or body.",
    "check": "Find what an editor would mark before a report is issued: numbering, names, agreement, style.",
    "export": "Write reports or tables: csv, xlsx, parquet, sqlite, docx, html, site, akn, bibtex, marc, ...",
    "verify": "Is a quotation exact, altered, out of context or absent; --at: what stands at a cite.",
    "eval": "Precision, recall and F1 against hand-checked facts, kind by kind.",
    "schema": "Print the JSON Schema of a report, or of the records of diff and trace.",
}
CONTEXT = {"help_option_names": ["-h", "--help"]}


class Commands(TyperGroup):
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
        command = get_command(import_module(f"tipreport.cli.commands.{cmd_name}").app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The list of the help page, without importing a command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(
    name="tipreport",
    cls=Commands,
    help="Turn the text of United Nations meeting reports into typed objects, each with its exact place.",
    epilog="Exit status: 0 well; 1 the answer is no; 2 trouble. Examples: tipreport parse report.txt | tipreport index add reports/ | tipreport search 'non-punishment'",
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
