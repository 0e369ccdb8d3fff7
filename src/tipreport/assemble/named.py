"""What was found of a name, as an object of the model with its place."""

from __future__ import annotations

from tipreport import gazetteer
from tipreport.assemble.context import Context
from tipreport.blocks.titles import slug
from tipreport.model import Named, Organization, SpeakingState
from tipreport.spans import Prose
from tipreport.speaker_list import Speaker, Unknown


def state(ctx: Context, prose: Prose, speaker: Speaker) -> SpeakingState:
    """A State of a list with those for whom it spoke."""
    entry = speaker.state.entry
    return SpeakingState(
        id=entry.id,
        name=entry.name,
        as_printed=prose.text[speaker.state.start : speaker.state.end],
        on_behalf_of=ctx.named(prose, speaker.on_behalf_of) if speaker.on_behalf_of else None,
        also_on_behalf_of=tuple(ctx.named(prose, one) for one in speaker.also),
        spans=ctx.place(prose, speaker.state.start, speaker.state.end),
    )


def organization(ctx: Context, prose: Prose, one: gazetteer.Match | Unknown) -> Organization:
    """An organization; one that no table knows has its printed name as id, and a diagnostic."""
    if isinstance(one, gazetteer.Match):
        return ctx.organization(prose, one)
    printed = prose.text[one.start : one.end]
    ctx.say("organization/unknown", f"no table knows {printed!r}; the printed name serves as id", prose.locate(one.start, one.end))
    return Organization(id=printed, acronym=one.acronym, name=printed, as_printed=printed, spans=ctx.place(prose, one.start, one.end))


def group(ctx: Context, prose: Prose, one: gazetteer.Match | Unknown) -> Named:
    """A group of States or a constituency."""
    if isinstance(one, gazetteer.Match):
        return ctx.named(prose, one)
    printed = prose.text[one.start : one.end]
    return Named(id=printed, name=printed, as_printed=printed, spans=ctx.place(prose, one.start, one.end))


def person(ctx: Context, prose: Prose, start: int, end: int, name: str | None = None) -> Named:
    """A person; ``name`` where it is not the whole of what is printed (an honorific stands before it)."""
    printed = prose.text[start:end]
    name = name or printed
    return Named(id=slug(name) or name, name=name, as_printed=printed, spans=ctx.place(prose, start, end))
