"""The passages of an index that may hold a quotation: recommendations, paragraphs, footnotes, headings, and last whole texts.

The full-text table gives candidates: those with the words in a row, then those with the rarest of them, then those that
share most of the rarest. Of an index of 100,000 paragraphs that is some hundred passages to look at.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from tipreport.folding import folded
from tipreport.index.schema import NUMBERS, PLACE_BITS, TEXTS, base, kind_of, report_of
from tipreport.quotation.stream import Stream
from tipreport.search.places import Sources, spans_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

KINDS = ("recommendations", "paragraphs", "footnotes", "sections", "agenda", "decisions")
_WORD = re.compile(r"[^\W_]+")
_RARE_BOTH, _RARE_ANY = 8, 14  # words of a quotation that all, or any, of the candidates hold
_ROW, _ALL, _ANY = 200, 300, 48  # candidates
_IN_A_ROW = 40  # words
_PARTS = 16  # of a quotation that are looked for at once, the longest
_RARE_LEAST, _RANKED = 9, 120_000  # words that are looked for whatever they cost, and passages that may be put in order
WHOLE = 10_000_000  # characters of all texts up to which they are searched too
_SLICE = 2000  # characters around a place in a whole text
_KEPT = 4096  # streams of passages that are kept for the next quotation


class Passage(NamedTuple):
    """A text that may hold a quotation.

    Args:
        ident: of the object in the index; 0 for a stretch of a whole text.
        report: its number.
        kind: of ``KINDS``, or ``text``.
        text: what is searched.
        base: of a stretch of a whole text, where it begins there.
    """

    ident: int
    report: int
    kind: str
    text: str
    base: int = 0


class Passages:
    """The passages of an index.

    Args:
        connection: to the index.
        reports: numbers of the reports to look in; None for all.
    """

    def __init__(self, connection: sqlite3.Connection, reports: Sequence[int] | None = None) -> None:
        self.connection = connection
        self.sources = Sources(connection)
        self.only = None if reports is None else frozenset(reports)
        self.rows: dict[int, dict[str, Any]] = {}
        self._streams: dict[int, Stream] = {}
        self._wholes: dict[int, Stream] = {}
        self._held: dict[str, int] = {}
        connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.quotation_words USING fts5vocab(main, passages_fts, 'row')")
        numbers = sorted(NUMBERS[kind] for kind in KINDS)
        self._where = " OR ".join(f"rowid BETWEEN {n << 40} AND {(n + 1 << 40) - 1}" for n in numbers)

    def stream(self, passage: Passage) -> Stream:
        """The passage as it is compared."""
        if not passage.ident:
            return Stream(passage.text)
        if passage.ident not in self._streams:
            if len(self._streams) >= _KEPT:
                self._streams.clear()
            self._streams[passage.ident] = Stream(passage.text)
        return self._streams[passage.ident]

    def held(self, word: str) -> int:
        """How many passages hold a word."""
        if word not in self._held:
            row = self.connection.execute("SELECT doc FROM temp.quotation_words WHERE term = ?", (word,)).fetchone()
            self._held[word] = int(row[0]) if row else 0
        return self._held[word]

    def holding(self, parts: Sequence[str]) -> Iterator[Iterator[Passage]]:
        """Passages that may hold all these stretches of words as they are, in stages: the likeliest first, none twice.

        First those with the words in a row, then those with the rarest of them, then those that share most of the rarest (in which a
        word may be divided by a hyphen).
        """
        seen: set[int] = set()
        rows = [_WORD.findall(folded(part)) for part in sorted(parts, key=len, reverse=True)[:_PARTS]]
        counts = {word: self.held(word) for row in rows for word in row}
        in_a_row = " AND ".join(f'"{" ".join(row[:_IN_A_ROW])}"' for row in rows if row)
        rare = sorted((word for word in counts if counts[word]), key=lambda word: (counts[word], word))[:_RARE_BOTH]
        for match, most in ((in_a_row, _ROW), (" AND ".join(f'"{word}"' for word in rare), _ALL)):
            if match:
                yield self._found(match, most, seen, ranked=False)
        yield (passage for passage in self.sharing(" ".join(parts)) if passage.ident not in seen)

    def sharing(self, text: str) -> Iterator[Passage]:
        """Passages that share the rarest words of a text, those that share the most first."""
        counts = {word: self.held(word) for word in dict.fromkeys(_WORD.findall(folded(text)))}
        rare: list[str] = []
        for word in sorted((word for word in counts if counts[word]), key=lambda word: (counts[word], word))[:_RARE_ANY]:
            if len(rare) >= _RARE_LEAST and sum(counts[one] for one in (*rare, word)) > _RANKED:
                break
            rare.append(word)
        if rare:
            yield from self._found(" OR ".join(f'"{word}"' for word in rare), _ANY, set(), ranked=True)

    def _found(self, match: str, most: int, seen: set[int], *, ranked: bool) -> Iterator[Passage]:
        order = " ORDER BY rank" if ranked else ""
        within = ""
        if self.only is not None:
            numbers = ",".join(map(str, sorted(self.only)))
            within = f" AND (rowid >> {PLACE_BITS} & {(1 << PLACE_BITS) - 1}) IN ({numbers})"
        found = self.connection.execute(
            f"SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? AND ({self._where}){within}{order} LIMIT ?",  # noqa: S608 (numbers)
            (match, most),
        )
        for (ident,) in found.fetchall():
            if ident not in seen:
                seen.add(ident)
                yield self.passage(ident)

    def row(self, ident: int) -> dict[str, Any]:
        """The row of an object."""
        if ident not in self.rows:
            if len(self.rows) >= _KEPT:
                self.rows.clear()
            kind = kind_of(ident)
            found = self.connection.execute(f'SELECT *, {TEXTS[kind]} AS whole_text FROM "{kind}" WHERE id = ?', (ident,))  # noqa: S608
            self.rows[ident] = dict(zip((column[0] for column in found.description), found.fetchone(), strict=True))
        return self.rows[ident]

    def passage(self, ident: int) -> Passage:
        """The passage of an object."""
        return Passage(ident, report_of(ident), kind_of(ident), self.row(ident)["whole_text"])

    def start(self, passage: Passage) -> int:
        """Where a passage stands in its report."""
        if not passage.ident:
            return passage.base
        spans = spans_of(self.row(passage.ident))
        return spans[0][0] if spans else 0

    def marks(self, report: int) -> set[str]:
        """The marks of the footnotes of a report."""
        ends = (base("footnotes", report), base("footnotes", report + 1))
        return {mark for (mark,) in self.connection.execute("SELECT mark FROM footnotes WHERE id > ? AND id < ?", ends)}

    def wholes(self) -> Iterator[tuple[int, Stream]]:
        """The whole texts of the reports, where they are not too long together."""
        numbers = [number for (number,) in self.connection.execute("SELECT id FROM reports ORDER BY id")]
        if self.only is not None:
            numbers = [number for number in numbers if number in self.only]
        if not self.searches_wholes:
            return
        for number in numbers:
            if number not in self._wholes:
                self._wholes[number] = Stream(self.sources.text(number))
            yield number, self._wholes[number]

    @property
    def searches_wholes(self) -> bool:
        """Whether whole texts are searched: mastheads, tables and lists too."""
        if self.only is None:
            total = self.connection.execute("SELECT coalesce(sum(characters), 0) FROM reports").fetchone()[0]
        else:
            marks = ",".join("?" * len(self.only))
            total = self.connection.execute(
                f"SELECT coalesce(sum(characters), 0) FROM reports WHERE id IN ({marks})",  # noqa: S608 (question marks)
                tuple(self.only),
            ).fetchone()[0]
        return bool(total <= WHOLE)

    def counts(self) -> dict[str, int]:
        """How much is searched: reports, and passages of each kind."""
        out = {}
        for name in ("reports", *KINDS):
            if self.only is None:
                sql, values = f'SELECT count(*) FROM "{name}"', ()  # noqa: S608 (a name of ours)
            else:
                column = "id" if name == "reports" else "report_id"
                sql = f'SELECT count(*) FROM "{name}" WHERE {column} IN ({",".join("?" * len(self.only))})'  # noqa: S608
                values = tuple(self.only)  # type: ignore[assignment]
            out[name] = int(self.connection.execute(sql, values).fetchone()[0])
        return out


def stretch(report: int, text: str, start: int, end: int) -> Passage:
    """The part of a whole text around a place, as a passage."""
    low, high = max(start - _SLICE, 0), min(end + _SLICE, len(text))
    low = text.find("\n", low, start) + 1 if low else 0
    return Passage(0, report, "text", text[max(low, 0) : high], max(low, 0))
