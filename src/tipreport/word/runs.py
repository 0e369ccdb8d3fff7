"""Elements of a Word text: runs, links, footnotes, fields. What is put in is text, whatever it looks like."""

from __future__ import annotations

import re
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tipreport.visible import visible
from tipreport.word import Link, Note, Run, Styled, Text

_NO_XML = re.compile("[\ufffe\uffff]")
_PARTS = re.compile(r"([\t\n])")
_ADDRESS = re.compile(r"https?://\S+")


def clean(text: str) -> str:
    """Text that XML can hold; what it cannot is seen as its code."""
    return _NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", visible(text))


def element(tag: str, **attributes: str | int) -> Any:
    """An element of the main namespace with attributes of it."""
    made: Any = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def run(text: str, style: str = "", *, bold: bool = False, italic: bool = False) -> Any:
    """A run of text; tabs and line ends are Word's own."""
    made = element("r")
    if style or bold or italic:
        properties = element("rPr")
        if style:
            properties.append(element("rStyle", val=style))
        properties.extend(element(tag) for tag, on in (("b", bold), ("i", italic)) if on)
        made.append(properties)
    for part in _PARTS.split(clean(text)):
        if part == "\t":
            made.append(element("tab"))
        elif part == "\n":
            made.append(element("br"))
        elif part:
            piece = element("t")
            piece.text = part
            piece.set(qn("xml:space"), "preserve")
            made.append(piece)
    return made


def field(code: str, shown: str, *, bold: bool = False) -> Any:
    """A field and what it shows until it is counted anew."""
    made = element("fldSimple", instr=f" {code} ")
    made.append(run(shown, bold=bold))
    return made


def as_runs(text: Text) -> tuple[Run, ...]:
    """A text as its runs."""
    return (text,) if isinstance(text, str | Note | Link | Styled) else tuple(text)


class Footnotes:
    """The footnotes of a document. A printed mark that Word would count itself is counted, any other stands as printed."""

    def __init__(self) -> None:
        self._notes: list[Any] = []
        self._counted = 0

    def reference(self, note: Note) -> Any:
        """Keep a footnote, and give the run that refers to it."""
        ident = len(self._notes) + 1
        automatic = note.mark == str(self._counted + 1)
        self._counted += automatic
        made = run("", "FootnoteReference")
        reference = element("footnoteReference", id=ident)
        made.append(reference)
        body = element("footnote", id=ident)
        paragraph = element("p")
        properties = element("pPr")
        properties.append(element("pStyle", val="FootnoteText"))
        mark = run("", "FootnoteReference")
        if automatic:
            mark.append(element("footnoteRef"))
        else:
            reference.set(qn("w:customMarkFollows"), "1")
            made.extend(list(run(note.mark).iterchildren()))
            mark.extend(list(run(note.mark).iterchildren()))
        paragraph.extend([properties, mark, run(f"\t{note.text}")])
        body.append(paragraph)
        self._notes.append(body)
        return made

    def save(self, part: Any) -> None:
        """Put the footnotes into the package of a document's part, and say so in its settings."""
        if not self._notes:
            return
        root = parse_xml(
            f"<w:footnotes {nsdecls('w')}>"
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>'
        )
        root.extend(self._notes)
        blob = serialize_part_xml(root)
        part.relate_to(Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, part.package), RELATIONSHIP_TYPE.FOOTNOTES)
        settings = part.settings.element
        said = element("footnotePr")
        said.extend([element("footnote", id=-1), element("footnote", id=0)])
        settings.find(qn("w:compat")).addprevious(said)


def hyperlink(part: Any, link: Link) -> Any:
    """A link to an address of the web or to a bookmark; anything else is text."""
    made = element("hyperlink")
    if link.target.startswith("#"):
        made.set(qn("w:anchor"), link.target[1:])
    elif _ADDRESS.fullmatch(link.target):
        made.set(qn("r:id"), part.relate_to(clean(link.target), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        return run(link.text)
    made.append(run(link.text, "Hyperlink"))
    return made
