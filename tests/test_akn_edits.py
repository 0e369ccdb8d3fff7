"""Akoma Ntoso of reports that no parser gives, and of documents that somebody edited by hand: what is kept, what is refused."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from command import SAMPLES
from test_akn import DRAFT, parsed, same, validate, written
from tipreport import akn, api
from tipreport.akn.node import parse
from tipreport.errors import SchemaError
from tipreport.model import Footnote, Mention, Point, Report, Voice

DECISIONS = SAMPLES / "cop-decisions.txt"
SESSION = SAMPLES / "hrc-session.txt"
NOTED = SAMPLES / "conference-footnotes-annex.txt"
PLAIN = "II. Talks\n\n1. The Chair thanked Chile.\n\n2. One speaker thanked Peru.\n"


def kept(report: Report, text: str | None = None) -> str:
    """The document of a report, which is valid and gives the report again."""
    xml = akn.write(report, text)
    validate(xml)
    same(report, akn.read(xml))
    return xml


def unit(text: str, *points: Point, mentions: tuple[Mention, ...] = (), voices: tuple[Voice, ...] = ()) -> Report:
    """A report of one paragraph, whose parts have no places."""
    report = api.parse(PLAIN)
    first = replace(report.paragraphs[0], text=text, points=points, mentions=mentions, voices=voices, spans=())
    return replace(report, paragraphs=(first, *report.paragraphs[1:]))


def point(label: str, text: str, *points: Point) -> Point:
    """A point without a place."""
    return Point(id=f"para-1.{label}", label=label, text=text, points=points, spans=())


# Reports that no parser gives ---------------------------------------------------------------------------------------


def test_a_unit_in_no_block_and_one_in_two_stand_once() -> None:
    report = api.parse(PLAIN)
    heading, first, second = report.blocks
    assert kept(replace(report, blocks=(heading, first, second, second))).count(">Peru</location>") == 1
    assert kept(replace(report, blocks=(heading, first))).count(">Peru</location>") == 1


def test_a_block_without_a_place_is_an_empty_line() -> None:
    report, text = parsed(SAMPLES / "sb-session.txt")
    blocks = tuple(replace(one, spans=()) if one.kind == "table" else one for one in report.blocks)
    tables = re.findall(
        r'<hcontainer name="table">\s*<content>\s*(.*?)\s*</content>', kept(replace(report, blocks=blocks), text), re.DOTALL
    )
    assert tables == ["<p/>"] * sum(one.kind == "table" for one in blocks)


def test_a_masthead_behind_the_text_stands_where_it_is_printed() -> None:
    report, text = parsed(SAMPLES / "generic-minimal.txt")
    (masthead,) = (one for one in report.blocks if one.kind == "masthead")
    xml = kept(replace(report, blocks=(*(one for one in report.blocks if one is not masthead), masthead)), text)
    behind = xml[xml.index('<hcontainer name="masthead">') :]
    assert xml.index("</section>") < len(xml) - len(behind)
    lines = [" ".join(line.split()) for span in masthead.spans for line in text[span.start : span.end].splitlines() if line.strip()]
    assert re.findall("<p>(.*?)</p>", behind) == lines


def test_notes_that_stand_nowhere_are_kept_at_the_end() -> None:
    report = api.parse(PLAIN)
    xml = kept(replace(report, footnotes=(Footnote(mark="1", text="See A/1.", paragraph=None, spans=()),)))
    assert re.search(r'<hcontainer name="notes">\s*<content>\s*<p><authorialNote [^>]*marker="1"[^>]*><p>See A/1.</p>', xml)


def test_a_note_whose_mark_the_text_leaves_out_stands_at_the_end_of_its_paragraph() -> None:
    """The text of the unit is another than its source."""
    report, text = parsed(NOTED)
    note = next(one for one in report.footnotes if one.paragraph)
    holder = next(one for one in report.paragraphs if one.number == note.paragraph and len(one.spans) > 1)
    units = tuple(replace(one, text="Other words.", points=()) if one is holder else one for one in report.paragraphs)
    assert re.search(r"<p>Other words.<authorialNote ", kept(replace(report, paragraphs=units), text))


def test_headings_below_the_fifth_level() -> None:
    report = api.parse(PLAIN)
    deep = replace(report, sections=(replace(report.sections[0], level=6),))
    assert re.search('<hcontainer eId="hdg_II" name="heading">\\s*<num>II', kept(deep))


def test_ids_of_another_form() -> None:
    report = api.parse(PLAIN)
    strange = replace(report.paragraphs[0], id="first", number=None)
    blocks = tuple(replace(one, ref="first") if one.ref == report.paragraphs[0].id else one for one in report.blocks)
    assert '<paragraph eId="first">' in kept(replace(report, paragraphs=(strange, *report.paragraphs[1:]), blocks=blocks))


def test_a_panellist_in_no_paragraph_is_a_record() -> None:
    someone = replace(parsed(DRAFT)[0].panellists[0], name="Ana Ruiz", paragraphs=(), spans=())
    xml = kept(replace(api.parse(PLAIN), panellists=(someone,)))
    assert '<t:panellist name="Ana Ruiz"' in xml
    assert "<person" not in xml


def test_empty_words_in_lists() -> None:
    report, text = parsed(DRAFT)
    first = replace(report.recommendations[0], hedges=("", "a b", "\\"))
    xml = kept(replace(report, recommendations=(first, *report.recommendations[1:])), text)
    assert [one.get("hedges") for one in parse(xml).walk() if one.get("hedges")][:1] == [r"\e a\_b \\"]


@pytest.mark.parametrize(
    ("text", "points", "nums"),
    [
        ("We ask: (a)Chile acts; (b) Peru pays.", [point("a", "Chile acts;"), point("b", "Peru pays.")], ["(a)", "(b)"]),
        ("Peru pays.", [point("", "Peru pays.")], []),
        ("We ask: (a) that; (b) this.", [point("a", "that;"), point("x", ""), point("y", "nowhere"), point("b", "this.")], ["(a)", "(b)"]),
        ("A state, (a) state, (b) stateless.", [point("b", "state")], ["(b)"]),
        ("no " * 50 + "no.", [point("b", "no")], []),
        ("The Council: no.", [point("b", "no")], ["Council:"]),
    ],
)  # fmt: skip
def test_points_without_places_stand_behind_their_labels(text: str, points: list[Point], nums: list[str]) -> None:
    chile = Mention(kind="state", id="CHL", name="Chile", as_printed="Chile", spans=())
    xml = kept(unit(text, *points, mentions=(chile,) if "Chile" in text else ()))
    listed = re.search(r"<list .*?</list>", xml, re.DOTALL)
    assert listed
    assert re.findall("<num>(.*?)</num>", listed[0]) == nums


def test_a_name_that_a_clause_cuts_is_marked_and_the_clause_a_record() -> None:
    state = Mention(kind="state", id="CRI", name="Costa Rica", as_printed="Costa Rica", spans=())
    clause = Voice(quantifier="one", noun="speaker", verb="thank", text="One speaker thanked Costa", spans=())
    xml = kept(unit("One speaker thanked Costa Rica.", mentions=(state,), voices=(clause,)))
    assert re.search(r"thanked <location [^>]*>Costa Rica</location>", xml)
    assert '<inline name="voice"' not in xml[: xml.index("Costa Rica</location>")]


def test_a_speaker_of_the_name_of_another_state_is_marked_apart() -> None:
    """The mention says one State, the list of speakers another: both are kept."""
    report, text = parsed(NOTED)
    one = next(one for one in report.statements if one.states and one.states[0].spans)
    other = replace(one, states=(replace(one.states[0], id="XXX", name="Utopia"), *one.states[1:]))
    xml = kept(replace(report, statements=tuple(other if each is one else each for each in report.statements)), text)
    assert f'showAs="{one.states[0].name}"' in xml
    assert 'showAs="Utopia"' in xml


def test_days_that_no_calendar_has_are_no_dates() -> None:
    text = "II. Talks\n\n1. Not on 31 February 2020 but on 1 March 2020.\n"
    assert re.findall('<date date="(.*?)">', kept(api.parse(text), text)) == ["2020-03-01"]


def test_a_state_that_stands_twice_in_a_list_is_marked_at_its_place() -> None:
    """``Guinea`` is the end of another name; without its place it would be marked there."""
    text = parsed(SESSION)[1].replace("Barbados\n", "Equatorial Guinea\nGuinea\n", 1)
    xml = kept(api.parse(text), text)
    assert re.search(r"<p><organization [^>]*>Equatorial Guinea</organization></p>\s*<p><organization [^>]*>Guinea</organization></p>", xml)


# Documents that somebody edited -------------------------------------------------------------------------------------


def edited(xml: str, old: str, new: str) -> Report:
    """The report of a document with one place changed."""
    assert old in xml
    return akn.read(xml.replace(old, new, 1))


def test_a_point_whose_number_was_taken_out() -> None:
    report = edited(written(DRAFT), "<num>(b)</num>", "")
    points = next(one.points for one in report.recommendations if one.number == "10")
    assert [one.label for one in points] == ["a", "", "c", "d"]
    assert points[1].text.startswith("train cyber units")


def test_a_section_whose_title_was_taken_out() -> None:
    report = edited(written(DECISIONS), "<heading>Adoption of the agenda</heading>", "")
    assert [(one.label, one.title) for one in report.sections][1:3] == [("II", "Organizational matters"), ("II.A", "")]


def test_what_references_lists_for_others_is_no_name_of_ours() -> None:
    """Nor is a concept that is no instrument, nor a mark of a note that stands elsewhere."""
    entry = '<TLCConcept eId="theirs" href="/elsewhere/x" showAs="x"/></references>'
    xml = written(DRAFT).replace("</references>", entry, 1)
    word = '<concept refersTo="#theirs">content</concept><noteRef href="#theirs" marker="7"/>'
    report = edited(xml, "a broad duty to remove content", f"a broad duty to remove {word}")
    same(parsed(DRAFT)[0], report)


@pytest.mark.parametrize(
    ("added", "text"),
    [
        ("<p>Put in.</p>", "Put in. "),
        ("<content><p>Put</p><p>in.</p></content>", "Put in. "),
        ('<hcontainer name="other"><content><container><p>Put</p></container><table/><p>in.</p></content></hcontainer>', "Put in. "),
        ('<hcontainer name="furniture"><content><p>Not of it.</p></content></hcontainer>', ""),
    ],
)
def test_what_is_put_into_a_decision_is_of_its_text(added: str, text: str) -> None:
    before = parsed(DECISIONS)[0].decisions[0]
    found = re.search(r'<title eId="annex_I__title_decision-1-chms-3">.*?</heading>', written(DECISIONS), re.DOTALL)
    assert found
    report = edited(written(DECISIONS), found[0], found[0] + added)
    assert report.decisions[0].text == text + before.text
    assert report.decisions[1:] == tuple(replace(one, spans=()) for one in parsed(DECISIONS)[0].decisions[1:])


def test_the_days_of_a_meeting_are_those_of_the_first_event_that_has_some() -> None:
    event = '<event refersTo="#meeting-2023-09-18"><date date="2023-09-18">'
    more = '<event refersTo="#x">Some event</event>, %s, <event refersTo="#x"><date date="1999-01-01">then</date></event>'
    found = re.search(rf"{event}.*?</event>", written(DECISIONS))
    assert found
    masthead = edited(written(DECISIONS), found[0], more % found[0]).masthead
    assert (masthead.meeting_start, masthead.meeting_end) == ("2023-09-18", "2023-09-22")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("mainBody", "body", "the document has no mainBody at line 3"),
        (r"<doc name=.annex.>.*?</doc>", "", "the attachment has no mainBody at line"),
    ],
)
def test_what_was_taken_out_is_told(old: str, new: str, word: str) -> None:
    with pytest.raises(SchemaError, match=word):
        akn.read(re.sub(old, new, written(NOTED), flags=re.DOTALL))
