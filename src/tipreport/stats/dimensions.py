"""What can be counted, and by what: each kind of object with its dimensions, as pieces of SQL.

``thing`` is the row of the object that is counted (conditions of ``tipreport.search.filters`` have an ``o`` of their own). A dimension of which one object may have several values (topics) gives
one entry for each.
"""

from __future__ import annotations

from typing import NamedTuple

from tipreport.errors import UnknownNameError
from tipreport.index.schema import base
from tipreport.search.ledger import REGIONS, ROLES

OTHER = "other"  # the regional group of organizations, groups of States and States of no group


class Dimension(NamedTuple):
    """How the value of an object is found.

    Args:
        value: the SQL expression; NULL where the report does not say.
        joins: what must be joined for it.
        pairs: for a dimension of which an object may have several values, the SQL that gives them as (id, value).
        ident: the column whose id they hang on: of the object, or of the unit that holds it.
    """

    value: str = ""
    joins: tuple[str, ...] = ()
    pairs: str = ""
    ident: str = ""


class Kind(NamedTuple):
    """Objects that are counted.

    Args:
        table: where they stand.
        dimensions: by which they can be counted, in the order in which they are offered.
        roles: for entries of the ledger of participation, those that count.
    """

    table: str
    dimensions: dict[str, Dimension]
    roles: tuple[str, ...] = ()


_REPORT = ("JOIN reports r ON r.id = thing.report_id",)
_OF_REPORT = {name: Dimension(f"r.{column}", _REPORT) for name, column in (("year", "year"), ("body", "body"), ("report", "name"))}


def _within(*kinds: str) -> str:
    """The condition that ``object_id`` is that of an object of these kinds."""
    return " OR ".join(f"object_id BETWEEN {base(kind)} AND {base(kind) + base('recommendations')}" for kind in kinds)


def _hung(table: str, column: str, ident: str, *kinds: str) -> Dimension:
    """A dimension whose values stand in a table of their own, by the ids of objects of these kinds."""
    return Dimension(pairs=f"SELECT object_id, {column} FROM {table} WHERE {_within(*kinds)}", ident=ident)


def _states(kind: str) -> Dimension:
    """The States that objects of a kind name, or that proposed them."""
    mine = _within(kind)
    mentioned = f"SELECT m.object_id, n.name_id FROM mentions m JOIN names n ON n.id = m.name AND n.kind = 'state' WHERE m.{mine}"
    listed = f"SELECT object_id, name_id FROM participations WHERE kind = 'state' AND {mine}"
    return Dimension(pairs=f"{mentioned} UNION {listed}", ident="thing.id")


_UNIT = ("LEFT JOIN recommendations u ON u.id = thing.unit_id",)
_PARAGRAPH = ("LEFT JOIN paragraphs p ON p.id = thing.unit_id",)
_MEMBER = {
    "group": Dimension(
        f"CASE WHEN thing.regional_group IN {REGIONS} THEN thing.regional_group WHEN thing.kind <> 'person' THEN '{OTHER}' END"
    ),
    "state": Dimension("CASE WHEN thing.kind = 'state' THEN thing.name_id END"),
    "organization": Dimension("CASE WHEN thing.kind = 'organization' THEN thing.name_id END"),
    "capacity": Dimension("thing.capacity"),
    "participant": Dimension("thing.kind"),
    "item": _hung("items", "item", "thing.object_id", "panellists", "statements", "attendance"),
}


def _recommended(ident: str, row: str) -> dict[str, Dimension]:
    """What is known of a recommendation, for it and for its points."""
    joins = _UNIT if row == "u" else ()
    return {
        "addressee": _hung("addressees", "name_id", ident, "recommendations"),
        **{name: Dimension(f"{row}.{name}", joins) for name in ("modality", "strength", "verb")},
    }


KINDS = {
    "reports": Kind("(SELECT id, id AS report_id, status FROM reports)", {**_OF_REPORT, "status": Dimension("thing.status")}),
    "recommendations": Kind("recommendations", {
        **_OF_REPORT, **_recommended("thing.id", "thing"), "topic": _hung("topics", "topic", "thing.id", "recommendations"), "section": Dimension("thing.section"),
        "state": _states("recommendations"),
    }),
    "points": Kind("points", {
        **_OF_REPORT, **_recommended("thing.unit_id", "u"), "topic": _hung("topics", "topic", "thing.id", "points"),
        "section": Dimension("coalesce(u.section, p.section)", (*_UNIT, *_PARAGRAPH)),
    }),
    "paragraphs": Kind("paragraphs", {
        **_OF_REPORT, "topic": _hung("topics", "topic", "thing.id", "paragraphs"), "section": Dimension("thing.section"),
        "item": _hung("items", "item", "thing.id", "paragraphs"),
        "state": _states("paragraphs"),
    }),
    "voices": Kind("voices", {
        **_OF_REPORT, "quantifier": Dimension("thing.quantifier"), "verb": Dimension("thing.verb"), "topic": _hung("topics", "topic", "thing.unit_id", "paragraphs"),
        "section": Dimension("p.section", _PARAGRAPH), "item": _hung("items", "item", "thing.unit_id", "paragraphs"),
    }),
    "statements": Kind("participations", {**_OF_REPORT, **_MEMBER}, ("spoke",)),
    "panellists": Kind("participations", {**_OF_REPORT, **_MEMBER}, ("panellist",)),
    "attendance": Kind("participations", {**_OF_REPORT, **_MEMBER}, ("attended",)),
    "proposals": Kind("participations", {**_OF_REPORT, "group": _MEMBER["group"], "state": _MEMBER["state"]}, ("proposed",)),
    "participation": Kind("participations", {**_OF_REPORT, "role": Dimension("thing.role"), **_MEMBER}, ROLES),
}  # fmt: skip
DIMENSIONS = tuple(dict.fromkeys(name for kind in KINDS.values() for name in kind.dimensions))
OF_REPORTS = ("year", "body", "report")  # in these every report has a place, with objects or without
FIXED: dict[str, tuple[str, ...]] = {"group": (*REGIONS, OTHER)}  # values that are told also where nothing has them
ORDERED = ("year", "strength", "quantifier", "group", "role", "section", "item")  # the others stand by their counts


def known(what: str, by: tuple[str, ...]) -> list[Dimension]:
    """The dimensions of a kind.

    Raises:
        UnknownNameError: there is no such kind, or it has no such dimension.
    """
    if what not in KINDS:
        raise UnknownNameError("kind", what, KINDS)
    mine = KINDS[what].dimensions
    for name in by:
        if name not in mine:
            raise UnknownNameError(f"dimension of {what}", name, mine)
    return [mine[name] for name in by]


def kind_with(by: tuple[str, ...]) -> str:
    """The first kind that has all these dimensions: recommendations, if they have them.

    Raises:
        UnknownNameError: one is none, or no kind has them all.
    """
    for name in by:
        if name not in DIMENSIONS:
            raise UnknownNameError("dimension", name, DIMENSIONS)
    order = ["recommendations", *(kind for kind in KINDS if kind not in {"reports", "recommendations"}), "reports"]
    found = next((kind for kind in order if all(name in KINDS[kind].dimensions for name in by)), None)
    if found is None:
        raise UnknownNameError(
            "dimension beside " + by[0], by[-1], {name for one in KINDS.values() if by[0] in one.dimensions for name in one.dimensions}
        )
    return found
