"""The titles of a masthead: body, session, agenda item, title, subtitle and part, in the lines behind the language.

Where the title of the agenda item ends and that of the document begins, a blank line tells, or the wording of the item, which
a table knows for bodies whose agenda stands; without either, the form does: capitals that end, "Report of ...".
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from tipreport.blocks.masthead_tongues import is_part, names_body
from tipreport.blocks.masthead_tongues import is_session as is_session_abroad
from tipreport.data import split, table
from tipreport.gazetteer import fold
from tipreport.lines import Line
from tipreport.patterns import RE_WRAPPED_END, meeting_dates

RE_ITEM = re.compile(
    r"(?:(?:Agenda |Provisional agenda )?items?|Points?|Temas?) (?P<what>\d+(?:\s?\([a-z]\))*(?:(?:, | and |[-\u2013])\d+(?:\s?\([a-z]\))*)*)(?: of the (?:provisional |revised )?agenda| de l[\u2019']ordre du jour.*| (?:de la agenda|del programa).*)?\s?\*{0,3}$",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?!report|summary|draft)(?:(?:Resumed )?[^\W\d_]+(?:[-\u2013 ]{1,2}[^\W\d_]+){0,2}|\d+(?:st|nd|rd|th)|(?:19|20)\d\d)[- ](?:(?:resumed|special|regular|substantive) )?(?:session|meeting)$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?P<place>[A-Z\u00c0-\u00de\u0401-\u042f\u0621-\u064a][\w.\u2019' -]{2,40}), (?=(?:from )?\d{1,2}\b)")
_HELD = re.compile(r",? held (?:at|in) (?:the )?(?P<place>[A-Z][\w\u00c0-\u017f\u2019' -]{1,200}?)(?:,| from| on| \()", re.ASCII)
_PART = re.compile(r"(?:Addendum|Corrigendum|Revision|Summary|Part (?:One|Two|I+)|ADDENDUM|CORRIGENDUM)\b")
# What a document is, who made it: the line that stands below a title.
_SORT = (
    r"(?:notes?|reports?|statements?|letters?|memorandum|papers?|submissions?|communications?|summary|stud(?:y|ies)|comments|opinions?"
    r"|compilation|update|survey|review|note verbale|information)"
)
_SUBTITLE = re.compile(
    rf"(?=[A-Z])(?:(?:[a-z-]+ ){{0,3}}{_SORT} (?:(?:prepared|submitted|presented|transmitted|received) )?(?:by|from|of|dated|on behalf of)\b"
    r"|Visit to|Mission to|Corrigendum|Addendum)",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"(?=[A-Z])(?:[a-z-]+ ){{0,2}}{_SORT}\b", re.IGNORECASE)
_RAPPORTEUR = re.compile(
    r"(?:Vice-President(?: and |/)|Chair(?:person|man)?(?:[- /]cum)?[- /]?)?(?:Co-)?Rapporteurs?\s?:|Chair(?:person|man)?[- ]?Rapporteur|Facilitator:|Chair:|Vice-Chair:|President:"
)
_REMARK = re.compile(r"\*{1,3}\s|\*{1,3}$|The present (?:document|report|note)\b|\[?English only|\[[A-Z].{40}")
_NO_BODY = re.compile(
    r"(?:Specimen|Draft|Report|Summary|Note|Annotated|Provisional|Letter|List|Agenda|Visit|Situation|Annual|Final|Resolution)\b",
    re.IGNORECASE,
)
_BODY_WORD = re.compile(
    r"\b(?:Group|Council|Working Party|Committee|Commission|Conference|Body|Board|Assembly|Party|Parties|Forum|Mechanism|Congress|Panel)\b",
    re.IGNORECASE,
)
_LONGEST_LINE = 85  # code points: a longer line is two that a converter joined, or a whole paragraph
_SHORT = 0.72  # of the longest line: a line that ends before this ends its paragraph
_NOTE_MARKS = "*\u2217, "  # behind a title or the name of a State: the stars of notes
_ITEM_LINES = 9  # that the title of one agenda item may take
_LIKE = 0.92  # of the letters of an item's title as the table has it, which documents vary

_SMALL = re.compile(r"(?<= )(?:On|Of|The|And|For|De|Des|Du|La|Le|Les|Et|Del|Las|Los|El|Y)(?= )|(?<= )[LD](?=['\u2019])")

Fields = dict[str, str | None]


def is_session(text: str) -> bool:
    """Whether a line gives place and dates of a meeting, and nothing else."""
    found = _PLACE.match(text)
    return found is not None and len(text) < 70 and meeting_dates(text) != (None, None)


def _names_session(text: str) -> bool:
    return bool(_SESSION.match(text)) or is_session_abroad(text)


def is_body_line(text: str) -> bool:
    """Whether a line is the name of a body that the table knows, and nothing else."""
    known = _known_body(text)
    return known is not None and len(known) == len(text)


def read(rest: list[Line], fields: Fields) -> None:
    """Take body, session, place and dates, agenda item, title, subtitle and part from the lines behind the language."""
    at = _body(rest, fields)
    title: list[Line] = []
    while at < len(rest):
        line = rest[at]
        text = line.text
        at += 1
        item = RE_ITEM.match(text)
        if _names_session(text) and not title:
            fields.setdefault("session", text)
        elif item and not title:
            fields.setdefault("agenda_item", item["what"])
            at = _behind_item(rest, at, item["what"])
        elif not title and text != fields.get("body") and is_body_line(text):
            continue  # a second body of a joint document
        elif not title and at < len(rest) and names_body(text) and _names_session(rest[at].text):
            continue  # a body of the body
        elif not title and (_place_and_dates(text, fields) or _is_dates(text)):
            continue
        elif _RAPPORTEUR.match(text):
            while at < len(rest) and not rest[at].blanks and not _PART.match(rest[at].text) and _goes_on(rest[at - 1].text, rest[at].text):
                at += 1
        elif (_PART.match(text) or is_part(text)) and len(text) < 40 and not fields.get("part"):
            fields["part"] = text.rstrip("* ,").capitalize() if text.isupper() else text.rstrip("* ,")
        elif _REMARK.match(text):
            break
        else:
            title.append(line)
    _split(title, fields)
    if fields.get("title"):
        _from_title(fields)
    _body_of_symbol(fields)


# ------------------------------------------------------------------ body
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


def _body(rest: list[Line], fields: Fields) -> int:
    """The body, on the first lines; gives the line behind it."""
    at = 0
    body: list[str] = []
    while at < len(rest):
        text = rest[at].text
        if _names_session(text) or RE_ITEM.match(text) or _PLACE.match(text) or _is_dates(text):
            break
        if (body and (rest[at].blanks or not _goes_on(body[-1], text))) or (not body and not _like_body(text)):
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
        if joined.isupper():
            joined = _SMALL.sub(lambda small: small[0].lower(), joined.title())
        fields["body"] = joined
    return at


def _like_body(text: str) -> bool:
    """Whether a line behind the language names a body rather than begins the title."""
    return bool(_known_body(text)) or names_body(text) or (not _NO_BODY.match(text) and bool(_BODY_WORD.search(text)))


def _body_of_symbol(fields: Fields) -> None:
    """The body whose symbol it is, where the head does not name one: FCCC/SBI/2019/2 is of the SBI."""
    symbol = fields.get("symbol") or ""
    if fields.get("body") or "/" not in symbol:
        return
    rows = [row for row in table("bodies") if row["symbol_prefix"].count("/") and symbol.startswith(row["symbol_prefix"] + "/")]
    if rows:
        fields["body"] = max(rows, key=lambda row: len(row["symbol_prefix"]))["name"]


def _is_dates(text: str) -> bool:
    return meeting_dates(text) != (None, None) and len(text) < 60 and text[0].isdigit()


def _goes_on(before: str, text: str) -> bool:
    return bool(RE_WRAPPED_END.search(before)) or text[:1].islower() or bool(re.match(r"(?:of|on|for|to|and|in|the|serving)\b", text))


def _place_and_dates(text: str, fields: Fields) -> bool:
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


# ------------------------------------------------------------------ agenda item
@cache
def _items() -> tuple[str, ...]:
    """The letters of the titles of standing agenda items."""
    return tuple(_letters(form) for row in table("agenda_titles") for form in (row["title"], *split(row["variants"])))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _behind_item(rest: list[Line], at: int, numbers: str) -> int:
    """Step over the titles of the agenda items ``numbers``."""
    known = at
    for _ in re.findall(r"\d+", numbers):
        stop = _known_item(rest, known)
        if stop == known:
            break
        known = stop
    if known > at:
        # A blank line before but none behind: there the wording of the item begins the document's own title.
        own = rest[at].blanks and known < len(rest) and not rest[known].blanks and not rest[at].text.isupper()
        return at if own else known
    return _skip_item_title(rest, at, _ITEM_LINES if numbers.isdigit() else 24)


def _known_item(rest: list[Line], at: int) -> int:
    """The line behind a title that the table knows; ``at`` where none begins there."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - a third of the mastheads need it

    best, stop = _LIKE, at
    joined = ""
    for index in range(at, min(len(rest), at + _ITEM_LINES)):
        joined += _letters(rest[index].text)
        for title in _items():
            if title[:8] == joined[:8] and abs(len(title) - len(joined)) <= (1 - _LIKE) * 2 * len(title):
                like = SequenceMatcher(None, title, joined, autojunk=False).ratio()
                if like > best:
                    best, stop = like, index + 1
    return stop


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
        if _FIRST.match(rest[index].text):
            return index
    return at


# ------------------------------------------------------------------ title
def _split(title: list[Line], fields: Fields) -> None:
    """The first logical line is the title, the rest the subtitle."""
    if not title:
        return
    lengths = [len(line.text) for line in title]
    widest = max([length for length in lengths if length <= _LONGEST_LINE], default=max(lengths))
    parts: list[list[str]] = [[title[0].text]]
    for before, line in pairwise(title):
        if _new_part(before, line, widest):
            parts.append([])
        parts[-1].append(line.text)
    texts = [_without_marks(_join(part)) for part in parts]
    texts = [text for text in texts if text]
    if texts:
        fields["title"] = texts[0]
        if len(texts) > 1:
            fields["subtitle"] = " \u2013 ".join(texts[1:])


def _new_part(before: Line, line: Line, widest: int) -> bool:
    """Whether a line of the title block begins a new part of it."""
    last, text = before.text, line.text
    if RE_WRAPPED_END.search(last) or text[:1].islower() or (text.startswith("(") and not line.blanks):
        return False
    return bool(
        line.blanks
        or line.index > before.index + 1  # "Addendum" stood between
        or last.endswith(("*", "\u2217"))
        or _SUBTITLE.match(text)
        or _is_state(text)
        or _is_state(last)
        or len(last) + 1 + len(text.split()[0]) < _SHORT * widest
        or len(last) > _LONGEST_LINE
    )


@cache
def _states() -> frozenset[str]:
    return frozenset(
        fold(name).casefold()
        for row in table("states")
        for name in (row["name"], row["formal_name"], row["text_form"], *split(row["variants"]))
    )


def _is_state(text: str) -> bool:
    """Whether a line is the name of a State."""
    return fold(text.rstrip(_NOTE_MARKS)).casefold() in _states()


def _without_marks(text: str) -> str:
    """A title without the stars of notes behind it: "Report**, *"."""
    bare = text.rstrip(_NOTE_MARKS)
    return bare if {"*", "\u2217"} & set(text[len(bare) :]) else text.strip()


def _join(parts: list[str]) -> str:
    out = parts[0]
    for part in parts[1:]:
        out += part if out.endswith("-") else f" {part}"
    return re.sub(r"\s+", " ", out)


def _from_title(fields: Fields) -> None:
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
