"""Reports for ``export``, one after another: files, standard input, saved JSON, or those of an index that filters leave."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from tipreport.cli import reading, sources
from tipreport.cli.corpus import Corpus
from tipreport.cli.failures import Failures
from tipreport.cli.grammar import General, Inputs
from tipreport.cli.progress import ticking
from tipreport.cli.run import note
from tipreport.cli.settings import Settings
from tipreport.config import Config
from tipreport.errors import TipreportError
from tipreport.exporters import Sheet
from tipreport.index import held, store
from tipreport.parallel import mapped
from tipreport.select import narrowed
from tipreport.tables.rows import Chooser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Read(NamedTuple):
    """An input that was read, or why it could not be."""

    sheet: Sheet | None = None
    name: str = ""
    error: str | None = None
    hint: str | None = None


class Sheets:
    """The reports of one run.

    ``failed`` counts the inputs that could not be read, ``done`` those that could; both are right once all are taken.
    """

    def __init__(self, inputs: Inputs, general: General, settings: Settings) -> None:
        self.inputs, self.general, self.settings = inputs, general, settings
        self.done = 0
        self.failures = Failures(quiet=general.quiet, verbose=general.verbose)

    @property
    def failed(self) -> int:
        """How many could not be read."""
        return self.failures.count

    def given(self, inputs: Sequence[sources.Given]) -> Iterator[Sheet]:
        """The reports of inputs, each parsed once, in several processes where that pays."""
        here = any(one.path == "-" for one in inputs)
        work = partial(_read, config=self.settings.config, encoding=self.settings.encoding, stdin_name=self.inputs.stdin_name)
        with ticking(len(inputs), "reading", quiet=self.general.quiet) as tick:
            for found in mapped(work, inputs, self.settings.jobs, lost=_lost, here=here):
                tick(failed=found.sheet is None)
                if found.sheet is None:
                    self.failures.meet(found.name, found.error or "", found.hint)
                    continue
                self.done += 1
                if self.general.verbose:
                    note(f"read {found.sheet.report.source.name}")
                yield found.sheet
        self.failures.summary()

    def held(self, corpus: Corpus, numbers: Sequence[int], chooser: Chooser | None) -> Iterator[Sheet]:
        """Reports of an index; of each only what a chooser chooses, where there is one."""
        with ticking(len(numbers), "reading", quiet=self.general.quiet) as tick:
            for number in numbers:
                with store.told(corpus.path):
                    report, text = held.report_in(corpus.connection, number, self.settings.config)
                    places = chooser.places(number) if chooser else None
                tick(failed=False)
                self.done += 1
                if places is None:
                    yield Sheet(report, text)
                elif places:
                    yield Sheet(narrowed(report, places), None, narrowed=True, kinds=chooser.kinds if chooser else (), whole=report)


def _read(given: sources.Given, config: Config, encoding: str | None, stdin_name: str) -> Read:
    try:
        report, text = reading.report(given, config, encoding, stdin_name)
        return Read(Sheet(report, text))
    except TipreportError as error:
        return Read(name=given.path, error=str(error), hint=error.hint)


def _lost(given: sources.Given, reason: str, hint: str) -> Read:
    """An input whose reading did not end as it should."""
    return Read(name=given.path, error=f"{given.path}: {reason}", hint=hint)
