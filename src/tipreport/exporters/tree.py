"""The outline with positions: one line an object, in the order of the source. The reviewed golden form.

``kind label LINE:COLUMN-LINE:COLUMN + ... "first words ... last words" facts``
"""

from __future__ import annotations

from tipreport.exporters import View, visible
from tipreport.model import Mention, Named, Paragraph, Point, Recommendation, Report, Span, Spans, Statement
from tipreport.select import units

SUFFIXES = (".tree",)
BEGIN = BETWEEN = END = ""


def render(report: Report, _view: View) -> str:
    """The tree of one report; it always shows everything."""
    head = {f: getattr(report.masthead, f) for f in report.masthead.__dataclass_fields__ if f != "spans"}
    out = ["masthead " + place(report.masthead.spans), *(f"  {key}: {value}" for key, value in head.items() if value is not None)]
    rows: list[tuple[int, str]] = []
    for section in report.sections:
        more = " (continued)" if section.continued else ""
        rows.append((section.spans[0].start, f"section {section.label} {place(section.spans)} {quote(section.title)}{more}"))
    for unit in units(report):
        rows.append((unit.spans[0].start, "\n".join(_unit(unit))))
    for note in report.footnotes:
        rows.append((note.spans[0].start, f"footnote {note.mark} {place(note.spans)} {quote(note.text)} para. {note.paragraph or '-'}"))
    for block in report.blocks:
        if block.kind in {"table", "attendance", "decision", "contents", "furniture", "unparsed"}:
            rows.append((block.spans[0].start, f"{block.kind} {place(block.spans)}"))
    out += [row for _, row in sorted(rows, key=lambda row: row[0])]
    out += [f"agenda {item.number} {place(item.spans)} {quote(item.title)}" for item in report.agenda]
    for person in report.panellists:
        state = person.state.id if person.state else "-"
        group = person.on_behalf_of.id if person.on_behalf_of else "-"
        told = [part for part in (person.honorific, person.position, person.organization) if part]
        out.append(
            f"panellist {place(person.spans)} {quote(person.name)} {state} {group} items {','.join(person.agenda_items) or '-'} paras {','.join(person.paragraphs)} | {' | '.join(told)}"
        )
    out += [f"statement {_speakers(one)}" for one in report.statements]
    out += [f"attendance {_speakers(one)}" for one in report.attendance]
    out += [
        f"decision {one.number} {quote(one.title)} paras {','.join(one.paragraphs) or '-'} {place(one.spans)}" for one in report.decisions
    ]
    out += [f"reference {one.kind} {one.target} {place(one.spans)}" for one in report.references]
    out += [f"diagnostic {one.code} {place(one.spans)}" for one in report.diagnostics]
    return "".join(visible(line).replace("\\n", "\n") + "\n" for line in out)


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


def _mention(one: Mention | Named) -> str:
    kind = one.kind if isinstance(one, Mention) else "name"
    return f"{kind} {one.id} {place(one.spans)}"


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
