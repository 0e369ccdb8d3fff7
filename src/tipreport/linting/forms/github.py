"""Findings as workflow commands: GitHub Actions show them at their lines in a pull request.

``::warning file=F,line=L,col=C,endLine=L,endColumn=C,title=CODE::MESSAGE``; an ``info`` is a notice there. What the documentation of
workflow commands escapes is escaped: per cent signs and line ends, in properties also colons and commas.
"""

from __future__ import annotations

from tipreport.linting.engine import Found
from tipreport.linting.forms import View
from tipreport.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = ()

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(found: Sequence[Found], _view: View) -> str:
    """One command a finding."""
    return "".join(_one(one) for one in found)


def _one(one: Found) -> str:
    values = {
        "file": one.path,
        "line": one.line,
        "col": one.column,
        "endLine": one.end_line,
        "endColumn": one.end_column,
        "title": one.code,
    }
    told = ",".join(f"{name}={_property(str(value))}" for name, value in values.items() if value is not None)
    message = f"{one.message}; {one.hint}" if one.hint else one.message
    return f"::{_LEVELS[one.severity]} {told}::{_data(message)}\n"


def _data(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
