"""Lines of a masthead in one of the official languages, put as the English version prints them.

Only what the fields need is put in English: distribution, language, dates, agenda items. Titles and names stay. Russian, Chinese and
Arabic versions print most of it in English themselves ("Distr.: General", "Original: English").
"""

from __future__ import annotations

import re
from functools import cache

from tipreport.language import alternatives, value
from tipreport.patterns import MONTHS

_MONTHS = tuple(MONTHS)
_APOSTROPHES = str.maketrans("\u2019\u02bc\uff1a\u060c\uff0c\xa0\u202f", "'':,,  ")
_CHINESE_DATE = re.compile(
    r"(\d{4})\s*\u5e74\s*(\d{1,2})\s*\u6708\s*(\d{1,2})\s*\u65e5(?:\s*(?:\u81f3|[-\u2013\u2014])\s*(?:(\d{1,2})\s*\u6708)?(\d{1,2})\s*\u65e5)?"
)
_RANGE = re.compile(
    r"(?<=\d) (?:au|al|a|\u043f\u043e|\u0625\u0644\u0649) (?=\d)|(?<=[a-z]) (?:au|al|a|\u043f\u043e|\u0625\u0644\u0649) (?=\d{1,2} [A-Z])"
)
_AND = re.compile(r"(?:(?<!\s)\s+)?(?:,|\u3001|\u060c|\bet\b|\by\b|\bи\b|\u548c|\u0648)\s*")
_PARTS = re.compile(r"(?:(?<!\s)\s+)?(?:/|,|\bet\b|\by\b|\bи\b|\u548c|\u3001|\u060c| \u0648)\s*")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Months behind a day, the original language, the distribution, agenda items."""
    flags = re.IGNORECASE
    numbers = r"\d{1,3}(?:\s?\(?[a-z]\))?"
    return (
        re.compile(
            rf"(?<!\d)(\d{{1,2}})(?:er|\u00ba|\u00b0)?\s+(?:de\s+)?({alternatives('month')})(?!\w)(?:\s+del?(?=\s+\d))?(?:(\s+\d{{4}})(?:\s*(?:\u0433\u043e\u0434\u0430|\u0433\.)(?!\w))?)?",
            flags,
        ),
        re.compile(rf"(?:{alternatives('original')})\s?:\s*(\S.*)", flags),
        re.compile(rf"((?:Distr|{alternatives('distr')})\.?(?:\s*:)?\s{{0,40}})?({alternatives('distribution')})$", flags),
        re.compile(
            rf"(?:{alternatives('item')})\s?({numbers}(?:{_AND.pattern}{numbers})*)(?:\s+(?:{alternatives('agenda')}))?(\s?\*{{0,3}})$",
            flags,
        ),
    )


def in_english(text: str) -> str:
    """A line with its fields in English; a line that holds none as it is."""
    month, original, distribution, item = _patterns()
    folded = text.translate(_APOSTROPHES)
    if found := item.fullmatch(folded):
        numbers = " and ".join(str(number) for number in _AND.split(found[1]))
        return f"Agenda item {_figures(numbers)}{found[2]}"
    if (found := distribution.fullmatch(folded)) and (meaning := value("distribution", found[2])):
        return f"Distr.: {meaning}" if found[1] else meaning
    if name := value("tongue", folded):
        return name
    out = _CHINESE_DATE.sub(_chinese, folded)
    out = month.sub(lambda one: f"{_figures(one[1])} {value('month', one[2])}{_figures(one[3] or '')}", out)
    if out != folded:
        out = _RANGE.sub(" to ", _figures(out))
    if found := original.search(out):
        out = f"{out[: found.start()]}Original: {_tongues(found[1])}"
    return out if out != folded else text


def is_session(text: str) -> bool:
    """Whether a line names a session."""
    return bool(_whole("session").fullmatch(text.translate(_APOSTROPHES)))


def is_part(text: str) -> bool:
    """Whether a line says that the document is an addendum or corrigendum."""
    return bool(_whole("part").fullmatch(text.rstrip("* ")))


def names_body(text: str) -> bool:
    """Whether a line begins as the name of a body does."""
    return bool(_whole("body").match(text))


def ends_head(text: str) -> bool:
    """Whether a line is the heading of contents or a summary, which stand behind a masthead."""
    return bool(_whole("contents").fullmatch(text.rstrip("*"))) or bool(_whole("summary").fullmatch(text.rstrip("*")))


def is_logo(text: str) -> bool:
    """Whether a line is the name of the United Nations alone."""
    return bool(_whole("logo").fullmatch(text))


@cache
def _whole(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(kind)})(?!\w)", re.IGNORECASE)


def _figures(text: str) -> str:
    """Figures of any script as those of English."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _tongues(text: str) -> str:
    """A list of languages in English, as far as its names are known."""
    return "/".join(value("tongue", part.strip()) or part.strip() for part in _PARTS.split(text))


def _chinese(found: re.Match[str]) -> str:
    year, month, day, until_month, until = found.groups()
    if not 0 < int(month) <= len(_MONTHS) or not 0 < int(until_month or month) <= len(_MONTHS):
        return found[0]
    first, last = _MONTHS[int(month) - 1], _MONTHS[int(until_month or month) - 1]
    return _figures(f"{day} {first} to {until} {last} {year}" if until else f"{day} {first} {year}")
