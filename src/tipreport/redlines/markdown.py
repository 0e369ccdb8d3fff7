"""A redline in Markdown: ~~struck~~ and **bold**, one heading a kind, what the changes mean as a list below each unit."""

from __future__ import annotations

import re
from itertools import groupby

from tipreport.diff.change import Change, Comparison
from tipreport.diff.telling import called, fate, heading, plural, told
from tipreport.redlines import View
from tipreport.visible import visible

SUFFIXES = (".md", ".markdown")

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def render(comparison: Comparison, view: View) -> str:
    """The redline of two reports."""
    names = [called(comparison, side) for side in (0, 1)]
    out = [f"# Changes from {_plain(view.labels[0])} to {_plain(view.labels[1])}", ""]
    out += [f"- {sign}: {_plain(name)}" for sign, name in zip(("left", "right"), names, strict=True) if name]
    out += [f"- {_plain(line)}" for line in view.summary]
    for kind, changes in groupby(comparison.changes, key=lambda change: change.kind):
        out += ["", f"## {plural(kind).capitalize()}"]
        for change in changes:
            out += ["", f"### {_plain(heading(change))}: {fate(change)}", "", _text(change)]
            meaning = [f"- {_plain(text)}" for text in map(told, change.events) if text]
            out += ["", *meaning] if meaning else []
    return "\n".join(out) + "\n"


def _text(change: Change) -> str:
    """The text with its changes; blanks stay outside of the marks, which would not act otherwise."""
    parts = []
    for piece in change.pieces:
        parts += [_plain(piece.same), _marked(piece.gone, "~~"), _marked(piece.new, "**")]
    return _LIST.sub(r"\1\\\2", "".join(parts))


def _marked(text: str, mark: str) -> str:
    bare = text.strip()
    if not bare:
        return _plain(text)
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{mark}{_plain(bare)}{mark}{tail}"


def _plain(text: str) -> str:
    """Text in which nothing is taken for markup."""
    return _SIGNS.sub(r"\\\1", visible(text)).replace("&", "&amp;")
