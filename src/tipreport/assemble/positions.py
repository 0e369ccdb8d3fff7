"""What the State under review says of the recommendations: supported, noted, rejected, still to be examined.

Printed forms: the paragraph above a list ("The following recommendations enjoy the support of ..."); sentences that
name numbers and ranges ("Recommendations 121.1-121.40 enjoy the support, 121.41 and 121.42 are noted"), which
stand behind the list or in an addendum and say more than the paragraph above it; the title of a section
("Accepted recommendations"). Human Rights Council resolution 5/1, annex, para. 32: those that enjoy the
support are told apart from the others, which are noted.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from tipreport.text import sentences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipreport.assemble.context import Text
    from tipreport.model import Paragraph, Recommendation

_STATUS = re.compile(
    r"\b(?:(?P<examined>(?:will|shall|to|would|may) (?:be )?(?:further )?(?:examined?|considered?|studied|study)\b|(?:will|would) (?:also )?(?:provide|respond|give)\b"
    r"|(?:are|is|remains?|remained|still) (?:currently )?(?:pending|under (?:examination|consideration|study)))"
    r"|(?P<rejected>reject(?:s|ed)?\b|(?:do|does|did) not accept\b|(?:can|could)(?:not| not) (?:be )?accept(?:ed)?\b|not (?:been )?accepted\b)"
    r"|(?P<noted>(?:do|does|did|have|has|had) not (?:been )?(?:enjoy(?:ed)?|support(?:ed)?|have|met)\b|(?:can|could)(?:not| not) (?:be )?support(?:ed)?\b"
    r"|not (?:been |being )?supported\b|(?:have been|has been|was|were|are|be|being|is|has|also|thus|only|takes?|took|duly|hereby|therefore) noted?\b|not(?:es|ed) (?:the )?(?:following )?(?:\d+ )?recommendations?\b"
    r"|(?<=\d )noted\b|(?<=\d: )noted\b|noted by\b|notes\b(?= (?:the )?(?:following|\d)))"
    r"|(?P<supported>(?<!partially )(?<!partly )(?<!in part )(?:enjoy(?:s|ed|ing)? (?:the |its |their |his |her )?(?:full )?support|accept(?:s|ed|ing)?\b|support(?:s|ed)\b|(?:ha(?:ve|s|d)|met with|receive[sd]?) (?:the |its |their )(?:full )?support)))",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:(?P<rejected>reject)|(?P<noted>noted|not (?:supported|accepted|enjoy))|(?P<examined>pending|deferred|to be examined|under (?:examination|consideration))"
    r"|(?P<supported>accepted|supported|enjoy))\w{0,20}\b.{0,60}\brecommendation|\brecommendations?\b.{0,40}\b(?:(?P<rejected2>rejected)"
    r"|(?P<noted2>noted|not (?:supported|accepted|enjoy))|(?P<examined2>pending|deferred|to be examined|under (?:examination|consideration))|(?P<supported2>accepted|supported|enjoy))",
    re.IGNORECASE,
)
_DASH = r"\s*(?:[-\u2010-\u2015\u2212]|to|through)\s*"
_NUMBERS = re.compile(
    rf"(?<![\w/.(])(?P<first>\d{{1,4}}\.\d{{1,3}})(?:{_DASH}(?:(?P<last>\d{{1,4}}\.\d{{1,3}})|(?P<short>\d{{1,3}})))?(?![\w/]|\.\d)"
)
_BARE = re.compile(
    rf"\brecommendations?(?: (?:Nos?\.|numbers?|numbered))?:? (?P<list>\d{{1,3}}(?:{_DASH}\d{{1,3}})?(?:(?:, and |, | and )\d{{1,3}}(?:{_DASH}\d{{1,3}})?)*)(?![\w/.]\w|\w)",
    re.IGNORECASE,
)
_ONE = re.compile(rf"(\d{{1,3}})(?:{_DASH}(\d{{1,3}}))?")
_MOST = 500  # numbers in one range


class Said(NamedTuple):
    """What is needed of a unit.

    Args:
        kind: ``recommendation`` or ``paragraph``.
        number: as printed.
        parent: the number of the paragraph that lists a recommendation, where its own does not say it.
        text: the reading text of a paragraph.
    """

    kind: str
    number: str | None
    parent: str | None
    text: str


def of_texts(texts: list[Text], titles: dict[str, str]) -> Positions:
    """The positions of a report on the way to be assembled; ``titles`` are those of its sections, by label."""
    return Positions([Said(text.unit.kind, text.unit.number, text.unit.parent, text.prose.text) for text in texts], titles)


def answered(recommendations: Sequence[Recommendation], paragraphs: Sequence[Paragraph]) -> tuple[Recommendation, ...]:
    """Recommendations with the positions that paragraphs, some of them of an addendum, tell of their numbers."""
    said = [Said("recommendation", one.number, None, "") for one in recommendations]
    told = Positions([*said, *(Said("paragraph", one.number, None, one.text) for one in paragraphs)], {})
    return tuple(
        replace(one, position=position) if one.proposed_by and (position := told.named(one.number)) else one for one in recommendations
    )


class Positions:
    """The positions that a report tells, by the number of a recommendation and by that of the paragraph above it.

    Args:
        said: all units of the report.
        titles: the titles of sections, by label.
    """

    def __init__(self, said: Sequence[Said], titles: dict[str, str]) -> None:
        self._titles = {label: told for label, title in titles.items() if (told := _of_title(title))}
        made = [one for one in said if one.kind == "recommendation" and one.number]
        majors = {number.partition(".")[0] for one in made if (number := one.number or "") and "." in number}
        self._major = f"{majors.pop()}." if len(majors) == 1 else ""
        self._above: dict[str, str] = {}
        self._named: dict[str, str] = {}
        above = {one.parent or (one.number or "").partition(".")[0] for one in made}
        for one in said:
            if one.kind == "paragraph" and "ecommendation" in one.text:
                self._read(one, heads=one.number in above)

    def named(self, number: str | None) -> str | None:
        """What a sentence that names the number says of it."""
        return self._named.get(number or "")

    def of(self, number: str, parent: str | None, section: str | None) -> str | None:
        """The position of one recommendation.

        Args:
            number: as printed, "115.12" or "12".
            parent: the number of the paragraph that lists it, where its own does not say it.
            section: the label of its section.
        """
        major, _, minor = number.partition(".")
        if not minor and parent is None:  # "Recommendation 5": speakers may support it, no State under review decides
            return None
        told = self._named.get(number) or self._above.get(parent or major)
        return told or (self._titles.get(section) if section else None)

    def _read(self, one: Said, *, heads: bool) -> None:
        whole = one.text
        if heads and one.number:
            told = _first(whole)
            if told:
                self._above[one.number] = told
        for start, end in sentences(whole):
            sentence = whole[start:end]
            found = [(match.start(), str(match.lastgroup)) for match in _STATUS.finditer(sentence)]
            if not found:
                continue
            numbers = list(self._numbers(sentence))
            behind = bool(numbers) and found[0][0] < numbers[0][0]  # "X accepts 1.1 and notes 1.2"
            for at, number in numbers:
                fits = [told for place, told in found if (place < at) == behind]
                if fits:
                    self._named[number] = fits[-1] if behind else fits[0]

    def _numbers(self, sentence: str) -> Iterator[tuple[int, str]]:
        """The numbers of recommendations that a sentence names, with their places."""
        for match in _NUMBERS.finditer(sentence):
            major, _, first = match["first"].partition(".")
            last_major, _, last = (match["last"] or f"{major}.{match['short'] or first}").partition(".")
            if last_major == major:
                yield from ((match.start(), f"{major}.{n}") for n in _range(first, last))
        for listed in _BARE.finditer(sentence):
            for match in _ONE.finditer(listed["list"]):
                yield from ((listed.start(), f"{self._major}{n}") for n in _range(match[1], match[2] or match[1]))


def _range(first: str, last: str) -> range:
    low, high = int(first), int(last)
    return range(low, high + 1) if low <= high < low + _MOST else range(low, low + 1)


def _first(text: str) -> str | None:
    """The position that a paragraph tells first."""
    found = _STATUS.search(text)
    return found.lastgroup if found else None


def _of_title(title: str) -> str | None:
    found = _TITLE.search(title)
    return found.lastgroup.rstrip("2") if found and found.lastgroup else None
