"""Headings: chapters (roman), sections (capitals), annexes, parts, decisions, and lines without a label.

Editorial Manual, "Headings": I., then A., then 1.; no full stop at the end (drafts slip); "(continued)"
where the chapter began in another part. Whether ``I.`` is a numeral or the letter after H, the running
sequence tells. A line without a label is a heading only where it reads as a title, the text before it is
at an end and a paragraph, item or heading comes next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from tipreport.blocks.marker import Marker
from tipreport.blocks.reader import Reader
from tipreport.blocks.titles import MAX_TITLE, like_title
from tipreport.config import Config
from tipreport.gazetteer import fold, states
from tipreport.patterns import RE_SYMBOL_LINE, RE_WRAPPED_END, meeting_dates
from tipreport.spans import Range

_TWO_SENTENCES = re.compile(r"[a-z)\d]{2}\. [A-Z]")
_LIST_LIKE = re.compile(r"(?:Ms|Mr|Mrs|Dr|H\.E)\.? |\u2022")
_PLAIN = Config()
# "14/1", "BC-14/2:", "1/CP.21" before a title; the body that speaks in a preamble.
_NUMBERED = re.compile(
    r"(\d{1,3}/\d{1,3}|[A-Z]{2,5}-\d{1,3}/\d{1,3}|[IVXL]{1,8}/\d{1,3}|\d{1,3}/[A-Z]{2,4}\.\d{1,3})(?:(?:\s*[.:])?(?:\s+(?=[A-Z\u201c])|$)|\s*$)"
)
_PREAMBLE = re.compile(
    r"The (?:[A-Z][\w\u2019'-]+ |(?:of|the|on|for|and|to|in|its) ){0,12}"
    r"(?:Conference|Council|Assembly|Commission|Committee|Parties|Meeting|Group|Board|Forum|Body|Congress|Convention|Protocol)[,:]?$"
    r"|At (?:its|the) \d{1,3}(?:st|nd|rd|th) (?:plenary )?meeting\b"
)
_STATUS = re.compile(
    r"(?:partially |not |enjoys the |does not enjoy the )?(?:accepted|supported|support|noted|rejected|examined|pending)\.?$", re.IGNORECASE
)


@dataclass(slots=True)
class Heading:
    """A heading: what sort, its printed label, the ranges of its title, all its lines."""

    kind: str  # roman letter arabic plain annex part decision
    label: str
    value: int
    title: list[Range] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    items: str = ""  # the "(Agenda item 5)" line below it
    full_stop: bool = False


def find(reader: Reader, first: int) -> dict[int, Heading]:
    """All headings but those of the third level, by the index of their first line."""
    out: dict[int, Heading] = {}
    last_roman = last_letter = 0
    index = first
    lines = reader.lines
    while index < len(lines):
        step = index + 1
        if reader.is_body(index):
            marker = reader.markers[index]
            heading: Heading | None = None
            if marker.kind in {"roman", "letter"}:
                kind, value = _which(marker, last_roman, last_letter)
                if kind and _fits(reader, index, kind, value, last_roman, last_letter, out):
                    heading = _labelled(reader, index, marker, kind, value)
                    if heading is not None:
                        if kind == "roman":
                            last_roman, last_letter = value, 0
                        else:
                            last_letter = value
            elif marker.kind in {"annex", "part", "decision"} and _opens_scope(reader, index, marker):
                heading = _scope(reader, index, marker)
                last_roman = last_letter = 0
            elif not marker.kind:
                heading = _row(reader, index, out)
                if heading is not None:
                    last_roman = last_letter = 0
                elif not _is_preamble(reader, index, out):
                    heading = _plain(reader, index, out)
            elif marker.kind == "rec":
                heading = _answered(reader, index, marker)
            if heading is not None:
                out[index] = heading
                step = max(heading.lines) + 1
        index = step
    return out


def _which(marker: Marker, last_roman: int, last_letter: int) -> tuple[str, int]:
    """Tell the numeral I. from the letter I. by what came before."""
    if marker.kind == "letter":
        return "letter", marker.value
    if len(marker.label) > 1:
        return "roman", marker.value
    letter = ord(marker.label) - 64
    if marker.value == last_roman + 1 and not (letter == last_letter + 1 and last_letter):
        return "roman", marker.value
    if letter == last_letter + 1:
        return "letter", letter
    if marker.label in "CDLM":
        return "letter", letter
    if last_letter and 0 < letter - last_letter < 4 and not 0 < marker.value - last_roman < 4:
        return "letter", letter
    return "roman", marker.value


def _fits(reader: Reader, index: int, kind: str, value: int, last_roman: int, last_letter: int, found: dict[int, Heading]) -> bool:
    """Whether the label fits its sequence and its place."""
    line = reader.lines[index]
    if not (reader.at_end(index) or line.blanks or line.page_break or _after_heading(reader, index, found)):
        before = reader.before(index)
        if (reader.hard or before is None or RE_WRAPPED_END.search(reader.lines[before].text)) and not _behind_preamble(
            reader, before, value, found
        ):
            return False
    last = last_roman if kind == "roman" else last_letter
    if value == 1 or value == last + 1:
        return True
    if not last:
        return True
    if value == last or (kind == "letter" and value < last):
        return _out_of_order(reader, index)
    return abs(value - last) <= (6 if kind == "roman" else 5)


def _out_of_order(reader: Reader, index: int) -> bool:
    """Whether a label that was there already ("B." behind "B.") is a heading misprinted, no initial of a name: it stands apart, above a number."""
    after = reader.next(max(reader.logical(index)))
    apart = reader.at_end(index) and (reader.lines[index].blanks > 0 or reader.lines[index].heads)
    return apart and after is not None and reader.markers[after].kind in {"number", "agenda"}


def _behind_preamble(reader: Reader, before: int | None, value: int, found: dict[int, Heading]) -> bool:
    """Whether the first label of a decision stands behind its preamble, which ends with a comma."""
    last = next(reversed(found.values()), None)
    return before is not None and value == 1 and last is not None and last.kind == "decision" and reader.lines[before].text.endswith(",")


def _after_heading(reader: Reader, index: int, found: dict[int, Heading]) -> bool:
    before = reader.before(index)
    return before is not None and any(before in heading.lines for heading in islice(reversed(found.values()), 2))


def _labelled(reader: Reader, index: int, marker: Marker, kind: str, value: int) -> Heading | None:
    line = reader.lines[index]
    rest = line.text[marker.rest :]
    if rest:
        own = reader.logical(index)
        text = reader.text(own, marker.rest)
        if not like_title(text, full_stop=True, styled=line.heads):
            return None
        ranges = [(line.start + marker.rest, line.end), *((reader.lines[i].start, reader.lines[i].end) for i in own[1:])]
        heading = Heading(kind, marker.label, value, ranges, own, full_stop=text.endswith("."))
    else:
        following = reader.next(index)
        if following is None or reader.markers[following].kind or reader.kinds[following] == "table":
            return None
        title = reader.logical(following)
        text = reader.text(title)
        if not like_title(text, full_stop=True, styled=line.heads):
            return None
        ranges = [(reader.lines[i].start, reader.lines[i].end) for i in title]
        heading = Heading(kind, marker.label, value, ranges, [index, *title], full_stop=text.endswith("."))
    take_items(reader, heading)
    return heading


def take_items(reader: Reader, heading: Heading) -> None:
    """Give a heading the line below it that names its items: the line "(Agenda item 5)" below a heading belongs to it, not to its title."""
    after = max(heading.lines) + 1
    while after < len(reader.lines) and reader.kinds[after] == "furniture":
        after += 1
    if after < len(reader.lines) and reader.is_body(after) and reader.markers[after].kind == "agenda":
        heading.items = reader.lines[after].text
        heading.lines.append(after)


def _answered(reader: Reader, index: int, marker: Marker) -> Heading | None:
    """The heading "Recommendation 97.7" or "Recommendation 97.8: Noted" above numbered paragraphs, as in addenda that answer one by one."""
    line = reader.lines[index]
    after = reader.next(index)
    if (
        after is None
        or reader.markers[after].kind != "number"
        or not (marker.rest >= len(line.text) or _STATUS.match(line.text, marker.rest))
    ):
        return None
    return Heading("plain", "", 0, [(line.start, line.end)], [index])


def _row(reader: Reader, index: int, above: dict[int, Heading]) -> Heading | None:
    """A decision with its number alone for a heading, told by the preamble below its title: "14/1", "BC-14/2: Follow-up"."""
    line = reader.lines[index]
    found = _NUMBERED.match(line.text)
    if found is None or not (reader.at_end(index) or line.blanks or line.page_break or _after_heading(reader, index, above)):
        return None
    rest = found.end() < len(line.text)
    first = index if rest else reader.next(index)
    own = reader.logical(first) if first is not None else []
    own = own[: next((k for k, i in enumerate(own) if k and _PREAMBLE.match(reader.lines[i].text)), len(own))]
    after = reader.next(own[-1]) if own else None
    if after is None or not _PREAMBLE.match(reader.lines[after].text) or not like_title(reader.text(own, found.end() if rest else 0)):
        return None
    ranges = [(reader.lines[i].start, reader.lines[i].end) for i in own]
    if rest:
        ranges[0] = (line.start + found.end(), line.end)
    return Heading("decision", found[1], 0, ranges, own if rest else [index, *own])


def _is_preamble(reader: Reader, index: int, found: dict[int, Heading]) -> bool:
    """Whether a line is the first of a decision's preamble: "The Conference of the Parties" right below its heading."""
    last = next(reversed(found.values()), None)
    return (
        last is not None
        and last.kind == "decision"
        and reader.before(index) in last.lines
        and bool(_PREAMBLE.match(reader.lines[index].text))
    )


def _opens_scope(reader: Reader, index: int, marker: Marker) -> bool:
    line = reader.lines[index]
    if not (reader.at_end(index) or line.blanks or (line.page_break and not reader.wraps_into(index)) or not reader.hard):
        return False
    rest = line.text[marker.rest :]
    if marker.kind == "annex":
        return not rest or (like_title(rest) and len(rest) < 160 and not re.match(r"[IVX\d]+ (?:to|and|of|contains)\b|[(\[]?see\b", rest))
    if marker.kind == "decision" and not rest:
        return True
    return like_title(rest, full_stop=False) if rest else True


def _scope(reader: Reader, index: int, marker: Marker) -> Heading:
    line = reader.lines[index]
    rest = line.text[marker.rest :]
    if rest:
        own = reader.logical(index)
        ranges = [(line.start + marker.rest, line.end), *((reader.lines[i].start, reader.lines[i].end) for i in own[1:])]
        return Heading(marker.kind, marker.label, 0, ranges, own)
    used = [index]
    following = reader.next(index)
    while following is not None and re.match(
        r"\[[A-Z][a-z]+(?:/[A-Z]\w+)*(?:,? (?:and )?[A-Z][a-z]+)* only\]$", reader.lines[following].text
    ):
        used.append(following)
        following = reader.next(following)
    if following is not None and not reader.markers[following].kind and reader.kinds[following] is None:
        title = reader.logical(following)
        text = reader.text(title)
        if like_title(text) and not _LIST_LIKE.match(text):
            return Heading(marker.kind, marker.label, 0, [(reader.lines[i].start, reader.lines[i].end) for i in title], [*used, *title])
    return Heading(marker.kind, marker.label, 0, [], [index])


def _plain(reader: Reader, index: int, found: dict[int, Heading]) -> Heading | None:
    """A title without a label."""
    line = reader.lines[index]
    if len(line.text) > MAX_TITLE or not (line.text[0].isupper() or line.text[0] in '\u201c\u2018"') or _LIST_LIKE.match(line.text):
        return None
    apart = line.heads and (line.blanks > 0 or line.page_break)
    if not (apart or reader.at_end(index) or _after_heading(reader, index, found)):
        return None
    before = reader.before(index)
    if before is not None and reader.lines[before].text.endswith(":") and not line.heads:
        return None  # the only entry of a list
    own = reader.logical(index)
    text = reader.text(own)
    if not like_title(text, styled=line.heads) or len(text) < 4 or _not_a_title(text) or _TWO_SENTENCES.search(text):
        return None
    following = reader.next(max(own))
    if following is None or not (line.heads or _may_follow(reader, following, index)):
        return None
    if not line.heads and _is_state(text) and reader.markers[following].kind not in {"number", "rec"}:
        return None
    heading = Heading("plain", "", 0, [(reader.lines[i].start, reader.lines[i].end) for i in own], own)
    take_items(reader, heading)
    return heading


def _is_state(text: str) -> bool:
    """Whether a text is the name of a State, as an entry of a list is."""
    found = states(_PLAIN).at(fold(text), 0)
    return found is not None and found.end == len(text)


def _is_list_of_states(folded: str) -> bool:
    """Whether a folded text begins with the name of a State, and has one for every four words."""
    known = states(_PLAIN)
    return known.at(folded, 0) is not None and sum(1 for _ in known.find(folded)) * 4 > len(folded.split())


def _not_a_title(text: str) -> bool:
    """Dates, meetings and bare names below a decision or in a list; a list of States (a record of votes)."""
    if RE_SYMBOL_LINE.match(text):
        return True
    return (
        (", " in text and _is_list_of_states(fold(text)))
        or (meeting_dates(text) != (None, None) and len(text) < 40)
        or bool(re.match(r"(?:\d+\w\w|\w+) (?:plenary )?meeting$|Note:|Source:", text))
    )


def _may_follow(reader: Reader, index: int, title: int) -> bool:
    """Whether what stands behind a title can be what a heading heads."""
    marker = reader.markers[index]
    if reader.kinds[index] == "table":
        return reader.lines[index].index - title < 3
    if marker.kind in {"number", "rec", "sub", "roman", "letter", "agenda", "placeholder"}:
        return True
    if marker.kind in {"point", "bullet", "annex", "part", "decision"}:
        return False
    own = reader.logical(index)
    text = reader.text(own)
    if like_title(text):  # two titles one below the other: only if a numbered text comes next
        after = reader.next(max(own))
        return after is not None and reader.markers[after].kind in {"number", "rec", "roman", "letter"} and not _LIST_LIKE.match(text)
    spaced = reader.lines[index].blanks > 0 or not reader.hard
    return spaced and len(text.split()) > 11 and text[0].isupper()
