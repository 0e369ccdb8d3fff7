"""What could not be read: a line each as it happens, the first few; at the end of a long list the reasons, with how often and of what."""

from __future__ import annotations

import re

from tipreport.cli.run import note, say

ALONE = 10  # so many are told one by one
_NAMES, _REASONS = 3, 20  # names of a reason, and reasons, that a summary shows

# What differs from file to file in a reason: numbers, and what is quoted.
_OWN = re.compile(r"\d[\d,.]*|'[^']*'|\"[^\"]*\"|“[^”]*”")


class Failures:
    """The inputs of a run that could not be read.

    Args:
        quiet: no remarks: every one is told by itself, and nothing at the end.
        verbose: every one is told by itself, and the reasons at the end.
    """

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet, self.verbose = quiet, verbose
        self.count = 0
        self._groups: dict[str, _Group] = {}

    def meet(self, name: str, error: str, hint: str | None = None) -> None:
        """Tell of one, or keep it for the end.

        Args:
            name: of the input; ``error`` may begin with it.
            error: what is said of it.
            hint: what the user can do.
        """
        self.count += 1
        reason = error.removeprefix(f"{name}: ")
        group = self._groups.setdefault(_OWN.sub("0", reason), _Group(reason, hint))
        group.count += 1
        if len(group.names) < _NAMES:
            group.names.append(name)
        if self.quiet or self.verbose or self.count <= ALONE:
            say(error, hint)
        elif self.count == ALONE + 1:
            note("more files cannot be read; the end tells how many and why, -v tells each")

    def summary(self) -> None:
        """The reasons, the commonest first; nothing where each was told by itself and they are few."""
        if self.quiet or self.count <= ALONE:
            return
        groups = sorted(self._groups.values(), key=lambda one: -one.count)
        wide = len(f"{groups[0].count:,}")
        for group in groups[:_REASONS]:
            rest = f" and {group.count - len(group.names):,} more" if group.count > len(group.names) else ""
            note(f"{group.count:>{wide},} x {group.reason}: {', '.join(group.names)}{rest}")
            if group.hint:
                note(f"{'':{wide}}   {group.hint}")
        others = groups[_REASONS:]
        if others:
            note(f"{sum(group.count for group in others):>{wide},} x for {len(others)} other reasons; -v tells each")


class _Group:
    """Inputs that cannot be read for one reason."""

    def __init__(self, reason: str, hint: str | None) -> None:
        self.reason, self.hint = reason, hint
        self.count = 0
        self.names: list[str] = []
