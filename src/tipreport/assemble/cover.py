"""Blocks: every line of the source in exactly one, with what it belongs to."""

from __future__ import annotations

from tipreport.assemble.context import Context, Text
from tipreport.model import Block
from tipreport.spans import merge


def blocks(ctx: Context, texts: list[Text]) -> tuple[Block, ...]:
    """One block a unit, heading or run of lines of one kind."""
    outline = ctx.outline
    groups: dict[tuple[str, int | str], list[int]] = {}
    run = 0
    for index, kind in enumerate(outline.kinds):
        owner = outline.owners[index]
        if owner >= 0:
            groups.setdefault((kind, owner), []).append(index)
            continue
        before = outline.kinds[index - 1] if index else ""
        if before != kind or kind == "unparsed":
            run += 1
        groups.setdefault((kind, f"run{run}"), []).append(index)
    out = []
    for (kind, key), indices in groups.items():
        ranges = [(outline.lines[i].start, outline.lines[i].end) for i in indices]
        ref = None
        if isinstance(key, int):
            ref = outline.places[key].label if kind == "heading" else texts[key].id if kind != "attendance" else None
        out.append(Block(kind=kind, ref=ref, spans=ctx.spans(merge(outline.source, ranges))))
    return tuple(sorted(out, key=lambda block: block.spans[0].start))
