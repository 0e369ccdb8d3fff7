"""Working groups of the Conference of the Parties to the Organized Crime Convention (CTOC/COP/WG.n).

Recommendations are numbered paragraphs under "Recommendations adopted by the Working Group" until about
2013 (CTOC/COP/WG.4/2010/6), later items of their own ("Recommendation 51").
"""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(
    name="wg_trafficking",
    body_patterns=(
        "working group on trafficking in persons",
        "working group on the smuggling of migrants",
        "working group on firearms",
        "working group on international cooperation",
        "working group of government experts on technical assistance",
        "conference of the parties to the united nations convention against transnational organized crime",
    ),
    symbol_prefixes=("CTOC/COP/WG.", "CTOC/COP/"),
    default_capacity="party",
)
