"""The records of ``compile`` as types, for their JSON Schema; nothing else imports them."""

from __future__ import annotations

from typing import Literal

# Those of the standard library cannot be read by pydantic before Python 3.12; it brings these.
from typing_extensions import TypedDict


class SOURCE(TypedDict):
    """A recommendation or point with its report. ``lead`` is the lead-in of a point; ``line`` that of the source it begins on."""

    report: str
    kind: Literal["recommendation", "point"]
    id: str
    cite: str
    link: str | None
    line: int | None
    date: str | None
    year: int | None
    body: str | None
    status: str | None
    section: str | None
    headings: list[str]
    number: str | None
    addressees: list[str]
    modality: str | None
    strength: int | None
    proposed_by: list[str]
    position: str | None
    lead: str | None
    text: str


class WORDING(SOURCE):
    """Another wording of an entry, with its likeness to it."""

    likeness: float
    same_words: bool


class ENTRY(SOURCE):
    """A recommendation or point at its place. ``newer`` is, in a compilation, the wording that stands for it."""

    type: Literal["entry"]
    by: Literal["topic", "year", "body"]
    group: str | None
    label: str
    basis: Literal["words", "heading", "earlier"] | None
    heading: str | None
    also: list[WORDING]
    newer: WORDING | None


class SUMMARY(TypedDict):
    """The last record: how the document is made, and what it holds of how much."""

    type: Literal["summary"]
    by: Literal["topic", "year", "body"]
    order: Literal["newest", "oldest"]
    floor: float | None
    groups: int
    reports: int
    of_reports: int
    recommendations: int
    of_recommendations: int
    without_topic: int
    points: int
    repeated: int
