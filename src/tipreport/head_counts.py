"""How many spoke or were there, where a sentence counts them and names nobody.

Printed forms: "Representatives of two Parties made statements", "by 25 Parties", "Nine constituencies made statements",
"one other stakeholder made a statement".
"""

from __future__ import annotations

import re

from tipreport.text import NUMBER_WORDS

COUNTED = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{'|'.join(NUMBER_WORDS)}) (?!The )(?:[A-Za-z-]+ ){{0,5}}?"
    r"(?P<what>parties|Parties|States|delegations|organizations|constituencies|countries|speakers|representatives|Governments|observers|entities|Party|State|institutions|stakeholders?)\b",
    re.IGNORECASE,
)
# What stands before a count of those who spoke: "by representatives of 13 Parties", "by 25 Parties", "Representatives of the nine constituencies".
_LED = re.compile(
    r"\b(?:[Rr]epresentatives? (?:of|from|for)|[Dd]elegations? of|(?<!supported )(?<!endorsed )(?<!sponsored )by|[Oo]n behalf of|speakers? from)"
    r"(?: (?:the|a|an|some|up|to|over|at|least|further|other|following)){0,3} $"
)
# What stands behind one that begins its sentence or clause: "Nine constituencies made statements", "During the review, 16 delegations made statements".
_SPEAKS = re.compile(r"[^.;:]{0,80}?\b(?:made|delivered|gave|spoke|took the floor)\b")
_CLAUSE = re.compile(r"^(?:During|At|In|Under|On|After|Following)\b[^.;:]*, $")
_SESSION = re.compile(r"\b[A-Z]{2,}(?:/[A-Z]+)? $")  # "SBSTA 49" is a session


def counted_in(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first count of those who spoke or were there: a number that a sentence has for anything else is none.

    "78 countries" of which experts were trained, the "49" of a session, those whom a proposal would let speak.
    The match has the groups ``n``, the number as printed, and ``what``, those who are counted.
    """
    for counted in COUNTED.finditer(text, start, end):
        before = text[start : counted.start()]
        led = _LED.search(before) or ((not before.strip() or _CLAUSE.search(before)) and _SPEAKS.match(text, counted.end(), end))
        if led and not _SESSION.search(before):
            return counted
    return None
