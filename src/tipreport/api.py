"""The functions of the library: ``parse`` a text, ``read`` a file or stream."""

from __future__ import annotations

import gc
from contextlib import contextmanager

from tipreport import profiles
from tipreport.assemble import assemble
from tipreport.blocks import outline
from tipreport.config import Config
from tipreport.inputs import open_source
from tipreport.model import Report
from tipreport.spans import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULT = Config()


def parse(text: str, *, name: str = "<text>", config: Config = _DEFAULT) -> Report:
    """Turn the text of one report into typed objects.

    A pure function of text and configuration: it reads no files but the package's own tables, keeps no state
    and gives the same result in any process. Any string is accepted; what no rule claims is an ``unparsed``
    block with a diagnostic.

    Args:
        text: the report as received; line ends may be LF, CRLF or CR.
        name: what ``source.name`` and messages call it.
        config: profile, own tables, the symbol of a document that prints none, and corrections.

    Returns:
        A frozen, picklable ``Report``. Offsets count code points of ``text``, half-open; lines count from 1.
        A byte order mark at the beginning is not part of the text.

    Raises:
        UnknownNameError: ``config.profile`` names no profile.
        ConfigError: a correction sets a field that its object does not have, or names what no table knows.
    """
    return parse_source(Source(text.removeprefix("\ufeff"), name=name), config)


def read(path: str, *, encoding: str | None = None, config: Config = _DEFAULT) -> Report:
    """Read one file and parse it.

    Args:
        path: of the file.
        encoding: of its bytes; None tries a byte order mark, UTF-8, then a named fallback with a diagnostic.
        config: as for ``parse``.

    Raises:
        InputError: the file cannot be read or is no text.
        UnknownNameError: the profile or encoding is unknown.
    """
    return parse_source(open_source(path, encoding=encoding), config)


def parse_source(source: Source, config: Config = _DEFAULT) -> Report:
    """Parse a source that an input reader made."""
    profile = profiles.load(config.profile) if config.profile else None
    with _uncollected():
        found = outline(source, profile)
        if not config.corrections:
            return assemble(found, config)
        from tipreport.corrections import corrected  # noqa: PLC0415 (who has none does not pay for them)

        return corrected(found, config)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the collector of cycles: parsing makes none, and looking for them takes up to a fifth of its time.

    Two threads may overlap: whoever found it running lets it run again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
