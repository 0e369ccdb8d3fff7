"""The head of a document: which lines it takes. What they say is read by ``masthead_fields``.

A text has a masthead only where one of its first lines can stand nowhere else: the logo with a symbol,
``Distr.``, ``Original:``, the name of a body, place and dates of a session. It ends at contents, a heading, a
numbered paragraph or running text.
"""

from __future__ import annotations

import re

from tipreport.blocks.marker import read
from tipreport.blocks.masthead_fields import RE_DISTR, RE_ORIGINAL, job_number, parse
from tipreport.blocks.masthead_titles import RE_ITEM, is_body_line, is_session
from tipreport.blocks.masthead_tongues import ends_head
from tipreport.lines import Line
from tipreport.patterns import RE_FOLIO, RE_JOB, RE_SYMBOL

__all__ = ["find", "job_number", "parse"]

_EVIDENCE = re.compile(
    r"\|?[\s|]*(?:United\s*Nations|UNITED\s*NATIONS)(?:$|\s+\S{0,40}\d|\s*\|)|(?:UNITED|Nations Unies|Naciones Unidas|Организация Объединенных.*|联合国|الأمم المتحدة)$"
    r"|.{0,120}\bDistr\b|.{0,90}(?:Original|ORIGINAL)\s?:|English only$|(?:General Assembly|Security Council|Economic and Social Council)$"
)
_SENTENCE = re.compile(r"(?:I|We|My|The|In|This|At|On|Pursuant|By|Upon|As|Under|With|During|For|Following|Since)\b")
_MAX = 80  # lines
_MOST = 400  # a higher number at a line start is none of a paragraph


def find(lines: list[Line]) -> int:
    """The index of the first line behind the masthead; 0 where the text begins without one."""
    head = lines[:_MAX]
    if not any(
        _EVIDENCE.match(line.text) or _whole_symbol(line.text) or is_body_line(line.text) or is_session(line.text) for line in head[:25]
    ):
        return 0
    agenda = corrects = False
    for line in head:
        again = agenda and line.text.lower() in {"agenda", "annotations"}
        if _opens(line) or again or (corrects and _PLACE_TO_CORRECT.match(line.text)):
            if not _is_item_title(lines, line.index):
                return _before_text(lines, line.index)
        elif not RE_ITEM.match(line.text):
            agenda = agenda or bool(_AGENDA.search(line.text))
            corrects = corrects or line.text.lower().startswith("corrigendum")
    return _before_text(lines, len(head))


# What a corrigendum puts right: "Paragraph 27", "Page 3, table 2".
_PLACE_TO_CORRECT = re.compile(r"(?:Paragraphs?|Pages?|Footnotes?|Tables?|Section|Chapter|Line|Title|Cover)\b.{0,50}$", re.IGNORECASE)
_AGENDA = re.compile(r"\bagenda\b", re.IGNORECASE)
_BODY_HEADINGS = {"contents", "summary", "executive summary", "table of contents", "introduction", "abstract", "annex", "foreword"}


def _opens(line: Line) -> bool:
    """Whether a line can only stand behind the masthead: contents, summary, a label with text behind it."""
    text, marker = " ".join(line.text.split()), read(line.text)
    if text.lower().rstrip("*") in _BODY_HEADINGS or ends_head(text) or marker.kind in {"rec", "sub", "decision"}:
        return True
    if marker.kind in {"roman", "letter"}:
        first = marker.label in {"I", "A"} and line.blanks > 0 < line.index
        return (line.index > 2 or first) and len(text) > 3 and not RE_JOB.match(text) and not RE_FOLIO.match(text)
    if marker.kind == "number":
        return (marker.value < _MOST and len(text) > 3) or re.fullmatch(r"\d+\.", text) is not None
    if text.startswith("The ") and text.endswith(","):
        return is_body_line(text[len("The ") : -1])  # the preamble of a resolution
    return re.match(r"contents\b", text, re.IGNORECASE) is not None and len(text) < 40


def _whole_symbol(text: str) -> bool:
    return bool(RE_SYMBOL.fullmatch(text.rstrip("*"))) and any(c.isdigit() for c in text)


def _is_item_title(lines: list[Line], index: int) -> bool:
    """Whether the line is still part of an agenda item's title."""
    return index > 0 and bool(RE_ITEM.match(lines[index - 1].text)) and not read(lines[index].text).kind


def _before_text(lines: list[Line], stop: int) -> int:
    """Leave running text before ``stop`` to the body: a title is followed by no sentence of its own."""
    seen_head = False
    seen_title = 0
    for line in lines[:stop]:
        text = line.text
        if RE_DISTR.match(text) or "Distr" in text or RE_ORIGINAL.search(text):
            seen_head = True
        elif seen_head and (
            (len(text) > 150 and text.endswith("."))
            or (len(text) > 55 and _SENTENCE.match(text) and seen_title > 1 and _has_verb(lines, line.index))
        ):
            return line.index
        elif seen_head:
            seen_title += 1
    return stop


_VERB = re.compile(
    r"\b(?:has|have|had|was|were|is|are|be|informs?|contains?|provides?|presents?|submits?|transmits?|requested|decided|"
    r"considers?|examines?|discusses|reviews?|held|describes?|covers|summarizes|outlines|focuses|conducted|undertook|visited|explores|analyses|highlights|addresses|sets out)\b"
)


def _has_verb(lines: list[Line], index: int) -> bool:
    text = " ".join(line.text for line in lines[index : min(index + 3, len(lines))])
    return bool(_VERB.search(text))
