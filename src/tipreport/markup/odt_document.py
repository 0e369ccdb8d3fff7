"""An OpenDocument text as a whole: its text, heads and feet of pages, notes. OASIS ODF 1.2 Part 1, 3 and 16."""

from __future__ import annotations

from typing import Any

from tipreport.errors import InputError
from tipreport.markup import elements
from tipreport.markup.flowing import Document, Note, Paragraph
from tipreport.markup.odt_lists import Lists
from tipreport.markup.odt_story import Story
from tipreport.markup.odt_styles import OFFICE, STYLE, TABLE, TEXT, Styles
from tipreport.markup.package import Package

_EDGES = ("header-first", "footer-first", "header", "footer", "header-left", "footer-left")


def read(package: Package) -> tuple[Document, str]:
    """What an OpenDocument text prints, and the encoding of its content.

    Raises:
        ExtraError: lxml is not installed.
        InputError: the archive holds no text document, or parts that cannot be read.
    """
    kind = (package.read("mimetype") or b"").decode("ascii", "replace").strip()
    data = package.read("content.xml")
    if data is None or "opendocument.text" not in kind:
        raise InputError(package.name, f"is a zip file without a text document ({kind[:60] or 'of no kind'})", "give a text document")
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise InputError(package.name, "is an OpenDocument text that is encrypted", "save it without a password first")
    root = elements.root(data, package.name, "content.xml", "odt")
    text = root.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise InputError(package.name, "is a zip file without a text document", "give a text document")
    data = package.read("styles.xml")
    named = None if data is None else elements.root(data, package.name, "styles.xml", "odt")
    styles = Styles(*([] if named is None else [named]), root)
    notes: list[tuple[str, Note]] = []
    document = Document()
    if named is not None:
        _edges(document, named, _first_page(text, styles))
    document.body = Story(styles, Lists(styles), notes).read(text)
    document.notes = [note for kind, note in sorted(notes, key=lambda pair: pair[0] == "endnote")]
    return document, (root.getroottree().docinfo.encoding or "utf-8").lower()


def _first_page(text: Any, styles: Styles) -> str:
    """The master page of the first page."""
    for one in text.iter(f"{TEXT}p", f"{TEXT}h", f"{TABLE}table"):
        if one.tag == f"{TABLE}table":
            found = styles.look("table", one.get(f"{TABLE}style-name")).page
        else:
            found = styles.look("paragraph", one.get(f"{TEXT}style-name")).page
        if found or one.tag != f"{TABLE}table":
            return found or "Standard"
    return "Standard"


def _edges(document: Document, root: Any, first: str) -> None:
    """The heads and feet of pages: those of the first page, then each other one."""
    own = Styles(root)  # the automatic styles of heads are not those of the text
    masters = {one.get(f"{STYLE}name"): one for one in root.iterfind(f"{OFFICE}master-styles/{STYLE}master-page")}
    page = masters.get(first)
    if page is None:
        return

    def story(element: Any) -> list[Paragraph]:
        if element is None or element.get(f"{STYLE}display") == "false":
            return []
        return [one for one in Story(own, Lists(own), [], head=True).read(element) if not one.blank]

    special = page.find(f"{STYLE}header-first") is not None or page.find(f"{STYLE}footer-first") is not None
    suffix = "-first" if special else ""
    document.runs = not special and not page.get(f"{STYLE}next-style-name")
    document.head = story(page.find(f"{STYLE}header{suffix}"))
    document.foot = story(page.find(f"{STYLE}footer{suffix}"))
    done = {f"header{suffix}", f"footer{suffix}"}
    following = masters.get(page.get(f"{STYLE}next-style-name"))
    for master in [page, *([] if following is None or following is page else [following])]:
        for edge in _EDGES:
            if master is not page or edge not in done:
                document.running += story(master.find(f"{STYLE}{edge}"))
