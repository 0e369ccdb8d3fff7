"""The literate cases of ``spec/*.md``: a title, a sentence, a text, and the lines of the tree that are the point.

A case reads::

    ## A title

    Why.

    ```text [crlf] [escapes]
    1. The text.
    ```

    ```tree only=para,voice [known]
    para-1 L1[3:12] in - "The text."
    ```

``only`` names the first words of the lines that are compared; all of these, and no other, must be there:
``para`` stands for ``para-1``, ``point`` for ``(a)``, ``title`` for ``title:``. ``escapes`` reads ``\\t``,
``\\f``, ``\\r`` and ``\\u00a0`` in the text; ``crlf`` ends its lines with CR and LF. ``known`` marks a fault
of the parser: the case says what is right, must fail, and loses the word when the fault is mended.
``--update-spec`` rewrites the trees of all other cases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from checks import check_report
from tipreport import api, registry
from tipreport.exporters import View, tree

SPEC = Path(__file__).parent / "spec"
RULES = [
    "furniture",
    "masthead",
    "contents",
    "heading",
    "numbering",
    "points",
    "footnote",
    "recommendation",
    "paragraph",
    "decision",
    "attendance",
]
_CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n(?P<why>.*?)^```text(?P<how>[^\n]*)\n(?P<text>.*?)^```\n\s*^```tree only=(?P<only>[\w,]+)(?P<known> known)?\n"
    r"(?P<tree>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([tfr])|u([0-9a-f]{4}))")


@dataclass(frozen=True)
class Case:
    """One case of a file."""

    file: str
    title: str
    why: str
    text: str
    only: tuple[str, ...]
    known: bool
    tree: str

    def drawn(self) -> str:
        """The lines of the tree that the case asks for."""
        report = api.parse(self.text)
        lines = tree.render(report, View()).splitlines()
        return "".join(f"{line}\n" for line in lines if self._asked(line))

    def _asked(self, line: str) -> bool:
        first = line.split()[0].rstrip(":")
        return any(
            first == word or first.startswith((f"{word}-", f"{word}.")) or (word == "point" and first.startswith("(")) for word in self.only
        )


def _text(found: re.Match[str]) -> str:
    text = found["text"].removesuffix("\n")
    if "escapes" in found["how"]:
        text = _ESCAPE.sub(lambda m: {"t": "\t", "f": "\f", "r": "\r"}[m[1]] if m[1] else chr(int(m[2], 16)), text)
    if "crlf" in found["how"]:
        text = text.replace("\n", "\r\n")
    return text


def cases(path: Path) -> list[Case]:
    """The cases of one file."""
    content = path.read_text(encoding="utf-8")
    out = [
        Case(path.stem, m["title"], m["why"].strip(), _text(m), tuple(m["only"].split(",")), bool(m["known"]), m["tree"])
        for m in _CASE.finditer(content)
    ]
    assert len(out) == len(re.findall(r"^## ", content, re.MULTILINE)), f"{path.name}: a case is not written as it should be"
    return out


FILES = sorted(SPEC.glob("*.md"))
CASES = [case for path in FILES for case in cases(path)]


@pytest.fixture(scope="session", autouse=True)
def _updated(request: pytest.FixtureRequest) -> None:
    """Rewrite the expectations first, where that is asked for."""
    if not request.config.getoption("--update-spec"):
        return
    assert not hasattr(request.config, "workerinput"), "--update-spec writes files: run it without -n"
    for path in FILES:
        drawn = iter(cases(path))

        def again(found: re.Match[str], drawn: object = drawn) -> str:
            case = next(drawn)  # type: ignore[call-overload]
            whole = found.group()
            return whole if case.known else whole[: found.start("tree") - found.start()] + case.drawn() + "```"

        path.write_text(_CASE.sub(again, path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def test_every_rule_and_extractor_has_cases() -> None:
    """A file for each rule and extractor; every case says why it is there; titles name one case only."""
    assert {path.stem for path in FILES} >= {*RULES, *registry.names("entities")}
    assert len(CASES) >= 70
    assert [case.title for case in CASES if not case.why] == []
    titles = [(case.file, case.title) for case in CASES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.title}")
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    """The lines asked for are exactly the lines of the tree."""
    if case.known:
        request.applymarker(pytest.mark.xfail(strict=True, reason="a known fault of the parser"))
    fresh = next(one for one in cases(SPEC / f"{case.file}.md") if one.title == case.title)
    assert case.drawn() == fresh.tree


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.title}")
def test_invariants(case: Case) -> None:
    """The text of a case breaks no invariant."""
    check_report(api.parse(case.text), case.text)
