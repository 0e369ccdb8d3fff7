"""What the styles of a Word document say of a paragraph or a run. ECMA-376 Part 1, 17.7."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from tipreport.markup.elements import laid_over, number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OFF = {"0", "false", "off"}
_TWIPS = 20  # in a point
_AUTO = 14.0  # points that Word sets for automatic spacing
# Headings in the templates of Geneva (_ H _Ch_G, _ H_1_G, _ H_2/3_G) and New York (HCh, H1, H23, TitleH1), and Word's own.
_HEADS = re.compile(
    r"(?:heading|titre|t[ií]tulo|заголовок|标题) ?\d|_? ?H ?_+ ?(?:M|Ch|\d)|(?:Title ?_?)?H(?:Ch|M|\d+)\w?$|title$", re.IGNORECASE
)


class Look(NamedTuple):
    """What the styles and a paragraph or run itself say; None where nothing is said.

    Args:
        bold: letters are bold.
        hidden: letters are not printed.
        raised: letters are superscript.
        above: points of white space before a paragraph.
        below: points behind it.
        tight: no such space between paragraphs of one style.
        level: the outline level, from 0; 9 is text.
        list_id: the list that counts it; ``0`` is none.
        depth: the level of that list.
        new_page: it begins a page.
        named: the name of its style is one of headings.
        bound: the style that names the list.
    """

    bold: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    above: float | None = None
    below: float | None = None
    tight: bool | None = None
    level: int | None = None
    list_id: str | None = None
    depth: int | None = None
    new_page: bool | None = None
    named: bool | None = None
    bound: str | None = None

    def over(self, under: Look) -> Look:
        """This look, with what it does not say from the one below it."""
        return Look._make(laid_over(self, under))


_NOTHING = Look()


def value(element: Any, name: str = "val") -> str | None:
    """An attribute of an element of Word; None where the element or the attribute is missing."""
    if element is None:
        return None
    found: str | None = element.get(f"{W}{name}")
    return found


def _switch(parent: Any, name: str) -> bool | None:
    element = parent.find(f"{W}{name}")
    return None if element is None else (value(element) or "1") not in _OFF


def _points(spacing: Any, name: str) -> float | None:
    if (value(spacing, f"{name}Autospacing") or "0") not in _OFF:
        return _AUTO
    twips = number(value(spacing, name))
    return None if twips is None else twips / _TWIPS


def of_run(properties: Any) -> Look:
    """What the properties of a run (``w:rPr``) say; the style that they name is left out."""
    if properties is None:
        return _NOTHING
    align = value(properties.find(f"{W}vertAlign"))
    return Look(
        bold=_switch(properties, "b"), hidden=_switch(properties, "vanish"), raised=None if align is None else align == "superscript"
    )


def of_paragraph(properties: Any) -> Look:
    """What the properties of a paragraph (``w:pPr``) say; the style that they name is left out."""
    if properties is None:
        return _NOTHING
    spacing = properties.find(f"{W}spacing")
    counted = properties.find(f"{W}numPr")
    return Look(
        above=_points(spacing, "before"),
        below=_points(spacing, "after"),
        tight=_switch(properties, "contextualSpacing"),
        level=number(value(properties.find(f"{W}outlineLvl"))),
        list_id=None if counted is None else value(counted.find(f"{W}numId")),
        depth=None if counted is None else number(value(counted.find(f"{W}ilvl"))),
        new_page=_switch(properties, "pageBreakBefore"),
    )


class Styles:
    """The styles of a document by their ids.

    Args:
        root: ``w:styles``; None where the document has none.
    """

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._looks: dict[str, Look] = {}
        self._base = Look()
        self._usual: str | None = None
        if root is None:
            return
        defaults = root.find(f"{W}docDefaults")
        if defaults is not None:
            run = of_run(defaults.find(f"{W}rPrDefault/{W}rPr"))
            self._base = of_paragraph(defaults.find(f"{W}pPrDefault/{W}pPr")).over(run)
        for style in root.iterchildren(f"{W}style"):
            ident = value(style, "styleId")
            if ident is None:
                continue
            self._styles[ident] = style
            if value(style, "type") == "paragraph" and (value(style, "default") or "0") not in _OFF:
                self._usual = ident

    def look(self, style: str | None, *, of_runs: bool = False) -> Look:
        """All that a style says, with those it is based on; the usual one of paragraphs where none is named."""
        if of_runs:
            return self._chain(style) if style else Look()
        return self._chain(style if style in self._styles else self._usual).over(self._base)

    def _chain(self, style: str | None) -> Look:
        """A style and those it is based on; one that is based on itself ends there."""
        if style is None:
            return _NOTHING
        if style not in self._looks:
            look = Look()
            seen: set[str] = set()
            at: str | None = style
            while at is not None and at in self._styles and at not in seen:
                seen.add(at)
                look = look.over(self._own(at))
                at = value(self._styles[at].find(f"{W}basedOn"))
            self._looks[style] = look
        return self._looks[style]

    def _own(self, ident: str) -> Look:
        style = self._styles[ident]
        look = of_paragraph(style.find(f"{W}pPr")).over(of_run(style.find(f"{W}rPr")))
        name = value(style.find(f"{W}name")) or ident
        heads = True if _HEADS.match(name) or _HEADS.match(ident) else None
        return look._replace(named=heads, bound=ident if look.list_id is not None else None)
