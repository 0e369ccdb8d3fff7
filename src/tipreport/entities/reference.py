"""References: symbols, resolutions, decisions, articles, paragraphs.

Printed forms: ``CTOC/COP/WG.4/2020/2``; "General Assembly resolutions 55/25 and 58/4", "resolution 1325 (2000)", "2200 A (XXI)";
"decisions 1/CP.16 and 2/CP.17"; "article 9, paragraph 5, of the Trafficking in Persons Protocol";
"paras. 8\u201310 above", "see paragraph 44 below".
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tipreport.data import table
from tipreport.patterns import RE_SYMBOL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_AND = r"(?:, and |, | and | or | to |[\u2010-\u2015\u2212-])"
_RES = r"(?:E?S-)?\d{1,3}/\d{1,3}(?: ?[A-Z]\b)?|\d{1,4}(?: [A-Z])? ?\((?:\d{4}|[IVXL]{1,7}|[A-Z]{1,2}-[IVX]+)\)"
_RESOLUTION = re.compile(
    rf"(?P<head>(?:(?:General Assembly|Economic and Social Council|Human Rights Council|Security Council|Conference|Commission|Council|Assembly) )?[Rr]esolutions?) (?P<list>(?:{_RES})(?:{_AND}(?:{_RES}))*)"
)
_DEC = r"\d{1,3}/(?:[A-Z]{2,4}(?:\.\d{1,3})?|\d{1,3})"
_DECISION = re.compile(
    rf"(?P<head>(?:(?:Human Rights Council|Conference|Council|Commission|General Assembly) )?[Dd]ecisions?) (?P<list>{_DEC}(?:{_AND}{_DEC})*)"
)
_ART = r"\d{1,3}(?: ?(?:bis|ter))?(?: ?\([a-z0-9]{1,2}\))*"
_ARTICLE = re.compile(rf"(?P<head>[Aa]rticles?) (?P<list>{_ART}(?:{_AND}{_ART})*)")
_PARA = r"\d{1,4}(?: ?(?:bis|ter)\b)?(?: ?\([a-z]{1,2}\))*(?: ?\([ivx]{1,4}\))*"
_PARAGRAPH = re.compile(
    rf"(?P<head>\b(?:[Pp]aragraphs?|[Pp]aras?\.)) (?P<list>{_PARA}(?:{_AND}{_PARA})*)(?P<letters>(?:{_AND}\([a-z]{{1,2}}\))*)(?P<where> (?:above|below))?"
)
_LETTER = re.compile(r"\([a-z]{1,2}\)")
_RANGE = re.compile(r"\d(?: to |[\u2010-\u2015\u2212-])$")
_LONGEST_RANGE = 40
_ONES = {"resolution": re.compile(_RES), "decision": re.compile(_DEC), "article": re.compile(_ART), "paragraph": re.compile(_PARA)}


class Found(NamedTuple):
    """A reference at ``start:end`` of the reading text."""

    kind: str
    target: str
    start: int
    end: int


EXAMPLES = {
    "see document CTOC/COP/WG.4/2020/2": [("symbol", "CTOC/COP/WG.4/2020/2")],
    "General Assembly resolutions 55/25 and 58/4": [("resolution", "55/25"), ("resolution", "58/4")],
    "General Assembly resolutions 2200 A (XXI) and 3201 (S-VI)": [("resolution", "2200 A (XXI)"), ("resolution", "3201 (S-VI)")],
    "Assembly resolution ES-10/2 and resolution 377 A (V)": [("resolution", "ES-10/2"), ("resolution", "377 A (V)")],
    "decision 1/CP.21, paragraph 44": [("decision", "1/CP.21"), ("paragraph", "paragraph 44")],
    "referred to in paragraph 84 (a) and (c) above": [("paragraph", "para-84.a"), ("paragraph", "para-84.c")],
    "(see paras. 8 and 9 below)": [("paragraph", "para-8"), ("paragraph", "para-9")],
    "Article 9 of the Convention": [("article", "article 9")],
}
COUNTEREXAMPLES = ["and/or", "HIV/AIDS", "prosecution units/teams", "the decision of the Conference"]


@cache
def _organs() -> frozenset[str]:
    return frozenset(row["component"] for row in table("symbol_components") if row["position"] == "1") | {
        "CTBT-Art.XIV",
        "CTBT",
        "ISBA",
        "AC",
        "C",
        "SPLOS",
    }


def find(text: str) -> Iterator[Found]:
    """The references in the text, by kind and then by place."""
    if "/" in text:
        for found in RE_SYMBOL.finditer(text):
            symbol = found.group()
            if any(c.isdigit() for c in symbol) and symbol.split("/")[0] in _organs():
                yield Found("symbol", symbol, found.start(), found.end())
    if "esolution" in text:
        yield from _listed(text, _RESOLUTION, "resolution")
    if "/" in text and "ecision" in text:
        yield from _listed(text, _DECISION, "decision")
    if "rticle" in text:
        yield from _listed(text, _ARTICLE, "article")
    if "aragraph" in text or "ara." in text or "aras." in text:
        yield from _listed(text, _PARAGRAPH, "paragraph")


def _listed(text: str, pattern: re.Pattern[str], kind: str) -> Iterator[Found]:
    for found in pattern.finditer(text):
        first = True
        last = 0
        for one in _ONES[kind].finditer(text, found.start("list"), found.end("list")):
            number = re.sub(r"\s", "", one.group()) if kind in {"paragraph", "article"} else one.group()
            if kind == "paragraph":
                target = _paragraph(number, found["where"])
            else:
                target = f"article {number}" if kind == "article" else number
            if (
                kind == "paragraph"
                and number.isdigit()
                and last
                and _RANGE.search(text[found.start() : one.start()])
                and last < int(number) < last + _LONGEST_RANGE
            ):
                for between in range(last + 1, int(number)):  # "paragraphs 3 to 5" speaks of 4 as well
                    yield Found(kind, _paragraph(str(between), found["where"]), one.start(), one.end())
            last = int(number) if number.isdigit() else 0
            yield Found(kind, target, found.start() if first else one.start(), one.end())
            first = False
        if kind == "paragraph" and found["letters"]:  # "paragraph 84 (a), (c) and (e)"
            bare = re.sub(r"\(.*", "", number)
            for letter in _LETTER.finditer(text, *found.span("letters")):
                yield Found(kind, _paragraph(bare + letter.group(), found["where"]), letter.start(), letter.end())


def _paragraph(number: str, where: str | None) -> str:
    """The target of a paragraph; one "above" or "below" is this report's own, by its id: "84(a)" is para-84.a."""
    return f"para-{number}".replace("(", ".").replace(")", "") if where else f"paragraph {number}"
