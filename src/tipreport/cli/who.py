"""What ``tipreport who`` does."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from tipreport.cli import output as out
from tipreport.cli.corpus import Corpus, opened
from tipreport.cli.grammar import General, Inputs, Output
from tipreport.cli.hits import path_of
from tipreport.cli.run import note
from tipreport.cli.settings import settled
from tipreport.errors import TipreportError, UnknownNameError
from tipreport.index.store import told
from tipreport.search import ledger
from tipreport.search.places import snippet
from tipreport.search.request import Filters
from tipreport.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = dict[str, Any]
_SAID = {"spoke": "statement", "panellist": "panellist", "attended": "present", "proposed": "proposed a recommendation"}


class Asked(NamedTuple):
    """The command as given."""

    paths: tuple[str, ...]
    roles: tuple[str, ...]
    kinds: tuple[str, ...]
    balance: bool
    silent: bool
    multiple: bool
    total: bool
    limit: int | None
    index_file: str | None
    filters: Filters
    output: Output
    inputs: Inputs
    general: General


def run(asked: Asked) -> None:
    """Do what the command asks; ends with typer.Exit where the status is not 0."""
    wanted = [name for name in ("balance", "silent", "multiple", "total") if getattr(asked, name)]
    if len(wanted) > 1:
        raise TipreportError(f"one of {' and '.join(f'--{name}' for name in wanted)} at a time")
    for role in asked.roles:
        if role not in ledger.ROLES:
            raise UnknownNameError("role", role, ledger.ROLES)
    for kind in asked.kinds:
        if kind not in ledger.KINDS:
            raise UnknownNameError("kind", kind, ledger.KINDS)
    narrow = [name for name in ("state", "group", "organization", "panellist", "capacity", "section") if getattr(asked.filters, name)]
    narrow += [name for name, given in (("role", asked.roles), ("kind", asked.kinds)) if given]
    if asked.silent and narrow:
        raise TipreportError(f"--silent cannot be combined with --{narrow[0]}", "it takes the filters of reports, and --item")
    for name in ("modality", "strength", "voice", "topic", "addressee", "ids"):
        if getattr(asked.filters, name):
            option = "id" if name == "ids" else name
            raise TipreportError(f"--{option} says nothing of who took part", f"'tipreport search --{option} ...' finds what was said")
    form = out.chosen(asked.output)
    settings = settled(asked.inputs, asked.general)
    corpus = opened(asked.paths, asked.index_file, asked.inputs, asked.general, settings, asked.output.output)
    with told(corpus.path):
        found = _Ledger(asked, corpus).answer(wanted[0] if wanted else "entries", form)
    if corpus.failed:
        raise typer.Exit(2)
    if not found:
        raise typer.Exit(1)


class _Ledger:
    def __init__(self, asked: Asked, corpus: Corpus) -> None:
        self.asked, self.corpus = asked, corpus
        self.filters = corpus.within(asked.filters)
        self.looked = ledger.reports(corpus.connection, self.filters)
        self.rows = ledger.entries(corpus.connection, self.filters, asked.roles or ledger.ROLES)
        if asked.kinds:
            self.rows = [row for row in self.rows if row["kind"] in asked.kinds]
        self.width = max(out.width(), 20)
        self._names = ledger.spoken_for(corpus.connection)
        self.met = False  # whether any report names the one State of a page
        self.speaking: set[int] = set()  # reports in which the one State of a page stands in a list of speakers

    def answer(self, view: str, form: str) -> bool:
        """Write one view; whether it holds anything."""
        records: list[Row] = {
            "entries": lambda: self.rows,
            "balance": lambda: ledger.balance(self.rows, self.looked),
            "silent": lambda: ledger.silent(self.corpus.connection, self.filters, self.looked),
            "multiple": lambda: ledger.multiple(self.rows),
            "total": lambda: ledger.tallied(self.rows),
        }[view]()
        page = view == "entries" and len(self.asked.filters.state) == 1 and form == "text"
        shown = records[: self.asked.limit] if self.asked.limit and not page else records
        if form != "text":
            from tipreport.cli.records import formed

            kind = {"entries": "participation", "total": "participant"}.get(view, view)
            if view == "entries" and len(self.asked.filters.state) == 1 and not self.asked.roles:
                shown = [*shown, *self._named()]
            rows: Iterator[Row] = (
                {"type": kind, **{k: path_of(v) if k == "path" else v for k, v in row.items() if k != "report_id"}} for row in shown
            )
            if form == "csv" and view == "multiple":
                rows = ({**row, "entries": "; ".join(map(self._head, row["entries"]))} for row in rows)
            out.put(formed(rows, form), self.asked.output.output)
            return bool(records)
        brief = view == "entries" and len(self.asked.filters.state) == 1
        lines = {"entries": self._brief if brief else self._entries, "balance": self._balance, "silent": self._silent,
                 "multiple": self._multiple, "total": self._total}[view](shown)  # fmt: skip
        out.put((f"{visible(line)}\n" for line in lines), self.asked.output.output)
        if len(shown) < len(records) and not self.asked.general.quiet:
            note(f"{len(shown)} of {len(records):,} rows; --limit 0 shows all")
        if not records and not self.asked.general.quiet and view in {"entries", "total", "balance"} and not brief:
            note(f"nobody found in {len(self.looked)} report{'s' if len(self.looked) != 1 else ''}")
        return bool(records) or self.met

    # ------------------------------------------------------------------ views for people
    def _entries(self, rows: list[Row]) -> Iterator[str]:
        """Report by report, capacity by capacity."""
        last: tuple[Any, ...] = ()
        wide = min(max([len(row["name"]) for row in rows] + [10]), 52, max(self.width - 40, 12))
        for row in rows:
            if row["report_id"] != (last[0] if last else None):
                yield from ([""] if last else [])
                yield from textwrap.wrap(row["cite"], self.width, subsequent_indent="  ")
            head = (row["report_id"], row["role"], row["capacity"], tuple(row["agenda_items"]), row["paragraph"])
            if head != last:
                yield f"  {self._head(row)}"
            last = head
            yield from self._columns("    ", (row["name"], wide), (row["group"] or "", 6), (self._person(row), 0))
        yield from self._voices()

    @staticmethod
    def _head(row: Row) -> str:
        parts = [_SAID[row["role"]] + (f" as {row['capacity'].replace('_', ' ')}" if row["capacity"] else "")]
        parts += [f"item{'s' if len(row['agenda_items']) > 1 else ''} {', '.join(row['agenda_items'])}"] if row["agenda_items"] else []
        if row["paragraph"]:
            numbers = sorted(row["paragraph"].split("; "), key=_natural)
            if row.get("pinpoint") and len(numbers) == 1:
                parts.append(row["pinpoint"])
            else:
                word = "recommendation" if row["role"] == "proposed" else "paras." if len(numbers) > 1 else "para."
                parts.append(f"{word} {', '.join(numbers)}")
        return ", ".join(parts)

    def _person(self, row: Row) -> str:
        behalf = f"on behalf of {', '.join(self._names.get(one, one) for one in row['on_behalf_of'])}" if row["on_behalf_of"] else ""
        printed = f"printed as {row['as_printed']!r}" if row["role"] != "panellist" and row["as_printed"] != row["name"] else ""
        return ", ".join(filter(None, (row["person"] if row["kind"] != "person" else "", behalf, printed)))

    def _columns(self, indent: str, *cells: tuple[str, int]) -> Iterator[str]:
        """One row in columns; the last is wrapped below itself."""
        lead = indent + "".join(f"{text:<{size}}  " for text, size in cells[:-1])
        text = cells[-1][0]
        room = self.width - len(lead)
        if room < 20:
            yield from textwrap.wrap(f"{lead.rstrip()} {text}", self.width, subsequent_indent=indent + "  ")
            return
        first, *more = textwrap.wrap(text, room) or [""]
        yield (lead + first).rstrip()
        yield from (" " * len(lead) + line for line in more)

    def _voices(self) -> Iterator[str]:
        """Who is not named: ranks, never numbers."""
        views = ledger.anonymous(self.corpus.connection, self.looked)
        asked = self.asked.filters._replace(report=(), body=(), year=None, new_since=None, status=())
        if not views or asked.given or self.asked.roles or self.asked.kinds or not self.rows:
            return
        told_views = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count, _ in views)
        yield ""
        yield from textwrap.wrap(
            f"Clauses reported of speakers who are not named, by quantifier: {told_views}. A quantifier is a rank, not a number of speakers.",
            self.width,
        )

    def _balance(self, rows: list[Row]) -> Iterable[str]:
        names = (*ledger.REGIONS, "other")
        yield f"{'year':<6}{'role':<11}" + "".join(f"{name:>8}" for name in names) + f"{'reports':>9}"
        for row in rows:
            yield f"{row['year'] or '-'!s:<6}{row['role']:<11}" + "".join(f"{row[name]:>8,}" for name in names) + f"{row['reports']:>9,}"

    def _silent(self, rows: list[Row]) -> Iterable[str]:
        wide = min(max([len(row["name"]) for row in rows] + [10]), 44)
        for row in rows:
            known = "present, no statement recorded" if row["present"] else "presence not recorded"
            more = (
                f"; spoke at {row['elsewhere']} other meeting{'s' if row['elsewhere'] != 1 else ''} of the body" if row["elsewhere"] else ""
            )
            yield from self._columns("", (row["name"], wide), (row["group"] or "", 6), (known + more, 0))
        plain = self.filters._replace(state=(), group=(), organization=(), panellist=(), capacity=())
        everybody = ledger.entries(self.corpus.connection, plain)
        heard = len(
            {row["id"] for row in everybody if row["kind"] == "state" and row["id"] != "EUU" and row["role"] in {"spoke", "panellist"}}
        )
        yield from ([""] if rows else [])
        yield from textwrap.wrap(
            f"{heard} State{'s' if heard != 1 else ''} spoke or sat on a panel in {len(self.looked)} report{'s' if len(self.looked) != 1 else ''}; "
            f"of the other States among the {ledger.members()} Members nothing {'else ' if rows else ''}is recorded.",
            self.width,
        )

    def _multiple(self, rows: list[Row]) -> Iterable[str]:
        for row in rows:
            entries = "; ".join(self._head({**one, "agenda_items": ()}) for one in row["entries"])
            yield from self._columns("", (row["name"], 34), (row["group"] or "", 6), (f"{entries} [{row['report']}]", 0))
        if not rows:
            panel = sorted({row["name"] for row in self.rows if row["role"] == "panellist" and row["kind"] == "state"})
            spoke = sorted({row["name"] for row in self.rows if row["role"] == "spoke"})
            yield from textwrap.wrap(
                f"None. Panel only: {', '.join(panel) or 'nobody'}. Statement only: {', '.join(spoke) or 'nobody'}.", self.width
            )

    def _total(self, rows: list[Row]) -> Iterable[str]:
        wide = min(max([len(row["name"]) for row in rows] + [10]), 48, max(self.width - 50, 14))
        yield f"{'name':<{wide}}  {'group':<7}{'reports':>8}" + "".join(f"{role:>11}" for role in ledger.ROLES)
        for row in rows:
            counts = "".join(f"{row[role]:>11,}" for role in ledger.ROLES)
            name = row["name"] if len(row["name"]) <= wide else row["name"][: wide - 3] + "..."
            yield f"{name:<{wide}}  {row['group'] or '':<7}{row['reports']:>8,}{counts}"

    # ------------------------------------------------------------------ one State
    def _brief(self, rows: list[Row]) -> Iterator[str]:
        """One State's record, report by report, on a page."""
        connection = self.corpus.connection
        ident, name = self._state()
        group = ledger.region(ident)
        items = f", item{'s' if len(self.filters.item) > 1 else ''} {', '.join(self.filters.item)}" if self.filters.item else ""
        yield f"{name} ({ident})" + (f", {group}" if group else "") + items
        everything = ledger.entries(connection, Filters(state=(ident,), report=self.filters.report), ("spoke",))
        self.speaking = {row["report_id"] for row in everything}
        count = 0
        for one in self.looked:
            mine = [row for row in rows if row["report_id"] == one["id"]]
            named = ledger.naming(connection, "state", name, one["id"], self.filters)
            if not mine and not named:
                continue
            count += 1
            yield ""
            yield from self._meeting(one, mine, named)
        yield ""
        self.met = count > 0
        yield f"In {count} of {len(self.looked)} report{'s' if len(self.looked) != 1 else ''} looked through."

    def _meeting(self, one: Row, mine: list[Row], named: list[Row]) -> Iterator[str]:
        yield from textwrap.wrap(one["cite"], self.width, subsequent_indent="  ")
        for row in mine:
            yield from self._columns(
                "  ", (_SAID[row["role"]], 11), (f"{self._head(row).partition(', ')[2]}; {self._person(row)}".strip("; "), 0)
            )
        for unit in self._units(one, mine, named):
            place = f"{'rec.' if unit['kind'] == 1 else 'para.'} {unit['number'] or '-'}"
            times = f" ({unit['times']} times)" if unit["times"] > 1 else ""
            yield from self._columns("  ", (place, 11), (f"names {unit['whom']}{times}: {unit['words']}", 0))
        if one["id"] not in self.speaking:
            yield "  in no list of speakers"

    def _units(self, one: Row, mine: list[Row], named: list[Row]) -> list[Row]:
        """The paragraphs that name the State or its panellists, in the order of the text."""
        found = {}
        for person in sorted({row["person"] for row in mine if row["person"]}):
            for unit in ledger.naming(self.corpus.connection, "person", person, one["id"], self.filters):
                found[unit["id"]] = {**unit, "whom": person}
        for unit in named:
            found.setdefault(unit["id"], {**unit, "whom": "the State"})
        for unit in found.values():
            at = unit["text"].find(unit["printed"])
            place = [(at, at + len(unit["printed"]))] if at >= 0 else []
            unit["words"] = snippet(unit["text"], place, 120)[0]
        return [found[ident] for ident in sorted(found)]

    def _named(self) -> list[Row]:
        """Rows for paragraphs that name the State, in the columns of the ledger."""
        ident, name = self._state()
        out = []
        for one in self.looked:
            for unit in ledger.naming(self.corpus.connection, "state", name, one["id"], self.filters):
                row = dict.fromkeys(ledger.FIELDS)
                row |= {key: one[key] for key in ("date", "year", "body", "path", "cite")}
                row |= {
                    "report": one["name"],
                    "kind": "state",
                    "id": ident,
                    "name": name,
                    "as_printed": unit["printed"],
                    "role": "named",
                    "group": ledger.region(ident),
                }
                row |= {
                    "on_behalf_of": [],
                    "agenda_items": [],
                    "paragraph": unit["number"],
                    "pinpoint": unit["pinpoint"],
                    "line": unit["line"],
                    "page": unit["page"],
                }
                out.append(row)
        return out

    def _state(self) -> tuple[str, str]:
        """The id and name of the one State asked for."""
        from tipreport.search.filters import Compiled

        (_, (ident,)), *_ = Compiled(self.corpus.connection, self.filters).named
        found = self.corpus.connection.execute("SELECT name FROM names WHERE kind = 'state' AND name_id = ?", (ident,)).fetchone()
        return ident, found[0] if found else self.asked.filters.state[0]


def _natural(number: str) -> tuple[int, str]:
    """Printed numbers in the order of counting: 4, 12, 12 bis."""
    digits = re.match(r"\d{1,9}", number)
    return (int(digits.group()) if digits else 0, number)
