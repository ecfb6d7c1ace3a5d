"""One row of the law of this tenant, with its process and its units."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from apps.catalogue.content import content_sha256
from apps.procedures.models import AdoptedVersion, AdoptionUnit
from apps.procedures.overriding import UnitChoice
from apps.workflow import services as workflow
from kernel.actors import Actor
from kernel.ids import uuid7
from kernel.vietnamese import clean, fold


def save_version(
    *,
    content: dict[str, Any],
    units: Iterable[UnitChoice],
    start: date,
    end: date | None,
    by: Actor,
    now: datetime,
    **facts: Any,
) -> AdoptedVersion:
    """``facts``: overrides, template and origin. The caller holds the lock of the procedure and leaves the trace."""
    code, process, name = content["code"], content["process"], clean(content["name"])
    last = AdoptedVersion.objects.filter(procedure_code=code).order_by("-number").first()
    registered = workflow.register_process(bpmn=process["bpmn"], called=process.get("called") or None)
    version = AdoptedVersion.objects.create(
        public_id=uuid7(),
        procedure_code=code,
        name=name,
        name_search=fold(f"{code} {name}"),
        field_code=content["field"]["code"],
        field_name=content["field"]["name"],
        number=last.number + 1 if last else 1,
        content=content,
        content_sha256=content_sha256(content),
        process_id=registered.id,
        in_force_from=start,
        in_force_to=end,
        adopted_at=now,
        adopted_by=by.name,
        **facts,
    )
    AdoptionUnit.objects.bulk_create(
        AdoptionUnit(version=version, role=choice.role, rule=choice.rule, unit_id=choice.unit_id)
        for choice in units
    )
    return version
