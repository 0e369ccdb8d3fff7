"""The last stage: blocks and findings to a ``Report``: ids, attachment, co-reference, diagnostics."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace

from tipreport import __version__, gazetteer, language
from tipreport.assemble import agenda, check, cite, cover, decisions, people, positions, speakers
from tipreport.assemble.context import Context, Text
from tipreport.blocks import Outline, Unit, points
from tipreport.blocks.footnote import marked
from tipreport.blocks.titles import RE_CONTINUED
from tipreport.config import Config
from tipreport.entities import mention, modality, proposer, reference, topic, voice
from tipreport.model import (
    SCHEMA_VERSION,
    Footnote,
    Input,
    Masthead,
    Mention,
    Named,
    Paragraph,
    Point,
    Recommendation,
    Reference,
    Remark,
    Report,
    Section,
    Voice,
)
from tipreport.spans import Prose, merge

_LONGEST_TITLE = 600
_HOLDERS = {"paragraph", "recommendation"}  # blocks whose marks of footnotes are told


def assemble(outline: Outline, config: Config) -> Report:
    """Build the report of an outline; pure, never raises for any text."""
    return _Assembly(outline, config).run()


class _Assembly:
    def __init__(self, outline: Outline, config: Config) -> None:
        self.ctx = Context(outline, config)
        self.outline = outline
        self.config = config
        self.english = language.is_english(outline.source.text)
        self.language = language.detect(outline.source.text)
        self.references: list[Reference] = []
        self.ids: set[str] = set()  # of texts
        self.introduced = people.Introduced()
        self.positions = positions.Positions([], {})
        self.base = cite.report(outline.masthead, config.symbol, outline.source.name)

    def run(self) -> Report:
        ctx, outline = self.ctx, self.outline
        texts = self._texts()
        sections = self._sections()
        items, references = agenda.attach(ctx, texts) if self.english else ((), [])
        self.references += references
        recommendations: list[Recommendation] = []
        paragraphs: list[Paragraph] = []
        lists: list[tuple[Text, list[tuple[int, int]]]] = []
        if self.english:
            people.introduce(ctx, texts, self.introduced)
            self.positions = positions.of_texts(texts, {section.label: section.title for section in sections})
        for text in texts:
            parts, skipped = self._parts(text)
            for at in skipped:
                ctx.say("point/gap", "a point before this one is missing", text.prose.locate(at, at + 3))
            lists.append((text, [(part.start, part.end) for part in parts]))
            if text.unit.kind == "attendance":
                continue
            if text.unit.kind == "recommendation":
                recommendations.append(self._recommendation(text, parts))
            else:
                paragraphs.append(self._paragraph(text, parts))
        spoke, attended = speakers.statements(ctx, lists) if self.english else ((), ())
        attended += speakers.listed(ctx, texts) if self.english else ()
        panellists = people.panellists(ctx, texts) if self.english else ()
        footnotes = self._footnotes(texts)
        check.numbers(ctx, texts)
        told = decisions.found(ctx, texts)
        masthead = self._masthead()
        blocks = cover.blocks(ctx, texts)
        source = outline.source
        return Report(
            schema_version=SCHEMA_VERSION,
            generator=f"tipreport {__version__}",
            source=Input(
                name=source.name, media_type=source.media_type, encoding=source.encoding, sha256=source.sha256 or None,
                characters=len(source.text), symbol=config_symbol(self.config),
            ),
            masthead=masthead,
            sections=sections,
            agenda=items,
            recommendations=tuple(recommendations),
            paragraphs=tuple(paragraphs),
            panellists=panellists,
            statements=spoke,
            attendance=attended,
            decisions=told,
            references=tuple(sorted(self.references, key=lambda r: (r.spans[0].start, r.spans[-1].end))),
            footnotes=footnotes,
            blocks=blocks,
            diagnostics=self._diagnostics(),
        )  # fmt: skip

    # ------------------------------------------------------------------ texts and ids
    def _texts(self) -> list[Text]:
        out: list[Text] = []
        seen: Counter[str] = Counter()
        for unit in self.outline.units:
            prose = self.ctx.prose(unit.body)
            text = Text(unit, prose, gazetteer.fold(prose.text))
            text.label = self.outline.places[unit.place].label if unit.place is not None else None
            text.id = self._free(_id(unit, prose), seen)
            out.append(text)
        self.ids = {text.id for text in out}
        return out

    def _sections(self) -> tuple[Section, ...]:
        out = []
        for place in self.outline.places:
            prose = Prose(self.outline.source, place.heading.title, ())
            plain = self.ctx.prose(place.heading.title).text
            continued = len(prose.text) < _LONGEST_TITLE and prose.text.endswith((")", "]")) and bool(RE_CONTINUED.search(prose.text))
            title = RE_CONTINUED.sub("", prose.text) if continued else plain
            title = title.replace("*", "").strip()
            ranges = [(self.outline.lines[i].start, self.outline.lines[i].end) for i in place.heading.lines]
            heading = place.heading
            if not title:
                title = self.outline.lines[heading.lines[0]].text
            out.append(
                Section(
                    label=place.label, number=heading.label or None, title=title, level=place.level, continued=continued,
                    spans=self.ctx.spans(merge(self.outline.source, ranges)),
                )
            )  # fmt: skip
            if heading.full_stop:
                self.ctx.say("heading/full-stop", f"the heading {place.label} ends with a full stop", (ranges[-1],))
        check.headings(self.ctx)
        return tuple(out)

    def _parts(self, text: Text) -> tuple[list[points.Part], list[int]]:
        if agenda.quotes_agenda(text):
            return [], []
        prose = text.prose
        starts = frozenset(map(prose.index, text.unit.starts))
        if "(" not in prose.text and ")" not in prose.text and not starts:
            return [], []
        return points.find(prose.text, starts)

    def _points(self, text: Text, parts: list[points.Part], prefix: str) -> tuple[Point, ...]:
        out = []
        seen: Counter[str] = Counter()
        for part in parts:
            if part.end <= part.start:
                continue
            name = self._free(f"{prefix}.{part.label}", seen)
            out.append(
                Point(
                    id=name, label=part.label, text=text.prose.text[part.start : part.end],
                    points=self._points(text, part.parts, name), spans=self.ctx.place(text.prose, part.start, part.end),
                )
            )  # fmt: skip
        return tuple(out)

    def _free(self, name: str, seen: Counter[str]) -> str:
        """An id: the name with the first "~2", "~3" that is neither seen nor, for a point, the id of a text, such as paragraph 14.2."""
        while True:
            seen[name] += 1
            own = f"{name}~{seen[name]}" if seen[name] > 1 else name
            if own not in self.ids:
                return own

    # ------------------------------------------------------------------ recommendations and paragraphs
    def _recommendation(self, text: Text, parts: list[points.Part]) -> Recommendation:
        ctx, prose, unit = self.ctx, text.prose, text.unit
        proposed = proposer.find(prose.text, text.folded, self.config) if self.english else []
        form = (
            modality.read(prose.text, self.config, imperative=bool(proposed)) if self.english else modality.Form(None, None, None, (), ())
        )
        number = unit.number or ""
        return Recommendation(
            id=text.id,
            number=unit.number,
            section=text.label,
            text=prose.text,
            addressees=tuple(
                Named(id=i, name=n, as_printed=prose.text[a:b], spans=ctx.place(prose, a, b)) for i, n, a, b in form.addressees
            ),
            modality=form.modality,
            strength=form.strength,
            verb=form.verb,
            hedges=form.hedges,
            proposed_by=tuple(ctx.named(prose, match) for match in proposed),
            position=self.positions.of(number, unit.parent, text.label),
            points=self._points(text, parts, text.id),
            topics=topic.find(prose.text, self.config) if self.english else (),
            mentions=self._mentions(text),
            cite=cite.pinpoint(self.base, "recommendation", unit.number, unit.within, text.label),
            spans=ctx.place(prose),
        )

    def _paragraph(self, text: Text, parts: list[points.Part]) -> Paragraph:
        ctx, prose, unit = self.ctx, text.prose, text.unit
        voices: tuple[Voice, ...] = ()
        if self.english:
            voices = tuple(
                Voice(
                    quantifier=v.quantifier,
                    noun=v.noun,
                    verb=v.verb,
                    text=prose.text[v.start : v.end],
                    spans=ctx.place(prose, v.start, v.end),
                )
                for v in voice.find(prose.text, text.folded, gazetteer.everything(self.config))
            )
        return Paragraph(
            id=text.id,
            number=unit.number,
            section=text.label,
            text=prose.text,
            agenda_items=tuple(text.items),
            agenda_items_inherited=tuple(text.inherited),
            points=self._points(text, parts, text.id),
            topics=topic.find(prose.text, self.config) if self.english else (),
            voices=voices,
            mentions=self._mentions(text),
            cite=cite.pinpoint(self.base, "paragraph", unit.number, unit.within, text.label),
            spans=ctx.place(prose),
        )

    def _mentions(self, text: Text) -> tuple[Mention, ...]:
        if not self.english:
            return ()
        ctx, prose = self.ctx, text.prose
        self._refer(text)
        out = []
        for found in mention.find(prose.text, text.folded, self.config):
            printed = prose.text[found.start : found.end]
            spans = ctx.place(prose, found.start, found.end)
            if found.entry is None:
                text.persons.append((found.honorific or "", found.name, found.start, found.end))
                full = self.introduced.resolve(found.name)
                if people.is_full(found.name) and full is None:
                    self.introduced.add(found.name)
                name = full or found.name
                out.append(Mention(kind="person", id=people.person_id(name), name=name, as_printed=printed, spans=spans))
                continue
            entry = found.entry
            out.append(Mention(kind=found.kind, id=entry.id, name=entry.name, as_printed=printed, spans=spans))
            if found.kind == "instrument":
                self.references.append(Reference(kind="instrument", target=entry.id, as_printed=printed, spans=spans))
        return tuple(out)

    def _refer(self, text: Text) -> None:
        prose = text.prose
        for found in reference.find(prose.text):
            self.references.append(
                Reference(
                    kind=found.kind, target=found.target, as_printed=prose.text[found.start : found.end],
                    spans=self.ctx.place(prose, found.start, found.end),
                )
            )  # fmt: skip

    # ------------------------------------------------------------------ the rest of the report
    def _masthead(self) -> Masthead:
        lines = self.outline.lines
        ranges = [(lines[i].start, lines[i].end) for i in self.outline.masthead_lines]
        if not ranges:
            self.ctx.say("masthead/none", "no masthead was found")
        return replace(self.outline.masthead, language=self.language, spans=self.ctx.spans(merge(self.outline.source, ranges)))

    def _footnotes(self, texts: list[Text]) -> tuple[Footnote, ...]:
        out = []
        for note in self.outline.notes:
            prose = Prose(self.outline.source, note.body, ())
            paragraph = self._holder(note.mark, note.lines[0], texts) if note.mark else None
            out.append(Footnote(mark=note.mark, text=prose.text, paragraph=paragraph, spans=self.ctx.place(prose)))
        return tuple(out)

    def _holder(self, mark: str, line: int, texts: list[Text]) -> str | None:
        """The number of the paragraph that holds a footnote's mark, the nearest before the note."""
        lines, source = self.outline.lines, self.outline.source
        seen = source.layout.marks
        before = seen[: bisect_left(seen, (lines[line].start, 0))]
        place = next((low for low, high in reversed(before) if source.text[low:high].strip("[]") == mark), None)
        if place is not None:  # the reader saw the mark, so that its place need not be guessed
            at = bisect_right(lines, place, key=lambda one: one.start) - 1
            owner = self.outline.owners[at] if self.outline.kinds[at] in _HOLDERS else -1
            return texts[owner].unit.number if owner >= 0 else None
        for index in range(line - 1, max(-1, line - 400), -1):
            owner = self.outline.owners[index]
            if self.outline.kinds[index] in _HOLDERS and owner >= 0 and marked(lines[index].text, mark):
                return texts[owner].unit.number
        return None

    # ------------------------------------------------------------------ diagnostics
    def _diagnostics(self) -> tuple[Remark, ...]:
        source = self.outline.source
        for code, message in source.notes:
            self.ctx.say(code, message)
        if not self.english:
            told = language.name(self.language)
            which = f"the text is {told}" if told else "the text is not English"
            self.ctx.say("input/language", f"{which}: names, views and references are looked for in English texts only")
        if not self.outline.lines:
            self.ctx.say("input/empty", "the input holds no text")
        remarks = [
            Remark(code=d.code, severity=d.severity, message=d.message, hint=d.hint, spans=self.ctx.spans(d.spans))
            for d in self.ctx.diagnostics
        ]
        return tuple(sorted(remarks, key=lambda r: (r.spans[0].start if r.spans else -1, r.code, r.message)))


def config_symbol(config: Config) -> str | None:
    """The symbol that the user gave."""
    return config.symbol


def _id(unit: Unit, prose: Prose) -> str:
    prefix = f"{unit.scope}." if unit.scope else ""
    short = "rec" if unit.kind == "recommendation" else "para"
    if unit.number is None:
        return f"{prefix}text-{hashlib.sha1(prose.text.encode('utf-8', 'surrogatepass'), usedforsecurity=False).hexdigest()[:8]}"
    return f"{prefix}{short}-{unit.number.replace(' ', '-')}"
