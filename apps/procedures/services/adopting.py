"""Door 2: take a national template over as the law of this tenant."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
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
    NotYetEffective,
    OverrideUnclear,
    TemplateNotOffered,
    TemplateNotPublished,
    refuse,
)
from apps.procedures.events import ProcedureAdopted
from apps.procedures.models import AdoptedVersion
from apps.procedures.override_reading import begun_too_late, expired
from apps.procedures.periods import Period, cut_off, lay_out, refusals_of
from apps.procedures.permissions import require_controller
from apps.procedures.record import Record, clean_record
from apps.procedures.services.correcting import lay_corrections
from apps.procedures.services.recording import change_record, facts_of, put_record, record_of
from apps.procedures.services.saving import save_version
from apps.procedures.services.standing import list_standing, lock_procedure, make_room, require_seen
from apps.procedures.services.units import unit_problems
from kernel.actors import Actor
from kernel.outbox.services import publish
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
    record: Record | None = None,
    seen: int | None = None,
) -> AdoptedVersion:
    """A local copy that never changes; the version before it ends on the day this one begins.

    ``overrides``: see overriding.py; all that do not hold are refused together. Where
    they have days of their own, one version is laid down for each period; the first
    is given back. ``in_force_from`` is today, or the day the template takes effect when
    that is later. The same adoption twice is one. What was to begin later and came from
    the same or an older template never begins; a newer one begins on its day all the same, and
    this adoption ends there. Dossiers keep the version they were born under. ``record``: the
    system of record; without it, as it was, and this system at the first adoption. ``seen``: see
    require_seen; of two who adopt different things at once the second is refused instead of undoing
    the first. Raises AdoptedMeanwhile, VersionUnknown, TemplateNotPublished, TemplateNotOffered,
    NotYetEffective, OverrideSlotClosed, LimitMayOnlyShrink, StepTimeMayOnlyShrink, OverrideOverlaps,
    OverrideWithoutGround, OverrideUnclear, RecordUnclear, ControllerDutyMissing, Refusals.
    """
    record = clean_record(record) if record else None
    template = catalogue.get_version_content(template_version_id)
    require_controller(by, template.code)
    day = _first_day(template, in_force_from, timezone.localdate(now))
    _require_offered(template)
    lock_procedure(template.code)
    standing, until = _before_a_newer(list_standing(template.code, day), template, day)
    periods = _periods(template, overrides, day, until)
    if _is_same(standing, template, periods):
        if record is not None:
            change_record(standing, record, note="", by=by, now=now)
        return standing[0]
    require_seen(template.code, seen)
    if record is None and standing:
        record = record_of(standing[0])
    make_room(standing, day=day, by=by, now=now)
    versions = [_save(template, period, overrides, by, now) for period in periods]
    if record is not None and record.is_elsewhere:
        for version in versions:
            put_record(version, record)
    before = standing[0] if standing and standing[0].in_force_from <= day else None
    for version in versions:
        _trace(version, before, by, now)
        before = version
    lay_corrections(versions[0], by=by, now=now)
    publish(event=ProcedureAdopted(version_id=versions[0].id, procedure_code=template.code), now=now)
    if until is None:  # else the centre knows already of the newer one, which goes on to be the last
        _report(versions[0], template, by, now)
    return versions[0]


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


def _periods(
    template: VersionContent, overrides: list[dict[str, Any]], day: date, until: date | None
) -> list[Period]:
    """Every period is sound, or all that is wrong anywhere is refused together."""
    periods = lay_out(template.content, overrides, day)
    refusals = [*refusals_of(periods), *expired(overrides, day)]
    if until is not None:
        refusals += begun_too_late(overrides, until)
        periods = cut_off(periods, until)
    units = {choice: None for period in periods for choice in period.result.units.values()}
    refusals += unit_problems(units)
    for step, code in {pair for period in periods for pair in period.result.unit_codes.items()}:
        if organisations.find_unit_by_code(code, on=day) is None:
            refusals.append(OverrideUnclear(why=f"{step}: {code}"))
    refuse(refusals)
    for period in periods:
        problems = find_problems(period.result.content, check_process=check_process)
        if problems:
            listing = "; ".join(str(problem) for problem in problems)
            raise AdoptedContentUnsound(procedure=template.code, listing=listing)
    return periods


def _before_a_newer(
    standing: list[AdoptedVersion], template: VersionContent, day: date
) -> tuple[list[AdoptedVersion], date | None]:
    """What this adoption takes the place of, and the day on which a newer template was to begin anyway."""
    newer = [
        version.in_force_from
        for version in standing
        if version.in_force_from > day and version.template_number > template.number
    ]
    until = min(newer, default=None)
    return [version for version in standing if until is None or version.in_force_from < until], until


def _is_same(standing: list[AdoptedVersion], template: VersionContent, periods: list[Period]) -> bool:
    """What is asked for is what stands already: nothing new is written."""
    if len(standing) != len(periods):
        return False
    first = True
    for version, period in zip(standing, periods, strict=True):
        units = {unit.role: (unit.rule, unit.unit_id) for unit in version.units.all()}
        wanted = {role: (choice.rule, choice.unit_id) for role, choice in period.result.units.items()}
        if (
            version.content_sha256 != content_sha256(period.result.content)
            or version.template_version != template.public_id
            or version.in_force_to != period.end
            or units != wanted
            or not (first or version.in_force_from == period.start)
        ):
            return False
        first = False
    return True


def _save(
    template: VersionContent, period: Period, overrides: list[dict[str, Any]], by: Actor, now: datetime
) -> AdoptedVersion:
    return save_version(
        content=period.result.content,
        units=period.result.units.values(),
        start=period.start,
        end=period.end,
        by=by,
        now=now,
        overrides=overrides,
        template_version=template.public_id,
        template_number=template.number,
    )


def _trace(version: AdoptedVersion, before: AdoptedVersion | None, by: Actor, now: datetime) -> None:
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
            "record": facts_of(version),
        },
    )


def _report(version: AdoptedVersion, template: VersionContent, by: Actor, now: datetime) -> None:
    catalogue_services.report_adoption(
        tenant_code=get_current_tenant().code,
        version=template.public_id,
        overridden=bool(version.overrides),
        in_force_from=version.in_force_from,
        by=by,
        now=now,
    )
