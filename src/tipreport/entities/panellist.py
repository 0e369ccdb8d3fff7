"""Panellists: the persons whom a list introduces as such.

Printed forms: "was led by the following panellists: NAME, POST, OFFICE (STATE), on behalf of the GROUP, ..., and
NAME ..." (draft report of 11 September 2020, para. 4; the true separator is "(STATE), on behalf of"); "the
panellists A, B and C made statements" (A/HRC/28/2, para. 20); "the following panellists made statements: A, B
and C"; "POST, NAME; POST, NAME; and ..." with semicolons. "asked the panellists questions:" opens a list of
States, and "the panellists answered questions" none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tipreport import gazetteer, names
from tipreport.config import Config
from tipreport.text import split_top, trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = Config()
_WHO = r"(?:panell?ists?|presenters?|keynote speakers?|discussants?|lead speakers?)"
_LEADS = (
    re.compile(
        rf"\b(?:led|introduced|opened|facilitated|presented) by (?:the )?(?:(?:following|one|two|three|four|five|six) ){{0,2}}{_WHO}(?: and moderators?)?:? ?"
    ),
    re.compile(rf"\b[Tt]he following {_WHO}(?: [^:.;]{{0,90}})?: ?"),
    re.compile(rf"\b(?:[Tt]he|by) {_WHO},? (?=[A-Z\u00c0-\u00de\u0100-\u017f])(?!were\b)"),
    re.compile(rf"\b{_WHO} (?:were|was|included):? (?:as follows: )?(?=(?:the )?[A-Z\u00c0-\u00de\u0100-\u017f])"),
    re.compile(rf"\bpresentations? (?:was|were) (?:made|given) by (?:the following |the )?{_WHO}:? ?"),
)
_STOP = re.compile(r" (?:made|gave|delivered|answered|responded|addressed|took|spoke|participated|presented|shared|also|then|were|was)\b")
_ANCHOR = re.compile(r"\((?P<state>[^()]*(?:\([^()]*\)[^()]*)?)\)(?:,? (?:speaking )?on behalf of (?:the )?)?")
_LONGEST = 6000  # code points; no list of panellists is longer
_MANNER = re.compile(r"by video|by teleconference|online|via |moderator", re.IGNORECASE)


class Found(NamedTuple):
    """A panellist in offsets of the reading text; ranges are (start, end)."""

    name: tuple[int, int]
    honorific: str | None
    position: str | None
    organization: str | None
    state: gazetteer.Match | None
    group: gazetteer.Match | None
    start: int
    end: int


EXAMPLES = {
    "The discussion was led by the following panellists: Ana Lima, Head of Unit, Ministry of Justice (Brazil), on behalf of "
    "the Group of Latin American and Caribbean States, and Jo van Dam (Netherlands).": ["Ana Lima", "Jo van Dam"],
    "At the same meeting, the panellists Ana Lima, Jo van Dam and Li Wei made statements.": ["Ana Lima", "Jo van Dam", "Li Wei"],
    "The discussion was led by the following panellists: Ms. Lima (Brazil).": ["Lima"],
}
COUNTEREXAMPLES = [
    "the following made statements and asked the panellists questions: (a) Representatives of States: Algeria, Brazil;",
    "the panellists answered questions and made their concluding remarks.",
    "five minutes for panellists and two minutes for States",
]


def find(text: str, folded: str, config: Config = _PLAIN) -> Iterator[Found]:
    """The panellists whom the text introduces; ``folded`` is ``gazetteer.fold(text)``."""
    if "anel" not in text and "resenter" not in text and "eynote" not in text and "iscussant" not in text and "ead speaker" not in text:
        return
    seen_end = 0
    for lead in _LEADS:
        leads = list(lead.finditer(text))
        for match, after in zip(leads, [*(m.start() for m in leads[1:]), len(text)], strict=False):
            if match.start() < seen_end:
                continue
            end = _list_end(text, match.end(), after)
            found = list(_entries(text, folded, match.end(), end, gazetteer.states(config)))
            if found:
                seen_end = max(seen_end, found[-1].end)
                yield from found


def _list_end(text: str, start: int, limit: int) -> int:
    """Where the list ends: at the full stop of its sentence, or before the verb behind it."""
    depth = 0
    i = start
    longest = min(limit, start + _LONGEST)
    while i < longest:
        c = text[i]
        if c == "(":
            depth += 1
        elif c == ")":
            depth -= 1
        elif (
            c == "."
            and depth <= 0
            and (i + 1 >= len(text) or text[i + 1] == " ")
            and not re.search(r"\b(?:Mr|Ms|Mrs|Dr|H\.E|St|[A-Z])$", text[max(start, i - 4) : i])
        ):
            break
        elif c == " " and depth <= 0 and i > start:
            stop = _STOP.match(text, i)
            if stop:
                break
        i += 1
    return i


def _entries(text: str, folded: str, start: int, end: int, states: gazetteer.Gazetteer) -> Iterator[Found]:
    anchors = [m for m in _ANCHOR.finditer(text, start, end) if not _MANNER.search(m["state"])]
    places = [(m, states.at(folded, m.start("state") + (4 if m["state"].startswith("the ") else 0))) for m in anchors]
    anchored = [(m, s) for m, s in places if (s is not None and abs(s.end - m.end("state")) < 2) or m.group().endswith("the ")]
    if anchored:
        at = start
        for match, state in anchored:
            entry_end = match.end()
            group = None
            if "on behalf of" in match.group():
                group = gazetteer.groups().at(folded, match.end())
                entry_end = group.end if group else _to_comma(text, match.end(), end)
            else:
                entry_end = match.end("state") + 1
            found = _entry(text, at, match.start(), entry_end, state, group)
            if found:
                yield found
            at = _past_comma(text, entry_end, end)
        rest = trim(text, at, end)
        if rest[1] - rest[0] > 5:
            yield from _plain(text, *rest)
    else:
        yield from _plain(text, start, end)


def _plain(text: str, start: int, end: int) -> Iterator[Found]:
    """A list without States: names, or posts and names between semicolons."""
    if ";" in text[start:end]:
        for a, b in split_top(text, start, end, ";"):
            a, b = trim(text, a + (4 if text.startswith("and ", a) else 0), b)
            parts = split_top(text, a, b, ",")
            named = [p for p in parts if names.is_name(names.strip_honorific(text[p[0] : p[1]])[1])]
            if named:
                name = named[-1] if names.is_post(text[parts[0][0] : parts[0][1]]) else named[0]
                post = text[a : name[0]].strip(" ,") or text[name[1] : b].strip(" ,") or None
                honorific, bare = names.strip_honorific(text[name[0] : name[1]])
                yield Found((name[1] - len(bare), name[1]), honorific, post, None, None, None, a, b)
        return
    parts = []
    for a, b in split_top(text, start, end, ","):
        at = a + 4 if text.startswith("and ", a) else a
        cut = text.find(" and ", at, b)
        if cut >= 0 and names.is_name(names.strip_honorific(text[at:cut])[1]):
            parts += [(at, cut), (cut + 5, b)]
        else:
            parts.append((at, b))
    for a, b in parts:
        honorific, bare = names.strip_honorific(text[a:b])
        bare = re.sub(r" \([^()]*\)$", "", bare)
        if names.is_name(bare) or (honorific and names.is_family(bare)):
            at = text.index(bare, a)
            yield Found((at, at + len(bare)), honorific, None, None, None, None, a, b)


def _entry(text: str, start: int, stop: int, end: int, state: gazetteer.Match | None, group: gazetteer.Match | None) -> Found | None:
    """One "NAME, POST, OFFICE (STATE)[, on behalf of GROUP]"."""
    start, stop = trim(text, start, stop)
    parts = split_top(text, start, stop, ",")
    if not parts:
        return None
    a, b = parts[0]
    honorific, bare = names.strip_honorific(text[a:b])
    if not (names.is_name(bare) or (honorific and names.is_family(bare)) or names.is_full(bare)):
        return None
    rest = [text[p:q] for p, q in parts[1:]]
    position, organization = None, None
    if rest:
        posts = 1 if names.is_post(rest[0]) else 0
        position = rest[0] if posts else None
        organization = ", ".join(rest[posts:]) or None
    return Found((b - len(bare), b), honorific, position, organization, state, group, a, end)


def _to_comma(text: str, start: int, end: int) -> int:
    at = text.find(",", start, end)
    return end if at < 0 else at


def _past_comma(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " ,;":
        at += 1
    return at + 4 if text.startswith("and ", at) else at
