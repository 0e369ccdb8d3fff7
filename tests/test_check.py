"""``tipreport check``: its rules by their own examples, the faults of real reports, its forms, fixes and settings."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from command import ACTING, SAMPLES, Shell, environment, inside, one_error, plain
from tipreport import registry, rules, shapes
from tipreport.api import parse_source
from tipreport.config import Config, find, load
from tipreport.errors import ConfigError, UnknownNameError
from tipreport.linting import engine, fixing
from tipreport.linting.engine import Found
from tipreport.linting.forms import View
from tipreport.schema import json_schema
from tipreport.spans import Source

REPORTS = os.environ.get("TIPREPORT_REPORTS")
needs_reports = pytest.mark.skipif(not REPORTS, reason="TIPREPORT_REPORTS names no folder of real reports")
NAMES = registry.names("rules")

FAULTY = """\
Conference of the Parties

Distr.: Limited
11 September 2031

Working Group on Trafficking in Persons

Vienna, 10\u201311 September 2031

Draft report

I. Recommendations

Recommendation 1

States Parties should train prosecutors, as the the judges asked.

II. Summary of deliberations

1. At its 1st and 2nd meeting, on 10 and 11 September 2031, the Working Group considered agenda item 3, entitled \u201cTraining\u201d.
2. Statements were made by the representatives of Chile, China, Iraq, Guatemala, Kyrgyzstan and Tunisia.
3. The Working Group recognised the work of the Secretariat (see para. 9 below).
"""
# Code, line and column of what is marked there, in the order of the text.
MARKED = [
    ("masthead/symbol", 1, 1), ("masthead/job-number", 1, 1), ("style/states-parties", 16, 1), ("text/doubled-word", 16, 45),
    ("agreement/plural", 20, 11), ("list/order", 21, 71), ("style/ize", 22, 22), ("reference/paragraph", 22, 66),
]  # fmt: skip


def checked(text: str, select: tuple[str, ...] = (), config: Config | None = None) -> tuple[Found, ...]:
    """What the rules find in a text."""
    source = Source(text, name="draft.txt")
    own = config or Config()
    return engine.check(parse_source(source, own), source, own, engine.chosen(select), path="draft.txt")


def marked(text: str, found: Found) -> str:
    """What a finding marks, as printed."""
    return "".join(text[span.start : span.end] for span in found.spans)


# The rules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_keeps_its_form(name: str) -> None:
    module = registry.load("rules", name)
    assert module.CODE.replace("/", "_").replace("-", "_") == name
    assert re.fullmatch(r"[a-z]+/[a-z]+(-[a-z]+)*", module.CODE)
    assert module.SEVERITY in rules.SEVERITIES
    assert len((module.__doc__ or "").split()) >= 8
    assert module.EXAMPLES
    assert module.COUNTEREXAMPLES


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_marked(name: str) -> None:
    module = registry.load("rules", name)
    for text, wanted in module.EXAMPLES.items():
        assert [marked(text, one) for one in checked(text, (module.CODE,))] == wanted, text


@pytest.mark.parametrize("name", NAMES)
def test_counterexamples_are_not(name: str) -> None:
    module = registry.load("rules", name)
    for text in module.COUNTEREXAMPLES:
        assert not [(one.message, marked(text, one)) for one in checked(text, (module.CODE,))], text


@pytest.mark.parametrize("name", NAMES)
def test_fixes_of_examples_leave_nothing_to_fix(name: str) -> None:
    """What a rule fixes it does not mark again, and a fix makes no other finding."""
    module = registry.load("rules", name)
    for text in module.EXAMPLES:
        found = checked(text, (module.CODE,))
        if any(one.fix for one in found):
            after = fixing.fixed(text, found)
            assert after.made == len([one for one in found if one.fix])
            assert not [one for one in checked(after.text, (module.CODE,)) if one.fix]
            assert len(checked(after.text)) <= len(checked(text))


def test_the_findings_of_a_text_stand_in_its_order_with_line_and_column() -> None:
    found = checked(FAULTY)
    assert [(one.code, one.line, one.column) for one in found] == MARKED
    for one in found:
        assert one.spans
        assert FAULTY.splitlines()[(one.line or 0) - 1] == one.excerpt
    assert [one.id for one in found if one.code == "list/order"] == ["para-2"]
    assert marked(FAULTY, found[5]) == "Guatemala"


DELIBERATIONS = "III. Deliberations\n\n"
NUMBERED = "1. One.\n\n2. Two.\n\n3. Three.\n\n4. Four.\n\n{}5. Five.\n\n6. Six.\n"
LED = "{}. The discussion on item 3 was led by {}.\n\n"
MARKS_IN_DOUBT = {
    f"{DELIBERATIONS}1. One.\n\n***\n\n?!\n\n2. Two.\n\n=====\n": [("text/stray", "?!")],
    DELIBERATIONS + NUMBERED.format("  "): [("text/indented", "5. Five.")],
    DELIBERATIONS + NUMBERED.format("      "): [],  # so wide it is meant
    f"{DELIBERATIONS}1. One State parties of all wrote.\n": [("style/states-parties", "State parties")],
    "H. Lamps\n\n1. One.\n\nI. Bells\n\n2. Two.\n\nJ. Ropes\n\n3. Three.\n\nC. Masts\n\n4. Four.\n\nL. Sails\n\n5. Five.\n": [
        ("heading/order", "C. Masts")
    ],
    DELIBERATIONS
    + LED.format(1, "the panellists")
    + LED.format(2, "the panellist Ms. Ann Lee (Chile)")
    + LED.format(3, "the following panellists: Ms. Ann Lee (Chile) and Mr. Bo Reed (Peru)"): [
        ("panellist/differs", "Ann Lee (Chile) and Mr. Bo Reed (Peru)")
    ],
    f"{DELIBERATIONS}1. The Group considered agenda item 2, entitled \u201cLamps\u201d.\n\n"
    "II. Recommendations\n\nRecommendation 1\n\nUnder agenda item 9 States should rest.\n": [("heading/order", "II. Recommendations")],
}


@pytest.mark.parametrize("text", MARKS_IN_DOUBT)
def test_what_is_near_a_fault(text: str) -> None:
    """Rules of stars, wide indents, panellists without names and items that a recommendation cites are none."""
    assert [(one.code, marked(text, one)) for one in checked(text) if not one.code.startswith("masthead/")] == MARKS_IN_DOUBT[text]


@pytest.mark.parametrize("between", ["\n\n", "\n\n\f\n", "\f", "\n\n3\n\n\f\n"])
def test_a_word_doubled_over_a_page_break_is_told_and_the_break_stays(between: str) -> None:
    text = f"{DELIBERATIONS}1. One speaker spoke of training for{between}for all the judges.\n\n2. Others spoke of prisons.\n"
    (found,) = checked(text, ("text/doubled-word",))
    assert found.message == "doubled word: 'for for'"
    assert (found.line, found.column) == (3, 34)
    assert found.fix is None or "\f" not in between


def test_wrapped_lines_are_marked_and_fixed_in_place() -> None:
    text = "III. Deliberations\n\n1. The Working Group agreed that all States\nParties should organ-\nise training.\n\n2. Others agreed.\n"
    found = checked(text, ("style",))
    assert ("style/states-parties", 3, 38) in [(one.code, one.line, one.column) for one in found]
    after = fixing.fixed(text, found).text
    assert "States\nparties should" in after
    assert after.count("\n") == text.count("\n")


def test_other_languages_are_left_to_the_rules_of_structure() -> None:
    text = (Path(__file__).parent / "languages/fr.txt").read_text("utf-8")
    assert {one.code.partition("/")[0] for one in checked(text)} <= {"masthead", "heading", "number", "text"}


@pytest.mark.parametrize(
    "text", ["", "\n", "x", "1.", "\u202e1. A\u200e b.", "II.\n\nC.\n\n1.\n\n1.\n", "(a) (c) (b) \u201c" * 50, "\ud800 1. States Parties"]
)
def test_any_text_can_be_checked(text: str) -> None:
    for one in checked(text):
        assert all(0 <= span.start < span.end <= len(text) for span in one.spans)


# Samples and real reports --------------------------------------------------------------------------------------

# The faults that specimens have on purpose (samples/README.md): a draft addendum without symbol, B. missing, a page break.
MEANT = {"wg4-draft-addendum.txt": {"masthead/symbol", "masthead/job-number", "heading/gap", "text/page-break", "agenda/never-opened"}}


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in sorted(SAMPLES.rglob("*.txt"))])
def test_clean_samples_have_no_findings(path: Path) -> None:
    assert {one.code for one in checked(path.read_bytes().decode("utf-8"))} == MEANT.get(path.name, set())


@needs_reports
def test_the_faults_of_a_real_draft(shell: Shell) -> None:
    """What an editor found in the draft of 11 September 2020 by hand, line by line."""
    assert REPORTS
    (path,) = Path(REPORTS).glob("000_*.txt")
    done = shell("check", str(path), "--jsonl")
    assert done.code == 1
    found = [json.loads(line) for line in done.out.splitlines()]
    by_line = {(one["line"], one["code"]) for one in found}
    assert by_line >= {
        (28, "heading/gap"), (28, "heading/full-stop"), (26, "style/states-parties"), (32, "style/states-parties"), (38, "agreement/plural"),
        (39, "text/page-break"), (53, "agreement/one"), (53, "panellist/differs"), (57, "organization/name"), (5, "masthead/symbol"),
        (5, "masthead/job-number"),
    }  # fmt: skip
    (name,) = [one for one in found if one["code"] == "organization/name"]
    assert name["hint"].startswith("Organization for Security")
    (differs,) = [one for one in found if one["code"] == "panellist/differs"]
    assert "para. 7 repeats para. 4" in differs["message"]
    assert "1, not 3" in differs["message"]


@needs_reports
def test_final_reports_give_few_findings() -> None:
    """Reports that editors have gone through: each finding there was looked at, and is one."""
    assert REPORTS
    allowed = {"SBSTA50_report.txt": 1, "sbi2023_21.txt": 1, "sbi2024_13.txt": 2, "sbsta2016_4__report_SB_45.txt": 1, "sbsta2022_10.txt": 1}
    for path in Path(REPORTS).glob("[Ss][Bb]*.txt"):
        found = checked(path.read_bytes().decode("utf-8-sig"))
        assert len(found) == allowed.get(path.name, 0), (path.name, [(one.code, one.message) for one in found])


# The command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(shell: Shell) -> Shell:
    """A folder with the faulty draft in it."""
    (shell.folder / "draft.txt").write_text(FAULTY, "utf-8")
    (shell.folder / "clean.txt").write_text((SAMPLES / "generic-minimal.txt").read_text("utf-8"), "utf-8")
    return shell


def test_text_has_place_line_and_caret(draft: Shell) -> None:
    done = draft("check", "draft.txt", "--select", "list/order")
    assert done.code == 1
    first, line, caret, hint = done.out.splitlines()
    assert first == "draft.txt:21:71: warning list/order: 'Guatemala' is out of alphabetical order"
    assert line[caret.index("^") : caret.rindex("^") + 1] == "Guatemala"
    assert hint == "  hint: it belongs before 'Iraq'"
    assert done.err == "tipreport: 1 finding (1 warning)\n"


def test_a_finding_of_the_document_as_a_whole() -> None:
    """It has no line: the comment stands at the beginning, also of an empty document."""
    pytest.importorskip("docx")
    whole = Found("a/b", "info", "draft.txt", None, None, None, None, None, "no such thing", None, None, None, None, (), "")
    assert registry.load("linting/forms", "text").render([whole], View()) == "draft.txt: info a/b: no such thing\n"
    (result,) = json.loads(registry.load("linting/forms", "sarif").render([whole], View(rules=engine.rules())))["runs"][0]["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "draft.txt"}}}]
    for text, marked in ((FAULTY, ["Conference of the Parties"]), ("", [" "])):
        source = Source(text, name="draft.txt")
        data = registry.load("linting/forms", "docx").render([whole], View(report=parse_source(source), source=source))
        assert _commented(io.BytesIO(data)) == marked


def test_a_heading_over_two_lines_is_one_line_of_the_document(draft: Shell) -> None:
    docx = pytest.importorskip("docx")
    text = FAULTY.replace("II. Summary of deliberations", "II.\n\nSummary of the States Parties")
    (draft.folder / "two.txt").write_text(text, "utf-8")
    assert inside("check", "two.txt", "-o", "two.docx", folder=draft.folder).code == 1
    headings = [p.text for p in docx.Document(str(draft.folder / "two.docx")).paragraphs if p.style.name == "Heading 1"]
    assert headings == ["I. Recommendations", "II. Summary of the States Parties"]


def test_colour_marks_severity_and_place(draft: Shell) -> None:
    done = inside("check", "draft.txt", "--select", "list/order", "--color", "always", folder=draft.folder)
    assert "\x1b[1;33mwarning\x1b[0m list/order" in done.out
    assert f"\x1b[33m{'^' * len('Guatemala')}\x1b[0m\n" in done.out
    assert plain(done.out) == inside("check", "draft.txt", "--select", "list/order", folder=draft.folder).out


def test_a_narrow_terminal_still_points_at_the_place(draft: Shell) -> None:
    done = draft("check", "draft.txt", "--select", "list/order", env={"COLUMNS": "40"})
    _, line, caret, _ = done.out.splitlines()
    assert len(line) <= 40
    assert line[caret.index("^") : caret.rindex("^") + 1] == "Guatemala"


def test_exit_status(draft: Shell) -> None:
    done = draft("check", "clean.txt")
    assert (done.code, done.out, done.err) == (0, "", "tipreport: no findings in 1 report\n")
    done = draft("check", "draft.txt", "missing.txt", "-q")
    assert (done.code, "list/order" in done.out, done.err.count("\n")) == (2, True, 1), "the others are checked all the same"
    done = draft("check", "--explain", "heading/gaps")
    assert (done.code, "did you mean heading/gap" in done.err) == (2, True)


def test_select_and_ignore_by_prefix(draft: Shell) -> None:
    def codes(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> set[str]:
        return {rule.code for rule in engine.chosen(select, ignore)}

    every = codes()
    styles = {code for code in every if code.startswith("style/")}
    assert len(styles) == 3
    assert codes(("style", "list/order")) == {*styles, "list/order"}
    assert codes(ignore=("style", "masthead")) == {one for one in every if not one.startswith(("style", "masthead"))}
    assert codes(("all", "style/ize"), ("style",)) == (every - styles) | {"style/ize"}, "the longer beginning wins"
    assert codes(("heading",), ("heading",)) == set()
    found = draft("check", "draft.txt", "--jsonl", "--select", "style,list", "--ignore", "style/ize").out.splitlines()
    assert [json.loads(line)["code"] for line in found] == ["style/states-parties", "list/order"]


def test_settings_of_files(draft: Shell) -> None:
    def codes(*arguments: str) -> list[str]:
        return [json.loads(line)["code"] for line in draft("check", "draft.txt", "--jsonl", *arguments).out.splitlines()]

    (draft.folder / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.tipreport.check]\nselect = ["style", "list"]\n')
    assert codes() == ["style/states-parties", "list/order", "style/ize"]
    (draft.folder / "tipreport.toml").write_text('[check]\nselect = ["style"]\nignore = ["style/ize"]\n')
    assert codes() == ["style/states-parties"], "tipreport.toml wins"
    assert codes("--select", "list,style/ize") == ["list/order"], "the option wins; what it does not name stays"
    (draft.folder / "pyproject.toml").write_text('[tool.tipreport]\nprofil = "x"\n')
    done = draft("check", "draft.txt")
    assert (done.code, "profil" in done.err, "pyproject.toml" in done.err) == (2, True, True)


@pytest.mark.parametrize(
    "text", ["check = 1\n", "[check]\nselct = []\n", "[check]\nselect = 'style'\n", "[check]\nignore = [1]\n", "[check]\nignore = ['']\n"]
)
def test_wrong_settings_are_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tipreport.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match="check"):
        load(str(path))


def test_a_project_that_does_not_speak_of_us_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nthis is = no TOML\n")
    assert find() == []
    (tmp_path / "pyproject.toml").write_text("[tool.tipreport]\njobs = 1\n")
    assert find() == ["pyproject.toml"]
    assert load("pyproject.toml")["jobs"] == 1


def test_unknown_rules_are_told() -> None:
    with pytest.raises(UnknownNameError, match="headin"):
        engine.chosen(("headin/x",))


def test_own_names_are_known() -> None:
    """A State's own row of the configuration is no wrong name."""
    text = "1. Statements were made by the representatives of Chile, China, Russia and Tunisia.\n"
    assert [one.code for one in checked(text)] == ["state/name"]
    own = Config(tables=(("states", (("id", "RUS"), ("variants", "Russia"))),))
    assert not checked(text, config=own)


# Forms ---------------------------------------------------------------------------------------------------------


def test_records(draft: Shell) -> None:
    import jsonschema

    records = json.loads(draft("check", "draft.txt", "--json").out)
    schema = json_schema(shapes.FINDING, "finding")
    assert [(one["code"], one["line"], one["column"]) for one in records] == MARKED
    for one in records:
        jsonschema.validate(one, schema)
        assert {"type", "code", "severity", "path", "line", "column", "message", "hint", "fix"} <= set(one)
    rows = list(csv.DictReader(io.StringIO(draft("check", "draft.txt", "--csv").out)))
    assert [(row["code"], int(row["line"]), int(row["column"])) for row in rows] == MARKED
    done = draft("check", "draft.txt", "--jsonl", "--limit", "2")
    assert (len(done.out.splitlines()), "8 findings" in done.err) == (2, True), "all are counted"


def test_sarif(draft: Shell) -> None:
    assert draft("check", "draft.txt", "clean.txt", "-o", "x.sarif").code == 1
    log = json.loads((draft.folder / "x.sarif").read_text("utf-8"))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    listed = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert listed == [rule.code for rule in engine.rules()]
    assert len(run["results"]) == len(MARKED)
    for result, (code, line, column) in zip(run["results"], MARKED, strict=True):
        assert result["ruleId"] == code == listed[result["ruleIndex"]]
        assert result["level"] in {"error", "warning", "note"}
        (place,) = [one["physicalLocation"] for one in result["locations"]]
        region = place["region"]
        assert place["artifactLocation"]["uri"] == "draft.txt"
        assert (region["startLine"], region["startColumn"]) == (line, column)
        assert (region["endLine"], region["endColumn"]) > (line, column)
    (plural,) = [result for result in run["results"] if result["ruleId"] == "agreement/plural"]
    (change,) = plural["fixes"][0]["artifactChanges"][0]["replacements"]
    region = change["deletedRegion"]
    assert FAULTY[: region["charOffset"]].endswith("2nd meeting")
    assert (region["charLength"], change["insertedContent"]["text"]) == (0, "s")
    named = draft("check", str(draft.folder / "draft.txt"), "--to", "sarif", "--select", "list/order").out
    (result,) = json.loads(named)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (draft.folder / "draft.txt").as_uri()


def test_github(draft: Shell) -> None:
    (draft.folder / "a, 50%.txt").write_text(FAULTY, "utf-8")
    line = draft("check", "a, 50%.txt", "--to", "github", "--select", "list/order").out
    assert line == (
        "::warning file=a%2C 50%25.txt,line=21,col=71,endLine=21,endColumn=80,title=list/order::"
        "'Guatemala' is out of alphabetical order; it belongs before 'Iraq'\n"
    )


def test_word_comments(draft: Shell) -> None:
    docx = pytest.importorskip("docx")
    done = draft("check", "draft.txt", "-o", "x.docx")
    assert done.code == 1
    document = docx.Document(str(draft.folder / "x.docx"))
    comments = list(document.comments)
    assert [one.text.partition(":")[0] for one in comments] == [code for code, _, _ in MARKED]
    assert {one.author for one in comments} == {"tipreport check"}
    body = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert re.sub(r"\s", "", body) == re.sub(r"\s", "", FAULTY), "the whole text stands in it"
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["I. Recommendations", "II. Summary of deliberations"]
    assert _commented(draft.folder / "x.docx")[5] == "Guatemala"
    first = (draft.folder / "x.docx").read_bytes()
    source = Source(FAULTY, name="draft.txt")
    view = View(report=parse_source(source), source=source)
    assert registry.load("linting/forms", "docx").render(checked(FAULTY), view) == first, "the same bytes each time"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--fix", "--diff", "-o", "x.txt"), ("one of --fix and --diff",)), (("--diff", "--json"), ("no other form",)),
        (("--to", "docx", "--fix", "-o", "x.docx"), ("no use with --fix",)), (("--to", "docx", "--limit", "2", "-o", "x.docx"), ("--limit",)),
        (("--json", "-o", "new/"), ("json holds all", "name a file")), (("--diff", "-o", "new/"), ("a patch holds all", "name a file")),
        (("--list", "--to", "sarif"), ("no form sarif", "jsonl")),
    ],
)  # fmt: skip
def test_options_that_do_not_fit(draft: Shell, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    one_error(inside("check", "draft.txt", *arguments, folder=draft.folder, env=environment(draft.home)), *words)
    assert sorted(path.name for path in draft.folder.iterdir()) == ["clean.txt", "draft.txt"], "nothing is written"


def test_docx_is_not_for_a_terminal(draft: Shell) -> None:
    done = draft.terminal("check", "draft.txt", "--to", "docx")
    assert (done.code, "binary format" in done.err, done.out) == (2, True, "")


def test_what_could_not_be_read_is_counted(draft: Shell) -> None:
    done = inside("check", "a.txt", "b.txt", "draft.txt", "--select", "list", folder=draft.folder, env=environment(draft.home))
    assert (done.code, done.out.partition(" ")[0]) == (2, "draft.txt:21:71:")
    assert done.err.splitlines()[2:] == ["tipreport: 2 of 3 inputs could not be read; 1 were", "tipreport: 1 finding (1 warning)"]


def _commented(path: Path | io.BytesIO) -> list[str]:
    """The text between the marks of each comment, in the order of their ids."""
    xml = zipfile.ZipFile(path).read("word/document.xml").decode("utf-8")
    out = []
    for number in range(xml.count("<w:commentRangeStart ")):
        between = xml.split(f'<w:commentRangeStart w:id="{number}"/>', 1)[1].split(f'<w:commentRangeEnd w:id="{number}"/>', 1)[0]
        out.append("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", between)))
    return out


def test_word_comments_of_several_reports_have_a_file_each(draft: Shell) -> None:
    pytest.importorskip("docx")
    done = draft("check", "draft.txt", "clean.txt", "--to", "docx", "-o", "all.docx")
    assert (done.code, "FOLDER/" in done.err) == (2, True)
    assert draft("check", "draft.txt", "clean.txt", "--to", "docx", "-o", "all/").code == 1
    assert sorted(path.name for path in (draft.folder / "all").iterdir()) == ["clean.docx", "draft.docx"]


def test_pages_and_other_inputs(draft: Shell) -> None:
    """A Word file is checked as a text is, with places in the text that parse prints; it is not fixed."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for line in FAULTY.splitlines():
        if line:
            document.add_paragraph(line)
    document.save(str(draft.folder / "x.docx"))
    found = [json.loads(line) for line in draft("check", "x.docx", "--jsonl").out.splitlines()]
    assert {one["code"] for one in found} == {code for code, _, _ in MARKED}
    text = draft("parse", "x.docx", "--to", "text").out
    (one,) = [one for one in found if one["code"] == "list/order"]
    assert text[one["spans"][0]["start"] : one["spans"][0]["end"]] == "Guatemala"
    assert {one["fix"] for one in found} == {None}
    done = draft("check", "x.docx", "--fix", "-o", "y.txt")
    assert (done.code, "plain text" in done.err, (draft.folder / "y.txt").exists()) == (2, True, False)


def test_standard_input_saved_json_and_the_index(draft: Shell) -> None:
    done = draft("check", "-", "--stdin-name", "d.txt", "--select", "list", stdin=FAULTY.encode())
    assert done.out.startswith("d.txt:21:71:")
    (draft.folder / "saved.json").write_text(parse_source(Source(FAULTY, name="draft.txt")).to_json(), "utf-8")
    done = draft("check", "saved.json")
    assert (done.code, "does not hold the text" in done.err) == (2, True)
    draft.line("tipreport index add draft.txt --index x.db")
    (draft.folder / "draft.txt").unlink()
    assert "list/order" in draft("check", "draft.txt", "--index", "x.db").out


# Fixes ---------------------------------------------------------------------------------------------------------


def test_a_fix_writes_a_new_file(draft: Shell) -> None:
    done = draft("check", "draft.txt", "--fix", "-o", "fixed.txt")
    assert done.code == 1
    assert "4 fixes made; 4 findings" in done.err
    assert done.out.count("fixed.txt:") == 4, "what is left is told of the new file"
    fixed = (draft.folder / "fixed.txt").read_text("utf-8")
    assert (draft.folder / "draft.txt").read_text("utf-8") == FAULTY
    wanted = FAULTY.replace("States Parties", "States parties").replace("the the", "the").replace("2nd meeting,", "2nd meetings,")
    assert fixed == wanted.replace("recognised", "recognized")


def test_a_fix_never_writes_over_the_document(draft: Shell) -> None:
    done = draft("check", "draft.txt", "--fix")
    assert (done.code, "-o" in done.err) == (2, True)
    done = draft("check", "draft.txt", "--fix", "-o", "draft.txt")
    assert (done.code, "written over" in done.err) == (2, True)
    assert (draft.folder / "draft.txt").read_text("utf-8") == FAULTY
    done = draft("check", "draft.txt", "clean.txt", "--fix", "-o", "x.txt")
    assert (done.code, "FOLDER/" in done.err) == (2, True)
    assert draft("check", "draft.txt", "clean.txt", "--fix", "-o", "out/").code == 1
    assert (draft.folder / "out/clean.txt").read_bytes() == (draft.folder / "clean.txt").read_bytes()


def test_a_text_from_standard_input_is_fixed(draft: Shell) -> None:
    """What came from a pipe or lies in the index has no file whose byte order mark could be kept."""
    done = inside("check", "-", "--fix", "-o", "x.txt", "--select", "agreement", folder=draft.folder, stdin=FAULTY.encode())
    assert (done.code, done.err) == (0, "tipreport: 1 fix made; no findings in 1 report\n")
    assert (draft.folder / "x.txt").read_text("utf-8") == FAULTY.replace("2nd meeting,", "2nd meetings,")


def test_a_patch_makes_the_same(draft: Shell) -> None:
    done = draft("check", "draft.txt", "--diff", "-o", "x.patch")
    assert done.code == 1
    subprocess.run(["git", "apply", "-p0", "x.patch"], cwd=draft.folder, check=True)
    assert (draft.folder / "draft.txt").read_text("utf-8") == fixing.fixed(FAULTY, checked(FAULTY)).text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b"")])
@pytest.mark.parametrize("tool", [("git", "apply", "-p0", "x.patch"), ("patch", "-p0", "--binary", "-i", "x.patch")])
def test_a_patch_applies_whatever_the_bytes(draft: Shell, end: str, encoding: str, mark: bytes, tool: tuple[str, ...]) -> None:
    """Line ends, encoding, byte order mark, and controls that a terminal would obey."""
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    text = FAULTY.replace("2nd meeting,", "2nd meeting, \u201ch\u00e9\u201d\x1b[31m,").replace("\n", end)
    (draft.folder / "x.txt").write_bytes(mark + text.encode(encoding))
    done = draft("check", "x.txt", "--diff", "-q")
    (draft.folder / "x.patch").write_bytes(done.raw)
    draft("check", "x.txt", "--fix", "-q", "-o", "y.txt")
    subprocess.run(tool, cwd=draft.folder, check=True, capture_output=True)
    assert (draft.folder / "x.txt").read_bytes() == (draft.folder / "y.txt").read_bytes() != mark + text.encode(encoding)


def test_on_a_terminal_a_patch_cannot_act(draft: Shell) -> None:
    (draft.folder / "x.txt").write_bytes(FAULTY.replace("2nd meeting,", "2nd meeting,\x1b[31m").encode())
    done = draft.terminal("check", "x.txt", "--diff", "-q")
    assert "\\x1b[31m" in done.out
    assert not ACTING.search(done.out)


def test_a_patch_of_wide_characters_is_refused(draft: Shell) -> None:
    (draft.folder / "x.txt").write_bytes(b"\xff\xfe" + FAULTY.encode("utf-16-le"))
    done = draft("check", "x.txt", "--diff")
    assert (done.code, done.raw, "utf-16" in done.err.lower(), "--fix" in done.err) == (2, b"", True, True)


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("cp1252", b"")])
def test_a_fix_keeps_encoding_and_line_ends(draft: Shell, encoding: str, mark: bytes) -> None:
    text = FAULTY.replace("\n", "\r\n")
    (draft.folder / "x.txt").write_bytes(mark + text.encode(encoding))
    draft("check", "x.txt", "--fix", "-o", "y.txt", "--select", "agreement")
    assert (draft.folder / "y.txt").read_bytes() == mark + text.replace("2nd meeting,", "2nd meetings,").encode(encoding)


def test_fixes_that_overlap_are_made_one_by_one() -> None:
    def one(start: int, end: int, text: str) -> Any:
        return Found("a/b", "info", "", 1, 1, 1, 1, None, "", None, rules.Fix("", (rules.Edit(start, end, text),)), None, None, (), "")

    after = fixing.fixed("abcdef", [one(0, 3, "X"), one(2, 4, "Y"), one(4, 5, "")])
    assert after == ("Xdf", 2, 1)
    assert fixing.fixed("abcdef", [one(2, 2, "X"), one(2, 2, "Y")]) == ("abXcdef", 1, 1), "of two words for one place the first"


# Pages ---------------------------------------------------------------------------------------------------------


def test_every_rule_explains_itself(draft: Shell) -> None:
    page = draft("check", "--explain", "organization/name").out
    assert page.startswith("organization/name (warning)\n")
    assert "Marked:" in page
    assert "Not marked:" in page
    listed = draft("check", "--list").out.splitlines()
    assert [line.split()[0] for line in listed] == [rule.code for rule in engine.rules()]
    rows = list(csv.DictReader(io.StringIO(inside("check", "--list", "--csv").out)))
    assert [tuple(row.values()) for row in rows] == [(rule.code, rule.severity, rule.title) for rule in engine.rules()]
    assert [one["code"] for one in json.loads(inside("check", "--list", "--json").out)] == [rule.code for rule in engine.rules()]


def test_the_page_of_the_command_names_every_rule_and_option(draft: Shell) -> None:
    page = (SAMPLES.parent / "docs/check.md").read_text("utf-8")
    assert not [rule.code for rule in engine.rules() if f"`{rule.code}`" not in page]
    options = set(re.findall(r"(?m)^ +(?:-\w, )?(--[a-z][a-z-]+)", draft("check", "--help").out)) - {"--help"}
    assert not [option for option in sorted(options) if option not in page]


def test_the_table_of_spellings() -> None:
    """No form is right and wrong, and none is a word of two rows."""
    from tipreport.data import split, table

    found = table("house_style")
    wrong = [form for row in found for form in split(row["variants"])]
    assert len(wrong) == len(set(wrong))
    assert not set(wrong) & {row["word"] for row in found}
    assert {row["kind"] for row in found} == {"ize", "spelling"}
    assert all(row["word"].endswith("ize") and not row["variants"] for row in found if row["kind"] == "ize")
