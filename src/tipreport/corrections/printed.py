"""Where a name that a correction gives stands in a text.

What stands there keeps its exact place. What was set by hand and does not stand in the text has the place of what it corrects.
"""

from __future__ import annotations

import re

from tipreport import gazetteer
from tipreport.assemble.context import Context
from tipreport.blocks import Outline
from tipreport.config import Config
from tipreport.corrections.structure import Refused
from tipreport.data import split, table
from tipreport.gazetteer import Entry, fold
from tipreport.model import Mention, Named, Organization, Spans, SpeakingState
from tipreport.spans import Prose

Printed = tuple[str, Spans]
Speaker = SpeakingState | Organization | Named


class Finder:
    """Finds names in the texts of one report."""

    def __init__(self, outline: Outline, config: Config) -> None:
        self.ctx = Context(outline, config)
        self.config = config

    def _prose(self, spans: Spans) -> Prose:
        return Prose(self.ctx.source, [(span.start, span.end) for span in spans])

    def whole(self, spans: Spans) -> Printed:
        """All the text of an object."""
        prose = self._prose(spans)
        return prose.text, self.ctx.place(prose)

    def stands(self, spans: Spans, words: str) -> Printed:
        """The place of some words.

        Raises:
            Refused: they do not stand there.
        """
        prose = self._prose(spans)
        at = fold(prose.text).find(fold(words)) if words else -1
        if at < 0:
            raise Refused(f"{words!r} does not stand in its text")
        return prose.text[at : at + len(words)], self.ctx.place(prose, at, at + len(words))

    def find(self, spans: Spans, entry: Entry, *, behind: int = -1) -> Printed | None:
        """Where a known name stands under some spans, the first from an offset of the source on."""
        prose = self._prose(spans)
        folded = fold(prose.text)
        for start, end in _addressed(self.config, folded, entry.id) if entry.kind == "addressee" else self._known(folded, entry):
            if prose.offset(start) >= behind:
                return prose.text[start:end], self.ctx.place(prose, start, end)
        return None

    def _known(self, folded: str, entry: Entry) -> list[tuple[int, int]]:
        tables = {"state": gazetteer.states(self.config), "organization": gazetteer.organizations(self.config), "group": gazetteer.groups()}
        found = tables.get(entry.kind, gazetteer.everything(self.config)).find(folded)
        return [(one.start, one.end) for one in found if (one.entry.kind, one.entry.id) == (entry.kind, entry.id)]

    def named(self, spans: Spans, entry: Entry, instead: Printed | None, words: str | None = None) -> Named:
        """A name in an object: where its words stand, else in the place of what it corrects, else with all of the object."""
        text, where = self.stands(spans, words) if words else self.find(spans, entry) or instead or self.whole(spans)
        return Named(id=entry.id, name=entry.name, as_printed=text, spans=where)


def _addressed(config: Config, folded: str, ident: str) -> list[tuple[int, int]]:
    """Where the printed forms of an addressee stand."""
    for row in (*config.rows("addressees"), *table("addressees")):
        if row["id"] == ident:
            forms = [re.escape(fold(form)) for form in split(row.get("patterns", ""))]
            if forms:
                return [found.span() for found in re.finditer(rf"\b(?:{'|'.join(forms)})\b", folded, re.IGNORECASE)]
    return []


def speaker(entry: Entry, printed: Printed, like: Speaker | None = None) -> Speaker:
    """A known name as one of a list of speakers; a State keeps those for whom the one before it spoke."""
    text, spans = printed
    if entry.kind == "state":
        held = like if isinstance(like, SpeakingState) else None
        return SpeakingState(
            id=entry.id, name=entry.name, as_printed=text, spans=spans,
            on_behalf_of=held.on_behalf_of if held else None, also_on_behalf_of=held.also_on_behalf_of if held else (),
        )  # fmt: skip
    if entry.kind == "organization":
        return Organization(id=entry.id, acronym=entry.acronym, name=entry.name, as_printed=text, spans=spans)
    return Named(id=entry.id, name=entry.name, as_printed=text, spans=spans)


def mention(entry: Entry, printed: Printed) -> Mention:
    """A known name as a mention."""
    return Mention(kind=entry.kind, id=entry.id, name=entry.name, as_printed=printed[0], spans=printed[1])
