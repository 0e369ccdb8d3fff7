"""The forms that ``export`` writes: by name, by the suffix of the file, and what each can hold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tipreport import registry
from tipreport.cli.grammar import Output
from tipreport.errors import TipreportError, UnknownNameError

if TYPE_CHECKING:
    from types import ModuleType

_ALIASES = {
    "text": "txt",
    "md": "markdown",
    "word": "docx",
    "excel": "xlsx",
    "db": "sqlite",
    "tex": "bibtex",
    "marcxml": "marc",
    "akoma-ntoso": "akn",
}
SITE = "site"
USUAL = "txt"


class Form(NamedTuple):
    """One form.

    Args:
        name: as it is typed: ``csl-json``.
        module: its file under ``exporters/``; None for a site, which is many pages.
    """

    name: str
    module: ModuleType | None

    @property
    def tables(self) -> bool:
        """Whether it holds tables of objects."""
        return hasattr(self.module, "tabulate")

    @property
    def reports(self) -> bool:
        """Whether it holds reports."""
        return hasattr(self.module, "write")

    @property
    def narrows(self) -> bool:
        """Whether it can hold some objects of a report only."""
        return bool(getattr(self.module, "NARROWS", False))

    @property
    def corpus(self) -> bool:
        """Whether it is made of an index as a whole."""
        return self.module is None or bool(getattr(self.module, "CORPUS", False))

    @property
    def single(self) -> bool:
        """Whether a file holds one report or one table only."""
        return bool(getattr(self.module, "SINGLE", False))

    @property
    def binary(self) -> bool:
        """Whether it is no text."""
        return bool(getattr(self.module, "BINARY", False))

    @property
    def suffix(self) -> str:
        """The usual ending of its files."""
        suffixes: tuple[str, ...] = getattr(self.module, "SUFFIXES", ())
        return suffixes[0] if suffixes else ""


def forms() -> dict[str, Form]:
    """All forms by name."""
    names = (SITE, *(name.replace("_", "-") for name in registry.names("exporters")))
    return {name: form for name in names if (form := _form(name)) is not None}


def _form(name: str) -> Form | None:
    """The form of a name; None where there is none, or where it is one of ``parse`` alone."""
    if name == SITE:
        return Form(SITE, None)
    if name.replace("-", "_") not in registry.names("exporters"):
        return None
    module = registry.load("exporters", name.replace("-", "_"))
    return Form(name, module) if any(hasattr(module, one) for one in ("write", "tabulate", "save")) else None


def _usual() -> Form:
    return Form(USUAL, registry.load("exporters", USUAL))


def chosen(output: Output) -> Form:
    """The form: --to, a shorthand, the suffix of -o (the longest that fits), else readable text.

    Raises:
        TipreportError: two formats, or one that there is not.
    """
    wanted = {*output.shorthand, *([output.to] if output.to else [])}
    if len(wanted) > 1:
        raise TipreportError(f"one format at a time, not {' and '.join(sorted(wanted))}")
    if wanted:
        name = wanted.pop().lower().replace("_", "-")
        name = _ALIASES.get(name, name)
        form = _form(name)
        if form is None:
            raise UnknownNameError("format", name, forms())
        return form
    path = output.output
    if path in {None, "-", os.devnull} or os.path.isdir(path or "") or (path or "").endswith(("/", os.sep)):
        return _usual()
    known = forms()
    ending = os.path.basename(path or "").lower()
    fits = [(suffix, form) for form in known.values() for suffix in getattr(form.module, "SUFFIXES", ()) if ending.endswith(suffix)]
    if fits:
        return max(fits, key=lambda pair: len(pair[0]))[1]
    suffix = os.path.splitext(ending)[1]
    if suffix:
        raise TipreportError(f"no format ends in {suffix}", f"choose one with --to: {', '.join(known)}")
    return _usual()
