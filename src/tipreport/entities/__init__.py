"""Stage 3: the reading text of one object to findings. One file an extractor; none reads another's results."""

from __future__ import annotations
