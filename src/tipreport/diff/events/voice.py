"""Voices: "one speaker" became "several speakers". Ranks are those of ``data/quantifiers.csv``; nothing is counted."""

from __future__ import annotations

from functools import cache

from tipreport.data import table
from tipreport.diff.change import Event
from tipreport.diff.pair import Hit, Pair
from tipreport.model import Paragraph, Voice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def _ranks() -> dict[str, int]:
    return {row["id"]: int(row["rank"]) for row in table("quantifiers") if row["rank"].strip()}


def find(pair: Pair) -> Iterator[Event]:
    """Events ``voice`` (direction: more or fewer, where both have a rank), ``voice_added`` and ``voice_dropped``."""
    if not pair.hunks or not isinstance(pair.left.thing, Paragraph) or not isinstance(pair.right.thing, Paragraph):
        return
    sides = [_voices(pair, side) for side in (0, 1)]
    pairs, left, right = pair.together(*sides, strict=True)
    ranks = _ranks()
    for one, other in pairs:
        if (one.key, one.printed) != (other.key, other.printed):
            ranked = ranks.get(one.key, 0), ranks.get(other.key, 0)
            direction = None if not all(ranked) or ranked[0] == ranked[1] else "more" if ranked[0] < ranked[1] else "fewer"
            yield pair.event("voice", one, other, id=None, name=None, direction=direction, words=(one.printed, other.printed))
    for name, hits in (("voice_dropped", left), ("voice_added", right)):
        for hit in hits:
            yield pair.event(name, *((hit, None) if name == "voice_dropped" else (None, hit)), id=hit.key)


def _voices(pair: Pair, side: int) -> list[Hit]:
    """Voices with the words for who spoke: what stands in their clause before the verb."""
    thing = pair.unit(side).thing
    assert isinstance(thing, Paragraph)
    found = pair.hits(side, ((voice.quantifier, voice.text, None, voice.spans) for voice in thing.voices))
    verbs = {voice.text: voice for voice in thing.voices}
    return [_who(hit, verbs[hit.printed]) for hit in found]


def _who(hit: Hit, voice: Voice) -> Hit:
    end = voice.text.find(voice.verb)
    who = voice.text[:end].strip() if end > 0 else voice.text
    for helper in (" have", " has", " had", " also", " further", " was", " were"):
        who = who.removesuffix(helper)
    return hit._replace(end=hit.start + len(who), printed=who)
