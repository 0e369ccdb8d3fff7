"""The knowledge tables: shape, order, spelling, and names that mean one thing only."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from checks import ANONYMOUS, NAMED

DATA = Path(__file__).parents[1] / "src/tipreport/data"

COLUMNS = {
    "action_verbs": "verb category",
    "columns": "table column type expression meaning",
    "languages": "name alpha2 alpha3 marc letter note",
    "spellings": "standard variants note",
    "recalls": "id patterns note",
    "common_words": "word per_thousand",
    "addressees": "id name patterns note",
    "agenda_titles": "id body title variants note",
    "bodies": "id name acronym organ symbol_prefix variants note",
    "forms": "id language kind value patterns",
    "groups": "id name kind variants note",
    "honorifics": "form class note",
    "house_style": "word kind variants note",
    "inflections": "word also never note",
    "instruments": "id name short_forms kind note",
    "capacities": "id pattern note",
    "conditions": "id patterns note",
    "modality": "id strength patterns direction upr_category_hint note",
    "organizations": "id name acronym type variants note",
    "quantifiers": "id rank min max kind patterns note determiners",
    "reporting_verbs": "verb forms class note",
    "states": "id name formal_name text_form alpha2 alpha3 m49 regional_group status name_status demonyms variants"
    " valid_from valid_to note",
    "symbol_components": "component position meaning source",
    "topics": "id label patterns",
}
LISTS = {"patterns", "determiners", "variants", "short_forms", "forms", "demonyms", "also", "never"}
# In these the order of the rows means something; SOURCES.md says what.
OWN_ORDER = {"columns", "capacities", "quantifiers", "modality", "honorifics", "symbol_components"}
REGIONS = {"AFR": 54, "APG": 54, "EEG": 23, "GRULAC": 33, "WEOG": 29}
ORGANIZATION_TYPES = {"un_secretariat", "un_entity", "specialized_agency", "pni_institute", "treaty_body", "igo", "ngo", "nhri", "other"}
DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of a table."""
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def items(value: str) -> list[str]:
    """The items of a list value."""
    return value.split(";") if value else []


def fold(text: str) -> str:
    """A name without case, marks on letters, kinds of hyphen or a leading article."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    text = re.sub("[\u2010-\u2015]", "-", text.replace("\u2019", "'"))
    return re.sub(r"^the ", "", re.sub(r"\s+", " ", text).strip())


def owners(name: str, *columns: str, folded: bool = True) -> dict[str, set[str]]:
    """Which ids each printed form belongs to."""
    found: dict[str, set[str]] = {}
    for row in rows(name):
        for column in columns:
            for form in items(row[column]) if column in LISTS else [row[column]]:
                if form:
                    found.setdefault(fold(form) if folded else form, set()).add(row["id" if "id" in row else "verb"])
    return found


def shared(found: dict[str, set[str]]) -> dict[str, set[str]]:
    """The forms with more than one owner."""
    return {form: ids for form, ids in found.items() if len(ids) > 1}


def every_state_form() -> dict[str, set[str]]:
    return owners("states", "name", "formal_name", "text_form", "variants")


def every_organization_form() -> dict[str, set[str]]:
    return owners("organizations", "name", "acronym", "variants")


def state(form: str) -> str | None:
    """The id a printed form of a State leads to."""
    ids = every_state_form().get(fold(form), set())
    return next(iter(ids)) if len(ids) == 1 else None


def test_every_table_is_tested() -> None:
    assert {path.stem for path in DATA.glob("*.csv")} == set(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS)
def test_columns(name: str) -> None:
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == COLUMNS[name].split()
    assert len(lines) > 10
    assert {len(line) for line in lines} == {len(lines[0])}


@pytest.mark.parametrize("name", COLUMNS)
def test_bytes(name: str) -> None:
    raw = (DATA / f"{name}.csv").read_bytes()
    text = raw.decode("utf-8")
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search("[\u2018\u2019\u00a0\u00ad\t]", text), "straight apostrophes and plain blanks only"


@pytest.mark.parametrize("name", COLUMNS)
def test_values(name: str) -> None:
    for row in rows(name):
        for column, value in row.items():
            assert value == value.strip(), (row, column)
            assert "  " not in value, (row, column)
            if column in LISTS:
                found = items(value)
                assert all(item and item == item.strip() for item in found), (row, column)
                assert len(found) == len(set(found)), (row, column)


@pytest.mark.parametrize("name", sorted(set(COLUMNS) - OWN_ORDER))
def test_sorted(name: str) -> None:
    first, second = COLUMNS[name].split()[:2]
    keys = [(row[first], row[second]) for row in rows(name)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", sorted(set(COLUMNS) - {"columns", "states", "honorifics", "symbol_components"}))
def test_unique_ids(name: str) -> None:
    key = COLUMNS[name].split()[0]
    counts = Counter(row[key] for row in rows(name))
    assert "" not in counts
    assert not [found for found, count in counts.items() if count > 1]


@pytest.mark.parametrize(
    ("name", "column"),
    [("organizations", "name"), ("groups", "name"), ("instruments", "name"), ("bodies", "name"), ("states", "name")],
)
def test_variants_do_not_repeat_the_name(name: str, column: str) -> None:
    for row in rows(name):
        forms = items(row["short_forms" if name == "instruments" else "variants"])
        assert row[column] not in forms, row
        assert not [form for form in forms if form.startswith(("the ", "The "))], row


# States


def test_states_unique() -> None:
    assert len({(row["id"], row["name"]) for row in rows("states")}) == len(rows("states"))


def test_states_one_current_name() -> None:
    counts = Counter(row["id"] for row in rows("states") if row["name_status"] == "current")
    assert set(counts.values()) == {1}
    without = {row["id"] for row in rows("states")} - set(counts)
    assert without == {row["id"] for row in rows("states") if row["status"] == "former_member"}
    assert without == {"CSK", "DDR", "SCG", "SUN", "YMD", "YUG"}


def test_states_vocabulary() -> None:
    assert {row["name_status"] for row in rows("states")} == {"current", "former"}
    assert {row["status"] for row in rows("states")} == {
        "member",
        "observer_state",
        "non_member_state",
        "former_member",
        "territory",
        "reio",
    }
    assert {row["regional_group"] for row in rows("states")} - {""} == set(REGIONS)


def test_states_members() -> None:
    members = [row for row in rows("states") if row["status"] == "member" and row["name_status"] == "current"]
    assert len(members) == 193
    assert Counter(row["regional_group"] for row in members) == REGIONS


def test_states_regions_of_special_cases() -> None:
    region = {row["id"]: row["regional_group"] for row in rows("states") if row["name_status"] == "current"}
    for found, expected in {
        "ISR": "WEOG", "TUR": "WEOG", "USA": "WEOG", "KIR": "APG", "CYP": "APG", "EST": "EEG", "AUS": "WEOG",
        "VAT": "", "PSE": "", "COK": "", "NIU": "", "EUU": "",
    }.items():  # fmt: skip
        assert region[found] == expected


def test_states_codes() -> None:
    for row in rows("states"):
        assert re.fullmatch("[A-Z]{3}", row["id"]), row
        assert re.fullmatch("[A-Z]{2}", row["alpha2"]), row
        if row["id"] == "EUU":
            assert (row["alpha3"], row["m49"]) == ("", "")
        else:
            assert row["alpha3"] == row["id"], row
            assert re.fullmatch(r"\d{3}", row["m49"]), row
    for column in ("alpha2", "m49"):
        current = Counter(row[column] for row in rows("states") if row["name_status"] == "current")
        assert set(current.values()) == {1}


def test_states_dates() -> None:
    for row in rows("states"):
        for column in ("valid_from", "valid_to"):
            assert not row[column] or DATE.fullmatch(row[column]), row
        if row["valid_from"] and row["valid_to"]:
            assert row["valid_from"] < row["valid_to"], row
        assert bool(row["valid_to"]) == (row["name_status"] == "former"), row


def test_states_forms_belong_to_one_id() -> None:
    assert shared(every_state_form()) == {}


@pytest.mark.parametrize(
    "form",
    ["Korea", "America", "Antigua", "Guinea Equatorial", "Ireland and", "Republic", "US", "Islamic Republic", "Saint"],
)
def test_states_too_loose(form: str) -> None:
    assert fold(form) not in every_state_form()


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Iran (Islamic Republic of)", "IRN"), ("the Islamic Republic of Iran", "IRN"), ("Iran", "IRN"),
        ("Netherlands (Kingdom of the)", "NLD"), ("the Netherlands", "NLD"), ("Kingdom of the Netherlands", "NLD"),
        ("Bolivia (Plurinational State of)", "BOL"), ("Bolivia", "BOL"), ("Plurinational State of Bolivia", "BOL"),
        ("United Kingdom", "GBR"), ("United States", "USA"), ("Russia", "RUS"), ("Syria", "SYR"), ("Tanzania", "TZA"),
        ("Venezuela", "VEN"), ("Venezuela (Bolivarian Republic of)", "VEN"), ("South Korea", "KOR"),
        ("Republic of Korea", "KOR"), ("Democratic People\u2019s Republic of Korea", "PRK"), ("North Korea", "PRK"),
        ("Lao PDR", "LAO"), ("Turkey", "TUR"), ("Türkiye", "TUR"), ("Turkiye", "TUR"), ("Swaziland", "SWZ"),
        ("Cape Verde", "CPV"), ("Czech Republic", "CZE"), ("the former Yugoslav Republic of Macedonia", "MKD"),
        ("Macedonia", "MKD"), ("Libyan Arab Jamahiriya", "LBY"), ("Burma", "MMR"), ("Zaire", "COD"),
        ("Palestine", "PSE"), ("East Timor", "TLS"), ("Ivory Coast", "CIV"), ("Cote d'Ivoire", "CIV"),
        ("Côte d\u2019Ivoire", "CIV"), ("São Tomé and Príncipe", "STP"), ("Timor Leste", "TLS"),
        ("TimorLeste", "TLS"), ("GuineaBissau", "GNB"), ("Vietnam", "VNM"), ("Congo", "COG"), ("Niger", "NER"),
        ("Guinea", "GIN"), ("Dominica", "DMA"), ("Dominican Republic", "DOM"), ("South Sudan", "SSD"),
        ("Micronesia", "FSM"), ("Georgia", "GEO"), ("The Gambia", "GMB"), ("Holy See", "VAT"),
        ("European Union", "EUU"), ("Yugoslavia", "YUG"), ("Serbia and Montenegro", "SCG"), ("Soviet Union", "SUN"),
        ("Czechoslovakia", "CSK"), ("Cook Islands", "COK"), ("Niue", "NIU"),
    ],
)  # fmt: skip
def test_states_printed_forms(form: str, expected: str) -> None:
    assert state(form) == expected


@pytest.mark.parametrize(
    ("name", "expected", "until"),
    [
        ("Turkey", "TUR", "2022-06-01"),
        ("Swaziland", "SWZ", "2018-04-19"),
        ("Libyan Arab Jamahiriya", "LBY", "2011-09-16"),
    ],
)
def test_states_former_names(name: str, expected: str, until: str) -> None:
    found = [row for row in rows("states") if row["name"] == name]
    assert [(row["id"], row["name_status"], row["valid_to"]) for row in found] == [(expected, "former", until)]


# Organizations, groups, instruments, bodies


def test_organizations_vocabulary() -> None:
    assert {row["type"] for row in rows("organizations")} == ORGANIZATION_TYPES
    assert sum(row["type"] == "ngo" for row in rows("organizations")) >= 150
    assert sum(row["type"] == "specialized_agency" for row in rows("organizations")) >= 15


def test_organizations_ids() -> None:
    for row in rows("organizations"):
        assert re.fullmatch(r"[A-Z0-9][A-Z0-9_-]*", row["id"]), row


def test_organizations_forms_belong_to_one_id() -> None:
    assert shared(every_organization_form()) == {}


def test_states_and_organizations_part() -> None:
    """Only the European Union is both, on purpose."""
    states, organizations = every_state_form(), every_organization_form()
    both = {form: states[form] | organizations[form] for form in states.keys() & organizations.keys()}
    assert both
    assert set(map(frozenset, both.values())) == {frozenset({"EU", "EUU"})}


@pytest.mark.parametrize(
    "form", ["Office", "Secretariat", "Treaty Section", "Red Cross", "Global Initiative", "Commonwealth", "Commission"]
)
def test_organizations_too_loose(form: str) -> None:
    assert fold(form) not in every_organization_form()


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Organization of Security and Cooperation in Europe", "OSCE"), ("OSCE", "OSCE"), ("European Union", "EU"),
        ("International Organization of la Francophonie", "OIF"), ("League of Arab States", "LAS"),
        ("Organization of the Islamic Conference", "OIC"), ("Friends World Committee for Consultation", "FWCC"),
        ("Southern Common Market", "MERCOSUR"), ("UNODC", "UNODC"), ("United Nations Children\u2019s Fund", "UNICEF"),
        ("World Meteorological Organization", "WMO"), ("Intergovernmental Panel on Climate Change", "IPCC"),
        ("Conseil national des droits de l\u2019homme du Maroc", "NHRI-MAR"), ("Green Climate Fund", "GCF"),
        ("Sovereign Military Order of Malta", "SMOM"), ("International Committee of the Red Cross", "ICRC"),
    ],
)  # fmt: skip
def test_organizations_printed_forms(form: str, expected: str) -> None:
    assert every_organization_form().get(fold(form)) == {expected}


def test_groups() -> None:
    assert {row["kind"] for row in rows("groups")} == {"regional", "negotiating", "political", "constituency", "other"}
    assert {row["id"] for row in rows("groups") if row["kind"] == "regional"} == set(REGIONS)
    forms = owners("groups", "name", "variants")
    assert shared(forms) == {}
    assert not forms.keys() & every_state_form().keys()
    assert not forms.keys() & every_organization_form().keys()


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("African Group", "AFR"), ("Group of Asian States", "APG"), ("G77 and China", "G77"), ("G-77 and China", "G77"),
        ("Group of Western European and other States", "WEOG"), ("GRULAC", "GRULAC"), ("Arab Group", "ARAB"),
        ("Eastern European States", "EEG"), ("Movement of Non-Aligned Countries", "NAM"), ("AOSIS", "AOSIS"),
        ("Brazil, South Africa, India and China", "BASIC"), ("Argentina, Brazil and Uruguay", "ABU"),
    ],
)  # fmt: skip
def test_groups_printed_forms(form: str, expected: str) -> None:
    assert owners("groups", "name", "variants").get(fold(form)) == {expected}


def test_instruments() -> None:
    kinds = {"convention", "protocol", "declaration", "agreement", "programme", "other"}
    assert {row["kind"] for row in rows("instruments")} == kinds
    forms = owners("instruments", "name", "short_forms")
    assert shared(forms) == {}
    for loose in ("Convention", "Protocol", "Covenant", "Optional Protocol", "Agreement", "Declaration"):
        assert fold(loose) not in forms
    for form, expected in {
        "Trafficking in Persons Protocol": "TIP", "Organized Crime Convention": "UNTOC", "Paris Agreement": "PARIS",
        "Kyoto Protocol": "KYOTO", "Migrants Protocol": "SOM", "ICCPR": "ICCPR", "2030 Agenda": "AGENDA2030",
    }.items():  # fmt: skip
        assert forms[fold(form)] == {expected}


def test_bodies() -> None:
    assert shared(owners("bodies", "name", "acronym", "variants")) == {}
    prefixes = Counter(row["symbol_prefix"] for row in rows("bodies") if row["symbol_prefix"])
    assert set(prefixes.values()) == {1}
    for prefix in prefixes:
        assert re.fullmatch(r"[A-Z]+(/[A-Za-z0-9.]+)*", prefix), prefix
    stem = {row["id"]: row["symbol_prefix"] for row in rows("bodies")}
    assert (stem["WG4"], stem["WG3"], stem["HRC"]) == ("CTOC/COP/WG.4", "CTOC/COP/WG.3", "A/HRC")
    for row in rows("bodies"):
        if row["symbol_prefix"].startswith("CTOC/"):
            assert row["organ"].endswith("Transnational Organized Crime"), row


def test_bodies_and_organizations_agree() -> None:
    """A name in both tables has one id."""
    organizations = every_organization_form()
    for form, ids in owners("bodies", "name", "acronym", "variants").items():
        assert organizations.get(form, ids) == ids, form


# Words


def test_quantifiers() -> None:
    assert [row["id"] for row in rows("quantifiers")] == ANONYMOUS + NAMED
    for row in rows("quantifiers"):
        for column in ("rank", "min", "max"):
            assert re.fullmatch(r"\d*", row[column]), row
        if row["min"] and row["max"]:
            assert int(row["min"]) <= int(row["max"]), row
        assert row["patterns"], row
        assert bool(row["determiners"]) <= (row["id"] in ANONYMOUS), row
    rank = {row["id"]: int(row["rank"]) for row in rows("quantifiers") if row["rank"]}
    assert rank["one"] < rank["few"] < rank["some"] < rank["several"] == rank["a_number_of"]
    assert rank["several"] < rank["many"] < rank["most"] < rank["all"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("several speakers", "several"), ("one speaker", "one"), ("many speakers", "many"), ("others", "other"),
        ("other speakers", "other"), ("speakers", "unquantified"), ("it was noted", "impersonal"),
        ("the view was expressed", "impersonal"), ("a number of delegations", "a_number_of"), ("the Chair", "chair"),
        ("the representative of the Secretariat", "secretariat"), ("most speakers", "most"),
    ],
)  # fmt: skip
def test_quantifier_phrases(form: str, expected: str) -> None:
    assert owners("quantifiers", "patterns").get(fold(form)) == {expected}


@pytest.mark.parametrize(("name", "column"), [("modality", "patterns"), ("topics", "patterns"), ("reporting_verbs", "forms")])
def test_phrases_belong_to_one_row(name: str, column: str) -> None:
    found = {form.casefold(): ids for form, ids in owners(name, column, folded=False).items()}
    assert len(found) == sum(len(items(row[column])) for row in rows(name))


@pytest.mark.parametrize("name", ["quantifiers", "addressees"])
def test_phrases_with_case_belong_to_one_row(name: str) -> None:
    """Case tells "Parties" from "parties"."""
    assert shared(owners(name, "patterns", folded=False)) == {}


def test_modality() -> None:
    strength = {row["id"]: int(row["strength"]) for row in rows("modality")}
    for row in rows("modality"):
        hedge = row["direction"] == "hedge"
        assert (strength[row["id"]] == -1) == hedge, row
        assert -1 <= strength[row["id"]] <= 10, row
    assert list(strength.values()) == sorted(strength.values(), reverse=True)
    assert (strength["shall"], strength["should"], strength["should_consider"], strength["may_wish"]) == (10, 6, 3, 2)


def test_modality_patterns() -> None:
    forms = owners("modality", "patterns", folded=False)
    for form, expected in {
        "should": "should", "should ensure": "should", "should continue": "should", "may wish to": "may_wish",
        "should consider": "should_consider", "as appropriate": "where_appropriate", "are invited to": "invite",
        "should not": "should_not", "is requested to": "request_strong",
    }.items():  # fmt: skip
        assert forms[form] == {expected}


def test_addressees() -> None:
    name = {row["id"]: row["name"] for row in rows("addressees")}
    assert len(set(name.values())) == len(name)
    for found, expected in {
        "states_parties": "States parties", "working_group": "Working Group", "unodc": "UNODC", "parties": "Parties",
        "secretariat": "Secretariat", "conference": "Conference of the Parties", "governments": "Governments",
        "treaty_secretariat": "secretariat",
    }.items():  # fmt: skip
        assert name[found] == expected


def test_reporting_verbs() -> None:
    forms = owners("reporting_verbs", "forms")
    for form in [
        "noted",
        "highlighted",
        "stressed",
        "outlined",
        "added",
        "mentioned",
        "welcomed",
        "commended",
        "recommended",
        "urged",
        "thanked",
        "discussed",
        "formulated",
        "emphasized",
        "referred",
        "asked",
        "reiterated",
        "regretted",
    ]:
        assert form in forms or any(found.startswith(form + " ") for found in forms), form
    assert all(row["class"] for row in rows("reporting_verbs"))


def test_topics_hold_no_word_that_fits_everything() -> None:
    forms = owners("topics", "patterns")
    for form in ["migration", "border", "business", "data", "research", "exploitation", "consent", "asset"]:
        assert fold(form) not in forms
    assert forms["non-punishment"] == {"non_punishment"}


def test_honorifics() -> None:
    assert {row["class"] for row in rows("honorifics")} == {"honorific", "particle", "suffix"}
    keys = [(row["form"], row["class"]) for row in rows("honorifics")]
    assert len(keys) == len(set(keys))
    order = ["honorific", "particle", "suffix"]
    assert [row["class"] for row in rows("honorifics")] == sorted((c for _, c in keys), key=order.index)


def test_symbol_components() -> None:
    keys = [(row["position"], row["component"]) for row in rows("symbol_components")]
    assert len(keys) == len(set(keys))
    assert {position for position, _ in keys} == set("12345")
    assert [position for position, _ in keys] == sorted(position for position, _ in keys)
    assert all(row["meaning"] and row["source"] for row in rows("symbol_components"))


# SOURCES.md


def test_sources_name_every_table() -> None:
    text = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\S+)\.csv$", text, re.M)
    assert sorted(headings) == sorted(COLUMNS)
    assert len(re.findall(r"^## ", text, re.M)) == len(headings)
    for part in re.split(r"^## .*$", text, flags=re.M)[1:]:
        assert len(part.split()) > 20
    assert set(re.findall(r"(\w+)\.csv", text)) <= set(COLUMNS)


def test_sources_name_no_machine() -> None:
    text = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    assert not re.search(r"(?<!\w)/(?:work|tmp|home|usr|opt|root)\b|https?://", text)


def test_columns_of_tables_are_known_and_told() -> None:
    from tipreport.tables.columns import SHAPES

    found = rows("columns")
    assert {row["table"] for row in found} == {*SHAPES, "*", "+", "placed"}
    assert {row["type"] for row in found} <= {"string", "integer", "date", "boolean", "link", "list"}
    assert len({(row["table"], row["column"]) for row in found}) == len(found)
    untold = {row["column"] for row in found if not row["meaning"]}
    plain = {
        "title",
        "subtitle",
        "session",
        "original_language",
        "job_number",
        "name",
        "honorific",
        "position",
        "organization",
    }  # the name says all
    assert untold <= plain | {"number", "as_printed", "agenda_items", "mark", "text", "paragraphs"}


def test_verbs_of_action_have_one_category() -> None:
    assert {row["category"] for row in rows("action_verbs")} == set("12345")
