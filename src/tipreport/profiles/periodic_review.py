"""Reports of the Working Group on the Universal Periodic Review and their addenda (A/HRC/28/15, A/HRC/28/15/Add.1).

They bear the symbols of the Council: the title tells them. ``122.1 Ratify ... (Spain);`` below a paragraph that says
whether they are supported, noted or still to be examined; in the first cycle ``1. ...`` below it. What else stands under
"Conclusions and/or recommendations" is no recommendation.
"""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="periodic_review",
    body_patterns=("working group on the universal periodic review",),
    symbol_prefixes=("A/HRC/WG.6/",),
    title_patterns=("working group on the universal periodic review",),
    recommendation_sections=None,
    default_capacity="other",
)
