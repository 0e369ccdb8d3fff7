"""Voices: who is reported to have said something, one a reporting clause.

Reports hide who spoke: "several speakers", "others", "it was noted". The phrase is kept and typed, never
counted. Printed forms: QUANTIFIER NOUN (also|further ...) (have|has|had) VERB; the verbs are those of
``data/reporting_verbs.csv`` but for the procedural ones. A quantifier inside the content of a speech ("a
number of countries") is no voice: it is not the subject of a reporting verb.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from tipreport.data import split, table
from tipreport.text import sentences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUN_ONE = "speaker|delegation|representative|participant|panellist|panelist|expert|delegate|State|country|Party|member|observer|group|intervenor|State party|State Party|member State|Member State"
_NOUN_MANY = (
    "speakers|delegations|representatives|participants|panellists|panelists|experts|delegates|States [Pp]arties|[Mm]ember States|States|countries|"
    "Parties|parties|members|observers|Governments|groups|intervenors|Council members|groups of Parties"
)
_COUNT = (
    "three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|\\d{1,3}"
)
_COUNT_TITLE = "|".join(word.title() for word in _COUNT.split("|")[:-1])
# In the order in which they are tried; the first that fits decides.
_SUBJECTS = (
    ("none", rf"(?:[Nn]o (?:{_NOUN_ONE})|[Nn]one of the (?:{_NOUN_MANY}))"),
    ("same", r"(?:[Tt]he same (?:speaker|delegation|representative|panellist)|[Tt]hat (?:speaker|delegation)|[Tt]he (?:speaker|delegate))"),
    ("another", rf"(?:(?:[Aa]nother|[Aa]n additional|[Yy]et another|[Ss]till another)(?: (?:{_NOUN_ONE}))?)"),
    ("one", rf"(?:(?:[Oo]ne|[Aa]n?)(?: of the)? (?:{_NOUN_ONE})|[Oo]ne of the (?:{_NOUN_MANY}))"),
    ("two", rf"(?:(?:[Tt]wo|[Bb]oth)(?: other)?(?: (?:{_NOUN_MANY})))"),
    ("exact_number", rf"(?:(?:[Aa] total of )?(?:{_COUNT}|{_COUNT_TITLE})(?: other)? (?:{_NOUN_MANY}))"),
    ("few", rf"(?:(?:[Aa] )?[Ff]ew (?:{_NOUN_MANY})|[Aa] (?:small number|couple|handful) of (?:{_NOUN_MANY}))"),
    ("most", rf"(?:[Mm]ost(?: of the)?(?: (?:{_NOUN_MANY}))|(?:[Aa]|[Tt]he) (?:vast |great |overwhelming )?majority of(?: the)? (?:{_NOUN_MANY}))"),
    ("many", rf"(?:(?:[Mm]any|[Nn]umerous)(?: other)?(?: of the)? (?:{_NOUN_MANY})|[Mm]any(?= (?:also |further )?(?:noted|stressed|highlighted|emphasized|expressed|underlined))|[Aa] (?:large|great|significant|considerable) number of (?:{_NOUN_MANY}))"),
    ("a_number_of", rf"(?:(?:[Aa] number of(?: other)?|[Vv]arious|[Dd]ifferent|[Mm]ultiple|[Nn]umbers of) (?:{_NOUN_MANY}))"),
    ("several", rf"(?:[Ss]everal(?: other)?(?: of the)?(?: (?:{_NOUN_MANY}))?)"),
    ("other", rf"(?:(?:[Ss]till |[Yy]et )?[Oo]thers|(?:[Ss]till |[Yy]et |[Tt]he )?[Oo]ther (?:{_NOUN_MANY}))"),
    ("some", rf"(?:(?:[Ss]ome|[Cc]ertain)(?: other)?(?: of the)? (?:{_NOUN_MANY})|[Ss]ome(?= (?:also |further )?(?:noted|stressed|highlighted|emphasized|expressed|suggested|felt|considered|were of)))"),
    ("all", rf"(?:[Aa]ll(?: of)?(?: the)? (?:{_NOUN_MANY})|[Ee]ach (?:speaker|delegation))"),
    ("unquantified", r"(?:(?:[Tt]he )?(?:speakers|Speakers|delegations|Delegations|participants|Participants|panellists|Panellists|Parties|Representatives|representatives|Delegates|delegates|Experts|experts|Member States|States [Pp]arties|Interventions))"),
    ("chair", r"(?:[Tt]he (?:outgoing |incoming |additional )?(?:Co-|Vice-)?(?:Chairs?|Chairpersons?|Chairman|Chair-Rapporteur|President|Presidents)(?: of the [A-Z][\w -]{2,60}?)?(?:, [^,]{3,60},)?|[Tt]he [A-Z]{2,6} Chair(?:, [^,]{3,60},)?)"),
    ("secretariat", r"(?:(?:[Tt]he|[Aa]) representative of the [Ss]ecretariat|[Tt]he [Ss]ecretariat|[Tt]he Executive Secretary|[Tt]he Secretary|(?:[Tt]he|[Aa]) representative of (?:UNODC|the United Nations Office on Drugs and Crime|OHCHR))"),
    ("panellist", r"(?:[Tt]he (?:first |second |third |fourth |fifth |last |other )?(?:panellist|panelist|moderator|keynote speaker|presenter)s?(?: from [A-Z][\w ]{2,40}?)?)"),
    ("body", r"(?:[Tt]he (?:[A-Z]{2,6}(?: and the [A-Z]{2,6})?|Working Group|Council|Committee|Commission|Conference|Meeting|meeting|Assembly|Board|Bureau|Group of Experts|Subsidiary Body|Human Rights Council|Plenary|Preparatory Committee|Preparatory Commission))"),
    ("observer", r"(?:[Tt]he observers? for (?:the )?[A-Z][^,.;:]{2,100}?(?:, [^,]{3,60},)?)"),
    ("representative", r"(?:(?:[Tt]he|[Aa]) representatives? of (?:the )?[A-Z][^.;:]{2,100}?)"),
    ("person", r"(?:(?:Mr|Ms|Mrs|Dr|H\.E)\. (?:[\p{Lu}][\p{L}\u2019'-]+|de|da|van|von|al|bin|la|del|dos)(?: (?:[\p{Lu}][\p{L}\u2019'-]+|de|da|van|von|al|bin|la|del|dos)){0,4}(?: \([^()]{3,60}\))?)"),
    ("pronoun", r"(?:She|He)"),
    ("delegation", r"(?:[Tt]he (?:head of the )?delegation(?: of (?:the )?[A-Z][\w ]{2,50}?)?)"),
)  # fmt: skip
_ADVERBS = r"(?:(?:also|further|however|then|again|therefore|too|nevertheless|furthermore|moreover|specifically|particularly|clearly|strongly|briefly|finally|equally|once again|in particular|in addition|likewise|similarly|subsequently|once more|additionally|[a-z]{3,12}ly),? ){0,3}"
_IMPERSONAL = (
    r"(?P<impersonal>[Ii]t (?:was|has been) (?:also |further |generally |widely |additionally |repeatedly )?(?P<iv>{verbs})(?! by\b)"
    r"|(?:[Tt]he|[Aa]) (?:\w+ )?(?:view|point|hope|opinion|concern|question|suggestion|observation|need|wish)s? (?:was|were) (?:also |further )?(?P<iv>expressed|made|raised|stressed|voiced|mentioned|put forward)"
    r"|(?:[Cc]oncerns?|[Aa]ppreciation|[Ss]atisfaction|[Ss]upport|[Gg]ratitude|[Rr]egret|[Hh]ope|[Dd]oubts?|[Cc]aution) (?:was|were) (?:also |further |widely )?(?P<iv>expressed|voiced|raised)"
    r"|(?:[Rr]eference|[Mm]ention) was (?:also |further )?(?P<iv>made)|[Aa]ttention was (?:also |further )?(?P<iv>drawn)|[Ee]mphasis was (?:also |further )?(?P<iv>placed))"
)
_CONSENSUS = r"(?P<consensus>[Tt]here was (?:a )?(?:general |broad |wide |overall )?(?:agreement|consensus)|[Ii]t was (?:generally |broadly )?(?P<cv>agreed))"
_SINGULAR = {"one", "another", "same", "chair", "secretariat", "representative", "person", "delegation", "observer"}


class Found(NamedTuple):
    """A voice: ``start:end`` is the reporting clause, ``subject`` its grammatical subject."""

    quantifier: str
    noun: str | None
    verb: str
    start: int
    end: int


EXAMPLES = {
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
]


@cache
def _verbs() -> str:
    forms: set[str] = set()
    for row in table("reporting_verbs"):
        if row["class"] != "procedural":
            forms |= {form for form in split(row["forms"]) if not form.endswith("ing")}
    bare = {form.removeprefix("have ").removeprefix("has ") for form in forms}
    return "|".join(regex.escape(form) for form in sorted(bare, key=len, reverse=True))


@cache
def _pattern() -> regex.Pattern[str]:
    verbs = _verbs()
    single = "|".join(sorted((v for v in verbs.split("|") if "\\ " not in v), key=len, reverse=True))
    subjects = "|".join(f"(?P<{name}>{form})" for name, form in _SUBJECTS)
    return regex.compile(
        rf"(?<![\w-])(?:{_IMPERSONAL.format(verbs=single)}|{_CONSENSUS}|(?:{subjects}),? {_ADVERBS}(?:(?:have|has|had) {_ADVERBS})?(?P<verb>{verbs})(?!\w))"
    )


@cache
def _gate() -> regex.Pattern[str]:
    """A cheap test: a clause without any reporting verb holds no voice."""
    words = {form.split("\\ ")[0] for form in _verbs().split("|")}
    return regex.compile(rf"\b(?:{'|'.join(sorted(words, key=len, reverse=True))}|was|were|agreement|consensus)\b")


def find(text: str) -> Iterator[Found]:
    """The voices of a reading text, in order. A pronoun takes up the voice before it."""
    last = ""
    for start, end in sentences(text):
        if not _gate().search(text, start, end):
            continue
        found = list(_clauses(text, start, end))
        for i, match in enumerate(found):
            stop = found[i + 1].start() if i + 1 < len(found) else end
            while stop > match.end() and text[stop - 1] in " ,;":
                stop -= 1
            quantifier, noun, verb = _read(match)
            if quantifier == "pronoun":
                if last not in _SINGULAR | {"panellist"}:
                    continue
                quantifier = last
            last = quantifier
            yield Found(
                {"observer": "organization", "delegation": "representative"}.get(quantifier, quantifier), noun, verb, match.start(), stop
            )


# Behind these a clause may begin, and its subject with it.
_LINK = regex.compile(
    r"[,;:\u2014\u2013] (?:(?:and|while|whereas|but|although|though|because|as|since|when) )?|\(|\b(?:and|while|whereas|but|although|though|because|as|since|when) "
)


def _clauses(text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
    """The reporting clauses of a sentence: a subject is looked for only where a clause may begin."""
    pattern = _pattern()
    at = start
    for begin in (start, *(link.end() for link in _LINK.finditer(text, start, end))):
        if begin < at:
            continue
        match = pattern.match(text, begin, end)
        if match:
            yield match
            at = match.end()


def _read(match: regex.Match[str]) -> tuple[str, str | None, str]:
    if match["impersonal"]:
        return "impersonal", None, match["iv"]
    if match["consensus"]:
        return "all", None, match["cv"] or "agreed"
    for name, _ in _SUBJECTS:
        if match[name]:
            return name, _noun(name, match[name]), match["verb"].split()[0]
    raise AssertionError(match.group())


def _noun(name: str, phrase: str) -> str:
    if name in {"chair", "secretariat", "body", "panellist", "delegation"}:
        return regex.sub(r"^(?:[Tt]he|[Aa]) |,.*$", "", phrase)
    if name in {"person", "representative", "observer", "pronoun"}:
        return regex.sub(r"^[Tt]he ", "", phrase)
    return (
        phrase.split()[-1] if phrase.split()[-1] not in {"parties", "Parties"} or phrase.count(" ") < 2 else " ".join(phrase.split()[-2:])
    )
