"""Lists of speakers and of those represented, panellists, voices and references, as reports of the United Nations word them.

A list of speakers for each item is the official record of who spoke (Editorial Manual, "Reports of intergovernmental and
expert bodies"), in the English alphabetical order of the official names. Only what is known is said: no item, no "Under
agenda item"; no instrument, no "to the ...". The names are the official ones; where the report prints another form, or
another order, a remark says so.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tipreport.assemble.cite import day
from tipreport.data import table
from tipreport.folding import folded
from tipreport.model import Decision, Named, Organization, Panellist, Reference, SpeakingState, Statement, Voice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Capacity: one, several; whether they are represented (else: observers).
_CAPACITIES = {
    "party": ("party", "parties", True),
    "signatory": ("signatory State", "signatory States", True),
    "member": ("State member", "States members", True),
    "observer_state": ("observer State", "observer States", True),
    "un_entity": ("United Nations entity", "United Nations entities", False),
    "specialized_agency": ("specialized agency", "specialized agencies", False),
    "igo": ("intergovernmental organization", "intergovernmental organizations", False),
    "ngo": ("non-governmental organization", "non-governmental organizations", False),
    "nhri": ("national human rights institution", "national human rights institutions", False),
    "constituency": ("constituency", "constituencies", False),
}
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Told(NamedTuple):
    """A list in words: the sentence to paste, and what a reader should know of it."""

    sentence: str
    remarks: tuple[str, ...]


class _Name(NamedTuple):
    official: str
    shown: str
    printed: str
    tail: bool


def dates(start: str | None, end: str | None) -> str | None:
    """The dates of a meeting as a masthead has them: ``9–11 March 2021``; None where they are unknown."""
    if not start and not end:
        return None
    if not start or not end or start == end:
        return day(start or end or "")
    (first, month, year), (last, other, after) = day(start).split(" "), day(end).split(" ")
    if year != after:
        return f"{first} {month} {year}–{last} {other} {after}"
    if month != other:
        return f"{first} {month}–{last} {other} {year}"
    return f"{first}{' and ' if int(last) == int(first) + 1 else '–'}{last} {month} {year}"


def series(words: Sequence[str]) -> str:
    """Words in a row: ``2, 3 and 4``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def items(numbers: Sequence[str]) -> str:
    """``agenda items 2 and 3``."""
    return f"agenda item{'s' * (len(numbers) != 1)} {series(numbers)}"


def statement(one: Statement, *, inherited: bool = False) -> Told:
    """A list of speakers: ``Under agenda items 2 and 3, statements were made by representatives of the following parties ...``.

    ``inherited``: its agenda items are not printed with it but carried over; then they are told beside it.
    """
    names, order = _ordered(_names(one))
    alone = len(names) == 1 or (not names and one.count == 1)
    made = "a statement was made" if alone else "statements were made"
    text = f"{made} {_speakers(one, names, alone=alone)}."
    remarks = _remarks(one, names, order)
    if one.agenda_items and inherited:
        remarks = (*remarks, f"A{items(one.agenda_items)[1:]}, carried over from a paragraph before.")
    elif one.agenda_items:
        text = f"Under {items(one.agenda_items)}, {text}"
    return Told(text[0].upper() + text[1:], remarks)


def attendance(one: Statement) -> Told:
    """A list of those represented: ``The following parties to the Protocol were represented: ...``."""
    if one.persons and not (one.states or one.organizations or one.groups):
        # A delegation is listed in its own order, its head first.
        return Told(f"The following attended: {', '.join(person.as_printed for person in one.persons)}.", _remarks(one, (), None))
    names, order = _ordered(_names(one))
    alone = len(names) == 1
    noun, represented = _noun(one, alone=alone or (not names and one.count == 1))
    how = "was" if alone or (not names and one.count == 1) else "were"
    verb = f"{how} represented{'' if represented else ' by observers'}"
    if names:
        listed = ", ".join(name.shown for name in names)
        text = f"The following {noun} {verb}: {listed}." if noun else f"The following {verb}: {listed}."
    else:
        text = (
            f"{_number(one.count).capitalize()} {noun or 'participants'} {verb}."
            if one.count is not None
            else f"{noun.capitalize()} {verb}."
        )
    return Told(text, _remarks(one, names, order))


def _noun(one: Statement, *, alone: bool) -> tuple[str, bool]:
    """What those of a list are called, and whether they are representatives."""
    known = _CAPACITIES.get(one.capacity)
    if known is None:
        return "", False
    noun = known[0] if alone else known[1]
    return (f"{noun} to the {one.instrument}" if one.instrument else noun), known[2]


def _speakers(one: Statement, names: Sequence[_Name], *, alone: bool) -> str:
    noun, represented = _noun(one, alone=alone)
    listed = ", ".join(name.shown for name in names)
    behalf = represented and bool(one.groups)
    groups = ", ".join(group.name for group in one.groups) if behalf else ""
    following = f"the following {noun}" if noun else "the following"
    if one.capacity == "constituency":
        lead = "on behalf of"
    elif represented:
        lead = "by the representative of" if alone else "by representatives of"
    elif one.capacity == "other":
        lead = "by"
    elif one.capacity == "observer":
        lead, following = "by", "the following observer" if alone else "the following observers"
    else:
        lead = "by the observer for" if alone else "by the observers for"
    if names:
        return f"{lead} {following}: {listed}" + (f"; including on behalf of: {groups}" if behalf else "")
    if one.count is not None:
        counted = f"{lead} {_number(one.count)} {noun or ('speaker' if alone else 'speakers')}"
        return counted + (f", including on behalf of: {groups}" if behalf else "")
    if behalf:
        return f"on behalf of: {groups}"
    return f"{lead} {noun}" if noun else f"{lead} speakers who are not named"


def _number(count: int | None) -> str:
    return _WORDS[count] if count is not None and 0 <= count < len(_WORDS) else str(count)


def _names(one: Statement) -> list[_Name]:
    """All names of a list in the order in which they are printed."""
    groups = () if _noun(one, alone=False)[1] else one.groups
    held: list[SpeakingState | Organization | Named] = [*one.states, *one.organizations, *groups, *one.persons]
    if all(thing.spans for thing in held):
        held.sort(key=lambda thing: thing.spans[0].start)
    return [_name(thing) for thing in held]


def _name(thing: SpeakingState | Organization | Named) -> _Name:
    official = _curly(thing.name)
    shown, tail = official, False
    if isinstance(thing, SpeakingState):
        tail = thing.id in _tail()
        if thing.on_behalf_of:
            shown += f" (on behalf of {_with_article(thing.on_behalf_of)})"
        if thing.also_on_behalf_of:
            shown += f" (also on behalf of {series([_with_article(other) for other in thing.also_on_behalf_of])})"
    return _Name(official, shown, _curly(thing.as_printed), tail)


def _curly(name: str) -> str:
    """A name with the apostrophe of printed documents, whichever a table or a converter has."""
    return _APOSTROPHE.sub("\u2019", name)


def _with_article(thing: Named) -> str:
    """A name in running text: ``the Bahamas``, ``the Group of African States``."""
    return _articles().get(
        thing.name, f"the {thing.name}" if thing.name.startswith(("Group of", "Alliance of", "Movement of")) else thing.name
    )


@cache
def _articles() -> dict[str, str]:
    return {row["name"]: row["text_form"] for row in table("states") if row["text_form"].startswith("the ")}


@cache
def _tail() -> frozenset[str]:
    """Those that are no member States: lists may have them at the end (Holy See, State of Palestine, European Union)."""
    return frozenset(row["id"] for row in table("states") if row["status"] != "member")


def _ordered(names: list[_Name]) -> tuple[list[_Name], tuple[_Name, _Name] | None]:
    """Names in the English alphabetical order, and the first two that are printed the other way round."""
    end = len(names)
    while end and names[end - 1].tail:
        end -= 1
    body = names[:end]
    if _broken(names) is None:
        return names, None
    wrong = _broken(body)
    if wrong is None:
        return names, None
    return [*sorted(body, key=_key), *names[end:]], wrong


def _broken(names: Sequence[_Name]) -> tuple[_Name, _Name] | None:
    return next(((one, other) for one, other in pairwise(names) if _key(one) > _key(other)), None)


def _key(name: _Name) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in folded(name.official)).replace("  ", " ")


def _remarks(one: Statement, names: Sequence[_Name], wrong: tuple[_Name, _Name] | None) -> tuple[str, ...]:
    out = [f"Paragraph {one.paragraph}."] if one.paragraph else []
    if wrong is not None:
        first, second = (name.printed for name in wrong)
        out.append(f"Order: put in English alphabetical order here ({len(names)}); printed: {first} before {second}.")
    elif len(names) > 1:
        out.append(f"Order: English alphabetical, as printed ({len(names)}).")
    other = [f"{name.printed} for {name.official}" for name in names if name.printed not in {name.official, name.shown}]
    if other:
        out.append(f"Printed otherwise: {'; '.join(other)}.")
    if one.count is not None and names and one.count != len(names):
        out.append(f"The report counts {one.count}; {len(names)} named here.")
    return tuple(out)


# Other objects ------------------------------------------------------------------------------------------------


PANELLISTS = ("Name", "Post", "State", "On behalf of", "Agenda items", "Paragraphs")


def panellist(one: Panellist) -> tuple[str, ...]:
    """A panellist as the cells of a row under ``PANELLISTS``."""
    return (
        " ".join(filter(None, (one.honorific, one.name))),
        ", ".join(filter(None, (one.position, one.organization))),
        one.state.name if one.state else "",
        one.on_behalf_of.name if one.on_behalf_of else "",
        ", ".join(one.agenda_items),
        ", ".join(one.paragraphs),
    )


def introduced(one: Panellist) -> str:
    """A panellist as reports introduce one: ``NAME, POST, OFFICE (State), on behalf of the Group of African States``."""
    name, post, state, _, _, _ = panellist(one)
    told = ", ".join(filter(None, (name, post))) + (f" ({state})" if state else "")
    return told + (f", on behalf of {_with_article(one.on_behalf_of)}" if one.on_behalf_of else "")


def voice(one: Voice) -> str:
    """Who is reported to have spoken and how, with the clause: ``many speakers highlighted: ...``."""
    who = (
        one.quantifier.replace("_", " ")
        if one.noun is None
        else one.noun
        if one.quantifier == "unquantified"
        else f"{one.quantifier.replace('_', ' ')} {one.noun}"
    )
    return f"{who} {one.verb}: {one.text}"


def reference(one: Reference) -> str:
    """What is referred to, and the form printed where it is another one."""
    return one.target if one.as_printed == one.target else f"{one.target} ({one.as_printed})"


def decision(one: Decision) -> str:
    """A decision or resolution by its number and title."""
    return f"{one.number}. {one.title}" if one.title else one.number
