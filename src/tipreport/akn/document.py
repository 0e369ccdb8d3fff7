"""A document as it stands: its sections, units, notes and blocks in order, as the reader and the writer both see them."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.akn.extract import depth
from tipreport.akn.node import Node
from tipreport.errors import SchemaError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = frozenset(["num", "heading", "subheading", "content", "p"])


class Place(NamedTuple):
    """An element of the text.

    Args:
        kind: of its block: ``heading``, ``recommendation``, ``paragraph``, ``table``, ...; ``notes`` for notes that stand apart.
        node: the element.
        section: the heading that it stands under.
        level: of the heading around it.
    """

    kind: str
    node: Node
    section: Node | None
    level: int


def places(document: Node) -> Iterator[Place]:
    """The elements of a document that are blocks, in order.

    Raises:
        SchemaError: an element that cannot stand there; the line is named.
    """
    for part in (document.first("coverPage"), document.first("preface")):
        for one in part.elements("container") if part is not None else ():
            yield Place(one.get("name") or "unparsed", one, None, 0)
    main = document.first("mainBody")
    if main is None:
        raise SchemaError(f"the document has no mainBody at line {document.line}")
    yield from _below(main, None, 0)
    attachments = document.first("attachments")
    for attachment in attachments.elements("attachment") if attachments is not None else ():
        doc = attachment.first("doc")
        inner = doc.first("mainBody") if doc is not None else None
        if inner is None:
            raise SchemaError(f"the attachment has no mainBody at line {attachment.line}")
        yield from _below(inner, None, 0)


def _below(parent: Node, section: Node | None, level: int) -> Iterator[Place]:
    for one in parent.elements():
        deep = depth(one)
        if deep is not None:
            yield Place("heading", one, section, level)
            yield from _below(one, one, deep)
        elif one.tag == "paragraph":
            yield Place("paragraph", one, section, level)
        elif one.tag == "hcontainer":
            yield Place(one.get("name") or "unparsed", one, section, level)
        elif one.tag not in _HEAD:
            raise SchemaError(f"<{one.tag}> is not expected at line {one.line}")
