"""A browsable site of a corpus: static pages with links that hold everywhere, figures, and a search that needs no server.

``build`` is what ``tipreport export --to site`` calls. docs/site.md tells what is in the folder.
"""

from __future__ import annotations

from tipreport.config import Config
from tipreport.exporters import Sheet, html
from tipreport.index import held
from tipreport.loading import loaded
from tipreport.parallel import mapped
from tipreport.site import front, postings, scene, texts
from tipreport.site.browse import Browse
from tipreport.site.charts import Charts
from tipreport.site.folder import Folder
from tipreport.site.pages import Pages
from tipreport.site.values import values

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tipreport.spans import Source

_BATCH, _BATCH_SIZE = 256, 16_000_000  # reports, and their characters, that are at hand at once


def build(
    corpus: sqlite3.Connection, numbers: Sequence[int], folder: str, config: Config, *,
    write: Callable[[str | Iterable[str], str], None], jobs: int | None = None, tick: Callable[[], None] = lambda: None,
    title: str = "Meeting reports",
) -> int:  # fmt: skip
    """Write the site of the reports with these numbers into a folder; gives the number of pages.

    Args:
        corpus: an open index; while the site is made, its temporary schema holds things of ours.
        numbers: the reports.
        folder: new, empty, or one that holds a site already, which is renewed.
        config: how reports were parsed, but for what the index says of each.
        write: writes a text to a path, whole or not at all.
        jobs: processes that parse reports.
        tick: called after each report.
        title: of the site.

    Raises:
        TipreportError: the folder holds something else, or cannot be written.
    """
    target = Folder(folder, write)
    with scene.opened(corpus, numbers) as shown:
        known = values(shown, config)
        pages, charts = Pages(shown, target, title), Charts(shown, known)
        cuts: dict[int, list[int]] = {}
        for entry, page in zip(shown.entries, _reports(corpus, [one.number for one in shown.entries], config, jobs), strict=True):
            target.put(entry.page, page)
            cuts[entry.number] = texts.units(shown, entry, target)
            tick()
        facets = texts.facets(shown, known, target)
        texts.table(shown, postings.write(shown, target), cuts, known["body"], target)
        Browse(shown, known, pages, charts).run()
        front.write(shown, known, pages, charts, facets)
    target.finish()
    return target.pages


def _reports(corpus: sqlite3.Connection, numbers: list[int], config: Config, jobs: int | None) -> Iterator[str]:
    """The page of each report; batch by batch, so that memory holds no more than one."""
    batch: list[tuple[Source, Config]] = []
    size = 0
    for number in numbers:
        batch.append((held.source_in(corpus, number), held.config_in(corpus, number, config)))
        size += len(batch[-1][0].text)
        if len(batch) == _BATCH or size > _BATCH_SIZE:
            yield from mapped(_page, batch, jobs)
            batch, size = [], 0
    yield from mapped(_page, batch, jobs)


def _page(given: tuple[Source, Config]) -> str:
    report, text = loaded(*given)
    return html.page(Sheet(report, text), home="../index.html")
