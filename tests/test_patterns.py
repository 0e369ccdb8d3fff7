"""Regular expressions: each is proven linear (``growth``), or stands here with the reason why it does no harm."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from command import ROOT, SAMPLES, SECONDS, environment
from growth import finding
from pattern_uses import uses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Proofs that are kept: digests of patterns that were proven linear. One that is not among them is proven anew.
# ``python tests/test_patterns.py`` proves all of them and writes the list.
KEPT = Path(__file__).with_name("patterns_proven.txt")

# Those that are not proven. ``bounded``: by what is given to them; ``wins``: another way matches before the ways multiply; ``counted``: a constant.
# Of each, the repeat that the proof objects to was tried 1,000 to 8,000 times over: those told "bounded" grow with the square where nothing bounds them, no other did.
EXCEPTIONS: dict[str, str] = {
    "identity.py (?:open-ended |interim |": "wins: the rest of the text always matches",
    "patterns.py (?<![\\w/.-])(?:[A-Z]{1,6": "counted: at most 8 parts of 12 signs, so a constant",
    "patterns.py (?:[A-Z]{1,6}|CTBT-Art\\.": "counted: at most 8 parts of 12 signs, so a constant",
    "entities/mention.py (?:\\b(?:of|on|to|for|in|": "bounded: 40 signs before a name",
    "entities/reference.py (?P<head>\\b(?:[Pp]aragra": "wins: what comes behind the loop may be empty, so the first way is taken",
    "entities/reference.py \\d{1,4}(?: ?(?:bis|ter)\\": "wins: what comes behind the loop may be empty, so the first way is taken",
    "cli/failures.py \\d[\\d,.]*|'[^']*'|\\\"[^\\\"": "bounded: a message of our own with one name of a file",
    "diff/words.py \\d+(?:[.,]\\d+)+|\\w+(?:[-": "wins: the second form takes the same signs, so they are read twice at most",
    "quotation/stream.py (?P<dash>(?<=\\s)-{1,3}(?": "wins: a row of signs is taken but for its last",
    "quotation/article.py ^ {0,3}(?P<mark>`{3,}+|~": "wins: the end of the text always matches; the mark at the end is the same text",
    "diff/events/figures.py (?<![\\w/.-])(?:\\d+(?:[.,": "wins: a shorter row of figures matches too",
    "inputs/pdf.py [^\\s\ufffe\x02](?:[^\ufffe\x02]*[^\\s\ufffe\x02])": "wins: only blanks are given back",
    "rules/number_gap.py (\\d+) is followed by": "bounded: a message of our own",
    "rules/text_doubled_word.py (?<![\\w'\\u2019-])(the|an": "bounded: the second word is one of a fixed list",
    "word/page.py (.*?)(\\d+)(\\D*)": "bounded: the number of a paragraph or list item",
    "blocks/masthead_tongues.py (?:\u0627\u0644\u062f\u0648\u0631\u0629 .{2,40}|.{2,40": "bounded: 40 signs, matched at the beginning of a line only",
    "entities/voice.py ^(?:[Tt]he|[Aa]) |,.*$": "bounded: the subject of a sentence; the first comma wins",
    "rules/organization_name.py '(.+)'": "bounded: a message of our own",
    "manuscript/__init__.py \\n\\s*\\n": "wins: the first line end of white space takes it up to the last",
    "linting/forms/docx.py [^\\n]*\\S[^\\n]*": "wins: every line with a sign matches",
    "cli/help.py Exit status: (.*?)\\.(?:\\": "bounded: help of our own",
    "akn/reader.py \\s*(?:<\\?xml[^>]*\\?>\\s*)": "bounded: 4,096 signs; a comment ends at its first end",
}
# Built at run time from marks, names and values that the samples here do not have: their places are known, their patterns not proven.
UNMET = frozenset(
    {
        "akn/cover.py f'(?<!\\\\w){re.escape(value)}(?!\\\\w)'",
        "blocks/footnote.py f'(?:[^\\\\W\\\\d_]|(?:[^\\\\W\\\\d_]|\\\\d{{4}})[.,;:)\\\\u201d\\\\u2019\\\\]]{{1,3}}){mark}(?![\\\\d\\\\w])|[",
        "blocks/footnote.py f'[\\\\w)\\\\].,\\\\u201d]\\\\s?{re.escape(mark)}(?!\\\\*)'",
        "blocks/marker.py f'(?:{annexes})(?:(?:\\\\b\\\\s+({label})|\\\\s*([{signs}\\\\u5341]{{1,3}}))(?!\\\\w))?\\\\s*(?:$|[.:\\\\uf",
        "blocks/marker.py f'(?:{recommendations})\\\\s*(?:n[o\\\\u00b0\\\\u00ba]\\\\s*)?(\\\\d{{1,4}})\\\\s*(?:[.:\\\\uff1a\\\\u2013-]\\",
        "corrections/printed.py f\"\\\\b(?:{'|'.join(forms)})\\\\b\"",
        "entities/voice.py _after_subject()",
        "exporters/html.py f'[\\\\[(]?{re.escape(thing.values[0])}[\\\\])]?(?!\\\\w)'",
        "leaf.py f'(?<!\\\\w){re.escape(thing.printed)}(?!\\\\w)'",
        "markup/html_page.py f'\\\\[?{re.escape(mark)}\\\\]?[.)]?(?!\\\\w)|\\\\[?{re.escape(mark)}\\\\]?(?=[^\\\\W\\\\d])'",
        "names.py NAME",
        "quotation/quoted.py ''.join((f'[{re.escape(c.lower())}{re.escape(c.upper()[:1])}]' if place in segment.free el",
        "rules/heading_gap.py f'^[^\\\\S\\\\n]*{before}\\\\.[^\\\\S\\\\n]*\\\\S'",
        "rules/number_gap.py f'^[^\\\\S\\\\n]*{int(followed[1]) + 1}(?!\\\\d)'",
        "things.py f'(?:{asked})\\\\s+({words})(?!\\\\w)'",
    }
)


@cache
def collected() -> tuple[list[tuple[str, int, str, list[str]]], list[str]]:
    """All patterns of the package, and the places of those that could not be had."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, str(ROOT / "tests/watched.py"), str(SAMPLES)],
            cwd=folder,
            env={**environment(Path(folder)), "PYTHONHASHSEED": "0"},
            capture_output=True,
            text=True,
            timeout=3 * SECONDS,
            check=True,
        )
    told = json.loads(done.stdout)
    return [(text, flags, library, places) for text, flags, library, places in told["patterns"]], told["unmet"]


def ways(places: Iterable[str]) -> tuple[bool, bool, bool]:
    """Whether a pattern is searched for, whether it is matched whole, whether it is matched otherwise."""
    known = uses_once()
    methods = {method for place in places for method in known.get(place, {"any"})}
    return not methods <= {"match", "fullmatch"}, bool(methods & {"fullmatch", "any"}), methods != {"fullmatch"}


@cache
def uses_once() -> dict[str, set[str]]:
    """What is done with each pattern."""
    return uses()


def suspicion(text: str, flags: int, places: Iterable[str]) -> str | None:
    """Why a pattern may take more than linear time in one of its uses."""
    searched, whole, otherwise = ways(places)
    found = finding(text, flags, searched=searched) if otherwise else None
    if found is None and whole:
        found = finding(text, flags, searched=False, fullmatch=True)
    return f"{found.kind} {found.pump!r}" if found else None


def digest(text: str, flags: int, places: Iterable[str]) -> str:
    """A pattern, its flags and its uses in sixteen signs."""
    return hashlib.sha256(repr((text, flags, ways(places))).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def suspects(kept: frozenset[str]) -> tuple[dict[str, str], list[str]]:
    """The patterns that are not proven, as ``file beginning-of-pattern``, with the reason; and the digests of those that are."""
    out, proven = {}, []
    for text, flags, _, places in collected()[0]:
        mark = digest(text, flags, places)
        if mark in kept or (why := suspicion(text, flags, places)) is None:
            proven.append(mark)
        else:
            out[f"{places[0].partition(':')[0]} {text[:24]}"] = why
    return out, proven


def test_every_pattern_is_linear_or_has_a_reason() -> None:
    """No pattern is slow but those listed, and none is listed that is not there any more."""
    found, proven = suspects(frozenset(KEPT.read_text("utf-8").split()))
    assert {key: why for key, why in found.items() if key not in EXCEPTIONS} == {}
    assert set(EXCEPTIONS) - set(found) == set()
    assert len(proven) > 500


def test_every_place_that_makes_patterns_is_met() -> None:
    """What no run here makes is listed."""
    assert sorted(set(collected()[1])) == sorted(UNMET)


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        (r"\s+$", "power"),
        (r".*?END", "power"),
        (r"^a*a*b", "power"),
        (r"(?=.*foo)x", "power"),
        (r"(a+)+b", "exponential"),
        (r"(?:a?a?)*b", "exponential"),
        (r"(?: ?(?:and| and) 0)*$", "exponential"),
        (r"(\w{1,20} ?){1,10}x", "counted"),
    ],
)
def test_the_proof_finds_what_is_slow(pattern: str, kind: str) -> None:
    found = finding(pattern, 0)
    assert found
    assert found.kind == kind


@pytest.mark.parametrize(
    "pattern",
    [r"(?<!\s)\s+$", r"\s+", r"a*a*", r"^a*b", r"\b\w+!", r"(?<!\w)\w+!", r"a\s*+b", r"(?<!a)a++a*b", r"\p{Lu}\w+", r"(?:a|ab)(?:c|bc)d"],
)
def test_the_proof_clears_what_is_linear(pattern: str) -> None:
    assert finding(pattern, 0) is None


if __name__ == "__main__":
    unproven, marks = suspects(frozenset())
    KEPT.write_text("\n".join(sorted(set(marks))) + "\n", "utf-8")
    for key, why in unproven.items():
        print(f"    {key!r}: {why!r},")
    print(len(marks), "proven", len(unproven), "not", *sorted(set(collected()[1])), sep="\n")
