"""``meta``: what the document is at the levels of FRBR, its topics, and the list of all that it speaks of."""

from __future__ import annotations

from functools import cache

from tipreport.akn.names import UNKNOWN_DATE, Iri, References, Thing, iri
from tipreport.akn.node import Node
from tipreport.data import table
from tipreport.identity import symbol_of
from tipreport.links import link
from tipreport.model import Report
from tipreport.select import units as all_units

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_POINTERS = ("refersTo", "as", "href")


@cache
def topics() -> dict[str, str]:
    """What topics are called."""
    return {row["id"]: row["label"] for row in table("topics")}


class Frbr:
    """The identification of a report and of its components.

    Args:
        report: the report.
        references: what the document refers to; its author and editor are added.
    """

    def __init__(self, report: Report, references: References) -> None:
        self.report = report
        self.iri: Iri = iri(report)
        name = report.masthead.body or report.masthead.organ or "United Nations"
        self.author = references.add(Thing("organization", "un", self.iri.actor, name), f"author-{self.iri.actor}")
        self.roles = {role: references.add(Thing("role", "un", role, role), f"role-{role}") for role in ("author", "editor")}

    def identification(self, component: str) -> Node:
        """The ``identification`` of the report (``main``) or of a component (``annex_1``)."""
        named = self.iri
        levels = (
            ("FRBRWork", named.work, "author", self.author, "issue"),
            ("FRBRExpression", named.expression, "author", self.author, "issue"),
            ("FRBRManifestation", named.manifestation, "editor", "tipreport", "markup"),
        )
        out = Node("identification", {"source": "#tipreport"})
        for tag, uri, role, who, what in levels:
            this = f"{uri.removesuffix('.xml')}/!{component}{'.xml' if tag == 'FRBRManifestation' else ''}"
            node = Node(tag, {}, [Node("FRBRthis", {"value": this}), Node("FRBRuri", {"value": uri})])
            node.children += self._aliases(component) if tag == "FRBRWork" else []
            node.children.append(Node("FRBRdate", {"date": named.date, "name": what if named.date != UNKNOWN_DATE else "notPrinted"}))
            node.children.append(Node("FRBRauthor", {"href": f"#{who}", "as": f"#{self.roles[role]}"}))
            node.children += self._rest(tag, component)
            out.children.append(node)
        return out

    def _aliases(self, component: str) -> list[Node | str]:
        """Other names: the document in the documents system, the file."""
        if component != "main":
            return []
        symbol = symbol_of(self.report)
        out: list[Node | str] = []
        if symbol and symbol.isascii():
            out.append(Node("FRBRalias", {"value": link(symbol) or "", "name": "undocs"}))
        return [*out, Node("FRBRalias", {"value": self.report.source.name.replace("\\", "/").rpartition("/")[2], "name": "sourceFile"})]

    def _rest(self, tag: str, component: str) -> list[Node | str]:
        if tag == "FRBRExpression":
            return [Node("FRBRlanguage", {"language": self.iri.language})]
        if tag == "FRBRManifestation":
            return [Node("FRBRformat", {"value": "xml"})]
        out: list[Node | str] = [Node("FRBRcountry", {"value": "un"}), Node("FRBRsubtype", {"value": "report"})]
        if component == "main":
            masthead = self.report.masthead
            out.append(Node("FRBRnumber", {"value": self.iri.number, "showAs": symbol_of(self.report) or "[symbol not given]"}))
            title = " ".join(filter(None, (masthead.title, f"({masthead.part.lower()})" if masthead.part else None)))
            out += [Node("FRBRname", {"value": title})] if title else []
            out.append(Node("FRBRprescriptive", {"value": "false"}))
        return out

    def publication(self) -> Node:
        """How the document was issued."""
        masthead = self.report.masthead
        parts = (masthead.title, masthead.part, f"Distr.: {masthead.distribution}" if masthead.distribution else None)
        told = ", ".join(part for part in parts if part) or "Report"
        node = Node("publication", {"date": self.iri.date, "name": masthead.title or "Report", "showAs": told})
        if masthead.symbol:
            node.attributes["number"] = masthead.symbol
        return node


def _used(nodes: Iterable[Node | str]) -> set[str]:
    """What elements and records point at."""
    out: set[str] = set()
    for root in nodes:
        for node in root.walk() if isinstance(root, Node) else ():
            for name in _POINTERS:
                if name in node.attributes:
                    out.update(one[1:] for one in node.attributes[name].split() if one.startswith("#"))
    return out


def meta(report: Report, frbr: Frbr, references: References, proprietary: Node, document: Node) -> Node:
    """The ``meta`` of a report.

    Args:
        report: the report.
        frbr: its identification.
        references: all that the document refers to, which must be complete by now.
        proprietary: our own records.
        document: all but ``meta``.
    """
    children: list[Node | str] = [frbr.identification("main"), frbr.publication()]
    found = dict.fromkeys(topic for unit in all_units(report) for topic in unit.topics)
    if found:
        keywords: list[Node | str] = [
            Node("keyword", {"value": one, "showAs": topics().get(one, one), "dictionary": "tipreport-topics"}) for one in found
        ]
        children.append(Node("classification", {"source": "#tipreport"}, keywords))
    entries = references.nodes(_used([*children, document, proprietary]))
    entries.append(Node("TLCProcess", {"eId": "tipreport", "href": "/akn/ontology/process/un/tipreport", "showAs": "tipreport"}))
    children += [Node("references", {"source": "#tipreport"}, entries), proprietary]
    return Node("meta", {}, children)
