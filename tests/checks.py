"""What must hold of every report, whatever the text: the invariants of the contract.

``check_report`` raises ``AssertionError`` with a sentence that names the object. It looks at nothing but the
report and the text, and shares no code with the parser.
"""

from __future__ import annotations

import json
import pickle
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tipreport.diagnostics import CODES
from tipreport.model import Decision, Paragraph, Point, Recommendation, Report, Span, Spans

BLOCK_KINDS = frozenset(
    [
        "masthead",
        "contents",
        "heading",
        "recommendation",
        "paragraph",
        "table",
        "attendance",
        "decision",
        "annex",
        "footnote",
        "furniture",
        "unparsed",
    ]
)
POSITIONS = frozenset({"supported", "noted", "rejected", "examined"})
CAPACITIES = frozenset(
    [
        "party",
        "signatory",
        "member",
        "observer_state",
        "observer",
        "un_entity",
        "specialized_agency",
        "igo",
        "ngo",
        "nhri",
        "constituency",
        "other",
    ]
)
# In the order of quantifiers.csv.
ANONYMOUS = [
    "none",
    "one",
    "another",
    "same",
    "two",
    "exact_number",
    "few",
    "some",
    "other",
    "several",
    "a_number_of",
    "unquantified",
    "many",
    "most",
    "all",
    "impersonal",
]
NAMED = ["chair", "secretariat", "panellist", "representative", "person", "organization", "state", "group", "body"]
QUANTIFIERS = frozenset([*ANONYMOUS, *NAMED])
REFERENCES = frozenset(["symbol", "resolution", "decision", "article", "paragraph", "instrument", "agenda_item"])
MENTIONS = frozenset(["state", "organization", "group", "person", "instrument"])

_LEFT_OUT = re.compile("[\\s\u00ad*]+")

Unit = Recommendation | Paragraph


def solid(text: str) -> str:
    """A text without white space, soft hyphens and emphasis stars."""
    return _LEFT_OUT.sub("", text)


def objects(thing: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every model object inside ``thing``, itself included, with the path to it."""
    if isinstance(thing, tuple):
        for i, one in enumerate(thing):
            yield from objects(one, f"{path}[{i}]")
    elif hasattr(thing, "__dataclass_fields__"):
        yield path, thing
        if not isinstance(thing, Span):
            for name in thing.__dataclass_fields__:
                value = getattr(thing, name)
                if isinstance(value, tuple) or hasattr(value, "__dataclass_fields__"):
                    yield from objects(value, f"{path}.{name}" if path else name)


def units(report: Report) -> tuple[Unit, ...]:
    """Recommendations and paragraphs."""
    return (*report.recommendations, *report.paragraphs)


def points_of(points: tuple[Point, ...]) -> Iterator[Point]:
    """Points of every degree."""
    for point in points:
        yield point
        yield from points_of(point.points)


def check_report(report: Report, text: str) -> None:
    """Assert every invariant; ``text`` is what was parsed."""
    text = text.removeprefix("\ufeff")
    check_places(report, text)
    check_texts(report, text)
    check_blocks(report, text)
    check_units(report)
    check_ids(report)
    check_vocabulary(report)
    check_saved(report, text)


def check_places(report: Report, text: str) -> None:
    """Spans are in range, not empty, in order, apart from each other, and tell the right lines."""
    newlines = [i for i, c in enumerate(text) if c == "\n"]
    assert report.source.characters == len(text), "source.characters is not the length of the text"
    for path, thing in objects(report):
        spans: Spans = getattr(thing, "spans", ())
        last = 0
        for span in spans:
            assert 0 <= span.start < span.end <= len(text), f"{path}: {span} is empty or out of the text"
            assert span.start >= last, f"{path}: {span} begins before the span in front of it ends"
            last = span.end
            assert span.line == bisect_left(newlines, span.start) + 1, f"{path}: {span} tells the wrong line"
            assert span.end_line == bisect_left(newlines, span.end - 1) + 1, f"{path}: {span} tells the wrong last line"
            assert not text[span.start].isspace(), f"{path}: {span} begins with white space"
            assert not text[span.end - 1].isspace(), f"{path}: {span} ends with white space"


def check_texts(report: Report, text: str) -> None:
    """The spans of an object hold the characters of its text, white space aside."""
    for path, thing in objects(report):
        for name in ("text", "as_printed"):
            printed = getattr(thing, name, None)
            if not isinstance(printed, str):
                continue
            spans: Spans = thing.spans
            if not printed and isinstance(thing, Decision):
                continue  # of a decision without a body there is only the heading to point to
            assert printed == " ".join(printed.split()), f"{path}: white space of {name} is not folded: {printed!r}"
            assert bool(printed) == bool(spans), f"{path}: {len(spans)} spans for {name} {printed!r}"
            got = "".join(text[span.start : span.end] for span in spans)
            assert solid(got) == solid(printed), f"{path}: the spans hold {got!r}, {name} is {printed!r}"
    for item in report.agenda:
        got = "".join(text[span.start : span.end] for span in item.spans)
        assert solid(got) == solid(item.title), f"agenda item {item.number}: the spans hold {got!r}, the title is {item.title!r}"


def check_blocks(report: Report, text: str) -> None:
    """Every character that is not white space lies in exactly one block of a known kind."""
    seen = bytearray(len(text))
    last = -1
    for block in report.blocks:
        assert block.kind in BLOCK_KINDS, f"unknown kind of block {block.kind!r}"
        assert block.spans, f"a {block.kind} block without spans"
        assert block.spans[0].start > last, f"{block.kind} block {block.spans[0]} is out of order"
        last = block.spans[0].start
        for span in block.spans:
            assert not any(seen[span.start : span.end]), f"{block.kind} block {span} lies in another block as well"
            seen[span.start : span.end] = b"\x01" * (span.end - span.start)
    lost = [i for i, c in enumerate(text) if not seen[i] and not c.isspace()]
    assert not lost, f"{len(lost)} characters lie in no block, the first at {lost[0]}: {text[lost[0] : lost[0] + 40]!r}"
    told = [span for remark in report.diagnostics if remark.code == "text/unparsed" for span in remark.spans]
    for block in report.blocks:
        if block.kind == "unparsed":
            for span in block.spans:
                assert any(one.start <= span.start and span.end <= one.end for one in told), f"no diagnostic tells of unparsed {span}"


def check_units(report: Report) -> None:
    """Units lie in blocks of their own; what they hold lies inside them."""
    blocks = {block.ref: block for block in report.blocks if block.kind in {"recommendation", "paragraph"}}
    labels = {section.label for section in report.sections}
    for unit in units(report):
        kind = "recommendation" if isinstance(unit, Recommendation) else "paragraph"
        assert unit.spans, f"{unit.id} has no place"
        block = blocks.pop(unit.id, None)
        assert block is not None and block.kind == kind, f"{unit.id} has no {kind} block of its own"
        assert inside(unit.spans, block.spans), f"{unit.id} is not inside its block"
        assert unit.section is None or unit.section in labels, f"{unit.id} is in a section {unit.section!r} that is not there"
        for path, thing in objects(unit, unit.id):
            held: Spans = getattr(thing, "spans", ())
            if path != unit.id and held:
                assert inside(held, unit.spans), f"{path} is not inside {unit.id}"
        for point in points_of(unit.points):
            for child in point.points:
                assert inside(child.spans, point.spans), f"point {child.id} is not inside {point.id}"
        for before, after in zip(unit.points, unit.points[1:], strict=False):
            assert before.spans[-1].end <= after.spans[0].start, f"points {before.id} and {after.id} overlap"
    assert not blocks, f"blocks {sorted(map(str, blocks))} belong to no unit"
    for kind, things in (("heading", report.sections), ("footnote", report.footnotes), ("masthead", (report.masthead,))):
        room = [span for block in report.blocks if block.kind == kind for span in block.spans]
        for thing in things:
            assert inside(thing.spans, room), f"{kind} {thing!r:.80} is not inside a {kind} block"


def inside(spans: Spans, room: Spans | list[Span]) -> bool:
    """Whether each span lies within one span of ``room``."""
    return all(any(one.start <= span.start and span.end <= one.end for one in room) for span in spans)


def check_ids(report: Report) -> None:
    """No id occurs twice; the id of a point begins with that of what holds it."""
    ids = Counter(unit.id for unit in units(report))
    for unit in units(report):
        for point in points_of(unit.points):
            ids[point.id] += 1
            assert point.id.startswith(f"{unit.id}."), f"point {point.id} of {unit.id}"
    twice = [ident for ident, count in ids.items() if count > 1]
    assert not twice, f"ids that occur more than once: {twice[:5]}"


def check_vocabulary(report: Report) -> None:
    """Closed lists of words are kept."""
    for remark in report.diagnostics:
        assert remark.code in CODES, f"unknown code {remark.code}"
        assert remark.severity == CODES[remark.code][0], f"{remark.code} is no {remark.severity}"
    for one in (*report.statements, *report.attendance):
        assert one.capacity in CAPACITIES, f"unknown capacity {one.capacity}"
        assert one.states or one.organizations or one.groups or one.persons or one.count, f"an empty list of {one.capacity}"
    for rec in report.recommendations:
        assert rec.position is None or rec.position in POSITIONS, f"{rec.id}: unknown position {rec.position}"
        assert rec.strength is None or 0 <= rec.strength <= 10, f"{rec.id}: strength {rec.strength}"
        assert (rec.modality is None) == (rec.strength is None), f"{rec.id}: modality {rec.modality} with strength {rec.strength}"
    for par in report.paragraphs:
        for voice in par.voices:
            assert voice.quantifier in QUANTIFIERS, f"{par.id}: unknown quantifier {voice.quantifier}"
    for unit in units(report):
        assert all(m.kind in MENTIONS for m in unit.mentions), f"{unit.id}: unknown kind of mention"
    for reference in report.references:
        assert reference.kind in REFERENCES, f"unknown kind of reference {reference.kind}"
    for section in report.sections:
        assert section.label and section.title, f"a section without label or title: {section}"
        assert section.level == section.label.count(".") + 1, f"section {section.label} is not of level {section.level}"


def check_saved(report: Report, text: str) -> None:
    """JSON and pickle give back an equal report."""
    assert pickle.loads(pickle.dumps(report)) == report, "the pickle is not equal"  # noqa: S301  # our own bytes
    saved = report.to_json()
    assert json.loads(saved) == report.to_dict(), "JSON and dictionary differ"
    if not any("\ud800" <= c <= "\udfff" for c in text):  # what UTF-8 cannot hold, strict readers refuse
        assert Report.from_json(saved) == report, "the JSON read back is not equal"
