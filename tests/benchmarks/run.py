"""``python tests/benchmarks/run.py``: every measurement, as tables or JSON; exit status 1 if anything is over its budget."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import growth, jobs, search, startup, texts, throughput
from benchmarks import revisions as diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.table import Table

SECTIONS = ("startup", "jobs", "growth", "search", "diff", "throughput")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure tipreport beside other tools; see README.md here.")
    parser.add_argument("--reports", type=Path, help="folder of real reports, *.txt (default: $TIPREPORT_REPORTS, else the samples)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no text of 100 MB, and fewer paragraphs to search")
    parser.add_argument("--only", default=",".join(SECTIONS), help=f"sections, parted by commas: {', '.join(SECTIONS)}")
    parser.add_argument("--limit", type=float, help="seconds for one point of growth (default: 300, with --quick 60)")
    parser.add_argument(
        "--paragraphs", default="", help="sizes of the corpora to search, parted by commas (default: 100000, with --quick 10000)"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="folder where these corpora and their indexes stay, and are found again")
    parser.add_argument("--child", nargs=2, metavar=("SHAPE", "SIZE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.reports is None and os.environ.get("TIPREPORT_REPORTS"):
        given.reports = Path(os.environ["TIPREPORT_REPORTS"])
    if given.reports is not None and not any(given.reports.glob("*.txt")):
        parser.error("the folder of reports holds no *.txt")
    given.only = given.only.split(",")
    if unknown := set(given.only) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}")
    given.paragraphs = tuple(int(size.replace("_", "")) for size in given.paragraphs.split(",") if size)
    given.limit = given.limit or (60.0 if given.quick else 300.0)
    return given


def _tables(given: argparse.Namespace, reports: list[str]) -> Iterator[Table]:
    """The sections that are wanted; throughput last, as it fills the memory of this process."""
    if "startup" in given.only:
        yield startup.measure(texts.small(given.reports), quick=given.quick)
    if "jobs" in given.only:
        yield jobs.measure(reports, quick=given.quick)
    if "growth" in given.only:
        yield growth.measure(given.reports, quick=given.quick, limit=given.limit)
    if "search" in given.only:
        yield from search.measure(reports, quick=given.quick, sizes=given.paragraphs, keep=given.keep)
    if "diff" in given.only:
        yield diff.measure(reports, quick=given.quick)
    if "throughput" in given.only:
        yield throughput.measure(reports, quick=given.quick)


def main() -> int:
    """Measure and print."""
    given = _arguments()
    if given.child:
        growth.child(given.child[0], int(given.child[1]), given.reports)
        return 0
    reports = texts.read(given.reports)
    about = {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "texts": "reports" if given.reports else "samples",
        "files": len(reports),
        "characters": sum(map(len, reports)),
        "quick": given.quick,
    }
    if not given.json:
        print(", ".join(f"{key} {value}" for key, value in about.items()), end="\n\n", flush=True)
    done: list[Table] = []
    for table in _tables(given, reports):
        done.append(table)
        if not given.json:
            print(table.text(), flush=True)
    over = sum(table.over() for table in done)
    if given.json:
        print(json.dumps({**about, "over": over, "tables": [{"title": table.title, "rows": table.records()} for table in done]}, indent=2))
    else:
        print(f"{over} over budget" if over else "all within budget")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
