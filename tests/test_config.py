"""Configuration: what a file may say, and that a user's own rows change what is found."""

from __future__ import annotations

import pickle
import weakref
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tipreport import Config, gazetteer, parse
from tipreport.config import TABLES, find, load
from tipreport.errors import ConfigError, TipreportError, UnknownNameError
from tipreport.model import Report

TEXT = (
    "Working Group on Trafficking in Persons\n\nII. Recommendations\n\nRecommendation 1\n\n"
    "The Lantern Committee should consider debt ladders in the brickworks.\n\nIII. Summary of deliberations\n\n"
    "1. The observer for the Guild of Lantern Makers recalled the Quarry Convention and the situation in Paraguaria.\n\n"
    "2. Statements were made by the representatives of Chile, Paraguaria and China.\n\n"
    "3. The observer for the Guild of Lantern Makers also made a statement.\n"
)
OWN = """
[[topics]]
id = "brickworks"
label = "Brickworks"
patterns = "brickworks; brick kiln"

[[organizations]]
id = "GLM"
name = "Guild of Lantern Makers"
acronym = "GLM"
type = "ngo"
variants = "Lantern Guild"

[[states]]
id = "PRY"
variants = "Paraguaria"

[[instruments]]
id = "QC"
name = "Quarry Convention"

[[addressees]]
id = "lantern"
name = "Lantern Committee"
patterns = "the Lantern Committee"
"""


def config(tmp_path: Path, text: str, **more: Any) -> Config:
    """The configuration that a TOML text gives."""
    path = tmp_path / "tipreport.toml"
    path.write_text(text, "utf-8")
    loaded: dict[str, Any] = load(str(path))
    return Config(tables=loaded["tables"], **more)


def mentioned(report: Report, kind: str) -> set[str]:
    """The ids of what the paragraphs mention."""
    return {one.id for unit in report.paragraphs for one in unit.mentions if one.kind == kind}


# Own rows ----------------------------------------------------------------------------------------------------


def test_without_own_rows_nothing_of_them_is_found() -> None:
    report = parse(TEXT)
    assert "brickworks" not in report.recommendations[0].topics
    assert "GLM" not in mentioned(report, "organization")
    assert "QC" not in mentioned(report, "instrument")
    assert "PRY" not in mentioned(report, "state")
    assert "lantern" not in [one.id for one in report.recommendations[0].addressees]


def test_an_own_topic(tmp_path: Path) -> None:
    assert "brickworks" in parse(TEXT, config=config(tmp_path, OWN)).recommendations[0].topics


def test_an_own_organization_is_mentioned_and_speaks(tmp_path: Path) -> None:
    report = parse(TEXT, config=config(tmp_path, OWN))
    assert "GLM" in mentioned(report, "organization")
    speakers = [one for statement in report.statements for one in statement.organizations]
    assert [(one.id, one.acronym, one.name) for one in speakers] == [("GLM", "GLM", "Guild of Lantern Makers")]
    assert [statement.capacity for statement in report.statements if statement.organizations] == ["observer"]
    assert "organization/unknown" not in [remark.code for remark in report.diagnostics]


def test_an_own_name_of_a_state_is_mentioned_and_speaks(tmp_path: Path) -> None:
    report = parse(TEXT, config=config(tmp_path, OWN))
    assert "PRY" in mentioned(report, "state")
    assert [one.id for one in report.statements[0].states] == ["CHL", "PRY", "CHN"]
    assert report.statements[0].states[1].name == "Paraguay"
    assert report.statements[0].states[1].as_printed == "Paraguaria"


def test_an_own_instrument(tmp_path: Path) -> None:
    report = parse(TEXT, config=config(tmp_path, OWN))
    assert "QC" in mentioned(report, "instrument")


def test_an_own_addressee(tmp_path: Path) -> None:
    (asked,) = parse(TEXT, config=config(tmp_path, OWN)).recommendations[0].addressees
    assert (asked.id, asked.name, asked.as_printed) == ("lantern", "Lantern Committee", "The Lantern Committee")


def test_own_rows_win_over_the_tables(tmp_path: Path) -> None:
    rows = '[[organizations]]\nid = "MINE"\nname = "Organization for Security and Co-operation in Europe"\nacronym = "OSCE"\n'
    text = "1. The observer for the OSCE made a statement.\n"
    assert mentioned(parse(text), "organization") == {"OSCE"}
    assert mentioned(parse(text, config=config(tmp_path, rows)), "organization") == {"MINE"}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_row_with_an_id_alone_does_no_harm(tmp_path: Path, table: str) -> None:
    try:
        own = config(tmp_path, f'[[{table}]]\nid = "bare"\n')
    except ConfigError as error:
        assert "bare" in str(error) or table in str(error)
    else:
        parse(TEXT, config=own)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_odd_values_do_no_harm(tmp_path: Path, table: str) -> None:
    for value in ("", ";", " ; ;", "(", "[", "\\\\", "*", "a|b", "the ", "\\u001b", "\\U0001F600", "-", "1", "x" * 3000):
        columns = "".join(f'{column} = "{value}"\n' for column in TABLES[table] if column != "id")
        try:
            own = config(tmp_path, f'[[{table}]]\nid = "odd"\n{columns}')
        except ConfigError:
            continue
        assert [one.number for one in parse(TEXT, config=own).paragraphs] == ["1", "2", "3"], (table, value)


def test_a_state_that_no_table_knows_is_told_or_kept(tmp_path: Path) -> None:
    try:
        own = config(tmp_path, '[[states]]\nid = "XYZ"\nname = "Ruritania"\nvariants = "Ruritania"\n')
    except TipreportError as error:
        assert "XYZ" in str(error)
    else:
        assert "XYZ" in mentioned(parse("1. Ruritania was mentioned.\n", config=own), "state")


# Files -------------------------------------------------------------------------------------------------------


def test_a_good_file(tmp_path: Path) -> None:
    path = tmp_path / "tipreport.toml"
    path.write_text('profile = "generic"\nencoding = "cp1252"\nsymbol = "A/1"\ncolor = "never"\njobs = 2\n' + OWN)
    loaded = load(str(path))
    assert {key: value for key, value in loaded.items() if key != "tables"} == {
        "profile": "generic", "encoding": "cp1252", "symbol": "A/1", "color": "never", "jobs": 2,
    }  # fmt: skip
    tables = loaded["tables"]
    assert isinstance(tables, tuple)
    assert {name for name, _ in tables} == set(TABLES)


def test_an_empty_file(tmp_path: Path) -> None:
    assert config(tmp_path, "") == Config()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("profil = 'x'\n", ["profil"]),
        ("profile = 1\n", ["profile"]),
        ("encoding = true\n", ["encoding"]),
        ("symbol = ['A/1']\n", ["symbol"]),
        ("color = 1\n", ["color"]),
        ("jobs = 'two'\n", ["jobs"]),
        ("jobs = true\n", ["jobs"]),
        ("jobs = -1\n", ["jobs"]),
        ("profile = \n", ["line 1"]),
        ("[topics]\nid = 'x'\n", ["topics", "[[topics]]"]),
        ("topics = 'x'\n", ["topics"]),
        ("topics = ['x']\n", ["topics"]),
        ("[[topics]]\nlabel = 'x'\n", ["topics", "id"]),
        ("[[topics]]\nid = 'x'\npattern = 'x'\n", ["topics", "pattern", "patterns"]),
        ("[[topics]]\nid = 'x'\npatterns = ['x']\n", ["patterns", "string"]),
        ("[[topics]]\nid = 7\n", ["id", "string"]),
        ("[[topics]]\nid = ''\npatterns = 'x'\n", ["id"]),
        ("[[bodies]]\nid = 'x'\n", ["bodies"]),
        ("corrections = 'x'\n", ["corrections", "[[corrections]]"]),
        ("corrections = ['x']\n", ["corrections", "row 1"]),
        ("[[corrections]]\nreport = 'A/1'\nid = 'rec-1'\n", ["row 1", "text must be a string", "--to correction"]),
        ("[[corrections]]\nid = 'rec-1'\ntext = '0'\n", ["row 1", "report"]),
        ("[[corrections]]\nreport = 'A/1'\nid = 5\ntext = '0'\n", ["row 1", "id"]),
        ("[[corrections]]\nreport = 'A/1'\nid = 'rec-1'\ntext = '0'\ntopics = [1]\n", ["row 1", "topics is [1]"]),
        ("[[corrections]]\nreport = 'A/1'\nid = 'rec-1'\ntext = '0'\nnumber = 2021-01-01\n", ["row 1", "number"]),
    ],
)
def test_a_bad_file_is_told_with_its_place(tmp_path: Path, text: str, words: list[str]) -> None:
    path = tmp_path / "tipreport.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(str(path))
    told = f"{caught.value} {caught.value.hint or ''}"
    for word in (str(path), *words):
        assert word in told


def test_a_file_that_is_missing_or_no_toml(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        load(str(tmp_path / "nowhere.toml"))
    with pytest.raises(ConfigError):
        load(str(tmp_path))
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"bytes\.toml"):
        load(str(tmp_path / "bytes.toml"))
    (tmp_path / "deep.toml").write_bytes(b"x = " + b"[" * 5000)
    with pytest.raises(ConfigError, match=r"deep\.toml"):
        load(str(tmp_path / "deep.toml"))


def test_the_places_of_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user = tmp_path / "xdg/tipreport/tipreport.toml"
    user.parent.mkdir(parents=True)
    user.touch()
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    assert find() == [str(user)]
    (here / "tipreport.toml").touch()
    assert find() == [str(user), "tipreport.toml"], "the weakest first"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nowhere"))
    assert find() == ["tipreport.toml"]
    (tmp_path / "home/.config/tipreport").mkdir(parents=True)
    (tmp_path / "home/.config/tipreport/tipreport.toml").touch()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for unset in (None, ""):
        if unset is None:
            monkeypatch.delenv("XDG_CONFIG_HOME")
        else:
            monkeypatch.setenv("XDG_CONFIG_HOME", unset)
        assert find() == [str(tmp_path / "home/.config/tipreport/tipreport.toml"), "tipreport.toml"]


def test_corrections_are_values(tmp_path: Path) -> None:
    path = tmp_path / "tipreport.toml"
    path.write_text(
        "[[corrections]]\nreport = ' A/1 '\nid = 'rec-1'\ntext = 'ABCDEF'\nnumber = 4\ntopics = ['children']\nreplace = { PRK = 'KOR' }\n"
    )
    loaded: dict[str, Any] = load(str(path))
    (row,) = loaded["corrections"]
    assert row[:4] == ("A/1", "rec-1", "abcdef", (("number", 4), ("topics", ("children",)), ("replace", (("PRK", "KOR"),))))
    assert row.place == f"{path}: corrections: row 1"
    own = Config(corrections=(row,))
    assert pickle.loads(pickle.dumps(own)) == own  # noqa: S301
    assert {own: 1}[Config(corrections=(row,))] == 1


# Values ------------------------------------------------------------------------------------------------------


def test_a_config_is_a_value(tmp_path: Path) -> None:
    one, two = (config(tmp_path, OWN, profile="generic", symbol="A/1") for _ in range(2))
    assert one == two
    assert hash(one) == hash(two)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    assert one != config(tmp_path, OWN)
    with pytest.raises(AttributeError):
        one.profile = "other"  # type: ignore[misc]
    assert one.rows("topics") == [{"id": "brickworks", "label": "Brickworks", "patterns": "brickworks; brick kiln"}]
    assert one.rows("nothing") == []


def test_profile_and_symbol() -> None:
    with pytest.raises(UnknownNameError) as caught:
        parse(TEXT, config=Config(profile="wg_traficking"))
    assert caught.value.hint == "did you mean wg_trafficking?"
    report = parse(TEXT, config=Config(symbol="A/1"))
    assert report.source.symbol == "A/1"
    assert report.masthead.symbol is None
    assert report.paragraphs[0].cite.startswith("A/1, ")
    printed = parse("A/CONF.1/2\n\n1. A.\n", config=Config(symbol="B/9"))
    assert printed.paragraphs[0].cite.startswith(("A/CONF.1/2", "B/9"))


def test_one_config_leaves_no_trace_in_the_next(tmp_path: Path) -> None:
    before = parse(TEXT)
    own = config(tmp_path, OWN)
    assert parse(TEXT, config=own) != before
    assert parse(TEXT) == before
    assert parse(TEXT, config=own) == parse(TEXT, config=config(tmp_path, OWN))


def test_what_is_made_of_tables_is_made_once_for_equal_ones_and_not_kept_for_ever(tmp_path: Path) -> None:
    """A process that reads each report under a configuration of its own does not grow."""
    asked = gazetteer.everything
    first = asked(config(tmp_path, OWN))
    assert asked(config(tmp_path, OWN, profile="generic", symbol="A/1")) is first
    made = [weakref.ref(asked(Config(tables=(("states", (("id", "PRY"), ("variants", f"Paraguaria {n}"))),)))) for n in range(12)]
    assert sum(one() is not None for one in made) <= 8


def _parsed(pair: tuple[str, Config]) -> Report:
    return parse(pair[0], config=pair[1])


def test_another_process_gives_the_same(tmp_path: Path) -> None:
    import multiprocessing

    pairs = [(TEXT, Config()), (TEXT, config(tmp_path, OWN)), (TEXT, Config(profile="generic", symbol="A/1"))]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(_parsed, pairs)) == [_parsed(pair) for pair in pairs]
