"""The head of a report and its headings, in the words that the source prints where it is at hand.

The order on the page is that of the Editorial Manual ("Mastheads"): organ and symbol, distribution, date and language; then
body, session, place and dates, agenda item, title, "Addendum".
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from tipreport.assemble.cite import day
from tipreport.identity import name_of, symbol_of
from tipreport.links import link
from tipreport.manuscript import wording
from tipreport.model import Masthead, Report, Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_BLANKS = re.compile(r"\s+")
_CELLS = re.compile(r"\||\t| {3,}|\r?\n|\r")
_WORDS = re.compile(r"\w+")
_SIMPLE = re.compile(r"[(\[]?\w{1,7}(?: (?:bis|ter))?[.)\]:]+|[IVXLC]{1,6}|[A-Z]|\d{1,3}")
_GLUE = {"and", "to"}
_ABOVE = re.compile(r"united\s+nations|nations\s+unies|naciones\s+unidas", re.IGNORECASE)


class Head(NamedTuple):
    """The head of a report. What is not known is None or empty.

    Args:
        name: what the report is called; always there.
        symbol: printed or given, and ``link``, where the documents system has it.
        above: "United Nations", where the source prints it.
        organ: whose document it is.
        right: distribution, date and language, each in words, an empty line between.
        body: the body that met; ``facts``: session, place and dates, agenda item.
        title: and ``subtitle``, ``part`` (Addendum).
        more: what else the masthead prints, such as a rapporteur.
        job: the job number.
        brief: whether only chosen objects follow: then a few lines are enough.
    """

    name: str
    symbol: str | None
    link: str | None
    above: str | None
    organ: str | None
    right: tuple[str, ...]
    body: str | None
    facts: tuple[str, ...]
    title: str | None
    subtitle: str | None
    part: str | None
    more: tuple[str, ...]
    job: str | None
    brief: bool

    @property
    def heading(self) -> str:
        """The title with its part in one line, else the name of the report."""
        return ", ".join(filter(None, (self.title, self.part))) or self.name


class Title(NamedTuple):
    """A heading in the body.

    Args:
        level: from 1 on.
        label: as printed: ``II.``, ``Annex I``; empty for none.
        title: its words; ``continued`` where it says that it goes on from another part.
        above: whether the label is a line of its own above the title.
        more: what else stands in the heading, such as ``(Agenda item 2)``.
        path: the path of its labels.
    """

    level: int
    label: str
    title: str
    continued: bool
    above: bool
    more: str
    path: str


def head(report: Report, printed: Sequence[str], *, brief: bool) -> Head:
    """The head of a report.

    Args:
        report: the report.
        printed: the parts of its masthead as the source prints them; none where it is not at hand.
        brief: whether only chosen objects follow.
    """
    masthead = report.masthead
    symbol = symbol_of(report)
    cells = [_BLANKS.sub(" ", cell).strip(" *") for part in printed for cell in _CELLS.split(part)]
    cells = [one for cell in cells for one in _parted(cell, symbol) if one]
    above = next((cell for cell in cells if _ABOVE.fullmatch(cell)), None)
    right = _right(masthead)
    facts = tuple(fact for one in _facts(masthead) if (fact := _as_printed(one, cells, masthead.title or "")))
    told = (
        symbol,
        masthead.organ,
        *right,
        masthead.body,
        *facts,
        masthead.title,
        masthead.subtitle,
        masthead.part,
        masthead.job_number,
        above,
    )
    early, more = _rest(cells, [one for one in told if one], masthead.title or "")
    return Head(
        name_of(report), symbol, link(symbol), above, masthead.organ, right, masthead.body, (*facts, *early), masthead.title, masthead.subtitle,
        masthead.part, more, masthead.job_number, brief,
    )  # fmt: skip


def _parted(cell: str, symbol: str | None) -> tuple[str, ...]:
    """A line that holds "United Nations" and the symbol, in its two parts."""
    if not symbol or not cell.endswith(symbol):
        return (cell,)
    rest = cell.removesuffix(symbol).strip()
    return (rest, symbol) if _ABOVE.fullmatch(rest) else (cell,)


def _right(masthead: Masthead) -> tuple[str, ...]:
    first = [f"Distr.: {masthead.distribution}"] if masthead.distribution else []
    first += [day(masthead.date)] if masthead.date else []
    second = [f"Original: {masthead.original_language}"] if masthead.original_language else []
    second += [masthead.language_note] if masthead.language_note else []
    return (*first, *([""] if first and second else []), *second)


def _facts(masthead: Masthead) -> list[str]:
    held = wording.dates(masthead.meeting_start, masthead.meeting_end)
    facts = [masthead.session or "", ", ".join(filter(None, (masthead.place, held)))]
    facts.append(f"Agenda item {masthead.agenda_item}" if masthead.agenda_item else "")
    return [fact for fact in facts if fact]


def _as_printed(fact: str, cells: Sequence[str], title: str) -> str:
    """The line that prints a fact in its own way (``10–11 September`` for ``10 and 11 September``), else the fact.

    Empty where the source is at hand and only the title says it.
    """
    wanted = set(_words(fact)) - _GLUE
    for cell in cells:
        words = set(_words(cell)) - _GLUE
        if words == wanted:
            return cell
        if wanted & {"item"} and "item" in words and wanted - words <= {"agenda"} and len(words) <= 8:
            return cell
    return "" if cells and wanted <= set(_words(title)) else fact


def _rest(cells: Sequence[str], told: Sequence[str], title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of a masthead whose words are not told already: those above the title, and those below it."""
    said = [_words(cell) for cell in cells]
    done = {at for at, cell in enumerate(cells) if not said[at] or _ABOVE.fullmatch(cell)}
    held: Counter[str] = Counter()
    place = len(cells)
    for one in sorted(told, key=len, reverse=True):
        run = _run(said, _words(one), done)
        if run is None:
            held += Counter(_words(one))
            continue
        done |= run
        if one == title:
            place = min(run)
    early: list[str] = []
    late: list[str] = []
    for at, cell in enumerate(cells):
        if at in done:
            continue
        if Counter(said[at]) <= held:
            held -= Counter(said[at])
        else:
            (early if at < place else late).append(cell)
    return tuple(early), tuple(late)


def _run(said: Sequence[Sequence[str]], words: Sequence[str], done: set[int]) -> set[int] | None:
    """The lines that together print these words; None where no lines do."""
    for first in range(len(said)):
        at, left = first, list(words)
        while at < len(said) and at not in done and said[at] and left[: len(said[at])] == list(said[at]):
            left = left[len(said[at]) :]
            at += 1
        if at > first and not left:
            return set(range(first, at))
    return None


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(text)]


def title(section: Section, printed: str | None) -> Title:
    """A heading, with its label as printed; without the source the label is made of its path."""
    label, more, above = _label(section), "", False
    if printed is not None:
        flat = _BLANKS.sub(" ", printed.replace("*", "")).strip()
        at = flat.find(section.title)
        if at >= 0:
            label = flat[:at].strip()
            more = flat[at + len(section.title) :].strip(" .")
            if section.continued:
                more = re.sub(r"\(?\bcontinued\)?", "", more).strip()
    above = bool(label) and not _SIMPLE.fullmatch(label)
    return Title(section.level, label, section.title, section.continued, above, more, section.label)


def _label(section: Section) -> str:
    last = section.label.rpartition(".")[2]
    word = next((word for word in ("annex", "appendix", "decision", "resolution") if last == word or last.startswith(f"{word}-")), None)
    if word is not None:
        return f"{word.capitalize()} {section.number}" if section.number else word.capitalize()
    return f"{section.number}." if section.number else ""
