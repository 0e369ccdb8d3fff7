"""Concluding observations of the human rights treaty bodies (CCPR/C/.../CO/7, CEDAW/C/.../CO/8).

Concerns and recommendations alternate below headings by theme; the paragraphs in which the Committee says what the State party should do
are recommendations, those in which it is concerned are not.
"""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="treaty_bodies",
    body_patterns=(
        "human rights committee",
        "committee on economic, social and cultural rights",
        "committee on the elimination of",
        "committee against torture",
        "subcommittee on prevention of torture",
        "committee on the rights of",
        "committee on enforced disappearances",
        "committee on the protection of the rights of all migrant workers",
    ),
    symbol_prefixes=("CCPR/C/", "CEDAW/C/", "CRC/C/", "CAT/C/", "CERD/C/", "E/C.12/", "CRPD/C/", "CMW/C/", "CED/C/"),
    recommendation_sections=(
        r"(?:.*\bconcerns?\b.*\brecommendations?|(?:principal |main )?(?:subjects|areas|matters|issues|points) of concern|.*\brecommendations"
        r"|dissemination|follow-up|implementation and (?:reporting|follow-up)|(?:preparation of the )?next (?:periodic )?report|ratification of)\b"
    ),
    sub_recommendations=False,
    default_capacity="other",
)
