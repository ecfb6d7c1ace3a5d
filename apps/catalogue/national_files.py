"""Reads our own national templates: ``national/<code>.toml`` beside ``<code>[.<called process>].bpmn``.

The TOML is ProcedureContent, but for the form: there it is a list of fields in
the order in which they are filled in, with its sections beside it, and becomes
a JSON Schema here.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from apps.catalogue.content import content_sha256
from apps.forms.kinds import DIALECT, PERSON_PARTS, make_address, make_field, make_group, make_person

FOLDER = Path(__file__).parent / "national"


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
        sections = raw.pop("sections", None)
        content = {
            **raw,
            "form": to_form(raw["form"], title=raw["name"], sections=sections),
            "process": _process(path, raw["process"]),
        }
        for case in content["cases"]:
            case["limit"].setdefault("cutoff", None)
        for fee in content["fees"]:
            fee.setdefault("channel", None)
            fee.setdefault("case", None)
        yield NationalFile(raw["code"], content, content_sha256(content), effective_from, decision)


def to_form(
    fields: list[dict[str, Any]], *, title: str, sections: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """JSON Schema draft 2020-12 of a list of fields, with what the screen needs (docs/forms.md)."""
    form = {
        "$schema": DIALECT,
        "type": "object",
        "title": title,
        "properties": {field["name"]: _property(field) for field in fields},
        "required": [field["name"] for field in fields if field.get("required")],
        "additionalProperties": False,
        "x-order": [field["name"] for field in fields],
    }
    return form | ({"x-sections": sections} if sections else {})


_SCREEN = ("when", "required_when", "width", "look", "section", "component", "title_en")
_NOT_OWN = ("name", "kind", "title", "required", "options", "parts", "fields", "most", *_SCREEN)


def _property(field: dict[str, Any]) -> dict[str, Any]:
    kind, title = field["kind"], field["title"]
    own = {key: value for key, value in field.items() if key not in _NOT_OWN}
    own |= {f"x-{key.replace('_', '-')}": field[key] for key in _SCREEN if key in field}
    if "options" in field:
        own["enum"] = field["options"]
    if kind == "person":
        return make_person(title=title, parts=field.get("parts", PERSON_PARTS), own=own)
    if kind == "address":
        return make_address(title=title, own=own)
    if kind == "group":
        columns = {one["name"]: _property(one) for one in field["fields"]}
        needed = [one["name"] for one in field["fields"] if one.get("required")]
        return make_group(title=title, fields=columns, required=needed, most=field["most"], own=own)
    return make_field(kind, title=title, own=own)


def _process(path: Path, process: dict[str, Any]) -> dict[str, Any]:
    called = {key: path.with_name(f"{path.stem}.{key}.bpmn") for key in process.get("called", ())}
    return {
        "id": process["id"],
        "bpmn": path.with_name(f"{path.stem}.bpmn").read_text(encoding="utf-8"),
        "called": {key: file.read_text(encoding="utf-8") for key, file in called.items()},
    }
