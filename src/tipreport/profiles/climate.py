"""Subsidiary bodies and conferences under the Climate Change Convention (FCCC/SBI, FCCC/SBSTA, FCCC/CP).

Their conclusions are numbered paragraphs, not recommendations; statements mostly only count the Parties.
"""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="climate",
    body_patterns=("subsidiary body for", "conference of the parties serving as"),
    symbol_prefixes=("FCCC/",),
    recommendation_sections=None,
    sub_recommendations=False,
    default_capacity="party",
)
