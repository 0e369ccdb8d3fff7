"""``tipreport parse``: reports to objects, one file after another or in several processes."""

from __future__ import annotations

import os
import sys
from functools import partial
from itertools import chain, repeat
from typing import NamedTuple

import typer

from tipreport import registry
from tipreport.cli import output, reading, sources
from tipreport.cli.failures import Failures
from tipreport.cli.file_names import telling
from tipreport.cli.grammar import General, Inputs
from tipreport.cli.progress import ticking
from tipreport.cli.run import emit, note
from tipreport.cli.settings import index_place, settled
from tipreport.config import Config
from tipreport.coverage import measure
from tipreport.errors import InputError, TipreportError, UnknownNameError
from tipreport.exporters import View
from tipreport.identity import symbol_of
from tipreport.kinds import kinds
from tipreport.loading import Loaded, is_saved, loaded
from tipreport.model import Report
from tipreport.parallel import mapped
from tipreport.select import Selection, by_id
from tipreport.spans import Source
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = {"", ".txt", ".out", ".log"}  # endings of files for people


class Request(NamedTuple):
    """The command as given."""

    paths: tuple[str, ...]
    to: str | None
    output: str | None
    shorthand: tuple[str, ...]
    what: str | None
    ids: tuple[str, ...]
    spans: bool
    cite: bool
    limit: int | None
    coverage: bool
    strict: bool
    list_profiles: bool
    merge: bool
    renumber: bool
    index_file: str | None
    inputs: Inputs
    general: General


class Task(NamedTuple):
    """What a worker needs; pickles."""

    format: str
    view: View
    config: Config
    encoding: str | None
    coverage: bool
    safe: bool  # text goes to a terminal


class Outcome(NamedTuple):
    """What a worker gives back."""

    path: str
    text: str = ""
    warnings: int = 0
    found: bool = True
    error: str | None = None
    hint: str | None = None


def run(request: Request) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    if request.list_profiles:
        emit(
            "".join(f"{name:24}{(registry.load('profiles', name).__doc__ or '').splitlines()[0]}\n" for name in registry.names("profiles"))
        )
        return
    if request.renumber and not request.merge:
        raise TipreportError("--renumber belongs to --merge", "write --merge --renumber")
    settings = settled(request.inputs, request.general)
    chosen = _format(request)
    selection = Selection(kinds(request.what) if request.what is not None else (), request.ids)
    _one_answer(request, chosen, selection)
    given = sources.collect(request.paths, index_place(request.index_file, settings))
    many = len(given) > 1 and not request.merge
    into = _folder(request.output)
    output.spare(_readable(given), request.output)
    view = View(
        selection=selection,
        width=output.width(),
        colour=output.wants_colour(settings.color) and request.output in (None, "-"),
        spans=request.spans,
        cite=request.cite,
        limit=request.limit or None,
    )
    to_terminal = request.output in (None, "-") and output.is_terminal(sys.stdout)
    task = Task(chosen, view, settings.config, settings.encoding, request.coverage, to_terminal)
    state = _State(request, chosen, many and into is None)
    outcomes = _outcomes(given, task, request, settings.jobs)
    if into is not None:
        _into_folder(outcomes, into, chosen, state, given)
    else:
        output.put(_framed(outcomes, chosen, state), request.output, worth=lambda: state.done > 0)
    state.finish(len(given))


class _State:
    """What the run has met so far."""

    def __init__(self, request: Request, chosen: str, many: bool) -> None:
        self.request, self.format, self.many = request, chosen, many
        self.warnings = self.done = 0
        self.found = False
        self.failures = Failures(quiet=request.general.quiet, verbose=request.general.verbose)

    def meet(self, outcome: Outcome) -> bool:
        """Count an outcome, tell its error; whether it has a text to show."""
        if outcome.error is not None:
            self.failures.meet(outcome.path, outcome.error, outcome.hint)
            return False
        self.done += 1
        self.warnings += outcome.warnings
        self.found = self.found or outcome.found
        if self.request.general.verbose:
            note(f"read {outcome.path}: {outcome.warnings} warning{'' if outcome.warnings == 1 else 's'}")
        return True

    def finish(self, given: int) -> None:
        """What to say of the whole run, and its exit status."""
        quiet, failed = self.request.general.quiet, self.failures.count
        if not quiet:
            for path in self.request.paths:
                sources.tell_others(path)
            if failed and given > 1:
                note(f"{failed:,} of {given:,} inputs could not be read; {self.done:,} were")
            self.failures.summary()
        if failed:
            raise typer.Exit(2)
        if self.request.ids and not self.found:
            if not quiet:
                note(f"nothing has the id {', '.join(self.request.ids)}; ids look like rec-51, para-4, rec-51.a")
            raise typer.Exit(1)
        if self.request.strict and self.warnings:
            if not quiet:
                note(f"{self.warnings} warning{'s' if self.warnings > 1 else ''}")
            raise typer.Exit(1)


def _format(request: Request) -> str:
    """The format: --to, a shorthand, the suffix of -o, else the outline."""
    wanted = {*request.shorthand, *([request.to] if request.to else [])}
    if len(wanted) > 1:
        raise TipreportError(f"one format at a time, not {' and '.join(sorted(wanted))}")
    if wanted:
        name = wanted.pop()
        module = name.replace("-", "_")
        known = module in registry.names("exporters")
        if name != "text" and not (known and hasattr(registry.load("exporters", module), "render")):
            if known:
                raise TipreportError(f"parse does not write {name}", f"tipreport export does: tipreport export FILE --to {name}")
            raise UnknownNameError("format", name, [*_formats(), "text"])
        return name
    if request.output and not os.path.isdir(request.output):
        suffix = os.path.splitext(request.output)[1].lower()
        for name in _formats():
            if suffix and suffix in registry.load("exporters", name).SUFFIXES:
                return name
        if suffix not in _PLAIN and os.path.basename(request.output) != os.path.basename(os.devnull):
            raise TipreportError(f"no format ends in {suffix}", f"choose one with --to: {', '.join(_formats())}, text; export has others")
    return "outline"


def _formats() -> list[str]:
    """What ``parse`` writes: the forms that show one report or what is chosen of it."""
    return [name for name in registry.names("exporters") if hasattr(registry.load("exporters", name), "render")]


def _one_answer(request: Request, chosen: str, selection: Selection) -> None:
    """Cites and the proof of coverage are answers of their own: lines for people, without another form."""
    if request.cite and request.coverage:
        raise TipreportError("one of --cite and --coverage at a time")
    for option, wanted in (("--cite", request.cite), ("--coverage", request.coverage)):
        if wanted and (chosen != "outline" or request.to is not None):
            hint = "the JSON of a report holds every cite and every block"
            raise TipreportError(f"{option} prints lines of its own; it has no form {chosen}", hint)
    citable = ("recommendations", "paragraphs", "points")
    if request.cite and selection.kinds and not set(selection.kinds) & set(citable):
        raise TipreportError(f"only {', '.join(citable)} have a cite, not {', '.join(selection.kinds)}")


def _folder(path: str | None) -> str | None:
    """The folder that -o names, made where it ends with a separator."""
    return output.folder(path) if path is not None and output.is_folder(path) else None


def _readable(given: list[sources.Given]) -> list[str]:
    return [one.path for one in given if one.error is None and one.held is None]


def _framed(outcomes: Iterator[Outcome], chosen: str, state: _State) -> Iterator[str]:
    """The texts with what a format puts around several."""
    begin, between, end = ("", "", "") if chosen == "text" else _frame(chosen)
    if not state.many:
        begin = between = end = ""
    started = False
    for outcome in outcomes:
        if not state.meet(outcome):
            continue
        text = outcome.text.rstrip("\n") if begin else outcome.text
        if not started:
            yield begin + text
        elif chosen == "csv":
            yield text.split("\r\n", 1)[1]  # one head line for all
        else:
            yield between + text
        started = True
    if state.many and begin and not started:
        yield begin
    yield end


def _frame(chosen: str) -> tuple[str, str, str]:
    module = registry.load("exporters", chosen)
    return module.BEGIN, module.BETWEEN, module.END


def _into_folder(outcomes: Iterator[Outcome], folder: str, chosen: str, state: _State, given: list[sources.Given]) -> None:
    suffix = ".txt" if chosen in {"outline", "text"} else registry.load("exporters", chosen).SUFFIXES[0]
    inputs = output.identities(_readable(given))
    told = {} if state.request.merge else telling(_readable(given), suffix)
    taken = {name.lower() for name in told.values()}
    paths = chain((one.path for one in given), repeat("")) if told else repeat("")  # one outcome an input, in their order
    for outcome, given_path in zip(outcomes, paths, strict=False):
        if state.meet(outcome):
            path = os.path.join(folder, told.get(given_path) or output.file_name(outcome.path, suffix, taken))
            output.spare(inputs, path)
            output.put(outcome.text, path)


def _outcomes(given: list[sources.Given], task: Task, request: Request, jobs: int | None) -> Iterator[Outcome]:
    """The outcomes in the order of the inputs, from one process or several."""
    if request.merge:
        yield from _merged(given, task, request)
        return
    here, name = any(one.path == "-" for one in given), request.inputs.stdin_name
    work, lost = partial(_one, task=task, stdin_name=name), partial(_lost, stdin_name=name)
    with ticking(len(given), "parsing", quiet=request.general.quiet) as tick:
        for outcome in mapped(work, given, jobs, lost=lost, here=here):
            tick(failed=outcome.error is not None)
            yield outcome


def _merged(given: list[sources.Given], task: Task, request: Request) -> Iterator[Outcome]:
    """All inputs as the parts of one report; what cannot be read comes first, and the others are merged."""
    from tipreport.merge.report import merged

    parts: list[Loaded] = []
    with ticking(len(given), "parsing", quiet=request.general.quiet) as tick:
        for one in given:
            tick(failed=False)
            try:
                parts.append(reading.report(one, task.config, task.encoding, request.inputs.stdin_name))
            except TipreportError as error:
                yield Outcome(one.path, error=str(error), hint=error.hint)
    if parts:
        whole = merged(parts, renumber=request.renumber)
        outcome = _rendered(Loaded(*whole), task)
        yield outcome._replace(path=(symbol_of(whole.report) or "merged").replace("/", "-"))


def _lost(given: sources.Given, reason: str, hint: str, *, stdin_name: str) -> Outcome:
    """An input whose reading did not end as it should."""
    name = stdin_name if given.path == "-" else given.path
    return Outcome(name, error=f"{name}: {reason}", hint=hint)


def _one(given: sources.Given, task: Task, stdin_name: str) -> Outcome:
    """Read, parse and render one input; errors come back as values."""
    name = stdin_name if given.path == "-" else given.path
    try:
        task = task._replace(config=reading.settled(given, task.config))
        return _report(reading.source(given, task.encoding, stdin_name), task)
    except InputError as error:
        return Outcome(name, error=str(error), hint=error.hint)
    except TipreportError as error:
        return Outcome(name, error=f"{name}: {error}", hint=error.hint)


def _report(source: Source, task: Task) -> Outcome:
    """Parse and render a document, or render saved JSON of ours."""
    if task.format == "text" and not is_saved(source):
        return Outcome(source.name, text=visible(source.text) if task.safe else source.text)
    return _rendered(loaded(source, task.config), task)


def _rendered(found: Loaded, task: Task) -> Outcome:
    """A report in the form that is wanted."""
    report, text_read = found
    if task.format == "text" or task.coverage:
        if text_read is None:
            raise TipreportError("saved JSON or Akoma Ntoso does not hold the text itself", "give the document")
        text = _coverage(report, text_read) if task.coverage else visible(text_read) if task.safe else text_read
        return Outcome(report.source.name, text=text, warnings=_warnings(report))
    module = registry.load("exporters", task.format)
    text = module.render(report, task.view._replace(text=text_read))
    ids = task.view.selection.ids
    find = getattr(module, "by_id", by_id)  # a form may know ids of more kinds
    met = not ids or any(find(report, ident) for ident in ids)
    return Outcome(report.source.name, text=text, warnings=_warnings(report), found=met)


def _warnings(report: Report) -> int:
    return sum(remark.severity == "warning" for remark in report.diagnostics)


def _coverage(report: Report, text: str) -> str:
    """The proof as a table."""
    proof = measure(report, text)
    solid = proof.characters - proof.blank
    lines = [f"{visible(report.source.name)}: {proof.characters:,} characters, {proof.blank:,} of them white space"]
    for kind, count in proof.kinds:
        lines.append(f"  {kind:16}{count:>12,}{count / max(solid, 1):>9.2%}")
    told = "all in exactly one block" if proof.complete else f"{solid - proof.once:,} NOT in exactly one block"
    lines.append(f"  {'together':16}{solid:>12,}{proof.once / solid if solid else 1.0:>9.2%}  {told}")
    loose = [r for r in report.diagnostics if r.code == "text/unparsed"]
    lines += [f"  unclaimed: line {r.spans[0].line}, {visible(text[r.spans[0].start : r.spans[0].end])!r}" for r in loose[:20]]
    return "\n".join(lines) + "\n"
