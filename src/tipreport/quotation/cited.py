"""What stands at a pinpoint cite, in any of the forms in which we print them.

``CTOC/COP/WG.4/2020/4, para. 12 (a)``, ``..., recommendation 7``, ``..., annex I, decision 1/CHMS.3, para. 2``, ``..., sect. II.A``,
``..., footnote 3``, ``..., agenda item 2``, ``..., paras. 3-5``, ``REPORT#rec-7.a``. A cite of an annex, a decision or a section
gives all that stands in it; a report alone is no pinpoint.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from tipreport.errors import TipreportError
from tipreport.index.schema import SINGULAR, TEXTS, base
from tipreport.index.store import NAMED, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

Record = dict[str, Any]

_UNITS = ("recommendations", "paragraphs")
_WORDS = (
    (re.compile(r"\b(?:paragraphs?|paras?\.?|par\.|\u00b6{1,2}|\u00a7{1,2})\s*(?=[\w(])", re.IGNORECASE), "para. "),
    (re.compile(r"\b(?:recommendations?|recs?\.?|recomm?\.)\s+(?=\d)", re.IGNORECASE), "recommendation "),
    (re.compile(r"\b(?:section|sect?\.?)\s+(?=\w)", re.IGNORECASE), "sect. "),
    (re.compile(r"\b(?:footnote|fn\.?|note)\s+(?=[\w*])", re.IGNORECASE), "footnote "),
    (re.compile(r"\b(?:agenda )?item\s+(?=\w)", re.IGNORECASE), "agenda item "),
)
_SIGN = re.compile(r"(?:(?<!\s)\s+)?(?<![\u00b6\u00a7])[\u00b6\u00a7]+\s*(?=\d)")
_SEVERAL = re.compile(
    r"(?P<head>.*?\b(?:para\.|recommendation) )(?P<first>\d+)(?: ?(?P<range>[-\u2013]|to) ?(?P<last>\d+)|(?P<list>(?:(?: ?,(?: and)?| {0,2}and) \d+)+))$"
)
_MOST = 500  # paragraphs of a range


class Cited(NamedTuple):
    """What a cite leads to.

    Args:
        reports: how many reports it names.
        records: what stands there, in order.
        pinpoint: the part of the cite behind the report.
        near: pinpoints of those reports that are like it.
    """

    reports: int
    records: list[Record]
    pinpoint: str
    near: tuple[str, ...] = ()


def cited(connection: sqlite3.Connection, cite: str, only: Sequence[int] | None = None) -> Cited:
    """What stands at a cite.

    Args:
        connection: to the index.
        cite: as printed by us, or nearly so.
        only: the reports to look in; a cite may then leave out its report.

    Raises:
        TipreportError: the cite names no report, or no place in it.
    """
    text = " ".join(cite.split()).strip(" .;")
    reports, rest = _report(connection, text, only)
    if not reports:
        raise TipreportError(f"no report is called as {text!r} begins", "give the cite as 'tipreport search --cite' prints it")
    if not rest:
        raise TipreportError(f"{text!r} names no place in its report", "add ', para. 12' or ', recommendation 3 (a)'")
    wanted = [_plain(one) for one in _several(_plain(rest))]
    records = [record for number in reports for one in wanted for record in _at(connection, number, one, rest)]
    near = () if records else _near(connection, reports, wanted[0])
    return Cited(len(reports), records, rest, near)


def _report(connection: sqlite3.Connection, text: str, only: Sequence[int] | None) -> tuple[list[int], str]:
    """The reports that a cite begins with, and the rest of it."""
    head, sharp, ident = text.partition("#")
    if sharp and " " not in ident:
        found = [number for (number,) in connection.execute(f"SELECT id FROM reports WHERE {NAMED} ORDER BY id", named(head))]  # noqa: S608
        return [number for number in found if only is None or number in only], f"#{ident}"
    best: dict[str, list[int]] = {}
    low = text.casefold()
    for number, *names in connection.execute("SELECT id, cite, symbol, name, path FROM reports ORDER BY id"):
        if only is not None and number not in only:
            continue
        for name in (*names[:3], names[3].rpartition("/")[2]):
            if name and low.startswith(name.casefold()) and not text[len(name) : len(name) + 1].isalnum():
                best.setdefault(name.casefold(), []).append(number)
    if best:
        longest = max(best, key=len)
        rest = text[len(longest) :].strip(" ,:;")
        whole = rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1  # "SYMBOL (para. 3)"
        return list(dict.fromkeys(best[longest])), rest[1:-1].strip() if whole else rest
    return (list(only), text) if only is not None else ([], text)


def _plain(pinpoint: str) -> str:
    """A pinpoint in the form in which it is compared."""
    out = _SIGN.sub(" para. ", pinpoint)
    for pattern, word in _WORDS:
        out = pattern.sub(word, out)
    out = re.sub(r" ?\( ?", " (", " ".join(out.split())).replace(" ,", ",")
    return out.casefold().strip(" ,.")


def _several(pinpoint: str) -> list[str]:
    """The single pinpoints of a range or a list."""
    found = _SEVERAL.match(pinpoint)
    if not found:
        return [pinpoint]
    if found["list"]:
        return [f"{found['head']}{number}" for number in (found["first"], *re.findall(r"\d+", found["list"]))]
    first, last = int(found["first"]), int(found["last"])
    return [f"{found['head']}{number}" for number in range(first, min(last, first + _MOST) + 1)]


def _rows(connection: sqlite3.Connection, kind: str, number: int, where: str = "1", values: Iterable[object] = ()) -> list[Record]:
    found = connection.execute(
        f'SELECT *, {TEXTS[kind]} AS whole_text FROM "{kind}" WHERE id > ? AND id < ? AND ({where}) ORDER BY id',  # noqa: S608 (of ours)
        (base(kind, number), base(kind, number + 1), *values),
    )
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def _at(connection: sqlite3.Connection, number: int, wanted: str, given: str) -> list[Record]:
    """What stands at one pinpoint of a report."""
    kinds = (*_UNITS, "points")
    if given.startswith("#"):
        found = [(kind, row) for kind in kinds for row in _rows(connection, kind, number, "ident = ?", (given[1:],))]
        return _records(connection, number, found)
    units = [(kind, row) for kind in kinds for row in _rows(connection, kind, number)]
    plain = [(kind, row, _plain(row["pinpoint"])) for kind, row in units]
    exact = [(kind, row) for kind, row, own in plain if own == wanted]
    if exact:
        return _records(connection, number, exact)
    for kind, column, word in (("footnotes", "mark", "footnote "), ("agenda", "number", "agenda item "), ("decisions", "number", "")):
        rows = [row for row in _rows(connection, kind, number) if f"{word}{row[column]}".casefold() == wanted]
        within = _within(plain, wanted) if kind == "decisions" else []
        if rows:
            return _records(connection, number, [*((kind, row) for row in rows), *within])
    if wanted.startswith("sect. "):
        label = wanted.removeprefix("sect. ")
        heads = [row for row in _rows(connection, "sections", number) if _below(str(row["label"]), label)]
        held = [(kind, row) for kind, row in units if kind != "points" and _below(str(row["section"] or ""), label)]
        if heads or held:
            return _records(connection, number, [*(("sections", row) for row in heads), *held])
    loose = [(kind, row) for kind, row, own in plain if kind != "points" and _tail(own, wanted)]
    return _records(connection, number, _within(plain, wanted) or loose)


def _within(plain: list[tuple[str, Record, str]], wanted: str) -> list[tuple[str, Record]]:
    """The units of an annex or a decision."""
    names = {wanted, f"decision {wanted}", f"resolution {wanted}"}
    return [
        (kind, row)
        for kind, row, own in plain
        if kind != "points" and any(own.startswith(f"{name}, ") or f", {name}, " in own for name in names)
    ]


def _below(label: str, wanted: str) -> bool:
    """Whether a section is the one wanted, or stands below it."""
    low = label.casefold()
    return low == wanted or low.startswith(f"{wanted}.")


def _tail(own: str, wanted: str) -> bool:
    """Whether a pinpoint ends as wanted: "decision 1/x, para. 2" without its annex; the bare number where the kind is left out."""
    return own.endswith(f", {wanted}") or own in {f"para. {wanted}", f"recommendation {wanted}"}


def _records(connection: sqlite3.Connection, number: int, found: Sequence[tuple[str, Record]]) -> list[Record]:
    report = connection.execute("SELECT name, cite, path, date FROM reports WHERE id = ?", (number,)).fetchone()
    out = []
    for kind, row in sorted(found, key=lambda one: (one[1]["start_offset"] or 0, one[1]["id"])):
        pinpoint = row.get("pinpoint") or {
            "sections": f"sect. {row.get('label')}",
            "footnotes": f"footnote {row.get('mark')}",
            "agenda": f"agenda item {row.get('number')}",
        }.get(kind, f"{row.get('number')}")
        spans = row["spans"] or ""
        out.append({
            "type": "place", "report": report[0], "id": row.get("ident") or f"{SINGULAR[kind].replace('_', '-')}-{row.get('label') or row.get('mark') or row.get('number')}",
            "kind": SINGULAR[kind], "cite": f"{report[1]}, {pinpoint}", "date": report[3], "path": report[2], "line": row["line"],
            "page": int(spans.partition(",")[0].rpartition("@")[2]) if "@" in spans.partition(",")[0] else None, "text": row["whole_text"],
        })  # fmt: skip
    return out


def _near(connection: sqlite3.Connection, reports: Sequence[int], wanted: str) -> tuple[str, ...]:
    """The pinpoints that are most like one that there is not."""
    from difflib import get_close_matches  # noqa: PLC0415 (only a wrong cite pays for it)

    known = {
        _plain(row["pinpoint"]): row["pinpoint"]
        for number in reports[:5]
        for kind in (*_UNITS, "points")
        for row in _rows(connection, kind, number)
    }
    return tuple(known[one] for one in get_close_matches(wanted, known, n=3, cutoff=0.6))
