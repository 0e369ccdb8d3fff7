"""Verdicts as records: where the words stand, what was changed, what was left out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Any

from tipreport.index.schema import SINGULAR, base
from tipreport.index.texts import seen_of
from tipreport.quotation.align import Piece, pieces
from tipreport.quotation.check import ABSENT, ALTERED, CONTEXT, Found, Place, Verdict
from tipreport.quotation.cuts import signals
from tipreport.quotation.passages import Passages
from tipreport.quotation.quoted import bare
from tipreport.search.places import Part, located, parts, spans_of

Record = dict[str, Any]
Range = tuple[int, int]

COLUMNS = (
    "file", "file_line", "file_column", "quotation", "status", "report", "id", "kind", "cite", "date", "path", "line", "page", "score", "left_out",
    "meaning", "diff", "places", "text",
)  # fmt: skip
ALL = 1 << 30  # as a limit: every place
_OTHERS = 20  # further places that are named
_EVEN = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
_GAP = " [...] "
_UNKNOWN = ("report", "id", "kind", "cite", "date", "path", "line", "page")


class Recorder:
    """Makes records of verdicts on one index."""

    def __init__(self, passages: Passages) -> None:
        self.passages = passages
        self.connection = passages.connection
        self._reports: dict[int, Record] = {}

    def record(self, quotation: str, verdict: Verdict, limit: int = _OTHERS) -> Record:
        """The record of a verdict; ``others`` holds up to ``limit`` further places of the same status."""
        best = verdict.found[0] if verdict.found else None
        out: Record = {"type": "quotation", "quotation": " ".join(bare(quotation).split()), "status": verdict.status}
        out |= self._place(best) if best else dict.fromkeys(_UNKNOWN) | {"spans": []}
        out["text"] = _source(best) if best else None
        out["score"] = round(best.ratio, 4) if best else None
        out["left_out"] = [{"kind": cut.kind, "words": cut.words, "where": cut.where} for cut in best.cuts] if best else []
        changed = _changed(best) if best and verdict.status == ALTERED else ()
        out["changes"] = [{"source": one.source, "quoted": one.quoted} for one in changed if not one.same]
        out["meaning"] = _meaning(best) if best and verdict.status == ALTERED else []
        out["diff"] = _redline(changed) if changed else _context(best) if best and verdict.status == CONTEXT else None
        out["hint"] = _hint(changed)
        out["places"] = len(verdict.found)
        out["others"] = [self._short(one) for one in verdict.found[1 : limit + 1]]
        near = verdict.nearest
        out["nearest"] = {**self._short(near), "text": _source(near), "score": round(near.ratio, 4)} if near else None
        return out

    def report(self, number: int) -> Record:
        """The row of a report."""
        if number not in self._reports:
            found = self.connection.execute("SELECT * FROM reports WHERE id = ?", (number,))
            self._reports[number] = dict(zip((column[0] for column in found.description), found.fetchone(), strict=True))
        return self._reports[number]

    def _short(self, found: Found) -> Record:
        return {name: value for name, value in self._place(found).items() if name in {"cite", "path", "line", "page"}}

    def _place(self, found: Found) -> Record:
        first = found.places[0]
        report = self.report(first.passage.report)
        spans = [span for place in found.places for span in self._spans(place)]
        cites = [self._pinpoint(place, spans) for place in found.places]
        return {
            "report": report["name"],
            "id": self._ident(first),
            "kind": SINGULAR.get(first.passage.kind, "text"),
            "cite": ", ".join([str(report["cite"]), *filter(None, ["; ".join(dict.fromkeys(cites))])]),
            "date": report["date"],
            "path": report["path"],
            "line": spans[0]["line"] if spans else self._row(first).get("line"),
            "page": spans[0].get("page") if spans else None,
            "spans": spans,
        }

    def _row(self, place: Place) -> Record:
        return self.passages.row(place.passage.ident) if place.passage.ident else {}

    def _spans(self, place: Place) -> list[dict[str, int]]:
        number, sources = place.passage.report, self.passages.sources
        if place.passage.ident:
            source = sources.text(number)
            if not source:
                return []
            return sources.spans(number, located(Part(0, place.passage.text, spans_of(self._row(place))), source, list(place.ranges)))
        pages = seen_of(self.connection, number)[0].pages
        low = place.passage.base
        return sources.spans(number, [(low + a, low + b, bisect_right(pages, low + a) or None) for a, b in place.ranges])

    def _points(self, place: Place) -> list[Part]:
        """The points that hold all of the words, the outermost first."""
        row = self._row(place)
        held = parts(self.connection, row, place.passage.text) if row else []
        return [one for one in held if all(one.start <= a and b <= one.start + len(one.text) for a, b in place.ranges)]

    def _ident(self, place: Place) -> str | None:
        row, points = self._row(place), self._points(place)
        if points:
            return str(self.connection.execute("SELECT ident FROM points WHERE id = ?", (points[-1].ident,)).fetchone()[0])
        if row.get("ident"):
            return str(row["ident"])
        told = row.get("label") or row.get("number") or row.get("mark")
        return f"{SINGULAR[place.passage.kind].replace('_', '-')}-{told}" if told else None

    def _pinpoint(self, place: Place, spans: list[dict[str, int]]) -> str:
        row, points = self._row(place), self._points(place)
        if points:
            return str(self.connection.execute("SELECT pinpoint FROM points WHERE id = ?", (points[-1].ident,)).fetchone()[0])
        if row.get("pinpoint"):
            return str(row["pinpoint"])
        told = {
            "sections": "sect. {label}", "agenda": "agenda item {number}", "footnotes": "footnote {mark}", "decisions": "{number} ({title})",
        }.get(place.passage.kind)  # fmt: skip
        if told:
            return told.format(**row)
        return self._unit(place) or (f"line {spans[0]['line']}" if spans else "")

    def _unit(self, place: Place) -> str | None:
        """The recommendation or paragraph that holds a place of a whole text."""
        at, number = place.passage.base + place.ranges[0][0], place.passage.report
        for kind in ("recommendations", "paragraphs"):
            row = self.connection.execute(
                f"SELECT pinpoint FROM {kind} WHERE id > ? AND id < ? AND start_offset <= ? AND end_offset > ? ORDER BY start_offset DESC",  # noqa: S608
                (base(kind, number), base(kind, number + 1), at, at),
            ).fetchone()
            if row:
                return str(row[0])
        return None


def _source(found: Found) -> str:
    """The words of the source, as they stand there."""
    return _GAP.join(" ".join(place.passage.text[a:b].split()) for place in found.places for a, b in place.ranges)


def _changed(found: Found) -> tuple[Piece, ...]:
    quoted = _GAP.join(" ".join(segment.text.split()) for segment in (found.reading.segments if found.reading else ()))
    return pieces(_source(found).translate(_EVEN), quoted.translate(_EVEN))


def _redline(changed: tuple[Piece, ...]) -> str:
    out = []
    for one in changed:
        gone = f"[-{one.source}-]" if one.source.strip() else one.source
        come = f"{{+{one.quoted}+}}" if one.quoted.strip() else one.quoted
        out.append(one.source if one.same else gone + come if not (one.source and one.quoted and not one.source.strip()) else come)
    return "".join(out)


def _hint(changed: tuple[Piece, ...]) -> str | None:
    """What would make an altered quotation exact, where that is little."""
    apart = [one for one in changed if not one.same]
    if len(apart) == 1 and apart[0] is changed[0] and apart[0].source.casefold() == apart[0].quoted.casefold():
        word = apart[0].quoted
        return f"only the first letter is changed: brackets say so, [{word[0]}]{word[1:]}"
    return None


def _meaning(found: Found) -> list[Record]:
    """Modals, hedges, negations and conditions that the source has and the quotation not, or the reverse."""
    quoted = " ".join(segment.text for segment in (found.reading.segments if found.reading else ()))
    sides = [Counter((one.kind, one.words.lower()) for one in signals(text)) for text in (_source(found), quoted)]
    out = []
    for what, more in (("dropped", sides[0] - sides[1]), ("added", sides[1] - sides[0])):
        out += [{"kind": kind, "words": words, "what": what} for kind, words in more.elements()]
    return out


def _context(found: Found) -> str:
    """The words quoted with what was left out around and between them in brackets."""
    out = []
    for place in found.places:
        lost = [cut for cut in found.cuts if place.passage.text[cut.start : cut.end] == cut.words]
        low = min([place.ranges[0][0], *(cut.start for cut in lost if cut.where == "before")])
        high = max([place.ranges[-1][1], *(cut.end for cut in lost if cut.where == "behind")])
        text, at, made = place.passage.text, low, ""
        for a, b in place.ranges:
            made += f"[-{text[at:a]}-]" if text[at:a].strip() else text[at:a]
            made += text[a:b]
            at = b
        made += f"[-{text[at:high]}-]" if text[at:high].strip() else ""
        out.append(" ".join(made.split()))
    return _GAP.join(out)


def row(record: Record) -> Record:
    """A record as a row of CSV."""
    told = {
        "left_out": "; ".join(f"{one['kind']} {one['where']}: {one['words']}" for one in record["left_out"]),
        "meaning": "; ".join(f"{one['kind']} {one['what']}: {one['words']}" for one in record["meaning"]),
    }
    return {name: told.get(name, record.get(name)) for name in COLUMNS}


def summary(records: list[Record], searched: Record, skipped: int) -> Record:
    """What became of all quotations, and where they were looked for."""
    counts = Counter(record["status"] for record in records)
    return {
        "type": "summary", "quotations": len(records), "exact": counts["exact"], "out_of_context": counts[CONTEXT], "altered": counts[ALTERED],
        "absent": counts[ABSENT], "skipped": skipped, "searched": searched,
    }  # fmt: skip
