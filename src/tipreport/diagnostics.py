"""Remarks on a text: what was joined, left unread or looks wrong. A closed list of codes, each explained."""

from __future__ import annotations

from typing import Final, NamedTuple

from tipreport.spans import Range

# code -> (severity, what it means). `parse --strict` answers 1 when a warning was raised.
CODES: Final[dict[str, tuple[str, str]]] = {
    "input/encoding": ("warning", "the bytes are not UTF-8; the encoding was guessed, and the message names it"),
    "input/page": ("warning", "a page of the document holds no text or cannot be read"),
    "input/empty": ("warning", "the input holds no text"),
    "input/language": ("warning", "the text is not English: structure is read, names and views are not looked for"),
    "text/unparsed": ("warning", "no rule claimed this text; it is kept as it stands"),
    "text/invisible": ("info", "the text holds control or direction marks that a reader does not see"),
    "masthead/none": ("info", "no masthead was found; the document says nothing of body, symbol or date"),
    "heading/gap": ("info", "a heading letter or numeral before this one is missing (an addendum leaves some out)"),
    "heading/full-stop": ("info", "a heading ends with a full stop"),
    "number/gap": ("warning", "a paragraph or recommendation number before this one is missing"),
    "number/repeated": ("warning", "this number occurs more than once in its series"),
    "number/restart": ("info", "the paragraph numbers start again here"),
    "point/gap": ("info", "a letter or number before this point is missing"),
    "paragraph/page-break-joined": ("info", "a page break or page furniture cut this text; its parts were joined"),
    "organization/unknown": ("info", "an organization that no table knows; its printed name serves as id"),
    "state/unknown": ("warning", "a name in a list of States is not known as a State"),
    "correction/applied": ("info", "a correction of the user's own file was made; the message names what it set"),
    "correction/idle": ("info", "a correction changes nothing: the parser gets it right by itself"),
    "correction/stale": ("warning", "a correction was not made: what it speaks of is not there, or has another text now"),
}


class Diagnostic(NamedTuple):
    """One remark, before line numbers are worked out."""

    code: str
    message: str
    spans: tuple[Range, ...] = ()
    hint: str | None = None

    @property
    def severity(self) -> str:
        """``info`` or ``warning``, from the list of codes."""
        return CODES[self.code][0]
