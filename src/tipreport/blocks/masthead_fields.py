"""What the lines of a masthead say.

Fields as the Editorial Manual ("Mastheads") orders them: symbol, organ, distribution, date, language, body,
session, place and dates, agenda item, title, part. Columns that a converter wove together, a table with
bars and the older form (``Distr.`` / ``GENERAL``) are read as well. Only what is printed is given.
"""

from __future__ import annotations

import re
from functools import cache

from tipreport.blocks.columns import reading_order, with_text
from tipreport.data import split, table
from tipreport.gazetteer import fold
from tipreport.lines import Line
from tipreport.model import Masthead
from tipreport.patterns import (
    RE_BARCODE,
    RE_DATE,
    RE_FOLIO,
    RE_JOB,
    RE_SYMBOL,
    RE_WRAPPED_END,
    iso,
    meeting_dates,
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
_SESSION = re.compile(
    r"(?!report|summary|draft)(?:(?:Resumed )?[^\W\d_]+(?:[-\u2013 ]{1,2}[^\W\d_]+){0,2}|\d+(?:st|nd|rd|th))[- ](?:(?:resumed|special|regular|substantive) )?(?:session|meeting)$",
    re.IGNORECASE,
)
RE_ITEM = re.compile(
    r"(?:(?:Agenda |Provisional agenda )?items?|Points?|Temas?) (?P<what>\d+(?:\s?\([a-z]\))*(?:(?:, | and |[-\u2013])\d+(?:\s?\([a-z]\))*)*)(?: of the (?:provisional |revised )?agenda| de l[\u2019']ordre du jour.*| (?:de la agenda|del programa).*)?\s?\*{0,3}$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?P<place>[A-Z][\w\u00c0-\u017f.\u2019' -]{2,40}), (?=(?:from )?\d{1,2}\b)")
_HELD = re.compile(r",? held (?:at|in) (?:the )?(?P<place>[A-Z][\w\u00c0-\u017f\u2019' -]+?)(?:,| from| on| \()", re.ASCII)
_PART = re.compile(r"(?:Addendum|Corrigendum|Revision|Summary|Part (?:One|Two|I+)|ADDENDUM|CORRIGENDUM)\b")
_SUBTITLE = re.compile(
    r"(?:Note|Report|Statement|Letter|Memorandum|Background paper|Working paper|Submission|Communication|Summary) (?:prepared )?(?:by|from|of|dated)\b|Visit to|Mission to|Corrigendum|Addendum"
)
_RAPPORTEUR = re.compile(
    r"(?:Vice-President(?: and |/)|Chair(?:person|man)?(?:[- /]cum)?[- /]?)?(?:Co-)?Rapporteurs?\s?:|Chair(?:person|man)?[- ]?Rapporteur|Facilitator:|Chair:|Vice-Chair:|President:"
)
_LIST_OF_LANGUAGES = re.compile(rf"(?:{_LANGUAGES})(?:(?:/|, | and )(?:{_LANGUAGES}))*$", re.IGNORECASE)
_LOGO = re.compile(
    r"(?:United\s*Nations|UNITED\s*NATIONS|UNITED|NATIONS|Nations Unies|Naciones Unidas|A|E|S|[A-Z]{1,2}|\||Advance (?:unedited|Unedited) [Vv]ersion|ADVANCE,? UNEDITED VERSION|Advance edited version|Reissued for technical reasons.*|For participants only|PROVISIONAL|Provisional)$"
)


def is_session(text: str) -> bool:
    """Whether a line gives place and dates of a meeting, and nothing else."""
    found = _PLACE.match(text)
    return found is not None and len(text) < 70 and meeting_dates(text) != (None, None)


def is_body_line(text: str) -> bool:
    """Whether a line is the name of a body that the table knows, and nothing else."""
    known = _known_body(text)
    return known is not None and len(known) == len(text)


def parse(lines: list[Line], kinds: list[str | None], stop: int) -> Masthead:
    """What the lines before ``stop`` say."""
    fields: dict[str, str | None] = {}
    rest: list[Line] = []
    before_distr: list[str] = []
    seen_distr = False
    head = reading_order(lines[:stop])
    for line in head:
        text = line.text
        if (kinds[line.index] in {"footnote", "furniture"} and not RE_JOB.match(text)) or RE_BARCODE.match(text):
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
        if seen_distr and not fields.get("distribution") and text.isupper() and len(text) < 12:
            fields["distribution"] = _distribution(text)
            continue
        if not _LOGO.match(text) and text.strip(" |"):
            if not seen_distr:
                before_distr.append(text.strip(" |"))
                continue
            if not fields.get("date") and RE_DATE.match(text):
                text = _take_date(text, fields)
            if text and (text := _take_language(text, fields)):
                rest.append(with_text(line, text))
    if not seen_distr:
        rest = [
            line
            for line in head
            if not _LOGO.match(line.text) and not RE_SYMBOL.fullmatch(line.text.rstrip("*")) and not RE_JOB.match(line.text)
        ]
        rest = [
            line
            for line in rest
            if _take_language(line.text, fields) and not (RE_DATE.fullmatch(line.text) and not _take_date(line.text, fields))
        ]
        before_distr = []
    _organ(before_distr, fields)
    _titles(rest, fields)
    fields.pop("symbol_line", None)
    return Masthead(**{key: value for key, value in fields.items() if value})  # type: ignore[arg-type]


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
    if len(words) > 3 and len(words) < 300:
        fields["organ"] = words.title() if words.isupper() else re.sub(r"\s+", " ", words)


@cache
def _bodies() -> tuple[str, ...]:
    """The names of all bodies, folded, the longest first."""
    names = {fold(form).casefold() for row in table("bodies") for form in (row["name"], *split(row["variants"]))}
    return tuple(sorted(names, key=len, reverse=True))


def _known_body(text: str) -> str | None:
    """The official name of the body that ``text`` begins with, the longest known."""
    folded = fold(re.sub(r"\s+", " ", text)).casefold()
    for name in _bodies():
        if folded.startswith(name) and not folded[len(name) : len(name) + 1].isalnum():
            return text[: len(name)]
    return None


def _titles(rest: list[Line], fields: dict[str, str | None]) -> None:
    """Body, session, place and dates, agenda item, title, subtitle, part: the lines behind the language."""
    at = 0
    body: list[str] = []
    while at < len(rest):
        line = rest[at]
        text = line.text
        if _SESSION.match(text) or RE_ITEM.match(text) or _PLACE.match(text) or _is_dates(text):
            break
        if body and (line.blanks or not _goes_on(body[-1], text)):
            break
        if not body and not _like_body(text):
            break
        body.append(text)
        at += 1
        known = _known_body(" ".join(body))
        if known and len(known) >= len(" ".join(body)) - 1:
            following = rest[at].text if at < len(rest) else ""
            longer = _known_body(" ".join([*body, following]))
            if not (longer and len(longer) > len(known)) and not RE_WRAPPED_END.search(body[-1]):
                break
    if body:
        joined = " ".join(body)
        fields["body"] = (
            joined.title().replace(" On ", " on ").replace(" Of ", " of ").replace(" The ", " the ") if joined.isupper() else joined
        )
    title: list[Line] = []
    while at < len(rest):
        line = rest[at]
        text = line.text
        at += 1
        item = RE_ITEM.match(text)
        if _SESSION.match(text) and not title:
            fields.setdefault("session", text)
        elif item and not title:
            fields.setdefault("agenda_item", item["what"])
            at = _skip_item_title(rest, at, 9 if item["what"].isdigit() else 24)
        elif not title and text != fields.get("body") and is_body_line(text):
            continue  # a second body of a joint document
        elif not title and (_place_and_dates(text, fields) or _is_dates(text)):
            continue
        elif _RAPPORTEUR.match(text):
            while at < len(rest) and not rest[at].blanks and not _PART.match(rest[at].text) and _goes_on(rest[at - 1].text, rest[at].text):
                at += 1
        elif _PART.match(text) and len(text) < 40 and not fields.get("part"):
            fields["part"] = text.rstrip("* ,").capitalize() if text.isupper() else text.rstrip("* ,")
        elif re.match(r"\*{1,3}\s|\*{1,3}$|The present document|\[?English only", text):
            break
        else:
            title.append(line)
    _split_title(title, fields)
    if fields.get("title"):
        _from_title(fields)


def _is_dates(text: str) -> bool:
    return meeting_dates(text) != (None, None) and len(text) < 60 and text[0].isdigit()


def _like_body(text: str) -> bool:
    """Whether a line behind the language names a body rather than begins the title."""
    if _known_body(text):
        return True
    return not re.match(
        r"(?:Specimen|Draft|Report|Summary|Note|Annotated|Provisional|Letter|List|Agenda|Visit|Situation|Annual|Final|Resolution)\b",
        text,
        re.IGNORECASE,
    ) and bool(
        re.search(
            r"\b(?:Group|Council|Working Party|Committee|Commission|Conference|Body|Board|Assembly|Party|Parties|Forum|Mechanism|Congress|Panel)\b",
            text,
            re.IGNORECASE,
        )
    )


def _goes_on(before: str, text: str) -> bool:
    return bool(RE_WRAPPED_END.search(before)) or text[:1].islower() or bool(re.match(r"(?:of|on|for|to|and|in|the|serving)\b", text))


def _skip_item_title(rest: list[Line], at: int, most: int) -> int:
    """Step over the title of the agenda item: up to the next blank line, or a session, or capitals' end."""
    start = at
    if at < len(rest) and rest[at].blanks and not rest[at].text.isupper():
        return at  # a blank line, then the title of the document
    while at < len(rest) and not (rest[at].blanks and at > start) and at - start < most:
        if at > start and rest[at - 1].text.isupper() and not rest[at].text.isupper():
            return at
        if at > start and _SUBTITLE.match(rest[at].text) and not RE_WRAPPED_END.search(rest[at - 1].text):
            break
        at += 1
    return at if at < len(rest) else _last_chance(rest, start, at)


def _last_chance(rest: list[Line], start: int, at: int) -> int:
    """No blank line parts item title and document title: the title begins at "Report of ..." or the like."""
    for index in range(start if rest[start:at] and rest[start].blanks else start + 1, at):
        if re.match(r"(?:Report|Draft report|Note|Letter|Summary|Draft|Annual report)\b", rest[index].text, re.IGNORECASE):
            return index
    return at


def _place_and_dates(text: str, fields: dict[str, str | None]) -> bool:
    if fields.get("meeting_start") or len(text) > 120:
        return False
    start, end = meeting_dates(text)
    if not start:
        return False
    place = _PLACE.search(text)
    if not place and not text[0].isdigit() and not text.startswith("from "):
        return False
    fields["meeting_start"], fields["meeting_end"] = start, end
    if place:
        fields["place"] = place["place"]
    return True


def _split_title(title: list[Line], fields: dict[str, str | None]) -> None:
    """The first logical line is the title, the rest the subtitle."""
    if not title:
        return
    widest = max(len(line.text) for line in title)
    parts: list[list[str]] = [[]]
    for i, line in enumerate(title):
        text = line.text.strip()
        if i and parts[-1]:
            before = title[i - 1].text
            goes_on = RE_WRAPPED_END.search(before) or text[:1].islower()
            ended = before.endswith("*") or _SUBTITLE.match(text) or len(before) + 1 + len(text.split()[0]) < 0.72 * widest
            if not goes_on and (line.blanks or ended):
                parts.append([])
        parts[-1].append(text)
    texts = [_join(part) for part in parts if part]
    texts = [re.sub(r"\s*(?:\*+,?\s*)+$", "", text).strip() for text in texts]
    texts = [text for text in texts if text]
    if texts:
        fields["title"] = texts[0]
        if len(texts) > 1:
            fields["subtitle"] = " \u2013 ".join(texts[1:])


def _join(parts: list[str]) -> str:
    out = parts[0]
    for part in parts[1:]:
        out += part if out.endswith("-") else f" {part}"
    return re.sub(r"\s+", " ", out)


def _from_title(fields: dict[str, str | None]) -> None:
    """Place, dates and status as the title tells them ("held in Bonn from 4 to 15 June 2014")."""
    title = fields["title"] or ""
    whole = f"{title} {fields.get('subtitle') or ''}"
    if not fields.get("meeting_start"):
        held = _HELD.search(whole)
        if held:
            start, end = meeting_dates(whole[held.start() :])
            if start:
                fields["meeting_start"], fields["meeting_end"] = start, end
            fields.setdefault("place", held["place"].strip())
    symbol = fields.get("symbol") or ""
    if re.search(r"\bdraft\b", title, re.IGNORECASE) or re.search(r"/L\.\d", symbol):
        fields["status"] = "draft"
    elif symbol and fields.get("distribution") == "General" and re.match(r"report\b", title, re.IGNORECASE):
        fields["status"] = "final"
