"""Pages of HTML from templates that lie beside the module that fills them; whatever is put into one is escaped."""

from __future__ import annotations

import os
from functools import cache
from typing import Any


def template(module: str, name: str = "page.html.jinja") -> Any:
    """The template NAME in the folder of a module.

    Args:
        module: the module's ``__file__``.
        name: of the template's file.
    """
    return _environment(os.path.dirname(module)).get_template(name)


@cache
def _environment(folder: str) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 (a page only pays for it)

    return Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
