"""One fact, and when what was found agrees with it.

A fact agrees with a finding when its key is equal, its words are those of the text, and the names by which the author calls an
organization are among those that the parser knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Quantifiers of voices that are not anonymous; facts list anonymous ones alone.
NAMED_VOICES = frozenset(["chair", "secretariat", "panellist", "representative", "person", "organization", "state", "group", "body"])

Row = Mapping[str, Any]

_DROPPED = str.maketrans("", "", "\u00ad*")


def plain(text: object) -> str:
    """A text with its white space folded, without soft hyphens and stars."""
    return " ".join(("" if text is None else str(text)).translate(_DROPPED).split())


def bare(text: object) -> str:
    """Letters and digits alone, in lower case: hyphens at line ends do not count."""
    return "".join(c for c in plain(text).casefold() if c.isalnum())


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to compare: the key must be equal; words and names, where given, must agree.

    Args:
        key: what it is.
        words: first words, last words, how many; of a gold file.
        text: of a finding.
        names: of an organization, a group, an addressee; bare.
    """

    key: tuple[str, ...]
    words: tuple[str, str, int] | None = None
    text: str | None = None
    names: frozenset[str] = frozenset()

    def agrees(self, found: Fact, slack: float) -> bool:
        """Whether a finding is what this fact says; ``slack`` is the share of words that may be amiss."""
        if self.key != found.key or (self.names and not self.names & found.names):
            return False
        if self.words is None:
            return True
        first, last, count = self.words
        whole = bare(found.text)
        room = max(2, count * slack) if slack else 0
        return whole.startswith(bare(first)) and whole.endswith(bare(last)) and abs(len(plain(found.text).split()) - count) <= room

    def __str__(self) -> str:
        told = " / ".join(self.key)
        if self.words:
            told += f': "{self.words[0]} ... {self.words[1]}" {self.words[2]} words'
        elif self.text is not None:
            told += f': "{plain(self.text)[:40]} ... {plain(self.text)[-30:]}" {len(plain(self.text).split())} words'
        return told + (f" {sorted(self.names)}" if self.names else "")
