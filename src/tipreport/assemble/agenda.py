"""Agenda: the items whose titles a report gives, and the items that a paragraph speaks under.

Titles come from "agenda item 3, entitled ..." and from an agenda quoted inside a paragraph. A paragraph that
names no item inherits those of its heading ("(Agenda item 3)") or of the paragraph before it in its section.
"""

from __future__ import annotations

import re

from tipreport.assemble.context import Context, Text
from tipreport.blocks.marker import read
from tipreport.entities import agenda_item
from tipreport.model import AgendaItem, Reference
from tipreport.spans import Prose

_AGENDA = re.compile(r"\bagenda\b", re.IGNORECASE)


def quotes_agenda(text: Text) -> bool:
    """Whether a paragraph quotes an agenda: a numbered list behind words that speak of one."""
    if not text.unit.items:
        return False
    lead = text.prose.text[:600]
    return bool(_AGENDA.search(lead.split(":")[0]))


def attach(ctx: Context, texts: list[Text]) -> tuple[tuple[AgendaItem, ...], list[Reference]]:
    """Set the items of every text; give the agenda and the references to items."""
    titles: dict[str, AgendaItem] = {}
    references: list[Reference] = []
    under = _under(ctx)
    opened: list[str] = []
    chapter: int | None = -1
    for text in texts:
        place = text.unit.place
        given, above = under[place] if place is not None else ([], -1)
        if above != chapter:
            chapter, opened = above, []
        quoted = quotes_agenda(text)
        if quoted:
            _quoted(ctx, text, titles)
        end = text.prose.text.find(":") if quoted else len(text.prose.text)
        numbers: list[str] = []
        for item in agenda_item.find(text.prose.text[:end]):
            numbers.append(item.number)
            spans = ctx.place(text.prose, item.start, item.end)
            references.append(
                Reference(kind="agenda_item", target=item.number, as_printed=text.prose.text[item.start : item.end], spans=spans)
            )
            if item.title and item.number not in titles:
                a, b = item.title
                titles[item.number] = AgendaItem(
                    number=item.number,
                    title=text.prose.text[a:b],
                    paragraphs=(text.unit.number,) if text.unit.number else (),
                    spans=ctx.place(text.prose, a, b),
                )
        text.items = list(dict.fromkeys(numbers))
        if text.unit.kind == "paragraph":
            if not given and (opens := _OPENS.search(text.prose.text[:end])):
                opened = [item.number for item in agenda_item.find(text.prose.text[opens.start() : end])] or opened
            if not text.items:
                text.inherited = list(given or opened)
    return tuple(sorted(titles.values(), key=lambda item: _natural(item.number))), references


def _natural(number: str) -> tuple[int, str]:
    """Items in the order of an agenda: 2, 2(a), 10."""
    digits = re.match(r"\d+", number)
    return (int(digits.group()) if digits else 0, number)


# What opens an item for the paragraphs that follow: "considered agenda item 3", "the discussion under item 3".
_OPENS = re.compile(
    r"\b(?:considered|discussed|took up|opened|resumed|(?:discussions?|consideration|debate|statements?|deliberations?) (?:under|of|on)|[Uu]nder)(?: its| the)? (?:agenda )?(?:sub-)?items? \d"
)


def _under(ctx: Context) -> list[tuple[list[str], int]]:
    """For every section the items that its headings give, and the chapter or lettered section it is in."""
    out: list[tuple[list[str], int]] = []
    roman: list[str] = []
    current: list[str] = []
    above = -1
    for index, place in enumerate(ctx.outline.places):
        heading = place.heading
        named = heading.items or " ".join(ctx.source.text[a:b] for a, b in heading.title)
        own = [item.number for item in agenda_item.find(named)]
        if heading.kind == "letter":
            current, above = own or roman, index
        elif heading.kind not in {"arabic", "plain"}:
            roman = current = own
            above = index
        elif own and heading.items:
            current = own
        out.append((current, above))
    return out


def _quoted(ctx: Context, text: Text, titles: dict[str, AgendaItem]) -> None:
    """The items of an agenda that a paragraph quotes, sub-items included ("2(a)")."""
    lines = ctx.outline.lines
    starts: list[tuple[str, int, int]] = []  # number, line, where its text begins
    number = ""
    first = text.unit.items[0]
    inside = [i for i in text.unit.lines if i >= first]
    for index in inside:
        marker = read(lines[index].text)
        if index in text.unit.items:
            number = marker.label
            starts.append((number, index, lines[index].start + marker.rest))
        elif marker.kind == "point" and number:
            starts.append((f"{number}({marker.label})", index, lines[index].start + marker.rest))
    bounds = [index for _, index, _ in starts] + [max(inside) + 1]
    for k, (label, index, begin) in enumerate(starts):
        ranges = [(begin, lines[index].end)]
        ranges += [(lines[i].start, lines[i].end) for i in inside if index < i < bounds[k + 1]]
        prose = Prose(ctx.source, [r for r in ranges if r[0] < r[1]], ctx.cuts(ranges))
        title = re.sub(r"(?:[.;:]|; and)$", "", prose.text)
        if title and label not in titles:
            paragraphs = (text.unit.number,) if text.unit.number else ()
            titles[label] = AgendaItem(number=label, title=title, paragraphs=paragraphs, spans=ctx.place(prose, 0, len(title)))
