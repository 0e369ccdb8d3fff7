"""Names of the files that a folder of outputs gets where several inputs would have one.

``report.docx`` and ``report.odt`` give ``report.docx.json`` and ``report.odt.json``; ``geneva/report.txt`` and
``vienna/report.txt`` give ``geneva_report.json`` and ``vienna_report.json``. They follow from the paths alone.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tipreport.cli.output import file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_DROPPED = ".txt"  # file_name takes an ending off: a name that keeps its own gets this one for that


def telling(paths: Iterable[str], suffix: str) -> dict[str, str]:
    """The file name for each path whose plain one another path would have too, so that it tells the input.

    Args:
        paths: of the inputs; one that is given twice has no name here.
        suffix: the ending of the outputs.
    """
    groups: dict[str, set[str]] = {}
    for path in paths:
        groups.setdefault(file_name(path, suffix, set()).lower(), set()).add(path)
    taken = {name for name, group in groups.items() if len(group) == 1}
    out: dict[str, str] = {}
    for group in groups.values():
        if len(group) > 1:
            out |= _told_apart(sorted(group), suffix, taken)
    return out


def _told_apart(paths: list[str], suffix: str, taken: set[str]) -> dict[str, str]:
    """Names by the first form in which all differ: with the ending, with the folder, with both; the last one counts those alike."""
    whole = [os.path.abspath(path) for path in paths]
    if len(set(whole)) == 1:
        return {}
    above = os.path.commonpath([os.path.dirname(path) for path in whole])
    below = [os.path.relpath(path, above).replace(os.sep, "_") for path in whole]
    forms: tuple[Callable[[int], str], ...] = (
        lambda i: os.path.basename(paths[i]) + _DROPPED,
        lambda i: below[i],
        lambda i: below[i] + _DROPPED,
    )
    differ = (form for form in forms if len({file_name(form(i), suffix, set()).lower() for i in range(len(paths))}) == len(paths))
    chosen = next(differ, forms[-1])
    return {path: file_name(chosen(i), suffix, taken) for i, path in enumerate(paths)}
