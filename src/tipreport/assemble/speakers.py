"""Statements and attendance: the lists of a report as typed objects."""

from __future__ import annotations

from tipreport.assemble import named
from tipreport.assemble.attendance import listed
from tipreport.assemble.context import Context, Text
from tipreport.entities import statement
from tipreport.model import Statement
from tipreport.speaker_list import Found

__all__ = ["listed", "statements"]


def statements(ctx: Context, texts: list[tuple[Text, list[tuple[int, int]]]]) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """Who spoke and who was represented; ``texts`` come with the ranges of their points."""
    spoke: list[Statement] = []
    attended: list[Statement] = []
    default = ctx.outline.profile.default_capacity
    for text, points in texts:
        if text.unit.kind != "paragraph" or text.unit.decision is not None or (text.unit.scope and text.unit.number is None):
            continue
        found = list(statement.find(text.prose.text, text.folded, points, default, ctx.config, statement.SPOKE))
        spoke += [_statement(ctx, text, one) for one in found]
        if not found:
            found = list(statement.find(text.prose.text, text.folded, points, default, ctx.config, statement.ATTENDED))
            attended += [_statement(ctx, text, one) for one in found]
    return tuple(spoke), tuple(attended)


def _statement(ctx: Context, text: Text, found: Found) -> Statement:
    prose = text.prose
    for unknown in found.strangers:
        ctx.say(
            "state/unknown",
            f"{prose.text[unknown.start : unknown.end]!r} in a list of States is no State that the table knows",
            prose.locate(unknown.start, unknown.end),
        )
    return Statement(
        paragraph=text.unit.number,
        capacity=found.capacity,
        agenda_items=tuple(text.items or text.inherited),
        instrument=found.instrument,
        states=tuple(named.state(ctx, prose, speaker) for speaker in found.states),
        organizations=tuple(named.organization(ctx, prose, one) for one in found.organizations),
        groups=tuple(named.group(ctx, prose, one) for one in found.groups),
        persons=tuple(named.person(ctx, prose, *span) for span in found.persons),
        count=found.count,
        spans=ctx.place(prose, found.start, found.end),
    )
