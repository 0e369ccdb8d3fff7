"""United Nations conferences and their preparatory committees (A/CONF.232/2023/2): attendance, credentials, resolutions adopted."""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="conferences",
    body_patterns=(
        "united nations conference",
        "intergovernmental conference",
        "world conference",
        "preparatory committee",
        "preparatory commission",
    ),
    symbol_prefixes=("A/CONF.", "A/AC."),
    default_capacity="other",
)
