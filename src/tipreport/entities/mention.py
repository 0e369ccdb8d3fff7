"""Mentions in running text: States, organizations, groups, instruments, persons with an honorific."""

from __future__ import annotations

import re
from typing import NamedTuple

from tipreport import gazetteer, names
from tipreport.config import Config

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = {
    "cooperation between Paraguay and Spain": ["state PRY", "state ESP"],
    "the United States Department of Justice": [],
    "Ms. S\u00e1nchez Fern\u00e1ndez said": ["person S\u00e1nchez Fern\u00e1ndez"],
}
COUNTEREXAMPLES = ["Iraqi officials", "the Korean Institute"]


# Before these words a name goes on ("of All Forms of Racial Discrimination"): what stands behind them is no person.
_PART_OF_A_NAME = re.compile(
    r"(?:\b(?:of|on|to|for|in|against|the|their|its|from|or|ratify|sign|implement|adopt|[a-z][\w\u2019'-]* and)|['\u2019]s?) $",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """A mention at ``start:end``; for a person ``entry`` is None, ``honorific`` and ``name`` are set."""

    kind: str
    entry: gazetteer.Entry | None
    start: int
    end: int
    honorific: str | None = None
    name: str = ""


def find(text: str, folded: str, config: Config) -> Iterator[Found]:
    """All mentions, left to right; persons shadow the names inside them."""
    persons = _persons(text, folded, gazetteer.states(config))
    at = 0
    for found in gazetteer.everything(config).find(folded):
        while at < len(persons) and persons[at].end <= found.start:
            yield persons[at]
            at += 1
        if at < len(persons) and persons[at].start < found.end:
            continue
        if folded[found.end : found.end + 1] == "/" and folded[found.end + 1 : found.end + 2].isalnum():
            continue  # the beginning of a symbol
        if found.entry.kind == "state" and gazetteer.in_body_name(folded, found):
            continue
        yield Found(found.entry.kind, found.entry, found.start, found.end)
    yield from persons[at:]


def _persons(text: str, folded: str, states: gazetteer.Gazetteer) -> list[Found]:
    """Persons with an honorific, and full names with their State in brackets behind them."""
    out = list(_titled(text))
    if " (" in text:
        taken = {(one.start, one.end) for one in out}
        for found in names.before_bracket().finditer(text):
            state = states.at(folded, found.end() + (4 if text.startswith("the ", found.end()) else 0))
            if state and text[state.end : state.end + 1] == ")" and names.is_name(found["name"]):
                if _PART_OF_A_NAME.search(text, max(0, found.start() - 40), found.start()):
                    continue
                if not any(a < found.end("name") and found.start() < b for a, b in taken) and not states.at(folded, found.start()):
                    out.append(Found("person", None, found.start(), found.end("name"), None, found["name"]))
    return sorted(out, key=lambda one: one.start)


def _titled(text: str) -> Iterator[Found]:
    if "." not in text and "Sir" not in text and "Excellency" not in text:
        return
    for found in names.titled(text):
        name = found.name.rstrip(".").removesuffix("'s").removesuffix("\u2019s")
        if name and not names.is_body(name):
            yield Found("person", None, found.start, found.at + len(name), found.honorific, name)
