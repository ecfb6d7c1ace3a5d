"""Door 2: who does the work of a procedure, from which day, until when, on which ground."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.audit import services as audit
from apps.procedures.enums import Origin
from apps.procedures.errors import (
    FirstDayInThePast,
    OverrideUnclear,
    OverrideWithoutGround,
    ProcedureUnknown,
    refuse,
)
from apps.procedures.models import AdoptedVersion
from apps.procedures.override_reading import Override, has_ended
from apps.procedures.overriding import UnitChoice
from apps.procedures.permissions import require_controller
from apps.procedures.services.adopting import adopt
from apps.procedures.services.laying import lay_local
from apps.procedures.services.recording import put_record, record_of
from apps.procedures.services.standing import list_standing, lock_procedure
from apps.procedures.services.units import unit_problems
from apps.procedures.unit_days import assign
from kernel.actors import Actor
from kernel.errors import DomainError


@transaction.atomic
def set_units(
    *,
    code: str,
    choices: list[UnitChoice],
    ground: str,
    by: Actor,
    now: datetime,
    first: date | None = None,
    last: date | None = None,
) -> AdoptedVersion:
    """Give roles of what is in force to other units from ``first`` (today) to the end of ``last``.

    Laid down as every other change is: it ends at midnight by itself, and what was
    said before holds again. A national procedure has to leave its units open; one of the
    tenant's own always does. Dossiers keep the units they were received with. Raises
    ControllerDutyMissing, ProcedureUnknown, OverrideWithoutGround, FirstDayInThePast,
    OverrideSlotClosed, OverrideUnclear or Refusals with each of them.
    """
    require_controller(by, code)
    today = timezone.localdate(now)
    first = first or today
    refuse(_refusals(choices, ground, first, last, today))
    lock_procedure(code)
    standing = list_standing(code, today)
    if not standing or standing[0].in_force_from > today:
        raise ProcedureUnknown(procedure=code)
    running = standing[0]
    left = [one for one in running.overrides if not has_ended(one, today)]
    overrides = assign(left, choices, ground=ground, first=first, last=last)
    version = _lay(running, standing, overrides, today, by, now)
    audit.record(
        by=by,
        action="SET_UNITS",
        subject_type="procedure",
        subject_id=version.id,
        now=now,
        before={"version": running.number},
        after={
            "version": version.number,
            "roles": {choice.role: [choice.rule, choice.unit_id] for choice in choices},
            "from": first.isoformat(),
            "to": last.isoformat() if last else None,
        },
        note=ground.strip(),
    )
    return version


def _refusals(
    choices: list[UnitChoice], ground: str, first: date, last: date | None, today: date
) -> list[DomainError]:
    found = unit_problems(choices)
    if not choices:
        found.append(OverrideUnclear(field="roles", why=_("chưa chọn vai trò nào")))
    if not ground.strip():
        found.append(OverrideWithoutGround(field="ground"))
    if first < today:
        found.append(FirstDayInThePast(field="first"))
    if last is not None and last < first:
        found.append(OverrideUnclear(field="last", why=_("ngày cuối cùng sớm hơn ngày đầu tiên")))
    return found


def _lay(
    running: AdoptedVersion,
    standing: list[AdoptedVersion],
    overrides: list[Override],
    today: date,
    by: Actor,
    now: datetime,
) -> AdoptedVersion:
    if running.origin == Origin.NATIONAL:
        return adopt(
            template_version_id=running.template_version,
            overrides=overrides,
            in_force_from=today,
            by=by,
            now=now,
        )
    others = [one.in_force_from for one in standing if one.template_version != running.template_version]
    versions = lay_local(
        content=running.content,
        overrides=overrides,
        edition=running.template_version,
        day=today,
        until=min(others, default=None),
        by=by,
        now=now,
    )
    if (record := record_of(running)).is_elsewhere:
        for version in versions:
            put_record(version, record)
    return versions[0]
