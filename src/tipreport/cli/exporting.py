"""What ``tipreport export`` does: choose the form, read what it needs, write it whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from itertools import chain
from typing import NamedTuple, TypeVar

import typer

from tipreport.cli import forms, sources
from tipreport.cli import output as out
from tipreport.cli.corpus import Corpus, opened
from tipreport.cli.forms import Form
from tipreport.cli.grammar import General, Inputs, Output
from tipreport.cli.run import note
from tipreport.cli.settings import Settings, index_place, settled
from tipreport.errors import TipreportError, UnknownNameError
from tipreport.exporters import Options, Sheet, Table
from tipreport.index import store
from tipreport.index.schema import NUMBERS
from tipreport.kinds import kinds
from tipreport.search.request import USUAL, Filters
from tipreport.tables import rows as tables
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.cli.sheets import Sheets

T = TypeVar("T")
_CITABLE = ("recommendations", "points", "paragraphs")


class Asked(NamedTuple):
    """The command as given."""

    paths: tuple[str, ...]
    what: str | None
    fields: str | None
    sort: str | None
    limit: int | None
    raw: bool
    partition: str | None
    cite: bool
    codebook: bool
    index_file: str | None
    filters: Filters
    output: Output
    inputs: Inputs
    general: General


def run(asked: Asked) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    if asked.codebook:
        from tipreport.cli.codebook import put as codebook

        codebook(asked.output)
        return
    form = forms.chosen(asked.output)
    wanted = kinds(asked.what, tables.NAMES) if asked.what is not None else None
    settings = settled(asked.inputs, asked.general)
    job = _Job(asked, form, wanted, settings)
    job.check()
    found = job.run()
    if job.failed:
        raise typer.Exit(2)
    if not found:
        if not asked.general.quiet:
            note("nothing is left to write" if asked.filters.given else "there is nothing to write")
            if asked.filters.ids and asked.what is None:
                note("a point is chosen with --what points --id rec-51.d")
        raise typer.Exit(1)


class _Job:
    """One run of ``export``."""

    def __init__(self, asked: Asked, form: Form, wanted: tuple[str, ...] | None, settings: Settings) -> None:
        self.asked, self.form, self.wanted, self.settings = asked, form, wanted, settings
        self.failed = False
        self.target = asked.output.output
        self.options = Options(raw=asked.raw)
        self.counted = 0

    # ------------------------------------------------------------------ what is asked
    @property
    def tabular(self) -> bool:
        """Whether rows of tables are written, not reports."""
        if self.asked.cite or not self.form.tables:
            return False
        return not self.form.reports or bool(self.wanted) or self._about_objects

    @property
    def _about_objects(self) -> bool:
        return tables.about_objects(self.asked.filters)

    def kinds(self) -> tuple[str, ...]:
        """The kinds that are written."""
        if self.wanted:
            return self.wanted
        if self.wanted == ():  # all
            return tables.NAMES if self.tabular else tuple(NUMBERS)
        if self.form.tables and self.form.single and not self._many_files:
            return ("recommendations",)
        if self.tabular and not self._about_objects:
            return tables.NAMES
        return USUAL

    @property
    def _many_files(self) -> bool:
        return out.is_folder(self.target)

    def check(self) -> None:
        """Whether the options fit one another.

        Raises:
            TipreportError: they do not.
        """
        asked, form = self.asked, self.form
        if asked.cite and (asked.output.to or asked.output.shorthand):
            raise TipreportError(f"--cite prints lines of text; it has no form {form.name}", "leave --to out")
        for option, given in (("--fields", asked.fields), ("--sort", asked.sort), ("--limit", asked.limit), ("--raw", asked.raw)):
            if given and not self.tabular and not (asked.cite and option in {"--sort", "--limit"}):
                raise TipreportError(
                    f"{option} is for rows of tables; {form.name} holds none here", "choose kinds with --what and csv or jsonl"
                )
        if asked.raw and form.name != "csv":
            raise TipreportError("--raw is for csv; the cells of other formats have types of their own")
        if asked.partition is not None and form.name != "parquet":
            raise TipreportError("--partition is for parquet", "write --to parquet --partition body,year -o FOLDER/")
        if self.wanted and not self.tabular and not form.narrows and not asked.cite:
            raise TipreportError(
                f"{form.name} holds whole reports; it has no --what", "choose reports with --report, --body, --year or --topic"
            )
        if form.corpus and self._about_objects and form.name == "sqlite":
            raise TipreportError("sqlite holds whole reports", "choose reports with --report, --body, --year, --status or --new-since")
        folder = form.name == forms.SITE or asked.partition is not None
        if folder and not out.is_folder(self.target, new=True):
            raise TipreportError(f"{'a site' if form.module is None else 'a partitioned table'} is a folder", "name one with -o FOLDER/")
        if form.binary and self.target is None and out.is_terminal(sys.stdout):
            raise TipreportError(f"{form.name} is no text for a terminal", f"write it with -o FILE{form.suffix}, or -o - into a pipe")

    # ------------------------------------------------------------------ what is written
    def run(self) -> bool:
        """Write; whether there was anything."""
        asked = self.asked
        out.spare((*asked.paths, index_place(asked.index_file, self.settings)), self.target)
        if asked.cite:
            return self._cites(self._corpus())
        if self.tabular:
            return self._tables(self._corpus())
        if self.form.corpus:
            return self._whole(self._corpus())
        return self._documents()

    def _corpus(self) -> Corpus:
        """The index, or one in memory of the files given; standard input where it is piped and nothing is named."""
        asked = self.asked
        paths = asked.paths or (("-",) if piped() else ())
        corpus = opened(paths, asked.index_file, asked.inputs, asked.general, self.settings)
        self.failed = self.failed or corpus.failed
        return corpus

    def _tables(self, corpus: Corpus) -> bool:
        """Tables as one file, or one file a table in a folder."""
        names = self.kinds()
        with store.told(corpus.path):
            if self.asked.partition is not None:
                return self._partitioned(corpus, names)
            if self.form.single and len(names) > 1 and not self._many_files:
                raise TipreportError(
                    f"a {self.form.name} file holds one table, not {len(names)}", "choose one with --what, or name a folder: -o FOLDER/"
                )
            if self._many_files:
                self._folder_of_tables(corpus, names)
            else:
                made = [self._table(corpus, name) for name in names]
                out.put(self.form.module.tabulate(made, self.options), self.target)  # type: ignore[union-attr]
        return self.counted > 0

    def _table(self, corpus: Corpus, name: str, fields: tuple[str, ...] = ()) -> Table:
        asked = self.asked
        if asked.fields is not None:
            fields = tuple(one.strip() for one in asked.fields.split(",") if one.strip())
            if not fields:
                raise TipreportError("--fields is empty", "name columns, or leave it out; --codebook lists them")
        table = tables.table(
            corpus.connection, name, corpus.within(self.asked.filters), fields=fields, sort=asked.sort or "place", limit=asked.limit or None
        )
        return table._replace(rows=self._count(table.rows), ready=lambda form: self._count(table.ready(form)))

    def _count(self, parts: Iterator[T]) -> Iterator[T]:
        """Rows, or some together, as they are; whether there was one."""
        for part in parts:
            self.counted = 1
            yield part
            break
        yield from parts

    def _folder_of_tables(self, corpus: Corpus, names: tuple[str, ...]) -> None:
        folder = out.folder(self.target or "")
        suffix = self.form.suffix
        if not self.form.single:
            made = [self._table(corpus, name) for name in names]
            out.put(self.form.module.tabulate(made, self.options), os.path.join(folder, f"tipreport{suffix}"))  # type: ignore[union-attr]
            return
        for name in names:
            made = [self._table(corpus, name)]
            out.put(self.form.module.tabulate(made, self.options), os.path.join(folder, f"{name}{suffix}"))  # type: ignore[union-attr]
        if self.form.name == "csv":
            from tipreport.cli.codebook import package

            out.put(package(names, suffix, fields=self.asked.fields), os.path.join(folder, "datapackage.json"))

    def _partitioned(self, corpus: Corpus, names: tuple[str, ...]) -> bool:
        """A table in folders, made beside the place where it goes and put there whole."""
        from tipreport.exporters import parquet

        if len(names) > 1:
            raise TipreportError("--partition takes one table", "choose it with --what")
        table = self._table(corpus, names[0])
        by = [one.strip() for one in (self.asked.partition or "").split(",") if one.strip()]
        known = [column.name for column in table.columns]
        for name in by:
            if name not in known:
                raise UnknownNameError(f"column of {names[0]}", name, known)
        if not by or len(set(by)) == len(known):
            raise TipreportError("--partition names no columns, or all of them", "write --partition body,year")
        with out.new_folder(self.target or "") as folder:
            parquet.partition(table, list(dict.fromkeys(by)), folder)
        return self.counted > 0

    def _cites(self, corpus: Corpus) -> bool:
        """Pinpoint cites, one a line."""
        names = self.wanted or (_CITABLE if self.asked.filters.ids else USUAL)
        for name in names:
            if name not in _CITABLE:
                raise TipreportError(f"only {', '.join(_CITABLE)} have a cite, not {name}")
        with store.told(corpus.path):
            rows = chain.from_iterable(self._table(corpus, name, ("cite",)).rows for name in names)
            out.put((f"{visible(str(row[0]))}\n" for row in rows), self.target)
        return self.counted > 0

    def _whole(self, corpus: Corpus) -> bool:
        """A database or a site of the reports that filters leave."""
        with store.told(corpus.path):
            numbers = tables.reports(corpus.connection, corpus.within(self.asked.filters))
        if not numbers:
            return False
        if self.form.module is not None:
            path = os.path.join(out.folder(self.target or ""), f"tipreport{self.form.suffix}") if self._many_files else self.target
            out.put(self.form.module.save(corpus.connection, set(numbers)), path)
            return True
        from tipreport import site
        from tipreport.cli.progress import ticking

        with ticking(len(numbers), "writing", quiet=self.asked.general.quiet) as tick, store.told(corpus.path):
            count = site.build(
                corpus.connection,
                numbers,
                out.folder(self.target or ""),
                self.settings.config,
                write=out.put,
                jobs=self.settings.jobs,
                tick=tick,
            )
        if not self.asked.general.quiet:
            note(f"{count} pages in {self.target}; open {os.path.join(self.target or '', 'index.html')}")
        return True

    # ------------------------------------------------------------------ documents
    def _documents(self) -> bool:
        """Reports, or what is chosen of them, as one stream or one file a report."""
        asked = self.asked
        from tipreport.cli.sheets import Sheets  # brings the parser, which rows of an index do without

        sheets = Sheets(asked.inputs, asked.general, self.settings)
        if asked.filters.given or self.wanted:
            corpus = self._corpus()
            with store.told(corpus.path):
                filters = corpus.within(self.asked.filters)
                chosen = [kind for kind in self.kinds() if kind in NUMBERS]
                narrow = self.form.narrows and (bool(self.wanted) or self._about_objects)
                chooser = tables.Chooser(corpus.connection, filters, self.kinds()) if narrow else None
                numbers = tables.reports(corpus.connection, filters, chosen)
            stream, many = sheets.held(corpus, numbers, chooser), len(numbers) > 1
        else:
            given = (
                sources.collect(asked.paths, index_place(asked.index_file, self.settings)) if asked.paths or piped() else self._everything()
            )
            stream, many = sheets.given(given), len(given) > 1
        self._put(stream, sheets, many=many)
        self.failed = self.failed or sheets.failed > 0
        return sheets.done > 0

    def _everything(self) -> list[sources.Given]:
        """All reports of the index.

        Raises:
            StoreError: there is no index.
        """
        place = index_place(self.asked.index_file, self.settings)
        store.reader(place).close()
        from tipreport.index.held import find

        return [sources.Given(f"report {held.number}", held=held) for held in find(place, None)]

    def _put(self, stream: Iterator[Sheet], sheets: Sheets, *, many: bool) -> None:
        write = self.form.module.write  # type: ignore[union-attr]
        if self._many_files:
            folder = out.folder(self.target or "")
            taken: set[str] = set()
            for sheet in stream:
                path = os.path.join(folder, out.file_name(sheet.report.source.name, self.form.suffix, taken))
                out.spare(self.asked.paths, path)
                out.put(write(iter([sheet]), self.options._replace(single=True)), path)
            return
        if self.form.single and many:
            raise TipreportError(f"{self.form.name} is one file a report", "name a folder for several: -o FOLDER/")
        if not many:
            first = self._first(stream)
            if first is None:
                return
            stream = first
        out.put(write(stream, self.options._replace(single=not many)), self.target, worth=lambda: sheets.done > 0)

    @staticmethod
    def _first(stream: Iterator[Sheet]) -> Iterator[Sheet] | None:
        """The one report, read before anything is written; None where it cannot be."""
        first = next(stream, None)
        return chain([first], stream) if first is not None else None


def piped() -> bool:
    """Whether standard input is a pipe or a file: then it is the text, where no input is named."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)
