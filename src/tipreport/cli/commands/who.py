"""``tipreport who``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import FILTERS, GENERAL, INPUTS, OUTPUT, General, Index, Inputs, Output, Paths, grammar
from tipreport.search.request import Filters

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog="Examples: tipreport who report.txt | tipreport who --state Paraguay --item 3 | tipreport who --body trafficking --balance --csv | "
    "tipreport who report.txt --silent"
)
@grammar(FILTERS, OUTPUT, INPUTS, GENERAL)
def who(
    *,
    paths: Paths = None,
    role: Annotated[list[str] | None, typer.Option("--role", help="Only this role: spoke, panellist, attended or proposed.")] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only state, group, organization or person.")] = None,
    balance: Annotated[bool, typer.Option("--balance", help="Entries by year, role and regional group.")] = False,
    silent: Annotated[bool, typer.Option("--silent", help="States without a recorded statement or panellist.")] = False,
    multiple: Annotated[bool, typer.Option("--multiple", help="Who spoke twice in a report, or spoke and sat on the panel.")] = False,
    total: Annotated[bool, typer.Option("--total", help="One row a participant, over all reports.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="Rows at most; 0 gives all.")] = None,
    index: Index = None,
    filters: Filters,
    output: Output,
    inputs: Inputs,
    general: General,
) -> None:
    """Who took part: States, groups and organizations by meeting and capacity; with --state one State's whole record."""
    from tipreport.cli import who as command

    command.run(
        command.Asked(
            paths=tuple(paths or ()), roles=tuple(role or ()), kinds=tuple(kind or ()), balance=balance, silent=silent, multiple=multiple, total=total, limit=limit,
            index_file=index, filters=filters, output=output, inputs=inputs, general=general,
        )
    )  # fmt: skip
