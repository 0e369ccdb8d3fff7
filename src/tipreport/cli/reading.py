"""One input read: a file, standard input or a report of the index, as a source or as a report."""

from __future__ import annotations

from tipreport.cli import sources
from tipreport.config import Config
from tipreport.errors import InputError, TipreportError
from tipreport.inputs import decode, open_source
from tipreport.loading import Loaded, loaded
from tipreport.spans import Source


def source(given: sources.Given, encoding: str | None, stdin_name: str) -> Source:
    """The text of an input.

    Raises:
        InputError: it cannot be read, or is no text.
        StoreError: the index cannot be used.
    """
    if given.error is not None:
        raise given.error
    if given.path == "-":
        return decode(sources.stdin_bytes(stdin_name), stdin_name, encoding=encoding)
    if given.held is not None:
        from tipreport.index.held import source as held

        return held(given.held)
    return open_source(given.path, encoding=encoding)


def settled(given: sources.Given, config: Config) -> Config:
    """The configuration for an input: a report of the index is parsed as it was when it was added."""
    if given.held is None:
        return config
    from tipreport.index.held import config as held

    return held(given.held.options, config)


def report(given: sources.Given, config: Config, encoding: str | None, stdin_name: str) -> Loaded:
    """The report of an input, and its text.

    Raises:
        InputError: it cannot be read, is no text, or holds several saved reports.
        TipreportError: as ``loaded``, with the name of the input before it.
    """
    try:
        return loaded(source(given, encoding, stdin_name), settled(given, config))
    except InputError:
        raise
    except TipreportError as error:
        raise TipreportError(f"{stdin_name if given.path == '-' else given.path}: {error}", error.hint) from error
