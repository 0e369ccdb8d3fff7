"""Random edits and fuzzing in small: the same code at ten thousand cases, or for an hour, is in ``tests/fuzz``."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from fuzz import edits, mutators
from fuzz.run import Worker
from fuzz.targets import TARGETS, examined
from tipreport import api
from tipreport.config import Config
from tipreport.model import Report
from tipreport.spans import Source

CASES = 10
ROUNDS = 1  # changed inputs of each format
SMALL = {
    "text": b"1. One.\n",
    "any bytes": b"1. One.\n",
    "check and diff": b"1. One.\n",
    "quotations": b'He said "we should keep archives".\n',
}


@pytest.fixture(scope="module", name="held")
def _held() -> tuple[edits.Original, ...]:
    return edits.originals()


def lose_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the parser lose the last block of every report."""
    sound = api.parse_source

    def broken(source: Source, config: Config = Config()) -> Report:  # noqa: B008 (as the function that it stands for)
        report = sound(source, config)
        return replace(report, blocks=report.blocks[:-1])

    monkeypatch.setattr(api, "parse_source", broken)


def test_edited_samples(held: tuple[edits.Original, ...]) -> None:
    """Whatever lines are deleted, doubled or swapped, all that must hold does."""
    assert edits.run(CASES, held) == []


def test_the_edits_of_a_case_are_always_the_same(held: tuple[edits.Original, ...]) -> None:
    """The number of a case is all that one needs to see it again."""
    texts = [edits.case(of, number) for of, number in edits.cases(CASES, held)]
    assert texts == [edits.case(of, number) for of, number in edits.cases(CASES, held)]
    assert len(set(texts)) == CASES
    assert not {one.text for one in held} & set(texts)


def test_a_faulty_parser_fails_the_edits(held: tuple[edits.Original, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """A block that is lost is noticed in every case."""
    lose_a_block(monkeypatch)
    failed = edits.run(2, held)
    assert [number for _, number, _ in failed] == [0, 1]
    assert all("characters lie in no block" in told for _, _, told in failed)


@pytest.mark.parametrize("name", TARGETS)
def test_a_few_inputs(name: str) -> None:
    """An input to begin with is read as it is; changed ones are read or refused in words."""
    target = TARGETS[name]
    rng = random.Random(name)
    data = SMALL.get(name) or next(iter(target.seeds()))
    assert examined(name, data)
    for _ in range(ROUNDS):
        examined(name, target.mutate(data, rng, lambda one, _most: mutators.plain_bits(one, rng)))


def test_a_find_is_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a target raises is counted, told and kept as a file; the same fault again is not."""
    lose_a_block(monkeypatch)
    worker = Worker("text", tmp_path, 1000)
    for data in (b"1. One.\n", b"2. Two.\n"):
        worker.one(data)
    assert (worker.counts["runs"], worker.counts["finds"], worker.counts["read"]) == (2, 1, 0)
    (kept,) = tmp_path.glob("text-*")
    assert kept.read_bytes() == b"1. One.\n"
    assert json.loads(worker.told())["finds"] == 1


@pytest.mark.parametrize("name", ["docx", "odt", "saved report", "akoma ntoso", "gold facts", "corrections", "pdf"])
def test_changes_keep_the_form(name: str) -> None:
    """Most changed inputs get through the first look, or fuzzing would see nothing else."""
    target = TARGETS[name]
    rng = random.Random(1)
    form = {
        "docx": b"PK",
        "odt": b"PK",
        "saved report": b"{",
        "gold facts": b"{",
        "akoma ntoso": b"<",
        "corrections": b"[",
        "pdf": b"%PDF",
    }[name]
    made = [
        target.mutate(data, rng, lambda one, _most: mutators.plain_bits(one, rng))
        for data in itertools.islice(itertools.cycle(itertools.islice(target.seeds(), 2)), 12)
    ]
    assert sum(one.startswith(form) for one in made) >= 9
    assert len(set(made)) > 6
