"""``tipreport index``: add, update, remove, list, status, verify, rebuild."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import GENERAL, INPUTS, OUTPUT, General, Index, Inputs, Output, grammar
from tipreport.cli.help import Pages

app = typer.Typer(
    cls=Pages,
    help="Keep reports in an index: one SQLite file that search, who and other commands read, and sqlite3 and Datasette open.",
    epilog="Examples: tipreport index add reports/ | tipreport index update | tipreport index status",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    context_settings=CONTEXT,
)


@app.command(
    short_help="Bring files and folders into the index.",
    epilog="Examples: tipreport index add reports/ | tipreport index add draft.txt --symbol CTOC/COP/WG.4/2021/L.1 --index my.db",
)
@grammar(INPUTS, GENERAL)
def add(
    *,
    paths: Annotated[list[str], typer.Argument(help="Files and folders; a folder is looked through again by 'index update'.")],
    index: Index = None,
    inputs: Inputs,
    general: General,
) -> None:
    """Bring files and folders into the index: new and changed ones are parsed, files that are gone leave."""
    from tipreport.cli import indexing

    indexing.add(tuple(paths), index, inputs, general)


@app.command(short_help="Parse what changed since, and drop what is gone.", epilog="Example: tipreport index update")
@grammar(GENERAL)
def update(*, index: Index = None, general: General) -> None:
    """Look through everything that was added: what changed is parsed, what is gone leaves."""
    from tipreport.cli import indexing

    indexing.update(index, general)


@app.command(
    short_help="Take files, folders or reports out; the files themselves stay.",
    epilog="Examples: tipreport index remove reports/old/ | tipreport index remove CTOC/COP/WG.4/2020/4",
)
@grammar(GENERAL)
def remove(
    *,
    names: Annotated[list[str], typer.Argument(help="Files, folders or reports (symbol or name).")],
    index: Index = None,
    general: General,
) -> None:
    """Take files, folders or reports out of the index; the files themselves stay."""
    from tipreport.cli import indexing

    indexing.remove(tuple(names), index, general)


@app.command(
    "list", short_help="The reports of the index, the newest first.", epilog="Examples: tipreport index list | tipreport index list --csv"
)
@grammar(OUTPUT, GENERAL)
def list_(*, index: Index = None, output: Output, general: General) -> None:
    """The reports of the index, the newest first."""
    from tipreport.cli import indexing

    indexing.list_reports(index, output, general)


@app.command(short_help="How much the index holds, and what changed on disk since.", epilog="Example: tipreport index status --json")
@grammar(OUTPUT, GENERAL)
def status(*, index: Index = None, output: Output, general: General) -> None:
    """How much the index holds, and what changed on disk since."""
    from tipreport.cli import indexing

    indexing.status(index, output, general)


@app.command(short_help="Check the file, its full-text table and every row.", epilog="Example: tipreport index verify")
@grammar(GENERAL)
def verify(*, index: Index = None, general: General) -> None:
    """Check the file, its full-text table and every row; exit with 1 when something is wrong."""
    from tipreport.cli import indexing

    indexing.verify_index(index, general)


@app.command(short_help="Make the index anew; the old one stays until it is whole.", epilog="Example: tipreport index rebuild")
@grammar(GENERAL)
def rebuild(*, index: Index = None, general: General) -> None:
    """Make the index anew from the files and folders that were added; the old one stays until the new one is whole."""
    from tipreport.cli import indexing

    indexing.rebuild(index, general)
