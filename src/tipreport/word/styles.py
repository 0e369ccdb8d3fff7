"""The styles of a document of the United Nations: Times, 10 points, headings in bold with their labels hanging to the left.

Measures are twentieths of a point, as the standard has them (ECMA-376 Part 1, 17.3 and 17.7); text stands 2 cm in from the
margins of an A4 page, labels of headings hang to its left.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

IN = 1134  # where text begins
STEP = 567  # a tab
WIDTH = 9638  # between the margins


class _Style(NamedTuple):
    ident: str
    name: str
    base: str = "Normal"
    after: str = ""
    paragraph: str = ""
    run: str = ""


def _ind(left: int = IN, right: int = IN, more: str = "") -> str:
    return f'<w:ind w:left="{left}" w:right="{right}"{more}/>'


def _gap(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _size(half_points: int, more: str = "") -> str:
    return f'{more}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _rule(side: str, size: int, space: int = 1) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="auto"/>'


_TABS = f'<w:tabs><w:tab w:val="right" w:pos="{IN - 283}"/></w:tabs>'
_HANGING = _ind(IN, IN, f' w:hanging="{IN}"')
_BOLD = "<w:b/><w:bCs/>"


def _heading(level: int, before: int, after: int, run: str) -> _Style:
    paragraph = (
        f'<w:keepNext/><w:keepLines/><w:suppressLineNumbers/>{_TABS}{_gap(before, after)}{_HANGING}<w:outlineLvl w:val="{level - 1}"/>'
    )
    return _Style(f"Heading{level}", f"heading {level}", "Normal", "BodyText", paragraph, run)


_PARAGRAPHS = (
    _Style("Header", "header", "Normal", "", f"<w:pBdr>{_rule('bottom', 4, 4)}</w:pBdr>", _BOLD + _size(18)),
    _Style("Footer", "footer", "Normal", "", "", _size(18)),
    _Style("MastheadSymbol", "Masthead Symbol", "Normal", "", '<w:jc w:val="right"/>'),
    _Style("MastheadAbove", "Masthead Above", "Normal", "", _gap(0, 80), _size(28)),
    _Style("MastheadOrgan", "Masthead Organ", "Normal", "", _gap(120, 0), _BOLD + _size(34)),
    _Style("MastheadRight", "Masthead Right"),
    _Style("MastheadBody", "Masthead Body", "Normal", "", _gap(120, 0), _BOLD + _size(24)),
    _Style("MastheadFact", "Masthead Fact"),
    _Style("Title", "Title", "Normal", "BodyText", f'<w:keepNext/><w:keepLines/>{_gap(360, 240)}{_ind()}<w:outlineLvl w:val="9"/>', _BOLD + _size(28)),
    _Style("Subtitle", "Subtitle", "Normal", "BodyText", f"<w:keepNext/><w:keepLines/>{_gap(120, 120)}{_ind()}", _BOLD + _size(20)),
    _heading(1, 360, 240, _BOLD + _size(28)),
    _heading(2, 360, 240, _BOLD + _size(24)),
    _heading(3, 240, 120, _BOLD + _size(20)),
    _heading(4, 240, 120, "<w:i/><w:iCs/>" + _size(20)),
    _Style("BodyText", "Body Text", "Normal", "", f'{_gap(0, 120)}{_ind()}<w:jc w:val="both"/>'),
    _Style("Unit", "Numbered Paragraph", "BodyText", "", f'<w:tabs><w:tab w:val="left" w:pos="{IN + STEP}"/></w:tabs>'),
    _Style("Recommendation", "Recommendation", "BodyText", "BodyText", f"<w:keepNext/>{_gap(120, 120)}", _BOLD),
    _Style("Point1", "Point 1", "BodyText", "", f'<w:tabs><w:tab w:val="left" w:pos="{IN + 2 * STEP}"/></w:tabs>{_ind(IN, IN, f" w:firstLine={chr(34)}{STEP}{chr(34)}")}'),
    _Style("Point2", "Point 2", "BodyText", "", _ind(IN + 3 * STEP, IN, f' w:hanging="{STEP}"')),
    _Style("Point3", "Point 3", "BodyText", "", _ind(IN + 4 * STEP, IN, f' w:hanging="{STEP}"')),
    _Style("Lines", "Text Lines", "BodyText", "", f'{_gap(0, 0)}<w:jc w:val="left"/>'),
    _Style("Contents", "Contents Lines", "Lines", "", f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{WIDTH - IN}"/></w:tabs>'),
    _Style("Remark", "Remark", "BodyText", "", '<w:jc w:val="left"/>', "<w:i/><w:iCs/>" + _size(18)),
    _Style("TableText", "Table Text", "Normal", "", _gap(40, 80), _size(18)),
    _Style("TableHead", "Table Head", "Normal", "", f"<w:keepNext/>{_gap(80, 80)}", "<w:i/><w:iCs/>" + _size(16)),
    _Style("FootnoteText", "footnote text", "Normal", "", _gap(0, 40) + _ind(IN, IN, ' w:hanging="340"'), _size(18)),
)  # fmt: skip
_CHARACTERS = (
    _Style("FootnoteReference", "footnote reference", run='<w:vertAlign w:val="superscript"/>'),
    _Style("Hyperlink", "Hyperlink", run='<w:color w:val="0B4F8A"/><w:u w:val="single"/>'),
)


def styles() -> Any:
    """The styles of a document, as an element that takes the place of the usual ones."""
    head = (
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>'
        f'{_size(20)}<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="atLeast"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
    )
    parts = [_paragraph(style) for style in _PARAGRAPHS]
    parts += [
        f'<w:style w:type="character" w:styleId="{one.ident}"><w:name w:val="{one.name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{one.run}</w:rPr></w:style>'
        for one in _CHARACTERS
    ]
    return parse_xml(head + "".join(parts) + "</w:styles>")


def _paragraph(style: _Style) -> str:
    after = f'<w:next w:val="{style.after}"/>' if style.after else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.ident}"><w:name w:val="{style.name}"/><w:basedOn w:val="{style.base}"/>{after}<w:qFormat/>'
        f"<w:pPr>{style.paragraph}</w:pPr><w:rPr>{style.run}</w:rPr></w:style>"
    )
