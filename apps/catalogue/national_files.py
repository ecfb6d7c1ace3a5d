"""Reads our own national templates: ``national/<code>.toml`` beside ``<code>[.<called process>].bpmn``.

The TOML is ProcedureContent, but for the form: there it is a list of fields in
the order in which they are filled in, and becomes a JSON Schema here.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from apps.catalogue.content import content_sha256

FOLDER = Path(__file__).parent / "national"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What a field of a kind accepts. A field's own keys (minimum, maxLength, …) come on top.
_KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1, "maxLength": 250},
    "long_text": {"type": "string", "minLength": 1, "maxLength": 2000},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer", "minimum": 0},
    "number": {"type": "number", "minimum": 0},
    "yes_no": {"type": "boolean"},
    "choice": {"type": "string"},
    "identity": {"type": "string", "pattern": "^[0-9]{12}$"},  # personal identification number
    "phone": {"type": "string", "pattern": r"^(\+84|0)[0-9]{9,10}$"},
}


@dataclass(frozen=True, slots=True)
class NationalFile:
    code: str
    content: dict[str, Any]
    source_sha256: str
    effective_from: date
    decision: str


def read_national(folder: Path = FOLDER) -> Iterator[NationalFile]:
    """Every template in the folder, by code. A file that is not sound raises ValueError or KeyError."""
    for path in sorted(folder.glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        effective_from, decision = raw.pop("effective_from"), raw.pop("decision")
        content = {
            **raw,
            "form": to_form(raw["form"], title=raw["name"]),
            "process": _process(path, raw["process"]),
        }
        for case in content["cases"]:
            case["limit"].setdefault("cutoff", None)
        for fee in content["fees"]:
            fee.setdefault("channel", None)
            fee.setdefault("case", None)
        yield NationalFile(raw["code"], content, content_sha256(content), effective_from, decision)


def to_form(fields: list[dict[str, Any]], *, title: str) -> dict[str, Any]:
    """JSON Schema draft 2020-12 of a list of fields, with ``x-order`` and ``x-section`` for the screen."""
    return {
        "$schema": _DIALECT,
        "type": "object",
        "title": title,
        "properties": {field["name"]: _property(field) for field in fields},
        "required": [field["name"] for field in fields if field.get("required")],
        "additionalProperties": False,
        "x-order": [field["name"] for field in fields],
    }


def _property(field: dict[str, Any]) -> dict[str, Any]:
    own = {
        key: value
        for key, value in field.items()
        if key not in {"name", "kind", "section", "required", "options"}
    }
    schema = {**_KINDS[field["kind"]], **own, "x-section": field["section"], "x-kind": field["kind"]}
    if "options" in field:
        schema["enum"] = field["options"]
    return schema


def _process(path: Path, process: dict[str, Any]) -> dict[str, Any]:
    called = {key: path.with_name(f"{path.stem}.{key}.bpmn") for key in process.get("called", ())}
    return {
        "id": process["id"],
        "bpmn": path.with_name(f"{path.stem}.bpmn").read_text(encoding="utf-8"),
        "called": {key: file.read_text(encoding="utf-8") for key, file in called.items()},
    }
