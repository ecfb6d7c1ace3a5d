"""Duties are given and taken."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.enums import Duty
from apps.accounts.errors import (
    AssignmentEnded,
    AssignmentUnknown,
    DatesReversed,
    DutyAlreadyHeld,
    DutyUnknown,
)
from apps.accounts.models import DutyAssignment
from apps.accounts.services.editing import locked
from apps.audit.services import record
from apps.organisations.permissions import require_administrator
from apps.organisations.selectors import get_unit
from kernel.actors import Actor
from kernel.ids import uuid7


@transaction.atomic
def assign_duty(
    *,
    user_id: int,
    duty: str,
    unit_id: int,
    valid_from: date,
    by: Actor,
    now: datetime,
    valid_to: date | None = None,
    procedure_code: str | None = None,
    step_key: str | None = None,
) -> int:
    """The duty over ``unit_id`` and all below it, or only for one procedure or step; returns its key.

    Raises UserUnknown, UserRetired, UnitUnknown, NotYourUnit, DutyUnknown,
    DatesReversed, DutyAlreadyHeld.
    """
    user = locked(user_id)
    require_administrator(by, get_unit(unit_id).path)
    if duty not in Duty.values:
        raise DutyUnknown(field="duty", duty=duty)
    if valid_to is not None and valid_to < valid_from:
        raise DatesReversed(field="valid_to")
    scope = {"unit_id": unit_id, "procedure_code": procedure_code or None, "step_key": step_key or None}
    try:
        with transaction.atomic():
            assignment = DutyAssignment.objects.create(
                public_id=uuid7(), user=user, duty=duty, valid_from=valid_from, valid_to=valid_to, **scope
            )
    except IntegrityError as clash:
        raise DutyAlreadyHeld(name=user.full_name, duty=Duty(duty).label) from clash
    record(
        by=by,
        action="duty.assigned",
        subject_type="user",
        subject_id=user.id,
        now=now,
        after={
            "duty": duty,
            **scope,
            "from": valid_from.isoformat(),
            "to": valid_to and valid_to.isoformat(),
        },
    )
    return assignment.id


@transaction.atomic
def revoke_duty(*, assignment_id: int, by: Actor, now: datetime) -> None:
    """From this moment on: its last day was yesterday.

    Raises AssignmentUnknown, AssignmentEnded, NotYourUnit.
    """
    assignment = DutyAssignment.objects.select_for_update(of=("self",)).filter(id=assignment_id).first()
    if assignment is None:
        raise AssignmentUnknown()
    require_administrator(by, get_unit(assignment.unit_id).path)
    today = timezone.localdate(now)
    if assignment.valid_to is not None and assignment.valid_to < today:
        raise AssignmentEnded(last_day=f"{assignment.valid_to:%d/%m/%Y}")
    end(assignment, today)
    record(
        by=by,
        action="duty.revoked",
        subject_type="user",
        subject_id=assignment.user_id,
        now=now,
        before={"duty": assignment.duty, "unit_id": assignment.unit_id},
    )


def end(assignment: DutyAssignment, today: date) -> None:
    """One that has not begun yet was in force on no day."""
    assignment.valid_to = max(today, assignment.valid_from) - timedelta(days=1)
    assignment.save(update_fields=["valid_to"])
