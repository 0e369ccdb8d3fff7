"""Corrections to fill in: a row of ``tipreport.toml`` for every object chosen, with what was found of it as comments.

``parse FILE --id rec-5 --to correction``. Ids are those of ``tipreport.corrections``; a row as it is printed changes nothing.
"""

from __future__ import annotations

from typing import Any

from tipreport.corrections.fields import FIELDS
from tipreport.corrections.objects import Object, objects, short_hash
from tipreport.corrections.run import held_value
from tipreport.errors import TipreportError
from tipreport.exporters import View
from tipreport.identity import name_of
from tipreport.model import Report, Spans
from tipreport.visible import visible

SUFFIXES = (".toml",)
BEGIN = END = ""
BETWEEN = "\n"

_WHAT = {
    "masthead": "masthead",
    "sections": "section",
    "recommendations": "recommendation",
    "paragraphs": "paragraph",
    "points": "point",
    "panellists": "panellist",
    "statements": "statement",
    "attendance": "attendance",
}
_TABLES = {"add", "drop", "replace", "printed", "add_panellists"}
_WORDS = 9


def by_id(report: Report, ident: str) -> list[Object]:
    """The objects with an id of a correction; ``rec-51`` also finds ``rec-51~2``."""
    return [one for one in objects(report) if one.id == ident or one.id.startswith(f"{ident}~")]


def render(report: Report, view: View) -> str:
    """The rows of one report, or of what is chosen of it.

    Raises:
        TipreportError: the text is not at hand, or the report is merged from parts.
    """
    if view.text is None:
        raise TipreportError("a correction needs the text, which saved JSON and Akoma Ntoso do not hold", "give the document")
    if report.parts:
        raise TipreportError("a merged report is corrected part by part", "leave out --merge and give one part")
    kinds, ids = view.selection.kinds, view.selection.ids
    wrong = [kind for kind in kinds if kind not in _WHAT]
    if wrong:
        raise TipreportError(f"{', '.join(wrong)} cannot be corrected", f"these can: {', '.join(_WHAT)}")
    chosen = [one for ident in ids for one in by_id(report, ident)] if ids else objects(report)
    if kinds:
        chosen = [one for one in chosen if one.kind in {_WHAT[kind] for kind in kinds}]
    return "\n".join(_row(report, one, view.text) for one in chosen)


def _row(report: Report, one: Object, text: str) -> str:
    lines = [
        f"# {_first_words(text, one.value.spans)}",
        "[[corrections]]",
        f"report = {_quoted(name_of(report))}",
        f"id = {_quoted(one.id)}",
        f'text = "{short_hash(text, one.value.spans)}"',
    ]
    if one.kind in {"statement", "attendance"}:
        lines += [f"# holds: {', '.join(visible(held.id) for held in (*one.value.states, *one.value.organizations, *one.value.groups))}"]
    for name in FIELDS[one.kind]:
        if name in _TABLES or (name == "on_behalf_of" and one.kind != "panellist"):
            continue
        lines.append(f"# {name} = {_value(held_value(one, name))}")
    return "\n".join(lines) + "\n"


def _first_words(text: str, spans: Spans) -> str:
    words = " ".join(text[span.start : span.end] for span in spans[:2])[:400].split()
    told = " ".join(words[:_WORDS]) + (" ..." if len(words) > _WORDS else "")
    return visible(told or "nothing is printed")


def _value(value: Any) -> str:
    if value is None:
        return '""'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return str(value) if isinstance(value, int) else _quoted(value if isinstance(value, str) else value.id)


def _quoted(text: str) -> str:
    """A string of TOML; what a terminal would obey, and what is no character, as an escape."""
    out = []
    for char in text:
        if char in '"\\':
            out.append(f"\\{char}")
        elif "\ud800" <= char <= "\udfff":
            out.append("\ufffd")  # TOML cannot hold it
        elif char.isprintable():
            out.append(char)
        else:
            out.append(f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}")
    return f'"{"".join(out)}"'
