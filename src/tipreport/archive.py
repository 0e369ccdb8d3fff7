"""Archives (Word, Excel) that are the same to the byte whenever they are made of the same content."""

from __future__ import annotations

import io
import zipfile

_THEN = (1980, 1, 1, 0, 0, 0)  # one date for all entries
_FIRST = ("[Content_Types].xml", "mimetype")  # what readers look for at the beginning


def settled(data: bytes) -> bytes:
    """The same archive with the entries in one order and of one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: (one not in _FIRST, one)):
            entry = zipfile.ZipInfo(name, _THEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
