"""What reads as a title: length, beginning, end; "(continued)" behind it; its slug."""

from __future__ import annotations

import re
import unicodedata

RE_CONTINUED = re.compile(
    r"(?:(?<!\s)\s+)?[(\[]\s*(?:\*+\s*)?(?:continued|cont['\u2019]?d|suite|continuaci[oó]n|продолжение)\s*(?:\.\**\s*|\*+\s*)?[)\]]\s*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|shall|should|will|noted|stated|took|made|held|adopted|decided|recalled|expressed|thanked|said)\b"
)
_PAST = re.compile(r"\b(?:was|were|has been|have been|had)\b")
_SENTENCE_START = re.compile(
    r"(?:At (?:its|the)|In (?:its|accordance|response)|Under agenda|On \d|The (?:representative|observer|Chair|following|Council|Working Group|Committee|Commission) )"
)
MAX_TITLE = 300  # characters
_MAX_WORDS = 45


def without_continued(text: str) -> str:
    """A title without "(continued)" behind it."""
    return RE_CONTINUED.sub("", text) if text.endswith((")", "]")) and len(text) < 2 * MAX_TITLE else text


def slug(title: str) -> str:
    """A title folded to a lower-case label with hyphens."""
    plain = unicodedata.normalize("NFKD", without_continued(title)).encode("ascii", "ignore").decode()
    latin = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return latin or re.sub(r"[\W_]+", "-", without_continued(title).lower()).strip("-")


def like_title(text: str, *, full_stop: bool = False, styled: bool = False) -> bool:
    """Whether a text reads as a title: short, beginning like one, not ending like a sentence.

    Args:
        text: on one line.
        full_stop: whether one may end it.
        styled: whether it is set as a title is; it may be twice as long then.
    """
    times = 2 if styled else 1
    if len(text) > times * MAX_TITLE + 40:
        return False
    bare = without_continued(text).rstrip("*").rstrip()
    if not bare or len(bare) > times * MAX_TITLE or len(bare.split()) > times * _MAX_WORDS:
        return False
    if not (bare[0].isupper() or bare[0] in "\u201c\u2018\"'\u00ab" or (bare[0].isdigit() and " " in bare) or _without_case(bare)):
        return False
    if bare[-1] in ";:,!\u3002\uff1b\uff1a\uff0c\u3001\u060c\u061b" or (len(bare.split()) > 8 * times and _PAST.search(bare)):
        return False
    if bare.endswith("."):
        stopped = bare.endswith((" etc.", "Inc.", "Ltd.")) or (
            full_stop and len(bare.split()) <= 25 and not _VERB.search(bare) and ". " not in bare
        )
        return stopped and not _SENTENCE_START.match(bare)
    return not _SENTENCE_START.match(bare) or len(bare) < 60


def _without_case(text: str) -> bool:
    """Whether a text is in a script without capitals and as short as titles are in it."""
    return text[0].isalpha() and text[0].lower() == text[0].upper() and len(text) <= MAX_TITLE // (1 if text[0] < "\u2e80" else 4)
