"""The merger itself: parts in, one report out."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from tipreport.assemble.positions import answered
from tipreport.folding import folded
from tipreport.identity import symbol_of
from tipreport.merge import labels
from tipreport.merge.joined import agenda, panellists, with_paragraphs
from tipreport.merge.parts import ADDENDUM_OF, addendum, base, called, last_line, last_page, rank, same
from tipreport.merge.shift import shifted
from tipreport.model import (
    SCHEMA_VERSION,
    Block,
    Input,
    Masthead,
    Origin,
    Paragraph,
    Part,
    Point,
    Recommendation,
    Remark,
    Report,
    Section,
    Spans,
)
from tipreport.select import Unit, units

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipreport.loading import Loaded


class Merged(NamedTuple):
    """A merged report, and the text that its offsets count in (None where a part was saved JSON)."""

    report: Report
    text: str | None


class _Piece(NamedTuple):
    """A part with its place in the whole."""

    report: Report
    start: int
    line: int
    addendum: int | None


def merged(parts: Sequence[Loaded], *, renumber: bool = False) -> Merged:
    """Join parts to one report; lines and pages are counted on from part to part.

    Args:
        parts: reports with their texts, in any order; those of one text are taken once.
        renumber: number recommendations and paragraphs anew, in one series through the report.
    """
    ordered = sorted(parts, key=rank)
    kept: list[Loaded] = []
    doubled: list[tuple[Loaded, Loaded]] = []
    for part in ordered:
        first = next((one for one in kept if same(one, part)), None)
        doubled.append((part, first)) if first else kept.append(part)
    texts: list[str] = []
    pieces: list[_Piece] = []
    start = line = page = 0
    for part in kept:
        moved: Report = shifted(part.report, start, line, page)
        pieces.append(_Piece(moved, start, line, addendum(part.report)))
        text = part.text or ""
        length = part.report.source.characters
        ends = text.endswith("\n")
        texts.append(text if ends else text + "\n")
        start += length + (not ends)
        page += last_page(part.report)
        line += text.count("\n") + (not ends) if part.text is not None else last_line(part.report) + 1
    whole = "".join(texts) if all(part.text is not None for part in kept) else None
    return Merged(_Work(pieces, doubled, start, renumber=renumber).report(), whole)


class _Work:
    """The parts on their way to one report."""

    def __init__(self, pieces: list[_Piece], doubled: list[tuple[Loaded, Loaded]], characters: int, *, renumber: bool) -> None:
        self.pieces, self.doubled, self.characters, self.renumber = pieces, doubled, characters, renumber
        self.remarks: list[Remark] = []
        self.again: dict[tuple[int, str], list[Unit]] = {}
        names = [called(piece.report) for piece in pieces]
        self.names = [
            name if names.count(name) == 1 else f"{name} ({os.path.basename(piece.report.source.name)})"
            for name, piece in zip(names, pieces, strict=True)
        ]
        self.base = base([symbol_of(piece.report) for piece in pieces])
        self.masthead = self._masthead()
        self.order: list[str] = []
        self.sections = self._sections()

    def report(self) -> Report:
        """The whole."""
        self._missing()
        placed = self._units()
        made, origins, renamed = self._named(placed)
        if not self.renumber:
            self._numbered_again()
            self._gaps(made)
        reports = [piece.report for piece in self.pieces]
        numbers = [{was.number: now.number for was, now in pairs if was.number} for pairs in origins]
        self._references(reports, numbers)
        paragraphs = tuple(unit for unit in made if isinstance(unit, Paragraph))
        recommendations = tuple(unit for unit in made if isinstance(unit, Recommendation))
        return Report(
            schema_version=SCHEMA_VERSION,
            generator=reports[0].generator,
            source=self._source(),
            masthead=self.masthead,
            sections=tuple(self.sections),
            agenda=agenda(reports, numbers),
            recommendations=recommendations if self.renumber else answered(recommendations, paragraphs),
            paragraphs=paragraphs,
            panellists=panellists(reports, numbers),
            statements=with_paragraphs(reports, numbers, "statements"),
            attendance=with_paragraphs(reports, numbers, "attendance"),
            decisions=tuple(one for report in reports for one in report.decisions),
            references=tuple(
                replace(one, target=renamed[place].get(one.target, one.target))
                for place, report in enumerate(reports)
                for one in report.references
            ),
            footnotes=with_paragraphs(reports, numbers, "footnotes"),
            blocks=tuple(_block(block, renamed[place]) for place, report in enumerate(reports) for block in report.blocks),
            diagnostics=self._diagnostics(reports),
            parts=self._parts(origins),
        )

    def _source(self) -> Input:
        sources = [piece.report.source for piece in self.pieces]
        return Input(
            name=" + ".join(source.name for source in sources),
            media_type=sources[0].media_type, encoding=sources[0].encoding, sha256=None, characters=self.characters,
            symbol=self.base if self.masthead.symbol is None else None,
        )  # fmt: skip

    def _masthead(self) -> Masthead:
        """What the parts print, the first that prints it; what makes a part a part is left out."""
        heads = [piece.report.masthead for piece in self.pieces]
        first = heads[0]
        values: dict[str, Any] = {
            name: next((getattr(head, name) for head in heads if getattr(head, name) is not None), None)
            for name in Masthead.__dataclass_fields__
            if name != "spans"
        }
        alone = len(self.pieces) == 1
        symbol = first.symbol if alone or not (first.symbol and ADDENDUM_OF.search(first.symbol)) else None
        return replace(
            first,
            **{
                **values,
                "symbol": symbol,
                "part": first.part if alone else None,
                "date": first.date if symbol else max(filter(None, (h.date for h in heads)), default=None),
            },
        )

    # ------------------------------------------------------------------ sections
    def _sections(self) -> list[Section]:
        """The sections of all parts in one order, each once."""
        held: dict[str, Section] = {}
        for place, piece in enumerate(self.pieces):
            before: str | None = None
            for section in piece.report.sections:
                known = held.get(section.label)
                if known is None:
                    held[section.label] = section
                    self._insert(section.label, before)
                elif known.continued and not section.continued:
                    held[section.label] = section
                if known is not None and folded(known.title).rstrip(". ") != folded(section.title).rstrip(". "):
                    self._say(
                        "merge/two-titles",
                        f"{section.label} is {known.title!r}, and {section.title!r} in {self.names[place]}",
                        section.spans,
                    )
                before = section.label
        for label in self.order:
            self._gap(label, held[label])
        return [held[label] for label in self.order]

    def _insert(self, label: str, before: str | None) -> None:
        """Put a label where its number belongs; one without a number behind the section before it."""
        own = labels.key(label)
        if own is None:
            at = self.order.index(before) + 1 if before in self.order else len(self.order)
        else:
            at = next((i for i, other in enumerate(self.order) if (labels.key(other) or ()) > own), len(self.order))
        self.order.insert(at, label)

    def _gap(self, label: str, section: Section) -> None:
        parent, _, last = label.rpartition(".")
        number = labels.value(last, first=not parent)
        if number is None or number == 1:
            return
        siblings = {labels.value(one.rpartition(".")[2], first=not parent) for one in self.order if one.rpartition(".")[0] == parent}
        if number - 1 not in siblings:
            before = f"{parent}." * bool(parent) + labels.printed(number - 1, last, first=not parent)
            self._say(
                "merge/missing-section", f"{label} is there, {before} is not", section.spans, "it may be in a part that was not given"
            )

    # ------------------------------------------------------------------ units
    def _units(self) -> list[tuple[int, Unit]]:
        """The units of all parts in the order of the sections."""
        rank = {label: place for place, label in enumerate(self.order)}
        placed = [
            ((unit.id.startswith("annex"), rank.get(unit.section or "", -1), place, unit.spans[0].start if unit.spans else 0), place, unit)
            for place, piece in enumerate(self.pieces)
            for unit in units(piece.report)
        ]
        return [(place, unit) for _, place, unit in sorted(placed, key=lambda one: one[0])]

    def _named(self, placed: list[tuple[int, Unit]]) -> tuple[list[Unit], list[list[tuple[Unit, Unit]]], list[dict[str, str]]]:
        """The units under their ids in the whole; per part the pairs of before and after, and the ids."""
        seen: Counter[str] = Counter()
        texts: dict[tuple[str, str | None], tuple[int, Unit]] = {}
        made: list[Unit] = []
        origins: list[list[tuple[Unit, Unit]]] = [[] for _ in self.pieces]
        renamed: list[dict[str, str]] = [{} for _ in self.pieces]
        count = 0
        for place, unit in placed:
            scope = unit.id.rpartition(".")[0] if unit.id.startswith("annex") else ""
            number = unit.number
            if self.renumber and number is not None and not scope:
                count += 1
                number = str(count)
            stem = unit.id.partition("~")[0] if number is None or number == unit.number else f"{_short(unit)}-{number}"
            seen[stem] += 1
            ident = stem if seen[stem] == 1 else f"{stem}~{seen[stem]}"
            self._doubled_unit(place, unit, texts)
            new = replace(
                unit, id=ident, number=number,
                points=tuple(_point(point, unit.id, ident) for point in unit.points),
            )  # fmt: skip
            made.append(new)
            origins[place].append((unit, new))
            renamed[place][unit.id] = ident
        return made, origins, renamed

    def _doubled_unit(self, place: int, unit: Unit, texts: dict[tuple[str, str | None], tuple[int, Unit]]) -> None:
        """Tell of two texts with one number, and of one text that two parts have."""
        what = f"{'rec.' if isinstance(unit, Recommendation) else 'para.'} {unit.number}"
        same = texts.get(("text", unit.text))
        if same is not None and same[0] != place and len(unit.text) > 40:
            self._say(
                "merge/doubled-text",
                f"{self.names[place]} repeats {same[1].id} of {self.names[same[0]]} word for word ({unit.id})",
                unit.spans,
            )
        texts.setdefault(("text", unit.text), (place, unit))
        if unit.number is None:
            return
        key = (_short(unit), unit.number)
        other = texts.get(key)
        if other is not None and other[0] != place and other[1].text != unit.text and not unit.id.startswith("annex"):
            if isinstance(unit, Recommendation) and unit.section == other[1].section:
                where = f"{unit.section} " if unit.section else ""
                self._say(
                    "merge/doubled-number", f"{self.names[place]} has {where}{what} too: two different texts with one number", unit.spans
                )
            else:
                self.again.setdefault((place, _short(unit)), []).append(unit)
        texts.setdefault(key, (place, unit))

    def _numbered_again(self) -> None:
        """Parts whose units have numbers of another part, as drafts do: one remark a part and kind."""
        for (place, short), held in self.again.items():
            numbers = [unit.number for unit in held]
            told = numbers[0] if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
            self._say(
                "merge/doubled-number",
                f"{self.names[place]} has {short}. {told} too: other texts with the same numbers",
                held[0].spans,
                "write --renumber for one series",
            )

    def _gaps(self, made: list[Unit]) -> None:
        """Numbers that no part has, where each number is there once."""
        for short in ("rec", "para"):
            held = [unit for unit in made if _short(unit) == short and (unit.number or "").isdigit() and not unit.id.startswith("annex")]
            numbers = sorted(int(unit.number or 0) for unit in held)
            other = {int(unit.number or 0) for unit in made if _short(unit) != short and (unit.number or "").isdigit()}
            if len(set(numbers)) < len(numbers):
                continue
            for before, after in pairwise(numbers):
                if not set(range(before + 1, after)) <= other:
                    spans = next(unit.spans for unit in held if unit.number == str(after))
                    self._say(
                        "merge/missing-number", f"{short}. {before} is followed by {short}. {after}: no part has what is between", spans
                    )

    def _references(self, reports: list[Report], numbers: list[dict[str, Any]]) -> None:
        """References to paragraphs of a part that has other numbers in the whole: the text still says the old ones."""
        for place, report in enumerate(reports):
            for one in report.references:
                was = one.target.removeprefix("para-") if one.target.startswith("para-") else ""
                now = numbers[place].get(was)
                if now is not None and now != was:
                    self._say("merge/reference", f"{one.as_printed!r} speaks of what is number {now} now", one.spans)

    # ------------------------------------------------------------------ the ledger
    def _missing(self) -> None:
        known = sorted(piece.addendum for piece in self.pieces if piece.addendum is not None)
        for number in range(max(known, default=0)):
            if number not in known:
                name = f"Add.{number}" if number else "the first part (without Add.)"
                self._say("merge/missing-part", f"{name} was not given", ())
        for number, count in Counter(known).items():
            if count > 1 and number:
                self._say("merge/doubled-part", f"Add.{number} was given {count} times, with different texts", ())
        bodies = [piece.report.masthead.body for piece in self.pieces]
        first_body = next((body for body in bodies if body), None)
        first_base = next((ADDENDUM_OF.sub("", symbol) for piece in self.pieces if (symbol := symbol_of(piece.report))), None)
        for place, body in enumerate(bodies):
            symbol = symbol_of(self.pieces[place].report)
            if symbol and ADDENDUM_OF.sub("", symbol) != first_base:
                self._say("merge/other-report", f"{symbol} is no part of {first_base}", self.pieces[place].report.masthead.spans)
            if body and first_body and folded(body) != folded(first_body):
                self._say("merge/other-body", f"{self.names[place]} is of another body: {body}", self.pieces[place].report.masthead.spans)
            elif not body and not symbol:
                self._say("merge/no-masthead", f"{self.names[place]} has no masthead that says what it is a part of", ())
        for part, first in self.doubled:
            self._say(
                "merge/doubled-part", f"{part.report.source.name} is the text of {first.report.source.name} again; it was taken once", ()
            )

    def _parts(self, origins: list[list[tuple[Unit, Unit]]]) -> tuple[Part, ...]:
        out = []
        for place, piece in enumerate(self.pieces):
            end = self.pieces[place + 1].start if place + 1 < len(self.pieces) else self.characters
            source = piece.report.source
            out.append(
                Part(
                    name=source.name,
                    symbol=symbol_of(piece.report),
                    part=piece.report.masthead.part,
                    sha256=source.sha256,
                    start=piece.start,
                    end=end,
                    line=piece.line + 1,
                    units=tuple(Origin(id=now.id, was=was.id, number=now.number, was_number=was.number) for was, now in origins[place]),
                )
            )
        return tuple(out)

    def _diagnostics(self, reports: list[Report]) -> tuple[Remark, ...]:
        """Those of the merger, then those of the parts but for gaps that another part may fill."""
        rest = [one for report in reports for one in report.diagnostics if one.code not in {"heading/gap", "number/restart", "number/gap"}]
        return (*self.remarks, *rest)

    def _say(self, code: str, message: str, spans: Spans, hint: str | None = None) -> None:
        self.remarks.append(Remark(code=code, severity="warning", message=message, hint=hint, spans=spans))


def _short(unit: Unit) -> str:
    return "rec" if isinstance(unit, Recommendation) else "para"


def _point(point: Point, before: str, after: str) -> Point:
    return replace(point, id=after + point.id[len(before) :], points=tuple(_point(one, before, after) for one in point.points))


def _block(block: Block, renamed: dict[str, str]) -> Block:
    return replace(block, ref=renamed.get(block.ref, block.ref)) if block.ref else block
