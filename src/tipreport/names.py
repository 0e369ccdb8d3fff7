"""Names of persons, posts and family names: the document is its own evidence.

No name library reads UN lists right ("Carina S\u00e1nchez Fern\u00e1ndez" has two family names; "Ms. S\u00e1nchez
Fern\u00e1ndez" is she). So a name is a run of capitalized words and particles, and a later "Ms. X" is the
person introduced before whose full name ends in X.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import regex

from tipreport.data import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = r"(?>(?:\p{Lu}\.){1,8}|\p{Lu}[\p{L}\u2019'-]{0,40})"
_PARTICLE = r"(?:de|da|do|dos|das|del|della|di|du|la|le|van|von|der|den|ter|bin|bint|ibn|al|el|ben|e|y|i|af|av|zu|mac|ould|M\u2019|d\u2019)"
NAME = rf"{_WORD}(?:[ -](?:(?:{_PARTICLE}|al-|el-)[ -]?){{0,4}}{_WORD}){{1,6}}"
FAMILY = rf"(?:(?:{_PARTICLE}|al-|el-)[ -]?){{0,4}}{_WORD}(?:[ -](?:(?:{_PARTICLE}|al-|el-)[ -]?){{0,4}}{_WORD}){{0,4}}"

# A word that shows that a part of an entry is a post, not a name or an office.
_POSTS = (
    "Adviser|Advisor|Ambassador|Analyst|Assistant|Associate|Attach\u00e9|Attorney|Authority|Chair|Chairperson|Chairman|Chief|Commander|"
    "Commissioner|Consul|Consultant|Coordinator|Counsel|Counsellor|Councillor|Delegate|Deputy|Detective|Director|Director-General|Envoy|Executive|"
    "Expert|Fellow|Founder|Governor|Head|High|Inspector|Inspector-General|Investigator|Judge|Justice|Lawyer|Leader|Lecturer|Magistrate|"
    "Manager|Member|Minister|National|Officer|Ombudsman|Ombudsperson|President|Principal|Professor|Prosecutor|Rapporteur|Registrar|Representative|"
    "Researcher|Secretary|Secretary-General|Senator|Senior|Special|Specialist|Spokesperson|Superintendent|Supervisor|Trainer|Undersecretary|Under-Secretary|"
    "Under-Secretary-General|Vice-Chair|Vice-Minister|Vice-President|Victim|Advocate|Barrister|Solicitor|Director|Editor|Journalist|Author|Activist|Survivor|Scientist|Economist"
)
_HEADS = re.compile(
    r"\b(?:Advis[eo]r|Ambassador|Analyst|Assistant|Associate|Attach\u00e9|Attorney|Chair(?:person|man)?|Chief|Commander|Commissioner|Consul|Consultant|"
    r"Coordinator|Counsel|Counsellor|Councillor|Delegate|Detective|Director(?:-General)?|Envoy|Expert|Fellow|Founder|Governor|Head|Inspector(?:-General)?|"
    r"Investigator|Judge|Justice|Lawyer|Leader|Lecturer|Magistrate|Manager|Member|Minister|Officer|Ombuds(?:man|person)|President|Professor|"
    r"Prosecutor(?:-General)?|Rapporteur|Registrar|Representative|Researcher|Secretary(?:-General)?|Senator|Specialist|Spokesperson|Superintendent|"
    r"Supervisor|Undersecretary|Under-Secretary(?:-General)?|Vice-[A-Z]\w+|Advocate|Barrister|Solicitor|Editor|Journalist|Activist|Scientist|Economist|Teacher|Trainer)s?\b"
)
_NOT_A_NAME = re.compile(
    r"\b(?:Nations|Council|Committee|Commission|Organization|Office|Group|Ministry|Department|University|Institute|Association|Protocol|Convention|"
    r"States?|Government|Unit|Division|Agency|Court|Centre|Center|Foundation|Network|Rights|Republic|Union|Bank|Fund|Programme|Section|Service|Board|Bureau|Police|Party|Parties|"
    r"Representatives?|Observers?|Members?|International|National|European|African|Federation|Society|Agenda|Chair|Secretariat|Report|Affairs|Development|Justice|Kingdom|General|Mission|"
    r"Authority|Desk|Protection|Directorate|Inspection|Inspectorate|Prosecutions?|Security|Crime|Labour|Migration|Administration|Customs|Border|Immigration|Interior|Human|Trafficking|Force|Initiative|Project|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


@cache
def _honorific() -> str:
    forms = sorted({row["form"] for row in table("honorifics") if row["class"] == "honorific"}, key=len, reverse=True)
    safe = [form for form in forms if form not in {"General", "Justice", "Judge", "Lord", "Ambassador", "Colonel"}]
    return "|".join(re.escape(form) for form in safe)


@cache
def _first_words() -> tuple[str, ...]:
    """The first words of all honorifics: a text without any of them needs no closer look."""
    return tuple(sorted({form.replace("\\", "").split(" ")[0] + " " for form in _honorific().split("|")}))


@cache
def honorific() -> re.Pattern[str]:
    """A pattern for honorifics at the beginning of a name, "H.E. Ms." included."""
    return re.compile(rf"(?:(?:{_honorific()}) ){{1,6}}")


@cache
def _family() -> regex.Pattern[str]:
    return regex.compile(FAMILY)


class Titled(NamedTuple):
    """An honorific with the name behind it: ``start:end`` holds both, ``name`` begins at ``at``."""

    start: int
    at: int
    end: int
    honorific: str
    name: str


def titled(text: str) -> Iterator[Titled]:
    """Honorifics with the names behind them, left to right."""
    starts = sorted(start for word in _first_words() if word in text for start in _places(text, word))
    at = 0
    for start in starts:
        found = honorific().match(text, start) if start >= at else None
        if found is None or (found.start() and (text[found.start() - 1].isalnum() or text[found.start() - 1] in ".-")):
            continue
        name = _family().match(text, found.end())
        if name:
            at = name.end()
            yield Titled(found.start(), found.end(), at, found.group().strip(), name.group())


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word stands."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


@cache
def before_bracket() -> regex.Pattern[str]:
    """A pattern for a full name before a bracket that may hold a State: "co-facilitated by NAME (STATE)"."""
    return regex.compile(rf"(?<![\w.-])(?P<name>{NAME}) \((?=\p{{Lu}}|the )")


@cache
def _name() -> regex.Pattern[str]:
    return regex.compile(rf"{NAME}(?: \([\p{{L}} ]+\))?$")


def is_name(text: str) -> bool:
    """Whether a text reads as a full name of a person."""
    return len(text) < 70 and bool(_name().match(text)) and not _NOT_A_NAME.search(text) and not is_post(text) and not _holds_acronym(text)


def is_body(text: str) -> bool:
    """Whether what stands behind an honorific names a body or treaty ("Imam Ali's Relief Society")."""
    return " " in text and bool(_NOT_A_NAME.search(text))


def _holds_acronym(text: str) -> bool:
    """Whether a word is an acronym ("Ratify ICRMW"); a name in capitals throughout holds none."""
    words = text.split()
    return any(word.isupper() and len(word) > 3 for word in words) and not all(word.isupper() for word in words)


def is_full(text: str) -> bool:
    """Whether a text has the shape of a full name, whatever its words mean."""
    return bool(_name().match(text))


def is_family(text: str) -> bool:
    """Whether a text reads as a family name, of one or more words."""
    return bool(_family().fullmatch(text))


def is_post(text: str) -> bool:
    """Whether a text names a post ("Senior Policy Advisor")."""
    return bool(_HEADS.search(text))


def full_at(text: str, at: int) -> tuple[int, int] | None:
    """The range of the full name that begins at a place, without its honorific."""
    found = honorific().match(text, at)
    start = found.end() if found else at
    name = _leading().match(text, start)
    return name.span() if name else None


@cache
def _leading() -> regex.Pattern[str]:
    return regex.compile(NAME)


def strip_honorific(text: str) -> tuple[str | None, str]:
    """The honorific of a name, if it has one, and the name without it."""
    found = honorific().match(text)
    if not found:
        return None, text
    return found.group().strip(), text[found.end() :]


def same_person(full: str, part: str) -> bool:
    """Whether ``part`` ("S\u00e1nchez Fern\u00e1ndez") names the person of the full name."""
    a, b = full.casefold(), part.casefold()
    return a == b or a.endswith((f" {b}", f"-{b}"))
