"""Modality: how strongly a recommendation asks, of whom, and for what.

The grammatical subject of the modal is the addressee ("States parties should ensure"); what stands after it
may be only the object ("should request UNODC"). The softening word is often the verb after the modal
("should consider"): the longest form of ``data/modality.csv`` wins. A passive without an agent has no
addressee. The verb is the first content verb after modal, adverbs and softeners.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tipreport import gazetteer
from tipreport.config import Config, kept_by_tables
from tipreport.data import split, table
from tipreport.phrases import Hit, Phrases
from tipreport.text import sentences

_ADVERBS = r"(?:(?:also|not only|further|therefore|continue to|strive to|endeavour to|seek to|make efforts to|take (?:all )?(?:necessary |appropriate )?(?:steps|measures) to|as appropriate|where appropriate|as needed|and|[a-z]+ly),? )*"
# Active verbs of a body ("The Committee recommends that"): they count only right behind its name.
_BODY_VERB = re.compile(
    r"(?:also |further |strongly )?(?:decided?s?|agreed|resolve[sd]|request(?:s|ed)|urge[sd]|call(?:s|ed) (?:up)?on|encourage[sd]|recommend(?:s|ed)|invite[sd]|reiterate[sd])\b"
)
_BODY = re.compile(
    r"(?:(?!(?:In|By) (?:its|the) (?:resolution|decision)|In (?:resolution|decision))[^;:]{0,300}, )?(?:[Tt]he|[Ii]t|Its)\b[^,;:]{0,90} $|$"
)
# What a body says to others ("recommends that the State party"), and where the others stand behind it.
_DIRECTS = re.compile(
    r"(?:(?:also|further|strongly|it is|it was) )?(?:recommend|request|urge|call|encourage|invite)(?:s|d|ed)?\b(?!.* to$)|.* the secretariat to$|it (?:is|was) recommended that$"
)
_TOWARDS = re.compile(r"(?:,[^,;:.]{1,80},)? ?(?P<link>that|to)? ?(?=[A-Za-z])")
_ASKS_FOR = re.compile(
    r"(?: (?:to|of|under) (?:the|its) [A-Z]\w+(?: [A-Z]\w+)*)?(?:,[^;:.]{1,120}?,| that (?:have|has) not (?:yet )?done so)?(?:: ?(?:\([a-z]\) )?(?:to )?| (?:also |should |shall |must |may wish to )*(?P<to>to )?)(?P<verb>[A-Za-z][a-z-]+)"
)
_PASSIVE = re.compile(r"be (?:[a-z]+ed|given|made|taken|held|drawn|paid|borne|kept|built|sought|put|set|done|seen|shown|undertaken)\b")
_SOFT_VERB = re.compile(r"should (?:also )?(?P<verb>(?!consider|give|be|continue|not|never|refrain|avoid)[a-z]+)(?: .*)?")
_COMMA = re.compile(", ")
_ASIDE = re.compile(r"(?:in particular|including|especially|such as|where|as|transit)\b")
_OBJECT = re.compile(r"\b(?:of|by|for|from|with|to|in|between|among) (?:the )?$")
_VERB = re.compile(rf",? ?{_ADVERBS}(?:(?:consider|explore) (?=[a-z]+ing\b)|be )?(?P<verb>[a-z][a-z-]+)")
_CLAUSE = re.compile(r"[,;:] ")
_LONGEST_HEAD = 60  # "explore the possibility of"
_LONGEST_ASKED = 120  # the name of whom a body asks
_QUANTITY = re.compile(r"(?:the |all |both |relevant |interested )*", re.IGNORECASE)
# "are encouraged, where appropriate and in accordance with domestic law, to"; "is also requested to".
_APART = re.compile(
    r"\b(?P<be>is|are|was|were)(?P<adverb>(?: (?:also|further|therefore|strongly|hereby|again)){0,2}) "
    r"(?P<verb>encouraged|urged|invited|requested|recommended|advised|required|obliged|called upon)(?:,[^;:.]{1,120}?,)? to\b",
    re.IGNORECASE,
)
_HEAD = re.compile(r"(?:To )?(?P<verb>[A-Za-z][a-z]+)\b")


class Form(NamedTuple):
    """How a recommendation asks; ranges in offsets of the reading text."""

    modality: str | None
    strength: int | None
    verb: str | None
    hedges: tuple[str, ...]
    addressees: tuple[tuple[str, str, int, int], ...]  # id, name, start, end


EXAMPLES = {
    "States Parties should request UNODC to help.": ("should", 6, "request", ["states_parties"]),
    "The Working Group should address the topics.": ("should", 6, "address", ["working_group"]),
    "States parties should consider ensuring access.": ("should consider", 3, "ensuring", ["states_parties"]),
    "The Secretariat is requested to report.": ("is requested to", 8, "report", ["secretariat"]),
    "It is recommended that States parties share data.": ("it is recommended that", 5, "share", ["states_parties"]),
    "The Committee urges the State party to ratify the Protocol.": ("urges", 7, "ratify", ["states_parties"]),
}
COUNTEREXAMPLES = ["The list is long and in order."]


@cache
def _modals() -> Phrases[tuple[str, int]]:
    forms: dict[str, tuple[str, int]] = {}
    for row in table("modality"):
        strength = int(row["strength"])
        if strength <= 0 or row["id"] == "continue":
            continue
        for form in split(row.get("patterns", "")):
            words = form.lower().split()
            if words[0] in {"should", "shall"} and row["id"] != "should_consider":
                if row["id"] not in {"should", "should_not", "shall", "shall_not"}:
                    continue  # "should request" is a "should"; what it asks for is the verb
                words = words[: 2 if words[1:2] == ["not"] else 1]
            forms.setdefault(" ".join(words), (row["id"], strength))
    return Phrases(forms.items())


def _modals_in(text: str, start: int, end: int) -> list[Hit[tuple[str, int]]]:
    """The modals of a stretch of text, also those with words between their parts: "are encouraged, where appropriate, to"."""
    out = []
    for found in _modals().find(text, start, end):
        if found.value[0].endswith("_not") and text.startswith(" only", found.end):  # "should not only": no negation
            shorter = next(_modals().find(text, found.start, found.end - 4), None)
            found = shorter or found
        out.append(found)
    for apart in _APART.finditer(text, start, end):
        whole = next(_modals().find(_printed(apart.group())), None)
        if whole is not None and not any(one.start <= apart.start() and apart.end() <= one.end for one in out):
            out = [one for one in out if one.end <= apart.start() or one.start >= apart.end()]
            out.append(Hit(apart.start(), apart.end(), whole.value))
    return sorted(out, key=lambda one: one.start)


def _printed(modal: str) -> str:
    """A modal without what stands between its parts."""
    apart = _APART.fullmatch(modal)
    if apart is None:
        return modal.lower()
    strongly = "strongly " if "strongly" in (apart["adverb"] or "").lower() else ""
    return f"{apart['be']} {strongly}{apart['verb']} to".lower()


@cache
def _hedges() -> Phrases[str]:
    rows = [row for row in table("modality") if int(row["strength"]) < 0]
    return Phrases((form, row["id"]) for row in rows for form in split(row.get("patterns", "")))


@kept_by_tables
def _addressees(config: Config) -> Phrases[tuple[str, str]]:
    """Printed forms without "the" to id and name; the user's own rows first."""
    forms: dict[str, tuple[str, str]] = {}
    for row in (*config.rows("addressees"), *table("addressees")):
        if row["id"] == "passive":
            continue
        for form in split(row.get("patterns", "")):
            bare = form.removeprefix("the ")
            forms.setdefault(bare.lower(), (row["id"], row.get("name") or bare))
    return Phrases(forms.items())


def read(text: str, config: Config, *, imperative: bool = False) -> Form:
    """The form of a recommendation's text; ``imperative`` where it is a bare "Ratify ..." without a modal."""
    hedges = tuple(dict.fromkeys(text[hit.start : hit.end].lower() for hit in _hedges().find(text)))
    for start, end in sentences(text) if not imperative else ():
        for found in _modals_in(text, start, end):
            printed = _printed(text[found.start : found.end])
            if _BODY_VERB.fullmatch(printed) and not _BODY.match(text[start : found.start]):
                continue
            if _subordinate(text, start, found.start):
                continue
            passive = _PASSIVE.match(text, found.end + 1) and "to" not in printed.split()
            who = () if passive else _subject(text, start, found.start, config)
            strength, verb = found.value[1], _verb(text, found.end, end)
            asked = _asked(text, found, end, config) if _DIRECTS.match(printed) and not passive else None
            if asked:  # "recommends that the State party ratify": whom the body asks, not the body
                who, verb = asked
            if "be" in printed.split():
                verb = None  # "consideration should be given to ..."
            soft = _SOFT_VERB.fullmatch(printed)
            if soft:  # "should explore": the softening word is a verb of its own
                printed, verb = "should", soft["verb"]
            return Form(printed, strength, verb, hedges, who)
    first = re.match(r"(?:\([a-z]\) )?(?:To (?P<to>[a-z]+)|(?P<verb>[A-Z\u00c0-\u00de\u0100-\u017f][a-z]+))\b", text)
    verb = (first["to"] or first["verb"]).lower() if first and not text.startswith(("The ", "States ", "In ", "With ", "At ")) else None
    return Form(None, None, verb, hedges, ())


class Modal(NamedTuple):
    """A modal, or a bare verb that stands for one.

    Args:
        start: where it begins.
        end: where it ends.
        id: its row in ``data/modality.csv``.
        strength: 0 to 10; None for a bare verb.
        reach: where the verb ends that it governs; ``end`` where there is none.
    """

    start: int
    end: int
    id: str
    strength: int | None
    reach: int


def modals(text: str) -> list[Modal]:
    """Every modal of a text, in main and in subordinate clauses, in order."""
    out: list[Modal] = []
    for start, end in sentences(text):
        for found in _modals_in(text, start, end):
            printed = text[found.start : found.end]
            if printed == "May" or (_BODY_VERB.fullmatch(printed.lower()) and not _BODY.match(text[start : found.start])):
                continue
            verb = _VERB.match(text, found.end, end)
            out.append(Modal(found.start, found.end, *found.value, reach=verb.end() if verb else found.end))
    return out


def head(text: str, start: int, end: int) -> Modal | None:
    """The bare verb that begins ``text[start:end]`` ("Consider ratifying ...", "(b) Ratify ..."), None where none does."""
    bare = _HEAD.match(text, start, end)
    if not bare:
        return None
    soft = next(_soft_heads().find(text, bare.start("verb"), min(bare.start("verb") + _LONGEST_HEAD, end)), None)
    if soft is not None and soft.start != bare.start("verb"):
        soft = None
    if soft is None:
        return Modal(bare.start("verb"), bare.end(), "imperative", None, bare.end())
    verb = _VERB.match(text, soft.end, end)
    return Modal(soft.start, soft.end, soft.value, None, verb.end() if verb else soft.end)


def hedges(text: str) -> list[tuple[int, int, str]]:
    """Every hedge of a text ("as appropriate"): start, end, and its row in ``data/modality.csv``."""
    return [(hit.start, hit.end, hit.value) for hit in _hedges().find(text)]


@cache
def _soft_heads() -> Phrases[str]:
    return Phrases(
        (form, row["id"])
        for row in table("modality")
        if row["id"] in {"continue", "consider_imperative"}
        for form in split(row["patterns"])
    )


def _subordinate(text: str, start: int, at: int) -> bool:
    """Whether the modal stands in a clause with "that", "which", "how" before it, not in the main clause."""
    before = text[start:at]
    last = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    links = list(re.finditer(r"\b(?:that|which|who|how|whether|where|when|as)\b", before[last:], re.IGNORECASE))
    if not links:
        return False
    between = before[last + links[-1].end() :]
    # "States that have not yet done so are urged": the clause has its verb, the modal is the main one.
    return len(between.split()) < 12 and not re.search(r"\b(?:have|has|are|is|was|were|do|does|[a-z]+ed)\b", between)


def _subject(text: str, start: int, at: int, config: Config) -> tuple[tuple[str, str, int, int], ...]:
    """The addressees in the noun phrase before the modal; the whole clause if the last part names none."""
    known = _addressees(config)
    colon = text.rfind(": ", start, at)  # "adopted the following: (a) States parties should"
    if colon >= 0 and next(known.find(text, colon + 2, at), None):
        start = colon + 2
    cut = start
    for mark in _COMMA.finditer(text, start, at):
        if _ASIDE.match(text, mark.end()):
            continue
        if next(known.find(text, mark.end(), at), None):
            cut = mark.end()
    out: dict[str, tuple[str, str, int, int]] = {}
    for hit in known.find(text, cut, at):
        if hit.start > cut and _OBJECT.search(text[cut : hit.start]):
            continue
        ident, name = hit.value
        begin = hit.start - 4 if text[max(cut, hit.start - 4) : hit.start] in {"the ", "The "} else hit.start
        out.setdefault(ident, (ident, name, begin, hit.end))
    if not out:
        for match in gazetteer.organizations(config).find(gazetteer.fold(text[start:at])):
            out.setdefault(match.entry.id, (match.entry.id, match.entry.name, start + match.start, start + match.end))
    return tuple(out.values())


def _asked(
    text: str, modal: Hit[tuple[str, int]], end: int, config: Config
) -> tuple[tuple[tuple[str, str, int, int], ...], str | None] | None:
    """Whom a body's "recommends", "requests", "urges" is said to, and the verb of what is asked; None where it names nobody."""
    known = _addressees(config)
    towards = _TOWARDS.match(text, modal.end, end)
    at = towards.end() if towards else modal.end
    inside = next(known.find(text, modal.start, modal.end), None)
    if inside is not None:  # "requested the Secretariat to"
        begin = inside.start - 4 if text[inside.start - 4 : inside.start] == "the " else inside.start
        return ((*inside.value, begin, inside.end),), _verb(text, modal.end, end)
    lead = _QUANTITY.match(text, at, end)
    bare = lead.end() if lead else at
    hit = next((one for one in known.find(text, at, min(end, bare + _LONGEST_ASKED)) if one.start <= bare), None)
    if hit is None:
        return None
    begin = at if text[at : hit.start].lower() in {"", "the "} else hit.start
    verb = _ASKS_FOR.match(text, hit.end, end)
    said = None
    if verb and verb["verb"] not in {"the", "a", "an", "its", "and"} and (not towards or towards["link"] != "to"):
        said = verb["verb"].lower()
    return ((*hit.value, begin, hit.end),), said


def _verb(text: str, at: int, end: int) -> str | None:
    found = _VERB.match(text, at, end)
    if not found:
        return None
    verb: str = found["verb"]
    if text.endswith(" consider", 0, at) and not verb.endswith("ing"):
        return "consider"  # "should consider joint training": what follows is no verb
    return verb
