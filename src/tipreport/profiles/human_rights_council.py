"""The Human Rights Council: session reports (A/HRC/28/2) with panels and lists of speakers by capacity; reports of special procedures.

A report of a mandate holder ends with "Conclusions and recommendations"; a session report has no such section.
"""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="human_rights_council",
    body_patterns=("human rights council",),
    symbol_prefixes=("A/HRC/",),
    default_capacity="other",
)
