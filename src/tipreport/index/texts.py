"""The source of a report as the index keeps it: what its recommendations and paragraphs repeat is cut out.

Their words stand in the tables already. In the text that is kept, a run of them (words parted by single blanks) is a
mark and its length; the rest stands as it was. ``restore`` puts the runs back; a source that does not come back as it was
is kept whole. Of a report whose source is not at hand (saved JSON), its JSON is kept. Packed with zlib.

``cut`` says which: 0 the source whole, 1 the source with marks, 2 the JSON of the report.

``seen`` is what the reader of the input told beside the text (its layout and its remarks), so that a report that is parsed
again from the index is the one that was parsed from its file. NULL where it told nothing, as of most plain text.
"""

from __future__ import annotations

import json
import re
import zlib
from itertools import accumulate
from typing import NamedTuple

from tipreport.index.schema import base
from tipreport.spans import Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from tipreport.spans import Source

WHOLE, CUT, SAVED = 0, 1, 2

_FIRST, _NEXT, _END = "\ufdd3", "\ufdd4", "\ufdd5"  # characters that no text has
_PAYS = 8  # characters that a run has on average where its mark, of three or more, is worth its work
_RUN = re.compile(r"\S+(?: \S+)*")
_MARK = re.compile(f"([{_FIRST}{_NEXT}])([0-9]+){_END}")

Range = tuple[int, int]


class Unit(NamedTuple):
    """A text that the tables hold, with the ranges of the source it was made from."""

    text: str
    ranges: tuple[Range, ...]


def pack(source: str, units: Sequence[Unit]) -> tuple[bytes, int]:
    """The source packed, and whether anything was cut out of it; the units in the order of their places."""
    kept = _cut(source, units)
    if kept is None or restore(kept, [unit.text for unit in units]) != source:
        return _packed(source), WHOLE
    return _packed(kept), CUT


def pack_saved(report: str) -> tuple[bytes, int]:
    """The JSON of a report, packed."""
    return _packed(report), SAVED


def unpack(packed: bytes, texts: Sequence[str] | None) -> str:
    """The source again; ``texts`` are those of the units in the order of their places, None where nothing was cut out."""
    kept = zlib.decompress(packed).decode("utf-8", "surrogatepass")
    return kept if texts is None else restore(kept, texts)


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def _cut(source: str, units: Sequence[Unit]) -> str | None:
    """The source with marks for the runs of units; None where a unit is not made of its ranges, or where runs are too short to pay."""
    out: list[str] = []
    at = 0
    most = len(source) // _PAYS + 1
    for unit in units:
        text, place, mark = unit.text, 0, _FIRST
        for first, last in unit.ranges:
            for run in _RUN.finditer(source, first, last):
                start, end = run.span()
                place += text.startswith(" ", place)
                if start < at or len(out) >= most or not text.startswith(run.group(), place):
                    return None
                out.append(f"{source[at:start]}{mark}{end - start}{_END}")
                at, mark = end, _NEXT
                place += end - start
    return "".join([*out, source[at:]])


def restore(kept: str, texts: Sequence[str]) -> str:
    """The source: every mark replaced by its run."""
    out: list[str] = []
    number, text, place, at = -1, "", 0, 0
    for mark in _MARK.finditer(kept):
        kind, length = mark.groups()
        if kind == _FIRST:
            number, place = number + 1, 0
            if number >= len(texts):
                return ""
            text = texts[number]
        elif number < 0:
            return ""
        place += text.startswith(" ", place)
        end = place + int(length)
        start, after = mark.span()
        out += [kept[at:start], text[place:end]]
        place, at = end, after
    return "".join([*out, kept[at:]])


Remarks = tuple[tuple[str, str], ...]


def pack_seen(source: Source) -> bytes | None:
    """The layout and the remarks of a source, packed; None where there are none."""
    told: dict[str, object] = {name: _steps(places) for name, places in source.layout._asdict().items() if places}
    if source.notes:
        told["remarks"] = source.notes
    return _packed(json.dumps(told, separators=(",", ":"))) if told else None


def unpack_seen(packed: bytes | None) -> tuple[Layout, Remarks]:
    """The layout and the remarks again.

    Raises:
        zlib.error, ValueError: these bytes are none that ``pack_seen`` made.
    """
    if packed is None:
        return Layout(), ()
    told = json.loads(zlib.decompress(packed))
    remarks = tuple((code, message) for code, message in told.pop("remarks", ()))
    flat = {name: tuple(accumulate(steps)) for name, steps in told.items()}
    ranges = {name: tuple(zip(places[::2], places[1::2], strict=True)) for name, places in flat.items() if name != "pages"}
    return Layout(pages=flat.get("pages", ()), **ranges), remarks


def _steps(places: Iterable[int | Range]) -> list[int]:
    """Places as the way from each to the next: small numbers, which pack well."""
    out: list[int] = []
    last = 0
    for place in places:
        for offset in (place,) if isinstance(place, int) else place:
            out.append(offset - last)
            last = offset
    return out


def source_of(connection: sqlite3.Connection, report: int) -> str:
    """The text of a report as it was received; empty where the index does not hold it."""
    row = connection.execute("SELECT text, cut FROM texts WHERE report_id = ?", (report,)).fetchone()
    if row is None or not row[0] or row[1] == SAVED:
        return ""
    texts = None
    if row[1] == CUT:
        ranges = [(base(kind, report), base(kind, report + 1)) for kind in ("recommendations", "paragraphs")]
        found = connection.execute(
            "SELECT text FROM (SELECT start_offset, 0 AS kind, text FROM recommendations WHERE id > ? AND id < ? "
            "UNION ALL SELECT start_offset, 1, text FROM paragraphs WHERE id > ? AND id < ?) ORDER BY start_offset, kind",
            (*ranges[0], *ranges[1]),
        )
        texts = [text for (text,) in found]
    return unpack(row[0], texts)


def saved_of(connection: sqlite3.Connection, report: int) -> str | None:
    """The JSON of a report whose source the index does not hold; None for any other."""
    row = connection.execute("SELECT text FROM texts WHERE report_id = ? AND cut = ?", (report, SAVED)).fetchone()
    return unpack(row[0], None) if row else None


def seen_of(connection: sqlite3.Connection, report: int) -> tuple[Layout, Remarks]:
    """The layout and the remarks that the reader of a report's input told; both empty where the index does not hold it."""
    row = connection.execute("SELECT seen FROM texts WHERE report_id = ?", (report,)).fetchone()
    return unpack_seen(row[0] if row else None)
