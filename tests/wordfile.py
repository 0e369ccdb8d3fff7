"""Word, OpenDocument and zip files made in a test, part by part."""

from __future__ import annotations

import io
import zipfile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_O = "urn:oasis:names:tc:opendocument:xmlns"
ODF = (
    f'xmlns:office="{_O}:office:1.0" xmlns:text="{_O}:text:1.0" xmlns:style="{_O}:style:1.0" xmlns:table="{_O}:table:1.0" '
    f'xmlns:fo="{_O}:xsl-fo-compatible:1.0" xmlns:draw="{_O}:drawing:1.0"'
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of text, with its properties as XML."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of runs, or of text."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else run(content) if content else ''}</w:p>"


def counted(text: str, ident: int, level: int = 0) -> str:
    """A paragraph that a list counts."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{ident}"/></w:numPr>')


def word(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word document of this body and further parts: ``styles``, ``numbering``, ``footnotes``, ``header1``, ... by their content."""
    parts = parts or {}
    relations = "".join(f'<Relationship Id="{name}" Type="{_RELATION}/{name.rstrip("0123456789")}" Target="{name}.xml"/>' for name in parts)
    roots = {"header": "hdr", "footer": "ftr"}
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
            **{
                f"word/{name}.xml": f"<w:{(root := roots.get(name.rstrip('0123456789'), name))} {W}>{content}</w:{root}>"
                for name, content in parts.items()
            },
        }
    )


def numbering(levels: str, instances: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """The content of ``numbering``: one definition with these levels, and the lists that use it."""
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{instances}'


def level(depth: int, form: str, text: str, more: str = "") -> str:
    """A level of a list."""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def opendocument(body: str, styles: str = "", named: str = "", masters: str = "") -> bytes:
    """An OpenDocument text: its body, automatic styles, named styles, master pages."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {ODF}><office:styles>{named}</office:styles>"
            f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
        }
    )
