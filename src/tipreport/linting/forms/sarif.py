"""Findings as SARIF 2.1.0 (OASIS), which code hosts, editors and dashboards read.

Columns count code points, and the file says so (``columnKind``). Rules carry their page as help, fixes the text to put in.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tipreport import __version__
from tipreport.exporters.json import dumps
from tipreport.linting.engine import Found, Rule
from tipreport.linting.forms import View
from tipreport.rules import Edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = (".sarif",)

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(found: Sequence[Found], view: View) -> str:
    """One run with the rules that it had, and a result a finding."""
    order = {rule.code: number for number, rule in enumerate(view.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "tipreport",
                "semanticVersion": __version__,
                "version": __version__,
                "rules": [_rule(rule) for rule in view.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, order) for one in found],
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join(rule.page.split())},
        "help": {"text": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(one: Found, order: dict[str, int]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(one)}
    if one.line is not None:
        first, last = one.spans[0], one.spans[-1]
        place["region"] = {
            "startLine": one.line, "startColumn": one.column, "endLine": one.end_line, "endColumn": one.end_column,
            "charOffset": first.start, "charLength": last.end - first.start,
        }  # fmt: skip
    result: dict[str, Any] = {
        "ruleId": one.code,
        **({"ruleIndex": order[one.code]} if one.code in order else {}),
        "level": _LEVELS[one.severity],
        "message": {"text": f"{one.message} ({one.hint})" if one.hint else one.message},
        "locations": [{"physicalLocation": place}],
    }
    if one.fix:
        changes = [_change(edit) for edit in one.fix.edits]
        result["fixes"] = [
            {"description": {"text": one.fix.message}, "artifactChanges": [{"artifactLocation": _artifact(one), "replacements": changes}]}
        ]
    return result


def _artifact(one: Found) -> dict[str, str]:
    """The file as a URI: relative as it was given, or of the scheme ``file`` (SARIF 2.1.0, 3.4.3)."""
    uri = quote(one.path.replace("\\", "/").encode("utf-8", "backslashreplace"))
    return {"uri": f"file://{uri}" if uri.startswith("/") else uri}


def _change(edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start}, "insertedContent": {"text": edit.text}}
