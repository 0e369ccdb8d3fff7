"""What the search in the browser shows and filters by: the texts of units by report, lists of units by topic, addressee, State and
strength, and the table of reports.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tipreport.index.schema import MOST_PLACES, NUMBERS, PLACE_BITS, base
from tipreport.site.codes import ascending, data
from tipreport.site.show import dated, line
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.site.folder import Folder
    from tipreport.site.scene import Entry, Scene
    from tipreport.site.values import Value

_SIZE = 100_000  # signs of a file of texts, about
_ONES = f"IN ({NUMBERS['recommendations']}, {NUMBERS['paragraphs']})"
# What units can be chosen by: the ids of the units that have a value.
FACETS = {
    "topic": f"SELECT object_id FROM topics WHERE topic = ? AND object_id >> 40 {_ONES} "
    "UNION SELECT p.unit_id FROM topics t JOIN points p ON p.id = t.object_id WHERE t.topic = ?1",
    "addressee": "SELECT object_id FROM addressees WHERE name_id = ?",
    "state": f"SELECT m.object_id FROM mentions m JOIN names n ON n.id = m.name WHERE n.kind = 'state' AND n.name_id = ?1 AND m.object_id >> 40 {_ONES} "
    "UNION SELECT object_id FROM participations WHERE kind = 'state' AND name_id = ?1 AND role = 'proposed'",
    "strength": "SELECT id FROM recommendations WHERE strength = ?",
}  # fmt: skip


class Facet(NamedTuple):
    """Something that units are chosen by.

    Args:
        kind: one of ``FACETS``.
        values: those that some unit has, with the number of units.
    """

    kind: str
    values: list[tuple[Value, int]]


def units(scene: Scene, entry: Entry, folder: Folder) -> list[int]:
    """Write the texts of a report; gives the places at which its second, third, ... file begin."""
    cut: list[int] = []
    rows: list[list[Any]] = []
    points = _points(scene, entry)
    place = size = 0

    def close() -> None:
        nonlocal size
        name = f"r/{entry.slug}" + (f"~{len(cut)}" if cut else "")
        told = {"c": line(entry.cite), "d": dated(entry.date), "t": line(entry.title or ""), "b": line(entry.body or ""), "u": rows}
        folder.put(f"search/{name}.js", data(name, scene.build, told))
        rows.clear()
        size = 0

    for kind in ("recommendations", "paragraphs"):
        found = scene.connection.execute(
            f"SELECT id, ident, pinpoint, text FROM {kind} WHERE id > ? AND id < ? ORDER BY id",
            (base(kind, entry.number), base(kind, entry.number + 1)),
        ).fetchall()
        for number, ident, pinpoint, text in found:
            if size >= _SIZE:
                close()
                cut.append(place)
            told = visible(text)
            rows.append([ident, line(pinpoint), told, *([_placed(told, points[number])] if number in points else [])])
            size += len(text) + len(pinpoint) + 20
            place += 1
    if rows:
        close()
    return cut


def _points(scene: Scene, entry: Entry) -> dict[int, list[tuple[str, str, str]]]:
    """The points of a report by the unit that holds them: id, label, text."""
    out: dict[int, list[tuple[str, str, str]]] = {}
    sql = "SELECT unit_id, ident, label, text FROM points WHERE id > ? AND id < ? ORDER BY id"
    for unit, ident, label, text in scene.connection.execute(sql, (base("points", entry.number), base("points", entry.number + 1))):
        out.setdefault(unit, []).append((ident, label, text))
    return out


def _placed(text: str, points: list[tuple[str, str, str]]) -> list[tuple[int, int, str, str]]:
    """Where points stand in the text of their unit, in units of UTF-16, as scripts count: begin, end, label, id."""
    out, at = [], 0
    for ident, label, own in points:
        shown = visible(own)
        found = text.find(shown, at)
        if found >= 0:
            at = found
            start = _wide(text[:found])
            out.append((start, start + _wide(shown), line(label), ident))
    return out


def _wide(text: str) -> int:
    return len(text) + sum(sign > "\uffff" for sign in text) if not text.isascii() else len(text)


def facets(scene: Scene, values: dict[str, list[Value]], folder: Folder) -> list[Facet]:
    """Write the lists of units of all values; gives the values that have some."""
    out = []
    for kind, sql in FACETS.items():
        kept = []
        for value in values[kind]:
            numbers = sorted(number_of(scene, ident) for ident in scene.numbers(sql, value.ident))
            if numbers:
                name = f"f/{kind}~{value.slug}"
                folder.put(f"search/{name}.js", data(name, scene.build, ascending(numbers)))
                kept.append((value, len(numbers)))
        out.append(Facet(kind, kept))
    return out


def number_of(scene: Scene, ident: int) -> int:
    """The number of a unit among all of the site."""
    entry = scene.by_number[ident >> PLACE_BITS & (MOST_PLACES - 1)]
    paragraph = ident >> 40 == NUMBERS["paragraphs"]
    return entry.first + (entry.recommendations if paragraph else 0) + (ident & (MOST_PLACES - 1)) - 1


def table(scene: Scene, words: tuple[list[str], list[str]], cuts: dict[int, list[int]], bodies: list[Value], folder: Folder) -> None:
    """Write what every search needs: the reports with their numbers of units, and the first words of the files."""
    slugs = {one.ident: one.slug for one in bodies}
    rows = [
        [one.slug, one.year, slugs[one.body], one.recommendations, one.paragraphs, *([cuts[one.number]] if cuts.get(one.number) else [])]
        for one in scene.entries
    ]
    folder.put("search/table.js", data("table", scene.build, {"reports": rows, "words": words[0], "others": words[1]}))
