"""Rules by their codes, and a report run through them."""

from __future__ import annotations

from typing import NamedTuple

from tipreport import registry
from tipreport.config import Config
from tipreport.errors import UnknownNameError
from tipreport.model import Report, Span
from tipreport.rules import SEVERITIES, Context, Finding, Fix
from tipreport.spans import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

ALL = "all"


class Rule(NamedTuple):
    """One rule: its code, severity, the page that explains it, and its module."""

    code: str
    severity: str
    page: str
    module: ModuleType

    @property
    def title(self) -> str:
        """The first sentence of the page, on one line."""
        return " ".join(self.page.partition("\n\n")[0].split())


class Found(NamedTuple):
    """A finding in its place; pickles.

    Args:
        code: of the rule.
        severity: error, warning or info.
        path: the input as the user named it.
        line: from 1, with ``column`` in code points; both None where the finding is of the document as a whole.
        end_line: of the last character, with the column behind it.
        spans: the places, with lines and pages.
        excerpt: the line of the text, for people.
        cite: the pinpoint cite of the object that holds it.
    """

    code: str
    severity: str
    path: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    page: int | None
    message: str
    hint: str | None
    fix: Fix | None
    id: str | None
    cite: str | None
    spans: tuple[Span, ...]
    excerpt: str


def rules() -> tuple[Rule, ...]:
    """All rules in the order of their codes."""
    found = [registry.load("rules", name) for name in registry.names("rules")]
    return tuple(sorted((Rule(one.CODE, one.SEVERITY, (one.__doc__ or "").strip(), one) for one in found), key=lambda rule: rule.code))


def rule(code: str) -> Rule:
    """The rule of a code.

    Raises:
        UnknownNameError: there is none; close codes are offered.
    """
    known = {one.code: one for one in rules()}
    if code not in known:
        raise UnknownNameError("rule", code, known)
    return known[code]


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules whose codes begin with one of ``select`` (all where it is empty) and with none of ``ignore``.

    As with ruff, the longer prefix wins: ``--select heading/gap --ignore heading`` runs heading/gap alone.

    Args:
        select: prefixes: "heading", "heading/", "heading/gap", or "all".
        ignore: the same.

    Raises:
        UnknownNameError: a prefix with which no code begins.
    """
    everything = rules()
    wanted, unwanted = tuple(select) or (ALL,), tuple(ignore)
    for prefix in (*wanted, *unwanted):
        if prefix != ALL and not any(one.code.startswith(prefix) for one in everything):
            raise UnknownNameError("rule", prefix, {part for one in everything for part in (one.code, one.code.partition("/")[0])})
    return tuple(one for one in everything if _longest(one.code, wanted) > _longest(one.code, unwanted))


def _longest(code: str, prefixes: tuple[str, ...]) -> int:
    """The length of the longest prefix that fits; 0 for "all", -1 where none does."""
    fits = [0 if prefix == ALL else len(prefix) for prefix in prefixes if prefix == ALL or code.startswith(prefix)]
    return max(fits, default=-1)


def check(report: Report, source: Source, config: Config, which: Iterable[Rule], *, path: str) -> tuple[Found, ...]:
    """What the rules find in one report, in the order of the text.

    Args:
        report: as parsed from the source.
        source: the text with its layout.
        config: own tables.
        which: the rules to run.
        path: what findings call the input.
    """
    ctx = Context(report, source, config)
    cites = {unit.id: unit.thing.cite for unit in ctx.units}
    found: list[tuple[tuple[int, int, str], Found]] = []
    seen: set[tuple[str, int, str]] = set()
    for one in which:
        for finding in one.module.find(ctx):
            start = finding.ranges[0][0] if finding.ranges else -1
            if (one.code, start, finding.message) in seen:
                continue
            seen.add((one.code, start, finding.message))
            order = (start, SEVERITIES.index(one.severity), one.code)
            found.append((order, _placed(one, finding, source, path, cites.get(finding.id or ""))))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _placed(rule_: Rule, finding: Finding, source: Source, path: str, cite: str | None) -> Found:
    spans = tuple(_spans(source, finding))
    first, last = (spans[0], spans[-1]) if spans else (None, None)
    return Found(
        code=rule_.code,
        severity=rule_.severity,
        path=path,
        line=first.line if first else None,
        column=source.column(first.start) if first else None,
        end_line=last.end_line if last else None,
        end_column=source.column(last.end - 1) + 1 if last else None,
        page=first.page if first else None,
        message=finding.message,
        hint=finding.hint,
        fix=finding.fix if source.media_type in {"text/plain", "text/markdown"} else None,
        id=finding.id,
        cite=cite,
        spans=spans,
        excerpt=_line(source, first.start) if first else "",
    )


def _spans(source: Source, finding: Finding) -> Iterator[Span]:
    for start, end in finding.ranges:
        stop = max(end, start + 1)
        yield Span(start=start, end=stop, line=source.line(start), end_line=source.line(stop - 1), page=source.page(start))


def _line(source: Source, offset: int) -> str:
    low = source.text.rfind("\n", 0, offset) + 1
    high = source.text.find("\n", offset)
    return source.text[low : len(source.text) if high < 0 else high].rstrip("\r")


def counted(found: Iterable[Found]) -> dict[str, int]:
    """How many of each severity, the gravest first; those without any are left out."""
    every = [one.severity for one in found]
    return {name: every.count(name) for name in SEVERITIES if name in every}
