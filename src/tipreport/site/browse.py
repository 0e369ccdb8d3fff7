"""The pages to browse: lists of reports and recommendations, and a page for every body, year, topic, State and addressee."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tipreport.data import table
from tipreport.index.schema import NUMBERS
from tipreport.site.charts import Charts
from tipreport.site.pages import Listing, Pages
from tipreport.site.show import Cell, Head, Table, Units, count, dated, filled, line, report_cell, without
from tipreport.site.values import FOLDERS, TITLES, Value, cells

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.site.scene import Entry, Scene

Rows = tuple[tuple[Head, ...], Sequence[tuple[Cell, ...]]]

_UNITS, _ROWS, _FIRST = 100, 250, 50  # recommendations and rows on a page; rows of each list on a page with several
_ROOT = "../"  # all these pages stand in folders of the first level
_PLACED = "JOIN temp.site_reports s ON s.id = {}.report_id"
_SPOKE = (
    "SELECT p.report_id, p.capacity, p.on_behalf_of, p.agenda_items, p.paragraph, q.ident, p.person, l.position FROM participations p "
    f"{_PLACED.format('p')} LEFT JOIN temp.site_paragraphs q ON q.report_id = p.report_id "
    "AND q.number = substr(p.paragraph, 1, instr(p.paragraph || ';', ';') - 1) "
    "LEFT JOIN main.panellists l ON l.id = p.object_id "
    "WHERE p.kind = 'state' AND p.name_id = ? AND p.role = ? ORDER BY s.place, p.object_id, p.place LIMIT ? OFFSET ?"
)
# The recommendations of a value, newest report first.
_OF = {
    "topic": "SELECT u.id FROM (SELECT object_id AS id FROM topics WHERE topic = ?1 AND object_id >> 40 = 1 UNION SELECT p.unit_id FROM topics t "
    "JOIN points p ON p.id = t.object_id WHERE t.topic = ?1 AND p.unit_id >> 40 = 1) o JOIN recommendations u ON u.id = o.id",
    "addressee": "SELECT u.id FROM addressees a JOIN recommendations u ON u.id = a.object_id",
    "body": "SELECT u.id FROM recommendations u JOIN reports r ON r.id = u.report_id",
    "year": "SELECT u.id FROM recommendations u JOIN reports r ON r.id = u.report_id",
    "naming": "SELECT u.id FROM (SELECT DISTINCT m.object_id AS id FROM mentions m JOIN names n ON n.id = m.name WHERE n.kind = 'state' AND n.name_id = ?1 "
    "AND m.object_id >> 40 = 1) o JOIN recommendations u ON u.id = o.id",
    "proposed": "SELECT u.id FROM (SELECT DISTINCT object_id AS id FROM participations WHERE kind = 'state' AND name_id = ?1 AND role = 'proposed') o "
    "JOIN recommendations u ON u.id = o.id",
    "all": "SELECT u.id FROM recommendations u",
}  # fmt: skip
_WHERE = {"addressee": "WHERE a.name_id = ?1", "body": "WHERE r.body IS ?1", "year": "WHERE r.year IS ?1"}
LEADS = {
    "body": "The bodies whose reports are here, with their reports in order of time.",
    "year": "By the year of the document.",
    "topic": "Topics are found by words and phrases; a recommendation may be on several.",
    "state": "Where each State spoke and for whom, its panellists, and the recommendations that it proposed or that name it. "
    "States that no report names are not here.",
    "addressee": "Whom recommendations address.",
}


class Browse:
    """Writes the pages.

    Args:
        scene: the reports.
        values: those that have pages.
        pages: writes pages.
        charts: makes figures.
    """

    def __init__(self, scene: Scene, values: dict[str, list[Value]], pages: Pages, charts: Charts) -> None:
        self.scene, self.values, self.pages, self.charts = scene, values, pages, charts
        self.units = Units(scene, cells(values["addressee"], _ROOT), cells(values["topic"], _ROOT))
        self.bodies = cells(values["body"], _ROOT)
        names = scene.connection.execute("SELECT name_id, name FROM names WHERE kind IN ('group', 'organization', 'state')")
        self.names = {ident: line(name) for ident, name in names}
        self.groups = {row["id"]: row["name"] for row in table("groups")}

    def run(self) -> None:
        """Write all."""
        everything = [*self.scene.entries]
        self.pages.several(
            "reports/index",
            [self._reports("", everything, per=_ROWS)],
            title="Reports",
            here="reports",
            lead=f"{count(len(everything), 'report')}, newest first.",
        )
        several = self._recommendations("all", None, key="list")
        lead = f"{count(several.total, 'recommendation')}, newest report first. The search chooses among them by year, body, addressee, topic, State and strength."
        self.pages.several(
            "recommendations/index", [several], title="Recommendations", here="recommendations", lead=lead, filtered="kind=recommendations"
        )
        for kind in FOLDERS:
            self._index(kind)
            for value in self.values[kind]:
                getattr(self, f"_{kind}")(value)

    # ------------------------------------------------------------------ lists
    def _reports(self, title: str, entries: list[Entry], *, per: int = _FIRST, body: bool = True) -> Listing:
        heads = (Head("Report"), Head("Date"), Head("Body"), Head("Recommendations", number=True), Head("Paragraphs", number=True))

        def chunk(start: int, many: int) -> dict[str, Any]:
            rows = [
                (report_cell(one, _ROOT), Cell(dated(one.date)), self.bodies.get(str(one.body), Cell("")) if one.body else Cell(""),
                 Cell(f"{one.recommendations:,}"), Cell(f"{one.paragraphs:,}"))
                for one in entries[start : start + many]
            ]  # fmt: skip
            table = Table("Reports, newest first", heads, rows)
            return {"table": table if body else without(table, 2)}

        return Listing("reports", title, len(entries), per, chunk)

    def _recommendations(
        self, what: str, ident: Any, *, key: str = "recommendations", title: str = "", note: str = "", per: int = _UNITS
    ) -> Listing:
        sql = f"{_OF[what]} {_PLACED.format('u')} {_WHERE.get(what, '')} ORDER BY s.place, u.id"
        idents = self.scene.numbers(sql, *([] if what == "all" else [ident]))
        topic = ident if what == "topic" else None
        return Listing(
            key, title, len(idents), per, lambda start, many: {"groups": self.units.groups(idents[start : start + many], topic)}, note
        )

    def _took_part(self, key: str, title: str, state: str, role: str) -> Listing:
        """Entries of a State in lists of speakers or of those present, or its panellists."""
        total = self.scene.numbers("SELECT count(*) FROM participations WHERE kind = 'state' AND name_id = ? AND role = ?", state, role)[0]
        person = role == "panellist"
        heads = (
            Head("Report"),
            Head("Date"),
            *([Head("Panellist")] if person else [Head("Capacity")]),
            Head("On behalf of"),
            Head("Agenda items"),
            Head("Paragraph"),
        )

        def chunk(start: int, many: int) -> dict[str, Any]:
            rows = []
            for number, capacity, behalf, items, paragraph, ident, who, position in self.scene.rows(_SPOKE, state, role, many, start):
                entry = self.scene.by_number[int(str(number))]
                place = Cell(
                    f"{'paras.' if ';' in str(paragraph) else 'para.'} {line(str(paragraph))}" if paragraph else "",
                    f"{_ROOT}{entry.page}#{ident}" if ident else None,
                )
                told = (
                    Cell(line(str(who or "")), None, line(str(position or "")))
                    if person
                    else Cell(line(str(capacity or "").replace("_", " ")))
                )
                rows.append(
                    (
                        report_cell(entry, _ROOT),
                        Cell(dated(entry.date)),
                        told,
                        Cell(self._behalf(behalf)),
                        Cell(line(str(items or ""))),
                        place,
                    )
                )
            return {"table": filled(Table(title, heads, rows))}

        return Listing(key, title, total, _FIRST, chunk)

    def _behalf(self, idents: object) -> str:
        """For whom somebody spoke; the names of groups are in the table, others in the reports."""
        found = [one.strip() for one in str(idents or "").split(";") if one.strip()]
        return "; ".join(line(self.groups.get(one) or self.names.get(one) or one) for one in found)

    # ------------------------------------------------------------------ one value
    def _put(
        self,
        value: Value,
        listings: list[Listing],
        *,
        facts: list[tuple[str, str]],
        figures: list[Any],
        lead: str = "",
        filtered: str | None = None,
    ) -> None:
        kicker = Cell(TITLES[value.kind], "index.html")
        self.pages.several(
            value.page.removesuffix(".html"), listings, title=value.name, lead=lead, facts=facts, figures=[one for one in figures if one is not None],
            here=value.kind, kicker=kicker, filtered=filtered,
        )  # fmt: skip

    def _body(self, value: Value) -> None:
        mine = [one for one in self.scene.entries if one.body == value.ident]
        several = self._recommendations("body", value.ident, title="Recommendations", per=_FIRST)
        self._put(
            value, [self._reports("Reports", mine, body=False), several], facts=_summary(mine), figures=[self.charts.by_year(value, _ROOT)],
            filtered=f"body={value.slug}",
        )  # fmt: skip

    def _year(self, value: Value) -> None:
        mine = [one for one in self.scene.entries if one.year == value.ident]
        figures = [
            self.charts.of_year(value, "addressee", "Recommendations by addressee", _ROOT),
            self.charts.of_year(value, "strength", "Recommendations by strength", _ROOT),
            self.charts.of_year(value, "topic", "Recommendations by topic", _ROOT), self.charts.balance_of(value),
        ]  # fmt: skip
        several = self._recommendations("year", value.ident, title="Recommendations", per=_FIRST)
        filtered = f"from={value.ident}&to={value.ident}" if value.ident is not None else None
        self._put(value, [self._reports("Reports", mine), several], facts=_summary(mine), figures=figures, filtered=filtered)

    def _topic(self, value: Value) -> None:
        found = self._recommendations("topic", value.ident)
        total = sum(one.recommendations for one in self.scene.entries)
        paragraphs = self.scene.numbers("SELECT count(*) FROM topics WHERE topic = ? AND object_id >> 40 = 2", value.ident)[0]
        facts = [("Recommendations", f"{found.total:,} of {total:,}"), ("Paragraphs", f"{paragraphs:,}")]
        lead = "" if found.total else "No recommendation is on this topic; the search lists the paragraphs that are."
        self._put(value, [found], facts=facts, figures=[self.charts.by_year(value, _ROOT)], lead=lead, filtered=f"topic={value.slug}")

    def _addressee(self, value: Value) -> None:
        found = self._recommendations("addressee", value.ident)
        total = sum(one.recommendations for one in self.scene.entries)
        facts = [("Recommendations", f"{found.total:,} of {total:,}")]
        self._put(value, [found], facts=facts, figures=[self.charts.by_year(value, _ROOT)], filtered=f"addressee={value.slug}")

    def _state(self, value: Value) -> None:
        ident = str(value.ident)
        listings = [
            self._took_part("spoke", "Where it spoke", ident, "spoke"), self._took_part("panellists", "Panellists", ident, "panellist"),
            self._recommendations("proposed", ident, key="proposed", title="Recommendations that it proposed", per=_FIRST),
            self._recommendations("naming", ident, key="named", title="Recommendations that name it", per=_FIRST),
            self._took_part("attended", "Where it was listed as present", ident, "attended"),
        ]  # fmt: skip
        spoke, lists = self.charts.speaking()
        reports = sum(number for (one, _), number in spoke.items() if one == ident)
        region = next((row["regional_group"] for row in table("states") if row["alpha3"] == ident and row["name_status"] == "current"), "")
        facts = [
            ("Regional group", self.groups.get(region, "none")),
            ("Spoke", f"in {reports:,} of {count(sum(lists.values()), 'report')} that list speakers"),
        ]
        self._put(value, listings, facts=facts, figures=[self.charts.spoke(value, _ROOT)], filtered=f"state={value.slug}")

    # ------------------------------------------------------------------ lists of values
    def _index(self, kind: str) -> None:
        heads, rows = getattr(self, f"_{kind}_rows")()

        def chunk(start: int, many: int) -> dict[str, Any]:
            return {"table": Table(TITLES[kind], heads, rows[start : start + many])}

        listing = Listing("list", "", len(rows), _ROWS, chunk)
        self.pages.several(f"{FOLDERS[kind]}/index", [listing], title=TITLES[kind], lead=LEADS[kind], here=kind)

    def _body_rows(self) -> Rows:
        return self._of_reports("body", "Body", lambda one: one.body)

    def _year_rows(self) -> Rows:
        return self._of_reports("year", "Year", lambda one: one.year)

    def _of_reports(self, kind: str, head: str, key: Any) -> Rows:
        mine: dict[Any, list[Entry]] = {}
        for one in self.scene.entries:
            mine.setdefault(key(one), []).append(one)
        rows = []
        for value in self.values[kind]:
            found = mine[value.ident]
            rows.append((
                Cell(value.name, _ROOT + value.page), Cell(f"{len(found):,}"), Cell(f"{sum(one.recommendations for one in found):,}"),
                Cell(f"{sum(one.paragraphs for one in found):,}"), *([Cell(_years(found))] if kind == "body" else []),
            ))  # fmt: skip
        heads = (
            Head(head),
            *(Head(one, number=True) for one in ("Reports", "Recommendations", "Paragraphs")),
            *([Head("Years")] if kind == "body" else []),
        )
        return heads, rows

    def _topic_rows(self) -> Rows:
        run = self.scene.connection.execute
        counts = {
            kind: dict(run(f"SELECT topic, count(*) FROM topics WHERE object_id >> 40 = {NUMBERS[kind]} GROUP BY topic").fetchall())
            for kind in ("recommendations", "points", "paragraphs")
        }
        heads = (Head("Topic"), *(Head(kind.capitalize(), number=True) for kind in counts))
        rows = [
            (Cell(one.name, _ROOT + one.page), *(Cell(f"{counts[kind].get(one.ident, 0):,}") for kind in counts))
            for one in self.values["topic"]
        ]
        return heads, rows

    def _addressee_rows(self) -> Rows:
        sql = (
            "SELECT a.name_id, count(*), count(DISTINCT u.report_id), avg(u.strength), count(u.strength) FROM addressees a "
            "JOIN recommendations u ON u.id = a.object_id GROUP BY 1"
        )
        found = {row[0]: row for row in self.scene.connection.execute(sql)}
        rows = []
        for one in sorted((one for one in self.values["addressee"] if one.ident in found), key=lambda one: -found[one.ident][1]):
            _, number, reports, strength, measured = found[one.ident]
            mean = f"{strength:.1f} (n {measured:,})" if measured else ""
            rows.append((Cell(one.name, _ROOT + one.page), Cell(f"{number:,}"), Cell(f"{reports:,}"), Cell(mean)))
        return (
            Head("Addressee"),
            Head("Recommendations", number=True),
            Head("Reports", number=True),
            Head("Mean strength", number=True),
        ), rows

    def _state_rows(self) -> Rows:
        run = self.scene.connection.execute
        roles = ("spoke", "panellist", "attended", "proposed")
        counts: dict[tuple[str, str], int] = {}
        for ident, role, number in run(
            "SELECT name_id, role, count(DISTINCT report_id) FROM participations WHERE kind = 'state' GROUP BY 1, 2"
        ):
            counts[ident, role] = number
        for ident, number in run(
            "SELECT n.name_id, count(DISTINCT m.object_id) FROM mentions m JOIN names n ON n.id = m.name WHERE n.kind = 'state' AND m.object_id >> 40 = 1 GROUP BY 1"
        ):
            counts[ident, "naming"] = number
        regions = {row["alpha3"]: row["regional_group"] for row in table("states") if row["name_status"] == "current"}
        rows = [
            (Cell(one.name, _ROOT + one.page), Cell(regions.get(str(one.ident), "")), *(Cell(f"{counts.get((str(one.ident), role), 0):,}") for role in (*roles, "naming")))
            for one in self.values["state"]
        ]  # fmt: skip
        told = ("Spoke in reports", "Panellists in", "Listed as present in", "Proposed in", "Recommendations naming it")
        return (Head("State"), Head("Group"), *(Head(one, number=True) for one in told)), rows


def _years(entries: list[Entry]) -> str:
    years = sorted({one.year for one in entries if one.year is not None})
    return "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _summary(entries: list[Entry]) -> list[tuple[str, str]]:
    return [
        ("Reports", f"{len(entries):,}"), ("Recommendations", f"{sum(one.recommendations for one in entries):,}"),
        ("Paragraphs", f"{sum(one.paragraphs for one in entries):,}"),
    ]  # fmt: skip
