"""Answers as records: the hit of the contract, with its cite, snippet, spans and surroundings."""

from __future__ import annotations

from typing import Any

from tipreport.index.schema import PLACE_BITS, SINGULAR, TEXTS, base, kind_of, report_of
from tipreport.search.engine import Answer, compiled_pattern
from tipreport.search.places import Part, Range, Sources, located, marked, marks, parts, snippet, spans_of, telling

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

Hit = dict[str, Any]

# Columns of the kinds that a hit carries besides what all have.
_ALSO = {
    "recommendations": ("number", "section", "modality", "strength", "verb", "addressees", "proposed_by", "position", "topics"),
    "paragraphs": ("number", "section", "topics"),
    "points": ("label",),
    "sections": ("label", "level"),
    "agenda": ("number",),
    "panellists": ("name", "position", "organization", "state", "on_behalf_of", "agenda_items", "paragraphs"),
    "statements": ("paragraph", "capacity", "instrument", "agenda_items", "count"),
    "attendance": ("paragraph", "capacity", "instrument", "agenda_items", "count"),
    "voices": ("quantifier", "rank", "noun", "verb"),
    "references": ("kind", "target"),
    "footnotes": ("mark", "paragraph"),
    "decisions": ("number",),
}
_LISTS = {"topics", "addressees", "proposed_by", "agenda_items", "paragraphs"}


def hits(connection: sqlite3.Connection, answer: Answer, *, context: int = 0, topics: tuple[str, ...] = ()) -> Iterator[Hit]:
    """The records of an answer in its order.

    Args:
        connection: the index that was searched.
        answer: of ``engine.search``.
        context: how many objects of the kind before and behind each to give as well.
        topics: ids of topics that were filtered by; points that speak of them are pointed out.
    """
    maker = _Maker(connection, answer, topics)
    for ident, score in answer.found:
        hit = maker.hit(ident, score)
        if context:
            hit["context"] = maker.around(ident, context)
        yield hit


class _Maker:
    def __init__(self, connection: sqlite3.Connection, answer: Answer, topics: tuple[str, ...]) -> None:
        self.connection, self.topics = connection, topics
        self.plan = answer.plan
        self.sources = Sources(connection)
        self.reports: dict[int, dict[str, Any]] = {}
        self.headings: dict[int, dict[str, str]] = {}
        self.patterns = [compiled_pattern(pattern, "") for pattern in self.plan.patterns] if self.plan else []

    def _row(self, sql: str, values: tuple[Any, ...]) -> dict[str, Any]:
        found = self.connection.execute(sql, values)
        row = found.fetchone()
        return dict(zip((column[0] for column in found.description), row, strict=True)) if row else {}

    def report(self, number: int) -> dict[str, Any]:
        """The row of a report."""
        if number not in self.reports:
            self.reports[number] = self._row("SELECT * FROM reports WHERE id = ?", (number,))
        return self.reports[number]

    def heading(self, number: int, label: str | None) -> str | None:
        """The title of a section."""
        if number not in self.headings:
            low = base("sections", number)
            rows = self.connection.execute(
                "SELECT label, title FROM sections WHERE id > ? AND id < ? ORDER BY id DESC", (low, low + (1 << PLACE_BITS))
            )
            self.headings[number] = dict(rows.fetchall())
        return self.headings[number].get(label) if label else None

    def object(self, ident: int) -> tuple[dict[str, Any], str]:
        """The row of an object and the text that is searched in it."""
        kind = kind_of(ident)
        if kind == "voices":
            row = self._row(
                "SELECT v.*, coalesce(v.said, substr(p.text, v.said_at + 1, v.said_length)) AS text, p.pinpoint, p.section, p.ident AS unit "
                "FROM voices v JOIN paragraphs p ON p.id = v.unit_id WHERE v.id = ?",
                (ident,),
            )
            return row, row["text"]
        row = self._row(f'SELECT *, {TEXTS[kind]} AS whole_text FROM "{kind}" WHERE id = ?', (ident,))
        return row, row.pop("whole_text")

    def hit(self, ident: int, score: float | None) -> Hit:
        """One record."""
        kind, number = kind_of(ident), report_of(ident)
        row, text = self.object(ident)
        report = self.report(number)
        found = self._found(text)
        own = spans_of(row)
        column = row.pop("exact_column", None)
        spans = _on_line(row, found) if column is not None else self._spans(number, Part(0, text, own), found)
        pieces = parts(self.connection, row, text)
        named = _pointed(pieces, found) if found else self._speaking(pieces)
        shown, inside = snippet(text, found or [(p.start, p.start) for p in named[:1]])
        first = spans[0] if spans else None
        hit: Hit = {
            "type": "hit", "report": report["name"], "id": _ident(kind, row), "kind": SINGULAR[kind],
            "score": None if score is None else round(score, 4), "cite": self._cite(kind, row, report, named), "snippet": shown,
            "highlights": [list(r) for r in inside if r[1] > r[0]], "matches": spans,
            "line": first["line"] if first else row.get("line"), "page": first.get("page") if first else (own[0][2] if own else None),
            "column": self._column(number, row, column, first),
            "path": report["path"], "date": report["date"], "year": report["year"], "body": report["body"],
        }  # fmt: skip
        for column in _ALSO[kind]:
            value = row.get(column)
            hit[column if column != "kind" else "target_kind"] = (value.split("; ") if value else []) if column in _LISTS else value
        section = row.get("section")
        if kind in {"recommendations", "paragraphs"}:
            hit["heading"] = self.heading(number, section)
        if kind == "paragraphs":
            hit["voice"] = self._voice(number, ident, telling(text, found)) if found else None
        if kind in {"statements", "attendance"}:
            hit["participants"] = self._participants(ident)
        if named:
            hit["points"] = [f"{row['ident']}.{p.label}" for p in named]
        hit["text"] = text
        return hit

    def _found(self, text: str) -> list[Range]:
        """The ranges of the text that the query found."""
        if self.plan is None:
            return []
        out: list[Range] = []
        if self.plan.shown:
            shown = marks(self.connection, self.plan.shown, text)
            out += marked(text, shown)
        for pattern in self.patterns:
            try:
                out += [m.span() for m in pattern.finditer(text, timeout=5) if m.end() > m.start()]
            except TimeoutError:
                break
        return sorted(set(out))

    def _spans(self, number: int, whole: Part, found: list[Range]) -> list[dict[str, int]]:
        source = self.sources.text(number) if found else ""
        return self.sources.spans(number, located(whole, source, found)) if source else []

    def _column(self, number: int, row: dict[str, Any], column: int | None, first: dict[str, int] | None) -> int | None:
        """The column of the first place found."""
        if first is None:
            return None
        return self.sources.column(number, first["start"]) if column is None else column + first["start"] - int(row["start_offset"])

    def _speaking(self, pieces: list[Part]) -> list[Part]:
        """The points that speak of the topics asked for."""
        return [
            p
            for p in pieces
            if any(
                self.connection.execute("SELECT 1 FROM topics WHERE topic = ? AND object_id = ?", (topic, p.ident)).fetchone()
                for topic in self.topics
            )
        ]

    def _voice(self, number: int, ident: int, found: Range) -> dict[str, Any] | None:
        """Who is reported to have said what was found: the clause it stands in, or the last one before it."""
        low = base("voices", number)
        rows = self.connection.execute(
            "SELECT v.quantifier, v.noun, v.verb, v.said_at, v.said_length, substr(p.text, v.said_at + 1, v.said_length) "
            "FROM voices v JOIN paragraphs p ON p.id = v.unit_id WHERE v.id > ? AND v.id < ? AND v.unit_id = ? AND v.said_at <= ? "
            "ORDER BY v.said_at DESC LIMIT 1",
            (low, low + (1 << PLACE_BITS), ident, found[0]),
        ).fetchone()
        if rows is None:
            return None
        quantifier, noun, verb, at, length, text = rows
        return {"quantifier": quantifier, "noun": noun, "verb": verb, "carried_over": found[0] >= at + length, "text": text}

    def _participants(self, ident: int) -> list[dict[str, Any]]:
        found = self.connection.execute(
            "SELECT kind, name_id AS id, name, as_printed, on_behalf_of FROM participations WHERE object_id = ? ORDER BY place", (ident,)
        )
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]

    def _cite(self, kind: str, row: dict[str, Any], report: dict[str, Any], named: list[Part]) -> str:
        """The pinpoint cite."""
        if row.get("pinpoint"):
            return f"{report['cite']}, {row['pinpoint']}" + (" " + ", ".join(f"({p.label})" for p in named) if named else "")
        told = {
            "sections": f"sect. {row.get('label')}",
            "agenda": f"agenda item {row.get('number')}",
            "footnotes": f"footnote {row.get('mark')}",
            "decisions": f"{row.get('number')} ({row.get('title')})",
        }.get(kind, f"para. {row['paragraph']}" if row.get("paragraph") else "")
        if kind == "references":
            told = f"line {row['line']}"
        return f"{report['cite']}, {told}" if told else str(report["cite"])

    def around(self, ident: int, count: int) -> list[dict[str, Any]]:
        """The objects of the kind that stand before and behind, with their cites."""
        kind = kind_of(ident)
        out = []
        for other in range(ident - count, ident + count + 1):
            if other == ident or report_of(other) != report_of(ident):
                continue
            row = self._row(f'SELECT * FROM "{kind}" WHERE id = ?', (other,)) if kind in TEXTS else {}
            if row:
                full, text = self.object(other)
                out.append({"place": other - ident, "id": _ident(kind, full), "text": text})
        return out


def _on_line(row: dict[str, Any], found: list[Range]) -> list[dict[str, int]]:
    """The spans of what was found in a text that stands in the source as it is, on one line."""
    start, line, page = row["start_offset"], row["line"], spans_of(row)[0][2]
    paged = {} if page is None else {"page": page}
    return [{"start": start + a, "end": start + b, "line": line, "end_line": line, **paged} for a, b in found]


def _pointed(points: list[Part], found: list[Range]) -> list[Part]:
    """The points that hold what was found; none where some of it stands outside them."""
    holding = [[p for p in points if p.start <= a and b <= p.start + len(p.text)] for a, b in found]
    if not all(holding):
        return []
    deepest = {held[-1] for held in holding}
    return [p for p in points if p in deepest]


def _ident(kind: str, row: dict[str, Any]) -> str:
    """The id of an object within its report; where the contract has none, its kind and what is printed."""
    if "ident" in row:
        return str(row["ident"])
    if kind == "voices":
        return f"{row['unit']}.voice@{row['start_offset']}"
    told = row.get("label") or row.get("number") or row.get("mark")
    name = SINGULAR[kind].replace("_", "-")
    return f"{name}-{told}" if told else f"{name}@{row['start_offset']}"
