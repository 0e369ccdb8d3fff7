"""One-file plug-ins: found by file name, imported only when used."""

from __future__ import annotations

import os
from importlib import import_module

from tipreport.errors import UnknownNameError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType


def names(package: str) -> tuple[str, ...]:
    """The plug-ins of ``tipreport.PACKAGE`` (``diff/events`` for one below another): its file names, sorted; those with an underscore are left out."""
    folder = os.path.join(os.path.dirname(__file__), *package.split("/"))
    return tuple(sorted(f[:-3] for f in os.listdir(folder) if f.endswith(".py") and not f.startswith("_")))


def load(package: str, name: str) -> ModuleType:
    """Import one plug-in.

    Raises:
        UnknownNameError: there is no such file; close names are offered.
    """
    known = names(package)
    if name not in known:
        raise UnknownNameError(package.rstrip("s"), name, known)
    return import_module(f"tipreport.{package.replace('/', '.')}.{name}")
