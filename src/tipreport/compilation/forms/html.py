"""One page of HTML that needs nothing else: contents, an anchor for every entry, filters by year, addressee and words.

It is read by keyboard and screen reader, in light and dark, on paper; without scripts all of it is there but the filters.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from tipreport.compilation import telling
from tipreport.compilation.anchors import Anchors
from tipreport.compilation.forms import View
from tipreport.compilation.grouping import NO_DATE, Also, Chapter, Compilation, Entry, Session
from tipreport.links import link
from tipreport.pages import template
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.compilation.gathering import Heading, Source, Unit

SUFFIXES = (".html", ".htm")
_NONE = "none named"


def render(found: Compilation, view: View) -> str:
    """The page."""
    page = _Page(found, view)
    chapters = [page.chapter(chapter) for chapter in found.chapters]
    script = "\n" + str(template(__file__, "_script.jinja").render()).strip() + "\n"
    made: str = template(__file__).render(
        title=telling.title(found), scope=visible(view.scope), counts=telling.counts(found), chapters=chapters, filters=_filters(found),
        total=sum(chapter["count"] for chapter in chapters), script=script,
        script_hash="sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )  # fmt: skip
    return made.rstrip("\n") + "\n"


def _filters(found: Compilation) -> list[dict[str, Any]]:
    """The choices by which entries can be filtered, where there is more than one; what is unknown stands last."""
    units = [unit for chapter in found.chapters for entry in chapter.everything for unit in _all(entry)]
    choices = (
        ("year", "Year", {_year(unit) for unit in units}, NO_DATE),
        ("body", "Body", {_body(unit) for unit in units}, _NONE),
        ("to", "Addressee", {name for unit in units for name in _to(unit)}, _NONE),
    )
    out = []
    for name, label, held, last in choices:
        values = sorted((visible(value) for value in held), key=lambda value: (value == last, value.casefold(), value))
        if name == "year":
            values = [*sorted((value for value in values if value != last), reverse=True), *[last] * (last in values)]
        if len(values) > 1:
            out.append({"name": name, "label": label, "values": values})
    return out


def _all(entry: Entry) -> list[Unit]:
    return [entry.unit, *(one.unit for one in entry.also)]


def _year(unit: Unit) -> str:
    return NO_DATE if unit.item.source.year is None else str(unit.item.source.year)


def _body(unit: Unit) -> str:
    return unit.item.source.body or _NONE


def _to(unit: Unit) -> tuple[str, ...]:
    return unit.item.addressees or (_NONE,)


class _Page:
    def __init__(self, found: Compilation, view: View) -> None:
        self.anchors, self.view = Anchors(found), view

    def chapter(self, chapter: Chapter) -> dict[str, Any]:
        """A topic with its entries, or a year or body with its sessions."""
        blocks: list[dict[str, Any]] = [{"kind": "entry", **self.entry(entry)} for entry in chapter.entries]
        for session in chapter.sessions:
            blocks += self.session(session)
        return {
            "anchor": self.anchors.chapter(chapter),
            "label": visible(chapter.label),
            "count": len(chapter.everything),
            "blocks": blocks,
        }

    def session(self, session: Session) -> Iterator[dict[str, Any]]:
        """A report: its masthead, its headings, its recommendations."""
        source = session.source
        yield {"kind": "session", "cite": visible(source.cite), "link": link(source.symbol), "told": visible(telling.session(source))}
        before: tuple[Heading, ...] = ()
        for entry in session.entries:
            now = entry.unit.item.headings
            for depth, heading in telling.headings(before, now):
                yield {"kind": "heading", "level": min(4 + depth, 6), "text": visible(heading.told)}
            before = now
            yield {"kind": "entry", **self.entry(entry, session=True)}

    def entry(self, entry: Entry, *, session: bool = False) -> dict[str, Any]:
        """An entry: its text in lines, what is told of it, and what it is filtered by."""
        unit = entry.unit
        units = _all(entry)
        keys = {"year": map(_year, units), "body": map(_body, units), "to": (name for one in units for name in _to(one))}
        return {
            "anchor": self.anchors.entry(entry), "name": visible(unit.cite), "cite": self._cite(unit, session=session),
            "date": "" if session else telling.when(unit.item.source), "facts": visible(telling.facts(unit, own=not session)),
            "lines": [] if entry.newer else [line._replace(label=visible(line.label), text=visible(line.text)) for line in telling.lines(unit, short=self.view.short, numbered=session)],
            "basis": visible(telling.basis(entry)), "also": [self._also(one, unit) for one in entry.also],
            "newer": self._also(entry.newer) if entry.newer else None,
            "keys": {name: "\n".join(dict.fromkeys(map(visible, values))) for name, values in keys.items()},
        }  # fmt: skip

    def _cite(self, unit: Unit, *, session: bool = False) -> dict[str, str | None]:
        source: Source = unit.item.source
        return {
            "source": "" if session else visible(source.cite),
            "link": link(source.symbol),
            "pinpoint": visible(telling.pinpoint(unit)),
        }

    def _also(self, one: Also, than: Unit | None = None) -> dict[str, Any]:
        return {"cite": self._cite(one.unit), "told": visible(telling.also(one, than)), "anchor": self.anchors.unit(one.unit)}
