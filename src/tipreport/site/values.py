"""The values that have pages of their own: bodies, years, topics, States, addressees; each with its name and the name of its page."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.config import Config
from tipreport.data import table
from tipreport.site.show import Cell, line
from tipreport.site.slugs import Taken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.site.scene import Scene

# Kind of value -> the folder of its pages, what one and several are called, as words and as titles.
FOLDERS = {"body": "bodies", "year": "years", "topic": "topics", "state": "states", "addressee": "addressees"}
TITLES = {"body": "Bodies", "year": "Years", "topic": "Topics", "state": "States", "addressee": "Addressees"}

_VALUES = {
    "body": "SELECT DISTINCT body, body FROM reports",
    "year": "SELECT DISTINCT year, year FROM reports",
    "topic": "SELECT DISTINCT topic, topic FROM topics WHERE object_id >> 40 <= 3",
    "state": "SELECT n.name_id, n.name FROM names n WHERE n.kind = 'state' AND (EXISTS (SELECT 1 FROM participations p WHERE p.kind = 'state' "
    "AND p.name_id = n.name_id) OR EXISTS (SELECT 1 FROM mentions m WHERE m.name = n.id))",
    "addressee": "SELECT a.name_id, coalesce(max(n.name), a.name_id) FROM addressees a LEFT JOIN names n ON n.kind = 'addressee' AND n.name_id = a.name_id GROUP BY a.name_id",
    "strength": "SELECT DISTINCT strength, strength FROM recommendations WHERE strength IS NOT NULL",
}  # fmt: skip
_UNKNOWN = {"body": "Body not known", "year": "Year not known"}


class Value(NamedTuple):
    """A value.

    Args:
        kind: one of ``FOLDERS``, or ``strength``.
        ident: as the index holds it; None where reports do not say.
        name: what people call it.
        slug: the name of its page.
    """

    kind: str
    ident: str | int | None
    name: str
    slug: str

    @property
    def page(self) -> str:
        """Its page, from the top of the site."""
        return f"{FOLDERS[self.kind]}/{self.slug}.html"


def values(scene: Scene, config: Config) -> dict[str, list[Value]]:
    """All values that the reports have, by kind: years from the last to the first, others by name."""
    labels = {row["id"]: row.get("label") or row["id"] for row in (*table("topics"), *config.rows("topics"))}
    out: dict[str, list[Value]] = {}
    for kind, sql in _VALUES.items():
        taken = Taken()
        rows = scene.connection.execute(sql).fetchall()
        rows.sort(key=lambda row: (row[0] is None, str(row[0])))
        made = []
        for ident, name in rows:
            told = _UNKNOWN[kind] if ident is None else labels.get(ident, ident) if kind == "topic" else str(name)
            base = "not-known" if ident is None else str(ident) if kind != "body" else str(name)
            made.append(Value(kind, ident, line(str(told)), taken.claim(base, str(ident))))
        if kind == "year":
            made.sort(key=lambda one: -int(one.ident or 0))
        else:
            made.sort(key=lambda one: (one.ident is None, one.name.casefold(), one.slug))
        out[kind] = made
    return out


def cells(found: list[Value], root: str) -> dict[str, Cell]:
    """Names with links to their pages, by id."""
    return {str(one.ident): Cell(one.name, root + one.page) for one in found}
