"""The outline with positions: one line an object, in the order of the source. The reviewed golden form.

``kind label LINE:COLUMN-LINE:COLUMN + ... "first words ... last words" facts``
"""

from __future__ import annotations

from dataclasses import fields

from tipreport.exporters import View
from tipreport.model import Mention, Panellist, Paragraph, Point, Recommendation, Report, Span, Spans, Statement, Voice
from tipreport.select import by_id, of
from tipreport.visible import visible

SUFFIXES = (".tree",)
BEGIN = BETWEEN = END = ""


_SHOWN_BLOCKS = {"table", "attendance", "decision", "contents", "furniture", "unparsed"}  # the others show by what they hold


def render(report: Report, view: View) -> str:
    """The tree of one report, or of what is chosen of it."""
    selection = view.selection
    if selection.ids:
        rows = [row for ident in selection.ids for one in by_id(report, ident) for row in _chosen(one)]
    else:
        parts = _parts(report)
        wanted = selection.kinds or tuple(parts)
        inline = sorted((row for kind in wanted if kind in _INLINE for row in parts[kind]), key=lambda row: row[0])
        rows = [text for kind in wanted if kind == "masthead" for _, text in parts[kind]]
        rows += [text for _, text in inline]
        rows += [text for kind in wanted if kind not in _INLINE and kind != "masthead" for _, text in parts.get(kind, [])]
        rows += [_held(holder, thing) for kind in selection.kinds if kind in _HELD for holder, thing in of(report, kind)]
    return "".join(visible(row).replace("\\n", "\n") + "\n" for row in rows)


_INLINE = ("sections", "recommendations", "paragraphs", "footnotes", "blocks")  # in the order of the source
_HELD = ("points", "voices", "mentions")  # shown below what holds them, alone only where asked for
_Row = tuple[int, str]


def _parts(report: Report) -> dict[str, list[_Row]]:
    """The lines of every kind, with the offset at which the object begins."""
    head = ["masthead " + place(report.masthead.spans)]
    for field in fields(report.masthead):
        value = getattr(report.masthead, field.name)
        if field.name != "spans" and value is not None:
            head.append(f"  {field.name}: {value}")
    return {
        "masthead": [(0, row) for row in head],
        "sections": [
            (_start(s.spans), f"section {s.label} {place(s.spans)} {quote(s.title)}{' (continued)' if s.continued else ''}")
            for s in report.sections
        ],
        "recommendations": [(_start(u.spans), "\n".join(_unit(u))) for u in report.recommendations],
        "paragraphs": [(_start(u.spans), "\n".join(_unit(u))) for u in report.paragraphs],
        "footnotes": [
            (_start(n.spans), f"footnote {n.mark} {place(n.spans)} {quote(n.text)} para. {n.paragraph or '-'}") for n in report.footnotes
        ],
        "blocks": [(_start(b.spans), f"{b.kind} {place(b.spans)}") for b in report.blocks if b.kind in _SHOWN_BLOCKS],
        "agenda": [(0, f"agenda {item.number} {place(item.spans)} {quote(item.title)}") for item in report.agenda],
        "panellists": [(0, _panellist(person)) for person in report.panellists],
        "statements": [(0, f"statement {_speakers(one)}") for one in report.statements],
        "attendance": [(0, f"attendance {_speakers(one)}") for one in report.attendance],
        "decisions": [
            (0, f"decision {one.number} {quote(one.title)} paras {','.join(one.paragraphs) or '-'} {place(one.spans)}")
            for one in report.decisions
        ],
        "references": [(0, f"reference {one.kind} {one.target} {place(one.spans)}") for one in report.references],
        "diagnostics": [(0, f"diagnostic {one.code} {place(one.spans)}") for one in report.diagnostics],
    }


def _chosen(one: Recommendation | Paragraph | Point) -> list[str]:
    return _points((one,), 0) if isinstance(one, Point) else _unit(one)


def _held(holder: str, thing: Point | Voice | Mention) -> str:
    if isinstance(thing, Point):
        return f"{thing.id} {place(thing.spans)} {quote(thing.text)}"
    if isinstance(thing, Voice):
        return f"{holder} voice {thing.quantifier} {thing.noun or '-'} {thing.verb} {place(thing.spans)}"
    return f"{holder} {_mention(thing)}"


def _panellist(person: Panellist) -> str:
    state = person.state.id if person.state else "-"
    group = person.on_behalf_of.id if person.on_behalf_of else "-"
    told = [part for part in (person.honorific, person.position, person.organization) if part]
    items, paragraphs = ",".join(person.agenda_items) or "-", ",".join(person.paragraphs)
    return f"panellist {place(person.spans)} {quote(person.name)} {state} {group} items {items} paras {paragraphs} | {' | '.join(told)}"


def _start(spans: Spans) -> int:
    """Where something begins; the beginning for what has no place."""
    return spans[0].start if spans else 0


def place(spans: Spans) -> str:
    """Ranges as ``line:start-end`` in offsets, parted by ``+``."""
    return "+".join(_one(span) for span in spans) or "-"


def _one(span: Span) -> str:
    lines = f"L{span.line}" if span.line == span.end_line else f"L{span.line}-{span.end_line}"
    return f"{lines}[{span.start}:{span.end}]"


def quote(text: str) -> str:
    """The first and last words of a text, in quotation marks."""
    words = text.split(" ")
    return f'"{text}"' if len(words) <= 9 else f'"{" ".join(words[:4])} ... {" ".join(words[-3:])}" {len(words)} words'


def _unit(unit: Recommendation | Paragraph) -> list[str]:
    out = [f"{unit.id} {place(unit.spans)} in {unit.section or '-'} {quote(unit.text)}"]
    if isinstance(unit, Recommendation):
        facts = [unit.modality, str(unit.strength) if unit.strength is not None else None, unit.verb, unit.position]
        who = ",".join(one.id for one in unit.addressees) or "-"
        by = ",".join(one.id for one in unit.proposed_by)
        out.append(
            f"  asks {who}: {' '.join(f for f in facts if f) or '-'}"
            + (f" by {by}" if by else "")
            + (f" hedges {unit.hedges}" if unit.hedges else "")
        )
    else:
        if unit.agenda_items or unit.agenda_items_inherited:
            out.append(f"  items {','.join(unit.agenda_items) or '-'} inherited {','.join(unit.agenda_items_inherited) or '-'}")
        out += [f"  voice {v.quantifier} {v.noun or '-'} {v.verb} {place(v.spans)}" for v in unit.voices]
    out += _points(unit.points, 1)
    if unit.topics:
        out.append(f"  topics {','.join(unit.topics)}")
    out += [f"  {_mention(m)}" for m in unit.mentions]
    return out


def _mention(one: Mention) -> str:
    return f"{one.kind} {one.id} {place(one.spans)}"


def _points(points: tuple[Point, ...], depth: int) -> list[str]:
    out = []
    for point in points:
        out.append(f"{'  ' * depth}({point.label}) {place(point.spans)} {quote(point.text)}")
        out += _points(point.points, depth + 1)
    return out


def _speakers(one: Statement) -> str:
    parts = [f"para. {one.paragraph or '-'} {one.capacity} {place(one.spans)}"]
    for state in one.states:
        more = f"({state.on_behalf_of.id})" if state.on_behalf_of else ""
        also = f"(+{','.join(o.id for o in state.also_on_behalf_of)})" if state.also_on_behalf_of else ""
        parts.append(f"{state.id}{more}{also}")
    parts += [f"<{o.id}>" for o in one.organizations]
    parts += [f"{{{g.id}}}" for g in one.groups]
    parts += [f"'{p.name}'" for p in one.persons]
    if one.count is not None:
        parts.append(f"count {one.count}")
    return " ".join(parts)
