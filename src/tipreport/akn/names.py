"""Names in a document: eIds, the things that ``references`` lists once, and the IRIs of the document itself.

AKN4UN part 1, "IRI naming" and "eId": ``/akn/un/{docType}/{subtype}/{actor}/{date}/{number}``; an eId is the number of the
element behind its prefix, a slash of a symbol becomes ``-``, a blank ``_``.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import NamedTuple
from urllib.parse import quote, unquote

from tipreport.akn.node import Node
from tipreport.data import split, table
from tipreport.identity import symbol_of
from tipreport.model import Report
from tipreport.select import units as all_units

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

UNKNOWN_DATE = "0001-01-01"  # where a document prints no date: the schema wants one
_LONGEST = 60
_UNFIT = re.compile(r"[^\w.~-]+", re.ASCII)
_YEAR = re.compile(r"/((?:19|20)\d\d)(?=/|$)")
# The part of a symbol that names the body ends before a session, a year or a series (L., INF., CRP., Add., ...).
_SERIES = re.compile(r"\d+|(?:L|INF|CRP|Add|Rev|Corr|NGO|NI|RES|DEC|MISC|TP|CN)\b.*")
_ORDER = (
    "TLCOrganization", "TLCPerson", "TLCRole", "TLCLocation", "TLCEvent", "TLCObject", "TLCConcept", "TLCTerm", "TLCProcess",
)  # fmt: skip
_ONTOLOGY = "/akn/ontology/"


class Thing(NamedTuple):
    """What an entry of ``references`` stands for.

    Args:
        sort: ``organization``, ``person``, ``concept``, ...
        scope: within which its id is known: ``state``, ``group``, ``int``, ``instrument``, ...
        id: as in the model.
        name: as in the model.
        short: an acronym.
    """

    sort: str
    scope: str
    id: str
    name: str
    short: str | None = None


def cleaned(text: str) -> str:
    """Text as part of an eId: letters, digits and ``.~-_``."""
    return _UNFIT.sub("-", text).strip("-.")[:_LONGEST].rstrip("-.") or "x"


class Ids:
    """The eIds of a document, each given once."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """The eId wanted, or that with a number behind it."""
        while wanted in self._given:
            self._given[wanted] += 1
            wanted = f"{wanted}-{self._given[wanted]}"
        self._given[wanted] = 1
        return wanted


class References:
    """The things that a document speaks of, each listed once under its class."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._known: dict[tuple[str, ...], str] = {}
        self._things: dict[str, Thing] = {}

    def add(self, thing: Thing, wanted: str) -> str:
        """The eId of a thing; a new one gets the eId wanted, or one like it. An acronym is learnt when it is told."""
        key = thing[:4]
        eid = self._known.get(key)
        if eid is None:
            self._known[key] = eid = self._ids.take(cleaned(wanted))
            self._things[eid] = thing
        elif thing.short and not self._things[eid].short:
            self._things[eid] = thing
        return eid

    def thing(self, eid: str) -> Thing | None:
        """The thing with an eId."""
        return self._things.get(eid)

    def nodes(self, used: Collection[str]) -> list[Node | str]:
        """The entries that are used, class by class, in the order of first use."""
        out: list[tuple[int, Node]] = []
        for eid, thing in self._things.items():
            if eid not in used:
                continue
            tag = f"TLC{thing.sort.capitalize()}"
            href = f"{_ONTOLOGY}{thing.sort}/{thing.scope}/{quote(thing.id, safe='', errors='surrogatepass')}"
            node = Node(tag, {"eId": eid, "href": href, "showAs": thing.name})
            if thing.short:
                node.attributes["shortForm"] = thing.short
            out.append((_ORDER.index(tag), node))
        return [node for _, node in sorted(out, key=lambda one: one[0])]


def things(nodes: Iterable[Node]) -> dict[str, Thing]:
    """The things that entries of ``references`` stand for, by eId; others are left out."""
    out: dict[str, Thing] = {}
    for node in nodes:
        href = node.get("href") or ""
        parts = href.removeprefix(_ONTOLOGY).split("/")
        eid = node.get("eId")
        if eid and href.startswith(_ONTOLOGY) and len(parts) == 3:
            ident = unquote(parts[2], errors="surrogatepass")
            out[eid] = Thing(parts[0], parts[1], ident, node.get("showAs") or "", node.get("shortForm"))
    return out


class Iri(NamedTuple):
    """The IRIs of a report at the three levels of FRBR, without component."""

    work: str
    expression: str
    manifestation: str
    date: str
    number: str
    actor: str
    language: str


def iri(report: Report) -> Iri:
    """How a report is named."""
    symbol = symbol_of(report)
    when = day(report.masthead.date) or day(report.masthead.meeting_end) or _year(symbol) or UNKNOWN_DATE
    number = _percent(symbol.replace("/", "-").replace(" ", "_")) if symbol else f"nosymbol-{_digest(report)}"
    who = actor(report)
    work = f"/akn/un/debateReport/report/{who}/{when}/{number}"
    language = "eng" if _english(report) else "und"
    expression = f"{work}/{language}@{when}"
    return Iri(work, expression, f"{expression}.xml", when, number, who, language)


def day(text: str | None) -> str | None:
    """An ISO date that is one; None for anything else."""
    try:
        return date.fromisoformat(text).isoformat() if text and len(text) == 10 else None
    except ValueError:
        return None


def _year(symbol: str | None) -> str | None:
    """1 January of the year in a symbol (AKN4UN: where only the year is known)."""
    found = _YEAR.search(symbol or "")
    return f"{found[1]}-01-01" if found else None


def _percent(text: str) -> str:
    return quote(text, safe=".-_~()", errors="surrogatepass")


def _digest(report: Report) -> str:
    """A local number of a document without a symbol: of its bytes, else of its units."""
    if report.source.sha256 and re.fullmatch("[0-9a-f]{64}", report.source.sha256):
        return report.source.sha256[:16]
    told = "\n".join([report.source.name, *(unit.text for unit in all_units(report))])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def actor(report: Report) -> str:
    """The body as an actor: ``un-ctoc-cop-wg4``, from the symbol, else from the symbols of a body of that name."""
    symbol = symbol_of(report) or _prefix(report.masthead.body)
    if symbol:
        parts: list[str] = []
        for part in symbol.strip("/ ").split("/"):
            if parts and _SERIES.fullmatch(part):
                break
            parts.append(part.replace(".", ""))
        return "-".join(["un", *(cleaned(part).lower() for part in parts)])
    name = report.masthead.body or report.masthead.organ
    return f"un-{cleaned(name).lower()}" if name else "un"


def _prefix(body: str | None) -> str | None:
    """The prefix of the symbols of a body that the table knows."""
    if not body:
        return None
    for row in table("bodies"):
        if row["symbol_prefix"] and body in {row["name"], *split(row["variants"])}:
            return row["symbol_prefix"].split(";")[0]
    return None


_FUNCTION_WORDS = re.compile(r"\b(?:the|of|and|to)\b", re.IGNORECASE)


def _english(report: Report) -> bool:
    """Whether the units read as English; ISO 639-2 has ``und`` for what cannot be told."""
    sample = " ".join(unit.text[:400] for unit in all_units(report)[:20])
    return not sample or len(_FUNCTION_WORDS.findall(sample)) * 20 >= len(sample.split())
