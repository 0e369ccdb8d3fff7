"""The printed forms that several stages look for: symbols, job numbers, dates, markers at a line start.

Every pattern is anchored or led by a literal or a narrow class, and none nests repetition: linear, as tests/test_patterns.py proves.
"""

from __future__ import annotations

import re
from datetime import date

# Document symbol: parts joined by slashes, the first in capitals (A/HRC/28/2, CTOC/COP/WG.4/2020/L.1/Add.1,
# A/78/L.102*, FCCC/SBI/2019/20, A/62/17(PartI)); at least one part holds a digit.
SYMBOL = (
    r"(?:[A-Z]{1,6}|CTBT-Art\.XIV)"
    r"(?:/[A-Za-z0-9]{1,12}(?:[.-][A-Za-z0-9]{1,10})*(?:\((?:Part ?)?[IVX0-9A-Za-z]{1,10}\))?){1,8}"
)
RE_SYMBOL = re.compile(rf"(?<![\w/.-]){SYMBOL}(?![\w/])")
RE_SYMBOL_LINE = re.compile(rf"{SYMBOL}\*{{0,3}}$")

# Job number: V.20-04766 (E), GE.21-06039(E), 23-03392 (E) 010323, K0582086, with dates and bar code after it.
JOB = r"(?:(?:(?:V|GE|K|BNJ|ST|HS|NY|ES|BK|AM)\.?\s?)?\d{2}-\s?\d{4,6}|[A-Z]\d{7})\*?"
RE_JOB = re.compile(rf"(?P<job>{JOB})\s?\((?:[ACEFRS]|EXT)\)(?:\s+\d{{6}}){{0,3}}(?:\s*\*\d{{6,8}}\*){{0,4}}(?:\s+\d{{1,4}})?$")
RE_FOLIO = re.compile(
    rf"(?:(?:{JOB})(?:\s?\([A-Z]{{1,3}}\))?(?:\s+\d{{1,4}}(?:/\d{{1,4}})?)?"
    rf"|\d{{1,4}}(?:/\d{{1,4}})?\s+{JOB}(?:\s?\([A-Z]{{1,3}}\))?)$"
)
RE_BARCODE = re.compile(r"(?:\*\d{6,8}\*\s*){1,4}$")

MONTHS = {
    name: number
    for number, name in enumerate(
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"], 1
    )
}
_MONTH = "|".join(MONTHS)
_DASH = r"\s?[-\u2010-\u2015\u2212]\s?"
# 10–11 September 2020 | 29 June–1 July 2022 | 10 and 11 September 2020 | from 2 to 8 December 2018 | 11 September 2020
RE_DATES = re.compile(
    rf"(?:from\s+)?(?P<d1>\d{{1,2}})(?:\s+(?P<m1>{_MONTH}))?(?:\s+(?P<y1>\d{{4}}))?"
    rf"(?:(?:{_DASH}|\s+(?:to|and)\s+)(?P<d2>\d{{1,2}})(?:\s+(?P<m2>{_MONTH}))?)?"
    r"(?:,?\s*(?P<y2>\d{4}))?(?!\d)"
)
RE_DATE = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\s*(?P<year>\d{{4}})(?!\d)")

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(numeral: str) -> int:
    """The value of a roman numeral in capitals, 0 where it is none."""
    if not re.fullmatch(r"(?=.)(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", numeral):
        return 0
    values = [ROMAN[c] for c in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def iso(day: str, month: str, year: str) -> str | None:
    """The ISO form of a date, None where there is no such day."""
    try:
        return date(int(year), MONTHS.get(month, 0), int(day)).isoformat()
    except ValueError:
        return None


def meeting_dates(text: str) -> tuple[str | None, str | None]:
    """First and last day of a meeting as printed ("10–11 September 2020"), both None where unclear."""
    for found in RE_DATES.finditer(text):
        year = found["y2"] or found["y1"]
        month = found["m2"] or found["m1"]
        if not (year and month):
            continue
        first = iso(found["d1"], found["m1"] or month, found["y1"] or year)
        last = iso(found["d2"], month, year) if found["d2"] else first
        if first and last and first <= last:
            return first, last
    return None, None


# Ends of a sentence or list item; what may stand after them. Used to tell a complete line from a wrapped one.
RE_COMPLETE = re.compile(
    r"(?:[.;:!?\u3002\uff1b\uff1a\uff01\uff1f\u061b\u061f]|\.(?: ?,){1,8}|\.\.\.|…)[”’\"')\]*]*\d{0,2}$|[;,] (?:and|or)$"
)
RE_WRAPPED_END = re.compile(
    r"(?:[,\u2010-\u2014-]|\b(?:a|an|and|as|at|by|for|from|in|into|its|of|on|or|the|to|under|with|within|their|that|"
    r"which|between|including|concerning|relating|related|Ms\.|Mr\.|No\.))$"
)


def complete(text: str) -> bool:
    """Whether a line ends where a sentence, a clause or a list item ends."""
    return bool(RE_COMPLETE.search(text))
