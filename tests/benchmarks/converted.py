"""``python tests/benchmarks/converted.py``: the samples as other programs' files, parsed, and how far the objects are those of the text.

LibreOffice makes a Word, an OpenDocument, an HTML and a PDF file of each ``samples/*.txt``; the real command parses text and file.
Readers and parser were made with the samples in view: ``--texts DIR`` compares other texts, such as real reports.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.startup import command
from benchmarks.table import Table, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

SAMPLES = Path(__file__).parents[2] / "samples"
FORMATS = ("docx", "odt", "html", "pdf")
WANTED = 0.99
SECONDS = 300
_WRITERS = {"docx": "docx:MS Word 2007 XML", "odt": "odt", "html": "html", "pdf": "pdf"}

Row = dict[str, Any]
Objects = dict[str, "Counter[Hashable]"]


def converter() -> str | None:
    """The program that converts; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(texts: Sequence[Path], form: str, folder: Path) -> list[Path]:
    """Every text as a file of a form, made by one run of LibreOffice with a profile of its own."""
    program = converter()
    assert program is not None
    profile = (folder / "profile").absolute().as_uri()
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            _WRITERS[form],
            "--outdir",
            str(folder),
            *map(str, texts),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=True,
    )
    made = [folder / f"{text.stem}.{form}" for text in texts]
    missing = [path.name for path in made if not path.exists()]
    assert not missing, f"not converted: {missing}"
    return made


def parsed(paths: Iterable[Path]) -> list[Row]:
    """The reports of the files, as the command prints them."""
    done = subprocess.run([*command(), "parse", *map(str, paths), "--jsonl", "-q"], stdout=subprocess.PIPE, timeout=SECONDS, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _units(report: Row) -> list[Row]:
    return [*report["recommendations"], *report["paragraphs"]]


def _named(thing: object) -> Iterable[tuple[Hashable, ...]]:
    """States, groups and organizations, wherever they are told."""
    if isinstance(thing, dict):
        if "as_printed" in thing and "id" in thing:
            yield thing["id"], _plain(thing["as_printed"])
        thing = list(thing.values())
    if isinstance(thing, list):
        for one in thing:
            yield from _named(one)


def _points(unit: Row) -> Iterable[Hashable]:
    for point in unit["points"]:
        yield unit["number"], point["label"], _plain(point["text"])
        yield from _points({**point, "number": unit["number"]})


def _statement(one: Row) -> Hashable:
    return one["paragraph"], one["capacity"], tuple(_named({**one, "spans": []}))


KINDS: dict[str, Callable[[Row], Iterable[Hashable]]] = {
    "numbers": lambda report: [unit["number"] for unit in _units(report)],
    "texts": lambda report: [(unit["number"], _plain(unit["text"])) for unit in _units(report)],
    "sections": lambda report: [(one["label"], _plain(one["title"])) for one in report["sections"]],
    "points": lambda report: [point for unit in _units(report) for point in _points(unit)],
    "panellists": lambda report: [(one["name"], one["position"], tuple(one["paragraphs"])) for one in report["panellists"]],
    "States": lambda report: list(_named([_units(report), report["statements"], report["attendance"]])),
    "statements": lambda report: [_statement(one) for one in report["statements"]],
    "footnotes": lambda report: [(one["mark"], one["paragraph"], _plain(one["text"])) for one in report["footnotes"]],
}


def objects(report: Row) -> Objects:
    """What is compared of a report, by kinds."""
    return {kind: Counter(found(report)) for kind, found in KINDS.items()}


def agreement(wanted: Iterable[Objects], found: Iterable[Objects]) -> dict[str, tuple[int, int]]:
    """By kinds, how many objects agree, and how many there are: of the text, and those of the file that the text has not."""
    out = dict.fromkeys(KINDS, (0, 0))
    for left, right in zip(wanted, found, strict=True):
        for kind in KINDS:
            same, most = (left[kind] & right[kind]).total(), (left[kind] | right[kind]).total()
            out[kind] = (out[kind][0] + same, out[kind][1] + most)
    return out


def differences(name: str, left: Objects, right: Objects) -> list[str]:
    """One line for each object that only the text or only the file has."""
    lines = []
    for kind in KINDS:
        lines += [f"{name}: {kind} of the text alone: {one}" for one in left[kind] - right[kind]]
        lines += [f"{name}: {kind} of the file alone: {one}" for one in right[kind] - left[kind]]
    return lines


def measure(
    folder: Path, formats: Sequence[str] = FORMATS, source: Path = SAMPLES
) -> tuple[dict[str, dict[str, tuple[int, int]]], list[str]]:
    """The agreement by formats and kinds, and the differences."""
    texts = sorted(source.glob("*.txt"))
    wanted = [objects(report) for report in parsed(texts)]
    out, told = {}, []
    for form in formats:
        made = convert(texts, form, folder)
        found = [objects(report) for report in parsed(made)]
        out[form] = agreement(wanted, found)
        for path, left, right in zip(made, wanted, found, strict=True):
            told += differences(path.name, left, right)
    return out, told


def table(found: dict[str, dict[str, tuple[int, int]]]) -> Table:
    """The shares by formats and kinds."""
    out = Table("Objects of the converted texts that are those of the text", ("format", *KINDS, "objects", "verdict"))
    for form, kinds in found.items():
        shares = [same / most if most else 1.0 for same, most in kinds.values()]
        out.rows.append(
            (form, *(f"{share:.3f}" for share in shares), sum(most for _, most in kinds.values()), verdict(min(shares), at_least=WANTED))
        )
    return out


def main() -> int:
    """Convert, compare and print."""
    if converter() is None:
        print("LibreOffice (soffice) is not installed: nothing is compared")
        return 0
    formats = [one for one in FORMATS if one in sys.argv[1:]] or FORMATS
    with tempfile.TemporaryDirectory() as folder:
        source = Path(sys.argv[sys.argv.index("--texts") + 1]) if "--texts" in sys.argv[:-1] else SAMPLES
        found, told = measure(Path(folder), formats, source)
    done = table(found)
    print(done.text())
    if "--differences" in sys.argv:
        print("\n".join(told))
    return 1 if done.over() else 0


if __name__ == "__main__":
    sys.exit(main())
