"""What ``tipreport search`` does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import typer

from tipreport.cli import hits as shown
from tipreport.cli import output as out
from tipreport.cli.corpus import Corpus, opened
from tipreport.cli.grammar import General, Inputs, Output
from tipreport.cli.run import note
from tipreport.cli.settings import settled
from tipreport.errors import TipreportError, UnknownNameError
from tipreport.index.schema import NUMBERS
from tipreport.index.store import told
from tipreport.kinds import kinds
from tipreport.search.engine import Answer, elsewhere, search
from tipreport.search.filters import Compiled
from tipreport.search.groups import DIMENSIONS, grouped, searched
from tipreport.search.hits import hits
from tipreport.search.request import SORTS, USUAL, Filters, Request, encodable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_USUAL_LIMIT = 20
_ON_A_TIMELINE = (*USUAL, "sections", "agenda")


class Asked(NamedTuple):
    """The command as given."""

    query: str | None
    paths: tuple[str, ...]
    expression: str | None
    what: str | None
    like: str | None
    semantic: bool
    sort: str | None
    limit: int | None
    stem: bool
    counted: bool
    files: bool
    cite: bool
    vimgrep: bool
    context: int
    group_by: str | None
    timeline: bool
    facets: bool
    index_file: str | None
    filters: Filters
    output: Output
    inputs: Inputs
    general: General


def run(asked: Asked) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    asked = _told_apart(asked)
    form = _form(asked)
    settings = settled(asked.inputs, asked.general)
    colour = out.wants_colour(settings.color) and asked.output.output in (None, "-")
    corpus = opened(asked.paths, asked.index_file, asked.inputs, asked.general, settings, asked.output.output)
    with told(corpus.path):
        answers = _like if asked.like is not None else _search
        found = answers(asked, corpus, form, colour=colour)
    if corpus.failed:
        raise typer.Exit(2)
    if not found:
        raise typer.Exit(1)


def _told_apart(asked: Asked) -> Asked:
    """The query and the paths: with a filter, --what or --like the query may be left out, and a first path is one if it is there."""
    first = asked.query
    free = asked.filters.given or asked.what is not None or asked.like is not None
    if first is not None and (asked.expression is not None or asked.like is not None or (free and (first == "-" or os.path.exists(first)))):
        asked = asked._replace(query=None, paths=(first, *asked.paths))
    if asked.expression is not None:
        asked = asked._replace(query=asked.expression)
    asked = asked._replace(query=asked.query and encodable(asked.query), like=asked.like and encodable(asked.like))
    if asked.semantic and asked.like is None:
        raise TipreportError("--semantic belongs to --like", "write --like TEXT --semantic")
    if asked.query is None and not free:
        raise TipreportError(
            "nothing to search for", "give a query, a filter such as --topic, or --what; 'tipreport search --help' says more"
        )
    return asked


def _form(asked: Asked) -> str:
    """The one form of the answer."""
    wanted = [name for name in ("files", "cite", "vimgrep", "timeline", "facets") if getattr(asked, name)]
    wanted += ["count"] if asked.counted else []
    wanted += ["group_by"] if asked.group_by is not None else []
    lines = [name for name in wanted if name in {"count", "files", "cite", "vimgrep"}]
    grouping = [name for name in wanted if name not in lines]
    if len(lines) > 1 or len(grouping) > 1 or (lines and grouping and lines != ["count"]):
        options = " and ".join(f"--{name.replace('_', '-')}" for name in wanted)
        raise TipreportError(f"one of {options} at a time")
    chosen = out.chosen(asked.output)
    if lines and chosen != "text" and not grouping:
        raise TipreportError(
            f"--{lines[0]} prints lines of text; it has no form {chosen}", "leave it out: every record holds what it prints"
        )
    if asked.sort is not None and asked.sort not in SORTS:
        raise UnknownNameError("order", asked.sort, SORTS)
    if asked.group_by is not None and asked.group_by not in DIMENSIONS:
        raise UnknownNameError("dimension", asked.group_by, DIMENSIONS)
    return (grouping or lines or [chosen])[0]


def _limit(asked: Asked, form: str) -> int | None:
    if form in {"count", "timeline", "facets", "group_by"}:
        return 0 if form == "count" else None
    if asked.limit is None:
        return _USUAL_LIMIT if form == "text" else None
    return asked.limit or None


def _request(asked: Asked, corpus: Corpus, form: str) -> Request:
    filters = corpus.within(asked.filters)
    named: tuple[str, ...] = _ON_A_TIMELINE if asked.timeline else USUAL
    if asked.what is not None:
        named = kinds(asked.what, tuple(NUMBERS)) or tuple(NUMBERS)
    return Request(query=asked.query, filters=filters, kinds=named, sort=asked.sort or "rank", limit=_limit(asked, form), stem=asked.stem)


def _search(asked: Asked, corpus: Corpus, form: str, *, colour: bool) -> bool:
    """Search and show; whether anything was found."""
    connection = corpus.connection
    request = _request(asked, corpus, form)
    answer = search(connection, request)
    if answer.plan and not asked.general.quiet:
        for word, others in answer.plan.expanded.items():
            note(f"{word}: also {', '.join(others[:12])}{f' and {len(others) - 12} more' if len(others) > 12 else ''}")
    if form in {"timeline", "facets", "group_by"}:
        shown.groups(list(_groups(asked, corpus, request, answer, form)), asked, form, answer)
    elif form == "count":
        out.put(f"{answer.total}\n", asked.output.output)
    else:
        records = hits(connection, answer, context=asked.context, topics=answer.topics)
        summary = _summary(asked, corpus, answer) if form in {"json", "jsonl"} else None
        shown.hits(records, summary, asked.output, form, colour=colour, mixed=len(request.kinds) > 1)
    _remark(asked, corpus, request, answer, form)
    return bool(answer.total)


def _groups(asked: Asked, corpus: Corpus, request: Request, answer: Answer, form: str) -> Iterator[Any]:
    """The groups; those of years and bodies say what other kinds hold there."""
    ids = [ident for ident, _ in answer.found]
    dimensions = DIMENSIONS if form == "facets" else ("year",) if form == "timeline" else (asked.group_by or "",)
    for by in dimensions:
        groups = grouped(corpus.connection, ids, by, answer.scope)
        others: dict[Any, dict[str, int]] = {}
        rest = tuple(kind for kind in USUAL if kind not in request.kinds)
        if (form == "group_by" or (form == "timeline" and asked.what is not None)) and by in {"year", "body"} and rest:
            other = search(corpus.connection, request._replace(kinds=rest, limit=None))
            others = {
                group.value: group.kinds for group in grouped(corpus.connection, [ident for ident, _ in other.found], by, answer.scope)
            }
        for group in groups:
            records = []
            if form != "facets" and not asked.counted:
                ids_shown = sorted(group.ids) if form == "timeline" else group.ids
                most = ids_shown[: asked.limit] if asked.limit else ids_shown
                part = answer._replace(found=[(ident, None) for ident in most])
                records = list(hits(corpus.connection, part, topics=answer.topics))
            yield group, others.get(group.value, {}), records


def _summary(asked: Asked, corpus: Corpus, answer: Answer) -> dict[str, Any]:
    expanded = answer.plan.expanded if answer.plan else {}
    return {
        "type": "summary", "query": asked.query, "expanded": expanded, "hits": answer.total,
        "kinds": {kind: count for kind, count in answer.totals.items() if count}, "searched": searched(corpus.connection, answer.scope),
    }  # fmt: skip


def _remark(asked: Asked, corpus: Corpus, request: Request, answer: Answer, form: str) -> None:
    """What a reader wants to know besides: how many more there are, or what lies elsewhere."""
    if asked.general.quiet or form in {"count", "facets"}:
        return
    if answer.unranked:
        note("too many answers to rank: the newest stand first; add a word or a filter")
    if answer.total > len(answer.found):
        note(f"{len(answer.found)} of {answer.total:,} answers; --limit 0 shows all")
    if answer.total:
        return
    among = " or ".join(request.kinds) if len(request.kinds) < 4 else "these kinds"
    others = elsewhere(corpus.connection, request)
    note(f"nothing found among {among}" + (f"; elsewhere: {shown.enumerated(others)} (--what {','.join(others)})" if others else ""))
    if request.filters.addressee and not others:
        _by_name(corpus, request)
    if request.query is not None and request.filters.given and not others:
        without = search(corpus.connection, request._replace(filters=Filters(report=request.filters.report), limit=0)).total
        if without:
            note(f"without the filters: {without:,}")


def _by_name(corpus: Corpus, request: Request) -> None:
    """Recommendations that do not address somebody but name it."""
    for name in request.filters.addressee:
        filters = request.filters._replace(addressee=(), organization=(name,))
        try:
            count = search(corpus.connection, request._replace(filters=filters, kinds=("recommendations",), limit=0)).total
        except UnknownNameError:
            continue
        if count:
            note(
                f"not addressed to {name}, but naming it: {shown.enumerated({'recommendations': count})} (--organization {name!r} --what recommendations)"
            )


def _like(asked: Asked, corpus: Corpus, form: str, *, colour: bool) -> bool:
    """Find what is like a text."""
    assert asked.like is not None
    if form in {"timeline", "facets", "group_by"}:
        raise TipreportError(f"--like cannot be combined with --{form.replace('_', '-')}")
    request = _request(asked._replace(query=None), corpus, form)._replace(limit=asked.limit or (None if asked.limit == 0 else 10))
    if asked.semantic:
        from tipreport.search import semantic

        records = semantic.like(corpus.connection, asked.like, request, None if corpus.given else corpus.path)
    else:
        from tipreport.search.like import like

        records = like(corpus.connection, asked.like, request)
    if form == "count":
        out.put(f"{len(records)}\n", asked.output.output)
        return bool(records)
    summary = {
        "type": "summary",
        "query": asked.like,
        "expanded": {},
        "hits": len(records),
        "searched": searched(corpus.connection, Compiled(corpus.connection, request.filters).reports),
    }
    shown.hits(iter(records), summary if form in {"json", "jsonl"} else None, asked.output, form, colour=colour)
    if not records and not asked.general.quiet:
        note("nothing is like it")
    return bool(records)
