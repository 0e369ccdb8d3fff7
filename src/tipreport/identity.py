"""What a report is called across a corpus: the part before ``#`` in ``CTOC/COP/WG.4/2020/4#rec-12``."""

from __future__ import annotations

import re

from tipreport.model import Report

# "Working Group on the Smuggling of Migrants": wg-smuggling.
_WORKING_GROUP = re.compile(
    r"(?:open-ended |interim |intergovernmental )*working group on (?:the )?(.+?)(?: (?:of|in|on|with|and|to)\b.*)?$",
    re.DOTALL,
)
_NO_WORD = re.compile(r"[^\w]+")


def symbol_of(report: Report) -> str | None:
    """The symbol printed, else the one given."""
    return report.masthead.symbol or report.source.symbol


def name_of(report: Report) -> str:
    """The symbol printed, else the one given, else body, date and part ("wg-trafficking:2020-09-11:addendum"), else the file.

    A date alone says too little: without a body the name of the file stands.
    """
    masthead = report.masthead
    symbol = symbol_of(report)
    if symbol:
        return symbol
    if masthead.body and masthead.date:
        return ":".join(filter(None, (_body(masthead.body), masthead.date, _slug(masthead.part or ""))))
    return report.source.name


def _body(name: str) -> str:
    found = _WORKING_GROUP.match(name.lower())
    return f"wg-{_slug(found[1])}" if found else _slug(name)


def _slug(text: str) -> str:
    return _NO_WORD.sub("-", text.lower()).strip("-")
