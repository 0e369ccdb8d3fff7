r"""XML of our own use: a tree of elements, written out and read in safely.

Only what a document of elements, attributes and text needs: no entities, no document type (both are refused), a bounded
depth. What XML 1.0 cannot hold in an attribute (section 2.2, production [2] Char) is written as ``\u`` and four digits,
a backslash as two; in text such characters are elements, see ``tipreport.akn.marks``.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from tipreport.errors import SchemaError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:tipreport:1"
DEPTH = 200  # elements inside one another; a report with its points and names stays below 30

# Not a Char of XML 1.0.
FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
# Allowed, but obeyed by a terminal or changed by a parser: written as references, which is the same text.
_ACTING = "\r\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
_TEXT = re.compile(f"[&<>{_ACTING}]")
_VALUE = re.compile(f'[&<>"\t\n{_ACTING}]')
_ODD = re.compile(rf'[&<>"\t\n\\{_ACTING}{FORBIDDEN}]')
_UNFIT = re.compile(rf"[\\{FORBIDDEN}]")
_ESCAPE = re.compile(r"\\(\\|u[0-9a-f]{4})")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_EXACT = frozenset(["p", "num", "heading", "subheading"])  # white space inside is text


class Node:
    """An element.

    Args:
        tag: its name; ``t:`` before those of our own namespace.
        attributes: in the order to write.
        children: text and elements.
    """

    __slots__ = ("attributes", "children", "line", "tag")

    def __init__(self, tag: str, attributes: dict[str, str] | None = None, children: list[Node | str] | None = None) -> None:
        self.tag = tag
        self.attributes = attributes if attributes is not None else {}
        self.children: list[Node | str] = children if children is not None else []
        self.line = 0  # of the file it was read from

    def get(self, name: str) -> str | None:
        """An attribute."""
        return self.attributes.get(name)

    def elements(self, tag: str | None = None) -> Iterator[Node]:
        """The elements directly below."""
        return (one for one in self.children if isinstance(one, Node) and (tag is None or one.tag == tag))

    def first(self, tag: str) -> Node | None:
        """The first element of a name directly below."""
        return next(self.elements(tag), None)

    def walk(self) -> Iterator[Node]:
        """The element and all below it, in order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += [one for one in reversed(node.children) if isinstance(one, Node)]


def _reference(found: re.Match[str]) -> str:
    return _NAMED.get(found.group()) or f"&#x{ord(found.group()):X};"


def _value(text: str) -> str:
    if not _ODD.search(text):
        return text
    fit = _UNFIT.sub(lambda m: "\\\\" if m.group() == "\\" else f"\\u{ord(m.group()):04x}", text)
    return _VALUE.sub(_reference, fit)


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda m: "\\" if m[1] == "\\" else chr(int(m[1][1:], 16)), text) if "\\" in text else text


def serialize(root: Node) -> str:
    """The text of a document; elements that hold no text of the report are indented."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    _write(root, out, 0, exact=False)
    return "".join(out)


def _write(node: Node, out: list[str], depth: int, *, exact: bool) -> None:
    tag = node.tag
    if not exact:
        out.append("  " * depth)
    out.append(f"<{tag}" + "".join(f' {name}="{_value(value)}"' for name, value in node.attributes.items()))
    inside = exact or tag in _EXACT
    if not node.children:
        out.append("/>")
    else:
        out.append(">" if inside else ">\n")
        for one in node.children:
            if isinstance(one, str):
                out.append(_TEXT.sub(_reference, one))
            else:
                _write(one, out, depth + 1, exact=inside)
        out.append(f"</{tag}>" if inside else "  " * depth + f"</{tag}>")
    if not exact:
        out.append("\n")


def parse(xml: str | bytes) -> Node:
    """The root of a document.

    Raises:
        SchemaError: no well-formed XML, a document type or entity, or elements too deep; the line is named.
    """
    builder = _Builder()
    parser = expat.ParserCreate("utf-8" if isinstance(xml, str) else None, " ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(name, attributes, parser.CurrentLineNumber)
    parser.EndElementHandler = lambda _name: builder.end()
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = lambda *_: _refused(parser.CurrentLineNumber)
    try:
        parser.Parse(xml.encode("utf-8") if isinstance(xml, str) else xml, True)
    except expat.ExpatError as error:
        raise SchemaError(f"no XML: {expat.ErrorString(error.code)} at line {error.lineno}, column {error.offset + 1}") from error
    except (UnicodeEncodeError, LookupError, ValueError) as error:
        raise SchemaError("no XML: its characters cannot be read", "save it as UTF-8") from error
    assert builder.root is not None
    return builder.root


def _refused(line: int) -> None:
    raise SchemaError(f"the XML holds a document type at line {line}", "take the DOCTYPE out: entities are not read")


class _Builder:
    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[Node] = []

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        if len(self.open) >= DEPTH:
            raise SchemaError(f"the XML holds elements more than {DEPTH} deep at line {line}")
        node = Node(_short(name), {_short(key): _plain(value) for key, value in attributes.items()})
        node.line = line
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self) -> None:
        self.open.pop()

    def text(self, text: str) -> None:
        self.open[-1].children.append(text)


def _short(name: str) -> str:
    """``p`` for Akoma Ntoso, ``t:report`` for ours, ``xml:space``, ``{urn:x}y`` for all others."""
    space, _, local = name.rpartition(" ")
    if space in {"", AKN}:
        return local if space or local != "akomaNtoso" else "{}akomaNtoso"
    if space == OURS:
        return f"t:{local}"
    return f"xml:{local}" if space == "http://www.w3.org/XML/1998/namespace" else f"{{{space}}}{local}"
