"""Revised pairs with known edits, made from the units of real reports: what a diff says of them can be scored.

``python tests/revisions.py --reports DIR`` prints the table of docs/diff.md. A pair is made so: units of one length are drawn
from the pool with a seeded generator and set as numbered recommendations under two headings, in the layout of the Working
Group; every unit of the left text has one fate of ``EDITS`` (or none), the right text is set from the results and numbered
anew; both are parsed and compared. What is true follows from the edits alone:

- untouched, swapped: ``renumbered`` where the number is another one, else ``unchanged``;
- move: to the other heading: ``moved``;
- editorial: case, hyphens, spelling, commas: ``editorial``;
- reword: 5 to 60 per cent of the words replaced by words of other units, left out, or put in: ``reworded``;
- states: a State added to or dropped from a list: ``reworded``, with the event;
- soften, harden: another modal: ``reworded``, with the direction of ``strength``;
- split: at a sentence or at ", and", the second half with a subject of its own: ``split``, twice;
- merge: with the next one: ``merged``, twice;
- drop, add: ``dropped``, ``added``.
"""

from __future__ import annotations

import random
import re
from typing import NamedTuple

from tipreport import parse
from tipreport.diff.compare import compare
from tipreport.diff.units import Side
from tipreport.select import units

HEAD = """Working Group on Trafficking in Persons
Vienna, 9–11 September 2020

Draft report

II. Recommendations

A. General recommendations

"""
SECOND = "B. Recommendations on cooperation\n\n"
MODALS = {
    "should": 6, "shall": 10, "must": 9, "are urged to": 7, "are encouraged to": 5, "are invited to": 4, "should consider": 3, "may wish to": 2,
}  # fmt: skip
_SUBJECTS = ("States parties", "States", "The Working Group", "Member States")
_STATES = (
    "Albania",
    "Brazil",
    "Chad",
    "Denmark",
    "Egypt",
    "Fiji",
    "Ghana",
    "Hungary",
    "Japan",
    "Kenya",
    "Mexico",
    "Norway",
    "Peru",
    "Qatar",
)
_EDITORIAL = (
    ("programme", "program"), ("States parties", "States Parties"), ("organization", "organisation"), ("-", " "), (", and", " and"),
    ("labour", "labor"), ("cooperation", "co-operation"), ("The ", "the "), (";", ","), (" and", ", and"),
)  # fmt: skip
FIRST = 5  # words at the head that rewording leaves alone: subject and modal
EDITS = ("none", "swap", "move", "editorial", "reword", "states", "soften", "harden", "split", "merge", "drop", "add")


class Truth(NamedTuple):
    """What became of one unit: numbers of both sides, its fate, and what the event must say."""

    left: int | None
    right: int | None
    fate: str
    event: tuple[str, str | None] | None = None


class Pair(NamedTuple):
    """Two texts and what is true of them."""

    left: str
    right: str
    truths: list[Truth]


def pool(texts: list[str], rng: random.Random) -> list[str]:
    """Units of reports as recommendations: their words behind a subject and a modal of ours, one a line."""
    out = []
    for text in texts:
        for unit in units(parse(text)):
            body = re.sub(r"^[A-Z][a-z]+ ", lambda found: found[0].lower(), re.sub(r"[^\w ,;.()’'/%-]", " ", unit.text))
            body = " ".join(body.split())[:900].rsplit(" ", 1)[0].rstrip(",;. ")
            if len(body) >= 60 and not unit.points and not re.search(r"\b(?:should|shall|must|may|could|might|need)\b", body):
                out.append(f"{rng.choice(_SUBJECTS)} {rng.choice(('should', 'should', 'are encouraged to', 'are urged to'))} {body}.")
    rng.shuffle(out)
    return list(dict.fromkeys(out))


class _Item:
    """A unit of the right text: where it comes from and what became of it."""

    def __init__(self, text: str, section: int, sources: list[int], edit: str, event: tuple[str, str | None] | None = None) -> None:
        self.text, self.section, self.sources, self.edit, self.event = text, section, sources, edit, event


def revise(pool: list[str], size: int, rng: random.Random) -> Pair:
    """One pair of ``size`` recommendations, a third of them edited."""
    drawn = rng.sample(pool, size + size // 6 + 2)
    spare = drawn[size:]
    vocabulary = [word for text in pool[:400] for word in text.split()]
    border = size // 2
    left = [(text, int(place >= border)) for place, text in enumerate(drawn[:size])]
    right: list[_Item] = []
    dropped: list[int] = []
    place = 0
    while place < size:
        text, section = left[place]
        edit = rng.choice(EDITS) if rng.random() < 0.45 else "none"
        edit = edit if edit != "merge" or (place + 1 < size and left[place + 1][1] == section) else "none"
        made = _edit(edit, text, rng, vocabulary)
        if made is None:
            edit, made = "none", ([text], None)
        texts, event = made
        if edit == "drop":
            dropped.append(place)
        elif edit == "merge":
            right.append(_Item(_joined(text, left[place + 1][0], rng), section, [place, place + 1], edit))
            place += 1
        else:
            right += [_Item(one, section, [place], edit, event) for one in texts]
        if edit == "add" and spare:
            right.append(_Item(spare.pop(), section, [], "add"))
        place += 1
    _move(right, rng)
    return _pair(left, right, dropped)


def _move(right: list[_Item], rng: random.Random) -> None:
    """Swap what is to be swapped within its section; send what is to move to the other one."""
    for item in [one for one in right if one.edit == "swap"]:
        others = [one for one in right if one.section == item.section and one is not item and one.edit in {"none", "swap"}]
        if others:
            i, j = right.index(item), right.index(rng.choice(others))
            right[i], right[j] = right[j], right[i]
    for item in [one for one in right if one.edit == "move"]:
        right.remove(item)
        item.section = 1 - item.section
        right.insert(rng.randrange(len(right) + 1), item)
    right.sort(key=lambda one: one.section)


def _edit(edit: str, text: str, rng: random.Random, vocabulary: list[str]) -> tuple[list[str], tuple[str, str | None] | None] | None:
    """The text or texts that an edit makes, and the event; None where the text does not lend itself to it."""
    modal = next((one for one in sorted(MODALS, key=len, reverse=True) if f" {one} " in text[:60]), None)
    if edit in {"soften", "harden"}:
        weaker = [
            one
            for one in MODALS
            if (MODALS[one] < MODALS[modal or "should"]) == (edit == "soften") and MODALS[one] != MODALS[modal or "should"]
        ]
        if modal is None or not weaker:
            return None
        return [text.replace(f" {modal} ", f" {rng.choice(weaker)} ", 1)], ("strength", "weaker" if edit == "soften" else "stronger")
    if edit == "reword":
        made = reworded(text, rng.uniform(0.05, 0.6), rng, vocabulary)
        return ([made], None) if made != text else None
    if edit == "states":
        state = rng.choice([one for one in _STATES if one not in text])
        return [f"{text[:-1]}, in particular {state}."], ("state_added", state)
    if edit == "editorial":
        rng_order = rng.sample(_EDITORIAL, len(_EDITORIAL))
        made = text
        for before, after in rng_order[:6]:
            made = made.replace(before, after, 2)
        return ([made], None) if made != text else None
    if edit == "split":
        cuts = [found.span() for found in re.finditer(r"\. (?=[A-Z])|, and |; ", text) if 0.25 < found.start() / len(text) < 0.75]
        if not cuts:
            return None
        start, end = rng.choice(cuts)
        return [f"{text[:start]}.", f"{rng.choice(_SUBJECTS)} should {text[end:]}"], None
    return [text], None


def reworded(text: str, share: float, rng: random.Random, vocabulary: list[str]) -> str:
    """A text with a share of its words replaced, left out or followed by another; subject, modal and last word stay."""
    held = text.split()
    first = FIRST
    chosen = (
        set(rng.sample(range(first, len(held) - 1), max(1, round(share * (len(held) - first - 1))))) if len(held) > first + 2 else set()
    )
    out = []
    for place, word in enumerate(held):
        if place not in chosen:
            out.append(word)
            continue
        way = rng.random()
        if way < 0.7:
            out.append(rng.choice(vocabulary).strip(".;()"))
        elif way < 0.85:
            out += [word, rng.choice(vocabulary).strip(".;()")]
    return " ".join(out)


def _joined(one: str, other: str, rng: random.Random) -> str:
    if rng.random() < 0.5:
        return f"{one} {other}"
    return f"{one[:-1]}, and {other[0].lower()}{other[1:]}"


def _pair(left: list[tuple[str, int]], right: list[_Item], dropped: list[int]) -> Pair:
    """The texts and the truths."""
    truths = [Truth(place + 1, None, "dropped") for place in dropped]
    for number, item in enumerate(right, 1):
        for place in item.sources:
            fate = {"move": "moved", "editorial": "editorial", "split": "split", "merge": "merged"}.get(item.edit)
            fate = fate or ("reworded" if item.edit in {"reword", "states", "soften", "harden"} else "")
            truths.append(Truth(place + 1, number, fate or ("unchanged" if place + 1 == number else "renumbered"), item.event))
        if not item.sources:
            truths.append(Truth(None, number, "added"))
    return Pair(laid_out(left), laid_out([(item.text, item.section) for item in right]), sorted(truths, key=str))


def laid_out(items: list[tuple[str, int]]) -> str:
    """The units as a text."""
    out, section = [HEAD], 0
    for number, (text, where) in enumerate(items, 1):
        if where and not section:
            out.append(SECOND)
            section = 1
        out.append(f"{number}. {text}\n\n")
    return "".join(out)


class Score(NamedTuple):
    """Of one fate, or of all together: hits, false, missed."""

    hits: int
    false: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / max(2 * self.hits + self.false + self.missed, 1)


def told(pair: Pair) -> list[Truth]:
    """What the diff says, in the form of truths."""
    one, other = (Side(parse(text), text) for text in (pair.left, pair.right))
    out = []
    for change in compare(one, other, ("recommendations",)).changes:
        numbers = [int(unit.number) if unit and unit.number else None for unit in (change.left, change.right)]
        events = [(event.event, event.direction or event.name) for event in change.events if event.event in {"strength", "state_added"}]
        out.append(Truth(numbers[0], numbers[1], change.fate, events[0] if events else None))
    return out


def scored(pairs: list[Pair]) -> tuple[dict[str, Score], tuple[int, int], tuple[int, int], list[str]]:
    """Scores by fate and of all ("together"), right and all directions, right and all State events, and what was wrong."""
    counts: dict[str, list[int]] = {}
    directions, states, wrong = [0, 0], [0, 0], []
    for number, pair in enumerate(pairs):
        said = told(pair)
        true = {truth[:3] for truth in pair.truths}
        claimed = {truth[:3] for truth in said}
        for fates, place in ((true & claimed, 0), (claimed - true, 1), (true - claimed, 2)):
            for _, _, fate in fates:
                counts.setdefault(fate, [0, 0, 0])[place] += 1
        wrong += [f"pair {number}: {'said' if one in claimed else 'true'} {one}" for one in sorted(true ^ claimed, key=str)]
        events = {truth[:2]: truth.event for truth in said}
        for truth in pair.truths:
            if truth.event is not None:
                tally = directions if truth.event[0] == "strength" else states
                tally[1] += 1
                tally[0] += events.get(truth[:2]) == truth.event
                if events.get(truth[:2]) != truth.event:
                    wrong.append(f"pair {number}: {truth} got {events.get(truth[:2])}")
    scores = {fate: Score(*count) for fate, count in sorted(counts.items())}
    scores["together"] = Score(*(sum(score[i] for score in scores.values()) for i in range(3)))
    return scores, (directions[0], directions[1]), (states[0], states[1]), wrong


def main() -> None:
    """Make pairs, score them, print the table."""
    import argparse
    from pathlib import Path

    parser = argparse.ArgumentParser(description="Score the fates that diff gives on revised pairs of real reports.")
    parser.add_argument("--reports", type=Path, default=Path(__file__).parents[1] / "samples", help="folder of reports, *.txt")
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--size", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    rng = random.Random(given.seed)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(given.reports.glob("*.txt"))]
    units_of = pool(texts, rng)
    pairs = [revise(units_of, min(given.size, len(units_of) * 3 // 4), rng) for _ in range(given.pairs)]
    scores, directions, states, wrong = scored(pairs)
    print(f"{len(units_of)} units in the pool, {len(pairs)} pairs of {given.size}")
    print("| fate | F1 | right | false | missed |\n|---|---|---|---|---|")
    for fate, score in scores.items():
        print(f"| {fate} | {score.f1:.4f} | {score.hits} | {score.false} | {score.missed} |")
    print(f"| direction of strength | {directions[0] / max(directions[1], 1):.4f} | {directions[0]} of {directions[1]} | | |")
    print(f"| States added | {states[0] / max(states[1], 1):.4f} | {states[0]} of {states[1]} | | |")
    if given.misses:
        print("\n".join(wrong))


if __name__ == "__main__":
    main()
