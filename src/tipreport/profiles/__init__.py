"""Bodies and families of reports: one file and one frozen value each, no functions.

``choose`` takes the profile whose title, symbol prefix or body name fits the masthead best, else ``generic``.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from tipreport import registry


class Profile(NamedTuple):
    """What differs from body to body.

    Args:
        name: of the profile, as in its file name.
        body_patterns: parts of a body's name, lower case, any of which chooses this profile.
        symbol_prefixes: beginnings of symbols that choose it.
        title_patterns: parts of a document's title, lower case, any of which chooses it before symbol and body: for a
            family that shares its symbols with another.
        recommendation_sections: regular expression for the beginnings of titles of sections, any case; the paragraphs
            in them that say what somebody should do are recommendations (None: only what is labelled or numbered as
            one). The nearest heading that fits decides; one that only describes ("Conclusions") ends the search.
        sub_recommendations: whether ``122.1`` below paragraph 122 is a recommendation.
        default_capacity: capacity of a list that says only "representatives of".
    """

    name: str
    body_patterns: tuple[str, ...] = ()
    symbol_prefixes: tuple[str, ...] = ()
    title_patterns: tuple[str, ...] = ()
    recommendation_sections: str | None = (
        r"(?:(?:general|specific|key|main|policy|draft|agreed|summary of|conclusions?,?|observations?,?|findings?,?|outcomes?,?|and) )*"
        r"recommendations?(?: (?:adopted|made|on|of|for|to|by|from|and)\b.*)?$"
    )
    sub_recommendations: bool = True
    default_capacity: str = "other"


@cache
def load(name: str) -> Profile:
    """The profile of that name; raises UnknownNameError for an unknown one."""
    profile = registry.load("profiles", name).PROFILE
    assert isinstance(profile, Profile)
    return profile


def choose(symbol: str | None, body: str | None, title: str | None = None) -> Profile:
    """The profile for a masthead: a fitting title, then the longest fitting symbol prefix, then a fitting body, else generic."""
    best: tuple[int, str] = (0, "generic")
    told, name_of_body = (title or "").lower(), (body or "").lower()
    for name in registry.names("profiles"):
        profile = load(name)
        weights = [
            *(1000 + len(pattern) for pattern in profile.title_patterns if pattern in told or pattern in name_of_body),
            *(100 + len(prefix) for prefix in profile.symbol_prefixes if symbol and symbol.startswith(prefix)),
            *(min(len(pattern), 99) for pattern in profile.body_patterns if pattern in name_of_body),
        ]
        best = max(best, (max(weights, default=0), name)) if weights else best
    return load(best[1])
