"""Regular plurals and inflections of an English word, by rule; irregular ones and exceptions from a table.

Conservative: "organ" finds "organs" and never "organized"; what no rule forms is another word. Every form is only
a candidate: the search takes those that the corpus holds, and says which it took.
"""

from __future__ import annotations

import re
from functools import cache

from tipreport.data import split, table

_PLAIN = re.compile(r"[a-z]{3,}")
_VOWEL = re.compile(r"[aeiouy]")
# One syllable that ends in one short vowel and one consonant doubles it: plan, planned.
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_DOUBLES = re.compile(r".*[aeiou][bdfglmnprtv]")
_HISSES = ("s", "x", "z", "ch", "sh")
_NO_PLURAL = ("ss", "us", "is")
# -ize and -ise are one word in two spellings.
_IZE = re.compile(r"(.{3,})(i[sz])(e|es|ed|ing|ation|ations|er|ers)$")
_PARTED = re.compile(r"(anti|co|counter|inter|multi|non|pre|post|re|sub|cyber)([a-z]{4,})$")


def forms(word: str) -> list[str]:
    """Other forms of a folded word, the likeliest first; the word itself is not among them."""
    if not _PLAIN.fullmatch(word):
        return []
    rows = _rows()
    own = rows.get(word)
    out: list[str] = []
    for stem in (word, *_stems(word)):
        row = rows.get(stem)
        if stem != word and row and word in split(row["never"]):
            continue
        made = [stem, *(split(row["also"]) if row else ()), *_regular(stem)]
        out += [form for form in made if not row or form not in split(row["never"])]
    for row in _also().get(word, ()):
        out += [row["word"], *split(row["also"])]
    out += filter(None, map(_other, (word, *out)))
    never = split(own["never"]) if own else ()
    return [form for form in dict.fromkeys(out) if form != word and form not in never]


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in table("inflections")}


@cache
def _also() -> dict[str, list[dict[str, str]]]:
    """The rows that have a word among their irregular forms."""
    out: dict[str, list[dict[str, str]]] = {}
    for row in _rows().values():
        for form in dict.fromkeys(split(row["also"])):
            out.setdefault(form, []).append(row)
    return out


def _regular(stem: str) -> list[str]:
    """The regular forms of a word that has no ending: plural, -s, -ed, -ing."""
    if _is_plural(stem) or _is_past(stem):
        return []
    out = [_plural(stem)]
    if stem.endswith("ing") or not _VOWEL.search(stem.removesuffix("e")):
        return out
    if stem.endswith("ee"):
        out += [f"{stem}d", f"{stem}ing"]
    elif stem.endswith("e"):
        out += [f"{stem}d", f"{stem[:-1]}ing"]
    elif _ends_in_y(stem):
        out += [f"{stem[:-1]}ied", f"{stem}ing"]
    else:
        doubled = stem + stem[-1]
        if not _SHORT.fullmatch(stem):
            out += [f"{stem}ed", f"{stem}ing"]
        if _DOUBLES.fullmatch(stem):
            out += [f"{doubled}ed", f"{doubled}ing"]
    return out


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(_NO_PLURAL)


def _is_past(word: str) -> bool:
    return word.endswith("ed") and not word.endswith("eed") and bool(_VOWEL.search(word[:-2]))


def _plural(stem: str) -> str:
    if _ends_in_y(stem):
        return f"{stem[:-1]}ies"
    return f"{stem}es" if stem.endswith(_HISSES) else f"{stem}s"


def _ends_in_y(stem: str) -> bool:
    return stem.endswith("y") and stem[-2:-1] not in "aeiou"


def _stems(word: str) -> list[str]:
    """Words of which this one is a regular form."""
    tried: list[str] = []
    if _is_plural(word):
        tried += [f"{word[:-3]}y"] if word.endswith("ies") else []
        tried += [word[:-2]] if word.endswith("es") else []
        tried.append(word[:-1])
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            bare = word[: -len(ending)]
            tried += [bare, f"{bare}e"]
            tried += [bare[:-1]] if bare[-2:-1] == bare[-1:] else []
            tried += [f"{bare[:-1]}y"] if bare.endswith("i") else []
    return [stem for stem in dict.fromkeys(tried) if len(stem) > 2 and _VOWEL.search(stem.removesuffix("e")) and word in _regular(stem)]


def _other(word: str) -> str | None:
    """The same word with -ise for -ize, or the other way."""
    found = _IZE.match(word)
    return f"{found[1]}{'is' if found[2] == 'iz' else 'iz'}{found[3]}" if found else None


def parted(word: str) -> str | None:
    """The phrase that a word with a prefix may be printed as: "re victimization" for "revictimization"."""
    found = _PARTED.match(word)
    return f"{found[1]} {found[2]}" if found else None


def joined(word: str) -> str | None:
    """The one word that a word with a hyphen may be printed as."""
    parts = word.split("-")
    return "".join(parts) if len(parts) == 2 and all(_PLAIN.fullmatch(f"{part}xx") for part in parts) else None
