"""Names of files and addresses: plain ASCII, short, none twice on a file system that does not mind case, none that a system reserves."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LONGEST = 80
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_SEVERAL = re.compile(r"([._-])[._-]+")
# Names that Windows keeps for devices, whatever follows a full stop ("Naming Files, Paths, and Namespaces").
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


def slug(text: str) -> str:
    """A text as a part of a file name: ``CTOC/COP/WG.4/2020/4`` is ``CTOC-COP-WG.4-2020-4``."""
    plain = unicodedata.normalize("NFKD", text[: 4 * _LONGEST])
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    plain = _SEVERAL.sub(r"\1", _OTHER.sub("-", plain))[:_LONGEST].strip("._-")
    if plain.split(".")[0].casefold() in _RESERVED:
        plain = f"x-{plain}"
    return plain or "x"


class Taken:
    """The names given in one folder; ``index`` is kept for the page that lists the others."""

    def __init__(self) -> None:
        self.names = {"index"}

    def claim(self, text: str, content: str) -> str:
        """A name for a thing; where another has it already, with a mark made of what the thing is."""
        base = name = slug(text)
        mark = hashlib.sha256(f"{content}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
        length = 6
        while name.casefold() in self.names:
            name = f"{base}-{mark[:length]}" if length <= len(mark) else f"{base}-{length}"
            length += 2
        self.names.add(name.casefold())
        return name
