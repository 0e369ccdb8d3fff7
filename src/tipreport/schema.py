"""The JSON Schema of a report, and saved JSON read back; values of JSON held against other types. The only module that needs pydantic."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tipreport.errors import SchemaError
from tipreport.model import SCHEMA_VERSION, Report
from tipreport.sound import fault


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def json_schema(of: Any = Report, name: str = "report") -> dict[str, Any]:
    """The JSON Schema (2020-12) that every dump of a report, or every record of another type, validates against.

    Args:
        of: the type: the model, or a ``TypedDict`` of records.
        name: what it is called.
    """
    schema = (_adapter() if of is Report else TypeAdapter(of)).json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"tipreport:{name}:{SCHEMA_VERSION}",
        "title": f"tipreport {name}, schema version {SCHEMA_VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def load_report(text: str | bytes) -> Report:
    """Read the JSON of one report.

    Raises:
        SchemaError: no JSON, another schema version, or a key that does not fit; the first place is named.
    """
    try:
        report = _adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the beginning"
        raise SchemaError(f"no saved report: {first['msg']} at {place}", "save one with 'tipreport parse FILE --json'") from error
    if report.schema_version != SCHEMA_VERSION:
        raise SchemaError(f"schema version {report.schema_version} is not {SCHEMA_VERSION}", "parse the document again")
    wrong = fault(report)
    if wrong is not None:
        raise SchemaError(f"no saved report: {wrong}", "save it anew with 'tipreport parse FILE --json'")
    return report


@cache
def _form(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)


def unfit(of: Any, value: object) -> list[tuple[tuple[int | str, ...], str]]:
    """What of a value of JSON does not fit a type: each place, with the reason; the reason is empty where something is missing there."""
    try:
        _form(of).validate_python(value)
    except ValidationError as error:
        told = error.errors(include_url=False, include_input=False, include_context=False)
        return [(one["loc"], "" if one["type"] == "missing" else one["msg"]) for one in told]
    return []
