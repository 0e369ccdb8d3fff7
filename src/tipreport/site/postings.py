"""The index that the browser searches: for every word the units that hold it, and where in them it stands.

The words are those of the full-text table of the index, so that the browser finds what ``tipreport search`` finds. They stand in
their order in files of some forty thousand signs, ``search/t/N.js``; a query loads those of its words, and for a phrase those
with the places, ``search/p/N.js``. Other forms of words after ``tipreport.search.inflect``, also of words that no report has, are in
``search/o/N.js``.

A unit is told by its number among all units of the site. With it goes how much the word weighs in it: the part of Okapi BM25
that does not depend on the query, in eight steps (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, 3.4).
"""

from __future__ import annotations

from typing import NamedTuple

from tipreport.index.schema import MOST_PLACES, NUMBERS, PLACE_BITS, base
from tipreport.search.inflect import forms
from tipreport.site.codes import code, data

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Iterator

    from tipreport.site.folder import Folder
    from tipreport.site.scene import Scene

_SIZE = 40_000  # signs of a file of words, about
_FORMS = 1000  # words of a file of other forms
_K1, _B = 1.2, 0.75
_STEPS = 8
_UNITS = ("recommendations", "paragraphs")


class Word(NamedTuple):
    """A word of the corpus.

    Args:
        word: folded.
        units: the units that hold it, with its weight in each.
        places: where in each it stands.
    """

    word: str
    units: str
    places: str


def write(scene: Scene, folder: Folder) -> tuple[list[str], list[str]]:
    """Write the files of words and those of other forms; gives the first word of each, in order."""
    connection = scene.connection
    connection.execute("CREATE VIRTUAL TABLE temp.site_places USING fts5vocab(main, passages_fts, instance)")
    found = _words(connection, _Numbers(scene))
    known: set[str] = set()
    try:
        words = _files(found, known, scene.build, folder)
    finally:
        found.close()
        connection.execute("DROP TABLE temp.site_places")
    return words, _forms(known, scene.build, folder)


def _files(words: Iterator[Word], known: set[str], build: str, folder: Folder) -> list[str]:
    """Write the files of words and of places; ``known`` takes the words."""
    firsts: list[str] = []
    rows: list[tuple[str, str]] = []
    places: list[str] = []
    size = 0

    def close() -> None:
        nonlocal size
        name = len(firsts)
        firsts.append(rows[0][0])
        folder.put(f"search/t/{name}.js", data(f"t/{name}", build, rows))
        folder.put(f"search/p/{name}.js", data(f"p/{name}", build, places))
        rows.clear()
        places.clear()
        size = 0

    for one in words:
        known.add(one.word)
        rows.append((one.word, one.units))
        places.append(one.places)
        size += len(one.word) + len(one.units) + 8
        if size >= _SIZE:
            close()
    if rows:
        close()
    return firsts


def _forms(known: set[str], build: str, folder: Folder) -> list[str]:
    """Write the files of other forms: words, known or not, with those of their other forms that are known."""
    out: dict[str, list[str]] = {}
    for word in sorted(known):
        made = forms(word)
        found = [form for form in made if form in known]
        if found:
            out[word] = found
        for form in made:
            if form not in known and form not in out:
                out[form] = [one for one in forms(form) if one in known]
    rows = [(word, found) for word, found in sorted(out.items()) if found]
    firsts: list[str] = []
    for start in range(0, len(rows), _FORMS):
        name = len(firsts)
        firsts.append(rows[start][0])
        folder.put(f"search/o/{name}.js", data(f"o/{name}", build, rows[start : start + _FORMS]))
    return firsts


class _Numbers:
    """The numbers of units, by the upper part of their ids, and how long they are."""

    def __init__(self, scene: Scene) -> None:
        self.first: dict[int, int] = {}
        for entry in scene.entries:
            for kind, before in (("recommendations", 0), ("paragraphs", entry.recommendations)):
                self.first[base(kind, entry.number) >> PLACE_BITS] = entry.first + before - 1  # places count from 1
        lengths = [1.0] * scene.units
        for kind in _UNITS:
            for ident, length in scene.connection.execute(f"SELECT id, length(text) FROM {kind}"):
                lengths[self.first[ident >> PLACE_BITS] + (ident & (MOST_PLACES - 1))] = length
        mean = sum(lengths) / max(len(lengths), 1)
        self.damping = [_K1 * (1 - _B + _B * length / mean) for length in lengths]


def _words(connection: sqlite3.Connection, numbers: _Numbers) -> Generator[Word, None, None]:
    """All words of recommendations and paragraphs in their order."""
    end = NUMBERS["paragraphs"] + 1 << 40
    found = connection.execute("SELECT term, doc, offset FROM temp.site_places WHERE doc < ?", (end,))
    first, damping, mask = numbers.first.get, numbers.damping, MOST_PLACES - 1
    units: list[tuple[int, int, str]] = []
    word, last, number, count, before, places = "", -1, -1, 0, 0, ""

    def keep() -> None:
        weight = min(int(count * (_K1 + 1) / (count + damping[number]) / (_K1 + 1) * _STEPS), _STEPS - 1)
        units.append((number, weight, code(count) + places))

    for term, ident, at in found:
        if ident != last or term != word:
            if number >= 0:
                keep()
            if term != word:
                if units:
                    yield _word(word, units)
                    units = []
                word = term
            last, upper = ident, first(ident >> PLACE_BITS)
            number = -1 if upper is None else upper + (ident & mask)
            count, before, places = 1, at, code(at)
            continue
        count += 1
        places += code(at - before)
        before = at
    if number >= 0:
        keep()
    if units:
        yield _word(word, units)


def _word(word: str, units: list[tuple[int, int, str]]) -> Word:
    units.sort()
    out, last = [], 0
    for number, weight, _ in units:
        out.append(code((number - last) * _STEPS + weight))
        last = number
    return Word(word, "".join(out), "".join(places for _, _, places in units))
