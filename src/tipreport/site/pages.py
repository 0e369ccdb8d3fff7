"""Pages of a site: one template, lists that go on over several pages, links that hold from any folder and from a disk."""

from __future__ import annotations

from typing import Any, NamedTuple

from tipreport.pages import template
from tipreport.site.show import dated, line
from tipreport.site.values import FOLDERS, TITLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tipreport.site.folder import Folder
    from tipreport.site.scene import Scene

NAVIGATION = (
    ("reports", "Reports", "reports/index.html"), ("recommendations", "Recommendations", "recommendations/index.html"),
    *((kind, TITLES[kind], f"{FOLDERS[kind]}/index.html") for kind in ("topic", "body", "year", "state", "addressee")),
)  # fmt: skip
_NEAR = 2  # pages on both sides that a pager names


class Listing(NamedTuple):
    """A list that may be longer than a page.

    Args:
        key: its id in the page and in the names of further pages.
        title: its heading; "" for the only list of a page.
        total: how many entries it has.
        per: how many of them stand on a page.
        chunk: the entries from a place on, at most so many, as what the template shows: ``table`` or ``groups``.
        note: a sentence above the list.
    """

    key: str
    title: str
    total: int
    per: int
    chunk: Callable[[int, int], dict[str, Any]]
    note: str = ""

    @property
    def pages(self) -> int:
        """How many pages it fills."""
        return max(1, -(-self.total // self.per))


class Pager(NamedTuple):
    """The way to the other pages of a list: (label, address) of each that is named, None for a gap."""

    number: int
    of: int
    before: str | None
    after: str | None
    links: list[tuple[str, str | None] | None]


class Pages:
    """Writes pages.

    Args:
        scene: the reports.
        folder: where to.
        title: of the site.
    """

    def __init__(self, scene: Scene, folder: Folder, title: str) -> None:
        self.scene, self.folder, self.title = scene, folder, title

    def put(self, name: str, form: str, **values: Any) -> None:
        """Write one page from a template."""
        root = "../" * name.count("/")
        here = values.pop("here", "")
        made = template(__file__, f"{form}.html.jinja").render(
            root=root, here=here, site=self.title, navigation=NAVIGATION, build=self.scene.build, dated=dated, line=line, **values
        )
        self.folder.put(name, made)

    def several(self, name: str, listings: Sequence[Listing], *, title: str, lead: str = "", **values: Any) -> None:
        """Write a page with lists, and those on which they go on.

        Args:
            name: of the first page, without its suffix.
            listings: the lists; empty ones are left out.
            title: the heading.
            lead: what stands below it.
            values: ``facts``, ``figures``, ``here`` and ``kicker`` for the template.
        """
        kept = [one for one in listings if one.total]
        shown = [self._shown(name, one, 1, alone=len(kept) == 1) for one in kept]
        plain = {"facts": (), "figures": (), "kicker": None, "filtered": None, **values}
        self.put(f"{name}.html", "page", title=title, lead=lead, lists=shown, number=1, **plain)
        for one in kept:
            for number in range(2, one.pages + 1):
                shown = [self._shown(name, one, number, alone=len(kept) == 1)]
                self.put(
                    f"{name}~{one.key}~{number}.html",
                    "page",
                    title=title,
                    lead="",
                    lists=shown,
                    number=number,
                    **{**plain, "facts": (), "figures": ()},
                )

    @staticmethod
    def _shown(name: str, one: Listing, number: int, *, alone: bool) -> dict[str, Any]:
        base = name.rsplit("/", 1)[-1]

        def address(page: int) -> str:
            first = f"{base}.html" + ("" if alone else f"#{one.key}")
            return first if page == 1 else f"{base}~{one.key}~{page}.html"

        pager = None
        if one.pages > 1:
            pager = Pager(
                number, one.pages, address(number - 1) if number > 1 else None, address(number + 1) if number < one.pages else None,
                list(_links(number, one.pages, address)),
            )  # fmt: skip
        start = (number - 1) * one.per
        block = one.chunk(start, one.per)
        return {"key": one.key, "title": one.title, "note": one.note, "total": one.total, "start": start + 1, "pager": pager,
                "end": min(start + one.per, one.total), "table": None, "groups": None, **block}  # fmt: skip


def _links(number: int, of: int, address: Callable[[int], str]) -> Iterator[tuple[str, str | None] | None]:
    """The pages that a pager names: the first, the last, and those near this one."""
    last = 0
    for page in range(1, of + 1):
        if page in {1, of} or abs(page - number) <= _NEAR:
            if page > last + 1:
                yield None
            yield f"{page:,}", None if page == number else address(page)
            last = page
