"""``tipreport export``: the tables as others read them, round trips, filters, choices that do not fit, and output whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from command import ACTING, SAMPLES, SCRIPT, Shell, environment, inside, one_error, quiet_terminal
from tipreport import parse, read
from tipreport.errors import TipreportError, UnknownNameError
from tipreport.index import store
from tipreport.model import Report
from tipreport.search.groups import grouped
from tipreport.search.request import Filters
from tipreport.select import of
from tipreport.tables.rows import NAMES, Chooser, codebook, table

FINAL, DRAFT = "wg4-final-report.txt", "wg4-draft-addendum.txt"
ALL = sorted(path.name for path in SAMPLES.glob("*.txt"))
REPORTS = os.environ.get("TIPREPORT_REPORTS")
# Tables that have a row for each object of a kind.
KINDS = (
    "recommendations", "points", "paragraphs", "sections", "agenda", "panellists", "statements", "attendance", "voices", "references",
    "footnotes", "decisions",
)  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A folder with all samples and their index ``x.db``."""
    folder = tmp_path_factory.mktemp("corpus")
    for name in ("work", "home"):
        (folder / name).mkdir()
    for name in ALL:
        shutil.copy(SAMPLES / name, folder / "work")
    made = Shell(folder / "work", folder / "home")
    assert run(made, "index", "add", ".", "--index", "x.db", "-q").code == 0
    return made


def run(shell: Shell, *arguments: str, stdin: bytes = b"") -> Any:
    """A command within this process, where many make one test."""
    return inside(*arguments, folder=shell.folder, env=environment(shell.home), stdin=stdin)


def rows(text: str) -> list[dict[str, str]]:
    """The rows of CSV."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def lines(text: str) -> list[dict[str, Any]]:
    """The records of JSON Lines."""
    return [json.loads(line) for line in text.splitlines()]


# Tables ------------------------------------------------------------------------------------------------------


def test_every_object_is_a_row(corpus: Shell) -> None:
    """From the files and from the index, and as many as the reports hold."""
    parsed = [read(str(SAMPLES / name)) for name in ALL]
    for name in KINDS:
        wanted = sum(len(of(report, name)) for report in parsed)
        found = [lines(run(corpus, "export", "--what", name, "--jsonl", *more).out) for more in (["."], ["--index", "x.db", *ALL])]
        assert len(found[0]) == wanted, name
        assert found[0] == found[1]
    assert sum(len(of(report, "voices")) for report in parsed) > 20
    assert len(lines(run(corpus, "export", ".", "--what", "reports", "--jsonl").out)) == len(ALL)


def test_a_row_says_what_the_object_says(corpus: Shell) -> None:
    report = read(str(SAMPLES / FINAL))
    found = lines(run(corpus, "export", "--what", "recommendations", "--jsonl", FINAL).out)
    for row, unit in zip(found, report.recommendations, strict=True):
        assert (row["id"], row["number"], row["section"], row["text"]) == (unit.id, unit.number, unit.section, unit.text)
        assert (row["modality"], row["strength"], row["verb"], row["hedges"]) == (
            unit.modality,
            unit.strength,
            unit.verb,
            list(unit.hedges),
        )
        assert row["topics"] == list(unit.topics)
        assert row["addressees"] == list(dict.fromkeys(a.name for a in unit.addressees))
        assert set(row["addressee_ids"]) == {a.id for a in unit.addressees}
        assert row["cite"] == unit.cite
        assert (row["line"], row["start"], row["end"]) == (unit.spans[0].line, unit.spans[0].start, unit.spans[-1].end)
        assert row["ranges"] == ",".join(f"{span.start}-{span.end}" for span in unit.spans)
        assert row["heading"] in {section.title for section in report.sections if section.label == unit.section}
        assert row["link"] == "https://undocs.org/en/CTOC/COP/WG.4/2021/29"
        assert row["type"] == "recommendation"
    paragraphs = lines(run(corpus, "export", "--what", "paragraphs", "--jsonl", FINAL).out)
    for row, paragraph in zip(paragraphs, report.paragraphs, strict=True):
        assert sorted(row["agenda_items"]) == sorted(set(paragraph.agenda_items))
        assert sorted(row["agenda_items_inherited"]) == sorted(set(paragraph.agenda_items_inherited) - set(paragraph.agenda_items))


def test_ranges_give_back_the_text(corpus: Shell) -> None:
    for name in ALL:
        text = (SAMPLES / name).read_bytes().decode("utf-8").removeprefix("\ufeff")  # as received: line ends untouched
        for row in lines(run(corpus, "export", "--what", "paragraphs,recommendations", "--jsonl", name).out):
            held = "".join(text[int(low) : int(high)] for low, high in (one.split("-") for one in row["ranges"].split(",")))
            keep = str.maketrans("", "", "*\u00ad-")
            assert "".join(row["text"].split()).translate(keep) == "".join(held.split()).translate(keep), (name, row["id"])


@pytest.mark.parametrize("name", NAMES)
def test_csv_json_workbook_and_parquet_hold_the_same_rows(corpus: Shell, tmp_path: Path, name: str) -> None:
    """Read by pandas and DuckDB: the same rows, and the types of the codebook."""
    pandas, duckdb = pytest.importorskip("pandas"), pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    for form, more in (("csv", ["--raw"]), ("jsonl", []), ("xlsx", []), ("parquet", [])):
        assert run(corpus, "export", "--index", "x.db", ".", "--what", name, "-o", str(tmp_path / f"t.{form}"), *more).code in {0, 1}
    wanted = lines((tmp_path / "t.jsonl").read_text("utf-8"))
    columns = codebook()[name]
    plain = [[_flat(row[column.name]) for column in columns] for row in wanted]
    in_csv = [[row[column.name] for column in columns] for row in rows((tmp_path / "t.csv").read_bytes().decode("utf-8"))]
    assert in_csv == [["" if value is None else _told(value) for value in row] for row in plain]
    with duckdb.connect() as base:
        found = base.execute(f"SELECT * FROM '{tmp_path}/t.parquet'").fetchall()
        types = dict(base.execute(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{tmp_path}/t.parquet')").fetchall())
        kinds = {"integer": "BIGINT", "date": "DATE", "boolean": "BOOLEAN", "list": "VARCHAR[]"}
        assert types == {column.name: kinds.get(column.type, "VARCHAR") for column in columns}
        assert [[_flat(value) for value in row] for row in found] == plain
        counted = base.execute(f"SELECT count(*) FROM read_csv('{tmp_path}/t.csv', header = true, all_varchar = true)").fetchone()[0]
        assert counted == len(wanted)
    frame = pandas.read_parquet(tmp_path / "t.parquet")
    assert len(frame) == len(wanted)
    book = pandas.read_excel(tmp_path / "t.xlsx", sheet_name=None, dtype=object, keep_default_na=False, na_values=[""])
    sheet = book[name].astype(object).where(book[name].notna(), None)
    assert list(sheet.columns) == [column.name for column in columns]
    assert [[_cell(value) for value in row] for row in sheet.itertuples(index=False)] == [
        [value or (None if value == "" else value) for value in row] for row in plain
    ]
    assert [(row["table"], row["column"]) for _, row in book["columns"].iterrows()] == [(name, column.name) for column in columns]
    loaded = pandas.read_csv(tmp_path / "t.csv", dtype=object, keep_default_na=False)
    assert loaded.to_numpy().tolist() == in_csv


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _told(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cell(value: Any) -> Any:
    """A value as openpyxl gives it: dates come with a time."""
    if value is None or value != value:  # noqa: PLR0124 (what is not equal to itself is no number)
        return None
    return value.date().isoformat() if hasattr(value, "date") else value


def test_a_workbook_has_types_heads_filters_and_links(corpus: Shell, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "x.xlsx"
    assert run(corpus, "export", FINAL, "-o", str(path)).code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [*NAMES, "columns"]
    sheet = book["recommendations"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert cells["year"].data_type == "n"
    assert cells["date"].is_date
    assert cells["text"].data_type == "s"
    assert cells["link"].hyperlink.target == "https://undocs.org/en/CTOC/COP/WG.4/2021/29"


def test_parquet_in_partitions(corpus: Shell, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    target = tmp_path / "parts"
    assert (
        run(
            corpus,
            "export",
            "--index",
            "x.db",
            ".",
            "--what",
            "recommendations",
            "--to",
            "parquet",
            "--partition",
            "body,year",
            "-o",
            f"{target}/",
        ).code
        == 0
    )
    with duckdb.connect() as base:
        found = base.execute(
            f"SELECT body, year, id, text FROM read_parquet('{target}/**/*.parquet', hive_partitioning = true) ORDER BY body, year, id, text"
        ).fetchall()
    wanted = lines(run(corpus, "export", ".", "--what", "recommendations", "--jsonl").out)
    key = ("body", "year", "id", "text")
    assert sorted(map(str, found)) == sorted(str(tuple(row[name] for name in key)) for row in wanted)
    again = run(corpus, "export", ".", "--what", "recommendations", "--to", "parquet", "--partition", "year", "-o", f"{target}/")
    one_error(again, "not empty")
    one_error(
        run(corpus, "export", ".", "--what", "recommendations", "--to", "parquet", "--partition", "colour", "-o", f"{tmp_path}/q/"),
        "colour",
    )
    assert not (tmp_path / "q").exists()
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".tipreport")]


def test_fields_sort_and_limit(corpus: Shell) -> None:
    found = run(corpus, "export", ".", "--what", "recommendations", "--csv", "--fields", "date,number", "--sort", "date", "--limit", "5")
    table = rows(found.out)
    assert list(table[0]) == ["date", "number"]
    assert [row["date"] for row in table] == sorted((row["date"] for row in table), reverse=True)
    assert len(table) == 5
    one_error(run(corpus, "export", ".", "--what", "recommendations", "--csv", "--fields", "numbr"), "numbr", "did you mean number?")
    one_error(run(corpus, "export", ".", "--what", "recommendations", "--csv", "--sort", "rank"), "unknown order")


def test_the_codebook_names_every_column_once(corpus: Shell) -> None:
    found = rows(run(corpus, "export", "--codebook", "--csv").out)
    assert len({(row["table"], row["column"]) for row in found}) == len(found) > 150
    assert all(row["datatype"] in {"string", "integer", "date", "boolean", "list", "link"} for row in found)
    for name in NAMES:
        head = next(csv.reader([run(corpus, "export", ".", "--what", name, "--csv").out.splitlines()[0]]))
        assert head == [row["column"] for row in found if row["table"] == name]
    assert "what the addressee is asked to do" in run(corpus, "export", "--codebook").out


def test_a_folder_of_csv_is_a_data_package(corpus: Shell, tmp_path: Path) -> None:
    assert run(corpus, "export", ".", "--csv", "--what", "all", "-o", f"{tmp_path}/t/").code == 0
    told = json.loads((tmp_path / "t/datapackage.json").read_text("utf-8"))
    assert [one["path"] for one in told["resources"]] == [f"{name}.csv" for name in NAMES]
    for one in told["resources"]:
        head = (tmp_path / "t" / one["path"]).read_text("utf-8").splitlines()[0]
        assert next(csv.reader([head])) == [field["name"] for field in one["schema"]["fields"]]
    assert sorted(os.listdir(tmp_path / "t")) == sorted([*(f"{name}.csv" for name in NAMES), "datapackage.json"])
    assert run(corpus, "export", ".", "--csv", "--what", "points,paragraphs", "--fields", "cite, id", "-o", f"{tmp_path}/u/").code == 0
    chosen = json.loads((tmp_path / "u/datapackage.json").read_text("utf-8"))["resources"]
    assert [[field["name"] for field in one["schema"]["fields"]] for one in chosen] == [["cite", "id"]] * 2


def test_categories_of_action() -> None:
    """What the public coding of periodic-review recommendations says of verbs, and of words that soften."""
    from tipreport.tables.columns import upr_category

    told = {
        ("request", "should"): 1, ("continue", "should"): 2, ("ratify", None): 5, ("strengthen", None): 4, ("ensure", "should consider"): 3,
        ("take", "may wish to"): 3, ("ensure", "should"): 4, ("address", "should"): 4, ("flummox", "should"): None, (None, None): None,
        ("share", None): 1, ("study", "should"): 3,
    }  # fmt: skip
    assert {key: upr_category(*key) for key in told} == told


# Filters -----------------------------------------------------------------------------------------------------

FILTERS = [
    ["--year", "2021"], ["--body", "trafficking"], ["--status", "draft"], ["--addressee", "UNODC"], ["--strength", "7.."], ["--modality", "should"],
    ["--topic", "technical_assistance"], ["--section", "II"], ["--state", "Chile"], ["--item", "3"], ["--voice", "several.."],
    ["--capacity", "observer"], ["--organization", "UNODC"], ["--group", "GRULAC"], ["--id", "rec-3"], ["--report", FINAL], ["--new-since", "2021"],
    ["--addressee", "States parties", "--strength", "..5", "--year", "2021"],
]  # fmt: skip


@pytest.mark.parametrize("filters", FILTERS, ids=" ".join)
def test_filters_are_those_of_search(corpus: Shell, filters: list[str]) -> None:
    found = 0
    for name in ("recommendations", "points", "paragraphs", "sections", "panellists", "statements", "voices", "references", "footnotes"):
        counted = run(corpus, "search", "--what", name, *filters, "--count", "--index", "x.db").out
        written = lines(run(corpus, "export", "--what", name, *filters, "--jsonl", ".").out)
        assert len(written) == int(counted), name
        found += len(written)
    assert found


def test_participations_are_those_of_who(corpus: Shell) -> None:
    for filters in (
        [],
        ["--state", "Chile"],
        ["--group", "GRULAC"],
        ["--capacity", "observer"],
        ["--year", "2021"],
        ["--topic", "children"],
    ):
        ledger = json.loads(run(corpus, "who", ".", *filters, "--json").out or "[]")
        entries = [one for one in ledger if one.get("type") == "entry"] or ledger
        written = lines(run(corpus, "export", ".", "--what", "participations", *filters, "--jsonl").out)
        if filters != ["--state", "Chile"]:  # who --state is a page of its own
            assert len(written) == len(entries), filters
        else:
            assert {(row["id"], row["kind"]) for row in written} == {("CHL", "state")}


def test_mentions_are_of_the_name_that_is_asked_for(corpus: Shell) -> None:
    found = lines(run(corpus, "export", ".", "--what", "mentions", "--organization", "UNODC", "--jsonl").out)
    assert found
    assert {row["id"] for row in found} == {"UNODC"}


def test_quotation_marks_alone_are_doubled(tmp_path: Path) -> None:
    for said in ('"yes"', '"yes" or \\ "no"', '"да" or "\u202eno"'):
        (tmp_path / "a.txt").write_text(f"I. Recommendations\n\n1. States should say {said} here.\n", "utf-8")
        (row,) = rows(inside("export", "a.txt", "--what", "recommendations", "--csv", "--raw", folder=tmp_path).out)
        assert row["text"] == f"States should say {said} here."
        (row,) = rows(inside("export", "a.txt", "--what", "recommendations", "--csv", folder=tmp_path).out)
        assert row["text"].replace("\\u202e", "\u202e").replace("<U+202E>", "\u202e") == f"States should say {said} here."


def test_a_file_name_that_is_not_utf8_is_in_the_table(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:
        file.write((SAMPLES / FINAL).read_bytes())
    found = rows(inside("export", str(tmp_path), "--what", "recommendations", "--csv").out)
    assert {row["file"] for row in found} == {"caf\\xe9.txt"}


def test_the_library_refuses_what_is_no_table_or_kind(corpus: Shell) -> None:
    with closing(store.reader(str(corpus.folder / "x.db"))) as connection:
        with pytest.raises(UnknownNameError, match="unknown table 'verbs'"):
            table(connection, "verbs")
        with pytest.raises(TipreportError, match="mentions cannot be chosen for a document"):
            Chooser(connection, Filters(), ("mentions",))
        with pytest.raises(UnknownNameError, match="unknown dimension 'colour'"):
            grouped(connection, [1], "colour", None)
        again = [[row[:5] for row in table(connection, "recommendations", fields=("id", "topics", "addressees")).rows] for _ in range(2)]
        assert again[0] == again[1] != [], "what a table gathers is there for the next one"


def test_documents_of_the_index_are_those_of_the_files(corpus: Shell) -> None:
    for more in (["--year", "2021"], ["--topic", "children", "--year", "2021"]):
        found = run(corpus, "export", "--to", "markdown", *more, "--index", "x.db")
        assert (found.code, found.raw) == (0, run(corpus, "export", ".", "--to", "markdown", *more).raw)


def test_documents_hold_what_filters_leave(corpus: Shell) -> None:
    found = run(corpus, "export", ".", "--what", "recommendations", "--addressee", "UNODC", "--to", "markdown")
    wanted = lines(run(corpus, "export", ".", "--what", "recommendations", "--addressee", "UNODC", "--jsonl").out)
    assert found.code == 0
    for row in wanted:
        assert row["number"] in found.out
    assert len(re.findall(r'<a id="(?:r\d+-)?rec-', found.out)) == len(wanted) > 1


@pytest.mark.parametrize("filters", FILTERS, ids=" ".join)
def test_whole_reports_are_those_in_which_something_passes(corpus: Shell, filters: list[str]) -> None:
    found = lines(run(corpus, "search", "--what", "recommendations,paragraphs", *filters, "--jsonl", "--limit", "0", "--index", "x.db").out)
    wanted = {hit["report"] for hit in found if hit["type"] == "hit"}
    written = {row["report"] for row in lines(run(corpus, "export", "--what", "reports", *filters, "--jsonl", ".").out)}
    assert written == wanted
    assert wanted or "--capacity" in filters, "the filter finds nothing"


def test_nothing_left_is_exit_one(corpus: Shell) -> None:
    for more in (["--csv"], ["--json"], ["--to", "markdown"], ["--cite"]):
        found = run(corpus, "export", ".", "--what", "recommendations", "--year", "1999", *more)
        assert found.code == 1, more
        assert "nothing" in found.err
        assert run(corpus, "export", ".", "--what", "recommendations", "--year", "1999", *more, "-q").err == ""
    none = run(corpus, "export", FINAL, "--json", "--id", "rec-4.z")
    assert (none.code, json.loads(none.out)) == (1, {"recommendations": [], "paragraphs": []})
    assert "a point is chosen with --what points" in none.err


def test_no_database_of_nothing(corpus: Shell, tmp_path: Path) -> None:
    found = run(corpus, "export", FINAL, "--to", "sqlite", "--year", "1999", "-o", f"{tmp_path}/x.db")
    assert (found.code, found.err) == (1, "tipreport: nothing is left to write\n")
    assert not (tmp_path / "x.db").exists()


def test_rows_of_several_tables_are_lists_of_one_object(corpus: Shell) -> None:
    found = json.loads(run(corpus, "export", FINAL, "--what", "recommendations,paragraphs", "--json").out)
    assert found == {
        name: json.loads(run(corpus, "export", FINAL, "--what", name, "--json").out) for name in ("recommendations", "paragraphs")
    }
    assert all(found.values())


def test_verbose_names_what_is_read(corpus: Shell) -> None:
    for more in (["--to", "markdown"], ["--what", "recommendations", "--csv"]):
        found = run(corpus, "export", FINAL, DRAFT, *more, "-v")
        assert sorted(found.err.splitlines()) == sorted(f"tipreport: read {name}" for name in (FINAL, DRAFT)), more
        assert found.raw == run(corpus, "export", FINAL, DRAFT, *more).raw


# Round trips -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_a_report_comes_back_from_json_and_from_sqlite(corpus: Shell, tmp_path: Path, name: str) -> None:
    wanted = run(corpus, "parse", name, "--json").out
    saved = tmp_path / name.replace(".txt", ".json")
    assert run(corpus, "export", name, "-o", str(saved)).code == 0
    assert Report.from_json(saved.read_text("utf-8")) == Report.from_json(wanted)
    base = tmp_path / "x.db"
    assert run(corpus, "export", name, "-o", str(base)).code == 0
    assert Report.from_json(run(corpus, "parse", name, "--index", str(base), "--json").out) == Report.from_json(wanted)
    again = tmp_path / "y.db"
    assert run(corpus, "export", str(saved), "-o", str(again)).code == 0
    back = run(corpus, "parse", Path(saved).name, "--index", str(again), "--json")
    assert Report.from_json(back.out) == Report.from_json(wanted), "saved JSON comes back whole from the database"


def test_what_was_said_of_a_file_is_kept_in_the_database(corpus: Shell, tmp_path: Path) -> None:
    base = str(tmp_path / "x.db")
    assert run(corpus, "index", "add", DRAFT, "--symbol", "X/1", "--index", base, "-q").code == 0
    wanted = Report.from_json(run(corpus, "parse", DRAFT, "--symbol", "X/1", "--json").out)
    assert Report.from_json(run(corpus, "parse", "X/1", "--index", base, "--json").out) == wanted
    assert Report.from_json(run(corpus, "export", "X/1", "--index", base, "--json").out) == wanted


def test_the_database_is_an_index(corpus: Shell, tmp_path: Path) -> None:
    base = str(tmp_path / "x.sqlite")
    assert run(corpus, "export", "--index", "x.db", ".", "--year", "2021", "-o", base).code == 0
    assert run(corpus, "index", "verify", "--index", base).code == 0
    with sqlite3.connect(base) as connection:
        assert {year for (year,) in connection.execute("SELECT year FROM reports")} == {2021}
        assert not [path for (path,) in connection.execute("SELECT path FROM files UNION SELECT path FROM reports") if os.path.isabs(path)]
    counts = [run(corpus, "search", "victim", "--year", "2021", "--count", "--index", place).out for place in ("x.db", base)]
    assert counts[0] == counts[1] != "0\n"


def test_the_whole_index_is_exported_where_nothing_is_named(corpus: Shell) -> None:
    done = subprocess.run(
        [SCRIPT, "export", "--index", "x.db", "--jsonl"],
        cwd=corpus.folder,
        env=environment(corpus.home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0
    assert {json.loads(line)["source"]["name"] for line in done.stdout.splitlines()} == set(ALL)
    named = run(corpus, "export", "CTOC/COP/WG.4/2021/29", "--index", "x.db", "--json")
    assert json.loads(named.out)["masthead"]["symbol"] == "CTOC/COP/WG.4/2021/29"


def test_a_database_of_standard_input(corpus: Shell, tmp_path: Path) -> None:
    assert run(corpus, "export", "-", "--to", "sqlite", "-o", f"{tmp_path}/x.db", stdin=(SAMPLES / FINAL).read_bytes()).code == 0
    with sqlite3.connect(tmp_path / "x.db") as base:
        assert base.execute("SELECT path, symbol FROM reports").fetchall() == [("<stdin>", "CTOC/COP/WG.4/2021/29")]


def test_a_database_keeps_reports_of_one_name_apart(corpus: Shell, tmp_path: Path) -> None:
    """Files from elsewhere are called by their last name alone; the second of a name gets a number."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / FINAL).write_text((SAMPLES / (FINAL if name == "a" else DRAFT)).read_text("utf-8"), "utf-8")
    found = run(corpus, "export", *(f"{tmp_path}/{name}/{FINAL}" for name in ("a", "b")), "--to", "sqlite", "-o", f"{tmp_path}/x.db")
    assert found.code == 0
    with sqlite3.connect(tmp_path / "x.db") as base:
        assert sorted(path for (path,) in base.execute("SELECT path FROM reports")) == [FINAL, f"{FINAL} (2)"]


def test_a_workbook_in_a_folder_holds_all_tables(corpus: Shell, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    assert run(corpus, "export", FINAL, "--what", "points,voices", "--to", "xlsx", "-o", f"{tmp_path}/w/").code == 0
    assert os.listdir(tmp_path / "w") == ["tipreport.xlsx"]
    assert openpyxl.load_workbook(tmp_path / "w/tipreport.xlsx", read_only=True).sheetnames == ["points", "voices", "columns"]


def test_standard_input_is_the_report(corpus: Shell) -> None:
    text = (SAMPLES / DRAFT).read_bytes()
    for arguments in ([], ["-"]):
        done = subprocess.run(
            [SCRIPT, "export", "--what", "recommendations", "--csv", *arguments],
            cwd=corpus.folder,
            env=environment(corpus.home),
            input=text,
            capture_output=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert len(rows(done.stdout.decode("utf-8"))) == len(read(str(SAMPLES / DRAFT)).recommendations)


# Texts that would act ----------------------------------------------------------------------------------------

ACTS = (
    "=HYPERLINK(1,2) <script>alert(1)</script> [/red] \x1b[31m ]]> \u202e -- 'a' \"b\", c; d {{ x }} %s",
    "+1 and \x07 bell", "-1 minus", "@SUM(A1)", "\uff1dfull width", "\ttab",
)  # fmt: skip


def acting(text: str) -> str:
    """A report whose every part holds the text."""
    return (
        f"Conference of the Parties\n\nWorking Group on Trafficking in Persons\n\nVienna, 9 and 10 March 2021\n\nDraft report\n\nII. Recommendations\n\n"
        f"A. {text}\n\nRecommendation 1\n\n{text}: States parties should ensure (a) {text}; and (b) nothing.\n\nIII. Deliberations\n\n1. {text} Several speakers noted {text}.\n"
    )


@pytest.mark.parametrize("place", range(len(ACTS)))
def test_no_cell_acts(corpus: Shell, place: int, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (tmp_path / "r.txt").write_text(acting(ACTS[place]), "utf-8")
    source = str(tmp_path / "r.txt")
    for name in NAMES:
        found = run(corpus, "export", source, "--what", name, "--csv")
        assert found.code in {0, 1}
        quiet_terminal(found.out.replace("\r\n", "\n"))
        for row in rows(found.out):
            assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))], row
        raw = rows(run(corpus, "export", source, "--what", name, "--csv", "--raw").out)
        exact = lines(run(corpus, "export", source, "--what", name, "--jsonl").out)
        for row, wanted in zip(raw, exact, strict=True):
            assert row == {key: "" if value is None else _told(_flat(value)) for key, value in wanted.items() if key != "type"}
    assert run(corpus, "export", source, "-o", str(tmp_path / "r.xlsx")).code == 0
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    texts = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert not [one for one in texts if ACTING.search(one)]


def test_lone_surrogates_come_out_of_every_form(tmp_path: Path) -> None:
    """A text that a program gives may hold them; no file can."""
    from tipreport.cli.forms import forms
    from tipreport.cli.run import encoded
    from tipreport.exporters import Options, Sheet

    text = acting("half \ud800 a pair")
    report = parse(text)
    assert "\ud800" in report.recommendations[0].text
    written = 0
    for name, form in forms().items():
        if form.reports:
            assert form.module is not None
            made = b"".join(encoded(part) for part in form.module.write(iter([Sheet(report, text)]), Options(single=True)))
            assert made, name
            written += 1
    assert written > 10


# Whole or not at all -----------------------------------------------------------------------------------------


def test_the_same_bytes_each_time(corpus: Shell, tmp_path: Path) -> None:
    from tipreport.cli.forms import forms

    for name, form in forms().items():
        if form.module is None:
            continue
        target = [tmp_path / f"{one}{form.suffix}" for one in "ab"]
        more = ["--what", "recommendations"] if form.tables and form.single else []
        for path in target:
            assert run(corpus, "export", FINAL, "--to", name, "-o", str(path), *more).code == 0, name
        assert target[0].read_bytes() == target[1].read_bytes(), name


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "parquet", "sqlite", "docx", "html", "akn", "bibtex", "txt"])
def test_a_full_disk_is_one_line(corpus: Shell, form: str) -> None:
    more = "--what recommendations" if form in {"csv", "parquet"} else ""
    done = corpus.line(f"tipreport export {FINAL} --to {form} {more} -o - > /dev/full")
    one_error(done, "no space left")


def test_a_closed_pipe_ends_quietly(corpus: Shell) -> None:
    done = corpus.line("tipreport export . --what paragraphs --csv | head -n 1")
    assert done.code == 0
    assert done.err == ""


def test_an_unreadable_input_leaves_the_old_file_and_does_not_stop_the_others(corpus: Shell, tmp_path: Path) -> None:
    target = tmp_path / "x.md"
    target.write_text("old", "utf-8")
    one_error(run(corpus, "export", "missing.txt", "-o", str(target)), "missing.txt")
    assert target.read_text("utf-8") == "old"
    found = run(corpus, "export", "missing.txt", FINAL, "-o", str(tmp_path / "y.md"))
    assert found.code == 2
    assert "2021" in (tmp_path / "y.md").read_text("utf-8")
    one_error(run(corpus, "export", FINAL, "--to", "txt", "-o", FINAL), "is an input too")


def test_ctrl_c_leaves_the_old_file(corpus: Shell, tmp_path: Path) -> None:
    target = tmp_path / "x.jsonl"
    target.write_text("old", "utf-8")
    many = tmp_path / "many"
    many.mkdir()
    for number in range(300):
        (many / f"{number}.txt").write_text((SAMPLES / FINAL).read_text("utf-8"), "utf-8")
    process = subprocess.Popen(
        [SCRIPT, "export", str(many), "-o", str(target), "--jobs", "1"],
        env=environment(corpus.home),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 20
    while not [name for name in os.listdir(tmp_path) if name.startswith(".tipreport")] and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=15)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert target.read_text("utf-8") == "old"
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".tipreport")]


# Calls that do not fit ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--to", "xslx"], ["xslx", "did you mean xlsx?"]),
        (["--to", "csv", "--json"], ["one format at a time"]),
        (["-o", "x.foo"], [".foo"]),
        (["--what", "recommendation", "--csv"], ["did you mean recommendations"]),
        (["--what", "all", "--csv"], ["one table", "-o FOLDER/"]),
        (["--what", "recommendations", "--to", "html"], ["whole reports"]),
        (["--raw", "--json", "--what", "points"], ["--raw is for csv"]),
        (["--fields", "number", "--to", "html"], ["--fields"]),
        (["--to", "site"], ["a site is a folder"]),
        (["--partition", "year", "--csv", "--what", "points"], ["--partition is for parquet"]),
        (["--cite", "--what", "panellists"], ["have a cite"]),
        (["--topic", "children", "--to", "sqlite", "-o", "x.db"], ["whole reports"]),
        ([DRAFT, "--to", "html"], ["one file a report", "-o FOLDER/"]),
        (["--topic", "childern", "--csv"], ["childern", "children"]),
        (["--cite", "--json"], ["no form json", "leave --to out"]),
        (["--what", "points", "--csv", "--fields", " , "], ["--fields is empty"]),
        (["--what", "all", "--to", "parquet", "--partition", "year", "-o", "none/"], ["--partition takes one table"]),
        (["--what", "points", "--to", "parquet", "--partition", ",", "-o", "none/"], ["--partition names no columns", "body,year"]),
    ],
    ids=" ".join,
)
def test_wrong_calls(corpus: Shell, arguments: list[str], words: list[str]) -> None:
    one_error(run(corpus, "export", FINAL, *arguments), *words)


def test_binary_forms_keep_off_a_terminal(corpus: Shell) -> None:
    for form in ("xlsx", "docx", "parquet", "sqlite"):
        more = ["--what", "recommendations"] if form == "parquet" else []
        one_error(corpus.terminal("export", FINAL, "--to", form, *more), "no text for a terminal", "-o FILE")


def test_a_missing_extra_names_the_line_that_installs_it(corpus: Shell, tmp_path: Path) -> None:
    for module, form, extra in (("xlsxwriter", "xlsx", "xlsx"), ("pyarrow", "parquet", "parquet"), ("docx", "docx", "docx")):
        (tmp_path / form).mkdir()
        (tmp_path / form / f"{module}.py").write_text("raise ImportError\n", "utf-8")
        more = ["--what", "recommendations"] if form == "parquet" else []
        done = subprocess.run(
            [SCRIPT, "export", FINAL, "--to", form, *more, "-o", str(tmp_path / f"x.{form}")],
            cwd=corpus.folder, env={**environment(corpus.home), "PYTHONPATH": str(tmp_path / form)}, capture_output=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 2
        assert f"pip install 'tipreport[{extra}]'".encode() in done.stderr
        assert not (tmp_path / f"x.{form}").exists()


def test_many_reports_go_into_a_folder(corpus: Shell, tmp_path: Path) -> None:
    for form in ("html", "akn", "markdown", "docx"):
        assert run(corpus, "export", ".", "--to", form, "-o", f"{tmp_path}/{form}/").code == 0
        assert len(os.listdir(tmp_path / form)) == len(ALL)


# The reports of the Working Group ----------------------------------------------------------------------------


@pytest.mark.skipif(
    not REPORTS or not list(Path(REPORTS).glob("000*.txt")), reason="TIPREPORT_REPORTS names no folder with the two reports"
)
def test_tasks_of_the_secretariat_and_of_researchers(shell: Shell) -> None:
    draft, other = (str(next(Path(REPORTS or "").glob(f"{name}*.txt"))) for name in ("000", "004"))
    found = rows(run(shell, "export", "--what", "recommendations", "--csv", draft, other).out)
    columns = ("date", "section", "heading", "number", "addressees", "modality", "verb", "upr_category")
    assert [[row[name] for name in columns] for row in found] == [
        ["2020-09-11", "II.A", "General recommendations", "1", "States parties", "should", "request", "1"],
        ["2020-09-11", "II.C", found[1]["heading"], "2", "States parties", "should", "ensure", "4"],
        ["2019-09-10", "II.A", "General recommendations", "51", "Working Group", "should", "address", "4"],
    ]
    voices = lines(run(shell, "export", "--what", "voices", "--jsonl", draft).out)
    named = {"chair", "secretariat", "panellist", "representative", "person", "organization", "state", "body", "group"}
    assert len([row for row in voices if row["quantifier"] not in named]) == 11, "the anonymous clauses of task 17"
    assert {name: voices[0][name] for name in ("paragraph", "quantifier", "least", "most", "noun", "verb", "class")} == {
        "paragraph": "1", "quantifier": "several", "least": 2, "most": None, "noun": "speakers", "verb": "highlighted", "class": "emphasis",
    }  # fmt: skip
    whole = json.loads(run(shell, "export", "--what", "all", "--to", "json", draft).out)
    assert whole["recommendations"][0]["spans"][0]["line"] == 26


def test_points_and_voices_stand_alone_in_documents(corpus: Shell) -> None:
    """What is chosen and nothing else: not the unit that holds it, not its neighbours."""
    report = read(str(SAMPLES / FINAL))
    first, second = report.recommendations[6].points[:2]
    for form in ("txt", "markdown"):
        found = " ".join(run(corpus, "export", FINAL, "--what", "points", "--id", first.id, "--to", form).out.split())
        assert first.text in found.replace("\\", "")
        assert second.text not in found
        assert "recommendation 7 (a)" in found
    said = {voice.quantifier: voice for paragraph in report.paragraphs for voice in paragraph.voices}
    found = " ".join(run(corpus, "export", FINAL, "--what", "voices", "--voice", "one", "--to", "txt").out.split())
    assert said["one"].text in found
    assert said["several"].text not in found


def test_agenda_items_that_are_carried_over_are_told_beside_a_list(shell: Shell) -> None:
    text = acting("plain").split("II. Recommendations", maxsplit=1)[0] + (
        "IV. Organization of the meeting\n\nB. Statements\n\n1. Under agenda items 2 and 3, statements were made by representatives of the following "
        "parties to the Protocol: Chile and Peru.\n\n2. A statement was also made by the observer for Norway.\n"
    )
    (shell.folder / "r.txt").write_text(text, "utf-8")
    found = " ".join(run(shell, "export", "r.txt", "--what", "statements").out.split())
    assert "Under agenda items 2 and 3, statements were made" in found
    assert found.count("Under agenda items 2 and 3") == 1
    assert "carried over from a paragraph before" in found


def test_every_command_reads_akoma_ntoso_back(shell: Shell) -> None:
    for name in (FINAL, DRAFT):
        shutil.copy(SAMPLES / name, shell.folder)
        assert run(shell, "export", name, "-o", name.replace(".txt", ".akn.xml")).code == 0
    final, draft = (name.replace(".txt", ".akn.xml") for name in (FINAL, DRAFT))
    for arguments in (
        ["parse", final], ["parse", final, "-t", "tree"], ["search", "victim", final], ["who", final], ["stats", final], ["compile", final, draft],
        ["export", final, "--what", "recommendations", "--csv"], ["export", final, "--to", "txt"], ["export", final, "--to", "html"], ["trace", "rec-7", final],
    ):  # fmt: skip
        done = run(shell, *arguments)
        assert done.code == 0, (arguments, done.err)
        assert done.out
    assert run(shell, "index", "add", final, "--index", "a.db", "-q").code == 0
    assert run(shell, "index", "verify", "--index", "a.db").code == 0
    written, parsed = (lines(run(shell, "export", name, "--what", "recommendations", "--jsonl").out) for name in (final, FINAL))
    placed = {"file", "line", "start", "end", "ranges"}
    assert [{key: row[key] for key in row if key not in placed} for row in written] == [
        {key: row[key] for key in row if key not in placed} for row in parsed
    ]
    assert run(shell, "diff", draft, final).code == 1
