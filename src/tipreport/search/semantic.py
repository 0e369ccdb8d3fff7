"""What means the same as a text in other words: a small model of word vectors, an extra (``tipreport[semantic]``).

The model ships in the wheel of wordllama (MIT) and is read from there: nothing is fetched. Vectors of the texts of an
index are kept in a file beside it, by the digest of each text, so that only new texts are reckoned.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from typing import Any

from tipreport.errors import ExtraError
from tipreport.search.engine import Answer, Engine
from tipreport.search.hits import hits
from tipreport.search.like import asked_for
from tipreport.search.request import Request

_LEAST = 0.2  # of unrelated texts hardly any pair is closer
_BATCH = 2048


def like(connection: sqlite3.Connection, text: str, request: Request, beside: str | None) -> list[dict[str, Any]]:
    """The records closest in meaning to a text, the closest first; ``score`` is the cosine of the two.

    Args:
        connection: the index.
        text: words, or ``REPORT#ID`` of an object of the index.
        request: its filters, kinds and limit.
        beside: the path of the index, beside which vectors are kept; None keeps none.

    Raises:
        TipreportError: the extra is not installed, or the index holds no such object.
    """
    own, words = asked_for(connection, text)
    model = _model()
    everything = Engine(connection, request._replace(query=None, limit=None)).texts()
    rows = [row for row in everything if row[0] != own]
    if not rows:
        return []
    scores = _vectors(model, [body for _, body in rows], beside) @ model.embed([words], norm=True)[0]
    close = [(rows[place][0], round(float(scores[place]), 4)) for place in range(len(rows)) if scores[place] >= _LEAST]
    order = Engine(connection, request._replace(query=None)).order([(ident, score) for ident, score in close])
    order = order if request.limit is None else order[: request.limit]
    records = hits(connection, Answer([(ident, None) for ident, _ in order], {}, None))
    return [{**hit, "score": score, "shared": []} for hit, (_, score) in zip(records, order, strict=True)]


def _model() -> Any:
    os.environ["HF_HUB_OFFLINE"] = "1"  # belt and braces: the model lies in the wheel
    try:
        import wordllama  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise ExtraError("--semantic", "semantic") from error
    folder = os.path.dirname(wordllama.__file__)
    return wordllama.WordLlama.load(cache_dir=folder, disable_download=True)


def _vectors(model: Any, texts: list[str], beside: str | None) -> Any:
    """The unit vectors of texts, a row each; known ones come from the file beside the index."""
    import numpy as np  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 (comes with the extra)

    keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16] for text in texts]
    kept = _Kept(beside)
    known = kept.load(set(keys))
    missing = [place for place, key in enumerate(keys) if key not in known]
    for start in range(0, len(missing), _BATCH):
        places = missing[start : start + _BATCH]
        made = model.embed([texts[place] for place in places], norm=True).astype(np.float16)
        fresh = {keys[place]: row.tobytes() for place, row in zip(places, made, strict=True)}
        known |= fresh
        kept.save(fresh)
    found = np.frombuffer(b"".join(known[key] for key in keys), dtype=np.float16).reshape(len(keys), -1).astype(np.float32)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return found / np.maximum(lengths, 1e-9)


class _Kept:
    """Vectors in a file of their own; where it cannot be read or written they are reckoned anew."""

    def __init__(self, beside: str | None) -> None:
        self.connection: sqlite3.Connection | None = None
        if beside is None:
            return
        try:
            self.connection = sqlite3.connect(f"{beside}.vectors", isolation_level=None)
            self.connection.execute("CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID")
        except sqlite3.Error:
            self.connection = None

    def load(self, wanted: set[bytes]) -> dict[bytes, bytes]:
        if self.connection is None:
            return {}
        try:
            return {key: vector for key, vector in self.connection.execute("SELECT text, vector FROM vectors") if key in wanted}
        except sqlite3.Error:
            return {}

    def save(self, fresh: dict[bytes, bytes]) -> None:
        if self.connection is None:
            return
        try:
            self.connection.execute("BEGIN")
            self.connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", fresh.items())
            self.connection.execute("COMMIT")
        except sqlite3.Error:
            self.connection = None
