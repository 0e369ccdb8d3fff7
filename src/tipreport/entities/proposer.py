"""States that made a recommendation, in brackets behind it: "(Spain, Tunisia);", "(France) (Lithuania);".

Periodic-review reports (A/HRC/28/15, paras. 115.1-115.163). "(No. 29)", "(2009-2014)" and "(ICRMW)" are no
States: a bracket counts only if every name in it is one.
"""

from __future__ import annotations

import re

from tipreport import gazetteer
from tipreport.config import Config

_PLAIN = Config()
_SEPARATOR = re.compile(r"(?:\s*(?:[,;/\u2013\u2014&]|-(?=\s))\s*(?:and\s+)?|\s+and\s+)(?:the )?", re.IGNORECASE)
# Marks of footnotes and quotation marks may stand behind; a few words may trail, also where a converter tore lines.
_END = re.compile(r"\)\d{0,3}(?=[\s.;,:*\u201d\u2019\"']*(?:\d{1,3}[\s.;]*)?$|[;.,]? ?[a-z][^()A-Z]{2,45}$)")
_ANY = re.compile(r"[^\W\d_][^,;/()\d]{2,40}")  # a name that may be a State's, misspelt

EXAMPLES = {
    "Ratify the Optional Protocol (Spain, Tunisia);": ["ESP", "TUN"],
    "Ratify the Convention (No. 29) (Iran (Islamic Republic of));": ["IRN"],
    "Continue its work (France) (Lithuania);": ["FRA", "LTU"],
    "Sign the protocol (Spain and Italy).": ["ESP", "ITA"],
    "Ensure compliance (Egypt); continue its efforts (Peru);": ["EGY", "PER"],
    "Join the treaty (Spain/Italy)12;": ["ESP", "ITA"],
    "Combat torture (Spain,Chile), as well as ill-treatment;": ["ESP", "CHL"],
    "Adopt a law (Spain, Ruritania, Peru);": ["ESP", "PER"],
}
COUNTEREXAMPLES = [
    "Ratify the Forced Labour Convention, 1930 (No. 29);",
    "Adopt the plan (2009-2014).",
    "Open an office (Geneva, Switzerland).",
    "Thank the Chair, Maria Rossi (Italy), and the Rapporteur, Kateryna Holub.",
]


def find(text: str, folded: str, config: Config = _PLAIN) -> list[gazetteer.Match]:
    """The proposing States, in the order printed.

    The last bracket must name States; then the brackets before it that hold nothing but States count as well,
    for several wishes under one number ("... (Egypt); continue ... (Peru);").
    """
    end_match = _END.search(text)
    if not end_match:
        return []
    groups: list[list[gazetteer.Match]] = []
    close = end_match.start()
    while close >= 0:
        start = _opening(text, close)
        if start < 0:
            break
        group = _states(folded, start + 1, close, gazetteer.states(config))
        if group is not None:
            groups.append(group)
        elif not groups:
            return []
        close = text.rfind(")", 0, start)
    seen: dict[str, gazetteer.Match] = {}
    for group in reversed(groups):
        for match in group:
            seen.setdefault(match.entry.id, match)
    return list(seen.values())


def _opening(text: str, close: int) -> int:
    """The bracket that opens what closes at ``close``, -1 for none."""
    depth = 0
    for i in range(close, max(-1, close - 3000), -1):
        if text[i] == ")":
            depth += 1
        elif text[i] == "(":
            depth -= 1
            if depth == 0:
                return i
    return -1


def _states(folded: str, start: int, end: int, states: gazetteer.Gazetteer) -> list[gazetteer.Match] | None:
    """The States that fill ``folded[start:end]``, None if anything else stands there but a name or two among more States."""
    out: list[gazetteer.Match] = []
    strange = 0
    at = start + 4 if folded[start : start + 4].lower() == "the " else start
    while at < end:
        while at < end and folded[at] == " ":
            at += 1
        found = states.at(folded, at)
        if found is None and folded[at].islower():  # "(netherlands)"
            found = states.at(folded[:at] + folded[at].upper() + folded[at + 1 : end] + folded[end:], at)
        if found is not None and found.end <= end:
            out.append(found)
            at = found.end
        elif out and (name := _ANY.match(folded, at, end)):
            strange += 1
            at = name.end()
        else:
            return None
        separator = _SEPARATOR.match(folded, at)
        if separator:
            at = min(separator.end(), end)
        elif folded[at:end].strip(" *"):
            return None
        else:
            break
    return out if len(out) > strange else None
