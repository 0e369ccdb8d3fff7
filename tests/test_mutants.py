"""Parsers broken on purpose: each must be caught, or the checks prove nothing.

Every case replaces one function by one with a likely fault, and names a specimen and what must find the fault:
the invariants, or a kind of the hand-written facts that comes out worse than with the sound parser.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import facts
from checks import check_report
from tipreport import api, gazetteer, lines, spans
from tipreport.blocks import footnote, furniture, heading, numbering, points, reader
from tipreport.entities import agenda_item, panellist, statement, voice
from tipreport.inputs import open_source

SAMPLES = Path(__file__).parents[1] / "samples"
Break = Callable[[pytest.MonkeyPatch], None]
INVARIANTS = "invariants"


def _everywhere(patch: pytest.MonkeyPatch, old: object, new: object) -> None:
    """Replace a function in every module of the package that holds it."""
    held = 0
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "tipreport":
            for key in [key for key, value in vars(module).items() if value is old]:
                patch.setattr(module, key, new)
                held += 1
    assert held, f"nobody holds {old}"


def _locate_off_by_one(patch: pytest.MonkeyPatch) -> None:
    sound = spans.Prose.locate

    def broken(self: spans.Prose, i: int = 0, j: int | None = None) -> tuple[spans.Range, ...]:
        return tuple((a + 1, b + 1) for a, b in sound(self, i, j))

    patch.setattr(spans.Prose, "locate", broken)


def _split_strips_full_stops(patch: pytest.MonkeyPatch) -> None:
    sound = lines.split

    def broken(source: spans.Source) -> list[lines.Line]:
        out = []
        for line in sound(source):
            bare = line.text.rstrip(".;") or line.text
            out.append(replace(line, text=bare, end=line.start + len(bare)))
        return out

    _everywhere(patch, sound, broken)


def _furniture_marks_nothing(patch: pytest.MonkeyPatch) -> None:
    _everywhere(patch, furniture.mark, lambda *_: None)


def _every_number_a_paragraph(patch: pytest.MonkeyPatch) -> None:
    _everywhere(patch, numbering.solve, lambda candidates: {one.line: numbering.PARAGRAPH for one in candidates})


def _shortest_name_wins(patch: pytest.MonkeyPatch) -> None:
    def broken(self: Any, text: str, start: int, word: str) -> gazetteer.Match | None:
        known = sorted((name for name in self.names if name.startswith(word) and text.startswith(name, start)), key=len)
        for name in known:
            if not text[start + len(name) : start + len(name) + 1].isalnum():
                return gazetteer.Match(start, start + len(name), self.names[name])
        return None

    assert hasattr(gazetteer.Gazetteer, "_longest")
    patch.setattr(gazetteer.Gazetteer, "_longest", broken)


def _points_without_sequence(patch: pytest.MonkeyPatch) -> None:
    def broken(text: str, starts: frozenset[int]) -> tuple[list[points.Part], list[int]]:
        found = list(re.finditer(r"\(([a-z])\) ", text))
        ends = [*(m.start() for m in found[1:]), len(text)][: len(found)]
        return [points.Part(m[1], m.end(), len(text[:end].rstrip()), 0, m.start(), False) for m, end in zip(found, ends, strict=True)], []

    _everywhere(patch, points.find, broken)


def _bracketed_states_speak(patch: pytest.MonkeyPatch) -> None:
    sound = statement.find

    def broken(*args: Any) -> Iterator[Any]:
        for found in sound(*args):
            speakers = list(found.states)
            for speaker in speakers:
                found.states += [type(speaker)(one) for one in speaker.also if one.entry.kind == "state"]
            yield found

    _everywhere(patch, sound, broken)


def _merge_over_cuts(patch: pytest.MonkeyPatch) -> None:
    def broken(source: spans.Source, ranges: Any) -> tuple[spans.Range, ...]:
        kept = [one for one in ranges if one[0] < one[1]]
        return ((kept[0][0], kept[-1][1]),) if kept else ()

    _everywhere(patch, spans.merge, broken)


def _headings_without_letters(patch: pytest.MonkeyPatch) -> None:
    sound = heading.find

    def broken(lines: reader.Reader, first: int) -> dict[int, heading.Heading]:
        return {index: found for index, found in sound(lines, first).items() if found.kind != "letter"}

    _everywhere(patch, sound, broken)


def _any_quantifier_is_a_voice(patch: pytest.MonkeyPatch) -> None:
    sound = voice.find

    def broken(text: str, *rest: Any) -> Iterator[voice.Found]:
        yield from sound(text, *rest)
        for found in re.finditer(r"\b(?:several|many|some|two|three|most|all|one) [a-z]+", text):
            yield voice.Found(found.group().split()[0], found.group().split()[1], "said", found.start(), found.end())

    _everywhere(patch, sound, broken)


def _marks_are_not_cut(patch: pytest.MonkeyPatch) -> None:
    from tipreport.assemble.context import Context

    patch.setattr(Context, "cuts", lambda self, ranges: [])


def _no_footnotes(patch: pytest.MonkeyPatch) -> None:
    _everywhere(patch, footnote.find, lambda *_: [])


def _panellists_by_comma(patch: pytest.MonkeyPatch) -> None:
    def broken(text: str, *_: object) -> Iterator[panellist.Found]:
        start = text.find("panellists: ")
        if start < 0:
            return
        at = start + len("panellists: ")
        for part in text[at:].split(", "):
            yield panellist.Found((at, at + len(part)), None, None, None, None, None, at, at + len(part))
            at += len(part) + 2

    _everywhere(patch, panellist.find, broken)


def _ranges_of_items_not_spelled_out(patch: pytest.MonkeyPatch) -> None:
    sound = agenda_item.find
    _everywhere(patch, sound, lambda text: list(sound(text))[:1])


def _lines_counted_from_nought(patch: pytest.MonkeyPatch) -> None:
    sound = spans.Source.line
    patch.setattr(spans.Source, "line", lambda self, offset: sound(self, offset) - 1)


def _hyphens_always_dropped(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(spans, "_divided", lambda source, left, right: True)


MUTANTS: dict[str, tuple[Break, str, str]] = {
    "locate is off by one": (_locate_off_by_one, "generic-minimal", INVARIANTS),
    "split strips full stops": (_split_strips_full_stops, "generic-minimal", INVARIANTS),
    "spans join over what is left out": (_merge_over_cuts, "vienna-hard-wrapped", INVARIANTS),
    "lines count from nought": (_lines_counted_from_nought, "generic-minimal", INVARIANTS),
    "furniture is kept": (_furniture_marks_nothing, "hrc-session", "paragraphs"),
    "every number opens a paragraph": (_every_number_a_paragraph, "sb-session", "paragraphs"),
    "every number opens a paragraph, headings too": (_every_number_a_paragraph, "wg4-2010-style", "sections"),
    "the shortest name wins": (_shortest_name_wins, "wg4-final-report", "attendance"),
    "points without sequence": (_points_without_sequence, "generic-minimal", "points"),
    "States in brackets speak": (_bracketed_states_speak, "hrc-session", "statements"),
    "headings without letters": (_headings_without_letters, "wg4-final-report", "sections"),
    "headings without letters, places": (_headings_without_letters, "wg4-2010-style", "placed"),
    "any quantifier is a voice": (_any_quantifier_is_a_voice, "vienna-hard-wrapped", "voices"),
    "footnote marks stay in the text": (_marks_are_not_cut, "vienna-hard-wrapped", "recommendations"),
    "footnotes are not found": (_no_footnotes, "conference-footnotes-annex", "footnotes"),
    "panellists are parted by commas": (_panellists_by_comma, "wg4-draft-addendum", "panellists"),
    "ranges of items are not spelled out": (_ranges_of_items_not_spelled_out, "wg4-final-report", "agenda_items"),
    "hyphens at line ends always go": (_hyphens_always_dropped, "vienna-hard-wrapped", "text"),
}


def _faults(name: str, what: str) -> list[str]:
    """What the check named finds wrong with a specimen."""
    text = open_source(str(SAMPLES / f"{name}.txt")).text
    report = api.parse(text)
    if what == INVARIANTS:
        try:
            check_report(report, text)
        except AssertionError as error:
            return [str(error)]
        return []
    if what == "text":  # the golden tree alone would see it
        from tipreport.exporters import View, tree

        golden = (SAMPLES / f"{name}.tree").read_text(encoding="utf-8")
        return [line for line in tree.render(report, View()).splitlines() if line not in golden]
    scores = facts.compare(report, facts.load(SAMPLES / f"{name}.facts.json"))
    return facts.differences({what: scores[what]})


@pytest.mark.parametrize("case", MUTANTS, ids=str)
def test_a_broken_parser_is_caught(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The named check passes with the sound parser (but for known faults) and finds more with the broken one."""
    mutate, name, what = MUTANTS[case]
    before = _faults(name, what)
    mutate(monkeypatch)
    after = _faults(name, what)
    assert set(after) - set(before), f"{what} of {name} did not notice"


def test_a_lost_character_is_caught() -> None:
    """A report of which one block is taken out does not pass."""
    text = "1. One.\n2. Two."
    report = api.parse(text)
    check_report(report, text)
    with pytest.raises(AssertionError):
        check_report(replace(report, blocks=report.blocks[1:]), text)


def test_a_character_in_two_blocks_is_caught() -> None:
    """A report in which one block stands twice does not pass."""
    text = "1. One.\n2. Two."
    report = api.parse(text)
    with pytest.raises(AssertionError):
        check_report(replace(report, blocks=(*report.blocks, report.blocks[-1])), text)


def test_invented_text_is_caught() -> None:
    """A paragraph whose text is not what stands in the source does not pass."""
    text = "1. One.\n2. Two."
    report = api.parse(text)
    first = replace(report.paragraphs[0], text="Won.")
    with pytest.raises(AssertionError):
        check_report(replace(report, paragraphs=(first, *report.paragraphs[1:])), text)
