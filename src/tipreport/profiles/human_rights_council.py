"""Session reports of the Human Rights Council (A/HRC/28/2): panels, lists of speakers by capacity."""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="human_rights_council",
    body_patterns=("human rights council",),
    symbol_prefixes=("A/HRC/",),
    recommendation_sections=r"recommendations$",
    default_capacity="other",
)
