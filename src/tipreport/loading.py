"""A source as a report: a document is parsed, saved JSON and Akoma Ntoso of ours are read back."""

from __future__ import annotations

import re
from typing import NamedTuple

from tipreport.api import parse_source
from tipreport.config import Config
from tipreport.errors import InputError
from tipreport.model import Report
from tipreport.spans import Source

_SAVED = re.compile(r'\s*(\[\s*)?\{\s*"schema_version"')
_SEVERAL = re.compile(r"\}[^\S\n]*\n\s*\{\s*\"schema_version\"")


class Loaded(NamedTuple):
    """A report, and the text it was made from (None for saved JSON and Akoma Ntoso, which do not hold it)."""

    report: Report
    text: str | None


def is_saved(source: Source) -> bool:
    """Whether a source is saved JSON of ours, or a document of Akoma Ntoso."""
    return bool(_SAVED.match(source.text[:200])) or _is_akn(source)


def _is_akn(source: Source) -> bool:
    if not source.text[:200].lstrip().startswith("<"):
        return False
    from tipreport.akn import is_akn  # noqa: PLC0415 (XML only pays for it)

    return is_akn(source.text)


def loaded(source: Source, config: Config) -> Loaded:
    """The report of a source.

    Raises:
        InputError: saved JSON that holds several reports.
        SchemaError: saved JSON or Akoma Ntoso that is none of ours, or of another version.
    """
    if not is_saved(source):
        return Loaded(parse_source(source, config), source.text)
    if _is_akn(source):
        from tipreport.akn import read  # noqa: PLC0415 (XML only pays for it)

        return Loaded(read(source.text), None)
    bare = source.text.strip()
    if bare.startswith("[") or _SEVERAL.search(bare):
        raise InputError(source.name, "holds several saved reports", "save each in a file of its own: parse ... --json -o FOLDER/")
    return Loaded(Report.from_json(bare), None)
