"""The query language: words, "phrases", prefix*, /patterns/, AND OR NOT, NEAR(a b, 5), brackets.

    query  = or
    or     = and { "OR" and }
    and    = part { [ "AND" ] part }        two parts side by side: both
    part   = "NOT" part | "(" or ")" | near | phrase | pattern | word
    near   = "NEAR(" ( word | phrase )+ [ "," number ] ")"
    phrase = '"' ... '"' [ "*" ]            exactly these words in this order, no other forms of them
    word   = letters and signs [ "*" ]      signs part words: non-punishment is the phrase "non punishment"

Operators are capitals; "and" is a word. Any string is a query or an error with a place; nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from tipreport.errors import TipreportError

MOST_WORDS = 200
_DEEPEST = 60
_OPEN, _CLOSE = '"\u201c\u201d', '"\u201c\u201d'
_NEAR = re.compile(r"NEAR\s*\(")
_PATTERN = re.compile(r"/((?:[^/\\]|\\.)+)/(?=[\s()]|$)", re.DOTALL)
_WORD = re.compile(r'[^\s()"\u201c\u201d]+')
_COUNT = re.compile(r"\s*,\s*(\d{1,4})\s*\)")
_CLOSE_IT = "close it, or write it in quotation marks"


class QueryError(TipreportError):
    """A query that cannot be read.

    Args:
        message: what is wrong.
        query: as given.
        at: the place in it, counted from 0.
        hint: what to write instead.
    """

    def __init__(self, message: str, query: str, at: int, hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.excerpt = (query, at)


class Term(NamedTuple):
    """A word or phrase; ``exact`` ones take no other forms."""

    text: str
    exact: bool
    prefix: bool
    at: int


class Near(NamedTuple):
    """Terms within so many words of one another."""

    terms: tuple[Term, ...]
    distance: int


class Pattern(NamedTuple):
    """A regular expression."""

    pattern: str
    at: int


class And(NamedTuple):
    """All of them."""

    items: tuple[Node, ...]


class Or(NamedTuple):
    """One of them."""

    items: tuple[Node, ...]


class Not(NamedTuple):
    """Not this."""

    item: Node


Node = Term | Near | Pattern | And | Or | Not


def has_word(text: str) -> bool:
    """Whether full-text search finds a word in the text: a letter or digit of any script."""
    return any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" for c in text)


def read(query: str) -> Node:
    """The query as a tree.

    Raises:
        QueryError: it cannot be read; the place is told.
    """
    reader = _Reader(query)
    node = reader.either(0)
    reader.blanks()
    if reader.at < len(query):
        raise QueryError("a bracket closes that was never opened", query, reader.at, "take it out, or write it in quotation marks")
    return node


def terms(node: Node) -> list[Term]:
    """All terms of a tree in their order, also those that must not occur."""
    match node:
        case Term():
            return [node]
        case Near(terms=found):
            return list(found)
        case And(items=items) | Or(items=items):
            return [term for item in items for term in terms(item)]
        case Not(item=item):
            return terms(item)
    return []


class _Reader:
    """Reads from left to right."""

    def __init__(self, query: str) -> None:
        self.query, self.at, self.count = query, 0, 0

    def blanks(self) -> None:
        while self.at < len(self.query) and self.query[self.at].isspace():
            self.at += 1

    def ahead(self) -> str:
        self.blanks()
        return self.query[self.at : self.at + 1]

    def operator(self, name: str) -> bool:
        """Take an operator that stands next."""
        self.blanks()
        found = _WORD.match(self.query, self.at)
        if found and found.group() == name:
            self.at = found.end()
            return True
        return False

    def either(self, depth: int) -> Node:
        items = [self.both(depth)]
        while self.operator("OR"):
            items.append(self.both(depth, after="OR"))
        return items[0] if len(items) == 1 else Or(tuple(items))

    def both(self, depth: int, after: str | None = None) -> Node:
        items = [self.part(depth, after)]
        while True:
            started = self.at
            if self.operator("AND"):
                items.append(self.part(depth, "AND"))
                continue
            self.at = started
            ahead = self.ahead()
            if not ahead or ahead == ")" or self._stands("OR"):
                break
            items.append(self.part(depth, None))
        return items[0] if len(items) == 1 else And(tuple(items))

    def _stands(self, name: str) -> bool:
        started = self.at
        found = self.operator(name)
        self.at = started
        return found

    def part(self, depth: int, after: str | None) -> Node:
        """One part; ``after`` names the operator that wants it."""
        ahead = self.ahead()
        if depth > _DEEPEST:
            raise QueryError("brackets stand too deep in one another", self.query, self.at, "take the outer ones away")
        if not ahead or ahead == ")" or self._stands("OR") or self._stands("AND"):
            raise self._missing(after, ahead)
        if self.operator("NOT"):
            inner = self.part(depth + 1, "NOT")
            return inner.item if isinstance(inner, Not) else Not(inner)
        if ahead == "(":
            return self.bracket(depth)
        if _NEAR.match(self.query, self.at):
            return self.near()
        found = _PATTERN.match(self.query, self.at)
        if found:
            return self.pattern(found)
        return self.term()

    def _missing(self, after: str | None, ahead: str) -> QueryError:
        if self.query[: self.at].rstrip().endswith("(") and not ahead:
            return QueryError("the bracket is never closed", self.query, self.query.rstrip().rindex("("), _CLOSE_IT)
        if after:
            return QueryError(f"nothing stands after {after}", self.query, self.at, f'write a word there, or "{after}" in quotation marks')
        if ahead == ")":
            return QueryError("nothing stands in the brackets", self.query, self.at, "write a word between them")
        if ahead:
            name = _WORD.match(self.query, self.at)
            told = name.group() if name else ahead
            return QueryError(f"nothing stands before {told}", self.query, self.at, f'write a word there, or "{told}" in quotation marks')
        return QueryError(
            "the query is empty", self.query, self.at, "write a word, or leave the query out and give a filter such as --topic"
        )

    def bracket(self, depth: int) -> Node:
        opened = self.at
        self.at += 1
        node = self.either(depth + 1)
        if self.ahead() != ")":
            raise QueryError("the bracket is never closed", self.query, opened, _CLOSE_IT)
        self.at += 1
        return node

    def near(self) -> Node:
        opened = self.at
        found = _NEAR.match(self.query, self.at)
        assert found is not None
        self.at = found.end()
        inside: list[Term] = []
        distance = 10
        while True:
            count = _COUNT.match(self.query, self.at)
            if count:
                distance = int(count[1])
                self.at = count.end()
                break
            ahead = self.ahead()
            if ahead == ")":
                self.at += 1
                break
            if not ahead or ahead in "(,":
                raise QueryError(
                    "NEAR is written NEAR(one two, 5)", self.query, opened, "5 words at most between them; without a number 10"
                )
            inside.append(self.term(near=True))
        if len(inside) < 2:
            raise QueryError("NEAR wants two words or more", self.query, opened, "write NEAR(one two, 5)")
        return Near(tuple(inside), distance)

    def pattern(self, found: re.Match[str]) -> Pattern:
        started, self.at = self.at, found.end()
        self._tally(started)
        return Pattern(found[1], started)

    def term(self, *, near: bool = False) -> Term:
        started = self.at
        if self.query[started] in _OPEN:
            end = next((i for i in range(started + 1, len(self.query)) if self.query[i] in _CLOSE), -1)
            if end < 0:
                raise QueryError("the quotation mark is never closed", self.query, started, "close it, or leave it out")
            text, self.at, exact = self.query[started + 1 : end], end + 1, True
            prefix = self.query[self.at : self.at + 1] == "*"
            self.at += prefix
        else:
            found = _WORD.match(self.query, started)
            if found is None:  # a mark that no rule takes
                raise QueryError("this cannot be searched for", self.query, started, "leave it out")
            text = found.group()
            if text.startswith("/") and not near:
                raise QueryError("the pattern is never closed", self.query, started, "close it with /, or write it in quotation marks")
            if near:
                text = text.split(",", 1)[0] if _COUNT.match(self.query, started + text.find(",")) else text
            self.at, exact = started + len(text), False
            prefix = text.endswith("*") and not text.endswith("**")
            text = text.rstrip("*") if prefix else text
        if not has_word(text):
            raise QueryError("there is no word to search for", self.query, started, "signs alone are not indexed; /.../ searches for them")
        self._tally(started)
        return Term(text, exact, prefix, started)

    def _tally(self, at: int) -> None:
        self.count += 1
        if self.count > MOST_WORDS:
            raise QueryError(
                f"the query has more than {MOST_WORDS} words", self.query, at, "ask with fewer, or take --like for a whole text"
            )
