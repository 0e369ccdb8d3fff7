"""A quotation as its author meant it: parts that are to stand in the source, and what was left out or put in between.

The signs are those of honest quoting: ``[...]``, ``...``, ``…`` for words left out, square brackets for words put in
(``[UNODC] should``), for a letter changed (``[S]tates``) or an ending (``train[ing]``), ``[sic]``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tipreport.quotation.stream import begins_word, ends_word, solid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.quotation.stream import Stream

Range = tuple[int, int]

_OUTER = " \t\r\n\"'\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u2039\u203a"
_SIGNS = re.compile(
    r"(?P<nothing>\[sic[.!]?\]|\[\^?\d{1,3}\]|\[\^\w{1,20}\]|[\[(](?:emphasis|italics) (?:added|mine|ours|supplied)[\])])"
    r"|(?P<gap>[\[(] ?(?:\.{3,4}|\u2026|\. \. \.) ?[\])]|\.{3,4}|\u2026\.?|\.(?: \.){2,3})"
    r"|\[(?P<put>[^\[\]]{1,300})\]"
)
_GLUED = re.compile(r"(?<=[^\W\d_])\d{1,3}(?![\w.,]{0,20}\w)|(?<=[^\W\d_][.,;:)\u201d\u2019\"])\d{1,3}(?!\w)|\*+")
_LABEL = re.compile(r"\(?(?P<label>\d{1,4}(?:\.\d{1,3})*|[a-z]{1,4})[.)]\s+(?=\S)")
_EDGES = ".,;: "  # a quotation may end or begin with a sign of its own sentence
_OCCURRENCES = 40
_TRIES = 50_000  # places within words that are passed over
_REPLACED = 8  # words that brackets may stand for, besides as many as they hold


class Segment(NamedTuple):
    """A part of a quotation that is to stand in the source as it is.

    Args:
        text: as quoted, brackets of single letters taken off.
        solid: its characters that count.
        free: places in ``solid`` at which the case may differ, because brackets say so.
        starts: whether it begins with a whole word.
        ends: whether it ends with one.
        gap: what stands before it: ``""``, ``left out`` or ``put in``.
        put: the words put in before it.
    """

    text: str
    solid: str
    free: tuple[int, ...] = ()
    starts: bool = True
    ends: bool = True
    gap: str = ""
    put: str = ""


class Reading(NamedTuple):
    """One way to read a quotation.

    Args:
        segments: its parts.
        put: words that its author put in, also behind the last part.
        marks: marks of footnotes that were taken out of it.
        label: the number or letter that was taken from its beginning.
    """

    segments: tuple[Segment, ...]
    put: str = ""
    marks: tuple[str, ...] = ()
    label: str | None = None


def bare(text: str) -> str:
    """A quotation without the marks around it."""
    return text.strip(_OUTER)


def readings(quotation: str) -> tuple[Reading, ...]:
    """The ways to read a quotation, the most literal first; none where it holds no letter or digit."""
    text = bare(quotation)
    out: list[Reading] = []
    label = _LABEL.match(text)
    for one, taken in ((text, None), (text[label.end() :], label["label"])) if label else ((text, None),):
        marks = tuple(found.group() for found in _GLUED.finditer(one))
        out += [_whole(one, taken), _parted(one, (), taken)]
        if marks:
            out.append(_parted(_GLUED.sub("", one), marks, taken))
    return tuple(dict.fromkeys(one for one in out if one.segments))


def _whole(text: str, label: str | None) -> Reading:
    """Brackets and dots as characters of the source."""
    return Reading(tuple(_segment([text], gap="", put="")), label=label)


def _parted(text: str, marks: tuple[str, ...], label: str | None) -> Reading:
    segments: list[Segment] = []
    run: list[str] = []  # text, and letters in brackets as items that begin with "["
    said: list[str] = []
    gap, put, at = "", "", 0
    starts = True

    def close(*, ends: bool) -> None:
        nonlocal gap, put, starts
        made = _segment(run, gap=gap, put=put, starts=starts, ends=ends)
        if made:
            segments.extend(made)
            gap, put, starts = "", "", True
        run.clear()

    for sign in _SIGNS.finditer(text):
        run.append(text[at : sign.start()])
        at = sign.end()
        joined = text[sign.start() - 1 : sign.start()].isalnum(), text[at : at + 1].isalnum()
        if sign["nothing"]:
            continue
        if sign["put"] and len(sign["put"]) == 1 and sign["put"].isalpha() and joined == (False, True):
            run.append(f"[{sign['put']}")
            continue
        close(ends=not (sign["put"] and joined[0]))
        starts = not (sign["put"] and joined[1])
        if sign["put"]:
            said.append(sign["put"])
            put = f"{put} {sign['put']}".strip()
            gap = gap or "put in"
        else:
            gap = "left out"
    run.append(text[at:])
    close(ends=True)
    return Reading(tuple(segments), " ".join(said), marks, label)


def _segment(run: list[str], *, gap: str, put: str, starts: bool = True, ends: bool = True) -> list[Segment]:
    """The segment that a run of texts and free letters makes; none where nothing is in it that counts."""
    text, counted = "", ""
    free: list[int] = []
    for item in run:
        if item.startswith("[") and len(item) == 2 and item[1].isalpha():
            free.append(len(solid(text)))
            text += item[1]
        else:
            text += item
    stripped = text.strip(_EDGES)
    counted = solid(stripped)
    if not any(map(str.isalnum, counted)):
        return []
    lead = len(solid(text[: len(text) - len(text.lstrip(_EDGES))]))
    places = tuple(place - lead for place in free if 0 <= place - lead < len(counted))
    return [Segment(stripped, counted, places, starts, ends, gap, put)]


def find(stream: Stream, reading: Reading) -> tuple[Range, ...] | None:
    """Where the parts of a quotation stand in a text, in order; None where they do not."""
    return next(iter(find_all(stream, reading, most=1)), None)


def find_all(stream: Stream, reading: Reading, most: int = _OCCURRENCES) -> list[tuple[Range, ...]]:
    """All places where the parts of a quotation stand in a text, in order, as ranges of it."""
    first, *rest = reading.segments
    out: list[tuple[Range, ...]] = []
    at = 0
    for _ in range(_OCCURRENCES):
        hit = _next(stream, first, at)
        if hit is None or len(out) >= most:
            break
        at = hit[2] + 1
        chain = [hit]
        for segment in rest:
            near = _next(stream, segment, chain[-1][3])
            if near is None or (segment.gap == "put in" and not _stands_for(stream.text[chain[-1][1] : near[0]], segment.put)):
                break
            chain.append(near)
        else:
            out.append(tuple((start, end) for start, end, _, _ in chain))
    return out


def _next(stream: Stream, segment: Segment, at: int) -> tuple[int, int, int, int] | None:
    """The next place of a segment: its range in the text, and in the stream."""
    wanted = segment.solid
    pattern = _any_case(segment) if segment.free else None
    for _ in range(_TRIES):
        if pattern is not None:
            found = pattern.search(stream.solid, at)
            place = found.start() if found else -1
        else:
            place = stream.solid.find(wanted, at)
        if place < 0:
            return None
        start, end = stream.offset(place), stream.offset(place + len(wanted) - 1) + 1
        if (not segment.starts or begins_word(stream.text, start)) and (not segment.ends or ends_word(stream.text, end)):
            return start, end, place, place + len(wanted)
        at = place + 1
    return None


def _any_case(segment: Segment) -> re.Pattern[str]:
    """The characters of a segment, either case where brackets allow it."""
    return re.compile("".join(
        f"[{re.escape(c.lower())}{re.escape(c.upper()[:1])}]" if place in segment.free else re.escape(c) for place, c in enumerate(segment.solid)
    ))  # fmt: skip


def _stands_for(left_out: str, put: str) -> bool:
    """Whether words in brackets may stand for what they replace."""
    return len(left_out.split()) <= len(put.split()) + _REPLACED
