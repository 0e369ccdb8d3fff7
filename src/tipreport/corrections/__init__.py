"""Corrections that last: what the user's own file sets right in single reports, made again at every parse.

A row names a report, an object by its id, and the short hash of the object's text. It is made only where the text under the id is
still the one that the correction was written for; otherwise a remark tells that it is stale. ``correction/applied``, ``/idle`` and
``/stale``: one remark a row.
"""

from __future__ import annotations

from tipreport.corrections.fields import check
from tipreport.corrections.objects import objects, short_hash
from tipreport.corrections.run import corrected

__all__ = ["check", "corrected", "objects", "short_hash"]
