"""Bodies and families of reports: one file and one frozen value each, no functions.

``choose`` takes the profile whose symbol prefix or body name fits the masthead best, else ``generic``.
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
        recommendation_sections: regular expression for titles of sections whose numbered paragraphs are
            recommendations (None: only what is labelled or numbered as one).
        sub_recommendations: whether ``122.1`` below paragraph 122 is a recommendation.
        default_capacity: capacity of a list that says only "representatives of".
    """

    name: str
    body_patterns: tuple[str, ...] = ()
    symbol_prefixes: tuple[str, ...] = ()
    recommendation_sections: str | None = r"(?:general |specific |key |main )?recommendations(?: (?:adopted|made|on|of|for|to|by)\b.*)?$"
    sub_recommendations: bool = True
    default_capacity: str = "other"


@cache
def load(name: str) -> Profile:
    """The profile of that name; raises UnknownNameError for an unknown one."""
    profile = registry.load("profiles", name).PROFILE
    assert isinstance(profile, Profile)
    return profile


def choose(symbol: str | None, body: str | None) -> Profile:
    """The profile for a masthead: the longest fitting symbol prefix, then a fitting body, else generic."""
    best: tuple[int, str] = (0, "generic")
    for name in registry.names("profiles"):
        profile = load(name)
        for prefix in profile.symbol_prefixes:
            if symbol and symbol.startswith(prefix):
                best = max(best, (100 + len(prefix), name))
        folded = (body or "").lower()
        for pattern in profile.body_patterns:
            if pattern in folded:
                best = max(best, (len(pattern), name))
    return load(best[1])
