"""Answers as a reader or another program wants them."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import TYPE_CHECKING, Any

from tipreport.cli import output as out
from tipreport.cli.grammar import Output
from tipreport.index.schema import NUMBERS, SINGULAR
from tipreport.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipreport.search.engine import Answer
    from tipreport.search.groups import Group

Hit = dict[str, Any]
_FOUND, _HEAD, _DIM, _OFF = "\x1b[1;33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
_BAR = 30
_OF_GROUPS = ("by", "value", "name", "hits", "reports")
_SHORT = {"recommendation": "rec.", "paragraph": "para.", "heading": "sect.", "agenda_item": "item", "point": "point"}
# The columns of CSV: what all kinds have, then what some have.
_COLUMNS = (
    "report", "id", "kind", "date", "year", "body", "section", "heading", "number", "cite", "score", "addressees", "modality", "strength",
    "verb", "proposed_by", "position", "topics", "voice", "points", "label", "level", "name", "organization", "state", "on_behalf_of",
    "paragraph", "paragraphs", "capacity", "instrument", "agenda_items", "count", "quantifier", "rank", "noun", "target_kind", "target", "mark",
    "shared", "path", "line", "page", "snippet", "text",
)  # fmt: skip
_REGIONAL = {
    "Group of African States": "AFR", "Group of Asia-Pacific States": "APG", "Group of Eastern European States": "EEG",
    "Group of Latin American and Caribbean States": "GRULAC", "Group of Western European and other States": "WEOG",
}  # fmt: skip


def path_of(stored: str) -> str:
    """A path as the user would type it here."""
    if stored.startswith("bytes:"):  # a name that is no UTF-8
        stored = bytes.fromhex(stored.removeprefix("bytes:")).decode("utf-8", "backslashreplace")
    here = os.getcwd().rstrip(os.sep) + os.sep
    return stored[len(here) :] if stored.startswith(here) else stored


def hits(records: Iterator[Hit], summary: Hit | None, output: Output, form: str, *, colour: bool, mixed: bool = False) -> None:
    """Write answers in one form.

    Args:
        records: the answers.
        summary: the last record of JSON and JSON Lines.
        output: where to.
        form: text, json, jsonl, csv, files, cite or vimgrep.
        colour: whether the readable form has colours and links.
        mixed: whether the answers are of several kinds, so that each says what it is.
    """
    placed = ({**hit, "path": path_of(hit["path"])} for hit in records)
    if form in {"json", "jsonl", "csv"}:
        from tipreport.cli.records import formed

        rows = ({key: value for key, value in hit.items() if key != "column"} for hit in placed) if form != "csv" else map(_flat, placed)
        out.put(formed(_with(rows, summary), form, columns=_COLUMNS), output.output)
        return
    if form == "files":
        out.put((f"{visible(path)}\n" for path in dict.fromkeys(hit["path"] for hit in placed)), output.output)
    elif form == "cite":
        out.put((f"{visible(hit['cite'])}\n" for hit in placed), output.output)
    elif form == "vimgrep":
        out.put(_vimgrep(placed), output.output)
    else:
        links = colour and out.is_terminal(sys.stdout)
        out.put(_Page(out.width(), colour=colour, links=links, mixed=mixed).lines(placed), output.output)


def _with(rows: Iterable[Hit], summary: Hit | None) -> Iterator[Hit]:
    yield from rows
    if summary is not None:
        yield summary


def _flat(hit: Hit) -> Hit:
    """A hit as a row whose columns are the same for every kind and every search."""
    voice = hit.get("voice")
    return {
        **dict.fromkeys(_COLUMNS),
        **{name: hit[name] for name in _COLUMNS if name in hit},
        "voice": voice["quantifier"] if voice else None,
    }


def _vimgrep(placed: Iterator[Hit]) -> Iterator[str]:
    for hit in placed:
        yield f"{visible(hit['path'])}:{hit['line'] or 1}:{hit['column'] or 1}:{visible(hit['snippet'])}\n"


class _Page:
    """The readable form: the cite, what is known of the object, the words around, the place."""

    def __init__(self, width: int, *, colour: bool, links: bool, mixed: bool) -> None:
        self.width, self.colour, self.links = max(width, 20), colour, links
        self.groups: set[str] = set()
        self.panellists = 0
        self.voices = self.others = 0
        self.mixed = mixed  # several kinds among the answers

    def lines(self, placed: Iterator[Hit]) -> Iterator[str]:
        first = True
        for hit in placed:
            yield ("" if first else "\n") + "".join(f"{line}\n" for line in self.one(hit))
            first = False
        if self.panellists and self.panellists == self.others:
            yield "\n" + "".join(f"{line}\n" for line in self._wrapped(self._balance(), ""))
        if self.voices and not self.others:
            told = "quantifiers are ranks, not numbers: no share of the speakers can be computed from them"
            yield "\n" + "".join(f"{line}\n" for line in self._wrapped(told, ""))

    def one(self, hit: Hit) -> Iterator[str]:
        head = visible(hit["cite"])
        date = f" ({hit['date']})" if hit["date"] and hit["date"] not in head and not _dated(head) else ""
        for line in textwrap.wrap(head + date, self.width, subsequent_indent="  ", break_on_hyphens=False):
            yield self._link(self._style(line, _HEAD), hit)
        known = self._known(hit)
        if known:
            yield from (self._style(line, _DIM) for line in self._wrapped(visible(known), "  "))
        for near in hit.get("context", []):
            if near["place"] < 0:
                yield from (self._style(line, _DIM) for line in self._wrapped(f"{near['id']}: {visible(near['text'])}", "  | "))
        yield from self._snippet(hit)
        for near in hit.get("context", []):
            if near["place"] > 0:
                yield from (self._style(line, _DIM) for line in self._wrapped(f"{near['id']}: {visible(near['text'])}", "  | "))
        if "shared" in hit:
            reason = f"  shared: {', '.join(hit['shared'])}" if hit["shared"] else ""
            yield from self._wrapped(f"{hit['score']:.2f}{reason}", "  ")
        page = f", page {hit['page']}" if hit["page"] else ""
        yield self._style(f"  {visible(hit['path'])}:{hit['line'] or 1}{page}", _DIM)

    def _known(self, hit: Hit) -> str:
        """What is known of the object besides its words."""
        kind = hit["kind"]
        parts: list[str] = [] if kind in {"recommendation", "paragraph", "point"} or not self.mixed else [kind.replace("_", " ")]
        self.others += kind != "voice"
        if hit.get("heading"):
            parts.append(f"{hit['section']} {hit['heading']}")
        if kind == "recommendation":
            parts += [", ".join(hit["addressees"])] if hit["addressees"] else []
            parts += [f"{hit['modality']} ({hit['strength']})"] if hit["modality"] else []
            parts += [f"proposed by {', '.join(hit['proposed_by'])}"] if hit["proposed_by"] else []
        if hit.get("voice"):
            voice = hit["voice"]
            carried = ", carried over from the sentence before" if voice["carried_over"] else ""
            parts.append(f"voice: {_voice(voice)}{carried}")
        if kind == "panellist":
            self.panellists += 1
            if hit["on_behalf_of"]:
                self.groups.add(_REGIONAL.get(hit["on_behalf_of"], ""))
                parts.append(f"on behalf of the {hit['on_behalf_of']}")
        if kind in {"statement", "attendance"}:
            instrument = f" to the {hit['instrument']}" if hit["instrument"] and hit["capacity"] in {"party", "signatory"} else ""
            parts.append(f"{hit['capacity']}{instrument}")
        if kind == "voice":
            self.voices += 1
            rank = f", rank {hit['rank']}" if hit["rank"] is not None else ""
            parts.append(f"{hit['quantifier'].replace('_', ' ')}{rank}; {hit['verb'] or ''}".rstrip("; "))
        if hit.get("agenda_items"):
            parts.append(f"item{'s' if len(hit['agenda_items']) > 1 else ''} {', '.join(hit['agenda_items'])}")
        return "; ".join(parts)

    def _snippet(self, hit: Hit) -> Iterator[str]:
        if hit["kind"] in {"statement", "attendance"}:
            yield from self._wrapped(visible(hit["text"]), "  ")
            return
        text = hit["snippet"]
        if not self.colour:
            yield from self._wrapped(visible(text), "  ")
            return
        found = [(len(visible(text[:start])), len(visible(text[:end]))) for start, end in hit["highlights"]]
        yield from self._marked(visible(text), found)

    def _marked(self, text: str, found: list[tuple[int, int]]) -> Iterator[str]:
        """A text wrapped as without colours, with what was found marked."""
        at = 0
        for line in self._wrapped(text, "  "):
            words = line.strip()
            at = max(text.find(words, at), at)
            pieces, last = ["  "], 0
            for start, end in found:
                low, high = max(start - at, last), min(end - at, len(words))
                if low < high:
                    pieces += [words[last:low], _FOUND, words[low:high], _OFF]
                    last = high
            yield "".join([*pieces, words[last:]])
            at += len(words)

    def _wrapped(self, text: str, indent: str) -> list[str]:
        wide = max(self.width, len(indent) + 16)
        return textwrap.wrap(text, wide, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False) or [indent]

    def _style(self, text: str, style: str) -> str:
        return f"{style}{text}{_OFF}" if self.colour and text else text

    def _link(self, text: str, hit: Hit) -> str:
        """A link to the file for terminals that know OSC 8."""
        if not self.links or hit["path"].startswith("bytes:"):
            return text
        from urllib.parse import quote

        return f"\x1b]8;;file://{quote(os.path.abspath(hit['path']))}\x1b\\{text}\x1b]8;;\x1b\\"

    def _balance(self) -> str:
        regional = [short for short in _REGIONAL.values() if short in self.groups]
        missing = [short for short in _REGIONAL.values() if short not in self.groups]
        told = f"{self.panellists} panellist{'s' if self.panellists > 1 else ''}, on behalf of {len(regional)} of {len(_REGIONAL)} regional groups"
        return told + (f" (none of {', '.join(missing)})" if missing and regional else "")


def _dated(head: str) -> bool:
    return bool(head) and any(part.isdigit() and len(part) == 4 for part in head.replace(",", " ").split())


def _voice(voice: dict[str, Any]) -> str:
    return " ".join(filter(None, (voice["quantifier"].replace("_", " "), voice["noun"], voice["verb"])))


def enumerated(kinds: dict[str, int]) -> str:
    """Numbers of objects by kind, in words."""
    return ", ".join(f"{count:,} {SINGULAR[kind].replace('_', ' ') if count == 1 else kind}" for kind, count in kinds.items())


def groups(found: list[tuple[Group, dict[str, int], list[Hit]]], asked: Any, form: str, answer: Answer) -> None:
    """Write counts by group, with the cites below them."""
    kind = out.chosen(asked.output)
    if kind != "text":
        from tipreport.cli.records import formed

        rows = [_record(group, others, records, form) for group, others, records in found]
        if kind == "csv":
            rows = [{**{name: row[name] for name in _OF_GROUPS}, **dict.fromkeys(NUMBERS, 0), **row["kinds"]} for row in rows]
        out.put(formed(rows, kind, columns=(*_OF_GROUPS, *NUMBERS)), asked.output.output)
        return
    width = max(out.width(), 20)
    lines = _facets(found, answer) if form == "facets" else _by_group(found, form, width, counted=asked.counted)
    out.put(("".join(f"{part}\n" for part in _fitted(line, width)) for line in lines), asked.output.output)


def _fitted(line: str, width: int) -> list[str]:
    """A line, wrapped below itself where it is too long."""
    if len(line) <= width:
        return [line.rstrip()]
    return textwrap.wrap(line, width, subsequent_indent="    ", drop_whitespace=True, break_on_hyphens=False)


def _record(group: Group, others: dict[str, int], records: list[Hit], form: str) -> Hit:
    row = {
        "type": "facet" if form == "facets" else "group", "by": group.by, "value": group.value, "name": group.name, "hits": group.hits,
        "reports": group.reports, "kinds": group.kinds,
    }  # fmt: skip
    return row if form == "facets" else {**row, "elsewhere": others, "cites": [hit["cite"] for hit in records]}


def _by_group(found: list[tuple[Group, dict[str, int], list[Hit]]], form: str, width: int, *, counted: bool) -> Iterator[str]:
    most = max([group.hits for group, _, _ in found] + [1])
    wide = max([len(_called(group)) for group, _, _ in found] + [4]) if form == "timeline" else 0
    for group, others, records in found:
        name = _called(group)
        besides = [f"{enumerated(others)} elsewhere"] if others else []
        besides += [f"{group.reports} report{'s' if group.reports != 1 else ''} searched"] if group.reports is not None else []
        told = (enumerated(group.kinds) or "none") + (f" ({'; '.join(besides)})" if besides else "")
        room = max(min(_BAR, width - 50), 5)
        bar = f" {'█' * max(round(room * group.hits / most), 1 if group.hits else 0):<{room}}" if form == "timeline" else ""
        yield f"{visible(name):<{wide}}{bar}  {told}"
        if not counted:
            for hit in records:
                yield f"  {_brief(hit, width - 2)}"


def _called(group: Group) -> str:
    if group.value is None:
        return "(not given)"
    return f"{group.value} {group.name}" if group.name and group.name != group.value else str(group.value)


def _brief(hit: Hit, width: int) -> str:
    """An answer on one line: number, words, report."""
    number = {"heading": "label", "agenda_item": "number", "point": "id"}.get(hit["kind"], "number")
    place = f"{_SHORT.get(hit['kind'], hit['kind'])} {hit.get(number) or ''}".rstrip()
    if hit.get("points"):
        place += " " + ", ".join(f"({one.partition('.')[2]})" for one in hit["points"])
    report = f"  [{hit['report']}]"
    room = max(width - max(len(place), 14) - 1 - len(report), 20)
    words = hit["snippet"] if len(hit["snippet"]) <= room else hit["snippet"][: room - 3].rstrip() + "..."
    return visible(f"{place:<14} {words}{report}")


def _facets(found: list[tuple[Group, dict[str, int], list[Hit]]], answer: Answer) -> Iterator[str]:
    yield f"{answer.total:,} answer{'s' if answer.total != 1 else ''}: {enumerated({k: n for k, n in answer.totals.items() if n}) or 'none'}"
    by, shown = "", 0
    for group, _, _ in found:
        if group.by != by:
            by, shown = group.by, 0
            yield ""
            yield by
        shown += 1
        if group.hits and (shown <= 12 or by == "year"):
            yield f"  {group.hits:>6,}  {visible(_called(group))}"
