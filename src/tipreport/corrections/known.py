"""Names that a correction may give by id: States, organizations, groups, instruments, addressees, the user's own included."""

from __future__ import annotations

from functools import cache

from tipreport import gazetteer
from tipreport.config import Config, kept_by_tables
from tipreport.data import split, table
from tipreport.gazetteer import Entry

SPEAKERS = ("state", "group", "organization")  # who may stand in a list of speakers; where two have one id, the first is meant

GROUPED = ("group", "state", "organization")  # for whom somebody may speak


@kept_by_tables
def entries(config: Config) -> dict[tuple[str, str], Entry]:
    """All known names by kind and id. Addressees are entries of the kind ``addressee``."""
    out: dict[tuple[str, str], Entry] = {}
    for names in (gazetteer.states(config), gazetteer.groups(), gazetteer.organizations(config), gazetteer.everything(config)):
        for entry in names.names.values():
            out.setdefault((entry.kind, entry.id), entry)
    for row in (*config.rows("addressees"), *table("addressees")):
        if row["id"] != "passive":  # says of a form that it names nobody
            out.setdefault(("addressee", row["id"]), Entry("addressee", row["id"], row.get("name") or row["id"]))
    return out


@kept_by_tables
def by_name(config: Config) -> dict[str, Entry]:
    """All known names by what they are called, in any case, for hints."""
    return {name.casefold(): entry for name, entry in gazetteer.everything(config).names.items()}


def entry(config: Config, ident: str, kinds: tuple[str, ...]) -> Entry | None:
    """The entry with an id, of the first kind that has it; None for none."""
    known = entries(config)
    return next((known[kind, ident] for kind in kinds if (kind, ident) in known), None)


def ids(config: Config, kinds: tuple[str, ...]) -> list[str]:
    """The ids of some kinds."""
    return [ident for kind, ident in entries(config) if kind in kinds]


@kept_by_tables
def topics(config: Config) -> tuple[str, ...]:
    """The ids of topics in the order of the table, the user's own behind them."""
    return tuple(dict.fromkeys(row["id"] for row in (*table("topics"), *config.rows("topics"))))


@cache
def modalities() -> dict[str, tuple[str, int]]:
    """What may be given as a modality, with the words and the strength of it: the forms of the table, and its ids for the first of them."""
    out: dict[str, tuple[str, int]] = {}
    rows = [(row["id"], split(row["patterns"]), int(row["strength"])) for row in table("modality")]
    for _, forms, strength in rows:
        if strength >= 0:  # below are hedges
            out |= {form: (form, strength) for form in forms if form not in out}
    for ident, forms, strength in rows:
        if strength >= 0:
            out.setdefault(ident, (forms[0] if forms else ident, strength))
    return out


@cache
def capacities() -> tuple[str, ...]:
    """The capacities of the contract; the table has those that a heading names."""
    named = dict.fromkeys(row["id"] for row in table("capacities"))
    return tuple(dict.fromkeys((*named, "party", "signatory", "member", "observer_state", "observer", "other")))
