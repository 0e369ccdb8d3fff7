"""A timeline and promises as plain values, one record a stop or topic."""

from __future__ import annotations

from typing import Any

from tipreport.diff.record import record as change_record
from tipreport.diff.telling import told
from tipreport.model import to_plain
from tipreport.trace.promises import Promise, Promises
from tipreport.trace.timeline import Found, Stop, Timeline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.trace.meetings import Row

Record = dict[str, Any]

STOPS = ("date", "report", "state", "kind", "id", "fate", "score", "meaning", "cite", "text")
TOPICS = ("date", "report", "id", "outcome", "text", "reason", "evidence", "cite")


def stops(timeline: Timeline) -> Iterator[Record]:
    """The stops in the order of time; ``events`` and ``fate`` tell what changed since the stop before."""
    for stop in timeline.stops:
        yield _stop(stop)


def _stop(stop: Stop) -> Record:
    found, change = stop.found, stop.change
    out: Record = {**_report("stop", stop.row), "state": stop.state, **(_unit(found) if found else _NOTHING)}
    out["asked"] = stop.asked
    out["fate"] = change.fate if change else None
    out["score"] = round(change.score, 4) if change else (1.0 if found else None)
    out["events"] = change_record(change)["events"] if change else []
    out["meaning"] = "; ".join(filter(None, map(told, change.events))) if change else ""
    out["recalls"] = list(stop.recalls)
    out["also"] = [{**_unit(one), "score": round(one.score, 4)} for one in stop.also]
    return out


_NOTHING: Record = {"kind": None, "id": None, "text": None, "cite": None, "spans": []}


def _report(kind: str, row: Row) -> Record:
    return {"type": kind, "report": row.name, "date": row.date, "body": row.body, "status": row.status, "path": row.path}


def _unit(found: Found) -> Record:
    unit = found.unit
    return {
        "kind": unit.kind, "id": unit.id, "text": unit.text, "cite": found.side.cite(unit), "spans": to_plain(unit.spans),
    }  # fmt: skip


def topics(found: Promises) -> Iterator[Record]:
    """The topics in the order of time and text, each with its outcome and the evidence."""
    for promise in found.found:
        yield _topic(promise)


def _topic(promise: Promise) -> Record:
    return {
        **_report("promise", promise.row), "id": promise.id, "text": promise.text, "cite": promise.cite, "spans": promise.spans,
        "outcome": promise.outcome, "reason": promise.reason, "later_meetings": promise.later,
        "evidence": [
            {
                "report": one.row.name, "date": one.row.date, "kind": one.title.kind, "id": one.title.ident, "text": one.title.text,
                "score": one.score, "cite": f"{one.row.cite}, {one.title.label}", "spans": one.title.spans, "path": one.row.path,
            }
            for one in promise.evidence
        ],
    }  # fmt: skip


def stop_row(record: Record) -> Record:
    """A stop as a row of ``STOPS``."""
    return {name: record[name] for name in STOPS}


def topic_row(record: Record) -> Record:
    """A topic as a row of ``TOPICS``; its evidence in words."""
    told_evidence = "; ".join(f"{one['cite']}: {one['text']} ({one['score']:.2f})" for one in record["evidence"])
    return {**{name: record[name] for name in TOPICS}, "evidence": told_evidence}
