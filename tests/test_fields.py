"""Every field that the extractors give, sentence by sentence: what the tables of examples and the trees leave out.

Written from survivors of mutation testing (docs/mutation.md): each row fails for at least one change of the code that no other test noticed.
"""

from __future__ import annotations

import pytest

from tipreport import gazetteer
from tipreport.config import Config
from tipreport.entities import modality, panellist, proposer, reference, statement, topic, voice

CONFIG = Config()


# ---------------------------------------------------------------------- panellists
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The panellists were: Ms. Ana Lima, Head of Unit; Prosecutor, Mr. Tomas Berg; and Olga Sund, Adviser.",
            [
                ("Ana Lima", "Ms.", "Head of Unit", None, None, None, "Ms. Ana Lima, Head of Unit"),
                ("Tomas Berg", "Mr.", "Prosecutor", None, None, None, "Prosecutor, Mr. Tomas Berg"),
                ("Olga Sund", None, "Adviser", None, None, None, "Olga Sund, Adviser"),
            ],
        ),
        (
            (
                "The discussion was led by the following panellists: Ana Lima, Head of Unit (Brazil), on behalf of the Friends of Fog, "
                "and Tomas Berg, Prosecutor (Norway)."
            ),
            [
                ("Ana Lima", None, "Head of Unit", None, "BRA", None, "Ana Lima, Head of Unit (Brazil), on behalf of the Friends of Fog"),
                ("Tomas Berg", None, "Prosecutor", None, "NOR", None, "Tomas Berg, Prosecutor (Norway)"),
            ],
        ),
        (
            "Presentations were made by the following panellists: Ms. Ana Lima, Mr. Tomas Berg and Olga Sund (online).",
            [
                ("Ana Lima", "Ms.", None, None, None, None, "Ms. Ana Lima"),
                ("Tomas Berg", "Mr.", None, None, None, None, "Mr. Tomas Berg"),
                ("Olga Sund", None, None, None, None, None, "Olga Sund (online)"),
            ],
        ),
        (
            (
                "The discussion was led by the panellists Ana Lima, Prosecutor, Court of Appeal, Third Chamber (Brazil); Ms. Lund (Norway); "
                "and Dr. Ole Dahl, University of Bergen (Norway). The Chair thanked them."
            ),
            [
                (
                    "Ana Lima",
                    None,
                    "Prosecutor",
                    "Court of Appeal, Third Chamber",
                    "BRA",
                    None,
                    "Ana Lima, Prosecutor, Court of Appeal, Third Chamber (Brazil)",
                ),
                ("Lund", "Ms.", None, None, "NOR", None, "Ms. Lund (Norway)"),
                ("Ole Dahl", "Dr.", None, "University of Bergen", "NOR", None, "Dr. Ole Dahl, University of Bergen (Norway)"),
            ],
        ),
        (
            "The discussion was led by the following panellists: H.E. Ana Lima (Brazil) and others. The panellists Tomas Berg and Olga Sund then spoke.",
            [
                ("Ana Lima", "H.E.", None, None, "BRA", None, "H.E. Ana Lima (Brazil)"),
                ("Tomas Berg", None, None, None, None, None, "Tomas Berg"),
                ("Olga Sund", None, None, None, None, None, "Olga Sund"),
            ],
        ),
    ],
)
def test_panellist(text: str, found: list[tuple[str | None, ...]]) -> None:
    assert [
        (
            text[slice(*one.name)],
            one.honorific,
            one.position,
            one.organization,
            one.state and one.state.entry.id,
            one.group and one.group.entry.id,
            text[one.start : one.end],
        )
        for one in panellist.find(text, gazetteer.fold(text))
    ] == found


# ---------------------------------------------------------------------- lists of speakers
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Statements were made by the Chair and the representatives of Chile and Peru.", [("other", "Chile and Peru", ["CHL", "PER"])]),
        ("Questions were asked, and presentations and questions by Chile and Peru.", [("other", "Chile and Peru", ["CHL", "PER"])]),
        (
            "Reports were given by Ana Berg, and statements were made by the observers for Chile and Peru, as well as by the observers for Malta.",
            [("observer_state", "Chile and Peru", ["CHL", "PER"]), ("observer_state", "Malta", ["MLT"])],
        ),
        (
            "Reports were given by the representative of Chile; statements were made by the representative of Peru.",
            [("other", "Peru", ["PER"])],
        ),
        (
            "Statements were made by representatives of two Parties on behalf of the European Union and the African Group.",
            [("party", None, ["European Union", "African Group", 2])],
        ),
        ("Statements were made by three organizations (Interpol and the World Bank).", [("other", None, ["Interpol", "World Bank", 3])]),
        (
            "Norway was represented by Ana Berg from the Ministry of Ports and Ole Dahl from the Ministry of Fish.",
            [("other", "Norway", ["NOR", "Ana Berg", "Ole Dahl"])],
        ),
        ("Chile and Peru were represented by observers.", [("observer_state", "Chile and Peru", ["CHL", "PER"])]),
        ("Chile and the Friends of Fog were represented.", []),
        (
            "Representatives of Interpol and the World Bank also attended.",
            [("observer", "Interpol and the World Bank", ["Interpol", "World Bank"])],
        ),
        ("The following were represented: Chile and Peru.", [("other", "Chile and Peru", ["CHL", "PER"])]),
    ],
)
def test_statement(text: str, found: list[tuple[str, str | None, list[object]]]) -> None:
    """Capacity, range (None: the whole sentence), and who is in it: States by code, the others as printed, and the count."""
    trigger = statement.SPOKE if "made" in text or "asked" in text else statement.ATTENDED
    lists = statement.find(text, gazetteer.fold(text), [], "other", CONFIG, trigger)
    got = []
    for one in lists:
        who: list[object] = [speaker.state.entry.id for speaker in one.states]
        who += [text[held.start : held.end] for held in one.organizations]
        who += [text[held[0] : held[1]] for held in one.groups]
        who += [text[slice(*held)] for held in one.persons]
        whole = (one.start, one.end) == (0, len(text))
        got.append((one.capacity, None if whole else text[one.start : one.end], who + [one.count] * (one.count is not None)))
    assert got == found


# ---------------------------------------------------------------------- how a recommendation asks
@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("(a) To ratify the Protocol, as appropriate", (None, None, "ratify", ("as appropriate",), ())),
        ("Ratify the Protocol.", (None, None, "ratify", (), ())),
        ("With regret it is so.", (None, None, None, (), ())),
        ("In part it is so.", (None, None, None, (), ())),
        ("At sea it is so.", (None, None, None, (), ())),
        ("States differ.", (None, None, None, (), ())),
        (
            "It requested the Secretariat to report, within existing resources.",
            ("requested the secretariat to", 8, "report", ("within existing resources",), (("secretariat", "Secretariat", 13, 28),)),
        ),
        (
            "The Committee recommends to the State party that it ratify the Protocol.",
            ("recommends", 5, None, (), (("states_parties", "States parties", 28, 43),)),
        ),
        (
            "The Committee recommends that the State party ratify the Protocol.",
            ("recommends that", 5, "ratify", (), (("states_parties", "States parties", 30, 45),)),
        ),
        (
            "States are strongly encouraged, where appropriate, to train police.",
            ("are strongly encouraged to", 7, "train", ("where appropriate",), (("states", "States", 0, 6),)),
        ),
        (
            "States are encouraged, in accordance with their law, to train police.",
            ("are encouraged to", 5, "train", (), (("states", "States", 0, 6),)),
        ),
        ("States should not only train police.", ("should", 6, "train", (), (("states", "States", 0, 6),))),
        ("States should explore joint training.", ("should", 3, "explore", (), (("states", "States", 0, 6),))),
        ("States should consider joint training.", ("should consider", 3, "consider", (), (("states", "States", 0, 6),))),
        ("The Group recalled that States should train police.", (None, None, None, (), ())),
        (
            "States parties, in particular the States of transit, should train police.",
            ("should", 6, "train", (), (("states_parties", "States parties", 0, 14), ("states", "States", 30, 40))),
        ),
        ("The use of nets by States should end.", ("should", 6, "end", (), ())),
        ("Interpol should train police.", ("should", 6, "train", (), (("INTERPOL", "International Criminal Police Organization", 0, 8),))),
    ],
)
def test_form(text: str, form: tuple[object, ...]) -> None:
    assert tuple(modality.read(text, CONFIG)) == form


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("States parties should be reminded of it and UNODC may help.", [(15, 21, "should", 6, 33), (50, 53, "may_wish", 2, 58)]),
        ("May the Chair speak? The Chair shall speak.", [(31, 36, "shall", 10, 42)]),
        ("States should not only train police.", [(7, 13, "should", 6, 28)]),
        ("Chile recommends it.", []),
        ("The Committee recommends it.", [(14, 24, "recommend", 5, 27)]),
        ("States are strongly encouraged, where appropriate, to train police.", [(7, 53, "urge", 7, 59)]),
    ],
)
def test_modals(text: str, found: list[tuple[object, ...]]) -> None:
    assert [tuple(one) for one in modality.modals(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ratify the Protocol.", (0, 6, "imperative", None, 6)),
        ("To ratify the Protocol.", (3, 9, "imperative", None, 9)),
        ("Consider ratifying the Protocol.", (0, 18, "consider_imperative", None, 22)),
        ("Continue to train police.", (0, 11, "continue", None, 17)),
        ("(b) Ratify it.", None),
    ],
)
def test_head(text: str, found: tuple[object, ...] | None) -> None:
    head = modality.head(text, 0, len(text))
    assert (head and tuple(head)) == found


# ---------------------------------------------------------------------- proposers, references, voices
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Adopt a law (Peru); sign it (the Netherlands) (netherlands, Peru and Chile)12.",
            [("PER", "Peru"), ("NLD", "Netherlands"), ("CHL", "Chile")],
        ),
        ("Adopt a law (Ruritania, Spain).", []),
        ("Adopt a law (Spain) and report on it (in 2020).", []),
        ("Adopt a law Spain, Chile).", []),
        ("Adopt a law (Spain, Ruritania).", []),
        ("Adopt a law (Spain, Chile, Ruritania).", [("ESP", "Spain"), ("CHL", "Chile")]),
        ("Adopt a law ().", []),
    ],
)
def test_proposer(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.entry.id, text[one.start : one.end]) for one in proposer.find(text, gazetteer.fold(text))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("paragraphs 3 to 5 and 7 above", ["para-3 paragraphs 3", "para-4 5", "para-5 5", "para-7 7"]),
        ("paragraph 84 (a), (c) and (e) below", ["para-84.a paragraph 84 (a)", "para-84.c (c)", "para-84.e (e)"]),
        ("paras. 3-43", ["paragraph 3 paras. 3", "paragraph 43 43"]),
        ("paras. 3-42", ["paragraph 3 paras. 3", *(f"paragraph {n} 42" for n in range(4, 43))]),
        ("paragraphs 9 to 5", ["paragraph 9 paragraphs 9", "paragraph 5 5"]),
        ("paragraph 5 bis and 6 (a) (ii)", ["paragraph 5bis paragraph 5 bis", "paragraph 6(a)(ii) 6 (a) (ii)"]),
        ("articles 6 (1) and 9 bis", ["article 6(1) articles 6 (1)", "article 9bis 9 bis"]),
        ("Human Rights Council resolutions S-9/1 and 16/21", ["S-9/1 Human Rights Council resolutions S-9/1", "16/21 16/21"]),
        (
            "decisions 1/CP.21 and 2/CP.21, Council decision 6/102",
            ["1/CP.21 decisions 1/CP.21", "2/CP.21 2/CP.21", "6/102 Council decision 6/102"],
        ),
        ("paragraphs 12 and 13, and 15–16", ["paragraph 12 paragraphs 12", "paragraph 13 13", "paragraph 15 15", "paragraph 16 16"]),
    ],
)
def test_reference(text: str, found: list[str]) -> None:
    assert [f"{one.target} {text[one.start : one.end]}" for one in reference.find(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Reference was made to it, emphasis was placed on it and attention was drawn to it.",
            [
                ("impersonal", None, "made", "Reference was made to it"),
                ("impersonal", None, "placed", "emphasis was placed on it and"),
                ("impersonal", None, "drawn", "attention was drawn to it."),
            ],
        ),
        ("There was general agreement that it was so.", [("all", None, "agreed", "There was general agreement that it was so.")]),
        ("The view was expressed; doubts were raised.", [("impersonal", None, "expressed", "The view was expressed"), ("impersonal", None, "raised", "doubts were raised.")]),
        (
            "None of the speakers opposed it, and most of the parties said so.",
            [("none", "speakers", "opposed", "None of the speakers opposed it, and"), ("most", "parties", "said", "most of the parties said so.")],
        ),
        (
            "The first panellist from Chile, however, explained it.",
            [("panellist", "first panellist from Chile", "explained", "The first panellist from Chile, however, explained it.")],
        ),
        ("It was noted by Chile that the list was long.", []),
    ],
)  # fmt: skip
def test_voice(text: str, found: list[tuple[str, str | None, str, str]]) -> None:
    voices = voice.find(text, gazetteer.fold(text), gazetteer.everything(CONFIG))
    assert [(one.quantifier, one.noun, one.verb, text[one.start : one.end]) for one in voices] == found


# ---------------------------------------------------------------------- topics
def test_a_topic_stands_as_a_word() -> None:
    """A phrase within a longer word is passed over, one behind it found; a plural counts."""
    config = Config(tables=(("topics", (("id", "ring"), ("label", "Rings"), ("patterns", "ring"))),))
    for text, stands in (
        ("strings and a ring", True),
        ("strings", False),
        ("rings of string", True),
        ("ringed", False),
        ("a ring", True),
        ("ring1", False),
    ):
        assert ("ring" in topic.find(text, config)) is stands
