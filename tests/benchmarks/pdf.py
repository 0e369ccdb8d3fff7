"""How long reading a PDF file takes beside the extraction of its text alone, and beside other libraries that extract text.

    python tests/benchmarks/pdf.py FILE.pdf [--rounds N] [--others]

Whole processes in turn, the best of the rounds; memory is the peak of the process. The exit status is 1 when ``tipreport parse --json``
takes more than three times as long as the text alone, or more than 300 MB. Linux and macOS.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

TIMES, MEGABYTES = 3.0, 300
ALONE = "import sys, pypdfium2\nfor page in pypdfium2.PdfDocument(sys.argv[1]):\n    page.get_textpage().get_text_range()\n"
OTHERS = {
    "pypdf": "import sys, pypdf\nfor page in pypdf.PdfReader(sys.argv[1]).pages:\n    page.extract_text()\n",
    "pdfminer.six": "import sys\nfrom pdfminer.high_level import extract_text\nextract_text(sys.argv[1])\n",
    "pdfplumber": "import sys, pdfplumber\nfor page in pdfplumber.open(sys.argv[1]).pages:\n    page.extract_text()\n    page.close()\n",
}


def measured(*command: str) -> tuple[float, float]:
    """The seconds of a process, and its peak of memory in MB."""
    begun = time.perf_counter()
    out = os.open(os.devnull, os.O_WRONLY)
    child = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)])
    os.close(out)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return seconds, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> int:
    """Measure and print; 1 when over the budget."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--others", action="store_true", help="other libraries as well, once")
    given = parser.parse_args()
    script = str(Path(sys.executable).with_name("tipreport"))
    commands = {
        "text alone (pypdfium2)": (sys.executable, "-c", ALONE, given.file),
        "parse --to text": (script, "parse", given.file, "--to", "text"),
        "parse --json": (script, "parse", given.file, "--json"),
    }
    best = dict.fromkeys(commands, (float("inf"), 0.0))
    for _ in range(given.rounds):
        for name, command in commands.items():
            seconds, memory = measured(*command)
            best[name] = (min(best[name][0], seconds), max(best[name][1], memory))
    if given.others:
        best |= {name: measured(sys.executable, "-c", code, given.file) for name, code in OTHERS.items()}
    base = best["text alone (pypdfium2)"][0]
    for name, (seconds, memory) in best.items():
        print(f"{name:26}{seconds:8.2f} s{seconds / base:8.2f} x{memory:8.0f} MB")
    seconds, memory = best["parse --json"]
    return int(seconds > TIMES * base or memory > MEGABYTES)


if __name__ == "__main__":
    raise SystemExit(main())
