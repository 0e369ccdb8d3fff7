"""The first page, the page of the search, and the two files that all pages share."""

from __future__ import annotations

import os

from tipreport import figures
from tipreport.site.charts import Charts
from tipreport.site.pages import Pages
from tipreport.site.show import Cell, count, dated, report_cell
from tipreport.site.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.site.scene import Entry, Scene
    from tipreport.site.texts import Facet

_LATEST = 8
_FACETS = {"topic": "Topic", "addressee": "Addressee", "state": "State named", "strength": "Strength"}


def write(scene: Scene, values: dict[str, list[Value]], pages: Pages, charts: Charts, facets: list[Facet]) -> None:
    """Write the shared files, the search, and last of all the first page."""
    pages.folder.put("site.css", _own("site.css") + figures.STYLE)
    pages.folder.put("search.js", _own("search.js"))
    shown = [(one.kind, _FACETS[one.kind], one.values) for one in facets if one.values]
    pages.put("search.html", "search", facets=shown, bodies=values["body"], title="Search", here="search")
    _home(scene, values, pages, charts)


def _own(name: str) -> str:
    """A file that lies beside this module."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()


def _home(scene: Scene, values: dict[str, list[Value]], pages: Pages, charts: Charts) -> None:
    entries = scene.entries
    recommendations, paragraphs = sum(one.recommendations for one in entries), sum(one.paragraphs for one in entries)
    years = sorted({one.year for one in entries if one.year is not None})
    bodies = [one for one in values["body"] if one.ident is not None]
    span = f" from {years[0]} to {years[-1]}" if len(years) > 1 else f" of {years[0]}" if years else ""
    lead = f"{count(len(entries), 'report')} of {count(len(bodies), 'body', 'bodies')}{span}: what they recommend, to whom, how strongly, and who took part."
    facts = [("Reports", f"{len(entries):,}"), ("Recommendations", f"{recommendations:,}"), ("Paragraphs", f"{paragraphs:,}")]
    for told, sql in (
        ("Panellists", "SELECT count(*) FROM panellists"),
        ("Entries in lists of speakers", "SELECT count(*) FROM participations WHERE role = 'spoke'"),
        ("States that took part", "SELECT count(DISTINCT name_id) FROM participations WHERE kind = 'state'"),
    ):
        facts.append((told, f"{scene.numbers(sql)[0]:,}"))
    mine: dict[str | int | None, int] = {}
    for entry in entries:
        mine[entry.body] = mine.get(entry.body, 0) + 1
    largest = sorted(bodies, key=lambda one: -mine.get(one.ident, 0))[:_LATEST]
    pages.put(
        "index.html", "home", here="home", title=pages.title, lead=lead, facts=facts,
        latest=[_latest(one) for one in entries[:_LATEST]],
        bodies=[(Cell(one.name, one.page), count(mine.get(one.ident, 0), "report")) for one in largest],
        figures=_figures(charts, recommendations=recommendations),
    )  # fmt: skip


def _latest(entry: Entry) -> tuple[Cell, str]:
    """A report in the list of the latest: its link, and its title and date."""
    told = report_cell(entry, "")
    return told._replace(more=""), ", ".join(filter(None, (told.more, dated(entry.date) if dated(entry.date) not in told.text else "")))


def _figures(charts: Charts, *, recommendations: int) -> list[object]:
    """The figures of the corpus; without recommendations or lists of speakers there is nothing to draw of them."""
    out = []
    if recommendations:
        out += [charts.addressees_by_year(""), charts.strength_by_year("")]
    if charts.speaking()[1]:
        out.append(charts.speakers_by_year(""))
    if recommendations:
        out.append(charts.top("recommendations", "topic", "Recommendations by topic", ""))
    return out
