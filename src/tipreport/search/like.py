"""What is like a text: the same recommendation again, or one in other words.

Lexical: two texts are as alike as the words they share are rare. A word counts by its inverse document frequency in
the corpus, forms of one word (train, trained) are one; the score is the shared weight over the weight of the text
asked for, tempered by that of the text found (a cosine, 0 to 1). Words without meaning of their own do not count.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any, NamedTuple

from tipreport.errors import TipreportError
from tipreport.folding import folded
from tipreport.index.schema import base
from tipreport.index.store import NAMED, named
from tipreport.search.compile import quoted
from tipreport.search.engine import Answer, Engine
from tipreport.search.hits import hits
from tipreport.search.inflect import forms
from tipreport.search.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "more",
        "most",
        "must",
        "no",
        "not",
        "of",
        "on",
        "or",
        "other",
        "our",
        "out",
        "over",
        "shall",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "under",
        "up",
        "upon",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "within",
        "without",
        "would",
    ]
)
_CANDIDATES = 400
_WORDS = 24  # the rarest words of a text that candidates are looked for with
_LEAST = 0.12  # below that two texts have nothing in common but the language


class Alike(NamedTuple):
    """An object that is like a text: its id in the index, the score, the words that say so (the rarest first)."""

    ident: int
    score: float
    shared: list[str]


def alike(connection: sqlite3.Connection, text: str, request: Request) -> list[Alike]:
    """The objects that are like a text, the most alike first.

    Args:
        connection: the index.
        text: words, or ``REPORT#ID`` of a recommendation or paragraph of the index.
        request: its filters, kinds and limit.

    Raises:
        TipreportError: the text has no words, or the index holds no such object.
    """
    own, words = asked_for(connection, text)
    weigh = _Weigher(connection)
    asked = weigh.bag(words)
    if not asked:
        raise TipreportError("--like wants a text with words in it that say something", "give a sentence, or REPORT#rec-2")
    found = []
    for ident, body in _candidates(connection, request, asked, weigh):
        if ident == own:
            continue
        bag = weigh.bag(body)
        both = asked.keys() & bag.keys()
        norm = math.sqrt(_square(asked) * _square(bag))
        score = sum(asked[word] * bag[word] for word in both) / norm if norm else 0.0
        if score >= _LEAST:
            found.append((score, ident, sorted(both, key=lambda word: (-asked[word], word))))
    engine = Engine(connection, request._replace(query=None))
    order = [ident for ident, _ in engine.order([(ident, score) for score, ident, _ in found])]
    by_id = {ident: (score, shared) for score, ident, shared in found}
    most = order if request.limit is None else order[: request.limit]
    return [Alike(ident, by_id[ident][0], [weigh.printed.get(word, word) for word in by_id[ident][1]]) for ident in most]


def like(connection: sqlite3.Connection, text: str, request: Request) -> list[dict[str, Any]]:
    """As ``alike``, as records of hits; ``shared`` holds twelve words at most."""
    found = alike(connection, text, request)
    records = hits(connection, Answer([(one.ident, None) for one in found], {}, None))
    return [{**hit, "score": round(one.score, 4), "shared": one.shared[:12]} for one, hit in zip(found, records, strict=True)]


def asked_for(connection: sqlite3.Connection, text: str) -> tuple[int | None, str]:
    """The object that is meant, and its text."""
    report, mark, ident = text.rpartition("#")
    if not mark or " " in ident.strip():
        return None, text
    numbers = [number for (number,) in connection.execute(f"SELECT id FROM reports WHERE {NAMED} ORDER BY id", named(report))]
    for kind in ("recommendations", "paragraphs", "points"):
        for number in numbers:
            ends = (base(kind, number), base(kind, number + 1))
            row = connection.execute(f'SELECT id, text FROM "{kind}" WHERE id > ? AND id < ? AND ident = ?', (*ends, ident)).fetchone()
            if row:
                return row[0], row[1]
    raise TipreportError(
        f"the index holds no {text}", "ids look like CTOC/COP/WG.4/2020/4#rec-2; 'tipreport search ... --jsonl' shows them"
    )


def _square(bag: dict[str, float]) -> float:
    return sum(weight * weight for weight in bag.values())


def _candidates(connection: sqlite3.Connection, request: Request, asked: dict[str, float], weigh: _Weigher) -> list[tuple[int, str]]:
    """The objects that share the most of the rarest words."""
    rare = sorted(asked, key=lambda word: (-asked[word], word))[:_WORDS]
    match = " OR ".join(quoted(form) for word in rare for form in weigh.forms(word))
    return Engine(connection, request._replace(query=None, sort="rank", limit=_CANDIDATES), match).texts()


class _Weigher:
    """Weighs words by how rare they are in the corpus."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.total = max(connection.execute("SELECT count(*) FROM passages_fts_docsize").fetchone()[0], 1)
        self.printed: dict[str, str] = {}
        self._weights: dict[str, float] = {}
        self._bases: dict[str, str] = {}
        self._forms: dict[str, tuple[str, ...]] = {}

    def bag(self, text: str) -> dict[str, float]:
        """The words of a text with their weights; forms of a word stand under the shortest."""
        out: dict[str, float] = {}
        for word in _WORD.findall(unicodedata.normalize("NFC", text)):
            plain = folded(word)
            if plain in _EMPTY:
                continue
            stem = self._base(plain)
            self.printed.setdefault(stem, plain)
            out[stem] = self._weight(stem)
        return out

    def forms(self, stem: str) -> tuple[str, ...]:
        """A word and its forms."""
        if stem not in self._forms:
            self._forms[stem] = (stem, *forms(stem))
        return self._forms[stem]

    def _base(self, word: str) -> str:
        if word not in self._bases:
            family = [word, *(form for form in forms(word) if self._known(form))]
            self._bases[word] = min(family, key=lambda form: (len(form), form))
        return self._bases[word]

    def _known(self, word: str) -> bool:
        return self.connection.execute("SELECT 1 FROM words WHERE word = ?", (word,)).fetchone() is not None

    def _weight(self, stem: str) -> float:
        if stem not in self._weights:
            match = " OR ".join(map(quoted, self.forms(stem)))
            count = self.connection.execute("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?", (match,)).fetchone()[0]
            self._weights[stem] = math.log(1 + self.total / (count + 1))
        return self._weights[stem]
