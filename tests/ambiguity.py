"""How the time of a backtracking match grows: a proof on the parsed pattern, not a measurement.

A matcher that backtracks takes as many steps as there are ways to read a text. Those ways are the runs of the automaton of the
pattern, with a state more that skips to any start where the pattern is searched for. They are more than linear in number only if
some text leads from a state ``p`` to itself, from ``p`` to ``q`` and from ``q`` to itself (polynomial), or in two ways from
a state to itself (exponential): Weber and Seidl 1991, Weideman et al. 2016. Both are looked for here by walking through
products of the automaton. What cannot be followed exactly (long look-behind, atomic groups) is taken for more than it
is, so that a pattern may be suspected wrongly but not cleared wrongly. A counted repeat stands for a constant: it is laid out a few
times, and apart from that as one without end to see that the constant is no power.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COPIES = 4  # a counted repeat is laid out so often at most
MANY = 8  # one that is counted up to this or more is taken for endless where ways multiply
LEAD, END = -1, -2  # the state before the start of a search, the state after the pattern
EDGE = 0  # the kind of sign that stands for the beginning and the end of the text
_PROPERTY = re.compile(r"\\p\{(\w+)\}")
_PRIVATE = 0x100000  # signs from here on stand for properties that ``re`` does not know

Test = "Callable[[str], bool]"


@cache
def _runs() -> tuple[list[int], list[str]]:
    """Where the general category of the code points changes, and to what."""
    starts: list[int] = []
    names: list[str] = []
    for code in range(_PRIVATE):
        name = "space" if chr(code).isspace() else unicodedata.category(chr(code))
        if not names or name != names[-1]:
            starts.append(code)
            names.append(name)
    return starts, names


@cache
def cases(sign: str) -> frozenset[str]:
    """A sign in all its cases."""
    return frozenset(one for one in (sign, sign.lower(), sign.upper(), sign.casefold(), sign.upper().lower()) if len(one) == 1)


def _category(name: object) -> Callable[[str], bool]:
    """``\\w`` and the like."""
    word = str(name)
    tests: dict[str, Callable[[str], bool]] = {
        "DIGIT": str.isdecimal,
        "SPACE": str.isspace,
        "WORD": lambda sign: sign.isalnum() or sign == "_",
    }
    test = tests[word.rpartition("_")[2]]
    return (lambda sign: not test(sign)) if "_NOT_" in word else test


@dataclass(slots=True)
class Signs:
    """The classes of a pattern, and one sign for each kind of sign that they tell apart."""

    properties: list[str]
    tests: dict[str, Callable[[str], bool]] = field(default_factory=dict)
    edges: set[int] = field(default_factory=lambda: {0, _PRIVATE, ord("_"), ord("_") + 1})
    kinds: list[str] = field(default_factory=list)
    masks: dict[str, int] = field(default_factory=dict)

    def add(self, item: list[tuple[Any, Any]], flags: int) -> str:
        """A class as ``re`` has parsed it; its name."""
        key = f"{item}{flags & (re.IGNORECASE | re.DOTALL)}"
        if key in self.tests:
            return key
        parts: list[Callable[[str], bool]] = []
        negative = False
        for op, value in item:
            if op is sre.NEGATE:
                negative = True
            elif op is sre.CATEGORY:
                parts.append(_category(value))
            else:
                low, high = value if op is sre.RANGE else (value, value)
                parts.append(self._range(low, high))
        loose = bool(flags & re.IGNORECASE)

        def test(sign: str) -> bool:
            return any(part(one) for part in parts for one in (cases(sign) if loose else (sign,))) is not negative

        self.tests[key] = test
        return key

    def _range(self, low: int, high: int) -> Callable[[str], bool]:
        if low >= _PRIVATE:
            wanted = self.properties[low - _PRIVATE]
            return lambda sign: unicodedata.category(sign).startswith(wanted)
        for code in (low, high):
            for one in cases(chr(code)):
                self.edges |= {ord(one), ord(one) + 1}
        return lambda sign: low <= ord(sign) <= high

    def close(self) -> None:
        """Tell the kinds of signs apart: between two places where a class may change only the general category counts."""
        starts, names = _runs()
        found: dict[int, str] = {}
        tests = list(self.tests.values())
        edges = sorted(self.edges)
        for low, high in pairwise(edges):
            seen: set[str] = set()
            for at in range(bisect_right(starts, low) - 1, len(starts)):
                if starts[at] >= high:
                    break
                if names[at] not in seen:
                    seen.add(names[at])
                    sign = chr(max(low, starts[at]))
                    found.setdefault(sum(1 << i for i, test in enumerate(tests) if test(sign)), sign)
        self.kinds = ["", *found.values()]
        for i, key in enumerate(self.tests):
            self.masks[key] = sum(2 << number for number, kind in enumerate(found) if kind >> i & 1)

    @property
    def all(self) -> int:
        """Every sign and the edge of the text."""
        return (1 << len(self.kinds)) - 1


Guard = tuple[int, int]  # what may stand before, what may stand behind


class Automaton:
    """The automaton of a pattern: ``reads`` is what a state reads and where it leads, ``steps`` are the ways without reading."""

    def __init__(self, pattern: str, flags: int, *, fullmatch: bool, endless: bool) -> None:
        properties: list[str] = []

        def private(found: re.Match[str]) -> str:
            properties.append({"L": "L", "Lu": "Lu", "Ll": "Ll"}.get(found[1], found[1]))
            return chr(_PRIVATE + len(properties) - 1)

        self.endless = endless
        self.tree = parser.parse(_PROPERTY.sub(private, pattern), flags & ~0x100 & 0xFF | (flags & re.VERBOSE))
        self.flags = int(self.tree.state.flags)
        self.signs = Signs(properties)
        self._collect(self.tree, self.flags)
        space, word, newline = [(sre.LITERAL, 10)], [(sre.CATEGORY, sre.CATEGORY_WORD)], [(sre.LITERAL, 10)]
        self._keys = [self.signs.add(one, 0) for one in (space, word, newline)]
        self.signs.close()
        self.word, self.newline = self.signs.masks[self._keys[1]], self.signs.masks[self._keys[2]]
        self.reads: dict[int, tuple[int, int]] = {}
        self.steps: dict[int, list[tuple[int, Guard]]] = {}
        self.size = 0
        self.start = self.new()
        last = self.lay(self.tree, self.start, self.flags)
        self.step(last, END, (self.signs.all, 1 if fullmatch else self.signs.all))
        self._closures: dict[tuple[int, int, int], dict[int, int]] = {}

    def new(self) -> int:
        """A state more."""
        self.size += 1
        return self.size

    def step(self, source: int, target: int, guard: Guard | None = None) -> None:
        """A way without reading."""
        self.steps.setdefault(source, []).append((target, guard or (self.signs.all, self.signs.all)))

    def _collect(self, tree: Any, flags: int) -> None:
        for op, value in tree:
            if op is sre.SUBPATTERN:
                self._collect(value[3], (flags | value[1]) & ~value[2])
                continue
            if (item := _item(op, value, flags)) is not None:
                self.signs.add(item, flags)
            for inner in _inner(op, value):
                self._collect(inner, flags)

    def mask(self, tree: Any, flags: int) -> int | None:
        """The signs of a pattern of exactly one sign."""
        if len(tree) != 1:
            return None
        op, value = tree[0]
        if op is sre.SUBPATTERN:
            return self.mask(value[3], (flags | value[1]) & ~value[2])
        if op is sre.BRANCH:
            masks = [self.mask(one, flags) for one in value[1]]
            return None if None in masks else _union(masks)
        item = _item(op, value, flags)
        return None if item is None else self.signs.masks[self.signs.add(item, flags)]

    def outer(self, tree: Any, flags: int, *, last: bool) -> int:
        """What the first or last sign of a pattern may be; all where it may be empty."""
        order = list(tree)[:: -1 if last else 1]
        out = 0
        for op, value in order:
            item = _item(op, value, flags)
            if item is not None:
                return out | self.signs.masks[self.signs.add(item, flags)]
            if op is sre.SUBPATTERN:
                return out | self.outer(value[3], (flags | value[1]) & ~value[2], last=last)
            if op is sre.BRANCH:
                return out | _union(self.outer(one, flags, last=last) for one in value[1])
            if op in _REPEATS:
                out |= self.outer(value[2], flags, last=last)
                if value[0]:
                    return out
                continue
            return self.signs.all
        return self.signs.all

    def lay(self, tree: Any, at: int, flags: int) -> int:
        """Lay a pattern out from a state on; the state where it ends."""
        for op, value in tree:
            at = self._one(op, value, at, flags)
        return at

    def _one(self, op: Any, value: Any, at: int, flags: int) -> int:
        item = _item(op, value, flags)
        if item is not None:
            self.reads[at] = (self.signs.masks[self.signs.add(item, flags)], self.new())
            return self.reads[at][1]
        if op is sre.SUBPATTERN:
            return self.lay(value[3], at, (flags | value[1]) & ~value[2])
        if op is sre.ATOMIC_GROUP:
            return self.lay(value, at, flags)
        end = self.new()
        if op is sre.BRANCH or op is sre.GROUPREF_EXISTS:
            for one in value[1] if op is sre.BRANCH else value[1:]:
                begin = self.new()
                self.step(at, begin)
                self.step(self.lay(one or (), begin, flags), end)
        elif op in _REPEATS:
            self._repeat(op, value, at, end, flags)
        elif op is sre.AT:
            for guard in self._at(value, flags):
                self.step(at, end, guard)
        elif op is sre.ASSERT or op is sre.ASSERT_NOT:
            self._look(op is sre.ASSERT_NOT, value, at, end, flags)
        elif op is sre.GROUPREF:
            loop = self.new()
            self.reads[loop] = (self.signs.all & ~1, at)
            self.step(at, loop)
            self.step(at, end)
        else:
            raise NotImplementedError(str(op))
        return end

    def _repeat(self, op: Any, value: Any, at: int, end: int, flags: int) -> None:
        least, most, body = value
        endless = most is sre.MAXREPEAT or (self.endless and most >= MANY)
        single = self.mask(body, flags)
        copies = COPIES if single is None else 3 * COPIES
        least = min(least, copies)
        for _ in range(least):
            at = self.lay(body, at, flags)
        guard = None
        if op is sre.POSSESSIVE_REPEAT and most is sre.MAXREPEAT and single is not None:
            guard = (self.signs.all, self.signs.all & ~single)
        if endless:
            loop, begin = self.new(), self.new()
            self.step(at, loop)
            self.step(loop, begin)
            self.step(self.lay(body, begin, flags), loop)
            self.step(loop, end, guard)
            return
        self.step(at, end)
        for _ in range(min(most, copies) - least):
            begin = self.new()
            self.step(at, begin)
            at = self.lay(body, begin, flags)
            self.step(at, end)

    def _at(self, value: Any, flags: int) -> list[Guard]:
        every = self.signs.all
        if value in {sre.AT_BEGINNING, sre.AT_BEGINNING_STRING}:
            many = value is sre.AT_BEGINNING and flags & re.MULTILINE
            return [(1 | (self.newline if many else 0), every)]
        if value in {sre.AT_END, sre.AT_END_STRING}:
            return [(every, 1 | (self.newline if value is sre.AT_END else 0))]
        other = every & ~self.word
        if value is sre.AT_BOUNDARY:
            return [(self.word, other), (other, self.word)]
        return [(self.word, self.word), (other, other)]

    def _look(self, negative: bool, value: Any, at: int, end: int, flags: int) -> None:
        behind, body = value[0] < 0, value[1]
        every = self.signs.all
        branches = body[0][1][1] if len(body) == 1 and body[0][0] is sre.BRANCH else [body]
        allowed = every
        if negative:
            allowed &= ~_union(self.mask(one, flags) or 0 for one in branches)
        else:
            allowed = _union(self.outer(one, flags, last=behind) for one in branches)
        self.step(at, end, (allowed, every) if behind else (every, allowed))
        if not behind and self.mask(body, flags) is None:
            inside = self.new()
            self.step(at, inside)
            self.lay(body, inside, flags)

    def closure(self, state: int, before: int, behind: int) -> dict[int, int]:
        """The states that read, and the end, within reach without reading between two signs; in how many ways, two meaning more."""
        key = (state, before, behind)
        if key not in self._closures:
            out: dict[int, int] = {}
            visits: dict[int, int] = {}
            stack = [state]
            while stack:
                one = stack.pop()
                if visits.get(one, 0) >= 2:
                    continue
                visits[one] = visits.get(one, 0) + 1
                if one == END or (one in self.reads and self.reads[one][0] >> behind & 1):
                    out[one] = min(out.get(one, 0) + 1, 2)
                for target, (left, right) in self.steps.get(one, ()):
                    if left >> before & 1 and right >> behind & 1:
                        stack.append(target)
            self._closures[key] = out
        return self._closures[key]


_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}


def _union(masks: Any) -> int:
    out = 0
    for mask in masks:
        out |= mask
    return out


def _item(op: Any, value: Any, flags: int) -> list[tuple[Any, Any]] | None:
    """A pattern of one sign as a class."""
    if op is sre.LITERAL:
        return [(op, value)]
    if op is sre.NOT_LITERAL:
        return [(sre.NEGATE, None), (sre.LITERAL, value)]
    if op is sre.IN:
        return list(value)
    if op is sre.ANY:
        return [(sre.NEGATE, None)] if flags & re.DOTALL else [(sre.NEGATE, None), (sre.LITERAL, 10)]
    return None


def _inner(op: Any, value: Any) -> Iterator[Any]:
    """The patterns within one."""
    if op is sre.BRANCH:
        yield from value[1]
    elif op in _REPEATS:
        yield value[2]
    elif op is sre.ATOMIC_GROUP:
        yield value
    elif op is sre.ASSERT or op is sre.ASSERT_NOT:
        yield value[1]
    elif op is sre.GROUPREF_EXISTS:
        yield from (one for one in value[1:] if one is not None)
