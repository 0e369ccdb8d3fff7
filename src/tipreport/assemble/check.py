"""What is noticed of headings and numbers: gaps, repetitions, new beginnings, texts that a page break cut."""

from __future__ import annotations

from tipreport.assemble.context import Context, Text
from tipreport.blocks import Unit


def headings(ctx: Context) -> None:
    """Headings whose letter or numeral leaves one out."""
    last: dict[tuple[str, str], int] = {}
    for place in ctx.outline.places:
        heading = place.heading
        if heading.kind not in {"roman", "letter", "arabic"}:
            continue
        parent = place.label.rpartition(".")[0]
        before = last.get((parent, heading.kind))
        if before is not None and heading.value > before + 1:
            line = ctx.outline.lines[heading.lines[0]]
            ctx.say("heading/gap", f"{place.label} follows without the one before it", ((line.start, line.end),))
        last[parent, heading.kind] = heading.value


def numbers(ctx: Context, texts: list[Text]) -> None:
    """Numbers that miss, repeat or start again; texts that a page break cut."""
    last: dict[tuple[str, str], int] = {}
    for text in texts:
        unit = text.unit
        if unit.joined:
            ctx.say("paragraph/page-break-joined", f"{text.id} was cut by a page break; its parts were joined", text.prose.locate())
        number = (unit.number or "").split(" ")[0]
        if not number.isdigit():
            continue
        series = (unit.scope + str(unit.decision), unit.kind)
        before = last.get(series)
        where = ctx.outline.lines[unit.lines[0]]
        span = ((where.start, where.end),)
        if before is not None and unit.number == number:
            if int(number) == before:
                ctx.say("number/repeated", f"{unit.kind} {number} occurs twice", span)
            elif int(number) > before + 1 and not _shared(unit, before, int(number), texts):
                ctx.say("number/gap", f"{unit.kind} {before} is followed by {number}", span)
            elif int(number) < before:
                ctx.say("number/restart", f"{unit.kind} numbers start again at {number}", span)
        last[series] = int(number)


def _shared(unit: Unit, before: int, number: int, texts: list[Text]) -> bool:
    """Whether the numbers between are recommendations of the same series (reports of 2010)."""
    between = {str(n) for n in range(before + 1, number)}
    return number - before < 500 and between <= {t.unit.number for t in texts if t.unit.kind != unit.kind}
