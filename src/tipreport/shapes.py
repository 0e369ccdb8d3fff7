"""The records of diff, trace, verify, eval and check as types, for their JSON Schema; nothing else imports them.

The names are those that ``tipreport schema`` takes.
"""

from __future__ import annotations

from typing import Literal, NotRequired, Required

# Those of the standard library cannot be read by pydantic before Python 3.12; it brings these.
from typing_extensions import TypedDict


class SPAN(TypedDict):
    """A range of the text as received, half-open, in code points."""

    start: int
    end: int
    line: int
    end_line: int
    page: NotRequired[int]


EVENT = TypedDict(
    "EVENT",
    {
        "event": Required[str],
        "from": str | int | None,
        "to": str | int | None,
        "id": str,
        "name": str,
        "direction": str,
        "editorial": bool,
        "from_words": str,
        "to_words": str,
        "at": list[int],
        "into": list[int],
        "left": Required[list[SPAN]],
        "right": Required[list[SPAN]],
    },
    total=False,
)


class CHANGE(TypedDict):
    """What became of a unit."""

    type: Literal["change"]
    fate: Literal["unchanged", "renumbered", "moved", "editorial", "reworded", "merged", "split", "added", "dropped"]
    kind: str
    left: str | None
    right: str | None
    score: float
    events: list[EVENT]
    right_kind: NotRequired[str]
    left_share: NotRequired[list[int]]
    right_share: NotRequired[list[int]]
    left_number: str | None
    left_section: str | None
    left_text: str | None
    left_cite: str | None
    left_spans: list[SPAN]
    right_number: str | None
    right_section: str | None
    right_text: str | None
    right_cite: str | None
    right_spans: list[SPAN]


class STAT(TypedDict):
    """How many changes there are of each fate, by kind, and how many events."""

    type: Literal["stat"]
    left: str
    right: str
    same: bool
    fates: dict[str, dict[str, int]]
    events: dict[str, int]


class ALSO(TypedDict):
    """Another unit of a report that is like the one traced."""

    kind: str
    id: str
    text: str
    cite: str | None
    spans: list[SPAN]
    score: float


class STOP(TypedDict):
    """A report on the way of a text."""

    type: Literal["stop"]
    report: str
    date: str | None
    body: str | None
    status: str | None
    path: str
    state: Literal["first", "again", "back", "absent"]
    kind: str | None
    id: str | None
    text: str | None
    cite: str | None
    spans: list[SPAN]
    asked: bool
    fate: str | None
    score: float | None
    events: list[EVENT]
    meaning: str
    recalls: list[str]
    also: list[ALSO]


class EDIT(TypedDict):
    """Put a text in the place of a range of the source."""

    start: int
    end: int
    text: str


class FIX(TypedDict):
    """A change that needs no judgement."""

    message: str
    edits: list[EDIT]


class FINDING(TypedDict):
    """What a rule of check marks; line and column are null where it is of the document as a whole."""

    type: Literal["finding"]
    code: str
    severity: Literal["error", "warning", "info"]
    path: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    page: int | None
    message: str
    hint: str | None
    fix: FIX | None
    id: str | None
    cite: str | None
    spans: list[SPAN]


class EVIDENCE(TypedDict):
    """An agenda item or heading of a later meeting."""

    report: str
    date: str | None
    kind: str
    id: str
    text: str
    score: float
    cite: str
    spans: list[SPAN]
    path: str


class PROMISE(TypedDict):
    """A topic set for later meetings."""

    type: Literal["promise"]
    report: str
    date: str | None
    body: str | None
    status: str | None
    path: str
    id: str
    text: str
    cite: str
    spans: list[SPAN]
    outcome: Literal["kept", "pending", "dropped"]
    reason: str | None
    later_meetings: int
    evidence: list[EVIDENCE]


class LEFT_OUT(TypedDict):  # noqa: N801 (as all names here)
    """Words that a quotation leaves out and that govern what it says."""

    kind: Literal["modality", "hedge", "negation", "condition", "sentence"]
    words: str
    where: Literal["before", "inside", "behind"]


class ALTERATION(TypedDict):
    """Words of the source that the quotation has otherwise."""

    source: str
    quoted: str


class MEANING(TypedDict):
    """A modal, hedge, negation or condition that an altered quotation has lost or gained."""

    kind: Literal["modality", "hedge", "negation", "condition"]
    words: str
    what: Literal["dropped", "added"]


class ELSEWHERE(TypedDict):
    """A further place of a quotation."""

    cite: str
    path: str
    line: int | None
    page: int | None


class NEAREST(ELSEWHERE):
    """The text that is nearest to a quotation that is absent."""

    text: str
    score: float


class QUOTATION(TypedDict):
    """A quotation and what became of it."""

    type: Literal["quotation"]
    quotation: str
    status: Literal["exact", "out_of_context", "altered", "absent"]
    report: str | None
    id: str | None
    kind: str | None
    cite: str | None
    date: str | None
    path: str | None
    line: int | None
    page: int | None
    spans: list[SPAN]
    text: str | None
    score: float | None
    left_out: list[LEFT_OUT]
    changes: list[ALTERATION]
    meaning: list[MEANING]
    diff: str | None
    hint: str | None
    places: int
    others: list[ELSEWHERE]
    nearest: NEAREST | None
    file: NotRequired[str]
    file_line: NotRequired[int]
    file_column: NotRequired[int]


class PLACE(TypedDict):
    """What stands at a cite."""

    type: Literal["place"]
    report: str
    id: str
    kind: str
    cite: str
    date: str | None
    path: str
    line: int | None
    page: int | None
    text: str


class SCORE(TypedDict):
    """How a kind came out, in one report or (None) in all."""

    type: Literal["score"]
    report: str | None
    kind: str
    gold: int
    found: int
    hits: int
    precision: float
    recall: float
    f1: float


class MISS(TypedDict):
    """A fact that was missed, one too many, or a place that does not hold its text."""

    type: Literal["miss"]
    report: str
    kind: str
    what: Literal["missed", "extra", "wrong"]
    fact: str
