"""A Word document laid out as reports of the United Nations are: masthead, headings, counted numbers, points, footnotes.

Several reports stand one after another, each on a new page with its own running head; what is chosen of them goes on
without a break. Needs the extra ``docx`` (python-docx).
"""

from __future__ import annotations

from tipreport import word
from tipreport.exporters import Options, Sheet
from tipreport.manuscript import LEADER, Cited, Entry, Grid, Head, Listing, Mark, Notes, Prose, Run, Title, manuscript

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipreport.word.page import Document

SUFFIXES = (".docx",)
BINARY = True
NARROWS = True


def write(sheets: Iterable[Sheet], options: Options) -> Iterator[bytes]:
    """Reports as one document.

    Args:
        sheets: the reports, or what is chosen of them.
        options: not used.

    Raises:
        ExtraError: python-docx is not installed.
    """
    del options
    page: Document | None = None
    for sheet in sheets:
        for part in manuscript(sheet.report, sheet.text, narrowed=sheet.narrowed, kinds=sheet.kinds, whole=sheet.whole):
            if isinstance(part, Head):
                # What is chosen of many reports stands one behind the other, under no report's running head.
                running = "" if sheet.narrowed else part.symbol or part.name
                if page is None:
                    page = word.document(part.heading, subject=part.symbol or "", running=running)
                else:
                    page.part(running, new_page=not sheet.narrowed)
                _head(page, part)
            elif page is not None:
                _put(page, part)
    if page is None:
        page = word.document("")
    yield page.to_bytes()


def _put(page: Document, part: object) -> None:
    if isinstance(part, Title):
        runs: list[word.Run] = [part.title]
        runs += [word.Styled(" (continued)", italic=True)] if part.continued else []
        runs += [f" {part.more}"] if part.more else []
        page.heading(part.level, part.label, runs, anchor=part.path, above=part.above)
    elif isinstance(part, Entry):
        _entry(page, part)
    elif isinstance(part, Prose):
        for line in part.lines:
            if part.kind == "contents":
                page.paragraph("\t".join(line.rsplit(LEADER, 1)), style="Contents")
            else:
                page.paragraph(line, style="Lines" if part.broken else "BodyText")
        if part.broken:
            page.paragraph("")
    elif isinstance(part, Grid):
        page.table(part.rows, widths=_widths(part.rows))
    elif isinstance(part, Notes):
        if part.place != "foot":
            for mark, text in part.notes:
                page.paragraph(f"{mark} {text}", style="Remark")
    else:
        assert isinstance(part, Listing)
        _listing(page, part)


def _head(page: Document, head: Head) -> None:
    if head.brief:
        page.fact(word.Link(head.symbol, head.link) if head.symbol and head.link else head.symbol or head.name)
        date = next((one for one in head.right if one[:1].isdigit()), None)
        for line in (head.body, date):
            if line:
                page.fact(line)
        page.title(head.heading)
        return
    page.masthead(word.Masthead(head.symbol, head.organ, head.right, head.above, head.link, head.job))
    if head.body:
        page.fact(head.body, strong=True)
    for fact in head.facts:
        page.fact(fact)
    page.title(head.title or head.name)
    for line in (head.subtitle, head.part):
        if line:
            page.subtitle(line)
    for line in head.more:
        page.paragraph(line)


def _entry(page: Document, entry: Entry) -> None:
    anchor: str | None = entry.ident
    if entry.word:
        page.recommendation(entry.word, entry.number, anchor=anchor)
        anchor = None
    for place, line in enumerate(entry.lines):
        text = _text(line.runs)
        if line.depth:
            page.point(line.depth, line.label, text, anchor=line.ident)
        elif place == 0 and entry.label:
            page.numbered(entry.label, text, anchor=anchor)
        else:
            page.paragraph(text, anchor=anchor if place == 0 else None)


def _text(runs: Sequence[Run]) -> list[word.Run]:
    out: list[word.Run] = []
    for run in runs:
        if isinstance(run, Mark):
            out.append(word.Note(run.mark, run.text))
        elif isinstance(run, Cited):
            out.append(word.Link(run.text, run.target))
        else:
            out.append(run)
    return out


def _listing(page: Document, listing: Listing) -> None:
    if listing.title:
        page.heading(1, "", listing.title)
    if listing.rows:
        rows = [[word.Link(cell.text, cell.target) if isinstance(cell, Cited) else cell for cell in row] for row in listing.rows]
        texts = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in listing.rows]
        page.table(rows, head=listing.head, widths=_widths([listing.head, *texts]))
        return
    for told in listing.told:
        page.paragraph(told.sentence)
        if told.remarks:
            page.paragraph(" ".join(told.remarks), style="Remark")


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Relative widths of columns after their longest cells, and so that no word need be broken."""
    columns = max(len(row) for row in rows)
    held = [[row[at] for row in rows if at < len(row)] for at in range(columns)]
    longest = [max((min(len(cell), 60) for cell in column), default=1) for column in held]
    words = [max((len(word) for cell in column for word in cell.split()), default=1) for column in held]
    return [max(one, min(word + 3, 40), 4) for one, word in zip(longest, words, strict=True)]
