"""``tipreport diff``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import GENERAL, INPUTS, OUTPUT, General, Index, Inputs, Output, grammar

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog="Formats: text, json, jsonl, csv, html, markdown, docx (tracked changes). Exit status: 0 the same, 1 different, 2 trouble. "
    "Examples: tipreport diff draft.txt final.txt | tipreport diff drafts/ final.txt --what recommendations --events strength | "
    "tipreport diff draft.txt final.txt -o changes.docx"
)
@grammar(OUTPUT, INPUTS, GENERAL)
def diff(
    *,
    left: Annotated[str, typer.Argument(help="The earlier report: a file, saved JSON, '-', a report of the index, or a folder of parts.")],
    right: Annotated[str, typer.Argument(help="The later report, in any of these forms.")],
    what: Annotated[
        str | None,
        typer.Option(
            "--what",
            help="Kinds: masthead, headings, recommendations, points, paragraphs, footnotes, blocks, panellists, participants or all.",
        ),
    ] = None,
    fate: Annotated[
        str | None,
        typer.Option("--fate", help="Only these: renumbered, moved, editorial, reworded, merged, split, added, dropped, unchanged or all."),
    ] = None,
    events: Annotated[
        str | None,
        typer.Option(
            "--events", help="Only changes with these events, and only these of them: strength, hedge, addressee, state, voice, ..."
        ),
    ] = None,
    ids: Annotated[list[str] | None, typer.Option("--id", help="Only what became of this unit of either side: rec-2, para-4.")] = None,
    stat: Annotated[bool, typer.Option("--stat", help="Counts only.")] = False,
    cite: Annotated[bool, typer.Option("--cite", help="Print pinpoint cites only.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="Changes at most; 0 gives all.")] = None,
    sort: Annotated[str | None, typer.Option("--sort", help="place (order of the later report) or score (least alike first).")] = None,
    columns: Annotated[
        bool | None,
        typer.Option(
            "--side-by-side/--inline", help="Left beside right; the usual way where the terminal is 150 wide.", show_default=False
        ),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Show unchanged stretches whole.")] = False,
    label: Annotated[list[str] | None, typer.Option("--label", help="What to call the left, and given again the right.")] = None,
    index: Index = None,
    output: Output,
    inputs: Inputs,
    general: General,
) -> None:
    """What became of every recommendation, paragraph and heading of a report, and did it get weaker."""
    from tipreport.cli import diffing

    diffing.run(
        diffing.Asked(
            left=left, right=right, what=what, fate=fate, events=events, ids=tuple(ids or ()), stat=stat, cite=cite, limit=limit, sort=sort,
            columns=columns, full=full, labels=tuple(label or ()), index_file=index, output=output, inputs=inputs, general=general,
        )
    )  # fmt: skip
