"""The site of a corpus: made by the command, looked at in a real browser, from a disk."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browser import Tab, opened
from command import SAMPLES, inside, one_error
from tipreport import site
from tipreport.config import Config
from tipreport.errors import TipreportError
from tipreport.flow import body
from tipreport.index import build as index
from tipreport.index import store
from tipreport.site import codes, show
from tipreport.site.folder import MANIFEST, Folder
from tipreport.site.slugs import Taken, slug

HOSTILE = "<script>document.title='owned'</script> ]]> </script> <!-- \u202eabc \x1b[31m \"onload=\"x\" '; alert(1)//"


class Seen(HTMLParser):
    """What a page links to and what can be linked to, in it; what its scripts and handlers are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.idents: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.handlers += [name for name in found if name.startswith("on") or name == "style"]
        if tag == "script":
            self.scripts.append(found)
        if tag == "meta" and found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"] or ""
        self.links += [value for name in ("href", "src", "action") if (value := found.get(name))]
        if found.get("id"):
            self.idents.append(found["id"] or "")


def put(text: str | Iterable[str], path: str) -> None:
    Path(path).write_text(text if isinstance(text, str) else "".join(text), "utf-8", newline="\n")


def held(*texts: Path) -> sqlite3.Connection:
    """An index in memory of files."""
    connection = store.memory()
    index.insert_all(connection, [index.make(index.Task(str(path), Config())) for path in texts])
    return connection


def numbers(connection: sqlite3.Connection) -> list[int]:
    return [number for (number,) in connection.execute("SELECT id FROM main.reports")]


def make(connection: sqlite3.Connection, folder: Path, chosen: list[int] | None = None, write: Callable[..., None] = put) -> int:
    return site.build(connection, numbers(connection) if chosen is None else chosen, str(folder), Config(), write=write, jobs=1)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def pages(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.rglob("*.html"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the samples, in a folder whose name an address must escape."""
    folder = tmp_path_factory.mktemp("a b#c%") / "the site"
    result = inside("export", "--to", "site", "-o", f"{folder}/", *map(str, sorted(SAMPLES.glob("*.txt"))), "--quiet")
    assert result.code == 0, result.err
    return folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index of the samples."""
    place = str(tmp_path_factory.mktemp("index") / "un.db")
    assert inside("index", "add", *map(str, sorted(SAMPLES.glob("*.txt"))), "--index", place, "--quiet").code == 0
    return place


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose reports hold what a browser would obey: in names, titles, names of speakers, texts."""
    folder = tmp_path_factory.mktemp("hostile")
    text = (SAMPLES / "wg4-final-report.txt").read_text("utf-8")
    for old in ("labour inspectors", "Report on the meeting", "Ingunn Aasland", "CTOC/COP/WG.4/2021/29"):
        assert old in text
        text = text.replace(old, f"{old} {HOSTILE}")
    (folder / "<img src=x onerror=alert(1)>.txt").write_text(text, "utf-8", newline="")
    (folder / "plain.txt").write_text(f"Title {HOSTILE}\n\n1. The meeting spoke of {HOSTILE} inspectors.\n", "utf-8", newline="")
    make(held(*sorted(folder.glob("*.txt"))), folder / "site")
    return folder / "site"


# ------------------------------------------------------------------ files and links
def test_every_link_of_every_page_leads_to_a_page_and_a_place_in_it(made: Path) -> None:
    seen = {path.resolve(): Seen(path.read_text("utf-8")) for path in pages(made)}
    assert len(seen) > 100
    checked = 0
    for path, page in seen.items():
        assert len(page.idents) == len(set(page.idents)), path
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in {"http", "https"}:
                assert path.parent.name == "reports", (path, link)
                continue
            if parts.scheme == "data":
                continue
            bare, place = urldefrag(link)
            target = (path.parent / unquote(urlsplit(bare).path)).resolve() if bare else path
            assert target.is_file(), (path, link)
            assert not Path(unquote(urlsplit(bare).path)).is_absolute()
            if place:
                assert unquote(place) in seen[target].idents, (path, link)
                checked += 1
    assert checked > 300


def test_every_page_has_a_policy_and_nothing_that_runs_but_the_search(made: Path, hostile: Path) -> None:
    for folder in (made, hostile):
        for path in pages(folder):
            page = Seen(path.read_text("utf-8"))
            assert page.policy.startswith("default-src 'none'"), path
            assert "unsafe" not in page.policy
            assert not page.handlers, path
            if path.parent.name != "reports" or path.name.startswith("index"):
                assert [str(one.get("src")).split("?")[0] for one in page.scripts] == (
                    ["search.js"] if path.name == "search.html" else []
                ), path
                assert ("script-src 'none'" in page.policy) != (path.name == "search.html")


def test_the_same_reports_give_the_same_bytes_whatever_the_index_went_through(tmp_path: Path) -> None:
    texts = sorted(SAMPLES.glob("wg4-*.txt"))
    make(held(*texts), tmp_path / "one")
    other = held(*reversed(texts), SAMPLES / "hrc-session.txt")
    chosen = [number for (number,) in other.execute("SELECT id FROM reports WHERE name <> 'A/HRC/70/92'")]
    make(other, tmp_path / "other", chosen)
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_only_the_chosen_reports_count_and_the_index_is_left_as_it_was(tmp_path: Path, filled: str) -> None:
    result = inside("export", "--to", "site", "--year", "2021", "-o", str(tmp_path / "site"), "--index", filled, "--quiet")
    assert result.code == 0, result.err
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    of = [
        json.loads(line)
        for line in inside("export", "--what", "recommendations", "--year", "2021", "--jsonl", "--index", filled).out.splitlines()
    ]
    assert f"<dt>Recommendations</dt><dd>{len(of)}</dd>" in home
    assert f"Of {len(of)} recommendations in 3 reports" in home
    assert sorted(path.name for path in (tmp_path / "site" / "years").iterdir()) == ["2021.html", "index.html"]
    assert not [path for path in pages(tmp_path / "site") if "A-HRC" in path.name]
    connection = store.reader(filled)
    make(connection, tmp_path / "again", numbers(connection)[:3])
    assert connection.execute("SELECT count(*) FROM temp.sqlite_schema").fetchone() == (0,)


def test_a_folder_that_a_renewed_site_leaves_empty_goes(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("Some words.\n", "utf-8")
    (tmp_path / "none.txt").write_text("", "utf-8")
    make(held(SAMPLES / "wg4-final-report.txt"), tmp_path / "site")
    assert (tmp_path / "site/search/f").is_dir()
    (tmp_path / "site/older").mkdir()
    for name in ("old.html", "older/one.html"):  # of an earlier version
        (tmp_path / "site" / name).write_text("old")
        with (tmp_path / "site" / MANIFEST).open("a") as file:
            file.write(f"{name}\n")
    for name in ("words.txt", "none.txt"):
        make(held(tmp_path / name), tmp_path / "site")
        make(held(tmp_path / name), tmp_path / f"fresh {name}")
        assert files(tmp_path / "site") == files(tmp_path / f"fresh {name}"), "nothing to search in is no trouble"
        assert not any((tmp_path / "site" / gone).exists() for gone in ("search/f", "old.html", "older"))
    with pytest.raises(ValueError, match="outside"):
        Folder(str(tmp_path / "site"), put).put("../outside.html", "")


def test_a_site_is_renewed_and_what_others_put_there_stays(tmp_path: Path) -> None:
    texts = sorted(SAMPLES.glob("wg4-*.txt"))
    make(held(*texts), tmp_path / "site")
    (tmp_path / "site" / "notes.txt").write_text("mine")
    (tmp_path / "site" / "reports" / "mine.html").write_text("mine")
    (tmp_path / "outside.html").write_text("mine")
    with (tmp_path / "site" / MANIFEST).open("a") as file:
        file.write("../outside.html\nreports/../../outside.html\n/etc/hostname\nnotes.txt.never-ended")
    make(held(*texts[:1]), tmp_path / "site")
    make(held(*texts[:1]), tmp_path / "fresh")
    mine = {"notes.txt": b"mine", "reports/mine.html": b"mine"}
    assert files(tmp_path / "site") == files(tmp_path / "fresh") | mine
    assert (tmp_path / "outside.html").read_text() == "mine"


@pytest.mark.parametrize("name", ["notes.txt", MANIFEST])
def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / name).write_text("my notes\n")
    result = inside("export", "--to", "site", "-o", str(tmp_path / "site"), str(SAMPLES / "generic-minimal.txt"))
    one_error(result, "site")
    assert files(tmp_path / "site") == {name: b"my notes\n"}


def test_no_file_of_somebody_else_is_written_over_and_no_link_is_followed(tmp_path: Path) -> None:
    connection = held(SAMPLES / "generic-minimal.txt")
    make(connection, tmp_path / "site")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site" / "years" / "2022.html").unlink()
    (tmp_path / "site" / "years" / "2022.html").symlink_to(tmp_path / "elsewhere" / "2022.html")
    with pytest.raises(TipreportError, match="no plain file"):
        make(connection, tmp_path / "site")
    other = tmp_path / "other"
    make(connection, other)
    names = [line for line in (other / MANIFEST).read_text().splitlines() if line != "search.html"]
    (other / MANIFEST).write_text("\n".join(names) + "\n")
    (other / "search.html").write_text("mine")
    with pytest.raises(TipreportError, match="no file of the site"):
        make(connection, other)
    assert (other / "search.html").read_text() == "mine"
    for name, words in (("years", "is no folder of the site"), (MANIFEST, "is a link")):
        third = tmp_path / f"third {name}"
        make(connection, third)
        (third / name).rename(tmp_path / f"moved {name}")
        (third / name).symlink_to(tmp_path / f"moved {name}")
        with pytest.raises(TipreportError, match=words):
            make(connection, third)
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("cut", [1, 3, 20, 60, 90, 130])
def test_a_run_that_is_cut_short_leaves_nothing_that_the_next_one_does_not_know(tmp_path: Path, cut: int) -> None:
    connection, left = held(SAMPLES / "wg4-final-report.txt"), [cut]

    def stops(text: str | Iterable[str], path: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        put(text, path)

    with pytest.raises(KeyboardInterrupt):
        make(connection, tmp_path / "site", write=stops)
    assert not (tmp_path / "site" / "index.html").exists()
    make(connection, tmp_path / "again")
    other = held(SAMPLES / "generic-minimal.txt")
    make(other, tmp_path / "site")
    make(other, tmp_path / "fresh")
    assert files(tmp_path / "site") == files(tmp_path / "fresh")


def test_the_first_page_is_written_last(tmp_path: Path) -> None:
    order: list[str] = []

    def note(text: str | Iterable[str], path: str) -> None:
        order.append(os.path.relpath(path, tmp_path))
        put(text, path)

    count = make(held(SAMPLES / "generic-minimal.txt"), tmp_path, write=note)
    assert order[0] == order[-1] == MANIFEST
    assert order[-2] == "index.html"
    assert count == sum(name.endswith(".html") for name in order)


def test_long_lists_go_on_over_pages_that_hold_everything_once(tmp_path: Path) -> None:
    recommendations = "\n\n".join(
        f"Recommendation {n}\n\nStates parties should {'review the measure ' * 40}number {n}." for n in range(1, 324)
    )
    text = (SAMPLES / "wg4-final-report.txt").read_text("utf-8")
    head = text[: text.index("II. ")] if "II. " in text else "CTOC/COP/WG.4/2021/29\n\n"
    (tmp_path / "long.txt").write_text(f"{head}\n\nII. Recommendations\n\n{recommendations}\n", "utf-8")
    connection = held(tmp_path / "long.txt")
    total = connection.execute("SELECT count(*) FROM recommendations").fetchone()[0]
    assert total >= 323
    make(connection, tmp_path / "site")
    listed: list[str] = []
    found = sorted((tmp_path / "site" / "recommendations").iterdir())
    for path in found:
        page = path.read_text("utf-8")
        assert len(page) < 1_000_000
        listed += re.findall(r'<p class="sign"><a href="[^"]*#([^"]*)"', page)
    assert len(found) == -(-total // 100)
    assert sorted(listed) == sorted(ident for (ident,) in connection.execute("SELECT ident FROM recommendations"))
    links = Seen(found[0].read_text("utf-8")).links
    assert {"index~list~2.html", "index~list~4.html"} <= set(links)


# ------------------------------------------------------------------ names and numbers
@given(st.lists(st.text(), min_size=1, max_size=30))
def test_names_of_files_are_safe_and_none_comes_twice(texts: list[str]) -> None:
    taken = Taken()
    names = [taken.claim(text, str(place)) for place, text in enumerate(texts)]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", name)
        assert not name.endswith(".")
        assert name.split(".")[0].casefold() not in {"con", "prn", "aux", "nul", "com1", "lpt9", "index"}
        assert len(name) < 160


def test_the_name_of_a_page_is_that_of_the_report() -> None:
    assert slug("CTOC/COP/WG.4/2020/4") == "CTOC-COP-WG.4-2020-4"
    assert slug("../../etc/passwd") == "etc-passwd"
    assert slug("con.txt") == "x-con.txt"
    assert slug("Türkiye") == "Turkiye"


@given(st.lists(st.integers(0, 2**40)))
def test_numbers_come_back_from_their_codes(found: list[int]) -> None:
    text = "".join(map(codes.code, found))
    out, number, shift = [], 0, 0
    for sign in text:
        digit = codes.DIGITS.index(sign)
        number |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            out.append(number)
            number = shift = 0
    assert out == found


# ------------------------------------------------------------------ the search, in the browser
def asked(folder: Path, **values: str) -> str:
    return (folder / "search.html").resolve().as_uri() + ("?" + urlencode(values) if values else "")


def finished(tab: Tab) -> None:
    tab.page.wait_for_function(
        "() => { const told = document.getElementById('told').textContent; return told && !told.startsWith('Searching'); }"
    )


def hits(tab: Tab) -> list[str]:
    """The cites of all hits."""
    finished(tab)
    while tab.page.locator("#more").is_visible():
        before = tab.page.locator("#hits li").count()
        tab.page.locator("#more").click()
        tab.page.wait_for_function("n => document.querySelectorAll('#hits li').length > n", arg=before)
    found: list[str] = tab.page.locator("#hits .where a").all_text_contents()
    return found


def answers(place: str, query: str | None, *more: str) -> list[str]:
    result = inside("search", *([query] if query else []), *more, "--index", place, "--jsonl", "--limit", "0")
    rows = [json.loads(line) for line in result.out.splitlines()]
    return [row["cite"] for row in rows if row["type"] == "hit"]


QUERIES = (
    "labour inspector", "labor", "victims", "traffick*", '"labour inspectors"', "non-punishment", "nonpunishment", "children NOT victims",
    "ferry OR archive", "(ferry OR archive) report", "re-victimization", "State parties", "Internet", "Türkiye", "expertise* evidence",
    '"electronic evid"*', "the", "NOT the", "zzz", "UNODC", "7", "states’ parties", "countries", "offense", "accord", "sup* chains", "“cyber units”",
)  # fmt: skip


def test_the_search_finds_what_the_command_finds(made: Path, filled: str) -> None:
    with opened(asked(made)) as tab:
        finished(tab)
        assert "283 units in 10 reports" in tab.page.inner_text("#told")
        for query in QUERIES:
            tab.page.fill("#q", query)
            tab.page.evaluate("document.getElementById('told').textContent = ''")
            tab.page.keyboard.press("Enter")
            assert sorted(hits(tab)) == sorted(answers(filled, query)), query
        assert not tab.errors
        assert not tab.foreign()


def test_words_of_the_samples_are_found_where_the_command_finds_them(made: Path, filled: str) -> None:
    connection = store.reader(filled)
    connection.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, passages_fts, row)")
    words = [word for (word,) in connection.execute("SELECT term FROM temp.v WHERE doc < 40 ORDER BY term")][::59]
    assert len(words) > 20
    with opened(asked(made)) as tab:
        finished(tab)
        for word in words:
            tab.page.fill("#q", word)
            tab.page.evaluate("document.getElementById('told').textContent = ''")
            tab.page.keyboard.press("Enter")
            assert sorted(hits(tab)) == sorted(answers(filled, word)), word


@pytest.mark.parametrize(("values", "options"), [
    ({"q": "should", "kind": "recommendations"}, ("should", "--what", "recommendations")),
    ({"q": "victims", "kind": "paragraphs", "from": "2021", "to": "2023"}, ("victims", "--what", "paragraphs", "--year", "2021..2023")),
    ({"q": "report", "to": "2010"}, ("report", "--year", "..2010")),
    ({"body": "Working-Group-on-Trafficking-in-Persons", "q": "should"}, ("should", "--body", "Working Group on Trafficking in Persons")),
    ({"addressee": "unodc"}, (None, "--what", "recommendations", "--addressee", "UNODC")),
    ({"topic": "technology", "kind": "recommendations"}, (None, "--what", "recommendations", "--topic", "technology")),
    ({"strength": "8"}, (None, "--what", "recommendations", "--strength", "8")),
    ({"state": "NOR", "q": "authority"}, ("authority", "--state", "Norway")),
])  # fmt: skip
def test_the_filters_choose_what_those_of_the_command_choose(
    made: Path, filled: str, values: dict[str, str], options: tuple[Any, ...]
) -> None:
    with opened(asked(made, **values)) as tab:
        found = hits(tab)
        assert found
        # Without a query the command points out the points on a topic; the browser knows the topics of whole recommendations.
        bare = [re.sub(r" \([^()]+\)$", "", cite) for cite in answers(filled, *options)] if "topic" in values else answers(filled, *options)
        assert sorted(found) == sorted(bare)
        assert not tab.errors


def test_the_best_come_first_and_the_newest_when_asked(made: Path) -> None:
    with opened(asked(made, q="labour inspectors cyber units", sort="date")) as tab:
        hits(tab)
        dates = tab.page.locator("#hits li > .told").all_text_contents()
        years = [int(found.group()) for one in dates if (found := re.search(r"\b20\d\d\b", one))]
        assert years == sorted(years, reverse=True)
    with opened(asked(made, q="victims")) as tab:
        first = hits(tab)[0]
        assert "mark" in tab.page.locator("#hits .snip").first.inner_html()
        assert first


def test_a_hit_leads_to_its_place_and_back_again(made: Path) -> None:
    with opened(made / "index.html") as tab:
        tab.page.fill("#find", "labour inspectors")
        tab.page.keyboard.press("Enter")
        tab.page.wait_for_url("**/search.html?q=labour+inspectors")
        finished(tab)
        assert tab.page.locator("#hits mark").all_text_contents()[:2] == ["labour", "inspectors"]
        tab.page.keyboard.press("ArrowDown")
        cite = tab.page.evaluate("document.activeElement.textContent")
        tab.page.keyboard.press("Enter")
        tab.page.wait_for_url("**/reports/**")
        place = tab.page.url.split("#")[1]
        assert cite.endswith(place.replace("rec-", "recommendation ").replace("para-", "para. "))
        assert tab.page.evaluate("document.querySelector(':target') !== null")
        tab.page.go_back()
        finished(tab)
        assert tab.page.locator("#hits li").count()
        tab.page.locator("body").click(position={"x": 5, "y": 300})
        tab.page.keyboard.press("/")
        assert tab.page.evaluate("document.activeElement.id") == "q"
        tab.page.select_option("select[name=kind]", "paragraphs")
        tab.page.wait_for_url("**kind=paragraphs**")
        finished(tab)
        assert set(tab.page.locator("#hits li > .told").evaluate_all("all => all.map(one => one.textContent.split(',')[0])")) == {
            "Paragraph"
        }
        assert not tab.errors


def test_hostile_text_is_text(hostile: Path) -> None:
    by_folder: dict[str, list[Path]] = {}
    for path in pages(hostile):
        if "document.title" in path.read_text("utf-8"):
            by_folder.setdefault(path.parent.name, []).append(path)
    assert set(by_folder) >= {"site", "reports", "recommendations", "bodies", "years", "topics", "states", "addressees"}
    for page in (path for found in by_folder.values() for path in found[:3]):
        with opened(page) as tab:
            assert tab.page.title() != "owned"
            assert not tab.errors, page
            assert not tab.page.locator("main script:not(#ui-data), main img").count()
    for path in (hostile / "search").rglob("*.js"):
        text = path.read_bytes()
        assert text.isascii()
        assert b"<" not in text
    with opened(asked(hostile, q="inspectors <script>alert(1)</script> OR owned")) as tab:
        assert hits(tab)
        assert "<script>document.title='owned'</script>" in tab.page.locator("#hits").inner_text()
        assert "\\u202e" in tab.page.locator("#hits").inner_text()
        assert not tab.page.locator("#hits script, #hits img").count()
        assert tab.page.title().startswith("Search")
        assert not tab.errors


def test_any_query_is_answered(made: Path) -> None:
    with opened(asked(made)) as tab:
        finished(tab)
        for query in (
            "((((",
            '"',
            "NOT",
            "OR OR",
            "a* b*",
            "()",
            ") victims",
            "* *",
            "NOT NOT victims",
            "(" * 200,
            "victims OR",
            "\ud83d\ude00",
            '"a b',
            "AND",
        ):
            tab.page.fill("#q", query)
            tab.page.evaluate("document.getElementById('told').textContent = ''")
            tab.page.keyboard.press("Enter")
            finished(tab)
            assert "cannot be loaded" not in tab.page.inner_text("#told"), query
        assert not tab.errors


def test_data_of_another_build_are_told_not_mixed(tmp_path: Path) -> None:
    make(held(SAMPLES / "wg4-final-report.txt"), tmp_path)
    page = tmp_path / "search" / "t" / "0.js"
    for path in (tmp_path / "search" / "t").iterdir():
        path.write_text(re.sub(r'^(tipreport\("[^"]*",")[^"]*', r"\1other", path.read_text()))
    assert '"other"' in page.read_text()
    with opened(asked(tmp_path, q="victims")) as tab:
        finished(tab)
        assert "made anew" in tab.page.inner_text("#told")


# ------------------------------------------------------------------ people
KINDS = (
    "index.html", "search.html", "reports/index.html", "recommendations/index.html", "bodies/index.html", "years/index.html", "topics/index.html",
    "states/index.html", "addressees/index.html", "bodies/Working-Group-on-Trafficking-in-Persons.html", "years/2021.html", "topics/technology.html",
    "states/NOR.html", "addressees/states_parties.html",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "dark"), [*((name, False) for name in KINDS), ("index.html", True), ("search.html", True), ("topics/technology.html", True)]
)
def test_pages_are_accessible_in_light_and_dark(made: Path, name: str, dark: bool) -> None:
    address = asked(made, q="victims") if name == "search.html" else made / name
    with opened(address, dark=dark) as tab:
        if name == "search.html":
            finished(tab)
        assert not tab.errors
        assert not tab.foreign()
        assert tab.axe() == []
        assert tab.page.locator("main").count() == tab.page.locator("h1").count() == 1
        tab.page.keyboard.press("Tab")
        if name != "search.html":  # where the cursor waits for words
            assert tab.page.evaluate("document.activeElement.className") == "skip"


@pytest.mark.parametrize("name", KINDS)
def test_pages_fit_a_narrow_screen_and_do_without_scripts(made: Path, name: str) -> None:
    with opened(made / name, width=360, scripts=False) as tab:
        width = tab.page.locator("body").bounding_box()["width"]
        assert width <= 360
        box = tab.page.locator("main").bounding_box()
        assert box["x"] >= 0
        assert box["width"] <= 360
        assert len(tab.page.locator("main").inner_text()) > 40
        if name == "search.html":
            assert "needs JavaScript" in tab.page.locator("main").inner_text()


def test_a_point_on_a_topic_is_marked_and_cited(made: Path) -> None:
    page = (made / "topics" / "technology.html").read_text("utf-8")
    assert "CTOC/COP/WG.4/2021/29, recommendation 7 (b)" in page
    assert re.search(r'<p class="d1 on"><span class="label">\(b\)</span> train cyber units', page)
    assert 'href="../reports/CTOC-COP-WG.4-2021-29.html#rec-7.b"' in page


def test_points_of_points_and_words_beside_them_are_lines() -> None:
    """Words before a label stand behind the point before it; what follows the points is a line, or goes on with the last one."""
    rows = [
        ("rec-1.a", "a", "train: (i) judges, (ii) clerks"),
        ("rec-1.a.i", "i", "judges,"),
        ("rec-1.a.ii", "ii", "clerks"),
        ("rec-1.b", "b", "pay aid"),
    ]
    text = "States should (a) train: (i) judges, (ii) clerks and also (b) pay aid"
    wanted = [(0, "", "States should"), (1, "(a)", "train:"), (2, "(i)", "judges,"), (2, "(ii)", "clerks and also"), (1, "(b)", "pay aid")]
    for tail, more in (("", wanted), (". Soon.", [*wanted[:-1], (1, "(b)", "pay aid. Soon.")]), (" Soon.", [*wanted, (0, "", "Soon.")])):
        found = show.lines(body(text + tail, show.nested(rows)), {"rec-1.a.i"})
        assert [(one.depth, one.label, one.text) for one in found] == more
        assert [one.label for one in found if one.on] == ["(i)"]


def test_denominators_are_shown_and_a_year_without_reports_is_no_zero(made: Path) -> None:
    home = (made / "index.html").read_text("utf-8")
    assert "Of 58 recommendations in 6 of 10 reports; 18 without addressee." in home
    assert re.search(r">2011–2020</th>(?:(?!</tr>).)*no report", home, re.DOTALL)
    assert "Of 158 entries in lists of speakers in 9 of 10 reports." in home
    state = (made / "states" / "NOR.html").read_text("utf-8")
    assert re.search(r"in \d+ of 9 reports that list speakers", state)
