"""The Economic and Social Council and its functional commissions (E/2022/30, E/CN.7/2022/14, E/CN.15/2022/11).

Chapters in roman numerals; the first holds draft resolutions and decisions, each with numbers of its own, and those already adopted. Representatives
are of members, the others are observers.
"""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="economic_social_council",
    body_patterns=(
        "economic and social council",
        "commission on crime prevention and criminal justice",
        "commission on narcotic drugs",
        "commission on the status of women",
        "commission for social development",
        "commission on population and development",
        "commission on science and technology for development",
        "statistical commission",
        "permanent forum on indigenous issues",
        "forum on forests",
    ),
    symbol_prefixes=("E/",),
    default_capacity="member",
)
