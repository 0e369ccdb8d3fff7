"""Two paragraphs say who led the discussion of one agenda item, and name other panellists.

Told where the two lists have a person in common, so that they speak of the same discussion, and one has somebody whom the
other has not. Paragraphs that say who made a statement or answered a question may name fewer.
"""

from __future__ import annotations

import re

from tipreport import gazetteer
from tipreport.entities import panellist
from tipreport.names import same_person
from tipreport.rules import Context, Finding, Passage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "panellist/differs"
SEVERITY = "error"
EXAMPLES = {
    "1. The discussion under agenda item 3 was led by the following panellists: Ana Lima, Judge (Brazil), and Jo van Dam, Judge (Netherlands).\n\n"
    "2. Others agreed.\n\n3. The discussion under item 3 was led by the following panellist: Ms. Lima (Brazil).\n": ["Lima (Brazil)"],
}
COUNTEREXAMPLES = [
    (
        "1. The discussion under agenda item 3 was led by the following panellists: Ana Lima, Judge (Brazil), and Jo van Dam, Judge (Netherlands).\n\n"
        "2. The discussion under agenda item 4 was led by the following panellist: Li Wei, Judge (China).\n"
    ),
]

_LED = re.compile(r"\b(?:led|introduced|opened|facilitated) by (?:the )?(?:following )?(?:[a-z]+ ){0,2}panell?ists?\b")

_BACK = 20  # discussions before it with which one is compared


def find(ctx: Context) -> Iterator[Finding]:
    """The later paragraph of two that differ."""
    if not ctx.english:
        return
    seen: list[tuple[Passage, list[str]]] = []
    for unit, _ in ctx.find(_LED, "anell", passages=ctx.units):
        found = list(panellist.find(unit.text, gazetteer.fold(unit.text), ctx.config))
        names = [unit.text[slice(*one.name)] for one in found]
        if not names:
            continue
        for other, others in seen[-_BACK:]:
            if _items(other) != _items(unit) or not _shared(names, others):
                continue
            fewer, more = len(_only(others, names)), len(_only(names, others))
            if fewer or more:
                item = f" for agenda item {', '.join(_items(unit))}" if _items(unit) else ""
                missing = [*_only(others, names), *_only(names, others)]
                yield Finding(
                    f"{unit.name} repeats {other.name}{item} with {'fewer' if fewer and not more else 'more' if more and not fewer else 'other'} "
                    f"panellists: {len(names)}, not {len(others)} (only in one: {', '.join(missing)})",
                    ctx.place(unit, found[0].name[0], found[-1].end),
                    f"name the same panellists in both, or strike {unit.name}",
                    id=unit.id,
                )
                break
        seen.append((unit, names))


def _items(unit: Passage) -> tuple[str, ...]:
    return tuple(getattr(unit.thing, "agenda_items", ()) or getattr(unit.thing, "agenda_items_inherited", ()))


def _same(one: str, other: str) -> bool:
    return same_person(one, other) or same_person(other, one)


def _shared(names: list[str], others: list[str]) -> bool:
    return any(_same(one, other) for one in names for other in others)


def _only(names: list[str], others: list[str]) -> list[str]:
    return [one for one in names if not any(_same(one, other) for other in others)]
