"""``tipreport check``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import GENERAL, INPUTS, OUTPUT, General, Index, Inputs, Output, Paths, grammar

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog="Formats: text, json, jsonl, csv, sarif, github, docx (Word comments). Exit status: 0 nothing found, 1 findings, 2 trouble. "
    "Examples: tipreport check draft.txt | tipreport check drafts/ --ignore style | tipreport check draft.txt --fix -o fixed.txt | "
    "tipreport check draft.txt -o comments.docx | tipreport check --explain heading/gap"
)
@grammar(OUTPUT, INPUTS, GENERAL)
def check(
    *,
    paths: Paths = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", help="Only rules whose codes begin so: heading, style/ize, all. Commas part several.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="No rules whose codes begin so; the longer beginning wins.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Write the text with the safe fixes to -o; what is left is told.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print the safe fixes as a patch.")] = False,
    explain: Annotated[str | None, typer.Option("--explain", metavar="CODE", help="Print the page of a rule and stop.")] = None,
    list_rules: Annotated[bool, typer.Option("--list", help="List the rules that would run and stop.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="Findings at most; 0 gives all.")] = None,
    index: Index = None,
    output: Output,
    inputs: Inputs,
    general: General,
) -> None:
    """Find what an editor would mark before a report is issued: numbering, names, agreement, style."""
    from tipreport.cli import checking

    checking.run(
        checking.Asked(
            paths=tuple(paths or ()), select=None if select is None else tuple(select), ignore=None if ignore is None else tuple(ignore),
            fix=fix, diff=diff, explain=explain, list_rules=list_rules, limit=limit, index_file=index, output=output, inputs=inputs,
            general=general,
        )
    )  # fmt: skip
