"""``tipreport eval``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import GENERAL, INPUTS, OUTPUT, General, Inputs, Output, grammar

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog="Exit status: 0 well, 1 a kind is below --least, 2 trouble. Examples: tipreport eval --gold gold/ --reports reports/ --misses | "
    "tipreport eval --make report.txt -o gold/report.json"
)
@grammar(OUTPUT, INPUTS, GENERAL)
def eval_(
    *,
    paths: Annotated[list[str] | None, typer.Argument(help="With --make: the reports.", show_default=False)] = None,
    gold: Annotated[str | None, typer.Option("--gold", help="The folder of gold files, or one of them.")] = None,
    reports: Annotated[
        str | None, typer.Option("--reports", help="The folder of the reports; that of the gold files if left out.", show_default=False)
    ] = None,
    what: Annotated[str | None, typer.Option("--what", help="Only these kinds: recommendations,points,statements, ...")] = None,
    report: Annotated[list[str] | None, typer.Option("--report", help="Only this report: the name of its gold file or of its own.")] = None,
    each: Annotated[bool, typer.Option("--each", help="The figures of each report too.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed and what is too much.")] = False,
    least: Annotated[
        float | None, typer.Option("--least", min=0.0, max=1.0, help="Exit status 1 where the F1 of a kind is lower.", show_default=False)
    ] = None,
    make: Annotated[bool, typer.Option("--make", help="Make a gold file of each of the PATHS, for a person to check.")] = False,
    output: Output,
    inputs: Inputs,
    general: General,
) -> None:
    """Precision, recall and F1 of every kind against hand-checked facts (gold), with the misses."""
    from tipreport.cli import evaluating

    evaluating.run(
        evaluating.Asked(
            paths=tuple(paths or ()), gold=gold, reports=reports, what=what, report=tuple(report or ()), each=each, misses=misses, least=least,
            make=make, output=output, inputs=inputs, general=general,
        )
    )  # fmt: skip
