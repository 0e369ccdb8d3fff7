"""The JSON Schema of a report, and saved JSON read back. The only module that needs pydantic."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tipreport.errors import SchemaError
from tipreport.model import SCHEMA_VERSION, Report


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every dump of a report validates against."""
    schema = _adapter().json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"tipreport:report:{SCHEMA_VERSION}",
        "title": f"tipreport report, schema version {SCHEMA_VERSION}",
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
    return report
