"""Topics of a text, from ``data/topics.csv`` and the user's own rows: whole words and phrases, any case.

A pattern also fits with a plural ending behind it.
"""

from __future__ import annotations

import re

from tipreport.config import Config, kept_by_tables
from tipreport.data import split, table
from tipreport.gazetteer import fold

EXAMPLES = {
    "Training of prosecutors on trauma-informed approaches": ["investigation", "technical_assistance", "victim_protection"],
    "the non-punishment principle": ["non_punishment"],
}
COUNTEREXAMPLES = ["mediation between the parties", "nothing of the kind"]

_WORD = re.compile(r"\w+")


@kept_by_tables
def _phrases(config: Config) -> tuple[dict[str, list[tuple[str, str]]], tuple[str, ...]]:
    """Phrases by their first word, and all topics in the order of the table."""
    by_word: dict[str, list[tuple[str, str]]] = {}
    order: list[str] = []
    for row in (*table("topics"), *config.rows("topics")):
        if row["id"] not in order:
            order.append(row["id"])
        for pattern in split(row.get("patterns", "")):
            folded = fold(pattern).lower()
            first = _WORD.match(folded)
            if first:
                for form in (first.group(), first.group() + "s"):
                    by_word.setdefault(form, []).append((folded, row["id"]))
    return by_word, tuple(order)


def find(text: str, config: Config) -> tuple[str, ...]:
    """The ids of the topics that the text speaks of, in the order of the table."""
    by_word, order = _phrases(config)
    low = fold(text).lower()
    words = set(_WORD.findall(low))
    found: set[str] = set()
    for word in words & by_word.keys():
        for phrase, ident in by_word[word]:
            if ident not in found and _stands(low, phrase):
                found.add(ident)
    return tuple(ident for ident in order if ident in found)


def _stands(text: str, phrase: str) -> bool:
    """Whether a phrase stands in the text as whole words."""
    at = text.find(phrase)
    while at >= 0:
        if not (at and text[at - 1].isalnum()) and _ends(text, at + len(phrase)):
            return True
        at = text.find(phrase, at + 1)
    return False


def _ends(text: str, end: int) -> bool:
    tail = text[end : end + 3]
    return not tail[:1].isalnum() or (tail[:1] == "s" and not tail[1:2].isalnum()) or (tail[:2] == "es" and not tail[2:3].isalnum())
