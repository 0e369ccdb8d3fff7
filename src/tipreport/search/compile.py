"""A query as what SQLite runs: a full-text expression, and conditions beside it where that does not suffice.

Every word goes to the full-text engine in quotation marks, so nothing a user types is syntax to it.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import NamedTuple

from tipreport.folding import folded
from tipreport.index.schema import TOKENS
from tipreport.search.inflect import forms, joined, parted
from tipreport.search.query import And, Near, Node, Not, Or, Pattern, Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

_MOST_NEARS = 24  # combinations of forms within one NEAR


class Plan(NamedTuple):
    """How to find and show what a query asks for.

    Args:
        match: the full-text expression that every answer satisfies; None where there is none.
        where: further conditions on ``{id}``, as (SQL, values).
        shown: the full-text expression whose words are marked in answers.
        patterns: the regular expressions that are marked in answers.
        expanded: word -> the other forms that were looked for as well.
        positive: full-text expressions of which an answer satisfies at least one; None where any text may be one.
    """

    match: str | None
    where: tuple[tuple[str, tuple[str, ...]], ...]
    shown: str | None
    patterns: tuple[Pattern, ...]
    expanded: dict[str, list[str]]
    positive: str | None


def plan(connection: sqlite3.Connection, node: Node, *, stem: bool = False) -> Plan:
    """The plan of a query over the words that the index holds."""
    compiler = _Compiler(connection, stem=stem)
    items = list(node.items) if isinstance(node, And) else [node]
    positive = [item for item in items if _plain(item)]
    rest = [item for item in items if not _plain(item)]
    denied = [item.item for item in rest if isinstance(item, Not) and _plain(item.item)] if positive else []
    rest = [item for item in rest if not (positive and isinstance(item, Not) and _plain(item.item))]
    wanted = " AND ".join(compiler.text(item) for item in positive) or None
    match = wanted
    for item in denied:
        match = f"({match}) NOT ({compiler.text(item)})"
    return Plan(
        match=match,
        where=tuple(compiler.condition(item) for item in rest),
        shown=" OR ".join(f"({part})" for item in items for part in compiler.marks(item)) or None,
        patterns=tuple(dict.fromkeys(_patterns(node))),
        expanded=compiler.expanded,
        positive=wanted,
    )


def _plain(node: Node) -> bool:
    """Whether full-text search alone can find it."""
    match node:
        case Term() | Near():
            return True
        case Or(items=items):
            return all(map(_plain, items))
        case And(items=items):
            return any(map(_plain, items)) and all(_plain(i) or (isinstance(i, Not) and _plain(i.item)) for i in items)
    return False


def _patterns(node: Node) -> list[Pattern]:
    match node:
        case Pattern():
            return [node]
        case Not(item=item):
            return _patterns(item)
        case And(items=items) | Or(items=items):
            return [found for item in items for found in _patterns(item)]
    return []


def quoted(text: str) -> str:
    """A string of the full-text language; what is no character of a text is left out."""
    return '"' + text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8").replace('"', '""') + '"'


class _Compiler:
    """Writes the expressions of one query, and remembers which forms it added."""

    def __init__(self, connection: sqlite3.Connection, *, stem: bool) -> None:
        self.connection = connection
        self.grown: Callable[[Term], list[str]] = self._stems if stem else self._forms
        self.expanded: dict[str, list[str]] = {}
        self.stemmed = False
        self._known: dict[str, list[str]] = {}

    def text(self, node: Node) -> str:
        """A node as a full-text expression."""
        match node:
            case Term():
                return self._either(self._variants(node))
            case Near():
                return self._near(node)
            case Or(items=items):
                return "(" + " OR ".join(map(self.text, items)) + ")"
            case And(items=items):
                out = "(" + " AND ".join(self.text(item) for item in items if not isinstance(item, Not)) + ")"
                for item in items:
                    if isinstance(item, Not):
                        out = f"({out} NOT {self.text(item.item)})"
                return out
        raise AssertionError(node)

    def marks(self, node: Node) -> list[str]:
        """The expressions of the words that may stand in an answer."""
        match node:
            case Term() | Near():
                return [self.text(node)]
            case And(items=items) | Or(items=items):
                return [found for item in items for found in self.marks(item)]
        return []

    def condition(self, node: Node) -> tuple[str, tuple[str, ...]]:
        """A node as a condition on ``{id}``."""
        if _plain(node):
            return "{id} IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?)", (self.text(node),)
        match node:
            case Pattern(pattern=pattern):
                return "matches(?, {text})", (pattern,)
            case Not(item=item):
                sql, values = self.condition(item)
                return f"NOT {sql}", values
            case And(items=items) | Or(items=items):
                parts = [self.condition(item) for item in items]
                word = " AND " if isinstance(node, And) else " OR "
                return "(" + word.join(sql for sql, _ in parts) + ")", tuple(value for _, values in parts for value in values)
        raise AssertionError(node)

    # ------------------------------------------------------------------ terms
    @staticmethod
    def _either(variants: list[str]) -> str:
        return variants[0] if len(variants) == 1 else "(" + " OR ".join(variants) + ")"

    def _near(self, node: Near) -> str:
        before = dict(self.expanded)
        variants = [self._variants(term) for term in node.terms]
        if prod(map(len, variants)) > _MOST_NEARS:
            variants = [found[:1] for found in variants]
            self.expanded = before
        return self._either([f"NEAR({' '.join(found)}, {node.distance})" for found in product(*variants)])

    def _variants(self, term: Term) -> list[str]:
        """The word as written, then its other forms."""
        own = quoted(term.text) + ("*" if term.prefix else "")
        if term.exact or term.prefix:
            return [own]
        if term.text not in self._known:
            found = self.grown(term)
            self._known[term.text] = found
        if self._known[term.text]:
            self.expanded[term.text] = self._known[term.text]
        return [own, *map(quoted, self._known[term.text])]

    def _forms(self, term: Term) -> list[str]:
        word = folded(term.text)
        single = joined(word)
        others = [single] if single else [*forms(word), *filter(None, [parted(word)])]
        return [other for other in others if self._stands(other)]

    def _stems(self, term: Term) -> list[str]:
        """All words of the corpus with the same Porter stem."""
        word = folded(term.text)
        if not self.stemmed:
            self.connection.execute("DROP TABLE IF EXISTS temp.stems")
            self.connection.execute(f"CREATE VIRTUAL TABLE temp.stems USING fts5(word, tokenize='porter {TOKENS}')")
            self.connection.execute("INSERT INTO temp.stems SELECT word FROM words")
            self.stemmed = True
        found = self.connection.execute("SELECT word FROM temp.stems WHERE stems MATCH ? ORDER BY word", (quoted(word),))
        return [other for (other,) in found if other != word and self._stands(other)]

    def _stands(self, text: str) -> bool:
        """Whether the corpus holds a word or phrase."""
        found = self.connection.execute("SELECT 1 FROM passages_fts WHERE passages_fts MATCH ? LIMIT 1", (quoted(text),))
        return found.fetchone() is not None
