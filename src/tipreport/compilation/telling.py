"""A compilation in words: its title and counts, the source of an entry, what it stands for, the head of a session."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.assemble.cite import day
from tipreport.compilation.grouping import NO_DATE, Also, Compilation, Counts, Entry
from tipreport.flow import Body

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.compilation.gathering import Heading, Source, Unit

_TITLES = {
    "topic": "Index of recommendations by topic",
    "year": "Compilation of recommendations by year",
    "body": "Compilation of recommendations by body",
}
SHORT = 160  # characters of a shortened text
_LEAD = 80  # and of the lead-in of a shortened point
GAP = "..."


class Line(NamedTuple):
    """A line of a text: how deep it stands, the label of its point, its words."""

    depth: int
    label: str
    text: str


def title(found: Compilation) -> str:
    """What the document is."""
    return _TITLES[found.by]


def counts(found: Compilation) -> tuple[str, ...]:
    """What the document holds, of how much."""
    held = found.counts
    out = [f"{_of(held.recommendations, held.of_recommendations, 'recommendation')}, from {_of(held.reports, held.of_reports, 'report')}"]
    if found.by == "topic":
        out.append(f"{held.without:,} of {held.recommendations:,} on no topic, under \u201cOther\u201d")
        out += [f"{_many(held.points, 'point')} under topics of their own"] * bool(held.points)
    out.append(_repeated(found, held))
    return tuple(out)


def _repeated(found: Compilation, held: Counts) -> str:
    if found.floor is None:
        return "near-duplicates stand apart"
    like = f"(likeness {found.floor:g} or more)"
    if found.by == "topic":
        return f"{held.repeated:,} older {'wording is' if held.repeated == 1 else 'wordings are'} folded into a newer one {like}"
    return f"{held.repeated:,} of {held.recommendations:,} repeat a newer one, to which they refer {like}"


def _of(some: int, whole: int, what: str) -> str:
    return _many(whole, what) if some == whole else f"{some:,} of {_many(whole, what)}"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def when(source: Source) -> str:
    """The date of a report, else its year; "no date"."""
    return source.date or (NO_DATE if source.year is None else str(source.year))


def pinpoint(unit: Unit) -> str:
    """Where in its report a unit stands: ``recommendation 51 (d)``."""
    return unit.cite.removeprefix(f"{unit.item.source.cite}, ")


def facts(unit: Unit, *, own: bool = True) -> str:
    """What is known of a recommendation beside its words: body, addressees, modality, proposers, position.

    Args:
        unit: the recommendation or point.
        own: whether the body is told.
    """
    item = unit.item
    return "; ".join(
        filter(None, (
            item.source.body if own else None,
            f"to {', '.join(item.addressees)}" if item.addressees else None,
            item.modality,
            f"by {item.proposed_by.replace('; ', ', ')}" if item.proposed_by else None,
            item.position,
            "draft" if item.source.status == "draft" else None,
        ))
    )  # fmt: skip


def also(one: Also, than: Unit | None = None) -> str:
    """What is told behind the cite of another wording: year, likeness, another modality."""
    source = one.unit.item.source
    told = [NO_DATE if source.year is None else str(source.year)]
    if not one.fold.same:
        told.append(f"reworded {one.fold.score:.2f}")
    if than is not None and one.unit.item.modality != than.item.modality and one.unit.item.modality:
        told.append(f"\u201c{one.unit.item.modality}\u201d")
    return f"({'; '.join(told)})"


def basis(entry: Entry) -> str:
    """Why an entry stands under its topic, where its own words do not say; else empty."""
    if entry.basis == "heading" and entry.heading is not None:
        return f"by its heading: {entry.heading.told}"
    return "by an earlier wording" if entry.basis == "earlier" else ""


def session(source: Source) -> str:
    """A report as its masthead has it, but for its symbol; nothing is told twice."""
    meeting = _days(source.meeting_start, source.meeting_end)
    name = ", ".join(filter(None, (source.title, source.part)))
    told = [source.body, name, source.session, ", ".join(filter(None, (source.place, meeting)))]
    if source.date and (source.date != source.meeting_end or not meeting):
        told.append(_day(source.date))
    if source.place and meeting and source.place in name and meeting.split(" to ")[-1] in name:
        told[3] = None
    if source.body and source.body in name:
        told[0] = None
    return "; ".join(filter(None, told)) or source.name


def _days(start: str | None, end: str | None) -> str | None:
    if start is None or end is None or start == end:
        only = start or end
        return _day(only) if only else None
    one, other = _day(start), _day(end)
    one = " ".join(word for place, word in enumerate(one.split()) if one.split()[place:] != other.split()[place:])
    return f"{one} to {other}"


def _day(iso: str) -> str:
    return day(iso) if iso.count("-") == 2 else iso


def lines(unit: Unit, *, short: bool = False, numbered: bool = False) -> Iterator[Line]:
    """The text of a unit with its points on lines of their own; a point below its lead-ins, what is left out shown by dots.

    Args:
        unit: the recommendation or point.
        short: the first words only, in one line.
        numbered: whether the printed number is the label of the first line.
    """
    number = _label(unit.item.number) if numbered else ""
    if short:
        yield Line(0, number, inline(unit))
        return
    for depth, lead in enumerate(unit.leads):
        label = f"({unit.path[depth - 1].point.label})" if depth else number
        yield Line(depth, label, f"{lead} {GAP}" if _follows(unit, depth) else lead)
    label = f"({unit.path[-1].point.label})" if unit.path else number
    yield from _lines(unit.body, len(unit.path), label)


def _label(number: str | None) -> str:
    """A number with the stop that reports print behind it: ``51.``, but ``98.1``."""
    return f"{number}." if number and "." not in number else number or ""


def _follows(unit: Unit, depth: int) -> bool:
    """Whether other points stand between a lead-in and its point."""
    one = unit.path[depth - 1].body if depth else unit.item.body
    return one.points[0].point.id != unit.path[depth].point.id


def _lines(one: Body, depth: int, label: str) -> Iterator[Line]:
    yield Line(depth, label, one.intro.strip())
    for part in one.points:
        if part.before:
            yield Line(depth + 1, "", part.before)
        yield from _lines(part.body, depth + 1, part.label or f"({part.point.label})")
    if one.tail.strip():
        yield Line(depth, "", one.tail.strip())


def inline(unit: Unit, most: int = SHORT) -> str:
    """The first words of a unit in one line, a point behind its lead-in."""
    if not unit.path:
        return cut(unit.text, most)
    lead = cut(unit.lead or "", _LEAD).removesuffix(f" {GAP}")
    return f"{lead} {GAP} ({unit.path[-1].point.label}) {cut(unit.text, most)}"


def cut(text: str, most: int) -> str:
    """The first words of a text; dots say that there are more."""
    if len(text) <= most:
        return text
    end = text.rfind(" ", 0, most)
    return f"{text[: end if end > most // 2 else most].rstrip(' ,;:')} {GAP}"


def headings(before: tuple[Heading, ...], now: tuple[Heading, ...]) -> Iterator[tuple[int, Heading]]:
    """The headings that begin where one entry follows another, each with its depth."""
    for depth, heading in enumerate(now):
        if before[: depth + 1] != now[: depth + 1]:
            yield depth, heading
