"""Corrections that last: what the user's own file sets right in one report, that it lasts, and that it tells when it no longer fits."""

from __future__ import annotations

import hashlib
import json
import pickle
import random
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from checks import check_report, units
from command import SAMPLES, Result, Shell, environment, inside, one_error
from tipreport import Config, parse
from tipreport.config import Correction, Value, load
from tipreport.corrections import check, objects, short_hash
from tipreport.corrections.fields import FIELDS
from tipreport.errors import ConfigError
from tipreport.inputs import open_source
from tipreport.model import Paragraph, Recommendation, Report

TEXT = """CTOC/COP/WG.4/2031/7
Working Group on Trafficking in Persons
Report on the meeting held in Vienna on 3 and 4 March 2031

II. Recommendations

A. Harbours

Recommendation 1

States parties should train harbour masters.

Recommendation 2

UNODC should consider: (a) a guide; (b) a course on child victims.

III. Deliberations

1. The discussion was led by the following panellists: Ann Lee, Prosecutor, Ministry of Justice (Chile), and
Tom Fisher, Inspector, Harbour Police (Norway).

2. Ms. Ann Lee spoke of the harbour of Valparaiso.

3. Statements were made by the representatives of the following parties: Chile, Kenya, Niger and Norland.

4. States parties should keep watch at night.

5. Speakers noted the Trafficking in Persons Protocol and thanked Kenya.
"""
NAME = "CTOC/COP/WG.4/2031/7"


def row(report: Report, ident: str, **changes: Value) -> Correction:
    """A row for an object of a report of TEXT."""
    one = next(one for one in objects(report) if one.id == ident)
    return Correction(NAME, ident, short_hash(TEXT, one.value.spans), tuple(changes.items()))


def corrected(*wanted: tuple[str, dict[str, Any]], text: str = TEXT) -> Report:
    """TEXT after corrections, with all invariants checked."""
    raw = parse(TEXT)
    config = Config(corrections=tuple(row(raw, ident, **changes) for ident, changes in wanted))
    report = parse(text, config=config)
    check_report(report, text)
    assert len(told(report)) == len(wanted), "one remark a row"
    return report


def told(report: Report) -> list[str]:
    """What became of the corrections."""
    return [remark.code.removeprefix("correction/") for remark in report.diagnostics if remark.code.startswith("correction/")]


def bare(report: Report) -> Report:
    """A report without what tells of corrections."""
    return replace(report, diagnostics=tuple(one for one in report.diagnostics if not one.code.startswith("correction/")))


def unit(report: Report, ident: str) -> Any:
    """A recommendation or paragraph."""
    return next(one for one in units(report) if one.id == ident)


# What is set -------------------------------------------------------------------------------------------------


def test_a_number_with_all_that_follows_from_it() -> None:
    report = corrected(("rec-2", {"number": "7"}))
    assert [one.id for one in report.recommendations] == ["rec-1", "rec-7"]
    changed = unit(report, "rec-7")
    assert (changed.number, changed.cite) == ("7", f"{NAME}, recommendation 7")
    assert [point.id for point in changed.points] == ["rec-7.a", "rec-7.b"]
    assert "rec-7" in [block.ref for block in report.blocks]
    assert "number/gap" in [remark.code for remark in report.diagnostics], "what is said of the numbers is said of those set"


def test_a_number_of_a_paragraph_goes_on_to_lists_and_persons() -> None:
    report = corrected(("para-3", {"number": 33}), ("para-2", {"number": "22"}))
    assert [one.paragraph for one in report.statements] == ["33"]
    assert report.panellists[0].paragraphs == ("1", "22")


def test_a_row_may_speak_of_what_another_one_made() -> None:
    raw = parse(TEXT)
    first = row(raw, "rec-2", number="7")
    second = first._replace(id="rec-7", changes=(("position", "noted"), ("section", "III")))
    report = parse(TEXT, config=Config(corrections=(second, first)))
    check_report(report, TEXT)
    assert told(report) == ["applied", "applied"]
    assert (unit(report, "rec-7").position, unit(report, "rec-7").section) == ("noted", "III")


def test_a_paragraph_becomes_a_recommendation_and_back() -> None:
    report = corrected(("para-4", {"kind": "recommendation", "section": "II.A", "position": "supported"}))
    made = unit(report, "rec-4")
    assert isinstance(made, Recommendation)
    assert (made.modality, made.verb, made.section, made.position) == ("should", "keep", "II.A", "supported")
    assert [one.id for one in made.addressees] == ["states_parties"]
    report = corrected(("rec-1", {"kind": "paragraph", "number": "9", "agenda_items": ("3",)}))
    back = unit(report, "para-9")
    assert isinstance(back, Paragraph)
    assert back.agenda_items == ("3",)


def test_facts_of_a_recommendation() -> None:
    changes = {"topics": ("children",), "addressees": ("unodc", "chair"), "modality": "invite", "proposed_by": ("CHL",), "verb": ""}
    made = unit(corrected(("rec-1", changes)), "rec-1")
    assert made.topics == ("children",)
    assert [one.id for one in made.addressees] == ["unodc", "chair"]
    assert made.addressees[0].as_printed == "States parties", "in the place of the one that was wrong"
    assert made.addressees[1].spans == made.spans, "what is not printed has the place of what it belongs to"
    assert (made.modality, made.strength, made.verb) == ("are invited to", 4, None)
    assert [(one.id, one.name) for one in made.proposed_by] == [("CHL", "Chile")]
    made = unit(corrected(("rec-1", {"modality": "", "addressees": ()})), "rec-1")
    assert (made.modality, made.strength, made.addressees) == (None, None, ())


def test_a_section_takes_those_below_it_along() -> None:
    report = corrected(("section:II", {"number": "V", "title": "Proposals"}))
    assert [one.label for one in report.sections] == ["V", "V.A", "III"]
    assert [(one.number, one.title, one.level) for one in report.sections[:2]] == [("V", "Proposals", 1), ("A", "Harbours", 2)]
    assert {one.section for one in report.recommendations} == {"V.A"}
    assert "V.A" in [block.ref for block in report.blocks]
    report = corrected(("section:II.A", {"label": "II.B"}))
    assert [(one.label, one.number) for one in report.sections[1:2]] == [("II.B", "B")]


def test_points() -> None:
    report = corrected(("rec-2.b", {"label": "c"}))
    assert [(one.id, one.label) for one in unit(report, "rec-2").points] == [("rec-2.a", "a"), ("rec-2.c", "c")]
    report = corrected(("rec-2.a", {"drop": True}))
    assert [one.id for one in unit(report, "rec-2").points] == ["rec-2.b"]
    assert "a guide" in unit(report, "rec-2").text
    report = corrected(("rec-2.b", {"label": "a"}))
    assert told(report) == ["stale"]


def test_the_masthead_and_what_the_report_is_called() -> None:
    raw = parse(TEXT)
    head = row(raw, "masthead", symbol="CTOC/COP/WG.4/2031/8", date="2031-03-05", body="")
    after = row(raw, "rec-1", number="4")._replace(report="CTOC/COP/WG.4/2031/8")
    report = parse(TEXT, config=Config(corrections=(head, after)))
    check_report(report, TEXT)
    assert (report.masthead.symbol, report.masthead.date, report.masthead.body) == ("CTOC/COP/WG.4/2031/8", "2031-03-05", None)
    assert report.recommendations[0].cite == "CTOC/COP/WG.4/2031/8, recommendation 4"
    assert told(report) == ["applied", "applied"], "rows may call it by its right name"


def test_persons() -> None:
    report = corrected(
        ("panellist:ann-lee", {"name": "Anne Lee", "position": "Judge", "organization": "", "state": "ARG", "on_behalf_of": "GRULAC"}),
        ("panellist:tom-fisher", {"drop": True}),
    )
    (person,) = report.panellists
    assert (person.name, person.position, person.organization) == ("Anne Lee", "Judge", None)
    assert person.state is not None
    assert (person.state.id, person.state.as_printed) == ("ARG", "Chile"), "the place is that of what was read"
    assert person.on_behalf_of is not None
    assert person.on_behalf_of.id == "GRULAC"
    mentions = {(one.id, one.name) for one in unit(report, "para-2").mentions if one.kind == "person"}
    assert mentions == {("anne-lee", "Anne Lee")}


def test_a_panellist_who_was_not_found() -> None:
    text = TEXT.replace("5. Speakers", "5. Mr. Jo Marsh, harbour pilot, and speakers")
    raw = parse(text)
    assert [one.name for one in raw.panellists] == ["Ann Lee", "Tom Fisher"]
    (held,) = [one for one in objects(raw) if one.id == "para-5"]
    first = Correction(NAME, held.id, short_hash(text, held.value.spans), (("add_panellists", ("Jo Marsh", "Ann Lee")),))
    (made,) = [one for one in objects(parse(text, config=Config(corrections=(first,)))) if one.id == "panellist:jo-marsh"]
    second = Correction(NAME, made.id, short_hash(text, made.value.spans), (("position", "harbour pilot"),))
    report = parse(text, config=Config(corrections=(first, second)))
    check_report(report, text)
    assert [(one.name, one.position, one.paragraphs) for one in report.panellists[2:]] == [("Jo Marsh", "harbour pilot", ("5",))]
    assert [text[span.start : span.end] for span in report.panellists[2].spans] == ["Jo Marsh"]
    nobody = first._replace(changes=(("add_panellists", ("Kim Reed",)),))
    assert told(parse(text, config=Config(corrections=(nobody,)))) == ["stale"]


def test_lists_of_speakers() -> None:
    changes = {
        "capacity": "member", "count": 5, "add": ("SLE",), "drop": ("KEN",), "replace": (("NER", "NGA"),),
        "printed": (("SLE", "Norland"),), "on_behalf_of": (("CHL", "GRULAC"),), "instrument": "", "agenda_items": ("3",),
    }  # fmt: skip
    (made,) = corrected(("statement:3.party", changes)).statements
    assert (made.capacity, made.count, made.agenda_items) == ("member", 5, ("3",))
    assert [(one.id, one.as_printed) for one in made.states] == [("CHL", "Chile"), ("NGA", "Niger"), ("SLE", "Norland")]
    assert made.states[0].on_behalf_of is not None
    assert (made.states[0].on_behalf_of.id, made.states[0].on_behalf_of.spans) == ("GRULAC", made.states[0].spans)
    (made,) = corrected(("statement:3.party", {"replace": (("NER", "UNODC"), ("CHL", "AFR"))})).statements
    assert [[one.id for one in made.organizations], [one.id for one in made.groups]] == [["UNODC"], ["AFR"]]
    assert corrected(("statement:3.party", {"drop": True})).statements == ()


def test_for_whom_a_state_spoke_is_set_by_its_words_kept_and_taken_away() -> None:
    (made,) = corrected(("statement:3.party", {"on_behalf_of": (("CHL", "GRULAC"),), "printed": (("GRULAC", "Norland"),)})).statements
    assert made.states[0].on_behalf_of is not None
    assert (made.states[0].on_behalf_of.id, made.states[0].on_behalf_of.as_printed) == ("GRULAC", "Norland")
    text = TEXT.replace("parties: Chile, Kenya", "parties: Chile (on behalf of the Group of 77 and China), Kenya")
    raw = parse(text)
    (held,) = [one for one in objects(raw) if one.kind == "statement"]
    behalf = raw.statements[0].states[0].on_behalf_of
    assert behalf is not None
    kept = Correction(NAME, held.id, short_hash(text, held.value.spans), (("on_behalf_of", (("CHL", behalf.id),)),))
    same = parse(text, config=Config(corrections=(kept,)))
    assert told(same) == ["idle"]
    assert bare(same) == raw
    gone = parse(text, config=Config(corrections=(kept._replace(changes=(("on_behalf_of", (("CHL", ""),)),)),)))
    assert told(gone) == ["applied"]
    assert [(one.id, one.on_behalf_of) for one in gone.statements[0].states] == [("CHL", None), ("KEN", None), ("NER", None)]
    nobody = kept._replace(changes=(("on_behalf_of", (("PRY", "GRULAC"),)),))
    assert told(parse(text, config=Config(corrections=(nobody,)))) == ["stale"]


def test_who_is_there_is_not_added_again() -> None:
    (made,) = corrected(("statement:3.party", {"add": ("KEN", "SLE"), "printed": (("SLE", "Norland"),)})).statements
    assert [one.id for one in made.states] == ["CHL", "KEN", "NER", "SLE"]
    report = corrected(("para-5", {"add": ("KEN", "PRY"), "printed": (("PRY", "Speakers"),)}))
    assert sorted(one.id for one in unit(report, "para-5").mentions) == ["KEN", "PRY", "TIP"]


def test_an_addressee_stands_where_one_of_its_forms_does() -> None:
    made = unit(corrected(("rec-2", {"addressees": ("states_parties", "unodc")})), "rec-2")
    assert [(one.id, one.as_printed) for one in made.addressees] == [("states_parties", made.text), ("unodc", "UNODC")]
    report = parse(TEXT)
    own = (("addressees", (("id", "masters"), ("name", "Harbour masters"), ("patterns", "harbour masters"))),)
    bare_row = (("addressees", (("id", "pilots"), ("name", "Pilots"))),)
    rows = (row(report, "rec-1", addressees=("masters", "pilots")),)
    made = unit(parse(TEXT, config=Config(tables=own + bare_row, corrections=rows)), "rec-1")
    assert [(one.id, one.name, TEXT[one.spans[0].start : one.spans[0].end]) for one in made.addressees] == [
        ("masters", "Harbour masters", "harbour masters"),
        ("pilots", "Pilots", made.text),
    ]


def test_a_name_that_does_not_stand_there_is_added_to_a_list_with_all_of_it() -> None:
    (made,) = corrected(("statement:3.party", {"add": ("PRY",)})).statements
    assert made.states[-1].id == "PRY"
    assert made.states[-1].spans == made.spans


def test_mentions_and_the_references_to_instruments() -> None:
    report = corrected(("para-5", {"replace": (("TIP", "UNTOC"),), "drop": ("KEN",)}))
    assert [(one.kind, one.id) for one in unit(report, "para-5").mentions] == [("instrument", "UNTOC")]
    assert [one.target for one in report.references if one.kind == "instrument"] == ["UNTOC"]
    report = corrected(("para-4", {"add": ("PRY",), "printed": (("PRY", "night"),)}))
    assert [(one.id, one.as_printed) for one in unit(report, "para-4").mentions if one.kind == "state"] == [("PRY", "night")]


def test_agenda_items_go_on_to_what_was_said_under_them() -> None:
    report = corrected(("para-3", {"agenda_items": ("2", "3")}), ("para-1", {"agenda_items": ("5",)}))
    assert report.statements[0].agenda_items == ("2", "3")
    assert [one.agenda_items for one in report.panellists] == [(), ("5",)], "of those who spoke there alone"


# What lasts --------------------------------------------------------------------------------------------------


def test_other_changes_of_the_text_do_no_harm() -> None:
    other = (
        TEXT.replace("train harbour masters", "train all harbour masters").replace("at night", "by day").replace("\n\n2. ", "\n\n\n\n2. ")
    )
    assert told(corrected(("rec-2", {"number": "7"}), text=other)) == ["applied"]
    wrapped = TEXT.replace("consider: (a) a guide;", "consider:\n(a) a\nguide;")
    assert told(corrected(("rec-2", {"topics": ()}), text=wrapped)) == ["applied"]


def test_another_text_makes_it_stale() -> None:
    other = TEXT.replace("a guide", "a handbook")
    report = corrected(("rec-2", {"number": "7"}), text=other)
    assert told(report) == ["stale"]
    assert bare(report) == parse(other)
    (remark,) = [one for one in report.diagnostics if one.code == "correction/stale"]
    assert remark.severity == "warning"
    assert remark.message.startswith("rec-2 has another text")
    assert remark.spans == unit(report, "rec-2").spans
    assert "--id rec-2 --to correction" in (remark.hint or "")


def test_an_object_that_is_not_there_makes_it_stale_and_tells_where_the_text_is() -> None:
    other = TEXT.replace("Recommendation 2", "Recommendation 9")
    report = corrected(("rec-2", {"topics": ()}), text=other)
    (remark,) = [one for one in report.diagnostics if one.code == "correction/stale"]
    assert remark.message.startswith("there is no rec-2")
    assert 'id = "rec-9"' in (remark.hint or "")


def test_what_the_parser_gets_right_by_itself_is_idle() -> None:
    report = corrected(("rec-2", {"number": "2", "section": "II.A"}), ("para-5", {}))
    assert told(report) == ["idle", "idle"]
    assert bare(report) == parse(TEXT)
    later = TEXT.replace("Recommendation 2", "Recommendation 7")
    assert told(corrected(("rec-2", {"number": "7"}), text=later)) == ["idle"], "found by its text"


def test_a_row_is_made_as_a_whole_or_not_at_all() -> None:
    report = corrected(
        ("para-5", {"number": "50", "add": ("PRY",)}), ("para-4", {"topics": ()}), ("rec-1", {"section": "IX", "topics": ()})
    )
    assert sorted(told(report)) == ["applied" if unit(parse(TEXT), "para-4").topics else "idle", "stale", "stale"]
    assert unit(report, "para-5").number == "5"
    assert unit(report, "rec-1") == unit(parse(TEXT), "rec-1")


def test_the_last_row_wins() -> None:
    report = corrected(("rec-1", {"position": "noted"}), ("rec-1", {"position": "supported"}))
    assert unit(report, "rec-1").position == "supported"


@pytest.mark.parametrize("called", ["symbol", "file", "bytes"])
def test_a_report_is_called_by_symbol_file_or_digest(called: str, tmp_path: Path) -> None:
    path = tmp_path / "harbours.txt"
    path.write_text(TEXT, "utf-8")
    name = {"symbol": NAME, "file": "harbours.txt", "bytes": hashlib.sha256(TEXT.encode()).hexdigest()}[called]
    config = Config(corrections=(row(parse(TEXT), "rec-1", number="4")._replace(report=name),))
    from tipreport import read

    assert [one.number for one in read(str(path), config=config).recommendations] == ["4", "2"]
    assert told(read(str(path), config=Config(corrections=(config.corrections[0]._replace(report="other"),)))) == []


def test_no_correction_leaves_a_trace_in_the_next_parse() -> None:
    raw = parse(TEXT)
    config = Config(corrections=(row(raw, "rec-2", number="7"),))
    assert parse(TEXT, config=config) != raw
    assert parse(TEXT) == raw
    assert pickle.loads(pickle.dumps(config)) == config  # noqa: S301
    assert hash(config) == hash(Config())
    assert config != Config()
    assert Report.from_json(parse(TEXT, config=config).to_json()) == parse(TEXT, config=config)


# All samples -------------------------------------------------------------------------------------------------

GIVEN: dict[str, list[Value]] = {
    "kind": ["recommendation", "paragraph"], "number": ["7", "12 bis", "98.1"], "section": ["II", "I", "", "III.A"],
    "topics": [("children",), ()], "add": [("PRY",), ("UNODC", "AFR")], "replace": [(("CHL", "PRY"), ("KEN", "UNODC"))],
    "addressees": [("unodc",), ("states_parties", "chair")], "modality": ["should", ""], "proposed_by": [("ESP", "PRY"), ()],
    "position": ["noted", ""], "agenda_items": [("9",), ()], "label": ["II.C", "IX", "annex-V"], "continued": [True, False],
    "state": ["PRY", ""], "capacity": ["ngo", "party"], "count": [3, ""], "status": ["draft"], "date": ["2020-01-02", ""],
    "meeting_start": ["2020-01-02"], "meeting_end": ["2020-01-02"], "add_panellists": [("the",)],
}  # fmt: skip


def anything(kind: str, chance: random.Random) -> tuple[tuple[str, Value], ...]:
    """Some changes that an object of a kind takes."""
    out: list[tuple[str, Value]] = []
    for name in chance.sample(sorted(FIELDS[kind].keys() - {"printed", "kind"}), 2):
        takes = FIELDS[kind][name].takes
        if name == "drop":
            value: Value = ("CHL", "ARG") if takes.startswith("list") else True
        elif name == "on_behalf_of":
            value = "WEOG" if takes == "string" else (("CHL", "GRULAC"),)
        else:
            value = chance.choice(GIVEN["position"] if name == "position" and kind == "recommendation" else GIVEN.get(name, ["word"]))
        out.append((name, value))
    if kind in GIVEN["kind"] and "agenda_items" not in dict(out) and chance.random() < 0.2:
        out = [("kind", "paragraph" if kind == "recommendation" else "recommendation"), *(one for one in out if one[0] in FIELDS["point"])][
            :1
        ]
    return tuple(out)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_any_corrections_keep_the_report_whole(path: Path) -> None:
    source = open_source(str(path))
    chance = random.Random(path.stem)
    found = objects(parse(source.text))
    rows = tuple(
        Correction(source.name, one.id, short_hash(source.text, one.value.spans), anything(one.kind, chance))
        for one in chance.sample(found, min(30, len(found)))
    )
    report = parse(source.text, name=source.name, config=Config(corrections=rows))
    check_report(report, source.text)
    assert len(told(report)) == len(rows)
    assert told(report).count("applied") > len(rows) / 3


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_the_rows_that_are_printed_change_nothing(path: Path, tmp_path: Path) -> None:
    printed = inside("parse", str(path), "--to", "correction").out
    filled = re.sub(r"(?m)^# (\w+ = )", r"\1", printed)  # every field as it was found
    (tmp_path / "all.toml").write_text(filled, "utf-8")
    found: dict[str, Any] = load(str(tmp_path / "all.toml"))
    text = open_source(str(path)).text
    raw = parse(text, name=str(path))
    report = parse(text, name=str(path), config=Config(corrections=found["corrections"]))
    assert len(told(report)) == len(objects(raw))
    assert set(told(report)) == {"idle"}
    assert bare(report) == raw


# The command -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Work:
    """A folder with TEXT as report.txt, in which commands run; within this process, for there are many."""

    folder: Path
    home: Path

    def __call__(self, *arguments: str) -> Result:
        return inside(*arguments, folder=self.folder, env=environment(self.home))


@pytest.fixture
def work(shell: Shell) -> Work:
    (shell.folder / "report.txt").write_text(TEXT, "utf-8")
    return Work(shell.folder, shell.home)


def fill(work: Work, ident: str, *lines: str) -> None:
    """Take the printed row for an object into tipreport.toml, with lines below it."""
    printed = work("parse", "report.txt", "--id", ident, "--to", "correction")
    assert printed.code == 0, printed.err
    with open(work.folder / "tipreport.toml", "a", encoding="utf-8") as file:
        file.write(printed.out + "\n".join(lines) + "\n\n")


def test_from_the_printed_row_to_the_corrected_report(work: Work) -> None:
    fill(work, "rec-2", 'number = "7"')
    fill(work, "panellist:ann-lee", 'position = "Judge"')
    fill(work, "masthead", 'title = "Harbours"')
    done = Shell(work.folder, work.home)("parse", "report.txt", "--json", "--strict")
    report = json.loads(done.out)
    assert [one["id"] for one in report["recommendations"]] == ["rec-1", "rec-7"]
    assert report["panellists"][0]["position"] == "Judge"
    assert report["masthead"]["title"] == "Harbours"
    assert [one["code"] for one in report["diagnostics"] if one["code"].startswith("correction")] == ["correction/applied"] * 3
    assert done.code == 1, "a number is missing now, which is a warning"
    (work.folder / "report.txt").write_text(TEXT.replace("at night", "by day").replace("\n2. ", "\n\n2. "), "utf-8")
    assert "rec-7" in work("parse", "report.txt", "-t", "tree").out
    (work.folder / "report.txt").write_text(TEXT.replace("a guide", "a handbook"), "utf-8")
    done = work("parse", "report.txt", "--what", "diagnostics", "--strict")
    assert done.code == 1
    assert "correction/stale rec-2 has another text" in done.out
    assert done.err.startswith("tipreport: ")


def test_printed_rows_are_toml_and_act_on_no_terminal(work: Work) -> None:
    odd = TEXT.replace("Tom Fisher", "Tom O\u2019F\u00efsher").replace("Harbour Police", 'Harbour "Blue\\Green" Police\x1b[31m')
    (work.folder / "report.txt").write_text(odd, "utf-8")
    printed = work("parse", "report.txt", "--to", "correction")
    rows = tomllib.loads(printed.out)["corrections"]
    assert [one["id"] for one in rows[:2]] == ["masthead", "section:II"]
    assert "\x1b" not in printed.out
    assert len(tomllib.loads(work("parse", "report.txt", "--what", "panellists,points", "-t", "correction").out)["corrections"]) == 4
    work("parse", "report.txt", "-o", "rows.toml")
    assert (work.folder / "rows.toml").read_text("utf-8") == printed.out


def test_rows_are_not_printed_for_what_has_no_text(work: Work) -> None:
    work("parse", "report.txt", "-o", "saved.json")
    one_error(work("parse", "saved.json", "--to", "correction"), "saved.json", "needs the text", "give the document")
    one_error(work("parse", "report.txt", "--what", "footnotes", "--to", "correction"), "footnotes", "these can:")
    one_error(work("parse", "report.txt", "saved.json", "--merge", "--to", "correction"), "merged", "--merge")
    assert work("parse", "report.txt", "--id", "rec-77", "--to", "correction").code == 1


def test_any_number_of_processes_and_the_file_of_the_folder(work: Work) -> None:
    for place in range(3):
        (work.folder / f"{place}.txt").write_text(TEXT.replace("2031/7", f"2031/{place}"), "utf-8")
    fill(work, "rec-2", 'number = "7"')
    names = [f"{place}.txt" for place in range(3)]
    one = work("parse", *names, "report.txt", "--jsonl", "--jobs", "1")
    assert one.raw == Shell(work.folder, work.home)("parse", *names, "report.txt", "--jsonl", "--jobs", "2").raw
    numbers = [[rec["number"] for rec in json.loads(line)["recommendations"]] for line in one.out.splitlines()]
    assert numbers == [["1", "2"]] * 3 + [["1", "7"]], "one report alone"


def test_the_index_follows(work: Work) -> None:
    (work.folder / "other.txt").write_text(TEXT.replace("2031/7", "2031/9"), "utf-8")
    assert work("index", "add", "report.txt", "other.txt", "--index", "i.db").code == 0
    fill(work, "rec-2", 'number = "7"')
    assert "1 updated, 1 unchanged" in work("index", "update", "--index", "i.db").err
    assert "recommendation 7" in work("search", "guide", "--cite", "--index", "i.db").out
    assert "2 unchanged" in work("index", "update", "--index", "i.db").err
    assert "rec-7" in work("parse", NAME, "-t", "tree", "--index", "i.db").out
    with open(work.folder / "tipreport.toml", "a", encoding="utf-8") as file:
        file.write(f'[[corrections]]\nreport = "{NAME}"\nid = "masthead"\ntext = "0"\nsymbol = "A/1"\n')
    assert "1 updated, 1 unchanged" in work("index", "update", "--index", "i.db").err
    (work.folder / "tipreport.toml").unlink()
    assert "1 updated, 1 unchanged" in work("index", "update", "--index", "i.db").err
    assert "recommendation 7" not in work("search", "guide", "--cite", "--index", "i.db").out
    assert work("index", "verify", "--index", "i.db").code == 0


def test_the_index_follows_a_report_that_a_correction_calls_otherwise(work: Work) -> None:
    fill(work, "masthead", 'symbol = "CTOC/COP/WG.4/2031/8"')
    work("index", "add", "report.txt", "--index", "i.db")
    assert work("search", "guide", "--cite", "--index", "i.db").out.startswith("CTOC/COP/WG.4/2031/8")
    assert "1 unchanged" in work("index", "update", "--index", "i.db").err
    path = work.folder / "tipreport.toml"
    path.write_text(path.read_text("utf-8").replace("2031/8", "2031/88"), "utf-8")
    assert "1 updated" in work("index", "update", "--index", "i.db").err
    assert work("search", "guide", "--cite", "--index", "i.db").out.startswith("CTOC/COP/WG.4/2031/88")


# Errors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ident", "line", "words"),
    [
        ("rec-1", 'topic = ["children"]', ["unknown field of a recommendation 'topic'", "topics"]),
        ("para-1", 'modality = "should"', ["field of a paragraph", "modality"]),
        ("rec-1.a", 'number = "4"', ["field of a point", "number"]),
        ("rec-1", 'topics = ["childen"]', ["topics", "unknown topic 'childen'", "children"]),
        ("rec-1", "topics = 'children'", ["topics is 'children'", "a list"]),
        ("rec-1", 'proposed_by = ["PRX"]', ["unknown State id 'PRX'", "PRY"]),
        ("rec-1", 'proposed_by = ["Paraguay"]', ["its id is PRY"]),
        ("rec-1", 'add = ["Zzzzzz"]', ["'Zzzzzz'", "[[organizations]]"]),
        ("rec-1", 'position = "refused"', ["position", "rejected"]),
        ("rec-1", 'modality = "shoud"', ["unknown modality", "should"]),
        ("rec-1", 'kind = "point"', ["unknown kind", "paragraph"]),
        ("rec-1", "kind = ''", ["kind is empty"]),
        ("rec-1", "number = -1", ["number is -1"]),
        ("rec-1", "number = 1.5", ["number is 1.5"]),
        ("rec-1", "drop = true", ["drop is true", "a list of strings"]),
        ("rec-1", "printed = {a = 1}", ["printed"]),
        ("statement:1.party", 'capacity = "partie"', ["unknown capacity", "party"]),
        ("statement:1.party", "capacity = 0", ["unknown capacity '0'"]),
        ("rec-1", "kind = 7", ["unknown kind '7'", "paragraph"]),
        ("masthead", "date = 2031", ["'2031' is no date", "2021-03-22"]),
        ("statement:1.party", 'count = "two"', ["count is 'two'"]),
        ("masthead", 'date = "3 March 2031"', ["no date", "2021-03-22"]),
        ("masthead", 'status = "finale"', ["final"]),
        ("panellist:x", 'state = "XXX"', ["unknown State id 'XXX'"]),
        ("panellist:", 'state = "CHL"', ["'panellist:' is no id", "panellist:ann-lee"]),
        ("recommendation 5", "", ["is no id", "rec-5"]),
        ("footnote:1", "", ["is no id"]),
    ],
)
def test_a_wrong_row_is_told_with_its_place(ident: str, line: str, words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "fix.toml"
    path.write_text(
        f'[[corrections]]\nreport = "A/1"\nid = "rec-1"\ntext = "0"\n\n[[corrections]]\nreport = "A/1"\nid = "{ident}"\ntext = "0"\n{line}\n'
    )
    result = inside("parse", str(SAMPLES / "generic-minimal.txt"), "--config", str(path), folder=tmp_path)
    one_error(result, f"{path}: corrections: row 2", *words)


def test_the_library_tells_too_and_own_names_are_known() -> None:
    config = Config(corrections=(Correction(NAME, "rec-1", "0", (("add", ("GLM",)),)),))
    with pytest.raises(ConfigError, match="GLM"):
        parse(TEXT, config=config)
    check(config._replace(tables=(("organizations", (("id", "GLM"), ("name", "Guild of Lantern Makers"))),)))


def test_a_number_with_a_dot_may_be_a_point() -> None:
    check(Config(corrections=(Correction(NAME, "rec-98.1", "0", (("position", "noted"),)),)))
    check(Config(corrections=(Correction(NAME, "rec-98.1", "0", (("label", "2"),)),)))
    text = "II. Recommendations\n\nRecommendation 98\n\nStates parties should do: (1) this and that; (2) something else.\n"
    (one,) = [one for one in objects(parse(text)) if one.id == "rec-98.1"]
    wrong = Correction("<text>", one.id, short_hash(text, one.value.spans), (("position", "noted"),))
    report = parse(text, config=Config(corrections=(wrong, wrong._replace(changes=(("label", "3"),)))))
    assert sorted(told(report)) == ["applied", "stale"]
    assert [point.id for point in report.recommendations[0].points] == ["rec-98.3", "rec-98.2"]
