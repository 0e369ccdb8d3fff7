"""Akoma Ntoso 3.0 in the United Nations profile: one XML document a report, which ``tipreport parse`` reads back."""

from __future__ import annotations

from tipreport import akn
from tipreport.exporters import Options, Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIXES = (".akn.xml", ".akn", ".xml")
SINGLE = True


def write(sheets: Iterable[Sheet], options: Options) -> Iterator[str]:  # noqa: ARG001 (the form has none)
    """The XML of a report.

    Args:
        sheets: one report.
        options: none is used.
    """
    for sheet in sheets:
        yield akn.write(sheet.report, sheet.text)
