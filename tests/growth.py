"""The proof on the automaton of a pattern (see ``ambiguity``): in how many ways texts can be read, as their length grows."""

from __future__ import annotations

from dataclasses import dataclass

from ambiguity import END, LEAD, Automaton

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Finding:
    """Why a pattern may take more than linear time: ``power``, ``exponential`` or ``counted``, and a text that is repeated."""

    kind: str
    pump: str


class Ways:
    """The runs of an automaton: of ``LEAD`` too where the pattern is searched for."""

    def __init__(self, automaton: Automaton, *, searched: bool) -> None:
        self.machine = automaton
        self.kinds = range(len(automaton.signs.kinds))
        self.searched = searched
        self.states: list[int] = []
        self.follows: dict[int, set[int]] = {}
        self._harmless: dict[int, bool] = {}
        self._spread()

    def after(self, state: int, sign: int, behind: int) -> dict[int, int]:
        """The states that read the next sign when a state has read one."""
        if state == LEAD:
            return {LEAD: 1, **self.machine.closure(self.machine.start, sign, behind)}
        return self.machine.closure(self.machine.reads[state][1], sign, behind)

    def _spread(self) -> None:
        """All states that can be reached, and which follow which, whatever the signs."""
        machine = self.machine

        def onward(state: int) -> set[int]:
            seen, stack, out = set(), [state], set()
            while stack:
                one = stack.pop()
                if one in seen:
                    continue
                seen.add(one)
                if one in machine.reads:
                    out.add(one)
                stack += [target for target, (left, right) in machine.steps.get(one, ()) if left and right]
            return out

        first = onward(machine.start)
        stack = list(first)
        if self.searched:
            self.follows[LEAD] = {LEAD, *first}
        while stack:
            one = stack.pop()
            if one not in self.follows:
                self.follows[one] = onward(machine.reads[one][1])
                stack += self.follows[one]
        self.states = list(self.follows)

    def harmless(self, state: int) -> bool:
        """Whether the whole pattern has matched once a state has read, whatever follows: no way back is tried then."""
        if state not in self._harmless:
            every = self.machine.signs.all
            seen, stack, found = set(), [] if state == LEAD else [self.machine.reads[state][1]], False
            while stack and not found:
                one = stack.pop()
                found = one == END
                if one not in seen:
                    seen.add(one)
                    stack += [target for target, guard in self.machine.steps.get(one, ()) if guard == (every, every)]
            self._harmless[state] = found
        return self._harmless[state]

    def components(self) -> list[list[int]]:
        """The states that lead to one another, where they lead back at all (Tarjan, without recursion)."""
        index: dict[int, int] = {}
        low: dict[int, int] = {}
        stack: list[int] = []
        held: set[int] = set()
        out: list[list[int]] = []
        for root in self.states:
            if root in index:
                continue
            work = [(root, iter(self.follows[root]))]
            index[root] = low[root] = len(index)
            stack.append(root)
            held.add(root)
            while work:
                state, targets = work[-1]
                target = next(targets, None)
                if target is None:
                    work.pop()
                    if work:
                        low[work[-1][0]] = min(low[work[-1][0]], low[state])
                    if low[state] == index[state]:
                        part: list[int] = []
                        while not part or part[-1] != state:
                            part.append(stack.pop())
                            held.discard(part[-1])
                        if len(part) > 1 or state in self.follows[state]:
                            out.append(part)
                elif target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    held.add(target)
                    work.append((target, iter(self.follows[target])))
                elif target in held:
                    low[state] = min(low[state], index[target])
        return out

    def can_reach(self, goals: list[int]) -> set[int]:
        """The states from which one of the goals can be reached."""
        back: dict[int, list[int]] = {}
        for state, targets in self.follows.items():
            for target in targets:
                back.setdefault(target, []).append(state)
        seen, stack = set(goals), list(goals)
        while stack:
            for one in back.get(stack.pop(), ()):
                if one not in seen:
                    seen.add(one)
                    stack.append(one)
        return seen

    def power(self) -> str | None:
        """A text that can be read in ways of which there are a power of its repeats, if any."""
        loops = self.components()
        for last in loops:
            goals = [state for state in last if state != LEAD and not self.harmless(state)]
            if not goals:
                continue
            within = self.can_reach(last)
            for first in loops:
                if first is last or first[0] not in within:
                    continue
                for begin in first:
                    for end in goals:
                        if pump := self._pumped(begin, set(first), within, end, set(last)):
                            return pump
        return None

    def _pumped(self, begin: int, first: set[int], within: set[int], end: int, last: set[int]) -> str | None:
        """A text from ``begin`` to itself, from ``begin`` to ``end`` and from ``end`` to itself."""
        seen: dict[tuple[int, int, int, int], tuple[int, int, int, int] | None] = {}
        stack: list[tuple[int, int, int, int]] = []
        for sign in self._signs(end):
            if begin == LEAD or self.machine.reads[begin][0] >> sign & 1:
                seen[begin, begin, end, sign] = None
                stack.append((begin, begin, end, sign))
        while stack:
            here = stack.pop()
            one, two, three, sign = here
            for behind in self.kinds[1:]:
                threes = [s for s in self.after(three, sign, behind) if s in last and not self.harmless(s)]
                if not threes:
                    continue
                ones = [s for s in self.after(one, sign, behind) if s in first]
                twos = [s for s in self.after(two, sign, behind) if s in within] if ones else []
                for three_ in threes:
                    for two_ in twos:
                        for one_ in ones:
                            there = (one_, two_, three_, behind)
                            if there in seen:
                                continue
                            seen[there] = here
                            if one_ == begin and two_ == end == three_:
                                return self._told(there, seen)
                            stack.append(there)
        return None

    def exponential(self) -> str | None:
        """A text that can be read from a state to itself in two ways, if any."""
        for part in self.components():
            states = {state for state in part if state == LEAD or not self.harmless(state)}
            for begin in states:
                if begin == LEAD:
                    continue
                if pump := self._doubled(begin, states):
                    return pump
        return None

    def _doubled(self, begin: int, states: set[int]) -> str | None:
        seen: dict[tuple[int, int, bool, int], tuple[int, int, bool, int] | None] = {}
        stack: list[tuple[int, int, bool, int]] = []
        for sign in self._signs(begin):
            seen[begin, begin, False, sign] = None
            stack.append((begin, begin, False, sign))
        while stack:
            here = stack.pop()
            one, two, apart, sign = here
            for behind in self.kinds[1:]:
                ones = {s: n for s, n in self.after(one, sign, behind).items() if s in states}
                twos = ones if one == two else {s: n for s, n in self.after(two, sign, behind).items() if s in states}
                for one_, ways in ones.items():
                    for two_ in twos:
                        if one_ > two_ and one == two:
                            continue
                        there = (one_, two_, apart or one_ != two_ or ways > 1, behind)
                        if there in seen:
                            continue
                        seen[there] = here
                        if there[:3] == (begin, begin, True):
                            return self._told(there, seen)
                        stack.append(there)
        return None

    def _signs(self, state: int) -> Iterator[int]:
        mask = self.machine.reads[state][0]
        return (sign for sign in self.kinds[1:] if mask >> sign & 1)

    def _told(self, there: tuple[int, ...], seen: dict) -> str:  # type: ignore[type-arg]
        """The text that led here; the last sign is read by the next round."""
        out: list[str] = []
        at: tuple[int, ...] | None = there
        while at is not None:
            out.append(self.machine.signs.kinds[at[-1]])
            at = seen[at]
        return "".join(out[:0:-1])


def finding(pattern: str, flags: int, *, searched: bool = True, fullmatch: bool = False) -> Finding | None:
    """Why a pattern may take more than linear time, None where it is proven not to."""
    ways = Ways(Automaton(pattern, flags, fullmatch=fullmatch, endless=False), searched=searched)
    if pump := ways.exponential():
        return Finding("exponential", pump)
    if pump := ways.power():
        return Finding("power", pump)
    if re_counted(pattern) and (pump := Ways(Automaton(pattern, flags, fullmatch=fullmatch, endless=True), searched=False).exponential()):
        return Finding("counted", pump)
    return None


def re_counted(pattern: str) -> bool:
    """Whether a pattern has a counted repeat at all."""
    return "{" in pattern
