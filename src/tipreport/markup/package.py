"""Zip archives of office documents, opened with bounds: what is too large, doubled, encrypted or damaged is refused before it is read."""

from __future__ import annotations

import io
import zipfile
import zlib

from tipreport.errors import InputError

MAX_MEMBERS = 10_000
MAX_PART = 64 << 20  # bytes of one part, unpacked; the main part of a report of 500 pages has about 15 MB
_RATIO = 200  # times the packed size; markup packs to a tenth or a thirtieth
_SMALL = 1 << 20  # bytes of a part that may be packed to any ratio

_DAMAGED = "open it in its program and save it again"


class Package:
    """The parts of an office document.

    Args:
        data: the archive.
        name: of the input, for messages.
        what: the kind of document, for messages: ``a Word document``.

    Raises:
        InputError: no whole archive, or one with too many members.
    """

    def __init__(self, data: bytes, name: str, what: str) -> None:
        self.name, self.what = name, what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeDecodeError) as error:
            raise InputError(name, "is a zip file (Word, OpenDocument) that is damaged or not whole", _DAMAGED) from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise InputError(name, f"is a zip file of {len(members):,} members", f"no more than {MAX_MEMBERS:,} are read")
        self._parts: dict[str, list[zipfile.ZipInfo]] = {}
        for member in members:
            self._parts.setdefault(member.filename, []).append(member)

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def read(self, part: str) -> bytes | None:
        """The bytes of a part; None where there is none of this name.

        Raises:
            InputError: the part is doubled, too large, encrypted or damaged.
        """
        members = self._parts.get(part)
        if members is None:
            return None
        if len(members) > 1:
            raise InputError(self.name, f"holds {len(members)} parts named {part}", _DAMAGED)
        info = members[0]
        if info.flag_bits & 1:
            raise InputError(self.name, f"is {self.what} that is encrypted", "save it without a password first")
        if info.file_size > MAX_PART or (info.file_size > _SMALL and info.file_size > _RATIO * info.compress_size):
            raise InputError(
                self.name,
                f"unpacks {part} to {max(1, info.file_size >> 20):,} MiB",
                f"no more than {MAX_PART >> 20} MiB a part are read, and {_RATIO} times what is packed",
            )
        try:
            with self._zip.open(info) as file:
                data = file.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise self.damaged(part) from error
        if len(data) != info.file_size:
            raise self.damaged(part)
        return data

    def damaged(self, part: str) -> InputError:
        """The error that says that a part cannot be read."""
        return InputError(self.name, f"is {self.what} whose part {part} is damaged", _DAMAGED)
