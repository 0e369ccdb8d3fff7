"""The ledger of participation, held against what the texts of the samples print."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks import ANONYMOUS, solid
from command import SAMPLES, Result, Shell, environment, inside, one_error, quiet_terminal
from test_pdf import specimen
from tipreport import api
from tipreport.config import Config
from tipreport.index import build, store
from tipreport.index.rows import rows as rows_of
from tipreport.search import ledger
from tipreport.search.request import Filters

FINAL, DRAFT, OLD = "wg4-final-report.txt", "wg4-draft-addendum.txt", "wg4-2010-style.txt"
COP, COUNCIL, REVIEW, COAST, SMALL = (
    "cop-decisions.txt",
    "hrc-session.txt",
    "upr-working-group.txt",
    "conference-footnotes-annex.txt",
    "generic-minimal.txt",
)
ALL = sorted(path.name for path in SAMPLES.glob("*.txt"))
VIEWS = ("", "--balance", "--silent", "--multiple", "--total")
WIDE = {"COLUMNS": "2000"}
DATA = Path(api.__file__).parent / "data"
with (DATA / "states.csv").open(encoding="utf-8") as _file:
    STATES = [row for row in csv.DictReader(_file) if row["name_status"] == "current"]
GROUPS = {row["name"]: row["regional_group"] for row in STATES}
CODES = {row["name"]: row["alpha3"] or row["id"] for row in STATES}
MEMBERS = sorted(row["name"] for row in STATES if row["status"] == "member")
REGIONS = ("AFR", "APG", "EEG", "GRULAC", "WEOG")

# From the text of the final report: its paragraphs 5, 11, 19 to 23 and 25 to 30.
PANEL = {
    "Ketevan Abashidze": ("Georgia", "EEG", "2"), "Ratu Siti Maharani": ("Indonesia", "APG", "2"), "Ingunn Aasland": ("Norway", "WEOG", "3"),
    "Joaquim Teles Figueira": ("Brazil", "GRULAC", "3"), "Nomvula Dlamini-Khoza": ("South Africa", "AFR", "3"),
}  # fmt: skip
SPOKE = {
    "party": [
        "Argentina", "Armenia", "Bolivia (Plurinational State of)", "Burkina Faso", "Canada", "Costa Rica", "European Union", "Finland", "Indonesia",
        "Kenya", "Morocco", "Philippines", "Republic of Moldova", "Trinidad and Tobago", "United Kingdom of Great Britain and Northern Ireland",
        "United States of America", "Viet Nam",
    ],
    "signatory": ["Uganda"],
    "observer_state": ["Nepal"],
    "igo": [
        "International Centre for Migration Policy Development", "League of Arab States", "Organization for Security and Cooperation in Europe",
    ],
    "ngo": ["La Strada International", "Soroptimist International"],
}  # fmt: skip
PRESENT = {
    "party": [
        "Algeria", "Argentina", "Armenia", "Bolivia (Plurinational State of)", "Bosnia and Herzegovina", "Brazil", "Burkina Faso", "Canada", "China",
        "Costa Rica", "Côte d'Ivoire", "European Union", "Finland", "Georgia", "Holy See", "Indonesia", "Iraq", "Kenya",
        "Lao People's Democratic Republic", "Mexico", "Morocco", "Netherlands (Kingdom of the)", "Niger", "Nigeria", "Norway", "Philippines", "Portugal",
        "Republic of Korea", "Republic of Moldova", "South Africa", "Trinidad and Tobago", "United Kingdom of Great Britain and Northern Ireland",
        "United States of America", "Uruguay", "Viet Nam", "State of Palestine",
    ],
    "signatory": ["Congo", "Uganda"],
    "observer_state": ["Nepal", "Yemen"],
    "un_entity": ["United Nations Children's Fund"],
    "igo": [
        "International Centre for Migration Policy Development", "International Organization for Migration", "League of Arab States",
        "Organization for Security and Cooperation in Europe",
    ],
    "ngo": ["La Strada International", "Soroptimist International", "Zonta International"],
}  # fmt: skip
NO_STATES = {"European Union"}  # a party, but no State


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A folder with all samples in it, and an index of them."""
    base = tmp_path_factory.mktemp("who")
    for name in ("work", "home"):
        (base / name).mkdir()
    for name in ALL:
        shutil.copy(SAMPLES / name, base / "work")
    made = Shell(base / "work", base / "home")
    assert made.line("tipreport index add *.txt --index x.db").code == 0
    return made


def here(shell: Shell, *arguments: str, env: Mapping[str, str | None] | None = None, stdin: bytes = b"") -> Result:
    """Run ``tipreport who`` within this process."""
    return inside("who", *arguments, folder=shell.folder, env=environment(shell.home, env), stdin=stdin)


def records(result: Result) -> list[dict[str, Any]]:
    """The records of a command that printed JSON Lines."""
    assert result.code in {0, 1}, result.err
    quiet_terminal(result.out)
    return [json.loads(line) for line in result.out.splitlines()]


def who(shell: Shell, *arguments: str) -> list[dict[str, Any]]:
    """The records of ``tipreport who``."""
    return records(here(shell, *arguments, "--jsonl"))


def by_capacity(rows: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """Names by capacity, in the order of the records."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["capacity"], []).append(row["name"])
    return found


def states(names: Iterable[str]) -> list[str]:
    """Those of some names that are States."""
    return [name for name in names if name in CODES and name not in NO_STATES]


def everybody(lists: dict[str, list[str]]) -> list[str]:
    """The names of all capacities."""
    return [name for names in lists.values() for name in names]


# Properties --------------------------------------------------------------------------------------------------

QUANTIFIED = (
    "Several speakers",
    "Many speakers",
    "Some delegations",
    "A few speakers",
    "Most speakers",
    "Two speakers",
    "One delegation",
    "Speakers",
    "A number of speakers",
)
MEETING = """United Nations CTOC/COP/WG.4/{year}/7

Conference of the Parties to the United Nations Convention against Transnational Organized Crime

Distr.: General
9 July {year}

Working Group on Trafficking in Persons

Vienna, 2–4 July {year}

Report of the meeting

I. Summary of deliberations

1. {voice} noted that the forms should be shorter. {voice} proposed a survey.

II. Organization of the meeting

2. Under agenda item {item}, statements were made by representatives of the following parties to the Protocol: {spoke}.

3. The following parties to the Protocol were represented at the meeting: {present}.
"""


def listing(names: list[str]) -> str:
    """Names as a report lists them."""
    return ", ".join(names[:-1]) + f" and {names[-1]}"


some_states = st.lists(st.sampled_from(MEMBERS), min_size=2, max_size=12, unique=True)


def opened(*texts: str) -> Any:
    """An index in memory of some texts."""
    connection, config = store.memory(), Config()
    made = []
    for place, text in enumerate(texts):
        made.append(build.Made(build.Task(f"/{place}.txt", config), len(text), 1, str(place), rows_of(api.parse(text), text, config)))
    build.insert_all(connection, made)
    return connection


@given(some_states, some_states, st.sampled_from(QUANTIFIED), st.sampled_from(QUANTIFIED), st.integers(1, 9), st.integers(2000, 2030))
@settings(deadline=None, derandomize=True, database=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_listed_is_recorded_and_nothing_else(
    spoke: list[str], present: list[str], voice: str, other_voice: str, item: int, year: int
) -> None:
    """Any States in any order: every view follows from the two lists, and no word for an unknown number of speakers changes one."""
    text = MEETING.format(year=year, voice=voice, item=item, spoke=listing(spoke), present=listing(present))
    connection = opened(text)
    rows, looked = ledger.entries(connection, Filters()), ledger.reports(connection, Filters())
    assert [(row["role"], row["name"], row["id"], row["group"]) for row in rows] == [
        *(("spoke", name, CODES[name], GROUPS[name] or None) for name in spoke),
        *(("attended", name, CODES[name], GROUPS[name] or None) for name in present),
    ]
    assert {(row["capacity"], row["year"], row["report"]) for row in rows} == {("party", year, f"CTOC/COP/WG.4/{year}/7")}
    assert {tuple(row["agenda_items"]) for row in rows if row["role"] == "spoke"} == {(str(item),)}
    for balanced, names in zip(ledger.balance(rows, looked), (spoke, present), strict=True):
        counts = Counter(GROUPS[name] or "other" for name in names)
        assert {group: balanced[group] for group in (*REGIONS, "other")} == {group: counts[group] for group in (*REGIONS, "other")}
        assert (balanced["year"], balanced["reports"]) == (year, 1)
    totals = {row["name"]: (row["reports"], row["spoke"], row["panellist"], row["attended"]) for row in ledger.tallied(rows)}
    assert totals == {name: (1, int(name in spoke), 0, int(name in present)) for name in {*spoke, *present}}
    silent = ledger.silent(connection, Filters(), looked)
    assert sorted(row["id"] for row in silent) == sorted(CODES[name] for name in present if name not in spoke)
    assert ledger.multiple(rows) == []
    for name in spoke[:1]:
        assert {row["name"] for row in ledger.entries(connection, Filters(state=(name,)))} == {name}
    same = opened(text.replace(voice, other_voice))
    assert [{**row, "line": None} for row in ledger.entries(same, Filters())] == [{**row, "line": None} for row in rows]
    assert ledger.balance(ledger.entries(same, Filters()), ledger.reports(same, Filters())) == ledger.balance(rows, looked)


@given(
    st.text(st.characters(exclude_characters=",;", exclude_categories=["Z", "C"]), min_size=1, max_size=6)
    | st.sampled_from(["%", "_", "2", "3", "'", "%2%"])
)
@settings(deadline=None, derandomize=True, database=None, max_examples=40)
def test_an_item_is_that_item_only(item: str) -> None:
    """No character of an item is a wild card."""
    connection = _final()
    found = ledger.entries(connection, Filters(item=(item,)))
    assert found == [row for row in ledger.entries(connection, Filters()) if item in row["agenda_items"]]


@given(
    st.text(st.characters(exclude_characters=",", exclude_categories=["Z", "C"]), min_size=1, max_size=4)
    | st.sampled_from(["%", "_", "Aas", "aasland", "__", "%a%"])
)
@settings(deadline=None, derandomize=True, database=None, max_examples=40)
def test_a_panellist_is_a_part_of_the_name(part: str) -> None:
    """No character of a part of a name is a wild card."""
    rows = ledger.entries(_final(), Filters(panellist=(part,)))
    for row in rows:
        assert part.casefold() in row["person"].casefold()
    if part.isascii():
        assert {row["person"] for row in rows} == {name for name in PANEL if part.lower() in name.lower()}


_KEPT: list[Any] = []


def _final() -> Any:
    if not _KEPT:
        _KEPT.append(opened((SAMPLES / FINAL).read_text(encoding="utf-8")))
    return _KEPT[0]


# Entries -----------------------------------------------------------------------------------------------------


def test_entries_by_capacity(shell: Shell) -> None:
    rows = who(shell, FINAL)
    assert by_capacity(row for row in rows if row["role"] == "spoke") == SPOKE
    assert by_capacity(row for row in rows if row["role"] == "attended") == PRESENT
    panel = {row["person"]: (row["name"], *row["on_behalf_of"], *row["agenda_items"]) for row in rows if row["role"] == "panellist"}
    assert panel == PANEL
    assert len(rows) == len(PANEL) + len(everybody(SPOKE)) + len(everybody(PRESENT))
    for row in rows:
        assert (row["report"], row["date"], row["year"], row["body"]) == (
            "CTOC/COP/WG.4/2021/29", "2021-03-22", 2021, "Working Group on Trafficking in Persons",
        )  # fmt: skip
        assert row["group"] == (GROUPS.get(row["name"]) or None), row["name"]
        assert row["id"] == CODES.get(row["name"], row["id"])
        if row["role"] == "spoke":
            assert row["agenda_items"] == ["2", "3", "4"]
    where = {"19": 156, "20": 158, "21": 160, "22": 162, "23": 164, "25": 186, "26": 188, "27": 190, "28": 192, "29": 194, "30": 196}
    lines = (SAMPLES / FINAL).read_text(encoding="utf-8").splitlines()
    for row in rows:
        if row["role"] != "panellist":
            assert row["line"] == where[row["paragraph"]]
            assert row["as_printed"] in lines[row["line"] - 1]


def test_on_behalf_of(shell: Shell) -> None:
    def spoke_for(name: str) -> dict[str, list[str]]:
        return {row["name"]: row["on_behalf_of"] for row in who(shell, name, "--role", "spoke") if row["on_behalf_of"]}

    assert spoke_for(COAST) == {"Bahamas": ["CARICOM"], "Micronesia (Federated States of)": ["PLW", "TUV"]}
    assert spoke_for(COP) == {"Kyrgyzstan": ["APG"]}
    assert spoke_for(OLD) == {"Spain": ["EUMS"]}
    assert spoke_for(COUNCIL) == {
        "Burundi": ["AFR"], "Costa Rica": ["BHS", "CHL", "FJI", "IRL", "MHL", "SVN", "GBR", "VNM"],
        "Norway": ["DNK", "EST", "FIN", "ISL", "LVA", "LTU", "SWE"], "Qatar": ["ARAB"], "Maldives": ["AOSIS"], "Barbados": ["CARICOM"],
    }  # fmt: skip


def test_those_spoken_for_are_written_out(shell: Shell) -> None:
    """Names, as all others are; records keep the ids."""
    text = here(shell, COAST, COUNCIL, "--role", "spoke", env=WIDE).out
    assert re.search(r"Micronesia .*on behalf of Palau, Tuvalu$", text, re.MULTILINE)
    assert re.search(r"Norway .*on behalf of Denmark, Estonia, Finland, Iceland, Latvia, Lithuania, Sweden$", text, re.MULTILINE)
    assert "on behalf of Alliance of Small Island States" in text
    assert not re.search(r"on behalf of (?:.*, )?[A-Z]{3,}\b", text)


@pytest.mark.parametrize("name", [FINAL, OLD, COUNCIL, COP])
def test_in_a_section(shell: Shell, name: str) -> None:
    """By label or words of the title: the entries of the paragraphs that stand in it, and of those below."""
    report = api.read(str(SAMPLES / name))
    below = {one.number: one.section or "" for one in report.paragraphs}
    everything = [row for row in who(shell, name) if row["role"] == "spoke"]
    labels = [one for one in report.sections if "." not in one.label and not one.label.startswith("annex")]
    assert labels
    for section in labels:
        wanted = [row for row in everything if f"{below[row['paragraph']]}.".startswith(f"{section.label}.")]
        assert [row for row in who(shell, name, "--section", section.label) if row["role"] == "spoke"] == wanted
        titled = [row for row in who(shell, name, "--section", section.title.lower()) if row["role"] == "spoke"]
        assert [row for row in titled if row in wanted] == wanted
    if everything:
        assert any(who(shell, name, "--section", one.label, "--role", "spoke") for one in labels)


def test_the_page_of_a_state_in_a_section(shell: Shell) -> None:
    """What names the State elsewhere is left out too."""
    report = api.read(str(SAMPLES / FINAL))
    section = {one.number: one.section or "" for one in report.paragraphs}
    rows = who(shell, FINAL, "--state", "Norway")
    for label in sorted({value.split(".")[0] for value in section.values() if value}):
        found = who(shell, FINAL, "--state", "Norway", "--section", label)
        assert [row for row in found if row["role"] == "named"] == [
            row for row in rows if row["role"] == "named" and f"{section[row['paragraph']]}.".startswith(f"{label}.")
        ]
    one_error(here(shell, FINAL, "--silent", "--section", "II"), "--silent cannot be combined with --section")


def test_page_numbers(shell: Shell, tmp_path: Path) -> None:
    """Where the input has pages; null or an empty cell elsewhere."""
    pytest.importorskip("pypdfium2")
    path = tmp_path / "made.pdf"
    path.write_bytes(specimen())
    spans = {
        (state["id"], span["page"])
        for one in json.loads(shell("parse", str(path), "--json").out)["statements"]
        for state in one["states"]
        for span in state["spans"][:1]
    }
    rows = [row for row in who(shell, str(path)) if row["kind"] == "state"]
    assert {(row["id"], row["page"]) for row in rows if row["role"] == "spoke"} == spans
    assert {page for _, page in spans} == {2}
    assert {row["page"] for row in who(shell, FINAL)} == {None}
    table = list(csv.DictReader(io.StringIO(here(shell, FINAL, "--csv").out, newline="")))
    assert {row["page"] for row in table} == {""}
    named = who(shell, str(path), "--state", "Chile")
    assert {row["page"] for row in named} <= {2, 3, 4}
    assert "named" in {row["role"] for row in named}


def test_those_spoken_for_are_no_entries(shell: Shell) -> None:
    """Palau did not take the floor: Micronesia did, also for Palau."""
    rows = who(shell, COAST, "--role", "spoke")
    assert "PLW" not in {row["id"] for row in rows}
    assert "TUV" not in {row["id"] for row in rows}
    assert [row["name"] for row in who(shell, COUNCIL, "--role", "spoke") if row["paragraph"] == "9" and row["capacity"] == "member"] == [
        "Bangladesh", "Bolivia (Plurinational State of)", "Burundi", "Costa Rica", "Germany", "Kuwait", "Norway", "Qatar", "Republic of Korea",
        "Thailand",
    ]  # fmt: skip


def test_names_as_printed(shell: Shell) -> None:
    printed = {row["name"]: row["as_printed"] for row in who(shell, OLD) if row["name"] != row["as_printed"]}
    assert printed == {
        "Iran (Islamic Republic of)": "Islamic Republic of Iran", "Netherlands (Kingdom of the)": "Netherlands",
        "North Macedonia": "former Yugoslav Republic of Macedonia", "Czechia": "Czech Republic",
    }  # fmt: skip
    text = here(shell, OLD, env=WIDE).out
    assert "printed as 'Czech Republic'" in text


@pytest.mark.parametrize(
    ("name", "role", "count"),
    [(FINAL, "spoke", 24), (FINAL, "panellist", 5), (FINAL, "attended", 48), (FINAL, "proposed", 0), (DRAFT, "panellist", 3), (DRAFT, "attended", 0),
     (REVIEW, "spoke", 0), (COP, "spoke", 8), (SMALL, "spoke", 5), (SMALL, "attended", 10)],
)  # fmt: skip
def test_role(shell: Shell, name: str, role: str, count: int) -> None:
    result = here(shell, name, "--role", role, "--jsonl")
    rows = records(result)
    assert (len(rows), result.code) == (count, 0 if count else 1)
    assert {row["role"] for row in rows} <= {role}


def test_roles_are_alternatives(shell: Shell) -> None:
    rows = who(shell, FINAL, "--role", "spoke", "--role", "panellist")
    assert Counter(row["role"] for row in rows) == {"spoke": 24, "panellist": 5}


def test_who_proposed(shell: Shell) -> None:
    rows = who(shell, REVIEW, "--role", "proposed")
    text = solid((SAMPLES / REVIEW).read_text(encoding="utf-8"))
    assert [row["name"] for row in rows if row["paragraph"] == "25.5"] == ["South Africa", "Trinidad and Tobago", "Timor-Leste"]
    assert [row["paragraph"] for row in who(shell, REVIEW, "--state", "Uruguay", "--role", "proposed")] == ["25.2", "25.9"]
    for row in rows:
        assert solid(row["as_printed"]) in text
    assert "proposed a recommendation, recommendation 25.5" in here(shell, REVIEW).out


# Filters -----------------------------------------------------------------------------------------------------


def test_filters(shell: Shell) -> None:
    cases: dict[tuple[str, ...], list[str]] = {
        ("--capacity", "igo", "--role", "spoke"): SPOKE["igo"],
        ("--capacity", "observer-state"): [*SPOKE["observer_state"], *PRESENT["observer_state"]],
        ("--capacity", "ngo", "--capacity", "igo", "--role", "spoke"): [*SPOKE["igo"], *SPOKE["ngo"]],
        ("--organization", "OSCE"): ["Organization for Security and Cooperation in Europe"] * 2,
        ("--panellist", "aasland"): ["Norway"],
        ("--group", "AFR"): ["South Africa"],
        ("--group", "Group of Asia-Pacific States"): ["Indonesia"],
        ("--state", "idn", "--role", "spoke", "--role", "panellist", "--role", "attended"): ["Indonesia"] * 3,
        ("--item", "2", "--role", "panellist"): ["Georgia", "Indonesia"],
        ("--item", "4", "--role", "spoke"): everybody(SPOKE),
        ("--item", "99"): [],
        ("--year", "2021", "--role", "panellist"): [state for state, _, _ in PANEL.values()],
        ("--year", "..2020"): [],
        ("--status", "draft"): [],
        ("--body", "trafficking", "--capacity", "signatory", "--role", "spoke"): SPOKE["signatory"],
    }
    for arguments, names in cases.items():
        result = here(shell, FINAL, *arguments, "--jsonl")
        rows = records(result)
        assert sorted(row["name"] for row in rows) == sorted(names), arguments
        assert result.code == (0 if names else 1), arguments


def test_filters_over_an_index(shell: Shell) -> None:
    def reports(*arguments: str) -> set[str]:
        return {row["report"] for row in who(shell, "--index", "x.db", *arguments)}

    assert reports("--body", "trafficking") == {"CTOC/COP/WG.4/2021/29", "CTOC/COP/WG.4/2010/26", "wg-trafficking:2021-03-11:addendum"}
    assert reports("--status", "draft") == {"wg-trafficking:2021-03-11:addendum", "A/CONF.299/PC/L.4"}
    assert reports("--year", "2022..2024") == {"UNEP/CHMS/COP.3/12", "FCCC/SBI/2023/97", "A/CONF.299/PC/L.4", SMALL}
    assert reports("--new-since", "2025-03") == {"A/HRC/70/92"}
    assert reports("--report", "A/HRC/70/92") == {"A/HRC/70/92"}
    assert reports("--state", "Chile") == {"A/HRC/70/92", "UNEP/CHMS/COP.3/12", "CTOC/COP/WG.4/2010/26"}
    assert reports("A/HRC/70/27") == {"A/HRC/70/27"}
    dates = [row["date"] for row in who(shell, "--index", "x.db") if row["date"]]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ALL)
def test_files_and_index_give_the_same(shell: Shell, name: str, view: str) -> None:
    options = [view] if view else []
    if view == "--silent":
        options += ["--year", "..2030"]
    on_the_spot = here(shell, name, *options, "--jsonl")
    from_index = here(shell, "--index", "x.db", "--report", name, *options, "--jsonl")
    if view == "--silent":  # the other reports of the index are "elsewhere" only for the index
        strip = [[{**row, "elsewhere": 0} for row in records(result) if row["present"]] for result in (on_the_spot, from_index)]
        assert sorted(strip[0], key=repr) == sorted(strip[1], key=repr)
    else:
        assert on_the_spot.out == from_index.out
        assert on_the_spot.code == from_index.code


def test_standard_input(shell: Shell) -> None:
    data = (SAMPLES / OLD).read_bytes()
    piped = records(shell("who", "-", "--jsonl", stdin=data))
    assert [{**row, "path": OLD} for row in piped] == who(shell, OLD)


# One State's page --------------------------------------------------------------------------------------------


def page(shell: Shell, *arguments: str) -> list[str]:
    """The lines of a page, one an entry."""
    result = here(shell, *arguments, env=WIDE)
    assert result.code in {0, 1}, result.err
    quiet_terminal(result.out)
    return result.out.splitlines()


def test_a_states_page(shell: Shell) -> None:
    lines = page(shell, FINAL, DRAFT, OLD, "--state", "Norway")
    assert lines[0] == "Norway (NOR), WEOG"
    text = "\n".join(lines)
    first, second, third = (
        text.index(head) for head in ("\nCTOC/COP/WG.4/2021/29\n", "\n[symbol not given], Working Group", "\nCTOC/COP/WG.4/2010/26\n")
    )
    assert first < second < third, "the newest meeting first"
    final, draft, old = text[first:second], text[second:third], text[third:]
    assert "panellist    item 3, para. 11; Ingunn Aasland, on behalf of Group of Western European and other States" in final
    assert "present      para. 25" in final
    assert "panellist    item 3, paras. 4, 5; Ingunn Aasland, on behalf of Group of Western European and other States" in draft
    assert "para. 5      names Ingunn Aasland (2 times)" in draft
    assert "Dagfinn Rosseland (Norway)" in old
    for part in (final, draft, old):
        assert "in no list of speakers" in part
    assert lines[-1] == "In 3 of 3 reports looked through."


def test_a_states_page_on_an_item(shell: Shell) -> None:
    lines = page(shell, FINAL, "--state", "Indonesia", "--item", "3")
    assert lines[0] == "Indonesia (IDN), APG, item 3"
    text = "\n".join(lines)
    assert "statement    items 2, 3, 4, para. 19" in text
    assert "Ratu Siti Maharani" not in text, "she spoke under item 2"
    assert "in no list of speakers" not in text
    on_two = "\n".join(page(shell, FINAL, "--state", "Indonesia", "--item", "2"))
    assert "panellist    item 2, paras. 5, 7; Ratu Siti Maharani, on behalf of Group of Asia-Pacific States" in on_two
    assert "para. 7      names Ratu Siti Maharani" in on_two


def test_the_page_of_a_state_that_is_nowhere(shell: Shell) -> None:
    result = here(shell, FINAL, "--state", "France")
    assert result.code == 1
    assert result.out.splitlines()[0].startswith("France (FRA)")
    assert result.out.splitlines()[-1] == "In 0 of 1 report looked through."


def test_the_page_knows_the_group_of_any_state(shell: Shell) -> None:
    assert page(shell, FINAL, "--state", "France")[0] == "France (FRA), WEOG"
    assert page(shell, FINAL, "--state", "Brazil", "--item", "2")[0] == "Brazil (BRA), GRULAC, item 2"


@pytest.mark.parametrize(
    "more", [["--limit", "1"], ["--role", "attended"], ["--role", "panellist"], ["--capacity", "observer-state"]], ids=" ".join
)
def test_a_page_says_nothing_false(shell: Shell, more: list[str]) -> None:
    """What an option leaves out is not said to be absent: Chile stands in lists of speakers of two of these reports."""
    lines = page(shell, COP, OLD, "--state", "Chile", *more)
    assert not [line for line in lines if "in no list of speakers" in line], lines


# Views -------------------------------------------------------------------------------------------------------


def test_balance(shell: Shell) -> None:
    rows = {row["role"]: row for row in who(shell, FINAL, "--balance")}
    for role, names in (
        ("spoke", everybody(SPOKE)),
        ("attended", everybody(PRESENT)),
        ("panellist", [state for state, _, _ in PANEL.values()]),
    ):
        counts = Counter(GROUPS.get(name) or "other" for name in names)
        assert {group: rows[role][group] for group in (*REGIONS, "other")} == {group: counts[group] for group in (*REGIONS, "other")}, role
        assert (rows[role]["year"], rows[role]["reports"], rows[role]["type"]) == (2021, 1, "balance")
    assert list(rows) == ["spoke", "panellist", "attended"]
    # By hand: Kenya, Morocco, Burkina Faso, Uganda; Indonesia, Philippines, Viet Nam, Nepal; Armenia, Moldova; ...
    assert {group: rows["spoke"][group] for group in (*REGIONS, "other")} == {
        "AFR": 4,
        "APG": 4,
        "EEG": 2,
        "GRULAC": 4,
        "WEOG": 4,
        "other": 6,
    }


def test_balance_by_year(shell: Shell) -> None:
    rows = who(shell, "--index", "x.db", "--balance", "--body", "trafficking")
    assert [(row["year"], row["role"], row["reports"]) for row in rows] == [
        (2010, "spoke", 1), (2021, "spoke", 2), (2021, "panellist", 2), (2021, "attended", 2),
    ]  # fmt: skip
    old = Counter(GROUPS.get(row["name"]) or "other" for row in who(shell, OLD, "--role", "spoke"))
    assert {group: rows[0][group] for group in (*REGIONS, "other")} == {group: old[group] for group in (*REGIONS, "other")}
    text = here(shell, "--index", "x.db", "--balance", "--body", "trafficking").out.splitlines()
    assert text[0].split() == ["year", "role", *REGIONS, "other", "reports"]
    assert [line.split()[:2] for line in text[1:]] == [[str(row["year"]), row["role"]] for row in rows]


def test_silent(shell: Shell) -> None:
    """Those present who neither spoke nor sat on the panel, each State once under the name it has now."""
    rows = who(shell, FINAL, "--silent")
    active = {*states(everybody(SPOKE)), *(state for state, _, _ in PANEL.values())}
    wanted = sorted(name for name in states(everybody(PRESENT)) if name not in active)
    assert sorted(row["name"] for row in rows) == wanted
    assert {row["present"] for row in rows} == {True}
    assert all(row["group"] == (GROUPS[row["name"]] or None) for row in rows)
    text = here(shell, FINAL, "--silent", env=WIDE).out
    assert f"{len(active)} States spoke or sat on a panel in 1 report" in text, "the European Union is no State"
    assert "Algeria" in text
    assert "present, no statement recorded" in text
    for name in ("European Union", *active):
        assert not re.search(rf"^{re.escape(name)}  ", text, re.MULTILINE), name


def test_silent_on_an_item(shell: Shell) -> None:
    on_two = {row["name"] for row in who(shell, FINAL, "--silent", "--item", "2")}
    on_three = {row["name"] for row in who(shell, FINAL, "--silent", "--item", "3")}
    assert {"Norway", "Brazil", "South Africa"} <= on_two - on_three
    assert "Georgia" in on_three - on_two
    assert "Indonesia" not in on_two | on_three


def test_silent_says_where_else_a_state_spoke(shell: Shell) -> None:
    """Presence that no report records is unknown, not "no"."""
    rows = {row["name"]: row for row in who(shell, "--index", "x.db", "--report", FINAL, "--silent")}
    assert (rows["Chile"]["present"], rows["Chile"]["elsewhere"]) == (None, 1)
    assert (rows["Netherlands (Kingdom of the)"]["present"], rows["Netherlands (Kingdom of the)"]["elsewhere"]) == (True, 1)
    assert (rows["Algeria"]["present"], rows["Algeria"]["elsewhere"]) == (True, 0)
    assert "France" not in rows
    text = here(shell, "--index", "x.db", "--report", FINAL, "--silent", env=WIDE).out
    assert re.search(r"Chile +GRULAC +presence not recorded; spoke at 1 other meeting of the body", text)


@pytest.mark.parametrize(
    "more", [["--state", "Algeria"], ["--role", "attended"], ["--capacity", "party"], ["--group", "AFR"]], ids=" ".join
)
def test_silent_heeds_a_filter_or_refuses_it(shell: Shell, more: list[str]) -> None:
    everything = here(shell, FINAL, "--silent", env=WIDE)
    result = here(shell, FINAL, "--silent", *more, env=WIDE)
    if result.code == 2:
        one_error(result)
        return
    assert result.out != everything.out, "a filter that changes nothing was not heeded"
    assert "0 States spoke" not in result.out, "States spoke, whatever the filter"


def test_multiple(shell: Shell) -> None:
    rows = who(shell, FINAL, "--multiple")
    assert [(row["name"], [(one["role"], one["capacity"], one["paragraph"]) for one in row["entries"]]) for row in rows] == [
        ("Indonesia", [("panellist", None, "5; 7"), ("spoke", "party", "19")]),
    ]  # fmt: skip
    text = here(shell, FINAL, "--multiple", env=WIDE).out
    assert re.match(r"Indonesia +APG +panellist, paras\. 5, 7; statement as party, para\. 19 \[CTOC/COP/WG\.4/2021/29\]\n", text)
    table = list(csv.DictReader(io.StringIO(here(shell, FINAL, "--multiple", "--csv").out, newline="")))
    assert "panellist" in table[0]["entries"], "the entries are what the question was for"
    assert "19" in table[0]["entries"]


def test_multiple_none(shell: Shell) -> None:
    """Nobody of this report: who spoke only, and who was on the panel only, is said."""
    result = here(shell, DRAFT, "--multiple", env=WIDE)
    assert result.code == 1
    assert result.out == (
        "None. Panel only: Brazil, Norway, South Africa. Statement only: Argentina, Armenia, Bolivia (Plurinational State of), Burkina Faso, "
        "Canada, Costa Rica, Finland, Indonesia, International Centre for Migration Policy Development, Morocco, Philippines, Republic of Moldova, "
        "Trinidad and Tobago, Uganda, United States of America, Viet Nam.\n"
    )
    assert here(shell, DRAFT, "--multiple", "--json").out == "[]\n"


def test_total(shell: Shell) -> None:
    rows = {row["name"]: row for row in who(shell, FINAL, DRAFT, OLD, "--total")}

    def told(name: str) -> tuple[int, ...]:
        return tuple(rows[name][key] for key in ("reports", "spoke", "panellist", "attended", "proposed"))

    assert told("Indonesia") == (2, 2, 1, 1, 0)
    assert told("Norway") == (2, 0, 2, 1, 0)
    assert told("Organization for Security and Cooperation in Europe") == (2, 2, 0, 1, 0)
    assert told("Netherlands (Kingdom of the)") == (2, 1, 0, 1, 0)
    assert told("Belarus") == (1, 1, 0, 0, 0)
    assert len(rows) == len({row["name"] for row in who(shell, FINAL, DRAFT, OLD)})
    order = [(-row["reports"], -row["spoke"]) for row in who(shell, FINAL, DRAFT, OLD, "--total")]
    assert order == sorted(order)
    text = here(shell, FINAL, "--total", env=WIDE).out.splitlines()
    assert text[0].split() == ["name", "group", "reports", "spoke", "panellist", "attended", "proposed"]


# Forms -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_forms_say_the_same(shell: Shell, view: str) -> None:
    options = [view] if view else []
    lines = who(shell, FINAL, REVIEW, *options)
    assert json.loads(here(shell, FINAL, REVIEW, *options, "--json").out) == lines
    result = here(shell, FINAL, REVIEW, *options, "--csv")
    table = list(csv.DictReader(io.StringIO(result.out, newline="")))
    assert len(table) == len(lines)
    assert list(table[0]) == [key for key in lines[0] if key != "type"]
    for row, line in zip(table, lines, strict=True):
        for key, value in line.items():
            if key != "type" and not isinstance(value, list):
                assert row[key] == {None: "", True: row[key]}.get(value, str(value)), key
    assert len({line["type"] for line in lines}) == 1


def test_limit(shell: Shell) -> None:
    whole = who(shell, FINAL)
    limited = shell("who", FINAL, "--limit", "3", "--jsonl")
    assert records(limited) == whole[:3]
    assert who(shell, FINAL, "--limit", "0") == whole
    assert "3 of 77 rows" in shell("who", FINAL, "--limit", "3").err


@pytest.mark.parametrize("columns", ["1", "20", "60", "100", "300"])
@pytest.mark.parametrize("view", [*VIEWS, "--state=Indonesia"])
def test_any_width(shell: Shell, columns: str, view: str) -> None:
    result = here(shell, FINAL, *([view] if view else []), env={"COLUMNS": columns})
    assert (result.code, result.err) == (0, "")
    quiet_terminal(result.out)
    if columns in {"100", "300"} and view != "--total":
        assert max(map(len, result.out.splitlines())) <= int(columns)


def test_output_file(shell: Shell, tmp_path: Path) -> None:
    target = tmp_path / "who.csv"
    assert shell("who", FINAL, "-o", str(target)).code == 0
    assert target.read_bytes() == shell("who", FINAL, "--csv").raw


# Exit statuses -----------------------------------------------------------------------------------------------


def test_exit_statuses(shell: Shell) -> None:
    assert shell("who", FINAL).code == 0
    nobody = shell("who", DRAFT, "--role", "attended")
    assert nobody.code == 1
    assert "present" not in nobody.out
    assert "nobody found in 1 report" in nobody.err
    assert shell("who", DRAFT, "--role", "attended", "-q").err == ""
    one_error(shell("who", FINAL, "--role", "panelist"), "'panelist'", "did you mean panellist")
    one_error(inside("who", FINAL, "--kind", "stat"), "unknown kind 'stat'", "did you mean state")
    one_error(shell("who", FINAL, "--silent", "--total"), "--silent and --total")
    one_error(shell("who", FINAL, "--state", "Atlantis"), "unknown State 'Atlantis'", "did you mean")
    one_error(shell("who", FINAL, "--organization", "Nobody at all"), "'Nobody at all'")
    one_error(shell("who", FINAL, "--year", "x"), "--year")
    one_error(shell("who"), "there is no index")
    one_error(shell("who", "nowhere.txt"), "nowhere.txt")


def test_kinds_are_chosen(shell: Shell) -> None:
    everybody = who(shell, OLD)
    for kinds in (("state",), ("person", "organization")):
        asked = ("who", OLD, *(part for kind in kinds for part in ("--kind", kind)), "--jsonl")
        found = inside(*asked, folder=shell.folder).out.splitlines()
        assert [json.loads(line) for line in found] == [one for one in everybody if one["kind"] in kinds] != []


def test_one_bad_file_among_good_ones(shell: Shell, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"%PDF-1.4 not text")
    result = shell("who", FINAL, str(bad), "--jsonl")
    assert result.code == 2
    assert "bad.txt: is a PDF file" in result.err
    assert [json.loads(line) for line in result.out.splitlines()] == who(shell, FINAL)


# Never a number ----------------------------------------------------------------------------------------------

NUMBERS = {
    "": {"year", "line", "page"}, "--balance": {"year", "reports", "other", *REGIONS}, "--silent": {"elsewhere"}, "--multiple": set(),
    "--total": {"reports", "spoke", "panellist", "attended", "proposed"},
}  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
def test_no_number_but_those_that_are_counted(shell: Shell, view: str) -> None:
    """Records hold numbers of names that are printed, of years and of lines, and not a word for a quantity."""
    result = here(shell, *ALL, *([view] if view else []), "--jsonl")
    for row in records(result):
        numbers = {key for key, value in row.items() if isinstance(value, int | float) and not isinstance(value, bool)}
        assert numbers <= NUMBERS[view], row
        for entry in row.get("entries", ()):
            assert not [value for value in entry.values() if isinstance(value, int | float)]
    for word in ("several", "speakers", "delegations"):
        assert word not in result.out


def test_several_speakers_are_no_number(shell: Shell) -> None:
    """Whichever word stands for the number, nothing that is counted changes; without any, nothing either."""
    text = MEETING.format(year=2021, voice="VOICE", item=3, spoke="Chile, China and Guatemala", present="Chile and Iraq")
    found: dict[str, list[str]] = {}
    for word in (*QUANTIFIED[::3], None):
        data = text.replace("VOICE", word).encode() if word else re.sub(r"1\. .*", "1. The meeting was opened.", text).encode()
        for view in VIEWS:
            out = here(shell, "-", *([view] if view else []), "--json", stdin=data).out
            found.setdefault(view, []).append(out)
    for view, outs in found.items():
        assert len(set(outs)) == 1, view
    spoke = next(row for row in json.loads(found["--balance"][0]) if row["role"] == "spoke")
    assert sum(spoke[group] for group in (*REGIONS, "other")) == 3


def test_a_report_of_nobody_named(shell: Shell) -> None:
    """Speakers without names alone: nobody took part as far as anybody can tell."""
    data = b"1. Several speakers noted that the forms were long. Many delegations agreed.\n"
    result = shell("who", "-", stdin=data)
    assert result.code == 1
    for view in VIEWS[1:]:
        other = shell("who", "-", view, "--json", stdin=data)
        assert (other.code, json.loads(other.out)) == (1, []), view
    assert not re.search(r"several\D{0,3}\d+ (?:speakers|delegations|States)", result.out + result.err)


def test_ranks_are_called_ranks(shell: Shell) -> None:
    """The readable list names the words that stood for a number, and says that they are none."""
    text = here(shell, FINAL, env=WIDE).out.splitlines()[-1]
    assert text.endswith("A quantifier is a rank, not a number of speakers.")
    told = re.findall(r"(?:: |, )([a-z ]+) (\d+)(?=[,.])", text)
    assert {name.replace(" ", "_") for name, _ in told} <= set(ANONYMOUS)
    report = api.read(str(SAMPLES / FINAL))
    counts = Counter(voice.quantifier for paragraph in report.paragraphs for voice in paragraph.voices)
    for name, count in told:
        assert counts[name.replace(" ", "_")] == int(count), "clauses of that word, as the parser found them"
