"""Bodies of the Conference of the States Parties to the Convention against Corruption (CAC/COSP).

Conclusions and recommendations are paragraphs of one section: those that recommend, request, encourage are
recommendations, those that note or welcome are not.
"""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="corruption",
    body_patterns=(
        "implementation review group",
        "working group on asset recovery",
        "working group on the prevention of corruption",
        "expert meeting to enhance international cooperation under the united nations convention against corruption",
        "conference of the states parties to the united nations convention against corruption",
    ),
    symbol_prefixes=("CAC/COSP/",),
    default_capacity="party",
)
