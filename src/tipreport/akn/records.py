"""Records: what Akoma Ntoso has no place for, as elements of our own namespace, field by field of the model.

A record is an element with an attribute a field and an element a part. ``href`` names the element of the document that it
is about; only what that element does not say itself is written, and ``nil`` names fields that are empty though the element
says something. ``FIELD-at`` names an element whose text (or number) is the value. Numbers of paragraphs are written as
``#eId`` of the paragraph where there is one, so that a renumbered paragraph takes its records along.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, NamedTuple, Protocol

from tipreport import model
from tipreport.akn.node import Node
from tipreport.errors import SchemaError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPE = re.compile(r"(tuple\[)?(\w+)(?:, \.\.\.\])?( \| None)?")
_SINGULAR = {
    "states": "state", "organizations": "organization", "groups": "group", "persons": "person", "points": "point",
    "mentions": "mention", "addressees": "addressee", "proposed_by": "proposer", "voices": "voice", "units": "unit",
}  # fmt: skip
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Field(NamedTuple):
    """A field of a class of the model: its type, and whether it is a tuple or may be None."""

    name: str
    type: str
    many: bool
    optional: bool

    @property
    def tag(self) -> str:
        """The element that a part is written as."""
        return f"t:{_SINGULAR.get(self.name, self.name)}"

    @property
    def plain(self) -> bool:
        """Whether values are strings or numbers."""
        return self.type in {"str", "int", "bool"}


_FORMS: dict[type, tuple[Field, ...]] = {}


def form(cls: type) -> tuple[Field, ...]:
    """The fields of a class but for its spans."""
    if cls not in _FORMS:
        _FORMS[cls] = _form(cls)
    return _FORMS[cls]


def _form(cls: type) -> tuple[Field, ...]:
    out = []
    for field in fields(cls):
        if field.name == "spans":
            continue
        found = _TYPE.fullmatch(str(field.type))
        assert found is not None, field.type
        out.append(Field(field.name, found[2], bool(found[1]), bool(found[3])))
    return tuple(out)


def same(one: Any, other: Any) -> bool:
    """Whether two values of the model are equal but for their spans."""
    if isinstance(one, model.Record):
        return type(one) is type(other) and all(same(getattr(one, f.name), getattr(other, f.name)) for f in form(type(one)))
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


class Native(NamedTuple):
    """An element of the document that holds an object: its eId, and what it says of it."""

    href: str
    values: Mapping[str, Any]


class Writing(Protocol):
    """What a record asks while it is written."""

    def native(self, thing: object, field: str = "") -> Native | None:
        """The element that holds an object, or the value of one of its fields."""

    def numbered(self, number: str) -> str | None:
        """The eId of the paragraph with a number."""


class Reading(Protocol):
    """What a record asks while it is read."""

    def values(self, href: str, cls: type, line: int) -> Mapping[str, Any]:
        """What an element says of an object."""

    def told(self, href: str, line: int) -> str:
        """The text of an element, or the number of a paragraph."""


def record(tag: str, thing: Any, writing: Writing, native: Native | None = None) -> Node | None:
    """An object as a record; None where its element says everything."""
    node = Node(tag)
    said: Mapping[str, Any] = {}
    if native is not None:
        node.attributes["href"] = f"#{native.href}"
        said = native.values
    nil = [field.name for field in form(type(thing)) if not _written(node, thing, field, said, writing)]
    if nil:
        node.attributes["nil"] = " ".join(nil)
    return node if native is None or len(node.attributes) > 1 or node.children else None


def _written(node: Node, thing: Any, field: Field, said: Mapping[str, Any], writing: Writing) -> bool:
    """Write a field where the element does not say it; False where it says something and the field is empty."""
    value = getattr(thing, field.name)
    if field.name in said and same(value, said[field.name]):
        return True
    if value is None or value == ():
        return not said.get(field.name)
    if not field.plain:
        for one in value if field.many else (value,):
            held = writing.native(one)
            node.children.append(record(field.tag, one, writing, held) or Node(field.tag, {"href": f"#{held.href if held else ''}"}))
        return True
    numbers = field.name in {"paragraph", "paragraphs"}
    if field.many:
        node.attributes[field.name] = " ".join(_item(one, writing if numbers else None) for one in value)
        return True
    held = writing.native(thing, field.name)
    at = held.href if held else writing.numbered(value) if numbers else None
    if at:
        node.attributes[f"{field.name}-at"] = f"#{at}"
    else:
        node.attributes[field.name] = str(value).lower() if field.type == "bool" else str(value)
    return True


def _item(text: str, writing: Writing | None) -> str:
    at = writing.numbered(text) if writing else None
    if at:
        return f"#{at}"
    out = text.replace("\\", "\\\\").replace(" ", "\\_")
    return f"\\{out}" if out.startswith("#") else out or "\\e"


def items(value: str, reading: Reading | None = None, line: int = 0) -> tuple[str, ...]:
    """The values of a list in an attribute."""
    out = []
    for one in value.split(" "):
        if one.startswith("#") and reading is not None:
            out.append(reading.told(one, line))
        elif one == "\\e":
            out.append("")
        elif one:
            out.append(_ESCAPED.sub(lambda m: " " if m[1] == "_" else m[1], one))
    return tuple(out)


def build(cls: type, node: Node, reading: Reading, said: Mapping[str, Any] | None = None) -> Any:
    """The object of a record.

    Args:
        cls: its class.
        node: the record.
        reading: where elements are found.
        said: what its element says; None to ask for it.

    Raises:
        SchemaError: the record does not fit; the line is named.
    """
    href = node.get("href")
    if said is None:
        said = reading.values(href, cls, node.line) if href else {}
    nil = frozenset((node.get("nil") or "").split())
    values = {field.name: _read(node, field, said, reading, empty=field.name in nil) for field in form(cls)}
    if "spans" in cls.__dataclass_fields__:  # type: ignore[attr-defined]
        values["spans"] = ()
    return cls(**values)


def _read(node: Node, field: Field, said: Mapping[str, Any], reading: Reading, *, empty: bool) -> Any:
    nothing: Any = () if field.many else None if field.optional or not field.plain else _NOTHING[field.type]
    if empty:
        return nothing
    if not field.plain:
        cls = getattr(model, field.type)
        found = [build(cls, one, reading) for one in node.elements(field.tag)]
        if not found:
            return said.get(field.name, nothing)
        return tuple(found) if field.many else found[0]
    at = node.get(f"{field.name}-at")
    if at is not None:
        return reading.told(at, node.line)
    value = node.get(field.name)
    if value is None:
        return said.get(field.name, nothing)
    if field.many:
        return items(value, reading, node.line)
    if field.type == "int":
        return _number(value, field.name, node.line)
    return value == "true" if field.type == "bool" else value


_NOTHING: dict[str, Any] = {"str": "", "int": 0, "bool": False}


def _number(value: str, name: str, line: int) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", value):
        raise SchemaError(f"{name} {value!r} is no number at line {line}")
    return int(value)
