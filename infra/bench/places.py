"""What the bulk load is made of: each counter with each procedure, resolved by the house's own services."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from apps.accounts.enums import Duty
from apps.accounts.selectors import list_people_with_duty
from apps.deadlines.selectors import preview_due
from apps.organisations.selectors import UnitView, list_units
from apps.procedures.errors import UnitNotResolved
from apps.procedures.selectors import AdoptedView, list_procedures, resolve_units
from apps.workflow.engine import running as engine
from apps.workflow.engine.spec import Spec
from apps.workflow.selectors import get_process
from apps.workflow.services.loading import get_spec
from infra.seed.names import FAMILY, GIVEN, MIDDLE
from kernel.vietnamese import fold

COLUMNS = {
    "receiving_id": "bigint", "receiving_code": "text", "competent_id": "bigint", "competent_path": "text",
    "supporting_id": "bigint", "procedure_id": "bigint", "procedure_code": "text", "procedure_name": "text",
    "case_code": "text", "answers": "jsonb", "components": "jsonb", "process_id": "bigint", "runs": "boolean",
    "units": "jsonb", "facts": "jsonb", "state": "text", "step": "jsonb", "holder_id": "bigint",
    "rule": "jsonb", "chain": "jsonb", "explanation": "jsonb",
}  # fmt: skip
TOKEN = "00000000-0000-0000-0000-000000000000"  # noqa: S105 - a place in the state, filled in row by row
_SAMPLE = {"string": "Số 12 Hùng Vương", "integer": 2, "number": 120.5, "boolean": True}


def name_parts() -> dict[str, list[str]]:
    """Parts of names and the same without marks, in one order."""
    middle = [*MIDDLE["f"], *MIDDLE["m"]]
    given = [*GIVEN["f"], *GIVEN["m"]]
    parts = {"family": list(FAMILY), "middle": middle, "given": given}
    return parts | {f"{name}_bare": [fold(word) for word in words] for name, words in parts.items()}


def list_places(now: datetime) -> list[dict[str, Any]]:
    """In the tenant's context; a procedure that no unit decides at a counter is left out there."""
    today = now.date()
    units = {unit.id: unit for unit in list_units()}
    versions = list_procedures(on=today, limit=300).rows
    places = []
    for unit in units.values():
        if unit.receives:
            places += list(_at_counter(unit, units, versions, now))
    return places


def _at_counter(
    unit: UnitView, units: dict[int, UnitView], versions: list[AdoptedView], now: datetime
) -> Iterator[dict[str, Any]]:
    for version in versions:
        try:
            roles = resolve_units(version_id=version.id, receiving_unit=unit)
        except UnitNotResolved:
            continue
        yield _place(unit, units[roles["COMPETENT"]], roles, version, now)


def _place(
    unit: UnitView, competent: UnitView, roles: dict[str, int], version: AdoptedView, now: datetime
) -> dict[str, Any]:
    content = version.content
    case = content["cases"][0]
    due = preview_due(rule=case["limit"], unit_id=competent.id, started_at=now)
    return {
        "receiving_id": unit.id,
        "receiving_code": unit.code,
        "competent_id": competent.id,
        "competent_path": competent.path,
        "supporting_id": roles.get("SUPPORTING"),
        "procedure_id": version.id,
        "procedure_code": version.code,
        "procedure_name": version.name,
        "case_code": case["code"],
        "answers": make_answers(content["form"]),
        "components": [part for part in content["components"] if part["key"] in case["components"]][:2],
        "process_id": version.process_id,
        "rule": case["limit"],
        "chain": [int(part) for part in reversed(competent.path.strip("/").split("/"))],
        "explanation": due.explanation,
        **_run(version, roles, competent, case["code"], now.date()),
    }


def _run(
    version: AdoptedView, roles: dict[str, int], competent: UnitView, case: str, today: date
) -> dict[str, Any]:
    """Where a run stands right after its start. Processes that begin with several steps are not loaded as open."""
    spec: Spec = get_spec(version.process_id, get_process(version.process_id).sha256)
    facts = {"case": case, "channel": "DIRECT"}
    position = engine.start(spec, facts=facts)
    first = spec.steps[position.opened[0].key]
    holders = list_people_with_duty(duty=Duty(first.duty), unit_path=competent.path, on=today)
    return {
        "runs": len(position.opened) == 1 and first.unit == "COMPETENT",
        "units": {role: roles.get(role) or competent.id for role in spec.units},
        "facts": facts,
        "state": json.dumps(position.state).replace(str(position.opened[0].token), TOKEN),
        "step": {
            "key": first.key,
            "name": first.name,
            "duty": first.duty,
            "decisions": [list(decision) for decision in first.decisions],
        },
        "holder_id": holders[0].id if holders else None,
    }


def make_answers(form: dict[str, Any]) -> dict[str, Any]:
    """Something fitting for each question that must be answered."""
    return {name: _answer(form["properties"][name]) for name in form.get("required", ())}


def _answer(field: dict[str, Any]) -> Any:
    if "enum" in field:
        return field["enum"][0]
    return "2026-11-01" if field.get("format") == "date" else _SAMPLE[field.get("type", "string")]
