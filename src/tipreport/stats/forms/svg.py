"""Drawn as SVG in which text is text: it can be searched, restyled and edited."""

from __future__ import annotations

from tipreport.stats.counts import Counted, Crossed
from tipreport.stats.forms import View
from tipreport.stats.forms._draw import draw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = (".svg",)


def render(found: Sequence[Counted | Crossed], view: View) -> str:
    """The drawing.

    Raises:
        ExtraError: the extra ``plots`` is not installed.
    """
    return draw(found, view, "svg").decode("utf-8")
