"""The kinds of objects, as all commands name them."""

from __future__ import annotations

from tipreport.errors import UnknownNameError

KINDS = (
    "masthead", "sections", "agenda", "recommendations", "points", "paragraphs", "voices", "mentions", "panellists",
    "statements", "attendance", "decisions", "references", "footnotes", "blocks", "diagnostics", "parts",
)  # fmt: skip
_ALIASES = {"headings": "sections", "items": "agenda"}


def kinds(names: str, known: tuple[str, ...] = KINDS) -> tuple[str, ...]:
    """The kinds that a comma-separated list names, without repeats; empty for ``all``.

    Args:
        names: as typed; ``headings`` are sections, ``items`` agenda items.
        known: the kinds that can be named here.

    Raises:
        UnknownNameError: a name is none; close names are offered.
    """
    offered = [*known, *(alias for alias, kind in _ALIASES.items() if kind in known and alias not in known), "all"]
    out: list[str] = []
    if not names.strip(" ,"):
        raise UnknownNameError("kind", names, offered)
    for name in (part.strip() for part in names.split(",")):
        if not name:
            continue
        if name == "all":
            return ()
        kind = name if name in known else _ALIASES.get(name, name)
        if kind not in known:
            raise UnknownNameError("kind", name, offered)
        if kind not in out:
            out.append(kind)
    return tuple(out)
