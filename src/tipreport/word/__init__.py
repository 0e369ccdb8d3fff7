"""A Word document that looks like a document of the United Nations: what is put in comes out as real Word.

Headings have heading styles, numbers are numbering definitions, footnotes are footnotes, units have bookmarks; the bytes are
the same each time. Needs the extra ``docx`` (python-docx).

    page = word.document("Report on the meeting", subject="CTOC/COP/WG.4/2021/29")
    page.masthead(Masthead(symbol="CTOC/COP/WG.4/2021/29", organ="...", right=("Distr.: General", "22 March 2021")))
    page.title("Report on the meeting")
    page.heading(1, "II.", "Recommendations", anchor="II")
    page.numbered("4.", "At its 1st meeting ...", anchor="para-4")
    page.point(1, "(a)", ["A point with a note", Note("1", "The text of the note.")])
    data = page.to_bytes()

A text is a string, or a list of strings, ``Note``, ``Link`` and ``Styled`` in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tipreport.errors import ExtraError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tipreport.word.page import Document

__all__ = ["Link", "Masthead", "Note", "Run", "Styled", "Text", "document"]


class Note(NamedTuple):
    """A footnote at its place in a text: its mark as printed, and what it says."""

    mark: str
    text: str


class Link(NamedTuple):
    """A link: to ``target``, an address, or a bookmark of this document where it begins with ``#``."""

    text: str
    target: str


class Styled(NamedTuple):
    """Text in bold or italics."""

    text: str
    bold: bool = False
    italic: bool = False


Run = str | Note | Link | Styled
Text = str | Sequence[Run]


class Masthead(NamedTuple):
    """The head of the first page. What is empty is left out.

    Args:
        symbol: at the top right, linked where ``link`` is given.
        organ: in large letters on the left.
        right: lines on the right: distribution, date, language.
        above: at the top left: "United Nations", where the document prints it.
        link: the address of the document.
        job: the job number, at the foot of the first page.
    """

    symbol: str | None = None
    organ: str | None = None
    right: tuple[str, ...] = ()
    above: str | None = None
    link: str | None = None
    job: str | None = None


def document(title: str, *, subject: str = "", running: str | None = None) -> Document:
    """A new document.

    Args:
        title: for the properties of the file (it is not printed; see ``Document.title``).
        subject: for the properties; the symbol.
        running: what stands above every page but the first; ``subject`` where it is None.

    Raises:
        ExtraError: python-docx is not installed.
    """
    try:
        from tipreport.word.page import Document  # noqa: PLC0415 (python-docx only where a document is made)
    except ImportError as error:
        raise ExtraError("docx", "docx") from error
    return Document(title, subject, subject if running is None else running)
