"""Bodies of the Conference of the States Parties to the Convention against Corruption (CAC/COSP)."""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="corruption",
    body_patterns=("implementation review group", "working group on asset recovery", "working group on the prevention of corruption"),
    symbol_prefixes=("CAC/COSP/",),
    default_capacity="party",
)
