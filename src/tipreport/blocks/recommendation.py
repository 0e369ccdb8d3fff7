"""Recommendations: which texts are some, by label, by section, by a number below a paragraph's, by a list.

Printed forms: "Recommendation 51" on a line of its own (Working Group on Trafficking in Persons, from about
2015); numbered paragraphs under "Recommendations adopted by ..." (2009-2013); ``115.1 Ratify ... (Spain);``
below paragraph 115 (periodic review), two of them under one number where a line behind "(State);" begins
anew; ``1. ...`` as items of a paragraph that lists recommendations (periodic review of 2010).
"""

from __future__ import annotations

import re

from tipreport.blocks.outline import Unit
from tipreport.blocks.reader import Reader
from tipreport.spans import Source

# What a numbered paragraph must say to be a recommendation where the section is one of recommendations.
_RECOMMENDS = re.compile(
    r"\b(?:should|shall|must|may wish to|might wish to|could|need to|needs to|(?:is|are|be|was|were) (?:(?:also|further|therefore|strongly|hereby|again) ){0,2}"
    r"(?:encouraged|urged|invited|requested|recommended|called upon)|recommends?|recommended|encourages?|invites?|requests?|urges?"
    r"|calls? upon)\b"
    r"|\b(?:Group|Committee|Commission|Conference|Council|Forum|Meeting|Assembly|experts|participants|[Ii]t) (?:(?:also|further|strongly) )?"
    r"(?:requested|encouraged|invited|urged|called (?:up)?on|appealed)\b"
)
_STATES_END = re.compile(r"\(([^()]|\([^()]*\))+\)\s*[;.]$")
_LISTS = re.compile(
    r"\brecommendations\b.{0,200}\b(?:below|following|formulated|listed)\b|\bfollowing recommendations\b",
    re.DOTALL,
)
_MOST_SKIPPED = 3  # numbers that may be missing between 115.1 and the next


def recommends(text: str) -> bool:
    """Whether a text says what somebody should do."""
    return bool(_RECOMMENDS.search(text))


def lists(source: Source, unit: Unit) -> bool:
    """Whether a unit introduces recommendations as a numbered list, or is an item of such a list."""
    if unit.parent:
        return True
    lead = " ".join(source.text[a:b] for a, b in unit.body[:12])
    return unit.kind == "paragraph" and bool(unit.number) and bool(_LISTS.search(lead))


def another(reader: Reader, unit: Unit, index: int) -> bool:
    """Whether a line begins a second recommendation under the number of the open one."""
    if unit.kind != "recommendation" or "." not in (unit.number or "") or not unit.lines:
        return False
    text, last = reader.lines[index].text, reader.lines[unit.lines[-1]].text
    if not text[0].isupper() or reader.markers[index].kind:
        return False
    return bool(_STATES_END.search(last)) or (
        (reader.lines[index].blanks > 0 or not reader.hard) and last.endswith((";", ".")) and recommends(text)
    )


class Series:
    """The run of numbers such as ``115.1``: which comes next."""

    def __init__(self) -> None:
        self._major = self._minor = 0

    def paragraph(self, number: int) -> None:
        """A paragraph opens a run of its own number."""
        self._major, self._minor = number, 0

    def continues(self, label: str) -> bool:
        """Whether ``115.2`` may come here; if so it counts as the last."""
        major, minor = (int(part) for part in label.split("."))
        if major == self._major:  # the first below its paragraph may be any, in an extract
            fits = not self._minor or 0 <= minor - self._minor <= _MOST_SKIPPED
        else:
            fits = not self._major or (minor == 1 and major == self._major + 1)
        if fits:
            self._major, self._minor = major, minor
        return fits
