"""What the lines of a masthead say.

Fields as the Editorial Manual ("Mastheads") orders them: symbol, organ, distribution, date, language, body,
session, place and dates, agenda item, title, part. Columns that a converter wove together, a table with
bars and the older form (``Distr.`` / ``GENERAL``) are read as well. Only what is printed is given.
"""

from __future__ import annotations

import re

from tipreport.blocks import masthead_titles, masthead_tongues
from tipreport.blocks.columns import reading_order, with_text
from tipreport.lines import Line
from tipreport.model import Masthead
from tipreport.patterns import (
    RE_BARCODE,
    RE_DATE,
    RE_FOLIO,
    RE_JOB,
    RE_SYMBOL,
    iso,
)

RE_DISTR = re.compile(
    r"(?:Distr\.?|DISTR\.?|Dist\.)\s*:?\s*(?P<what>General|Limited|Restricted|GENERAL|LIMITED|RESTRICTED|g[eé]n[eé]rale?|limitad[ao]|limitée)?",
    re.IGNORECASE,
)
_LANGUAGES = "Arabic|Chinese|English|French|Russian|Spanish"
RE_ORIGINAL = re.compile(
    rf"(?:Original|ORIGINAL)\s?:\s*(?P<what>(?:{_LANGUAGES}|(?:{_LANGUAGES.upper()})|anglais|français|espagnol|inglés|francés|español|russe|arabe)(?:(?:\s*/\s*|,\s*|\s+and\s+)(?:{_LANGUAGES}))*)",
    re.IGNORECASE,
)
_ONLY = re.compile(rf"(?:(?:{_LANGUAGES})(?:\s*(?:/|,|and)\s*(?:{_LANGUAGES}))*(?: only)|ENGLISH ONLY)$", re.IGNORECASE)
_STAMPS = re.compile(r"\d{6}(?:\s+\d{6}){0,3}$")  # days of translation, beside the job number
_DISTRIBUTIONS = ("General", "Limited", "Restricted")
_DASHES = ("-", "\u2010", "\u2013", "\u2014", "\u2212", " -", " \u2013", " to ")  # a date before one is the first day of a meeting
_LIST_OF_LANGUAGES = re.compile(rf"(?:{_LANGUAGES})(?:(?:/|, | and )(?:{_LANGUAGES}))*$", re.IGNORECASE)
_LOGO = re.compile(
    r"(?:United\s*Nations|UNITED\s*NATIONS|UNITED|NATIONS|UNIES|UNIDAS|Nations Unies|Naciones Unidas|A|E|S|[A-Z]{1,2}|\||Advance (?:unedited|Unedited) [Vv]ersion|ADVANCE,? UNEDITED VERSION|Advance edited version|Reissued for technical reasons.*|For participants only|PROVISIONAL|Provisional)$"
)


def parse(lines: list[Line], kinds: list[str | None], stop: int) -> Masthead:
    """What the lines before ``stop`` say."""
    fields: dict[str, str | None] = {}
    rest: list[Line] = []
    before_distr: list[str] = []
    seen_distr = False
    head = [with_text(line, masthead_tongues.in_english(line.text)) for line in reading_order(lines[:stop])]
    for line in head:
        text = line.text
        if (kinds[line.index] in {"footnote", "furniture"} and not RE_JOB.match(text)) or RE_BARCODE.match(text) or _STAMPS.match(text):
            continue
        job = RE_JOB.match(text) or RE_FOLIO.match(text)
        if job and not fields.get("symbol_line"):
            printed = RE_JOB.match(text)
            fields.setdefault("job_number", job_number(printed.group()) if printed else text.split()[0])
            continue
        if not seen_distr or not fields.get("symbol"):
            text = _take_symbol(text, fields, title=seen_distr and bool(fields.get("date")) and bool(rest))
        distr = RE_DISTR.search(text)
        if distr and not seen_distr:
            seen_distr = True
            if distr["what"]:
                fields["distribution"] = _distribution(distr["what"])
            left, text = text[: distr.start()].strip(" |"), text[distr.end() :].strip(" |")
            if left:
                before_distr.append(left)
            text = _take_date(text, fields)
            text = _take_language(text, fields)
            if text and not fields.get("distribution"):
                fields["distribution"] = _distribution(text)
                text = ""
            if text:
                rest.append(with_text(line, text))
            continue
        if seen_distr and not fields.get("distribution") and (text.isupper() or text in _DISTRIBUTIONS) and len(text) < 12:
            fields["distribution"] = _distribution(text)
            continue
        if not _is_logo(text) and text.strip(" |"):
            if not seen_distr:
                before_distr.append(text.strip(" |"))
                continue
            if not fields.get("date") and (day := RE_DATE.match(text)) and not text[day.end() :].startswith(_DASHES):
                text = _take_date(text, fields)
            if text and (text := _take_language(text, fields)):
                rest.append(with_text(line, text))
    if not seen_distr:
        rest = [
            line
            for line in head
            if not _is_logo(line.text)
            and not RE_SYMBOL.fullmatch(re.sub(r"^(?:United Nations|UNITED NATIONS)\s+", "", line.text).rstrip("*"))
            and not RE_JOB.match(line.text)
        ]
        rest = [
            line
            for line in rest
            if _take_language(line.text, fields) and not (RE_DATE.fullmatch(line.text) and not _take_date(line.text, fields))
        ]
        before_distr = []
    _organ(before_distr, fields)
    masthead_titles.read(rest, fields)
    fields.pop("symbol_line", None)
    return Masthead(**{key: value for key, value in fields.items() if value})  # type: ignore[arg-type]


def _is_logo(text: str) -> bool:
    """Whether a line is the logo, its letters, or a remark that stands above the head."""
    return bool(_LOGO.match(text)) or masthead_tongues.is_logo(text)


def job_number(text: str) -> str:
    """The job number as printed, dates and bar code left out."""
    found = RE_JOB.match(text)
    assert found
    language = re.search(r"\((?:[ACEFRS]|EXT)\)", text)
    end = language.end() if language else found.end("job")
    return re.sub(r"\s+", " ", text[:end]).rstrip("*")


def _take_symbol(text: str, fields: dict[str, str | None], *, title: bool) -> str:
    if fields.get("symbol") or title:
        return text
    for found in RE_SYMBOL.finditer(text):
        if any(c.isdigit() for c in found.group()):
            fields["symbol"] = found.group()
            return (text[: found.start()] + text[found.end() :].lstrip("*")).strip()
    return text


def _take_date(text: str, fields: dict[str, str | None]) -> str:
    found = RE_DATE.search(text)
    if found and not fields.get("date"):
        fields["date"] = iso(found["day"], found["month"], found["year"])
        return (text[: found.start()] + " " + text[found.end() :]).strip()
    return text


_TONGUES = {
    "anglais": "English", "inglés": "English", "français": "French", "francés": "French", "espagnol": "Spanish",
    "español": "Spanish", "russe": "Russian", "arabe": "Arabic",
}  # fmt: skip


def _take_language(text: str, fields: dict[str, str | None]) -> str:
    found = RE_ORIGINAL.search(text)
    if found:
        fields["original_language"] = _TONGUES.get(found["what"].lower(), found["what"].title().replace(" And ", " and "))
        return (text[: found.start()] + text[found.end() :]).strip()
    if _ONLY.match(text):
        fields["language_note"] = text if not text.isupper() else text.capitalize()
        return ""
    found = re.search(rf"\b(?:{_LANGUAGES}) only$", text)
    if found:
        fields["language_note"] = found.group()
        return text[: found.start()].strip()
    if _LIST_OF_LANGUAGES.match(text):
        return ""
    return text


def _distribution(what: str) -> str:
    low = what.strip().lower()
    for name in ("general", "limited", "restricted"):
        if low.startswith(name[:4]) or (name == "general" and low.startswith("gén")):
            return name.capitalize()
    return what.strip().capitalize()


def _organ(texts: list[str], fields: dict[str, str | None]) -> None:
    words = " ".join(texts).strip()
    words = re.sub(r"^(?:United\s+Nations|UNITED\s+NATIONS)\s*", "", words)
    words = re.sub(r"^(?:[A-Z]{1,2}|\|)\s+(?=[A-Z][a-z])", "", words).strip(" |")
    if (len(words) > 3 or (words and not words.isascii())) and len(words) < 300:
        fields["organ"] = words.title() if words.isupper() else re.sub(r"\s+", " ", words)
