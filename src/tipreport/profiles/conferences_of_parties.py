"""Conferences and meetings of the parties to environmental and other treaties (CBD/COP/15/17, UNEP/CHW.16/21).

Decisions stand in an annex or a part of their own, each with numbers of its own. Representatives are of parties.
"""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="conferences_of_parties",
    body_patterns=("conference of the parties", "meeting of the parties", "conference of the states parties", "meeting of states parties"),
    symbol_prefixes=(
        "CBD/",
        "UNEP/CBD/",
        "UNEP/CHW.",
        "UNEP/FAO/RC/",
        "UNEP/POPS/",
        "UNEP/OzL.",
        "UNEP/MC/",
        "ICCD/COP",
        "CRPD/CSP/",
        "CCW/",
        "BWC/",
    ),
    default_capacity="party",
)
