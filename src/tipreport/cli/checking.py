"""What ``tipreport check`` does."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import NamedTuple

import typer

from tipreport import registry
from tipreport.api import parse_source
from tipreport.cli import output as out
from tipreport.cli import reading, sources
from tipreport.cli.failures import Failures
from tipreport.cli.grammar import General, Inputs, Output
from tipreport.cli.progress import ticking
from tipreport.cli.records import formed
from tipreport.cli.run import note
from tipreport.cli.settings import Settings, index_place, settled
from tipreport.config import Config
from tipreport.decoding import BOMS
from tipreport.errors import InputError, TipreportError
from tipreport.inputs import printable
from tipreport.linting import fixing, record
from tipreport.linting.engine import Found, Rule, check, chosen, rule
from tipreport.linting.forms import View
from tipreport.loading import is_saved
from tipreport.parallel import mapped
from tipreport.rules import SEVERITIES
from tipreport.spans import Source
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FORMS = {".sarif": "sarif", ".docx": "docx", "github": "github"}  # the last has no files of its own
_TYPED = ("text/plain", "text/markdown")
_SHOWN = 2  # texts of a rule that --explain shows on either side


class Asked(NamedTuple):
    """The command as given; ``select`` and ``ignore`` are None where the configuration says."""

    paths: tuple[str, ...]
    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    fix: bool
    diff: bool
    explain: str | None
    list_rules: bool
    limit: int | None
    index_file: str | None
    output: Output
    inputs: Inputs
    general: General


class Task(NamedTuple):
    """What a worker needs; pickles."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    config: Config
    encoding: str | None
    stdin_name: str
    fix: bool
    diff: bool
    docx: bool
    terminal: bool


class Outcome(NamedTuple):
    """What a worker gives back: the findings (after --fix those that are left), and a file or patch where one is wanted."""

    path: str
    found: tuple[Found, ...] = ()
    made: bytes | str = b""
    fixes: int = 0
    error: str | None = None
    hint: str | None = None


def run(asked: Asked) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    if asked.explain is not None:
        out.put(_page(rule(asked.explain)), asked.output.output)
        return
    settings = settled(asked.inputs, asked.general)
    select = _split(asked.select) if asked.select is not None else settings.select
    ignore = _split(asked.ignore) if asked.ignore is not None else settings.ignore
    which = chosen(select, ignore)
    if asked.list_rules:
        _list(which, asked)
        return
    form = _form(asked)
    given = sources.collect(asked.paths, index_place(asked.index_file, settings))
    out.spare([one.path for one in given if one.error is None and one.held is None], asked.output.output)
    folder = _folder(asked, form, len(given))
    task = Task(
        select, ignore, settings.config, settings.encoding, asked.inputs.stdin_name, asked.fix, asked.diff,
        docx=form == "docx" and not asked.fix and not asked.diff,
        terminal=asked.output.output in {None, "-"} and out.is_terminal(sys.stdout),
    )  # fmt: skip
    state = _State(asked)
    outcomes = state.met(_outcomes(given, task, asked, settings))
    if task.docx or asked.fix:
        left = _files(outcomes, asked, folder, given, ".docx" if task.docx else ".txt")
        if asked.fix and asked.output.output != "-":
            _show(iter(left), form, None, asked, settings, which)
    elif asked.diff:
        out.put((outcome.made for outcome in outcomes), asked.output.output)
    else:
        _show((one for outcome in outcomes for one in outcome.found), form, asked.output.output, asked, settings, which)
    state.finish(len(given))


class _State:
    """What the run has met so far."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.failures = Failures(quiet=asked.general.quiet, verbose=asked.general.verbose)
        self.counts = dict.fromkeys(SEVERITIES, 0)
        self.reports = self.faulty = self.fixable = self.fixes = 0

    def met(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The outcomes that are none of failure, counted."""
        for outcome in outcomes:
            if outcome.error is not None:
                self.failures.meet(outcome.path, outcome.error, outcome.hint)
                continue
            self.reports += 1
            self.faulty += bool(outcome.found)
            self.fixes += outcome.fixes
            for one in outcome.found:
                self.counts[one.severity] += 1
                self.fixable += one.fix is not None
            yield outcome

    def finish(self, given: int) -> None:
        """What to say of the whole run, and its exit status."""
        total = sum(self.counts.values())
        if not self.asked.general.quiet:
            for path in self.asked.paths:
                sources.tell_others(path)
            if self.failures.count and given > 1:
                note(f"{self.failures.count:,} of {given:,} inputs could not be read; {self.reports:,} were")
            self.failures.summary()
            if self.reports:
                note(self._summary(total))
        if self.failures.count:
            raise typer.Exit(2)
        if total:
            raise typer.Exit(1)

    def _summary(self, total: int) -> str:
        fixed = f"{_many(self.fixes, 'fix', 'fixes')} made; " if self.asked.fix else ""
        if not total:
            return f"{fixed}no findings in {_many(self.reports, 'report')}"
        kinds = ", ".join(_many(count, name) if name != "info" else f"{count:,} info" for name, count in self.counts.items() if count)
        where = f" in {self.faulty:,} of {self.reports:,} reports" if self.reports > 1 else ""
        more = f"; {self.fixable:,} can be fixed with --fix" if self.fixable and not self.asked.fix else ""
        return f"{fixed}{_many(total, 'finding')}{where} ({kinds}){more}"


def _many(count: int, noun: str, plural: str | None = None) -> str:
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def _split(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for one in given for part in one.split(",") if part.strip())


def _form(asked: Asked) -> str:
    """The form of the findings. With --fix and --diff -o is for the text or the patch, and its suffix says nothing of them."""
    if asked.fix and asked.diff:
        raise TipreportError("one of --fix and --diff at a time")
    if asked.fix and asked.output.output is None:
        raise TipreportError("--fix never writes over the document", "name a new file with -o, or take --diff for a patch")
    if asked.diff and (asked.output.to or asked.output.shorthand):
        raise TipreportError("--diff prints a patch; it has no other form")
    output = asked.output._replace(output=None) if asked.fix or asked.diff or _into_folder(asked) else asked.output
    form = out.chosen(output, _FORMS)
    if form == "docx":
        if asked.fix:
            raise TipreportError("docx shows the document as it is; it has no use with --fix")
        if asked.limit:
            raise TipreportError("docx holds all findings; --limit has no use there")
        if asked.output.output in (None, "-") and out.is_terminal(sys.stdout):
            raise TipreportError("docx is a binary format", "write it to a file: -o comments.docx")
    return form


def _into_folder(asked: Asked) -> bool:
    return asked.output.output is not None and out.is_folder(asked.output.output)


def _folder(asked: Asked, form: str, inputs: int) -> str | None:
    """The folder that -o names, where each input has a file of its own.

    Raises:
        TipreportError: one file for several inputs, or a folder for a form that has one file for all.
    """
    into = _into_folder(asked)
    own = asked.fix or (form == "docx" and not asked.diff)
    if into and not own:
        raise TipreportError(f"{form if not asked.diff else 'a patch'} holds all findings in one file", "name a file with -o")
    if own and inputs > 1 and not into:
        raise TipreportError(f"{inputs:,} inputs need a file each", "name a folder: -o FOLDER/")
    return out.folder(asked.output.output) if into and asked.output.output else None


def _outcomes(given: list[sources.Given], task: Task, asked: Asked, settings: Settings) -> Iterator[Outcome]:
    """The outcomes in the order of the inputs, from one process or several."""
    here = any(one.path == "-" for one in given)
    lost = partial(_lost, stdin_name=task.stdin_name)
    with ticking(len(given), "checking", quiet=asked.general.quiet) as tick:
        for outcome in mapped(partial(_one, task=task), given, settings.jobs, lost=lost, here=here):
            tick(failed=outcome.error is not None)
            yield outcome


def _lost(given: sources.Given, reason: str, hint: str, *, stdin_name: str) -> Outcome:
    """An input whose reading did not end as it should."""
    name = stdin_name if given.path == "-" else given.path
    return Outcome(name, error=f"{name}: {reason}", hint=hint)


def _one(given: sources.Given, task: Task) -> Outcome:
    """Read, parse and check one input; errors come back as values."""
    name = task.stdin_name if given.path == "-" else given.path
    try:
        source = reading.source(given, task.encoding, task.stdin_name)
        config = reading.settled(given, task.config)
        return _checked(source, config, task, given)
    except InputError as error:
        return Outcome(name, error=str(error), hint=error.hint)
    except TipreportError as error:
        return Outcome(name, error=f"{name}: {error}", hint=error.hint)


def _checked(source: Source, config: Config, task: Task, given: sources.Given) -> Outcome:
    if is_saved(source):
        raise InputError(source.name, "saved JSON or Akoma Ntoso does not hold the text itself", "give the document")
    which = chosen(task.select, task.ignore)
    report = parse_source(source, config)
    found = check(report, source, config, which, path=source.name)
    if task.docx:
        view = View(rules=which, report=report, source=source)
        return Outcome(source.name, found, registry.load("linting/forms", "docx").render(found, view))
    if not (task.fix or task.diff):
        return Outcome(source.name, found)
    if source.media_type not in _TYPED:
        raise InputError(
            source.name,
            f"is {source.media_type}: fixes are made in plain text",
            "take --to docx for comments, or fix its text: parse --to text",
        )
    after = fixing.fixed(source.text, found)
    if task.diff:
        made = _patch(after.text, source, given, terminal=task.terminal)
        return Outcome(source.name, tuple(one for one in found if one.fix), made)
    again = Source(after.text, name=source.name, media_type=source.media_type, encoding=source.encoding, notes=source.notes)
    left = check(parse_source(again, config), again, config, which, path=source.name)
    return Outcome(source.name, left, _bytes(after.text, source, given), after.made)


def _bytes(text: str, source: Source, given: sources.Given) -> bytes:
    """The text in the encoding and with the byte order mark of the document."""
    try:
        return _mark(source, given) + text.encode(source.encoding)
    except (UnicodeError, LookupError):
        return text.encode("utf-8", "backslashreplace")


def _mark(source: Source, given: sources.Given) -> bytes:
    """The byte order mark of the document."""
    if given.held is not None or given.path == "-":
        return b""
    with open(given.path, "rb") as file:
        head = file.read(4)
    return next((bom for bom, name in BOMS if head.startswith(bom) and name == source.encoding), b"")


def _patch(text: str, source: Source, given: sources.Given, *, terminal: bool) -> bytes | str:
    """The patch in the very bytes of the document, or it would not apply; on a terminal its controls are seen.

    Raises:
        InputError: the document is in UTF-16 or UTF-32, which patch programs take for no text.
    """
    if "\n".encode(source.encoding) != b"\n":
        raise InputError(source.name, f"is in {source.encoding}, to which no patch applies", "take --fix with -o for a new file")
    sign = "\ufeff" if _mark(source, given) else ""
    made = fixing.patch(sign + source.text, sign + text, visible(source.name).replace("\n", "\\n"))
    return visible(made.replace("\r\n", "\n")) if terminal else made.encode(source.encoding, "surrogateescape")


def _files(outcomes: Iterator[Outcome], asked: Asked, folder: str | None, given: list[sources.Given], suffix: str) -> list[Found]:
    """What was made of each input, in a file of its own; the findings, with that file as their path."""
    inputs = out.identities(one.path for one in given if one.held is None)
    taken: set[str] = set()
    found: list[Found] = []
    for outcome in outcomes:
        path = asked.output.output
        if folder is not None:
            path = os.path.join(folder, out.file_name(outcome.path, suffix, taken))
        out.spare(inputs, path)
        out.put(outcome.made, path)
        found += [one._replace(path=printable(path or "")) for one in outcome.found] if asked.fix else []
    return found


def _show(found: Iterator[Found], form: str, to: str | None, asked: Asked, settings: Settings, which: tuple[Rule, ...]) -> None:
    """The findings in the form that was asked for; all are counted, however few are shown."""
    shown = _first(found, asked.limit)
    if form in {"json", "jsonl"}:
        out.put(formed((record.record(one) for one in shown), form), to)
    elif form == "csv":
        out.put(formed((record.row(one) for one in shown), "csv", columns=record.COLUMNS), to)
    else:
        module = registry.load("linting/forms", form)
        view = View(out.width(), out.wants_colour(settings.color) and to in (None, "-"), which)
        if form == "sarif":
            out.put(module.render(list(shown), view), to)
        else:
            between = "\n" if form == "text" else ""
            out.put((f"{between if number else ''}{module.render([one], view)}" for number, one in enumerate(shown)), to)


def _first(found: Iterator[Found], limit: int | None) -> Iterator[Found]:
    """The first findings; the others are drawn and left out."""
    for number, one in enumerate(found):
        if not limit or number < limit:
            yield one


def _list(which: tuple[Rule, ...], asked: Asked) -> None:
    form = out.chosen(asked.output, _FORMS)
    if form in {"json", "jsonl", "csv"}:
        rows = (record.rule_record(one) for one in which)
        out.put(formed(rows, form, columns=("code", "severity", "title") if form == "csv" else None), asked.output.output)
    elif form == "text":
        out.put("".join(f"{one.code:28}{one.severity:9}{one.title}\n" for one in which), asked.output.output)
    else:
        raise TipreportError(f"--list has no form {form}", "choose text, json, jsonl or csv")


def _page(one: Rule) -> str:
    """The page of a rule: what it says, and texts that it marks and does not mark."""
    lines = [f"{one.code} ({one.severity})", "", one.page, ""]
    lines.append("Marked:")
    for text, marked in list(one.module.EXAMPLES.items())[:_SHOWN]:
        lines += [*_shown(text), f"    -> {'; '.join(map(repr, marked))}", ""]
    lines.append("Not marked:")
    for text in one.module.COUNTEREXAMPLES[:_SHOWN]:
        lines += [*_shown(text), ""]
    return "\n".join(lines).rstrip() + "\n"


def _shown(text: str) -> list[str]:
    return [visible(f"    {line}").rstrip() for line in text.rstrip("\n").split("\n") if line.strip()]
