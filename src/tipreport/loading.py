"""A source as a report: a document is parsed, saved JSON of ours is read back."""

from __future__ import annotations

import re
from typing import NamedTuple

from tipreport.api import parse_source
from tipreport.config import Config
from tipreport.errors import InputError
from tipreport.model import Report
from tipreport.spans import Source

_SAVED = re.compile(r'\s*(\[\s*)?\{\s*"schema_version"')
_SEVERAL = re.compile(r"\}\s*\n\s*\{\s*\"schema_version\"")


class Loaded(NamedTuple):
    """A report, and the text it was made from (None for saved JSON, which does not hold it)."""

    report: Report
    text: str | None


def is_saved(source: Source) -> bool:
    """Whether a source is saved JSON of ours."""
    return bool(_SAVED.match(source.text[:200]))


def loaded(source: Source, config: Config) -> Loaded:
    """The report of a source.

    Raises:
        InputError: saved JSON that holds several reports.
        SchemaError: saved JSON that is none, or of another version.
    """
    if not is_saved(source):
        return Loaded(parse_source(source, config), source.text)
    bare = source.text.strip()
    if bare.startswith("[") or _SEVERAL.search(bare):
        raise InputError(source.name, "holds several saved reports", "save each in a file of its own: parse ... --json -o FOLDER/")
    return Loaded(Report.from_json(bare), None)
