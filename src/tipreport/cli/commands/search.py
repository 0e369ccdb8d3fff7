"""``tipreport search``."""

from __future__ import annotations

from typing import Annotated

import typer

from tipreport.cli.app import CONTEXT
from tipreport.cli.grammar import FILTERS, GENERAL, INPUTS, OUTPUT, General, Index, Inputs, Output, grammar
from tipreport.search.request import Filters

app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)


@app.command(
    epilog='Queries: victim train*, "joint investigation", trafficking AND (organ OR labour) NOT climate, NEAR(victim support, 5), /traumat\\w+/. '
    "Examples: tipreport search 'non-punishment' | tipreport search --topic non-punishment --what recommendations --group-by year | "
    "tipreport search --what panellists report.txt"
)
@grammar(FILTERS, OUTPUT, INPUTS, GENERAL)
def search(
    *,
    query: Annotated[
        str | None, typer.Argument(help='Words, "phrases", AND OR NOT, NEAR(a b, 5), prefix*, /pattern/.', show_default=False)
    ] = None,
    paths: Annotated[
        list[str] | None, typer.Argument(help="Search these files, folders or reports instead of the whole index.", show_default=False)
    ] = None,
    expression: Annotated[
        str | None, typer.Option("--query", "-e", help="The query, where it could be taken for a path or an option.")
    ] = None,
    what: Annotated[
        str | None,
        typer.Option("--what", help="Kinds to search: recommendations,paragraphs (usual), panellists, statements, voices, ... or all."),
    ] = None,
    like: Annotated[str | None, typer.Option("--like", help="Find what is like this text, or like SYMBOL#rec-2.")] = None,
    semantic: Annotated[
        bool, typer.Option("--semantic", help="With --like: by meaning instead of words; needs the extra tipreport[semantic].")
    ] = False,
    sort: Annotated[str | None, typer.Option("--sort", help="rank (best first) or date (newest first).")] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, help="Answers at most; 0 gives all. Readable text stops after 20 if left out.")
    ] = None,
    stem: Annotated[bool, typer.Option("--stem", help="Take all words of one stem (Porter): wider, and often wrong.")] = False,
    count: Annotated[bool, typer.Option("--count", help="Print the number of answers only.")] = False,
    files: Annotated[bool, typer.Option("--files", help="Print the files that hold answers only.")] = False,
    cite: Annotated[bool, typer.Option("--cite", help="Print pinpoint cites only.")] = False,
    vimgrep: Annotated[bool, typer.Option("--vimgrep", help="Print path:line:column:text, one line a place found.")] = False,
    context: Annotated[int, typer.Option("--context", "-C", min=0, help="So many neighbours before and behind each answer.")] = 0,
    group_by: Annotated[str | None, typer.Option("--group-by", help="year, body, state, addressee, topic or modality.")] = None,
    timeline: Annotated[bool, typer.Option("--timeline", help="Answers by year, as bars.")] = False,
    facets: Annotated[bool, typer.Option("--facets", help="Count the answers by all dimensions.")] = False,
    index: Index = None,
    filters: Filters,
    output: Output,
    inputs: Inputs,
    general: General,
) -> None:
    """Search recommendations, paragraphs and all other objects, in the index or in files given on the spot."""
    from tipreport.cli import searching

    searching.run(
        searching.Asked(
            query=query, paths=tuple(paths or ()), expression=expression, what=what, like=like, semantic=semantic, sort=sort, limit=limit, stem=stem, counted=count,
            files=files, cite=cite, vimgrep=vimgrep, context=context, group_by=group_by, timeline=timeline, facets=facets, index_file=index,
            filters=filters, output=output, inputs=inputs, general=general,
        )
    )  # fmt: skip
