"""tipreport: raw text of United Nations meeting reports to typed objects with exact places.

``parse`` takes a text, ``read`` a file; both give a frozen ``Report``. Nothing heavy is imported before use.
"""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = ["Config", "Report", "Span", "TipreportError", "__version__", "parse", "read"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.api import parse, read
    from tipreport.config import Config
    from tipreport.errors import TipreportError
    from tipreport.model import Report, Span

_HOMES = {
    "Config": "config",
    "Report": "model",
    "Span": "model",
    "TipreportError": "errors",
    "parse": "api",
    "read": "api",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(f"tipreport.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'tipreport' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
