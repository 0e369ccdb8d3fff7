"""The errors that tipreport raises: for files and misuse only, never for the text of a report."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


_SHOWN = 24  # names in a hint


class TipreportError(Exception):
    """Base of all errors raised on purpose; ``hint`` says what to do next."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from a worker process as they are."""
        return _restore, (type(self), self.args, self.__dict__)


def _restore(cls: type[TipreportError], args: tuple[object, ...], state: dict[str, object]) -> TipreportError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class InputError(TipreportError):
    """An input cannot be read as text.

    Args:
        path: the name of the input as the user gave it.
        reason: what is wrong, in a few words.
        hint: what the user can do about it.
    """

    def __init__(self, path: str, reason: str, hint: str | None = None) -> None:
        super().__init__(f"{path}: {reason}", hint)
        self.path = path
        self.reason = reason


class ConfigError(TipreportError):
    """A configuration file or an own table is wrong; the message names the file and the place."""


class UnknownNameError(TipreportError):
    """A name that the user gave is not known.

    Args:
        kind: what sort of name it is ("profile", "format").
        name: the name as given.
        known: all names that would have been right; the closest are offered.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches  # noqa: PLC0415 (only a wrong name pays for it)

        names = sorted(known)
        folded = {one.casefold(): one for one in reversed(names)}
        close = [folded[one] for one in get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)]
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        offer = f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(names[:_SHOWN])}{more}"
        super().__init__(f"unknown {kind} {name!r}", offer)
        self.name = name


class ExtraError(TipreportError):
    """A library is missing that an extra brings.

    Args:
        what: what needs it ("--semantic", "docx").
        extra: the extra; the hint is the line that installs it.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra {extra!r}", f"pip install 'tipreport[{extra}]'")


class SchemaError(TipreportError):
    """A saved JSON report does not fit the schema of this version."""
