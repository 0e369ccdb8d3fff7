"""A readable outline: masthead, sections as a tree, counts, recommendations, panellists, speakers, diagnostics.

The same words on a terminal and in a pipe; only colour and width differ.
"""

from __future__ import annotations

import textwrap
from typing import Any

from tipreport.assemble.cite import day
from tipreport.exporters import View
from tipreport.identity import symbol_of
from tipreport.model import Panellist, Paragraph, Point, Recommendation, Remark, Report, Spans, Statement
from tipreport.select import Selection, by_id, of, units
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = ()
BEGIN, BETWEEN, END = "", "\n", ""

_BOLD, _DIM, _CYAN, _YELLOW, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[33m", "\x1b[0m"


class _Page:
    def __init__(self, view: View) -> None:
        self.view = view
        self.width = max(view.width, 20)
        self.lines: list[str] = []

    def add(self, text: str = "", style: str = "") -> None:
        shown = visible(text)
        self.lines.append(f"{style}{shown}{_OFF}" if style and self.view.colour and shown else shown)

    def head(self, text: str) -> None:
        self.add()
        self.add(text, _BOLD)

    def row(self, label: str, text: str, indent: int = 2, column: int = 14) -> None:
        """A label and a text wrapped beside it; narrow terminals get the text below."""
        pad = " " * indent
        if self.width < 50:
            column = 2
        lead = f"{pad}{label:<{column}} " if len(label) <= column else f"{pad}{label} "
        room = max(self.width - len(pad) - column - 1, 16)
        parts = textwrap.wrap(visible(text), room, break_long_words=True, break_on_hyphens=False) or [""]
        shown = visible(lead)
        self.lines.append((f"{_CYAN}{shown}{_OFF}" if self.view.colour else shown) + parts[0])
        self.lines += [pad + " " * (column + 1) + part for part in parts[1:]]

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines) + "\n"


def render(report: Report, view: View) -> str:
    """The outline of one report, or of what is chosen of it."""
    page = _Page(view)
    if view.cite:
        return "".join(visible(cite) + "\n" for cite in _cites(report, view.selection))
    if view.selection.ids:
        for ident in view.selection.ids:
            _chosen(page, report, ident)
        return page.text() if page.lines else ""
    if view.selection.kinds:
        for kind in view.selection.kinds:
            _objects(page, report, kind, titled=len(view.selection.kinds) > 1)
        return page.text()
    _head(page, report)
    if report.parts:
        page.head("Parts")
        _parts(page, report)
    _sections(page, report)
    page.head("Counts")
    page.row("", _counts(report), column=0)
    if report.recommendations:
        page.head("Recommendations")
        _objects(page, report, "recommendations", titled=False)
    for kind, title in (
        ("agenda", "Agenda"),
        ("panellists", "Panellists"),
        ("statements", "Who spoke"),
        ("attendance", "Who was represented"),
        ("diagnostics", "Diagnostics"),
    ):
        if of(report, kind):
            page.head(title)
            _objects(page, report, kind, titled=False)
    return page.text()


def _cites(report: Report, selection: Selection) -> list[str]:
    """The pinpoint cites of what is chosen; a point is cited by its unit and its label: "para. 4 (a)"."""
    cites: dict[str, tuple[str, str]] = {}
    for unit in units(report):
        cites[unit.id] = ("recommendations" if isinstance(unit, Recommendation) else "paragraphs", unit.cite)
        for point, above in _below(unit.points, unit.cite):
            cites[point.id] = ("points", above)
    if selection.ids:
        return [cites[one.id][1] for ident in selection.ids for one in by_id(report, ident)]
    kinds = selection.kinds or ("recommendations", "paragraphs")
    return [cite for kind, cite in cites.values() if kind in kinds]


def _below(points: tuple[Point, ...], cite: str) -> Iterator[tuple[Point, str]]:
    for point in points:
        own = f"{cite} ({point.label})"
        yield point, own
        yield from _below(point.points, own)


def _head(page: _Page, report: Report) -> None:
    m = report.masthead
    page.add(symbol_of(report) or m.title or report.source.name, _BOLD)
    page.row("file", f"{report.source.name} ({report.source.characters:,} characters, {report.source.encoding})")
    held = ""
    if m.meeting_start and m.meeting_end:
        held = day(m.meeting_start) if m.meeting_start == m.meeting_end else f"{day(m.meeting_start)} to {day(m.meeting_end)}"
    rows = (
        ("symbol", m.symbol or ("not printed" if not report.source.symbol else f"{report.source.symbol} (given)")),
        ("organ", m.organ), ("body", m.body), ("title", m.title), ("subtitle", m.subtitle), ("part", m.part), ("status", m.status),
        ("date", day(m.date) if m.date else None), ("session", m.session), ("meeting", ", ".join(p for p in (m.place, held) if p) or None),
        ("agenda item", m.agenda_item), ("distribution", m.distribution), ("original", m.original_language or m.language_note), ("language", m.language),
        ("job number", m.job_number),
    )  # fmt: skip
    for label, text in rows:
        if text:
            page.row(label, text)


def _sections(page: _Page, report: Report) -> None:
    if not report.sections:
        return
    page.head("Sections")
    inside: dict[str | None, dict[str, list[str]]] = {}
    for unit in units(report):
        inside.setdefault(unit.section, {}).setdefault("rec." if isinstance(unit, Recommendation) else "para.", []).append(
            unit.number or "-"
        )
    seen: set[str] = set()
    for section in report.sections:
        held = inside.get(section.label, {}) if section.label not in seen else {}
        seen.add(section.label)
        what = ", ".join(f"{kind} {_range(numbers)}" for kind, numbers in held.items())
        title = section.title + (" (continued)" if section.continued else "")
        page.row(section.number or "-", f"{title}  [{what}]" if what else title, indent=2 * section.level, column=5)


def _parts(page: _Page, report: Report) -> None:
    """The ledger of a merged report: its parts, and where each unit comes from."""
    names = {part: (part.symbol or part.name) for part in report.parts}
    for part, name in names.items():
        page.row(
            name,
            ", ".join(
                filter(None, (part.name if part.symbol else None, part.part, f"{len(part.units)} unit{'s' * (len(part.units) != 1)}"))
            ),
            column=18,
        )
    kinds = {unit.id: "rec." if isinstance(unit, Recommendation) else "para." for unit in units(report)}
    origins = {one.id: (one, name) for part, name in names.items() for one in part.units if one.number}
    page.add()
    for unit in units(report):
        if unit.id in origins:
            one, name = origins[unit.id]
            page.row(f"{kinds[unit.id]} {one.number}", f"<- {name} {kinds[unit.id]} {one.was_number}", column=12)


def _range(numbers: list[str]) -> str:
    known = [n for n in numbers if n != "-"]
    if not known:
        return f"without number ({len(numbers)})"
    return known[0] if len(known) == 1 else f"{known[0]}\u2013{known[-1]}"


def _counts(report: Report) -> str:
    unnumbered = sum(p.number is None for p in report.paragraphs)
    parts = [f"{len(report.recommendations)} recommendations", f"{len(report.paragraphs) - unnumbered} numbered paragraphs"]
    if unnumbered:
        parts.append(f"{unnumbered} texts without number")
    for kind in (
        "sections",
        "voices",
        "panellists",
        "statements",
        "attendance",
        "decisions",
        "mentions",
        "references",
        "footnotes",
        "diagnostics",
    ):
        count = len(of(report, kind))
        if count:
            parts.append(f"{count} {'attendance lists' if kind == 'attendance' else 'lists of speakers' if kind == 'statements' else kind}")
    return ", ".join(parts)


def _where(page: _Page, spans: Spans) -> str:
    if not page.view.spans or not spans:
        return ""
    return "  @" + "+".join(f"{s.start}-{s.end}" for s in spans) + f" line {spans[0].line}"


def _chosen(page: _Page, report: Report, ident: str) -> None:
    for one in by_id(report, ident):
        if isinstance(one, Point):
            page.row(one.id.split("-", 1)[-1], one.text + _where(page, one.spans), indent=0, column=8)
            continue
        number = one.number or one.id
        lead = one.text
        if one.points:
            mark = f"({one.points[0].label})"
            lead = one.text[: one.text.find(mark)].rstrip() if mark in one.text else one.text
        page.row(number, lead + _where(page, one.spans), indent=0, column=8)
        _points(page, number, one.points)


def _points(page: _Page, number: str, points: tuple[Point, ...]) -> None:
    for point in points:
        label = f"{number} ({point.label})"
        text = point.text
        if point.points and f"({point.points[0].label})" in text:
            text = text[: text.find(f"({point.points[0].label})")].rstrip()
        page.row(label, text + _where(page, point.spans), indent=0, column=8)
        _points(page, label, point.points)


def _objects(page: _Page, report: Report, kind: str, *, titled: bool) -> None:
    if titled:
        page.head(kind.capitalize())
    if kind == "masthead":
        _head(page, report)
        return
    if kind in {"sections", "parts"}:
        (_sections if kind == "sections" else _parts)(page, report)
        return
    found = of(report, kind)
    limit = page.view.limit
    for one in found[:limit]:
        _object(page, report, one)
    if limit is not None and len(found) > limit:
        page.add(f"  ... and {len(found) - limit} more", _DIM)


def _object(page: _Page, report: Report, one: object) -> None:
    if isinstance(one, Recommendation):
        asks = ", ".join(a.name for a in one.addressees)
        how = f"{one.modality} ({one.strength})" if one.modality else None
        by = "by " + ", ".join(s.name for s in one.proposed_by) if one.proposed_by else None
        facts = "; ".join(part for part in (one.section, asks or None, how, by, one.position) if part)
        page.row(one.number or "-", f"[{facts}] {one.text}" + _where(page, one.spans), column=6)
    elif isinstance(one, Paragraph):
        page.row(one.number or "-", one.text + _where(page, one.spans), column=6)
    elif isinstance(one, Statement):
        _statement(page, one)
    elif isinstance(one, Remark):
        line = _file_and_line(report, one)
        page.row(f"{line}:", f"{one.code} {one.message}" + (f" ({one.hint})" if one.hint else ""), column=0)
    elif isinstance(one, Panellist):
        parts = [one.honorific, one.position, one.organization]
        told = ", ".join(part for part in parts if part)
        state = f" ({one.state.name})" if one.state else ""
        group = f", on behalf of the {one.on_behalf_of.name}" if one.on_behalf_of else ""
        items = f"; item {', '.join(one.agenda_items)}" if one.agenda_items else ""
        page.row(one.name, f"{told}{state}{group}{items}; para. {', '.join(one.paragraphs)}" + _where(page, one.spans), column=28)
    else:
        _other(page, one)


def _file_and_line(report: Report, remark: Remark) -> str:
    """Where a remark points: in a merged report, the part and its own line."""
    if not remark.spans:
        return report.source.name if not report.parts else "parts"
    span = remark.spans[0]
    part = next((part for part in report.parts if part.start <= span.start < part.end), None)
    return f"{part.name}:{span.line - part.line + 1}" if part else f"{report.source.name}:{span.line}"


def _other(page: _Page, one: object) -> None:
    holder, thing = one if isinstance(one, tuple) else ("", one)

    def get(name: str) -> Any:
        return getattr(thing, name, None)

    label = next((str(v) for v in (get("number"), get("label"), get("mark"), get("quantifier"), get("kind")) if v), "-")
    text = next((str(v) for v in (get("title"), get("text"), get("as_printed"), get("ref")) if v), "")
    if get("target"):
        text = f"{get('target')}: {text}"
    if get("id") and get("kind"):
        text = f"{get('id')}: {text}"
    page.row(f"{holder} {label}".strip(), text + _where(page, get("spans") or ()), column=18)


def _statement(page: _Page, one: Statement) -> None:
    speakers = [
        s.name
        + (f" (for the {s.on_behalf_of.name})" if s.on_behalf_of else "")
        + (f" (also for {len(s.also_on_behalf_of)} others)" if s.also_on_behalf_of else "")
        for s in one.states
    ]
    speakers += [o.acronym or o.name for o in one.organizations] + [g.name for g in one.groups] + [p.name for p in one.persons]
    items = f", item {', '.join(one.agenda_items)}" if one.agenda_items else ""
    stated = f" ({one.count} stated)" if one.count is not None else ""
    named = f" ({len(speakers)})" if speakers else " (no names given)"
    label = f"para. {one.paragraph}" if one.paragraph else "list"
    page.row(label, f"{one.capacity.replace('_', ' ')}{items}: {', '.join(speakers)}{named}{stated}" + _where(page, one.spans), column=10)
