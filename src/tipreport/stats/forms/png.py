"""Drawn as PNG, with 144 dots an inch on white."""

from __future__ import annotations

from tipreport.stats.counts import Counted, Crossed
from tipreport.stats.forms import View
from tipreport.stats.forms._draw import draw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = (".png",)


def render(found: Sequence[Counted | Crossed], view: View) -> bytes:
    """The drawing.

    Raises:
        ExtraError: the extra ``plots`` is not installed.
    """
    return draw(found, view, "png")
