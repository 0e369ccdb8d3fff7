"""The United Nations Environment Assembly and its committee (UNEP/EA.5/28)."""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="environment_assembly",
    body_patterns=(
        "united nations environment assembly",
        "committee of permanent representatives to the united nations environment programme",
    ),
    symbol_prefixes=("UNEP/EA.",),
    default_capacity="member",
)
