"""The General Assembly and its Main Committees (A/77/454), and other documents under its symbol that no nearer family claims.

The reports of the Main Committees recommend draft resolutions, whose texts they hold; votes are listed by State. Who speaks as a
representative is a Member State; others speak as observers.
"""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="general_assembly",
    body_patterns=(
        "general assembly",
        "first committee",
        "second committee",
        "third committee",
        "fourth committee",
        "fifth committee",
        "sixth committee",
    ),
    symbol_prefixes=("A/",),
    default_capacity="member",
)
