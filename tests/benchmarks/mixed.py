"""A folder of many mixed files: ``python tests/benchmarks/mixed.py FOLDER [--files 10000] [--seed 1] [--measure]``.

The specimens as text, Markdown, HTML, Word, OpenDocument and PDF (what the converters at hand make of them), some changed by a
line each so that no two are alike, and among them files that cannot be read: empty pictures of pages, cut archives, bytes
that are no text, pictures with the ending of a report. The same number and seed give the same names and kinds.

``--measure`` parses the folder with one process and with two and tells seconds, peak memory and whether the bytes are the same.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
SCRIPT = str(Path(sys.executable).with_name("tipreport"))
BAD_SHARE = 0.02  # of the files cannot be read
_SMALL = 12_000  # bytes: specimens beyond it would make the folder large, and a run slow


def _page(text: str) -> bytes:
    """A text as an HTML page: a paragraph a block."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    blocks = "".join(f"<p>{' '.join(one.split())}</p>\n" for one in escaped.split("\n\n") if one.strip())
    return f"<!DOCTYPE html>\n<html><head><title>Report</title></head><body>\n{blocks}</body></html>\n".encode()


def _converted(folder: Path) -> dict[str, list[bytes]]:
    """The specimens as Word, OpenDocument and PDF, made once by LibreOffice; only what it makes, nothing where it is not installed."""
    out: dict[str, list[bytes]] = {}
    for suffix in ("docx", "odt", "pdf"):
        target = folder / suffix
        names = [str(path) for path in sorted(SAMPLES.glob("*.txt")) if path.stat().st_size <= _SMALL]
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            "soffice",
            profile,
            "--headless",
            "--infilter=Text (encoded):UTF8,LF",
            "--convert-to",
            suffix,
            "--outdir",
            str(target),
            *names,
        ]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=300)
        except (OSError, subprocess.TimeoutExpired):
            return out
        out[suffix] = [path.read_bytes() for path in sorted(target.glob(f"*.{suffix}"))]
    return {suffix: found for suffix, found in out.items() if found}


def bad(random: Random, good: dict[str, list[bytes]]) -> tuple[str, bytes]:
    """The ending and the bytes of a file that no reader can read."""
    kinds = ["noise", "picture", "html", "cut"]
    kind = random.choice(kinds)
    if kind == "picture":
        return "txt", b"\x89PNG\r\n\x1a\n" + random.randbytes(200)
    if kind == "html":
        return "pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog" + random.randbytes(50)
    if kind == "cut" and "docx" in good:
        whole = random.choice(good["docx"])
        return "docx", whole[: len(whole) // 3]
    return "txt", bytes(random.randrange(9) for _ in range(300))


def fill(folder: Path, files: int, seed: int = 1, *, convert: bool = True) -> int:
    """Fill a folder; gives how many of its files cannot be read."""
    random = Random(seed)
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt")) if path.stat().st_size <= _SMALL]
    with tempfile.TemporaryDirectory() as made:
        good = _converted(Path(made)) if convert else {}
    kinds = ["txt", "txt", "md", "html", *good]
    failing = 0
    for number in range(files):
        below = folder / f"{number // 500:02}"
        below.mkdir(parents=True, exist_ok=True)
        if random.random() < BAD_SHARE:
            suffix, data = bad(random, good)
            failing += 1
        else:
            suffix = random.choice(kinds)
            text = random.choice(texts) + f"\n\nNote {number} of the registry.\n"
            data = random.choice(good[suffix]) if suffix in good else _page(text) if suffix == "html" else text.encode()
        (below / f"{number:05}.{suffix}").write_bytes(data)
    return failing


def _run(folder: Path, jobs: int, output: Path) -> tuple[float, int, int, int]:
    """Seconds, peak memory of the largest process in MB, exit status, and lines on stderr of one run."""
    begin = time.perf_counter()
    done = subprocess.run(
        [SCRIPT, "parse", str(folder), "--jsonl", "-o", str(output), "--jobs", str(jobs)], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - begin
    print(done.stderr, file=sys.stderr)
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10, done.returncode, len(done.stderr.splitlines())


def main() -> int:
    """Fill the folder that the command line names, and measure."""
    parser = argparse.ArgumentParser(description="Make a folder of mixed files, some of which cannot be read.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args()
    if not given.folder.exists():
        print(f"{fill(given.folder, given.files, given.seed):,} of {given.files:,} files cannot be read")
    if given.measure:
        outputs = {jobs: given.folder.with_name(f"{given.folder.name}-{jobs}.jsonl") for jobs in (1, 2)}
        for jobs, output in outputs.items():
            seconds, megabytes, code, lines = _run(given.folder, jobs, output)
            print(f"--jobs {jobs}: {seconds:.0f} s, largest process so far {megabytes} MB, status {code}, {lines} lines on stderr")
        one, two = (path.read_bytes() for path in outputs.values())
        print(f"the same bytes: {'yes' if one == two else 'NO'}; {os.path.getsize(outputs[1]):,} of them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
