"""A Word document as a whole: its parts, sections, heads and feet of pages, footnotes. ECMA-376 Parts 1 and 2."""

from __future__ import annotations

import posixpath
from itertools import pairwise
from typing import Any

from tipreport.errors import InputError
from tipreport.markup import elements
from tipreport.markup.docx_numbers import Numbering
from tipreport.markup.docx_story import Story
from tipreport.markup.docx_styles import STRICT, Styles, W, value
from tipreport.markup.elements import number
from tipreport.markup.flowing import Document, Note, Paragraph
from tipreport.markup.numerals import numeral
from tipreport.markup.package import Package

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"
_SAME_PAGE = {"continuous", "nextColumn"}
_NO_NOTES = {"separator", "continuationSeparator", "continuationNotice"}
_MORE_HEADS = 60  # heads and feet that are read


class _Marks:
    """Counts the references to notes, and tells which notes are referred to."""

    def __init__(self, forms: dict[str, tuple[str, int]]) -> None:
        self._forms = forms
        self._counts = {kind: start - 1 for kind, (_, start) in forms.items()}
        self.used: dict[tuple[str, str], tuple[str, bool]] = {}

    def mark(self, kind: str, ident: str, custom: str | None) -> str:
        """See ``docx_story.Notes``."""
        if custom is None:
            self._counts[kind] += 1
            custom_mark = numeral(self._forms[kind][0], self._counts[kind])
        else:
            custom_mark = custom
        self.used.setdefault((kind, ident), (custom_mark, custom is not None))
        return custom_mark


class _Parts:
    """The parts of the package, by their relations."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.main = self._main()
        self._folder = posixpath.dirname(self.main)
        self._related = self._relations(posixpath.join(self._folder, "_rels", f"{posixpath.basename(self.main)}.rels"))

    def _main(self) -> str:
        if "_rels/.rels" in self._package:
            for kind, target, _ in self._relations("_rels/.rels"):
                part = target.lstrip("/")
                if kind.endswith("/officeDocument") and part in self._package:
                    return part
        return _MAIN

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        root = self.root(part)
        if root is None:
            return []
        found = (one for one in root.iterchildren(_RELATED) if one.get("TargetMode") != "External")
        return [(one.get("Type") or "", one.get("Target") or "", one.get("Id") or "") for one in found]

    def root(self, part: str) -> Any:
        """The root element of a part; None where it is missing."""
        data = self._package.read(part)
        if data is None:
            return None
        # The strict form of the format differs in its names alone.
        data = data.replace(STRICT[1:-1].encode(), W[1:-1].encode()).replace(
            b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R[1:-1].encode()
        )
        return elements.root(data, self._package.name, part, "docx")

    def _path(self, target: str) -> str:
        return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(self._folder, target))

    def of_kind(self, kind: str) -> Any:
        """The root of the part that the document names as its styles, numbering, ...; None where there is none."""
        target = next((target for one, target, _ in self._related if one.endswith(f"/{kind}")), None)
        return None if target is None else self.root(self._path(target))

    def of_id(self, ident: str | None) -> Any:
        """The root of the part with this relation."""
        target = next((target for _, target, one in self._related if one == ident), None)
        return None if target is None else self.root(self._path(target))


def read(package: Package) -> tuple[Document, str]:
    """What a Word document prints, and the encoding of its main part.

    Raises:
        ExtraError: lxml is not installed.
        InputError: the archive holds no Word document, or parts that cannot be read.
    """
    parts = _Parts(package)
    root = parts.root(parts.main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise InputError(package.name, "is a zip file that holds no Word document", "give a Word or OpenDocument text, or unpack it first")
    styles, numbering = Styles(parts.of_kind("styles")), Numbering(parts.of_kind("numbering"))
    sections = list(body.iter(f"{W}sectPr"))
    marks = _Marks(_forms(parts.of_kind("settings"), sections))
    document = Document()
    _edges(document, parts, sections, styles, marks)
    document.body = Story(styles, numbering, marks).read(body, _turns(sections))
    document.notes = _notes(parts, styles, numbering, marks)
    return document, (root.getroottree().docinfo.encoding or "utf-8").lower()


def _turns(sections: list[Any]) -> set[Any]:
    """The paragraphs behind which a section begins on a new page."""
    out = set()
    for section, following in pairwise(sections):
        if (value(following.find(f"{W}type")) or "nextPage") not in _SAME_PAGE:
            properties = section.getparent()
            out.add(properties.getparent() if properties is not None else None)
    return out


def _forms(settings: Any, sections: list[Any]) -> dict[str, tuple[str, int]]:
    """How footnotes and endnotes are counted: the form of their numbers, and the first."""
    out = {}
    for kind, usual in (("footnote", "decimal"), ("endnote", "lowerRoman")):
        form, start = usual, 1
        for place in ([] if settings is None else [settings]) + sections[:1]:
            told = place.find(f"{W}{kind}Pr")
            if told is not None:
                form = value(told.find(f"{W}numFmt")) or form
                first = number(value(told.find(f"{W}numStart")))
                start = start if first is None else first
        out[kind] = (form, start)
    return out


def _notes(parts: _Parts, styles: Styles, numbering: Numbering, marks: _Marks) -> list[Note]:
    """Footnotes and endnotes in the order of their references; those that nothing refers to are not printed."""
    stories: dict[tuple[str, str], Any] = {}
    for kind in ("footnote", "endnote"):
        root = parts.of_kind(f"{kind}s") if any(one == kind for one, _ in marks.used) else None
        if root is not None:
            for one in root.iterchildren(f"{W}{kind}"):
                if value(one, "type") not in _NO_NOTES:
                    stories[kind, value(one, "id") or ""] = one
    out = []
    for key, (mark, typed) in sorted(marks.used.items(), key=lambda item: item[0][0] == "endnote"):
        if key in stories:
            out.append(Note(mark, Story(styles, numbering, marks).read(stories[key]), typed))
    return out


def _edges(document: Document, parts: _Parts, sections: list[Any], styles: Styles, marks: _Marks) -> None:
    """The heads and feet of pages: those of the first page, then each that differs."""
    if not sections:
        return
    first = sections[0]
    own = first.find(f"{W}titlePg")
    kind = "first" if own is not None and (value(own) or "1") not in {"0", "false", "off"} else "default"
    document.runs = kind != "first"
    read_ids: set[str | None] = set()

    def story(section: Any, name: str, wanted: str) -> list[Paragraph]:
        reference = next((one for one in section.iterchildren(f"{W}{name}Reference") if (value(one, "type") or "default") == wanted), None)
        ident = None if reference is None else reference.get(f"{_R}id")
        if ident is None or ident in read_ids or len(read_ids) >= _MORE_HEADS:
            return []
        read_ids.add(ident)
        root = parts.of_id(ident)
        paragraphs = [] if root is None else Story(styles, Numbering(None), marks, head=True).read(root)
        return [one for one in paragraphs if not one.blank]

    document.head = story(first, "header", kind)
    document.foot = story(first, "footer", kind)
    for section in sections:
        for name in ("header", "footer"):
            for wanted in ("first", "default", "even"):
                document.running += story(section, name, wanted)
