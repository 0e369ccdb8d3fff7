"""The page of one report: the text as printed, every mark on its object, and what a reader does with it in a real browser."""

from __future__ import annotations

import dataclasses
import html
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browser import opened
from test_invariants import built, calls, damaged
from tipreport import akn, api
from tipreport.exporters import Options, Sheet
from tipreport.exporters.html import page, shown, write
from tipreport.inputs import open_source
from tipreport.marking import CLOSE, OPEN, TEXT, Mark, lay
from tipreport.model import Mention, Report
from tipreport.things import KINDS, things
from tipreport.visible import visible

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
FOLDER = os.environ.get("TIPREPORT_REPORTS")
REPORTS = sorted(Path(FOLDER).glob("*.txt")) if FOLDER else []
FINAL = Path(__file__).parents[1] / "samples/wg4-final-report.txt"
WRAPPED = Path(__file__).parents[1] / "samples/vienna-hard-wrapped.txt"

HOSTILE = (
    "A/CONF.905/2024/7\n\nUnited Nations\n\nReport on <script>alert(1)</script> & \"quotes\" 'n' </title></style>\n\n"
    "I. Introduction <img src=x onerror=alert(2)>\n\n"
    '1. Many speakers noted that ]]> and <!-- and --> and &lt;b&gt; &amp; \x1b[31mred\x1b[0m [/red] =HYPERLINK("x") {{ 7*7 }} {% x %}.\n\n'
    "2. A lone \ud800 and \udfff, a \u202eturn\u202c, a \ufeffmark, a \u2028line, a \x85next, a \x00zero; see A/RES/<b>/1 and resolution 60/251.\n\n"
    'Recommendation 1\n\nStates parties should </script><script>alert(3)</script> keep: (a) "this"; (b) <b onclick=alert(4)>that</b>.\n'
)
HOSTILE_NAME = '<b>name</b>\u202e\x1b" onload="alert(5)\'.txt'


@cache
def parsed(path: Path) -> tuple[Report, str]:
    """A report and its text."""
    text = open_source(str(path)).text
    return api.parse(text, name=f"samples/{path.name}"), text


@cache
def made(path: Path) -> str:
    """The page of a sample."""
    return page(Sheet(*parsed(path)))


@pytest.fixture
def laid(tmp_path: Path) -> Any:
    """A page in a file."""

    def lay_down(content: str | Path) -> Path:
        path = tmp_path / "page.html"
        path.write_text(made(content) if isinstance(content, Path) else content, "utf-8", newline="")
        return path

    return lay_down


def solid(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def as_read(text: str) -> str:
    """What a reader of the page sees of a text, white space aside."""
    return visible("".join(c for c in text if not c.isspace()))


def folded(text: str) -> str:
    """Text with its white space folded."""
    return " ".join(text.split())


def plain(content: str) -> str:
    """The text of the report on a page, without a browser."""
    body = re.search(r'<div id="ui-text" tabindex="-1">\n(.*?)\n</div>\n(?:<section|</main>)', content, re.DOTALL)
    assert body
    return html.unescape(re.sub(r"<[^>]*>", "", body[1]))


def data(content: str) -> Any:
    """What the page knows of its things."""
    found = re.search(r'<template id="ui-data">(.*?)</template>', content, re.DOTALL)
    assert found
    return json.loads(found[1])


# Marks -------------------------------------------------------------------------------------------------------

_RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12)


@given(_RANGES, st.lists(st.integers(0, 40), min_size=2, max_size=8, unique=True))
def test_marks_nest_and_hold_exactly_their_characters(ranges: list[tuple[int, int]], edges: list[int]) -> None:
    marks = [Mark(min(pair), max(pair), number % 3, number) for number, pair in enumerate(ranges)]
    edges = sorted(edges)
    strips = list(zip(edges[::2], edges[1::2], strict=False))
    held: dict[int, list[int]] = {mark.key: [] for mark in marks}
    begun: dict[int, int] = {}
    for (low, high), steps in zip(strips, lay(strips, marks), strict=True):
        stack: list[int] = []
        at = low
        for what, start, end, key, whole in steps:
            if what == OPEN:
                assert key not in stack
                stack.append(key)
                begun[key] = begun.get(key, 0) + whole
            elif what == CLOSE:
                assert stack.pop() == key
            else:
                assert (what, start) == (TEXT, at)
                assert start < end
                at = end
                for key in stack:
                    held[key] += range(start, end)
        assert (at, stack) == (high, [])
    for mark in marks:
        assert held[mark.key] == [i for low, high in strips for i in range(max(low, mark.start), min(high, mark.end))]
        assert begun.get(mark.key, 0) <= 1


def test_marks_that_do_not_cross_are_not_cut() -> None:
    marks = [Mark(0, 10, 0, 0), Mark(2, 4, 0, 1), Mark(4, 10, 0, 2), Mark(0, 10, 1, 3)]
    (steps,) = lay([(0, 10)], marks)
    assert [step.key for step in steps if step.what == OPEN] == [0, 3, 1, 2]


# The text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*SAMPLES, *REPORTS], ids=lambda path: path.stem[:30])
def test_every_character_is_there_in_order(path: Path) -> None:
    report, text = parsed(path)
    assert solid(plain(page(Sheet(report, text)))) == as_read(text)


@given(damaged() | built())
def test_every_character_of_any_text_is_there(text: str) -> None:
    report = api.parse(text)
    content = page(Sheet(report, text))
    content.encode()
    assert solid(plain(content)) == as_read(text)
    fields = data(content)
    assert len(fields["things"]) == len(things(report, text))
    bare = page(Sheet(report))
    bare.encode()
    assert {int(key) for key in re.findall(r'data-o="(\d+)"', bare)} == set(range(len(things(report))))


def test_blocks_that_overlap_show_their_text_once() -> None:
    report, text = parsed(FINAL)
    doubled = dataclasses.replace(report, blocks=(*report.blocks, *report.blocks[5:9]))
    assert solid(plain(page(Sheet(doubled, text)))) == as_read(text)


def test_headings_of_a_report_without_places_are_marked_each_as_itself() -> None:
    """What was read from Akoma Ntoso has no spans, so that those of all sections are the same."""
    report = akn.read(akn.write(parsed(FINAL)[0]))
    content = page(Sheet(report))
    told = {row[2]: key for key, row in enumerate(data(content)["things"])}
    assert len(report.sections) > 5
    for section in report.sections:
        found = re.search(rf'<mark [^>]*data-o="{told[f"sec-{section.label}"]}"[^>]*>(.*?)</mark>', content)
        assert found
        assert html.unescape(found[1]) == section.title


def test_a_masthead_that_says_nothing_is_left_out() -> None:
    report, _ = parsed(FINAL)
    nothing: dict[str, Any] = {field.name: () if field.name == "spans" else None for field in dataclasses.fields(report.masthead)}
    empty = type(report.masthead)(**nothing)
    silent = page(Sheet(dataclasses.replace(report, masthead=empty)))
    assert report.masthead.title
    assert report.masthead.title in page(Sheet(report))
    assert report.masthead.title not in silent


def test_white_space_of_any_kind_is_white_space() -> None:
    assert shown("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\x1ch") == "a\nb\nc\nd\ne\nf\ng h"
    assert shown("\x1b\u202e\ud800") == "\\x1b\\u202e\\ud800"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_text_and_marks_in_the_browser(path: Path, laid: Any) -> None:
    """What is seen is the source; the marks of every object are exactly its text; its fields are at hand."""
    report, text = parsed(path)
    found = things(report, text)
    with opened(laid(path)) as tab:
        assert solid(tab.page.inner_text("#ui-text")) == as_read(text)
        words = tab.page.evaluate(
            """() => {
              const out = {};
              document.querySelectorAll("main mark[data-o]").forEach((one) => {
                const key = one.dataset.o;
                (out[key] = out[key] || []).push(one.textContent);
              });
              return out;
            }"""
        )
        for key, thing in enumerate(found):
            held = as_read("".join(text[span.start : span.end] for span in thing.spans))
            label = [] if thing.spans else words[str(key)]
            assert solid("".join(words[str(key)])) == held or label, thing
        assert set(words) == {str(key) for key in range(len(found))}
        assert (tab.errors, tab.foreign()) == ([], [])


def test_every_object_of_the_report_is_a_thing() -> None:
    """No kind is forgotten: each object of the model that has a place is marked there."""
    for path in SAMPLES:
        report, text = parsed(path)
        places = {thing.spans for thing in things(report, text)}

        def walk(one: Any, places: Any = places) -> None:
            if isinstance(one, tuple):
                for part in one:
                    walk(part, places)
            elif dataclasses.is_dataclass(one) and hasattr(one, "spans"):
                assert one.spans in places, one
                for part in dataclasses.fields(one):
                    walk(getattr(one, part.name), places)

        for field in dataclasses.fields(report):
            if field.name not in {"blocks", "parts"}:
                walk(getattr(report, field.name))


def test_fields_are_told_whole() -> None:
    report, text = parsed(FINAL)
    told = data(made(FINAL))
    names = {kind: fields for kind, _, _, fields in told["kinds"]}
    assert list(names) == list(KINDS)
    by_anchor = {row[2]: dict(zip(names[told["kinds"][row[0]][0]], row[4], strict=False)) for row in told["things"] if row[2]}
    for rec in report.recommendations:
        row = by_anchor[rec.id]
        assert told["cite"] + row["cite"] == rec.cite
        assert (row["modality"], row["strength"]) == (rec.modality, rec.strength)
        assert row["addressees"] == [f"{one.name} ({one.id})" for one in rec.addressees]
    assert told["cite"] + by_anchor["rec-7.a"]["cite"] == f"{report.recommendations[6].cite} (a)"
    spans = next(row[3] for row in told["things"] if row[2] == "rec-7")
    assert spans == [[one.start, one.end, one.line, one.end_line] for one in report.recommendations[6].spans]
    assert "should" in text


def test_modality_is_marked_where_it_stands_or_not_at_all() -> None:
    report, text = parsed(FINAL)
    marks = [thing for thing in things(report, text) if thing.kind == "modality"]
    assert len(marks) == len(report.recommendations)
    for thing in marks:
        assert folded("".join(text[one.start : one.end] for one in thing.spans)) == thing.values[0]
        assert all(text.count("\n", 0, one.start) + 1 == one.line for one in thing.spans)


def test_modality_that_stands_twice_is_marked_behind_the_addressee() -> None:
    """Where neither the only place nor an addressee tells which one it is, nothing is marked."""
    text = parsed(FINAL)[1]
    twice = text.replace("States parties should review", "As all should know, States parties should review")
    unclear = text.replace("States parties should review", "States parties, as they should, should review")
    for changed, wanted in ((twice, twice.index("should review")), (unclear, None)):
        report = api.parse(changed)
        assert report.recommendations[0].modality == "should"
        found = [thing for thing in things(report, changed) if thing.kind == "modality" and thing.unit == "rec-1"]
        assert [thing.spans[0].start for thing in found] == ([] if wanted is None else [wanted])


def test_text_that_no_block_holds_is_shown_too() -> None:
    report, text = parsed(FINAL)
    some = dataclasses.replace(report, blocks=report.blocks[3:-3:2])
    assert solid(plain(page(Sheet(some, text)))) == as_read(text)


# A reader ----------------------------------------------------------------------------------------------------


def test_the_legend_counts_and_filters(laid: Any) -> None:
    report, text = parsed(FINAL)
    with opened(laid(FINAL)) as tab:
        count = tab.page.inner_text("[data-list=state]").split()[0]
        assert int(count) == sum(thing.kind == "state" for thing in things(report, text))
        style = "() => getComputedStyle(document.querySelector('main mark.state')).textDecorationLine"
        assert tab.page.evaluate(style) == "underline"
        tab.page.uncheck("input[data-k=state]")
        assert tab.page.evaluate(style) == "none"
        assert tab.page.inner_text("#ui-status") == "Hidden: States"
        tab.page.click("[data-all=off]")
        tab.page.locator("main mark.state").first.click()
        assert tab.page.locator("#ui-panel.idle").count() == 1  # what is hidden does not answer
        tab.page.click("[data-all=on]")
        assert tab.page.evaluate(style) == "underline"
        tab.page.click("[data-list=panellist]")
        assert tab.page.locator("#ui-panel .others li").count() == len(report.panellists)
        assert tab.errors == []


def test_the_panel_shows_an_object_and_what_is_at_its_place(laid: Any) -> None:
    with opened(laid(FINAL), width=1500) as tab:
        tab.page.locator("main mark.panellist").first.locator("mark.state").click()
        panel = tab.page.locator("#ui-panel")
        assert panel.locator("h2").inner_text() == "Georgia"
        assert folded(panel.locator("dl").inner_text()).startswith(
            "name Georgia id GEO as printed Georgia role named in the text State of Ketevan Abashidze on behalf of not given"
        )
        others = [folded(text) for text in panel.locator("h3:text('Also here') + ul li").all_inner_texts()]
        assert others == ["Panellist Ketevan Abashidze", "Paragraph Paragraph 5"]
        panel.locator("button:has-text('Ketevan Abashidze')").click()
        assert panel.locator("h2").inner_text() == "Ketevan Abashidze"
        assert "line 118, characters 4,856 to 5,003" in panel.inner_text()
        tab.page.keyboard.press("Escape")
        assert tab.page.locator("#ui-panel.idle").count() == 1
        assert tab.errors == []


def test_the_panel_joins_a_mark_that_another_one_cuts(laid: Any) -> None:
    """Two ranges that cross in the middle of a word: each is told whole."""
    report, text = parsed(FINAL)
    voice = report.paragraphs[7].voices[0]
    span = dataclasses.replace(voice.spans[0], end=voice.spans[0].end - 5)
    voice = dataclasses.replace(voice, spans=(span,))
    half = dataclasses.replace(span, start=span.end - 4, end=span.end + 9)
    state = Mention(kind="state", id="XXX", name="X", as_printed=text[half.start : half.end], spans=(half,))
    unit = dataclasses.replace(report.paragraphs[7], mentions=(state,), voices=(voice,))
    crossed = dataclasses.replace(report, paragraphs=(unit,))
    with opened(laid(page(Sheet(crossed, text))), width=1500) as tab:
        assert tab.page.locator("#para-8 mark.state").count() == 2
        tab.page.locator("#para-8 mark.state").last.click()
        assert tab.page.locator("#ui-panel h2").inner_text() == folded(state.as_printed)


def test_the_cite_is_copied(laid: Any) -> None:
    with opened(laid(FINAL), width=1500, fragment="rec-7.a") as tab:
        tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab.page.click("text=Copy cite")
        tab.page.wait_for_function("document.getElementById('ui-status').textContent === 'Cite copied'")
        assert tab.page.evaluate("navigator.clipboard.readText()") == "CTOC/COP/WG.4/2021/29, recommendation 7 (a)"


@pytest.mark.parametrize("anchor", ["rec-7", "para-15", "rec-7.b", "sec-III.B", "masthead"])
@pytest.mark.parametrize("scripts", [True, False])
def test_deep_links_show_their_target(laid: Any, anchor: str, scripts: bool) -> None:
    with opened(laid(FINAL), fragment=anchor, scripts=scripts) as tab:
        if anchor != "masthead":
            tab.page.wait_for_function("scrollY > 200") if scripts else tab.page.wait_for_timeout(200)
        box = tab.page.locator(f"[id='{anchor}']").bounding_box()
        assert box
        assert 40 <= box["y"] < 900 - min(box["height"], 800)


def test_search_finds_across_line_ends_marks_hyphens_and_pages(laid: Any) -> None:
    with opened(laid(WRAPPED)) as tab:
        hits = tab.page.locator("#ui-hits")

        def search(words: str) -> str:
            tab.page.fill("#ui-query", words)
            return str(hits.inner_text())

        assert search("TRAFFICKING in persons") == "1 of 3"  # one is cut: traf-ficking
        assert search("age-sensitive standards") == "1 of 1"
        assert search("Counter-Terrorism Directorate (Italy)") == "1 of 1"  # a page break with furniture stands between
        assert search("“Financial  investigations") == search('"financial investigations')
        assert search("no such words") == "no hit"
        places = re.findall(r"smuggled\s+migrants", parsed(WRAPPED)[1], re.IGNORECASE)
        assert search("smuggled migrants") == f"1 of {len(places)}"
        first = tab.page.evaluate("[...CSS.highlights.get('hit-now')][0].toString().replace(/\\s+/g, ' ')")
        assert first.lower() == "smuggled migrants"
        tab.page.press("#ui-query", "Enter")
        assert hits.inner_text().startswith("2 of ")
        tab.page.press("#ui-query", "Shift+Enter")
        tab.page.press("#ui-query", "Shift+Enter")
        last, _, of = hits.inner_text().partition(" of ")
        assert last == of
        top = tab.page.evaluate("[...CSS.highlights.get('hit-now')][0].getBoundingClientRect().top")
        assert 40 < top < 900
        tab.page.press("#ui-query", "Escape")
        assert (hits.inner_text(), tab.page.evaluate("CSS.highlights.size")) == ("", 0)
        assert tab.errors == []


def test_the_keyboard_is_enough(laid: Any) -> None:
    with opened(laid(FINAL), width=1500) as tab:
        keys, focused = tab.page.keyboard, "document.activeElement"
        keys.press("/")
        assert tab.page.evaluate(f"{focused}.id") == "ui-query"
        keys.type("/recommendation 9")
        assert tab.page.input_value("#ui-query") == "/recommendation 9"  # in a field a key is a letter
        tab.page.uncheck("#ui-slash")
        tab.page.evaluate("document.activeElement.blur()")
        keys.press("/")
        assert tab.page.evaluate(f"{focused}.id") != "ui-query"
        tab.page.evaluate("document.querySelector('.skip').focus()")
        keys.press("Enter")
        assert tab.page.evaluate(f"{focused}.id") == "ui-text"
        keys.press("Tab")
        assert tab.page.evaluate(f"{focused}.tagName") == "MARK"
        for _ in range(3):
            keys.press("ArrowRight")
        assert tab.page.evaluate("document.querySelectorAll('main mark[tabindex]').length") == 1  # one stop, not a thousand
        assert tab.page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"
        kind = tab.page.evaluate(f"{focused}.className")
        assert tab.page.inner_text("#ui-status").startswith(KINDS[kind.split()[0]].one)
        keys.press("Enter")
        assert tab.page.evaluate(f"document.getElementById('ui-panel').contains({focused})")
        keys.press("Escape")
        assert tab.page.evaluate(f"{focused}.className.split(' ')[0]") == kind.split()[0]
        keys.press("End")
        keys.press(" ")
        assert tab.page.locator("#ui-panel h2").count() == 1
        assert tab.errors == []


def test_a_page_without_scripts_is_read_too(laid: Any) -> None:
    report, text = parsed(FINAL)
    with opened(laid(FINAL), scripts=False) as tab:
        assert solid(tab.page.inner_text("#ui-text")) == as_read(text)
        assert not tab.page.locator("#ui-query, #ui-panel, .row input").locator("visible=true").count()
        assert tab.page.locator(".contents a").count() == len([one for one in report.sections if not one.continued])


def test_print_leaves_the_text_alone(laid: Any) -> None:
    with opened(laid(FINAL), fragment="rec-7", width=1500) as tab:
        tab.page.emulate_media(media="print")
        for name in (".bar", ".side", "#ui-panel", ".handle"):
            assert not tab.page.locator(name).first.is_visible(), name
        assert solid(tab.page.inner_text("#ui-text")) == as_read(parsed(FINAL)[1])


def test_narrow_screens_do_not_scroll_sideways(laid: Any) -> None:
    for path in (FINAL, WRAPPED, SAMPLES[1]):
        with opened(laid(path), width=340, height=700) as tab:
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= 340
            tab.page.locator("main mark.state, main mark.reference").first.click()
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= 340
            assert tab.page.locator("#ui-panel").bounding_box()["height"] <= 0.56 * 700


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", [FINAL, WRAPPED], ids=lambda path: path.stem)
def test_nothing_stands_in_the_way_of_anybody(laid: Any, path: Path, dark: bool) -> None:
    with opened(laid(path), dark=dark, width=1500) as tab:
        assert tab.axe("serious", "critical", "moderate", "minor") == []
        tab.page.locator("main mark.paragraph").nth(4).click()
        tab.page.check("[data-view=tags]")
        tab.page.fill("#ui-query", "the")
        tab.page.set_viewport_size({"width": 800, "height": 700})
        assert tab.axe() == []


def test_the_search_for_hindrances_finds_some(laid: Any) -> None:
    """A test of the test."""
    with opened(laid(made(FINAL).replace(' aria-label="Next hit"', "").replace("&#8595;", ""))) as tab:
        assert any(one.startswith("button-name (critical)") for one in tab.axe())


# Any report --------------------------------------------------------------------------------------------------


def hostile() -> Sheet:
    """A report full of markup of other forms."""
    return Sheet(api.parse(HOSTILE, name=HOSTILE_NAME), HOSTILE)


@pytest.mark.parametrize("whole", [True, False])
def test_markup_in_a_report_is_text(laid: Any, whole: bool) -> None:
    sheet = hostile() if whole else hostile()._replace(text=None)
    content = page(sheet, home='"><script>alert(6)</script>')
    with opened(laid(content)) as tab:
        tab.page.on("dialog", lambda dialog: tab.errors.append(dialog.message))
        assert tab.page.locator("script").count() == 1, "our own"
        assert not tab.page.locator("img, b").count()
        seen = tab.page.inner_text("#ui-text")
        if whole:
            assert solid(seen) == as_read(HOSTILE)
        assert "<script>alert(3)</script>" in seen
        assert visible(HOSTILE_NAME) in tab.page.inner_text("main")
        tab.page.click(".recommendation-unit .handle")
        assert "<script>alert(3)</script>" in tab.page.inner_text("#ui-panel")
        assert (tab.errors, tab.foreign()) == ([], [])


def test_nothing_but_its_own_script_runs(laid: Any) -> None:
    """Even if an escape were forgotten, the browser would not run what got in."""
    content = made(FINAL).replace(
        "<main>", "<main><img src='https://example.org/x.png' onerror='document.title=1'><script>document.title=2</script>", 1
    )
    with opened(laid(content)) as tab:
        assert len([told for told in tab.errors if "Content Security Policy" in told]) == 3  # the image, its handler, the script
        assert tab.page.title().startswith("CTOC/")


def test_a_saved_report_is_shown_from_its_objects(laid: Any) -> None:
    report, text = parsed(WRAPPED)
    saved = Report.from_json(report.to_json())
    with opened(laid(page(Sheet(saved)))) as tab:
        seen = folded(tab.page.inner_text("#ui-text"))
        units: list[Any] = [*report.recommendations, *report.paragraphs]
        for unit in units:
            assert folded(unit.text) in seen
            assert tab.page.locator(f"[id='{unit.id}']").count() == 1
        for note in report.footnotes:
            assert folded(note.text) in seen
        words = tab.page.evaluate("[...document.querySelectorAll('main mark[data-o]')].map((one) => [one.dataset.o, one.textContent])")
        found = things(report)
        assert {int(key) for key, _ in words} == set(range(len(found)))
        for key, told in words:
            if found[int(key)].printed and found[int(key)].kind not in {"recommendation", "paragraph", "point", "masthead"}:
                assert folded(told) in folded(found[int(key)].printed or "")
        assert "The source text is not at hand" in tab.page.inner_text("main")
        assert (tab.errors, tab.axe()) == ([], [])
    assert text


def test_a_narrowed_report_shows_what_is_left(laid: Any) -> None:
    report, text = parsed(FINAL)
    kinds = "paragraphs recommendations statements attendance references footnotes diagnostics agenda sections blocks"
    empty: dict[str, Any] = dict.fromkeys(kinds.split(), ())
    few = dataclasses.replace(report, **empty)
    with opened(laid(page(Sheet(few, None, narrowed=True)))) as tab:
        below = tab.page.inner_text("main")
        assert "Only the chosen objects" in below
        assert all(person.name in below for person in report.panellists)
        tab.page.locator("main mark.panellist").first.click()
        assert tab.page.locator("#ui-panel h2").inner_text() == report.panellists[0].name
        assert tab.errors == []
    assert text


def test_anchors_are_unique_whatever_the_ids() -> None:
    report, text = parsed(FINAL)
    units = tuple(dataclasses.replace(one, id='ui-panel x"<') for one in report.paragraphs[:5])
    content = page(Sheet(dataclasses.replace(report, paragraphs=units), text))
    ids = re.findall(r'\sid="([^"]*)"', content)
    assert len(ids) == len(set(ids))
    assert not any(re.search(r"\s", one) for one in ids)


@pytest.mark.parametrize("path", [*SAMPLES, None], ids=lambda path: path.stem if path else "hostile")
def test_the_page_is_html(path: Path | None) -> None:
    """The strict parser of the HTML standard finds no error in it."""
    html5lib = pytest.importorskip("html5lib", reason="html5lib is not installed")
    for sheet in [Sheet(*parsed(path)), Sheet(parsed(path)[0])] if path else [hostile()]:
        content = page(sheet)
        html5lib.HTMLParser(strict=True).parse(content)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", content)


def test_the_same_report_makes_the_same_page() -> None:
    report, text = parsed(WRAPPED)
    assert page(Sheet(api.parse(text, name=report.source.name), text)) == made(WRAPPED)
    assert "".join(write([Sheet(report, text)], Options())) == made(WRAPPED)


def test_a_way_home_where_there_is_one() -> None:
    report, text = parsed(WRAPPED)
    assert 'href="../index.html"' in page(Sheet(report, text), home="../index.html")
    assert "All reports" not in made(WRAPPED)


def test_links_to_the_documents_system(laid: Any) -> None:
    with opened(laid(FINAL)) as tab:
        links = tab.page.evaluate("[...document.querySelectorAll('#ui-text a.out')].map((one) => one.href)")
    report, _ = parsed(FINAL)
    assert sorted(links) == sorted(f"https://undocs.org/en/{one.target}" for one in report.references if one.kind == "symbol")


def test_marks_of_footnotes_lead_to_them(laid: Any) -> None:
    report, _ = parsed(WRAPPED)
    assert report.footnotes
    with opened(laid(WRAPPED)) as tab:
        for note in report.footnotes:
            tab.page.click(f"a.note[href='#fn-{note.mark}']")
            assert tab.page.evaluate("decodeURI(location.hash)") == f"#fn-{note.mark}"
            box = tab.page.locator(f"[id='fn-{note.mark}']").bounding_box()
            assert box
            assert 40 <= box["y"] < 900


def test_points_can_stand_on_lines_of_their_own(laid: Any) -> None:
    with opened(laid(FINAL)) as tab:
        tops = "() => new Set([...document.querySelectorAll('#rec-7 .point')].map((one) => one.getClientRects()[0].top)).size"
        left = (
            "() => new Set([...document.querySelectorAll('#rec-7 .point')].map((one) => Math.round(one.getClientRects()[0].left / 9))).size"
        )
        before = tab.page.evaluate(left)
        tab.page.check("[data-view=apart]")
        assert tab.page.evaluate(tops) == len(parsed(FINAL)[0].recommendations[6].points)
        assert tab.page.evaluate(left) < before


def test_the_work_grows_with_the_text() -> None:
    """A report ten times as long makes a page ten times as long; what is on every page stays as it is."""
    _, text = parsed(WRAPPED)
    sizes = []
    for times in (1, 10, 20):
        long = text * times
        sizes.append(len(page(Sheet(api.parse(long), long))))
    assert (sizes[2] - sizes[1]) / 10 < 1.1 * (sizes[1] - sizes[0]) / 9


@pytest.mark.parametrize("path", [FINAL, WRAPPED], ids=lambda path: path.stem)
def test_a_page_is_less_work_than_the_parse(path: Path) -> None:
    report, text = parsed(path)
    made(path)  # templates are read once
    assert calls(lambda: page(Sheet(report, text))) < calls(lambda: api.parse(text))
