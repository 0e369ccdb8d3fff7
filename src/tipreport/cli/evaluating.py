"""What ``tipreport eval`` does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from tipreport.cli import output as out
from tipreport.cli import reading, sources
from tipreport.cli.grammar import General, Inputs, Output
from tipreport.cli.progress import ticking
from tipreport.cli.records import formed
from tipreport.cli.run import note, say
from tipreport.cli.settings import Settings, settled
from tipreport.errors import InputError, TipreportError, UnknownNameError
from tipreport.evaluation import gold
from tipreport.evaluation.compare import Score, together
from tipreport.evaluation.kinds import KINDS
from tipreport.evaluation.run import Result, Task, lost, score
from tipreport.exporters.json import dumps
from tipreport.inputs import printable
from tipreport.parallel import mapped
from tipreport.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

Record = dict[str, Any]

_COLUMNS = ("report", "kind", "gold", "found", "hits", "precision", "recall", "f1")
_MISSES = ("report", "kind", "what", "fact")
_WIDE = 30  # of the names of kinds
_SHOWN = 5  # wrong places that are shown without --misses


class Asked(NamedTuple):
    """The command as given."""

    paths: tuple[str, ...]
    gold: str | None
    reports: str | None
    what: str | None
    report: tuple[str, ...]
    each: bool
    misses: bool
    least: float | None
    make: bool
    output: Output
    inputs: Inputs
    general: General


def run(asked: Asked) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    settings = settled(asked.inputs, asked.general)
    if asked.make:
        _make(asked, settings)
        return
    if asked.gold is None:
        raise TipreportError("no gold given", "--gold FOLDER names the hand-checked facts; --make makes a file of them from a report")
    if asked.paths:
        raise TipreportError("eval takes PATHS with --make only", "--reports names the folder of the reports")
    form = out.chosen(asked.output)
    kinds = _kinds(asked.what)
    paths = gold.files(asked.gold)
    folder = asked.reports or (asked.gold if os.path.isdir(asked.gold) else os.path.dirname(asked.gold) or ".")
    if asked.reports is not None and not os.path.isdir(asked.reports):
        raise TipreportError(f"{printable(asked.reports)}: no such folder")
    out.spare(paths, asked.output.output)
    results = _results(
        [Task(path, folder, settings.config, settings.encoding, kinds) for path in paths if _wanted(path, asked.report)], asked, settings
    )
    table = together(one.scores for one in results)
    _show(results, table, asked, form)
    failed = [one for one in results if one.error is not None]
    if failed:
        raise typer.Exit(2)
    if asked.least is not None and any(round(one.f1, 4) < asked.least for one in table.values()):
        raise typer.Exit(1)


def _kinds(what: str | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (what or "").split(",") if name.strip())
    for name in names:
        if name not in {*KINDS, "all"}:
            raise UnknownNameError("kind", name, [*KINDS, "all"])
    return () if "all" in names else names


def _wanted(path: str, names: tuple[str, ...]) -> bool:
    """Whether a gold file is one of those asked for, by its own name or that of its report."""
    if not names:
        return True
    own = os.path.basename(path)
    if {own, os.path.splitext(own)[0]} & {*names}:
        return True
    try:
        return gold.load(path)["report"] in names
    except TipreportError:
        return False


def _results(tasks: list[Task], asked: Asked, settings: Settings) -> list[Result]:
    if not tasks:
        raise TipreportError(f"no gold file is called {' or '.join(asked.report)}", "give the name of the file without its ending")
    results: list[Result] = []
    with ticking(len(tasks), "scoring", quiet=asked.general.quiet) as tick:
        for result in mapped(score, tasks, settings.jobs, lost=lost):
            tick(failed=result.error is not None)
            results.append(result)
            if result.error is not None:
                say(result.error, result.hint)
    if not any(one.scores for one in results) and not asked.general.quiet:
        note("nothing is scored: no gold file names a kind that it holds complete ('kinds')")
    return results


# ------------------------------------------------------------------ what is shown
def _show(results: list[Result], table: dict[str, Score], asked: Asked, form: str) -> None:
    to = asked.output.output
    if form == "csv":
        rows = list(_misses(results)) if asked.misses else list(_scores(results, table, each=asked.each))
        out.put(formed(iter(rows), "csv", columns=_MISSES if asked.misses else _COLUMNS), to)
    elif form in {"json", "jsonl"}:
        more = _misses(results) if asked.misses else iter(())
        out.put(formed(iter([*_scores(results, table, each=asked.each), *more, _summary(results)]), form), to)
    else:
        out.put("".join(f"{visible(line)}\n" for line in _page(results, table, asked)), to)


def _scores(results: list[Result], table: dict[str, Score], *, each: bool) -> Iterator[Record]:
    tables = [(result.name, result.scores) for result in results] if each else []
    for name, scores in (*tables, (None, table)):
        for kind, one in scores.items():
            yield {
                "type": "score", "report": name, "kind": kind, "gold": one.wanted, "found": one.found, "hits": one.hits,
                "precision": round(one.precision, 4), "recall": round(one.recall, 4), "f1": round(one.f1, 4),
            }  # fmt: skip


def _misses(results: list[Result]) -> Iterator[Record]:
    for result in results:
        for kind, one in result.scores.items():
            for what, facts in (("missed", one.missed), ("extra", one.extra)):
                yield from ({"type": "miss", "report": result.name, "kind": kind, "what": what, "fact": str(fact)} for fact in facts)
        yield from ({"type": "miss", "report": result.name, "kind": "place", "what": "wrong", "fact": wrong} for wrong in result.wrong)


def _summary(results: list[Result]) -> Record:
    shares = [one.coverage for one in results if one.coverage is not None]
    return {
        "type": "summary", "reports": len(results), "failed": sum(one.error is not None for one in results),
        "places": sum(one.places for one in results), "wrong_places": sum(len(one.wrong) for one in results),
        "coverage": round(min(shares), 6) if shares else None, "unparsed": round(max((one.unparsed for one in results), default=0.0), 6),
    }  # fmt: skip


def _page(results: list[Result], table: dict[str, Score], asked: Asked) -> Iterator[str]:
    for result in results if asked.each else ():
        yield from _table(result.name, result.scores)
        yield ""
    yield from _table(f"all {len(results)} reports" if len(results) != 1 else results[0].name, table)
    told = _summary(results)
    cover = f"; least coverage {told['coverage']:.2%}, most unparsed {told['unparsed']:.2%}" if told["coverage"] is not None else ""
    yield ""
    yield f"{told['wrong_places']} wrong places of {told['places']:,}{cover}; {told['failed']} not read"
    if asked.misses:
        yield from (f"{one['report']}: {one['what']:6} {one['kind']}: {one['fact']}" for one in _misses(results))
    else:
        wrong = [f"{one.name}: wrong place: {place}" for one in results for place in one.wrong]
        yield from wrong[:_SHOWN]


def _table(title: str, table: dict[str, Score]) -> Iterator[str]:
    wide = max([_WIDE, len(title)])
    yield f"{title:{wide}}{'gold':>7}{'found':>7}{'prec.':>8}{'recall':>8}{'F1':>8}"
    for kind, one in table.items():
        yield f"{'  ' + kind:{wide}}{one.wanted:>7,}{one.found:>7,}{one.precision:>8.3f}{one.recall:>8.3f}{one.f1:>8.3f}"


# ------------------------------------------------------------------ gold files made
def _make(asked: Asked, settings: Settings) -> None:
    """Write a gold file for each of the reports."""
    form = out.chosen(asked.output)
    if form not in {"text", "json"}:
        raise TipreportError(f"a gold file is JSON; --make has no form {form}")
    given = sources.collect(asked.paths)
    into = out.is_folder(asked.output.output)
    if len(given) > 1 and not into:
        raise TipreportError("several gold files want a folder", "name one with -o FOLDER/")
    folder = out.folder(asked.output.output or ".") if into else ""
    taken: set[str] = set()
    failed = False
    for one in given:
        name = asked.inputs.stdin_name if one.path == "-" else os.path.basename(one.path)
        try:
            report, _ = reading.report(one, settings.config, settings.encoding, asked.inputs.stdin_name)
            made = dumps(gold.made(report, printable(name)), indent=1) + "\n"
            target = os.path.join(folder, out.file_name(name, ".json", taken)) if into else asked.output.output
            _spared(target)
            out.spare((one.path,), target)
            out.put(made, target)
        except InputError as error:
            say(str(error), error.hint)
            failed = True
    if failed:
        raise typer.Exit(2)


def _spared(target: str | None) -> None:
    """No gold file that a person may have checked is written over.

    Raises:
        TipreportError: there is one.
    """
    if target not in (None, "-") and os.path.isfile(target or "") and os.path.getsize(target or ""):
        raise TipreportError(f"{printable(target or '')} is there already; its checks would be lost", "give another name with -o")
