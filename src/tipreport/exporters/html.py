"""One page of HTML for one report: the text as printed, every object marked where it stands.

The page needs nothing else: no network, no other file. It is read without JavaScript too; with it, kinds of marks are hidden and
shown, an object's fields are seen in a panel, and the text is searched. Its policy (Content Security Policy, level 3, ``script-src``
and ``style-src`` with hashes) lets nothing run and nothing be fetched but the style sheet and the script that are in it.

A report without its source is shown from its objects; what has no place in the text is listed below it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html import escape
from typing import Any

from tipreport.assemble.cite import day
from tipreport.identity import name_of, symbol_of
from tipreport.leaf import BLANK_LINE, LEAD, Leaf, Strip, printed, written
from tipreport.links import link
from tipreport.marking import CLOSE, OPEN, TEXT, Event, Mark, lay
from tipreport.model import Section, Span
from tipreport.pages import template
from tipreport.things import KINDS, RANKS, Thing, things
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipreport.exporters import Options, Sheet

SUFFIXES = (".html", ".htm")
SINGLE = True

_LEGEND = (
    ("Structure", ("masthead", "section", "decision", "recommendation", "paragraph", "point", "footnote", "agenda")),
    ("Who", ("panellist", "attendance", "statement", "voice", "addressee", "state", "organization", "group", "person")),
    ("What", ("modality", "reference", "instrument")),
    ("Reading", ("unparsed", "diagnostic")),
)
_UNITS = {"recommendation": "rec.", "paragraph": "\u00b6"}
_KEPT = {"masthead", "contents", "table", "attendance", "annex", "decision", "unparsed", "rest"}  # their lines are their form

_LINE_END, _BLANK, _FOOTNOTE = -1, -2, -3  # keys of marks that are no things; that of a footnote's mark is the last less the footnote's
_DIVIDED = re.compile("(?<=\\w[-\u2010])([^\\S\\n]*\\n[^\\S\\n]*)(?=\\w)")

# White space that HTML does not know, or that a browser would take for something else.
_BLANKS = {0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"} | dict.fromkeys(range(0x1C, 0x20), " ")


def write(sheets: Iterable[Sheet], _options: Options) -> Iterator[str]:
    """The page of each report; a file holds one."""
    for sheet in sheets:
        yield page(sheet)


def page(sheet: Sheet, *, home: str | None = None) -> str:
    """The page of one report.

    Args:
        sheet: the report and its source.
        home: where the index of the site is, seen from this page; no link without it.
    """
    report = sheet.report
    source = None if sheet.narrowed else sheet.text
    found = things(report, source)
    leaf = printed(report, source, found) if source is not None else written(report, found)
    maker = _Maker(leaf, found, source)
    body = maker.body()
    title = report.masthead.title or name_of(report)
    style, script = _part("style"), _part("script")
    made = template(__file__, "report.html.jinja").render(
        title=shown(title), name=shown(name_of(report)), symbol=shown(symbol_of(report) or ""), address=link(symbol_of(report)),
        home=home, facts=_facts(sheet), contents=maker.contents(), legend=_legend(maker), furniture=maker.furniture, body=body,
        elsewhere=maker.elsewhere(), notes=maker.notes(), whole=source is not None, narrowed=sheet.narrowed, data=_data(maker),
        style=style, script=script, style_hash=_hash(style), script_hash=_hash(script),
    )  # fmt: skip
    return str(made)


def shown(text: str) -> str:
    """Text as people read it: controls are seen, white space of any kind is white space."""
    if text.isprintable():  # most are, and need no other look
        return text
    return visible(text.replace("\r\n", "\n").translate(_BLANKS))


def _safe(text: str) -> str:
    return escape(shown(text), quote=True)


@cache
def _part(name: str) -> str:
    """The style sheet or the script; the browser compares their hashes byte by byte."""
    return "\n" + str(template(__file__, f"_{name}.jinja").render(kinds=KINDS, units=tuple(_UNITS))).strip() + "\n"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class _Maker:
    """The text of a page with its marks.

    Args:
        leaf: the text and its strips.
        found: the things of the report; their numbers are the keys of the marks.
        source: the source of the report, where it is at hand.
    """

    def __init__(self, leaf: Leaf, found: list[Thing], source: str | None) -> None:
        self.leaf, self.found, self.source = leaf, found, source
        self.laid: set[int] = set()  # whose marks are in the text
        self.linked: set[int] = set()  # whose anchors are
        self.furniture = sum(strip.kind == "furniture" and strip.first for strip in leaf.strips)
        taken: dict[str, int] = {}
        self.anchors = [_anchor(thing.anchor, taken) if thing.anchor else None for thing in found]
        self.classes = [f'<mark class="{thing.kind}' for thing in found]
        self.places: dict[Any, int] = {}
        for key, thing in enumerate(found):
            if thing.kind in _UNITS:
                self.places[thing.unit] = key
            elif thing.kind == "section":
                self.places.setdefault(thing.spans, key)

    def body(self) -> str:
        """All strips, in order."""
        out: list[str] = []
        marks = [Mark(start, end, RANKS[self.found[key].kind], key) for key, ranges in enumerate(self.leaf.places) for start, end in ranges]
        marks += self._line_ends()
        marks += self._footnote_marks()
        steps = lay([(line.start, line.end) for strip in self.leaf.strips for line in strip.lines], marks)
        level, last = 1, -1
        for strip in self.leaf.strips:
            key = self._key(strip)
            if strip.kind == "heading" and isinstance(strip.thing, Section):
                level = max(2, min(strip.thing.level + 1, level + 1, 6))
            opening, closing, around = self._frame(strip, key, level)
            out.append(opening)
            closer, margin = "", 0
            for line in strip.lines:
                inner = self._line(next(steps), joined=line.start == last)
                last = line.end
                if line.inside and closer:
                    out.append(f'<span class="in d{max(0, min(line.depth - margin, 4))}">{inner}</span>')
                elif around:
                    named = f' class="{"lead" if line.depth == LEAD else f"d{min(line.depth, 4)}"}"' if line.depth else ""
                    out.append(f"{closer}<{around}{named}>{inner}")
                    closer, margin = f"</{around}>", line.depth
                else:
                    out.append(inner)
            out.append(closer + closing)
        return "".join(out)

    def _line_ends(self) -> Iterator[Mark]:
        """The line ends behind hyphens, which part no words, and the blank lines between what are paragraphs of their own here."""
        for found in _DIVIDED.finditer(self.leaf.text):
            yield Mark(*found.span(1), len(RANKS), _LINE_END)
        for strip in self.leaf.strips:
            if strip.kind in _KEPT:
                for found in BLANK_LINE.finditer(self.leaf.text, strip.lines[0].start, strip.lines[-1].end):
                    yield Mark(*found.span(), len(RANKS), _BLANK)

    def _footnote_marks(self) -> Iterator[Mark]:
        """The marks of footnotes in the text, where the text of the unit leaves one out; they are links to the footnote."""
        if self.source is None:
            return
        units: dict[str, list[Thing]] = {}
        for thing in self.found:
            if thing.kind in _UNITS and thing.values[1] is not None:
                units.setdefault(thing.values[1], []).append(thing)
        for key, thing in enumerate(self.found):
            if thing.kind == "footnote" and thing.values[1] is not None:
                mark = re.compile(rf"[\[(]?{re.escape(thing.values[0])}[\])]?(?!\w)")
                places = [mark.match(self.source, span.end) for unit in units.get(thing.values[1], ()) for span in unit.spans]
                found = next((place for place in places if place), None)
                if found:
                    yield Mark(*found.span(), len(RANKS), _FOOTNOTE - key)

    def _key(self, strip: Strip) -> int | None:
        if strip.kind == "heading" and isinstance(strip.thing, Section):
            return self.places.get(strip.thing.spans)
        unit = getattr(strip.thing, "id", None)
        return self.places.get(unit) if unit is not None else None

    def _frame(self, strip: Strip, key: int | None, level: int) -> tuple[str, str, str]:
        """What stands around a strip, and the element of its lines."""
        anchor = self._id(key) if strip.first else ""
        if strip.kind == "heading" and strip.first:
            return f"<h{level}{anchor}>", f"</h{level}>\n", "span" if len(strip.lines) > 1 else ""
        if key is not None and self.found[key].kind in _UNITS:
            thing = self.found[key]
            more = "" if strip.first else " more"
            handle = self._handle(thing, key) if strip.first else ""
            return f'<div class="unit {thing.kind}-unit{more}"{anchor}>{handle}', "</div>\n", "p"
        if strip.kind == "missing":
            return '<p class="missing">', "</p>\n", ""
        kept = " kept" if strip.kind in _KEPT else ""
        return f'<div class="{strip.kind}-block{kept}">', "</div>\n", "p"

    def _id(self, key: int | None) -> str:
        """The attribute with the anchor of a thing, the first time that it is asked for."""
        if key is None or key in self.linked or not self.anchors[key]:
            return ""
        self.linked.add(key)
        return f' id="{_safe(self.anchors[key] or "")}"'

    def _handle(self, thing: Thing, key: int) -> str:
        number = thing.values[1]
        sign = f"{_UNITS[thing.kind]} {number}" if number and thing.kind == "recommendation" else _UNITS[thing.kind]
        called, anchor = _safe(thing.label or ""), _safe(self.anchors[key] or "")
        return f'<a class="handle" href="#{anchor}" data-u="{key}" data-sign="{_safe(sign)}" aria-label="{called}"></a>'

    def _line(self, steps: list[Event], *, joined: bool) -> str:
        out: list[str] = []
        begun = joined
        for what, start, end, key, whole in steps:
            if what == TEXT:
                begun = True
                out.append(escape(shown(self.leaf.text[start:end]), quote=False))
            elif key < 0 and what == CLOSE:
                out.append("</a>" if key <= _FOOTNOTE else "</i>")
            elif key < 0:
                out.append(
                    self._footnote_link(_FOOTNOTE - key)
                    if key <= _FOOTNOTE
                    else '<i class="br">'
                    if key == _LINE_END
                    else '<i class="gap">'
                )
            elif what == OPEN:
                more = " c" if begun and not whole else ""
                anchor = "" if more else self._id(key)
                self.laid.add(key)
                out.append(f'{self.classes[key]}{more}" data-o="{key}"{anchor}>')
            elif what == CLOSE:
                out.append("</mark>")
                thing = self.found[key]
                if whole and thing.kind == "reference" and thing.values[3] and end == self.leaf.places[key][-1][1]:
                    out.append(_arrow(thing))
        return "".join(out)

    def _footnote_link(self, key: int) -> str:
        number, anchor = _safe(self.found[key].values[0]), _safe(self.anchors[key] or "")
        return f'<a class="note" href="#{anchor}" aria-label="Footnote {number}">'

    def contents(self) -> list[dict[str, Any]]:
        """The sections, with links to them; one that goes on behind a page is not told again, the first of an addendum is."""
        sections = [thing for thing in self.found if thing.kind == "section"]
        again = {
            id(thing) for place, thing in enumerate(sections)
            if thing.values[4] and any(one.values[0] == thing.values[0] for one in sections[:place])
        }  # fmt: skip
        return [
            {"level": min(thing.values[3], 5), "anchor": shown(self.anchors[key] or ""), "number": shown(thing.values[1] or ""), "title": shown(thing.values[2])}
            for key, thing in enumerate(self.found)
            if thing.kind == "section" and id(thing) not in again
        ]  # fmt: skip

    def elsewhere(self) -> list[dict[str, Any]]:
        """What has no place in the text, by kind."""
        missing = [key for key, thing in enumerate(self.found) if key not in self.laid and thing.kind != "diagnostic"]
        out = []
        for kind, told in KINDS.items():
            rows = [
                {"key": key, "anchor": self.anchors[key] and shown(self.anchors[key] or ""), "label": shown(thing.label or ""), "text": shown(thing.printed or "")}
                for key in missing if (thing := self.found[key]).kind == kind
            ]  # fmt: skip
            if rows:
                out.append({"kind": kind, "title": told.many, "rows": rows})
        return out

    def notes(self) -> list[dict[str, Any]]:
        """The diagnostics, with links to their places."""
        return [
            {
                "anchor": shown(self.anchors[key] or ""), "key": key, "placed": key in self.laid, "line": thing.spans[0].line if thing.spans else None,
                "severity": shown(thing.values[1]), "code": shown(thing.values[0]), "message": shown(thing.values[2]), "hint": shown(thing.values[3] or ""),
            }
            for key, thing in enumerate(self.found) if thing.kind == "diagnostic"
        ]  # fmt: skip


def _anchor(wanted: str, taken: dict[str, int]) -> str:
    """A name for links that no other thing has: without blanks, ``~2`` behind a second one (HTML, section 3.2.6, the ``id`` attribute)."""
    base = re.sub(r"\s+", "_", shown(wanted)) or "_"
    base = f"_{base}" if base.startswith("ui-") else base  # those are the page's own
    name, number = base, taken.get(base, 1)
    while name in taken:
        number += 1
        name = f"{base}~{number}"
    taken[base] = max(number, 1)  # where the next search for a free name begins
    taken.setdefault(name, 1)
    return name


def _arrow(thing: Thing) -> str:
    """A link to the document that a reference names; its sign is drawn by the style sheet, so that the text stays as printed."""
    return f'<a class="out" href="{_safe(thing.values[3])}" rel="noreferrer" aria-label="Open {_safe(thing.values[1])}"></a>'


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    """What the head of the page tells of the report."""
    report, head = sheet.report, sheet.report.masthead
    held = ""
    if head.meeting_start and head.meeting_end:
        days = dict.fromkeys((head.meeting_start, head.meeting_end))
        held = " to ".join(map(_day, days))
    rows = (
        ("Organ", head.organ), ("Body", head.body), ("Session", head.session), ("Meeting", ", ".join(filter(None, (head.place, held)))),
        ("Date", head.date and _day(head.date)), ("Part", head.part), ("Status", head.status), ("Agenda item", head.agenda_item),
        ("Distribution", head.distribution), ("Language", head.original_language or head.language_note),
        ("Source", f"{report.source.name}, {report.source.characters:,} characters"),
        ("Merged from", "; ".join(part.name for part in report.parts)), ("Made by", report.generator),
    )  # fmt: skip
    return [(label, shown(text)) for label, text in rows if text]


def _day(iso: str) -> str:
    try:
        return day(iso)
    except (ValueError, IndexError):  # saved JSON may hold anything
        return iso


def _legend(maker: _Maker) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """The kinds that the report has, by group, with their numbers."""
    counts: dict[str, int] = {}
    for thing in maker.found:
        counts[thing.kind] = counts.get(thing.kind, 0) + 1
    groups = [(title, [(kind, KINDS[kind].many, counts[kind]) for kind in kinds if kind in counts]) for title, kinds in _LEGEND]
    return [(title, rows) for title, rows in groups if rows or (title == "Reading" and maker.furniture)]


def _data(maker: _Maker) -> str:
    """The things as JSON for the panel; nothing in it ends a script element or a line of one."""
    kinds = list(KINDS)
    cites = [str(value) for thing in maker.found if (value := _value(thing, "cite"))]
    base = _shared(min(cites), max(cites)) if cites else ""
    rows = [
        [kinds.index(thing.kind), shown(thing.label) if thing.label else 0, maker.anchors[key] or 0, [_place(span) for span in thing.spans],
         _values(thing, maker, base)]
        for key, thing in enumerate(maker.found)
    ]  # fmt: skip
    told = [[kind, one.one, one.many, one.fields] for kind, one in KINDS.items()]
    plain = json.dumps({"kinds": told, "cite": shown(base), "things": rows}, ensure_ascii=False, separators=(",", ":"))
    return plain.replace("&", "\\u0026").replace("<", "\\u003c")


def _shared(first: str, last: str) -> str:
    """What two texts begin with."""
    length = next((i for i, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), min(len(first), len(last)))
    return first[:length]


def _place(span: Span) -> list[int]:
    return [span.start, span.end, span.line, span.end_line] + ([span.page] if span.page is not None else [])


def _value(thing: Thing, name: str) -> Any:
    fields = KINDS[thing.kind].fields
    return thing.values[fields.index(name)] if name in fields else None


def _values(thing: Thing, maker: _Maker, base: str) -> list[Any]:
    """The fields in words; those that the text itself gives (``text``, ``as printed``) are left to it."""
    out: list[Any] = []
    for name, value in zip(KINDS[thing.kind].fields, thing.values, strict=True):
        if name in {"text", "as printed"} and value and _told_by_the_text(value, thing, maker.source):
            out.append(None)
        elif name == "cite" and value:
            out.append(shown(value[len(base) :]))
        elif isinstance(value, list | tuple):
            out.append([shown(str(one)) for one in value] or None)
        else:
            out.append(shown(value) if isinstance(value, str) else value)
    while out and out[-1] is None:
        out.pop()
    return out


def _told_by_the_text(value: str, thing: Thing, source: str | None) -> bool:
    if source is None:
        return True
    return bool(thing.spans) and " ".join(" ".join(source[one.start : one.end] for one in thing.spans).split()) == value
