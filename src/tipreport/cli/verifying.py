"""What ``tipreport verify`` does."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from tipreport import registry
from tipreport.cli import output as out
from tipreport.cli import sources
from tipreport.cli.corpus import Corpus, opened
from tipreport.cli.grammar import General, Inputs, Output
from tipreport.cli.hits import path_of
from tipreport.cli.records import formed
from tipreport.cli.run import note, say
from tipreport.cli.settings import Settings, settled
from tipreport.errors import TipreportError
from tipreport.index.store import NAMED, named, told
from tipreport.inputs import contents, decode, printable
from tipreport.quotation import record
from tipreport.quotation.article import marked, quotations, unclosed
from tipreport.quotation.check import EXACT, STATUSES, check
from tipreport.quotation.cited import cited
from tipreport.quotation.passages import Passages
from tipreport.quotation.quoted import bare
from tipreport.search.request import encodable
from tipreport.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.spans import Source

Record = dict[str, Any]

_COLOURS = {"exact": "\x1b[32m", "out_of_context": "\x1b[33m", "altered": "\x1b[31m", "absent": "\x1b[31;1m"}
_OFF = "\x1b[0m"
_LONGEST = 100_000  # characters of a quotation
_SHOWN = 120  # characters of a quotation that are shown
_CITED = ("report", "id", "kind", "cite", "date", "path", "line", "page", "text")


class Asked(NamedTuple):
    """The command as given."""

    quotation: str | None
    paths: tuple[str, ...]
    expression: str | None
    files: tuple[str, ...]
    at: str | None
    least: int
    limit: int
    cite: bool
    index_file: str | None
    output: Output
    inputs: Inputs
    general: General


class Quote(NamedTuple):
    """A quotation to check, and where it was found."""

    text: str
    around: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None


def run(asked: Asked) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    form = out.chosen(asked.output)
    if asked.cite and form != "text":
        raise TipreportError(f"--cite prints lines of text; it has no form {form}", "leave it out: every record holds its cite")
    if asked.at is not None and (asked.files or asked.expression is not None):
        raise TipreportError("--at prints what stands at a cite; it checks no quotation", "give one of them at a time")
    other = asked.at is not None or asked.files or asked.expression is not None
    paths = (*((asked.quotation,) if other and asked.quotation is not None else ()), *asked.paths)
    settings = settled(asked.inputs, asked.general)
    out.spare(asked.files, asked.output.output)
    quotes, skipped, failed = ([], 0, False) if asked.at is not None else _quotes(asked, settings, paths)
    corpus = opened(paths, asked.index_file, asked.inputs, asked.general, settings, asked.output.output)
    with told(corpus.path):
        only = _numbers(corpus)
        if asked.at is not None:
            good = _print_cited(corpus, asked, asked.at, form, only)
        else:
            good = _print_checked(corpus, asked, quotes, form, settings, only, skipped)
    if failed or corpus.failed:
        raise typer.Exit(2)
    if not good:
        raise typer.Exit(1)


def _numbers(corpus: Corpus) -> list[int] | None:
    """The reports to look in; None for all."""
    if not corpus.reports:
        return None
    sql = f"SELECT id FROM reports WHERE {NAMED}"  # noqa: S608 (a condition of ours)
    return sorted({number for name in corpus.reports for (number,) in corpus.connection.execute(sql, named(name))})


# ------------------------------------------------------------------ what is to be checked
def _quotes(asked: Asked, settings: Settings, paths: tuple[str, ...]) -> tuple[list[Quote], int, bool]:
    """The quotations, how many were left out as too short, and whether a file could not be read."""
    given = asked.expression if asked.expression is not None else None if asked.files else asked.quotation
    if [given, *asked.files, *paths].count("-") > 1:
        raise TipreportError("standard input can be read once only")
    quotes: list[Quote] = []
    failed = False
    if given is not None:
        quotes.append(Quote(_one(given, asked.inputs)))
    elif not asked.files:
        raise TipreportError("no quotation given", "give it in quotation marks, or --file ARTICLE; 'tipreport verify --help' says more")
    skipped = 0
    for path in asked.files:
        try:
            article = _article(path, asked.inputs, settings)
        except TipreportError as error:
            say(str(error), error.hint)
            failed = True
            continue
        found = quotations(article.text)
        kept = [one for one in found if len(one.text.split()) >= asked.least]
        skipped += len(found) - len(kept)
        quotes += [Quote(one.text, one.around, article.name, article.line(one.start), article.column(one.start)) for one in kept]
        for at in unclosed(article.text):
            say(f"{article.name}:{article.line(at)}:{article.column(at)}: a quotation that is not closed; it was not checked", "close it")
            failed = True
        if not found and not asked.general.quiet:
            note(f"{article.name}: no quotation in it")
    if failed and not quotes:
        raise typer.Exit(2)
    return quotes, skipped, failed


def _one(given: str, inputs: Inputs) -> str:
    text = decode(sources.stdin_bytes(inputs.stdin_name), inputs.stdin_name).text if given == "-" else encodable(given)
    if len(text) > _LONGEST:
        raise TipreportError(
            f"the quotation is longer than {_LONGEST:,} characters", "check its parts, or the text that holds it with --file"
        )
    if not any(map(str.isalnum, bare(text))):
        raise TipreportError("the quotation holds no word", "give the words quoted, in quotation marks for the shell")
    return text


def _article(path: str, inputs: Inputs, settings: Settings) -> Source:
    name = inputs.stdin_name if path == "-" else printable(path)
    data = sources.stdin_bytes(name) if path == "-" else contents(path)
    page = registry.load("inputs", "html").claims(data[:4096], name)
    return decode(marked(data) if page else data, name, encoding=settings.encoding)


# ------------------------------------------------------------------ verdicts
def _print_checked(
    corpus: Corpus, asked: Asked, quotes: list[Quote], form: str, settings: Settings, only: list[int] | None, skipped: int
) -> bool:
    """Check and print; gives whether all are exact."""
    passages = Passages(corpus.connection, only)
    recorder = record.Recorder(passages)
    limit = asked.limit or record.ALL
    records: list[Record] = []
    for quote in quotes:
        made = recorder.record(quote.text, check(passages, quote.text, quote.around), limit)
        if quote.file is not None:
            made |= {"file": quote.file, "file_line": quote.line, "file_column": quote.column}
        if made["path"]:
            made["path"] = path_of(made["path"])
        records.append(made)
    counts: Record = passages.counts()
    summary = record.summary(records, {**counts, "whole_texts": passages.searches_wholes}, skipped)
    to = asked.output.output
    if form == "csv":
        out.put(formed(map(record.row, records), "csv", columns=record.COLUMNS), to)
    elif form in {"json", "jsonl"}:
        out.put(formed(iter([*records, summary]), form), to)
    elif asked.cite:
        out.put("".join(f"{visible(one['cite'])}\n" for one in records if one["cite"]), to)
    else:
        colour = out.wants_colour(settings.color) and to in (None, "-")
        out.put(_page(records, summary, colour=colour, several=bool(asked.files)), to)
    if skipped and not asked.general.quiet:
        note(f"{skipped} quotation{'s' if skipped > 1 else ''} of fewer than {asked.least} words left out")
    return all(one["status"] == EXACT for one in records)


def _page(records: list[Record], summary: Record, *, colour: bool, several: bool) -> str:
    width = out.width()
    lines: list[str] = []
    for one in records:
        lines += [*([""] if lines else []), *_lines(one, summary["searched"], width, colour=colour)]
    if several and records:
        told_ = ", ".join(f"{summary[name]} {name.replace('_', ' ')}" for name in STATUSES if summary[name])
        lines += ["", f"{len(records)} quotation{'s' if len(records) > 1 else ''}: {told_}"]
    return "".join(f"{line}\n" for line in lines)


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    room = max(width - len(indent), 16)
    return [f"{indent}{line}" for line in textwrap.wrap(visible(text), room, break_on_hyphens=False)]


def _lines(one: Record, searched: Record, width: int, *, colour: bool) -> Iterator[str]:
    status = one["status"].replace("_", " ")
    words = one["quotation"] if len(one["quotation"]) <= _SHOWN else f"{one['quotation'][:_SHOWN].rstrip()} ..."
    place = f"{one['file']}:{one['file_line']}:{one['file_column']}: " if "file" in one else ""
    head = textwrap.wrap(visible(f"{place}{status}: \u201c{words}\u201d"), max(width, 20), subsequent_indent="  ", break_on_hyphens=False)
    if colour:
        head[0] = head[0].replace(status, f"{_COLOURS[one['status']]}{status}{_OFF}", 1)
    yield from head
    if one["cite"] is None:
        passages = sum(count for name, count in searched.items() if name not in {"reports", "whole_texts"})
        yield from _wrapped(
            f"not in {searched['reports']:,} report{'s' if searched['reports'] != 1 else ''} ({passages:,} passages{_how(searched)})",
            width,
            "  ",
        )
        if one["nearest"]:
            near = one["nearest"]
            yield from _wrapped(f"nearest ({near['score']:.0%} of the words): {near['text']}", width, "  ")
            yield from _wrapped(near["cite"], width, "    ")
        return
    date = f" ({one['date']})" if one["date"] and "[symbol not given]" not in one["cite"] else ""
    yield from _wrapped(one["cite"] + date, width, "  ")
    if one["diff"]:
        yield from _wrapped(one["diff"], width, "    ")
    for cut in one["left_out"]:
        yield from _wrapped(f"left out {cut['where']} the words quoted: \u201c{cut['words']}\u201d ({cut['kind']})", width, "  ")
    for change in one["meaning"]:
        yield from _wrapped(f"{change['kind']} {change['what']}: \u201c{change['words']}\u201d", width, "  ")
    if one["hint"]:
        yield from _wrapped(one["hint"], width, "  ")
    page = f", page {one['page']}" if one["page"] else ""
    yield visible(f"  {one['path']}:{one['line'] or 1}{page}")
    for other in one["others"]:
        yield from _wrapped(f"also: {other['cite']}", width, "  ")
    more = one["places"] - 1 - len(one["others"])
    if more > 0:
        yield f"  and {more} more place{'s' if more > 1 else ''}"


def _how(searched: Record) -> str:
    return " and the whole texts" if searched["whole_texts"] else "; mastheads, tables and lists of so many reports are not searched"


# ------------------------------------------------------------------ what stands at a cite
def _print_cited(corpus: Corpus, asked: Asked, cite: str, form: str, only: list[int] | None) -> bool:
    """Print what stands at a cite; gives whether something does."""
    if only is None and corpus.given:
        only = [number for (number,) in corpus.connection.execute("SELECT id FROM reports ORDER BY id")]
    found = cited(corpus.connection, encodable(cite), only)
    records = [{**one, "path": path_of(one["path"])} for one in found.records]
    to = asked.output.output
    if form == "csv":
        out.put(formed(iter(records), "csv", columns=_CITED), to)
    elif form in {"json", "jsonl"}:
        out.put(formed(iter(records), form), to)
    elif asked.cite:
        out.put("".join(f"{visible(one['cite'])}\n" for one in records), to)
    else:
        width = out.width()
        blocks = []
        for one in records:
            page = f", page {one['page']}" if one["page"] else ""
            lines = [
                *_wrapped(one["cite"], width, ""),
                *_wrapped(one["text"], width, "  "),
                visible(f"  {one['path']}:{one['line'] or 1}{page}"),
            ]
            blocks.append("".join(f"{line}\n" for line in lines))
        out.put("\n".join(blocks), to)
    if not records and not asked.general.quiet:
        offer = f"; there is {' and '.join(found.near)}" if found.near else ""
        note(f"nothing stands at {printable(found.pinpoint)}{offer}")
    return bool(records)
