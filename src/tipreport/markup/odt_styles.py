"""What the styles of an OpenDocument text say of paragraphs, letters and pages. OASIS ODF 1.2 Part 1, 16."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from tipreport.markup.elements import laid_over

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, STYLE, TEXT, TABLE = (f"{{{_NAMES}{one}:1.0}}" for one in ("office", "style", "text", "table"))
FO = f"{{{_NAMES}xsl-fo-compatible:1.0}}"
_UNITS = {"in": 72.0, "cm": 28.3465, "mm": 2.83465, "pt": 1.0, "pc": 12.0, "px": 0.75}
_LENGTH = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,9})?)(in|cm|mm|pt|pc|px)$")
_HEADS = re.compile(r"heading|title$|_? ?H ?_+ ?(?:M|Ch|\d)|H(?:Ch|M|\d+)\w?$", re.IGNORECASE)
_BOLD = {"bold", "600", "700", "800", "900"}


class Look(NamedTuple):
    """What a style says; None where it says nothing. Lengths are points.

    Args:
        bold: letters are bold.
        hidden: letters are not printed.
        raised: letters are superscript.
        above: white space before a paragraph.
        below: white space behind it.
        tight: no such space between paragraphs of one style.
        before: a page or column begins with it.
        behind: a page ends with it.
        lists: the list style of the paragraph.
        page: the master page that begins with it.
        named: the name of its style is one of headings.
    """

    bold: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    above: float | None = None
    below: float | None = None
    tight: bool | None = None
    before: bool | None = None
    behind: bool | None = None
    lists: str | None = None
    page: str | None = None
    named: bool | None = None

    def over(self, under: Look) -> Look:
        """This look, with what it does not say from the one below it."""
        return Look._make(laid_over(self, under))


def points(text: str | None) -> float | None:
    """A length in points; None where it is none."""
    found = _LENGTH.match(text or "")
    return float(found[1]) * _UNITS[found[2]] if found else None


class Styles:
    """The styles of a document; automatic ones of the text beside those that have names.

    Args:
        roots: the root elements of ``styles.xml`` and ``content.xml``; those of the text come last.
    """

    def __init__(self, *roots: Any) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self.lists: dict[str, Any] = {}
        self.outline: Any = None
        for root in roots:
            for group in ("styles", "automatic-styles"):
                for one in root.iterfind(f"{OFFICE}{group}/*"):
                    self._add(one)

    def _add(self, one: Any) -> None:
        name = one.get(f"{STYLE}name")
        if one.tag == f"{STYLE}style" and name:
            self._styles[one.get(f"{STYLE}family") or "", name] = one
        elif one.tag == f"{STYLE}default-style":
            self._styles[one.get(f"{STYLE}family") or "", ""] = one
        elif one.tag == f"{TEXT}list-style" and name:
            self.lists[name] = one
        elif one.tag == f"{TEXT}outline-style":
            self.outline = one

    def look(self, family: str, name: str | None) -> Look:
        """All that a style says, with those that it is based on; a chain that bites its tail ends there."""
        key = (family, name or "")
        if key not in self._looks:
            look = Look()
            seen: set[str] = set()
            at: str | None = name
            while at and at not in seen and (family, at) in self._styles:
                seen.add(at)
                style = self._styles[family, at]
                look = look.over(_own(style))
                at = style.get(f"{STYLE}parent-style-name")
            if family == "paragraph" and (family, "") in self._styles:
                look = look.over(_own(self._styles[family, ""]))
            self._looks[key] = look
        return self._looks[key]


def _own(style: Any) -> Look:
    letters, lines = style.find(f"{STYLE}text-properties"), style.find(f"{STYLE}paragraph-properties")
    look = Look(lists=style.get(f"{STYLE}list-style-name"), page=style.get(f"{STYLE}master-page-name"))
    if _HEADS.search((style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or "").replace("_20_", " ")):
        look = look._replace(named=True)
    if letters is not None:
        weight, place = letters.get(f"{FO}font-weight"), letters.get(f"{STYLE}text-position")
        look = look._replace(
            bold=None if weight is None else weight in _BOLD,
            hidden=True if letters.get(f"{TEXT}display") == "none" else None,
            raised=None if place is None else place.startswith("super") or bool(re.match(r"[1-9]\d*%", place)),
        )
    if lines is not None:
        around = points(lines.get(f"{FO}margin"))
        above, below = points(lines.get(f"{FO}margin-top")), points(lines.get(f"{FO}margin-bottom"))
        tight = lines.get(f"{STYLE}contextual-spacing")
        before, behind = lines.get(f"{FO}break-before"), lines.get(f"{FO}break-after")
        look = look._replace(
            above=around if above is None else above,
            below=around if below is None else below,
            tight=None if tight is None else tight == "true",
            before=None if before is None else before == "page",
            behind=None if behind is None else behind == "page",
        )
    return look
