"""Statements and attendance: the lists of a report as typed objects."""

from __future__ import annotations

from tipreport import gazetteer
from tipreport.assemble.context import Context, Text
from tipreport.entities import statement
from tipreport.model import Named, Organization, SpeakingState, Statement
from tipreport.spans import Prose


def statements(ctx: Context, texts: list[tuple[Text, list[tuple[int, int]]]]) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """Who spoke and who was represented; ``texts`` come with the ranges of their points."""
    spoke: list[Statement] = []
    attended: list[Statement] = []
    default = ctx.outline.profile.default_capacity
    for text, points in texts:
        if text.unit.kind != "paragraph" or text.unit.decision is not None:
            continue
        found = list(statement.find(text.prose.text, text.folded, points, default, ctx.config, statement.SPOKE))
        spoke += [_statement(ctx, text, one) for one in found]
        if not found and statement.ATTENDED.search(text.prose.text):
            found = list(statement.find(text.prose.text, text.folded, points, default, ctx.config, statement.ATTENDED))
            attended += [_statement(ctx, text, one) for one in found]
    return tuple(spoke), tuple(attended)


def _statement(ctx: Context, text: Text, found: statement.Found) -> Statement:
    prose = text.prose
    for unknown in found.strangers:
        ctx.say("state/unknown", f"{prose.text[unknown.start : unknown.end]!r} in a list of States is no State that the table knows", prose.locate(unknown.start, unknown.end))
    return Statement(
        paragraph=text.unit.number,
        capacity=found.capacity,
        agenda_items=tuple(text.items or text.inherited),
        instrument=found.instrument,
        states=tuple(_state(ctx, prose, speaker) for speaker in found.states),
        organizations=tuple(_organization(ctx, prose, one) for one in found.organizations),
        groups=tuple(_group(ctx, prose, one) for one in found.groups),
        persons=(),
        count=found.count,
        spans=ctx.place(prose, found.start, found.end),
    )


def _state(ctx: Context, prose: Prose, speaker: statement.Speaker) -> SpeakingState:
    entry = speaker.state.entry
    return SpeakingState(
        id=entry.id,
        name=entry.name,
        as_printed=prose.text[speaker.state.start : speaker.state.end],
        on_behalf_of=ctx.named(prose, speaker.on_behalf_of) if speaker.on_behalf_of else None,
        also_on_behalf_of=tuple(ctx.named(prose, one) for one in speaker.also),
        spans=ctx.place(prose, speaker.state.start, speaker.state.end),
    )


def _organization(ctx: Context, prose: Prose, one: gazetteer.Match | statement.Unknown) -> Organization:
    if isinstance(one, gazetteer.Match):
        return ctx.organization(prose, one)
    printed = prose.text[one.start : one.end]
    ctx.say("organization/unknown", f"no table knows {printed!r}; the printed name serves as id", prose.locate(one.start, one.end))
    return Organization(id=printed, acronym=one.acronym, name=printed, as_printed=printed, spans=ctx.place(prose, one.start, one.end))


def _group(ctx: Context, prose: Prose, one: gazetteer.Match | statement.Unknown) -> Named:
    if isinstance(one, gazetteer.Match):
        return ctx.named(prose, one)
    printed = prose.text[one.start : one.end]
    return Named(id=printed, name=printed, as_printed=printed, spans=ctx.place(prose, one.start, one.end))
