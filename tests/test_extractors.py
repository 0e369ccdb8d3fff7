"""The examples that every extractor carries are run; below, what a table of examples cannot say.

A new file in ``entities/`` without EXAMPLES and COUNTEREXAMPLES fails here, and so does one that ``RUN`` does not
know how to call.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from tipreport import api, gazetteer, registry
from tipreport.config import Config
from tipreport.entities import agenda_item, mention, modality, panellist, proposer, reference, statement, topic, voice
from tipreport.model import Panellist, Report

NAMES = registry.names("entities")
CONFIG = Config()


def _voices(text: str) -> list[object]:
    found = voice.find(text, gazetteer.fold(text), gazetteer.everything(CONFIG))
    return [(one.quantifier, one.noun, one.verb) for one in found]


def _mentions(text: str) -> list[object]:
    out: list[object] = []
    for one in mention.find(text, gazetteer.fold(text), CONFIG):
        out.append(f"{one.kind} {one.entry.id if one.entry else one.name}")
    return out


def _statements(text: str) -> list[object]:
    found = statement.find(text, gazetteer.fold(text), [], "other", CONFIG, statement.SPOKE)
    return [f"{one.capacity} {' '.join(speaker.state.entry.id for speaker in one.states)}".strip() for one in found]


def _form(text: str) -> object:
    form = modality.read(text, CONFIG)
    return (form.modality, form.strength, form.verb, [who[0] for who in form.addressees])


# How each extractor is called on a text, and what of its findings its examples give.
RUN: dict[str, Callable[[str], object]] = {
    "agenda_item": lambda text: [item.number for item in agenda_item.find(text)],
    "mention": _mentions,
    "modality": _form,
    "panellist": lambda text: [text[slice(*one.name)] for one in panellist.find(text, gazetteer.fold(text))],
    "proposer": lambda text: [one.entry.id for one in proposer.find(text, gazetteer.fold(text))],
    "reference": lambda text: [(one.kind, one.target) for one in reference.find(text)],
    "statement": _statements,
    "topic": lambda text: list(topic.find(text, CONFIG)),
    "voice": _voices,
}

# What a refused text gives.
NOTHING: dict[str, object] = {"modality": (None, None, None, [])}


def _pairs(attribute: str) -> list[Any]:
    texts = [(name, text) for name in NAMES for text in getattr(registry.load("entities", name), attribute, ())]
    return [pytest.param(name, text, id=f"{name}: {text[:50]}") for name, text in texts]


def test_every_extractor_can_be_called() -> None:
    """The registry and the table of calls name the same extractors."""
    assert set(RUN) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_docstring(name: str) -> None:
    """Each extractor says what it reads."""
    module: ModuleType = registry.load("entities", name)
    assert len((module.__doc__ or "").split()) > 10
    assert inspect.isfunction(getattr(module, "find", None) or getattr(module, "read", None))


@pytest.mark.parametrize("name", NAMES)
def test_carries_examples(name: str) -> None:
    """Each extractor carries examples of what it reads."""
    assert registry.load("entities", name).EXAMPLES


@pytest.mark.parametrize("name", NAMES)
def test_carries_counterexamples(name: str) -> None:
    """Each extractor carries texts that it must refuse."""
    assert registry.load("entities", name).COUNTEREXAMPLES


@pytest.mark.parametrize(("name", "text"), _pairs("EXAMPLES"))
def test_example(name: str, text: str) -> None:
    """An example gives what it says."""
    assert RUN[name](text) == registry.load("entities", name).EXAMPLES[text]


@pytest.mark.parametrize(("name", "text"), _pairs("COUNTEREXAMPLES"))
def test_counterexample(name: str, text: str) -> None:
    """A refused text gives nothing."""
    assert RUN[name](text) == NOTHING.get(name, [])


# ---------------------------------------------------------------------- panellists over paragraphs
PANEL = """IV. Discussion

3. The Working Group considered agenda item 3, entitled “Fog”.

4. The discussion was led by the following panellists: Ana Lima Rocha, Head of Unit, Ministry of Ports (Brazil), on behalf of the Group of Latin American and Caribbean States, and Tomas Berg, Prosecutor (Norway).

5. Ms. Lima Rocha described her unit. She stressed that it was small.

6. Mr. Berg agreed with Ms. Rocha.

7. The discussion under agenda item 4 was led by the following panellists: Ms. Lima Rocha (Brazil).
"""


def _one(report: Report, name: str) -> Panellist:
    return next(person for person in report.panellists if person.name == name)


def test_a_panellist_is_one_person() -> None:
    """Named four times, in full and by family name, under two items: one panellist, the fullest mention."""
    report = api.parse(PANEL)
    assert [person.name for person in report.panellists] == ["Ana Lima Rocha", "Tomas Berg"]
    ana = _one(report, "Ana Lima Rocha")
    assert (ana.honorific, ana.position, ana.organization) == ("Ms.", "Head of Unit", "Ministry of Ports")
    assert ana.state is not None and ana.state.id == "BRA"
    assert ana.on_behalf_of is not None and ana.on_behalf_of.id == "GRULAC"
    assert sorted(ana.paragraphs) == ["4", "5", "6", "7"]
    assert ana.agenda_items == ("3", "4")
    assert [span.line for span in ana.spans] == [5]


def test_spans_of_a_panellist_hold_the_entry() -> None:
    """From the name to the group, nothing of the next person."""
    report = api.parse(PANEL)
    entries = ["".join(PANEL[span.start : span.end] for span in person.spans) for person in report.panellists]
    assert entries[0].startswith("Ana Lima Rocha, Head") and entries[0].endswith("Latin American and Caribbean States")
    assert entries[1] == "Tomas Berg, Prosecutor (Norway)"


def test_a_later_panellist_of_the_same_family_is_another() -> None:
    """A full name that differs is another person."""
    text = "4. The discussion was led by the following panellists: Ana Lima (Brazil) and Rosa Lima (Chile)."
    assert [person.name for person in api.parse(text).panellists] == ["Ana Lima", "Rosa Lima"]


@pytest.mark.parametrize("name", ["Ms. Lima", "Mr. de la Cruz", "Ms. O’Neill", "Dr. Sánchez-Moreno"])
def test_a_family_name_alone(name: str) -> None:
    """A list may name a panellist by honorific and family name only."""
    text = f"4. The discussion was led by the following panellists: {name} (Brazil)."
    (person,) = api.parse(text).panellists
    assert (person.honorific, person.name) == tuple(name.split(" ", 1))


# ---------------------------------------------------------------------- Ms. X
def test_a_family_name_is_resolved() -> None:
    """``Mr. Wangchuk`` is the person introduced in full, under one id."""
    text = "1. The talks were led by Tenzin Wangchuk (Bhutan).\n2. Mr. Wangchuk thanked Ms. Nobody.\n"
    persons = [one for par in api.parse(text).paragraphs for one in par.mentions if one.kind == "person"]
    assert [(one.id, one.name) for one in persons] == [
        ("tenzin-wangchuk", "Tenzin Wangchuk"),
        ("tenzin-wangchuk", "Tenzin Wangchuk"),
        ("nobody", "Nobody"),
    ]
    assert [one.as_printed for one in persons] == ["Tenzin Wangchuk", "Mr. Wangchuk", "Ms. Nobody"]


def test_a_panellist_is_resolved_in_mentions() -> None:
    """The panellist and the person mentioned later have one name."""
    report = api.parse(PANEL)
    persons = {one.name for par in report.paragraphs[2:3] for one in par.mentions if one.kind == "person"}
    assert persons == {"Ana Lima Rocha"}


# ---------------------------------------------------------------------- agenda items
def test_items_are_inherited_within_a_chapter() -> None:
    """From the heading where it names the item, else from the paragraph that opened it; unknown is empty."""
    text = (
        "III. Fog\n(Agenda item 3)\n\n1. The body met in the hall of the harbour.\n\n"
        "2. Under agenda item 5, one speaker noted that the fog was wet.\n\n3. Others agreed with that.\n\n"
        "IV. Rain\n\n4. The rain was wet.\n\n5. The body considered agenda item 4, entitled “Rain”.\n\n6. Others agreed with the speaker.\n"
    )
    report = api.parse(text)
    assert [(par.number, par.agenda_items, par.agenda_items_inherited) for par in report.paragraphs] == [
        ("1", (), ("3",)),
        ("2", ("5",), ()),
        ("3", (), ("3",)),
        ("4", (), ()),
        ("5", ("4",), ()),
        ("6", (), ("4",)),
    ]


def test_a_mention_of_an_item_opens_nothing() -> None:
    """An item that is only spoken of is not handed on."""
    text = "1. The body agreed to return to agenda item 7 next year.\n\n2. One speaker noted that this was late.\n"
    report = api.parse(text)
    assert report.paragraphs[0].agenda_items == ("7",)
    assert report.paragraphs[1].agenda_items_inherited == ()


# ---------------------------------------------------------------------- positions of recommendations
@pytest.mark.parametrize(
    ("sentence", "position"),
    [
        ("The following recommendations enjoy the support of Marenia:", "supported"),
        ("The recommendations listed below have been accepted by Marenia:", "supported"),
        ("The following recommendations will be examined by Marenia, which will respond in due time:", "examined"),
        ("The recommendations below did not enjoy the support of Marenia and were noted:", "noted"),
        ("The following recommendations have been noted by Marenia:", "noted"),
        ("The following recommendations were made:", None),
    ],
)
def test_position(sentence: str, position: str | None) -> None:
    """What the paragraph above says of the recommendations below it; where it says nothing, nothing is known."""
    report = api.parse(f"30. {sentence}\n\n30.1 Build a crane (Malta);\n\n30.2 Paint the buoys (Chile).\n")
    assert [(rec.number, rec.position) for rec in report.recommendations] == [("30.1", position), ("30.2", position)]


def test_positions_do_not_run_on() -> None:
    """Each group has its own."""
    text = (
        "30. The following recommendations enjoy the support of Marenia:\n\n30.1 Build a crane (Malta).\n\n"
        "31. The following recommendations have been noted:\n\n31.1 Paint the buoys (Chile).\n"
    )
    assert [rec.position for rec in api.parse(text).recommendations] == ["supported", "noted"]


# ---------------------------------------------------------------------- attendance
def _attendance(lines: str) -> list[tuple[str, list[str]]]:
    text = f"9. The session was closed.\n\nAnnex\n\nAttendance\n\n{lines}"
    report = api.parse(text)
    return [(one.capacity, [state.id for state in one.states]) for one in report.attendance]


def test_columns_and_wrapped_names() -> None:
    """Names in columns; a name that goes on below is one name, with or without an indent."""
    lines = "Members\nChile            Malta\nDemocratic Republic\n of the Congo\nLao People’s Democratic\nRepublic\nGeorgia\n"
    ((capacity, states),) = _attendance(lines)
    assert capacity == "member"
    assert sorted(states) == ["CHL", "COD", "GEO", "LAO", "MLT"]


def test_the_second_half_of_a_name_is_no_state() -> None:
    """Neither ``Ireland`` nor ``Republic of Korea`` is read out of a longer name."""
    lines = "Members\nDemocratic People’s\nRepublic of Korea\nUnited Kingdom of Great Britain and Northern\nIreland\n"
    ((_, states),) = _attendance(lines)
    assert states == ["PRK", "GBR"]


@pytest.mark.parametrize("behind", ["", ".", ";", ", ", " ;"])
def test_what_ends_a_line_is_no_part_of_the_name_of_a_body(behind: str) -> None:
    text = f"9. The session was closed.\n\nAnnex\n\nAttendance\n\nIntergovernmental organizations\nEuropean Union{behind}\nLeague of Arab States\n"
    (one,) = api.parse(text).attendance
    assert [(body.as_printed, text[body.spans[0].start : body.spans[0].end]) for body in one.organizations] == [
        ("European Union", "European Union"),
        ("League of Arab States", "League of Arab States"),
    ]


def test_a_page_break_in_a_list() -> None:
    """The folio between two names is none."""
    text = "A/HRC/43/92\n\n9. The session was closed.\n\nAnnex\n\nAttendance\n\nMembers\nChile\nEcuador\n\n144\n\n\fA/HRC/43/92\n\nEgypt\nMalta\n\n145\n"
    (one,) = api.parse(text).attendance
    assert [state.id for state in one.states] == ["CHL", "ECU", "EGY", "MLT"]


def test_two_lists() -> None:
    """A heading of States opens a new list with its own capacity."""
    lines = "Members\nChile\nMalta\n\nNon-member States represented by observers\nHoly See\nState of Palestine\n"
    assert _attendance(lines) == [("member", ["CHL", "MLT"]), ("observer_state", ["VAT", "PSE"])]


def test_a_long_list_of_names_is_english() -> None:
    """Sixty States in one list are read as five are."""
    states = [entry.name for entry in {entry.id: entry for entry in gazetteer.states(CONFIG).names.values()}.values()][:60]
    text = f"1. The following parties to the Protocol were represented: {', '.join(states)}.\n"
    (one,) = api.parse(text).attendance
    assert len(one.states) == 60


# ---------------------------------------------------------------------- the user's own tables
def test_own_rows() -> None:
    """An organization and a topic of the user's own are found beside those of the package."""
    config = Config(
        tables=(
            ("organizations", (("id", "FOG"), ("name", "Friends of Ghosts"), ("type", "ngo"))),
            ("topics", (("id", "buoys"), ("label", "Buoys"), ("patterns", "buoy;bell buoy"))),
        )
    )
    text = "1. Friends of Ghosts counted the buoys of Chile.\n"
    (par,) = api.parse(text, config=config).paragraphs
    assert [(one.kind, one.id) for one in par.mentions] == [("organization", "FOG"), ("state", "CHL")]
    assert "buoys" in par.topics
    (par,) = api.parse(text).paragraphs
    assert [(one.kind, one.id) for one in par.mentions] == [("state", "CHL")]
    assert "buoys" not in par.topics
