"""Fuzz formats for so many seconds each: ``python tests/fuzz/run.py --seconds 300 html docx``.

With atheris (``pip install -e .[test,fuzz]``) the inputs are led by what they cover of the package; ``--plain`` needs it not. Each format
runs in a process of its own, which goes on behind a find. Finds are kept as files in the folder that ``-o`` names; ``--again FILE`` runs one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

SLOW = 10.0  # seconds of processor time from which on an input is a find
_MEMORY = 2048  # MiB, likewise
_TOLD = 10.0  # seconds after which the figures are written down


class Worker:
    """One format, run input by input."""

    def __init__(self, name: str, folder: Path, seconds: float) -> None:
        from fuzz.targets import TARGETS, examined

        self.name, self.target, self.examined = name, TARGETS[name], examined
        self.folder, self.until = folder, time.process_time() + seconds
        self.seen: set[str] = set()
        self.counts = {"runs": 0, "read": 0, "finds": 0, "slowest": 0.0}
        self.began = time.process_time()
        self.next = self.began + _TOLD

    def one(self, data: bytes) -> None:
        """Run one input; a find is written down once for each place of the fault."""
        began = time.process_time()
        try:
            self.counts["read"] += self.examined(self.name, data)
        except Exception as error:
            self.found(data, error)
        took = time.process_time() - began
        self.counts["runs"] += 1
        self.counts["slowest"] = max(self.counts["slowest"], took)
        if took > SLOW:
            self.found(data, TimeoutError(f"{took:.0f} s"))
        now = time.process_time()
        if now > self.next:
            self.next = now + _TOLD
            self.told()
        if now > self.until:
            self.end()

    def found(self, data: bytes, error: Exception) -> None:
        """Keep a find."""
        frames = [f"{Path(one.filename).name}:{one.lineno}" for one in traceback.extract_tb(error.__traceback__)][-3:]
        key = f"{type(error).__name__} {' '.join(frames)}"
        if key in self.seen:
            return
        self.seen.add(key)
        self.counts["finds"] += 1
        place = self.folder / f"{self.name.replace(' ', '-')}-{hashlib.sha256(data).hexdigest()[:12]}"
        place.write_bytes(data)
        print(f"{self.name}: {key}: {str(error)[:300]!r}: {place}", file=sys.stderr, flush=True)

    def told(self) -> str:
        """The figures, also in a file, so that a run that was stopped has some."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        figures = {"format": self.name, **self.counts, "seconds": round(time.process_time() - self.began), "mib": peak}
        line = json.dumps(figures)
        (self.folder / f"{self.name.replace(' ', '-')}.json").write_text(line + "\n", encoding="utf-8")
        return line

    def end(self) -> None:
        """Print the figures, and end the process: libFuzzer ends it in no other way."""
        print(self.told(), flush=True)
        os._exit(0)


def _plain(worker: Worker, seed: int) -> None:
    """Changes made blindly to inputs of the beginning, several times over."""
    from fuzz.mutators import plain_bits

    rng = random.Random(f"{worker.name}:{seed}")
    held = list(worker.target.seeds())
    for data in held:
        worker.one(data)
    while True:
        data = rng.choice(held)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            data = worker.target.mutate(data, rng, lambda data, _most: plain_bits(data, rng))
        worker.one(data)


def _guided(name: str, folder: Path, seconds: float, seed: int) -> None:
    """Changes led by coverage."""
    import atheris

    with atheris.instrument_imports(include=["tipreport"], enable_loader_override=False):
        worker = Worker(name, folder, seconds)
        for module in (
            "linting.forms.sarif",
            "linting.forms.github",
            "linting.forms.text",
            "inputs.pdf",
            "inputs.docx",
            "inputs.odt",
            "inputs.html",
        ):
            __import__(f"tipreport.{module}")
        for module in (
            "markup.docx_document",
            "markup.odt_document",
            "markup.html_page",
            "markup.flowing",
            "akn.reader",
            "schema",
            "corrections.run",
        ):
            __import__(f"tipreport.{module}")
    corpus = folder / f"corpus-{name.replace(' ', '-')}"
    corpus.mkdir(exist_ok=True)
    for data in worker.target.seeds():
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        changed = worker.target.mutate(data, random.Random(seed), lambda one, size: bytes(atheris.Mutate(one, max(size, len(one) + 1))))
        return changed if len(changed) <= most else data

    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            "-max_len=400000",
            "-len_control=0",
            f"-rss_limit_mb={_MEMORY}",
            f"-seed={seed}",
            "-timeout=120",
            f"-artifact_prefix={folder}/",
        ],
        worker.one,
        custom_mutator=mutate,
    )
    atheris.Fuzz()


def _child(name: str, asked: argparse.Namespace) -> dict[str, Any]:
    """The figures of a format; a process that dies is a find."""
    command = [sys.executable, __file__, name, "--here", "--seconds", str(asked.seconds), "-o", str(asked.o), "--seed", str(asked.seed)]
    log = asked.o / f"{name.replace(' ', '-')}.log"
    with log.open("w") as err:
        done = subprocess.run([*command, *(["--plain"] if asked.plain else [])], stdout=subprocess.PIPE, stderr=err, text=True, check=False)
    told = log.read_text("utf-8", "replace")
    print("".join(f"{line}\n" for line in told.splitlines() if line.startswith(f"{name}: ")), end="", file=sys.stderr, flush=True)
    features = [(int(one[1]), int(one[2])) for one in re.finditer(r"cov: (\d+) ft: (\d+)", told)]
    last = done.stdout.strip().rpartition("\n")[2]
    figures: dict[str, Any] = json.loads(last) if last.startswith("{") else {"format": name, "died": done.returncode}
    if features:
        figures |= {"edges at first": features[0][0], "edges": features[-1][0], "features": features[-1][1]}
    return figures


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Fuzz the formats that are read.")
    parser.add_argument("formats", nargs="*", help="all where none is named")
    parser.add_argument("--seconds", type=float, default=60, help="of processor time for each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--again", type=Path, help="run this input once, with its traceback")
    parser.add_argument("-o", type=Path, default=Path("fuzz-finds"), help="folder for finds and corpora")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.o.mkdir(parents=True, exist_ok=True)
    if asked.here and not asked.plain:
        _guided(asked.formats[0], asked.o, asked.seconds, asked.seed)
    elif asked.here:
        _plain(Worker(asked.formats[0], asked.o, asked.seconds), asked.seed)
    from fuzz.targets import TARGETS, examined

    if asked.again:
        print("read" if examined(asked.formats[0], asked.again.read_bytes()) else "refused")
        return 0
    found = 0
    for name in asked.formats or TARGETS:
        figures = _child(name, asked)
        found += figures.get("finds", 1)
        print(json.dumps(figures), flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
