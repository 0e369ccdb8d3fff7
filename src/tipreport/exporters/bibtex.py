"""BibTeX: an entry a report that BibTeX, biblatex and the readers of either take (``btxdoc``, 3.1; biblatex manual, 2.1 to 2.3).

``@techreport`` is a type of both: BibTeX does not know ``@report``, and biblatex takes the one for the other (2.1.2). The
``type`` field says in print that it is no technical report. What only biblatex knows (``date``, ``keywords``) BibTeX passes
over; fields for events are none of a report in biblatex, so the meeting is an annotation, which both know and few styles print. Names of bodies and titles stand in a second pair of braces: a body is no first and last name, and styles that
take capitals away would spoil "States parties". ``institution`` is required; where no organ is known it is the body again.
"""

from __future__ import annotations

import re

from tipreport.catalogue import Entry, Keys, date_parts, entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipreport.exporters import Options, Sheet

SUFFIXES = (".bib",)
NARROWS = True

# Macros of every style (btxdoc, 3.2).
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The signs behind ``&`` print as others in the old font encoding.
_SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "#": r"\#", "$": r"\$", "%": r"\%", "_": r"\_",
    "&": r"\&", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", "{": r"\{", "}": r"\}",
}  # fmt: skip
# BibTeX counts braces even behind a backslash: where they do not match, they are written without any.
_ALONE = _SPECIAL | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_SIGNS = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")
_MACRO = frozenset({"month"})


def write(sheets: Iterator[Sheet], options: Options) -> Iterator[str]:  # noqa: ARG001 (as all forms)
    """An entry a report, or a unit of a narrowed one; blank lines between them."""
    keys = Keys()
    between = ""
    for sheet in sheets:
        for entry in entries(sheet.report, narrowed=sheet.narrowed):
            yield between + _entry(keys.key(entry), entry)
            between = "\n"


def escaped(text: str) -> str:
    """A text as LaTeX prints it: every special character of LaTeX as its command."""
    table = _SPECIAL if _matched(text) else _ALONE
    return _SIGNS.sub(lambda found: table[found.group()], text)


def _matched(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _entry(key: str, entry: Entry) -> str:
    fields = [f"  {name} = {value if name in _MACRO else f'{{{value}}}'}" for name, value in _fields(entry) if value]
    return f"@techreport{{{key},\n" + ",\n".join(fields) + "\n}\n"


def _fields(entry: Entry) -> Iterator[tuple[str, str | None]]:
    date = date_parts(entry.date)
    yield "author", _kept(entry.author)
    yield "title", _kept(entry.heading)
    yield "institution", _kept(entry.parent or entry.author)
    yield "type", entry.genre
    yield "number", _text(entry.symbol)
    yield "year", str(date[0]) if date else None
    yield "month", _MONTHS[date[1] - 1] if len(date) > 1 else None
    yield "date", entry.date if date else None
    yield "language", entry.language.name.lower() if entry.language else None
    yield "keywords", ", ".join(_text(topic.label.replace(",", " ")) or "" for topic in entry.topics)  # a comma parts them
    yield "annote", _text(f"Meeting: {entry.meeting.line}") if entry.meeting else None
    yield "note", _text(entry.chosen.pinpoint) if entry.chosen else None
    yield "url", entry.link  # taken letter by letter; a link has no sign that would need more


def _text(text: str | None) -> str | None:
    return escaped(text) if text else None


def _kept(text: str | None) -> str | None:
    return f"{{{escaped(text)}}}" if text else None
