"""Door 2: take a national template over as the law of this tenant."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from apps.audit import services as audit
from apps.catalogue import selectors as catalogue
from apps.catalogue import services as catalogue_services
from apps.catalogue.content import content_sha256, find_problems
from apps.catalogue.enums import ADOPTABLE
from apps.catalogue.process_check import check_process
from apps.catalogue.selectors import VersionContent
from apps.organisations import selectors as organisations
from apps.procedures.errors import (
    AdoptedContentUnsound,
    LaterVersionStands,
    NotYetEffective,
    OverrideUnclear,
    TemplateNotOffered,
    TemplateNotPublished,
    refuse,
)
from apps.procedures.events import ProcedureAdopted
from apps.procedures.models import AdoptedVersion, AdoptionUnit
from apps.procedures.overriding import Overridden, apply_overrides
from apps.procedures.permissions import require_controller
from apps.procedures.services.units import unit_problems
from apps.workflow import services as workflow
from kernel.actors import Actor
from kernel.ids import uuid7
from kernel.outbox.services import publish
from kernel.vietnamese import clean, fold
from tenants.registry.context import get_current_tenant
from tenants.registry.enums import Ring
from tenants.registry.selectors import get_tenant


@transaction.atomic
def adopt(
    *,
    template_version_id: UUID,
    overrides: list[dict[str, Any]],
    by: Actor,
    now: datetime,
    in_force_from: date | None = None,
) -> AdoptedVersion:
    """A local copy that never changes; the version before it ends on the day this one begins.

    ``overrides``: see overriding.py; all that do not hold are refused together.
    ``in_force_from`` is today, or the day the template takes effect when that is
    later. The same adoption twice is one row. Dossiers keep the version they were
    born under. Raises VersionUnknown, TemplateNotPublished, TemplateNotOffered, NotYetEffective,
    LaterVersionStands, OverrideSlotClosed, LimitMayOnlyShrink,
    OverrideWithoutGround, OverrideUnclear, ControllerDutyMissing, Refusals.
    """
    template = catalogue.get_version_content(template_version_id)
    require_controller(by, template.code)
    day = _first_day(template, in_force_from, timezone.localdate(now))
    _require_offered(template)
    _lock(template.code)
    result = _overridden(template, overrides, day)
    sha = content_sha256(result.content)
    current = _end_of_line(template.code, day)
    if current is not None and _is_same(current, template, result, sha):
        return current
    if current is not None:
        AdoptedVersion.objects.filter(id=current.id).update(in_force_to=day)
    version = _save(template, result, sha, overrides, day, by, now)
    _tell(version, current, template, by, now)
    return version


def _require_offered(template: VersionContent) -> None:
    """The ring is read anew: a process may remember an old one. What runs here already may be adopted again."""
    ring = get_tenant(get_current_tenant().code).ring
    if catalogue.is_offered(template.public_id, ring=ring):
        return
    if not AdoptedVersion.objects.filter(template_version=template.public_id).exists():
        raise TemplateNotOffered(procedure=template.code, number=template.number, ring=Ring(ring).label)


def _first_day(template: VersionContent, wished: date | None, today: date) -> date:
    if template.state not in ADOPTABLE or template.effective_from is None:
        raise TemplateNotPublished(procedure=template.code, number=template.number)
    day = wished or max(today, template.effective_from)
    if day < template.effective_from:
        raise NotYetEffective(procedure=template.code, date=template.effective_from.strftime("%d/%m/%Y"))
    return day


def _lock(code: str) -> None:
    """Two adoptions of one procedure at once: the second waits here and then sees the first."""
    key = f"{get_current_tenant().schema_name}:procedures.adopt:{code}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _overridden(template: VersionContent, overrides: list[dict[str, Any]], day: date) -> Overridden:
    result = apply_overrides(template.content, overrides)
    refusals = [*result.refusals, *unit_problems(result.units.values())]
    for step, code in result.unit_codes.items():
        if organisations.find_unit_by_code(code, on=day) is None:
            refusals.append(OverrideUnclear(why=f"{step}: {code}"))
    refuse(refusals)
    problems = find_problems(result.content, check_process=check_process)
    if problems:
        listing = "; ".join(str(problem) for problem in problems)
        raise AdoptedContentUnsound(procedure=template.code, listing=listing)
    return result


def _end_of_line(code: str, day: date) -> AdoptedVersion | None:
    """The version in force on ``day``. One that begins later stands in the way."""
    following = (
        AdoptedVersion.objects.select_for_update(of=("self",))
        .filter(Q(in_force_to__isnull=True) | Q(in_force_to__gt=day), procedure_code=code)
        .order_by("-in_force_from")
        .first()
    )
    if following is not None and following.in_force_from > day:
        raise LaterVersionStands(procedure=code, date=following.in_force_from.strftime("%d/%m/%Y"))
    return following


def _is_same(current: AdoptedVersion, template: VersionContent, result: Overridden, sha: str) -> bool:
    if current.content_sha256 != sha or current.template_version != template.public_id or current.in_force_to:
        return False
    units = {unit.role: (unit.rule, unit.unit_id) for unit in current.units.all()}
    return units == {role: (choice.rule, choice.unit_id) for role, choice in result.units.items()}


def _save(
    template: VersionContent,
    result: Overridden,
    sha: str,
    overrides: list[dict[str, Any]],
    day: date,
    by: Actor,
    now: datetime,
) -> AdoptedVersion:
    content, process = result.content, result.content["process"]
    name = clean(content["name"])
    last = AdoptedVersion.objects.filter(procedure_code=template.code).order_by("-number").first()
    registered = workflow.register_process(bpmn=process["bpmn"], called=process.get("called") or None)
    version = AdoptedVersion.objects.create(
        public_id=uuid7(),
        procedure_code=template.code,
        name=name,
        name_search=fold(f"{template.code} {name}"),
        field_code=content["field"]["code"],
        field_name=content["field"]["name"],
        number=last.number + 1 if last else 1,
        template_version=template.public_id,
        template_number=template.number,
        content=content,
        content_sha256=sha,
        overrides=overrides,
        process_id=registered.id,
        in_force_from=day,
        adopted_at=now,
        adopted_by=by.name,
    )
    AdoptionUnit.objects.bulk_create(
        AdoptionUnit(version=version, role=choice.role, rule=choice.rule, unit_id=choice.unit_id)
        for choice in result.units.values()
    )
    return version


def _tell(
    version: AdoptedVersion, before: AdoptedVersion | None, template: VersionContent, by: Actor, now: datetime
) -> None:
    audit.record(
        by=by,
        action="ADOPT",
        subject_type="procedure",
        subject_id=version.id,
        now=now,
        before={"version": before.number, "template": before.template_number} if before else None,
        after={
            "code": version.procedure_code,
            "version": version.number,
            "template": version.template_number,
            "in_force_from": version.in_force_from.isoformat(),
            "overrides": version.overrides,
        },
    )
    publish(event=ProcedureAdopted(version_id=version.id, procedure_code=version.procedure_code), now=now)
    catalogue_services.report_adoption(
        tenant_code=get_current_tenant().code,
        version=template.public_id,
        overridden=bool(version.overrides),
        in_force_from=version.in_force_from,
        by=by,
        now=now,
    )
