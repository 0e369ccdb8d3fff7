"""Statements and attendance: the lists of a report as typed objects."""

from __future__ import annotations

import re

from tipreport import gazetteer, names
from tipreport.assemble.context import Context, Text
from tipreport.blocks.heading import slug
from tipreport.capacity import capacity as capacity_of
from tipreport.entities import statement
from tipreport.model import Named, Organization, SpeakingState, Statement
from tipreport.spans import Prose, merge
from tipreport.speaker_list import Found, Speaker, Unknown


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
        states=tuple(_state(ctx, prose, speaker) for speaker in found.states),
        organizations=tuple(_organization(ctx, prose, one) for one in found.organizations),
        groups=tuple(_group(ctx, prose, one) for one in found.groups),
        persons=tuple(_named(ctx, prose, *span) for span in found.persons),
        count=found.count,
        spans=ctx.place(prose, found.start, found.end),
    )


def _state(ctx: Context, prose: Prose, speaker: Speaker) -> SpeakingState:
    entry = speaker.state.entry
    return SpeakingState(
        id=entry.id,
        name=entry.name,
        as_printed=prose.text[speaker.state.start : speaker.state.end],
        on_behalf_of=ctx.named(prose, speaker.on_behalf_of) if speaker.on_behalf_of else None,
        also_on_behalf_of=tuple(ctx.named(prose, one) for one in speaker.also),
        spans=ctx.place(prose, speaker.state.start, speaker.state.end),
    )


def _organization(ctx: Context, prose: Prose, one: gazetteer.Match | Unknown) -> Organization:
    if isinstance(one, gazetteer.Match):
        return ctx.organization(prose, one)
    return _stranger(ctx, prose, one)


def _stranger(ctx: Context, prose: Prose, one: Unknown) -> Organization:
    printed = prose.text[one.start : one.end]
    ctx.say("organization/unknown", f"no table knows {printed!r}; the printed name serves as id", prose.locate(one.start, one.end))
    return Organization(id=printed, acronym=one.acronym, name=printed, as_printed=printed, spans=ctx.place(prose, one.start, one.end))


def _group(ctx: Context, prose: Prose, one: gazetteer.Match | Unknown) -> Named:
    if isinstance(one, gazetteer.Match):
        return ctx.named(prose, one)
    printed = prose.text[one.start : one.end]
    return Named(id=printed, name=printed, as_printed=printed, spans=ctx.place(prose, one.start, one.end))


def _named(ctx: Context, prose: Prose, start: int, end: int) -> Named:
    """A person of a delegation."""
    name = prose.text[start:end]
    return Named(id=slug(name) or name, name=name, as_printed=name, spans=ctx.place(prose, start, end))


def listed(ctx: Context, texts: list[Text]) -> tuple[Statement, ...]:
    """Attendance printed as a list: a heading that names the capacity, then one name a line or column."""
    out: list[Statement] = []
    for text in texts:
        if text.unit.kind == "attendance":
            out += _List(ctx, text).read()
    return tuple(out)


_COLUMN = re.compile(r"\s{3,}|\t+")
_BULLET = re.compile(r"[\u2022\u25cf\u25aa\uf02d\uf0b7\u2013-]\s*")


def _capacity(title: str, *, alone: bool) -> str | None:
    """The capacity that the title of a part of the list names, capital or not."""
    return capacity_of(title) or capacity_of(title[:1].lower() + title[1:]) or ("un_entity" if alone else None)


# Lines that head a part of the list.
_HEADING = re.compile(
    r"(?:States|Members?|Non-member|Specialized agenc|Intergovernmental|Other entit|National human rights|Non-governmental|Observers?\b|Part(?:y|ies)\b|Signator"
    r"|(?P<alone>United Nations(?: (?:entities|system|bodies|offices))?)$|United Nations entit)[^.;]*"
)
_HEADED = re.compile(r"\bdelegation\b.* headed by ")
_LONGEST_NAME = 3  # lines that one name may take in a narrow column


class _List:
    """One list of those present, cell by cell."""

    def __init__(self, ctx: Context, text: Text) -> None:
        self.ctx, self.text = ctx, text
        self.cells: list[tuple[int, int]] = []
        for start, end in text.unit.body:
            at = start
            raw = ctx.source.text[start:end]
            for part in _COLUMN.split(raw):
                if part:
                    found = ctx.source.text.index(part, at, end)
                    self.cells.append((found, found + len(part)))
                    at = found + len(part)

    def read(self) -> list[Statement]:
        out: list[Statement] = []
        capacity = "other"
        states: list[SpeakingState] = []
        organizations: list[Organization] = []
        persons: list[Named] = []
        first: int | None = None
        at = 0

        def close(stop: int) -> None:
            nonlocal states, organizations, persons, first
            if first is not None and (states or organizations or persons):
                spans = self.ctx.spans(merge(self.ctx.source, self.cells[first:stop]))
                out.append(
                    Statement(
                        paragraph=None, capacity=capacity, agenda_items=(), instrument=None, states=tuple(states),
                        organizations=tuple(organizations), groups=(), persons=tuple(persons), count=None, spans=spans,
                    )
                )  # fmt: skip
            states, organizations, persons, first = [], [], [], None

        while at < len(self.cells):
            title = _HEADING.match(self.ctx.source.text, *self.cells[at])
            if title and (stated := _capacity(title.group(), alone=bool(title["alone"]))):
                close(at)
                capacity = stated
                at += 1
                continue
            used, state, organization = self._name(at)
            if used:
                first = at if first is None else first
                if state:
                    states.append(state)
                if organization:
                    organizations.append(organization)
                at += used
                continue
            person = self._person(at)
            if person:
                first = at if first is None else first
                persons.append(person)
                at += 1
                continue
            prose = Prose(self.ctx.source, [self.cells[at]], ())
            heading = capacity_of(prose.text)
            if heading:
                close(at)
                capacity = heading
            elif (capacity in {"ngo", "igo", "nhri", "un_entity", "specialized_agency", "other"} and first is None) or organizations:
                if prose.text[:1].isupper() and not prose.text.endswith((".", ":", ";")):
                    first = at if first is None else first
                    organizations.append(_stranger(self.ctx, prose, Unknown(0, len(prose.text), None)))
            at += 1
        close(len(self.cells))
        return out

    def _name(self, at: int) -> tuple[int, SpeakingState | None, Organization | None]:
        """The longest known name that fills one to three cells."""
        for used in range(min(_LONGEST_NAME, len(self.cells) - at), 0, -1):
            prose = Prose(self.ctx.source, self.cells[at : at + used], self.ctx.cuts(self.cells[at : at + used]))
            folded = gazetteer.fold(prose.text).rstrip(".;,")
            state = gazetteer.states(self.ctx.config).at(folded, 0)
            if state and state.end == len(folded) and state.entry.id != "EUU":
                return used, _state(self.ctx, prose, Speaker(state)), None
            known = gazetteer.organizations(self.ctx.config).at(folded, 0)
            if known and known.end == len(folded):
                return used, None, self.ctx.organization(prose, known)
        return 0, None, None

    def _person(self, at: int) -> Named | None:
        """A person with an honorific and a post on a line of its own."""
        start, end = self.cells[at]
        bullet = _BULLET.match(self.ctx.source.text, start, end)
        prose = Prose(self.ctx.source, [(bullet.end() if bullet else start, end)], ())
        headed = _HEADED.search(prose.text)
        if headed:
            span = names.full_at(prose.text, headed.end())
            if span is None:
                return None
            name = prose.text[span[0] : span[1]]
            return Named(id=slug(name) or name, name=name, as_printed=name, spans=self.ctx.place(prose, *span))
        found = next(names.titled(prose.text), None)
        if found is None or found.start:
            return None
        name = found.name.rstrip(".")
        stop = found.at + len(name)
        return Named(id=slug(name) or name, name=name, as_printed=prose.text[:stop], spans=self.ctx.place(prose, 0, stop))
