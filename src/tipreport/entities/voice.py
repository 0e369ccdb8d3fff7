"""Voices: who is reported to have said something, one a reporting clause.

Reports hide who spoke: "several speakers", "others", "it was noted". The phrase is kept and typed, never
counted. Printed forms: QUANTIFIER NOUN (also|further ...) (have|has|had) VERB; the verbs are those of
``data/reporting_verbs.csv`` but for the procedural ones. A quantifier inside the content of a speech ("a
number of countries") is no voice: it is not the subject of a reporting verb.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tipreport.data import split, table
from tipreport.gazetteer import Gazetteer
from tipreport.text import NUMBER_WORDS, sentences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUN = (
    "speakers?|delegations?|representatives?|participants?|panell?ists?|experts?|delegates?|States [Pp]arties|State [Pp]arty|[Mm]ember States?|"
    "States?|countr(?:y|ies)|[Pp]art(?:y|ies)|members?|observers?|Governments?|groups?(?: of Parties)?|intervenors?|Council members"
)
_COUNT = "|".join(word for word, value in NUMBER_WORDS.items() if value > 2)
# Words before a noun, in the order in which they are tried; the rank of a quantifier is in quantifiers.csv.
_WORDS = (
    ("none", r"[Nn]o|[Nn]one of the"),
    ("same", r"[Tt]he same|[Tt]hat"),
    ("another", r"(?:[Ss]till |[Yy]et )?[Aa]nother|[Aa]n additional"),
    ("one", r"[Oo]ne(?: of the)?|[Aa]n?"),
    ("two", r"[Tt]wo(?: other)?|[Bb]oth"),
    ("exact_number", rf"(?:[Aa] total of )?(?:{_COUNT}|{_COUNT.title()}|\d{{1,3}})(?: other)?"),
    ("few", r"(?:[Aa] )?[Ff]ew|[Aa] (?:small number|couple|handful) of"),
    ("most", r"[Mm]ost(?: of the)?|(?:[Aa]|[Tt]he) (?:vast |great |overwhelming )?majority of(?: the)?"),
    ("many", r"(?:[Mm]any|[Nn]umerous)(?: other)?(?: of the)?|[Aa] (?:large|great|significant|considerable) number of"),
    ("a_number_of", r"[Aa] number of(?: other)?|[Vv]arious|[Dd]ifferent|[Mm]ultiple|[Nn]umbers of"),
    ("several", r"[Ss]everal(?: other)?(?: of the)?"),
    ("other", r"(?:[Ss]till |[Yy]et |[Tt]he )?[Oo]thers?"),
    ("some", r"(?:[Ss]ome|[Cc]ertain)(?: other)?(?: of the)?"),
    ("all", r"[Aa]ll(?: of)?(?: the)?|[Ee]ach"),
)
_ALONE = {"another", "several", "other", "many", "some"}  # may stand without a noun
# Whole subjects.
_SUBJECTS = (
    ("same", r"[Tt]he (?:speaker|delegate)(?= )"),
    ("unquantified", r"(?:[Tt]he )?(?:[Ss]peakers|[Dd]elegations|[Pp]articipants|[Pp]anellists|Parties|[Rr]epresentatives|[Dd]elegates|[Ee]xperts|Member States|States [Pp]arties|Interventions)"),
    ("chair", r"[Tt]he (?:outgoing |incoming |additional )?(?:Co-|Vice-)?(?:Chairs?|Chairpersons?|Chairman|Chair-Rapporteur|Presidents?)(?: of the [A-Z][\w -]{2,60}?)?(?:, [^,]{3,60},)?|[Tt]he [A-Z]{2,6} Chair(?:, [^,]{3,60},)?"),
    ("secretariat", r"(?:[Tt]he|[Aa]) representative of (?:the [Ss]ecretariat|UNODC|the United Nations Office on Drugs and Crime|OHCHR)|[Tt]he (?:[Ss]ecretariat|Executive Secretary|Secretary)"),
    ("panellist", r"[Tt]he (?:first |second |third |fourth |fifth |last |other )?(?:panellist|panelist|moderator|keynote speaker|presenter)s?(?: from [A-Z][\w ]{2,40}?)?"),
    ("body", r"[Tt]he (?:[A-Z]{2,6}(?: and the [A-Z]{2,6})?|(?:Preparatory |Ad Hoc |Main )?(?:Working Group|Council|Committee|Commission|Conference|Assembly|Board|Bureau|Plenary)|Meeting|Group of Experts|Subsidiary Body|Human Rights Council)"),
    ("observer", r"[Tt]he observers? for (?:the )?[A-Z][^,.;:]{2,100}?(?:, [^,]{3,60},)?"),
    ("representative", r"(?:[Tt]he|[Aa]) representatives? of (?:the )?[A-Z][^.;:]{2,100}?"),
    ("person", r"(?:Mr|Ms|Mrs|Dr|H\.E)\. (?:[A-Z\u00c0-\u00de\u0100-\u017f][\w\u2019'-]+|de|da|van|von|al|bin|la|del|dos)(?: (?:[A-Z\u00c0-\u00de\u0100-\u017f][\w\u2019'-]+|de|da|van|von|al|bin|la|del|dos)){0,4}(?: \([^()]{3,60}\))?"),
    ("pronoun", r"She|He"),
    ("state", r"[Tt]he (?:Party|State (?:party|Party|under review|concerned))"),
    ("delegation", r"[Tt]he (?:head of the )?delegation(?: of (?:the )?[A-Z][\w ]{2,50}?)?"),
)  # fmt: skip
_ADVERBS = r"(?:(?:also|further|however|then|again|therefore|too|nevertheless|furthermore|moreover|specifically|particularly|clearly|strongly|briefly|finally|equally|once again|in particular|in addition|likewise|similarly|subsequently|once more|additionally|[a-z]{3,12}ly),? ){0,3}"
_IMPERSONAL = (
    r"(?P<impersonal>[Ii]t (?:was|has been) (?:also |further |generally |widely |additionally |repeatedly )?(?P<iv>[a-z]+)(?! by\b)"
    r"|(?:[Tt]he|[Aa]) (?:\w+ )?(?:view|point|hope|opinion|concern|question|suggestion|observation|need|wish)s? (?:was|were) (?:also |further )?(?P<iv2>expressed|made|raised|stressed|voiced|mentioned|put forward)"
    r"|(?:[Cc]oncerns?|[Aa]ppreciation|[Ss]atisfaction|[Ss]upport|[Gg]ratitude|[Rr]egret|[Hh]ope|[Dd]oubts?|[Cc]aution) (?:was|were) (?:also |further |widely )?(?P<iv3>expressed|voiced|raised)"
    r"|(?:[Rr]eference|[Mm]ention) was (?:also |further )?(?P<iv4>made)|[Aa]ttention was (?:also |further )?(?P<iv5>drawn)|[Ee]mphasis was (?:also |further )?(?P<iv6>placed))"
)
_CONSENSUS = r"(?P<consensus>[Tt]here was (?:a )?(?:general |broad |wide |overall )?(?:agreement|consensus)|[Ii]t was (?:generally |broadly )?(?P<cv>agreed))"
_STATED = ("iv2", "iv3", "iv4", "iv5", "iv6")  # groups of the forms that say "expressed", "made", ...
_SINGULAR = {"one", "another", "same", "chair", "secretariat", "representative", "person", "delegation", "observer"}


class Found(NamedTuple):
    """A voice: ``start:end`` is the reporting clause, ``subject`` its grammatical subject."""

    quantifier: str
    noun: str | None
    verb: str
    start: int
    end: int


EXAMPLES = {
    "Chad noted the progress made.": [("state", "Chad", "noted")],
    "Several speakers highlighted the need for training.": [("several", "speakers", "highlighted")],
    "Others have noted the challenges.": [("other", "Others", "noted")],
    "Speakers also elaborated on the impact.": [("unquantified", "Speakers", "elaborated")],
    "In the discussion that followed, many speakers outlined their efforts.": [("many", "speakers", "outlined")],
    "It was noted that the list was long.": [("impersonal", None, "noted")],
    "The Chair welcomed the consensus.": [("chair", "Chair", "welcomed")],
}
COUNTEREXAMPLES = [
    "cooperation between Paraguay and a number of countries, including Spain",
    "two speakers from the floor",
    "States should ensure that",
    "The Chair declared the meeting open.",
]


@cache
def _verbs() -> dict[str, tuple[str, ...]]:
    """The first word of every reporting verb in the past tense, with what must follow ("" for nothing)."""
    forms: dict[str, set[str]] = {}
    for row in table("reporting_verbs"):
        if row["class"] == "procedural":
            continue
        for form in split(row["forms"]):
            first, _, rest = form.removeprefix("have ").removeprefix("has ").partition(" ")
            if not first.endswith("ing"):
                forms.setdefault(first, set()).add(rest)
    return {first: tuple(sorted(rests)) for first, rests in forms.items()}


@cache
def _after_subject() -> str:
    """What follows a subject that reports: adverbs, an auxiliary, the first word of a reporting verb."""
    verbs = "|".join(sorted(_verbs(), key=len, reverse=True))
    return rf",? {_ADVERBS}(?:(?:have|has|had) {_ADVERBS})?(?P<verb>{verbs})(?![\w-])"


@cache
def _pattern() -> re.Pattern[str]:
    bound = "|".join(f"(?P<{name}_words>{form})" for name, form in _WORDS if name not in _ALONE)
    free = "|".join(f"(?P<{name}_words>{form})" for name, form in _WORDS if name in _ALONE)
    words = rf"(?:{bound}) (?P<noun>{_NOUN})|(?:{free})(?: (?P<other_noun>{_NOUN}))?"
    subjects = "|".join(f"(?P<{name}>{form})" for name, form in _SUBJECTS)
    return re.compile(rf"{_IMPERSONAL}|{_CONSENSUS}|(?:{subjects}|{words}){_after_subject()}")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(_after_subject())


# "declared the session open" is an act of the meeting, nothing that was said.
_OPENED = re.compile(r" (?:open|closed)\b| (?:the |its )?(?:[\w-]+ ){0,6}(?:open|closed)(?=[.,;]|$)")


def _reports(text: str, verb: str, end: int) -> bool:
    """Whether a word, with what follows it, is a reporting verb."""
    rests = _verbs().get(verb)
    if verb == "declared" and _OPENED.match(text, end):
        return False
    return rests is not None and any(text.startswith(rest, end + 1) or not rest for rest in rests)


def find(text: str, folded: str, names: Gazetteer) -> Iterator[Found]:
    """The voices of a reading text, in order. A pronoun takes up the voice before it.

    ``folded`` is ``gazetteer.fold(text)``; ``names`` knows the States and organizations that open a sentence.
    """
    last = ""
    for start, end in sentences(text):
        found = list(_clauses(text, start, end))
        if not found:
            named = _named(text, folded, start, end, names)
            if named:
                last = named.quantifier
                yield named
            continue
        for i, (match, quantifier, noun, verb) in enumerate(found):
            stop = found[i + 1][0].start() if i + 1 < len(found) else end
            stop = match.end() + len(text[match.end() : stop].rstrip(" ,;"))
            if quantifier == "pronoun":
                if last not in _SINGULAR | {"panellist"}:
                    continue
                quantifier = last
            last = quantifier
            yield Found(
                {"observer": "organization", "delegation": "representative"}.get(quantifier, quantifier), noun, verb, match.start(), stop
            )


def _named(text: str, folded: str, start: int, end: int, names: Gazetteer) -> Found | None:
    """A State, organization or group that opens a sentence and reports: "Chad noted ..."."""
    at = start + 4 if text.startswith("The ", start) else start
    known = names.at(folded, at)
    if known is None or known.entry.kind == "instrument":
        return None
    tail = _tail().match(text, known.end, end)
    if tail is None or not _reports(text, tail["verb"], tail.end("verb")):
        return None
    stop = tail.end() + len(text[tail.end() : end].rstrip(" ,;"))
    return Found(known.entry.kind, text[known.start : known.end], tail["verb"], start, stop)


_FIRST = re.compile(r"[^\W_]+")
# The first words of all subjects: nothing else needs a closer look.
_OPENERS = frozenset(
    f"no none the that still yet another an a one two both {_COUNT.replace('|', ' ')} few most many numerous various different multiple numbers "
    "several other others some certain all each speakers delegations participants panellists parties representatives delegates experts member "
    "states interventions mr ms mrs dr h she he it there concern concerns appreciation satisfaction support gratitude regret hope doubt doubts "
    "caution reference mention attention emphasis".split()
)


# Behind these a clause may begin, and its subject with it.
_LINK = re.compile(
    r"[,;:\u2014\u2013] (?:(?:and|while|whereas|but|although|though|because|as|since|when) )?|[(\[]|\b(?:and|while|whereas|but|although|though|because|as|since|when) "
)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], str, str | None, str]]:
    """The reporting clauses of a sentence: a subject is looked for only where a clause may begin."""
    pattern = _pattern()
    at = start
    for begin in (start, *(link.end() for link in _LINK.finditer(text, start, end))):
        word = _FIRST.match(text, begin)
        if begin < at or word is None or (word.group().lower() not in _OPENERS and not word.group().isdigit()):
            continue
        match = pattern.match(text, begin, end)
        read = _read(text, match) if match else None
        if match and read:
            yield match, *read
            at = match.end()


def _read(text: str, match: re.Match[str]) -> tuple[str, str | None, str] | None:
    """Quantifier, noun and verb of a match; None where its verb reports nothing."""
    if match["impersonal"]:
        stated = next((match[group] for group in _STATED if match[group]), None)
        verb = stated or match["iv"]
        return ("impersonal", None, verb) if stated or "" in _verbs().get(verb, ()) else None
    if match["consensus"]:
        return "all", None, match["cv"] or "agreed"
    if not _reports(text, match["verb"], match.end("verb")):
        return None
    for name, _ in _SUBJECTS:
        if match[name]:
            return name, _noun(name, match[name]), match["verb"]
    name = next(name for name, _ in _WORDS if match[f"{name}_words"])
    word = match[f"{name}_words"]
    noun = match["noun"] or match["other_noun"]
    if name == "other" and word.endswith("s") is (noun is not None):  # "others noted", "other speakers noted"
        return None
    return name, noun or (word.split()[-1] if name == "other" else None), match["verb"]


def _noun(name: str, phrase: str) -> str:
    if name in {"chair", "secretariat", "body", "panellist", "delegation"}:
        return re.sub(r"^(?:[Tt]he|[Aa]) |,.*$", "", phrase)
    if name in {"person", "representative", "observer", "pronoun"}:
        return re.sub(r"^[Tt]he ", "", phrase)
    return phrase.removeprefix("The ").removeprefix("the ")
