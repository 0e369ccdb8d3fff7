"""The name of an organization is misprinted: "Organization of Security and Cooperation in Europe".

Told where the words of meaning are those of an official name and the small words between them are others, and, in lists of
speakers, where one word of an unknown name is a letter or two away from that of a known one. Short forms, former names and the
two spellings of "organization" are no misprints. Official names: ``data/organizations.csv`` and the user's own rows.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from tipreport import gazetteer
from tipreport.config import Config, kept_by_tables
from tipreport.data import split, table
from tipreport.rules import Context, Finding, Passage, ranges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "organization/name"
SEVERITY = "warning"
EXAMPLES = {
    "1. A statement was made by the observer for the Organization of Security and Cooperation in Europe (OSCE).\n": [
        "Organization of Security and Cooperation in Europe"
    ],
    "1. Statements were made by the observers for the African Union, the United National Office for Outer Space Affairs and the World Bank.\n": [
        "United National Office for Outer Space Affairs"
    ],
}
COUNTEREXAMPLES = [
    "1. A statement was made by the observer for the Organization for Security and Co-operation in Europe (OSCE).\n",
    "1. A statement was made by the observer for the Organisation for Economic Co-operation and Development.\n",
    "1. The Committee on the Rights of the Child and the Committee against Torture met.\n",
]

_SMALL = frozenset(("of", "for", "on", "in", "and", "to", "at", "with", "by", "the", "against"))
_CAPITAL = re.compile(r"(?<![\w-])[A-Z][\w'-]+")
_NEXT = re.compile(r" ([\w'-]+)")
_MOST_SMALL = 3  # small words between two words of a name
_LEAST_WORD, _LETTERS = 6, 2  # letters of a word that is compared, and how many may differ


class _Names:
    """Official names by their words of meaning, and the pairs of words that occur in any."""

    def __init__(self, config: Config) -> None:
        rows = [*table("organizations"), *config.rows("organizations")]
        self.by_words: dict[tuple[str, ...], dict[str, str]] = {}
        self.firsts: dict[str, list[tuple[str, ...]]] = {}
        self.pairs: set[tuple[str, str]] = set()
        for row in rows:
            official = row.get("name", row["id"])
            for form in (official, *split(row.get("variants", ""))):
                words = gazetteer.fold(form).split()
                self.pairs |= set(pairwise(words))
            meaning = _meaning(official)
            if len(meaning) >= 3 and len(meaning) < len(official.split()) and "(" not in official:
                self.by_words.setdefault(meaning, {})[_plain(official)] = official
        for meaning in self.by_words:
            self.firsts.setdefault(meaning[0], []).append(meaning)


@kept_by_tables
def _names(config: Config) -> _Names:
    return _Names(config)


def _meaning(name: str) -> tuple[str, ...]:
    return tuple(word for word in gazetteer.fold(name).split() if word.lower() not in _SMALL)


def _plain(name: str) -> str:
    """A name without "the" and without the case of its small words."""
    return " ".join(word.lower() if word.lower() in _SMALL else word for word in gazetteer.fold(name).split() if word.lower() != "the")


def find(ctx: Context) -> Iterator[Finding]:
    """The names with other small words, then those with a word misspelt."""
    if not ctx.english:
        return
    names = _names(ctx.config)
    for passage in ctx.passages:
        folded = gazetteer.fold(passage.text)
        for capital in _CAPITAL.finditer(folded):
            for meaning in names.firsts.get(capital.group(), ()):
                end = _end(folded, capital.end(), meaning)
                if end and _plain(folded[capital.start() : end]) not in names.by_words[meaning]:
                    yield _misprint(ctx, passage, capital.start(), end, next(iter(names.by_words[meaning].values())))
                    break
    for remark in ctx.remarks("organization/unknown"):
        printed = re.search(r"'(.+)'", remark.message)
        right = _near(printed[1], names) if printed else None
        if printed and right:
            unit = ctx.unit_at(remark.spans[0].start) if remark.spans else None
            yield Finding(f"name of an organization: {printed[1]!r} looks like {right!r}", ranges(remark.spans), right, id=unit and unit.id)


def _end(text: str, at: int, meaning: tuple[str, ...]) -> int:
    """Where a name with these words of meaning ends, whatever the small words between them; 0 where there is none."""
    for word in meaning[1:]:
        for _ in range(_MOST_SMALL + 1):
            found = _NEXT.match(text, at)
            if found is None:
                return 0
            at = found.end()
            if found[1] == word:
                break
            if found[1].lower() not in _SMALL:
                return 0
        else:
            return 0
    return at


def _misprint(ctx: Context, passage: Passage, start: int, end: int, right: str) -> Finding:
    printed = passage.text[start:end]
    return Finding(
        f"name of an organization: {printed!r} is {right!r}",
        ctx.place(passage, start, end),
        right,
        ctx.fix(passage, start, end, right),
        passage.id,
    )


def _near(printed: str, names: _Names) -> str | None:
    """The official name that differs in one long word by a letter or two, where the printed word goes with no neighbour in any name."""
    words = gazetteer.fold(printed).removeprefix("the ").split()
    if len(words) < 3:
        return None
    for forms in names.by_words.values():
        for right in forms.values():
            others = gazetteer.fold(right).split()
            if len(others) != len(words):
                continue
            differ = [i for i, (one, other) in enumerate(zip(words, others, strict=True)) if one.casefold() != other.casefold()]
            if len(differ) != 1:
                continue
            at = differ[0]
            if min(len(words[at]), len(others[at])) < _LEAST_WORD or Levenshtein.distance(words[at], others[at]) > _LETTERS:
                continue
            around = [(words[i], words[i + 1]) for i in (at - 1, at) if 0 <= i < len(words) - 1]
            if not any(pair in names.pairs for pair in around):
                return right
    return None
